package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link Tensor#histogram} and {@link Tensor#histogramdd}. */
public final class HistogramOptions {
  double @Nullable [] range;
  @Nullable Tensor weight;
  boolean density;

  /** PyTorch's defaults. */
  public HistogramOptions() {}

  /** The outermost edges, a pair for each dimension. Default: those of the elements. */
  public HistogramOptions range(double... edges) {
    range = Objects.requireNonNull(edges, "range").clone();
    return this;
  }

  /** How much each element, or each point, counts. Default: null, 1. */
  public HistogramOptions weight(@Nullable Tensor value) {
    weight = value;
    return this;
  }

  /** Densities, whose integral is 1, instead of counts. Default: false. */
  public HistogramOptions density(boolean value) {
    density = value;
    return this;
  }
}
