package dev.facula;

import java.util.Objects;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** Options of {@link Functional#tripletMarginWithDistanceLoss}. */
public final class TripletMarginWithDistanceLossOptions
    extends LossOptions<TripletMarginWithDistanceLossOptions> {
  static final TripletMarginWithDistanceLossOptions DEFAULT =
      new TripletMarginWithDistanceLossOptions();

  @Nullable BinaryOperator<Tensor> distanceFunction;
  double margin = 1;
  boolean swap;

  /** PyTorch's defaults. */
  public TripletMarginWithDistanceLossOptions() {}

  @Override
  TripletMarginWithDistanceLossOptions self() {
    return this;
  }

  /** The distance of two tensors, never negative. Default: {@link Functional#pairwiseDistance}. */
  public TripletMarginWithDistanceLossOptions distanceFunction(BinaryOperator<Tensor> value) {
    distanceFunction = Objects.requireNonNull(value, "distanceFunction");
    return this;
  }

  /** How much farther the negative should be, greater than 0. Default: 1. */
  public TripletMarginWithDistanceLossOptions margin(double value) {
    margin = Options.positive("tripletMarginWithDistanceLoss", "margin", value);
    return this;
  }

  /** Whether d(positive, negative) is taken where it is the smaller. Default: false. */
  public TripletMarginWithDistanceLossOptions swap(boolean value) {
    swap = value;
    return this;
  }
}
