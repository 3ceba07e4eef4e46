package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * 2-d convolution (cross-correlation) as matrix products whose one operand is an image read at
 * shifted places; see {@link ConvImage}. Nothing of the size of all patches is ever in memory: a
 * thread holds a padded copy of the image it works on, where there is padding or a stride.
 *
 * <p>The forward pass is Y = W X, where row k of X is the image shifted by tap k. With many
 * channels the patches of a strip of pixels are gathered, which costs little as they serve as many
 * rows of W, and less where the strips are whole lines: what a line has for one row of the kernel
 * is what the line above has for the next. With few channels the image is read where it is: line by
 * line if a line fills a vector, otherwise with the pixels numbered along its rows, where the
 * columns at the end of a row that have no output are computed and dropped. A convolution of single
 * pixels is a matrix product of each image.
 *
 * <p>The input gradient is the same product with the transposed weights and the image of the output
 * gradients, one for each phase of the stride. The weight gradient of few channels is a dot product
 * of two images per weight; that of many channels is a product with the transposed gradients, one
 * for each tap.
 */
final class FloatConvolution {
  /** Readable elements after an image: a strip may run over its end. */
  static final int SLACK = 64;

  /** Columns, and steps of k, that are packed at a time for a product of pixels. */
  private static final int COLUMNS = 512;

  private static final int DEPTH = 512;

  /** Added to the length of rows of sums, so that they do not compete for the same cache sets. */
  private static final int SKEW = 16;

  /** Elements of the weights that stay in level 2. */
  private static final int WEIGHTS = 1 << 18;

  private FloatConvolution() {}

