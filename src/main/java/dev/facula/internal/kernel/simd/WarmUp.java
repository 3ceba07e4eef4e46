package dev.facula.internal.kernel.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;

/**
 * When a vector kernel is worth running. Until the optimizing compiler has compiled it, every
 * vector is an object and the kernel a hundred times slower than plain Java; yet it is only
 * compiled after some 15 000 rounds of its loop. So a kernel that is cold does a few rounds of each
 * call itself and leaves the others to plain Java; it is hot once its rounds come out fast.
 *
 * <p>Both ways must give the same bits: what a program computes does not depend on the moment at
 * which a kernel becomes hot. Threads may come here without order; a lost update delays that
 * moment.
 */
final class WarmUp {
  /** Nanoseconds that only compiled rounds keep to: they take up to 20, all others 200 and more. */
  private static final int ROUND = 50;

  /** Nanoseconds that the clock and the way into a kernel may take. */
  private static final int CALL = 100;

  // What makes the JVM compile a method: 200 calls for its first compiler, then 600 calls with
  // 15 000 rounds between them for the second. Before the first a round takes ten times longer.
  private static final int INTERPRETED_CALLS = 200;
  private static final int INTERPRETED_ROUNDS = 2;
  private static final int COLD_ROUNDS = 24;

  /** Whether some kernel is hot. */
  private static boolean done;

  private boolean hot;
  private int calls;
  private long vectors;
  private long scalars;

  /** One for each height of a tile. */
  static WarmUp[] upTo(int height) {
    WarmUp[] all = new WarmUp[height + 1];
    for (int h = 0; h <= height; h++) {
      all[h] = new WarmUp();
    }
    return all;
  }

  boolean hot() {
    return hot;
  }

  /** Whether some kernels are hot, so that short loops on vectors soon will be. */
  static boolean done() {
    return done;
  }

  /** How many of the rounds of a loop are for vectors. */
  int rounds(int all) {
    if (hot) {
      return all;
    }
    return Math.min(all, calls < INTERPRETED_CALLS ? INTERPRETED_ROUNDS : COLD_ROUNDS);
  }

  /** Whether vectors do the next rounds: they have not taken longer than plain Java so far. */
  boolean vectorsNext() {
    return vectors <= scalars;
  }

  /** The time, where it matters. */
  long clock() {
    return hot ? 0 : System.nanoTime();
  }

  /** Vectors did these rounds since {@code start}. */
  void vectors(long start, int rounds) {
    if (hot || rounds == 0) {
      return;
    }
    long nanos = System.nanoTime() - start;
    calls++;
    vectors += nanos;
    hot = nanos < (long) rounds * ROUND + CALL;
    done |= hot;
  }

  /**
   * Shows operators of all kinds to the JVM before it compiles anything. Methods such as {@code
   * VectorOperators.opCode} serve every kernel. If one is compiled while only multiply-adds, say,
   * have passed through it, the compiler bets on them, loses, and keeps count of its losses with
   * the method, up to four. A kernel in which it is inlined adds that up, and with 25 multiply-adds
   * reaches the 100 losses at which the JVM gives up on all bets in a method ({@code
   * PerMethodTrapLimit}): calls are not inlined any more, vectors become objects, and the kernel is
   * 20 times slower for as long as the process lives. One of 20 did so.
   */
  static float showOperators() {
    FloatVector one = FloatVector.broadcast(FloatVector.SPECIES_PREFERRED, 1f);
    float sum = 0;
    for (int i = 0; i < 5 * INTERPRETED_CALLS; i++) {
      FloatVector v = one.lanewise(VectorOperators.ABS).lanewise(VectorOperators.MAX, one);
      FloatVector w = v.lanewise(VectorOperators.FMA, one, one);
      sum += v.blend(w, v.compare(VectorOperators.GT, one)).reduceLanes(VectorOperators.ADD);
    }
    return sum;
  }

  /** Plain Java did the others since {@code start}. */
  void scalars(long start) {
    scalars += System.nanoTime() - start;
  }
}
