package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.ScalarDoubleKernels;
import jdk.incubator.vector.DoubleVector;

/** The kernels that gain from the Vector API; the rest is inherited. */
public final class SimdDoubleKernels extends ScalarDoubleKernels {
  /** Creates the kernels. */
  public SimdDoubleKernels() {
    super(new SimdDoubleProduct());
  }

  /** Bits of the vectors in use. */
  public static int vectorBits() {
    return DoubleVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
