package dev.facula.nn;

import dev.facula.Tensor;
import dev.facula.UnpoolOptions;
import java.util.function.Consumer;

/** What the inverses of max pooling in one, two and three dimensions have in common. */
abstract class MaxUnpoolLayer extends Layer {
  private final int rank;
  private final int[] kernelSize;
  private final int[] stride;
  private final int[] padding;
  private final UnpoolOptions options;

  MaxUnpoolLayer(int rank, int[] kernelSize, Consumer<MaxUnpoolOptions> options) {
    MaxUnpoolOptions o = new MaxUnpoolOptions();
    options.accept(o);
    this.rank = rank;
    this.kernelSize = Check.sizes(name(), "kernelSize", kernelSize, rank, 1);
    stride = Check.sizes(name(), "stride", o.stride.length == 0 ? kernelSize : o.stride, rank, 1);
    padding = Check.sizes(name(), "padding", o.padding, rank, 0);
    this.options = new UnpoolOptions().stride(stride).padding(padding);
  }

  /**
   * The elements in their places.
   *
   * @param input the values that were found
   * @param indices where they were found
   */
  public final Tensor forward(Tensor input, Tensor indices) {
    if (hooked()) {
      return call(this::forward, input, indices);
    }
    return unpool(input, indices, kernelSize, options);
  }

  /** The same with the size of what was pooled, where several are possible. */
  public final Tensor forward(Tensor input, Tensor indices, int... outputSize) {
    if (hooked()) {
      return call(this::forward, input, indices, outputSize);
    }
    Check.sizes(name(), "outputSize", outputSize, rank, 1);
    UnpoolOptions o = new UnpoolOptions().stride(stride).padding(padding).outputSize(outputSize);
    return unpool(input, indices, kernelSize, o);
  }

  abstract Tensor unpool(Tensor input, Tensor indices, int[] kernelSize, UnpoolOptions options);

  @Override
  protected final String extraRepr() {
    return "kernel_size="
        + Check.tuple(kernelSize)
        + ", stride="
        + Check.tuple(stride)
        + ", padding="
        + Check.tuple(padding);
  }
}
