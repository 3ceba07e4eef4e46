package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;

/** What the inverses of max pooling in one, two and three dimensions have in common. */
abstract class MaxUnpoolLayer extends PoolLayer {
  private final int[] stride;
  private final int[] padding;

  MaxUnpoolLayer(int rank, int[] kernelSize, Consumer<MaxUnpoolOptions> options) {
    super(rank, Check.sizes("MaxUnpool" + rank + "d", "kernelSize", kernelSize, rank, 1));
    MaxUnpoolOptions o = Check.with(new MaxUnpoolOptions(), options);
    stride = Check.sizes(name(), "stride", o.stride.length == 0 ? kernelSize : o.stride, rank, 1);
    padding = Check.sizes(name(), "padding", o.padding, rank, 0);
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
    requireRank(input);
    int[] size = new int[rank];
    for (int i = 0; i < rank; i++) {
      int in = input.size(input.dim() - rank + i);
      long out = (in - 1L) * stride[i] - 2L * padding[i] + kernelSize[i];
      if (out < 1 || out > Integer.MAX_VALUE) {
        throw new ShapeException(
            "%s: the output would have size %s for %s"
                .formatted(name(), out, Arrays.toString(input.shape())));
      }
      size[i] = (int) out;
    }
    return unpool(input, indices, size);
  }

  /** The same with the size of what was pooled, where several are possible. */
  public final Tensor forward(Tensor input, Tensor indices, int... outputSize) {
    if (hooked()) {
      return call(this::forward, input, indices, outputSize);
    }
    requireRank(input);
    return unpool(input, indices, Check.sizes(name(), "outputSize", outputSize, rank, 1));
  }

  private void requireRank(Tensor input) {
    if (input.dim() != rank + 1 && input.dim() != rank + 2) {
      throw new ShapeException(
          "%s: expected %s dimensions, or %s without a batch, got %s"
              .formatted(name(), rank + 2, rank + 1, Arrays.toString(input.shape())));
    }
  }

  private Tensor unpool(Tensor input, Tensor indices, int[] outputSize) {
    return switch (rank) {
      case 1 -> Functional.maxUnpool1d(input, indices, outputSize);
      case 2 -> Functional.maxUnpool2d(input, indices, outputSize);
      default -> Functional.maxUnpool3d(input, indices, outputSize);
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
