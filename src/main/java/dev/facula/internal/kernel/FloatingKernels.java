package dev.facula.internal.kernel;

/**
 * All kernels for one type of floating-point numbers. A record, since the JIT takes the components
 * of a constant record for constants too, and so knows which kernel a call means.
 *
 * @param <A> the type of the arrays
 */
public record FloatingKernels<A>(
    Elements<A> elements,
    boolean fastAnywhere,
    UnaryKernels<A> unary,
    BinaryKernels<A> binary,
    ReduceKernels<A> reduce,
    SoftmaxKernels<A> softmax,
    NormKernels<A> norm,
    OptimizerKernels<A> optimizer,
    MatmulKernels<A> matmul,
    ConvolutionKernels<A> convolution,
    PoolingKernels<A> pooling,
    RecurrentKernels<A> recurrent,
    AttentionKernels<A> attention,
    GridKernels<A> grid)
    implements Kernels<A> {

  @Override
  public ArithmeticKernels<A> arithmetic() {
    return binary;
  }
}
