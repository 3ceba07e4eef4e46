package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What batch and instance normalisation have in common: parameters and running statistics. */
abstract class ChannelNorm extends Layer {
  final int numFeatures;
  final double eps;
  final @Nullable Double momentum;
  final boolean affine;
  final @Nullable Slot weight;
  final @Nullable Slot bias;
  final @Nullable Slot runningMean;
  final @Nullable Slot runningVar;
  final @Nullable Slot numBatchesTracked;

  ChannelNorm(int numFeatures, NormOptions o, Consumer<NormOptions> options) {
    options.accept(o);
    this.numFeatures = Check.atLeast(name(), "numFeatures", numFeatures, 0);
    eps = o.eps;
    momentum = o.momentum;
    affine = o.affine;
    weight = affine ? slot("weight", Tensor.ones(numFeatures)) : null;
    bias = affine && o.bias ? slot("bias", Tensor.zeros(numFeatures)) : null;
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
  public final void resetParameters() {
    resetRunningStats();
    if (weight != null) {
      Init.ones_(weight.get());
    }
    if (bias != null) {
      Init.zeros_(bias.get());
    }
  }

  /** The weight [numFeatures], or null. */
  public final @Nullable Tensor weight() {
    return Slot.read(weight);
  }

  /** The bias [numFeatures], or null. */
  public final @Nullable Tensor bias() {
    return Slot.read(bias);
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
