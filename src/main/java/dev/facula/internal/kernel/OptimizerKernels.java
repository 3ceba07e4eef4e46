package dev.facula.internal.kernel;

import org.jspecify.annotations.Nullable;

/**
 * Steps of optimizers over n elements of a parameter, in the order of operations of PyTorch. In all
 * of them d = sign g + weightDecay p, where sign is 1, or -1 to maximise.
 *
 * @param <A> the type of the arrays
 */
public interface OptimizerKernels<A> {
  /** The numbers of {@link #sgd}; share is 1 - dampening, in the first step 1 (and buf zeros). */
  record Sgd(
      double lr, double momentum, double share, double weightDecay, int sign, boolean nesterov) {}

  /**
   * The numbers of {@link #adam}: the shares are 1 - beta; keep is 1 - lr weightDecay for AdamW
   * (and weightDecay here 0), else 1; correction2 = sqrt(1 - beta2^t).
   */
  record Adam(
      double stepSize,
      double share1,
      double beta2,
      double share2,
      double correction2,
      double eps,
      double weightDecay,
      double keep,
      int sign) {}

  /** The numbers of {@link #rmsprop}; share is 1 - alpha. */
  record Rmsprop(
      double lr,
      double alpha,
      double share,
      double eps,
      double momentum,
      double weightDecay,
      int sign) {}

  /** The numbers of {@link #adagrad}. */
  record Adagrad(double lr, double eps, double weightDecay, int sign) {}

  /**
   * p -= lr d; where buf is given, buf = momentum buf + share d and p -= lr (nesterov ? d +
   * momentum buf : buf).
   */
  void sgd(Sgd s, A p, int po, A g, int go, @Nullable A buf, int bo, int n);

  /**
   * m += share1 (d - m); v = beta2 v + share2 d d; p = keep p - stepSize m / (sqrt(v) / correction2
   * + eps), with the largest v so far where vmax is given.
   */
  void adam(
      Adam s, A p, int po, A g, int go, A m, int mo, A v, int vo, @Nullable A vmax, int xo, int n);

  /**
   * square = alpha square + share d d; p -= lr d / (sqrt(square) + eps). Where mean is given, it
   * follows d likewise and its square is taken off; where buf is given, it is momentum buf + the
   * quotient and p -= lr buf.
   */
  void rmsprop(
      Rmsprop s,
      A p,
      int po,
      A g,
      int go,
      A square,
      int so,
      @Nullable A mean,
      int mo,
      @Nullable A buf,
      int bo,
      int n);

  /** sum += d d; p -= lr d / (sqrt(sum) + eps). */
  void adagrad(Adagrad s, A p, int po, A g, int go, A sum, int so, int n);
}
