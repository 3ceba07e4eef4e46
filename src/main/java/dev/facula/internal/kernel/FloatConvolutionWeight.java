package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;

/**
 * The gradient of a convolution in its weight. With few channels it is a dot product of two images
 * for each weight; with many it is a product of the output gradients and the shifted image.
 */
final class FloatConvolutionWeight {
  /** Elements of images whose dot products are added in one go: level 1 holds most. */
  private static final int TOGETHER = 1 << 14;

  /** Shifted images that are multiplied with the gradients together. */
  private static final int ROWS = 4;

  /** Elements of interleaved rows that are in memory at a time, where an image has more. */
  private static final int BAND = 1 << 17;

  /** Terms of a chain at least where there are more; the sums of chains are added. */
  private static final int CHAIN = 2048;

  /** Terms that are summed in lanes at least before these are added up. */
  private static final int DOTS = 4096;

  /** Pixels that are enough for a product. */
  private static final int PIXELS = 128;

  private FloatConvolutionWeight() {}

  static void gradient(
      FloatProduct product,
      ConvolutionPlan.Choice choice,
      ConvShape s,
      float[] g,
      int go,
      float[] x,
      int xo,
      float[] dw,
      int dwo) {
    int size = s.outChannels() * s.taps();
    // Chunks of images, each with sums of its own that are added in order, and blocks of channels.
    ConvImage image = new ConvImage(s);
    boolean dots = choice.path() == ConvolutionPlan.Path.DOTS;
    int chunks = (int) Math.min(Math.min(s.batch(), 16), Math.max(1, s.work() / Parallel.GRAIN));
    chunks = Math.min(chunks, (1 << 20) / size);
    chunks = (int) Math.max(1, Math.min(chunks, (long) s.batch() * s.outPlane() / PIXELS));
    int images = (s.batch() + chunks - 1) / chunks;
    int parts = (s.batch() + images - 1) / images;
    int block = choice.block();
    int blocks = (s.groupOut() + block - 1) / block;
    FloatScratch mine = FloatScratch.get();
    float[] partial = parts == 1 ? dw : mine.array(FloatScratch.WEIGHT, parts * size);
    int origin = parts == 1 ? dwo : 0;
    int taps = ConvolutionPlan.roundUp(s.taps(), ROWS);
    int[] offsets = mine.indices(FloatScratch.TAPS, taps);
    image.offsets(s.groupIn(), s.kernelH(), offsets);
    Arrays.fill(offsets, s.taps(), taps, offsets[0]);
    int tasks = parts * s.groups() * blocks;
    Parallel.parallelFor(
        tasks,
        s.work() / tasks,
        (from, to) -> {
          for (int task = from; task < to; task++) {
            int part = task / (s.groups() * blocks);
            int group = task / blocks % s.groups();
            int first = task % blocks * block;
            int height = Math.min(block, s.groupOut() - first);
            int out = group * s.groupOut() + first;
            int n0 = part * images;
            int n1 = Math.min(n0 + images, s.batch());
            int to2 = origin + part * size + out * s.taps();
            if (dots) {
              weightsByDots(
                  product, s, image, offsets, taps, g, go, x, xo, n0, n1, group, out, height,
                  partial, to2);
            } else {
              weightsByRows(product, s, g, go, x, xo, n0, n1, group, out, height, partial, to2);
            }
          }
        });
    if (parts > 1) {
      Parallel.parallelFor(
          size,
          Parallel.FUNCTION,
          (from, to) -> {
            System.arraycopy(partial, from, dw, dwo + from, to - from);
            for (int part = 1; part < parts; part++) {
              FloatBinary.addMultiple(1f, partial, part * size + from, dw, dwo + from, to - from);
            }
          });
    }
  }

