package dev.facula;

/**
 * Element types. Mixed operands are promoted as in PyTorch: the category decides first (boolean
 * &lt; integer &lt; floating point), then the width. float16 and bfloat16 exist in files only and
 * are widened to {@link #FLOAT32} when they are read.
 */
public enum DType {
  /** IEEE 754 single precision, the default. */
  FLOAT32("float32", 4),
  /** IEEE 754 double precision. */
  FLOAT64("float64", 8),
  /** Signed integers of 64 bits: indices, class labels, counts. */
  INT64("int64", 8),
  /** Signed integers of 32 bits. */
  INT32("int32", 4),
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

  /** Whether this is {@link #FLOAT32} or {@link #FLOAT64}: only such tensors have gradients. */
  public boolean isFloatingPoint() {
    return this == FLOAT32 || this == FLOAT64;
  }

  /** Whether this is one of the integer types; {@link #BOOL} is none. */
  public boolean isInteger() {
    return this == INT64 || this == INT32 || this == UINT8;
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
    return a.bytes >= b.bytes ? a : b;
  }

  /** PyTorch's name, such as {@code float32}. */
  @Override
  public String toString() {
    return label;
  }
}
