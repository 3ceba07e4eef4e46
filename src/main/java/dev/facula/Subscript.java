package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Indexing as in PyTorch. Numbers, slices and new axes are views. Index tensors are then broadcast
 * with each other; the dimensions they name are replaced by those of the broadcast shape, in place
 * if they stand side by side, else in front. A mask counts as one index vector a dimension.
 */
final class Subscript {
  /** The view with what is indexed by tensors in the order before, indexed, after. */
  private final Tensor view;

  /** The places in that view, row-major; null if there are no index tensors. */
  private final int @Nullable [] at;

  private final int[] shape;

  /** The memory order of what is read at these places. */
  private final @Nullable Layout order;

  private Subscript(Tensor view, int @Nullable [] at, int[] shape, @Nullable Layout order) {
    this.view = view;
    this.at = at;
    this.shape = shape;
    this.order = order;
  }

  static Tensor get(Tensor x, @Nullable Object[] indices) {
    Objects.requireNonNull(indices, "indices");
    Subscript s = of("get", x, indices);
    if (s.at == null || s.order == null) {
      return s.view;
    }
    Tensor y = Positions.take("get", s.view, s.at, s.shape);
    return s.order.contiguous ? y : y.arranged(s.order);
  }

  static void set(Tensor x, @Nullable Object[] indices, @Nullable Object value) {
    Subscript s = of("setAt_", x, indices);
    s.checkApart("setAt_", indices);
    Tensor source;
    if (value instanceof Tensor t) {
      source = t;
    } else if (value instanceof Number n) {
      source = Tensor.full(x.dtype(), n);
    } else if (value instanceof Boolean b) {
      source = Tensor.full(x.dtype(), b ? 1 : 0);
    } else {
      throw new IllegalArgumentException(
          "setAt_: the value, which comes last, must be a tensor, a number or a boolean, was "
              + value);
    }
    s.write("setAt_", source, false);
  }

  /** Tells of a write; see {@link Operations}. */
  static Tensor passed(Tensor x, @Nullable Object[] indices, @Nullable Object value) {
    return value instanceof Tensor t
        ? Operations.changed("setAt_ indices", x, x, tensors(indices), t, indices)
        : Operations.changed("setAt_ indices value", x, x, tensors(indices), indices, value);
  }

  /** The tensors among the indices. */
  static List<Tensor> tensors(@Nullable Object[] indices) {
    List<Tensor> result = new ArrayList<>();
    for (Object index : indices) {
      if (index instanceof Tensor t) {
        result.add(t);
      }
    }
    return result;
  }

