package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * The gradient of a convolution with many channels in its weight: for each tap the product of the
 * image, read where it lies, with the transposed output gradients; the sum runs over the pixels of
 * the result that the tap does not meet padding for.
 *
 * <p>The gradients of a chunk of images are laid out as [strip of channels, image, pixel, channel],
 * so that a register tile reads them one after another. A tile sums over several images, or over a
 * band of rows of a large one; what it needs stays in level 2 for all taps. Tasks have channels of
 * their own: nothing is added up between threads.
 */
final class FloatConvolutionTaps {
  /** Terms of a chain; the chunks' sums are added. */
  private static final int CHUNK = 4096;

  /** Terms in one go: with a strip of 32 channels 128 KiB. */
  private static final int DEPTH = 1024;

  /** Planes whose size is a multiple of this would meet in the same lines of the cache. */
  private static final int CONFLICT = 512;

  private static final int SKEW = 16;

  /** Tasks that the channels are cut into. */
  private static final int TASKS = 16;

  /** Indices in the table of steps. */
  private static final int TABLE = 1 << 21;

  /** Elements of the transposed gradients, and of all weights. */
  private static final int WORK = 1 << 21;

  private final FloatProduct product;
  private final ConvShape s;
  private final int strip;
  private final int kernel;
  private final int plane;

  /** Images that one table of steps covers. */
  private final int images;

  /** Rows of the result whose steps begin at an index that is kept: an image or a band. */
  private final int unit;

  /** Units of an image and a table. */
  private final int units;

  /** Distance of two channels of the input. */
  private final int channel;

  private FloatConvolutionTaps(FloatProduct product, ConvShape s) {
    this.product = product;
    this.s = s;
    strip = product.strip();
    kernel = s.kernelH() * s.kernelW();
    plane = s.outPlane();
    images = Math.min(s.batch(), Math.max(1, DEPTH / plane));
    unit = images > 1 ? s.outHeight() : Math.max(1, DEPTH / s.outWidth());
    units = (s.outHeight() + unit - 1) / unit;
    channel = s.inPlane() % CONFLICT == 0 ? s.inPlane() + SKEW : s.inPlane();
  }

