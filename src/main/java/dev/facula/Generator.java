package dev.facula;

import dev.facula.internal.array.BoxMuller;
import dev.facula.internal.array.MersenneTwister;
import dev.facula.internal.parallel.PerThread;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * A stream of pseudo-random numbers: PyTorch's CPU generator, draw for draw. A generator seeded
 * with {@code s} yields what {@code torch.Generator().manual_seed(s)} yields: bit for bit where
 * numbers are uniform, integers, Bernoulli variables or permutations, and for normal numbers in
 * blocks of floats; to the last bit or two where a double-precision logarithm, sine or cosine of
 * the platform is involved.
 *
 * <p>Every random operation takes an optional generator; without one it draws from {@link
 * Facula#defaultGenerator()}.
 *
 * <pre>{@code
 * var generator = new Generator(0);
 * Tensor a = Tensor.rand(generator, 2, 3);
 * byte[] state = generator.getState();
 * Tensor b = Tensor.rand(generator, 2, 3);
 * generator.setState(state); // b would come again
 * }</pre>
 *
 * <p>How bits become numbers: the source is {@linkplain MersenneTwister MT19937}. A uniform float
 * takes the low 24 bits of one 32-bit draw, a uniform double the low 53 bits of two. Sixteen or
 * more normal numbers are made by {@link BoxMuller} from blocks of sixteen uniform ones; fewer come
 * in pairs from double-precision uniforms, where the second of a pair is kept for the next call.
 *
 * <p>Safe for use by several threads; each fill is one indivisible step of the stream.
 */
public final class Generator {
  /** The seed of a generator that is made without one, as in PyTorch. */
  private static final long DEFAULT_SEED = 67280421310721L;

  /** Ranges from here on are drawn with 64 bits, so that the remainder stays nearly unbiased. */
  private static final long WIDE_RANGE = 1L << 28;

  /** The bits of a uniform double. */
  private static final long MANTISSA = (1L << 53) - 1;

  /** That of the process: another stream each time unless it is seeded. */
  private static final Generator DEFAULT =
      new Generator(new SplittableRandom().nextLong() & MANTISSA);

  /** The default generators of the threads that have one of their own. */
  private static final PerThread<Generator> THREADS = new PerThread<>();

  private final MersenneTwister bits = new MersenneTwister(DEFAULT_SEED);
  private long initialSeed = DEFAULT_SEED;

  /** The sine half of the last pair of normal numbers, while nobody has taken it. */
  private OptionalDouble pendingNormal = OptionalDouble.empty();

  /** A generator with PyTorch's default seed, 67280421310721. */
  public Generator() {}

  /**
   * A generator that starts the stream of {@code seed}.
   *
   * @param seed any number; the stream depends on its low 32 bits
   */
  public Generator(long seed) {
    manualSeed(seed);
  }

  /**
   * Starts the stream of {@code seed} over.
   *
   * @param seed any number; the stream depends on its low 32 bits
   * @return this generator
   */
  public synchronized Generator manualSeed(long seed) {
    initialSeed = seed;
    bits.seed(seed);
    pendingNormal = OptionalDouble.empty();
    return this;
  }

  /**
   * Starts the stream of a seed taken from the operating system's source of randomness.
   *
   * @return that seed
   */
  public long seed() {
    long seed = new SecureRandom().nextLong() & MANTISSA;
    manualSeed(seed);
    return seed;
  }

  /**
   * The seed last set.
   *
   * @return the seed given to {@link #manualSeed} or made by {@link #seed}
   */
  public synchronized long initialSeed() {
    return initialSeed;
  }

  // ---- state: the 5056 bytes of torch.Generator.get_state() on a 64-bit little-endian machine

  private static final int STATE_BYTES = 5056;
  private static final int WORDS = 24;
  private static final int NORMAL = WORDS + 8 * MersenneTwister.N;

  /**
   * The complete state, in the layout of {@code torch.Generator.get_state()}.
   *
   * @return 5056 bytes that {@link #setState} takes
   */
  public synchronized byte[] getState() {
    ByteBuffer b = ByteBuffer.allocate(STATE_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    int position = bits.position();
    b.putLong(0, initialSeed);
    b.putInt(8, MersenneTwister.N - position + 1); // words left, the current one included
    b.putInt(12, 1); // seeded
    b.putLong(16, position % MersenneTwister.N); // without a word left the index is not looked at
    for (int i = 0; i < MersenneTwister.N; i++) {
      b.putLong(WORDS + 8 * i, bits.word(i) & 0xffffffffL);
    }
    // Three doubles (the second is the pending normal number, the others are of the past) and a
    // flag; a pending float, which the CPU never has, follows.
    b.putDouble(NORMAL + 8, pendingNormal.orElse(0));
    b.putInt(NORMAL + 24, pendingNormal.isPresent() ? 1 : 0);
    return b.array();
  }

  /**
   * Goes back to a state.
   *
   * @param state what {@link #getState}, or PyTorch's {@code get_state()}, returned
   * @throws IllegalArgumentException if these bytes are no state
   */
  public synchronized void setState(byte[] state) {
    if (state.length != STATE_BYTES) {
      throw new IllegalArgumentException(
          "Generator.setState: a state has " + STATE_BYTES + " bytes, this has " + state.length);
    }
    ByteBuffer b = ByteBuffer.wrap(state).order(ByteOrder.LITTLE_ENDIAN);
    int left = b.getInt(8);
    long next = b.getLong(16);
    boolean consistent = left == 1 ? next == 0 || next == MersenneTwister.N : left + next == 625;
    if (b.getInt(12) != 1 || left < 1 || left > MersenneTwister.N || !consistent) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Generator.setState: not a state of MT19937 (seeded %d, left %d, next %d)",
              b.getInt(12),
              left,
              next));
    }
    int[] words = new int[MersenneTwister.N];
    for (int i = 0; i < words.length; i++) {
      words[i] = (int) b.getLong(WORDS + 8 * i);
    }
    bits.restore(words, MersenneTwister.N - left + 1);
    initialSeed = b.getLong(0);
    pendingNormal =
        b.getInt(NORMAL + 24) == 0
            ? OptionalDouble.empty()
            : OptionalDouble.of(b.getDouble(NORMAL + 8));
  }

  // ---- fills: a[o .. o+n) gets the next n numbers -------------------------------------------

  /** Uniform in [from, to), from 24 bits. */
  synchronized void uniform(float[] a, int o, int n, double from, double to) {
    float low = (float) from;
    float high = (float) to;
    float width = high - low;
    bits.floats(a, o, n);
    for (int i = o; i < o + n; i++) {
      float x = Math.fma(a[i], width, low);
      a[i] = x == high ? low : x;
    }
  }

  /** Uniform in [from, to), from 53 bits. */
  synchronized void uniform(double[] a, int o, int n, double from, double to) {
    double width = to - from;
    for (int i = o; i < o + n; i++) {
      double x = Math.fma(nextDouble(), width, from);
      a[i] = x == to ? from : x;
    }
  }

  /** Normal numbers for a contiguous tensor: in blocks if there are at least 16. */
  synchronized void normal(float[] a, int o, int n, double mean, double std) {
    if (n < 16) {
      normalPairs(a, o, n, mean, std);
      return;
    }
    bits.floats(a, o, n);
    BoxMuller.transform(a, o, n & -16, (float) mean, (float) std);
    if (n % 16 != 0) {
      bits.floats(a, o + n - 16, 16);
      BoxMuller.transform(a, o + n - 16, 16, (float) mean, (float) std);
    }
  }

  /** Normal numbers for a contiguous tensor: in blocks if there are at least 16. */
  synchronized void normal(double[] a, int o, int n, double mean, double std) {
    if (n < 16) {
      normalPairs(a, o, n, mean, std);
      return;
    }
    for (int i = o; i < o + n; i++) {
      a[i] = nextDouble();
    }
    for (int i = 0; i + 16 <= n; i += 16) {
      BoxMuller.transform16(a, o + i, mean, std);
    }
    if (n % 16 != 0) {
      int last = o + n - 16;
      for (int i = last; i < o + n; i++) {
        a[i] = nextDouble();
      }
      BoxMuller.transform16(a, last, mean, std);
    }
  }

  /** Normal numbers one by one, as for a tensor that is not contiguous. */
  synchronized void normalPairs(float[] a, int o, int n, double mean, double std) {
    for (int i = o; i < o + n; i++) {
      a[i] = (float) Math.fma(nextNormal(), std, mean);
    }
  }

  /** Normal numbers one by one, as for a tensor that is not contiguous. */
  synchronized void normalPairs(double[] a, int o, int n, double mean, double std) {
    for (int i = o; i < o + n; i++) {
      a[i] = Math.fma(nextNormal(), std, mean);
    }
  }

  /** 1 with probability p, else 0. */
  synchronized void bernoulli(float[] a, int o, int n, double p) {
    long below = below(p);
    for (int i = o; i < o + n; i++) {
      a[i] = (int) (((bits.nextLong() & MANTISSA) - below) >>> 63);
    }
  }

  /** 1 with probability p, else 0. */
  synchronized void bernoulli(double[] a, int o, int n, double p) {
    long below = below(p);
    for (int i = o; i < o + n; i++) {
      a[i] = (int) (((bits.nextLong() & MANTISSA) - below) >>> 63);
    }
  }

  /**
   * How many of the 2^53 uniform doubles are less than p: they can then be compared as integers,
   * without a branch that could not be predicted.
   */
  private static long below(double p) {
    return (long) Math.ceil(p * 0x1p53);
  }

  /** 1 with probability p[i], else 0; probabilities in single precision take one draw each. */
  synchronized void bernoulli(float[] a, int o, int n, float[] p, int po) {
    for (int i = 0; i < n; i++) {
      a[o + i] = bits.nextFloat() < p[po + i] ? 1 : 0;
    }
  }

  /** 1 with probability p[i], else 0. */
  synchronized void bernoulli(double[] a, int o, int n, double[] p, int po) {
    for (int i = 0; i < n; i++) {
      a[o + i] = nextDouble() < p[po + i] ? 1 : 0;
    }
  }

  /** Exponential with the given rate. */
  synchronized void exponential(float[] a, int o, int n, double rate) {
    for (int i = o; i < o + n; i++) {
      a[i] = (float) (-1 / rate * Math.log1p(-nextDouble()));
    }
  }

  /** Exponential with the given rate. */
  synchronized void exponential(double[] a, int o, int n, double rate) {
    for (int i = o; i < o + n; i++) {
      a[i] = -1 / rate * Math.log1p(-nextDouble());
    }
  }

  /** Integers in [from, to). The whole range of long is from = to = Long.MIN_VALUE. */
  synchronized void integers(long[] a, int o, int n, long from, long to) {
    long range = to - from; // unsigned
    boolean wide = Long.compareUnsigned(range, WIDE_RANGE) >= 0 || range == 0;
    for (int i = o; i < o + n; i++) {
      long x = wide ? bits.nextLong() : bits.nextInt() & 0xffffffffL;
      a[i] = range == 0 ? x : from + Long.remainderUnsigned(x, range);
    }
  }

  /** Integers in [0, 2^exponent) from 32 bits, or from 64 if the exponent is above 32. */
  synchronized void powerOfTwo(long[] a, int o, int n, int exponent) {
    long mask = (1L << exponent) - 1;
    for (int i = o; i < o + n; i++) {
      a[i] = (exponent > 32 ? bits.nextLong() : bits.nextInt()) & mask;
    }
  }

  /** A random permutation of 0 .. n-1 (Fisher and Yates). */
  synchronized void permutation(long[] a, int o, int n) {
    for (int i = 0; i < n; i++) {
      a[o + i] = i;
    }
    for (int i = 0; i < n - 1; i++) {
      int j = i + Integer.remainderUnsigned(bits.nextInt(), n - i);
      long swap = a[o + i];
      a[o + i] = a[o + j];
      a[o + j] = swap;
    }
  }

  /** The next uniform number in [0, 1), from 53 bits. */
  synchronized double nextUniform() {
    return nextDouble();
  }

  private double nextDouble() {
    return (bits.nextLong() & MANTISSA) * 0x1p-53;
  }

  private double nextNormal() {
    if (pendingNormal.isPresent()) {
      double sample = pendingNormal.getAsDouble();
      pendingNormal = OptionalDouble.empty();
      return sample;
    }
    double u1 = nextDouble();
    double u2 = nextDouble();
    double radius = Math.sqrt(-2 * Math.log1p(-u2));
    double theta = 2 * Math.PI * u1;
    pendingNormal = OptionalDouble.of(radius * Math.sin(theta));
    return radius * Math.cos(theta);
  }

  /** The generator that random operations of this thread use when none is given. */
  static Generator current() {
    Generator own = THREADS.get();
    return own == null ? DEFAULT : own;
  }

  /** The generator that this thread has of its own from now on, if any; returns that of before. */
  static @Nullable Generator setOwn(@Nullable Generator generator) {
    Generator before = THREADS.get();
    if (generator == null) {
      THREADS.remove();
    } else {
      THREADS.set(generator);
    }
    return before;
  }

  /** Seeds the generator of all threads that have none of their own. */
  static void seedDefault(long seed) {
    DEFAULT.manualSeed(seed);
  }

  static long defaultSeed() {
    return DEFAULT.initialSeed();
  }
}
