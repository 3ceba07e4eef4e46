package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Chooses how a convolution is computed, from its shape and the sizes of the tiles alone: the
 * number of threads must not change the bits. The first path that fits is taken. F, I and W are the
 * forward pass and the gradients of input and weight. Gains are against the next path that fits,
 * with vectors of 512 bits on one thread.
 *
 * <pre>
 *  path    | of  | when                                     | lines | gain
 *  --------+-----+------------------------------------------+-------+-------------------------
 *  FEW     | FIW | rows of pixels shorter than a vector,    |   580 | 2 to 3.6 times, second
 *          |     | few channels that fill vectors           |       | layer of LeNet
 *  BATCH   | FI  | rows of pixels shorter than a vector,    |   310 | 1.2 times with planes of
 *          |     | images that fill vectors                 |       | 8 x 8, 2.9 with 4 x 4
 *  TAPS    | W   | channels that fill tiles                 |   300 | 1.1 to 1.3 times
 *  GEMM    | FI  | kernels of one tap, no stride            |    60 | 1.1 times
 *  LINES   | FI  | lines that fill vectors, few steps of k, |   190 | 1.3 to 2.6 times, first
 *          |     | or where IM2COL does not pay             |       | layers and depthwise
 *  IM2COL  | FI  | where gathering costs less than it saves |   160 | 1.1 to 2 times
 *   shared | FI  | strips that are parts of lines, stride 1 |    60 | 3 to 8 %
 *  SHIFTS  | FI  | else                                     |    60 |
 *  DOTS    | W   | few channels                             |    80 | 1.2 to 12 times
 *  ROWS    | W   | else                                     |   140 |
 * </pre>
 */
final class ConvolutionPlan {
  /** The ways of computing a convolution or one of its gradients. */
  enum Path {
    /** Vectors over the channels, pixels read one by one: {@link FloatConvolutionFew}. */
    FEW,
    /** Vectors over the images of a batch: {@link FloatConvolutionBatch}. */
    BATCH,
    /** Pixels packed by columns of the kernel, a product a tap: {@link FloatConvolutionTaps}. */
    TAPS,
    /** A matrix product of each image: {@link FloatConvolution#pointwise}. */
    GEMM,
    /** A product with gathered patches of a strip of pixels: {@link FloatConvolution#pixels}. */
    IM2COL,
    /** Pixels read in place, line by line: {@link FloatProduct#lines}. */
    LINES,
    /** Pixels read in place through lines, of which the columns without an output are dropped. */
    SHIFTS,
    /** A dot product of two images for each weight. */
    DOTS,
    /** A product of the output gradients and the transposed image. */
    ROWS
  }

  /**
   * What was chosen.
   *
   * @param block channels of the result that a task computes; of IM2COL, LINES, SHIFTS, DOTS, ROWS
   * @param images images whose pixels are gathered together; of IM2COL
   * @param shared rows of the kernel that each gathered line serves; of IM2COL (Cho and Brand, MEC:
   *     Memory-efficient Convolution for Deep Neural Network, 2017)
   */
  record Choice(Path path, int block, int images, int shared) {
    private static Choice of(Path path) {
      return new Choice(path, 1, 1, 1);
    }
  }

  /** Pixels whose sums are in memory at a time, with IM2COL. */
  static final int PIECE = 256;

  /** Elements of the patches of a strip that stay in level 2, with IM2COL. */
  static final int PATCHES = 1 << 17;

  /** Images whose input gradients are computed together, with FEW. */
  static final int FEW_IMAGES = 16;

  /** Elements of the packed gradients and images of a chunk, and of all weights, with TAPS. */
  static final int TAPS_WORK = 1 << 22;

  /** Elements under a kernel, or a row of it, from which on they are a row for a product. */
  static final int SHORT = 128;

  /** Channels that are worth gathering patches for in any case. */
  private static final int MANY = 40;

  /** Channels, or channels times columns of the kernel, that are few. */
  private static final int FEW = 32;

  /** Steps of k that are too few to gather for, where lines fill vectors. */
  private static final int FEW_STEPS = 150;

  /** Channels below which transposing a batch costs more than it saves. */
  private static final int BATCH_CHANNELS = 24;

  /** Elements of a strip of a batch: 8 MiB. */
  private static final int BATCH_STRIP = 1 << 21;

