package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import dev.facula.internal.parallel.Parallel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Formulas of several tensor operations, worked out a block of rows after the other: what an
 * operation leaves to the next is still in the caches, and the memory of one block serves the next.
 * Whole tensors would make a new array for each operation, which takes longer than most of them.
 *
 * <p>Where the formula is recorded, or the operands have different shapes, it sees them whole.
 */
final class Blocks {
  /** Elements of a block. */
  private static final int SIZE = 1 << 12;

  private Blocks() {}

  /** Tensor operations whose result has the type and the shape of the first operand. */
  interface Formula {
    Tensor of(Tensor... operands);
  }

  /** A formula in which each element of the result depends on the same elements of the operands. */
  static Tensor elementwise(Formula formula, Tensor... operands) {
    if (!split(operands)) {
      return whole(formula, operands);
    }
    Layout[] layouts = new Layout[operands.length];
    for (int i = 0; i < layouts.length; i++) {
      layouts[i] = operands[i].layout;
    }
    Layout to = MemoryOrder.of("", operands[0].layout.shape, layouts);
    if (to.contiguous) {
      return over(formula, operands, to.numel);
    }
    // In the order of the result, all of them are rows one after the other.
    int[] order = MemoryOrder.fromSlowest(to);
    Tensor[] transposed = new Tensor[operands.length];
    for (int i = 0; i < transposed.length; i++) {
      transposed[i] = new Tensor(operands[i].storage, layouts[i].permute(order));
    }
    return new Tensor(over(formula, transposed, to.numel).storage, to);
  }

  /** A formula in which each row along the last dimension depends on the same rows. */
  static Tensor rows(Formula formula, Tensor... operands) {
    Tensor x = operands[0];
    return x.dim() > 1 && split(operands)
        ? over(formula, operands, x.numel() / x.size(-1), x.size(-1))
        : whole(formula, operands);
  }

  /** The formula at once; as with blocks, its steps are no operations of their own. */
  static Tensor whole(Formula formula, Tensor... operands) {
    if (!Operations.watched()) {
      return formula.of(operands);
    }
    boolean before = Operations.silence(true);
    try {
      return formula.of(operands);
    } finally {
      Operations.silence(before);
    }
  }

  /** Whether {@link #into} may write to y: nobody reads it at other places, or later. */
  static boolean overwrite(Tensor y, Tensor... operands) {
    for (Tensor x : operands) {
      if (x != y && Objects.requireNonNull(x, "operand").storage == y.storage) {
        return false;
      }
    }
    return y.layout.contiguous && split(operands);
  }

  /** Makes the result of an elementwise formula, whose first operand is y, the contents of y. */
  static void into(Tensor y, Formula formula, Tensor... operands) {
    fill(y, formula, inShape(operands, y.numel()), new int[] {y.numel()});
  }

  private static boolean split(Tensor[] operands) {
    if (operands.length == 0) {
      return false;
    }
    Tensor x = operands[0];
    if (x.numel() < 2 * SIZE || !x.isFloatingPoint() || Graph.wanted(operands)) {
      return false;
    }
    for (Tensor other : operands) {
      if (!other.layout.sameShape(x.layout) || other.dtype() != x.dtype()) {
        return false;
      }
    }
    return true;
  }

  /** The formula over operands seen in this shape, which begins with the number of rows. */
  private static Tensor over(Formula formula, Tensor[] operands, int... shape) {
    Tensor x = operands[0];
    Tensor y = Tensor.empty(x.dtype(), x.layout.shape);
    return fill(y, formula, inShape(operands, shape), shape);
  }

  private static Tensor[] inShape(Tensor[] operands, int... shape) {
    Tensor[] rows = new Tensor[operands.length];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = inShape(operands[i], shape);
    }
    return rows;
  }

  private static Tensor fill(Tensor y, Formula formula, Tensor[] rows, int[] shape) {
    Layout to = new Layout(shape, Layout.rowMajor(shape), y.layout.offset, y.numel());
    each(
        shape,
        (from, end) ->
            block(
                parts -> {
                  Tensor result = formula.of(parts);
                  Layout part = to.slice(0, from, end - from, 1);
                  Copies.copy(result.layout, result.storage, part, y.storage);
                },
                rows,
                from,
                end - from));
    return y;
  }

  /**
   * Steps that change their operands in place, each element by the same elements of the others: of
   * all operands a block after the other, if none of them is spread out or seen in another shape.
   */
  static void inPlace(Consumer<Tensor[]> steps, Tensor... operands) {
    boolean dense = true;
    for (Tensor x : operands) {
      dense &= Objects.requireNonNull(x, "operands").layout.contiguous;
    }
    if (!dense || !split(operands) || Operations.watched() && Operations.told()) {
      steps.accept(operands);
      return;
    }
    int[] shape = {operands[0].numel()};
    Tensor[] flat = inShape(operands, shape);
    each(shape, (from, end) -> block(steps, flat, from, end - from));
  }

  /** All rows of a shape in blocks, several of them at the same time. */
  private static void each(int[] shape, Parallel.Range block) {
    int n = Shapes.numel("block", shape) / shape[0];
    int step = Math.max(1, SIZE / n);
    Parallel.parallelFor(
        (shape[0] + step - 1) / step,
        Parallel.ELEMENT * step * n,
        (first, last) -> {
          int end = Math.min(shape[0], last * step);
          for (int from = first * step; from < end; from += step) {
            block.accept(from, Math.min(from + step, end));
          }
        });
  }

  /** The operand in another shape; one number that was expanded is not copied. */
  private static Tensor inShape(Tensor x, int[] shape) {
    if (Arrays.stream(x.layout.strides).allMatch(stride -> stride == 0)) {
      return new Tensor(
          x.storage, new Layout(shape, new int[shape.length], x.layout.offset, x.numel()));
    }
    return whole(t -> t[0].detach().reshape(shape), x);
  }

  private static void block(Consumer<Tensor[]> work, Tensor[] operands, int from, int count) {
    Tensor[] parts = new Tensor[operands.length];
    for (int i = 0; i < parts.length; i++) {
      Tensor x = operands[i];
      parts[i] = new Tensor(x.storage, x.layout.slice(0, from, count, 1));
    }
    boolean recording = Graph.setRecording(false);
    boolean silent = Operations.watched() && Operations.silence(true);
    List<Storage> made = new ArrayList<>();
    List<Storage> before = Storage.track(made);
    try {
      work.accept(parts);
    } finally {
      Storage.track(before);
      made.forEach(Storage::reuse);
      if (Operations.watched()) {
        Operations.silence(silent);
      }
      Graph.setRecording(recording);
    }
  }
}
