package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Convolution and its input gradient with the images of a batch side by side: a vector holds the
 * same pixel of neighbouring images. Every tap of every pixel is then a whole vector wherever it
 * lies, for any size of the planes, stride, padding and dilation, and the taps that meet padding
 * are left out pixel by pixel; with planes of 8 x 8 that is a sixth of the work. The price is to
 * transpose the input and the output.
 *
 * <p>A strip of images is laid out as [pixel, channel, image]. For one pixel of the result the
 * product of a few rows of the weights, read where they are, and the strip is one register tile
 * with all of k, so that no sum is written twice. The pixels of a band of rows follow one another
 * while those weights stay in level 2, and most of the strip's pixels that one needs are those of
 * its neighbour.
 */
final class DoubleConvolutionBatch {
  /** Channels below which transposing costs more than it saves. */
  private static final int CHANNELS = 24;

  /** Elements of a strip: 8 MiB. */
  private static final int STRIP = 1 << 21;

  /** Between pixels, so that they do not meet in the same cache lines. */
  private static final int SKEW = 32;

  /** Pixels of a band at least: a cache line is written at once. */
  private static final int LINE = 16;

  /** Pixels that are packed together. */
  private static final int PACK = 64;

  /** Tasks wanted for a strip; channels are cut where there are fewer bands of rows. */
  private static final int TASKS = 16;

  private final DoubleProduct product;
  private final ConvShape s;
  private final boolean forward;

  /** Channels of a group, rows and columns of what is read. */
  private final int channels;

  private final int height;
  private final int width;

  /** Channels of a group, rows and columns of what is written. */
  private final int outChannels;

  private final int outHeight;
  private final int outWidth;

  /** Distances of the weights of two channels of what is read and written. */
  private final int weightStep;

  private final int weightRow;

  private DoubleConvolutionBatch(DoubleProduct product, ConvShape s, boolean forward) {
    this.product = product;
    this.s = s;
    this.forward = forward;
    int kernel = s.kernelH() * s.kernelW();
    channels = forward ? s.groupIn() : s.groupOut();
    height = forward ? s.height() : s.outHeight();
    width = forward ? s.width() : s.outWidth();
    outChannels = forward ? s.groupOut() : s.groupIn();
    outHeight = forward ? s.outHeight() : s.height();
    outWidth = forward ? s.outWidth() : s.width();
    weightStep = forward ? kernel : s.taps();
    weightRow = forward ? s.taps() : kernel;
  }

  /** Whether the images fill vectors and there is more to save than transposing costs. */
  static boolean suits(DoubleProduct product, ConvShape s) {
    int strip = product.strip();
    return strip <= 64
        && DoubleConvolution.roundUp(s.batch(), strip) * 8 <= s.batch() * 9
        && s.groupIn() >= CHANNELS
        && s.groupOut() >= CHANNELS
        && s.kernelH() * s.kernelW() > 1
        && s.inPlane() > 0
        && s.outPlane() > 0
        && s.kernelH() < Integer.SIZE
        && s.kernelW() < Integer.SIZE
        && (long) strip * s.groupIn() * s.inPlane() <= STRIP
        && (long) strip * s.groupOut() * s.outPlane() <= STRIP;
  }

  static void forward(
      DoubleProduct product,
      ConvShape s,
      double[] x,
      int xo,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int biasO,
      double[] y,
      int yo) {
    new DoubleConvolutionBatch(product, s, true).run(x, xo, w, wo, bias, biasO, y, yo);
  }

  static void inputGradient(
      DoubleProduct product,
      ConvShape s,
      double[] g,
      int go,
      double[] w,
      int wo,
      double[] dx,
      int dxo) {
    new DoubleConvolutionBatch(product, s, false).run(g, go, w, wo, null, 0, dx, dxo);
  }

