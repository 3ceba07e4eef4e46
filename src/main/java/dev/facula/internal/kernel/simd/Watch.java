package dev.facula.internal.kernel.simd;

/**
 * Watches a long loop on vectors. The compiler of JDK 17 now and then leaves the vectors of such a
 * loop boxed for as long as the process lives, and every loop is boxed until it has been compiled;
 * it then takes twice to thirty times as long as plain Java. So the loop is timed, and while it is
 * slow the same bits come from plain Java most of the time: for as long as the vectors took, and
 * longer each time that they were slow again.
 *
 * <p>Threads may come here without order; a lost update changes who does the work, not the result.
 */
final class Watch {
  /** Nanoseconds for an element that only boxed vectors take; others take 2 at most. */
  private static final int SLOW = 4;

  /** Elements below which the clock says nothing. */
  private static final int LEAST = 256;

  /**
   * Elements in slow calls after which plain Java is preferred once more: some times as many as the
   * compiler needs to see.
   */
  private static final int PATIENCE = 1 << 20;

  /** y[i] = f(x[i]). */
  interface Unary {
    void apply(float[] x, int xo, float[] y, int yo, int n);
  }

  /** y[i] = f(a[i], b[i]). */
  interface Binary {
    void apply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);
  }

  /** Elements in slow calls, one after another. */
  private long slow;

  private long owed;

  /** Whether vectors are to do the work. */
  boolean vectors() {
    return owed <= 0;
  }

  /** The vectors of a call with n elements took so long. */
  void vectors(long nanos, int n) {
    if (n < LEAST) {
      return;
    }
    if (nanos > (long) n * SLOW) {
      slow += n;
      owed = nanos * (1 + slow / PATIENCE);
    } else {
      slow = 0;
    }
  }

  /** Plain Java took so long instead. */
  void plain(long nanos) {
    owed -= nanos;
  }

  /** Vectors, or plain Java, took so long for n elements. */
  void took(boolean vectors, long nanos, int n) {
    if (vectors) {
      vectors(nanos, n);
    } else {
      plain(nanos);
    }
  }

  /** y = f(x). */
  void run(Unary vectors, Unary plain, float[] x, int xo, float[] y, int yo, int n) {
    long start = System.nanoTime();
    if (vectors()) {
      vectors.apply(x, xo, y, yo, n);
      vectors(System.nanoTime() - start, n);
    } else {
      plain.apply(x, xo, y, yo, n);
      plain(System.nanoTime() - start);
    }
  }

  /** y = f(a, b). */
  void run(
      Binary vectors,
      Binary plain,
      float[] a,
      int ao,
      float[] b,
      int bo,
      float[] y,
      int yo,
      int n) {
    long start = System.nanoTime();
    if (vectors()) {
      vectors.apply(a, ao, b, bo, y, yo, n);
      vectors(System.nanoTime() - start, n);
    } else {
      plain.apply(a, ao, b, bo, y, yo, n);
      plain(System.nanoTime() - start);
    }
  }
}
