package dev.facula.conformance;

import dev.facula.Masked;
import dev.facula.MaskedOptions;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reductions and normalizations under a mask. */
final class MaskedBindings {
  private MaskedBindings() {}

  private interface Reduction {
    Tensor apply(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options);
  }

  private interface Along {
    Tensor apply(Tensor x, @Nullable Tensor mask, int dim);
  }

  static void addTo(Bindings b) {
    reduction(b, "sum", Masked::sum);
    reduction(b, "prod", Masked::prod);
    reduction(b, "mean", Masked::mean);
    reduction(b, "amax", Masked::amax);
    reduction(b, "amin", Masked::amin);
    reduction(b, "argmax", Masked::argmax);
    reduction(b, "argmin", Masked::argmin);
    reduction(b, "logsumexp", Masked::logsumexp);
    reduction(b, "var", Masked::var);
    reduction(b, "std", Masked::std);
    along(b, "cumsum", Masked::cumsum);
    along(b, "cumprod", Masked::cumprod);
    along(b, "softmax", Masked::softmax);
    along(b, "log_softmax", Masked::logSoftmax);
    along(b, "softmin", Masked::softmin);
    b.bind(
        "masked.median",
        a -> Masked.median(x(a), mask(a), a.integer(1, "dim", -1), a.flag(-1, "keepdim", false)));
    b.sums("masked.norm", a -> Masked.norm(x(a), mask(a), a.real(1, "ord", 2), options(a, 2)));
    b.sums(
        "masked.normalize",
        a ->
            Masked.normalize(
                x(a), mask(a), a.real(1, "ord"), a.integer(2, "dim"), a.real(-1, "eps", 1e-12)));
    b.bind(
        "masked.logaddexp",
        a ->
            Masked.logaddexp(
                x(a),
                a.tensor(1, "other"),
                a.optionalTensor(-1, "input_mask"),
                a.optionalTensor(-1, "other_mask")));
  }

  private static void reduction(Bindings b, String name, Reduction f) {
    b.sums("masked." + name, a -> f.apply(x(a), mask(a), options(a, 1)));
  }

  private static void along(Bindings b, String name, Along f) {
    b.sums("masked." + name, a -> f.apply(x(a), mask(a), a.integer(1, "dim")));
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static @Nullable Tensor mask(Arguments a) {
    return a.optionalTensor(-1, "mask");
  }

  private static Consumer<MaskedOptions> options(Arguments a, int dimAt) {
    Consumer<MaskedOptions> first = a.options(dimAt, "dim", "unbiased");
    return first.andThen(a.options(-1, "keepdim", "dtype", "correction"));
  }
}
