package dev.facula.conformance;

import java.util.Map;

/** Runs the cases of one kind. */
interface CaseRunner {
  /** Whether something is bound to the subject that the case is about. */
  boolean supports(Map<String, Object> record);

  Outcome run(Map<String, Object> record, TensorFile tensors);
}
