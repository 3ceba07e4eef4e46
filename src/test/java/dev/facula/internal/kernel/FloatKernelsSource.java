package dev.facula.internal.kernel;

import dev.facula.internal.kernel.simd.SimdFloatKernels;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the tests of kernels share: the implementations that can run here, and their inputs. */
final class FloatKernelsSource {
  /** Every value that is treated apart somewhere. */
  static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_VALUE,
    Float.MIN_NORMAL,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    -Float.MAX_VALUE,
    0.5f,
    -0.5f,
    88.7f,
    88.8f,
    -87.3f,
    -103.9f,
    -104f,
    -150f,
    1e-20f,
    3e4f,
    3.1e4f,
    -1e10f,
    4f,
    9.1f
  };

  private FloatKernelsSource() {}

  /** The scalar kernels, and the vector kernels where the JVM has the module. */
  static List<FloatingKernels<float[]>> all() {
    var all = new ArrayList<FloatingKernels<float[]>>();
    all.add(ScalarFloatKernels.create());
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
      all.add(Vector.kernels());
    }
    return all;
  }

  /** Normal numbers, every third scaled by a power of ten. */
  static float[] random(int n, long seed) {
    var random = new Random(seed);
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] = (float) random.nextGaussian();
      if (i % 3 == 0) {
        x[i] *= (float) Math.pow(10, random.nextInt(5) - 2);
      }
    }
    return x;
  }

  static float[] withSpecial(int n, long seed) {
    float[] x = random(n, seed);
    var random = new Random(seed + 1);
    for (int i = 0; i < n; i += 2) {
      x[i] = SPECIAL[random.nextInt(SPECIAL.length)];
    }
    return x;
  }

  /** A class of its own, so that it is not loaded where the module is absent. */
  private static final class Vector {
    static FloatingKernels<float[]> kernels() {
      return SimdFloatKernels.create();
    }
  }
}
