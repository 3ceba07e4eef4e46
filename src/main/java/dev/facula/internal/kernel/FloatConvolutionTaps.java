package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * The gradient of a convolution with many channels in its weight: for each tap the product of the
 * image with the output gradients; the sum runs over the pixels of the result that the tap does not
 * read padding for.
 *
 * <p>Images and gradients are packed, pixel by pixel, the channels of a panel or a strip next to
 * one another. There is a copy for each column of the kernel, of just the columns that it reads:
 * the pixels of a tap then follow one another in both, so that a tap of an image is one product of
 * packed operands. Tasks have images of their own, and sums that are added at the end; where those
 * would be too many, they share the packed images, and have channels of their own.
 */
final class FloatConvolutionTaps {
  /** Terms of a chain; the sums of chains are added. */
  private static final int CHAIN = 4096;

  /** Elements of a strip of the packed gradients of a chunk, so that level 2 holds them. */
  private static final int STRIP = 3 << 15;

  /** Tasks that the channels are cut into. */
  private static final int TASKS = 16;

  /** Runs of images at most: each costs a pass over the weights. */
  private static final int PARTS = 8;

  /** Sums of all runs of images at most. */
  private static final int SUMS = 1 << 20;

  private final FloatProduct product;
  private final ConvShape s;
  private final int strip;
  private final int kernel;
  private final int plane;

  /** Rows of an image, those of the same phase of the stride following one another. */
  private final int phase;

  /** Images that are packed at a time. */
  private final int chunk;

  /** Images of a chain, a whole number of chunks. */
  private final int chain;

  /** Strips of the output's channels of a group. */
  private final int strips;

  /** Sums of a group, strips of full width. */
  private final int size;

  /** Runs of images, each with sums of its own. */
  private final int parts;

  private FloatConvolutionTaps(FloatProduct product, ConvShape s) {
    this.product = product;
    this.s = s;
    strip = product.strip();
    kernel = s.kernelH() * s.kernelW();
    plane = s.outPlane();
    phase = (s.height() + s.strideH() - 1) / s.strideH();
    chunk = chunk(product, s);
    chain = Math.max(1, CHAIN / (chunk * plane)) * chunk;
    strips = product.stripColumns(s.groupOut()) / strip;
    size = strips * strip * s.taps();
    long worth = s.work() / s.groups() / Parallel.GRAIN;
    int most = (int) Math.min(Math.min(PARTS, SUMS / size), Math.min(s.batch(), worth));
    parts = most < 4 ? 1 : Integer.highestOneBit(most);
  }

  private static int chunk(FloatProduct product, ConvShape s) {
    int wide = product.stripColumns(s.groupOut());
    long most =
        Math.min(ConvolutionPlan.TAPS_WORK / wide, STRIP / product.strip())
            / s.kernelW()
            / s.outPlane();
    most =
        Math.min(
            most,
            ConvolutionPlan.TAPS_WORK
                / ((long) s.kernelW() * s.groupIn() * ConvolutionPlan.tapPixels(s)));
    return (int) Math.max(1, Math.min(most, s.batch()));
  }

