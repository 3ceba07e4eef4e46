package dev.facula.optim;

import dev.facula.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Parameters that an {@link Optimizer} updates with the same options. Options go by PyTorch's names
 * ({@code lr}, {@code weight_decay}, ...) and may be changed between steps.
 */
public final class ParamGroup {
  private final List<Tensor> params;
  private final Map<String, Object> options;

  ParamGroup(List<Tensor> params, Map<String, Object> options) {
    this.params = List.copyOf(params);
    this.options = new LinkedHashMap<>(options);
  }

  /** The parameters. */
  public List<Tensor> params() {
    return params;
  }

  /** The learning rate. */
  public double lr() {
    return number("lr");
  }

  /** Sets the learning rate. */
  public void setLr(double lr) {
    set("lr", lr);
  }

  /** Whether there is an option of that name. */
  public boolean has(String option) {
    return options.containsKey(option);
  }

  /**
   * The value of an option.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public Object get(String option) {
    Object value = options.get(option);
    if (value == null) {
      throw new IllegalArgumentException(
          "parameter group: no option '" + option + "', only " + options.keySet());
    }
    return value;
  }

  /** The value of a numeric option. */
  public double number(String option) {
    if (get(option) instanceof Number n) {
      return n.doubleValue();
    }
    throw notA("number", option);
  }

  /** The value of an option that is on or off. */
  public boolean flag(String option) {
    if (get(option) instanceof Boolean b) {
      return b;
    }
    throw notA("flag", option);
  }

  /** One number of an option that holds several, such as {@code betas}. */
  public double number(String option, int index) {
    if (get(option) instanceof List<?> list && list.get(index) instanceof Number n) {
      return n.doubleValue();
    }
    throw notA("list of numbers", option);
  }

  /** Sets an option: a number, a flag or a list of numbers. */
  public void set(String option, Object value) {
    options.put(option, value);
  }

  /** All options. */
  Map<String, Object> options() {
    return options;
  }

  private IllegalArgumentException notA(String kind, String option) {
    return new IllegalArgumentException(
        "parameter group: option '" + option + "' is no " + kind + " but " + options.get(option));
  }
}
