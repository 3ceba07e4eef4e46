package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Matrix products of both sets of kernels against the definition in double precision. */
class FloatMatmulTest {
  private final List<FloatingKernels<float[]>> kernels =
      List.of(ScalarFloatKernels.create(), Backend.F32);

  @Test
  void smallSizes() {
    int[] sizes = {1, 2, 3, 4, 5, 7, 11, 12, 13, 16, 17, 24, 31, 33, 48, 50};
    for (int m : sizes) {
      for (int n : sizes) {
        for (int k : new int[] {1, 2, 5, 6, 7, 16, 19, 70}) {
          check(m, n, k);
        }
      }
    }
  }

  @Test
  void awkwardSizes() {
    check(1, 300, 500);
    check(2, 40, 700);
    check(3, 129, 257);
    check(300, 1, 500);
    check(57, 3, 900);
    check(245, 37, 300);
    check(14, 1050, 258);
    check(64, 10, 128);
    check(60, 130, 270);
    check(13, 300, 600);
  }

  /** More than one block of B in columns and in depth, and rows and columns for several tasks. */
  @Test
  void sizesOfSeveralBlocks() {
    check(200, 700, 1100);
    check(700, 200, 600);
    check(40, 4500, 60);
  }

  /** Rows for many tasks, and blocks of columns and of steps that are hardly filled. */
  @Test
  void manyRowsAndSeveralBlocks() {
    for (FloatingKernels<float[]> kernel : kernels) {
      check(kernel, false, false, 1, 2050, 514, 513);
      check(kernel, true, true, 0, 2050, 514, 513);
    }
  }

  @Test
  void randomSizes() {
    Random random = new Random(3);
    for (int round = 0; round < 12; round++) {
      check(1 + random.nextInt(150), 1 + random.nextInt(300), 1 + random.nextInt(400));
    }
  }

  @Test
  void emptyOperands() {
    for (FloatingKernels<float[]> kernel : kernels) {
      float[] c = {1, 2, 3, 4, 5, 6};
      float[] none = {};
      kernel.matmul().gemm(false, false, 2, 2, 0, none, 0, 1, none, 0, 2, 1, c, 0, 3);
      assertArrayEquals(new float[] {1, 2, 3, 4, 5, 6}, c);
      kernel.matmul().gemm(false, true, 2, 2, 0, none, 0, 1, none, 0, 1, 0, c, 0, 3);
      assertArrayEquals(new float[] {0, 0, 3, 0, 0, 6}, c);
      kernel.matmul().gemm(false, false, 0, 2, 3, none, 0, 3, new float[6], 0, 2, 0, c, 0, 3);
      kernel.matmul().gemm(true, false, 2, 0, 3, new float[6], 0, 2, none, 0, 1, 0, c, 0, 3);
      kernel
          .matmul()
          .gemmBatched(0, false, false, 2, 2, 2, none, 0, 4, 2, none, 0, 4, 2, 0, c, 0, 4, 2);
      assertArrayEquals(new float[] {0, 0, 3, 0, 0, 6}, c);
    }
  }

  @Test
  void nonFiniteElementsSpreadAlongTheirRowAndColumnOnly() {
    for (FloatingKernels<float[]> kernel : kernels) {
      int n = 37;
      float[] a = values(new Random(1), n * n);
      float[] b = values(new Random(2), n * n);
      a[5 * n + 7] = Float.NaN;
      b[3 * n + 36] = Float.POSITIVE_INFINITY;
      float[] c = new float[n * n];
      Arrays.fill(c, Float.NaN);
      kernel.matmul().gemm(false, false, n, n, n, a, 0, n, b, 0, n, 0, c, 0, n);
      for (int i = 0; i < n; i++) {
        for (int j = 0; j < n; j++) {
          assertEquals(i != 5 && j != 36, Float.isFinite(c[i * n + j]));
          assertEquals(i == 5, Float.isNaN(c[i * n + j]));
        }
      }
    }
  }

  @Test
  void batches() {
    for (FloatingKernels<float[]> kernel : kernels) {
      for (int batch : new int[] {1, 3, 40}) {
        int m = 9;
        int n = 20;
        int k = 33;
        Random random = new Random(batch);
        float[] a = values(random, batch * m * k);
        float[] b = values(random, k * n);
        float[] c = new float[batch * m * n];
        kernel
            .matmul()
            .gemmBatched(
                batch, false, false, m, n, k, a, 0, m * k, k, b, 0, 0, n, 0, c, 0, m * n, n);
        float[] one = new float[m * n];
        for (int i = 0; i < batch; i++) {
          kernel.matmul().gemm(false, false, m, n, k, a, i * m * k, k, b, 0, n, 0, one, 0, n);
          for (int j = 0; j < m * n; j++) {
            assertEquals(one[j], c[i * m * n + j]);
          }
        }
      }
    }
  }

