package dev.facula.internal.kernel;

/**
 * Functions of one {@code float}, to about one unit in the last place, from multiplications and
 * fused multiply-adds alone: the same bits on every machine and JDK, unlike the intrinsics behind
 * {@link Math}, and the same bits as the vector code, which takes the same steps on many elements
 * and leaves the rest of a row to these methods.
 *
 * <p>The arguments are reduced as in Cody and Waite, Software Manual for the Elementary Functions
 * (1980): the nearest integer is found by adding a number so large that no fraction bits are left
 * ({@link #ROUND}), and the constant that is subtracted so many times is split in two or three
 * parts. The polynomials are minimax fits in relative error on the reduced interval, their
 * coefficients rounded one after the other from the lowest power, each time fitting the rest again.
 */
public final class FloatMath {
  /** 1.5 * 2^23, which leaves the nearest integer in the low bits of a sum. */
  public static final float ROUND = 12582912f;

  /** As {@link #ROUND}, with twice the exponent bias in the low bits: never negative there. */
  public static final float ROUND_BIASED = 12583166f;

  private static final int ROUND_BITS = Float.floatToRawIntBits(ROUND);

  public static final float LOG2_E = 1.442695f;
  public static final float LN2_HI = 0.6931472f;
  public static final float LN2_LO = -1.9046542e-9f;

  /** Below, exp is 0; the halves of a power of two stay in range. */
  public static final float EXP_MIN = -150f;

  /** Above, exp is infinite. */
  public static final float EXP_MAX = 130f;

  /** exp(r) = 1 + r + r r (E2 + E3 r + ...) for |r| &lt;= log(2) / 2, to 2^-27. */
  public static final float E2 = 0.49999997f;

  public static final float E3 = 0.16666543f;
  public static final float E4 = 0.04166754f;
  public static final float E5 = 0.008366541f;
  public static final float E6 = 0.0013861051f;

  /** log(1 + f) = f - f f / 2 + f f f (L3 + L4 f + ...) for 1 + f from sqrt(1/2) to sqrt(2). */
  public static final float L3 = 0.3333333f;

  public static final float L4 = -0.25000823f;
  public static final float L5 = 0.20001224f;
  public static final float L6 = -0.16623294f;
  public static final float L7 = 0.14202148f;
  public static final float L8 = -0.13161401f;
  public static final float L9 = 0.12758064f;
  public static final float L10 = -0.07625771f;

  /** log(2) with so few bits that its product with an exponent is exact, and the rest. */
  public static final float LOG_LN2_HI = 0.693359375f;

  public static final float LOG_LN2_LO = -2.1219444e-4f;

  /** The bits of sqrt(1/2), the lower end of a reduced mantissa. */
  public static final int SQRT_HALF_BITS = 0x3f3504f3;

  public static final float TWO_OVER_PI = 0.63661975f;
  public static final float HALF_PI_1 = 1.5707964f;
  public static final float HALF_PI_2 = -4.371139e-8f;
  public static final float HALF_PI_3 = -1.7151245e-15f;

  /** Up to here the three parts of pi / 2 are enough; beyond, {@link Math} reduces. */
  public static final float TRIG_MAX = 30000f;

  /** sin(r) = r + r r r (S3 + S5 r r + ...) for |r| &lt;= pi / 4. */
  public static final float S3 = -0.16666655f;

  public static final float S5 = 0.008332191f;
  public static final float S7 = -1.9518581e-4f;

  /** cos(r) = 1 - r r / 2 + r r r r (C4 + C6 r r + ...) for |r| &lt;= pi / 4. */
  public static final float C4 = 0.041666646f;

  public static final float C6 = -0.001388731f;
  public static final float C8 = 2.443254e-5f;

  /** From here on tanh is 1. */
  public static final float TANH_MAX = 10f;

  /** Below, erf is x + x (F0 + F1 x x + ...); above, 1 - exp(G0 + G1 x + ...) up to 4. */
  public static final float ERF_SPLIT = 0.92f;

