package dev.facula.internal.kernel;

import java.util.function.DoubleBinaryOperator;

/**
 * Elementwise functions of two operands that exist for floating-point numbers only.
 *
 * @param <A> the type of the arrays
 */
public interface BinaryKernels<A> extends ArithmeticKernels<A> {
  void div(A a, int ao, A b, int bo, A y, int yo, int n);

  /** a + share (b - a), from the nearer end. */
  void lerp(double share, A a, int ao, A b, int bo, A y, int yo, int n);

  /** (a - b) (a - b). */
  void squaredDifference(A a, int ao, A b, int bo, A y, int yo, int n);

  /** c (d - c / 2) / scale, where d = |a - b| and c = min(d, delta). */
  void huber(double delta, double scale, A a, int ao, A b, int bo, A y, int yo, int n);

  /** y[i] += alpha x[i]. */
  void axpy(double alpha, A x, int xo, A y, int yo, int n);

  /** g where x &gt; 0, else 0 (a = g, b = x or the output of relu). */
  void reluBackward(A g, int go, A x, int xo, A y, int yo, int n);

  /** g y (1 - y). */
  void sigmoidBackward(A g, int go, A x, int xo, A y, int yo, int n);

  /** g (1 - y y). */
  void tanhBackward(A g, int go, A x, int xo, A y, int yo, int n);

  /** g (Phi(x) + x phi(x)). */
  void geluBackward(A g, int go, A x, int xo, A y, int yo, int n);

  /** g s (1 + x (1 - s)), s = sigmoid(x). */
  void siluBackward(A g, int go, A x, int xo, A y, int yo, int n);

  /** sqrt(a a + b b) without overflow. */
  void hypot(A a, int ao, A b, int bo, A y, int yo, int n);

  /** A function without a kernel of its own, element by element in double. */
  void map(DoubleBinaryOperator f, A a, int ao, A b, int bo, A y, int yo, int n);
}
