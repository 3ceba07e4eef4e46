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

  static final Outcome PASSED = new Outcome(Status.PASSED, "");

  static Outcome failed(String detail) {
    return new Outcome(Status.FAILED, detail);
  }
}
