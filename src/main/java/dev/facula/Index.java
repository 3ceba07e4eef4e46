package dev.facula;

import org.jspecify.annotations.Nullable;

/**
 * The parts of an index that are not numbers or tensors, for {@link Tensor#get} and {@link
 * Tensor#setAt_}:
 *
 * <pre>{@code
 * x.get(Index.ALL, 0);                        // x[:, 0]
 * x.get(Index.ELLIPSIS, Index.slice(1, -1));  // x[..., 1:-1]
 * x.get(Index.slice(null, null, 2));          // x[::2]
 * x.get(Index.NEW_AXIS, x.gt(0));             // x[None, x > 0]
 * }</pre>
 */
public final class Index {
  /** A whole dimension, Python's {@code :}. */
  public static final Index ALL = new Index(null, null, 1);

  /** All dimensions that the rest of the index leaves over, Python's {@code ...}. */
  public static final Index ELLIPSIS = new Index(null, null, 1);

  /** A new dimension of size 1, Python's {@code None}. */
  public static final Index NEW_AXIS = new Index(null, null, 1);

  private final @Nullable Integer start;
  private final @Nullable Integer stop;
  private final int step;

  private Index(@Nullable Integer start, @Nullable Integer stop, int step) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** All indices from start on, as {@code substring(start)}: Python's {@code start:}. */
  public static Index slice(@Nullable Integer start) {
    return slice(start, null, 1);
  }

  /** The indices from start up to, but not including, stop. */
  public static Index slice(@Nullable Integer start, @Nullable Integer stop) {
    return slice(start, stop, 1);
  }

  /**
   * Every step-th index from start up to, but not including, stop.
   *
   * @param start null for the beginning; counted from the back if negative
   * @param stop null for the end; counted from the back if negative
   * @param step at least 1: as in PyTorch there are no negative steps
   */
  public static Index slice(@Nullable Integer start, @Nullable Integer stop, int step) {
    if (step < 1) {
      throw new IllegalArgumentException(
          "Index.slice: the step must be at least 1, was " + step + "; use flip to reverse");
    }
    return new Index(start, stop, step);
  }

  Tensor apply(Tensor x, int dim) {
    return start == null && stop == null && step == 1
        ? x
        : x.slice(dim, start == null ? 0 : start, stop == null ? Integer.MAX_VALUE : stop, step);
  }

  @Override
  public String toString() {
    if (this == ELLIPSIS) {
      return "...";
    }
    if (this == NEW_AXIS) {
      return "None";
    }
    String range = (start == null ? "" : start) + ":" + (stop == null ? "" : stop);
    return step == 1 ? range : range + ":" + step;
  }
}
