package dev.facula.optim;

import java.util.List;

/**
 * One schedule after another: the next begins when the number of epochs reaches a milestone.
 *
 * <pre>{@code
 * var warmUp = new LinearLR(optimizer, o -> o.totalIters(5));
 * var decay = new CosineAnnealingLR(optimizer, 95);
 * var scheduler = new SequentialLR(optimizer, List.of(warmUp, decay), List.of(5));
 * }</pre>
 */
public final class SequentialLR extends SchedulerList {
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
    super(optimizer, schedulers);
    if (milestones.size() != schedulers.size() - 1) {
      throw new IllegalArgumentException(
          ("SequentialLR: needs one milestone less than schedules, got %s schedules and"
                  + " %s milestones")
              .formatted(schedulers.size(), milestones.size()));
    }
    this.milestones = List.copyOf(milestones);
    for (ParamGroup group : optimizer.paramGroups()) {
      group.setLr(group.number("initial_lr"));
    }
    undo();
    setEpoch(0);
    schedulers().get(active(0)).start();
    setLastLr();
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
      schedulers().get(i).restart();
    } else {
      schedulers().get(i).step();
    }
    setLastLr();
  }
}
