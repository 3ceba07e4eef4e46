package dev.facula.nn;

import dev.facula.Tensor;

/** A module of this package: its forward runs the hooks, also where call is not used. */
public abstract class Layer extends Module {
  Layer() {}

  @Override
  public Tensor forward(Tensor input) {
    return hooked() ? call(input) : compute(input);
  }

  /** What forward computes past the hooks. */
  Tensor compute(Tensor input) {
    return super.forward(input);
  }

  @Override
  protected boolean forwardRunsHooks() {
    return true;
  }

  /** Whether a part is of the class that it was made of, and no hook sees what goes through it. */
  static boolean unseen(Module part, Class<? extends Module> made) {
    return part.getClass() == made && part.unhooked();
  }
}