  /**
   * Few channels: dw[o, k] is the dot product of the gradient's plane o, widened to the rows of the
   * image, with the image shifted by tap k. The taps after the last are copies of the first.
   */
  private static void weightsByDots(
      FloatProduct product,
      ConvShape s,
      ConvImage image,
      int[] offsets,
      int taps,
      float[] g,
      int go,
      float[] x,
      int xo,
      int n0,
      int n1,
      int group,
      int out,
      int height,
      float[] dw,
      int dwo) {
    FloatScratch scratch = FloatScratch.get();
    int lanes = product.lanes();
    int channels = s.groupIn() * image.channel;
    int length = ConvolutionPlan.roundUp((s.outHeight() - 1) * image.width + s.outWidth(), 16);
    int images = Math.max(1, Math.min(n1 - n0, TOGETHER / (channels + height * length)));
    float[] copy = scratch.array(FloatScratch.IMAGE, images * channels + FloatConvolution.SLACK);
    int size = images * height * length;
    float[] wide = scratch.aligned(FloatScratch.OUTPUT, Math.max(size, FloatScratch.WORTH));
    int results = height * taps;
    float[] sums = scratch.array(FloatScratch.SUMS, results * lanes);
    FloatBinary.fill(0f, copy, 0, images * channels + FloatConvolution.SLACK);
    FloatBinary.fill(0f, wide, FloatScratch.ALIGNED, size);
    float[] totals = scratch.array(FloatScratch.CHAIN, results * lanes);
    FloatBinary.fill(0f, sums, 0, results * lanes);
    FloatBinary.fill(0f, totals, 0, results * lanes);
    int terms = 0;
    int[] jumps = scratch.indices(FloatScratch.JUMPS, images * length / lanes);
    for (int q = 0; q < images * length / lanes; q++) {
      jumps[q] = q * lanes / length * channels + q * lanes % length;
    }
    for (int n = n0; n < n1; n += images) {
      int count = Math.min(images, n1 - n);
      for (int i = 0; i < count; i++) {
        int input = xo + ((n + i) * s.inChannels() + group * s.groupIn()) * s.inPlane();
        FloatConvolution.scatter(product, s, image, s.groupIn(), x, input, copy, i * channels);
        for (int c = 0; c < height; c++) {
          int plane = go + ((n + i) * s.outChannels() + out + c) * s.outPlane();
          product.copy(
              s.outHeight(),
              s.outWidth(),
              g,
              plane,
              s.outWidth(),
              1,
              wide,
              FloatScratch.ALIGNED + (c * images + i) * length,
              image.width);
        }
      }
      int piece = images > 1 ? count * length : DOTS; // the jumps of one image are all alike
      for (int p = 0; p < count * length; p += piece) {
        int most = Math.min(piece, count * length - p);
        int at = FloatScratch.ALIGNED + p;
        product.addDots(
            height, taps, most, wide, at, images * length, copy, p, offsets, 0, jumps, sums, 0);
        terms += most;
        if (terms >= DOTS) {
          FloatBinary.addMultiple(1f, sums, 0, totals, 0, results * lanes);
          FloatBinary.fill(0f, sums, 0, results * lanes);
          terms = 0;
        }
      }
    }
    FloatBinary.addMultiple(1f, totals, 0, sums, 0, results * lanes);
    // The totals of all results at once, in the order of FloatProduct.total.
    float[] transposed = scratch.array(FloatScratch.TRANSPOSED, results * lanes);
    product.transpose(sums, 0, lanes, results, lanes, transposed, 0, results);
    for (int half = lanes / 2; half > 0; half /= 2) {
      FloatBinary.addMultiple(1f, transposed, half * results, transposed, 0, half * results);
    }
    for (int c = 0; c < height; c++) {
      System.arraycopy(transposed, c * taps, dw, dwo + c * s.taps(), s.taps());
    }
  }