  public static final float ERF_MAX = 4f;
  public static final float F0 = 0.12837917f;
  public static final float F1 = -0.37612632f;
  public static final float F2 = 0.1128367f;
  public static final float F3 = -0.026858011f;
  public static final float F4 = 0.0051975804f;
  public static final float F5 = -8.1035966e-4f;
  public static final float F6 = 8.205863e-5f;
  public static final float G0 = -1.9607859e-4f;
  public static final float G1 = -1.1276742f;
  public static final float G2 = -0.6371841f;
  public static final float G3 = -0.10393054f;
  public static final float G4 = 0.022226729f;
  public static final float G5 = -0.0030432628f;
  public static final float G6 = 1.9595289e-4f;

  /** Below, Phi(x) = 1/2 + x (P0 + P1 x x + ...), to 2^-26. */
  public static final float PHI_SPLIT = 1.25f;

  public static final float P0 = 0.39894223f;
  public static final float P1 = -0.06648972f;
  public static final float P2 = 0.009970669f;
  public static final float P3 = -0.0011815984f;
  public static final float P4 = 1.0966106e-4f;
  public static final float P5 = -6.49717e-6f;

  /**
   * The tail of the normal distribution, 1 - Phi(a) = exp(-a a / 2) (Q0 + Q1 t + ...) with t = 1 /
   * (1 + a / 4), for a from {@link #PHI_SPLIT} to {@link #TAIL_MAX}, where it is 0.
   */
  public static final float Q0 = 2.29411e-6f;

  public static final float Q1 = 0.09969706f;
  public static final float Q2 = 0.09994942f;
  public static final float Q3 = 0.093452275f;
  public static final float Q4 = 0.076199286f;
  public static final float Q5 = 0.08872477f;
  public static final float Q6 = -0.019742433f;
  public static final float Q7 = 0.10838108f;
  public static final float Q8 = -0.046701822f;
  public static final float TAIL_MAX = 14.5f;

  /** 1 / sqrt(2 pi). */
  public static final float INV_SQRT_TWO_PI = 0.3989423f;

  private FloatMath() {}

  public static float exp(float x) {
    float c = x < EXP_MIN ? EXP_MIN : x;
    c = c > EXP_MAX ? EXP_MAX : c;
    float t = Fma.of(c, LOG2_E, ROUND_BIASED);
    float k = t - ROUND_BIASED;
    float r = Fma.of(k, -LN2_LO, Fma.of(k, -LN2_HI, c));
    float p = Fma.of(Fma.of(Fma.of(Fma.of(E6, r, E5), r, E4), r, E3), r, E2);
    return scaled(Fma.of(Fma.of(p, r, 1f), r, 1f), t);
  }

  /** Elements that the functions of rows work on at a time. */
  static final int BLOCK = 512;

  /**
   * {@link #exp(float)} of n elements, with the same bits. All but the powers of two is in loops
   * that the JIT turns into vectors.
   */
  public static void exp(float[] x, int xo, float[] y, int yo, int n) {
    expPlus(x, xo, 0f, y, yo, n);
  }