  private final Tiles tiles;
  private final int windowLanes;
  private final boolean packed;

  /**
   * A plan.
   *
   * @param windowLanes elements of a vector of a {@link FloatWindowProduct}; 0 if there is none
   * @param packed whether there are BATCH and TAPS
   */
  ConvolutionPlan(Tiles tiles, int windowLanes, boolean packed) {
    this.tiles = tiles;
    this.windowLanes = windowLanes;
    this.packed = packed;
  }

  Choice forward(ConvShape s) {
    boolean batch = isBatch(s);
    if (isFew(s) && !batch) {
      return Choice.of(Path.FEW);
    }
    if (batch || isProduct(s)) {
      return Choice.of(batch ? Path.BATCH : Path.GEMM);
    }
    ConvImage image = new ConvImage(s);
    int block = block(s, s.groupOut());
    int images =
        images(s, block, s.outHeight(), s.outWidth(), image.width, s.groupIn() * image.channel);
    boolean dense = image.isInput() && image.width == s.outWidth();
    boolean lines = tiles.hasLines(s.outWidth());
    return inPlaceOr(images, dense, lines, block, s.strideH() == 1, s, s.taps(), s.outWidth());
  }

  Choice inputGradient(ConvShape s) {
    if (isFewInput(s)) {
      return Choice.of(Path.FEW);
    }
    boolean batch = isBatch(s);
    if (batch || isProduct(s)) {
      return Choice.of(batch ? Path.BATCH : Path.GEMM);
    }
    ConvGradientImage image = new ConvGradientImage(s);
    int block = block(s, s.groupIn());
    int high = (s.height() + s.strideH() - 1) / s.strideH(); // those of a phase in the input
    int wide = (s.width() + s.strideW() - 1) / s.strideW();
    int images = images(s, block, high, wide, image.width, s.groupOut() * image.channel);
    boolean one = image.phases == 1;
    boolean lines = image.isWhole() && tiles.hasLines(image.columns);
    int k = s.groupOut() * s.kernelH() * s.kernelW();
    return inPlaceOr(images, one && image.isGradient(), lines, block, one, s, k, s.width());
  }

  Choice weightGradient(ConvShape s) {
    if (isFew(s) && s.strideW() == 1 && s.dilationW() == 1 && s.kernelW() >= 3) {
      return Choice.of(Path.FEW);
    }
    if (isTaps(s)) {
      return Choice.of(Path.TAPS);
    }
    boolean narrow = s.groupOut() < 12 || s.groupIn() < 6 || s.taps() < SHORT;
    boolean dots = s.groupOut() < 4 || tiles.strip() <= 64 && narrow;
    return dots ? new Choice(Path.DOTS, 24, 1, 1) : new Choice(Path.ROWS, 64, 1, 1);
  }

  /** IM2COL, or one of those that read pixels in place. */
  private Choice inPlaceOr(
      int images,
      boolean dense,
      boolean lines,
      int block,
      boolean single,
      ConvShape s,
      int k,
      int columns) {
    boolean few = lines && k <= FEW_STEPS && 4 * roundUp(columns, tiles.lanes()) <= 5 * columns;
    if ((images > 0 || dense) && !few) {
      return new Choice(
          Path.IM2COL, block, Math.max(1, images), single ? sharedRows(s, k, columns) : 1);
    }
    return new Choice(lines ? Path.LINES : Path.SHIFTS, block, 1, 1);
  }

  /** Rows shorter than the vectors, and channels that fill them. */
  private boolean isFew(ConvShape s) {
    return s.groups() == 1 && s.outWidth() < windowLanes && fillsWindows(s.outChannels());
  }

  private boolean isFewInput(ConvShape s) {
    return s.groups() == 1
        && s.outWidth() < windowLanes
        && fillsWindows(s.kernelW() * s.inChannels())
        && s.batch() >= FEW_IMAGES / 2
        && s.strideH() == 1
        && s.strideW() == 1
        && s.dilationH() == 1
        && s.dilationW() == 1;
  }

  private boolean fillsWindows(int columns) {
    int panel = columns <= windowLanes ? windowLanes : 2 * windowLanes;
    return columns <= FEW && 8 * (roundUp(columns, panel) - columns) <= columns;
  }

