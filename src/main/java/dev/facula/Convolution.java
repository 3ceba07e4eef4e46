package dev.facula;

import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.kernel.ConvShape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Convolutions of one, two and three dimensions and their transposes. There are three products: the
 * convolution of input and weight, its gradient in the input, and its gradient in the weight. Each
 * is linear in both of its operands, and the derivatives of each are the other two, so that there
 * are derivatives of any order. The transposed convolution is the second product.
 *
 * <p>One dimension is two with a height of 1. Three are two with the depth of the kernel among the
 * channels.
 */
final class Convolution {
  private Convolution() {}

  // ---- the three products -------------------------------------------------------------------

  private enum Product {
    /** Of input and weight: the output. */
    FORWARD,
    /** Of the output's gradient and the weight: the input's gradient. */
    INPUT,
    /** Of the output's gradient and the input: the weight's gradient. */
    WEIGHT
  }

  private static Tensor product(Product kind, ConvShape s, Tensor a, Tensor b) {
    Tensor y = value(kind, s, a, b, null);
    if (!Graph.wanted(a, b)) {
      return y;
    }
    return Graph.record(
        y,
        name(kind),
        Graph.tensors(a, b),
        Graph.tensors(a, b),
        (c, gs) -> gradients(kind, s, c, Graph.defined(gs)));
  }

  private static String name(Product kind) {
    return switch (kind) {
      case FORWARD -> "convolution";
      case INPUT -> "convolutionTranspose";
      case WEIGHT -> "convolutionWeight";
    };
  }

  private static @Nullable Tensor[] gradients(Product kind, ConvShape s, Node.Context c, Tensor u) {
    Tensor a = c.saved(0);
    Tensor b = c.saved(1);
    boolean first = c.needs(0);
    boolean second = c.needs(1);
    return switch (kind) {
      case FORWARD ->
          new Tensor[] {
            first ? product(Product.INPUT, s, u, b) : null,
            second ? product(Product.WEIGHT, s, u, a) : null
          };
      case INPUT ->
          new Tensor[] {
            first ? product(Product.FORWARD, s, u, b) : null,
            second ? product(Product.WEIGHT, s, a, u) : null
          };
      case WEIGHT ->
          new Tensor[] {
            first ? product(Product.FORWARD, s, b, u) : null,
            second ? product(Product.INPUT, s, a, u) : null
          };
    };
  }

  private static Tensor value(
      Product kind, ConvShape s, Tensor first, Tensor second, @Nullable Tensor bias) {
    Tensor a = first.detach().contiguous();
    Tensor b = second.detach().contiguous();
    Tensor d = bias == null ? null : bias.detach().contiguous();
    int ao = a.layout.offset;
    int bo = b.layout.offset;
    int od = d == null ? 0 : d.layout.offset;
    Tensor y =
        Tensor.empty(
            a.dtype(),
            switch (kind) {
              case FORWARD -> new int[] {s.batch(), s.outChannels(), s.outHeight(), s.outWidth()};
              case INPUT -> new int[] {s.batch(), s.inChannels(), s.height(), s.width()};
              case WEIGHT ->
                  new int[] {
                    s.outChannels(), s.inChannels() / s.groups(), s.kernelH(), s.kernelW()
                  };
            });
    if (y.numel() == 0 || a.numel() == 0 || b.numel() == 0) {
      y.fillRaw(0);
      return d == null || y.numel() == 0 ? y : y.add(d.view(-1, 1, 1));
    }
    Object p = a.storage.array();
    Object q = b.storage.array();
    Object r = y.storage.array();
    switch (kind) {
      case FORWARD ->
          Types.floating(a.dtype())
              .convolution()
              .conv2d(s, p, ao, q, bo, d == null ? null : d.storage.array(), od, r, 0);
      case INPUT ->
          Types.floating(a.dtype()).convolution().conv2dInputGradient(s, p, ao, q, bo, r, 0);
      case WEIGHT ->
          Types.floating(a.dtype()).convolution().conv2dWeightGradient(s, p, ao, q, bo, r, 0);
    }
    return y;
  }

