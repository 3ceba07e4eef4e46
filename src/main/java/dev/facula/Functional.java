package dev.facula;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of PyTorch's {@code torch.nn.functional}: layers and losses without state.
 *
 * <p>Required arguments are parameters; what PyTorch has defaults for is left out, given in
 * PyTorch's order, or set by one lambda:
 *
 * <pre>{@code
 * Tensor hidden = Functional.relu(Functional.conv2d(x, weight, bias, o -> o.stride(2).padding(1)));
 * Tensor loss = Functional.crossEntropy(scores, classes, o -> o.labelSmoothing(0.1));
 * }</pre>
 *
 * <p>Options that are ready may be given in place of the lambda. They must not change while they
 * are in use.
 */
public final class Functional {
  private Functional() {}

  // ---- dense layers and tables --------------------------------------------------------------

  /** {@link #linear(Tensor, Tensor, Tensor)} without bias. */
  public static Tensor linear(Tensor x, Tensor weight) {
    return linear(x, weight, null);
  }

  /**
   * y = x W<sup>T</sup> + b.
   *
   * @param x [*, in], with any number of dimensions in front
   * @param weight [out, in], or [in] for an output without the last dimension
   * @param bias [out], or null
   * @return [*, out]
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    Tensor y = MatMul.linear(x, weight, bias);
    return Operations.watched() ? Operations.passed("linear", y, x, weight, bias) : y;
  }

  /** {@link #bilinear(Tensor, Tensor, Tensor, Tensor)} without bias. */
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight) {
    return bilinear(x1, x2, weight, null);
  }

  /**
   * y<sub>k</sub> = x1<sup>T</sup> A<sub>k</sub> x2 + b<sub>k</sub>.
   *
   * @param x1 [*, in1]
   * @param x2 [*, in2], with the same dimensions in front
   * @param weight A [out, in1, in2]
   * @param bias [out], or null
   * @return [*, out]
   */
  public static Tensor bilinear(Tensor x1, Tensor x2, Tensor weight, @Nullable Tensor bias) {
    Tensor y = Bilinear.apply(x1, x2, weight, bias);
    return Operations.watched() ? Operations.passed("bilinear", y, x1, x2, weight, bias) : y;
  }

  /** The rows of a table, by default options. */
  public static Tensor embedding(Tensor index, Tensor weight) {
    return embedding(index, weight, EmbeddingOptions.DEFAULT);
  }

  /** The rows of a table, of which one receives no gradient. */
  public static Tensor embedding(Tensor index, Tensor weight, int paddingIdx) {
    return embedding(index, weight, new EmbeddingOptions().paddingIdx(paddingIdx));
  }

  /** {@link #embedding(Tensor, Tensor, EmbeddingOptions)} with a lambda that sets options. */
  public static Tensor embedding(Tensor index, Tensor weight, Consumer<EmbeddingOptions> options) {
    return embedding(index, weight, Options.with(new EmbeddingOptions(), options));
  }

  /**
   * The rows of a table that an index tensor names.
   *
   * @param index integers from 0 to rows - 1, of any shape
   * @param weight the table [rows, features]
   * @param options paddingIdx, maxNorm, normType, scaleGradByFreq
   * @return [*, features] for an index of shape [*]
   * @throws ShapeException if an index is out of range
   */
  public static Tensor embedding(Tensor index, Tensor weight, EmbeddingOptions options) {
    EmbeddingOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Embeddings.embedding(index, weight, o);
    return Operations.watched()
        ? Operations.passed(
            "embedding paddingIdx maxNorm normType scaleGradByFreq",
            y,
            index,
            weight,
            o.paddingIdx,
            o.maxNorm,
            o.normType,
            o.scaleGradByFreq)
        : y;
  }

  /** {@link #oneHot(Tensor, int)} with as many classes as the largest needs. */
  public static Tensor oneHot(Tensor x) {
    return x.oneHot(-1);
  }

  /** Zeros with a one at each class, in a new last dimension of size numClasses. */
  public static Tensor oneHot(Tensor x, int numClasses) {
    return x.oneHot(numClasses);
  }

  // ---- convolution --------------------------------------------------------------------------

  /** A convolution of one dimension, x [N, C, L] with stride 1, neither padding nor bias. */
  public static Tensor conv1d(Tensor x, Tensor weight) {
    return convolution(1, x, weight, null, ConvolutionOptions.DEFAULT);
  }

  /** A convolution of one dimension, x [N, C, L] with stride 1 and no padding. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convolution(1, x, weight, bias, ConvolutionOptions.DEFAULT);
  }

  /** A convolution of one dimension, x [N, C, L] with a stride. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    return convolution(1, x, weight, bias, new ConvolutionOptions().stride(stride));
  }

  /** A convolution of one dimension, x [N, C, L] with stride and padding. */
  public static Tensor conv1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return convolution(
        1, x, weight, bias, new ConvolutionOptions().stride(stride).padding(padding));
  }

  /** A convolution of one dimension, x [N, C, L] without bias. */
  public static Tensor conv1d(Tensor x, Tensor weight, Consumer<ConvolutionOptions> options) {
    return convolution(1, x, weight, null, Options.with(new ConvolutionOptions(), options));
  }

  /**
   * {@link #conv1d(Tensor, Tensor, Tensor, ConvolutionOptions)} with a lambda that sets options.
   */
  public static Tensor conv1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Consumer<ConvolutionOptions> options) {
    return convolution(1, x, weight, bias, Options.with(new ConvolutionOptions(), options));
  }

  /**
   * A convolution of one dimension, x [N, C, L]; otherwise as {@link #conv2d(Tensor, Tensor,
   * Tensor, ConvolutionOptions)}.
   */
  public static Tensor conv1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvolutionOptions options) {
    return convolution(1, x, weight, bias, options);
  }

  /** A convolution of images with stride 1, neither padding nor bias. */
  public static Tensor conv2d(Tensor x, Tensor weight) {
    return convolution(2, x, weight, null, ConvolutionOptions.DEFAULT);
  }

  /** A convolution of images with stride 1 and no padding. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convolution(2, x, weight, bias, ConvolutionOptions.DEFAULT);
  }

  /** A convolution of images with a stride. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    return convolution(2, x, weight, bias, new ConvolutionOptions().stride(stride));
  }

  /** A convolution of images with stride and padding. */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return convolution(
        2, x, weight, bias, new ConvolutionOptions().stride(stride).padding(padding));
  }

  /** A convolution of images without bias. */
  public static Tensor conv2d(Tensor x, Tensor weight, Consumer<ConvolutionOptions> options) {
    return convolution(2, x, weight, null, Options.with(new ConvolutionOptions(), options));
  }

  /**
   * {@link #conv2d(Tensor, Tensor, Tensor, ConvolutionOptions)} with a lambda that sets options.
   */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Consumer<ConvolutionOptions> options) {
    return convolution(2, x, weight, bias, Options.with(new ConvolutionOptions(), options));
  }

  /**
   * y[n, o, i, j] = b[o] + sum over c, k, l of w[o, c, k, l] x[n, c, i s + k d - p, j s + l d - p]:
   * the cross-correlation of images with kernels.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param weight [O, C / groups, kH, kW]
   * @param bias [O], or null
   * @param options stride s, padding p (sizes, "same" or "valid"), dilation d, groups
   * @return [N, O, (H + 2 p - d (kH - 1) - 1) / s + 1, ...]
   * @throws ShapeException if the channels differ or the kernel does not fit
   */
  public static Tensor conv2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvolutionOptions options) {
    return convolution(2, x, weight, bias, options);
  }

  /**
   * A convolution of three dimensions, x [N, C, D, H, W] with stride 1, neither padding nor bias.
   */
  public static Tensor conv3d(Tensor x, Tensor weight) {
    return convolution(3, x, weight, null, ConvolutionOptions.DEFAULT);
  }

  /** A convolution of three dimensions, x [N, C, D, H, W] with stride 1 and no padding. */
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convolution(3, x, weight, bias, ConvolutionOptions.DEFAULT);
  }

  /** A convolution of three dimensions, x [N, C, D, H, W] with a stride. */
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    return convolution(3, x, weight, bias, new ConvolutionOptions().stride(stride));
  }

  /** A convolution of three dimensions, x [N, C, D, H, W] with stride and padding. */
  public static Tensor conv3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return convolution(
        3, x, weight, bias, new ConvolutionOptions().stride(stride).padding(padding));
  }

  /** A convolution of three dimensions, x [N, C, D, H, W] without bias. */
  public static Tensor conv3d(Tensor x, Tensor weight, Consumer<ConvolutionOptions> options) {
    return convolution(3, x, weight, null, Options.with(new ConvolutionOptions(), options));
  }

  /**
   * {@link #conv3d(Tensor, Tensor, Tensor, ConvolutionOptions)} with a lambda that sets options.
   */
  public static Tensor conv3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, Consumer<ConvolutionOptions> options) {
    return convolution(3, x, weight, bias, Options.with(new ConvolutionOptions(), options));
  }

  /**
   * A convolution of three dimensions, x [N, C, D, H, W]; otherwise as {@link #conv2d(Tensor,
   * Tensor, Tensor, ConvolutionOptions)}.
   */
  public static Tensor conv3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, ConvolutionOptions options) {
    return convolution(3, x, weight, bias, options);
  }

  private static Tensor convolution(
      int rank, Tensor x, Tensor weight, @Nullable Tensor bias, ConvolutionOptions o) {
    Tensor y = Convolution.convolution(rank, x, weight, bias, o);
    return Operations.watched()
        ? Operations.passed(
            "conv" + rank + "d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            o.stride,
            o.paddingName == null ? o.padding : o.paddingName,
            o.dilation,
            o.groups)
        : y;
  }

  /**
   * A transposed convolution of one dimension, x [N, C, L] with stride 1, neither padding nor bias.
   */
  public static Tensor convTranspose1d(Tensor x, Tensor weight) {
    return transposed(1, x, weight, null, TransposedConvolutionOptions.DEFAULT);
  }

  /** A transposed convolution of one dimension, x [N, C, L] with stride 1 and no padding. */
  public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return transposed(1, x, weight, bias, TransposedConvolutionOptions.DEFAULT);
  }

  /** A transposed convolution of one dimension, x [N, C, L] with a stride. */
  public static Tensor convTranspose1d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    return transposed(1, x, weight, bias, new TransposedConvolutionOptions().stride(stride));
  }

  /** A transposed convolution of one dimension, x [N, C, L] with stride and padding. */
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return transposed(
        1, x, weight, bias, new TransposedConvolutionOptions().stride(stride).padding(padding));
  }

  /** A transposed convolution of one dimension, x [N, C, L] without bias. */
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, Consumer<TransposedConvolutionOptions> options) {
    return transposed(
        1, x, weight, null, Options.with(new TransposedConvolutionOptions(), options));
  }

  /**
   * {@link #convTranspose1d(Tensor, Tensor, Tensor, TransposedConvolutionOptions)} with a lambda
   * that sets options.
   */
  public static Tensor convTranspose1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Consumer<TransposedConvolutionOptions> options) {
    return transposed(
        1, x, weight, bias, Options.with(new TransposedConvolutionOptions(), options));
  }

  /**
   * A transposed convolution of one dimension, x [N, C, L]; otherwise as {@link
   * #convTranspose2d(Tensor, Tensor, Tensor, TransposedConvolutionOptions)}.
   */
  public static Tensor convTranspose1d(
      Tensor x, Tensor weight, @Nullable Tensor bias, TransposedConvolutionOptions options) {
    return transposed(1, x, weight, bias, options);
  }

  /** A transposed convolution of images with stride 1, neither padding nor bias. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight) {
    return transposed(2, x, weight, null, TransposedConvolutionOptions.DEFAULT);
  }

  /** A transposed convolution of images with stride 1 and no padding. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return transposed(2, x, weight, bias, TransposedConvolutionOptions.DEFAULT);
  }

  /** A transposed convolution of images with a stride. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    return transposed(2, x, weight, bias, new TransposedConvolutionOptions().stride(stride));
  }

  /** A transposed convolution of images with stride and padding. */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return transposed(
        2, x, weight, bias, new TransposedConvolutionOptions().stride(stride).padding(padding));
  }

  /** A transposed convolution of images without bias. */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, Consumer<TransposedConvolutionOptions> options) {
    return transposed(
        2, x, weight, null, Options.with(new TransposedConvolutionOptions(), options));
  }

  /**
   * {@link #convTranspose2d(Tensor, Tensor, Tensor, TransposedConvolutionOptions)} with a lambda
   * that sets options.
   */
  public static Tensor convTranspose2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Consumer<TransposedConvolutionOptions> options) {
    return transposed(
        2, x, weight, bias, Options.with(new TransposedConvolutionOptions(), options));
  }

  /**
   * The gradient of {@code conv2d} in its input, as an operation of its own: each input element
   * adds a scaled kernel to the output.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param weight [C, O / groups, kH, kW]
   * @param bias [O], or null
   * @param options stride s, padding p, outputPadding q, groups, dilation d
   * @return [N, O, (H - 1) s - 2 p + d (kH - 1) + q + 1, ...]
   */
  public static Tensor convTranspose2d(
      Tensor x, Tensor weight, @Nullable Tensor bias, TransposedConvolutionOptions options) {
    return transposed(2, x, weight, bias, options);
  }

  /**
   * A transposed convolution of three dimensions, x [N, C, D, H, W] with stride 1, neither padding
   * nor bias.
   */
  public static Tensor convTranspose3d(Tensor x, Tensor weight) {
    return transposed(3, x, weight, null, TransposedConvolutionOptions.DEFAULT);
  }

  /**
   * A transposed convolution of three dimensions, x [N, C, D, H, W] with stride 1 and no padding.
   */
  public static Tensor convTranspose3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return transposed(3, x, weight, bias, TransposedConvolutionOptions.DEFAULT);
  }

  /** A transposed convolution of three dimensions, x [N, C, D, H, W] with a stride. */
  public static Tensor convTranspose3d(Tensor x, Tensor weight, @Nullable Tensor bias, int stride) {
    return transposed(3, x, weight, bias, new TransposedConvolutionOptions().stride(stride));
  }

  /** A transposed convolution of three dimensions, x [N, C, D, H, W] with stride and padding. */
  public static Tensor convTranspose3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, int stride, int padding) {
    return transposed(
        3, x, weight, bias, new TransposedConvolutionOptions().stride(stride).padding(padding));
  }

  /** A transposed convolution of three dimensions, x [N, C, D, H, W] without bias. */
  public static Tensor convTranspose3d(
      Tensor x, Tensor weight, Consumer<TransposedConvolutionOptions> options) {
    return transposed(
        3, x, weight, null, Options.with(new TransposedConvolutionOptions(), options));
  }

  /**
   * {@link #convTranspose3d(Tensor, Tensor, Tensor, TransposedConvolutionOptions)} with a lambda
   * that sets options.
   */
  public static Tensor convTranspose3d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      Consumer<TransposedConvolutionOptions> options) {
    return transposed(
        3, x, weight, bias, Options.with(new TransposedConvolutionOptions(), options));
  }

  /**
   * A transposed convolution of three dimensions, x [N, C, D, H, W]; otherwise as {@link
   * #convTranspose2d(Tensor, Tensor, Tensor, TransposedConvolutionOptions)}.
   */
  public static Tensor convTranspose3d(
      Tensor x, Tensor weight, @Nullable Tensor bias, TransposedConvolutionOptions options) {
    return transposed(3, x, weight, bias, options);
  }

  private static Tensor transposed(
      int rank, Tensor x, Tensor weight, @Nullable Tensor bias, TransposedConvolutionOptions o) {
    Tensor y = Convolution.transposed(rank, x, weight, bias, o);
    return Operations.watched()
        ? Operations.passed(
            "convTranspose" + rank + "d stride padding outputPadding groups dilation",
            y,
            x,
            weight,
            bias,
            o.stride,
            o.padding,
            o.outputPadding,
            o.groups,
            o.dilation)
        : y;
  }

  // ---- padding ------------------------------------------------------------------------------

  /** Zeros around a tensor; see {@link #pad(Tensor, int[], PadMode, Number)}. */
  public static Tensor pad(Tensor x, int... pad) {
    return pad(x, pad, PadMode.CONSTANT, 0);
  }

  /** A border of a mode around a tensor. */
  public static Tensor pad(Tensor x, int[] pad, PadMode mode) {
    return pad(x, pad, mode, 0);
  }

  /** A border around a tensor; options mode and value. */
  public static Tensor pad(Tensor x, int[] pad, Consumer<PadOptions> options) {
    PadOptions o = Options.with(new PadOptions(), options);
    return pad(x, pad, o.mode, o.value);
  }

  /**
   * A border around a tensor.
   *
   * @param pad sizes before and after the last dimension, then before and after the one in front of
   *     it, and so on; negative ones take away
   * @param mode other modes than CONSTANT pad all dimensions but the first one or two
   * @param value for CONSTANT; default 0
   */
  public static Tensor pad(Tensor x, int[] pad, PadMode mode, Number value) {
    Tensor y = Padding.pad(x, pad, mode, value);
    return Operations.watched()
        ? Operations.passed("pad pad mode value", y, x, pad, mode, value)
        : y;
  }

  // ---- pooling ------------------------------------------------------------------------------

  /** The largest of windows of x [N, C, L]. */
  public static Tensor maxPool1d(Tensor x, int kernelSize) {
    return maxPool(1, x, new int[] {kernelSize}, MaxPoolOptions.DEFAULT);
  }

  /** {@link #maxPool1d(Tensor, int)} with a size for each dimension. */
  public static Tensor maxPool1d(Tensor x, int[] kernelSize) {
    return maxPool(1, x, kernelSize, MaxPoolOptions.DEFAULT);
  }

  /** The largest of windows at a distance. */
  public static Tensor maxPool1d(Tensor x, int kernelSize, int stride) {
    return maxPool(1, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride));
  }

  /** The largest of windows at a distance, of a padded input. */
  public static Tensor maxPool1d(Tensor x, int kernelSize, int stride, int padding) {
    return maxPool(
        1, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #maxPool1d(Tensor, int[], MaxPoolOptions)} with one size and a lambda. */
  public static Tensor maxPool1d(Tensor x, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool(1, x, new int[] {kernelSize}, Options.with(new MaxPoolOptions(), options));
  }

  /** {@link #maxPool1d(Tensor, int[], MaxPoolOptions)} with a lambda that sets options. */
  public static Tensor maxPool1d(Tensor x, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool(1, x, kernelSize, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * The largest of windows of x [N, C, L]; otherwise as {@link #maxPool2d(Tensor, int[],
   * MaxPoolOptions)}.
   */
  public static Tensor maxPool1d(Tensor x, int[] kernelSize, MaxPoolOptions options) {
    return maxPool(1, x, kernelSize, options);
  }

  /** The largest of windows of x [N, C, H, W]. */
  public static Tensor maxPool2d(Tensor x, int kernelSize) {
    return maxPool(2, x, new int[] {kernelSize}, MaxPoolOptions.DEFAULT);
  }

  /** {@link #maxPool2d(Tensor, int)} with a size for each dimension. */
  public static Tensor maxPool2d(Tensor x, int[] kernelSize) {
    return maxPool(2, x, kernelSize, MaxPoolOptions.DEFAULT);
  }

  /** The largest of windows at a distance. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, int stride) {
    return maxPool(2, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride));
  }

  /** The largest of windows at a distance, of a padded input. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, int stride, int padding) {
    return maxPool(
        2, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #maxPool2d(Tensor, int[], MaxPoolOptions)} with one size and a lambda. */
  public static Tensor maxPool2d(Tensor x, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool(2, x, new int[] {kernelSize}, Options.with(new MaxPoolOptions(), options));
  }

  /** {@link #maxPool2d(Tensor, int[], MaxPoolOptions)} with a lambda that sets options. */
  public static Tensor maxPool2d(Tensor x, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool(2, x, kernelSize, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * The largest element of each window.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param kernelSize of the window, one value or one for each dimension
   * @param options stride, padding, dilation, ceilMode
   * @return [N, C, (H + 2 padding - dilation (kernelSize - 1) - 1) / stride + 1, ...]
   */
  public static Tensor maxPool2d(Tensor x, int[] kernelSize, MaxPoolOptions options) {
    return maxPool(2, x, kernelSize, options);
  }

  /** The largest of windows of x [N, C, D, H, W]. */
  public static Tensor maxPool3d(Tensor x, int kernelSize) {
    return maxPool(3, x, new int[] {kernelSize}, MaxPoolOptions.DEFAULT);
  }

  /** {@link #maxPool3d(Tensor, int)} with a size for each dimension. */
  public static Tensor maxPool3d(Tensor x, int[] kernelSize) {
    return maxPool(3, x, kernelSize, MaxPoolOptions.DEFAULT);
  }

  /** The largest of windows at a distance. */
  public static Tensor maxPool3d(Tensor x, int kernelSize, int stride) {
    return maxPool(3, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride));
  }

  /** The largest of windows at a distance, of a padded input. */
  public static Tensor maxPool3d(Tensor x, int kernelSize, int stride, int padding) {
    return maxPool(
        3, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #maxPool3d(Tensor, int[], MaxPoolOptions)} with one size and a lambda. */
  public static Tensor maxPool3d(Tensor x, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool(3, x, new int[] {kernelSize}, Options.with(new MaxPoolOptions(), options));
  }

  /** {@link #maxPool3d(Tensor, int[], MaxPoolOptions)} with a lambda that sets options. */
  public static Tensor maxPool3d(Tensor x, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPool(3, x, kernelSize, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * The largest of windows of x [N, C, D, H, W]; otherwise as {@link #maxPool2d(Tensor, int[],
   * MaxPoolOptions)}.
   */
  public static Tensor maxPool3d(Tensor x, int[] kernelSize, MaxPoolOptions options) {
    return maxPool(3, x, kernelSize, options);
  }

  private static Tensor maxPool(int rank, Tensor x, int[] kernelSize, MaxPoolOptions o) {
    Tensor y = Pooling.max(rank, x, kernelSize, o).values();
    return Operations.watched() ? told("maxPool" + rank + "d", y, x, kernelSize, o) : y;
  }

  /** The largest of windows, and where they were found, of x [N, C, L]. */
  public static ValuesIndices maxPool1dWithIndices(Tensor x, int kernelSize) {
    return maxPoolWithIndices(1, x, new int[] {kernelSize}, MaxPoolOptions.DEFAULT);
  }

  /** {@link #maxPool1dWithIndices(Tensor, int)} with a size for each dimension. */
  public static ValuesIndices maxPool1dWithIndices(Tensor x, int[] kernelSize) {
    return maxPoolWithIndices(1, x, kernelSize, MaxPoolOptions.DEFAULT);
  }

  /** The largest of windows, and where they were found at a distance. */
  public static ValuesIndices maxPool1dWithIndices(Tensor x, int kernelSize, int stride) {
    return maxPoolWithIndices(1, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride));
  }

  /** The largest of windows, and where they were found at a distance, of a padded input. */
  public static ValuesIndices maxPool1dWithIndices(
      Tensor x, int kernelSize, int stride, int padding) {
    return maxPoolWithIndices(
        1, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #maxPool1dWithIndices(Tensor, int[], MaxPoolOptions)} with one size and a lambda. */
  public static ValuesIndices maxPool1dWithIndices(
      Tensor x, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPoolWithIndices(
        1, x, new int[] {kernelSize}, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * {@link #maxPool1dWithIndices(Tensor, int[], MaxPoolOptions)} with a lambda that sets options.
   */
  public static ValuesIndices maxPool1dWithIndices(
      Tensor x, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPoolWithIndices(1, x, kernelSize, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * The largest of windows, and where they were found of x [N, C, L]; otherwise as {@link
   * #maxPool2dWithIndices(Tensor, int[], MaxPoolOptions)}.
   */
  public static ValuesIndices maxPool1dWithIndices(
      Tensor x, int[] kernelSize, MaxPoolOptions options) {
    return maxPoolWithIndices(1, x, kernelSize, options);
  }

  /** The largest of windows, and where they were found, of x [N, C, H, W]. */
  public static ValuesIndices maxPool2dWithIndices(Tensor x, int kernelSize) {
    return maxPoolWithIndices(2, x, new int[] {kernelSize}, MaxPoolOptions.DEFAULT);
  }

  /** {@link #maxPool2dWithIndices(Tensor, int)} with a size for each dimension. */
  public static ValuesIndices maxPool2dWithIndices(Tensor x, int[] kernelSize) {
    return maxPoolWithIndices(2, x, kernelSize, MaxPoolOptions.DEFAULT);
  }

  /** The largest of windows, and where they were found at a distance. */
  public static ValuesIndices maxPool2dWithIndices(Tensor x, int kernelSize, int stride) {
    return maxPoolWithIndices(2, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride));
  }

  /** The largest of windows, and where they were found at a distance, of a padded input. */
  public static ValuesIndices maxPool2dWithIndices(
      Tensor x, int kernelSize, int stride, int padding) {
    return maxPoolWithIndices(
        2, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #maxPool2dWithIndices(Tensor, int[], MaxPoolOptions)} with one size and a lambda. */
  public static ValuesIndices maxPool2dWithIndices(
      Tensor x, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPoolWithIndices(
        2, x, new int[] {kernelSize}, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * {@link #maxPool2dWithIndices(Tensor, int[], MaxPoolOptions)} with a lambda that sets options.
   */
  public static ValuesIndices maxPool2dWithIndices(
      Tensor x, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPoolWithIndices(2, x, kernelSize, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * {@link #maxPool2d(Tensor, int[], MaxPoolOptions)} with the index in its plane (h W + w) of each
   * element that was chosen.
   */
  public static ValuesIndices maxPool2dWithIndices(
      Tensor x, int[] kernelSize, MaxPoolOptions options) {
    return maxPoolWithIndices(2, x, kernelSize, options);
  }

  /** The largest of windows, and where they were found, of x [N, C, D, H, W]. */
  public static ValuesIndices maxPool3dWithIndices(Tensor x, int kernelSize) {
    return maxPoolWithIndices(3, x, new int[] {kernelSize}, MaxPoolOptions.DEFAULT);
  }

  /** {@link #maxPool3dWithIndices(Tensor, int)} with a size for each dimension. */
  public static ValuesIndices maxPool3dWithIndices(Tensor x, int[] kernelSize) {
    return maxPoolWithIndices(3, x, kernelSize, MaxPoolOptions.DEFAULT);
  }

  /** The largest of windows, and where they were found at a distance. */
  public static ValuesIndices maxPool3dWithIndices(Tensor x, int kernelSize, int stride) {
    return maxPoolWithIndices(3, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride));
  }

  /** The largest of windows, and where they were found at a distance, of a padded input. */
  public static ValuesIndices maxPool3dWithIndices(
      Tensor x, int kernelSize, int stride, int padding) {
    return maxPoolWithIndices(
        3, x, new int[] {kernelSize}, new MaxPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #maxPool3dWithIndices(Tensor, int[], MaxPoolOptions)} with one size and a lambda. */
  public static ValuesIndices maxPool3dWithIndices(
      Tensor x, int kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPoolWithIndices(
        3, x, new int[] {kernelSize}, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * {@link #maxPool3dWithIndices(Tensor, int[], MaxPoolOptions)} with a lambda that sets options.
   */
  public static ValuesIndices maxPool3dWithIndices(
      Tensor x, int[] kernelSize, Consumer<MaxPoolOptions> options) {
    return maxPoolWithIndices(3, x, kernelSize, Options.with(new MaxPoolOptions(), options));
  }

  /**
   * The largest of windows, and where they were found of x [N, C, D, H, W]; otherwise as {@link
   * #maxPool2dWithIndices(Tensor, int[], MaxPoolOptions)}.
   */
  public static ValuesIndices maxPool3dWithIndices(
      Tensor x, int[] kernelSize, MaxPoolOptions options) {
    return maxPoolWithIndices(3, x, kernelSize, options);
  }

  private static ValuesIndices maxPoolWithIndices(
      int rank, Tensor x, int[] kernelSize, MaxPoolOptions o) {
    ValuesIndices y = Pooling.max(rank, x, kernelSize, o).withIndices();
    return Operations.watched() ? told("maxPool" + rank + "dWithIndices", y, x, kernelSize, o) : y;
  }

  private static <T> T told(String name, T y, Tensor x, int[] kernelSize, MaxPoolOptions o) {
    return Operations.watched()
        ? Operations.passed(
            name + " kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            o.stride,
            o.padding,
            o.dilation,
            o.ceilMode)
        : y;
  }

  /** Puts elements back where {@code maxPool1dWithIndices} found them, zeros elsewhere. */
  public static Tensor maxUnpool1d(Tensor x, Tensor indices, int kernelSize) {
    return maxUnpool(1, x, indices, new int[] {kernelSize}, UnpoolOptions.DEFAULT);
  }

  /** {@link #maxUnpool1d(Tensor, Tensor, int)} with a size for each dimension. */
  public static Tensor maxUnpool1d(Tensor x, Tensor indices, int[] kernelSize) {
    return maxUnpool(1, x, indices, kernelSize, UnpoolOptions.DEFAULT);
  }

  /**
   * Puts elements back where {@code maxPool1dWithIndices} found them, for windows at a distance.
   */
  public static Tensor maxUnpool1d(Tensor x, Tensor indices, int kernelSize, int stride) {
    int[] size = {kernelSize};
    return maxUnpool(1, x, indices, size, new UnpoolOptions().stride(stride));
  }

  /** {@link #maxUnpool1d(Tensor, Tensor, int[], UnpoolOptions)} with one size and a lambda. */
  public static Tensor maxUnpool1d(
      Tensor x, Tensor indices, int kernelSize, Consumer<UnpoolOptions> options) {
    return maxUnpool1d(x, indices, new int[] {kernelSize}, options);
  }

  /** {@link #maxUnpool1d(Tensor, Tensor, int[], UnpoolOptions)} with a lambda that sets options. */
  public static Tensor maxUnpool1d(
      Tensor x, Tensor indices, int[] kernelSize, Consumer<UnpoolOptions> options) {
    return maxUnpool(1, x, indices, kernelSize, Options.with(new UnpoolOptions(), options));
  }

  /**
   * Puts elements back where {@code maxPool1dWithIndices} found them; otherwise as {@link
   * #maxUnpool2d(Tensor, Tensor, int[], UnpoolOptions)}.
   */
  public static Tensor maxUnpool1d(
      Tensor x, Tensor indices, int[] kernelSize, UnpoolOptions options) {
    return maxUnpool(1, x, indices, kernelSize, options);
  }

  /** Puts elements back where {@code maxPool2dWithIndices} found them, zeros elsewhere. */
  public static Tensor maxUnpool2d(Tensor x, Tensor indices, int kernelSize) {
    return maxUnpool(2, x, indices, new int[] {kernelSize}, UnpoolOptions.DEFAULT);
  }

  /** {@link #maxUnpool2d(Tensor, Tensor, int)} with a size for each dimension. */
  public static Tensor maxUnpool2d(Tensor x, Tensor indices, int[] kernelSize) {
    return maxUnpool(2, x, indices, kernelSize, UnpoolOptions.DEFAULT);
  }

  /**
   * Puts elements back where {@code maxPool2dWithIndices} found them, for windows at a distance.
   */
  public static Tensor maxUnpool2d(Tensor x, Tensor indices, int kernelSize, int stride) {
    int[] size = {kernelSize};
    return maxUnpool(2, x, indices, size, new UnpoolOptions().stride(stride));
  }

  /** {@link #maxUnpool2d(Tensor, Tensor, int[], UnpoolOptions)} with one size and a lambda. */
  public static Tensor maxUnpool2d(
      Tensor x, Tensor indices, int kernelSize, Consumer<UnpoolOptions> options) {
    return maxUnpool2d(x, indices, new int[] {kernelSize}, options);
  }

  /** {@link #maxUnpool2d(Tensor, Tensor, int[], UnpoolOptions)} with a lambda that sets options. */
  public static Tensor maxUnpool2d(
      Tensor x, Tensor indices, int[] kernelSize, Consumer<UnpoolOptions> options) {
    return maxUnpool(2, x, indices, kernelSize, Options.with(new UnpoolOptions(), options));
  }

  /**
   * Puts elements back where {@code maxPool2dWithIndices} found them, zeros elsewhere.
   *
   * @param x the values, [N, C, H, W], or [C, H, W]
   * @param indices where they were found, INT64, in the same shape
   * @param kernelSize of the pooling's window, one value or one for each dimension
   * @param options stride, padding, outputSize
   * @return [N, C, (H - 1) stride - 2 padding + kernelSize, ...], or outputSize, which may differ
   *     from that by less than a stride
   */
  public static Tensor maxUnpool2d(
      Tensor x, Tensor indices, int[] kernelSize, UnpoolOptions options) {
    return maxUnpool(2, x, indices, kernelSize, options);
  }

  /** Puts elements back where {@code maxPool3dWithIndices} found them, zeros elsewhere. */
  public static Tensor maxUnpool3d(Tensor x, Tensor indices, int kernelSize) {
    return maxUnpool(3, x, indices, new int[] {kernelSize}, UnpoolOptions.DEFAULT);
  }

  /** {@link #maxUnpool3d(Tensor, Tensor, int)} with a size for each dimension. */
  public static Tensor maxUnpool3d(Tensor x, Tensor indices, int[] kernelSize) {
    return maxUnpool(3, x, indices, kernelSize, UnpoolOptions.DEFAULT);
  }

  /**
   * Puts elements back where {@code maxPool3dWithIndices} found them, for windows at a distance.
   */
  public static Tensor maxUnpool3d(Tensor x, Tensor indices, int kernelSize, int stride) {
    int[] size = {kernelSize};
    return maxUnpool(3, x, indices, size, new UnpoolOptions().stride(stride));
  }

  /** {@link #maxUnpool3d(Tensor, Tensor, int[], UnpoolOptions)} with one size and a lambda. */
  public static Tensor maxUnpool3d(
      Tensor x, Tensor indices, int kernelSize, Consumer<UnpoolOptions> options) {
    return maxUnpool3d(x, indices, new int[] {kernelSize}, options);
  }

  /** {@link #maxUnpool3d(Tensor, Tensor, int[], UnpoolOptions)} with a lambda that sets options. */
  public static Tensor maxUnpool3d(
      Tensor x, Tensor indices, int[] kernelSize, Consumer<UnpoolOptions> options) {
    return maxUnpool(3, x, indices, kernelSize, Options.with(new UnpoolOptions(), options));
  }

  /**
   * Puts elements back where {@code maxPool3dWithIndices} found them; otherwise as {@link
   * #maxUnpool2d(Tensor, Tensor, int[], UnpoolOptions)}.
   */
  public static Tensor maxUnpool3d(
      Tensor x, Tensor indices, int[] kernelSize, UnpoolOptions options) {
    return maxUnpool(3, x, indices, kernelSize, options);
  }

  private static Tensor maxUnpool(
      int rank, Tensor x, Tensor indices, int[] kernelSize, UnpoolOptions o) {
    Tensor y = Pooling.unpool(rank, x, indices, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "maxUnpool" + rank + "d kernelSize stride padding outputSize",
            y,
            x,
            indices,
            kernelSize,
            o.stride,
            o.padding,
            o.outputSize)
        : y;
  }

  /** The mean of windows of x [N, C, L]. */
  public static Tensor avgPool1d(Tensor x, int kernelSize) {
    return avgPool(1, x, new int[] {kernelSize}, AvgPoolOptions.DEFAULT);
  }

  /** {@link #avgPool1d(Tensor, int)} with a size for each dimension. */
  public static Tensor avgPool1d(Tensor x, int[] kernelSize) {
    return avgPool(1, x, kernelSize, AvgPoolOptions.DEFAULT);
  }

  /** The mean of windows at a distance. */
  public static Tensor avgPool1d(Tensor x, int kernelSize, int stride) {
    return avgPool(1, x, new int[] {kernelSize}, new AvgPoolOptions().stride(stride));
  }

  /** The mean of windows at a distance, of a padded input. */
  public static Tensor avgPool1d(Tensor x, int kernelSize, int stride, int padding) {
    return avgPool(
        1, x, new int[] {kernelSize}, new AvgPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #avgPool1d(Tensor, int[], AvgPoolOptions)} with one size and a lambda. */
  public static Tensor avgPool1d(Tensor x, int kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool(1, x, new int[] {kernelSize}, Options.with(new AvgPoolOptions(), options));
  }

  /** {@link #avgPool1d(Tensor, int[], AvgPoolOptions)} with a lambda that sets options. */
  public static Tensor avgPool1d(Tensor x, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool(1, x, kernelSize, Options.with(new AvgPoolOptions(), options));
  }

  /**
   * The mean of windows of x [N, C, L]; otherwise as {@link #avgPool2d(Tensor, int[],
   * AvgPoolOptions)}.
   */
  public static Tensor avgPool1d(Tensor x, int[] kernelSize, AvgPoolOptions options) {
    return avgPool(1, x, kernelSize, options);
  }

  /** The mean of windows of x [N, C, H, W]. */
  public static Tensor avgPool2d(Tensor x, int kernelSize) {
    return avgPool(2, x, new int[] {kernelSize}, AvgPoolOptions.DEFAULT);
  }

  /** {@link #avgPool2d(Tensor, int)} with a size for each dimension. */
  public static Tensor avgPool2d(Tensor x, int[] kernelSize) {
    return avgPool(2, x, kernelSize, AvgPoolOptions.DEFAULT);
  }

  /** The mean of windows at a distance. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, int stride) {
    return avgPool(2, x, new int[] {kernelSize}, new AvgPoolOptions().stride(stride));
  }

  /** The mean of windows at a distance, of a padded input. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, int stride, int padding) {
    return avgPool(
        2, x, new int[] {kernelSize}, new AvgPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #avgPool2d(Tensor, int[], AvgPoolOptions)} with one size and a lambda. */
  public static Tensor avgPool2d(Tensor x, int kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool(2, x, new int[] {kernelSize}, Options.with(new AvgPoolOptions(), options));
  }

  /** {@link #avgPool2d(Tensor, int[], AvgPoolOptions)} with a lambda that sets options. */
  public static Tensor avgPool2d(Tensor x, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool(2, x, kernelSize, Options.with(new AvgPoolOptions(), options));
  }

  /**
   * The mean of each window.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param kernelSize of the window, one value or one for each dimension
   * @param options stride, padding, ceilMode, countIncludePad, divisorOverride
   * @return [N, C, (H + 2 padding - kernelSize) / stride + 1, ...]
   */
  public static Tensor avgPool2d(Tensor x, int[] kernelSize, AvgPoolOptions options) {
    return avgPool(2, x, kernelSize, options);
  }

  /** The mean of windows of x [N, C, D, H, W]. */
  public static Tensor avgPool3d(Tensor x, int kernelSize) {
    return avgPool(3, x, new int[] {kernelSize}, AvgPoolOptions.DEFAULT);
  }

  /** {@link #avgPool3d(Tensor, int)} with a size for each dimension. */
  public static Tensor avgPool3d(Tensor x, int[] kernelSize) {
    return avgPool(3, x, kernelSize, AvgPoolOptions.DEFAULT);
  }

  /** The mean of windows at a distance. */
  public static Tensor avgPool3d(Tensor x, int kernelSize, int stride) {
    return avgPool(3, x, new int[] {kernelSize}, new AvgPoolOptions().stride(stride));
  }

  /** The mean of windows at a distance, of a padded input. */
  public static Tensor avgPool3d(Tensor x, int kernelSize, int stride, int padding) {
    return avgPool(
        3, x, new int[] {kernelSize}, new AvgPoolOptions().stride(stride).padding(padding));
  }

  /** {@link #avgPool3d(Tensor, int[], AvgPoolOptions)} with one size and a lambda. */
  public static Tensor avgPool3d(Tensor x, int kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool(3, x, new int[] {kernelSize}, Options.with(new AvgPoolOptions(), options));
  }

  /** {@link #avgPool3d(Tensor, int[], AvgPoolOptions)} with a lambda that sets options. */
  public static Tensor avgPool3d(Tensor x, int[] kernelSize, Consumer<AvgPoolOptions> options) {
    return avgPool(3, x, kernelSize, Options.with(new AvgPoolOptions(), options));
  }

  /**
   * The mean of windows of x [N, C, D, H, W]; otherwise as {@link #avgPool2d(Tensor, int[],
   * AvgPoolOptions)}.
   */
  public static Tensor avgPool3d(Tensor x, int[] kernelSize, AvgPoolOptions options) {
    return avgPool(3, x, kernelSize, options);
  }

  private static Tensor avgPool(int rank, Tensor x, int[] kernelSize, AvgPoolOptions o) {
    Tensor y = Pooling.average(rank, x, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "avgPool"
                + rank
                + "d kernelSize stride padding ceilMode countIncludePad divisorOverride",
            y,
            x,
            kernelSize,
            o.stride,
            o.padding,
            o.ceilMode,
            o.countIncludePad,
            o.divisorOverride)
        : y;
  }

  /** The norm of order normType of windows of x [N, C, L]. */
  public static Tensor lpPool1d(Tensor x, double normType, int kernelSize) {
    return lpPool(1, x, normType, new int[] {kernelSize}, LPPoolOptions.DEFAULT);
  }

  /** {@link #lpPool1d(Tensor, double, int)} with a size for each dimension. */
  public static Tensor lpPool1d(Tensor x, double normType, int[] kernelSize) {
    return lpPool(1, x, normType, kernelSize, LPPoolOptions.DEFAULT);
  }

  /** The norm of order normType of windows at a distance. */
  public static Tensor lpPool1d(Tensor x, double normType, int kernelSize, int stride) {
    return lpPool(1, x, normType, new int[] {kernelSize}, new LPPoolOptions().stride(stride));
  }

  /** {@link #lpPool1d(Tensor, double, int[], LPPoolOptions)} with one size and a lambda. */
  public static Tensor lpPool1d(
      Tensor x, double normType, int kernelSize, Consumer<LPPoolOptions> options) {
    return lpPool1d(x, normType, new int[] {kernelSize}, options);
  }

  /** {@link #lpPool1d(Tensor, double, int[], LPPoolOptions)} with a lambda that sets options. */
  public static Tensor lpPool1d(
      Tensor x, double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    return lpPool(1, x, normType, kernelSize, Options.with(new LPPoolOptions(), options));
  }

  /**
   * The norm of order normType of windows of x [N, C, L]; otherwise as {@link #lpPool2d(Tensor,
   * double, int[], LPPoolOptions)}.
   */
  public static Tensor lpPool1d(
      Tensor x, double normType, int[] kernelSize, LPPoolOptions options) {
    return lpPool(1, x, normType, kernelSize, options);
  }

  /** The norm of order normType of windows of x [N, C, H, W]. */
  public static Tensor lpPool2d(Tensor x, double normType, int kernelSize) {
    return lpPool(2, x, normType, new int[] {kernelSize}, LPPoolOptions.DEFAULT);
  }

  /** {@link #lpPool2d(Tensor, double, int)} with a size for each dimension. */
  public static Tensor lpPool2d(Tensor x, double normType, int[] kernelSize) {
    return lpPool(2, x, normType, kernelSize, LPPoolOptions.DEFAULT);
  }

  /** The norm of order normType of windows at a distance. */
  public static Tensor lpPool2d(Tensor x, double normType, int kernelSize, int stride) {
    return lpPool(2, x, normType, new int[] {kernelSize}, new LPPoolOptions().stride(stride));
  }

  /** {@link #lpPool2d(Tensor, double, int[], LPPoolOptions)} with one size and a lambda. */
  public static Tensor lpPool2d(
      Tensor x, double normType, int kernelSize, Consumer<LPPoolOptions> options) {
    return lpPool2d(x, normType, new int[] {kernelSize}, options);
  }

  /** {@link #lpPool2d(Tensor, double, int[], LPPoolOptions)} with a lambda that sets options. */
  public static Tensor lpPool2d(
      Tensor x, double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    return lpPool(2, x, normType, kernelSize, Options.with(new LPPoolOptions(), options));
  }

  /**
   * The norm of order p of each window, (sum of x<sup>p</sup>)<sup>1/p</sup>.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param normType p; infinity for the largest absolute value
   * @param kernelSize of the window, one value or one for each dimension
   * @param options stride, ceilMode
   * @return [N, C, (H - kernelSize) / stride + 1, ...]
   */
  public static Tensor lpPool2d(
      Tensor x, double normType, int[] kernelSize, LPPoolOptions options) {
    return lpPool(2, x, normType, kernelSize, options);
  }

  /** The norm of order normType of windows of x [N, C, D, H, W]. */
  public static Tensor lpPool3d(Tensor x, double normType, int kernelSize) {
    return lpPool(3, x, normType, new int[] {kernelSize}, LPPoolOptions.DEFAULT);
  }

  /** {@link #lpPool3d(Tensor, double, int)} with a size for each dimension. */
  public static Tensor lpPool3d(Tensor x, double normType, int[] kernelSize) {
    return lpPool(3, x, normType, kernelSize, LPPoolOptions.DEFAULT);
  }

  /** The norm of order normType of windows at a distance. */
  public static Tensor lpPool3d(Tensor x, double normType, int kernelSize, int stride) {
    return lpPool(3, x, normType, new int[] {kernelSize}, new LPPoolOptions().stride(stride));
  }

  /** {@link #lpPool3d(Tensor, double, int[], LPPoolOptions)} with one size and a lambda. */
  public static Tensor lpPool3d(
      Tensor x, double normType, int kernelSize, Consumer<LPPoolOptions> options) {
    return lpPool3d(x, normType, new int[] {kernelSize}, options);
  }

  /** {@link #lpPool3d(Tensor, double, int[], LPPoolOptions)} with a lambda that sets options. */
  public static Tensor lpPool3d(
      Tensor x, double normType, int[] kernelSize, Consumer<LPPoolOptions> options) {
    return lpPool(3, x, normType, kernelSize, Options.with(new LPPoolOptions(), options));
  }

  /**
   * The norm of order normType of windows of x [N, C, D, H, W]; otherwise as {@link
   * #lpPool2d(Tensor, double, int[], LPPoolOptions)}.
   */
  public static Tensor lpPool3d(
      Tensor x, double normType, int[] kernelSize, LPPoolOptions options) {
    return lpPool(3, x, normType, kernelSize, options);
  }

  private static Tensor lpPool(
      int rank, Tensor x, double normType, int[] kernelSize, LPPoolOptions o) {
    Tensor y = Pooling.power(rank, x, normType, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "lpPool" + rank + "d normType kernelSize stride ceilMode",
            y,
            x,
            normType,
            kernelSize,
            o.stride,
            o.ceilMode)
        : y;
  }

  /** As the output size of a dimension in adaptive pooling: the size of the input. */
  public static final int KEEP = Integer.MIN_VALUE;

  /** The means of outputSize stretches that cover the last dimension. */
  public static Tensor adaptiveAvgPool1d(Tensor x, int outputSize) {
    Tensor y = Pooling.adaptiveAverage(1, x, new int[] {outputSize});
    return Operations.watched()
        ? Operations.passed("adaptiveAvgPool1d outputSize", y, x, outputSize)
        : y;
  }

  /**
   * The means of outH x outW boxes that cover the input.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param outputSize one value or one for each dimension; {@link #KEEP} keeps a size
   */
  public static Tensor adaptiveAvgPool2d(Tensor x, int... outputSize) {
    Tensor y = Pooling.adaptiveAverage(2, x, outputSize);
    return Operations.watched()
        ? Operations.passed("adaptiveAvgPool2d outputSize", y, x, outputSize)
        : y;
  }

  /** The means of boxes that cover the last three dimensions; see {@link #adaptiveAvgPool2d}. */
  public static Tensor adaptiveAvgPool3d(Tensor x, int... outputSize) {
    Tensor y = Pooling.adaptiveAverage(3, x, outputSize);
    return Operations.watched()
        ? Operations.passed("adaptiveAvgPool3d outputSize", y, x, outputSize)
        : y;
  }

  /** The largest of outputSize stretches that cover the last dimension. */
  public static Tensor adaptiveMaxPool1d(Tensor x, int outputSize) {
    Tensor y = Pooling.adaptiveMax(1, x, new int[] {outputSize}).values();
    return Operations.watched()
        ? Operations.passed("adaptiveMaxPool1d outputSize", y, x, outputSize)
        : y;
  }

  /** The largest of boxes that cover the input; see {@link #adaptiveAvgPool2d}. */
  public static Tensor adaptiveMaxPool2d(Tensor x, int... outputSize) {
    Tensor y = Pooling.adaptiveMax(2, x, outputSize).values();
    return Operations.watched()
        ? Operations.passed("adaptiveMaxPool2d outputSize", y, x, outputSize)
        : y;
  }

  /** The largest of boxes that cover the last three dimensions. */
  public static Tensor adaptiveMaxPool3d(Tensor x, int... outputSize) {
    Tensor y = Pooling.adaptiveMax(3, x, outputSize).values();
    return Operations.watched()
        ? Operations.passed("adaptiveMaxPool3d outputSize", y, x, outputSize)
        : y;
  }

  /** The largest of stretches that cover the last dimension, and where they were found. */
  public static ValuesIndices adaptiveMaxPool1dWithIndices(Tensor x, int outputSize) {
    ValuesIndices y = Pooling.adaptiveMax(1, x, new int[] {outputSize}).withIndices();
    return Operations.watched()
        ? Operations.passed("adaptiveMaxPool1dWithIndices outputSize", y, x, outputSize)
        : y;
  }

  /** The largest of boxes that cover the last two dimensions, and where they were found. */
  public static ValuesIndices adaptiveMaxPool2dWithIndices(Tensor x, int... outputSize) {
    ValuesIndices y = Pooling.adaptiveMax(2, x, outputSize).withIndices();
    return Operations.watched()
        ? Operations.passed("adaptiveMaxPool2dWithIndices outputSize", y, x, outputSize)
        : y;
  }

  /** The largest of boxes that cover the last three dimensions, and where they were found. */
  public static ValuesIndices adaptiveMaxPool3dWithIndices(Tensor x, int... outputSize) {
    ValuesIndices y = Pooling.adaptiveMax(3, x, outputSize).withIndices();
    return Operations.watched()
        ? Operations.passed("adaptiveMaxPool3dWithIndices outputSize", y, x, outputSize)
        : y;
  }

  // ---- normalisation ------------------------------------------------------------------------

  /** Batch normalisation with given statistics, for evaluation. */
  public static Tensor batchNorm(
      Tensor x, @Nullable Tensor runningMean, @Nullable Tensor runningVar) {
    return batchNorm(x, runningMean, runningVar, null, null, false, 0.1, 1e-5);
  }

  /** Batch normalisation with given statistics, weight and bias, for evaluation. */
  public static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias) {
    return batchNorm(x, runningMean, runningVar, weight, bias, false, 0.1, 1e-5);
  }

  /** Batch normalisation; options weight, bias, training, momentum, eps. */
  public static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      Consumer<BatchNormOptions> options) {
    return batchNorm(x, runningMean, runningVar, null, null, options);
  }

  /** Batch normalisation; options training, momentum, eps. */
  public static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      Consumer<BatchNormOptions> options) {
    BatchNormOptions o = Options.with(new BatchNormOptions().weight(weight).bias(bias), options);
    return batchNorm(x, runningMean, runningVar, o.weight, o.bias, o.training, o.momentum, o.eps);
  }

  /**
   * y = (x - mean) / sqrt(var + eps) weight + bias for each channel over the batch. Ioffe and
   * Szegedy (2015), Batch normalization.
   *
   * @param x [N, C, *]
   * @param runningMean [C], or null; used where not training, updated where training
   * @param runningVar [C], or null
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param training whether mean and variance are those of the batch; default false
   * @param momentum the share of the batch in the running statistics; default 0.1
   * @param eps default 1e-5
   */
  public static Tensor batchNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean training,
      double momentum,
      double eps) {
    Tensor y =
        BatchNormalization.batchNorm(
            x, runningMean, runningVar, weight, bias, training, momentum, eps);
    return Operations.watched()
        ? Operations.passed(
            "batchNorm training momentum eps",
            y,
            x,
            runningMean,
            runningVar,
            weight,
            bias,
            training,
            momentum,
            eps)
        : y;
  }

  /** Instance normalisation with the statistics of the input. */
  public static Tensor instanceNorm(Tensor x) {
    return instanceNorm(x, null, null, null, null, true, 0.1, 1e-5);
  }

  /** Instance normalisation; options are the parameters of the full form. */
  public static Tensor instanceNorm(Tensor x, Consumer<InstanceNormOptions> options) {
    InstanceNormOptions o = Options.with(new InstanceNormOptions(), options);
    return instanceNorm(
        x, o.runningMean, o.runningVar, o.weight, o.bias, o.useInputStats, o.momentum, o.eps);
  }

  /**
   * Normalises each channel of each sample. Ulyanov et al. (2016), Instance normalization.
   *
   * @param x [N, C, *]
   * @param runningMean [C], or null
   * @param runningVar [C], or null
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param useInputStats whether mean and variance are those of the input; default true
   * @param momentum the share of the input in the running statistics; default 0.1
   * @param eps default 1e-5
   */
  public static Tensor instanceNorm(
      Tensor x,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      boolean useInputStats,
      double momentum,
      double eps) {
    Tensor y =
        GroupNormalization.instanceNorm(
            x, runningMean, runningVar, weight, bias, useInputStats, momentum, eps);
    return Operations.watched()
        ? Operations.passed(
            "instanceNorm useInputStats momentum eps",
            y,
            x,
            runningMean,
            runningVar,
            weight,
            bias,
            useInputStats,
            momentum,
            eps)
        : y;
  }

  /** Layer normalisation of the last dimension, of a size, without weight and bias. */
  public static Tensor layerNorm(Tensor x, int normalizedShape) {
    return layerNorm(x, new int[] {normalizedShape}, null, null, 1e-5);
  }

  /** Layer normalisation of the last dimension, of a size. */
  public static Tensor layerNorm(
      Tensor x, int normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias) {
    return layerNorm(x, new int[] {normalizedShape}, weight, bias, 1e-5);
  }

  /** Layer normalisation of the last dimension, of a size; options weight, bias, eps. */
  public static Tensor layerNorm(
      Tensor x, int normalizedShape, Consumer<AffineNormOptions> options) {
    AffineNormOptions o = Options.with(new AffineNormOptions(), options);
    return layerNorm(x, new int[] {normalizedShape}, o.weight, o.bias, o.eps);
  }

  /** Layer normalisation of the last dimensions, of these sizes, without weight and bias. */
  public static Tensor layerNorm(Tensor x, int[] normalizedShape) {
    return layerNorm(x, normalizedShape, null, null, 1e-5);
  }

  /** Layer normalisation of the last dimensions, of these sizes. */
  public static Tensor layerNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias) {
    return layerNorm(x, normalizedShape, weight, bias, 1e-5);
  }

  /** Layer normalisation of the last dimensions, of these sizes; options weight, bias, eps. */
  public static Tensor layerNorm(
      Tensor x, int[] normalizedShape, Consumer<AffineNormOptions> options) {
    AffineNormOptions o = Options.with(new AffineNormOptions(), options);
    return layerNorm(x, normalizedShape, o.weight, o.bias, o.eps);
  }

  /** {@link #layerNorm(Tensor, int[], Tensor, Tensor, double)} of the last dimension. */
  public static Tensor layerNorm(
      Tensor x, int normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    return layerNorm(x, new int[] {normalizedShape}, weight, bias, eps);
  }

  /**
   * y = (x - mean) / sqrt(var + eps) weight + bias over the last dimensions of each sample. Ba et
   * al. (2016), Layer normalization.
   *
   * @param x [*, normalizedShape]
   * @param normalizedShape the last dimensions
   * @param weight of that shape, or null for 1
   * @param bias of that shape, or null for 0
   * @param eps default 1e-5
   */
  public static Tensor layerNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Tensor y = Normalization.layerNorm(x, normalizedShape, weight, bias, eps);
    return Operations.watched()
        ? Operations.passed(
            "layerNorm normalizedShape eps", y, x, weight, bias, normalizedShape, eps)
        : y;
  }

  /** Root mean square normalisation of the last dimension, of a size, without weight. */
  public static Tensor rmsNorm(Tensor x, int normalizedShape) {
    return rmsNorm(x, new int[] {normalizedShape}, null, null);
  }

  /** Root mean square normalisation of the last dimension, of a size. */
  public static Tensor rmsNorm(Tensor x, int normalizedShape, @Nullable Tensor weight) {
    return rmsNorm(x, new int[] {normalizedShape}, weight, null);
  }

  /** Root mean square normalisation of the last dimension, of a size; options weight, eps. */
  public static Tensor rmsNorm(Tensor x, int normalizedShape, Consumer<RmsNormOptions> options) {
    RmsNormOptions o = Options.with(new RmsNormOptions(), options);
    return rmsNorm(x, new int[] {normalizedShape}, o.weight, o.eps);
  }

  /** Root mean square normalisation of the last dimensions, of these sizes, without weight. */
  public static Tensor rmsNorm(Tensor x, int[] normalizedShape) {
    return rmsNorm(x, normalizedShape, null, null);
  }

  /** Root mean square normalisation of the last dimensions, of these sizes. */
  public static Tensor rmsNorm(Tensor x, int[] normalizedShape, @Nullable Tensor weight) {
    return rmsNorm(x, normalizedShape, weight, null);
  }

  /** Root mean square normalisation of the last dimensions, of these sizes; options weight, eps. */
  public static Tensor rmsNorm(Tensor x, int[] normalizedShape, Consumer<RmsNormOptions> options) {
    RmsNormOptions o = Options.with(new RmsNormOptions(), options);
    return rmsNorm(x, normalizedShape, o.weight, o.eps);
  }

  /** {@link #rmsNorm(Tensor, int[], Tensor, Double)} of the last dimension. */
  public static Tensor rmsNorm(
      Tensor x, int normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    return rmsNorm(x, new int[] {normalizedShape}, weight, eps);
  }

  /**
   * y = x / sqrt(mean(x²) + eps) weight over the last dimensions of each sample. Zhang and Sennrich
   * (2019), Root mean square layer normalization.
   *
   * @param x [*, normalizedShape]
   * @param normalizedShape the last dimensions
   * @param weight of that shape, or null for 1
   * @param eps null, the default, for the distance of 1 to the next number
   */
  public static Tensor rmsNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    Tensor y = Normalization.rmsNorm(x, normalizedShape, weight, eps);
    return Operations.watched()
        ? Operations.passed("rmsNorm normalizedShape eps", y, x, weight, normalizedShape, eps)
        : y;
  }

  /** Group normalisation without weight and bias. */
  public static Tensor groupNorm(Tensor x, int numGroups) {
    return groupNorm(x, numGroups, null, null, 1e-5);
  }

  /** Group normalisation with PyTorch's eps. */
  public static Tensor groupNorm(
      Tensor x, int numGroups, @Nullable Tensor weight, @Nullable Tensor bias) {
    return groupNorm(x, numGroups, weight, bias, 1e-5);
  }

  /** Group normalisation; options weight, bias, eps. */
  public static Tensor groupNorm(Tensor x, int numGroups, Consumer<AffineNormOptions> options) {
    AffineNormOptions o = Options.with(new AffineNormOptions(), options);
    return groupNorm(x, numGroups, o.weight, o.bias, o.eps);
  }

  /**
   * Normalises groups of channels of each sample, then scales and shifts by channel. Wu and He
   * (2018), Group normalization.
   *
   * @param x [N, C, *]
   * @param numGroups a divisor of C
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param eps default 1e-5
   */
  public static Tensor groupNorm(
      Tensor x, int numGroups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Tensor y = GroupNormalization.groupNorm(x, numGroups, weight, bias, eps);
    return Operations.watched()
        ? Operations.passed("groupNorm numGroups eps", y, x, weight, bias, numGroups, eps)
        : y;
  }

  /** Local response normalisation, by default options. */
  public static Tensor localResponseNorm(Tensor x, int size) {
    return localResponseNorm(x, size, LocalResponseNormOptions.DEFAULT);
  }

  /** Local response normalisation; options alpha, beta, k. */
  public static Tensor localResponseNorm(
      Tensor x, int size, Consumer<LocalResponseNormOptions> options) {
    return localResponseNorm(x, size, Options.with(new LocalResponseNormOptions(), options));
  }

  /**
   * x / (k + alpha mean of squares)^beta, the mean over size neighbouring channels.
   *
   * @param x [N, C, *]
   * @param size the number of channels
   * @param options alpha, beta, k
   */
  public static Tensor localResponseNorm(Tensor x, int size, LocalResponseNormOptions options) {
    LocalResponseNormOptions o = Objects.requireNonNull(options, "options");
    Tensor y = ResponseNormalization.localResponseNorm(x, size, o.alpha, o.beta, o.k);
    return Operations.watched()
        ? Operations.passed("localResponseNorm size alpha beta k", y, x, size, o.alpha, o.beta, o.k)
        : y;
  }

  /** x / max(its length, 1e-12) along dimension 1. */
  public static Tensor normalize(Tensor x) {
    return normalize(x, NormalizeOptions.DEFAULT);
  }

  /** x / max(norm of order p, 1e-12) along dimension 1. */
  public static Tensor normalize(Tensor x, double p) {
    return normalize(x, new NormalizeOptions().p(p));
  }

  /** x / max(norm of order p, 1e-12) along a dimension. */
  public static Tensor normalize(Tensor x, double p, int dim) {
    return normalize(x, new NormalizeOptions().p(p).dim(dim));
  }

  /** x / max(norm of order p, eps) along a dimension; options p, dim, eps. */
  public static Tensor normalize(Tensor x, Consumer<NormalizeOptions> options) {
    return normalize(x, Options.with(new NormalizeOptions(), options));
  }

  private static Tensor normalize(Tensor x, NormalizeOptions o) {
    Tensor y = Norms.normalize(x, o.p, o.dim, o.eps);
    return Operations.watched()
        ? Operations.passed("normalize p dim eps", y, x, o.p, o.dim, o.eps)
        : y;
  }

  // ---- dropout ------------------------------------------------------------------------------

  /** {@link #dropout(Tensor, double, boolean, Generator)} with probability 0.5, in training. */
  public static Tensor dropout(Tensor x) {
    return dropout(x, 0.5, true);
  }

  /** {@link #dropout(Tensor, double, boolean, Generator)} in training. */
  public static Tensor dropout(Tensor x, double p) {
    return dropout(x, p, true);
  }

  /** {@link #dropout(Tensor, double, boolean, Generator)} with the default generator. */
  public static Tensor dropout(Tensor x, double p, boolean training) {
    return dropout(x, p, training, Facula.defaultGenerator());
  }

  /**
   * Zeros elements with probability p and divides the others by 1 - p. Hinton et al. (2012),
   * Improving neural networks by preventing co-adaptation of feature detectors.
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false; default true
   */
  public static Tensor dropout(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.dropout("dropout", x, p, training, x.dim(), generator);
    return Operations.watched() ? Operations.passed("dropout p training", y, x, p, training) : y;
  }

  /** {@link #dropout1d(Tensor, double, boolean, Generator)} with probability 0.5, in training. */
  public static Tensor dropout1d(Tensor x) {
    return dropout1d(x, 0.5, true);
  }

  /** {@link #dropout1d(Tensor, double, boolean, Generator)} in training. */
  public static Tensor dropout1d(Tensor x, double p) {
    return dropout1d(x, p, true);
  }

  /** {@link #dropout1d(Tensor, double, boolean, Generator)} with the default generator. */
  public static Tensor dropout1d(Tensor x, double p, boolean training) {
    return dropout1d(x, p, training, Facula.defaultGenerator());
  }

  /**
   * Zeros whole channels of x [N, C, L] or [C, L] with probability p and divides the others by 1 -
   * p.
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false; default true
   */
  public static Tensor dropout1d(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.channels(1, x, p, training, generator);
    return Operations.watched() ? Operations.passed("dropout1d p training", y, x, p, training) : y;
  }

  /** {@link #dropout2d(Tensor, double, boolean, Generator)} with probability 0.5, in training. */
  public static Tensor dropout2d(Tensor x) {
    return dropout2d(x, 0.5, true);
  }

  /** {@link #dropout2d(Tensor, double, boolean, Generator)} in training. */
  public static Tensor dropout2d(Tensor x, double p) {
    return dropout2d(x, p, true);
  }

  /** {@link #dropout2d(Tensor, double, boolean, Generator)} with the default generator. */
  public static Tensor dropout2d(Tensor x, double p, boolean training) {
    return dropout2d(x, p, training, Facula.defaultGenerator());
  }

  /**
   * Zeros whole channels of x [N, C, *] with probability p and divides the others by 1 - p.
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false; default true
   */
  public static Tensor dropout2d(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.channels(2, x, p, training, generator);
    return Operations.watched() ? Operations.passed("dropout2d p training", y, x, p, training) : y;
  }

  /** {@link #dropout3d(Tensor, double, boolean, Generator)} with probability 0.5, in training. */
  public static Tensor dropout3d(Tensor x) {
    return dropout3d(x, 0.5, true);
  }

  /** {@link #dropout3d(Tensor, double, boolean, Generator)} in training. */
  public static Tensor dropout3d(Tensor x, double p) {
    return dropout3d(x, p, true);
  }

  /** {@link #dropout3d(Tensor, double, boolean, Generator)} with the default generator. */
  public static Tensor dropout3d(Tensor x, double p, boolean training) {
    return dropout3d(x, p, training, Facula.defaultGenerator());
  }

  /**
   * Zeros whole channels of x [N, C, D, H, W] or [C, D, H, W] with probability p and divides the
   * others by 1 - p.
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false; default true
   */
  public static Tensor dropout3d(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.channels(3, x, p, training, generator);
    return Operations.watched() ? Operations.passed("dropout3d p training", y, x, p, training) : y;
  }

  /**
   * {@link #alphaDropout(Tensor, double, boolean, Generator)} with probability 0.5, which does
   * nothing unless training is true, as in PyTorch.
   */
  public static Tensor alphaDropout(Tensor x) {
    return alphaDropout(x, 0.5, false);
  }

  /**
   * {@link #alphaDropout(Tensor, double, boolean, Generator)} which does nothing unless training is
   * true, as in PyTorch.
   */
  public static Tensor alphaDropout(Tensor x, double p) {
    return alphaDropout(x, p, false);
  }

  /** {@link #alphaDropout(Tensor, double, boolean, Generator)} with the default generator. */
  public static Tensor alphaDropout(Tensor x, double p, boolean training) {
    return alphaDropout(x, p, training, Facula.defaultGenerator());
  }

  /**
   * Dropout that keeps mean and variance of self-normalising networks: elements are set to the
   * lower limit of {@link #selu} and all are scaled. Klambauer et al. (2017).
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false; default false
   */
  public static Tensor alphaDropout(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.alpha("alphaDropout", x, p, training, x.dim(), generator);
    return Operations.watched()
        ? Operations.passed("alphaDropout p training", y, x, p, training)
        : y;
  }

  /**
   * {@link #featureAlphaDropout(Tensor, double, boolean, Generator)} with probability 0.5, which
   * does nothing unless training is true, as in PyTorch.
   */
  public static Tensor featureAlphaDropout(Tensor x) {
    return featureAlphaDropout(x, 0.5, false);
  }

  /**
   * {@link #featureAlphaDropout(Tensor, double, boolean, Generator)} which does nothing unless
   * training is true, as in PyTorch.
   */
  public static Tensor featureAlphaDropout(Tensor x, double p) {
    return featureAlphaDropout(x, p, false);
  }

  /**
   * {@link #featureAlphaDropout(Tensor, double, boolean, Generator)} with the default generator.
   */
  public static Tensor featureAlphaDropout(Tensor x, double p, boolean training) {
    return featureAlphaDropout(x, p, training, Facula.defaultGenerator());
  }

  /**
   * {@link #alphaDropout(Tensor, double, boolean, Generator)} of whole channels of x [N, C, *].
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false; default false
   */
  public static Tensor featureAlphaDropout(
      Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.alpha("featureAlphaDropout", x, p, training, 2, generator);
    return Operations.watched()
        ? Operations.passed("featureAlphaDropout p training", y, x, p, training)
        : y;
  }

  // ---- activations --------------------------------------------------------------------------

  /** max(x, 0). */
  public static Tensor relu(Tensor x) {
    return x.relu();
  }

  /** {@link #relu(Tensor)} in place. */
  public static Tensor relu_(Tensor x) {
    return x.relu_();
  }

  /** min(max(x, 0), 6). */
  public static Tensor relu6(Tensor x) {
    Tensor y = Activations.hardtanh("relu6", x, 0, 6);
    return Operations.watched() ? Operations.passed("relu6", y, x) : y;
  }

  /** x for x &gt; 0, else 0.01 x. */
  public static Tensor leakyRelu(Tensor x) {
    return leakyRelu(x, 0.01);
  }

  /** x for x &gt; 0, else negativeSlope x. */
  public static Tensor leakyRelu(Tensor x, double negativeSlope) {
    Tensor y = Activations.leakyRelu(x, negativeSlope);
    return Operations.watched()
        ? Operations.passed("leakyRelu negativeSlope", y, x, negativeSlope)
        : y;
  }

  /**
   * x for x &gt; 0, else a x with a drawn from [lower, upper) for each such element; without
   * training the mean of the two. Xu et al. (2015), Empirical evaluation of rectified activations.
   *
   * @param lower the least slope; PyTorch's default is 1/8
   * @param upper the largest; PyTorch's default is 1/3
   */
  public static Tensor rrelu(Tensor x, double lower, double upper, boolean training) {
    Tensor y = Activations.rrelu(x, lower, upper, training, Generator.current());
    return Operations.watched()
        ? Operations.passed("rrelu lower upper training", y, x, lower, upper, training)
        : y;
  }

  /** {@link #leakyRelu(Tensor)} in place. */
  public static Tensor leakyRelu_(Tensor x) {
    return leakyRelu_(x, 0.01);
  }

  /** {@link #leakyRelu(Tensor, double)} in place. */
  public static Tensor leakyRelu_(Tensor x, double negativeSlope) {
    return x.assign("leakyRelu_", leakyRelu(x, negativeSlope));
  }

  /**
   * x for x &gt; 0, else weight x.
   *
   * @param weight one slope, or one for each channel (dimension 1)
   */
  public static Tensor prelu(Tensor x, Tensor weight) {
    Tensor y = Activations.prelu(x, weight);
    return Operations.watched() ? Operations.passed("prelu", y, x, weight) : y;
  }

  /** x for x &gt; 0, else exp(x) - 1. */
  public static Tensor elu(Tensor x) {
    return elu(x, 1);
  }

  /** x for x &gt; 0, else alpha (exp(x) - 1). Clevert et al. (2015). */
  public static Tensor elu(Tensor x, double alpha) {
    Tensor y = Activations.elu("elu", x, alpha, 1, 1);
    return Operations.watched() ? Operations.passed("elu alpha", y, x, alpha) : y;
  }

  /** {@link #elu(Tensor)} in place. */
  public static Tensor elu_(Tensor x) {
    return elu_(x, 1);
  }

  /** {@link #elu(Tensor, double)} in place. */
  public static Tensor elu_(Tensor x, double alpha) {
    return x.assign("elu_", elu(x, alpha));
  }

  /** x for x &gt; 0, else exp(x) - 1. */
  public static Tensor celu(Tensor x) {
    return celu(x, 1);
  }

  /** x for x &gt; 0, else alpha (exp(x / alpha) - 1). */
  public static Tensor celu(Tensor x, double alpha) {
    if (alpha == 0) {
      throw new IllegalArgumentException("celu: alpha must not be 0");
    }
    Tensor y = Activations.elu("celu", x, alpha, 1, 1 / alpha);
    return Operations.watched() ? Operations.passed("celu alpha", y, x, alpha) : y;
  }

  /** {@link #celu(Tensor)} in place. */
  public static Tensor celu_(Tensor x) {
    return celu_(x, 1);
  }

  /** {@link #celu(Tensor, double)} in place. */
  public static Tensor celu_(Tensor x, double alpha) {
    return x.assign("celu_", celu(x, alpha));
  }

  /** 1.0507 x for x &gt; 0, else 1.7581 (exp(x) - 1). Klambauer et al. (2017). */
  public static Tensor selu(Tensor x) {
    Tensor y = Activations.elu("selu", x, Activations.SELU_ALPHA, Activations.SELU_SCALE, 1);
    return Operations.watched() ? Operations.passed("selu", y, x) : y;
  }

  /** {@link #selu(Tensor)} in place. */
  public static Tensor selu_(Tensor x) {
    return x.assign("selu_", selu(x));
  }

  /** x Phi(x), with the distribution function Phi of the normal distribution. */
  public static Tensor gelu(Tensor x) {
    return gelu(x, "none");
  }

  /**
   * x Phi(x). Hendrycks and Gimpel (2016), Gaussian error linear units.
   *
   * @param approximate "none", or "tanh" for 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x³)))
   */
  public static Tensor gelu(Tensor x, String approximate) {
    String form = Options.oneOf("gelu", "approximate", approximate, "none", "tanh");
    Tensor y = Activations.gelu(x, form.equals("tanh"));
    return Operations.watched() ? Operations.passed("gelu approximate", y, x, approximate) : y;
  }

  /** x sigmoid(x). */
  public static Tensor silu(Tensor x) {
    return UnaryOps.silu().apply(x);
  }

  /** x tanh(softplus(x)). */
  public static Tensor mish(Tensor x) {
    Tensor y = Activations.mish(x);
    return Operations.watched() ? Operations.passed("mish", y, x) : y;
  }

  /** 1 / (1 + exp(-x)). */
  public static Tensor sigmoid(Tensor x) {
    return x.sigmoid();
  }

  /** The hyperbolic tangent. */
  public static Tensor tanh(Tensor x) {
    return x.tanh();
  }

  /** log(1 + exp(x)). */
  public static Tensor softplus(Tensor x) {
    return softplus(x, 1, 20);
  }

  /** log(1 + exp(beta x)) / beta. */
  public static Tensor softplus(Tensor x, double beta) {
    return softplus(x, beta, 20);
  }

  /**
   * log(1 + exp(beta x)) / beta.
   *
   * @param beta default 1
   * @param threshold where beta x is larger, the result is x; default 20
   */
  public static Tensor softplus(Tensor x, double beta, double threshold) {
    Tensor y = Activations.softplus(x, beta, threshold);
    return Operations.watched()
        ? Operations.passed("softplus beta threshold", y, x, beta, threshold)
        : y;
  }

  /** log(sigmoid(x)). */
  public static Tensor logsigmoid(Tensor x) {
    Tensor y = Activations.logSigmoid(x);
    return Operations.watched() ? Operations.passed("logsigmoid", y, x) : y;
  }

  /** min(max(x, -1), 1). */
  public static Tensor hardtanh(Tensor x) {
    return hardtanh(x, -1.0, 1.0);
  }

  /** min(max(x, minVal), 1). */
  public static Tensor hardtanh(Tensor x, Number minVal) {
    return hardtanh(x, minVal, 1.0);
  }

  /** min(max(x, minVal), maxVal). */
  public static Tensor hardtanh(Tensor x, Number minVal, Number maxVal) {
    Tensor y = Activations.hardtanh("hardtanh", x, minVal, maxVal);
    return Operations.watched()
        ? Operations.passed("hardtanh minVal maxVal", y, x, minVal, maxVal)
        : y;
  }

  /** {@link #hardtanh(Tensor)} in place. */
  public static Tensor hardtanh_(Tensor x) {
    return hardtanh_(x, -1.0, 1.0);
  }

  /** {@link #hardtanh(Tensor, Number, Number)} in place. */
  public static Tensor hardtanh_(Tensor x, Number minVal, Number maxVal) {
    return x.assign("hardtanh_", hardtanh(x, minVal, maxVal));
  }

  /** min(max(x + 3, 0), 6) / 6. */
  public static Tensor hardsigmoid(Tensor x) {
    Tensor y = Activations.hardsigmoid(x);
    return Operations.watched() ? Operations.passed("hardsigmoid", y, x) : y;
  }

  /** x min(max(x + 3, 0), 6) / 6. */
  public static Tensor hardswish(Tensor x) {
    Tensor y = Activations.hardswish(x);
    return Operations.watched() ? Operations.passed("hardswish", y, x) : y;
  }

  /** x - 0.5, x + 0.5 or 0: what is left of x. */
  public static Tensor softshrink(Tensor x) {
    return softshrink(x, 0.5);
  }

  /** x - lambd, x + lambd or 0: what is left of x. */
  public static Tensor softshrink(Tensor x, double lambd) {
    Tensor y = Activations.softshrink(x, lambd);
    return Operations.watched() ? Operations.passed("softshrink lambd", y, x, lambd) : y;
  }

  /** x where |x| &gt; 0.5, else 0. */
  public static Tensor hardshrink(Tensor x) {
    return hardshrink(x, 0.5);
  }

  /** x where |x| &gt; lambd, else 0. */
  public static Tensor hardshrink(Tensor x, double lambd) {
    Tensor y = Activations.hardshrink(x, lambd);
    return Operations.watched() ? Operations.passed("hardshrink lambd", y, x, lambd) : y;
  }

  /** x - tanh(x). */
  public static Tensor tanhshrink(Tensor x) {
    Tensor y = x.sub(x.tanh());
    return Operations.watched() ? Operations.passed("tanhshrink", y, x) : y;
  }

  /** x / (1 + |x|). */
  public static Tensor softsign(Tensor x) {
    Tensor y = x.div(x.abs().add(1));
    return Operations.watched() ? Operations.passed("softsign", y, x) : y;
  }

  /** x where x &gt; threshold, else value. */
  public static Tensor threshold(Tensor x, Number threshold, Number value) {
    Tensor y = Activations.threshold(x, threshold, value);
    return Operations.watched()
        ? Operations.passed("threshold threshold value", y, x, threshold, value)
        : y;
  }

  /** {@link #threshold(Tensor, Number, Number)} in place. */
  public static Tensor threshold_(Tensor x, Number threshold, Number value) {
    return x.assign("threshold_", threshold(x, threshold, value));
  }

  /** The first half along the last dimension times the sigmoid of the second. */
  public static Tensor glu(Tensor x) {
    return glu(x, -1);
  }

  /** The first half along a dimension times the sigmoid of the second. */
  public static Tensor glu(Tensor x, int dim) {
    Tensor y = Activations.glu(x, dim);
    return Operations.watched() ? Operations.passed("glu dim", y, x, dim) : y;
  }

  /** exp(x) / sum(exp(x)) along a dimension. */
  public static Tensor softmax(Tensor x, int dim) {
    return x.softmax(dim);
  }

  /** {@link #softmax(Tensor, int)} of the input converted to a type. */
  public static Tensor softmax(Tensor x, int dim, DType dtype) {
    Tensor y = Softmax.softmax(x.to(dtype), dim);
    return Operations.watched() ? Operations.passed("softmax dim dtype", y, x, dim, dtype) : y;
  }

  /** exp(-x) / sum(exp(-x)) along a dimension. */
  public static Tensor softmin(Tensor x, int dim) {
    Tensor y = x.neg().softmax(dim);
    return Operations.watched() ? Operations.passed("softmin dim", y, x, dim) : y;
  }

  /** {@link #softmin(Tensor, int)} of the input converted to a type. */
  public static Tensor softmin(Tensor x, int dim, DType dtype) {
    Tensor y = x.to(dtype).neg().softmax(dim);
    return Operations.watched() ? Operations.passed("softmin dim dtype", y, x, dim, dtype) : y;
  }

  /** x - log(sum(exp(x))) along a dimension. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return x.logSoftmax(dim);
  }

  /** {@link #logSoftmax(Tensor, int)} of the input converted to a type. */
  public static Tensor logSoftmax(Tensor x, int dim, DType dtype) {
    Tensor y = Softmax.logSoftmax(x.to(dtype), dim);
    return Operations.watched() ? Operations.passed("logSoftmax dim dtype", y, x, dim, dtype) : y;
  }

  /** {@link #gumbelSoftmax(Tensor, Consumer)} by default options. */
  public static Tensor gumbelSoftmax(Tensor logits) {
    return gumbelSoftmax(logits, GumbelSoftmaxOptions.DEFAULT);
  }

  /** {@link #gumbelSoftmax(Tensor, Consumer)} with a temperature. */
  public static Tensor gumbelSoftmax(Tensor logits, double tau) {
    return gumbelSoftmax(logits, new GumbelSoftmaxOptions().tau(tau));
  }

  /** {@link #gumbelSoftmax(Tensor, Consumer)} with a temperature, one-hot where hard. */
  public static Tensor gumbelSoftmax(Tensor logits, double tau, boolean hard) {
    return gumbelSoftmax(logits, new GumbelSoftmaxOptions().tau(tau).hard(hard));
  }

  /**
   * A sample of classes with these logarithms of probabilities, that has derivatives: softmax((x +
   * g) / tau) with g from a Gumbel distribution. Jang et al. (2017), Categorical
   * reparameterization.
   *
   * @param options tau, hard, dim
   */
  public static Tensor gumbelSoftmax(Tensor logits, Consumer<GumbelSoftmaxOptions> options) {
    return gumbelSoftmax(logits, Options.with(new GumbelSoftmaxOptions(), options));
  }

  private static Tensor gumbelSoftmax(Tensor logits, GumbelSoftmaxOptions o) {
    Tensor y = Activations.gumbelSoftmax(logits, o.tau, o.hard, o.dim);
    return Operations.watched()
        ? Operations.passed("gumbelSoftmax tau hard dim", y, logits, o.tau, o.hard, o.dim)
        : y;
  }

  // ---- losses -------------------------------------------------------------------------------

  /** {@link #mseLoss(Tensor, Tensor, ReductionOptions)} by default options. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, ReductionOptions.DEFAULT);
  }

  /** {@link #mseLoss(Tensor, Tensor, ReductionOptions)} with a lambda that sets options. */
  public static Tensor mseLoss(Tensor input, Tensor target, Consumer<ReductionOptions> options) {
    return mseLoss(input, target, Options.with(new ReductionOptions(), options));
  }

  /**
   * (x - t)<sup>2</sup>.
   *
   * @param target what the input should be, in the same shape
   * @param options reduction
   */
  public static Tensor mseLoss(Tensor input, Tensor target, ReductionOptions options) {
    ReductionOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.mse(input, target, o.reduction);
    return Operations.watched()
        ? Operations.passed("mseLoss reduction", y, input, target, o.reduction)
        : y;
  }

  /** {@link #l1Loss(Tensor, Tensor, ReductionOptions)} by default options. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, ReductionOptions.DEFAULT);
  }

  /** {@link #l1Loss(Tensor, Tensor, ReductionOptions)} with a lambda that sets options. */
  public static Tensor l1Loss(Tensor input, Tensor target, Consumer<ReductionOptions> options) {
    return l1Loss(input, target, Options.with(new ReductionOptions(), options));
  }

  /**
   * |x - t|.
   *
   * @param target what the input should be, in the same shape
   * @param options reduction
   */
  public static Tensor l1Loss(Tensor input, Tensor target, ReductionOptions options) {
    ReductionOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.l1(input, target, o.reduction);
    return Operations.watched()
        ? Operations.passed("l1Loss reduction", y, input, target, o.reduction)
        : y;
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, SmoothL1LossOptions)} by default options. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, SmoothL1LossOptions.DEFAULT);
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, SmoothL1LossOptions)} with a lambda that sets options. */
  public static Tensor smoothL1Loss(
      Tensor input, Tensor target, Consumer<SmoothL1LossOptions> options) {
    return smoothL1Loss(input, target, Options.with(new SmoothL1LossOptions(), options));
  }

  /**
   * 0.5 d<sup>2</sup> / beta where |d| &lt; beta, |d| - 0.5 beta elsewhere, d = x - t.
   *
   * @param options reduction, beta: 0 (which is {@code l1Loss}) or more
   */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, SmoothL1LossOptions options) {
    SmoothL1LossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.smoothL1(input, target, o.reduction, o.beta);
    return Operations.watched()
        ? Operations.passed("smoothL1Loss reduction beta", y, input, target, o.reduction, o.beta)
        : y;
  }

  /** {@link #huberLoss(Tensor, Tensor, HuberLossOptions)} by default options. */
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, HuberLossOptions.DEFAULT);
  }

  /** {@link #huberLoss(Tensor, Tensor, HuberLossOptions)} with a lambda that sets options. */
  public static Tensor huberLoss(Tensor input, Tensor target, Consumer<HuberLossOptions> options) {
    return huberLoss(input, target, Options.with(new HuberLossOptions(), options));
  }

  /**
   * 0.5 d<sup>2</sup> where |d| &lt;= delta, delta (|d| - 0.5 delta) elsewhere, d = x - t.
   *
   * @param options reduction, delta
   */
  public static Tensor huberLoss(Tensor input, Tensor target, HuberLossOptions options) {
    HuberLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.huber(input, target, o.reduction, o.delta);
    return Operations.watched()
        ? Operations.passed("huberLoss reduction delta", y, input, target, o.reduction, o.delta)
        : y;
  }

  /** {@link #crossEntropy(Tensor, Tensor, CrossEntropyOptions)} by default options. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, CrossEntropyOptions.DEFAULT);
  }

  /** {@link #crossEntropy(Tensor, Tensor, CrossEntropyOptions)} with a weight. */
  public static Tensor crossEntropy(Tensor input, Tensor target, @Nullable Tensor weight) {
    return crossEntropy(input, target, new CrossEntropyOptions().weight(weight));
  }

  /** {@link #crossEntropy(Tensor, Tensor, CrossEntropyOptions)} with a lambda that sets options. */
  public static Tensor crossEntropy(
      Tensor input, Tensor target, Consumer<CrossEntropyOptions> options) {
    return crossEntropy(input, target, Options.with(new CrossEntropyOptions(), options));
  }

  /**
   * The cross entropy between scores and the right classes: -log(softmax(x)[t]).
   *
   * @param input scores [C], [N, C] or [N, C, d...], before any softmax
   * @param target class indices, INT64 or INT32, in the input's shape without C; or probabilities
   *     of the classes in the input's shape
   * @param options weight, ignoreIndex, reduction, labelSmoothing
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor crossEntropy(Tensor input, Tensor target, CrossEntropyOptions options) {
    CrossEntropyOptions o = Objects.requireNonNull(options, "options");
    Tensor y =
        ClassLosses.crossEntropy(
            input, target, o.weight, o.ignoreIndex, o.reduction, o.labelSmoothing);
    return Operations.watched()
        ? Operations.passed(
            "crossEntropy ignoreIndex reduction labelSmoothing",
            y,
            input,
            target,
            o.weight,
            o.ignoreIndex,
            o.reduction,
            o.labelSmoothing)
        : y;
  }

  /**
   * {@link #linearCrossEntropy(Tensor, Tensor, Tensor, LinearCrossEntropyOptions)} by default
   * options.
   */
  public static Tensor linearCrossEntropy(Tensor input, Tensor linearWeight, Tensor target) {
    return linearCrossEntropy(input, linearWeight, target, LinearCrossEntropyOptions.DEFAULT);
  }

  /**
   * {@link #linearCrossEntropy(Tensor, Tensor, Tensor, LinearCrossEntropyOptions)} with a lambda
   * that sets options.
   */
  public static Tensor linearCrossEntropy(
      Tensor input,
      Tensor linearWeight,
      Tensor target,
      Consumer<LinearCrossEntropyOptions> options) {
    return linearCrossEntropy(
        input, linearWeight, target, Options.with(new LinearCrossEntropyOptions(), options));
  }

  /**
   * {@code crossEntropy} of {@link #linear}: the last layer and its loss in one.
   *
   * @param input [in] or [N, in]
   * @param linearWeight [C, in] or [C, d..., in]
   * @param target as for crossEntropy with scores [C], [N, C] or [N, C, d...]
   * @param options linearBias, weight, ignoreIndex, reduction, labelSmoothing
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor linearCrossEntropy(
      Tensor input, Tensor linearWeight, Tensor target, LinearCrossEntropyOptions options) {
    LinearCrossEntropyOptions o = Objects.requireNonNull(options, "options");
    Tensor y = ClassLosses.linearCrossEntropy(input, linearWeight, target, o);
    return Operations.watched()
        ? Operations.passed(
            "linearCrossEntropy ignoreIndex reduction labelSmoothing",
            y,
            input,
            linearWeight,
            target,
            o.weight,
            o.linearBias,
            o.ignoreIndex,
            o.reduction,
            o.labelSmoothing)
        : y;
  }

  /** {@link #nllLoss(Tensor, Tensor, NllLossOptions)} by default options. */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, NllLossOptions.DEFAULT);
  }

  /** {@link #nllLoss(Tensor, Tensor, NllLossOptions)} with a weight. */
  public static Tensor nllLoss(Tensor input, Tensor target, @Nullable Tensor weight) {
    return nllLoss(input, target, new NllLossOptions().weight(weight));
  }

  /** {@link #nllLoss(Tensor, Tensor, NllLossOptions)} with a lambda that sets options. */
  public static Tensor nllLoss(Tensor input, Tensor target, Consumer<NllLossOptions> options) {
    return nllLoss(input, target, Options.with(new NllLossOptions(), options));
  }

  /**
   * The negative log-likelihood of the right classes: -x[t].
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d...]
   * @param target class indices, INT64 or INT32, in the input's shape without C
   * @param options weight, ignoreIndex, reduction
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor nllLoss(Tensor input, Tensor target, NllLossOptions options) {
    NllLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = ClassLosses.nll(input, target, o.weight, o.ignoreIndex, o.reduction);
    return Operations.watched()
        ? Operations.passed(
            "nllLoss ignoreIndex reduction", y, input, target, o.weight, o.ignoreIndex, o.reduction)
        : y;
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, WeightedLossOptions)} by default options. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, WeightedLossOptions.DEFAULT);
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, WeightedLossOptions)} with a weight. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target, @Nullable Tensor weight) {
    return binaryCrossEntropy(input, target, new WeightedLossOptions().weight(weight));
  }

  /**
   * {@link #binaryCrossEntropy(Tensor, Tensor, WeightedLossOptions)} with a lambda that sets
   * options.
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, Consumer<WeightedLossOptions> options) {
    return binaryCrossEntropy(input, target, Options.with(new WeightedLossOptions(), options));
  }

  /**
   * -w (t log(x) + (1 - t) log(1 - x)), the logarithms at least -100.
   *
   * @param input probabilities
   * @param target probabilities in the same shape
   * @param options weight w, reduction
   * @throws IllegalArgumentException if an element of the input is not between 0 and 1
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, WeightedLossOptions options) {
    WeightedLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.binaryCrossEntropy(input, target, o.weight, o.reduction);
    return Operations.watched()
        ? Operations.passed("binaryCrossEntropy reduction", y, input, target, o.weight, o.reduction)
        : y;
  }

  /**
   * {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, BinaryCrossEntropyWithLogitsOptions)} by
   * default options.
   */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, BinaryCrossEntropyWithLogitsOptions.DEFAULT);
  }

  /**
   * {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, BinaryCrossEntropyWithLogitsOptions)} with
   * a weight.
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, @Nullable Tensor weight) {
    return binaryCrossEntropyWithLogits(
        input, target, new BinaryCrossEntropyWithLogitsOptions().weight(weight));
  }

  /**
   * {@link #binaryCrossEntropyWithLogits(Tensor, Tensor, BinaryCrossEntropyWithLogitsOptions)} with
   * a lambda that sets options.
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, Consumer<BinaryCrossEntropyWithLogitsOptions> options) {
    return binaryCrossEntropyWithLogits(
        input, target, Options.with(new BinaryCrossEntropyWithLogitsOptions(), options));
  }

  /**
   * -w (p t log(s) + (1 - t) log(1 - s)) with s = sigmoid(x), exact for large x.
   *
   * @param input scores
   * @param target probabilities in the same shape
   * @param options weight w, posWeight p, reduction
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input, Tensor target, BinaryCrossEntropyWithLogitsOptions options) {
    BinaryCrossEntropyWithLogitsOptions o = Objects.requireNonNull(options, "options");
    Tensor y =
        Losses.binaryCrossEntropyWithLogits(input, target, o.weight, o.posWeight, o.reduction);
    return Operations.watched()
        ? Operations.passed(
            "binaryCrossEntropyWithLogits reduction",
            y,
            input,
            target,
            o.weight,
            o.posWeight,
            o.reduction)
        : y;
  }

  /** {@link #ctcLoss(Tensor, Tensor, Tensor, Tensor, CtcLossOptions)} with a lambda. */
  public static Tensor ctcLoss(
      Tensor logProbs,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      Consumer<CtcLossOptions> options) {
    CtcLossOptions o = Options.with(new CtcLossOptions(), options);
    return ctcLoss(logProbs, targets, inputLengths, targetLengths, o);
  }

  /**
   * Minus the logarithm of the probability of targets, over all ways to align one with its input:
   * each label at one step or several, blanks between. Graves et al. (2006), Connectionist temporal
   * classification. Infinite where a target does not fit. The gradient is PyTorch's, which takes
   * the input to come from logSoftmax; there is no second derivative.
   *
   * @param logProbs [steps, batch, classes], logarithms of probabilities; or [steps, classes]
   * @param targets whole numbers, [batch, most], or those of all targets one after another
   * @param inputLengths [batch], the steps of each input that count
   * @param targetLengths [batch], the labels of each target
   * @param options blank (0), zeroInfinity (false), reduction: MEAN divides each by its length
   */
  public static Tensor ctcLoss(
      Tensor logProbs,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      CtcLossOptions options) {
    CtcLossOptions o = Objects.requireNonNull(options, "options");
    Objects.requireNonNull(targets, "targets");
    Objects.requireNonNull(inputLengths, "inputLengths");
    Objects.requireNonNull(targetLengths, "targetLengths");
    Objects.requireNonNull(logProbs, "logProbs");
    Tensor y = CtcLosses.loss(logProbs, targets, inputLengths, targetLengths, o);
    return Operations.watched()
        ? Operations.passed(
            "ctcLoss blank zeroInfinity reduction",
            y,
            logProbs,
            targets,
            inputLengths,
            targetLengths,
            o.blank,
            o.zeroInfinity,
            o.reduction)
        : y;
  }

  /** {@link #klDiv(Tensor, Tensor, KlDivOptions)} by default options. */
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, KlDivOptions.DEFAULT);
  }

  /** {@link #klDiv(Tensor, Tensor, KlDivOptions)} with a lambda that sets options. */
  public static Tensor klDiv(Tensor input, Tensor target, Consumer<KlDivOptions> options) {
    return klDiv(input, target, Options.with(new KlDivOptions(), options));
  }

  /**
   * The Kullback-Leibler divergence t (log(t) - x).
   *
   * @param input logarithms of probabilities
   * @param target probabilities, or their logarithms with logTarget
   * @param options logTarget, reduction: BATCHMEAN is the mathematical definition
   */
  public static Tensor klDiv(Tensor input, Tensor target, KlDivOptions options) {
    KlDivOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.klDiv(input, target, o.reduction, o.logTarget);
    return Operations.watched()
        ? Operations.passed("klDiv reduction logTarget", y, input, target, o.reduction, o.logTarget)
        : y;
  }

  /** {@link #poissonNllLoss(Tensor, Tensor, PoissonNllLossOptions)} by default options. */
  public static Tensor poissonNllLoss(Tensor input, Tensor target) {
    return poissonNllLoss(input, target, PoissonNllLossOptions.DEFAULT);
  }

  /**
   * {@link #poissonNllLoss(Tensor, Tensor, PoissonNllLossOptions)} with a lambda that sets options.
   */
  public static Tensor poissonNllLoss(
      Tensor input, Tensor target, Consumer<PoissonNllLossOptions> options) {
    return poissonNllLoss(input, target, Options.with(new PoissonNllLossOptions(), options));
  }

  /**
   * exp(x) - t x, or without logInput x - t log(x + eps): the loss of a Poisson distribution.
   *
   * @param options logInput, full, eps, reduction
   */
  public static Tensor poissonNllLoss(Tensor input, Tensor target, PoissonNllLossOptions options) {
    PoissonNllLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.poissonNll(input, target, o);
    return Operations.watched()
        ? Operations.passed(
            "poissonNllLoss logInput full eps reduction",
            y,
            input,
            target,
            o.logInput,
            o.full,
            o.eps,
            o.reduction)
        : y;
  }

  /** {@link #gaussianNllLoss(Tensor, Tensor, Tensor)} with one variance for all elements. */
  public static Tensor gaussianNllLoss(Tensor input, Tensor target, double var) {
    return gaussianNllLoss(input, target, Tensor.onesLike(input).mul(var));
  }

  /**
   * {@link #gaussianNllLoss(Tensor, Tensor, Tensor, GaussianNllLossOptions)} by default options.
   */
  public static Tensor gaussianNllLoss(Tensor input, Tensor target, Tensor var) {
    return gaussianNllLoss(input, target, var, GaussianNllLossOptions.DEFAULT);
  }

  /**
   * {@link #gaussianNllLoss(Tensor, Tensor, Tensor, GaussianNllLossOptions)} with a lambda that
   * sets options.
   */
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, Consumer<GaussianNllLossOptions> options) {
    return gaussianNllLoss(input, target, var, Options.with(new GaussianNllLossOptions(), options));
  }

  /**
   * 0.5 (log(v) + (x - t)<sup>2</sup> / v), v = max(var, eps): the loss of a normal distribution.
   *
   * @param var variances in the input's shape, or one for each row
   * @param options full, eps, reduction
   */
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, GaussianNllLossOptions options) {
    GaussianNllLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Losses.gaussianNll(input, target, var, o);
    return Operations.watched()
        ? Operations.passed(
            "gaussianNllLoss full eps reduction", y, input, target, var, o.full, o.eps, o.reduction)
        : y;
  }

  /** {@link #hingeEmbeddingLoss(Tensor, Tensor, MarginLossOptions)} by default options. */
  public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target) {
    return hingeEmbeddingLoss(input, target, new MarginLossOptions(1));
  }

  /** {@link #hingeEmbeddingLoss(Tensor, Tensor, MarginLossOptions)} with a margin. */
  public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target, double margin) {
    return hingeEmbeddingLoss(input, target, new MarginLossOptions(1).margin(margin));
  }

  /**
   * {@link #hingeEmbeddingLoss(Tensor, Tensor, MarginLossOptions)} with a lambda that sets options.
   */
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, Consumer<MarginLossOptions> options) {
    return hingeEmbeddingLoss(input, target, Options.with(new MarginLossOptions(1), options));
  }

  /**
   * x where t is 1, max(0, margin - x) where t is -1.
   *
   * @param options margin (default 1), reduction
   */
  public static Tensor hingeEmbeddingLoss(Tensor input, Tensor target, MarginLossOptions options) {
    MarginLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = MarginLosses.hingeEmbedding(input, target, o.margin, o.reduction);
    return Operations.watched()
        ? Operations.passed(
            "hingeEmbeddingLoss margin reduction", y, input, target, o.margin, o.reduction)
        : y;
  }

  /** {@link #softMarginLoss(Tensor, Tensor, ReductionOptions)} by default options. */
  public static Tensor softMarginLoss(Tensor input, Tensor target) {
    return softMarginLoss(input, target, ReductionOptions.DEFAULT);
  }

  /** {@link #softMarginLoss(Tensor, Tensor, ReductionOptions)} with a lambda that sets options. */
  public static Tensor softMarginLoss(
      Tensor input, Tensor target, Consumer<ReductionOptions> options) {
    return softMarginLoss(input, target, Options.with(new ReductionOptions(), options));
  }

  /**
   * log(1 + exp(-t x)), t 1 or -1.
   *
   * @param options reduction
   */
  public static Tensor softMarginLoss(Tensor input, Tensor target, ReductionOptions options) {
    ReductionOptions o = Objects.requireNonNull(options, "options");
    Tensor y = MarginLosses.softMargin(input, target, o.reduction);
    return Operations.watched()
        ? Operations.passed("softMarginLoss reduction", y, input, target, o.reduction)
        : y;
  }

  /** {@link #marginRankingLoss(Tensor, Tensor, Tensor, MarginLossOptions)} by default options. */
  public static Tensor marginRankingLoss(Tensor input1, Tensor input2, Tensor target) {
    return marginRankingLoss(input1, input2, target, new MarginLossOptions(0));
  }

  /** {@link #marginRankingLoss(Tensor, Tensor, Tensor, MarginLossOptions)} with a margin. */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin) {
    return marginRankingLoss(input1, input2, target, new MarginLossOptions(0).margin(margin));
  }

  /**
   * {@link #marginRankingLoss(Tensor, Tensor, Tensor, MarginLossOptions)} with a lambda that sets
   * options.
   */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, Consumer<MarginLossOptions> options) {
    return marginRankingLoss(
        input1, input2, target, Options.with(new MarginLossOptions(0), options));
  }

  /**
   * max(0, -t (a - b) + margin), t 1 or -1.
   *
   * @param options margin (default 0), reduction
   */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, MarginLossOptions options) {
    MarginLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = MarginLosses.marginRanking(input1, input2, target, o.margin, o.reduction);
    return Operations.watched()
        ? Operations.passed(
            "marginRankingLoss margin reduction", y, input1, input2, target, o.margin, o.reduction)
        : y;
  }

  /** {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, MarginLossOptions)} by default options. */
  public static Tensor cosineEmbeddingLoss(Tensor input1, Tensor input2, Tensor target) {
    return cosineEmbeddingLoss(input1, input2, target, new MarginLossOptions(0));
  }

  /** {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, MarginLossOptions)} with a margin. */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin) {
    return cosineEmbeddingLoss(input1, input2, target, new MarginLossOptions(0).margin(margin));
  }

  /**
   * {@link #cosineEmbeddingLoss(Tensor, Tensor, Tensor, MarginLossOptions)} with a lambda that sets
   * options.
   */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, Consumer<MarginLossOptions> options) {
    return cosineEmbeddingLoss(
        input1, input2, target, Options.with(new MarginLossOptions(0), options));
  }

  /**
   * 1 - cos(a, b) where t is 1, max(0, cos(a, b) - margin) where t is -1.
   *
   * @param input1 a, [N, D] or [D]
   * @param input2 b, in the same shape
   * @param target [N] or []
   * @param options margin (default 0), reduction
   */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, MarginLossOptions options) {
    MarginLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = MarginLosses.cosineEmbedding(input1, input2, target, o.margin, o.reduction);
    return Operations.watched()
        ? Operations.passed(
            "cosineEmbeddingLoss margin reduction",
            y,
            input1,
            input2,
            target,
            o.margin,
            o.reduction)
        : y;
  }

  /**
   * {@link #tripletMarginLoss(Tensor, Tensor, Tensor, TripletMarginLossOptions)} by default
   * options.
   */
  public static Tensor tripletMarginLoss(Tensor anchor, Tensor positive, Tensor negative) {
    return tripletMarginLoss(anchor, positive, negative, TripletMarginLossOptions.DEFAULT);
  }

  /** {@link #tripletMarginLoss(Tensor, Tensor, Tensor, TripletMarginLossOptions)} with a margin. */
  public static Tensor tripletMarginLoss(
      Tensor anchor, Tensor positive, Tensor negative, double margin) {
    return tripletMarginLoss(
        anchor, positive, negative, new TripletMarginLossOptions().margin(margin));
  }

  /**
   * {@link #tripletMarginLoss(Tensor, Tensor, Tensor, TripletMarginLossOptions)} with a lambda that
   * sets options.
   */
  public static Tensor tripletMarginLoss(
      Tensor anchor, Tensor positive, Tensor negative, Consumer<TripletMarginLossOptions> options) {
    return tripletMarginLoss(
        anchor, positive, negative, Options.with(new TripletMarginLossOptions(), options));
  }

  /**
   * max(0, d(anchor, positive) - d(anchor, negative) + margin), with the distance d of {@code
   * pairwiseDistance}.
   *
   * @param options margin, p, eps, swap, reduction
   */
  public static Tensor tripletMarginLoss(
      Tensor anchor, Tensor positive, Tensor negative, TripletMarginLossOptions options) {
    TripletMarginLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = MarginLosses.tripletMargin(anchor, positive, negative, o);
    return Operations.watched()
        ? Operations.passed(
            "tripletMarginLoss margin p eps swap reduction",
            y,
            anchor,
            positive,
            negative,
            o.margin,
            o.p,
            o.eps,
            o.swap,
            o.reduction)
        : y;
  }

  /**
   * {@link #tripletMarginWithDistanceLoss(Tensor, Tensor, Tensor,
   * TripletMarginWithDistanceLossOptions)} by default options.
   */
  public static Tensor tripletMarginWithDistanceLoss(
      Tensor anchor, Tensor positive, Tensor negative) {
    return tripletMarginWithDistanceLoss(
        anchor, positive, negative, TripletMarginWithDistanceLossOptions.DEFAULT);
  }

  /**
   * {@link #tripletMarginWithDistanceLoss(Tensor, Tensor, Tensor,
   * TripletMarginWithDistanceLossOptions)} with a lambda that sets options.
   */
  public static Tensor tripletMarginWithDistanceLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      Consumer<TripletMarginWithDistanceLossOptions> options) {
    return tripletMarginWithDistanceLoss(
        anchor,
        positive,
        negative,
        Options.with(new TripletMarginWithDistanceLossOptions(), options));
  }

  /**
   * {@code tripletMarginLoss} with any distance.
   *
   * @param options distanceFunction, margin, swap, reduction
   */
  public static Tensor tripletMarginWithDistanceLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      TripletMarginWithDistanceLossOptions options) {
    TripletMarginWithDistanceLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = MarginLosses.tripletMarginWithDistance(anchor, positive, negative, o);
    return Operations.watched()
        ? Operations.passed(
            "tripletMarginWithDistanceLoss margin swap reduction",
            y,
            anchor,
            positive,
            negative,
            o.margin,
            o.swap,
            o.reduction)
        : y;
  }

  /** {@link #multiMarginLoss(Tensor, Tensor, MultiMarginLossOptions)} by default options. */
  public static Tensor multiMarginLoss(Tensor input, Tensor target) {
    return multiMarginLoss(input, target, MultiMarginLossOptions.DEFAULT);
  }

  /**
   * {@link #multiMarginLoss(Tensor, Tensor, MultiMarginLossOptions)} with a lambda that sets
   * options.
   */
  public static Tensor multiMarginLoss(
      Tensor input, Tensor target, Consumer<MultiMarginLossOptions> options) {
    return multiMarginLoss(input, target, Options.with(new MultiMarginLossOptions(), options));
  }

  /**
   * The mean over the classes i other than t of max(0, margin - x[t] + x[i])<sup>p</sup>.
   *
   * @param input [C] or [N, C]
   * @param target class indices [] or [N]
   * @param options p, margin, weight, reduction
   */
  public static Tensor multiMarginLoss(
      Tensor input, Tensor target, MultiMarginLossOptions options) {
    MultiMarginLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = ClassLosses.multiMargin(input, target, o);
    return Operations.watched()
        ? Operations.passed(
            "multiMarginLoss p margin reduction",
            y,
            input,
            target,
            o.weight,
            o.p,
            o.margin,
            o.reduction)
        : y;
  }

  /** {@link #multilabelMarginLoss(Tensor, Tensor, ReductionOptions)} by default options. */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target) {
    return multilabelMarginLoss(input, target, ReductionOptions.DEFAULT);
  }

  /**
   * {@link #multilabelMarginLoss(Tensor, Tensor, ReductionOptions)} with a lambda that sets
   * options.
   */
  public static Tensor multilabelMarginLoss(
      Tensor input, Tensor target, Consumer<ReductionOptions> options) {
    return multilabelMarginLoss(input, target, Options.with(new ReductionOptions(), options));
  }

  /**
   * The sum over the right classes t and the others i of max(0, 1 - x[t] + x[i]) / C.
   *
   * @param input [C] or [N, C]
   * @param target in the same shape: the right classes of each sample, then -1
   * @param options reduction
   */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target, ReductionOptions options) {
    ReductionOptions o = Objects.requireNonNull(options, "options");
    Tensor y = ClassLosses.multilabelMargin(input, target, o.reduction);
    return Operations.watched()
        ? Operations.passed("multilabelMarginLoss reduction", y, input, target, o.reduction)
        : y;
  }

  /** {@link #multilabelSoftMarginLoss(Tensor, Tensor, WeightedLossOptions)} by default options. */
  public static Tensor multilabelSoftMarginLoss(Tensor input, Tensor target) {
    return multilabelSoftMarginLoss(input, target, WeightedLossOptions.DEFAULT);
  }

  /** {@link #multilabelSoftMarginLoss(Tensor, Tensor, WeightedLossOptions)} with a weight. */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, @Nullable Tensor weight) {
    return multilabelSoftMarginLoss(input, target, new WeightedLossOptions().weight(weight));
  }

  /**
   * {@link #multilabelSoftMarginLoss(Tensor, Tensor, WeightedLossOptions)} with a lambda that sets
   * options.
   */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, Consumer<WeightedLossOptions> options) {
    return multilabelSoftMarginLoss(
        input, target, Options.with(new WeightedLossOptions(), options));
  }

  /**
   * The mean over the classes of {@code binaryCrossEntropyWithLogits}.
   *
   * @param options weight, reduction
   */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, WeightedLossOptions options) {
    WeightedLossOptions o = Objects.requireNonNull(options, "options");
    Tensor y = ClassLosses.multilabelSoftMargin(input, target, o.weight, o.reduction);
    return Operations.watched()
        ? Operations.passed(
            "multilabelSoftMarginLoss reduction", y, input, target, o.weight, o.reduction)
        : y;
  }

  // ---- distances ----------------------------------------------------------------------------

  /** The length of a - b + 1e-6 along the last dimension. */
  public static Tensor pairwiseDistance(Tensor a, Tensor b) {
    return pairwiseDistance(a, b, PairwiseDistanceOptions.DEFAULT);
  }

  /** The p-norm of a - b + 1e-6 along the last dimension. */
  public static Tensor pairwiseDistance(Tensor a, Tensor b, double p) {
    return pairwiseDistance(a, b, new PairwiseDistanceOptions().p(p));
  }

  /** The p-norm of a - b + eps along the last dimension; options p, eps, keepdim. */
  public static Tensor pairwiseDistance(
      Tensor a, Tensor b, Consumer<PairwiseDistanceOptions> options) {
    return pairwiseDistance(a, b, Options.with(new PairwiseDistanceOptions(), options));
  }

  /** {@link #pairwiseDistance(Tensor, Tensor, Consumer)} with options that are kept. */
  public static Tensor pairwiseDistance(Tensor a, Tensor b, PairwiseDistanceOptions o) {
    Tensor y = Distances.pairwiseDistance(a, b, o.p, o.eps, o.keepdim);
    return Operations.watched()
        ? Operations.passed("pairwiseDistance p eps keepdim", y, a, b, o.p, o.eps, o.keepdim)
        : y;
  }

  /** The cosine of the angle between a and b along dimension 1. */
  public static Tensor cosineSimilarity(Tensor a, Tensor b) {
    return cosineSimilarity(a, b, 1, 1e-8);
  }

  /** The cosine of the angle between a and b along a dimension. */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim) {
    return cosineSimilarity(a, b, dim, 1e-8);
  }

  /**
   * The cosine of the angle between a and b: a b / (max(|a|, eps) max(|b|, eps)).
   *
   * @param dim the dimension of the vectors; default 1
   * @param eps default 1e-8
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
    Tensor y = Distances.cosineSimilarity(a, b, dim, eps);
    return Operations.watched()
        ? Operations.passed("cosineSimilarity dim eps", y, a, b, dim, eps)
        : y;
  }

  /** The Euclidean distances of all pairs of rows of a matrix, each pair once. */
  public static Tensor pdist(Tensor x) {
    return pdist(x, 2);
  }

  /** The distances of order p of all pairs of rows of a matrix, each pair once. */
  public static Tensor pdist(Tensor x, double p) {
    Tensor y = Distances.pdist(x, p);
    return Operations.watched() ? Operations.passed("pdist p", y, x, p) : y;
  }

  // ---- images -------------------------------------------------------------------------------

  /** The nearest elements of the input at another size: one, or one for each dimension. */
  public static Tensor interpolate(Tensor x, int... size) {
    return interpolate(x, o -> o.size(size));
  }

  /**
   * The input at another size.
   *
   * <pre>{@code
   * Tensor y = Functional.interpolate(image, o -> o.scaleFactor(2).mode("bilinear"));
   * }</pre>
   *
   * @param x [batch, channels, *] with 1 to 3 spatial dimensions
   * @param options size or scaleFactor; mode, alignCorners, recomputeScaleFactor
   */
  public static Tensor interpolate(Tensor x, Consumer<InterpolateOptions> options) {
    return resized("interpolate", x, Options.with(new InterpolateOptions(), options));
  }

  /** {@link #interpolate(Tensor, Consumer)} by PyTorch's older name. */
  public static Tensor upsample(Tensor x, Consumer<InterpolateOptions> options) {
    return resized("upsample", x, Options.with(new InterpolateOptions(), options));
  }

  /**
   * Sums, means or maxima of rows of a table that the indices of each bag name.
   *
   * <pre>{@code
   * Tensor table = Tensor.arange(8).to(DType.FLOAT32).view(4, 2);
   * Tensor index = Tensor.of(0L, 1, 3);
   * Functional.embeddingBag(index, table, o -> o.offsets(Tensor.of(0L, 2)).mode("sum"));
   * }</pre>
   *
   * @param index [bags, rows of each], or [all rows] with offsets; integers
   * @param weight the table [rows, features]
   * @param options offsets, mode (mean), perSampleWeights, paddingIdx, includeLastOffset, maxNorm,
   *     normType, scaleGradByFreq
   * @return [bags, features]; zeros for an empty bag
   */
  public static Tensor embeddingBag(
      Tensor index, Tensor weight, Consumer<EmbeddingBagOptions> options) {
    return embeddingBag(index, weight, Options.with(new EmbeddingBagOptions(), options));
  }

  /** {@link #embeddingBag(Tensor, Tensor, Consumer)} with options that were made before. */
  public static Tensor embeddingBag(Tensor index, Tensor weight, EmbeddingBagOptions options) {
    EmbeddingBagOptions o = Objects.requireNonNull(options, "options");
    Tensor y = EmbeddingBags.embeddingBag(index, weight, o);
    return Operations.watched()
        ? Operations.passed(
            "embeddingBag mode paddingIdx includeLastOffset maxNorm normType scaleGradByFreq",
            y,
            index,
            weight,
            o.offsets,
            o.perSampleWeights,
            o.mode,
            o.paddingIdx,
            o.includeLastOffset,
            o.maxNorm,
            o.normType,
            o.scaleGradByFreq)
        : y;
  }

  /** The values of {@link #fractionalMaxPool2dWithIndices}. */
  public static Tensor fractionalMaxPool2d(
      Tensor x, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    var o = Options.with(new FractionalMaxPoolOptions(), options);
    Tensor y = FractionalPooling.max(2, x, kernelSize, o).values();
    return Operations.watched()
        ? Operations.passed(
            "fractionalMaxPool2d kernelSize outputSize outputRatio",
            y,
            x,
            o.randomSamples,
            kernelSize,
            o.outputSize,
            o.outputRatio)
        : y;
  }

  /**
   * The largest elements of windows at random steps, and where in its channel, flattened, each was
   * found. Graham (2014), Fractional Max-Pooling.
   *
   * @param x [N, C, H, W] or [C, H, W]
   * @param kernelSize the size of the windows, one for all dimensions or one for each
   * @param options outputSize or outputRatio, randomSamples
   */
  public static ValuesIndices fractionalMaxPool2dWithIndices(
      Tensor x, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    var o = Options.with(new FractionalMaxPoolOptions(), options);
    ValuesIndices y = FractionalPooling.max(2, x, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "fractionalMaxPool2dWithIndices kernelSize outputSize outputRatio",
            y,
            x,
            o.randomSamples,
            kernelSize,
            o.outputSize,
            o.outputRatio)
        : y;
  }

  /** The values of {@link #fractionalMaxPool3dWithIndices}. */
  public static Tensor fractionalMaxPool3d(
      Tensor x, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    var o = Options.with(new FractionalMaxPoolOptions(), options);
    Tensor y = FractionalPooling.max(3, x, kernelSize, o).values();
    return Operations.watched()
        ? Operations.passed(
            "fractionalMaxPool3d kernelSize outputSize outputRatio",
            y,
            x,
            o.randomSamples,
            kernelSize,
            o.outputSize,
            o.outputRatio)
        : y;
  }

  /**
   * The largest elements of windows at random steps, and where in its channel, flattened, each was
   * found. Graham (2014), Fractional Max-Pooling.
   *
   * @param x [N, C, D, H, W] or [C, D, H, W]
   * @param kernelSize the size of the windows, one for all dimensions or one for each
   * @param options outputSize or outputRatio, randomSamples
   */
  public static ValuesIndices fractionalMaxPool3dWithIndices(
      Tensor x, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    var o = Options.with(new FractionalMaxPoolOptions(), options);
    ValuesIndices y = FractionalPooling.max(3, x, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "fractionalMaxPool3dWithIndices kernelSize outputSize outputRatio",
            y,
            x,
            o.randomSamples,
            kernelSize,
            o.outputSize,
            o.outputRatio)
        : y;
  }

  /** {@link #layerNorm} with its statistics, which have size 1 where they were taken. */
  public static Normalized nativeLayerNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Normalized y = NativeNorms.layer(x, normalizedShape, weight, bias, eps);
    return Operations.watched()
        ? Operations.passed(
            "nativeLayerNorm normalizedShape eps", y, x, weight, bias, normalizedShape, eps)
        : y;
  }

  /** {@link #groupNorm} with its statistics [batch, groups], which have derivatives too. */
  public static Normalized nativeGroupNorm(
      Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Normalized y = NativeNorms.group(x, groups, weight, bias, eps);
    return Operations.watched()
        ? Operations.passed("nativeGroupNorm groups eps", y, x, weight, bias, groups, eps)
        : y;
  }

  /** {@link #batchNorm} with the statistics of the batch [channels], none without training. */
  public static Normalized nativeBatchNorm(
      Tensor x,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      boolean training,
      double momentum,
      double eps) {
    Normalized y =
        NativeNorms.batch(x, weight, bias, runningMean, runningVar, training, momentum, eps);
    return Operations.watched()
        ? Operations.passed(
            "nativeBatchNorm training momentum eps",
            y,
            x,
            weight,
            bias,
            runningMean,
            runningVar,
            training,
            momentum,
            eps)
        : y;
  }

  /** {@link #gridSample(Tensor, Tensor, Consumer)} by default options. */
  public static Tensor gridSample(Tensor x, Tensor grid) {
    return gridSample(x, grid, o -> {});
  }

  /**
   * Samples images at the places of a grid, whose coordinates are -1 and 1 at the edges of the
   * image; Jaderberg et al. (2015), Spatial Transformer Networks.
   *
   * <pre>{@code
   * Tensor theta = Tensor.of(new float[] {1, 0, 0, 0, 1, 0}, 1, 2, 3);
   * Tensor grid = Functional.affineGrid(theta, new int[] {1, 1, 4, 4}, false);
   * Tensor y = Functional.gridSample(Tensor.ones(1, 1, 4, 4), grid); // the same image
   * }</pre>
   *
   * @param x [N, C, H, W] or [N, C, D, H, W]
   * @param grid [N, h, w, 2] of places (along W, along H), or [N, d, h, w, 3] with that along D
   * @param options mode (bilinear), paddingMode (zeros), alignCorners (false)
   * @return [N, C, h, w] or [N, C, d, h, w]; it has first derivatives only, as in PyTorch
   */
  public static Tensor gridSample(Tensor x, Tensor grid, Consumer<GridSampleOptions> options) {
    var o = Options.with(new GridSampleOptions(), options);
    Tensor y = GridSampling.sample(x, grid, o);
    return Operations.watched()
        ? Operations.passed(
            "gridSample mode paddingMode alignCorners",
            y,
            x,
            grid,
            o.mode,
            o.paddingMode,
            o.alignCorners)
        : y;
  }

  /** {@link #affineGrid(Tensor, int[], boolean)} with -1 and 1 at the edges of an image. */
  public static Tensor affineGrid(Tensor theta, int... size) {
    return affineGrid(theta, size, false);
  }

  /**
   * The grid for {@link #gridSample(Tensor, Tensor)} of affine maps.
   *
   * @param theta the maps, [N, 2, 3] or [N, 3, 4]
   * @param size the shape of the samples, [N, C, H, W] or [N, C, D, H, W]
   * @param alignCorners whether -1 and 1 are the centres of the outermost pixels
   * @return [N, H, W, 2] or [N, D, H, W, 3]
   */
  public static Tensor affineGrid(Tensor theta, int[] size, boolean alignCorners) {
    Tensor y = GridSampling.affine(theta, size, alignCorners);
    return Operations.watched()
        ? Operations.passed("affineGrid size alignCorners", y, theta, size, alignCorners)
        : y;
  }

  private static Tensor resized(String name, Tensor x, InterpolateOptions o) {
    Tensor y = Resampling.interpolate(x, o);
    return Operations.watched()
        ? Operations.passed(
            name + " size scaleFactor mode alignCorners recomputeScaleFactor",
            y,
            x,
            o.size,
            o.scaleFactor,
            o.mode,
            o.alignCorners,
            o.recomputeScaleFactor)
        : y;
  }

  /** [*, C r r, H, W] to [*, C, H r, W r], r the factor. */
  public static Tensor pixelShuffle(Tensor x, int upscaleFactor) {
    Tensor y = Shuffles.pixelShuffle(x, upscaleFactor);
    return Operations.watched()
        ? Operations.passed("pixelShuffle upscaleFactor", y, x, upscaleFactor)
        : y;
  }

  /** [*, C, H r, W r] to [*, C r r, H, W], r the factor. */
  public static Tensor pixelUnshuffle(Tensor x, int downscaleFactor) {
    Tensor y = Shuffles.pixelUnshuffle(x, downscaleFactor);
    return Operations.watched()
        ? Operations.passed("pixelUnshuffle downscaleFactor", y, x, downscaleFactor)
        : y;
  }

  /** The channels of all groups taken in turn. */
  public static Tensor channelShuffle(Tensor x, int groups) {
    Tensor y = Shuffles.channelShuffle(x, groups);
    return Operations.watched() ? Operations.passed("channelShuffle groups", y, x, groups) : y;
  }

  /** Square patches at all places; see {@link #unfold(Tensor, int[], Consumer)}. */
  public static Tensor unfold(Tensor x, int kernelSize) {
    return unfold(x, new int[] {kernelSize}, PatchOptions.DEFAULT);
  }

  /** Patches at all places; see {@link #unfold(Tensor, int[], Consumer)}. */
  public static Tensor unfold(Tensor x, int[] kernelSize) {
    return unfold(x, kernelSize, PatchOptions.DEFAULT);
  }

  /** Square patches; see {@link #unfold(Tensor, int[], Consumer)}. */
  public static Tensor unfold(Tensor x, int kernelSize, Consumer<PatchOptions> options) {
    return unfold(x, new int[] {kernelSize}, options);
  }

  /**
   * The patches that a convolution looks at, as columns.
   *
   * @param x [N, C, H, W] or [C, H, W]
   * @param kernelSize the size of a patch, one value or one for each dimension
   * @param options dilation, padding, stride
   * @return [N, C times the patch's area, number of patches]
   */
  public static Tensor unfold(Tensor x, int[] kernelSize, Consumer<PatchOptions> options) {
    return unfold(x, kernelSize, Options.with(new PatchOptions(), options));
  }

  /** {@link #unfold(Tensor, int[], Consumer)} with options that are kept. */
  public static Tensor unfold(Tensor x, int[] kernelSize, PatchOptions o) {
    Tensor y = Unfolding.unfold(x, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "unfold kernelSize dilation padding stride",
            y,
            x,
            kernelSize,
            o.dilation,
            o.padding,
            o.stride)
        : y;
  }

  /** Square patches to a square image; see {@link #fold(Tensor, int[], int[], Consumer)}. */
  public static Tensor fold(Tensor x, int outputSize, int kernelSize) {
    return fold(x, new int[] {outputSize}, new int[] {kernelSize}, PatchOptions.DEFAULT);
  }

  /** Square patches to an image; see {@link #fold(Tensor, int[], int[], Consumer)}. */
  public static Tensor fold(Tensor x, int[] outputSize, int kernelSize) {
    return fold(x, outputSize, new int[] {kernelSize}, PatchOptions.DEFAULT);
  }

  /** Patches to an image; see {@link #fold(Tensor, int[], int[], Consumer)}. */
  public static Tensor fold(Tensor x, int[] outputSize, int[] kernelSize) {
    return fold(x, outputSize, kernelSize, PatchOptions.DEFAULT);
  }

  /** Square patches to a square image; see {@link #fold(Tensor, int[], int[], Consumer)}. */
  public static Tensor fold(
      Tensor x, int outputSize, int kernelSize, Consumer<PatchOptions> options) {
    return fold(x, new int[] {outputSize}, new int[] {kernelSize}, options);
  }

  /** Square patches to an image; see {@link #fold(Tensor, int[], int[], Consumer)}. */
  public static Tensor fold(
      Tensor x, int[] outputSize, int kernelSize, Consumer<PatchOptions> options) {
    return fold(x, outputSize, new int[] {kernelSize}, options);
  }

  /**
   * The sum of overlapping patches, the reverse of {@code unfold}.
   *
   * @param x [N, C times the patch's area, number of patches]
   * @param outputSize H and W
   * @param kernelSize the size of a patch, one value or one for each dimension
   * @param options dilation, padding, stride
   * @return [N, C, H, W]
   */
  public static Tensor fold(
      Tensor x, int[] outputSize, int[] kernelSize, Consumer<PatchOptions> options) {
    return fold(x, outputSize, kernelSize, Options.with(new PatchOptions(), options));
  }

  /** {@link #fold(Tensor, int[], int[], Consumer)} with options that are kept. */
  public static Tensor fold(Tensor x, int[] outputSize, int[] kernelSize, PatchOptions o) {
    Tensor y = Unfolding.fold(x, outputSize, kernelSize, o);
    return Operations.watched()
        ? Operations.passed(
            "fold outputSize kernelSize dilation padding stride",
            y,
            x,
            outputSize,
            kernelSize,
            o.dilation,
            o.padding,
            o.stride)
        : y;
  }

  // ---- attention ----------------------------------------------------------------------------

  /** Attention by default options; see the full form. */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, AttentionOptions.DEFAULT);
  }

  /** Attention with a mask; see the full form. */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor attnMask) {
    return scaledDotProductAttention(query, key, value, new AttentionOptions().attnMask(attnMask));
  }

  /** Attention with a lambda that sets options; see the full form. */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, Consumer<AttentionOptions> options) {
    return scaledDotProductAttention(
        query, key, value, Options.with(new AttentionOptions(), options));
  }

  /**
   * softmax(Q K<sup>T</sup> scale + mask) V. Vaswani et al., "Attention Is All You Need", 2017.
   *
   * @param query [..., L, n]
   * @param key [..., S, n]
   * @param value [..., S, m]
   * @param options attnMask, dropoutP, isCausal, scale
   * @return [..., L, m]
   */
  public static Tensor scaledDotProductAttention(
      Tensor query, Tensor key, Tensor value, AttentionOptions options) {
    AttentionOptions o = Objects.requireNonNull(options, "options");
    Tensor y = Attention.attention(query, key, value, o);
    return Operations.watched()
        ? Operations.passed(
            "scaledDotProductAttention dropoutP isCausal scale",
            y,
            query,
            key,
            value,
            o.attnMask,
            o.dropoutP,
            o.isCausal,
            o.scale)
        : y;
  }
}
