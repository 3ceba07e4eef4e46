package dev.facula;

/** Options of {@link Functional#ctcLoss}. */
public final class CtcLossOptions extends LossOptions<CtcLossOptions> {
  int blank;
  boolean zeroInfinity;

  /** PyTorch's defaults. */
  public CtcLossOptions() {}

  @Override
  CtcLossOptions self() {
    return this;
  }

  /** The class that stands for no label. Default: 0. */
  public CtcLossOptions blank(int value) {
    blank = value;
    return this;
  }

  /**
   * Whether a loss that is infinite, where a target does not fit into its input, counts as 0 and
   * has no gradient. Default: false.
   */
  public CtcLossOptions zeroInfinity(boolean on) {
    zeroInfinity = on;
    return this;
  }
}
