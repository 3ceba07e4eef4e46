package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.LPPoolOptions;
import dev.facula.Tensor;
import java.util.function.Consumer;

/** What poolings by norm of one, two and three dimensions have in common. */
abstract class LPPoolLayer extends Layer {
  private final int rank;
  private final double normType;
  private final int[] kernelSize;
  private final LPPoolOptions options = new LPPoolOptions();

  LPPoolLayer(int rank, double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    options.accept(this.options);
    Check.sizes(name(), "kernelSize", kernelSize, rank, 1);
    Pools.checkStride(name(), this.options.stride(), rank);
    if (normType == 0 || Double.isNaN(normType)) {
      throw new IllegalArgumentException(
          name() + ": normType must be a number other than 0, was " + normType);
    }
    this.rank = rank;
    this.normType = normType;
    this.kernelSize = kernelSize.clone();
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
    return "norm_type="
        + Check.number(normType)
        + ", kernel_size="
        + Check.given(kernelSize)
        + ", stride="
        + (options.stride().length == 0 ? "None" : Check.given(options.stride()))
        + ", ceil_mode="
        + Check.python(options.ceilMode());
  }
}
