package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BinaryOperator;

/** Products of vectors, matrices and tensors, all brought to {@link MatMul}. */
final class Products {
  private Products() {}

  static Tensor dot(String op, Tensor a, Tensor b) {
    if (Objects.requireNonNull(b, "other").dim() != 1 || a.dim() != 1) {
      throw new ShapeException(op + ": expects two vectors, got " + shapes(a, b));
    }
    if (a.numel() != b.numel()) {
      throw new ShapeException(
          op + ": lengths differ: " + shapes(a, b) + " (" + a.numel() + " != " + b.numel() + ")");
    }
    if (a.dtype() == DType.BOOL && b.dtype() == DType.BOOL) {
      throw new DTypeException(
          op + ": operands of bool cannot be multiplied; convert them with to(INT64)");
    }
    return a.matmul(b);
  }

  static Tensor mv(Tensor a, Tensor b) {
    if (Objects.requireNonNull(b, "vector").dim() != 1 || a.dim() != 2) {
      throw new ShapeException("mv: expects a matrix and a vector, got " + shapes(a, b));
    }
    return a.matmul(b);
  }

  static Tensor outer(Tensor a, Tensor b) {
    if (Objects.requireNonNull(b, "other").dim() != 1 || a.dim() != 1) {
      throw new ShapeException("outer: expects two vectors, got " + shapes(a, b));
    }
    return a.unsqueeze(1).mul(b);
  }

  static Tensor inner(Tensor a, Tensor b) {
    if (Objects.requireNonNull(b, "other").dim() == 0 || a.dim() == 0) {
      return a.mul(b);
    }
    if (a.size(-1) != b.size(-1)) {
      throw Shapes.error(
          "inner: last dimensions differ: %s (%s != %s)", shapes(a, b), a.size(-1), b.size(-1));
    }
    return tensordot(a, b, new int[] {-1}, new int[] {-1});
  }

  /** beta x + alpha p, p a product; where beta is 0, x does not count, not even its NaN. */
  static Tensor accumulate(
      String op,
      Tensor x,
      Tensor a,
      Tensor b,
      BinaryOperator<Tensor> product,
      Number beta,
      Number alpha) {
    if (Reduced.are(x, a, b)) {
      return Reduced.apply(t -> accumulate(op, t[0], t[1], t[2], product, beta, alpha), x, a, b);
    }
    Tensor p = product.apply(Objects.requireNonNull(a, "a"), b);
    if (x.dtype() != p.dtype()) {
      throw new DTypeException(
          "%s: operands of types %s and %s; convert one with to()"
              .formatted(op, x.dtype(), p.dtype()));
    }
    x.layout.expand(op, p.layout.shape);
    Tensor scaled = times(alpha, p);
    Tensor base = x.expand(p.layout.shape);
    if (beta.doubleValue() == 0) {
      Tensor none = Tensor.zeros(DType.BOOL);
      return scaled.add(Tensor.where(none, base, Tensor.scalar(x.dtype(), 0)));
    }
    return times(beta, base).add(scaled);
  }

  /** A multiple of the same type: for integers the fraction of the factor is cut off. */
  private static Tensor times(Number factor, Tensor x) {
    if (Objects.requireNonNull(factor, "beta and alpha").doubleValue() == 1) {
      return x;
    }
    return x.isFloatingPoint() ? x.mul(factor) : x.mul(factor.longValue()).to(x.dtype());
  }

  static Tensor tensordot(Tensor a, Tensor b, int dims) {
    if (dims < 0 || dims > a.dim() || dims > Objects.requireNonNull(b, "other").dim()) {
      throw new ShapeException(
          "tensordot: cannot sum over " + dims + " dimensions of " + shapes(a, b));
    }
    int[] ofA = new int[dims];
    Arrays.setAll(ofA, i -> a.dim() - dims + i);
    return tensordot(a, b, ofA, Shapes.range(dims));
  }

