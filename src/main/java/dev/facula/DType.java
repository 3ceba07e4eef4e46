package dev.facula;

/**
 * Element types. Mixed operands are promoted as in PyTorch: the category decides first (boolean
 * &lt; integer &lt; floating point), then the width; {@link #FLOAT16} with {@link #BFLOAT16} gives
 * {@link #FLOAT32}, {@link #INT8} with {@link #UINT8} {@link #INT16}.
 */
public enum DType {
  /** IEEE 754 single precision, the default. */
  FLOAT32("float32", 4),
  /** IEEE 754 double precision. */
  FLOAT64("float64", 8),
  /**
   * IEEE 754 half precision: 10 bits of fraction, up to 65504. Stored in 16 bits, computed in
   * {@link #FLOAT32}; each operation rounds its result once, to the nearest, ties to even.
   */
  FLOAT16("float16", 2),
  /**
   * The upper half of a {@link #FLOAT32}: its range, with 7 bits of fraction. Computed as {@link
   * #FLOAT16}.
   */
  BFLOAT16("bfloat16", 2),
  /** Signed integers of 64 bits: indices, class labels, counts. */
  INT64("int64", 8),
  /** Signed integers of 32 bits. */
  INT32("int32", 4),
  /** Signed integers of 16 bits. */
  INT16("int16", 2),
  /** Signed integers of 8 bits. */
  INT8("int8", 1),
  /** Unsigned integers of 8 bits: pixels. */
  UINT8("uint8", 1),
  /** True and false: masks, results of comparisons. */
  BOOL("bool", 1);

  private final String label;
  private final int bytes;

  DType(String label, int bytes) {
    this.label = label;
    this.bytes = bytes;
  }

  /** Bytes that an element takes. */
  public int bytes() {
    return bytes;
  }

  /** Whether this is a floating-point type: only such tensors have gradients. */
  public boolean isFloatingPoint() {
    return this == FLOAT32 || this == FLOAT64 || isReducedFloatingPoint();
  }

  /** Whether this is {@link #FLOAT16} or {@link #BFLOAT16}. */
  public boolean isReducedFloatingPoint() {
    return this == FLOAT16 || this == BFLOAT16;
  }

  /** Whether this is one of the integer types; {@link #BOOL} is none. */
  public boolean isInteger() {
    return !isFloatingPoint() && this != BOOL;
  }

  /** 0 for boolean, 1 for integers, 2 for floating point. */
  int category() {
    return isFloatingPoint() ? 2 : this == BOOL ? 0 : 1;
  }

  /**
   * The smallest type that holds both, as PyTorch's {@code torch.promote_types}.
   *
   * @param a one type
   * @param b the other
   */
  public static DType promote(DType a, DType b) {
    if (a == b) {
      return a;
    }
    if (a.category() != b.category()) {
      return a.category() > b.category() ? a : b;
    }
    if (a.bytes == b.bytes) {
      return a.isFloatingPoint() ? FLOAT32 : INT16;
    }
    return a.bytes > b.bytes ? a : b;
  }

  /** PyTorch's name, such as {@code float32}. */
  @Override
  public String toString() {
    return label;
  }
}
