package dev.facula.optim;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Options that a parameter group is made with, by PyTorch's names; every value is checked when it
 * is set. A new one has the defaults. An optimizer of one's own extends it, see {@link
 * GroupOptimizer}.
 *
 * @param <O> the options of one optimizer, the subclass itself
 */
public abstract class GroupOptions<O extends GroupOptions<O>> {
  private final String optimizer;
  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * With a learning rate, and {@code maximize} off.
   *
   * @param optimizer the name that error messages begin with
   * @param lr the default
   */
  protected GroupOptions(String optimizer, double lr) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    set("lr", lr);
    set("maximize", false);
  }

  @SuppressWarnings("unchecked") // O is the subclass
  private O self() {
    return (O) this;
  }

  /**
   * The learning rate of the group.
   *
   * @param value 0 or more
   * @return this
   */
  public final O lr(double value) {
    return notNegative("lr", "learning rate", value);
  }

  /**
   * Climbs instead of descending. Default: false.
   *
   * @return this
   */
  public final O maximize(boolean on) {
    return set("maximize", on);
  }

  /** The values after the user's changes. */
  final Map<String, Object> with(Consumer<? super O> changes) {
    Objects.requireNonNull(changes, "options").accept(self());
    check();
    return values;
  }

  /** Starts from values that were checked before. */
  final O from(Map<String, Object> defaults) {
    values.putAll(defaults);
    return self();
  }

  /** Checks what depends on several values, when all are set. */
  protected void check() {}

  /**
   * Sets an option.
   *
   * @param name PyTorch's, such as {@code weight_decay}
   * @param value a number, a flag or a list of numbers
   * @return this
   */
  protected final O set(String name, Object value) {
    values.put(name, value);
    return self();
  }

  /** The value of a numeric option that was set. */
  protected final double number(String name) {
    return values.get(name) instanceof Number n ? n.doubleValue() : Double.NaN;
  }

  /** The value of a flag that was set. */
  protected final boolean flag(String name) {
    return Boolean.TRUE.equals(values.get(name));
  }

  /**
   * Sets a number of 0 or more.
   *
   * @param what the words of the error message
   * @return this
   * @throws IllegalArgumentException if it is less than 0 or no number
   */
  protected final O notNegative(String name, String what, double value) {
    require(value >= 0, what, value, "0 or more");
    return set(name, value);
  }

  /**
   * Sets {@code betas}, two numbers of at least 0 and less than 1.
   *
   * @return this
   * @throws IllegalArgumentException if one is out of range
   */
  protected final O setBetas(double beta1, double beta2) {
    require(beta1 >= 0 && beta1 < 1, "beta at index 0", beta1, "at least 0 and less than 1");
    require(beta2 >= 0 && beta2 < 1, "beta at index 1", beta2, "at least 0 and less than 1");
    return set("betas", List.of(beta1, beta2));
  }

  /**
   * Checks a value.
   *
   * @param holds whether it is valid
   * @param what the value, in words
   * @param wanted what it must be, in words
   * @throws IllegalArgumentException if it is not valid
   */
  protected final void require(boolean holds, String what, Object value, String wanted) {
    if (!holds) {
      throw invalid(String.format(Locale.ROOT, "invalid %s: %s (must be %s)", what, value, wanted));
    }
  }

  final IllegalArgumentException invalid(String message) {
    return new IllegalArgumentException(optimizer + ": " + message);
  }
}
