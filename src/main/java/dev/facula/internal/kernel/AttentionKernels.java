package dev.facula.internal.kernel;

/**
 * Scaled dot-product attention over a batch of heads.
 *
 * @param <A> the type of the arrays
 */
public interface AttentionKernels<A> {
  /**
   * The shape of an attention.
   *
   * @param heads products
   * @param n elements of a query and of a key
   * @param m elements of a value
   * @param causal each query sees the keys up to its own place only
   */
  record Shape(int heads, int queries, int keys, int n, int m, double scale, boolean causal) {}

  /**
   * An operand, whose rows have any stride, their elements being contiguous.
   *
   * @param offsets where each head begins
   * @param stride from one row to the next
   */
  record Operand<A>(A array, int[] offsets, int stride) {}

  /** y = softmax(scale q k<sup>T</sup>) v. */
  void forward(Shape s, Operand<A> q, Operand<A> k, Operand<A> v, Operand<A> y);

  /**
   * The gradients of the operands; dk and dv hold zeros before.
   *
   * @param g the gradient of the result
   */
  void backward(
      Shape s,
      Operand<A> g,
      Operand<A> q,
      Operand<A> k,
      Operand<A> v,
      Operand<A> dq,
      Operand<A> dk,
      Operand<A> dv);
}
