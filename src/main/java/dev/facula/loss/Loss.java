package dev.facula.loss;

import dev.facula.nn.Module;

/** A loss of this package: its forward runs the hooks, also where call is not used. */
public abstract class Loss extends Module {
  Loss() {}

  @Override
  protected final boolean forwardRunsHooks() {
    return true;
  }
}
