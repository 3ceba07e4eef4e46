package dev.facula;

import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import java.util.Arrays;

/**
 * Borders around tensors. Sizes are given in pairs, before and after, from the last dimension on;
 * negative ones take away.
 */
final class Padding {
  private Padding() {}

  static Tensor pad(Tensor x, int[] pad, PadMode mode, Number value) {
    requirePairs(x, pad);
    if (mode == PadMode.CONSTANT) {
      return constant(x, pad, value);
    }
    int padded = pad.length / 2;
    if (padded > 3 || x.dim() != padded + 1 && x.dim() != padded + 2) {
      throw Shapes.error(
          "pad: %s padding of %s dimensions is for tensors of %s or %s dimensions, up to 5, got %s",
          mode.name().toLowerCase(java.util.Locale.ROOT),
          padded,
          padded + 1,
          padded + 2,
          x.layout.shape);
    }
    if (Reduced.is(x)) {
      return Reduced.apply(x, t -> pad(t, pad, mode, value));
    }
    Tensor y = x;
    for (int i = 0; i < padded; i++) {
      int dim = x.dim() - 1 - i;
      if (pad[2 * i] != 0 || pad[2 * i + 1] != 0) {
        y = y.indexSelect(dim, border(x, dim, pad[2 * i], pad[2 * i + 1], mode));
      }
    }
    if (y == x) {
      return x.clone();
    }
    boolean follows = padded == 2 && mode != PadMode.CIRCULAR;
    return follows ? Copies.images(y, x) : y;
  }

  private static void requirePairs(Tensor x, int[] pad) {
    if (pad.length % 2 != 0 || pad.length / 2 > x.dim()) {
      throw Shapes.error(
          "pad: expects pairs of sizes for at most %s dimensions, got %s for %s",
          x.dim(), Arrays.toString(pad), x.layout.shape);
    }
  }

  /** Which index of the dimension each position of the padded one shows. */
  private static Tensor border(Tensor x, int dim, int before, int after, PadMode mode) {
    int size = x.size(dim);
    int most =
        mode == PadMode.REFLECT
            ? size - 1
            : mode == PadMode.CIRCULAR || size == 0 ? size : Integer.MAX_VALUE;
    long padded = (long) size + before + after;
    int kept = (int) (padded - Math.max(before, 0) - Math.max(after, 0));
    boolean nothing = padded < 1 || mode == PadMode.CIRCULAR && kept < 1;
    if (before > most || after > most || nothing) {
      throw Shapes.error(
          "pad: padding (%s, %s) does not fit dimension %s of size %s of %s (%s padding is at most"
              + " %s)",
          before,
          after,
          dim,
          size,
          x.layout.shape,
          mode.name().toLowerCase(java.util.Locale.ROOT),
          most);
    }
    int length = Shapes.checked("pad", "the size of dimension " + dim, padded);
    Shapes.numel("pad", Shapes.with(x.layout.shape, dim, length));
    long[] index = new long[Shapes.numel("pad", new int[] {length})];
    for (int i = 0; i < length; i++) {
      int at = i - before;
      if (mode == PadMode.REFLECT) {
        int mirrored = Math.abs(at);
        index[i] = mirrored < size ? mirrored : 2 * (size - 1) - mirrored;
      } else if (mode == PadMode.CIRCULAR) {
        // what a negative size takes away is not wrapped around either
        index[i] = Math.max(-before, 0) + Math.floorMod(i - Math.max(before, 0), kept);
      } else {
        index[i] = Math.max(0, Math.min(at, size - 1));
      }
    }
    return Tensor.of(index, length);
  }

  static Tensor constant(Tensor x, int[] pad, Number value) {
    requirePairs(x, pad);
    int rank = x.dim();
    int[] shape = x.layout.shape.clone();
    int[] own = shape.clone();
    for (int i = 0; i < pad.length / 2; i++) {
      int dim = rank - 1 - i;
      long padded = (long) shape[dim] + pad[2 * i] + pad[2 * i + 1];
      long kept = padded - Math.max(pad[2 * i], 0) - Math.max(pad[2 * i + 1], 0);
      if (padded < 0 || kept < 0) {
        throw Shapes.error(
            "pad: padding %s leaves a negative size in dimension %s of %s",
            Arrays.toString(pad), dim, x.layout.shape);
      }
      shape[dim] = Shapes.checked("pad", "the size of dimension " + dim, padded);
      own[dim] = (int) kept;
    }
    Tensor y =
        MemoryOrder.isChannelsLast(x.layout)
            ? Tensor.empty(x.dtype(), MemoryOrder.channelsLast("pad", shape)).fillRaw(value)
            : Tensor.full(x.dtype(), value, shape);
    window(y, pad, own, 1).copy_(window(x.detach(), pad, own, -1));
    Tensor result = y.detach();
    return Graph.wanted(x)
        ? Graph.record(result, "pad", x, Graph.none(), (c, g) -> constant(g, negated(pad), 0))
        : result;
  }

  private static int[] negated(int[] pad) {
    return Arrays.stream(pad).map(p -> -p).toArray();
  }

  /** The part of a tensor that its padded form shares with it; sign 1 for the padded one. */
  private static Tensor window(Tensor t, int[] pad, int[] own, int sign) {
    Tensor part = t;
    for (int i = 0; i < pad.length / 2; i++) {
      int dim = t.dim() - 1 - i;
      part = part.narrow(dim, Math.max(sign * pad[2 * i], 0), own[dim]);
    }
    return part;
  }
}
