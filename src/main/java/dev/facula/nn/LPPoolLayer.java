package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.LPPoolOptions;
import dev.facula.Tensor;
import java.util.function.Consumer;

/** What poolings by norm of one, two and three dimensions have in common. */
public abstract class LPPoolLayer extends PoolLayer {
  private final double normType;
  private final LPPoolOptions options = new LPPoolOptions();

  LPPoolLayer(int rank, double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    super(rank, kernelSize);
    options.accept(this.options);
    Pools.checkStride(name(), this.options.stride(), rank);
    if (normType == 0 || Double.isNaN(normType)) {
      throw new IllegalArgumentException(
          name() + ": normType must be a number other than 0, was " + normType);
    }
    this.normType = normType;
  }

  /** The order p of the norm. */
  public final double normType() {
    return normType;
  }

  @Override
  public final int[] stride() {
    return each(options.stride());
  }

  /** Whether a last window may reach beyond the input. */
  public final boolean ceilMode() {
    return options.ceilMode();
  }

  @Override
  final Tensor compute(Tensor input) {
    return switch (rank) {
      case 1 -> Functional.lpPool1d(input, normType, kernelSize, options);
      case 2 -> Functional.lpPool2d(input, normType, kernelSize, options);
      default -> Functional.lpPool3d(input, normType, kernelSize, options);
    };
  }

  @Override
  protected final String extraRepr() {
    return "norm_type=%s, kernel_size=%s, stride=%s, ceil_mode=%s"
        .formatted(
            Check.number(normType),
            Check.given(kernelSize),
            options.stride().length == 0 ? "None" : Check.given(options.stride()),
            Check.python(options.ceilMode()));
  }
}
