package dev.facula.vision;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * A part of an image at a random place.
 *
 * <pre>{@code
 * new RandomCrop(32, o -> o.padding(4))
 * }</pre>
 */
public final class RandomCrop implements Transform {
  private final int height;
  private final int width;
  private final Options options = new Options();

  /** What can be chosen. */
  public static final class Options {
    private int padding;
    private double fill;

    private Options() {}

    /** How many pixels are put around the image first; 0. */
    public Options padding(int padding) {
      if (padding < 0) {
        throw new IllegalArgumentException(
            "RandomCrop: padding must not be negative, was " + padding);
      }
      this.padding = padding;
      return this;
    }

    /** The value of these pixels; 0. */
    public Options fill(double fill) {
      this.fill = fill;
      return this;
    }
  }

  /**
   * @param size height and width of the result
   */
  public RandomCrop(int size) {
    this(size, size, o -> {});
  }

  /**
   * @param size height and width of the result
   * @param options padding, fill
   */
  public RandomCrop(int size, Consumer<Options> options) {
    this(size, size, options);
  }

  /**
   * @param height the height of the result
   * @param width the width of the result
   */
  public RandomCrop(int height, int width) {
    this(height, width, o -> {});
  }

  /**
   * @param height the height of the result
   * @param width the width of the result
   * @param options padding, fill
   */
  public RandomCrop(int height, int width, Consumer<Options> options) {
    ImageTensors.checkSize("RandomCrop", height, width);
    this.height = height;
    this.width = width;
    options.accept(this.options);
  }

  @Override
  public Tensor apply(Tensor image) {
    ImageTensors.channels("RandomCrop", image);
    int p = options.padding;
    Tensor large = ImageTensors.pad(image, p, p, p, p, options.fill);
    int freeRows = large.size(1) - height;
    int freeColumns = large.size(2) - width;
    if (freeRows < 0 || freeColumns < 0) {
      throw new ShapeException(
          ("RandomCrop: %s x %s does not fit into an image of %s x %s; use padding")
              .formatted(height, width, large.size(1), large.size(2)));
    }
    if (freeRows == 0 && freeColumns == 0) {
      return large;
    }
    int top = (int) Tensor.randint(0, freeRows + 1, 1).itemLong();
    int left = (int) Tensor.randint(0, freeColumns + 1, 1).itemLong();
    return large.narrow(1, top, height).narrow(2, left, width);
  }
}