  /** Whether the images fill vectors and there is more to save than transposing costs. */
  private boolean isBatch(ConvShape s) {
    int strip = tiles.strip();
    return packed
        && strip <= 64
        && s.outWidth() < strip / 2
        && roundUp(s.batch(), strip) * 8 <= s.batch() * 9
        && s.groupIn() >= BATCH_CHANNELS
        && s.groupOut() >= BATCH_CHANNELS
        && s.kernelH() * s.kernelW() > 1
        && s.inPlane() > 0
        && s.kernelH() < Integer.SIZE
        && s.kernelW() < Integer.SIZE
        && (long) strip * s.groupIn() * s.inPlane() <= BATCH_STRIP
        && (long) strip * s.groupOut() * s.outPlane() <= BATCH_STRIP;
  }

  /** Whether there are channels enough to fill tiles, and pixels enough for a product. */
  private boolean isTaps(ConvShape s) {
    int wide = tiles.stripColumns(s.groupOut());
    return packed
        && tiles.strip() <= 64
        && s.groupOut() * 4 >= wide * 3
        && s.groupIn() >= 12
        && s.outPlane() >= 16
        && (long) wide * s.taps() <= TAPS_WORK
        && (long) s.kernelW() * wide * s.outPlane() <= TAPS_WORK
        && (long) s.kernelW() * s.groupIn() * tapPixels(s) <= TAPS_WORK;
  }

  /** Pixels of a copy of an image with just the columns that one column of the kernel reads. */
  static int tapPixels(ConvShape s) {
    return roundUp(s.height(), s.strideH()) * s.outWidth();
  }

  /** Whether a pixel of the result is that of the input times the weights, and planes are large. */
  private static boolean isProduct(ConvShape s) {
    return s.groups() == 1
        && s.taps() == s.inChannels()
        && s.strideH() == 1
        && s.strideW() == 1
        && s.outPlane() == s.inPlane()
        && s.outPlane() >= PIECE / 2;
  }

  /** Channels of a task: they are cut into blocks where there are too few images to share out. */
  private static int block(ConvShape s, int channels) {
    long wanted = Math.min(16, s.work() / Parallel.GRAIN) / (s.batch() * s.groups());
    int blocks = (int) Math.max(1, Math.min(wanted, channels / 12));
    return roundUp((channels + blocks - 1) / blocks, FloatProduct.PANEL);
  }

  /**
   * Images whose pixels are gathered together, a whole number of strips if possible, or 0 where it
   * costs less to compute the columns between the rows and to drop them. In units of the time of a
   * vector and a row of weights, a run of pixels costs about 5.
   */
  private int images(ConvShape s, int channels, int rows, int columns, int width, int image) {
    int plane = rows * columns;
    if (tiles.strip() > 64) { // where long rows are best, those of small planes are joined
      return plane < 256 && channels >= 48 ? Math.min(s.batch(), tiles.strip() / plane) : 0;
    }
    int best = 1;
    for (int n = 2; n <= 16 && n <= s.batch() && (long) n * image <= PATCHES; n++) {
      if (waste(n * plane) + 0.02 < waste(best * plane)) {
        best = n;
      }
    }
    double runs = 5.0 * (1 + (columns - 1) / 16) / columns + 5.0 / 32;
    double gathering = channels * (1 + waste(best * plane)) / 16 + runs;
    double dropping = channels * (double) roundUp((rows - 1) * width + columns, 16) / 16 / plane;
    return channels >= MANY || gathering < dropping ? best : 0;
  }

  /** Part of the last strip of 32 columns that is empty. */
  private static double waste(int columns) {
    return (roundUp(columns, 32) - columns) / (double) columns;
  }

  /**
   * Rows of the kernel, if the strips are parts of lines whose patches are gathered once for all of
   * them; otherwise 1.
   */
  private int sharedRows(ConvShape s, int k, int columns) {
    boolean whole =
        s.dilationH() == 1 && columns % tiles.strip() == 0 && columns > 0 && PIECE % columns == 0;
    return whole && patches(columns, s.kernelH(), k) <= PATCHES ? s.kernelH() : 1;
  }

  /**
   * Elements of the gathered patches of the lines of a piece, and of those below that the kernel
   * reads.
   */
  static int patches(int columns, int shared, int k) {
    return (PIECE + (shared - 1) * columns) * (k / shared);
  }

  static int roundUp(int n, int unit) {
    return (n + unit - 1) / unit * unit;
  }
}
