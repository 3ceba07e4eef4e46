package dev.facula;

/**
 * Repeats a call until it is compiled. The JVM compiles in the background, and for the last time
 * after some thousand rounds of a loop: a call is warm when a run of calls was no faster than the
 * one before, but not before {@link #LEAST} of them.
 */
final class WarmUpCalls {
  private static final int RUN = 25;
  private static final int LEAST = 200;
  private static final long NANOS = 20_000_000_000L;

  /** How much faster a run of calls has to be for another one. */
  private static final double GAIN = 0.97;

  private WarmUpCalls() {}

  static void until(Runnable call) {
    long begin = System.nanoTime();
    long best = Long.MAX_VALUE;
    int steady = 0;
    for (int calls = 0; steady < 3 && System.nanoTime() - begin < NANOS; ) {
      long fastest = Long.MAX_VALUE;
      for (int i = 0; i < RUN && System.nanoTime() - begin < NANOS; i++, calls++) {
        long start = System.nanoTime();
        call.run();
        fastest = Math.min(fastest, System.nanoTime() - start);
      }
      steady = calls < LEAST || fastest < best * GAIN ? 0 : steady + 1;
      best = Math.min(best, fastest);
    }
  }
}