  static void gradient(
      FloatProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] x,
      int xo,
      float[] dw,
      int dwo) {
    FloatConvolutionTaps taps = new FloatConvolutionTaps(product, s);
    for (int group = 0; group < s.groups(); group++) {
      taps.group(
          g,
          go + group * s.groupOut() * s.outPlane(),
          x,
          xo + group * s.groupIn() * s.inPlane(),
          dw,
          dwo + group * s.groupOut() * s.taps());
    }
  }

  private void group(float[] g, int go, float[] x, int xo, float[] dw, int dwo) {
    float[] totals = FloatScratch.get().array(FloatScratch.WEIGHT, parts * size);
    Parallel.run(
        parts,
        part -> {
          int from = (int) ((long) s.batch() * part / parts);
          int to = (int) ((long) s.batch() * (part + 1) / parts);
          sum(g, go, x, xo, from, to, totals, part * size);
        });
    int in = s.groupIn();
    int length = kernel * strip;
    Parallel.parallelFor(
        strips * in,
        Parallel.FUNCTION * length,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            for (int part = 1; part < parts; part++) {
              FloatBinary.addMultiple(
                  1f, totals, part * size + i * length, totals, i * length, length);
            }
            int out = i / in * strip;
            int rows = Math.min(strip, s.groupOut() - out);
            int corner = dwo + out * s.taps() + i % in * kernel;
            product.transpose(totals, i * length, strip, kernel, rows, dw, corner, s.taps());
          }
        });
  }

  /** The sums of the images n0 to n1 - 1: a row of a strip for each strip, channel and tap. */
  private void sum(
      float[] g, int go, float[] x, int xo, int n0, int n1, float[] totals, int origin) {
    int in = s.groupIn();
    int chunks = (n1 - n0 + chunk - 1) / chunk;
    boolean chains = n1 - n0 > chain;
    FloatScratch mine = FloatScratch.get();
    int[] panels = mine.indices(FloatScratch.COLUMNS, in + 1);
    int count = panels(panels);
    // Of all channels of a pixel: every copy of every image of a chunk.
    int gradients = s.kernelW() * chunk * plane;
    int pixels = s.kernelW() * chunk * ConvolutionPlan.tapPixels(s);
    float[] transposed = mine.aligned(FloatScratch.OUTPUT, strips * strip * gradients);
    float[] images = mine.array(FloatScratch.IMAGE, in * pixels);
    float[] sums = chains ? mine.array(FloatScratch.SUMS, size) : totals;
    int start = chains ? 0 : origin;
    int block = Math.max(1, (count * strips + TASKS - 1) / TASKS);
    int blocks = (count + block - 1) / block;
    long cost = s.work() / s.groups() / parts / chunks / (strips * blocks);
    for (int n = n0; n < n1; n += chunk) {
      int first = n;
      int some = Math.min(chunk, n1 - n);
      boolean begins = (n - n0) % chain == 0;
      boolean ends = chains && ((n - n0 + some) % chain == 0 || n + some == n1);
      Parallel.parallelFor(
          some * (strips + count),
          2 * Parallel.ELEMENT * plane * strip,
          (from, to) -> {
            for (int i = from; i < to; i++) {
              int image = i % some;
              int part = i / some;
              if (part < strips) {
                int source = go + ((first + image) * s.outChannels() + part * strip) * plane;
                int at = FloatScratch.ALIGNED + part * strip * gradients;
                packGradient(g, source, part, transposed, at, image);
              } else {
                int c = panels[part - strips];
                int source = xo + ((first + image) * s.inChannels() + c) * s.inPlane();
                int height = panels[part - strips + 1] - c;
                packImage(x, source, height, images, c * pixels, image);
              }
            }
          });
      Parallel.parallelFor(
          strips * blocks,
          cost,
          (from, to) -> {
            for (int task = from; task < to; task++) {
              int j = task / blocks;
              int begin = task % blocks * block;
              int end = Math.min(begin + block, count);
              int at = (j * in + panels[begin]) * kernel * strip;
              int length = (panels[end] - panels[begin]) * kernel * strip;
              if (begins) {
                FloatBinary.fill(0f, sums, start + at, length);
              }
              for (int b = begin; b < end; b++) {
                int c = panels[b];
                add(
                    some,
                    panels[b + 1] - c,
                    images,
                    c * pixels,
                    transposed,
                    FloatScratch.ALIGNED + j * strip * gradients,
                    sums,
                    start + (j * in + c) * kernel * strip);
              }
              if (ends && first - n0 < chain) {
                System.arraycopy(sums, at, totals, origin + at, length);
              } else if (ends) {
                product.add(1, length, sums, at, length, totals, origin + at, length);
              }
            }
          });
    }
  }

  /** Where the panels of the input's channels begin, and the end; returns their number. */
  private int panels(int[] panels) {
    int count = 0;
    for (int c = 0; c < s.groupIn(); c += product.panel(s.groupIn() - c)) {
      panels[count++] = c;
    }
    panels[count] = s.groupIn();
    return count;
  }

  /** Packs a strip of an image's gradients; channels that do not exist are zero. */
  private void packGradient(float[] g, int go, int part, float[] transposed, int to, int image) {
    int channels = Math.min(strip, s.groupOut() - part * strip);
    float[] pixels = FloatScratch.get().array(FloatScratch.LEFT, plane * strip);
    product.transpose(g, go, plane, channels, plane, pixels, 0, strip);
    if (channels < strip) {
      for (int p = 0; p < plane; p++) {
        FloatBinary.fill(0f, pixels, p * strip + channels, strip - channels);
      }
    }
    for (int kw = 0; kw < s.kernelW(); kw++) {
      int begin = beginColumn(kw);
      int columns = endColumn(kw) - begin;
      int base = to + (kw * chunk + image) * plane * strip;
      for (int row = 0; columns > 0 && row < s.outHeight(); row++) {
        int from = (row * s.outWidth() + begin) * strip;
        System.arraycopy(pixels, from, transposed, base + row * columns * strip, columns * strip);
      }
    }
  }

  /** Packs a panel of an image's channels. */
  private void packImage(float[] x, int xo, int channels, float[] images, int to, int image) {
    int size = s.inPlane();
    float[] pixels = FloatScratch.get().array(FloatScratch.LEFT, size * channels);
    product.packA(channels, size, x, xo, size, 1, pixels, 0);
    for (int kw = 0; kw < s.kernelW(); kw++) {
      int begin = beginColumn(kw);
      int columns = endColumn(kw) - begin;
      int left = begin * s.strideW() + kw * s.dilationW() - s.padW();
      int base = to + (kw * chunk + image) * ConvolutionPlan.tapPixels(s) * channels;
      for (int h = 0; columns > 0 && h < s.height(); h++) {
        int from = (h * s.width() + left) * channels;
        int row = h % s.strideH() * phase + h / s.strideH();
        int at = base + row * columns * channels;
        if (s.strideW() == 1) {
          System.arraycopy(pixels, from, images, at, columns * channels);
          continue;
        }
        for (int v = 0; v < columns; v++) {
          int pixel = from + v * s.strideW() * channels;
          System.arraycopy(pixels, pixel, images, at + v * channels, channels);
        }
      }
    }
  }

  /** Adds the products of all taps, for some images and a panel of channels. */
  private void add(
      int count,
      int channels,
      float[] images,
      int io,
      float[] transposed,
      int to,
      float[] sums,
      int so) {
    for (int i = 0; i < count; i++) {
      for (int t = 0; t < kernel; t++) {
        int kw = t % s.kernelW();
        int columns = endColumn(kw) - beginColumn(kw);
        int top = t / s.kernelW() * s.dilationH() - s.padH();
        int begin = begin(top, s.strideH());
        int rows = end(top, s.strideH(), s.height(), s.outHeight()) - begin;
        if (rows <= 0 || columns <= 0) {
          continue;
        }
        int h = begin * s.strideH() + top;
        int row = h % s.strideH() * phase + h / s.strideH();
        int copy = kw * chunk + i;
        int pixels = rows * columns;
        int panel = io + (copy * ConvolutionPlan.tapPixels(s) + row * columns) * channels;
        int from = to + (copy * plane + begin * columns) * strip;
        int at = so + t * strip;
        int ld = kernel * strip;
        product.multiplyStrips(
            channels,
            strip,
            Math.min(pixels, CHAIN),
            images,
            panel,
            pixels,
            0,
            transposed,
            from,
            sums,
            at,
            ld,
            sums,
            at,
            ld);
        for (int p = CHAIN; p < pixels; p += CHAIN) { // chains of a large image
          FloatScratch scratch = FloatScratch.get();
          float[] chain = scratch.array(FloatScratch.CHAIN, channels * strip);
          product.multiplyStrips(
              channels,
              strip,
              Math.min(pixels - p, CHAIN),
              images,
              panel,
              pixels,
              p,
              transposed,
              from + p * strip,
              scratch.zeros(strip),
              0,
              0,
              chain,
              0,
              strip);
          product.add(channels, strip, chain, 0, strip, sums, at, ld);
        }
      }
    }
  }

  private int beginColumn(int kw) {
    return begin(kw * s.dilationW() - s.padW(), s.strideW());
  }

  private int endColumn(int kw) {
    int left = kw * s.dilationW() - s.padW();
    return end(left, s.strideW(), s.width(), s.outWidth());
  }

  /** The first place of the result for which a tap shifted by {@code offset} reads the input. */
  private static int begin(int offset, int stride) {
    return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
  }

  /** The place after the last, at least that of {@link #begin}. */
  private static int end(int offset, int stride, int limit, int size) {
    int end = Math.min(size, (limit - offset + stride - 1) / stride);
    return Math.max(begin(offset, stride), end);
  }
}
