package dev.facula.internal.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SimdFloatSoftmaxTest {
  /** Which of the two runs depends on the clock, so that they must not differ. */
  @Test
  void vectorsAndPlainJavaGiveTheSameBits() {
    assumeTrue(
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent(),
        "needs --add-modules jdk.incubator.vector; runs with the SIMD kernels");
    var random = new Random(5);
    for (int n : new int[] {0, 1, 7, 16, 17, 63, 1000}) {
      float[] x = new float[n + 3];
      for (int i = 0; i < x.length; i++) {
        x[i] = (float) (-20 * random.nextDouble());
      }
      if (n > 7) {
        x[5] = Float.NEGATIVE_INFINITY;
        x[6] = -104f;
      }
      float[] a = new float[n];
      float[] b = new float[n];
      float sum = SimdFloatSoftmax.vectorExpMinus(x, 3, 0.25f, a, 0, n);
      float plain = SimdFloatSoftmax.plainExpMinus(x, 3, 0.25f, b, 0, n);
      assertArrayEquals(a, b, "n = " + n);
      assertEquals(Float.floatToRawIntBits(sum), Float.floatToRawIntBits(plain), "n = " + n);
    }
  }
}
