package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import org.jspecify.annotations.Nullable;

/** Variances, products and logarithms of sums over dimensions. */
final class Moments {
  private Moments() {}

  /** sum((x - mean)²) / max(0, N - correction). */
  static Tensor var(String op, Tensor x, int[] dims, double correction, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> var(op, t, dims, correction, keepdim));
    }
    Promotion.requireFloating(op, x);
    int count = 1;
    for (int d : Shapes.dims(op, dims, x.dim())) {
      count *= d < x.dim() ? x.layout.shape[d] : 1;
    }
    Tensor distances = x.sub(x.mean(dims, true));
    double n = Math.max(0, count - correction);
    if (Graph.wanted(x)) {
      return distances.square().sum(dims, keepdim).div(n);
    }
    UnaryOps.square().compute(distances, distances);
    Tensor sum = distances.sum(dims, keepdim);
    distances.release();
    return sum.div(n);
  }

  /** The square root of the variance; its derivative where it is 0 is taken to be 0. */
  static Tensor std(String op, Tensor x, int[] dims, double correction, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> std(op, t, dims, correction, keepdim));
    }
    return rootOrZero(op, var(op, x, dims, correction, keepdim));
  }

  static Tensor rootOrZero(String op, Tensor x) {
    Tensor y = UnaryOps.sqrt().apply(x.detach());
    return Graph.wanted(x)
        ? Graph.record(
            y,
            op,
            x,
            Graph.tensors(y),
            (c, g) -> {
              Tensor root = c.saved(0);
              return g.div(root.mul(2)).maskedFill(root.eq(0), 0);
            })
        : y;
  }

  static Tensor logsumexp(Tensor x, int[] dims, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> logsumexp(t, dims, keepdim));
    }
    if (!x.isFloatingPoint()) {
      return logsumexp(x.to(DType.FLOAT32), dims, keepdim);
    }
    Tensor raw = x.detach();
    Tensor y;
    if (x.numel() == 0) {
      y = raw.exp().sum(dims, keepdim).log();
    } else {
      Tensor most = raw.amax(dims, true);
      most = most.maskedFill(most.abs().eq(Double.POSITIVE_INFINITY), 0);
      Tensor shares = raw.sub(most).exp_();
      Tensor sum = shares.sum(dims, keepdim);
      shares.release();
      y = sum.log().add(most.reshape(sum.layout.shape));
    }
    if (!Graph.wanted(x)) {
      return y;
    }
    int[] kept = Reductions.kept("logsumexp", x, dims);
    return Graph.record(
        y,
        "logsumexp",
        x,
        Graph.tensors(x, y),
        (c, g) -> {
          Tensor share = c.saved(0).sub(c.saved(1).reshape(kept)).exp();
          return share.mul(g.reshape(kept));
        });
  }

  static Tensor prod(Tensor x) {
    return x.dim() == 1 ? prod(x, 0, false) : prod(x.reshape(-1), 0, false);
  }

  static Tensor prod(Tensor x, int dim, boolean keepdim) {
    if (!x.isFloatingPoint() && x.dtype() != DType.INT64) {
      return prod(x.to(DType.INT64), dim, keepdim);
    }
    if (x.dim() == 0) {
      Shapes.dim("prod", dim, 0);
      return x.clone();
    }
    Rows rows = Rows.of("prod", x, dim);
    int n = rows.n();
    Tensor products = Tensor.empty(x.dtype(), rows.count());
    if (x.isFloatingPoint()) {
      Storage row = Storage.allocate(DType.FLOAT64, n);
      double[] a = row.doubles();
      for (int r = 0; r < rows.count(); r++) {
        Copies.convert(rows.x().storage, rows.x().layout.offset + r * n, row, 0, n);
        products.storage.setDouble(r, product(a));
      }
    } else {
      long[] a = rows.x().toLongArray();
      for (int r = 0; r < rows.count(); r++) {
        long p = 1;
        for (int i = 0; i < n; i++) {
          p *= a[r * n + i];
        }
        products.storage.setLong(r, p);
      }
    }
    Tensor whole = rows.back(products, 1);
    Tensor y = keepdim ? whole : whole.squeeze(dim);
    if (!Graph.wanted(x)) {
      return y;
    }
    int d = rows.dim();
    int[] kept = Shapes.with(x.layout.shape, d, 1);
    return Graph.record(
        y,
        "prod",
        x,
        Graph.tensors(x, y),
        (c, g) -> {
          Tensor input = c.saved(0);
          Tensor spread = g.reshape(kept);
          boolean zeros = input.detach().eq(0).any(new int[0], false).item() != 0;
          return zeros
              ? spread.mul(productOfOthers(input, d))
              : spread.mul(c.saved(1).reshape(kept)).div(input);
        });
  }

  /** Several products at a time, none of which waits for another. */
  private static double product(double[] a) {
    double p = 1;
    double q = 1;
    double r = 1;
    double s = 1;
    int i = 0;
    for (; i < a.length - 3; i += 4) {
      p *= a[i];
      q *= a[i + 1];
      r *= a[i + 2];
      s *= a[i + 3];
    }
    for (; i < a.length; i++) {
      p *= a[i];
    }
    return p * q * (r * s);
  }

  /** For each element the product of all others along dim, without a division. */
  private static Tensor productOfOthers(Tensor x, int dim) {
    int n = x.size(dim);
    Tensor one = Tensor.ones(x.dtype(), Shapes.with(x.layout.shape, dim, 1));
    Tensor before = Tensor.cat(java.util.List.of(one, x.narrow(dim, 0, n - 1)), dim).cumprod(dim);
    Tensor after =
        Tensor.cat(java.util.List.of(one, x.narrow(dim, 1, n - 1).flip(dim)), dim)
            .cumprod(dim)
            .flip(dim);
    return before.mul(after);
  }

  static Tensor all(Tensor x, int[] dims, boolean keepdim) {
    Tensor set = truths(x);
    Tensor count = set.sum(dims, keepdim);
    return truth(x, count.eq(set.numel() / Math.max(count.numel(), 1)));
  }

  static Tensor any(Tensor x, int[] dims, boolean keepdim) {
    return truth(x, truths(x).sum(dims, keepdim).ne(0));
  }

  private static Tensor truths(Tensor x) {
    return x.dtype() == DType.BOOL ? x.detach() : x.ne(0);
  }

  /** As in PyTorch the answer about bytes is a byte. */
  private static Tensor truth(Tensor x, Tensor y) {
    return x.dtype() == DType.UINT8 ? y.to(DType.UINT8) : y;
  }

  static Tensor nansum(Tensor x, int[] dims, boolean keepdim) {
    return x.isFloatingPoint()
        ? x.maskedFill(x.isnan(), 0).sum(dims, keepdim)
        : x.sum(dims, keepdim);
  }

  static Tensor nanmean(Tensor x, int[] dims, boolean keepdim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> nanmean(t, dims, keepdim));
    }
    Promotion.requireFloating("nanmean", x);
    Tensor count = x.isnan().logicalNot().sum(dims, keepdim);
    return nansum(x, dims, keepdim).div(count);
  }

  /** The covariances of the rows of x, whose columns count by their weights. */
  static Tensor cov(Tensor x, CovOptions o) {
    String op = "cov";
    if (x.dim() > 2 || x.dtype() == DType.BOOL) {
      throw Shapes.error(
          "%s: expects numbers of at most two dimensions, got %s of %s",
          op, x.layout.shape, x.dtype());
    }
    Tensor rows = x.dim() < 2 ? x.reshape(1, x.numel()) : x;
    rows = rows.isFloatingPoint() ? rows : rows.to(DType.FLOAT32);
    int n = rows.size(1);
    Tensor f = weights(op, "fweights", o.fweights, n, false);
    Tensor a = weights(op, "aweights", o.aweights, n, true);
    Tensor w = f == null ? a : a == null ? f : f.mul(a);
    if (w != null) {
      return weighted(rows, w, a, o.correction).to(rows.dtype());
    }
    Tensor centered = rows.sub(rows.mean(new int[] {1}, true));
    return centered.matmul(centered.t()).div(Math.max(n - o.correction, 0)).squeeze();
  }

  /** In double precision, since the shares of a weight in its gradient nearly cancel. */
  private static Tensor weighted(Tensor x, Tensor given, @Nullable Tensor a, int correction) {
    Tensor rows = x.to(DType.FLOAT64);
    // weights of single precision stay so beside doubles: PyTorch, too, sums them as they are
    Tensor w = x.dtype() == DType.FLOAT32 ? given.to(DType.FLOAT64) : given;
    Tensor total = w.sum();
    if (rows.size(1) == 0 || total.detach().item() == 0) {
      throw new IllegalArgumentException("cov: the weights must not sum to 0");
    }
    Tensor divisor = total;
    if (correction != 0 && a == null) {
      divisor = total.sub(correction);
    } else if (correction != 0 && a != null) {
      divisor = total.sub(w.mul(a).sum().mul(correction).div(total));
    }
    Tensor centered = rows.sub(rows.mul(w).sum(new int[] {1}, true).div(total));
    Tensor sums = centered.matmul(centered.mul(w).t());
    boolean positive = divisor.detach().item() > 0;
    return sums.div(positive ? divisor : divisor.mul(0)).squeeze();
  }

  private static @Nullable Tensor weights(
      String op, String name, @Nullable Tensor w, int n, boolean floating) {
    if (w == null) {
      return null;
    }
    if (w.dim() > 1 || w.numel() != n) {
      throw Shapes.error(
          "%s: %s must be a vector with one for each of %s observations, got %s",
          op, name, n, w.layout.shape);
    }
    if (w.isFloatingPoint() != floating || w.dtype() == DType.BOOL) {
      throw new DTypeException(
          "%s: %s must be %s, were %s"
              .formatted(op, name, floating ? "of floating point" : "integers", w.dtype()));
    }
    if (n > 0 && w.detach().min().item() < 0) {
      throw new IllegalArgumentException(op + ": " + name + " must not be negative");
    }
    return w;
  }

  static Tensor corrcoef(Tensor x) {
    if (x.dim() > 2) {
      throw Shapes.error("corrcoef: expects at most two dimensions, got %s", x.layout.shape);
    }
    Tensor c = cov(x, new CovOptions());
    if (c.dim() == 0) {
      return c.div(c);
    }
    Tensor deviation = c.diagonal().sqrt();
    return c.div(deviation.unsqueeze(1)).div(deviation.unsqueeze(0)).clamp(-1, 1);
  }
}
