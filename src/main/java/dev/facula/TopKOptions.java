package dev.facula;

/** Options of {@link Tensor#topk}. */
public final class TopKOptions {
  int dim = -1;
  boolean largest = true;
  boolean sorted = true;

  /** PyTorch's defaults. */
  public TopKOptions() {}

  /** Along which dimension. Default: the last. */
  public TopKOptions dim(int dim) {
    this.dim = dim;
    return this;
  }

  /** The largest elements, else the smallest. Default: true. */
  public TopKOptions largest(boolean largest) {
    this.largest = largest;
    return this;
  }

  /** In order. Default: true. */
  public TopKOptions sorted(boolean sorted) {
    this.sorted = sorted;
    return this;
  }
}
