package dev.facula;

import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How a view is made again from the tensor that it is a view of: the steps from one view to the
 * next. A view of a view shares those of the first; they are taken in a loop, since there may be
 * any number of them.
 */
final class Replay {
  private final @Nullable Replay before;
  private final UnaryOperator<Tensor> last;
  private final int steps;

  /**
   * One step more.
   *
   * @param before the steps to the view that this is a view of; null if there are none
   */
  Replay(@Nullable Replay before, UnaryOperator<Tensor> last) {
    this.before = before;
    this.last = last;
    this.steps = before == null ? 1 : before.steps + 1;
  }

  /** The view of another tensor of the same shape. */
  Tensor of(Tensor base) {
    Replay[] all = new Replay[steps];
    int at = steps;
    for (Replay r = this; r != null; r = r.before) {
      all[--at] = r;
    }
    Tensor view = base;
    for (Replay r : all) {
      view = r.last.apply(view);
    }
    return view;
  }
}