  static void forward(
      FloatProduct product,
      ConvolutionPlan.Choice choice,
      ConvShape s,
      float[] x,
      int xo,
      float[] w,
      int wo,
      float @Nullable [] bias,
      int biasO,
      float[] y,
      int yo) {
    if (choice.path() == ConvolutionPlan.Path.GEMM) {
      pointwise(
          product, s, false, s.outChannels(), s.inChannels(), w, wo, x, xo, bias, biasO, y, yo);
      return;
    }
    ConvImage image = new ConvImage(s);
    FloatScratch mine = FloatScratch.get();
    int[] offsets = mine.indices(FloatScratch.TAPS, s.taps());
    int block = choice.block();
    int blocks = (s.groupOut() + block - 1) / block;
    int channels = s.groupIn() * image.channel;
    int images = choice.images();
    int shared = choice.shared();
    boolean inPlace = image.isInput();
    boolean gather = choice.path() == ConvolutionPlan.Path.IM2COL;
    boolean lines = choice.path() == ConvolutionPlan.Path.LINES;
    image.offsets(s.groupIn(), s.kernelH() / shared, offsets);
    float[] panels = gather || lines ? panels(product, lines, shared, s, block, w, wo) : w;
    int chunks = (s.batch() + images - 1) / images;
    Parallel.parallelFor(
        chunks * s.groups() * blocks,
        s.work() / (chunks * s.groups() * blocks),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] copy = x;
          if (!inPlace) {
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
            if (!inPlace) {
              for (int i = 0; i < count; i++) {
                scatter(product, s, image, s.groupIn(), x, input + i * step, copy, i * channels);
              }
              input = 0;
              step = channels;
            }
            int out = group * s.groupOut() + first;
            int output = yo + (n * s.outChannels() + out) * s.outPlane();
            if (lines) {
              product.lines(
                  height,
                  s.outHeight(),
                  s.outWidth(),
                  s.taps(),
                  panels,
                  out * s.taps(),
                  copy,
                  input,
                  image.width,
                  offsets,
                  0,
                  bias,
                  biasO + out,
                  y,
                  output,
                  s.outPlane(),
                  s.outWidth());
              continue;
            }
            if (gather) {
              pixels(
                  product,
                  height,
                  s.taps(),
                  panels,
                  out * s.taps(),
                  copy,
                  input,
                  step,
                  offsets,
                  0,
                  count,
                  s.outHeight(),
                  s.outWidth(),
                  image.width,
                  shared,
                  bias,
                  biasO + out,
                  y,
                  output,
                  s.outChannels() * s.outPlane(),
                  s.outPlane());
              continue;
            }
            int columns = (s.outHeight() - 1) * image.width + s.outWidth();
            int ld = ConvolutionPlan.roundUp(columns, 16);
            float[] flat = scratch.array(FloatScratch.OUTPUT, height * ld);
            bias(bias, biasO + out, height, flat, 0, ld, ld);
            product.multiply(
                height,
                inPlace ? columns : ld,
                s.taps(),
                w,
                wo + out * s.taps(),
                s.taps(),
                1,
                copy,
                input,
                offsets,
                0,
                flat,
                0,
                ld,
                flat,
                0,
                ld);
            for (int c = 0; c < height; c++) {
              int plane = output + c * s.outPlane();
              int width = s.outWidth();
              product.copy(s.outHeight(), width, flat, c * ld, image.width, 1, y, plane, width);
            }
          }
        });
  }

  /**
   * C = bias + W B, or W<sup>T</sup> B, for the k x n pixels of each image: some columns of B at a
   * time are packed, and stay in level 2 until they have met all of W.
   */
  static void pointwise(
      FloatProduct product,
      ConvShape s,
      boolean transposed,
      int m,
      int k,
      float[] w,
      int wo,
      float[] b,
      int bo,
      float @Nullable [] bias,
      int biasO,
      float[] c,
      int co) {
    int n = s.outPlane();
    int ldw = s.inChannels();
    float[] panels = FloatScratch.get().array(FloatScratch.PANELS, m * k);
    product.packA(m, k, w, wo, transposed ? 1 : ldw, transposed ? ldw : 1, panels, 0);
    int strip = product.strip();
    int pieces = (n + COLUMNS - 1) / COLUMNS;
    int length = product.stripColumns((n + pieces - 1) / pieces);
    int tasks = s.batch() * pieces;
    Parallel.parallelFor(
        tasks,
        s.work() / tasks,
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] start = rows(bias, biasO, m, strip);
          float[] strips = scratch.aligned(FloatScratch.PACK_B, Math.min(k, DEPTH) * length);
          for (int task = from; task < to; task++) {
            int image = task / pieces;
            int first = task % pieces * length;
            int columns = Math.min(length, n - first);
            for (int p = 0; p < k; p += DEPTH) {
              int depth = Math.min(DEPTH, k - p);
              int in = bo + (image * k + p) * n + first;
              product.packB(false, depth, columns, b, in, n, strips, FloatScratch.ALIGNED);
              // All strips of a panel's rows, so that few rows of C are written to at a time.
              for (int i = 0, height; i < m; i += height) {
                height = columns > strip ? product.panel(m - i) : m;
                for (int j = 0; j < columns; j += strip) {
                  int out = co + (image * m + i) * n + first + j;
                  product.multiplyStrips(
                      height,
                      Math.min(strip, columns - j),
                      depth,
                      panels,
                      i * k,
                      k,
                      p,
                      strips,
                      FloatScratch.ALIGNED + j * depth,
                      p == 0 ? start : c,
                      p == 0 ? i * strip : out,
                      p == 0 ? strip : n,
                      c,
                      out,
                      n);
                }
              }
            }
          }
        });
  }

  /** Packs the weights of each group, m rows of k, in blocks of rows. */
  private static float[] panels(
      FloatProduct product, boolean lines, int shared, ConvShape s, int block, float[] w, int wo) {
    int m = s.groupOut();
    int k = s.taps();
    float[] panels = FloatScratch.get().array(FloatScratch.PANELS, s.outChannels() * k);
    int blocks = (m + block - 1) / block;
    Parallel.parallelFor(
        s.groups() * blocks,
        Parallel.ELEMENT * block * k,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int first = i % blocks * block;
            int row = i / blocks * m + first;
            int rows = Math.min(block, m - first);
            if (lines) {
              product.packLines(rows, k, w, wo + row * k, k, panels, row * k);
            } else if (shared > 1) {
              float[] sorted = byRow(rows, s, s.groupIn(), false, w, wo + row * k);
              product.packA(rows, k, sorted, 0, k, 1, panels, row * k);
            } else {
              product.packA(rows, k, w, wo + row * k, k, 1, panels, row * k);
            }
          }
        });
    return panels;
  }

  /**
   * m filters of {@code channels} channels with their taps sorted by the row of the kernel first,
   * from the last row up if they are mirrored.
   */
  static float[] byRow(int m, ConvShape s, int channels, boolean mirrored, float[] w, int wo) {
    int high = s.kernelH();
    int wide = s.kernelW();
    float[] sorted = FloatScratch.get().array(FloatScratch.LEFT, m * channels * high * wide);
    int to = 0;
    for (int i = 0; i < m; i++) {
      for (int h = 0; h < high; h++) {
        int from = wo + (i * channels * high + (mirrored ? high - 1 - h : h)) * wide;
        for (int c = 0; c < channels; c++) {
          for (int v = 0; v < wide; v++) {
            sorted[to++] = w[from + c * high * wide + v];
          }
        }
      }
    }
    return sorted;
  }

  /**
   * Y = A X for {@code images * rows * columns} pixels that are numbered without gaps, A being
   * packed. The patches of a strip of pixels are gathered to a strip of X; the sums of some strips
   * are kept in a buffer: rows at a large stride are written fast only along the rows.
   *
   * @param step distance of two images of x
   * @param tap the first of the k offsets
   * @param width distance of two rows of x
   * @param shared rows of the kernel that each gathered line serves; the k steps are sorted by
   *     them, and there are offsets for the first
   */
  static void pixels(
      FloatProduct product,
      int m,
      int k,
      float[] panels,
      int po,
      float[] x,
      int xo,
      int step,
      int[] offsets,
      int tap,
      int images,
      int rows,
      int columns,
      int width,
      int shared,
      float @Nullable [] bias,
      int bo,
      float[] y,
      int yo,
      int imageStep,
      int channelStep) {
    FloatScratch scratch = FloatScratch.get();
    int strip = product.strip();
    int plane = rows * columns;
    int n = images * plane;
    int piece = Math.max(ConvolutionPlan.PIECE, strip);
    int deepest = Math.max(256, Math.min(WEIGHTS / m, ConvolutionPlan.PATCHES / strip));
    int depths = Math.max(1, (k + deepest - 1) / deepest);
    int deep = (k + depths - 1) / depths;
    int ld = Math.min(ConvolutionPlan.roundUp(n, strip), piece) + SKEW;
    float[] sums = scratch.aligned(FloatScratch.OUTPUT, m * ld);
    int origin = FloatScratch.ALIGNED;
    int size = shared > 1 ? ConvolutionPlan.patches(columns, shared, k) : deep * strip;
    float[] patches = scratch.aligned(FloatScratch.PACK_B, size + strip / 2);
    float[] start = rows(bias, bo, m, strip);
    int[] run = scratch.indices(FloatScratch.RUNS, 3 * piece);
    int[] begin = scratch.indices(FloatScratch.COLUMNS, piece / strip + 1);
    begin[0] = 0;
    for (int first = 0; first < n; first += piece) {
      int some = Math.min(piece, n - first);
      int strips = (some + strip - 1) / strip;
      if (k == 0) {
        bias(bias, bo, m, sums, origin, ld, some);
      }
      int lines = some / columns + shared - 1;
      if (shared > 1) {
        int line = xo + first / columns * width;
        gatherLines(
            product, k / shared, x, line, offsets, tap, lines, columns, width, run, patches);
      } else {
        for (int j = 0; j < strips; j++) {
          int wide = Math.min(strip, some - j * strip);
          int at = first + j * strip;
          begin[j + 1] = runs(at, wide, rows, columns, width, step, strip / 2, run, begin[j]);
        }
      }
      for (int p = 0; p < k; p += deep) { // outermost, so that its part of A stays in level 2
        int depth = Math.min(deep, k - p);
        for (int j = 0; j < strips; j++) {
          int patch = FloatScratch.ALIGNED;
          if (shared > 1) {
            int line = j * strip % columns / strip * lines + j * strip / columns;
            patch += (line * (k / shared) + p) * strip;
          } else {
            product.gather(
                depth, x, xo, offsets, tap + p, begin[j], begin[j + 1], run, patches, patch, strip);
          }
          int sum = origin + j * strip;
          product.multiplyStrips(
              m,
              Math.min(strip, ConvolutionPlan.roundUp(some - j * strip, 32)),
              depth,
              panels,
              po,
              k,
              p,
              patches,
              patch,
              p == 0 ? start : sums,
              p == 0 ? 0 : sum,
              p == 0 ? strip : ld,
              sums,
              sum,
              ld);
        }
      }
      for (int q = 0; q < some; ) {
        int image = (first + q) / plane;
        int pixel = (first + q) % plane;
        int length = Math.min(some - q, plane - pixel);
        product.copy(
            m, length, sums, origin + q, ld, 1, y, yo + image * imageStep + pixel, channelStep);
        q += length;
      }
    }
  }

  /** Gathers what some lines have for one row of the kernel, for each strip of columns in turn. */
  private static void gatherLines(
      FloatProduct product,
      int k,
      float[] x,
      int xo,
      int[] offsets,
      int tap,
      int lines,
      int columns,
      int width,
      int[] run,
      float[] patches) {
    int strip = product.strip();
    int to = FloatScratch.ALIGNED;
    for (int j = 0; j < columns; j += strip) {
      int end = runs(j, strip, 1, columns, width, 0, strip / 2, run, 0);
      for (int line = 0; line < lines; line++) {
        product.gather(k, x, xo + line * width, offsets, tap, 0, end, run, patches, to, strip);
        to += k * strip;
      }
    }
  }

  /** The bias of each channel as often as a strip has columns. */
  static float[] rows(float @Nullable [] bias, int bo, int channels, int strip) {
    float[] rows = FloatScratch.get().array(FloatScratch.BIAS, channels * strip);
    bias(bias, bo, channels, rows, 0, strip, strip);
    return rows;
  }

  static void bias(
      float @Nullable [] bias, int bo, int channels, float[] y, int yo, int ldy, int n) {
    for (int c = 0; c < channels; c++) {
      FloatBinary.fill(bias == null ? 0f : bias[bo + c], y, yo + c * ldy, n);
    }
  }

  /**
   * The pixels {@code first .. first + n - 1}, in images {@code step} apart whose rows are {@code
   * width} apart, as runs of neighbours from number {@code r} on; see {@link FloatProduct#gather}.
   * Returns the number after the last.
   */
  static int runs(
      int first, int n, int rows, int columns, int width, int step, int longest, int[] run, int r) {
    for (int q = 0; q < n; r++) {
      int row = (first + q) / columns;
      int column = (first + q) % columns;
      int length = Math.min(longest, Math.min(columns - column, n - q));
      run[3 * r] = row / rows * step + row % rows * width + column;
      run[3 * r + 1] = q;
      run[3 * r + 2] = length;
      q += length;
    }
    return r;
  }

  /** Lays out the channels of an image as {@link ConvImage} has it, over zeros. */
  static void scatter(
      FloatProduct product,
      ConvShape s,
      ConvImage image,
      int channels,
      float[] x,
      int xo,
      float[] y,
      int yo) {
    for (int c = 0; c < channels; c++) {
      for (int ph = 0; ph < s.strideH(); ph++) {
        int skipH = Math.max(0, s.padH() - ph + s.strideH() - 1) / s.strideH();
        int h = ph + skipH * s.strideH() - s.padH();
        int rows = (s.height() - h + s.strideH() - 1) / s.strideH();
        for (int pw = 0; pw < s.strideW(); pw++) {
          int skip = Math.max(0, s.padW() - pw + s.strideW() - 1) / s.strideW();
          int w = pw + skip * s.strideW() - s.padW();
          int columns = (s.width() - w + s.strideW() - 1) / s.strideW();
          if (rows <= 0 || columns <= 0) {
            continue;
          }
          int row = (ph * s.strideW() + pw) * image.rows + skipH;
          product.copy(
              rows,
              columns,
              x,
              xo + c * s.inPlane() + h * s.width() + w,
              s.strideH() * s.width(),
              s.strideW(),
              y,
              yo + c * image.channel + row * image.width + skip,
              image.width);
        }
      }
    }
  }
}
