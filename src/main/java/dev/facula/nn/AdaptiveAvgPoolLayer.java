package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/** What adaptive mean pooling over one, two and three dimensions has in common. */
public abstract class AdaptiveAvgPoolLayer extends AdaptivePoolLayer {
  AdaptiveAvgPoolLayer(int rank, int... outputSize) {
    super(rank, outputSize);
  }

  @Override
  final Tensor compute(Tensor x) {
    return switch (rank) {
      case 1 -> Functional.adaptiveAvgPool1d(x, outputSize[0]);
      case 2 -> Functional.adaptiveAvgPool2d(x, outputSize);
      default -> Functional.adaptiveAvgPool3d(x, outputSize);
    };
  }
}
