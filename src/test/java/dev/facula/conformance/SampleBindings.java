package dev.facula.conformance;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.List;

/** Sampling, bags of rows, counting, and what else is seldom called. */
final class SampleBindings {
  private static final List<String> MODES = List.of("bilinear", "nearest", "bicubic");
  private static final List<String> PADDINGS = List.of("zeros", "border", "reflection");

  private SampleBindings() {}

  static void addTo(Bindings b) {
    grids(b);
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

  private static Tensor gridSampler(Arguments a) {
    String mode = MODES.get(a.integer(2, "interpolation_mode"));
    String padding = PADDINGS.get(a.integer(3, "padding_mode"));
    boolean aligned = a.flag(4, "align_corners", false);
    return Functional.gridSample(
        x(a), a.tensor(1, "grid"), o -> o.mode(mode).paddingMode(padding).alignCorners(aligned));
  }
}