  /** As get with tensors alone; null stands for a whole dimension. */
  static void put(Tensor x, @Nullable Tensor[] indices, Tensor values, boolean accumulate) {
    if (values.dtype() != x.dtype()) {
      throw new DTypeException(
          "indexPut: values of type %s for a tensor of type %s; convert them with to(%s)"
              .formatted(values.dtype(), x.dtype(), x.dtype()));
    }
    @Nullable Object[] parts = new Object[indices.length];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = indices[i] == null ? Index.ALL : indices[i];
    }
    Subscript s = of("indexPut", x, parts);
    s.checkApart("indexPut", parts);
    s.write("indexPut", values, accumulate);
  }

  /** Refuses indices in the memory that is written to. */
  private void checkApart(String op, @Nullable Object[] indices) {
    for (Object index : indices) {
      if (index instanceof Tensor t) {
        view.checkApart(op, t);
      }
    }
  }

  private void write(String op, Tensor source, boolean accumulate) {
    // as in PyTorch, leading dimensions of size 1 do not count
    Tensor value = source;
    while (value.dim() > shape.length && value.size(0) == 1) {
      value = value.squeeze(0);
    }
    int[] all = Shapes.broadcast(op, value.layout.shape, shape);
    if (!Arrays.equals(all, shape)) {
      throw Shapes.error(
          "%s: a value of shape %s does not broadcast to the indexed shape %s",
          op, source.layout.shape, shape);
    }
    Tensor spread = value.to(view.dtype()).expand(shape);
    if (at == null) {
      view.copy_(spread);
      return;
    }
    view.checkApart(op, source);
    Tensor once = view.once(op);
    int[] places = once == view ? at : folded(view.layout, at);
    once.assign(
        op,
        accumulate
            ? Positions.add(op, once, places, spread)
            : Positions.put(op, once, places, spread));
  }

  /** Row-major places of a layout, counted where each dimension that repeats has one index. */
  private static int[] folded(Layout layout, int[] at) {
    int[] steps = new int[layout.rank()];
    int step = 1;
    for (int d = steps.length - 1; d >= 0; d--) {
      steps[d] = layout.repeats(d) ? 0 : step;
      step *= layout.repeats(d) ? 1 : layout.shape[d];
    }
    int[] result = new int[at.length];
    for (int i = 0; i < at.length; i++) {
      for (int d = steps.length - 1, rest = at[i]; d >= 0; rest /= layout.shape[d--]) {
        result[i] += rest % layout.shape[d] * steps[d];
      }
    }
    return result;
  }

  private static Subscript of(String op, Tensor x, @Nullable Object[] indices) {
    Objects.requireNonNull(indices, "indices");
    int used = 0;
    int dots = 0;
    for (Object index : indices) {
      if (index == Index.ELLIPSIS) {
        dots++;
      } else if (index instanceof Tensor t) {
        used += isMask(t) ? t.dim() : 1;
      } else if (index instanceof boolean[]
          || index != null && index != Index.NEW_AXIS && !(index instanceof Boolean)) {
        used++;
      }
    }
    if (dots > 1) {
      throw new IllegalArgumentException(op + ": only one ellipsis is allowed in an index");
    }
    if (used > x.dim()) {
      throw Shapes.error(
          "%s: %s indices are too many for a tensor of shape %s", op, used, x.layout.shape);
    }
    Tensor view = x;
    int dim = 0;
    List<@Nullable Tensor> tensors = new ArrayList<>();
    for (Object index : indices) {
      if (index == null || index == Index.NEW_AXIS) {
        view = view.unsqueeze(dim++);
        tensors.add(null);
      } else if (index == Index.ELLIPSIS) {
        for (int i = used; i < x.dim(); i++) {
          dim++;
          tensors.add(null);
        }
      } else if (index instanceof Index part) {
        view = part.apply(view, dim++);
        tensors.add(null);
      } else if (index instanceof Integer || index instanceof Long) {
        view = selected(op, view, dim, ((Number) index).longValue());
      } else if (index instanceof Boolean b) {
        view = view.unsqueeze(dim++);
        tensors.add(b ? Tensor.zeros(DType.INT64, 1) : Tensor.zeros(DType.INT64, 0));
      } else {
        Tensor t = tensor(op, index);
        if (t.dim() == 0 && t.dtype() == DType.BOOL) {
          view = view.unsqueeze(dim++);
          tensors.add(Tensor.zeros(DType.INT64, t.item() != 0 ? 1 : 0));
        } else if (isMask(t)) {
          requireMaskFits(op, view, dim, t);
          tensors.addAll(Masks.coordinates(t));
          dim += t.dim();
        } else if (t.dim() == 0) {
          view = selected(op, view, dim, t.itemLong());
        } else {
          tensors.add(t);
          dim++;
        }
      }
    }
    return located(op, view, tensors);
  }

  private static boolean isMask(Tensor t) {
    return t.dtype() == DType.BOOL || t.dtype() == DType.UINT8;
  }

  private static Tensor tensor(String op, Object index) {
    if (index instanceof Tensor t) {
      if (t.isFloatingPoint()) {
        throw new DTypeException(
            op + ": an index tensor must be of integers or bool, was " + t.dtype());
      }
      return t;
    }
    if (index instanceof int[] a) {
      return Tensor.of(a, a.length);
    }
    if (index instanceof long[] a) {
      return Tensor.of(a, a.length);
    }
    if (index instanceof boolean[] a) {
      return Tensor.of(a, a.length);
    }
    throw new IllegalArgumentException(
        op
            + ": an index must be a whole number, an Index, a boolean, a tensor or an array, was "
            + index);
  }

  private static Tensor selected(String op, Tensor x, int dim, long index) {
    int size = x.size(dim);
    if (index < -size || index >= size) {
      throw Shapes.error(
          "%s: index %s is out of range for dimension %s of size %s in %s",
          op, index, dim, size, x.layout.shape);
    }
    return x.select(dim, (int) index);
  }

  private static void requireMaskFits(String op, Tensor x, int dim, Tensor mask) {
    for (int i = 0; i < mask.dim(); i++) {
      if (mask.size(i) != x.size(dim + i)) {
        throw Shapes.error(
            "%s: the mask's shape %s does not fit %s from dimension %s on (%s != %s)",
            op, mask.layout.shape, x.layout.shape, dim, mask.size(i), x.size(dim + i));
      }
    }
  }

  /**
   * The memory order of what is read: that of the view where it is not indexed, then the indices.
   */
  private static Layout order(
      String op,
      Tensor view,
      List<@Nullable Tensor> tensors,
      int[] common,
      int before,
      int count,
      int[] shape) {
    int n = Shapes.numel(op, shape);
    int[] strides = new int[shape.length];
    int added = common.length - count;
    for (int d = 0; d < view.dim(); d++) {
      if (d < before || d >= before + count) {
        strides[d < before ? d : d + added] = view.layout.strides[d];
      }
    }
    List<Layout> operands = new ArrayList<>();
    operands.add(new Layout(shape, strides, 0, n));
    for (Tensor t : tensors) {
      if (t != null) {
        int[] own = new int[shape.length];
        System.arraycopy(t.expand(common).layout.strides, 0, own, before, common.length);
        operands.add(new Layout(shape, own, 0, n));
      }
    }
    return MemoryOrder.of(op, shape, operands.toArray(new Layout[0]));
  }

  /** Computes the places that index tensors name; tensors.get(d) belongs to dimension d. */
  private static Subscript located(String op, Tensor x, List<@Nullable Tensor> tensors) {
    int first = -1;
    int last = -1;
    int count = 0;
    int[] common = Shapes.SCALAR;
    for (int d = 0; d < tensors.size(); d++) {
      Tensor t = tensors.get(d);
      if (t != null) {
        first = first < 0 ? d : first;
        last = d;
        count++;
        common = Shapes.broadcast(op, common, t.layout.shape);
      }
    }
    if (count == 0) {
      return new Subscript(x, null, x.layout.shape, null);
    }
    int before = last - first + 1 == count ? first : 0;
    int[] order = new int[x.dim()];
    int next = 0;
    for (int pass = 0; pass < 3; pass++) {
      for (int d = 0; d < order.length; d++) {
        boolean indexed = d < tensors.size() && tensors.get(d) != null;
        int group = indexed ? 1 : d < before ? 0 : 2;
        if (group == pass) {
          order[next++] = d;
        }
      }
    }
    Tensor view = x.permute(order);
    int[] sizes = view.layout.shape;
    int[] steps = Layout.rowMajor(sizes);
    int n = Shapes.numel(op, common);
    int[] places = new int[n];
    for (int k = 0; k < count; k++) {
      int d = order[before + k];
      Tensor t = tensors.get(d);
      if (t != null) {
        int[] chosen = Indexing.indices(op, t.expand(common), sizes[before + k]);
        for (int i = 0; i < n; i++) {
          places[i] += chosen[i] * steps[before + k];
        }
      }
    }
    int[] front = Arrays.copyOf(sizes, before);
    int[] back = Arrays.copyOfRange(sizes, before + count, sizes.length);
    int[] shape = Shapes.concat(Shapes.concat(front, common), back);
    int[] at = new int[Shapes.numel(op, shape)];
    if (at.length == 0) {
      return new Subscript(view, at, shape, order(op, view, tensors, common, before, count, shape));
    }
    int outer = (int) Shapes.product(front);
    int inner = (int) Shapes.product(back);
    int outerStep = before == 0 ? 0 : steps[before - 1];
    int write = 0;
    for (int o = 0; o < outer; o++) {
      for (int place : places) {
        for (int i = 0; i < inner; i++) {
          at[write++] = o * outerStep + place + i;
        }
      }
    }
    return new Subscript(view, at, shape, order(op, view, tensors, common, before, count, shape));
  }
}
