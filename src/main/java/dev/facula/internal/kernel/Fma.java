package dev.facula.internal.kernel;

/**
 * a b + c, fused where the processor can: {@link Math#fma} is one instruction there, and some
 * thousand where it has to be computed with {@link java.math.BigDecimal}.
 */
final class Fma {
  private static final int CALLS = 16;

  /** Whether {@link Math#fma} is an instruction, also in the interpreter: tens of nanoseconds. */
  static final boolean FAST = fastest() < 500L * CALLS;

  private Fma() {}

  static float of(float a, float b, float c) {
    return FAST ? Math.fma(a, b, c) : a * b + c;
  }

  static double of(double a, double b, double c) {
    return FAST ? Math.fma(a, b, c) : a * b + c;
  }

  /** Nanoseconds of the fastest of a few rounds, so that a pause does not count. */
  private static long fastest() {
    long best = Long.MAX_VALUE;
    double x = 0.1;
    for (int round = 0; round < 8; round++) {
      long start = System.nanoTime();
      for (int i = 0; i < CALLS; i++) {
        x = Math.fma(x, 0.7, 0.3);
      }
      best = Math.min(best, System.nanoTime() - start);
    }
    return x > 2 ? 0 : best; // x is used, or the calls could be left out
  }
}
