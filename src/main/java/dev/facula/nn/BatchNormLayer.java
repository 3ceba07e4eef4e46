package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;

/** What batch normalisation of one, two and three dimensions have in common. */
public abstract class BatchNormLayer extends ChannelNorm {
  private final int leastDims;
  private final int mostDims;

  BatchNormLayer(int leastDims, int mostDims, int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, Check.with(new NormOptions(true, true), options));
    this.leastDims = leastDims;
    this.mostDims = mostDims;
  }

  @Override
  final Tensor compute(Tensor input) {
    if (input.dim() < leastDims || input.dim() > mostDims) {
      throw new ShapeException(
          "%s(%s): expected %s%s dimensions, got %s"
              .formatted(
                  name(),
                  numFeatures,
                  leastDims == mostDims ? "" : leastDims + " or ",
                  mostDims,
                  Arrays.toString(input.shape())));
    }
    if (input.size(1) != numFeatures) {
      throw new ShapeException(
          "%s(%s): expected %s channels, got %s in %s"
              .formatted(
                  name(), numFeatures, numFeatures, input.size(1), Arrays.toString(input.shape())));
    }
    boolean training = isTraining();
    double share = momentum == null ? 0 : momentum;
    if (training && numBatchesTracked != null) {
      Tensor seen = numBatchesTracked.get();
      try (var guard = Facula.noGrad()) {
        seen.add_(1);
      }
      share = momentum == null ? 1.0 / seen.itemLong() : momentum;
    }
    return Functional.batchNorm(
        input,
        Slot.read(runningMean),
        Slot.read(runningVar),
        Slot.read(weight),
        Slot.read(bias),
        training || runningMean == null,
        share,
        eps);
  }
}
