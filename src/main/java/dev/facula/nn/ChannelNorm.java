package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import org.jspecify.annotations.Nullable;

/** What batch and instance normalisation have in common: parameters and running statistics. */
public abstract class ChannelNorm extends NormLayer {
  final int numFeatures;
  final double eps;
  final @Nullable Double momentum;
  final @Nullable Slot runningMean;
  final @Nullable Slot runningVar;
  final @Nullable Slot numBatchesTracked;

  ChannelNorm(int numFeatures, NormOptions o) {
    super(o.affine, o.bias, Math.max(numFeatures, 0)); // the next line has the name of the layer
    this.numFeatures = Check.atLeast(name(), "numFeatures", numFeatures, 0);
    eps = o.eps;
    momentum = o.momentum;
    boolean track = o.trackRunningStats;
    runningMean = track ? bufferSlot("running_mean", Tensor.zeros(numFeatures), true) : null;
    runningVar = track ? bufferSlot("running_var", Tensor.ones(numFeatures), true) : null;
    numBatchesTracked =
        track ? bufferSlot("num_batches_tracked", Tensor.scalar(DType.INT64, 0), true) : null;
  }

  /** Forgets the running statistics: mean 0, variance 1, no batch seen. */
  public final void resetRunningStats() {
    try (var guard = Facula.noGrad()) {
      if (runningMean != null && runningVar != null && numBatchesTracked != null) {
        runningMean.get().zero_();
        runningVar.get().fill_(1);
        numBatchesTracked.get().zero_();
      }
    }
  }

  /** Sets weight and bias to 1 and 0, and forgets the running statistics. */
  @Override
  public final void resetParameters() {
    resetRunningStats();
    super.resetParameters();
  }

  /** The number of channels. */
  public final int numFeatures() {
    return numFeatures;
  }

  /** What is added to the variance. */
  public final double eps() {
    return eps;
  }

  /** The share of a batch in the running statistics, or null for the mean over all batches. */
  public final @Nullable Double momentum() {
    return momentum;
  }

  /** Whether there is a weight. */
  public final boolean affine() {
    return weight != null;
  }

  /** Whether running statistics are kept. */
  public final boolean trackRunningStats() {
    return runningMean != null;
  }

  /** How many batches the running statistics have seen, or null. */
  public final @Nullable Tensor numBatchesTracked() {
    return Slot.read(numBatchesTracked);
  }

  /** The running mean [numFeatures], or null. */
  public final @Nullable Tensor runningMean() {
    return Slot.read(runningMean);
  }

  /** The running variance [numFeatures], or null. */
  public final @Nullable Tensor runningVar() {
    return Slot.read(runningVar);
  }

  @Override
  protected final String extraRepr() {
    return "%s, eps=%s, momentum=%s, affine=%s, bias=%s, track_running_stats=%s"
        .formatted(
            numFeatures,
            Check.python(eps),
            momentum == null ? "None" : Check.python(momentum),
            Check.python(affine()),
            Check.python(bias != null),
            Check.python(runningMean != null));
  }
}
