package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * Convolution and its input gradient with vectors over the batch: a vector holds the same pixel of
 * neighbouring images. Every tap of every pixel is then a whole vector, for any size of the planes,
 * stride, padding and dilation, and the taps in the padding are left out pixel by pixel; with
 * planes of 8 x 8 that is a sixth of the work. The price is to transpose the input and the output.
 *
 * <p>A strip of images is laid out as [pixel, channel, image], the weights as panels with k in the
 * order [tap, channel]. The taps of a row of the kernel then read neighbouring pixels, and are one
 * run of steps: a product of packed operands, the result of three of which is a pixel of a few
 * channels. The pixels of a band of rows follow one another while the panel stays in level 1 or 2,
 * and most of the strip's pixels that one needs are those of its neighbour.
 */
final class FloatConvolutionBatch {
  /** Pixels of a band at least: a cache line is written at once. */
  private static final int LINE = 16;

  /** Channels of the result that are computed together. */
  private static final int BLOCK = FloatProduct.PANEL;

  /** Pixels, and channels, that are packed together. */
  private static final int PACK = 64;

  private static final int PACK_CHANNELS = 16;

  /** Tasks wanted for a strip; channels are cut where there are fewer bands of rows. */
  private static final int TASKS = 16;

  private final FloatProduct product;
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

  /** Taps of the kernel, and steps of k. */
  private final int kernel;

  private final int k;

  /** Elements of a pixel of a strip. */
  private final int pixel;

  private FloatConvolutionBatch(FloatProduct product, ConvShape s, boolean forward) {
    this.product = product;
    this.s = s;
    this.forward = forward;
    kernel = s.kernelH() * s.kernelW();
    channels = forward ? s.groupIn() : s.groupOut();
    height = forward ? s.height() : s.outHeight();
    width = forward ? s.width() : s.outWidth();
    outChannels = forward ? s.groupOut() : s.groupIn();
    outHeight = forward ? s.outHeight() : s.height();
    outWidth = forward ? s.outWidth() : s.width();
    k = kernel * channels;
    pixel = channels * product.strip();
  }

  static void forward(
      FloatProduct product,
      ConvShape s,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int biasO,
      float[] y,
      int yo) {
    new FloatConvolutionBatch(product, s, true).run(x, xo, w, wo, bias, biasO, y, yo);
  }

