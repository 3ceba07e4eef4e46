package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;

/** What adaptive max pooling over one, two and three dimensions has in common. */
public abstract class AdaptiveMaxPoolLayer extends AdaptivePoolLayer {
  AdaptiveMaxPoolLayer(int rank, int... outputSize) {
    super(rank, outputSize);
  }

  @Override
  final Tensor compute(Tensor x) {
    return pool(x).values();
  }

  /** The largest elements, and where in its channel of the input, flattened, each was found. */
  public final ValuesIndices forwardWithIndices(Tensor x) {
    return hooked() ? call(this::forwardWithIndices, x) : pool(x);
  }

  private ValuesIndices pool(Tensor x) {
    return switch (rank) {
      case 1 -> Functional.adaptiveMaxPool1dWithIndices(x, outputSize[0]);
      case 2 -> Functional.adaptiveMaxPool2dWithIndices(x, outputSize);
      default -> Functional.adaptiveMaxPool3dWithIndices(x, outputSize);
    };
  }
}
