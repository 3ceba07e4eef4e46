package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;

/** What instance normalisation of one, two and three dimensions have in common. */
public abstract class InstanceNormLayer extends ChannelNorm {
  private final int rank;

  InstanceNormLayer(int rank, int numFeatures, Consumer<NormOptions> options) {
    super(numFeatures, Check.with(new NormOptions(false, false), options));
    this.rank = rank;
  }

  @Override
  final Tensor compute(Tensor input) {
    Check.channels(name() + "(" + numFeatures + ")", input, rank, numFeatures);
    boolean single = input.dim() == rank + 1;
    Tensor y =
        Functional.instanceNorm(
            single ? input.unsqueeze(0) : input,
            Slot.read(runningMean),
            Slot.read(runningVar),
            Slot.read(weight),
            Slot.read(bias),
            isTraining() || runningMean == null,
            momentum == null ? 0 : momentum,
            eps);
    return single ? y.squeeze(0) : y;
  }
}
