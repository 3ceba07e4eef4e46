package dev.facula.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Options that a parameter group is made with, by PyTorch's names; every value is checked when it
 * is set.
 *
 * @param <O> the options of one optimizer
 */
public abstract class GroupOptions<O extends GroupOptions<O>> {
  private final String optimizer;
  private final Map<String, Object> values = new LinkedHashMap<>();

  GroupOptions(String optimizer) {
    this.optimizer = optimizer;
  }

  abstract O self();

  /**
   * The learning rate of the group.
   *
   * @param value 0 or more
   * @return this
   */
  public O lr(double value) {
    return notNegative("lr", "learning rate", value);
  }

  /**
   * Climbs instead of descending. Default: false.
   *
   * @return this
   */
  public O maximize(boolean on) {
    return set("maximize", on);
  }

  /** The values after the user's changes. */
  final Map<String, Object> with(Consumer<O> changes) {
    Objects.requireNonNull(changes, "options").accept(self());
    check();
    return values;
  }

  /** Starts from values that were checked before. */
  final O from(Map<String, Object> defaults) {
    values.putAll(defaults);
    return self();
  }

  /** Checks what depends on several values. */
  void check() {}

  final O set(String name, Object value) {
    values.put(name, value);
    return self();
  }

  final double number(String name) {
    return values.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  final boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  final O notNegative(String name, String what, double value) {
    require(value >= 0, what, value, "0 or more");
    return set(name, value);
  }

  final O setBetas(double beta1, double beta2) {
    require(beta1 >= 0 && beta1 < 1, "beta at index 0", beta1, "at least 0 and less than 1");
    require(beta2 >= 0 && beta2 < 1, "beta at index 1", beta2, "at least 0 and less than 1");
    return set("betas", List.of(beta1, beta2));
  }

  final void require(boolean holds, String what, Object value, String wanted) {
    if (!holds) {
      throw invalid(String.format(Locale.ROOT, "invalid %s: %s (must be %s)", what, value, wanted));
    }
  }

  final IllegalArgumentException invalid(String message) {
    return new IllegalArgumentException(optimizer + ": " + message);
  }
}
