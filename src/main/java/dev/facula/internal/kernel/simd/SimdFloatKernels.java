package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.ScalarFloatKernels;
import jdk.incubator.vector.FloatVector;

/** The kernels that gain from the Vector API; the rest is inherited. */
public final class SimdFloatKernels extends ScalarFloatKernels {
  /** Creates the kernels. */
  public SimdFloatKernels() {
    super(new SimdFloatProduct());
  }

  /** Bits of the vectors in use. */
  public static int vectorBits() {
    return FloatVector.SPECIES_PREFERRED.vectorBitSize();
  }
}
