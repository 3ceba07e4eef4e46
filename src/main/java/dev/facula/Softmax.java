package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;

/** softmax and logSoftmax along one dimension, with fused derivatives. */
final class Softmax {
  /** Elements of one index of the dimension from which on rows are processed together. */
  private static final int WIDE = 16;

  private Softmax() {}

  static Tensor softmax(Tensor x, int dim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> softmax(t, dim));
    }
    Tensor y = forward("softmax", x, dim, false);
    return Graph.wanted(x)
        ? Graph.record(
            y, "softmax", x, Graph.tensors(y), (c, g) -> softmaxBackward(g, c.saved(0), dim))
        : y;
  }

  /**
   * softmax over the last dimension, and zeros where all of it is -inf: a row in which nothing is
   * allowed attends to nothing, and its gradient is zero.
   */
  static Tensor ofOpenRows(Tensor x) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> ofOpenRows(t));
    }
    Tensor y = forward("softmax", x, -1, false);
    close(x.detach(), y);
    return Graph.wanted(x)
        ? Graph.record(
            y, "softmax", x, Graph.tensors(y), (c, g) -> softmaxBackward(g, c.saved(0), -1))
        : y;
  }

  /** Zeros in the rows of y that softmax made of nothing but -inf; such rows are NaN at first. */
  private static void close(Tensor x, Tensor y) {
    if (y.numel() > 0 && anyNaN(y, y.size(-1))) {
      Tensor closed = x.amax(new int[] {-1}, true).eq(Double.NEGATIVE_INFINITY);
      y.maskedFill_(closed, 0);
    }
  }

  /** Whether a row begins with NaN: one NaN makes the whole row so. */
  private static boolean anyNaN(Tensor y, int n) {
    for (int i = y.layout.offset, end = i + y.numel(); i < end; i += n) {
      if (Double.isNaN(y.storage.getDouble(i))) {
        return true;
      }
    }
    return false;
  }

  static Tensor logSoftmax(Tensor x, int dim) {
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> logSoftmax(t, dim));
    }
    Tensor y = forward("logSoftmax", x, dim, true);
    return Graph.wanted(x)
        ? Graph.record(
            y, "logSoftmax", x, Graph.tensors(y), (c, g) -> logSoftmaxBackward(g, c.saved(0), dim))
        : y;
  }

  private static Tensor softmaxBackward(Tensor g, Tensor y, int dim) {
    if (Graph.wanted(g, y) || wide(y, dim)) {
      return y.mul(g.sub(g.mul(y).sum(dim, true)));
    }
    return backward(g, y, dim, false);
  }

  private static Tensor logSoftmaxBackward(Tensor g, Tensor y, int dim) {
    if (Graph.wanted(g, y) || wide(y, dim)) {
      return g.sub(y.exp().mul(g.sum(dim, true)));
    }
    return backward(g, y, dim, true);
  }

  /** The operand with the dimension last, adjacent and outside of the graph. */
  private static Tensor rows(Tensor x, int dim) {
    Tensor raw = x.detach();
    return (x.dim() == 0 ? raw.reshape(1) : raw.transpose(dim, -1)).contiguous();
  }

  private static Tensor restored(Tensor y, Tensor x, int dim) {
    if (x.dim() == 0) {
      return y.reshape().detach();
    }
    return dim == x.dim() - 1 ? y : y.transpose(dim, -1).contiguous().detach();
  }

  private static Tensor forward(String op, Tensor x, int d, boolean log) {
    int dim = Shapes.dim(op, d, x.dim());
    Promotion.requireFloating(op, x);
    boolean before = Graph.setRecording(false);
    try {
      if (wide(x, dim)) {
        return sideBySide(x.detach().contiguous(), dim, log);
      }
      Tensor a = rows(x, dim);
      Tensor y = Tensor.empty(a.dtype(), a.layout.shape);
      int n = a.size(-1);
      Parallel.parallelFor(
          count(a, n),
          Parallel.FUNCTION * n,
          (at, end) -> {
            int from = a.layout.offset + at * n;
            Object p = a.storage.array();
            Object q = y.storage.array();
            if (log) {
              Types.floating(a.dtype()).softmax().logSoftmaxRows(p, from, end - at, n, q, at * n);
            } else {
              Types.floating(a.dtype()).softmax().softmaxRows(p, from, end - at, n, q, at * n);
            }
          });
      return restored(y, x, dim);
    } finally {
      Graph.setRecording(before);
    }
  }

  private static boolean wide(Tensor x, int d) {
    int inner = 1;
    for (int i = Shapes.dim("softmax", d, x.dim()) + 1; i < x.dim(); i++) {
      inner *= x.size(i);
    }
    return inner >= WIDE && x.numel() > 0;
  }

  /** All rows at once: whole tensors are read more often, but without moving the dimension. */
  private static Tensor sideBySide(Tensor x, int dim, boolean log) {
    int[] over = {dim};
    Tensor y = x.sub(x.amax(over, true));
    Tensor shares = log ? y.exp() : y.exp_();
    Tensor sum = shares.sum(over, true);
    if (!log) {
      return y.div_(sum);
    }
    shares.release();
    return y.sub_(sum.log());
  }

  private static Tensor backward(Tensor gradient, Tensor output, int d, boolean log) {
    int dim = Shapes.dim("softmax", d, output.dim());
    boolean before = Graph.setRecording(false);
    try {
      Tensor g = rows(gradient, dim);
      Tensor y = rows(output, dim);
      Tensor dx = Tensor.empty(y.dtype(), y.layout.shape);
      int n = y.size(-1);
      Parallel.parallelFor(
          count(y, n),
          Parallel.FUNCTION * n,
          (at, end) -> {
            int go = g.layout.offset + at * n;
            int yo = y.layout.offset + at * n;
            Object p = g.storage.array();
            Object q = y.storage.array();
            Object r = dx.storage.array();
            if (log) {
              Types.floating(y.dtype())
                  .softmax()
                  .logSoftmaxRowsBackward(p, go, q, yo, end - at, n, r, at * n);
            } else {
              Types.floating(y.dtype())
                  .softmax()
                  .softmaxRowsBackward(p, go, q, yo, end - at, n, r, at * n);
            }
          });
      return restored(dx, output, dim);
    } finally {
      Graph.setRecording(before);
    }
  }

  private static int count(Tensor x, int n) {
    return n == 0 ? 0 : x.numel() / n;
  }
}
