package dev.facula.conformance;

import dev.facula.Tensor;

/** Gather and scatter in all their forms. */
final class IndexBindings {
  private IndexBindings() {}

  static void addTo(Bindings b) {
    reads(b);
    writes(b);
    masks(b);
    reductions(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static int dim(Arguments a) {
    return a.integer(1, "dim");
  }

  private static Tensor index(Arguments a) {
    return a.tensor(2, "index");
  }

  private static void reads(Bindings b) {
    b.bind("index_select", a -> x(a).indexSelect(dim(a), index(a)));
  }

  private static void writes(Bindings b) {
  }

  private static void masks(Bindings b) {
  }

  private static void reductions(Bindings b) {
  }
}
