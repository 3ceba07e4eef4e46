package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * 2-d convolution with few channels, whose small planes would leave vectors along a row of pixels
 * half empty: here the vectors run over the channels. The other operand are pixels that are read
 * one by one in place, so that no patch is gathered; what it costs is to transpose the weights and
 * the outputs. All three products are a {@link FloatWindowProduct}:
 *
 * <ul>
 *   <li>forward: neighbouring pixels of the image by taps, times the weights [tap, out];
 *   <li>weight gradient: neighbouring taps by pixels, times the output gradients [pixel, out];
 *   <li>input gradient: the output gradients of a pixel in several images by out and row of the
 *       kernel, times the weights [row of the kernel, out, column of the kernel and in], which adds
 *       to as many neighbouring pixels as the kernel has columns.
 * </ul>
 */
public final class FloatConvolutionFew {
  /** Neighbours that fill a tile of one vector. */
  private static final int RUN = 5;

  private static final int[] ORIGIN = {0};

  private FloatConvolutionFew() {}

  /** Columns that are multiplied at a time. */
  private static int panel(FloatWindowProduct product, int columns) {
    return columns <= product.lanes() ? product.lanes() : 2 * product.lanes();
  }

  /** y = x * w + bias. */
  public static void forward(
      FloatWindowProduct product,
      ConvShape s,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int biasO,
      float[] y,
      int yo) {
    ConvImage image = new ConvImage(s);
    FloatScratch mine = FloatScratch.get();
    int out = s.outChannels();
    int panel = panel(product, out);
    int lanes = ConvolutionPlan.roundUp(out, panel);
    int[] offsets = mine.indices(FloatScratch.TAPS, s.taps());
    image.offsets(s.inChannels(), s.kernelH(), offsets);
    // A row of pixels is cut into runs; the last one overlaps the one before rather than be short.
    int width = panel > product.lanes() ? s.outWidth() : Math.min(RUN, s.outWidth());
    int cuts = (s.outWidth() + width - 1) / width;
    int overlap = cuts * width - s.outWidth();
    int windows = s.outHeight() * cuts;
    int[] rows = mine.indices(FloatScratch.ROWS, windows);
    for (int i = 0; i < windows; i++) {
      rows[i] = i / cuts * image.width + Math.min(i % cuts * width, s.outWidth() - width);
    }
    float[] transposed = mine.array(FloatScratch.WEIGHT, (s.taps() + 1) * lanes);
    FloatBinary.fill(0f, transposed, 0, (s.taps() + 1) * lanes);
    int start = s.taps() * lanes;
    if (bias != null) {
      System.arraycopy(bias, biasO, transposed, start, out);
    }
    panels(product, out, s.taps(), w, wo, transposed);
    Parallel.parallelFor(
        s.batch(),
        s.work() / s.batch(),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] sums = scratch.array(FloatScratch.OUTPUT, windows * width * lanes);
          float[] source = source(s, image, x, scratch);
          for (int n = from; n < to; n++) {
            int input = xo + n * s.inChannels() * s.inPlane();
            if (source != x) {
              FloatConvolution.scatter(
                  product.products(), s, image, s.inChannels(), x, input, source, 0);
              input = 0;
            }
            for (int c = 0; c < lanes; c += panel) {
              product.multiply(
                  windows,
                  width,
                  rows,
                  panel,
                  s.taps(),
                  source,
                  input,
                  offsets,
                  0,
                  transposed,
                  c * s.taps(),
                  transposed,
                  start + c,
                  0,
                  sums,
                  c,
                  lanes);
            }
            for (int i = cuts - 1; overlap > 0 && i < windows; i++) {
              boolean last = i % cuts == cuts - 1;
              int at = i * width + (last ? overlap : 0);
              int end = i * width - i / cuts * overlap;
              System.arraycopy(
                  sums, at * lanes, sums, end * lanes, (last ? width - overlap : width) * lanes);
            }
            int output = yo + n * out * s.outPlane();
            product.transpose(s.outPlane(), out, sums, 0, lanes, y, output, s.outPlane());
          }
        });
  }

  /** Transposes an m x n matrix into panels of as many columns as {@code product} takes. */
  private static void panels(
      FloatWindowProduct product, int m, int n, float[] x, int xo, float[] y) {
    int panel = panel(product, m);
    for (int i = 0; i < m; i += panel) {
      product.transpose(Math.min(panel, m - i), n, x, xo + i * n, n, y, i * n, panel);
    }
  }

  /** Where the images are read: x, or a copy of one image over zeros. */
  private static float[] source(ConvShape s, ConvImage image, float[] x, FloatScratch scratch) {
    if (image.isInput()) {
      return x;
    }
    int size = s.inChannels() * image.channel;
    float[] copy = scratch.array(FloatScratch.IMAGE, size);
    FloatBinary.fill(0f, copy, 0, size);
    return copy;
  }

  /** dw = the sum over images and pixels of g times x; the stride along a row must be 1. */
  public static void weightGradient(
      FloatWindowProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] x,
      int xo,
      float[] dw,
      int dwo) {
    ConvImage image = new ConvImage(s);
    int out = s.outChannels();
    int size = out * s.taps();
    int panel = panel(product, out);
    int lanes = ConvolutionPlan.roundUp(out, panel);
    // Chunks of images, each with sums of its own that are added in order.
    int chunks = (int) Math.max(1, Math.min(Math.min(s.batch(), 16), s.work() / Parallel.GRAIN));
    int images = (s.batch() + chunks - 1) / chunks;
    int parts = (s.batch() + images - 1) / images;
    FloatScratch mine = FloatScratch.get();
    float[] partial = mine.array(FloatScratch.WEIGHT, parts * size);
    int rows = s.inChannels() * s.kernelH(); // of the kernel
    int[] starts = mine.indices(FloatScratch.ROWS, rows);
    for (int row = 0; row < rows; row++) {
      starts[row] = row / s.kernelH() * image.channel + image.offset(row % s.kernelH(), 0);
    }
    int[] pixels = mine.indices(FloatScratch.TAPS, s.outPlane());
    for (int p = 0; p < s.outPlane(); p++) {
      pixels[p] = p / s.outWidth() * image.width + p % s.outWidth();
    }
    Parallel.parallelFor(
        parts,
        s.work() / parts,
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] transposed = scratch.array(FloatScratch.OUTPUT, s.outPlane() * lanes);
          FloatBinary.fill(0f, transposed, 0, s.outPlane() * lanes);
          float[] sums = scratch.array(FloatScratch.SUMS, s.taps() * lanes);
          float[] source = source(s, image, x, scratch);
          for (int part = from; part < to; part++) {
            FloatBinary.fill(0f, sums, 0, s.taps() * lanes);
            for (int n = part * images; n < Math.min((part + 1) * images, s.batch()); n++) {
              int input = xo + n * s.inChannels() * s.inPlane();
              if (source != x) {
                FloatConvolution.scatter(
                    product.products(), s, image, s.inChannels(), x, input, source, 0);
                input = 0;
              }
              int gradient = go + n * out * s.outPlane();
              panels(product, out, s.outPlane(), g, gradient, transposed);
              for (int c = 0; c < lanes; c += panel) {
                product.multiply(
                    rows,
                    s.kernelW(),
                    starts,
                    panel,
                    s.outPlane(),
                    source,
                    input,
                    pixels,
                    0,
                    transposed,
                    c * s.outPlane(),
                    sums,
                    c,
                    lanes,
                    sums,
                    c,
                    lanes);
              }
            }
            product.transpose(s.taps(), out, sums, 0, lanes, partial, part * size, s.taps());
          }
        });
    System.arraycopy(partial, 0, dw, dwo, size);
    for (int part = 1; part < parts; part++) {
      FloatBinary.addMultiple(1f, partial, part * size, dw, dwo, size);
    }
  }

  /** dx = g * w transposed; stride and dilation must be 1. */
  public static void inputGradient(
      FloatWindowProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] w,
      int wo,
      float[] dx,
      int dxo) {
    int in = s.inChannels();
    int out = s.outChannels();
    int plane = s.outPlane();
    int used = s.kernelW() * in;
    int panel = panel(product, used);
    int lanes = ConvolutionPlan.roundUp(used, panel);
    FloatScratch mine = FloatScratch.get();
    float[] transposed = turned(s, w, wo, lanes, panel, mine);
    // One row of the input is computed at a time from the rows of g that reach it. The offset of
    // (row of the kernel, out) is that of g's row before this row by as much as the kernel's.
    int[] offsets = mine.indices(FloatScratch.TAPS, s.kernelH() * out);
    for (int kh = 0; kh < s.kernelH(); kh++) {
      for (int o = 0; o < out; o++) {
        offsets[kh * out + o] = (o * plane - kh * s.outWidth()) * ConvolutionPlan.FEW_IMAGES;
      }
    }
    int groups = (s.batch() + ConvolutionPlan.FEW_IMAGES - 1) / ConvolutionPlan.FEW_IMAGES;
    int line = (s.width() + 2 * s.padW()) * in;
    int size = s.height() * line + lanes;
    Parallel.parallelFor(
        groups,
        s.work() / groups,
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] packed =
              scratch.array(FloatScratch.IMAGE, out * plane * ConvolutionPlan.FEW_IMAGES);
          float[] sums = scratch.array(FloatScratch.OUTPUT, ConvolutionPlan.FEW_IMAGES * size);
          float[] kept =
              scratch.array(FloatScratch.LINE, ConvolutionPlan.FEW_IMAGES * (lanes - used));
          for (int group = from; group < to; group++) {
            int n = group * ConvolutionPlan.FEW_IMAGES;
            int images = Math.min(ConvolutionPlan.FEW_IMAGES, s.batch() - n);
            for (int o = 0; o < out; o++) {
              int gradient = go + (n * out + o) * plane;
              product.transpose(
                  images,
                  plane,
                  g,
                  gradient,
                  out * plane,
                  packed,
                  o * plane * ConvolutionPlan.FEW_IMAGES,
                  ConvolutionPlan.FEW_IMAGES);
            }
            FloatBinary.fill(0f, sums, 0, images * size);
            for (int v = 0; v < s.outWidth(); v++) {
              for (int h = 0; h < s.height(); h++) {
                int row = h + s.padH();
                int first = Math.max(0, row - s.outHeight() + 1);
                int end = Math.min(s.kernelH(), row + 1);
                int pixel = h * line + v * in;
                // The lanes without a weight belong to the next pixel, which an infinite gradient
                // would turn into NaN.
                copyRows(images, lanes - used, sums, pixel + used, size, kept, 0, lanes - used);
                for (int c = 0; c < lanes; c += panel) {
                  product.multiply(
                      1,
                      images,
                      ORIGIN,
                      panel,
                      (end - first) * out,
                      packed,
                      (row * s.outWidth() + v) * ConvolutionPlan.FEW_IMAGES,
                      offsets,
                      first * out,
                      transposed,
                      (c * s.kernelH() + first * panel) * out,
                      sums,
                      pixel + c,
                      size,
                      sums,
                      pixel + c,
                      size);
                }
                copyRows(images, lanes - used, kept, 0, lanes - used, sums, pixel + used, size);
              }
            }
            int rows = s.padW() == 0 ? 1 : s.height();
            for (int i = 0; i < images; i++) {
              for (int r = 0; r < rows; r++) {
                product.transpose(
                    s.inPlane() / rows,
                    in,
                    sums,
                    i * size + r * line + s.padW() * in,
                    in,
                    dx,
                    dxo + (n + i) * in * s.inPlane() + r * s.width(),
                    s.inPlane());
              }
            }
          }
        });
  }

  /** The weights as panels of [row of the kernel, out, column of the kernel and in]. */
  private static float[] turned(
      ConvShape s, float[] w, int wo, int lanes, int panel, FloatScratch scratch) {
    int rows = s.kernelH() * s.outChannels();
    float[] transposed = scratch.array(FloatScratch.WEIGHT, rows * lanes);
    for (int kh = 0; kh < s.kernelH(); kh++) {
      for (int out = 0; out < s.outChannels(); out++) {
        int row = kh * s.outChannels() + out;
        for (int lane = 0; lane < lanes; lane++) {
          int kw = lane / s.inChannels();
          int in = lane % s.inChannels();
          transposed[(lane / panel * rows + row) * panel + lane % panel] =
              kw >= s.kernelW()
                  ? 0f
                  : w[wo + ((out * s.inChannels() + in) * s.kernelH() + kh) * s.kernelW() + kw];
        }
      }
    }
    return transposed;
  }

  private static void copyRows(
      int rows, int columns, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        y[yo + r * ldy + c] = x[xo + r * ldx + c];
      }
    }
  }
}
