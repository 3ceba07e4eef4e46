/** Data sets, samplers, and the loader that makes batches of them. */
@NullMarked
package dev.facula.data;

import org.jspecify.annotations.NullMarked;
