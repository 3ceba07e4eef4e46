package dev.facula.conformance;

import dev.facula.Functional;
import dev.facula.GradientOptions;
import dev.facula.HistogramOptions;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Sampling, bags of rows, counting, and what else is seldom called. */
final class SampleBindings {
  private static final List<String> MODES = List.of("bilinear", "nearest", "bicubic");
  private static final List<String> PADDINGS = List.of("zeros", "border", "reflection");

  private SampleBindings() {}

  static void addTo(Bindings b) {
    grids(b);
    counts(b);
    norms(b);
    bags(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static void grids(Bindings b) {
    b.sums(
        "nn.functional.grid_sample",
        a ->
            Functional.gridSample(
                x(a), a.tensor(1, "grid"), a.options(2, "mode", "padding_mode", "align_corners")));
    b.sums("grid_sampler_2d", SampleBindings::gridSampler);
    b.sums("grid_sampler_3d", SampleBindings::gridSampler);
  }

  private static void bags(Bindings b) {
    b.sums(
        "nn.functional.embedding_bag",
        a ->
            Functional.embeddingBag(
                a.tensor(1, "input"),
                a.tensor(0, "weight"),
                a.options(
                    2,
                    "offsets",
                    "max_norm",
                    "norm_type",
                    "scale_grad_by_freq",
                    "mode",
                    "sparse",
                    "per_sample_weights",
                    "include_last_offset",
                    "padding_idx")));
  }

  private static void norms(Bindings b) {
    b.sums(
        "native_layer_norm",
        a ->
            Functional.nativeLayerNorm(
                x(a),
                a.ints(1, "normalized_shape"),
                a.optionalTensor(2, "weight"),
                a.optionalTensor(3, "bias"),
                a.real(4, "eps")));
    b.sums("native_group_norm", SampleBindings::groupNorm);
    b.sums(
        "native_batch_norm",
        a ->
            Functional.nativeBatchNorm(
                x(a),
                a.optionalTensor(1, "weight"),
                a.optionalTensor(2, "bias"),
                a.optionalTensor(3, "running_mean"),
                a.optionalTensor(4, "running_var"),
                a.flag(5, "training", false),
                a.real(6, "momentum"),
                a.real(7, "eps")));
  }

  /** The sizes that PyTorch wants besides follow from the shape. */
  private static Object groupNorm(Arguments a) {
    a.integer(3, "N");
    a.integer(4, "C");
    a.integer(5, "HxW");
    return Functional.nativeGroupNorm(
        x(a),
        a.integer(6, "group"),
        a.optionalTensor(1, "weight"),
        a.optionalTensor(2, "bias"),
        a.real(7, "eps"));
  }

  private static void counts(Bindings b) {
    b.sums("cov", a -> x(a).cov(a.options(-1, "correction", "fweights", "aweights")));
    b.sums("corrcoef", a -> x(a).corrcoef());
    b.sums("histogram", SampleBindings::histogram);
    b.sums("histogramdd", SampleBindings::histogramdd);
    b.sums("gradient", SampleBindings::gradient);
    b.bind(
        "nonzero_static",
        a -> x(a).nonzeroStatic(a.integer(-1, "size"), a.integer(-1, "fill_value", -1)));
    b.bind("broadcast_shapes", SampleBindings::broadcastShapes);
    b.sums("as_strided.partial_views", SampleBindings::partialView);
  }

  private static Consumer<HistogramOptions> histogramOptions(Arguments a) {
    return a.options(2, "range", "weight", "density");
  }

  private static Object histogram(Arguments a) {
    return a.value(1, "bins") instanceof Tensor edges
        ? x(a).histogram(edges, histogramOptions(a))
        : x(a).histogram(a.integer(1, "bins"), histogramOptions(a));
  }

  private static Object histogramdd(Arguments a) {
    if (!(a.value(1, "bins") instanceof List<?> bins)) {
      int[] all = new int[x(a).size(-1)];
      Arrays.fill(all, a.integer(1, "bins"));
      return x(a).histogramdd(all, histogramOptions(a));
    }
    return bins.get(0) instanceof Tensor
        ? x(a).histogramdd(a.tensors(1, "bins"), histogramOptions(a))
        : x(a).histogramdd(a.ints(1, "bins"), histogramOptions(a));
  }

  private static Object gradient(Arguments a) {
    Consumer<GradientOptions> options = a.options(-1, "dim", "edge_order");
    Object spacing = a.value(-1, "spacing");
    if (spacing instanceof Number n) {
      return x(a).gradient(options.andThen(o -> o.spacing(n.doubleValue())));
    }
    if (spacing instanceof List<?> list && list.get(0) instanceof Tensor) {
      Tensor[] coordinates = a.tensors(-1, "spacing").toArray(new Tensor[0]);
      return x(a).gradient(options.andThen(o -> o.coordinates(coordinates)));
    }
    return x(a).gradient(
            spacing == null ? options : options.andThen(o -> o.spacing(a.reals(-1, "spacing"))));
  }

  private static Object broadcastShapes(Arguments a) {
    int[][] shapes = new int[a.size()][];
    for (int i = 0; i < shapes.length; i++) {
      shapes[i] = a.ints(i, "shape");
    }
    return Tensor.broadcastShapes(shapes);
  }

  /** The recorded operand is a part of a larger one, of which it begins 5 elements in. */
  private static Tensor partialView(Arguments a) {
    int offset = a.integer(3, "storage_offset", 5);
    if (offset < 5) {
      throw new Arguments.InexpressibleException("what lies before the part is not recorded");
    }
    Tensor border = Tensor.zeros(x(a).dtype(), 5);
    Tensor part = Tensor.cat(border, x(a), border).narrow(0, 5, x(a).numel());
    int[] size = a.ints(1, "size");
    int[] stride = a.ints(2, "stride");
    return part.asStrided(size, stride, offset);
  }

  private static Tensor gridSampler(Arguments a) {
    String mode = MODES.get(a.integer(2, "interpolation_mode"));
    String padding = PADDINGS.get(a.integer(3, "padding_mode"));
    boolean aligned = a.flag(4, "align_corners", false);
    return Functional.gridSample(
        x(a), a.tensor(1, "grid"), o -> o.mode(mode).paddingMode(padding).alignCorners(aligned));
  }
}
