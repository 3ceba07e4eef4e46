package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;

/** Elements of images moved between channels and pixels. */
final class Shuffles {
  private Shuffles() {}

  static Tensor pixelShuffle(Tensor x, int factor) {
    requireImage("pixelShuffle", x, factor);
    int c = x.size(-3);
    long square = (long) factor * factor;
    if (c % square != 0) {
      throw Shapes.error(
          "pixelShuffle: %s channels of %s are no multiple of %s", c, x.layout.shape, square);
    }
    int h = x.size(-2);
    int w = x.size(-1);
    int[] batch = Arrays.copyOf(x.layout.shape, x.dim() - 3);
    int b = Shapes.numel("pixelShuffle", batch);
    int channels = (int) (c / square);
    int height = Shapes.checked("pixelShuffle", "the height", (long) h * factor);
    int width = Shapes.checked("pixelShuffle", "the width", (long) w * factor);
    Tensor y =
        x.reshape(b, channels, factor, factor, h, w)
            .permute(0, 1, 4, 2, 5, 3)
            .reshape(Shapes.concat(batch, channels, height, width));
    return Copies.images(y, x);
  }

  static Tensor pixelUnshuffle(Tensor x, int factor) {
    requireImage("pixelUnshuffle", x, factor);
    int c = x.size(-3);
    int h = x.size(-2) / factor;
    int w = x.size(-1) / factor;
    if (x.size(-2) != h * factor || x.size(-1) != w * factor) {
      throw Shapes.error(
          "pixelUnshuffle: height and width of %s are no multiples of %s", x.layout.shape, factor);
    }
    int[] batch = Arrays.copyOf(x.layout.shape, x.dim() - 3);
    int b = Shapes.numel("pixelUnshuffle", batch);
    long cells = Shapes.product(c, factor, factor);
    int channels = Shapes.checked("pixelUnshuffle", "the number of channels", cells);
    Tensor y =
        x.reshape(b, c, h, factor, w, factor)
            .permute(0, 1, 3, 5, 2, 4)
            .reshape(Shapes.concat(batch, channels, h, w));
    return Copies.images(y, x);
  }

  private static void requireImage(String op, Tensor x, int factor) {
    if (x.dim() < 3) {
      throw new ShapeException(
          op
              + ": expects an input [*, channels, height, width], got "
              + Shapes.format(x.layout.shape));
    }
    if (factor < 1) {
      throw new IllegalArgumentException(op + ": the factor must be positive, is " + factor);
    }
  }

  static Tensor channelShuffle(Tensor x, int groups) {
    if (x.dim() < 3 || groups < 1 || x.size(1) % groups != 0) {
      throw Shapes.error(
          "channelShuffle: expects an input [batch, channels, *] whose channels are a multiple of"
              + " %s groups, got %s",
          groups, x.layout.shape);
    }
    int c = x.size(1);
    Tensor y = x.unflatten(1, groups, c / groups).transpose(1, 2).flatten(1, 2);
    return Copies.images(y, x);
  }
}
