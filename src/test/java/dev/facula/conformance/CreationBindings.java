package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import org.jspecify.annotations.Nullable;

/** Tensors from shapes and ranges. */
final class CreationBindings {
  private CreationBindings() {}

  static void addTo(Bindings b) {
    filled(b);
    like(b);
    ranges(b);
    patterns(b);
  }

  private static DType dtype(Arguments a, DType otherwise) {
    DType dtype = a.dtype(-1, "dtype");
    return dtype == null ? otherwise : dtype;
  }

  private static Tensor gradient(Arguments a, Tensor x) {
    return a.flag(-1, "requires_grad", false) ? x.requiresGrad_(true) : x;
  }

  private static void filled(Bindings b) {
    b.bind("zeros", a -> Tensor.zeros(dtype(a, DType.FLOAT32), a.varInts(0, "size")));
    b.bind("ones", a -> Tensor.ones(dtype(a, DType.FLOAT32), a.varInts(0, "size")));
    b.bind(
        "full",
        a ->
            Tensor.full(
                dtype(a, kind(a.value(1, "fill_value"))),
                a.number(1, "fill_value"),
                a.ints(0, "size")));
    b.bind(
        "scalar_tensor", a -> gradient(a, Tensor.scalar(dtype(a, DType.FLOAT32), a.real(0, "s"))));
    b.bind(
        "eye",
        a -> {
          int n = a.integer(0, "n");
          return gradient(a, Tensor.eye(dtype(a, DType.FLOAT32), n, a.integer(1, "m", n)));
        });
  }

  /** What a Python number is as a tensor. */
  private static DType kind(@Nullable Object number) {
    return number instanceof Boolean
        ? DType.BOOL
        : number instanceof Long ? DType.INT64 : DType.FLOAT32;
  }

  private static void like(Bindings b) {
    b.bind("zeros_like", a -> Tensor.zeros(likeType(a), a.tensor(0, "input").shape()));
    b.bind("ones_like", a -> Tensor.ones(likeType(a), a.tensor(0, "input").shape()));
    b.bind(
        "full_like",
        a -> Tensor.full(likeType(a), a.number(1, "fill_value"), a.tensor(0, "input").shape()));
    b.bind("new_zeros", a -> Tensor.zeros(likeType(a), a.ints(1, "size")));
    b.bind("new_ones", a -> Tensor.ones(likeType(a), a.ints(1, "size")));
    b.bind("new_full", a -> Tensor.full(likeType(a), a.number(2, "fill_value"), a.ints(1, "size")));
  }

  private static DType likeType(Arguments a) {
    return dtype(a, a.tensor(0, "input").dtype());
  }

  private static void ranges(Bindings b) {
    b.bind("arange", CreationBindings::arange);
    b.bind("linspace", CreationBindings::linspace);
    b.bind("logspace", CreationBindings::logspace);
  }

  private static Tensor arange(Arguments a) {
    Number start = a.size() > 1 || a.has(-1, "end") ? a.number(0, "start") : (Number) 0L;
    Number end = a.size() > 1 || a.has(-1, "end") ? a.number(1, "end") : a.number(0, "end");
    Number step = a.number(2, "step", 1L);
    boolean integers = start instanceof Long && end instanceof Long && step instanceof Long;
    return Tensor.arange(dtype(a, integers ? DType.INT64 : DType.FLOAT32), start, end, step);
  }

  private static Number scalar(Arguments a, int position, String name) {
    if (!(a.value(position, name) instanceof Tensor t)) {
      return a.number(position, name);
    }
    if (t.dim() != 0) {
      throw new Arguments.InexpressibleException(name + " is a tensor with dimensions");
    }
    return t.item();
  }

  private static Tensor linspace(Arguments a) {
    return Tensor.linspace(
        dtype(a, DType.FLOAT32),
        scalar(a, 0, "start").doubleValue(),
        scalar(a, 1, "end").doubleValue(),
        a.integer(2, "steps"));
  }

  private static Tensor logspace(Arguments a) {
    return Tensor.logspace(
        dtype(a, DType.FLOAT32),
        scalar(a, 0, "start").doubleValue(),
        scalar(a, 1, "end").doubleValue(),
        a.integer(2, "steps"),
        a.real(3, "base", 10));
  }

  private static void patterns(Bindings b) {
    b.bind(
        "tril_indices",
        a -> {
          a.dtype(-1, "dtype");
          return Tensor.trilIndices(
              a.integer(0, "row"), a.integer(1, "col"), a.integer(2, "offset", 0));
        });
    b.bind(
        "triu_indices",
        a -> {
          a.dtype(-1, "dtype");
          return Tensor.triuIndices(
              a.integer(0, "row"), a.integer(1, "col"), a.integer(2, "offset", 0));
        });
  }
}
