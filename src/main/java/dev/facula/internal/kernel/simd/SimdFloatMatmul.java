package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatMatmul;
import dev.facula.internal.kernel.FloatProduct;

/** Matrix products whose dot product of two arrays is on vectors. */
final class SimdFloatMatmul extends FloatMatmul {
  SimdFloatMatmul(FloatProduct product) {
    super(product);
  }

  @Override
  public double dot(float[] a, int ao, float[] b, int bo, int n) {
    return SimdFloatReduce.dot(a, ao, b, bo, n);
  }
}
