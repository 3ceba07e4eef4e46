package dev.facula;

/** Options of {@link Functional#tripletMarginLoss}. */
public final class TripletMarginLossOptions extends LossOptions<TripletMarginLossOptions> {
  static final TripletMarginLossOptions DEFAULT = new TripletMarginLossOptions();

  double margin = 1;
  double p = 2;
  double eps = 1e-6;
  boolean swap;

  /** PyTorch's defaults. */
  public TripletMarginLossOptions() {}

  @Override
  TripletMarginLossOptions self() {
    return this;
  }

  /** How much farther the negative should be, greater than 0. Default: 1. */
  public TripletMarginLossOptions margin(double value) {
    margin = Options.positive("tripletMarginLoss", "margin", value);
    return this;
  }

  /** The norm. Default: 2. */
  public TripletMarginLossOptions p(double value) {
    p = value;
    return this;
  }

  /** Added to the differences. Default: 1e-6. */
  public TripletMarginLossOptions eps(double value) {
    eps = value;
    return this;
  }

  /** Whether d(positive, negative) is taken where it is the smaller. Default: false. */
  public TripletMarginLossOptions swap(boolean value) {
    swap = value;
    return this;
  }
}
