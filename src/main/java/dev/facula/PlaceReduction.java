package dev.facula;

import dev.facula.internal.array.Storage;
import java.util.Objects;

/** Elements combined at computed places by a sum, product, mean or extreme. */
final class PlaceReduction {
  private PlaceReduction() {}

  /**
   * A copy of x in which each place that is named in at combines the elements sent there.
   *
   * @param includeSelf whether the element of x at such a place takes part
   */
  static Tensor apply(
      String op, Tensor x, int[] at, Tensor source, String reduce, boolean includeSelf) {
    return switch (Objects.requireNonNull(reduce, "reduce")) {
      case "sum" -> sum(op, x, at, source, includeSelf);
      case "mean" -> mean(op, x, at, source, includeSelf);
      case "prod" -> recorded(op, x, at, source, reduce, includeSelf);
      case "amax", "amin" -> recorded(op, x, at, source, reduce, includeSelf);
      default ->
          throw new IllegalArgumentException(
              op + ": reduce must be sum, prod, mean, amax or amin, got " + reduce);
    };
  }

  private static Tensor cleared(String op, Tensor x, int[] at, Number value) {
    return Positions.put(op, x, at, Tensor.full(x.dtype(), value, at.length));
  }

  private static Tensor sum(String op, Tensor x, int[] at, Tensor source, boolean includeSelf) {
    return Positions.add(op, includeSelf ? x : cleared(op, x, at, 0), at, source);
  }

  private static Tensor mean(String op, Tensor x, int[] at, Tensor source, boolean includeSelf) {
    Tensor ones = Tensor.ones(x.dtype(), at.length);
    Tensor start = includeSelf ? Tensor.onesLike(x) : Tensor.zerosLike(x);
    Tensor counts = Positions.add(op, start, at, ones).clamp(1, null);
    Tensor total = sum(op, x, at, source, includeSelf);
    return x.isFloatingPoint() ? total.div(counts) : total.floorDivide(counts);
  }

  private static Tensor recorded(
      String op, Tensor x, int[] at, Tensor source, String reduce, boolean includeSelf) {
    Tensor y = value(x, at, source, reduce, includeSelf);
    if (!Graph.wanted(x, source)) {
      return y;
    }
    boolean product = reduce.equals("prod");
    return Graph.record(
        y,
        op,
        Graph.tensors(x, source),
        Graph.tensors(x, source, y),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor[] result =
              product
                  ? productGradient(op, g, c.saved(0), at, c.saved(1), c.saved(2), includeSelf)
                  : extremeGradient(op, g, c.saved(0), at, c.saved(1), c.saved(2));
          if (!includeSelf) {
            result[0] = cleared(op, result[0], at, 0);
          }
          return result;
        });
  }

  private static Tensor value(
      Tensor x, int[] at, Tensor source, String reduce, boolean includeSelf) {
    Tensor y = x.detach().rowMajorCopy();
    boolean[] taken = new boolean[y.numel()];
    if (includeSelf) {
      java.util.Arrays.fill(taken, true);
    }
    Storage target = y.storage;
    Tensor values = source.detach().contiguous();
    int from = values.layout.offset;
    boolean product = reduce.equals("prod");
    boolean largest = reduce.equals("amax");
    for (int i = 0; i < at.length; i++) {
      if (x.isFloatingPoint()) {
        double b = values.storage.getDouble(from + i);
        double a = taken[at[i]] ? target.getDouble(at[i]) : b;
        double both = product ? a * b : largest ? Math.max(a, b) : Math.min(a, b);
        target.setDouble(at[i], taken[at[i]] ? both : b);
      } else {
        long b = values.storage.getLong(from + i);
        long a = taken[at[i]] ? target.getLong(at[i]) : b;
        long both = product ? a * b : largest ? Math.max(a, b) : Math.min(a, b);
        target.setLong(at[i], taken[at[i]] ? both : b);
      }
      taken[at[i]] = true;
    }
    return y;
  }

  /** Where a single factor is 0, its slope is the product of the others, computed apart. */
  private static Tensor[] productGradient(
      String op, Tensor g, Tensor x, int[] at, Tensor source, Tensor y, boolean includeSelf) {
    int[] shape = source.layout.shape;
    Tensor filled = x.maskedFill(x.eq(0), 1);
    Tensor withoutOwn = apply(op, filled, at, source, "prod", includeSelf);
    Tensor byX = g.mul(withoutOwn).div(filled);
    Tensor zero = source.eq(0);
    Tensor zeros =
        Positions.take(
            op, Positions.add(op, Tensor.zerosLike(x), at, zero.to(x.dtype())), at, shape);
    Tensor single = zero.logicalAnd(zeros.eq(1));
    Tensor others = apply(op, x, at, source.maskedFill(single, 1), "prod", includeSelf);
    Tensor bySource =
        Tensor.where(
            single,
            Positions.take(op, g.mul(others), at, shape),
            Positions.take(op, g.mul(y), at, shape).div(source.maskedFill(zero, 1)));
    return new Tensor[] {byX, bySource};
  }

  /** All elements that equal the extreme share its gradient. */
  private static Tensor[] extremeGradient(
      String op, Tensor g, Tensor x, int[] at, Tensor source, Tensor y) {
    int[] shape = source.layout.shape;
    Tensor own = x.eq(y).to(g.dtype());
    Tensor sent = source.eq(Positions.take(op, y.detach(), at, shape)).to(g.dtype());
    Tensor share = g.div(Positions.add(op, own, at, sent));
    return new Tensor[] {own.mul(share), sent.mul(Positions.take(op, share, at, shape))};
  }
}
