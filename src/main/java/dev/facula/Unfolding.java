package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;

/** Patches of images as columns (im2col), and the sum of such columns as images (col2im). */
final class Unfolding {
  private Unfolding() {}

  /** Patches as columns: [batch, channels, h, w] to [batch, channels kh kw, number of patches]. */
  static Tensor unfold(Tensor x, int[] kernel, PatchOptions o) {
    if (x.dim() == 3) {
      return unfold(x.unsqueeze(0), kernel, o).squeeze(0);
    }
    Patches p = new Patches("unfold", x, kernel, o, x.layout.shape);
    int[] border = {p.pw, p.pw, p.ph, p.ph};
    Tensor padded = Padding.constant(x.detach(), border, 0).contiguous();
    int[] steps = padded.layout.strides;
    int[] shape = {x.size(0), x.size(1), p.kh, p.kw, p.rows, p.columns};
    int[] strides = {
      steps[0],
      steps[1],
      Shapes.stride((long) p.dh * steps[2]),
      p.dw,
      Shapes.stride((long) p.sh * steps[2]),
      p.sw
    };
    Layout patches = padded.layout.asStrided(shape, strides, padded.layout.offset);
    Tensor columns = new Tensor(padded.storage, patches).rowMajorCopy();
    int cells =
        Shapes.checked("unfold", "the size of a patch", Shapes.product(shape[1], p.kh, p.kw));
    Tensor y = columns.view(shape[0], cells, p.count()).detach();
    int[] size = {x.size(2), x.size(3)};
    return Graph.wanted(x)
        ? Graph.record(y, "unfold", x, Graph.none(), (c, g) -> fold(g, size, kernel, o))
        : y;
  }

  /** The sum of patches at their places, the derivative of {@link #unfold}. */
  static Tensor fold(Tensor x, int[] size, int[] kernel, PatchOptions o) {
    if (x.dim() == 2) {
      return fold(x.unsqueeze(0), size, kernel, o).squeeze(0);
    }
    int[] sides = Convolution.sizes("fold", "kernelSize", kernel, 2, 1);
    int[] sizes = Convolution.sizes("fold", "outputSize", size, 2, 1);
    long area = Shapes.product(sides);
    if (x.dim() != 3 || x.size(1) == 0 || x.size(1) % area != 0) {
      throw Shapes.error(
          "fold: expects an input [batch, channels times %s, patches], got %s",
          area, x.layout.shape);
    }
    int channels = (int) (x.size(1) / area);
    int[] shape = {x.size(0), channels, sizes[0], sizes[1]};
    Patches p = new Patches("fold", x, kernel, o, shape);
    if (p.count() != x.size(2)) {
      throw Shapes.error(
          "fold: %s patches do not cover %s (%s != %s)", x.size(2), shape, x.size(2), p.count());
    }
    int h = p.height;
    int w = p.width;
    int pixels = Shapes.checked("fold", "the padded image", (long) h * w);
    long[] places = p.places();
    Tensor sum =
        Tensor.zeros(x.dtype(), shape[0], channels, pixels)
            .indexAdd(
                2, Tensor.of(places, places.length), x.reshape(shape[0], channels, places.length));
    return sum.unflatten(2, h, w).narrow(2, p.ph, shape[2]).narrow(3, p.pw, shape[3]).contiguous();
  }

  /** The positions of patches in a padded image. */
  private static final class Patches {
    final int kh;
    final int kw;
    final int dh;
    final int dw;
    final int ph;
    final int pw;
    final int sh;
    final int sw;
    final int rows;
    final int columns;
    final int height;
    final int width;
    private final String op;

    Patches(String op, Tensor x, int[] kernel, PatchOptions o, int[] shape) {
      boolean image = shape.length == 4;
      for (int i = 1; image && i < 4; i++) {
        image = shape[i] > 0;
      }
      if (!image) {
        throw Shapes.error(
            "%s: expects an input [batch, channels, height, width], of which only the batch may be"
                + " empty, got %s",
            op, x.layout.shape);
      }
      this.op = op;
      int[] k = Convolution.sizes(op, "kernelSize", kernel, 2, 1);
      int[] d = Convolution.sizes(op, "dilation", o.dilation, 2, 1);
      int[] p = Convolution.sizes(op, "padding", o.padding, 2, 0);
      int[] s = Convolution.sizes(op, "stride", o.stride, 2, 1);
      kh = k[0];
      kw = k[1];
      dh = d[0];
      dw = d[1];
      ph = p[0];
      pw = p[1];
      sh = s[0];
      sw = s[1];
      height = Convolution.padded(op, 2, shape[2], ph);
      width = Convolution.padded(op, 3, shape[3], pw);
      rows = patches(height, kh, dh, sh);
      columns = patches(width, kw, dw, sw);
    }

    private int patches(int n, int k, int d, int s) {
      long extent = (long) d * (k - 1) + 1;
      if (extent > n) {
        throw new ShapeException(
            op + ": a patch extends over " + extent + ", the padded input over " + n);
      }
      return (int) (n - extent) / s + 1;
    }

    int count() {
      return Shapes.checked(op, "the number of patches", (long) rows * columns);
    }

    /** In the order kernel row, kernel column, patch row, patch column. */
    long[] places() {
      long[] places = new long[Shapes.numel(op, new int[] {kh, kw, rows, columns})];
      int next = 0;
      for (int i = 0; i < kh; i++) {
        for (int j = 0; j < kw; j++) {
          for (int r = 0; r < rows; r++) {
            for (int c = 0; c < columns; c++) {
              places[next++] = (long) (r * sh + i * dh) * width + c * sw + j * dw;
            }
          }
        }
      }
      return places;
    }
  }
}
