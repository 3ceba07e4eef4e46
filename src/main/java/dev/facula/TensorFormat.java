package dev.facula;

/** Prints tensors as PyTorch does. */
final class TensorFormat {
  private TensorFormat() {}

  static String format(Tensor x) {
    return "tensor(shape=" + Shapes.format(x.layout.shape) + ", dtype=" + x.dtype() + ")";
  }
}
