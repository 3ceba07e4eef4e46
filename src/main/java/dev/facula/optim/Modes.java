package dev.facula.optim;

import java.util.List;

/** Options that take one of a few names. */
final class Modes {
  private Modes() {}

  /** The value, if it is one of the valid ones. */
  static String require(String owner, String option, String value, String... valid) {
    if (value == null || !List.of(valid).contains(value)) {
      throw new IllegalArgumentException(
          "%s: %s must be one of \"%s\", was \"%s\""
              .formatted(owner, option, String.join("\", \"", valid), value));
    }
    return value;
  }
}
