package dev.facula.internal.kernel.simd;

import java.util.Arrays;

/**
 * When a vector kernel is worth running. Until the optimizing compiler has compiled it, every
 * vector is an object and the kernel a hundred times slower than plain Java; yet it is only
 * compiled after some 15 000 rounds of its loop. So a kernel that is cold does a few rounds of each
 * call itself, never for longer than plain Java needs for the others, and is hot once these come
 * out fast.
 *
 * <p>Both ways must give the same bits: what a program computes does not depend on the moment at
 * which a kernel becomes hot. Threads may meet here without order; a lost update delays that
 * moment.
 */
final class WarmUp {
  /** Rounds that a cold kernel does in a call. */
  static final int ROUNDS = 24;

  /** Multiply-adds per nanosecond that only compiled vectors reach, of 128 bits, too. */
  private static final int FAST = 2;

  /** Nanoseconds that the clock and the way into a kernel may take. */
  private static final int CALL = 100;

  private boolean hot;
  private long vectors;
  private long scalars;

  /** One for each height of a tile. */
  static WarmUp[] upTo(int height) {
    WarmUp[] all = new WarmUp[height + 1];
    Arrays.setAll(all, h -> new WarmUp());
    return all;
  }

  boolean hot() {
    return hot;
  }

  /** Whether the next rounds are for vectors. */
  boolean turn() {
    return vectors <= scalars;
  }

  void vectors(long nanos, long multiplyAdds) {
    vectors += nanos;
    if (nanos < multiplyAdds / FAST + CALL) {
      hot = true;
    }
  }

  void scalars(long nanos) {
    scalars += nanos;
  }
}
