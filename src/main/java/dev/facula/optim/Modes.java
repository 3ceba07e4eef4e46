package dev.facula.optim;

import java.util.List;

/** Options that take one of a few names. */
final class Modes {
  private Modes() {}

  /** The value, if it is one of the valid ones. */
  static String require(String owner, String option, String value, String... valid) {
    if (value == null || !List.of(valid).contains(value)) {
      throw new IllegalArgumentException(
          owner
              + ": "
              + option
              + " must be one of \""
              + String.join("\", \"", valid)
              + "\", was \""
              + value
              + "\"");
    }
    return value;
  }
}
