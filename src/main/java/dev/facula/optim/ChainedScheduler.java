package dev.facula.optim;

import java.util.List;
import java.util.Objects;

/**
 * Several schedules at the same time: each changes the learning rate that the one before leaves.
 *
 * <pre>{@code
 * var scheduler =
 *     new ChainedScheduler(
 *         List.of(new ConstantLR(optimizer, 0.1, 20), new ExponentialLR(optimizer, 0.9)));
 * }</pre>
 */
public final class ChainedScheduler extends SchedulerList {

  /**
   * The schedules together, from where they are.
   *
   * @param schedulers one or more, of one optimizer
   * @throws IllegalArgumentException if there is none, or if they have different optimizers
   */
  public ChainedScheduler(List<? extends LRScheduler> schedulers) {
    super(optimizer(schedulers), schedulers);
    setEpoch(0);
  }

  private static Optimizer optimizer(List<? extends LRScheduler> schedulers) {
    if (schedulers.isEmpty()) {
      throw new IllegalArgumentException("ChainedScheduler: needs one schedule or more, got none");
    }
    return Objects.requireNonNull(schedulers.get(0), "schedulers").optimizer();
  }

  @Override
  public void step() {
    setEpoch(epoch() + 1);
    schedulers().forEach(LRScheduler::step);
    setLastLr();
  }
}