  private void run(
      double[] x,
      int xo,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int biasO,
      double[] y,
      int yo) {
    int strip = product.strip();
    int plane = height * width;
    int outPlane = outHeight * outWidth;
    int pixel = channels * strip + SKEW;
    DoubleScratch mine = DoubleScratch.get();
    double[] lanes = mine.array(DoubleScratch.IMAGE, plane * pixel);
    int[] columns = mine.indices(DoubleScratch.COLUMNS, 2 * outWidth + 1);
    int kinds = columns(columns);
    int rows = (LINE + outWidth - 1) / outWidth;
    int bands = (outHeight + rows - 1) / rows;
    int blocks = (plane + PACK - 1) / PACK;
    int parts = Math.max(1, Math.min(TASKS / bands, outChannels / 24));
    int part = DoubleConvolution.roundUp((outChannels + parts - 1) / parts, 12);
    int tasks = bands * parts;
    int grain = DoubleConvolution.grain(s.work() / s.groups() * strip / s.batch(), tasks);
    for (int n = 0; n < s.batch(); n += strip) {
      int first = n;
      int images = Math.min(strip, s.batch() - n);
      for (int group = 0; group < s.groups(); group++) {
        int in = xo + (n * s.groups() + group) * channels * plane;
        Parallel.range(
            blocks,
            Math.max(1, (1 << 15) / (PACK * pixel)),
            (from, to) -> {
              for (int block = from; block < to; block++) {
                pack(x, in, images, block * PACK, lanes, pixel);
              }
            });
        int out = group * outChannels;
        int weights = wo + (forward ? out * s.taps() : group * channels * s.taps());
        Parallel.range(
            tasks,
            grain,
            (from, to) -> {
              for (int task = from; task < to; task++) {
                int row = task / parts * rows;
                int channel = task % parts * part;
                band(
                    row,
                    Math.min(rows, outHeight - row),
                    channel,
                    Math.min(channel + part, outChannels),
                    lanes,
                    pixel,
                    columns,
                    kinds,
                    w,
                    weights,
                    bias,
                    biasO + out,
                    y,
                    yo + (first * s.groups() * outChannels + out) * outPlane,
                    images);
              }
            });
      }
    }
  }

  /** Transposes a block of pixels of all channels; lanes without an image are zero. */
  private void pack(double[] x, int xo, int images, int p, double[] lanes, int pixel) {
    int strip = product.strip();
    int plane = height * width;
    int count = Math.min(PACK, plane - p);
    int step = s.groups() * channels * plane;
    for (int c = 0; c < channels; c++) {
      int to = p * pixel + c * strip;
      product.transpose(x, xo + c * plane + p, step, images, count, lanes, to, pixel);
      if (images < strip) {
        for (int i = 0; i < count; i++) {
          DoubleBinary.fill(0.0, lanes, to + i * pixel + images, strip - images);
        }
      }
    }
  }

