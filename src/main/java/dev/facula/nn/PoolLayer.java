package dev.facula.nn;

/** What poolings over windows have in common: how the windows lie. */
public abstract class PoolLayer extends Layer {
  final int rank;
  final int[] kernelSize; // as given: one for all dimensions or one for each

  PoolLayer(int rank, int[] kernelSize) {
    Check.sizes(name(), "kernelSize", kernelSize, rank, 1);
    this.rank = rank;
    this.kernelSize = kernelSize.clone();
  }

  /** One value for each dimension; the size of the window for none. */
  final int[] each(int[] given) {
    return Check.sizes(name(), "size", given.length == 0 ? kernelSize : given, rank, 0);
  }

  /** The size of the window in each dimension. */
  public final int[] kernelSize() {
    return each(kernelSize);
  }

  /** The distance of the windows in each dimension. */
  public abstract int[] stride();
}
