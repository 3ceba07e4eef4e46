package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What mean pooling over one, two and three dimensions has in common. */
abstract class AvgPoolLayer extends PoolLayer {
  private final AvgPoolOptions o;

  AvgPoolLayer(int rank, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    super(rank, kernelSize);
    o = Check.with(new AvgPoolOptions(), options);
    o.check(name(), rank);
  }

  @Override
  public final int[] stride() {
    return each(o.stride);
  }

  /** What is added on both sides of each dimension. */
  public final int[] padding() {
    return each(o.padding);
  }

  /** Whether a last window may reach beyond the input. */
  public final boolean ceilMode() {
    return o.ceilMode;
  }

  /** Whether zeros of the padding count in the mean. */
  public final boolean countIncludePad() {
    return o.countIncludePad;
  }

  /** What sums are divided by, or null for the count. */
  public final @Nullable Integer divisorOverride() {
    return o.divisorOverride;
  }

  @Override
  final Tensor compute(Tensor x) {
    int[] k = kernelSize;
    boolean count = o.countIncludePad;
    Integer divisor = o.divisorOverride;
    return switch (rank) {
      case 1 -> Functional.avgPool1d(x, k, o.stride, o.padding, o.ceilMode, count);
      case 2 -> Functional.avgPool2d(x, k, o.stride, o.padding, o.ceilMode, count, divisor);
      default -> Functional.avgPool3d(x, k, o.stride, o.padding, o.ceilMode, count, divisor);
    };
  }

  @Override
  protected final String extraRepr() {
    return o.repr(kernelSize, rank == 1);
  }
}
