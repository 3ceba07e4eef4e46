package dev.facula;

import dev.facula.internal.array.Shapes;

/** Random zeros, of elements or of whole channels. */
final class Dropouts {
  private Dropouts() {}

  /** The factors of the first {@code rank} dimensions: ones with probability 1 - p. */
  private static Tensor kept(String op, Tensor x, double p, int rank, Generator generator) {
    if (x.dim() < rank) {
      throw new ShapeException(
          op + ": expects an input [batch, channels, *], got " + Shapes.format(x.layout.shape));
    }
    int[] shape = x.layout.shape.clone();
    for (int i = rank; i < shape.length; i++) {
      shape[i] = 1;
    }
    Tensor factors =
        rank == x.dim() ? RandomOps.like(x, x.dtype()) : Tensor.zeros(x.dtype(), shape);
    return factors.bernoulli_(1 - p, generator);
  }

  private static void require(String op, Tensor x, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          op + ": the probability must be between 0 and 1, was " + p);
    }
    Promotion.requireFloating(op, x);
  }

  static Tensor dropout(
      String op, Tensor x, double p, boolean training, int rank, Generator generator) {
    require(op, x, p);
    if (p == 0 || !training || x.numel() == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(Tensor.zerosLike(x));
    }
    return x.mul(kept(op, x, p, rank, generator).div_(1 - p));
  }

  /** Dropout of whole channels; of one and three dimensions the batch may be missing. */
  static Tensor channels(int rank, Tensor x, double p, boolean training, Generator generator) {
    String op = "dropout" + rank + "d";
    if (rank == 1 && x.dim() != 2 && x.dim() != 3) {
      throw new ShapeException(
          op
              + ": expects an input [batch, channels, length] or [channels, length], got "
              + Shapes.format(x.layout.shape));
    }
    boolean single = rank != 2 && x.dim() == rank + 1;
    Tensor y = dropout(op, single ? x.unsqueeze(0) : x, p, training, 2, generator);
    return single ? y.squeeze(0) : y;
  }

  static Tensor alpha(
      String op, Tensor x, double p, boolean training, int rank, Generator generator) {
    require(op, x, p);
    if (p == 0 || !training || x.numel() == 0) {
      return x;
    }
    if (p == 1) {
      return x.mul(Tensor.zerosLike(x));
    }
    double alpha = Activations.SELU_ALPHA * Activations.SELU_SCALE;
    double a = 1 / Math.sqrt((alpha * alpha * p + 1) * (1 - p));
    Tensor kept = kept(op, x, p, rank, generator);
    Tensor shift = kept.sub(1).mul(alpha * a).add(alpha * a * p);
    return x.mul(kept.mul(a)).add(shift);
  }
}
