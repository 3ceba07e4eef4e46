package dev.facula.conformance;

import dev.facula.DType;

/** How far a floating point result may be from the recorded one. */
record Tolerance(double relative, double absolute) {
  /** PyTorch's own, for a result whose elements are computed independently of each other. */
  static Tolerance of(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> new Tolerance(1e-7, 1e-7);
      case FLOAT16 -> new Tolerance(1e-3, 1e-5);
      case BFLOAT16 -> new Tolerance(1.6e-2, 1e-5);
      default -> new Tolerance(1.3e-6, 1e-5);
    };
  }

  /** For a reduction or a product, whose order of summation is free. */
  static Tolerance ofSum(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> of(dtype);
      case FLOAT16, BFLOAT16 -> new Tolerance(10 * of(dtype).relative, 1e-4);
      default -> new Tolerance(1e-4, 1e-5);
    };
  }

  boolean accepts(double actual, double wanted) {
    return actual == wanted
        || Double.isNaN(actual) && Double.isNaN(wanted)
        || Double.isFinite(wanted)
            && Math.abs(actual - wanted) <= absolute + relative * Math.abs(wanted);
  }

  /**
   * Whether a float32 result that the recorded one does not confirm is right nevertheless, judged
   * by the same computed in float64. Where large numbers cancel, PyTorch's own rounding can exceed
   * the tolerance; ours must then meet the exact value within the tolerance, or at least as nearly
   * as PyTorch's does, and PyTorch's must not be so far off that one of the two computes something
   * else. With 16 bits what is left of numbers that cancel is noise, however large: there it is
   * enough that ours meets the exact value, whose own computation the cases in float64 confirm.
   */
  boolean settles(double actual, double wanted, double exact) {
    double allowed = absolute + relative * Math.abs(exact);
    double ours = Math.abs(actual - exact);
    double theirs = Math.abs(wanted - exact);
    return theirs > 0
        && (relative >= 1e-3 && ours <= allowed
            || theirs <= 10 * allowed && (ours <= allowed || ours <= theirs));
  }
}
