package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.UnpoolOptions;
import java.util.function.Consumer;

/** What the inverses of max pooling in one, two and three dimensions have in common. */
public abstract class MaxUnpoolLayer extends PoolLayer {
  private final int[] stride;
  private final int[] padding;
  private final UnpoolOptions options;

  MaxUnpoolLayer(int rank, int[] kernelSize, Consumer<MaxUnpoolOptions> options) {
    super(rank, Check.sizes("MaxUnpool" + rank + "d", "kernelSize", kernelSize, rank, 1));
    MaxUnpoolOptions o = Check.with(new MaxUnpoolOptions(), options);
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
    return unpool(input, indices, options);
  }

  /** The same with the size of what was pooled, where several are possible. */
  public final Tensor forward(Tensor input, Tensor indices, int... outputSize) {
    if (hooked()) {
      return call(this::forward, input, indices, outputSize);
    }
    Check.sizes(name(), "outputSize", outputSize, rank, 1);
    UnpoolOptions o = new UnpoolOptions().stride(stride).padding(padding).outputSize(outputSize);
    return unpool(input, indices, o);
  }

  private Tensor unpool(Tensor input, Tensor indices, UnpoolOptions o) {
    return switch (rank) {
      case 1 -> Functional.maxUnpool1d(input, indices, kernelSize, o);
      case 2 -> Functional.maxUnpool2d(input, indices, kernelSize, o);
      default -> Functional.maxUnpool3d(input, indices, kernelSize, o);
    };
  }

  @Override
  public final int[] stride() {
    return stride.clone();
  }

  /** What was added on both sides of each dimension. */
  public final int[] padding() {
    return padding.clone();
  }

  @Override
  protected final String extraRepr() {
    return "kernel_size=%s, stride=%s, padding=%s"
        .formatted(Check.tuple(kernelSize), Check.tuple(stride), Check.tuple(padding));
  }
}