  /** Computes the rows from {@code row} on of the channels from {@code begin} to {@code end}. */
  private void band(
      int row,
      int rows,
      int begin,
      int end,
      double[] lanes,
      int pixel,
      int[] columns,
      int kinds,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int biasO,
      double[] y,
      int yo,
      int images) {
    DoubleScratch scratch = DoubleScratch.get();
    int strip = product.strip();
    int k = channels * s.kernelH() * s.kernelW();
    int[] steps = scratch.indices(DoubleScratch.ROWS, rows * kinds * 2 * k);
    int[] counts = scratch.indices(DoubleScratch.RUNS, rows * kinds);
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < outWidth; v++) {
        int kind = columns[2 * v];
        if (columns[2 * v + 1] == v) { // the first of its kind
          int table = r * kinds + kind;
          counts[table] = steps(row + r, v, pixel, steps, table * k);
        }
      }
    }
    int pixels = rows * outWidth;
    int outPlane = outHeight * outWidth;
    int step = s.groups() * outChannels * outPlane;
    double[] sums = scratch.array(DoubleScratch.OUTPUT, 12 * pixels * strip);
    for (int c = begin; c < end; c += 12) {
      int count = Math.min(12, end - c);
      DoubleConvolution.bias(bias, biasO + c, count, sums, 0, pixels * strip, pixels * strip);
      for (int r = 0; r < rows; r++) {
        int base = firstSource(row + r, s.kernelH(), s.strideH(), s.padH(), s.dilationH(), height);
        for (int v = 0; v < outWidth; v++) {
          int table = r * kinds + columns[2 * v];
          int column = firstSource(v, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width);
          product.addSteps(
              count,
              counts[table],
              w,
              wo + c * weightRow,
              weightRow,
              lanes,
              (base * width + column) * pixel,
              steps,
              table * k,
              sums,
              (r * outWidth + v) * strip,
              pixels * strip);
        }
      }
      for (int i = 0; i < count; i++) {
        int to = yo + (c + i) * outPlane + row * outWidth;
        product.transpose(sums, i * pixels * strip, strip, pixels, images, y, to, step);
      }
    }
  }

  /**
   * Sorts the columns of the result by the taps that do not meet padding: for each the number of
   * its kind and the first column of that kind. Returns the number of kinds.
   */
  private int columns(int[] columns) {
    int kinds = 0;
    for (int v = 0; v < outWidth; v++) {
      int taps = taps(v, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width);
      int u = 0;
      while (u < v && taps(u, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width) != taps) {
        u++;
      }
      columns[2 * v] = u == v ? kinds++ : columns[2 * u];
      columns[2 * v + 1] = u;
    }
    return kinds;
  }

  /**
   * The steps of k of the pixel (row, column): place of the weight, and of the input relative to
   * that of the first tap. Returns their number.
   */
  private int steps(int row, int column, int pixel, int[] steps, int so) {
    int strip = product.strip();
    int rows = taps(row, s.kernelH(), s.strideH(), s.padH(), s.dilationH(), height);
    int columns = taps(column, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width);
    int top = firstSource(row, s.kernelH(), s.strideH(), s.padH(), s.dilationH(), height);
    int left = firstSource(column, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width);
    int n = 2 * so;
    for (int c = 0; c < channels; c++) {
      for (int kh = 0; kh < s.kernelH(); kh++) {
        if ((rows >> kh & 1) == 0) {
          continue;
        }
        int h = source(row, kh, s.strideH(), s.padH(), s.dilationH(), height) - top;
        for (int kw = 0; kw < s.kernelW(); kw++) {
          if ((columns >> kw & 1) == 0) {
            continue;
          }
          int v = source(column, kw, s.strideW(), s.padW(), s.dilationW(), width) - left;
          steps[n++] = c * weightStep + kh * s.kernelW() + kw;
          steps[n++] = (h * width + v) * pixel + c * strip;
        }
      }
    }
    return n / 2 - so;
  }

  /** The taps that do not meet padding as bits. */
  private int taps(int at, int kernel, int stride, int pad, int dilation, int limit) {
    int taps = 0;
    for (int t = 0; t < kernel; t++) {
      if (source(at, t, stride, pad, dilation, limit) >= 0) {
        taps |= 1 << t;
      }
    }
    return taps;
  }

  private int firstSource(int at, int kernel, int stride, int pad, int dilation, int limit) {
    for (int t = 0; t < kernel; t++) {
      int source = source(at, t, stride, pad, dilation, limit);
      if (source >= 0) {
        return source;
      }
    }
    return 0;
  }

  /** The row or column that tap t of the row or column {@code at} meets, or -1. */
  private int source(int at, int t, int stride, int pad, int dilation, int limit) {
    int source;
    if (forward) {
      source = at * stride - pad + t * dilation;
    } else {
      int shifted = at + pad - t * dilation;
      if (shifted < 0 || shifted % stride != 0) {
        return -1;
      }
      source = shifted / stride;
    }
    return source < limit ? Math.max(source, -1) : -1;
  }
}
