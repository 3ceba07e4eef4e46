package dev.facula;

import java.util.List;
import java.util.Objects;

/** Options of {@link Tensor#gradient}. */
public final class GradientOptions {
  double[] spacing = {1};
  List<Tensor> coordinates = List.of();
  int[] dim = {};
  int edgeOrder = 1;
  boolean uniform = true;

  /** PyTorch's defaults. */
  public GradientOptions() {}

  /** The distance of neighbours along all dimensions. Default: 1. */
  public GradientOptions spacing(double distance) {
    spacing(new double[] {distance});
    uniform = true;
    return this;
  }

  /** The distance of neighbours along each dimension. */
  public GradientOptions spacing(double... distances) {
    uniform = false;
    spacing = Objects.requireNonNull(distances, "spacing").clone();
    coordinates = List.of();
    return this;
  }

  /** The coordinates of the elements along each dimension. */
  public GradientOptions coordinates(Tensor... values) {
    for (Tensor t : Objects.requireNonNull(values, "coordinates")) {
      Objects.requireNonNull(t, "coordinates");
    }
    coordinates = List.of(values);
    return this;
  }

  /** The dimensions; none stands for all. Default: none. */
  public GradientOptions dim(int... dims) {
    dim = Objects.requireNonNull(dims, "dim").clone();
    return this;
  }

  /** The order of the estimate at the edges, 1 or 2. Default: 1. */
  public GradientOptions edgeOrder(int order) {
    edgeOrder = order;
    return this;
  }
}
