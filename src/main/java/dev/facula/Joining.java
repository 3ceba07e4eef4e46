package dev.facula;

import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Putting tensors together. */
final class Joining {
  private Joining() {}

  static Tensor cat(List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw new ShapeException("cat: expects at least one tensor");
    }
    Tensor[] inputs = tensors.toArray(new Tensor[0]);
    for (Tensor t : inputs) {
      Objects.requireNonNull(t, "tensors");
    }
    DType dtype = Promotion.of(inputs);
    // as in PyTorch, empty vectors join anything
    Tensor model = inputs[0];
    for (Tensor t : inputs) {
      if (t.dim() == 0) {
        throw new ShapeException("cat: tensors without dimensions cannot be joined; use stack");
      }
      if (!skipped(t)) {
        model = t;
        break;
      }
    }
    int d = Shapes.dim("cat", dim, model.dim());
    long sum = 0;
    for (int i = 0; i < inputs.length; i++) {
      if (skipped(inputs[i]) && inputs[i].dim() != model.dim()) {
        continue;
      }
      requireFit(model, inputs[i], i, d);
      sum += inputs[i].layout.shape[d];
    }
    int total = Shapes.checked("cat", "the size of dimension " + d, sum);
    int[] shape = Shapes.with(model.layout.shape, d, total);
    Tensor y =
        channelsLast(tensors)
            ? Tensor.empty(dtype, MemoryOrder.channelsLast("cat", shape))
            : Tensor.empty(dtype, shape);
    int at = 0;
    int[] starts = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      starts[i] = at;
      if (inputs[i].dim() != model.dim()) {
        continue;
      }
      int length = inputs[i].layout.shape[d];
      Copies.copy(inputs[i].layout, inputs[i].storage, y.layout.slice(d, at, length, 1), y.storage);
      at += length;
    }
    if (!Graph.wanted(inputs)) {
      return y;
    }
    boolean[] joined = new boolean[inputs.length];
    int[] lengths = new int[inputs.length];
    DType[] types = new DType[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      joined[i] = inputs[i].dim() == model.dim();
      lengths[i] = joined[i] ? inputs[i].layout.shape[d] : 0;
      types[i] = inputs[i].dtype();
    }
    return Graph.record(
        y,
        "cat",
        inputs,
        Graph.none(),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor[] results = new Tensor[lengths.length];
          for (int i = 0; i < results.length; i++) {
            if (c.needs(i)) {
              results[i] =
                  joined[i]
                      ? g.narrow(d, starts[i], lengths[i]).to(types[i])
                      : Tensor.zeros(types[i], 0);
            }
          }
          return results;
        });
  }

  private static boolean channelsLast(List<Tensor> tensors) {
    int rank = tensors.get(0).dim();
    for (Tensor t : tensors) {
      if (t.dim() != rank || !MemoryOrder.isChannelsLast(t.layout)) {
        return false;
      }
    }
    return true;
  }

  private static boolean skipped(Tensor t) {
    return t.dim() == 1 && t.numel() == 0;
  }

  private static void requireFit(Tensor model, Tensor t, int index, int d) {
    boolean fits = t.dim() == model.dim();
    for (int i = 0; fits && i < t.dim(); i++) {
      fits = i == d || t.layout.shape[i] == model.layout.shape[i];
    }
    if (!fits) {
      throw Shapes.error(
          "cat: tensor %s of shape %s does not fit %s (all sizes but that of dimension %s must be"
              + " equal)",
          index, t.layout.shape, model.layout.shape, d);
    }
  }

  static Tensor stack(List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw new ShapeException("stack: expects at least one tensor");
    }
    Tensor first = Objects.requireNonNull(tensors.get(0), "tensors");
    int d = Shapes.dim("stack", dim, first.dim() + 1);
    List<Tensor> parts = new ArrayList<>(tensors.size());
    for (Tensor t : tensors) {
      if (!Objects.requireNonNull(t, "tensors").layout.sameShape(first.layout)) {
        throw Shapes.error(
            "stack: all shapes must be equal, got %s and %s", first.layout.shape, t.layout.shape);
      }
      parts.add(t.unsqueeze(d));
    }
    if (d < first.dim() && channelsLast(tensors)) {
      int[] shape = Shapes.insert(first.layout.shape, d, tensors.size());
      return cat(tensors, d).view(shape);
    }
    return cat(parts, d);
  }

  static Tensor hstack(List<Tensor> tensors) {
    List<Tensor> all = map(tensors, Arrangement::atLeast1d);
    return join("hstack", all, all.isEmpty() || all.get(0).dim() == 1 ? 0 : 1);
  }

  static Tensor vstack(List<Tensor> tensors) {
    return join("vstack", map(tensors, Arrangement::atLeast2d), 0);
  }

  static Tensor dstack(List<Tensor> tensors) {
    return join("dstack", map(tensors, Arrangement::atLeast3d), 2);
  }

  static Tensor columnStack(List<Tensor> tensors) {
    return join("columnStack", map(tensors, t -> t.dim() <= 1 ? t.reshape(t.numel(), 1) : t), 1);
  }

  private static Tensor join(String op, List<Tensor> tensors, int dim) {
    if (tensors.isEmpty()) {
      throw new ShapeException(op + ": needs at least one tensor");
    }
    try {
      return Tensor.cat(tensors, dim);
    } catch (ShapeException e) {
      throw new ShapeException(op + ": " + e.getMessage());
    }
  }

  static List<Tensor> map(List<Tensor> tensors, UnaryOperator<Tensor> f) {
    return tensors.stream().map(t -> f.apply(Objects.requireNonNull(t, "tensors"))).toList();
  }

  static Tensor blockDiag(Tensor... tensors) {
    List<Tensor> blocks = new ArrayList<>();
    DType dtype =
        tensors.length == 0 ? DType.FLOAT32 : Objects.requireNonNull(tensors[0], "tensors").dtype();
    long width = 0;
    for (Tensor t : tensors) {
      if (Objects.requireNonNull(t, "tensors").dim() > 2) {
        throw new ShapeException(
            "blockDiag: expects at most 2 dimensions, has " + Shapes.format(t.layout.shape));
      }
      blocks.add(Arrangement.atLeast2d(t));
      width += blocks.get(blocks.size() - 1).size(1);
      dtype = DType.promote(dtype, t.dtype());
    }
    int columns = Shapes.checked("blockDiag", "the number of columns", width);
    List<Tensor> rows = new ArrayList<>();
    int before = 0;
    for (Tensor t : blocks) {
      Tensor left = Tensor.zeros(dtype, t.size(0), before);
      before += t.size(1);
      Tensor right = Tensor.zeros(dtype, t.size(0), columns - before);
      rows.add(Tensor.cat(List.of(left, t.to(dtype), right), 1));
    }
    return rows.isEmpty() ? Tensor.zeros(1, 0) : Tensor.cat(rows, 0);
  }
}
