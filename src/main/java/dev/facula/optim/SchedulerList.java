package dev.facula.optim;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A schedule that others make up. */
public abstract class SchedulerList extends LRScheduler {
  private final List<LRScheduler> schedulers;

  SchedulerList(Optimizer optimizer, List<? extends LRScheduler> schedulers) {
    super(optimizer);
    if (schedulers.isEmpty()) {
      throw new IllegalArgumentException(name() + ": needs one schedule or more, got none");
    }
    for (LRScheduler scheduler : schedulers) {
      if (Objects.requireNonNull(scheduler, "schedulers").optimizer() != optimizer) {
        throw new IllegalArgumentException(
            name() + ": " + scheduler.name() + " was made with another optimizer");
      }
    }
    this.schedulers = List.copyOf(schedulers);
  }

  final List<LRScheduler> schedulers() {
    return schedulers;
  }

  @Override
  final void undo() {
    schedulers.forEach(LRScheduler::undo);
  }

  @Override
  protected final double next(ParamGroup group, double base, int epoch) {
    return group.lr();
  }

  @Override
  public final Map<String, Object> stateDict() {
    Map<String, Object> state = super.stateDict();
    state.put("_schedulers", schedulers.stream().map(LRScheduler::stateDict).toList());
    return state;
  }

  @Override
  @SuppressWarnings("unchecked")
  public final void loadStateDict(Map<String, Object> state) {
    super.loadStateDict(state);
    if (state.get("_schedulers") instanceof List<?> each && each.size() == schedulers.size()) {
      for (int i = 0; i < schedulers.size(); i++) {
        schedulers.get(i).loadStateDict((Map<String, Object>) each.get(i));
      }
    } else {
      throw new IllegalArgumentException(
          "loadStateDict: '_schedulers' does not hold " + schedulers.size() + " states");
    }
  }
}
