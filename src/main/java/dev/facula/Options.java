package dev.facula;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What classes of options have in common: the checks of their values. */
final class Options {
  private Options() {}

  /** Options after the changes of a user. */
  static <O> O with(O options, Consumer<O> changes) {
    Objects.requireNonNull(changes, "options").accept(options);
    return options;
  }

  /** One of a few names. */
  static String oneOf(String op, String option, @Nullable String value, String... valid) {
    if (value == null || !List.of(valid).contains(value)) {
      throw new IllegalArgumentException(
          "%s: %s must be one of \"%s\", was \"%s\""
              .formatted(op, option, String.join("\", \"", valid), value));
    }
    return value;
  }

  /** A value if it is what is wanted. */
  static <T> T require(boolean valid, String op, String option, String wanted, T value) {
    if (!valid) {
      throw new IllegalArgumentException(
          op + ": " + option + " must be " + wanted + ", was " + value);
    }
    return value;
  }

  static double positive(String op, String option, double value) {
    return require(value > 0, op, option, "greater than 0", value);
  }

  static double fraction(String op, String option, double value) {
    return require(value >= 0 && value <= 1, op, option, "between 0 and 1", value);
  }
}
