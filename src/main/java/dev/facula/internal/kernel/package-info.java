/** Loops over plain arrays: the arithmetic of the library. Nothing here knows a tensor. */
package dev.facula.internal.kernel;
