package dev.facula;

/** Options of losses that have no other one than their reduction. */
public final class ReductionOptions extends LossOptions<ReductionOptions> {
  static final ReductionOptions DEFAULT = new ReductionOptions();

  /** PyTorch's defaults. */
  public ReductionOptions() {}

  @Override
  ReductionOptions self() {
    return this;
  }
}
