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
        a ->
            Tensor.full(
                likeType(a), a.number(1, "fill_value"), a.tensor(0, "input").shape()));
    b.bind("new_zeros", a -> Tensor.zeros(likeType(a), a.ints(1, "size")));
    b.bind("new_ones", a -> Tensor.ones(likeType(a), a.ints(1, "size")));
    b.bind(
        "new_full",
        a -> Tensor.full(likeType(a), a.number(2, "fill_value"), a.ints(1, "size")));
  }

  private static DType likeType(Arguments a) {
    return dtype(a, a.tensor(0, "input").dtype());
  }

  private static void ranges(Bindings b) {
  }

  private static void patterns(Bindings b) {
  }
}
