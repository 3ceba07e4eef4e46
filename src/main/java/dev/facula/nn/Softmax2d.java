package dev.facula.nn;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;

/**
 * The softmax over the channels of [N, C, H, W] or [C, H, W], at each place.
 *
 * <pre>{@code
 * Tensor y = new Softmax2d().forward(Tensor.randn(2, 3, 12, 13)); // [2, 3, 12, 13]
 * }</pre>
 */
public final class Softmax2d extends Layer {
  /** The activation. */
  public Softmax2d() {}

  @Override
  Tensor compute(Tensor input) {
    if (input.dim() != 3 && input.dim() != 4) {
      throw new ShapeException(
          "Softmax2d: expected 3 or 4 dimensions, got " + Arrays.toString(input.shape()));
    }
    return input.softmax(-3);
  }
}
