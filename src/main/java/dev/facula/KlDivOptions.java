package dev.facula;

/** Options of {@link Functional#klDiv}. */
public final class KlDivOptions extends LossOptions<KlDivOptions> {
  static final KlDivOptions DEFAULT = new KlDivOptions();

  boolean logTarget;

  /** PyTorch's defaults. */
  public KlDivOptions() {}

  @Override
  KlDivOptions self() {
    return this;
  }

  @Override
  boolean averagesBatches() {
    return true;
  }

  /** Whether the target holds logarithms. Default: false. */
  public KlDivOptions logTarget(boolean value) {
    logTarget = value;
    return this;
  }
}
