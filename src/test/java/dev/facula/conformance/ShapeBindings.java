package dev.facula.conformance;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Views, rearrangements, joining and splitting. */
final class ShapeBindings {
  private ShapeBindings() {}

  static void addTo(Bindings b) {
    views(b);
    diagonals(b);
    copies(b);
    joins(b);
    splits(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static void views(Bindings b) {
    b.bind("T", a -> x(a).t());
    b.bind("t", a -> x(a).t());
    b.bind("mT", a -> x(a).mT());
    b.bind("as_strided", ShapeBindings::asStrided);
    // the cases reach outside of the recorded view, into a storage that was not recorded
    b.bind("broadcast_to", a -> x(a).broadcastTo(a.varInts(1, "size")));
    b.bind("expand", a -> x(a).expand(a.varInts(1, "size")));
    b.bind("expand_as", a -> x(a).expandAs(a.tensor(1, "other")));
    b.bind("flatten", a -> x(a).flatten(a.integer(1, "start_dim", 0), a.integer(2, "end_dim", -1)));
    b.bind("movedim", a -> x(a).movedim(a.ints(1, "source"), a.ints(2, "destination")));
    b.bind("narrow", a -> x(a).narrow(a.integer(1, "dim"), start(a), a.integer(3, "length")));
    b.bind("permute", a -> x(a).permute(a.varInts(1, "dims")));
    b.bind("ravel", a -> x(a).ravel());
    b.bind("reshape", a -> x(a).reshape(a.varInts(1, "shape")));
    b.bind("reshape_as", a -> x(a).reshapeAs(a.tensor(1, "other")));
    b.bind("select", a -> x(a).select(a.integer(1, "dim"), a.integer(2, "index")));
    b.bind("slice", a -> x(a).slice(a.integer(1, "dim", 0), 0, Integer.MAX_VALUE, 1));
    b.bind("squeeze", a -> a.has(1, "dim") ? x(a).squeeze(a.ints(1, "dim")) : x(a).squeeze());
    b.bind("transpose", a -> x(a).transpose(a.integer(1, "dim0"), a.integer(2, "dim1")));
    b.bind("unflatten", a -> x(a).unflatten(a.integer(1, "dim"), a.ints(2, "sizes")));
    b.bind(
        "unfold",
        a -> x(a).unfold(a.integer(1, "dimension"), a.integer(2, "size"), a.integer(3, "step")));
    b.bind("unsqueeze", a -> x(a).unsqueeze(a.integer(1, "dim")));
    b.bind("view", a -> x(a).view(a.varInts(1, "size")));
    b.bind("view_as", a -> x(a).viewAs(a.tensor(1, "other")));
  }

  private static int start(Arguments a) {
    if (!(a.value(2, "start") instanceof Tensor t)) {
      return a.integer(2, "start");
    }
    if (t.dim() != 0 || !t.dtype().isInteger()) {
      throw new Arguments.InexpressibleException("start is no single integer");
    }
    return (int) t.itemLong();
  }

  private static Tensor asStrided(Arguments a) {
    return x(a).asStrided(
            a.ints(1, "size"), a.ints(2, "stride"), a.integer(3, "storage_offset", 0));
  }

  private static void diagonals(Bindings b) {
    b.bind("diag", a -> x(a).diag(a.integer(1, "diagonal", 0)));
    b.bind(
        "diag_embed",
        a ->
            x(a).diagEmbed(
                    a.integer(1, "offset", 0), a.integer(2, "dim1", -2), a.integer(3, "dim2", -1)));
    b.bind("diagflat", a -> x(a).diagflat(a.integer(1, "offset", 0)));
    b.bind(
        "diagonal",
        a ->
            x(a).diagonal(
                    a.integer(1, "offset", 0), a.integer(2, "dim1", 0), a.integer(3, "dim2", 1)));
    b.bind(
        "linalg.diagonal",
        a ->
            x(a).diagonal(
                    a.integer(-1, "offset", 0),
                    a.integer(-1, "dim1", -2),
                    a.integer(-1, "dim2", -1)));
    b.bind(
        "diagonal_scatter",
        a ->
            x(a).diagonalScatter(
                    a.tensor(1, "src"),
                    a.integer(2, "offset", 0),
                    a.integer(3, "dim1", 0),
                    a.integer(4, "dim2", 1)));
    b.bind(
        "select_scatter",
        a -> x(a).selectScatter(a.tensor(1, "src"), a.integer(2, "dim"), a.integer(3, "index")));
    b.bind("tril", a -> x(a).tril(a.integer(1, "diagonal", 0)));
    b.bind("triu", a -> x(a).triu(a.integer(1, "diagonal", 0)));
  }

  private static void copies(Bindings b) {
    b.bind("atleast_1d", a -> each(a, Tensor::atleast1d));
    b.bind("atleast_2d", a -> each(a, Tensor::atleast2d));
    b.bind("atleast_3d", a -> each(a, Tensor::atleast3d));
    b.bind("flip", a -> x(a).flip(a.ints(1, "dims")));
    b.bind("fliplr", a -> x(a).fliplr());
    b.bind("flipud", a -> x(a).flipud());
    b.bind("repeat", a -> x(a).repeat(a.varInts(1, "repeats")));
    b.bind("repeat_interleave", ShapeBindings::repeatInterleave);
    b.bind("roll", a -> x(a).roll(a.ints(1, "shifts"), a.ints(2, "dims", new int[0])));
    b.bind("rot90", a -> x(a).rot90(a.integer(1, "k", 1), a.ints(2, "dims", 0, 1)));
    b.bind("tile", a -> x(a).tile(a.varInts(1, "dims")));
    b.bind("broadcast_tensors", a -> Tensor.broadcastTensors(array(a.varTensors(0, "tensors"))));
    b.bind("meshgrid", ShapeBindings::meshgrid);
    b.bind("cartesian_prod", a -> Tensor.cartesianProd(array(a.varTensors(0, "tensors"))));
    b.bind(
        "combinations",
        a -> x(a).combinations(a.integer(1, "r", 2), a.flag(2, "with_replacement", false)));
  }

  /** One tensor, or every one of a list. */
  private static Object each(Arguments a, UnaryOperator<Tensor> op) {
    return a.value(0, "input") instanceof List
        ? a.tensors(0, "input").stream().map(op).toList()
        : op.apply(x(a));
  }

  private static Tensor repeatInterleave(Arguments a) {
    Tensor x = x(a);
    a.integer(-1, "output_size", 0);
    if (a.value(1, "repeats") instanceof Tensor repeats) {
      return x.repeatInterleave(repeats, a.integer(2, "dim"));
    }
    int repeats = a.integer(1, "repeats");
    return a.has(2, "dim")
        ? x.repeatInterleave(repeats, a.integer(2, "dim"))
        : x.repeatInterleave(repeats);
  }

  private static List<Tensor> meshgrid(Arguments a) {
    return Tensor.meshgrid(a.string(-1, "indexing", "ij"), array(a.varTensors(0, "tensors")));
  }

  static Tensor[] array(List<Tensor> tensors) {
    return tensors.toArray(new Tensor[0]);
  }

  private static void joins(Bindings b) {
    b.bind("block_diag", a -> Tensor.blockDiag(array(a.varTensors(0, "tensors"))));
    b.bind("cat", a -> Tensor.cat(a.tensors(0, "tensors"), a.integer(1, "dim", 0)));
    b.bind("stack", a -> Tensor.stack(a.tensors(0, "tensors"), a.integer(1, "dim", 0)));
    b.bind("column_stack", a -> Tensor.columnStack(a.tensors(0, "tensors")));
    b.bind("dstack", a -> Tensor.dstack(a.tensors(0, "tensors")));
    b.bind("hstack", a -> Tensor.hstack(a.tensors(0, "tensors")));
    b.bind("vstack", a -> Tensor.vstack(a.tensors(0, "tensors")));
  }

  private static void splits(Bindings b) {
    b.bind("chunk", a -> x(a).chunk(a.integer(1, "chunks"), a.integer(2, "dim", 0)));
    b.bind("unsafe_chunk", a -> x(a).chunk(a.integer(1, "chunks"), a.integer(2, "dim", 0)));
    b.bind("split", ShapeBindings::split);
    b.bind("unsafe_split", ShapeBindings::split);
    b.bind("split_with_sizes", a -> x(a).split(a.ints(1, "split_sizes"), a.integer(2, "dim", 0)));
    b.bind("tensor_split", ShapeBindings::tensorSplit);
    b.bind("dsplit", a -> parts(a) ? x(a).dsplit(indices(a)) : x(a).dsplit(sections(a)));
    b.bind("hsplit", a -> parts(a) ? x(a).hsplit(indices(a)) : x(a).hsplit(sections(a)));
    b.bind("vsplit", a -> parts(a) ? x(a).vsplit(indices(a)) : x(a).vsplit(sections(a)));
    b.bind("unbind", a -> x(a).unbind(a.integer(1, "dim", 0)));
  }

  private static List<Tensor> split(Arguments a) {
    int dim = a.integer(2, "dim", 0);
    return a.value(1, "split_size") instanceof List
        ? x(a).split(a.ints(1, "split_size"), dim)
        : x(a).split(a.integer(1, "split_size"), dim);
  }

  private static boolean parts(Arguments a) {
    return a.value(1, "indices_or_sections") instanceof List;
  }

  private static int[] indices(Arguments a) {
    return a.ints(1, "indices_or_sections");
  }

  private static int sections(Arguments a) {
    return a.integer(1, "indices_or_sections");
  }

  private static List<Tensor> tensorSplit(Arguments a) {
    int dim = a.integer(2, "dim", 0);
    if (a.value(1, "indices_or_sections") instanceof Tensor t) {
      long[] values = t.toLongArray();
      return t.dim() == 0
          ? x(a).tensorSplit((int) values[0], dim)
          : x(a).tensorSplit(Arrays.stream(values).mapToInt(v -> (int) v).toArray(), dim);
    }
    return parts(a) ? x(a).tensorSplit(indices(a), dim) : x(a).tensorSplit(sections(a), dim);
  }
}
