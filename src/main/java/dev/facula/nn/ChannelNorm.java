package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What batch and instance normalisation have in common: parameters and running statistics. */
abstract class ChannelNorm extends Module {
  final int numFeatures;
  final double eps;
  final @Nullable Double momentum;
  final boolean affine;
  final @Nullable Tensor weight;
  final @Nullable Tensor bias;
  final @Nullable Tensor runningMean;
  final @Nullable Tensor runningVar;
  final @Nullable Tensor numBatchesTracked;

  ChannelNorm(int numFeatures, NormOptions o, Consumer<NormOptions> options) {
    options.accept(o);
    this.numFeatures = Check.atLeast(name(), "numFeatures", numFeatures, 0);
    eps = o.eps;
    momentum = o.momentum;
    affine = o.affine;
    weight = affine ? parameter("weight", Tensor.ones(numFeatures)) : null;
    bias = affine && o.bias ? parameter("bias", Tensor.zeros(numFeatures)) : null;
    boolean track = o.trackRunningStats;
    runningMean = track ? buffer("running_mean", Tensor.zeros(numFeatures)) : null;
    runningVar = track ? buffer("running_var", Tensor.ones(numFeatures)) : null;
    numBatchesTracked = track ? buffer("num_batches_tracked", Tensor.scalar(DType.INT64, 0)) : null;
  }

  /** Forgets the running statistics: mean 0, variance 1, no batch seen. */
  public final void resetRunningStats() {
    try (var guard = Facula.noGrad()) {
      if (runningMean != null && runningVar != null && numBatchesTracked != null) {
        runningMean.zero_();
        runningVar.fill_(1);
        numBatchesTracked.zero_();
      }
    }
  }

  /** Sets weight and bias to 1 and 0, and forgets the running statistics. */
  public final void resetParameters() {
    resetRunningStats();
    if (weight != null) {
      Init.ones_(weight);
    }
    if (bias != null) {
      Init.zeros_(bias);
    }
  }

  /** The weight [numFeatures], or null. */
  public final @Nullable Tensor weight() {
    return weight;
  }

  /** The bias [numFeatures], or null. */
  public final @Nullable Tensor bias() {
    return bias;
  }

  /** The running mean [numFeatures], or null. */
  public final @Nullable Tensor runningMean() {
    return runningMean;
  }

  /** The running variance [numFeatures], or null. */
  public final @Nullable Tensor runningVar() {
    return runningVar;
  }

  @Override
  protected final String extraRepr() {
    return numFeatures
        + ", eps="
        + Check.python(eps)
        + ", momentum="
        + (momentum == null ? "None" : Check.python(momentum))
        + ", affine="
        + Check.python(affine)
        + ", bias="
        + Check.python(bias != null)
        + ", track_running_stats="
        + Check.python(runningMean != null);
  }
}
