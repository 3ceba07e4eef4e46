package dev.facula.internal.kernel;

/**
 * Floating-point numbers of 16 bits to float and back, loop by loop. Each conversion is a few
 * operations without a branch.
 */
public class ReducedKernels {
  /** 2^112, by which the exponents' biases of float and float16 differ: 127 against 15. */
  protected static final float BIAS = 0x1p112f;

  public static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Adds half of the last kept bit, less one where that bit is 0, so that ties go to even. */
  public static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7fff + (bits >>> 16 & 1);
    return (short) ((value != value ? bits | 0x400000 : rounded) >>> 16);
  }

  /**
   * Fraction and exponent moved to their places in a float and scaled by the difference of the
   * biases, which normalises subnormal numbers, too; infinity and NaN get the largest exponent.
   */
  public static float fromFloat16(short bits) {
    int magnitude = bits & 0x7fff;
    int scaled = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude << 13) * BIAS);
    int special = magnitude >= 0x7c00 ? 0x7f800000 : 0;
    return Float.intBitsToFloat(scaled | special | (bits & 0x8000) << 16);
  }

  /**
   * As bfloat16 for normal numbers. For those below 2^-14 the sum with 0.5 has its last bit at
   * 2^-24, where that of float16 is: the addition rounds. What is beyond 65520 is infinite.
   */
  public static short toFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int magnitude = bits & 0x7fffffff;
    int tiny = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f) - 0x3f000000;
    int normal = (magnitude + 0xfff + (magnitude >>> 13 & 1) >>> 13) - (112 << 10);
    int finite = magnitude < 113 << 23 ? tiny : Math.min(normal, 0x7c00);
    int result = magnitude > 0x7f800000 ? 0x7e00 : finite;
    return (short) (result | bits >>> 16 & 0x8000);
  }

  /** y[yo + i] = x[xo + i] of n elements of bfloat16. */
  public void widenBfloat16(short[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = fromBfloat16(x[xo + i]);
    }
  }

  /** y[yo + i] = x[xo + i] of n elements of float16. */
  public void widenFloat16(short[] x, int xo, float[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = fromFloat16(x[xo + i]);
    }
  }

  /** y[yo + i] = x[xo + i] of n elements, rounded to bfloat16. */
  public void narrowBfloat16(float[] x, int xo, short[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = toBfloat16(x[xo + i]);
    }
  }

  /** y[yo + i] = x[xo + i] of n elements, rounded to float16. */
  public void narrowFloat16(float[] x, int xo, short[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      y[yo + i] = toFloat16(x[xo + i]);
    }
  }

  /** The sum of x[xo + i] w[wo + i] over n elements of bfloat16 in w. */
  public float dotBfloat16(short[] w, int wo, float[] x, int xo, int n) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(fromBfloat16(w[wo + i]), x[xo + i], sum);
    }
    return sum;
  }

  /** {@link #dotBfloat16} for float16. */
  public float dotFloat16(short[] w, int wo, float[] x, int xo, int n) {
    float sum = 0;
    for (int i = 0; i < n; i++) {
      sum = Math.fma(fromFloat16(w[wo + i]), x[xo + i], sum);
    }
    return sum;
  }
}