  /** Whether there are channels enough to fill tiles. */
  static boolean suits(FloatProduct product, ConvShape s) {
    int strip = product.strip();
    int wide = FloatConvolution.roundUp(s.groupOut(), strip);
    return strip <= 64
        && s.groupOut() * 4 >= wide * 3
        && s.groupIn() >= 12
        && (long) wide * s.taps() <= 2 * WORK
        && 2L * s.kernelH() * s.kernelW() * Math.max(CHUNK, s.outPlane()) <= TABLE;
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
    int in = s.groupIn();
    int strips = (s.groupOut() + strip - 1) / strip;
    int terms = Math.min(CHUNK, WORK / (strips * strip));
    int chunk = Math.max(1, terms / (images * plane)) * images;
    int chunks = (s.batch() + chunk - 1) / chunk;
    int block = FloatConvolution.roundUp((in * strips + TASKS - 1) / TASKS, 12);
    int blocks = (in + block - 1) / block;
    int size = strips * strip * s.taps();
    FloatScratch mine = FloatScratch.get();
    int[] steps = mine.indices(FloatScratch.TAPS, 2 * kernel * images * plane);
    int[] begin = mine.indices(FloatScratch.PHASES, kernel * (images * units + 1));
    steps(steps, begin);
    float[] turned = mine.array(FloatScratch.OUTPUT, strips * strip * chunk * plane);
    boolean copied = channel != s.inPlane();
    float[] input = copied ? mine.array(FloatScratch.IMAGE, chunk * in * channel) : x;
    float[] sums = mine.array(FloatScratch.SUMS, size);
    float[] total = chunks > 1 ? mine.array(FloatScratch.WEIGHT, size) : sums;
    int inStep = copied ? in * channel : s.inChannels() * s.inPlane();
    int grain = FloatConvolution.grain(s.work() / s.groups() / chunks, strips * blocks);
    for (int n = 0; n < s.batch(); n += chunk) {
      int first = n;
      int count = Math.min(chunk, s.batch() - n);
      Parallel.range(
          count,
          Math.max(1, (1 << 15) / (plane * strip)),
          (from, to) -> {
            for (int i = from; i < to; i++) {
              turn(g, go + (first + i) * s.outChannels() * plane, turned, i * plane, chunk * plane);
              if (copied) {
                int image = xo + (first + i) * s.inChannels() * s.inPlane();
                for (int c = 0; c < in; c++) {
                  int at = (i * in + c) * channel;
                  System.arraycopy(x, image + c * s.inPlane(), input, at, s.inPlane());
                }
              }
            }
          });
      int origin = copied ? 0 : xo + n * s.inChannels() * s.inPlane();
      Parallel.range(
          strips * blocks,
          grain,
          (from, to) -> {
            for (int task = from; task < to; task++) {
              int j = task / blocks;
              int c = task % blocks * block;
              int channels = Math.min(block, in - c);
              int at = (j * in + c) * kernel * strip;
              int length = channels * kernel * strip;
              FloatBinary.fill(0f, sums, at, length);
              for (int i = 0; i < count; i += images) {
                add(
                    Math.min(images, count - i),
                    channels,
                    input,
                    origin + i * inStep + c * channel,
                    turned,
                    (j * chunk + i) * plane * strip,
                    steps,
                    begin,
                    sums,
                    at);
              }
              if (chunks > 1 && first == 0) {
                System.arraycopy(sums, at, total, at, length);
              } else if (chunks > 1) {
                FloatBinary.axpy(1f, sums, at, total, at, length);
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

  /** Transposes the gradients of an image; channels of a strip that do not exist are zero. */
  private void turn(float[] g, int go, float[] turned, int pixel, int step) {
    for (int out = 0; out < s.groupOut(); out += strip) {
      int count = Math.min(strip, s.groupOut() - out);
      int to = (out / strip * step + pixel) * strip;
      product.transpose(g, go + out * plane, plane, count, plane, turned, to, strip);
      if (count < strip) {
        for (int p = 0; p < plane; p++) {
          FloatBinary.fill(0f, turned, to + p * strip + count, strip - count);
        }
      }
    }
  }

  /** Adds the products of the taps for some images that lie side by side. */
  private void add(
      int count,
      int channels,
      float[] x,
      int xo,
      float[] turned,
      int to,
      int[] steps,
      int[] begin,
      float[] sums,
      int so) {
    int together = images > 1 ? count : 1;
    for (int u = 0; u < count * units; u += together) {
      for (int c = 0; c < channels; c += 12) {
        for (int t = 0; t < kernel; t++) {
          int bounds = t * (images * units + 1) + u;
          product.addSteps(
              Math.min(12, channels - c),
              begin[bounds + together] - begin[bounds],
              x,
              xo + c * channel,
              channel,
              turned,
              to,
              steps,
              begin[bounds],
              sums,
              so + (c * kernel + t) * strip,
              kernel * strip);
        }
      }
    }
  }

  /**
   * For each tap the places of the pixels of the input and of the gradient that meet, in the order
   * of images and pixels, and where the steps of each unit begin.
   */
  private void steps(int[] steps, int[] begin) {
    int inStep = channel == s.inPlane() ? s.inChannels() * s.inPlane() : s.groupIn() * channel;
    int n = 0;
    int b = 0;
    for (int t = 0; t < kernel; t++) {
      int top = t / s.kernelW() * s.dilationH() - s.padH();
      int left = t % s.kernelW() * s.dilationW() - s.padW();
      for (int i = 0; i < images; i++) {
        for (int row = 0; row < s.outHeight(); row++) {
          if (row % unit == 0) {
            begin[b++] = n / 2;
          }
          int h = row * s.strideH() + top;
          if (h < 0 || h >= s.height()) {
            continue;
          }
          for (int column = 0; column < s.outWidth(); column++) {
            int v = column * s.strideW() + left;
            if (v >= 0 && v < s.width()) {
              steps[n++] = i * inStep + h * s.width() + v;
              steps[n++] = (i * plane + row * s.outWidth() + column) * strip;
            }
          }
        }
      }
      begin[b++] = n / 2;
    }
  }
}
