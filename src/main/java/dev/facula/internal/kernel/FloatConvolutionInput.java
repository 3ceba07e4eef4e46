package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * The gradient of a convolution in its input: the same product as the convolution itself, of the
 * transposed weights and the image of the output gradients, once for each phase of the stride.
 */
final class FloatConvolutionInput {
  /** Output channels whose weights are transposed together. */
  private static final int CHANNELS = 16;

  private FloatConvolutionInput() {}

  static void gradient(
      FloatProduct product,
      ConvolutionPlan.Choice choice,
      ConvShape s,
      float[] g,
      int go,
      float[] w,
      int wo,
      float[] dx,
      int dxo) {
    if (choice.path() == ConvolutionPlan.Path.GEMM) {
      FloatConvolution.pointwise(
          product, s, true, s.inChannels(), s.outChannels(), w, wo, g, go, null, 0, dx, dxo);
      return;
    }
    ConvGradientImage image = new ConvGradientImage(s);
    int shiftsH = image.shiftsH;
    int shiftsW = image.shiftsW;
    int rows = image.rows;
    int columns = image.columns;
    int width = image.width;
    int channel = image.channel;
    int channels = s.groupOut() * channel;
    int phases = image.phases;
    int kernel = s.kernelH() * s.kernelW();
    int block = choice.block();
    int blocks = (s.groupIn() + block - 1) / block;
    int images = choice.images();
    int shared = choice.shared();
    boolean inPlace = image.isGradient();
    boolean whole = image.isWhole();
    boolean gather = choice.path() == ConvolutionPlan.Path.IM2COL;
    boolean lines = choice.path() == ConvolutionPlan.Path.LINES;
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
          if (shared == 1 || h == shiftsH) {
            offsets[filled++] = oc * channel + (shiftsH - h) * width + shiftsW - v;
          }
        }
      }
    }
    taps[kernel + phases] = found;
    float[] transposed = transposeWeights(s, taps, w, wo, mine);
    float[] panels =
        gather || lines
            ? panels(product, lines, shared, s, taps, block, transposed, mine)
            : transposed;
    int chunks = (s.batch() + images - 1) / images;
    Parallel.parallelFor(
        chunks * s.groups() * blocks,
        s.work() / (chunks * s.groups() * blocks),
        (from, to) -> {
          FloatScratch scratch = FloatScratch.get();
          float[] copy = g;
          if (!inPlace) {
            copy = scratch.array(FloatScratch.IMAGE, images * channels + FloatConvolution.SLACK);
            FloatBinary.fill(0f, copy, 0, images * channels + FloatConvolution.SLACK);
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
                    product,
                    s,
                    g,
                    base + i * step,
                    rows + shiftsH,
                    width,
                    image.top - shiftsH,
                    image.left - shiftsW,
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
              if (lines) {
                product.lines(
                    height,
                    rows,
                    columns,
                    k,
                    panels,
                    weights,
                    copy,
                    base,
                    width,
                    offsets,
                    begin * s.groupOut(),
                    null,
                    0,
                    dx,
                    input,
                    s.inPlane(),
                    columns);
                continue;
              }
              // The phase's first row may be padding, so may its first column; the pixels behind
              // are those of the input from (h0, w0) on.
              int ph = phase / s.strideW();
              int pw = phase % s.strideW();
              int skipH = ph < s.padH() % s.strideH() ? 1 : 0;
              int skipW = pw < s.padW() % s.strideW() ? 1 : 0;
              int h0 = Math.floorMod(ph - s.padH(), s.strideH());
              int w0 = Math.floorMod(pw - s.padW(), s.strideW());
              int down = (s.height() - h0 + s.strideH() - 1) / s.strideH();
              int across = (s.width() - w0 + s.strideW() - 1) / s.strideW();
              if (down == 0 || across == 0) {
                continue;
              }
              int start = base + skipH * width + skipW;
              int stride = gather ? across : width;
              int plane = down * across;
              int pixels = gather ? count * plane : (down - 1) * width + across;
              int ld = ConvolutionPlan.roundUp(pixels, 16);
              float[] flat = whole && gather ? dx : scratch.array(FloatScratch.FLAT, height * ld);
              if (gather) {
                FloatConvolution.pixels(
                    product,
                    height,
                    k,
                    panels,
                    weights,
                    copy,
                    start,
                    step,
                    offsets,
                    begin * s.groupOut(),
                    count,
                    down,
                    across,
                    width,
                    shared,
                    null,
                    0,
                    flat,
                    whole ? input : 0,
                    whole ? s.inChannels() * s.inPlane() : plane,
                    whole ? s.inPlane() : ld);
                if (whole) {
                  continue;
                }
              } else {
                FloatBinary.fill(0f, flat, 0, height * ld);
                product.multiply(
                    height,
                    inPlace ? pixels : ld,
                    k,
                    transposed,
                    weights,
                    k,
                    1,
                    copy,
                    start,
                    offsets,
                    begin * s.groupOut(),
                    flat,
                    0,
                    ld,
                    flat,
                    0,
                    ld);
              }
              for (int i = 0; i < count; i++) {
                for (int c = 0; c < height; c++) {
                  int corner = input + (i * s.inChannels() + c) * s.inPlane() + h0 * s.width() + w0;
                  interleave(s, down, across, flat, c * ld + i * plane, stride, dx, corner);
                }
              }
            }
          }
        });
  }

  /** The weights as [group, phase, in, out, tap of the phase]. */
  private static float[] transposeWeights(
      ConvShape s, int[] taps, float[] w, int wo, FloatScratch scratch) {
    int kernel = s.kernelH() * s.kernelW();
    int phases = s.strideH() * s.strideW();
    float[] transposed = scratch.array(FloatScratch.WEIGHT, s.outChannels() * s.taps());
    Parallel.parallelFor(
        s.inChannels(),
        Parallel.ELEMENT * s.groupOut() * kernel,
        (from, to) -> {
          // A few output channels of all input channels, so that cache lines are used up.
          for (int first = 0; first < s.groupOut(); first += CHANNELS) {
            int end = Math.min(first + CHANNELS, s.groupOut());
            for (int c = from; c < to; c++) {
              int group = c / s.groupIn();
              int in = c % s.groupIn();
              for (int phase = 0; phase < phases; phase++) {
                int begin = taps[kernel + phase];
                int count = taps[kernel + phase + 1] - begin;
                int o = (group * s.groupIn() * kernel + begin * s.groupIn() + in * count);
                o = o * s.groupOut() + first * count;
                for (int out = first; out < end; out++) {
                  int start = wo + (group * s.groupOut() + out) * s.taps() + in * kernel;
                  if (phases == 1) {
                    System.arraycopy(w, start, transposed, o, count);
                    o += count;
                    continue;
                  }
                  for (int i = begin; i < begin + count; i++) {
                    transposed[o++] = w[start + taps[i]];
                  }
                }
              }
            }
          }
        });
    return transposed;
  }

  /** The transposed weights of each group and phase, packed in blocks of rows. */
  private static float[] panels(
      FloatProduct product,
      boolean lines,
      int shared,
      ConvShape s,
      int[] taps,
      int block,
      float[] transposed,
      FloatScratch scratch) {
    int kernel = s.kernelH() * s.kernelW();
    int phases = s.strideH() * s.strideW();
    float[] panels = scratch.array(FloatScratch.PANELS, s.outChannels() * s.taps());
    int in = s.groupIn();
    int blocks = (in + block - 1) / block;
    Parallel.parallelFor(
        s.groups() * phases * blocks,
        Parallel.ELEMENT * block * s.groupOut() * kernel / phases,
        (from, to) -> {
          for (int i = from; i < to; i++) {
            int group = i / (phases * blocks);
            int phase = i / blocks % phases;
            int first = i % blocks * block;
            int begin = taps[kernel + phase];
            int k = (taps[kernel + phase + 1] - begin) * s.groupOut();
            int at = (group * kernel + begin) * in * s.groupOut() + first * k;
            int rows = Math.min(block, in - first);
            if (lines) {
              product.packLines(rows, k, transposed, at, k, panels, at);
            } else if (shared > 1) {
              float[] sorted = FloatConvolution.byRow(rows, s, s.groupOut(), true, transposed, at);
              product.packA(rows, k, sorted, 0, k, 1, panels, at);
            } else {
              product.packA(rows, k, transposed, at, k, 1, panels, at);
            }
          }
        });
    return panels;
  }

  /** Puts the output gradients of an image into larger planes; plane (0, 0) is g (top, left). */
  private static void embed(
      FloatProduct product,
      ConvShape s,
      float[] g,
      int go,
      int rows,
      int width,
      int top,
      int left,
      float[] y,
      int yo) {
    int fromRow = Math.max(0, top);
    int toRow = Math.min(s.outHeight(), rows + top);
    int from = Math.max(0, left);
    int columns = Math.min(s.outWidth(), width + left) - from;
    if (columns <= 0) {
      return;
    }
    for (int c = 0; c < s.groupOut() && fromRow < toRow; c++) {
      product.copy(
          toRow - fromRow,
          columns,
          g,
          go + (c * s.outHeight() + fromRow) * s.outWidth() + from,
          s.outWidth(),
          1,
          y,
          yo + (c * rows + fromRow - top) * width + from - left,
          width);
    }
  }

  /** Writes the pixels of a phase to their places in the input's plane, the first to y[yo]. */
  private static void interleave(
      ConvShape s, int rows, int columns, float[] x, int xo, int ldx, float[] y, int yo) {
    int stride = s.strideW();
    for (int r = 0; r < rows; r++) {
      int from = xo + r * ldx;
      int to = yo + r * s.strideH() * s.width();
      if (stride == 1) {
        System.arraycopy(x, from, y, to, columns);
        continue;
      }
      for (int c = 0; c < columns; c++) {
        y[to + c * stride] = x[from + c];
      }
    }
  }
}
