package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Matrix products and convolutions allocate nothing of the size of their operands once they are
 * compiled: what is left is the job for the workers. A kernel whose vectors are boxed shows here.
 */
class ProductAllocationTest {
  /** A job, its body and the layout of an image. */
  private static final int BYTES = 1024;

  private static final int CALLS = 20;

  private final float[] a = FloatKernelsSource.random(1 << 16, 1);
  private final float[] b = FloatKernelsSource.random(1 << 16, 2);
  private final float[] c = new float[1 << 16];

  private Map<String, Runnable> calls(FloatingKernels<float[]> k) {
    Map<String, Runnable> calls = new LinkedHashMap<>();
    int[][] sizes = {{50, 50, 50}, {100, 90, 80}, {1, 300, 200}, {200, 1, 300}, {3, 70, 200}};
    for (int[] s : sizes) {
      for (int v = 0; v < 4; v++) {
        boolean transA = (v & 1) != 0;
        boolean transB = (v & 2) != 0;
        int lda = transA ? s[0] : s[2];
        int ldb = transB ? s[2] : s[1];
        calls.put(
            "gemm " + transA + transB + " " + s[0] + "x" + s[1] + "x" + s[2],
            () ->
                k.matmul()
                    .gemm(transA, transB, s[0], s[1], s[2], a, 0, lda, b, 0, ldb, 0, c, 0, s[1]));
      }
    }
    ConvShape[] shapes = {
      new ConvShape(2, 3, 16, 16, 6, 5, 5, 1, 1, 0, 0, 1, 1, 1),
      new ConvShape(4, 6, 14, 14, 16, 5, 5, 1, 1, 0, 0, 1, 1, 1),
      new ConvShape(1, 24, 10, 10, 50, 3, 3, 1, 1, 1, 1, 1, 1, 1),
      new ConvShape(2, 40, 4, 4, 70, 3, 3, 1, 1, 1, 1, 1, 1, 1),
      new ConvShape(1, 16, 16, 16, 24, 3, 3, 2, 2, 1, 1, 1, 1, 1),
      new ConvShape(1, 16, 16, 16, 16, 3, 3, 1, 1, 1, 1, 1, 1, 16),
      new ConvShape(1, 32, 16, 16, 32, 1, 1, 1, 1, 0, 0, 1, 1, 1),
      new ConvShape(32, 24, 4, 4, 24, 3, 3, 1, 1, 1, 1, 1, 1, 1),
    };
    for (ConvShape s : shapes) {
      calls.put("forward " + s, () -> k.convolution().conv2d(s, a, 0, b, 0, null, 0, c, 0));
      calls.put("input " + s, () -> k.convolution().conv2dInputGradient(s, a, 0, b, 0, c, 0));
      calls.put("weight " + s, () -> k.convolution().conv2dWeightGradient(s, a, 0, b, 0, c, 0));
    }
    return calls;
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void allocatesNoArrayAndNoVector(FloatingKernels<float[]> k) {
    calls(k)
        .forEach(
            (name, call) ->
                assertTrue(
                    Allocation.settles(call, CALLS, CALLS * BYTES, 4000), name + " allocates"));
  }
}
