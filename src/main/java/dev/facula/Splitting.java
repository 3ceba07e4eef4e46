package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Cutting a tensor into parts along a dimension; each part is a view. */
final class Splitting {
  private Splitting() {}

  static List<Tensor> split(Tensor x, int size, int dim) {
    Arrangement.requireRank("split", x, 1);
    int d = Shapes.dim("split", dim, x.dim());
    int n = x.size(d);
    if (size < 0 || size == 0 && n > 0) {
      throw new ShapeException("split: size " + size + " for dimension " + d + " of size " + n);
    }
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    do {
      int length = Math.min(size, n - at);
      parts.add(x.narrow(d, at, length));
      at += length;
    } while (at < n);
    return joined(x, "split", parts, gradients -> Tensor.cat(gradients, d));
  }

  static List<Tensor> split(Tensor x, int[] sizes, int dim) {
    Arrangement.requireRank("split", x, 1);
    int d = Shapes.dim("split", dim, x.dim());
    long total = 0;
    for (int size : Objects.requireNonNull(sizes, "sizes")) {
      if (size < 0) {
        throw new ShapeException("split: negative size in " + Shapes.format(sizes));
      }
      total += size;
    }
    if (total != x.size(d)) {
      throw Shapes.error(
          "split: the sizes %s do not add up to dimension %s of %s (%s != %s)",
          sizes, d, x.layout.shape, total, x.size(d));
    }
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int size : sizes) {
      parts.add(x.narrow(d, at, size));
      at += size;
    }
    return joined(x, "split", parts, gradients -> Tensor.cat(gradients, d));
  }

  /**
   * Makes the parts of x the outputs of one node, so that their gradients are put together once
   * instead of each being added to zeros of x's size.
   */
  private static List<Tensor> joined(
      Tensor x, String op, List<Tensor> parts, Function<List<Tensor>, Tensor> join) {
    if (parts.size() < 2 || !Graph.wanted(x)) {
      return parts;
    }
    List<int[]> shapes = parts.stream().map(part -> part.layout.shape).toList();
    DType dtype = x.dtype();
    Graph.record(
        parts.toArray(new Tensor[0]),
        op,
        Graph.tensors(x),
        Graph.none(),
        (c, gs) -> {
          List<Tensor> gradients = new ArrayList<>();
          for (int i = 0; i < gs.length; i++) {
            Tensor g = gs[i];
            gradients.add(g == null ? Tensor.zeros(dtype, shapes.get(i)) : g);
          }
          return new Tensor[] {join.apply(gradients)};
        });
    return parts;
  }

  static List<Tensor> chunk(Tensor x, int chunks, int dim) {
    Arrangement.requireRank("chunk", x, 1);
    if (chunks < 1) {
      throw new ShapeException("chunk: the number of chunks has to be positive, is " + chunks);
    }
    int d = Shapes.dim("chunk", dim, x.dim());
    int n = x.size(d);
    if (n == 0) {
      return split(x, new int[chunks], d);
    }
    return split(x, (n - 1) / chunks + 1, d);
  }

  static List<Tensor> unbind(Tensor x, int dim) {
    Arrangement.requireRank("unbind", x, 1);
    int d = Shapes.dim("unbind", dim, x.dim());
    List<Tensor> parts = new ArrayList<>();
    for (int i = 0; i < x.size(d); i++) {
      parts.add(x.select(d, i));
    }
    return joined(x, "unbind", parts, gradients -> Tensor.stack(gradients, d));
  }

  /** As equal parts as possible; the first ones are one larger where it does not come out. */
  static List<Tensor> tensorSplit(Tensor x, int sections, int dim) {
    Arrangement.requireRank("tensorSplit", x, 1);
    if (sections < 1) {
      throw new ShapeException(
          "tensorSplit: the number of sections has to be positive, is " + sections);
    }
    int d = Shapes.dim("tensorSplit", dim, x.dim());
    int n = x.size(d);
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < sections; i++) {
      int size = n / sections + (i < n % sections ? 1 : 0);
      parts.add(x.narrow(d, at, size));
      at += size;
    }
    return joined(x, "split", parts, gradients -> Tensor.cat(gradients, d));
  }

  static List<Tensor> tensorSplit(Tensor x, int[] indices, int dim) {
    Arrangement.requireRank("tensorSplit", x, 1);
    int d = Shapes.dim("tensorSplit", dim, x.dim());
    List<Tensor> parts = new ArrayList<>();
    int at = 0;
    for (int end : Objects.requireNonNull(indices, "indices")) {
      parts.add(x.slice(d, at, end, 1));
      at = end;
    }
    parts.add(x.slice(d, at, x.size(d), 1));
    return parts;
  }

  /** Equal parts along a dimension, as many as sections; hsplit, vsplit and dsplit. */
  static List<Tensor> evenSplit(String op, Tensor x, int sections, int rank, int dim) {
    Arrangement.requireRank(op, x, rank);
    if (sections < 1 || x.size(dim) % sections != 0) {
      throw Shapes.error(
          "%s: dimension %s of size %s cannot be split into %s equal parts",
          op, dim, x.size(dim), sections);
    }
    return tensorSplit(x, sections, dim);
  }

  static List<Tensor> splitAt(String op, Tensor x, int[] indices, int rank, int dim) {
    Arrangement.requireRank(op, x, rank);
    return tensorSplit(x, indices, dim);
  }
}
