package dev.facula.optim;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.LoggerFactory;

/**
 * Changes the learning rate of an optimizer's groups from epoch to epoch.
 *
 * <pre>{@code
 * var scheduler = new StepLR(optimizer, 30);
 * for (int epoch = 0; epoch < 100; epoch++) {
 *   optimizer.step(); // once for each batch
 *   scheduler.step();
 * }
 * }</pre>
 *
 * <p>Most schedules compute a rate from the one before, so that several can act on one optimizer.
 * The rate at the start is kept in each group as {@code initial_lr}.
 */
public abstract class LRScheduler {
  private final Optimizer optimizer;
  private List<Double> baseLrs;
  private List<Double> lastLr;
  private int epoch = -1;
  private int steps;
  private boolean initial;

  /**
   * A subclass's constructor ends with {@link #start}.
   *
   * @param optimizer whose learning rates are changed
   */
  protected LRScheduler(Optimizer optimizer) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    optimizer.scheduled = true;
    for (ParamGroup group : optimizer.paramGroups()) {
      if (!group.has("initial_lr")) {
        group.set("initial_lr", group.lr());
      }
    }
    baseLrs = rates(optimizer, "initial_lr");
    lastLr = rates(optimizer, "lr");
  }

  /**
   * The learning rate of a group in the epoch that begins.
   *
   * @param group the group, with the rate of the epoch before
   * @param base its rate at the start
   * @param epoch the number of the epoch, from 0 on
   */
  protected abstract double next(ParamGroup group, double base, int epoch);

  /** The rate of a group in epoch 0 whatever it was before. */
  double first(ParamGroup group, double base) {
    return base;
  }

  /** Sets the rates of epoch 0. */
  protected final void start() {
    steps = 0;
    initial = true;
    step();
    initial = false;
  }

  /** Begins the next epoch. */
  public void step() {
    if (steps == 1 && !optimizer.stepped) {
      LoggerFactory.getLogger(LRScheduler.class)
          .warn(
              "{}: step() was called before the optimizer's step(), which skips the first value of"
                  + " the schedule; call optimizer.step() before scheduler.step()",
              name());
    }
    steps++;
    epoch++;
    change();
  }

  /** Begins epoch 0 again, in a sequence of schedules. */
  void restart() {
    epoch = 0;
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      groups.get(i).setLr(first(groups.get(i), base(i)));
    }
    lastLr = rates(optimizer, "lr");
  }

  /** Takes back the first step, in a sequence of schedules. */
  void undo() {
    epoch--;
  }

  private void change() {
    List<ParamGroup> groups = optimizer.paramGroups();
    double[] rates = new double[groups.size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = next(groups.get(i), base(i), epoch);
    }
    for (int i = 0; i < rates.length; i++) {
      groups.get(i).setLr(rates[i]);
    }
    lastLr = rates(optimizer, "lr");
  }

  private double base(int group) {
    if (group >= baseLrs.size()) {
      throw new IllegalStateException(
          ("%s: the optimizer has got more parameter groups than the %s it had when the"
                  + " schedule was made")
              .formatted(name(), baseLrs.size()));
    }
    return baseLrs.get(group);
  }

  /** The learning rates of the groups as this schedule set them last. */
  public final List<Double> getLastLr() {
    return List.copyOf(lastLr);
  }

  /** What changes while the schedule runs; the hyper-parameters are those of the constructor. */
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("base_lrs", List.copyOf(baseLrs));
    state.put("last_epoch", epoch);
    state.put("_step_count", steps);
    state.put("_last_lr", List.copyOf(lastLr));
    return state;
  }

  /** Goes on where {@link #stateDict} of a schedule with the same hyper-parameters was taken. */
  public void loadStateDict(Map<String, Object> state) {
    epoch = whole(state, "last_epoch");
    steps = whole(state, "_step_count");
    baseLrs = numbers(state, "base_lrs");
    lastLr = numbers(state, "_last_lr");
  }

  final Optimizer optimizer() {
    return optimizer;
  }

  final int epoch() {
    return epoch;
  }

  final void setEpoch(int value) {
    epoch = value;
  }

  final void setLastLr() {
    lastLr = rates(optimizer, "lr");
  }

  final void setBaseLrs(List<Double> rates) {
    baseLrs = rates;
  }

  /** Whether the rates of epoch 0 are being set by the constructor. */
  final boolean initial() {
    return initial;
  }

  final String name() {
    return getClass().getSimpleName();
  }

  final IllegalArgumentException invalid(String what, Object value, String wanted) {
    return new IllegalArgumentException(
        name() + ": " + what + " must be " + wanted + ", was " + value);
  }

  static double number(Map<String, Object> state, String key) {
    if (state.get(key) instanceof Number n) {
      return n.doubleValue();
    }
    throw new IllegalArgumentException(
        "loadStateDict: no number '" + key + "' among " + state.keySet());
  }

  static int whole(Map<String, Object> state, String key) {
    return (int) number(state, key);
  }

  /** The options as the caller sets them. */
  static <O> O set(O options, Consumer<? super O> setting) {
    Objects.requireNonNull(setting, "options").accept(options);
    return options;
  }

  /** The place of a group among those of the optimizer. */
  final int index(ParamGroup group) {
    return optimizer.paramGroups().indexOf(group);
  }

  static int groups(Optimizer optimizer) {
    return Objects.requireNonNull(optimizer, "optimizer").paramGroups().size();
  }

  /** The same value for each group. */
  static double[] forEachGroup(Optimizer optimizer, double value) {
    double[] all = new double[groups(optimizer)];
    Arrays.fill(all, value);
    return all;
  }

  /** One value for each group. */
  final double[] forEachGroup(String what, double[] values) {
    requireOneForEachGroup(what, Objects.requireNonNull(values, what).length);
    return values.clone();
  }

  final void requireOneForEachGroup(String what, int count) {
    if (count != groups(optimizer)) {
      throw invalid("the number of " + what, count, "that of groups, " + groups(optimizer));
    }
  }

  private static List<Double> numbers(Map<String, Object> state, String key) {
    List<Double> result = new ArrayList<>();
    if (state.get(key) instanceof List<?> list) {
      for (Object o : list) {
        if (o instanceof Number n) {
          result.add(n.doubleValue());
        }
      }
    }
    return result;
  }

  static List<Double> rates(Optimizer optimizer, String option) {
    return optimizer.paramGroups().stream().map(group -> group.number(option)).toList();
  }
}