  static Tensor tensordot(Tensor a, Tensor b, int[] dimsA, int[] dimsB) {
    Objects.requireNonNull(b, "other");
    if (Objects.requireNonNull(dimsA, "dims").length
        != Objects.requireNonNull(dimsB, "dimsOfOther").length) {
      throw Shapes.error(
          "tensordot: as many dimensions of both operands are needed (%s != %s)",
          dimsA.length, dimsB.length);
    }
    int[] sumA = dimsA.length == 0 ? dimsA : Shapes.dims("tensordot", dimsA, a.dim());
    int[] sumB = dimsB.length == 0 ? dimsB : Shapes.dims("tensordot", dimsB, b.dim());
    Tensor p = a;
    Tensor q = b;
    int inner = 1;
    for (int i = 0; i < sumA.length; i++) {
      int m = a.size(sumA[i]);
      int n = b.size(sumB[i]);
      if (m == 1) {
        q = q.sum(sumB[i], true);
      } else if (n == 1) {
        p = p.sum(sumA[i], true);
      } else if (m != n) {
        throw Shapes.error(
            "tensordot: dimensions %s and %s of %s differ (%s != %s)",
            sumA[i], sumB[i], shapes(a, b), m, n);
      } else {
        inner *= m;
      }
    }
    int[] freeA = others(a.dim(), sumA);
    int[] freeB = others(b.dim(), sumB);
    int[] shape = Shapes.concat(sizes(a, freeA), sizes(b, freeB));
    int rows = Shapes.numel("tensordot", sizes(a, freeA));
    int columns = Shapes.numel("tensordot", sizes(b, freeB));
    Tensor left = p.permute(Shapes.concat(freeA, sumA)).reshape(rows, inner);
    Tensor right = q.permute(Shapes.concat(sumB, freeB)).reshape(inner, columns);
    return left.mm(right).reshape(shape);
  }

  private static int[] others(int rank, int[] dims) {
    boolean[] taken = new boolean[rank];
    for (int d : dims) {
      taken[d] = true;
    }
    return Arrays.stream(Shapes.range(rank)).filter(d -> !taken[d]).toArray();
  }

  private static int[] sizes(Tensor x, int[] dims) {
    return Arrays.stream(dims).map(x::size).toArray();
  }

  /** The cross product along a dimension of size 3. */
  static Tensor cross(String op, Tensor a, Tensor b, int dim) {
    if (a.dim() != Objects.requireNonNull(b, "other").dim()) {
      throw new ShapeException(op + ": numbers of dimensions differ: " + shapes(a, b));
    }
    int d = Shapes.dim(op, dim, a.dim());
    if (a.dim() == 0 || a.size(d) != 3 || b.size(d) != 3) {
      throw new ShapeException(
          op + ": dimension " + dim + " has to be of size 3 in " + shapes(a, b));
    }
    List<Tensor> common = Grids.broadcastTensors(a, b);
    Tensor p = common.get(0);
    Tensor q = common.get(1);
    return p.roll(-1, d).mul(q.roll(-2, d)).sub(p.roll(-2, d).mul(q.roll(-1, d)));
  }

  /** The first dimension of size 3, which is where PyTorch's torch.cross looks. */
  static Tensor cross(Tensor a, Tensor b) {
    for (int d = 0; d < a.dim(); d++) {
      if (a.size(d) == 3) {
        return cross("cross", a, b, d);
      }
    }
    throw new ShapeException("cross: no dimension is of size 3 in " + shapes(a, b));
  }

  static Tensor blockProduct(Tensor a, Tensor b) {
    if (a.dim() != 3 || b.dim() != 3) {
      throw new ShapeException("addbmm: expects two batches of matrices, got " + shapes(a, b));
    }
    return a.bmm(b).sum(new int[] {0}, false);
  }

  private static String shapes(Tensor a, Tensor b) {
    return Shapes.format(a.layout.shape)
        + " and "
        + Shapes.format(Objects.requireNonNull(b, "other").layout.shape);
  }

  // ---- Einstein's summation -----------------------------------------------------------------

  /**
   * Sums products over the labels that the result does not name. Operands are multiplied from left
   * to right, each pair by one batched matrix product; a label is summed as soon as no later
   * operand has it.
   */
  static Tensor einsum(String equation, Tensor... operands) {
    Einsum e = new Einsum(equation, operands);
    List<Tensor> aligned = new ArrayList<>();
    for (int i = 0; i < operands.length; i++) {
      aligned.add(e.align(i, operands[i]));
    }
    Tensor result = aligned.get(0);
    int rank = e.rank();
    boolean[] summed = new boolean[rank];
    for (int i = 0; i < operands.length; i++) {
      boolean[] now = new boolean[rank];
      for (int d = e.outputs(); d < rank; d++) {
        now[d] = !summed[d];
        for (int later = i + 1; later < operands.length; later++) {
          now[d] &= aligned.get(later).size(d) == 1;
        }
        summed[d] |= now[d];
      }
      result = i == 0 ? sumOver(result, now) : pair(result, aligned.get(i), now);
    }
    int[] shape = Arrays.copyOf(result.layout.shape, e.outputs());
    return result.reshape(shape);
  }

