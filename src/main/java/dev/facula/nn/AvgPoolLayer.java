package dev.facula.nn;

import dev.facula.AvgPoolOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What mean pooling over one, two and three dimensions has in common. */
public abstract class AvgPoolLayer extends PoolLayer {
  private final AvgPoolOptions o;

  AvgPoolLayer(int rank, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    super(rank, kernelSize);
    o = Check.with(new AvgPoolOptions(), options);
    Pools.check(name(), rank, o);
  }

  @Override
  public final int[] stride() {
    return each(o.stride());
  }

  /** What is added on both sides of each dimension. */
  public final int[] padding() {
    return each(o.padding());
  }

  /** Whether a last window may reach beyond the input. */
  public final boolean ceilMode() {
    return o.ceilMode();
  }

  /** Whether zeros of the padding count in the mean. */
  public final boolean countIncludePad() {
    return o.countIncludePad();
  }

  /** What sums are divided by, or null for the count. */
  public final @Nullable Integer divisorOverride() {
    return o.divisorOverride();
  }

  @Override
  final Tensor compute(Tensor x) {
    return switch (rank) {
      case 1 -> Functional.avgPool1d(x, kernelSize, o);
      case 2 -> Functional.avgPool2d(x, kernelSize, o);
      default -> Functional.avgPool3d(x, kernelSize, o);
    };
  }

  @Override
  protected final String extraRepr() {
    return Pools.repr(kernelSize, o, rank == 1);
  }
}