  /**
   * Products: dw[o, (tap, i)] += G[o, pixel] X[pixel + tap, i] with the padded image transposed:
   * the channels of a pixel are contiguous, and so is what a row of the kernel reads. Where that is
   * short, the rows of the input for a row of the output are interleaved, so that all that the
   * kernel reads is contiguous. Images of few pixels are joined.
   */
  private static void weightsByRows(
      FloatProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] x,
      int xo,
      int n0,
      int n1,
      int group,
      int out,
      int height,
      float[] dw,
      int dwo) {
    FloatScratch scratch = FloatScratch.get();
    int in = s.groupIn();
    int across = s.dilationW() == 1 ? s.kernelW() : 1;
    boolean interleaved = across * in < ConvolutionPlan.SHORT;
    int down = interleaved ? s.kernelH() : 1;
    int pixel = down * in;
    int columns = across * pixel;
    int results = s.taps() * height;
    int line = (s.width() + 2 * s.padW()) * pixel;
    int lines = interleaved ? s.outHeight() : s.height() + 2 * s.padH();
    int strideH = interleaved ? 1 : s.strideH();
    int band = interleaved ? Math.max(1, Math.min(lines, BAND / line)) : s.outHeight();
    int size = (interleaved ? band : lines) * line;
    int plane = band * s.outWidth();
    int images = Math.max(1, Math.min(n1 - n0, Math.min(PIXELS / s.outPlane(), BAND / size)));
    float[] transposed = scratch.array(FloatScratch.IMAGE, images * size);
    float[] joined = scratch.array(FloatScratch.OUTPUT, images > 1 ? height * images * plane : 0);
    float[] sums = scratch.array(FloatScratch.SUMS, results);
    FloatBinary.fill(0f, transposed, 0, images * size);
    float[] totals = scratch.array(FloatScratch.CHAIN, results);
    FloatBinary.fill(0f, sums, 0, results);
    FloatBinary.fill(0f, totals, 0, results);
    int terms = 0;
    int[] pixels = scratch.indices(FloatScratch.COLUMNS, images * plane);
    for (int p = 0; p < images * plane; p++) {
      int h = p % plane / s.outWidth() * strideH;
      pixels[p] = p / plane * size + h * line + p % s.outWidth() * s.strideW() * pixel;
    }
    for (int n = n0; n < n1; n += images) {
      int count = Math.min(images, n1 - n);
      int gradient = go + (n * s.outChannels() + out) * s.outPlane();
      int ldg = images > 1 ? count * plane : s.outPlane();
      for (int i = 0; i < count && images > 1; i++) {
        int from = gradient + i * s.outChannels() * plane;
        product.copy(height, plane, g, from, plane, 1, joined, i * plane, ldg);
      }
      for (int first = 0; first < s.outHeight(); first += band) {
        int high = Math.min(band, s.outHeight() - first);
        for (int i = 0; i < count; i++) {
          int input = xo + ((n + i) * s.inChannels() + group * in) * s.inPlane();
          int rows = interleaved ? high : lines;
          transposeLines(
              product, s, interleaved, first, rows, pixel, x, input, transposed, i * size);
        }
        for (int p = 0, end = count * high * s.outWidth(); p < end; p += CHAIN) {
          int depth = Math.min(CHAIN, end - p);
          for (int kh = 0, sum = 0; kh < s.kernelH(); kh += down) {
            for (int kw = 0; kw < s.kernelW(); kw += across, sum += height * columns) {
              product.multiply(
                  height,
                  columns,
                  depth,
                  images > 1 ? joined : g,
                  images > 1 ? p : gradient + first * s.outWidth() + p,
                  ldg,
                  1,
                  transposed,
                  kh * s.dilationH() * line + kw * s.dilationW() * pixel,
                  pixels,
                  p,
                  sums,
                  sum,
                  columns,
                  sums,
                  sum,
                  columns);
            }
          }
          terms += depth;
          if (terms >= CHAIN) {
            FloatBinary.addMultiple(1f, sums, 0, totals, 0, results);
            FloatBinary.fill(0f, sums, 0, results);
            terms = 0;
          }
        }
      }
    }
    FloatBinary.addMultiple(1f, totals, 0, sums, 0, results);
    int kernel = s.kernelH() * s.kernelW();
    for (int t = 0; t < kernel; t++) {
      int kh = t / s.kernelW();
      int kw = t % s.kernelW();
      int part = kh / down * (s.kernelW() / across) + kw / across;
      int from = part * height * columns + (kw % across * down + kh % down) * in;
      for (int c = 0; c < height; c++) {
        int to = dwo + c * s.taps() + t;
        for (int i = 0; i < in; i++) {
          dw[to + i * kernel] = sums[from + c * columns + i];
        }
      }
    }
  }

  /**
   * Transposes lines of the padded image, {@code pixel} elements each; interleaved, those for the
   * rows of the output from {@code first} on.
   */
  private static void transposeLines(
      FloatProduct product,
      ConvShape s,
      boolean interleaved,
      int first,
      int lines,
      int pixel,
      float[] x,
      int xo,
      float[] y,
      int yo) {
    int in = s.groupIn();
    for (int r = 0; r < lines; r++) {
      for (int kh = 0; kh < pixel / in; kh++) {
        int h = (interleaved ? (first + r) * s.strideH() + kh * s.dilationH() : r) - s.padH();
        int to = yo + (r * (s.width() + 2 * s.padW()) + s.padW()) * pixel + kh * in;
        if (h >= 0 && h < s.height()) {
          int from = xo + h * s.width();
          product.transpose(x, from, s.inPlane(), in, s.width(), y, to, pixel);
        } else {
          for (int w = 0; w < s.width(); w++) { // another row may have been here
            FloatBinary.fill(0f, y, to + w * pixel, in);
          }
        }
      }
    }
  }
}
