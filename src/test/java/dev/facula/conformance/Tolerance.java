package dev.facula.conformance;

import dev.facula.DType;

/** How far a floating point result may be from the recorded one. */
record Tolerance(double relative, double absolute) {
  /** PyTorch's own, for a result whose elements are computed independently of each other. */
  static Tolerance of(DType dtype) {
    return dtype == DType.FLOAT64 ? new Tolerance(1e-7, 1e-7) : new Tolerance(1.3e-6, 1e-5);
  }

  /** For a reduction or a product in float32, whose order of summation is free. */
  static Tolerance ofSum(DType dtype) {
    return dtype == DType.FLOAT64 ? of(dtype) : new Tolerance(1e-4, 1e-5);
  }

  boolean accepts(double actual, double wanted) {
    return actual == wanted
        || Double.isNaN(actual) && Double.isNaN(wanted)
        || Double.isFinite(wanted)
            && Math.abs(actual - wanted) <= absolute + relative * Math.abs(wanted);
  }
}
