package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatAttention;
import dev.facula.internal.kernel.FloatBinary;
import dev.facula.internal.kernel.FloatConvolutions;
import dev.facula.internal.kernel.FloatElements;
import dev.facula.internal.kernel.FloatGrid;
import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatSoftmax;
import dev.facula.internal.kernel.FloatUnary;
import dev.facula.internal.kernel.FloatingKernels;
import jdk.incubator.vector.FloatVector;

/** The kernels for {@code float} arrays, on the Vector API where that gains. */
public final class SimdFloatKernels {
  private SimdFloatKernels() {}

  /** Bits of the vectors in use. */
  public static int vectorBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }

  /** The kernels. */
  public static FloatingKernels<float[]> create() {
    WarmUp.showOperators();
    FloatUnary unary = new SimdFloatUnaryFunctions();
    FloatBinary binary = new SimdFloatBinaryFunctions();
    FloatSoftmax softmax = new SimdFloatSoftmax();
    FloatProduct product = new SimdFloatLineProduct();
    return new FloatingKernels<>(
        new FloatElements(),
        true,
        unary,
        binary,
        new SimdFloatReduce(),
        softmax,
        new SimdFloatNorm(),
        new SimdFloatOptimizer(),
        new SimdFloatMatmul(product),
        new FloatConvolutions(product, new SimdFloatWindows()),
        new SimdFloatPooling(),
        new SimdFloatRecurrent(unary, binary, product),
        new FloatAttention(product, softmax),
        new FloatGrid());
  }
}
