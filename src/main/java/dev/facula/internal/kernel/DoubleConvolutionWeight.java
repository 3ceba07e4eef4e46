package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;

/**
 * The gradient of a convolution in its weight. With few channels it is a dot product of two images
 * for each weight; with many it is a product with the transposed output gradients for each tap.
 */
final class DoubleConvolutionWeight {
  /** Elements of images whose dot products are added in one go: level 1 holds most. */
  private static final int TOGETHER = 1 << 14;

  /** Shifted images that meet the gradients together. */
  private static final int ROWS = 4;

  /** Elements that meet a row of the kernel from which on they are a row for a product. */
  private static final int SHORT = 128;

  /** Elements of interleaved rows that are in memory at a time, where an image has more. */
  private static final int BAND = 1 << 17;

  private DoubleConvolutionWeight() {}

  static void gradient(
      DoubleProduct product,
      ConvShape s,
      double[] g,
      int go,
      double[] x,
      int xo,
      double[] dw,
      int dwo) {
    int size = s.outChannels() * s.taps();
    DoubleBinary.fill(0.0, dw, dwo, size);
    if (s.batch() == 0 || s.outPlane() == 0 || size == 0) {
      return;
    }
    if (DoubleConvolutionTaps.suits(product, s)) {
      DoubleConvolutionTaps.gradient(product, s, g, go, x, xo, dw, dwo);
      return;
    }
    // Chunks of images, each with sums of its own that are added in order, and blocks of channels.
    ConvImage image = new ConvImage(s);
    boolean rows = product.strip() > 64 && s.groupOut() >= 4;
    boolean dots = !rows && (s.groupOut() < 12 || s.groupIn() < 6);
    int chunks =
        (int) Math.min(Math.min(s.batch(), 16), Math.max(1, s.work() / DoubleConvolution.GRAIN));
    chunks = Math.max(1, Math.min(chunks, (1 << 20) / size));
    int images = (s.batch() + chunks - 1) / chunks;
    int parts = (s.batch() + images - 1) / images;
    int block = dots ? 24 : 64;
    int blocks = (s.groupOut() + block - 1) / block;
    DoubleScratch mine = DoubleScratch.get();
    double[] partial = parts == 1 ? dw : mine.array(DoubleScratch.WEIGHT, parts * size);
    int origin = parts == 1 ? dwo : 0;
    int taps = DoubleConvolution.roundUp(s.taps(), ROWS);
    int[] offsets = mine.indices(DoubleScratch.TAPS, taps);
    image.offsets(s.groupIn(), offsets);
    Arrays.fill(offsets, s.taps(), taps, offsets[0]);
    int tasks = parts * s.groups() * blocks;
    Parallel.range(
        tasks,
        DoubleConvolution.grain(s.work(), tasks),
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
            } else if (rows) {
              weightsByRows(product, s, g, go, x, xo, n0, n1, group, out, height, partial, to2);
            } else {
              weightsByTaps(
                  product, s, image, g, go, x, xo, n0, n1, group, out, height, partial, to2);
            }
          }
        });
    if (parts > 1) {
      Parallel.range(
          size,
          1 << 14,
          (from, to) -> {
            System.arraycopy(partial, from, dw, dwo + from, to - from);
            for (int part = 1; part < parts; part++) {
              DoubleBinary.axpy(1.0, partial, part * size + from, dw, dwo + from, to - from);
            }
          });
    }
  }

  /**
   * Few channels: dw[o, k] is the dot product of the gradient's plane o, widened to the rows of the
   * image, with the image shifted by tap k. The taps behind the last are copies of the first.
   */
  private static void weightsByDots(
      DoubleProduct product,
      ConvShape s,
      ConvImage image,
      int[] offsets,
      int taps,
      double[] g,
      int go,
      double[] x,
      int xo,
      int n0,
      int n1,
      int group,
      int out,
      int height,
      double[] dw,
      int dwo) {
    DoubleScratch scratch = DoubleScratch.get();
    int lanes = product.lanes();
    int channels = s.groupIn() * image.channel;
    int length = DoubleConvolution.roundUp((s.outHeight() - 1) * image.width + s.outWidth(), 16);
    int images = Math.max(1, Math.min(n1 - n0, TOGETHER / (channels + height * length)));
    double[] copy = scratch.array(DoubleScratch.IMAGE, images * channels + DoubleConvolution.SLACK);
    int size = images * height * length;
    double[] wide = scratch.aligned(DoubleScratch.OUTPUT, Math.max(size, DoubleScratch.WORTH));
    int results = height * taps;
    double[] sums = scratch.array(DoubleScratch.SUMS, results * lanes);
    DoubleBinary.fill(0.0, copy, 0, images * channels + DoubleConvolution.SLACK);
    DoubleBinary.fill(0.0, wide, DoubleScratch.ALIGNED, size);
    DoubleBinary.fill(0.0, sums, 0, results * lanes);
    int[] jumps = scratch.indices(DoubleScratch.JUMPS, images * length / lanes);
    for (int q = 0; q < images * length / lanes; q++) {
      jumps[q] = q * lanes / length * channels + q * lanes % length;
    }
    for (int n = n0; n < n1; n += images) {
      int count = Math.min(images, n1 - n);
      for (int i = 0; i < count; i++) {
        int input = xo + ((n + i) * s.inChannels() + group * s.groupIn()) * s.inPlane();
        DoubleConvolution.scatter(product, s, image, s.groupIn(), x, input, copy, i * channels);
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
              DoubleScratch.ALIGNED + (c * images + i) * length,
              image.width);
        }
      }
      product.addDots(
          height,
          taps,
          count * length,
          wide,
          DoubleScratch.ALIGNED,
          images * length,
          copy,
          0,
          offsets,
          0,
          jumps,
          sums,
          0);
    }
    // The totals of all results at once, in the order of DoubleProduct.total.
    double[] turned = scratch.array(DoubleScratch.TURNED, results * lanes);
    product.transpose(sums, 0, lanes, results, lanes, turned, 0, results);
    for (int half = lanes / 2; half > 0; half /= 2) {
      DoubleBinary.axpy(1.0, turned, half * results, turned, 0, half * results);
    }
    for (int c = 0; c < height; c++) {
      System.arraycopy(turned, c * taps, dw, dwo + c * s.taps(), s.taps());
    }
  }

  /**
   * The loops of a product that is best with long rows: dw[o, (tap, i)] += G[o, pixel] X[pixel +
   * tap, i] with the padded image turned so that the channels of a pixel follow one another. What
   * meets a row of the kernel is then in one piece. Where that is short, the rows of the input that
   * meet a row of the output are interleaved, so that all that meets the kernel is.
   */
  private static void weightsByRows(
      DoubleProduct product,
      ConvShape s,
      double[] g,
      int go,
      double[] x,
      int xo,
      int n0,
      int n1,
      int group,
      int out,
      int height,
      double[] dw,
      int dwo) {
    DoubleScratch scratch = DoubleScratch.get();
    int in = s.groupIn();
    int across = s.dilationW() == 1 ? s.kernelW() : 1;
    boolean interleaved = across * in < SHORT;
    int down = interleaved ? s.kernelH() : 1;
    int pixel = down * in;
    int columns = across * pixel;
    int results = s.taps() * height;
    int width = s.width() + 2 * s.padW();
    int line = width * pixel;
    int lines = interleaved ? s.outHeight() : s.height() + 2 * s.padH();
    int strideH = interleaved ? 1 : s.strideH();
    int band = interleaved ? Math.max(1, Math.min(lines, BAND / line)) : s.outHeight();
    int size = (interleaved ? band : lines) * line;
    double[] turned = scratch.array(DoubleScratch.IMAGE, size);
    double[] sums = scratch.array(DoubleScratch.SUMS, results);
    DoubleBinary.fill(0.0, turned, 0, size);
    DoubleBinary.fill(0.0, sums, 0, results);
    int[] pixels = scratch.indices(DoubleScratch.COLUMNS, band * s.outWidth());
    for (int p = 0; p < band * s.outWidth(); p++) {
      int h = p / s.outWidth() * strideH;
      pixels[p] = h * line + p % s.outWidth() * s.strideW() * pixel;
    }
    for (int n = n0; n < n1; n++) {
      int input = xo + (n * s.inChannels() + group * in) * s.inPlane();
      int gradient = go + (n * s.outChannels() + out) * s.outPlane();
      for (int first = 0; first < s.outHeight(); first += band) {
        int high = Math.min(band, s.outHeight() - first);
        for (int r = 0; r < (interleaved ? high : lines); r++) {
          for (int kh = 0; kh < down; kh++) {
            int h = (interleaved ? (first + r) * s.strideH() + kh * s.dilationH() : r) - s.padH();
            int to = r * line + s.padW() * pixel + kh * in;
            if (h >= 0 && h < s.height()) {
              int from = input + h * s.width();
              product.transpose(x, from, s.inPlane(), in, s.width(), turned, to, pixel);
            } else {
              for (int i = 0; i < s.width(); i++) {
                DoubleBinary.fill(0.0, turned, to + i * pixel, in);
              }
            }
          }
        }
        for (int kh = 0, sum = 0; kh < s.kernelH(); kh += down) {
          for (int kw = 0; kw < s.kernelW(); kw += across, sum += height * columns) {
            product.multiply(
                height,
                columns,
                high * s.outWidth(),
                g,
                gradient + first * s.outWidth(),
                s.outPlane(),
                1,
                turned,
                kh * s.dilationH() * line + kw * s.dilationW() * pixel,
                pixels,
                0,
                sums,
                sum,
                columns,
                sums,
                sum,
                columns);
          }
        }
      }
    }
    for (int c = 0; c < height; c++) {
      for (int i = 0; i < in; i++) {
        for (int t = 0; t < s.kernelH() * s.kernelW(); t++) {
          int kh = t / s.kernelW();
          int kw = t % s.kernelW();
          int part = kh / down * (s.kernelW() / across) + kw / across;
          int column = (kw % across * down + kh % down) * in + i;
          dw[dwo + (c * in + i) * s.kernelH() * s.kernelW() + t] =
              sums[(part * height + c) * columns + column];
        }
      }
    }
  }

  /**
   * Many channels: for each tap dw[i, o] += X[i, pixel] G[pixel, o] with the image shifted by the
   * tap and the transposed gradients. Where the pixels between two rows are many the image is
   * copied without them, otherwise they meet a gradient of zero.
   */
  private static void weightsByTaps(
      DoubleProduct product,
      ConvShape s,
      ConvImage image,
      double[] g,
      int go,
      double[] x,
      int xo,
      int n0,
      int n1,
      int group,
      int out,
      int height,
      double[] dw,
      int dwo) {
    DoubleScratch scratch = DoubleScratch.get();
    int kernel = s.kernelH() * s.kernelW();
    int in = s.groupIn();
    int channels = in * image.channel;
    int plane = s.outPlane();
    int length = (s.outHeight() - 1) * image.width + s.outWidth();
    int unit = product.strip() / 2;
    int[] run = scratch.indices(DoubleScratch.RUNS, 3 * plane);
    int runs =
        DoubleConvolution.runs(
            0, plane, s.outHeight(), s.outWidth(), image.width, channels, unit, run, 0);
    boolean gather = height * (length - plane) > 80 * runs;
    boolean inPlace = image.isInput() && !gather;
    double[] copy = scratch.array(DoubleScratch.IMAGE, channels + DoubleConvolution.SLACK);
    double[] turned = scratch.array(DoubleScratch.OUTPUT, (plane + 1) * height);
    double[] sums = scratch.array(DoubleScratch.SUMS, kernel * in * height);
    DoubleBinary.fill(0.0, copy, 0, channels);
    DoubleBinary.fill(0.0, turned, plane * height, height);
    DoubleBinary.fill(0.0, sums, 0, kernel * in * height);
    int ld = plane + 16;
    double[] pixels = gather ? scratch.array(DoubleScratch.PACK_B, in * ld) : copy;
    int[] planes = scratch.rows(DoubleScratch.COLUMNS, in, image.channel);
    int[] rows = scratch.rows(DoubleScratch.ROWS, gather ? plane : length, height);
    if (!gather) {
      for (int p = 0; p < length; p++) {
        int column = p % image.width;
        rows[p] =
            (column < s.outWidth() ? p / image.width * s.outWidth() + column : plane) * height;
      }
    }
    for (int n = n0; n < n1; n++) {
      int input = xo + (n * s.inChannels() + group * in) * s.inPlane();
      double[] source = x;
      if (!inPlace) {
        DoubleConvolution.scatter(product, s, image, in, x, input, copy, 0);
        source = copy;
        input = 0;
      }
      product.transpose(
          g, go + (n * s.outChannels() + out) * plane, plane, height, plane, turned, 0, height);
      for (int t = 0; t < kernel; t++) {
        int at = input + image.offset(t / s.kernelW(), t % s.kernelW());
        int sum = t * in * height;
        if (gather) {
          product.gather(in, source, at, planes, 0, 0, runs, run, pixels, 0, ld);
          product.multiply(
              in, height, plane, pixels, 0, ld, 1, turned, 0, rows, 0, sums, sum, height, sums, sum,
              height);
        } else {
          product.multiply(
              in,
              height,
              length,
              source,
              at,
              image.channel,
              1,
              turned,
              0,
              rows,
              0,
              sums,
              sum,
              height,
              sums,
              sum,
              height);
        }
      }
    }
    for (int c = 0; c < height; c++) {
      for (int i = 0; i < in; i++) {
        for (int t = 0; t < kernel; t++) {
          dw[dwo + (c * in + i) * kernel + t] = sums[(t * in + i) * height + c];
        }
      }
    }
  }
}