  private static Tensor forward(ConvShape s, Tensor x, Tensor w, @Nullable Tensor bias) {
    if (bias == null) {
      return product(Product.FORWARD, s, x, w);
    }
    Tensor y = value(Product.FORWARD, s, x, w, bias);
    if (!Graph.wanted(x, w, bias)) {
      return y;
    }
    return Graph.record(
        y,
        name(Product.FORWARD),
        Graph.tensors(x, w, bias),
        Graph.tensors(x, w),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          @Nullable Tensor[] two = gradients(Product.FORWARD, s, c, g);
          return new Tensor[] {two[0], two[1], c.needs(2) ? g.sum(0, 2, 3) : null};
        });
  }

  // ---- convolution --------------------------------------------------------------------------

  /** A convolution over the last {@code rank} dimensions; operands are checked here. */
  static Tensor convolution(
      int rank, Tensor x, Tensor w, @Nullable Tensor bias, ConvolutionOptions o) {
    String padding = Objects.requireNonNull(o, "options").paddingName;
    if (padding != null) {
      Options.oneOf("conv" + rank + "d", "padding", padding, "same", "valid");
    }
    return "same".equals(padding)
        ? same(rank, x, w, bias, o.stride, o.dilation, o.groups)
        : convolution(rank, x, w, bias, o.stride, o.padding, o.dilation, o.groups);
  }

  private static Tensor convolution(
      int rank,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    String op = "conv" + rank + "d";
    int[] st = sizes(op, "stride", stride, rank, 1);
    int[] pad = sizes(op, "padding", padding, rank, 0);
    int[] dil = sizes(op, "dilation", dilation, rank, 1);
    Objects.requireNonNull(w, "weight");
    requireOperands(op, rank, x, w, bias, w.dim() > 0 ? w.size(0) : 0, groups);
    if (Reduced.is(x)) {
      return Reduced.apply(
          t -> convolution(rank, t[0], t[1], t[2], st, pad, dil, groups), x, w, bias);
    }
    if (x.dim() == rank + 1) {
      return convolution(rank, x.unsqueeze(0), w, bias, st, pad, dil, groups).squeeze(0);
    }
    if (w.size(0) % groups != 0) {
      throw new ShapeException(
          op + ": " + w.size(0) + " output channels do not divide into " + groups + " groups");
    }
    long channels = (long) w.size(1) * groups;
    if (x.size(1) != channels) {
      throw Shapes.error(
          "%s: input %s has %s channels, weight %s with %s groups takes %s (%s != %s)",
          op, x.layout.shape, x.size(1), w.layout.shape, groups, channels, x.size(1), channels);
    }
    for (int i = 0; i < rank; i++) {
      int room = padded(op, i + 2, x.size(i + 2), pad[i]);
      long extent = (long) dil[i] * (w.size(i + 2) - 1) + 1;
      if (extent > room) {
        throw Shapes.error(
            "%s: the kernel does not fit into the input: it extends over %s in dimension %s, the"
                + " padded input %s has %s",
            op, extent, i + 2, x.layout.shape, room);
      }
      st[i] = Math.min(st[i], room);
      dil[i] = Math.min(dil[i], room);
    }
    Tensor y =
        switch (rank) {
          case 1 ->
              convolution(
                      2,
                      x.unsqueeze(2),
                      w.unsqueeze(2),
                      bias,
                      flat(1, st),
                      flat(0, pad),
                      flat(1, dil),
                      groups)
                  .squeeze(2);
          case 2 ->
              forward(
                  new ConvShape(
                      x.size(0), x.size(1), x.size(2), x.size(3), w.size(0), w.size(2), w.size(3),
                      st[0], st[1], pad[0], pad[1], dil[0], dil[1], groups),
                  x,
                  w,
                  bias);
          default -> deep(x, w, bias, st, pad, dil, groups);
        };
    return ordered(y, x, w);
  }

  /** With the channels innermost if they are so in the input or in the weight. */
  private static Tensor ordered(Tensor y, Tensor x, Tensor w) {
    return Copies.images(y, MemoryOrder.isChannelsLast(w.layout) ? w : x);
  }

  /** Three dimensions: the slices under the depth of the kernel become channels. */
  private static Tensor deep(
      Tensor x, Tensor w, @Nullable Tensor bias, int[] st, int[] pad, int[] dil, int groups) {
    Tensor padded =
        pad[0] == 0 ? x : Padding.constant(x, new int[] {0, 0, 0, 0, pad[0], pad[0]}, 0);
    int depth = w.size(2);
    int out = (padded.size(2) - dil[0] * (depth - 1) - 1) / st[0] + 1;
    List<Tensor> slices = new ArrayList<>(depth);
    for (int k = 0; k < depth; k++) {
      int from = k * dil[0];
      slices.add(padded.slice(2, from, from + (out - 1) * st[0] + 1, st[0]).transpose(1, 2));
    }
    int n = x.size(0);
    Tensor planes =
        Tensor.stack(slices, 3).reshape(n * out, x.size(1) * depth, x.size(3), x.size(4));
    Tensor weight = w.reshape(w.size(0), w.size(1) * depth, w.size(3), w.size(4));
    Tensor y = convolution(2, planes, weight, bias, rest(st), rest(pad), rest(dil), groups);
    Tensor result = y.view(n, out, y.size(1), y.size(2), y.size(3)).transpose(1, 2).contiguous();
    planes.release();
    if (result.storage != y.storage) {
      y.release();
    }
    return result;
  }

  /** With as much padding that the output has the size of the input; stride is 1. */
  private static Tensor same(
      int rank,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      int[] stride,
      int[] dilation,
      int groups) {
    String op = "conv" + rank + "d";
    int[] dil = sizes(op, "dilation", dilation, rank, 1);
    for (int s : sizes(op, "stride", stride, rank, 1)) {
      if (s != 1) {
        throw new IllegalArgumentException(
            op + ": padding \"same\" needs a stride of 1, was " + Arrays.toString(stride));
      }
    }
    requireOperands(op, rank, x, w, bias, w.dim() > 0 ? w.size(0) : 0, groups);
    int[] pad = new int[rank];
    int[] extra = new int[2 * rank];
    boolean uneven = false;
    for (int i = 0; i < rank; i++) {
      long covered = Math.max((long) dil[i] * (w.size(i + 2) - 1), 0);
      int total = Shapes.checked(op, "the padding of dimension " + (i + 2), covered);
      pad[i] = total / 2;
      extra[2 * (rank - 1 - i) + 1] = total % 2;
      uneven |= total % 2 != 0;
    }
    Tensor padded = uneven ? Padding.constant(x, extra, 0) : x;
    return convolution(rank, padded, w, bias, new int[] {1}, pad, dil, groups);
  }

  // ---- transposed convolution ---------------------------------------------------------------

  static Tensor transposed(
      int rank, Tensor x, Tensor w, @Nullable Tensor bias, TransposedConvolutionOptions o) {
    Objects.requireNonNull(o, "options");
    return transposed(rank, x, w, bias, o.stride, o.padding, o.outputPadding, o.groups, o.dilation);
  }

  private static Tensor transposed(
      int rank,
      Tensor x,
      Tensor w,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int groups,
      int[] dilation) {
    String op = "convTranspose" + rank + "d";
    int[] st = sizes(op, "stride", stride, rank, 1);
    int[] pad = sizes(op, "padding", padding, rank, 0);
    int[] more = sizes(op, "outputPadding", outputPadding, rank, 0);
    int[] dil = sizes(op, "dilation", dilation, rank, 1);
    Objects.requireNonNull(w, "weight");
    int channels =
        w.dim() > 1
            ? Shapes.checked(
                op, "the number of output channels", (long) w.size(1) * Math.max(groups, 0))
            : 0;
    requireOperands(op, rank, x, w, bias, channels, groups);
    if (Reduced.is(x)) {
      return Reduced.apply(
          t -> transposed(rank, t[0], t[1], t[2], st, pad, more, groups, dil), x, w, bias);
    }
    if (x.dim() == rank + 1) {
      return transposed(rank, x.unsqueeze(0), w, bias, st, pad, more, groups, dil).squeeze(0);
    }
    if (x.size(1) != w.size(0) || w.size(0) % groups != 0) {
      throw Shapes.error(
          "%s: input %s has %s channels, weight %s takes %s, in %s groups",
          op, x.layout.shape, x.size(1), w.layout.shape, w.size(0), groups);
    }
    int[] out = new int[rank];
    boolean beyond = rank == 3;
    for (int i = 0; i < rank; i++) {
      if (more[i] >= Math.max(st[i], dil[i])) {
        throw new IllegalArgumentException(
            ("%s: outputPadding must be smaller than stride or dilation, was %s with"
                    + " stride %s and dilation %s")
                .formatted(op, Arrays.toString(more), Arrays.toString(st), Arrays.toString(dil)));
      }
      long whole = (x.size(i + 2) - 1L) * st[i] + (long) dil[i] * (w.size(i + 2) - 1) + 1;
      long cut = whole - 2L * pad[i] + more[i];
      if (cut < 1) {
        throw Shapes.error(
            "%s: the output would have size %s in dimension %s for input %s",
            op, cut, i + 2, x.layout.shape);
      }
      String size = "the size of dimension " + (i + 2) + " before padding is taken off";
      Shapes.checked(op, size, whole + more[i]);
      out[i] = (int) cut;
      beyond |= more[i] >= st[i];
      // steps of a single element lead nowhere, and coordinates must not wrap
      st[i] = (int) Math.min(st[i], Math.max(whole, 1));
      dil[i] = (int) Math.min(dil[i], Math.max(whole, 1));
    }
    Tensor y;
    if (rank == 1) {
      y =
          transposed(
                  2,
                  x.unsqueeze(2),
                  w.unsqueeze(2),
                  null,
                  flat(1, st),
                  flat(0, pad),
                  flat(0, more),
                  groups,
                  flat(1, dil))
              .squeeze(2);
    } else if (beyond) {
      Tensor whole = rank == 2 ? whole(x, w, st, groups, dil) : deepWhole(x, w, st, groups, dil);
      y = window(whole, pad, out);
    } else {
      y = transposed(x, w, st, pad, groups, dil, out);
    }
    if (bias != null) {
      int[] column = new int[rank + 1];
      Arrays.fill(column, 1);
      column[0] = -1;
      y = y.add(bias.view(column));
    }
    return ordered(y, x, w);
  }

  private static Tensor transposed(
      Tensor x, Tensor w, int[] st, int[] pad, int groups, int[] dil, int[] out) {
    return product(
        Product.INPUT,
        new ConvShape(
            x.size(0),
            w.size(1) * groups,
            out[0],
            out[1],
            x.size(1),
            w.size(2),
            w.size(3),
            st[0],
            st[1],
            pad[0],
            pad[1],
            dil[0],
            dil[1],
            groups),
        x,
        w);
  }

  /** Two dimensions without any padding taken off. */
  private static Tensor whole(Tensor x, Tensor w, int[] st, int groups, int[] dil) {
    int[] out = new int[2];
    for (int i = 0; i < 2; i++) {
      out[i] = (x.size(i + 2) - 1) * st[i] + dil[i] * (w.size(i + 2) - 1) + 1;
    }
    return transposed(x, w, st, new int[2], groups, dil, out);
  }

  /**
   * Three dimensions: the depth of the kernel comes out as channels, to be added in their places.
   */
  private static Tensor deepWhole(Tensor x, Tensor w, int[] st, int groups, int[] dil) {
    int n = x.size(0);
    int d = x.size(2);
    int depth = w.size(2);
    Tensor planes = x.transpose(1, 2).reshape(n * d, x.size(1), x.size(3), x.size(4));
    Tensor weight = w.reshape(w.size(0), w.size(1) * depth, w.size(3), w.size(4));
    Tensor y = whole(planes, weight, rest(st), groups, rest(dil));
    int channels = w.size(1) * groups;
    Tensor parts = y.view(n, d, channels, depth, y.size(2), y.size(3));
    Tensor sum =
        Tensor.zeros(
            x.dtype(),
            n,
            channels,
            (d - 1) * st[0] + dil[0] * (depth - 1) + 1,
            y.size(2),
            y.size(3));
    for (int k = 0; k < depth; k++) {
      long[] at = new long[d];
      for (int i = 0; i < d; i++) {
        at[i] = (long) i * st[0] + (long) k * dil[0];
      }
      sum = sum.indexAdd(2, Tensor.of(at, d), parts.select(3, k).transpose(1, 2));
    }
    return sum;
  }

  /** The part of the whole output that padding leaves; zeros beyond its end. */
  private static Tensor window(Tensor whole, int[] pad, int[] out) {
    int rank = pad.length;
    int[] change = new int[2 * rank];
    for (int i = 0; i < rank; i++) {
      int at = 2 * (rank - 1 - i);
      change[at] = -pad[i];
      change[at + 1] = out[i] + pad[i] - whole.size(i + 2);
    }
    return Padding.constant(whole, change, 0);
  }

  // ---- checks -------------------------------------------------------------------------------

  private static void requireOperands(
      String op, int rank, Tensor x, Tensor w, @Nullable Tensor bias, int outChannels, int groups) {
    if (w.dim() != rank + 2) {
      throw Shapes.error(
          "%s: expects a weight of %s dimensions, got %s", op, rank + 2, w.layout.shape);
    }
    if (x.dim() != rank + 1 && x.dim() != rank + 2) {
      throw Shapes.error(
          "%s: expects an input of %s dimensions, or of %s without a batch, got %s",
          op, rank + 2, rank + 1, x.layout.shape);
    }
    if (groups < 1) {
      throw new IllegalArgumentException(op + ": groups must be at least 1, was " + groups);
    }
    if (!x.isFloatingPoint() || x.dtype() != w.dtype()) {
      throw new DTypeException(
          "%s: expects input and weight of one floating-point type, got %s and %s"
              .formatted(op, x.dtype(), w.dtype()));
    }
    if (bias != null && (bias.dim() != 1 || bias.size(0) != outChannels)) {
      throw new ShapeException(
          op + ": expects a bias [" + outChannels + "], got " + Shapes.format(bias.layout.shape));
    }
    if (bias != null && bias.dtype() != w.dtype()) {
      throw new DTypeException(op + ": weight " + w.dtype() + ", bias " + bias.dtype());
    }
  }

  /** The size of a dimension with padding on both sides: no coordinate in it wraps. */
  static int padded(String op, int dim, int size, int padding) {
    return Shapes.checked(op, "the padded size of dimension " + dim, size + 2L * padding);
  }

  /** One value for each dimension, from one for all or one for each. */
  static int[] sizes(String op, String name, int[] given, int rank, int least) {
    if (Objects.requireNonNull(given, name).length != 1 && given.length != rank) {
      throw new IllegalArgumentException(
          "%s: %s has %s values, expected 1 or %s: %s"
              .formatted(op, name, given.length, rank, Arrays.toString(given)));
    }
    int[] result = new int[rank];
    for (int i = 0; i < rank; i++) {
      result[i] = given[given.length == 1 ? 0 : i];
      if (result[i] < least) {
        throw new IllegalArgumentException(
            op + ": " + name + " must be at least " + least + ", was " + Arrays.toString(given));
      }
    }
    return result;
  }

  private static int[] flat(int height, int[] width) {
    return new int[] {height, width[0]};
  }

  private static int[] rest(int[] sizes) {
    return Arrays.copyOfRange(sizes, 1, sizes.length);
  }
}
