package dev.facula.conformance;

import dev.facula.Tensor;
import java.util.List;

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
    b.sums("mv", a -> x(a).mv(a.tensor(1, "vec")));
    b.sums("dot", a -> x(a).dot(a.tensor(1, "tensor")));
    b.sums("vdot", a -> x(a).vdot(y(a)));
    b.sums("inner", a -> x(a).inner(y(a)));
    b.sums("outer", a -> x(a).outer(a.tensor(1, "vec2")));
    b.sums("kron", a -> x(a).kron(y(a)));
    b.sums("cross", MatrixBindings::cross);
    b.sums("einsum", MatrixBindings::einsum);
    b.sums("tensordot", MatrixBindings::tensordot);
  }

  private static Tensor cross(Arguments a) {
    return a.has(2, "dim") ? x(a).cross(y(a), a.integer(2, "dim")) : x(a).cross(y(a));
  }

  /** The recorded calls name the operands before the equation. */
  private static Tensor einsum(Arguments a) {
    return Tensor.einsum(
        a.string(1, "equation", ""), ShapeBindings.array(a.tensors(0, "operands")));
  }

  private static Tensor tensordot(Arguments a) {
    if (a.value(2, "dims") instanceof List<?> dims) {
      return x(a).tensordot(y(a), ints(dims.get(0)), ints(dims.get(1)));
    }
    return x(a).tensordot(y(a), a.integer(2, "dims", 2));
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
    b.sums("addmm", a -> x(a).addmm(a.tensor(1, "mat1"), a.tensor(2, "mat2"), beta(a), alpha(a)));
    b.sums("addmv", a -> x(a).addmv(a.tensor(1, "mat"), a.tensor(2, "vec"), beta(a), alpha(a)));
    b.sums("addr", a -> x(a).addr(a.tensor(1, "vec1"), a.tensor(2, "vec2"), beta(a), alpha(a)));
    b.sums(
        "addbmm",
        a -> x(a).addbmm(a.tensor(1, "batch1"), a.tensor(2, "batch2"), beta(a), alpha(a)));
    b.sums(
        "baddbmm",
        a -> x(a).baddbmm(a.tensor(1, "batch1"), a.tensor(2, "batch2"), beta(a), alpha(a)));
  }

  private static void linalg(Bindings b) {}

  private static void linalgNorms(Bindings b) {}

  private static void solvers(Bindings b) {}
}
