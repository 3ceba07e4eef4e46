package dev.facula.internal.array;

/**
 * Uniform numbers to normal ones, sixteen at a time: the first eight give the radius, the other
 * eight the angle of eight points in the plane, whose coordinates are normal (Box and Muller, "A
 * note on the generation of random normal deviates", 1958).
 *
 * <p>In {@code float} the logarithm, sine and cosine are the single-precision approximations of
 * Moshier's Cephes library, in the arrangement of Pommier's sse_mathfun: PyTorch uses them, and
 * only the same polynomials with the same roundings (fused multiply-add) give the same normal
 * numbers to the last bit. Which case applies to an element is random, so that branches would be
 * mispredicted half of the time: cases are chosen by bit masks instead.
 */
public final class BoxMuller {
  private static final float TWO_PI = (float) (2 * Math.PI);
  private static final float FOUR_OVER_PI = 1.27323954473516f;
  private static final int SQRT_HALF = Float.floatToRawIntBits(0.707106781186547524f);

  private BoxMuller() {}

  /** Points that are worked on together. */
  private static final int BLOCK = 256;

  /**
   * Replaces each sixteen of n numbers from a[o] on by a function of themselves. All but the bits
   * is in loops over rows that the JIT turns into vectors.
   */
  public static void transform(float[] a, int o, int n, float mean, float std) {
    int most = Math.min(n / 2, BLOCK);
    float[] m = new float[most];
    float[] e = new float[most];
    float[] x = new float[most];
    float[] c = new float[most];
    int[] octants = new int[most];
    for (int from = o, end = o + n; from < end; from += 2 * most) {
      int points = Math.min(most, (end - from) / 2);
      for (int i = 0; i < points; i++) {
        int at = from + i + (i & -8);
        split(1 - a[at], m, e, i);
        x[i] = a[at + 8];
      }
      for (int i = 0; i < points; i++) {
        m[i] = (float) Math.sqrt(-2 * log(m[i], e[i]));
      }
      for (int i = 0; i < points; i++) {
        float theta = TWO_PI * x[i];
        int octant = ((int) (theta * FOUR_OVER_PI) + 1) & ~1;
        octants[i] = octant;
        x[i] = reduce(theta, octant);
      }
      for (int i = 0; i < points; i++) {
        c[i] = cosPolynomial(x[i]);
      }
      for (int i = 0; i < points; i++) {
        x[i] = sinPolynomial(x[i]);
      }
      for (int i = 0; i < points; i++) {
        int octant = octants[i];
        int sin = Float.floatToRawIntBits(x[i]);
        int cos = Float.floatToRawIntBits(c[i]);
        // Sine and cosine are exchanged in every other quadrant, and have the signs of the
        // quadrant.
        int exchanged = (sin ^ cos) & -(octant >> 1 & 1);
        sin ^= exchanged ^ (octant & 4) << 29;
        cos ^= exchanged ^ (~(octant - 2) & 4) << 29;
        int at = from + i + (i & -8);
        a[at] = Math.fma(m[i] * Float.intBitsToFloat(cos), std, mean);
        a[at + 8] = Math.fma(m[i] * Float.intBitsToFloat(sin), std, mean);
      }
    }
  }

  /** The same in double precision, where PyTorch calls the C library. */
  public static void transform16(double[] a, int o, double mean, double std) {
    for (int i = o; i < o + 8; i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - a[i]));
      double theta = 2 * Math.PI * a[i + 8];
      a[i] = Math.fma(radius * Math.cos(theta), std, mean);
      a[i + 8] = Math.fma(radius * Math.sin(theta), std, mean);
    }
  }

  /** x = m 2^e with m in [1/sqrt 2, sqrt 2); keeps m - 1 and e. */
  private static void split(float x, float[] ms, float[] es, int i) {
    int bits = Float.floatToRawIntBits(x);
    float m = Float.intBitsToFloat((bits & 0x807fffff) | 0x3f000000);
    int small = (Float.floatToRawIntBits(m) - SQRT_HALF) >> 31; // all ones if m < 1/sqrt 2
    es[i] = (bits >>> 23) - 126 + small;
    ms[i] = m - 1 + Float.intBitsToFloat(Float.floatToRawIntBits(m) & small); // then 2 m - 1
  }

  /** ln((m + 1) 2^e), a polynomial in m. */
  private static float log(float m, float e) {
    float z = m * m;
    float y = 7.0376836292E-2f;
    y = Math.fma(y, m, -1.1514610310E-1f);
    y = Math.fma(y, m, 1.1676998740E-1f);
    y = Math.fma(y, m, -1.2420140846E-1f);
    y = Math.fma(y, m, 1.4249322787E-1f);
    y = Math.fma(y, m, -1.6668057665E-1f);
    y = Math.fma(y, m, 2.0000714765E-1f);
    y = Math.fma(y, m, -2.4999993993E-1f);
    y = Math.fma(y, m, 3.3333331174E-1f);
    y = y * m;
    y = Math.fma(y, z, e * -2.12194440e-4f);
    y = Math.fma(-z, 0.5f, y);
    return Math.fma(e, 0.693359375f, m + y);
  }

  /** x - octant pi/4, pi/4 in three parts of which the first two multiply exactly. */
  private static float reduce(float x, float octant) {
    x = Math.fma(octant, -0.78515625f, x);
    x = Math.fma(octant, -2.4187564849853515625e-4f, x);
    return Math.fma(octant, -3.77489497744594108e-8f, x);
  }

  private static float sinPolynomial(float x) {
    float z = x * x;
    float y = Math.fma(-1.9515295891E-4f, z, 8.3321608736E-3f);
    y = Math.fma(y, z, -1.6666654611E-1f);
    return Math.fma(y * z, x, x);
  }

  private static float cosPolynomial(float x) {
    float z = x * x;
    float y = Math.fma(2.443315711809948E-005f, z, -1.388731625493765E-003f);
    y = Math.fma(y, z, 4.166664568298827E-002f);
    return Math.fma(y * z, z, z * -0.5f) + 1;
  }
}
