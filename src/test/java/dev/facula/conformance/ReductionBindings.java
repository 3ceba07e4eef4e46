package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Sums, extremes, orders and everything else that goes along dimensions. */
final class ReductionBindings {
  private ReductionBindings() {}

  static void addTo(Bindings b) {
    sums(b);
    moments(b);
    extremes(b);
    scans(b);
    orders(b);
    norms(b);
    counts(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  /** The input in the type that the call asks for. */
  private static Tensor typed(Arguments a) {
    DType dtype = a.dtype(-1, "dtype");
    return dtype == null ? x(a) : x(a).to(dtype);
  }

  /** The dimensions to reduce; none stands for all of them. */
  private static int[] dims(Arguments a) {
    return a.ints(1, "dim", new int[0]);
  }

  private static boolean keepdim(Arguments a) {
    return a.flag(2, "keepdim", false);
  }

  private static void sums(Bindings b) {
    b.sums("sum", a -> x(a).sum(dims(a), keepdim(a)));
    b.sums("nansum", a -> x(a).nansum(dims(a), keepdim(a)));
    b.sums("mean", a -> x(a).mean(dims(a), keepdim(a)));
    b.sums("nanmean", a -> x(a).nanmean(dims(a), keepdim(a)));
    b.sums(
        "prod",
        a -> a.has(1, "dim") ? typed(a).prod(a.integer(1, "dim"), keepdim(a)) : typed(a).prod());
    b.sums("logsumexp", a -> x(a).logsumexp(dims(a), keepdim(a)));
    b.bind("all", a -> x(a).all(dims(a), keepdim(a)));
    b.bind("any", a -> x(a).any(dims(a), keepdim(a)));
    b.sums("sum_to_size", a -> x(a).sumToSize(a.varInts(1, "size")));
    b.sums("trace", a -> x(a).trace());
  }

  /** N - correction is what the squares are divided by. */
  private static double correction(Arguments a, int unbiasedAt) {
    if (a.has(-1, "correction")) {
      return a.real(-1, "correction");
    }
    return a.flag(unbiasedAt, "unbiased", true) ? 1 : 0;
  }

  private static int[] momentDims(Arguments a) {
    return a.value(1, "dim") instanceof Boolean ? new int[0] : dims(a);
  }

  private static double momentCorrection(Arguments a) {
    return correction(a, a.value(1, "dim") instanceof Boolean ? 1 : 2);
  }

  private static boolean momentKeepdim(Arguments a) {
    return a.flag(3, "keepdim", false);
  }

  private static void moments(Bindings b) {
    b.sums("var", a -> x(a).var(momentDims(a), momentCorrection(a), momentKeepdim(a)));
    b.sums("std", a -> x(a).std(momentDims(a), momentCorrection(a), momentKeepdim(a)));
    b.sums("var_mean", a -> x(a).varMean(momentDims(a), momentCorrection(a), momentKeepdim(a)));
    b.sums("std_mean", a -> x(a).stdMean(momentDims(a), momentCorrection(a), momentKeepdim(a)));
  }

  private static void extremes(Bindings b) {
    b.bind("max.reduction_no_dim", a -> x(a).max());
    b.bind("min.reduction_no_dim", a -> x(a).min());
    b.bind("max.reduction_with_dim", a -> x(a).max(a.integer(1, "dim"), keepdim(a)));
    b.bind("min.reduction_with_dim", a -> x(a).min(a.integer(1, "dim"), keepdim(a)));
    b.bind("amax", a -> x(a).amax(dims(a), keepdim(a)));
    b.bind("amin", a -> x(a).amin(dims(a), keepdim(a)));
    b.bind(
        "aminmax",
        a -> a.has(1, "dim") ? x(a).aminmax(a.integer(1, "dim"), keepdim(a)) : x(a).aminmax());
    b.bind(
        "argmax",
        a -> a.has(1, "dim") ? x(a).argmax(a.integer(1, "dim"), keepdim(a)) : x(a).argmax());
    b.bind(
        "argmin",
        a -> a.has(1, "dim") ? x(a).argmin(a.integer(1, "dim"), keepdim(a)) : x(a).argmin());
    b.bind(
        "median",
        a -> a.has(1, "dim") ? x(a).median(a.integer(1, "dim"), keepdim(a)) : x(a).median());
    b.bind(
        "nanmedian",
        a -> a.has(1, "dim") ? x(a).nanmedian(a.integer(1, "dim"), keepdim(a)) : x(a).nanmedian());
    b.bind("mode", a -> x(a).mode(a.integer(1, "dim", -1), keepdim(a)));
    b.bind(
        "kthvalue",
        a ->
            x(a).kthvalue(a.integer(1, "k"), a.integer(2, "dim", -1), a.flag(3, "keepdim", false)));
    b.bind(
        "quantile",
        a -> x(a).quantile(q(a), optionalQuantileDim(a), quantileKeepdim(a), interpolation(a)));
    b.bind(
        "nanquantile",
        a -> x(a).nanquantile(q(a), optionalQuantileDim(a), quantileKeepdim(a), interpolation(a)));
  }

  private static Tensor q(Arguments a) {
    return a.value(1, "q") instanceof Tensor q ? q : Tensor.scalar(a.real(1, "q")).to(x(a).dtype());
  }

  private static @Nullable Integer optionalQuantileDim(Arguments a) {
    return a.has(2, "dim") ? (Integer) a.integer(2, "dim") : null;
  }

  private static boolean quantileKeepdim(Arguments a) {
    return a.flag(3, "keepdim", false);
  }

  private static String interpolation(Arguments a) {
    return a.string(4, "interpolation", "linear");
  }

  private static void scans(Bindings b) {
    b.sums("cumsum", a -> typed(a).cumsum(a.integer(1, "dim")));
    b.sums("cumprod", a -> typed(a).cumprod(a.integer(1, "dim")));
    b.bind("cummax", a -> x(a).cummax(a.integer(1, "dim")));
    b.bind("cummin", a -> x(a).cummin(a.integer(1, "dim")));
    b.sums("logcumsumexp", a -> x(a).logcumsumexp(a.integer(1, "dim")));
    b.bind(
        "diff",
        a ->
            x(a).diff(
                    a.integer(1, "n", 1),
                    a.integer(2, "dim", -1),
                    a.optionalTensor(3, "prepend"),
                    a.optionalTensor(4, "append")));
    b.sums("trapezoid", ReductionBindings::trapezoid);
    b.sums("trapz", ReductionBindings::trapezoid);
    b.sums("cumulative_trapezoid", ReductionBindings::cumulativeTrapezoid);
  }

  private static void orders(Bindings b) {
    b.bind(
        "sort", a -> x(a).sort(a.integer(1, "dim", -1), a.flag(2, "descending", false), stable(a)));
    b.bind(
        "argsort",
        a -> x(a).argsort(a.integer(1, "dim", -1), a.flag(2, "descending", false), stable(a)));
    b.bind(
        "topk",
        a ->
            x(a).topk(
                    a.integer(1, "k"),
                    a.integer(2, "dim", -1),
                    a.flag(3, "largest", true),
                    a.flag(4, "sorted", true)));
    b.bind(
        "searchsorted",
        a ->
            x(a).searchsorted(
                    a.tensor(1, "input"),
                    a.flag(-1, "out_int32", false),
                    a.flag(-1, "right", false) || a.string(-1, "side", "left").equals("right"),
                    a.optionalTensor(-1, "sorter")));
    b.bind(
        "bucketize",
        a ->
            x(a).bucketize(
                    a.tensor(1, "boundaries"),
                    a.flag(-1, "out_int32", false),
                    a.flag(-1, "right", false)));
    b.bind(
        "unique",
        a ->
            present(
                x(a).unique(
                        a.flag(1, "sorted", true),
                        a.flag(2, "return_inverse", false),
                        a.flag(3, "return_counts", false),
                        a.has(4, "dim") ? (Integer) a.integer(4, "dim") : null)));
    b.bind(
        "unique_consecutive",
        a ->
            present(
                x(a).uniqueConsecutive(
                        a.flag(1, "return_inverse", false),
                        a.flag(2, "return_counts", false),
                        a.has(3, "dim") ? (Integer) a.integer(3, "dim") : null)));
    b.bind("isin", a -> Tensor.isin(a.tensor(0, "elements"), a.tensor(1, "test_elements")));
  }

  /** Ours is always stable. */
  private static boolean stable(Arguments a) {
    return a.flag(-1, "stable", false);
  }

  private static void norms(Bindings b) {
    b.sums("norm", ReductionBindings::norm);
    b.leaveOut("norm.nuc");
    b.sums("dist", a -> x(a).dist(a.tensor(1, "other"), a.number(2, "p", 2L)));
    b.sums(
        "renorm", a -> x(a).renorm(a.number(1, "p"), a.integer(2, "dim"), a.number(3, "maxnorm")));
    b.sums(
        "cdist",
        a -> {
          a.string(3, "compute_mode", "");
          return Tensor.cdist(a.tensor(0, "x1"), a.tensor(1, "x2"), a.real(2, "p", 2));
        });
  }

  private static Tensor norm(Arguments a) {
    int[] dims = a.ints(2, "dim", new int[0]);
    boolean keepdim = a.flag(3, "keepdim", false);
    if (a.value(1, "p") instanceof String name && !name.equals("fro")) {
      throw new Arguments.InexpressibleException("no norm " + name);
    }
    boolean frobenius = a.value(1, "p") instanceof String;
    return x(a).norm(frobenius ? 2L : a.number(1, "p", 2L), dims, keepdim);
  }

  private static void counts(Bindings b) {
    b.bind("count_nonzero", a -> x(a).countNonzero(dims(a)));
    b.bind(
        "bincount",
        a -> x(a).bincount(a.optionalTensor(1, "weights"), a.integer(2, "minlength", 0)));
    b.sums(
        "histc",
        a -> x(a).histc(a.integer(1, "bins", 100), a.number(2, "min", 0L), a.number(3, "max", 0L)));
  }

  private static Tensor trapezoid(Arguments a) {
    int dim = a.integer(-1, "dim", -1);
    return a.has(1, "x")
        ? x(a).trapezoid(a.tensor(1, "x"), dim)
        : x(a).trapezoid(a.real(-1, "dx", 1), dim);
  }

  private static Tensor cumulativeTrapezoid(Arguments a) {
    int dim = a.integer(-1, "dim", -1);
    return a.has(1, "x")
        ? x(a).cumulativeTrapezoid(a.tensor(1, "x"), dim)
        : x(a).cumulativeTrapezoid(a.real(-1, "dx", 1), dim);
  }

  /** The parts of the result that were asked for. */
  private static List<Tensor> present(Tensor.Unique unique) {
    return Stream.of(unique.values(), unique.inverse(), unique.counts())
        .filter(Objects::nonNull)
        .toList();
  }
}
