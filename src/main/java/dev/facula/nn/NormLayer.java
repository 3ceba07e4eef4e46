package dev.facula.nn;

import dev.facula.Tensor;
import org.jspecify.annotations.Nullable;

/** What normalisations have in common: weight and bias, and the eps. */
public abstract class NormLayer extends Layer {
  final @Nullable Slot weight;
  final @Nullable Slot bias;

  NormLayer(boolean affine, boolean withBias, int... shape) {
    weight = affine ? slot("weight", Tensor.ones(shape)) : null;
    bias = affine && withBias ? slot("bias", Tensor.zeros(shape)) : null;
  }

  /** Sets weight and bias to 1 and 0. */
  public void resetParameters() {
    if (weight != null) {
      Init.ones_(weight.get());
    }
    if (bias != null) {
      Init.zeros_(bias.get());
    }
  }

  /** The weight, or null. */
  public final @Nullable Tensor weight() {
    return Slot.read(weight);
  }

  /** The bias, or null. */
  public final @Nullable Tensor bias() {
    return Slot.read(bias);
  }
}
