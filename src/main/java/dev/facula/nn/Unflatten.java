package dev.facula.nn;

import dev.facula.Tensor;

/**
 * Splits one dimension into several: the inverse of {@link Flatten}.
 *
 * <pre>{@code
 * Tensor y = new Unflatten(1, 2, 5, 5).forward(Tensor.zeros(32, 50)); // [32, 2, 5, 5]
 * }</pre>
 */
public final class Unflatten extends Layer {
  private final int dim;
  private final int[] sizes;

  /**
   * Splits a dimension.
   *
   * @param dim the dimension
   * @param unflattenedSize what it becomes; one size may be -1
   */
  public Unflatten(int dim, int... unflattenedSize) {
    this.dim = dim;
    this.sizes = unflattenedSize.clone();
  }

  /** The dimension that is split. */
  public int dim() {
    return dim;
  }

  /** What it becomes. */
  public int[] unflattenedSize() {
    return sizes.clone();
  }

  @Override
  Tensor compute(Tensor input) {
    int[] shape = input.shape();
    int at = dim < 0 ? dim + shape.length : dim;
    input.size(dim); // refuses a dimension that is not there
    int[] result = new int[shape.length - 1 + sizes.length];
    System.arraycopy(shape, 0, result, 0, at);
    System.arraycopy(sizes, 0, result, at, sizes.length);
    System.arraycopy(shape, at + 1, result, at + sizes.length, shape.length - at - 1);
    return input.reshape(result);
  }

  @Override
  protected String extraRepr() {
    return "dim=" + dim + ", unflattened_size=" + Check.tuple(sizes);
  }
}