  /** {@code y[i] = exp(x[i] + s)} of n elements. */
  static void expPlus(float[] x, int xo, float s, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] c = scratch.array(FloatScratch.FUNCTION, BLOCK);
    float[] t = scratch.array(FloatScratch.EXPONENT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, c, 0, m);
      if (s != 0f) {
        for (int j = 0; j < m; j++) {
          c[j] += s;
        }
      }
      reduce(c, t, m);
      for (int j = 0, p = xo + i, q = yo + i; j < m; j++) {
        int exponent = exponent(t[j]);
        y[q + j] = isNormal(exponent) ? c[j] * power(exponent) : exp(x[p + j] + s);
      }
    }
  }

  /**
   * Makes t[i] a number that holds the exponent of exp(c[i]), and c[i] what is to be multiplied by
   * the power of two; of use only where {@link #isNormal}.
   */
  private static void reduce(float[] c, float[] t, int n) {
    for (int i = 0; i < n; i++) {
      t[i] = Fma.of(c[i], LOG2_E, ROUND_BIASED);
    }
    for (int i = 0; i < n; i++) {
      float k = t[i] - ROUND_BIASED;
      float r = Fma.of(k, -LN2_LO, Fma.of(k, -LN2_HI, c[i]));
      float p = Fma.of(Fma.of(Fma.of(Fma.of(E6, r, E5), r, E4), r, E3), r, E2);
      c[i] = Fma.of(Fma.of(p, r, 1f), r, 1f);
    }
  }

  /** The biased exponent in t, or another that is not {@link #isNormal} where there is none. */
  private static int exponent(float t) {
    return Float.floatToRawIntBits(t) - ROUND_BITS - 127;
  }

  private static boolean isNormal(int exponent) {
    return exponent > 0 && exponent < 255;
  }

  private static float power(int exponent) {
    return Float.intBitsToFloat(exponent << 23);
  }

  /**
   * p times the power of two in the low bits of t; in two halves where the result may be subnormal
   * or too large.
   */
  private static float scaled(float p, float t) {
    int exponent = exponent(t);
    if (isNormal(exponent)) {
      return p * power(exponent);
    }
    int h = exponent + 127;
    int half = h >> 1;
    return p * power(half) * power(h - half);
  }

  /** {@link #sigmoid(float)} of n elements, with the same bits. */
  static void sigmoid(float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] c = scratch.array(FloatScratch.FUNCTION, BLOCK);
    float[] t = scratch.array(FloatScratch.EXPONENT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, c, 0, m);
      for (int j = 0; j < m; j++) {
        c[j] = -Math.abs(c[j]);
      }
      reduce(c, t, m);
      for (int j = 0; j < m; j++) {
        float z = x[xo + i + j];
        int exponent = exponent(t[j]);
        float e = isNormal(exponent) ? c[j] * power(exponent) : exp(-Math.abs(z));
        y[yo + i + j] = sigmoid(z, e);
      }
    }
  }

  /** {@link #tanh(float)} of n elements, with the same bits. */
  static void tanh(float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] c = scratch.array(FloatScratch.FUNCTION, BLOCK);
    float[] t = scratch.array(FloatScratch.EXPONENT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, c, 0, m);
      for (int j = 0; j < m; j++) {
        c[j] = 2f * Math.min(Math.abs(c[j]), TANH_MAX);
      }
      for (int j = 0; j < m; j++) {
        t[j] = Fma.of(c[j], LOG2_E, ROUND);
      }
      for (int j = 0; j < m; j++) {
        float k = t[j] - ROUND;
        float r = Fma.of(k, -LN2_LO, Fma.of(k, -LN2_HI, c[j]));
        float p = Fma.of(Fma.of(Fma.of(Fma.of(E6, r, E5), r, E4), r, E3), r, E2);
        c[j] = Fma.of(p, r * r, r);
      }
      for (int j = 0; j < m; j++) {
        y[yo + i + j] = tanh(x[xo + i + j], c[j], t[j]);
      }
    }
  }

  public static float log(float x) {
    boolean subnormal = x < Float.MIN_NORMAL;
    int bits = Float.floatToRawIntBits(subnormal ? x * 8388608f : x);
    int e = (bits - SQRT_HALF_BITS) >> 23;
    float k = subnormal ? e - 23 : e;
    float f = Float.intBitsToFloat(bits - (e << 23)) - 1f;
    float p = Fma.of(Fma.of(Fma.of(L10, f, L9), f, L8), f, L7);
    p = Fma.of(Fma.of(Fma.of(Fma.of(p, f, L6), f, L5), f, L4), f, L3);
    float s = Fma.of(Fma.of(p, f, -0.5f), f * f, k * LOG_LN2_LO);
    float y = Fma.of(k, LOG_LN2_HI, f + s);
    if (x > 0f && x < Float.POSITIVE_INFINITY) {
      return y;
    }
    return x == 0f ? Float.NEGATIVE_INFINITY : x < 0f ? Float.NaN : x;
  }

  public static float sin(float x) {
    return Math.abs(x) > TRIG_MAX ? (float) Math.sin(x) : x == 0f ? x : sinQuadrant(x, 0);
  }

  public static float cos(float x) {
    return Math.abs(x) <= TRIG_MAX ? sinQuadrant(x, 1) : (float) Math.cos(x);
  }

  /** sin(x + shift pi / 2). */
  private static float sinQuadrant(float x, int shift) {
    float t = Fma.of(x, TWO_OVER_PI, ROUND);
    float k = t - ROUND;
    int q = Float.floatToRawIntBits(t) + shift;
    float r = Fma.of(k, -HALF_PI_3, Fma.of(k, -HALF_PI_2, Fma.of(k, -HALF_PI_1, x)));
    float u = r * r;
    float s = Fma.of(r * u, Fma.of(Fma.of(S7, u, S5), u, S3), r);
    float c = Fma.of(u * u, Fma.of(Fma.of(C8, u, C6), u, C4), Fma.of(u, -0.5f, 1f));
    float v = (q & 1) == 0 ? s : c;
    return Float.intBitsToFloat(Float.floatToRawIntBits(v) ^ ((q & 2) << 30));
  }

  /** With m = exp(2|x|) - 1, tanh |x| = m / (m + 2). */
  public static float tanh(float x) {
    float a = Math.abs(x);
    a = a > TANH_MAX ? TANH_MAX : a;
    float c = a + a;
    float t = Fma.of(c, LOG2_E, ROUND);
    float k = t - ROUND;
    float r = Fma.of(k, -LN2_LO, Fma.of(k, -LN2_HI, c));
    float p = Fma.of(Fma.of(Fma.of(Fma.of(E6, r, E5), r, E4), r, E3), r, E2);
    return tanh(x, Fma.of(p, r * r, r), t);
  }

  /** The end of tanh: from exp(r) - 1 and the number whose low bits are the exponent. */
  private static float tanh(float x, float p, float t) {
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << 23) + 0x3f800000);
    float m = Fma.of(p, scale, scale - 1f);
    float y = m / (m + 2f);
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & Integer.MIN_VALUE));
  }

  /** With e = exp(-|x|), which cannot overflow, 1 / (1 + e) or e / (1 + e). */
  public static float sigmoid(float x) {
    return sigmoid(x, exp(-Math.abs(x)));
  }

  /** By the bits of the sign, as no processor can foresee it. */
  private static float sigmoid(float x, float e) {
    int negative = Float.floatToRawIntBits(x) >> 31;
    int one = Float.floatToRawIntBits(1f);
    int top = one ^ ((one ^ Float.floatToRawIntBits(e)) & negative);
    return Float.intBitsToFloat(top) / (1f + e);
  }

  public static float erf(float x) {
    float a = Math.abs(x);
    a = a > ERF_MAX ? ERF_MAX : a;
    float u = a * a;
    float f = Fma.of(Fma.of(Fma.of(F6, u, F5), u, F4), u, F3);
    f = Fma.of(Fma.of(Fma.of(f, u, F2), u, F1), u, F0);
    float small = Fma.of(f, a, a);

    float g = Fma.of(Fma.of(Fma.of(G6, a, G5), a, G4), a, G3);
    g = Fma.of(Fma.of(Fma.of(g, a, G2), a, G1), a, G0);
    float t = Fma.of(g, LOG2_E, ROUND);
    float k = t - ROUND;
    float r = Fma.of(k, -LN2_HI, g);
    float p = Fma.of(Fma.of(Fma.of(Fma.of(E6, r, E5), r, E4), r, E3), r, E2);
    p = Fma.of(Fma.of(p, r, 1f), r, 1f);
    float scale = Float.intBitsToFloat((Float.floatToRawIntBits(t) << 23) + 0x3f800000);
    float large = Fma.of(-p, scale, 1f);

    float y = a >= ERF_SPLIT ? large : small;
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(y) | (Float.floatToRawIntBits(x) & Integer.MIN_VALUE));
  }

  public static float gelu(float x) {
    float a = Math.abs(x);
    a = a > TAIL_MAX ? TAIL_MAX : a;
    return x * phi(x, a, expMinusHalfSquare(a));
  }

  /** Phi(x) + x phi(x). */
  public static float geluDerivative(float x) {
    float a = Math.abs(x);
    a = a > TAIL_MAX ? TAIL_MAX : a;
    float e = expMinusHalfSquare(a);
    return Fma.of(x * INV_SQRT_TWO_PI, e, phi(x, a, e));
  }

  /** exp(-a a / 2), with the rounding error of the square made good. */
  private static float expMinusHalfSquare(float a) {
    return exact(exp(a * a * -0.5f), a);
  }

  private static float exact(float e, float a) {
    return Fma.of(e, Fma.of(a, a, -(a * a)) * -0.5f, e);
  }

  /** {@link #gelu(float)} of n elements, with the same bits. */
  static void gelu(float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] a = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] e = scratch.array(FloatScratch.RIGHT, BLOCK);
    float[] p = scratch.array(FloatScratch.PARTIAL, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, p, 0, m);
      for (int j = 0; j < m; j++) {
        a[j] = Math.min(Math.abs(p[j]), TAIL_MAX);
      }
      for (int j = 0; j < m; j++) {
        e[j] = a[j] * a[j] * -0.5f;
      }
      exp(e, 0, e, 0, m);
      for (int j = 0; j < m; j++) {
        e[j] = tail(a[j], exact(e[j], a[j]));
      }
      for (int j = 0; j < m; j++) {
        p[j] = centre(p[j], a[j]);
      }
      for (int j = 0; j < m; j++) {
        float z = x[xo + i + j];
        y[yo + i + j] = z * select(z, a[j], p[j], e[j]);
      }
    }
  }

  /** The normal distribution function of x, with a = |x| and e = exp(-a a / 2). */
  private static float phi(float x, float a, float e) {
    return select(x, a, centre(x, a), tail(a, e));
  }

  /** Near 0. */
  private static float centre(float x, float a) {
    float u = a * a;
    float p = Fma.of(Fma.of(Fma.of(P5, u, P4), u, P3), u, P2);
    return Fma.of(Fma.of(Fma.of(p, u, P1), u, P0), x, 0.5f);
  }

  /** Of -a, elsewhere. */
  private static float tail(float a, float e) {
    float t = 1f / Fma.of(a, 0.25f, 1f);
    float q = Fma.of(Fma.of(Fma.of(Q8, t, Q7), t, Q6), t, Q5);
    q = Fma.of(Fma.of(Fma.of(q, t, Q4), t, Q3), t, Q2);
    return Fma.of(Fma.of(q, t, Q1), t, Q0) * e;
  }

  /** By the bits of the signs, as no processor can foresee them. */
  private static float select(float x, float a, float centre, float tail) {
    int negative = Float.floatToRawIntBits(x) >> 31;
    int near = Float.floatToRawIntBits(a - PHI_SPLIT) >> 31;
    int far = Float.floatToRawIntBits(1f - tail);
    far ^= (far ^ Float.floatToRawIntBits(tail)) & negative;
    return Float.intBitsToFloat(far ^ ((far ^ Float.floatToRawIntBits(centre)) & near));
  }

  /** min(x, 0) - log(1 + e) with e = exp(-|x|), and what was lost in 1 + e made good. */
  public static float logSigmoid(float x) {
    float e = exp(-Math.abs(x));
    float u = e + 1f;
    return Math.min(x, 0f) - (log(u) - (u - 1f - e) / u);
  }

  public static float silu(float x) {
    return x * sigmoid(x);
  }

  /** s (1 + x (1 - s)) with s = sigmoid(x) and 1 - s from one exponential. */
  public static float siluDerivative(float x) {
    float e = exp(-Math.abs(x));
    float d = 1f / (1f + e);
    float ed = e * d;
    return (x < 0f ? ed : d) * Fma.of(x, x < 0f ? d : ed, 1f);
  }

  /** a where c is not 0, else b; by bits, as no processor can foresee which it will be. */
  public static float choose(byte c, float a, float b) {
    int p = Float.floatToRawIntBits(a);
    int q = Float.floatToRawIntBits(b);
    return Float.intBitsToFloat(q ^ ((p ^ q) & ((c | -c) >> 31)));
  }

  /**
   * Up to 1 by 2 t / (1 - t) with t = tanh(x / 2), what is above by the difference of two powers,
   * which is subtracted rather than added to keep the sign of zero.
   */
  static void expm1(UnaryKernels<float[]> k, float[] x, int xo, float[] y, int yo, int n) {
    float e = exp(1f);
    FloatScratch scratch = FloatScratch.get();
    float[] t = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] p = scratch.array(FloatScratch.RIGHT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, p, 0, m);
      for (int j = 0; j < m; j++) {
        t[j] = 0.5f * Math.min(p[j], 1f);
      }
      for (int j = 0; j < m; j++) {
        p[j] = Math.max(p[j], 1f);
      }
      k.tanh(t, 0, t, 0, m);
      k.exp(p, 0, p, 0, m);
      for (int j = 0; j < m; j++) {
        t[j] = 2f * t[j] / (1f - t[j]) - (e - p[j]);
      }
      System.arraycopy(t, 0, y, yo + i, m);
    }
  }

  /** log(u) with u = 1 + x, and what was lost in u made good where that is finite. */
  static void log1p(UnaryKernels<float[]> k, float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] a = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] u = scratch.array(FloatScratch.RIGHT, BLOCK);
    float[] c = scratch.array(FloatScratch.PARTIAL, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int m = Math.min(BLOCK, n - i);
      System.arraycopy(x, xo + i, a, 0, m);
      for (int j = 0; j < m; j++) {
        u[j] = a[j] + 1f;
      }
      for (int j = 0; j < m; j++) {
        c[j] = (a[j] - (u[j] - 1f)) / u[j];
      }
      k.log(u, 0, u, 0, m);
      for (int j = 0; j < m; j++) {
        float fix = c[j];
        y[yo + i + j] = Math.abs(fix) < 1f ? -(-u[j] - fix) : u[j]; // not u + fix: it keeps -0
      }
    }
  }

  /** The exponent and the logarithm of the mantissa, of normal numbers. */
  static void log2(UnaryKernels<float[]> k, float[] x, int xo, float[] y, int yo, int n) {
    FloatScratch scratch = FloatScratch.get();
    float[] e = scratch.array(FloatScratch.LEFT, BLOCK);
    float[] m = scratch.array(FloatScratch.RIGHT, BLOCK);
    for (int i = 0; i < n; i += BLOCK) {
      int count = Math.min(BLOCK, n - i);
      for (int j = 0; j < count; j++) {
        float v = x[xo + i + j];
        int bits = Float.floatToRawIntBits(v) - SQRT_HALF_BITS;
        boolean normal = v >= Float.MIN_NORMAL && v <= Float.MAX_VALUE;
        int exponent = normal ? bits >> 23 : 0;
        e[j] = exponent;
        m[j] = Float.intBitsToFloat(Float.floatToRawIntBits(v) - (exponent << 23));
      }
      k.log(m, 0, m, 0, count);
      for (int j = 0; j < count; j++) {
        y[yo + i + j] = Fma.of(m[j], LOG2_E, e[j]);
      }
    }
  }

  /** sqrt(a a + b b): squares of floats are exact in double, and cannot overflow. */
  static float hypot(double a, double b) {
    return Double.isInfinite(a) || Double.isInfinite(b)
        ? Float.POSITIVE_INFINITY
        : (float) Math.sqrt(a * a + b * b);
  }
}