  static void inputGradient(
      FloatProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] w,
      int wo,
      float[] dx,
      int dxo) {
    new FloatConvolutionBatch(product, s, false).run(g, go, w, wo, null, 0, dx, dxo);
  }

  private void run(
      float[] x, int xo, float[] w, int wo, float @Nullable [] bias, int biasO, float[] y, int yo) {
    int strip = product.strip();
    int plane = height * width;
    int outPlane = outHeight * outWidth;
    FloatScratch mine = FloatScratch.get();
    float[] lanes = mine.aligned(FloatScratch.IMAGE, plane * pixel);
    int[] columns = mine.indices(FloatScratch.COLUMNS, 2 * outWidth + 1);
    int kinds = columns(columns);
    int rows = (LINE + outWidth - 1) / outWidth;
    int bands = (outHeight + rows - 1) / rows;
    int blocks = (plane + PACK - 1) / PACK;
    int packs = blocks * ((channels + PACK_CHANNELS - 1) / PACK_CHANNELS);
    int parts = Math.max(1, Math.min(TASKS / bands, outChannels / (2 * BLOCK)));
    int part = ConvolutionPlan.roundUp((outChannels + parts - 1) / parts, BLOCK);
    int tasks = bands * parts;
    long cost = s.work() / s.groups() * strip / s.batch() / tasks;
    float[] panels = panels(w, wo, mine);
    for (int n = 0; n < s.batch(); n += strip) {
      int first = n;
      int images = Math.min(strip, s.batch() - n);
      for (int group = 0; group < s.groups(); group++) {
        int in = xo + (n * s.groups() + group) * channels * plane;
        Parallel.parallelFor(
            packs,
            2 * Parallel.ELEMENT * PACK * PACK_CHANNELS * strip,
            (from, to) -> {
              for (int i = from; i < to; i++) {
                pack(x, in, images, i % blocks * PACK, i / blocks * PACK_CHANNELS, lanes);
              }
            });
        int out = group * outChannels;
        Parallel.parallelFor(
            tasks,
            cost,
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
                    columns,
                    kinds,
                    panels,
                    out * k,
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

  /** The weights of all groups as panels of {@link #BLOCK} channels of the result at most. */
  private float[] panels(float[] w, int wo, FloatScratch scratch) {
    int all = s.groups() * outChannels;
    float[] rows = scratch.array(FloatScratch.WEIGHT, all * k);
    float[] panels = scratch.array(FloatScratch.PANELS, all * k);
    int blocks = (outChannels + BLOCK - 1) / BLOCK;
    Parallel.parallelFor(
        s.groups() * blocks,
        2 * Parallel.ELEMENT * BLOCK * k,
        (from, to) -> {
          for (int block = from; block < to; block++) {
            int group = block / blocks;
            int first = block % blocks * BLOCK;
            int count = Math.min(BLOCK, outChannels - first);
            int row = group * outChannels + first;
            for (int i = row; i < row + count; i++) {
              row(w, wo, group, i, rows);
            }
            product.packA(count, k, rows, row * k, k, 1, panels, row * k);
          }
        });
    return panels;
  }

  /**
   * The weights of a channel of the result in the order [tap, channel], those of the gradient with
   * the taps mirrored.
   */
  private void row(float[] w, int wo, int group, int i, float[] rows) {
    if (forward) {
      product.transpose(w, wo + i * k, kernel, channels, kernel, rows, i * k, channels);
      return;
    }
    int from = wo + group * channels * s.taps() + i % outChannels * kernel;
    int last = i * k + (kernel - 1) * channels;
    product.transpose(w, from, s.taps(), channels, kernel, rows, last, -channels);
  }

  /** Transposes a block of pixels of some channels; lanes without an image are zero. */
  private void pack(float[] x, int xo, int images, int p, int channel, float[] lanes) {
    int strip = product.strip();
    int plane = height * width;
    int count = Math.min(PACK, plane - p);
    int step = s.groups() * channels * plane;
    for (int c = channel; c < Math.min(channel + PACK_CHANNELS, channels); c++) {
      int to = FloatScratch.ALIGNED + p * pixel + c * strip;
      product.transpose(x, xo + c * plane + p, step, images, count, lanes, to, pixel);
      if (images < strip) {
        for (int i = 0; i < count; i++) {
          FloatBinary.fill(0f, lanes, to + i * pixel + images, strip - images);
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
      float[] lanes,
      int[] columns,
      int kinds,
      float[] panels,
      int po,
      float @Nullable [] bias,
      int biasO,
      float[] y,
      int yo,
      int images) {
    FloatScratch scratch = FloatScratch.get();
    int strip = product.strip();
    int[] runs = scratch.indices(FloatScratch.RUNS, rows * kinds * 3 * kernel);
    int[] counts = scratch.indices(FloatScratch.ROWS, rows * kinds);
    for (int r = 0; r < rows; r++) {
      for (int v = 0; v < outWidth; v++) {
        int kind = columns[2 * v];
        if (columns[2 * v + 1] == v) { // the first of its kind
          int table = r * kinds + kind;
          counts[table] = runs(row + r, v, runs, table * 3 * kernel);
        }
      }
    }
    int pixels = rows * outWidth;
    int outPlane = outHeight * outWidth;
    int step = s.groups() * outChannels * outPlane;
    float[] sums = scratch.aligned(FloatScratch.OUTPUT, BLOCK * pixels * strip);
    int origin = FloatScratch.ALIGNED;
    for (int c = begin; c < end; c += BLOCK) {
      int count = Math.min(BLOCK, end - c);
      float[] start = FloatConvolution.rows(bias, biasO + c, count, strip);
      for (int r = 0; r < rows; r++) {
        int base = firstSource(row + r, s.kernelH(), s.strideH(), s.padH(), s.dilationH(), height);
        for (int v = 0; v < outWidth; v++) {
          int table = r * kinds + columns[2 * v];
          int column = firstSource(v, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width);
          int from = FloatScratch.ALIGNED + (base * width + column) * pixel;
          int sum = origin + (r * outWidth + v) * strip;
          int head = 3 * kernel * table;
          if (counts[table] == 0) {
            product.copy(count, strip, start, 0, strip, 1, sums, sum, pixels * strip);
          }
          for (int i = head; i < head + 3 * counts[table]; i += 3) {
            boolean begins = i == head;
            product.multiplyStrips(
                count,
                strip,
                runs[i + 2],
                panels,
                po + c * k,
                k,
                runs[i],
                lanes,
                from + runs[i + 1],
                begins ? start : sums,
                begins ? 0 : sum,
                begins ? strip : pixels * strip,
                sums,
                sum,
                pixels * strip);
          }
        }
      }
      for (int i = 0; i < count; i++) {
        int to = yo + (c + i) * outPlane + row * outWidth;
        product.transpose(sums, origin + i * pixels * strip, strip, pixels, images, y, to, step);
      }
    }
  }

  /**
   * Sorts the columns of the result by the taps that are not in the padding: for each the number of
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
   * The runs of steps of the pixel (row, column): the first step, the place of the input relative
   * to that of the first tap, and the number of steps. Returns their number.
   */
  private int runs(int row, int column, int[] runs, int ro) {
    int top = firstSource(row, s.kernelH(), s.strideH(), s.padH(), s.dilationH(), height);
    int left = firstSource(column, s.kernelW(), s.strideW(), s.padW(), s.dilationW(), width);
    int n = ro;
    for (int q = 0; q < kernel; q++) {
      int tap = forward ? q : kernel - 1 - q;
      int kh = tap / s.kernelW();
      int kw = tap % s.kernelW();
      int h = source(row, kh, s.strideH(), s.padH(), s.dilationH(), height);
      int v = source(column, kw, s.strideW(), s.padW(), s.dilationW(), width);
      if (h < 0 || v < 0) {
        continue;
      }
      int step = q * channels;
      int from = ((h - top) * width + v - left) * pixel;
      int strip = product.strip();
      if (n > ro
          && step == runs[n - 3] + runs[n - 1]
          && from == runs[n - 2] + runs[n - 1] * strip) {
        runs[n - 1] += channels;
      } else {
        runs[n++] = step;
        runs[n++] = from;
        runs[n++] = channels;
      }
    }
    return (n - ro) / 3;
  }

  /** The taps that are not in the padding as bits. */
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

  /** The row or column that tap t of the row or column {@code at} reads, or -1. */
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
