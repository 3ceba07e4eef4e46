package dev.facula;

import dev.facula.internal.array.Shapes;
import org.jspecify.annotations.Nullable;

/** The bilinear form of two inputs. */
final class Bilinear {
  private Bilinear() {}

  static Tensor apply(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    boolean fits = weight.dim() == 3 && x1.dim() > 0 && x1.dim() == x2.dim();
    for (int i = 0; fits && i < x1.dim() - 1; i++) {
      fits = x1.size(i) == x2.size(i);
    }
    if (!fits || x1.size(-1) != weight.size(1) || x2.size(-1) != weight.size(2)) {
      throw Shapes.error(
          "bilinear: inputs %s and %s do not fit the weight [out, in1, in2] %s",
          x1.layout.shape, x2.layout.shape, weight.layout.shape);
    }
    int out = weight.size(0);
    if (bias != null && (bias.dim() != 1 || bias.size(0) != out)) {
      throw new ShapeException(
          "bilinear: expects a bias [" + out + "], got " + Shapes.format(bias.layout.shape));
    }
    int rows = 1;
    for (int i = 0; i < x1.dim() - 1; i++) {
      rows *= x1.size(i);
    }
    // x2 A^T in one product for all outputs, then its dot products with x1
    Tensor a = weight.reshape(out * weight.size(1), weight.size(2));
    Tensor right = MatMul.linear(x2.reshape(rows, x2.size(-1)), a, null);
    Tensor y =
        right
            .view(rows, out, weight.size(1))
            .bmm(x1.reshape(rows, x1.size(-1), 1))
            .view(Shapes.with(x1.layout.shape, x1.dim() - 1, out));
    return bias == null ? y : y.add(bias);
  }
}
