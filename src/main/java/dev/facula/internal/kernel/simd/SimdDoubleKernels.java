package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.DoubleAttention;
import dev.facula.internal.kernel.DoubleBinary;
import dev.facula.internal.kernel.DoubleConvolutions;
import dev.facula.internal.kernel.DoubleElements;
import dev.facula.internal.kernel.DoubleGrid;
import dev.facula.internal.kernel.DoubleOptimizer;
import dev.facula.internal.kernel.DoublePooling;
import dev.facula.internal.kernel.DoubleProduct;
import dev.facula.internal.kernel.DoubleSoftmax;
import dev.facula.internal.kernel.DoubleUnary;
import dev.facula.internal.kernel.FloatingKernels;

/** The kernels for {@code double} arrays, on the Vector API where that gains. */
public final class SimdDoubleKernels {
  private SimdDoubleKernels() {}

  /** The kernels. */
  public static FloatingKernels<double[]> create() {
    DoubleUnary unary = new SimdDoubleUnary();
    DoubleBinary binary = new SimdDoubleBinary();
    DoubleSoftmax softmax = new DoubleSoftmax();
    DoubleProduct product = new SimdDoubleProduct();
    return new FloatingKernels<>(
        new DoubleElements(),
        true,
        unary,
        binary,
        new SimdDoubleReduce(),
        softmax,
        new SimdDoubleNorm(),
        new DoubleOptimizer(),
        new SimdDoubleMatmul(product),
        new DoubleConvolutions(product),
        new DoublePooling(),
        new SimdDoubleRecurrent(unary, binary, product),
        new DoubleAttention(product, softmax),
        new DoubleGrid());
  }
}
