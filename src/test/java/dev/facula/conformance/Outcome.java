package dev.facula.conformance;

/** What came of one case. */
record Outcome(Status status, String detail) {
  enum Status {
    PASSED,
    FAILED,
    /** Nothing is bound to the subject. */
    UNSUPPORTED,
    /** An erroneous call that the types of the library's signature do not allow to be written. */
    INEXPRESSIBLE
  }

  private static final String SETTLED = "settled in float64: ";

  static final Outcome PASSED = new Outcome(Status.PASSED, "");

  /** The first comparison failed, a second one in float64 spoke for the library. */
  static Outcome settled(String first) {
    return new Outcome(Status.PASSED, SETTLED + first);
  }

  boolean isSettled() {
    return status == Status.PASSED && detail.startsWith(SETTLED);
  }

  static Outcome failed(String detail) {
    return new Outcome(Status.FAILED, detail);
  }
}
