package dev.facula.internal.fused;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The steps of optimizers over one parameter, each in a single pass over its memory. They change
 * the parameter and the optimizer's own tensors in place, outside of any graph, in PyTorch's order
 * of operations.
 *
 * <p>All tensors of a call have the parameter's shape, or it is a ShapeException; d stands for the
 * gradient, negated where {@code maximize} is set, plus {@code weightDecay} times the parameter.
 *
 * @param <T> the tensor
 */
public interface UpdateSteps<T> {

  /**
   * Steps in tensor operations that change the tensors in place, each element by the same elements
   * of the others: done for a block of a few thousand elements after the other, so that
   * intermediate results stay in the caches and costs no memory.
   *
   * @param steps gets the tensors, or the same part of each; called by several threads at the same
   *     time, so that it changes nothing else
   * @param tensors of one shape; they are taken whole where one of them is not contiguous
   */
  void elementwise(Consumer<T[]> steps, T[] tensors);

  /** parameter -= lr d. */
  void sgd(T parameter, T gradient, double lr, double weightDecay, boolean maximize);

  /**
   * buffer = momentum buffer + share d; parameter -= lr buffer, or with nesterov lr (d + momentum
   * buffer).
   *
   * @param buffer zeros at first
   * @param share 1 - dampening, but 1 in the first step
   */
  void sgdMomentum(
      T parameter,
      T gradient,
      T buffer,
      double lr,
      double momentum,
      double share,
      double weightDecay,
      boolean nesterov,
      boolean maximize);

  /**
   * Adam: mean += (1 - beta1) (d - mean); square = beta2 square + (1 - beta2) d d; parameter -= lr
   * / (1 - beta1^step) mean / (sqrt(square) / sqrt(1 - beta2^step) + eps).
   *
   * @param mean zeros at first
   * @param square zeros at first
   * @param largest the largest square of each element so far, which then stands for it; or null
   * @param step the number of this step, from 1 on
   * @param decoupled whether the decay shrinks the parameter by 1 - lr weightDecay (AdamW) and is
   *     left out of d
   */
  void adam(
      T parameter,
      T gradient,
      T mean,
      T square,
      @Nullable T largest,
      long step,
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      boolean maximize);

  /**
   * RMSprop: square = alpha square + (1 - alpha) d d; parameter -= lr d / (sqrt(square) + eps).
   *
   * @param mean if not null, follows d likewise, and its square is taken off square (centered)
   * @param buffer if not null, becomes momentum buffer + d / (...), and parameter -= lr buffer
   */
  void rmsprop(
      T parameter,
      T gradient,
      T square,
      @Nullable T mean,
      @Nullable T buffer,
      double lr,
      double alpha,
      double eps,
      double momentum,
      double weightDecay,
      boolean maximize);

  /** Adagrad: sum += d d; parameter -= lr d / (sqrt(sum) + eps). */
  void adagrad(
      T parameter, T gradient, T sum, double lr, double eps, double weightDecay, boolean maximize);
}
