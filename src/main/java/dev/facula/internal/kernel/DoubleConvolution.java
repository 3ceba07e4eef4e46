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
 * <p>Batches that fill vectors with their images go to {@link DoubleConvolutionBatch}.
 *
 * <p>The input gradient is the same product with the transposed weights and the image of the output
 * gradients, one for each phase of the stride. The weight gradient of few channels is a dot product
 * of two images per weight; that of many channels is a product with the transposed gradients, one
 * for each tap.
 */
final class DoubleConvolution {
  /** Multiplications that are worth a task. */
  static final int GRAIN = 1 << 20;

  /** Readable elements behind an image: a strip may run over its end. */
  static final int SLACK = 64;

  /** Steps of k for which patches are gathered at a time, so that a strip stays in level 1. */
  private static final int DEPTH = 256;

  /** Columns of a plane that are treated at a time where no row has a gap. */
  private static final int PIECE = 256;

  /** Added to the length of copied rows, so that they do not meet in the same cache lines. */
  private static final int SKEW = 16;

  private DoubleConvolution() {}

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
    if (s.batch() == 0 || s.outPlane() == 0) {
      return;
    }
    if (DoubleConvolutionBatch.suits(product, s)) {
      DoubleConvolutionBatch.forward(product, s, x, xo, w, wo, bias, biasO, y, yo);
      return;
    }
    ConvImage image = new ConvImage(s);
    DoubleScratch mine = DoubleScratch.get();
    int[] offsets = mine.indices(DoubleScratch.TAPS, s.taps());
    image.offsets(s.groupIn(), offsets);
    int blocks = blocks(s.batch() * s.groups(), s.groupOut(), s.work());
    int block = roundUp((s.groupOut() + blocks - 1) / blocks, 12);
    int channels = s.groupIn() * image.channel;
    int together =
        gathered(product, block, s.outHeight(), s.outWidth(), image.width, s.batch(), channels);
    boolean gather = together > 0;
    int images = Math.max(1, together);
    boolean inPlace = image.isInput() && !gather;
    int chunks = (s.batch() + images - 1) / images;
    Parallel.range(
        chunks * s.groups() * blocks,
        grain(s.work(), chunks * s.groups() * blocks),
        (from, to) -> {
          DoubleScratch scratch = DoubleScratch.get();
          double[] copy = x;
          if (!inPlace) {
            copy = scratch.array(DoubleScratch.IMAGE, images * channels + SLACK);
            DoubleBinary.fill(0.0, copy, 0, images * channels + SLACK);
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
                scatter(s, image, s.groupIn(), x, input + i * step, copy, i * channels);
              }
              input = 0;
              step = channels;
            }
            int out = group * s.groupOut() + first;
            int output = yo + (n * s.outChannels() + out) * s.outPlane();
            int weights = wo + out * s.taps();
            if (inPlace && image.width == s.outWidth()) {
              pieces(
                  product,
                  height,
                  s.outPlane(),
                  s.taps(),
                  w,
                  weights,
                  copy,
                  input,
                  offsets,
                  bias,
                  biasO + out,
                  y,
                  output);
              continue;
            }
            int width = gather ? s.outWidth() : image.width;
            int columns =
                gather ? count * s.outPlane() : (s.outHeight() - 1) * width + s.outWidth();
            int ld = roundUp(columns, 16);
            double[] flat = scratch.array(DoubleScratch.OUTPUT, height * ld);
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
                  inPlace ? columns : ld,
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

  /**
   * Y = A X for all n pixels of a plane, the image being contiguous. A piece of all rows is copied
   * there and back: reading and writing rows that lie far apart is fast only along the rows.
   */
  static void pieces(
      DoubleProduct product,
      int m,
      int n,
      int k,
      double[] a,
      int ao,
      double[] x,
      int xo,
      int[] offsets,
      double @Nullable [] bias,
      int bo,
      double[] y,
      int yo) {
    DoubleScratch scratch = DoubleScratch.get();
    int ld = Math.min(n, PIECE) + SKEW;
    double[] sums = scratch.array(DoubleScratch.OUTPUT, m * ld);
    double[] piece = scratch.array(DoubleScratch.PACK_B, Math.min(k, DEPTH) * ld);
    int[] rows = scratch.rows(DoubleScratch.ROWS, Math.min(k, DEPTH), ld);
    for (int j = 0; j < n; j += PIECE) {
      int columns = Math.min(PIECE, n - j);
      bias(bias, bo, m, sums, 0, ld, columns);
      for (int p = 0; p < k; p += DEPTH) {
        int depth = Math.min(DEPTH, k - p);
        for (int i = 0; i < depth; i++) {
          System.arraycopy(x, xo + offsets[p + i] + j, piece, i * ld, columns);
        }
        product.add(m, columns, depth, a, ao + p, k, 1, piece, 0, rows, 0, sums, 0, ld);
      }
      copyRows(m, columns, sums, 0, ld, y, yo + j, n);
    }
  }

  static void bias(
      double @Nullable [] bias, int bo, int channels, double[] y, int yo, int ldy, int n) {
    for (int c = 0; c < channels; c++) {
      DoubleBinary.fill(bias == null ? 0.0 : bias[bo + c], y, yo + c * ldy, n);
    }
  }

  /**
   * Images whose pixels are gathered together, a whole number of strips if possible, or 0 where it
   * costs less to compute the columns between the rows and to drop them. In units of the time of a
   * vector and a row of weights, a run of pixels costs about 5.
   */
  static int gathered(
      DoubleProduct product, int channels, int rows, int columns, int width, int batch, int image) {
    int plane = rows * columns;
    if (product.strip() > 64) { // where long rows are best, those of small planes are joined
      return plane < 200 && channels >= 48 ? Math.min(batch, 1 + 255 / plane) : 0;
    }
    int best = 1;
    for (int n = 2; n <= 16 && n <= batch && (long) n * image <= 1 << 17; n++) {
      if (waste(n * plane) + 0.02 < waste(best * plane)) {
        best = n;
      }
    }
    double runs = 5.0 * (1 + (columns - 1) / 16) / columns + 5.0 / 32;
    double gathering = channels * (1 + waste(best * plane)) / 16 + runs;
    double dropping = channels * (double) roundUp((rows - 1) * width + columns, 16) / 16 / plane;
    return gathering < dropping ? best : 0;
  }

  /** Part of the last strip of 32 columns that is empty. */
  private static double waste(int columns) {
    return (roundUp(columns, 32) - columns) / (double) columns;
  }

  /**
   * C += A X for {@code images * rows * columns} pixels that are numbered without gaps. The patches
   * of a strip of pixels are copied side by side.
   */
  static void addGathered(
      DoubleProduct product,
      int m,
      int k,
      double[] a,
      int ao,
      int rs,
      double[] x,
      int xo,
      int step,
      int[] offsets,
      int tap,
      int images,
      int rows,
      int columns,
      int width,
      double[] c,
      int ldc) {
    DoubleScratch scratch = DoubleScratch.get();
    int strip = product.strip();
    int n = images * rows * columns;
    int strips = (n + strip - 1) / strip;
    int[] run = scratch.indices(DoubleScratch.RUNS, 3 * n);
    int[] begin = scratch.indices(DoubleScratch.COLUMNS, strips + 1);
    begin[0] = 0;
    for (int j = 0; j < strips; j++) {
      int first = j * strip;
      int wide = Math.min(strip, n - first);
      begin[j + 1] = runs(first, wide, rows, columns, width, step, strip / 2, run, begin[j]);
    }
    int ldp = strip + strip / 2; // a run may be written beyond its end
    double[] patches = scratch.array(DoubleScratch.PACK_B, DEPTH * ldp);
    int[] steps = scratch.rows(DoubleScratch.ROWS, DEPTH, ldp);
    for (int p = 0; p < k; p += DEPTH) { // outermost, so that its part of A stays in level 2
      int depth = Math.min(DEPTH, k - p);
      for (int j = 0; j < strips; j++) {
        int wide = Math.min(strip, n - j * strip);
        product.gather(depth, x, xo, offsets, tap + p, begin[j], begin[j + 1], run, patches, ldp);
        product.add(m, wide, depth, a, ao + p, rs, 1, patches, 0, steps, 0, c, j * strip, ldc);
      }
    }
  }

  /**
   * The pixels {@code first .. first + n - 1}, in images {@code step} apart whose rows are {@code
   * width} apart, as runs of neighbours from number {@code r} on; see {@link DoubleProduct#gather}.
   * Returns the number behind the last.
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
      ConvShape s, ConvImage image, int channels, double[] x, int xo, double[] y, int yo) {
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

  static void copyRows(
      int rows, int columns, double[] x, int xo, int ldx, double[] y, int yo, int ldy) {
    if (ldx == columns && ldy == columns) {
      System.arraycopy(x, xo, y, yo, rows * columns);
      return;
    }
    for (int r = 0; r < rows; r++) {
      System.arraycopy(x, xo + r * ldx, y, yo + r * ldy, columns);
    }
  }

  /** Blocks of channels, where there are too few images to share out. */
  static int blocks(int images, int channels, long work) {
    long wanted = Math.min(16, work / GRAIN) / images;
    return (int) Math.max(1, Math.min(wanted, channels / 12));
  }

  static int grain(long work, int tasks) {
    return (int) Math.max(1, Math.min(tasks, GRAIN * (long) tasks / Math.max(1, work)));
  }

  static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }
}
