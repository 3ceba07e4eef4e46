package dev.facula.internal.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WatchTest {
  private static final int N = 1024;

  private final Watch watch = new Watch();

  /** Of some calls those that vectors get, if they and plain Java take so long. */
  private int vectors(int calls, int n, long vectorNanos, long plainNanos) {
    int vectors = 0;
    for (int i = 0; i < calls; i++) {
      if (watch.vectors()) {
        vectors++;
        watch.vectors(vectorNanos, n);
      } else {
        watch.plain(plainNanos);
      }
    }
    return vectors;
  }

  @Test
  void vectorsThatAreFastKeepTheWork() {
    assertEquals(100, vectors(100, N, N, N));
  }

  @Test
  void slowVectorsTakeAsLongAsPlainJava() {
    assertEquals(10, vectors(110, N, 10_000, 1000));
  }

  @Test
  void vectorsThatStaySlowGetLessAndLess() {
    vectors(11 * 1024, N, 10_000, 1000); // 1024 of them, 2^20 elements, are for vectors
    assertEquals(10, vectors(210, N, 10_000, 1000));
  }

  @Test
  void vectorsThatHaveBecomeFastGetTheWorkBack() {
    vectors(11 * 1000, N, 10_000, 1000);
    assertTrue(vectors(1000, N, N, 1000) > 900);
    assertEquals(100, vectors(100, N, N, 1000));
  }

  @Test
  void shortCallsAreNotTimed() {
    assertEquals(20, vectors(20, 16, 50_000, 1000));
  }

  @Test
  void bothWaysAreCalledWithTheArguments() {
    float[] x = {1, 2, 3};
    float[] y = new float[3];
    watch.run((a, ao, b, bo, n) -> b[bo] = a[ao] + n, (a, ao, b, bo, n) -> {}, x, 1, y, 2, 1);
    assertEquals(3f, y[2]);
    watch.vectors(Long.MAX_VALUE / 4, N);
    watch.run((a, ao, b, bo, n) -> {}, (a, ao, b, bo, n) -> b[bo] = a[ao] - n, x, 1, y, 2, 1);
    assertEquals(1f, y[2]);
  }
}
