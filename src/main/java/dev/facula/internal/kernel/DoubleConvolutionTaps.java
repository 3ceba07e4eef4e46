package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * The gradient of a convolution with many channels in its weight: for each tap the product of the
 * image with the output gradients; the sum runs over the pixels of the result that the tap does not
 * meet padding for.
 *
 * <p>Images and gradients are packed, pixel by pixel, the channels of a panel or a strip next to
 * one another. There is a copy for each column of the kernel, of just the columns that it meets:
 * the pixels of a tap then follow one another in both, so that a tap of an image is one product of
 * packed operands. Tasks have channels of their own: nothing is added up between threads.
 */
final class DoubleConvolutionTaps {
  /** Terms of a chain; the chunks' sums are added. */
  private static final int CHUNK = 4096;

  /** Tasks that the channels are cut into. */
  private static final int TASKS = 16;

  /** Elements of the packed gradients and images of a chunk, and of all weights. */
  private static final int WORK = 1 << 22;

  private final DoubleProduct product;
  private final ConvShape s;
  private final int strip;
  private final int kernel;
  private final int plane;

  /** Rows of an image, those of the same phase of the stride following one another. */
  private final int phase;

  /** Images of a chunk. */
  private final int chunk;

  private DoubleConvolutionTaps(DoubleProduct product, ConvShape s) {
    this.product = product;
    this.s = s;
    strip = product.strip();
    kernel = s.kernelH() * s.kernelW();
    plane = s.outPlane();
    phase = (s.height() + s.strideH() - 1) / s.strideH();
    chunk = chunk(product, s);
  }

  /** Whether there are channels enough to fill tiles, and pixels enough for a product. */
  static boolean suits(DoubleProduct product, ConvShape s) {
    int strip = product.strip();
    int wide = DoubleConvolution.roundUp(s.groupOut(), strip);
    return strip <= 64
        && s.groupOut() * 4 >= wide * 3
        && s.groupIn() >= 12
        && s.outPlane() >= 16
        && (long) wide * s.taps() <= WORK
        && (long) s.kernelW() * wide * s.outPlane() <= WORK
        && (long) s.kernelW() * s.groupIn() * imagePixels(s) <= WORK;
  }

  /** Pixels of a copy of an image. */
  private static int imagePixels(ConvShape s) {
    return (s.height() + s.strideH() - 1) / s.strideH() * s.strideH() * s.outWidth();
  }

  private static int chunk(DoubleProduct product, ConvShape s) {
    int wide = DoubleConvolution.roundUp(s.groupOut(), product.strip());
    long most = Math.min(WORK / (s.kernelW() * (long) wide), CHUNK) / s.outPlane();
    most = Math.min(most, WORK / ((long) s.kernelW() * s.groupIn() * imagePixels(s)));
    return (int) Math.max(1, Math.min(most, s.batch()));
  }