  /** Threads of the application that multiply and convolve at the same time do not meet. */
  @Test
  void manyCallersGetTheBitsOfOne() throws InterruptedException {
    int n = 90;
    float[] a = values(new Random(1), n * n);
    float[] b = values(new Random(2), n * n);
    ConvShape s = new ConvShape(3, 5, 11, 11, 14, 3, 3, 1, 1, 1, 1, 1, 1, 1);
    for (FloatingKernels<float[]> kernel : kernels) {
      float[] product = new float[n * n];
      float[] image = new float[3 * 14 * 121];
      kernel.matmul().gemm(false, true, n, n, n, a, 0, n, b, 0, n, 0, product, 0, n);
      kernel.convolution().conv2d(s, a, 0, b, 0, null, 0, image, 0);
      AtomicInteger equal = new AtomicInteger();
      Thread[] callers = new Thread[16];
      for (int t = 0; t < callers.length; t++) {
        callers[t] =
            new Thread(
                () -> {
                  float[] c = new float[n * n];
                  float[] y = new float[image.length];
                  for (int round = 0; round < 20; round++) {
                    kernel.matmul().gemm(false, true, n, n, n, a, 0, n, b, 0, n, 0, c, 0, n);
                    kernel.convolution().conv2d(s, a, 0, b, 0, null, 0, y, 0);
                    if (Arrays.equals(product, c) && Arrays.equals(image, y)) {
                      equal.incrementAndGet();
                    }
                  }
                });
        callers[t].start();
      }
      for (Thread caller : callers) {
        caller.join();
      }
      assertEquals(16 * 20, equal.get());
    }
  }

  /** Vector tiles are left to plain Java until they are compiled; that must not show. */
  @Test
  void bothKernelsGiveTheSameBitsHoweverOftenTheyRan() {
    int k = 70;
    float[] a = values(new Random(1), 40 * k);
    float[] b = values(new Random(2), k * 50);
    for (int m : new int[] {40, 23, 6, 5, 3}) {
      for (int n : new int[] {50, 30, 16, 7}) {
        float[] expected = new float[m * n];
        ScalarFloatKernels.create()
            .matmul()
            .gemm(false, false, m, n, k, a, 0, k, b, 0, n, 0, expected, 0, n);
        for (int round = 0; round < 200; round++) {
          float[] c = new float[m * n];
          Backend.F32.matmul().gemm(false, false, m, n, k, a, 0, k, b, 0, n, 0, c, 0, n);
          assertArrayEquals(expected, c);
        }
      }
    }
  }

  private void check(int m, int n, int k) {
    for (FloatingKernels<float[]> kernel : kernels) {
      for (int variant = 0; variant < 8; variant++) {
        check(kernel, (variant & 1) != 0, (variant & 2) != 0, (variant & 4) != 0 ? 1 : 0, m, n, k);
      }
    }
  }

  private static void check(
      FloatingKernels<float[]> kernel,
      boolean transA,
      boolean transB,
      float beta,
      int m,
      int n,
      int k) {
    Random random = new Random(31 * (31 * m + n) + k);
    int lda = (transA ? m : k) + random.nextInt(3);
    int ldb = (transB ? k : n) + random.nextInt(3);
    int ldc = n + random.nextInt(3);
    // The arrays end with the last element of the matrix: reading on would throw.
    float[] a = values(random, 2 + ((transA ? k : m) - 1) * lda + (transA ? m : k));
    float[] b = values(random, 1 + ((transB ? n : k) - 1) * ldb + (transB ? k : n));
    float[] before = values(random, 3 + (m - 1) * ldc + n);
    float[] c = before.clone();
    kernel.matmul().gemm(transA, transB, m, n, k, a, 2, lda, b, 1, ldb, beta, c, 3, ldc);
    String what =
        kernel.getClass().getSimpleName()
            + " "
            + transA
            + transB
            + beta
            + " "
            + m
            + "x"
            + n
            + "x"
            + k;
    boolean[] written = new boolean[c.length];
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        double sum = beta == 0 ? 0 : before[3 + i * ldc + j];
        double size = Math.abs(sum);
        for (int p = 0; p < k; p++) {
          double term =
              (double) a[2 + (transA ? p * lda + i : i * lda + p)]
                  * b[1 + (transB ? j * ldb + p : p * ldb + j)];
          sum += term;
          size += Math.abs(term);
        }
        int at = 3 + i * ldc + j;
        written[at] = true;
        assertTrue(Math.abs(sum - c[at]) <= 1e-6 * size, () -> what);
      }
    }
    for (int i = 0; i < c.length; i++) {
      if (!written[i]) {
        assertEquals(before[i], c[i], what);
      }
    }
    int threads = Parallel.threads();
    Parallel.setThreads(threads == 1 ? 3 : 1);
    try {
      float[] again = before.clone();
      kernel.matmul().gemm(transA, transB, m, n, k, a, 2, lda, b, 1, ldb, beta, again, 3, ldc);
      assertArrayEquals(c, again, what);
    } finally {
      Parallel.setThreads(threads);
    }
  }

  private static float[] values(Random random, int n) {
    float[] v = new float[n];
    for (int i = 0; i < n; i++) {
      v[i] = (float) random.nextGaussian();
    }
    return v;
  }
}
