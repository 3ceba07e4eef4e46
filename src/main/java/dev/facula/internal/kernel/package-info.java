/** Loops over plain arrays: the arithmetic of the library. Nothing here knows a tensor. */
@NullMarked
package dev.facula.internal.kernel;

import org.jspecify.annotations.NullMarked;