  static void gradient(
      DoubleProduct product,
      ConvShape s,
      double[] g,
      int go,
      double[] x,
      int xo,
      double[] dw,
      int dwo) {
    DoubleConvolutionTaps taps = new DoubleConvolutionTaps(product, s);
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

  private void group(double[] g, int go, double[] x, int xo, double[] dw, int dwo) {
    int in = s.groupIn();
    int strips = (s.groupOut() + strip - 1) / strip;
    int chunks = (s.batch() + chunk - 1) / chunk;
    int size = strips * strip * s.taps();
    DoubleScratch mine = DoubleScratch.get();
    int[] panels = mine.indices(DoubleScratch.COLUMNS, in + 1);
    int count = panels(panels);
    // Of all channels of a pixel: every copy of every image of a chunk.
    int gradients = s.kernelW() * chunk * plane;
    int pixels = s.kernelW() * chunk * imagePixels(s);
    double[] turned = mine.aligned(DoubleScratch.OUTPUT, strips * strip * gradients);
    double[] images = mine.array(DoubleScratch.IMAGE, in * pixels);
    double[] sums = mine.array(DoubleScratch.SUMS, size);
    double[] total = chunks > 1 ? mine.array(DoubleScratch.WEIGHT, size) : sums;
    int block = Math.max(1, (count * strips + TASKS - 1) / TASKS);
    int blocks = (count + block - 1) / block;
    int grain = DoubleConvolution.grain(s.work() / s.groups() / chunks, strips * blocks);
    for (int n = 0; n < s.batch(); n += chunk) {
      int first = n;
      int some = Math.min(chunk, s.batch() - n);
      Parallel.range(
          some * (strips + count),
          Math.max(1, (1 << 15) / (plane * strip)),
          (from, to) -> {
            for (int i = from; i < to; i++) {
              int image = i % some;
              int part = i / some;
              if (part < strips) {
                int source = go + ((first + image) * s.outChannels() + part * strip) * plane;
                int start = DoubleScratch.ALIGNED + part * strip * gradients;
                packGradient(g, source, part, turned, start, image);
              } else {
                int c = panels[part - strips];
                int source = xo + ((first + image) * s.inChannels() + c) * s.inPlane();
                int height = panels[part - strips + 1] - c;
                packImage(x, source, height, images, c * pixels, image);
              }
            }
          });
      Parallel.range(
          strips * blocks,
          grain,
          (from, to) -> {
            for (int task = from; task < to; task++) {
              int j = task / blocks;
              int begin = task % blocks * block;
              int end = Math.min(begin + block, count);
              int at = (j * in + panels[begin]) * kernel * strip;
              int length = (panels[end] - panels[begin]) * kernel * strip;
              DoubleBinary.fill(0.0, sums, at, length);
              for (int b = begin; b < end; b++) {
                int c = panels[b];
                int sum = (j * in + c) * kernel * strip;
                add(
                    some,
                    panels[b + 1] - c,
                    images,
                    c * pixels,
                    turned,
                    DoubleScratch.ALIGNED + j * strip * gradients,
                    sums,
                    sum);
              }
              if (chunks > 1 && first == 0) {
                System.arraycopy(sums, at, total, at, length);
              } else if (chunks > 1) {
                DoubleBinary.axpy(1.0, sums, at, total, at, length);
              }
            }
          });
    }
    Parallel.range(
        strips * in,
        Math.max(1, (1 << 14) / (kernel * strip)),
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int out = i / in * strip;
            int rows = Math.min(strip, s.groupOut() - out);
            int corner = dwo + out * s.taps() + i % in * kernel;
            product.transpose(total, i * kernel * strip, strip, kernel, rows, dw, corner, s.taps());
          }
        });
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
  private void packGradient(double[] g, int go, int part, double[] turned, int to, int image) {
    int channels = Math.min(strip, s.groupOut() - part * strip);
    double[] pixels = DoubleScratch.get().array(DoubleScratch.LEFT, plane * strip);
    product.transpose(g, go, plane, channels, plane, pixels, 0, strip);
    if (channels < strip) {
      for (int p = 0; p < plane; p++) {
        DoubleBinary.fill(0.0, pixels, p * strip + channels, strip - channels);
      }
    }
    for (int kw = 0; kw < s.kernelW(); kw++) {
      int begin = beginColumn(kw);
      int columns = endColumn(kw) - begin;
      int base = to + (kw * chunk + image) * plane * strip;
      for (int row = 0; columns > 0 && row < s.outHeight(); row++) {
        int from = (row * s.outWidth() + begin) * strip;
        System.arraycopy(pixels, from, turned, base + row * columns * strip, columns * strip);
      }
    }
  }

  /** Packs a panel of an image's channels. */
  private void packImage(double[] x, int xo, int channels, double[] images, int to, int image) {
    int size = s.inPlane();
    double[] pixels = DoubleScratch.get().array(DoubleScratch.LEFT, size * channels);
    product.packA(channels, size, x, xo, size, 1, pixels, 0);
    for (int kw = 0; kw < s.kernelW(); kw++) {
      int begin = beginColumn(kw);
      int columns = endColumn(kw) - begin;
      int left = begin * s.strideW() + kw * s.dilationW() - s.padW();
      int base = to + (kw * chunk + image) * imagePixels(s) * channels;
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
      double[] images,
      int io,
      double[] turned,
      int to,
      double[] sums,
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
        product.multiplyStrips(
            channels,
            strip,
            rows * columns,
            images,
            io + (copy * imagePixels(s) + row * columns) * channels,
            rows * columns,
            0,
            turned,
            to + (copy * plane + begin * columns) * strip,
            sums,
            so + t * strip,
            kernel * strip,
            sums,
            so + t * strip,
            kernel * strip);
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

  /** The first place of the result that a tap shifted by {@code offset} meets the input for. */
  private static int begin(int offset, int stride) {
    return offset >= 0 ? 0 : (stride - 1 - offset) / stride;
  }

  /** The place behind the last, at least that of {@link #begin}. */
  private static int end(int offset, int stride, int limit, int size) {
    int end = Math.min(size, (limit - offset + stride - 1) / stride);
    return Math.max(begin(offset, stride), end);
  }
}
