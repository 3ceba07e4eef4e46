package dev.facula.internal.array;

import dev.facula.Generator;

/**
 * The MT19937 generator of Matsumoto and Nishimura ("Mersenne Twister: a 623-dimensionally
 * equidistributed uniform pseudo-random number generator", 1998), seeded with one 32-bit word.
 *
 * <p>The 624 words of state are renewed and tempered all at once, in loops that the compiler
 * vectorises (this is why the new state is written to another array), and then handed out one after
 * another. Not safe for several threads: {@link Generator} locks.
 */
public final class MersenneTwister {
  public static final int N = 624;
  private static final int M = 397;

  private int[] state = new int[N];
  private int[] spare = new int[N];
  private final int[] tempered = new int[N];
  private int next;

  public MersenneTwister(long seed) {
    seed(seed);
  }

  /** Starts the stream of {@code seed} over; only its low 32 bits count. */
  public void seed(long seed) {
    state[0] = (int) seed;
    for (int i = 1; i < N; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ (state[i - 1] >>> 30)) + i;
    }
    next = N;
  }

  /** The next 32 bits. */
  public int nextInt() {
    if (next == N) {
      renew();
    }
    return tempered[next++];
  }

  /** The next 64 bits: two draws, the high word first. */
  public long nextLong() {
    long high = (long) nextInt() << 32;
    return high | (nextInt() & 0xffffffffL);
  }

  /** The next number of 24 bits in [0, 1). */
  public float nextFloat() {
    return unit(nextInt());
  }

  /** The next n numbers of 24 bits in [0, 1). */
  public void floats(float[] a, int o, int n) {
    int end = o + n;
    for (int i = o; i < end; ) {
      if (next == N) {
        renew();
      }
      int m = Math.min(N - next, end - i);
      for (int j = 0; j < m; j++) {
        a[i + j] = unit(tempered[next + j]);
      }
      next += m;
      i += m;
    }
  }

  private static float unit(int bits) {
    return (bits & 0xffffff) * 0x1p-24f;
  }

  private void renew() {
    int[] s = state;
    int[] t = spare;
    for (int i = 0; i < N - M; i++) {
      t[i] = s[i + M] ^ twist(s[i], s[i + 1]);
    }
    for (int i = N - M; i < N - 1; i++) {
      t[i] = t[i + M - N] ^ twist(s[i], s[i + 1]);
    }
    t[N - 1] = t[M - 1] ^ twist(s[N - 1], t[0]);
    state = t;
    spare = s;
    temper();
    next = 0;
  }

  private void temper() {
    int[] s = state;
    int[] t = tempered;
    for (int i = 0; i < N; i++) {
      int y = s[i];
      y ^= y >>> 11;
      y ^= (y << 7) & 0x9d2c5680;
      y ^= (y << 15) & 0xefc60000;
      t[i] = y ^ (y >>> 18);
    }
  }

  private static int twist(int u, int v) {
    int mixed = (u & 0x80000000) | (v & 0x7fffffff);
    return (mixed >>> 1) ^ (-(v & 1) & 0x9908b0df);
  }

  /** Index of the word that comes next, 0 to {@link #N}; N: the state is to be renewed first. */
  public int position() {
    return next;
  }

  public int word(int i) {
    return state[i];
  }

  public void restore(int[] words, int position) {
    System.arraycopy(words, 0, state, 0, N);
    temper();
    next = position;
  }
}
