package dev.facula;

import dev.facula.internal.array.Shapes;

/** Normalisation of elements by their neighbours in other channels. */
final class ResponseNormalization {
  private ResponseNormalization() {}

  /** x / (k + alpha mean of the squares of size neighbouring channels)^beta. */
  static Tensor localResponseNorm(Tensor x, int size, double alpha, double beta, double k) {
    if (x.dim() < 3) {
      throw new ShapeException(
          "localResponseNorm: expects an input [batch, channels, *] of at least 3 dimensions, got "
              + Shapes.format(x.layout.shape));
    }
    boolean whole = x.dtype() == DType.INT64;
    if (!x.isFloatingPoint() && !whole) {
      throw new DTypeException(
          "localResponseNorm: needs floating-point or int64 elements, was " + x.dtype());
    }
    if (size < 1) {
      throw new IllegalArgumentException(
          "localResponseNorm: the size must be positive, is " + size);
    }
    if (x.numel() == 0) {
      return x.mul(1);
    }
    int channels = x.size(1);
    int[] first = new int[channels];
    int[] end = new int[channels];
    for (int i = 0; i < channels; i++) {
      first[i] = Math.max(i - size / 2, 0);
      end[i] = (int) Math.min(i + (size + 1L) / 2, channels);
    }
    Tensor squares = whole ? x.square().to(DType.FLOAT64) : x.square();
    Tensor sum = WeightedSums.windows("localResponseNorm", squares, 1, first, end, false);
    // as in PyTorch, the mean of integers is one
    Tensor mean = whole ? sum.div(size).to(DType.INT64) : sum.div(size);
    return x.div(mean.mul(alpha).add(k).pow(beta));
  }
}
