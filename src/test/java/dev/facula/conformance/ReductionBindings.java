package dev.facula.conformance;

import dev.facula.Tensor;

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

  /** The dimensions to reduce; none stands for all of them. */
  private static int[] dims(Arguments a) {
    return a.ints(1, "dim", new int[0]);
  }

  private static boolean keepdim(Arguments a) {
    return a.flag(2, "keepdim", false);
  }

  private static void sums(Bindings b) {
    b.sums("sum", a -> x(a).sum(dims(a), keepdim(a)));
    b.sums("mean", a -> x(a).mean(dims(a), keepdim(a)));
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

  private static void moments(Bindings b) {
  }

  private static void extremes(Bindings b) {
    b.bind("amax", a -> x(a).amax(dims(a), keepdim(a)));
    b.bind("amin", a -> x(a).amin(dims(a), keepdim(a)));
  }

  private static Tensor q(Arguments a) {
    return a.value(1, "q") instanceof Tensor q
        ? q
        : Tensor.scalar(a.real(1, "q")).to(x(a).dtype());
  }

  private static String interpolation(Arguments a) {
    return a.string(4, "interpolation", "linear");
  }

  private static void scans(Bindings b) {
  }

  private static void orders(Bindings b) {
  }

  /** Ours is always stable. */
  private static boolean stable(Arguments a) {
    return a.flag(-1, "stable", false);
  }

  private static void norms(Bindings b) {
  }

  private static void counts(Bindings b) {
  }
}
