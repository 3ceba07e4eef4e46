package dev.facula.optim;

import java.util.List;

/** The momentum that schedules may change along with the rate: momentum, or beta1 of Adam. */
final class Momentum {
  private Momentum() {}

  static void require(String schedule, Optimizer optimizer) {
    for (ParamGroup group : optimizer.paramGroups()) {
      if (!group.has("momentum") && !group.has("betas")) {
        throw new IllegalArgumentException(
            schedule + ": cycleMomentum needs an optimizer with momentum or betas; switch it off");
      }
    }
  }

  static void set(ParamGroup group, double value) {
    if (group.has("betas")) {
      group.set("betas", List.of(value, group.number("betas", 1)));
    } else {
      group.set("momentum", value);
    }
  }
}
