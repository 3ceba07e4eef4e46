package dev.facula.conformance;

import dev.facula.Tensor;

/** Products, and what torch.linalg holds. */
final class MatrixBindings {
  private MatrixBindings() {}

  static void addTo(Bindings b) {
    products(b);
    sumsOfProducts(b);
    linalg(b);
    linalgNorms(b);
    solvers(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static Tensor y(Arguments a) {
    return a.tensor(1, "other");
  }

  private static void products(Bindings b) {
    b.sums("matmul", a -> x(a).matmul(y(a)));
    b.sums("bmm", a -> x(a).bmm(a.tensor(1, "mat2")));
    b.sums("mm", a -> x(a).mm(a.tensor(1, "mat2")));
    b.sums("kron", a -> x(a).kron(y(a)));
  }

  private static int[] ints(Object list) {
    return TensorFile.ints(Json.list(list));
  }

  private static Number beta(Arguments a) {
    return a.number(-1, "beta", 1L);
  }

  private static Number alpha(Arguments a) {
    return a.number(-1, "alpha", 1L);
  }

  private static void sumsOfProducts(Bindings b) {
  }

  private static void linalg(Bindings b) {
  }

  private static void linalgNorms(Bindings b) {
  }

  private static void solvers(Bindings b) {
  }
}
