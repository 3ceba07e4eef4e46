package dev.facula;

import org.jspecify.annotations.Nullable;

/**
 * The gradient of one tensor. Backward passes of several threads add to it one after the other, in
 * an order that is left to chance, so that none is lost; no other tensor has to wait for that.
 */
final class GradientSlot {
  private @Nullable Tensor gradient;

  /** Whether the gradient was made here, and nobody else has it. */
  private boolean own;

  /** The gradient, which the caller may keep. */
  synchronized @Nullable Tensor get() {
    own = false;
    return gradient;
  }

  /** The gradient for a caller that does not keep it, and comes after the passes. */
  @Nullable Tensor peek() {
    return gradient;
  }

  /** Puts another gradient, or none, here. */
  synchronized void set(@Nullable Tensor next) {
    Tensor before = gradient;
    boolean mine = own;
    gradient = next;
    own = false;
    if (next != null) {
      next.storage.seen = true;
    }
    if (before != null && before != next && mine && !before.exposed) {
      before.storage.release(before.layout.shape);
    }
  }

  /**
   * Adds a gradient that arrived.
   *
   * @param copy whether others have it
   */
  synchronized void add(Tensor g, boolean copy) {
    Tensor before = gradient;
    if (before == null) {
      boolean taken = !copy && g.isSoleGradient();
      Tensor first = taken ? g : g.clone();
      boolean told = Operations.watched() && Operations.told(); // a listener may keep it
      own = !told && !Graph.recording() && (!taken || g.reusable);
      first.storage.seen = true;
      gradient = first;
    } else if (Graph.recording()) {
      gradient = before.add(g);
      own = false;
    } else {
      before.checkShared("backward: the gradient before");
      before.storage.version++;
      BinaryOps.add().compute(before, g, before);
      if (Operations.watched()) {
        Operations.changed("add_", before, before, g);
      }
    }
  }
}
