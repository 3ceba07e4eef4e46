package dev.facula.internal.array;

import dev.facula.DType;

/**
 * The bits of floating-point numbers of 16 bits, from and to float: exact one way, rounded to the
 * nearest, ties to even, the other. NaN stays NaN. Each conversion is a few operations without a
 * branch, so that the JIT makes vectors of a loop over them.
 */
public final class ReducedFloats {
  /** 2^112, by which the exponents' biases differ: 127 against 15. */
  private static final float BIAS = 0x1p112f;

  private ReducedFloats() {}

  /** The number with these bits. */
  public static float toFloat(DType dtype, short bits) {
    return dtype == DType.BFLOAT16 ? fromBfloat16(bits) : fromFloat16(bits);
  }

  /** The bits of the number of the type that is nearest to a value. */
  public static short of(DType dtype, float value) {
    return dtype == DType.BFLOAT16 ? toBfloat16(value) : toFloat16(value);
  }

  static float fromBfloat16(short bits) {
    return Float.intBitsToFloat(bits << 16);
  }

  /** Adds half of the last kept bit, less one where that bit is 0, so that ties go to even. */
  static short toBfloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int rounded = bits + 0x7fff + (bits >>> 16 & 1);
    return (short) ((value != value ? bits | 0x400000 : rounded) >>> 16);
  }

  /**
   * Fraction and exponent moved to their places in a float and scaled by the difference of the
   * biases, which normalises subnormal numbers, too; infinity and NaN get the largest exponent.
   */
  static float fromFloat16(short bits) {
    int magnitude = bits & 0x7fff;
    int scaled = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude << 13) * BIAS);
    int special = magnitude >= 0x7c00 ? 0x7f800000 : 0;
    return Float.intBitsToFloat(scaled | special | (bits & 0x8000) << 16);
  }

  /**
   * As bfloat16 for normal numbers. For those below 2^-14 the sum with 0.5 has its last bit at
   * 2^-24, where that of float16 is: the addition rounds. What is beyond 65520 is infinite.
   */
  static short toFloat16(float value) {
    int bits = Float.floatToRawIntBits(value);
    int magnitude = bits & 0x7fffffff;
    int tiny = Float.floatToRawIntBits(Float.intBitsToFloat(magnitude) + 0.5f) - 0x3f000000;
    int normal = (magnitude + 0xfff + (magnitude >>> 13 & 1) >>> 13) - (112 << 10);
    int finite = magnitude < 113 << 23 ? tiny : Math.min(normal, 0x7c00);
    int result = magnitude > 0x7f800000 ? 0x7e00 : finite;
    return (short) (result | bits >>> 16 & 0x8000);
  }

  /** y[yo + i] = x[xo + i] of n elements. */
  public static void widen(DType dtype, short[] x, int xo, float[] y, int yo, int n) {
    if (dtype == DType.BFLOAT16) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = fromBfloat16(x[xo + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = fromFloat16(x[xo + i]);
      }
    }
  }

  /** y[yo + i] = x[xo + i] of n elements, rounded. */
  public static void narrow(DType dtype, float[] x, int xo, short[] y, int yo, int n) {
    if (dtype == DType.BFLOAT16) {
      for (int i = 0; i < n; i++) {
        y[yo + i] = toBfloat16(x[xo + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        y[yo + i] = toFloat16(x[xo + i]);
      }
    }
  }
}
