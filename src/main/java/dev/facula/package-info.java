/**
 * Tensors with reverse-mode automatic differentiation, and the mathematics on them: {@link
 * dev.facula.Tensor}, {@link dev.facula.Functional}, {@link dev.facula.Autograd}.
 */
@NullMarked
package dev.facula;

import org.jspecify.annotations.NullMarked;
