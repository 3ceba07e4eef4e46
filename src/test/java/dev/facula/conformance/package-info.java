/** Holds the library against recorded results of PyTorch, case by case. */
@NullMarked
package dev.facula.conformance;

import org.jspecify.annotations.NullMarked;
