package dev.facula.nn;

import dev.facula.Tensor;

/**
 * Merges a run of dimensions into one: [N, C, H, W] becomes [N, C H W] by default.
 *
 * <pre>{@code
 * Tensor y = new Flatten().forward(Tensor.zeros(32, 1, 28, 28)); // [32, 784]
 * }</pre>
 */
public final class Flatten extends Layer {
  private final int startDim;
  private final int endDim;

  /** Merges all dimensions but the first. */
  public Flatten() {
    this(1, -1);
  }

  /** Merges the dimensions from start on. */
  public Flatten(int startDim) {
    this(startDim, -1);
  }

  /**
   * Merges the dimensions from start to end.
   *
   * @param startDim first dimension to merge; default 1
   * @param endDim last dimension to merge; default -1
   */
  public Flatten(int startDim, int endDim) {
    this.startDim = startDim;
    this.endDim = endDim;
  }

  /** The first dimension that is merged. */
  public int startDim() {
    return startDim;
  }

  /** The last dimension that is merged. */
  public int endDim() {
    return endDim;
  }

  @Override
  Tensor compute(Tensor input) {
    return input.flatten(startDim, endDim);
  }

  @Override
  protected String extraRepr() {
    return "start_dim=" + startDim + ", end_dim=" + endDim;
  }
}
