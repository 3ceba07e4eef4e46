package dev.facula.optim;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One schedule after another: the next begins when the number of epochs reaches a milestone.
 *
 * <pre>{@code
 * var warmUp = new LinearLR(optimizer, o -> o.totalIters(5));
 * var decay = new CosineAnnealingLR(optimizer, 95);
 * var scheduler = new SequentialLR(optimizer, List.of(warmUp, decay), List.of(5));
 * }</pre>
 */
public final class SequentialLR extends LRScheduler {
  private final List<LRScheduler> schedulers;
  private final List<Integer> milestones;

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer that all the schedules were made with
   * @param schedulers one or more
   * @param milestones the epochs at which the second, third, ... begin; rising
   * @throws IllegalArgumentException if there is not one milestone less than schedules, or if they
   *     have another optimizer
   */
  public SequentialLR(
      Optimizer optimizer, List<? extends LRScheduler> schedulers, List<Integer> milestones) {
    super(optimizer);
    if (schedulers.isEmpty() || milestones.size() != schedulers.size() - 1) {
      throw new IllegalArgumentException(
          "SequentialLR: needs one milestone less than schedules, got "
              + schedulers.size()
              + " schedules and "
              + milestones.size()
              + " milestones");
    }
    for (LRScheduler scheduler : schedulers) {
      if (Objects.requireNonNull(scheduler, "schedulers").optimizer() != optimizer) {
        throw new IllegalArgumentException(
            "SequentialLR: " + scheduler.name() + " was made with another optimizer");
      }
    }
    this.schedulers = List.copyOf(schedulers);
    this.milestones = List.copyOf(milestones);
    for (ParamGroup group : optimizer.paramGroups()) {
      group.setLr(group.number("initial_lr"));
    }
    undoAll();
    setEpoch(0);
    this.schedulers.get(active(0)).start();
    setLastLr();
  }

  private void undoAll() {
    for (LRScheduler scheduler : schedulers) {
      scheduler.undo();
    }
  }

  @Override
  void undo() {
    undoAll();
  }

  private int active(int epoch) {
    int i = 0;
    while (i < milestones.size() && milestones.get(i) <= epoch) {
      i++;
    }
    return i;
  }

  @Override
  public void step() {
    setEpoch(epoch() + 1);
    int i = active(epoch());
    if (i > 0 && milestones.get(i - 1) == epoch()) {
      schedulers.get(i).restart();
    } else {
      schedulers.get(i).step();
    }
    setLastLr();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    return group.lr();
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> state = super.stateDict();
    List<Map<String, Object>> each = new ArrayList<>();
    for (LRScheduler scheduler : schedulers) {
      each.add(scheduler.stateDict());
    }
    state.put("_schedulers", each);
    return state;
  }

  @Override
  @SuppressWarnings("unchecked")
  public void loadStateDict(Map<String, Object> state) {
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
