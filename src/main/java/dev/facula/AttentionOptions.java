package dev.facula;

import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#scaledDotProductAttention}. */
public final class AttentionOptions {
  static final AttentionOptions DEFAULT = new AttentionOptions();

  @Nullable Tensor attnMask;
  double dropoutP;
  boolean isCausal;
  @Nullable Double scale;

  /** PyTorch's defaults. */
  public AttentionOptions() {}

  /**
   * What broadcasts to [..., L, S]: BOOL, true where a query sees a key, or what is added to the
   * scores. A query that sees no key gives zeros. Default: null, none.
   */
  public AttentionOptions attnMask(@Nullable Tensor value) {
    attnMask = value;
    return this;
  }

  /** The dropout of the weights. Default: 0, none. */
  public AttentionOptions dropoutP(double value) {
    dropoutP = Options.fraction("scaledDotProductAttention", "dropoutP", value);
    return this;
  }

  /**
   * Whether each query sees the keys up to its own place only. It excludes a mask, unless all
   * operands are [batch, heads, steps, n] without dropout, where both apply, as in PyTorch.
   * Default: false.
   */
  public AttentionOptions isCausal(boolean value) {
    isCausal = value;
    return this;
  }

  /** What the scores are multiplied by. Default: null, 1 / sqrt(n). */
  public AttentionOptions scale(@Nullable Double value) {
    scale = value;
    return this;
  }
}
