package dev.facula.internal.kernel;

import java.util.function.DoubleUnaryOperator;

/**
 * Elementwise functions of one operand: y[i] = f(x[i]).
 *
 * @param <A> the type of the arrays
 */
public interface UnaryKernels<A> {
  void neg(A x, int xo, A y, int yo, int n);

  void abs(A x, int xo, A y, int yo, int n);

  void square(A x, int xo, A y, int yo, int n);

  void sqrt(A x, int xo, A y, int yo, int n);

  void rsqrt(A x, int xo, A y, int yo, int n);

  void reciprocal(A x, int xo, A y, int yo, int n);

  void exp(A x, int xo, A y, int yo, int n);

  void log(A x, int xo, A y, int yo, int n);

  void sin(A x, int xo, A y, int yo, int n);

  void cos(A x, int xo, A y, int yo, int n);

  void tanh(A x, int xo, A y, int yo, int n);

  void sigmoid(A x, int xo, A y, int yo, int n);

  void erf(A x, int xo, A y, int yo, int n);

  /** max(x, 0); NaN stays NaN. */
  void relu(A x, int xo, A y, int yo, int n);

  /** The values limited to the range from min to max. */
  void clamp(double min, double max, A x, int xo, A y, int yo, int n);

  /** x where x &gt; 0, else negativeSlope x. */
  void leakyRelu(double negativeSlope, A x, int xo, A y, int yo, int n);

  /** x Phi(x), Phi by erf. */
  void gelu(A x, int xo, A y, int yo, int n);

  /** x sigmoid(x). */
  void silu(A x, int xo, A y, int yo, int n);

  /** log(sigmoid(x)). */
  void logSigmoid(A x, int xo, A y, int yo, int n);

  void floor(A x, int xo, A y, int yo, int n);

  void ceil(A x, int xo, A y, int yo, int n);

  /** The nearest integer, of two the even one. */
  void round(A x, int xo, A y, int yo, int n);

  /** 1, 0 or -1; 0 for NaN. */
  void sign(A x, int xo, A y, int yo, int n);

  /** exp(x) - 1. */
  void expm1(A x, int xo, A y, int yo, int n);

  /** log(1 + x). */
  void log1p(A x, int xo, A y, int yo, int n);

  /** The logarithm to the base 2, exact for powers of two. */
  void log2(A x, int xo, A y, int yo, int n);

  /** log(z / (1 - z)) with z = x limited to the range from eps to 1 - eps. */
  void logit(double eps, A x, int xo, A y, int yo, int n);

  /** A function without a kernel of its own, element by element in double. */
  void map(DoubleUnaryOperator f, A x, int xo, A y, int yo, int n);
}
