/** Reading and writing tensors in files. */
@NullMarked
package dev.facula.io;

import org.jspecify.annotations.NullMarked;
