package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * 2-d convolution (cross-correlation) as matrix products whose one operand is an image read at
 * shifted places; see {@link ConvImage}. Nothing of the size of all patches is ever in memory: a
 * thread holds a padded copy of the image it works on, where there is padding or a stride.
 *
 * <p>The forward pass is Y = W X, where row k of X is the image shifted by tap k. Output pixels are
 * numbered along the rows of the image, so the columns at the end of a row that have no output are
 * computed and dropped. Where these are too many, as with small planes, the patches of a strip of
 * pixels are gathered first.
 *
 * <p>The input gradient is the same product with the transposed weights and the image of the output
 * gradients, one for each phase of the stride. The weight gradient of few channels is a dot product
 * of two images per weight; that of many channels is a product with the transposed gradients, one
 * for each tap.
 */
final class FloatConvolution {
  /** Multiplications that are worth a task. */
  private static final int GRAIN = 1 << 20;

  /** Readable elements behind an image: a strip may run over its end. */
  private static final int SLACK = 64;

  /** Steps of k for which patches are gathered at a time, so that a strip stays in level 1. */
  private static final int DEPTH = 256;

  private FloatConvolution() {}

  // ---- forward ------------------------------------------------------------------------------

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
    if (s.batch() == 0 || s.outPlane() == 0) {
      return;
    }
    ConvImage image = new ConvImage(s);
    FloatScratch mine = FloatScratch.get();
    int[] offsets = mine.indices(FloatScratch.TAPS, s.taps());
    image.offsets(s.groupIn(), offsets);
    int blocks = blocks(s.batch() * s.groups(), s.groupOut(), s.work());
    int block = roundUp((s.groupOut() + blocks - 1) / blocks, 12);
    int channels = s.groupIn() * image.channel;
    boolean gather = gathers(product, block, s.outHeight(), s.outWidth(), image.width);
    int images = gather ? Math.min(s.batch(), (127 + s.outPlane()) / s.outPlane()) : 1;
    int chunks = (s.batch() + images - 1) / images;
    Parallel.range(
        chunks * s.groups() * blocks,
        grain(s.work(), chunks * s.groups() * blocks),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] copy = x;
          if (!image.isInput()) {
            copy = scratch.array(FloatScratch.IMAGE, images * channels + SLACK);
            FloatBinary.fill(0f, copy, 0, images * channels + SLACK);
          }
          for (int task = from; task < to; task++) {
            int n = task / (s.groups() * blocks) * images;
            int group = task / blocks % s.groups();
            int first = task % blocks * block;
            int count = Math.min(images, s.batch() - n);
            int height = Math.min(block, s.groupOut() - first);
            if (height <= 0) {
              continue;
            }
            int input = xo + (n * s.inChannels() + group * s.groupIn()) * s.inPlane();
            int step = s.inChannels() * s.inPlane();
            if (!image.isInput()) {
              for (int i = 0; i < count; i++) {
                scatter(s, image, s.groupIn(), x, input + i * step, copy, i * channels);
              }
              input = 0;
              step = channels;
            }
            int out = group * s.groupOut() + first;
            int output = yo + (n * s.outChannels() + out) * s.outPlane();
            int weights = wo + out * s.taps();
            if (!gather && image.width == s.outWidth()) {
              bias(bias, biasO + out, height, y, output, s.outPlane(), s.outPlane());
              product.add(
                  height,
                  s.outPlane(),
                  s.taps(),
                  w,
                  weights,
                  s.taps(),
                  1,
                  copy,
                  input,
                  offsets,
                  0,
                  y,
                  output,
                  s.outPlane());
              continue;
            }
            int width = gather ? s.outWidth() : image.width;
            int columns =
                gather ? count * s.outPlane() : (s.outHeight() - 1) * width + s.outWidth();
            int ld = roundUp(columns, 16);
            float[] flat = scratch.array(FloatScratch.OUTPUT, height * ld);
            bias(bias, biasO + out, height, flat, 0, ld, ld);
            if (gather) {
              addGathered(
                  product,
                  height,
                  s.taps(),
                  w,
                  weights,
                  s.taps(),
                  copy,
                  input,
                  step,
                  offsets,
                  0,
                  count,
                  s.outHeight(),
                  width,
                  image.width,
                  flat,
                  ld);
            } else {
              product.add(
                  height,
                  copy == x ? columns : ld,
                  s.taps(),
                  w,
                  weights,
                  s.taps(),
                  1,
                  copy,
                  input,
                  offsets,
                  0,
                  flat,
                  0,
                  ld);
            }
            for (int i = 0; i < count; i++) {
              for (int c = 0; c < height; c++) {
                int plane = output + (i * s.outChannels() + c) * s.outPlane();
                int source = c * ld + i * s.outPlane();
                copyRows(s.outHeight(), s.outWidth(), flat, source, width, y, plane, s.outWidth());
              }
            }
          }
        });
  }

  private static void bias(
      float @Nullable [] bias, int bo, int channels, float[] y, int yo, int ldy, int n) {
    for (int c = 0; c < channels; c++) {
      FloatBinary.fill(bias == null ? 0f : bias[bo + c], y, yo + c * ldy, n);
    }
  }

  /** Whether gathering patches costs less than the columns that would be dropped otherwise. */
  private static boolean gathers(
      FloatProduct product, int channels, int rows, int columns, int width) {
    int unit = product.strip() / 2;
    int useful = rows * columns;
    int computed = roundUp((rows - 1) * width + columns, Math.min(unit, 16));
    return (long) channels * (computed - useful) > 20L * useful;
  }

  /**
   * C += A X for {@code images * rows * columns} pixels that are numbered without gaps. The patches
   * of a strip of pixels are copied side by side.
   */
  private static void addGathered(
      FloatProduct product,
      int m,
      int k,
      float[] a,
      int ao,
      int rs,
      float[] x,
      int xo,
      int step,
      int[] offsets,
      int first,
      int images,
      int rows,
      int columns,
      int width,
      float[] c,
      int ldc) {
    FloatScratch scratch = FloatScratch.get();
    int strip = Math.min(product.strip(), roundUp(images * rows * columns, 16));
    float[] patches = scratch.array(FloatScratch.PACK_B, DEPTH * strip);
    int[] steps = scratch.rows(FloatScratch.ROWS, DEPTH, strip);
    int[] pixels = scratch.indices(FloatScratch.COLUMNS, strip);
    int n = images * rows * columns;
    for (int j = 0; j < n; j += strip) {
      int wide = Math.min(strip, n - j);
      for (int q = 0; q < wide; q++) {
        int pixel = j + q;
        int row = pixel / columns;
        pixels[q] = xo + row / rows * step + row % rows * width + pixel % columns;
      }
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        for (int d = 0; d < depth; d++) {
          int tap = offsets[first + p + d];
          int at = d * strip;
          for (int q = 0; q < wide; q++) {
            patches[at + q] = x[pixels[q] + tap];
          }
        }
        product.add(m, wide, depth, a, ao + p, rs, 1, patches, 0, steps, 0, c, j, ldc);
      }
    }
  }

  /** Lays out the channels of an image as {@link ConvImage} has it, over zeros. */
  private static void scatter(
      ConvShape s, ConvImage image, int channels, float[] x, int xo, float[] y, int yo) {
    for (int c = 0; c < channels; c++) {
      for (int h = 0; h < s.height(); h++) {
        int from = xo + c * s.inPlane() + h * s.width();
        int ph = h + s.padH();
        int phase = ph % s.strideH() * s.strideW();
        int row = ph / s.strideH();
        if (s.strideW() == 1) {
          int to = yo + c * image.channel + (phase * image.rows + row) * image.width + s.padW();
          System.arraycopy(x, from, y, to, s.width());
          continue;
        }
        for (int pw = 0; pw < s.strideW(); pw++) {
          int to = yo + c * image.channel + ((phase + pw) * image.rows + row) * image.width;
          int skip = Math.max(0, s.padW() - pw + s.strideW() - 1) / s.strideW();
          int w = pw + skip * s.strideW() - s.padW();
          for (int o = to + skip; w < s.width(); w += s.strideW()) {
            y[o++] = x[from + w];
          }
        }
      }
    }
  }

  private static void copyRows(
      int rows, int columns, float[] x, int xo, int ldx, float[] y, int yo, int ldy) {
    if (ldx == columns && ldy == columns) {
      System.arraycopy(x, xo, y, yo, rows * columns);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xo + r * ldx, y, yo + r * ldy, columns);
    }
  }

  // ---- input gradient -----------------------------------------------------------------------

  static void inputGradient(
      FloatProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] w,
      int wo,
      float[] dx,
      int dxo) {
    if (s.batch() == 0) {
      return;
    }
    // Phase (ph, pw) of the input is a convolution of the output gradient with the taps that meet
    // this phase, mirrored. The image of the gradient has the rows that some phase reads.
    int shiftsH = (s.kernelH() - 1) * s.dilationH() / s.strideH();
    int shiftsW = (s.kernelW() - 1) * s.dilationW() / s.strideW();
    int top = s.padH() / s.strideH();
    int left = s.padW() / s.strideW();
    int rows = (s.height() - 1 + s.padH()) / s.strideH() + 1 - top;
    int columns = (s.width() - 1 + s.padW()) / s.strideW() + 1 - left;
    int width = columns + shiftsW;
    int channel = (rows + shiftsH) * width;
    int channels = s.groupOut() * channel;
    int phases = s.strideH() * s.strideW();
    int kernel = s.kernelH() * s.kernelW();
    // Taps of each phase, their offsets and weights, phase by phase.
    FloatScratch mine = FloatScratch.get();
    int[] offsets = mine.indices(FloatScratch.TAPS, s.groupOut() * kernel);
    int[] taps = mine.indices(FloatScratch.PHASES, kernel + phases + 1);
    int found = 0;
    int filled = 0;
    for (int phase = 0; phase < phases; phase++) {
      taps[kernel + phase] = found;
      int begin = found;
      for (int t = 0; t < kernel; t++) {
        int h = t / s.kernelW() * s.dilationH();
        int v = t % s.kernelW() * s.dilationW();
        if (h % s.strideH() * s.strideW() + v % s.strideW() == phase) {
          taps[found++] = t;
        }
      }
      for (int oc = 0; oc < s.groupOut(); oc++) {
        for (int i = begin; i < found; i++) {
          int h = taps[i] / s.kernelW() * s.dilationH() / s.strideH();
          int v = taps[i] % s.kernelW() * s.dilationW() / s.strideW();
          offsets[filled++] = oc * channel + (shiftsH - h) * width + shiftsW - v;
        }
      }
    }
    taps[kernel + phases] = found;
    float[] turned = turnWeights(s, taps, w, wo, mine);
    int blocks = blocks(s.batch() * s.groups(), s.groupIn(), s.work());
    int block = roundUp((s.groupIn() + blocks - 1) / blocks, 12);
    boolean inPlace =
        shiftsH == 0
            && shiftsW == 0
            && rows == s.outHeight()
            && columns == s.outWidth()
            && top == 0
            && left == 0;
    boolean direct = inPlace && phases == 1;
    boolean gather = gathers(product, block, rows, columns, width);
    int images = gather ? Math.min(s.batch(), (127 + rows * columns) / (rows * columns)) : 1;
    int chunks = (s.batch() + images - 1) / images;
    Parallel.range(
        chunks * s.groups() * blocks,
        grain(s.work(), chunks * s.groups() * blocks),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] copy = g;
          if (!inPlace) {
            copy = scratch.array(FloatScratch.IMAGE, images * channels + SLACK);
            FloatBinary.fill(0f, copy, 0, images * channels + SLACK);
          }
          for (int task = from; task < to; task++) {
            int n = task / (s.groups() * blocks) * images;
            int group = task / blocks % s.groups();
            int first = task % blocks * block;
            int count = Math.min(images, s.batch() - n);
            int height = Math.min(block, s.groupIn() - first);
            if (height <= 0) {
              continue;
            }
            int base = go + (n * s.outChannels() + group * s.groupOut()) * s.outPlane();
            int step = s.outChannels() * s.outPlane();
            if (!inPlace) {
              for (int i = 0; i < count; i++) {
                embed(
                    s,
                    g,
                    base + i * step,
                    rows + shiftsH,
                    width,
                    top - shiftsH,
                    left - shiftsW,
                    copy,
                    i * channels);
              }
              base = 0;
              step = channels;
            }
            int in = group * s.groupIn() + first;
            int input = dxo + (n * s.inChannels() + in) * s.inPlane();
            for (int phase = 0; phase < phases; phase++) {
              int begin = taps[kernel + phase];
              int k = (taps[kernel + phase + 1] - begin) * s.groupOut();
              int weights =
                  (group * s.groupIn() * kernel + begin * s.groupIn()) * s.groupOut() + first * k;
              if (direct) {
                bias(null, 0, height, dx, input, s.inPlane(), s.inPlane());
                product.add(
                    height,
                    s.inPlane(),
                    k,
                    turned,
                    weights,
                    k,
                    1,
                    copy,
                    base,
                    offsets,
                    0,
                    dx,
                    input,
                    s.inPlane());
                continue;
              }
              int stride = gather ? columns : width;
              int pixels = gather ? count * rows * columns : (rows - 1) * width + columns;
              int ld = roundUp(pixels, 16);
              float[] flat = scratch.array(FloatScratch.OUTPUT, height * ld);
              FloatBinary.fill(0f, flat, 0, height * ld);
              if (gather) {
                addGathered(
                    product,
                    height,
                    k,
                    turned,
                    weights,
                    k,
                    copy,
                    base,
                    step,
                    offsets,
                    begin * s.groupOut(),
                    count,
                    rows,
                    columns,
                    width,
                    flat,
                    ld);
              } else {
                product.add(
                    height,
                    inPlace ? pixels : ld,
                    k,
                    turned,
                    weights,
                    k,
                    1,
                    copy,
                    base,
                    offsets,
                    begin * s.groupOut(),
                    flat,
                    0,
                    ld);
              }
              for (int i = 0; i < count; i++) {
                for (int c = 0; c < height; c++) {
                  interleave(
                      s,
                      phase / s.strideW() + top * s.strideH() - s.padH(),
                      phase % s.strideW() + left * s.strideW() - s.padW(),
                      rows,
                      columns,
                      flat,
                      c * ld + i * rows * columns,
                      stride,
                      dx,
                      input + (i * s.inChannels() + c) * s.inPlane());
                }
              }
            }
          }
        });
  }

  /** The weights as [group, phase, in, out, tap of the phase]. */
  private static float[] turnWeights(
      ConvShape s, int[] taps, float[] w, int wo, FloatScratch scratch) {
    int kernel = s.kernelH() * s.kernelW();
    int phases = s.strideH() * s.strideW();
    float[] turned = scratch.array(FloatScratch.WEIGHT, s.outChannels() * s.taps());
    Parallel.range(
        s.inChannels(),
        Math.max(1, (1 << 16) / (s.groupOut() * kernel)),
        (from, to) -> {
          for (int c = from; c < to; c++) {
            int group = c / s.groupIn();
            int in = c % s.groupIn();
            for (int phase = 0; phase < phases; phase++) {
              int begin = taps[kernel + phase];
              int count = taps[kernel + phase + 1] - begin;
              int o =
                  (group * s.groupIn() * kernel + begin * s.groupIn() + in * count) * s.groupOut();
              for (int out = 0; out < s.groupOut(); out++) {
                int from2 = wo + (group * s.groupOut() + out) * s.taps() + in * kernel;
                for (int i = begin; i < begin + count; i++) {
                  turned[o++] = w[from2 + taps[i]];
                }
              }
            }
          }
        });
    return turned;
  }

  /** Puts the output gradients of an image into larger planes; plane (0, 0) is g (top, left). */
  private static void embed(
      ConvShape s, float[] g, int go, int rows, int width, int top, int left, float[] y, int yo) {
    int fromRow = Math.max(0, top);
    int toRow = Math.min(s.outHeight(), rows + top);
    int from = Math.max(0, left);
    int columns = Math.min(s.outWidth(), width + left) - from;
    if (columns <= 0) {
      return;
    }
    for (int c = 0; c < s.groupOut(); c++) {
      for (int r = fromRow; r < toRow; r++) {
        System.arraycopy(
            g,
            go + (c * s.outHeight() + r) * s.outWidth() + from,
            y,
            yo + (c * rows + r - top) * width + from - left,
            columns);
      }
    }
  }

  /** Writes the pixels of a phase that begins at (h0, w0) to their places in the input's plane. */
  private static void interleave(
      ConvShape s,
      int h0,
      int w0,
      int rows,
      int columns,
      float[] x,
      int xo,
      int ldx,
      float[] y,
      int yo) {
    for (int r = 0; r < rows; r++) {
      int h = h0 + r * s.strideH();
      if (h < 0 || h >= s.height()) {
        continue;
      }
      int row = xo + r * ldx;
      int to = yo + h * s.width();
      if (s.strideW() == 1) {
        System.arraycopy(x, row, y, to + w0, columns);
        continue;
      }
      for (int c = 0, w = w0; c < columns; c++, w += s.strideW()) {
        if (w >= 0 && w < s.width()) {
          y[to + w] = x[row + c];
        }
      }
    }
  }

  // ---- weight gradient ----------------------------------------------------------------------

  static void weightGradient(
      FloatProduct product,
      ConvShape s,
      float[] g,
      int go,
      float[] x,
      int xo,
      float[] dw,
      int dwo) {
    int size = s.outChannels() * s.taps();
    FloatBinary.fill(0f, dw, dwo, size);
    if (s.batch() == 0 || s.outPlane() == 0 || size == 0) {
      return;
    }
    // Chunks of images, each with sums of its own that are added in order, and blocks of channels.
    ConvImage image = new ConvImage(s);
    boolean dots = s.groupOut() < 12 || s.groupIn() < 6;
    int chunks = (int) Math.min(Math.min(s.batch(), 16), Math.max(1, s.work() / GRAIN));
    chunks = Math.max(1, Math.min(chunks, (1 << 20) / size));
    int images = (s.batch() + chunks - 1) / chunks;
    int parts = (s.batch() + images - 1) / images;
    int block = dots ? 24 : 64;
    int blocks = (s.groupOut() + block - 1) / block;
    FloatScratch mine = FloatScratch.get();
    float[] partial = parts == 1 ? dw : mine.array(FloatScratch.WEIGHT, parts * size);
    int origin = parts == 1 ? dwo : 0;
    int[] offsets = mine.indices(FloatScratch.TAPS, s.taps());
    image.offsets(s.groupIn(), offsets);
    int tasks = parts * s.groups() * blocks;
    Parallel.range(
        tasks,
        grain(s.work(), tasks),
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
                  product, s, image, offsets, g, go, x, xo, n0, n1, group, out, height, partial,
                  to2);
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
              FloatBinary.axpy(1f, partial, part * size + from, dw, dwo + from, to - from);
            }
          });
    }
  }

  /**
   * Few channels: dw[o, k] is the dot product of the gradient's plane o, widened to the rows of the
   * image, with the image shifted by tap k.
   */
  private static void weightsByDots(
      FloatProduct product,
      ConvShape s,
      ConvImage image,
      int[] offsets,
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
    int length = roundUp((s.outHeight() - 1) * image.width + s.outWidth(), 16);
    float[] copy = scratch.array(FloatScratch.IMAGE, channels + SLACK);
    float[] wide = scratch.array(FloatScratch.OUTPUT, height * length);
    float[] sums = scratch.array(FloatScratch.SUMS, height * s.taps() * lanes);
    FloatBinary.fill(0f, copy, 0, channels + SLACK);
    FloatBinary.fill(0f, wide, 0, height * length);
    FloatBinary.fill(0f, sums, 0, height * s.taps() * lanes);
    for (int n = n0; n < n1; n++) {
      int input = xo + (n * s.inChannels() + group * s.groupIn()) * s.inPlane();
      scatter(s, image, s.groupIn(), x, input, copy, 0);
      for (int c = 0; c < height; c++) {
        int plane = go + (n * s.outChannels() + out + c) * s.outPlane();
        copyRows(
            s.outHeight(), s.outWidth(), g, plane, s.outWidth(), wide, c * length, image.width);
      }
      product.addDots(height, s.taps(), length, wide, 0, length, copy, 0, offsets, 0, sums, 0);
    }
    for (int i = 0; i < height * s.taps(); i++) {
      dw[dwo + i] = product.total(sums, i * lanes);
    }
  }

  /**
   * Many channels: for each tap dw[i, o] += X[i, pixel] G[pixel, o] with the image shifted by the
   * tap and the transposed gradients. The pixels of a row run along the image; those between rows
   * meet a gradient of zero.
   */
  private static void weightsByTaps(
      FloatProduct product,
      ConvShape s,
      ConvImage image,
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
    int kernel = s.kernelH() * s.kernelW();
    int in = s.groupIn();
    int channels = in * image.channel;
    int plane = s.outPlane();
    int length = (s.outHeight() - 1) * image.width + s.outWidth();
    float[] copy = scratch.array(FloatScratch.IMAGE, channels);
    float[] turned = scratch.array(FloatScratch.OUTPUT, (plane + 1) * height);
    float[] sums = scratch.array(FloatScratch.SUMS, kernel * in * height);
    FloatBinary.fill(0f, copy, 0, channels);
    FloatBinary.fill(0f, turned, plane * height, height);
    FloatBinary.fill(0f, sums, 0, kernel * in * height);
    int[] rows = scratch.indices(FloatScratch.ROWS, length);
    for (int p = 0; p < length; p++) {
      int column = p % image.width;
      rows[p] = (column < s.outWidth() ? p / image.width * s.outWidth() + column : plane) * height;
    }
    for (int n = n0; n < n1; n++) {
      int input = xo + (n * s.inChannels() + group * in) * s.inPlane();
      float[] source = copy;
      if (image.isInput()) {
        source = x;
      } else {
        scatter(s, image, in, x, input, copy, 0);
        input = 0;
      }
      FloatMatmul.packTransposed(
          g, go + (n * s.outChannels() + out) * plane, plane, height, plane, turned, 0, height);
      for (int t = 0; t < kernel; t++) {
        int at = input + image.offset(t / s.kernelW(), t % s.kernelW());
        product.add(
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
            t * in * height,
            height);
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

  // ---- how the work is cut --------------------------------------------------------------------

  /** Blocks of channels, where there are too few images to share out. */
  private static int blocks(int images, int channels, long work) {
    long wanted = Math.min(16, work / GRAIN) / images;
    return (int) Math.max(1, Math.min(wanted, channels / 12));
  }

  private static int grain(long work, int tasks) {
    return (int) Math.max(1, Math.min(tasks, GRAIN * (long) tasks / Math.max(1, work)));
  }

  private static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }
}
