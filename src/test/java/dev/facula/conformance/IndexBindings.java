package dev.facula.conformance;

import dev.facula.Tensor;
import java.util.List;

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
    b.bind("gather", a -> x(a).gather(dim(a), index(a)));
    b.bind("index_select", a -> x(a).indexSelect(dim(a), index(a)));
    b.bind("take", a -> x(a).take(a.tensor(1, "index")));
    b.bind(
        "take_along_dim",
        a ->
            a.has(2, "dim")
                ? x(a).takeAlongDim(a.tensor(1, "indices"), a.integer(2, "dim"))
                : x(a).takeAlongDim(a.tensor(1, "indices")));
    b.bind("argwhere", a -> x(a).argwhere());
    b.bind("nonzero", a -> a.flag(-1, "as_tuple", false) ? x(a).nonzeroAsTuple() : x(a).nonzero());
    b.bind("nn.functional.one_hot", a -> x(a).oneHot(a.integer(1, "num_classes", -1)));
    b.bind("unravel_index", a -> x(a).unravelIndex(a.longs(1, "shape")));
  }

  private static void writes(Bindings b) {
    b.bind("scatter", IndexBindings::scatter);
    b.sums("scatter_add", a -> x(a).scatterAdd(dim(a), index(a), a.tensor(3, "src")));
    b.sums(
        "index_add",
        a -> x(a).indexAdd(dim(a), index(a), a.tensor(3, "source"), a.number(4, "alpha", 1L)));
    b.bind("index_copy", a -> x(a).indexCopy(dim(a), index(a), a.tensor(3, "source")));
    b.bind(
        "index_fill",
        a ->
            a.value(3, "value") instanceof Tensor value
                ? x(a).indexFill(dim(a), index(a), value)
                : x(a).indexFill(dim(a), index(a), a.number(3, "value")));
    b.sums(
        "put",
        a -> x(a).put(a.tensor(1, "index"), a.tensor(2, "source"), a.flag(3, "accumulate", false)));
    b.sums("index_put", IndexBindings::indexPut);
  }

  private static Tensor scatter(Arguments a) {
    if (a.value(3, "src") instanceof Tensor source) {
      String reduce = a.string(4, "reduce", "");
      return switch (reduce) {
        case "" -> x(a).scatter(dim(a), index(a), source);
        case "add" -> x(a).scatterAdd(dim(a), index(a), source);
        default -> x(a).scatterReduce(dim(a), index(a), source, "prod", true);
      };
    }
    return x(a).scatter(dim(a), index(a), a.number(3, "value"));
  }

  private static void masks(Bindings b) {
    b.bind(
        "masked_fill",
        a ->
            a.value(2, "value") instanceof Tensor value
                ? x(a).maskedFill(a.tensor(1, "mask"), value)
                : x(a).maskedFill(a.tensor(1, "mask"), a.number(2, "value")));
    b.bind("masked_scatter", a -> x(a).maskedScatter(a.tensor(1, "mask"), a.tensor(2, "source")));
    b.bind("masked_select", a -> x(a).maskedSelect(a.tensor(1, "mask")));
  }

  private static void reductions(Bindings b) {
    b.sums(
        "index_reduce",
        a ->
            x(a).indexReduce(
                    dim(a),
                    index(a),
                    a.tensor(3, "source"),
                    a.string(4, "reduce", ""),
                    a.flag(5, "include_self", true)));
    b.sums(
        "scatter_reduce",
        a ->
            x(a).scatterReduce(
                    dim(a),
                    index(a),
                    a.tensor(3, "src"),
                    a.string(4, "reduce", ""),
                    a.flag(5, "include_self", true)));
  }

  private static Tensor indexPut(Arguments a) {
    List<Tensor> indices = a.tensors(1, "indices");
    return x(a).indexPut(
            indices.toArray(new Tensor[0]), a.tensor(2, "values"), a.flag(3, "accumulate", false));
  }
}
