package dev.facula.internal.kernel.simd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class WatchTest {
  private static final int N = 1024;

  private final float[] x = new float[N];
  private final float[] y = new float[N];
  private int vectors;
  private int plain;

  private void run(Watch watch, int n, long vectorNanos, long plainNanos) {
    watch.run(
        (a, ao, b, bo, m) -> {
          vectors++;
          spend(vectorNanos);
        },
        (a, ao, b, bo, m) -> {
          plain++;
          spend(plainNanos);
        },
        x,
        0,
        y,
        0,
        n);
  }

  private static void spend(long nanos) {
    for (long end = System.nanoTime() + nanos; nanos > 0 && System.nanoTime() < end; ) {
      Thread.onSpinWait();
    }
  }

  @Test
  void vectorsThatAreFastKeepTheWork() {
    Watch watch = new Watch();
    for (int i = 0; i < 100; i++) {
      run(watch, N, 0, 0);
    }
    assertTrue(vectors > 90, vectors + " of 100"); // a thread may be interrupted for a while
  }

  @Test
  void slowVectorsShareTheTimeWithPlainJava() {
    Watch watch = new Watch();
    for (int i = 0; i < 220; i++) {
      run(watch, N, 200_000, 20_000);
    }
    assertTrue(vectors >= 1 && plain >= 5 * vectors, vectors + " and " + plain);
  }

  @Test
  void shortCallsAreNotTimed() {
    Watch watch = new Watch();
    for (int i = 0; i < 20; i++) {
      run(watch, 16, 50_000, 0);
    }
    assertEquals(20, vectors);
  }

  @Test
  void vectorsComeBackWhenTheyAreFastAgain() {
    Watch watch = new Watch();
    run(watch, N, 500_000, 0);
    for (int i = 0; i < 1000 && !watch.vectors(); i++) {
      run(watch, N, 0, 20_000);
    }
    int before = plain;
    for (int i = 0; i < 50; i++) {
      run(watch, N, 0, 0);
    }
    assertTrue(plain - before < 5, "plain Java took " + (plain - before) + " of 50");
  }
}
