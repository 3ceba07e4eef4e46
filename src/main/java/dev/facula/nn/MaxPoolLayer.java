package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.MaxPoolOptions;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;
import java.util.Arrays;
import java.util.function.Consumer;

/** What max pooling over one, two and three dimensions has in common. */
public abstract class MaxPoolLayer extends PoolLayer {
  private final MaxPoolOptions o;
  private final boolean within;

  MaxPoolLayer(int rank, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    super(rank, kernelSize);
    o = Check.with(new MaxPoolOptions(), options);
    Pools.check(name(), rank, o);
    within = Arrays.stream(o.padding()).allMatch(p -> p == 0) && !o.ceilMode();
  }

  @Override
  public final int[] stride() {
    return each(o.stride());
  }

  /** What is added on both sides of each dimension. */
  public final int[] padding() {
    return each(o.padding());
  }

  /** The distance of a window's points in each dimension. */
  public final int[] dilation() {
    return each(o.dilation());
  }

  /** Whether a last window may reach beyond the input. */
  public final boolean ceilMode() {
    return o.ceilMode();
  }

  /** Whether every window lies within the input, and no hook sees it. */
  final boolean fusible() {
    return within && unhooked();
  }

  @Override
  final Tensor compute(Tensor x) {
    return switch (rank) {
      case 1 -> Functional.maxPool1d(x, kernelSize, o);
      case 2 -> Functional.maxPool2d(x, kernelSize, o);
      default -> Functional.maxPool3d(x, kernelSize, o);
    };
  }

  /** The largest elements, and where in its channel of the input, flattened, each was found. */
  public final ValuesIndices forwardWithIndices(Tensor x) {
    if (hooked()) {
      return call(this::forwardWithIndices, x);
    }
    return switch (rank) {
      case 1 -> Functional.maxPool1dWithIndices(x, kernelSize, o);
      case 2 -> Functional.maxPool2dWithIndices(x, kernelSize, o);
      default -> Functional.maxPool3dWithIndices(x, kernelSize, o);
    };
  }

  @Override
  protected final String extraRepr() {
    return Pools.repr(kernelSize, o);
  }
}