  private static Tensor sumOver(Tensor x, boolean[] dims) {
    Tensor y = x;
    for (int d = 0; d < dims.length; d++) {
      y = dims[d] && y.size(d) != 1 ? y.sum(d, true) : y;
    }
    return y;
  }

  /** The sum of products over some dimensions, which stay with size 1. */
  private static Tensor pair(Tensor a, Tensor b, boolean[] over) {
    int rank = over.length;
    Tensor left = a;
    Tensor right = b;
    List<Integer> batch = new ArrayList<>();
    List<Integer> ofLeft = new ArrayList<>();
    List<Integer> ofRight = new ArrayList<>();
    List<Integer> inner = new ArrayList<>();
    int[] shape = new int[rank];
    for (int d = 0; d < rank; d++) {
      int m = a.size(d);
      int n = b.size(d);
      shape[d] = over[d] ? 1 : m == 1 ? n : m;
      if (over[d] && m != 1 && n != 1) {
        inner.add(d);
      } else if (over[d]) {
        left = m != 1 ? left.sum(d, true) : left;
        right = n != 1 ? right.sum(d, true) : right;
      } else if (m != 1 && n != 1) {
        batch.add(d);
      } else if (n != 1) {
        ofRight.add(d);
      } else {
        ofLeft.add(d);
      }
    }
    List<Integer> rest = new ArrayList<>();
    for (int d = 0; d < rank; d++) {
      if (over[d] && !inner.contains(d)) {
        rest.add(d);
      }
    }
    int batches = size(a, batch);
    int rows = size(a, ofLeft);
    int columns = size(b, ofRight);
    int depth = size(a, inner);
    Tensor p =
        left.permute(join(batch, ofLeft, inner, ofRight, rest)).reshape(batches, rows, depth);
    Tensor q =
        right.permute(join(batch, inner, ofRight, ofLeft, rest)).reshape(batches, depth, columns);
    int[] order = join(batch, ofLeft, ofRight, inner, rest);
    int[] product = new int[rank];
    for (int i = 0; i < rank; i++) {
      product[i] = shape[order[i]];
    }
    return p.bmm(q).reshape(product).permute(inverse(order));
  }

  private static int size(Tensor x, List<Integer> dims) {
    int n = 1;
    for (int d : dims) {
      n *= x.size(d);
    }
    return n;
  }

  @SafeVarargs
  private static int[] join(List<Integer>... lists) {
    List<Integer> all = new ArrayList<>();
    for (List<Integer> list : lists) {
      all.addAll(list);
    }
    return all.stream().mapToInt(Integer::intValue).toArray();
  }

  private static int[] inverse(int[] order) {
    int[] result = new int[order.length];
    for (int i = 0; i < order.length; i++) {
      result[order[i]] = i;
    }
    return result;
  }

  /** The Kronecker product: every element of a times all of b. */
  static Tensor kron(Tensor a, Tensor b) {
    int rank = Math.max(a.dim(), Objects.requireNonNull(b, "other").dim());
    int[] outer = new int[2 * rank];
    int[] inner = new int[2 * rank];
    int[] shape = new int[rank];
    for (int i = 0; i < rank; i++) {
      int m = i < rank - a.dim() ? 1 : a.layout.shape[i - (rank - a.dim())];
      int n = i < rank - b.dim() ? 1 : b.layout.shape[i - (rank - b.dim())];
      outer[2 * i] = m;
      outer[2 * i + 1] = 1;
      inner[2 * i] = 1;
      inner[2 * i + 1] = n;
      shape[i] = Shapes.checked("kron", "the size of dimension " + i, (long) m * n);
    }
    return a.reshape(outer).mul(b.reshape(inner)).reshape(shape);
  }
}
