package dev.facula;

import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The functions of PyTorch's {@code torch.nn.functional}: layers and losses without state.
 *
 * <pre>{@code
 * Tensor hidden = Functional.relu(Functional.linear(x, weight, bias));
 * }</pre>
 */
public final class Functional {
  private Functional() {}

  // ---- dense layers -------------------------------------------------------------------------

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

  /** The rows of a table; see the general form. */
  public static Tensor embedding(Tensor index, Tensor weight) {
    return embedding(index, weight, null, null, 2, false);
  }

  /**
   * The rows of a table that an index tensor names.
   *
   * @param index integers from 0 to rows - 1, of any shape
   * @param weight the table [rows, features]
   * @param paddingIdx a row that receives no gradient, or null
   * @param maxNorm rows that are looked up and whose norm is larger are scaled down to it, in
   *     place; or null
   * @param normType the p of that norm; default 2
   * @param scaleGradByFreq whether gradients are divided by how often their row is looked up
   * @return [*, features] for an index of shape [*]
   */
  public static Tensor embedding(
      Tensor index,
      Tensor weight,
      @Nullable Integer paddingIdx,
      @Nullable Double maxNorm,
      double normType,
      boolean scaleGradByFreq) {
    Tensor y = Embeddings.embedding(index, weight, paddingIdx, maxNorm, normType, scaleGradByFreq);
    return Operations.watched()
        ? Operations.passed(
            "embedding paddingIdx maxNorm normType scaleGradByFreq",
            y,
            index,
            weight,
            paddingIdx,
            maxNorm,
            normType,
            scaleGradByFreq)
        : y;
  }

  // ---- convolution --------------------------------------------------------------------------

  private static final int[] ZERO = {0};
  private static final int[] ONE = {1};

  /** A convolution of one dimension with stride 1 and no padding; see {@link #conv2d}. */
  public static Tensor conv1d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv1d(x, weight, bias, ONE, ZERO, ONE, 1);
  }

  /** A convolution of one dimension, x [N, C, L]; otherwise as {@link #conv2d}. */
  public static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    Tensor y = Convolution.convolution(1, x, weight, bias, stride, padding, dilation, groups);
    return Operations.watched()
        ? Operations.passed(
            "conv1d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            dilation,
            groups)
        : y;
  }

  /** The same with padding by name, "same" or "valid". */
  public static Tensor conv1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      String padding,
      int[] dilation,
      int groups) {
    Tensor y = byName(1, x, weight, bias, stride, padding, dilation, groups);
    return Operations.watched()
        ? Operations.passed(
            "conv1d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            dilation,
            groups)
        : y;
  }

  /** A convolution with stride 1 and no padding. */
  public static Tensor conv2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv2d(x, weight, bias, ONE, ZERO, ONE, 1);
  }

  /**
   * y[n, o, i, j] = b[o] + sum over c, k, l of w[o, c, k, l] x[n, c, i s + k d - p, j s + l d - p]:
   * the cross-correlation of images with kernels.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param weight [O, C / groups, kH, kW]
   * @param bias [O], or null
   * @param stride s, one value or one for each dimension; default 1
   * @param padding p, zeros on both sides; default 0
   * @param dilation d, the distance of the kernel's points; default 1
   * @param groups blocks of channels that see only their own inputs; default 1
   * @return [N, O, (H + 2 p - d (kH - 1) - 1) / s + 1, ...]
   * @throws ShapeException if the channels differ or the kernel does not fit
   */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    Tensor y = Convolution.convolution(2, x, weight, bias, stride, padding, dilation, groups);
    return Operations.watched()
        ? Operations.passed(
            "conv2d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            dilation,
            groups)
        : y;
  }

  /**
   * The same with padding by name.
   *
   * @param padding "valid" for none, or "same" for an output of the input's size (stride 1)
   */
  public static Tensor conv2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      String padding,
      int[] dilation,
      int groups) {
    Tensor y = byName(2, x, weight, bias, stride, padding, dilation, groups);
    return Operations.watched()
        ? Operations.passed(
            "conv2d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            dilation,
            groups)
        : y;
  }

  /** A convolution of three dimensions with stride 1 and no padding. */
  public static Tensor conv3d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return conv3d(x, weight, bias, ONE, ZERO, ONE, 1);
  }

  /** A convolution of three dimensions, x [N, C, D, H, W]; otherwise as {@link #conv2d}. */
  public static Tensor conv3d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups) {
    Tensor y = Convolution.convolution(3, x, weight, bias, stride, padding, dilation, groups);
    return Operations.watched()
        ? Operations.passed(
            "conv3d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            dilation,
            groups)
        : y;
  }

  /** The same with padding by name, "same" or "valid". */
  public static Tensor conv3d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      String padding,
      int[] dilation,
      int groups) {
    Tensor y = byName(3, x, weight, bias, stride, padding, dilation, groups);
    return Operations.watched()
        ? Operations.passed(
            "conv3d stride padding dilation groups",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            dilation,
            groups)
        : y;
  }

  private static Tensor byName(
      int rank,
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      String padding,
      int[] dilation,
      int groups) {
    return switch (padding) {
      case "valid" ->
          Convolution.convolution(rank, x, weight, bias, stride, ZERO, dilation, groups);
      case "same" -> Convolution.same(rank, x, weight, bias, stride, dilation, groups);
      default ->
          throw new IllegalArgumentException(
              "conv"
                  + rank
                  + "d: padding must be \"same\", \"valid\" or sizes, was \""
                  + padding
                  + "\"");
    };
  }

  /** A transposed convolution of one dimension; see {@link #convTranspose2d}. */
  public static Tensor convTranspose1d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int groups,
      int[] dilation) {
    Tensor y =
        Convolution.transposed(
            1, x, weight, bias, stride, padding, outputPadding, groups, dilation);
    return Operations.watched()
        ? Operations.passed(
            "convTranspose1d stride padding outputPadding groups dilation",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            outputPadding,
            groups,
            dilation)
        : y;
  }

  /** A transposed convolution with stride 1 and no padding. */
  public static Tensor convTranspose2d(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return convTranspose2d(x, weight, bias, ONE, ZERO, ZERO, 1, ONE);
  }

  /**
   * The gradient of {@link #conv2d} in its input, as an operation of its own: each input element
   * adds a scaled kernel to the output.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param weight [C, O / groups, kH, kW]
   * @param bias [O], or null
   * @param stride s; default 1
   * @param padding p, taken off on both sides; default 0
   * @param outputPadding q, added at the end, smaller than stride or dilation; default 0
   * @param groups default 1
   * @param dilation d; default 1
   * @return [N, O, (H - 1) s - 2 p + d (kH - 1) + q + 1, ...]
   */
  public static Tensor convTranspose2d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int groups,
      int[] dilation) {
    Tensor y =
        Convolution.transposed(
            2, x, weight, bias, stride, padding, outputPadding, groups, dilation);
    return Operations.watched()
        ? Operations.passed(
            "convTranspose2d stride padding outputPadding groups dilation",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            outputPadding,
            groups,
            dilation)
        : y;
  }

  /** A transposed convolution of three dimensions; see {@link #convTranspose2d}. */
  public static Tensor convTranspose3d(
      Tensor x,
      Tensor weight,
      @Nullable Tensor bias,
      int[] stride,
      int[] padding,
      int[] outputPadding,
      int groups,
      int[] dilation) {
    Tensor y =
        Convolution.transposed(
            3, x, weight, bias, stride, padding, outputPadding, groups, dilation);
    return Operations.watched()
        ? Operations.passed(
            "convTranspose3d stride padding outputPadding groups dilation",
            y,
            x,
            weight,
            bias,
            stride,
            padding,
            outputPadding,
            groups,
            dilation)
        : y;
  }

  // ---- padding ------------------------------------------------------------------------------

  /** Zeros around a tensor. */
  public static Tensor pad(Tensor x, int... pad) {
    return pad(x, pad, PadMode.CONSTANT, 0);
  }

  /**
   * A border around a tensor.
   *
   * @param pad sizes before and after the last dimension, then before and after the one in front of
   *     it, and so on; negative ones take away
   * @param mode other modes than CONSTANT pad all dimensions but the first one or two
   * @param value for CONSTANT
   */
  public static Tensor pad(Tensor x, int[] pad, PadMode mode, Number value) {
    Tensor y = Padding.pad(x, pad, mode, value);
    return Operations.watched()
        ? Operations.passed("pad pad mode value", y, x, pad, mode, value)
        : y;
  }

  // ---- pooling ------------------------------------------------------------------------------

  /** The largest of windows of one dimension, x [N, C, L]; see {@link #maxPool2d}. */
  public static Tensor maxPool1d(
      Tensor x, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
    Tensor y = Pooling.max(1, x, kernelSize, stride, padding, dilation, ceilMode).values();
    return Operations.watched()
        ? Operations.passed(
            "maxPool1d kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            stride,
            padding,
            dilation,
            ceilMode)
        : y;
  }

  /** The largest of square windows side by side. */
  public static Tensor maxPool2d(Tensor x, int kernelSize) {
    return maxPool2d(x, new int[] {kernelSize}, new int[0], ZERO, ONE, false);
  }

  /**
   * The largest element of each window.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param kernelSize of the window, one value or one for each dimension
   * @param stride from window to window; empty for the kernel size, the default
   * @param padding with -infinity on both sides, at most half of the kernel; default 0
   * @param dilation the distance of a window's points; default 1
   * @param ceilMode whether a last window may reach beyond the input; default false
   * @return [N, C, outH, outW]
   */
  public static Tensor maxPool2d(
      Tensor x, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
    Tensor y = Pooling.max(2, x, kernelSize, stride, padding, dilation, ceilMode).values();
    return Operations.watched()
        ? Operations.passed(
            "maxPool2d kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            stride,
            padding,
            dilation,
            ceilMode)
        : y;
  }

  /** The largest of windows of three dimensions, x [N, C, D, H, W]; see {@link #maxPool2d}. */
  public static Tensor maxPool3d(
      Tensor x, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
    Tensor y = Pooling.max(3, x, kernelSize, stride, padding, dilation, ceilMode).values();
    return Operations.watched()
        ? Operations.passed(
            "maxPool3d kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            stride,
            padding,
            dilation,
            ceilMode)
        : y;
  }

  /** {@link #maxPool1d} with the index in its row of each element that was chosen. */
  public static ValuesIndices maxPool1dWithIndices(
      Tensor x, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
    ValuesIndices y =
        Pooling.max(1, x, kernelSize, stride, padding, dilation, ceilMode).withIndices();
    return Operations.watched()
        ? Operations.passed(
            "maxPool1dWithIndices kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            stride,
            padding,
            dilation,
            ceilMode)
        : y;
  }

  /** {@link #maxPool2d} with the index in its plane (h W + w) of each element that was chosen. */
  public static ValuesIndices maxPool2dWithIndices(
      Tensor x, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
    ValuesIndices y =
        Pooling.max(2, x, kernelSize, stride, padding, dilation, ceilMode).withIndices();
    return Operations.watched()
        ? Operations.passed(
            "maxPool2dWithIndices kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            stride,
            padding,
            dilation,
            ceilMode)
        : y;
  }

  /** {@link #maxPool3d} with the index in its volume of each element that was chosen. */
  public static ValuesIndices maxPool3dWithIndices(
      Tensor x, int[] kernelSize, int[] stride, int[] padding, int[] dilation, boolean ceilMode) {
    ValuesIndices y =
        Pooling.max(3, x, kernelSize, stride, padding, dilation, ceilMode).withIndices();
    return Operations.watched()
        ? Operations.passed(
            "maxPool3dWithIndices kernelSize stride padding dilation ceilMode",
            y,
            x,
            kernelSize,
            stride,
            padding,
            dilation,
            ceilMode)
        : y;
  }

  /** Puts elements back where {@link #maxPool1dWithIndices} found them, zeros elsewhere. */
  public static Tensor maxUnpool1d(Tensor x, Tensor indices, int... outputSize) {
    Tensor y = Pooling.unpool(1, x, indices, outputSize);
    return Operations.watched()
        ? Operations.passed("maxUnpool1d outputSize", y, x, indices, outputSize)
        : y;
  }

  /** Puts elements back where {@link #maxPool2dWithIndices} found them, zeros elsewhere. */
  public static Tensor maxUnpool2d(Tensor x, Tensor indices, int... outputSize) {
    Tensor y = Pooling.unpool(2, x, indices, outputSize);
    return Operations.watched()
        ? Operations.passed("maxUnpool2d outputSize", y, x, indices, outputSize)
        : y;
  }

  /** Puts elements back where {@link #maxPool3dWithIndices} found them, zeros elsewhere. */
  public static Tensor maxUnpool3d(Tensor x, Tensor indices, int... outputSize) {
    Tensor y = Pooling.unpool(3, x, indices, outputSize);
    return Operations.watched()
        ? Operations.passed("maxUnpool3d outputSize", y, x, indices, outputSize)
        : y;
  }

  /** The mean of windows of one dimension, x [N, C, L]; see {@link #avgPool2d}. */
  public static Tensor avgPool1d(
      Tensor x,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      boolean ceilMode,
      boolean countIncludePad) {
    Tensor y = Pooling.average(1, x, kernelSize, stride, padding, ceilMode, countIncludePad, null);
    return Operations.watched()
        ? Operations.passed(
            "avgPool1d kernelSize stride padding ceilMode countIncludePad",
            y,
            x,
            kernelSize,
            stride,
            padding,
            ceilMode,
            countIncludePad)
        : y;
  }

  /** The mean of square windows side by side. */
  public static Tensor avgPool2d(Tensor x, int kernelSize) {
    return avgPool2d(x, new int[] {kernelSize}, new int[0], ZERO, false, true, null);
  }

  /**
   * The mean of each window.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param kernelSize of the window, one value or one for each dimension
   * @param stride from window to window; empty for the kernel size, the default
   * @param padding with zeros on both sides, at most half of the kernel; default 0
   * @param ceilMode whether a last window may reach beyond the input; default false
   * @param countIncludePad whether zeros of the padding count in the mean; default true
   * @param divisorOverride what sums are divided by instead of the count, or null
   * @return [N, C, outH, outW]
   */
  public static Tensor avgPool2d(
      Tensor x,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      boolean ceilMode,
      boolean countIncludePad,
      @Nullable Integer divisorOverride) {
    Tensor y =
        Pooling.average(
            2, x, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
    return Operations.watched()
        ? Operations.passed(
            "avgPool2d kernelSize stride padding ceilMode countIncludePad divisorOverride",
            y,
            x,
            kernelSize,
            stride,
            padding,
            ceilMode,
            countIncludePad,
            divisorOverride)
        : y;
  }

  /** The mean of windows of three dimensions, x [N, C, D, H, W]; see {@link #avgPool2d}. */
  public static Tensor avgPool3d(
      Tensor x,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      boolean ceilMode,
      boolean countIncludePad,
      @Nullable Integer divisorOverride) {
    Tensor y =
        Pooling.average(
            3, x, kernelSize, stride, padding, ceilMode, countIncludePad, divisorOverride);
    return Operations.watched()
        ? Operations.passed(
            "avgPool3d kernelSize stride padding ceilMode countIncludePad divisorOverride",
            y,
            x,
            kernelSize,
            stride,
            padding,
            ceilMode,
            countIncludePad,
            divisorOverride)
        : y;
  }

  /**
   * The norm of order p of each window, (sum of x<sup>p</sup>)<sup>1/p</sup>, of x [N, C, L]; see
   * {@link #lpPool2d}.
   */
  public static Tensor lpPool1d(
      Tensor x, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    Tensor y = Pooling.power(1, x, normType, kernelSize, stride, ceilMode);
    return Operations.watched()
        ? Operations.passed(
            "lpPool1d normType kernelSize stride ceilMode",
            y,
            x,
            normType,
            kernelSize,
            stride,
            ceilMode)
        : y;
  }

  /**
   * The norm of order p of each window, (sum of x<sup>p</sup>)<sup>1/p</sup>.
   *
   * @param x [N, C, H, W], or [C, H, W]
   * @param normType p; infinity for the largest absolute value
   * @param kernelSize of the window, one value or one for each dimension
   * @param stride from window to window; empty for the kernel size, the default
   * @param ceilMode whether a last window may reach beyond the input; default false
   */
  public static Tensor lpPool2d(
      Tensor x, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    Tensor y = Pooling.power(2, x, normType, kernelSize, stride, ceilMode);
    return Operations.watched()
        ? Operations.passed(
            "lpPool2d normType kernelSize stride ceilMode",
            y,
            x,
            normType,
            kernelSize,
            stride,
            ceilMode)
        : y;
  }

  /** The norm of order p of each window of x [N, C, D, H, W]; see {@link #lpPool2d}. */
  public static Tensor lpPool3d(
      Tensor x, double normType, int[] kernelSize, int[] stride, boolean ceilMode) {
    Tensor y = Pooling.power(3, x, normType, kernelSize, stride, ceilMode);
    return Operations.watched()
        ? Operations.passed(
            "lpPool3d normType kernelSize stride ceilMode",
            y,
            x,
            normType,
            kernelSize,
            stride,
            ceilMode)
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

  /**
   * y = (x - mean) / sqrt(var + eps) weight + bias for each channel over the batch. Ioffe and
   * Szegedy (2015), Batch normalization.
   *
   * @param x [N, C, *]
   * @param runningMean [C], or null; used where not training, updated where training
   * @param runningVar [C], or null
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param training whether mean and variance are those of the batch
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

  /**
   * y = x / sqrt(mean(x²) + eps) weight over the last dimensions of each sample. Zhang and Sennrich
   * (2019), Root mean square layer normalization.
   *
   * @param eps null for the distance of 1 to the next number
   */
  public static Tensor rmsNorm(
      Tensor x, int[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    Tensor y = Normalization.rmsNorm(x, normalizedShape, weight, eps);
    return Operations.watched()
        ? Operations.passed("rmsNorm normalizedShape eps", y, x, weight, normalizedShape, eps)
        : y;
  }

  /**
   * Normalises groups of channels of each sample, then scales and shifts by channel. Wu and He
   * (2018), Group normalization.
   *
   * @param x [N, C, *]
   * @param groups a divisor of C
   * @param weight [C], or null for 1
   * @param bias [C], or null for 0
   * @param eps default 1e-5
   */
  public static Tensor groupNorm(
      Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    Tensor y = GroupNormalization.groupNorm(x, groups, weight, bias, eps);
    return Operations.watched()
        ? Operations.passed("groupNorm groups eps", y, x, weight, bias, groups, eps)
        : y;
  }

  /**
   * Normalises each channel of each sample. Ulyanov et al. (2016), Instance normalization.
   *
   * @param x [N, C, *]
   * @param useInputStats whether mean and variance are those of the input, as they are by default
   * @see #batchNorm
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

  // ---- dropout ------------------------------------------------------------------------------

  /** As the next, with the default generator. */
  public static Tensor dropout(Tensor x, double p, boolean training) {
    return dropout(x, p, training, Facula.defaultGenerator());
  }

  /**
   * Zeros elements with probability p and divides the others by 1 - p. Hinton et al. (2012),
   * Improving neural networks by preventing co-adaptation of feature detectors.
   *
   * @param p from 0 to 1; default 0.5
   * @param training the input is returned as it is if false
   */
  public static Tensor dropout(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.dropout("dropout", x, p, training, x.dim(), generator);
    return Operations.watched() ? Operations.passed("dropout p training", y, x, p, training) : y;
  }

  /** Zeros whole channels of x [N, C, *] with probability p; otherwise as {@link #dropout}. */
  public static Tensor featureDropout(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.dropout("featureDropout", x, p, training, 2, generator);
    return Operations.watched()
        ? Operations.passed("featureDropout p training", y, x, p, training)
        : y;
  }

  /**
   * Dropout that keeps mean and variance of self-normalising networks: elements are set to the
   * lower limit of {@link #selu} and all are scaled. Klambauer et al. (2017).
   */
  public static Tensor alphaDropout(Tensor x, double p, boolean training, Generator generator) {
    Tensor y = Dropouts.alpha("alphaDropout", x, p, training, x.dim(), generator);
    return Operations.watched()
        ? Operations.passed("alphaDropout p training", y, x, p, training)
        : y;
  }

  /** {@link #alphaDropout} of whole channels of x [N, C, *]. */
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

  /** x for x &gt; 0, else alpha (exp(x / alpha) - 1). */
  public static Tensor celu(Tensor x, double alpha) {
    if (alpha == 0) {
      throw new IllegalArgumentException("celu: alpha must not be 0");
    }
    Tensor y = Activations.elu("celu", x, alpha, 1, 1 / alpha);
    return Operations.watched() ? Operations.passed("celu alpha", y, x, alpha) : y;
  }

  /** 1.0507 x for x &gt; 0, else 1.7581 (exp(x) - 1). Klambauer et al. (2017). */
  public static Tensor selu(Tensor x) {
    Tensor y = Activations.elu("selu", x, Activations.SELU_ALPHA, Activations.SELU_SCALE, 1);
    return Operations.watched() ? Operations.passed("selu", y, x) : y;
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
    Tensor y =
        switch (approximate) {
          case "none" -> Activations.gelu(x, false);
          case "tanh" -> Activations.gelu(x, true);
          default ->
              throw new IllegalArgumentException(
                  "gelu: approximate must be \"none\" or \"tanh\", was \"" + approximate + "\"");
        };
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

  /**
   * log(1 + exp(beta x)) / beta.
   *
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

  /** min(max(x, low), high). */
  public static Tensor hardtanh(Tensor x, Number low, Number high) {
    Tensor y = Activations.hardtanh("hardtanh", x, low, high);
    return Operations.watched() ? Operations.passed("hardtanh low high", y, x, low, high) : y;
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

  /** x - lambda, x + lambda or 0: what is left of x. */
  public static Tensor softshrink(Tensor x, double lambda) {
    Tensor y = Activations.softshrink(x, lambda);
    return Operations.watched() ? Operations.passed("softshrink lambda", y, x, lambda) : y;
  }

  /** x where |x| &gt; lambda, else 0. */
  public static Tensor hardshrink(Tensor x, double lambda) {
    Tensor y = Activations.hardshrink(x, lambda);
    return Operations.watched() ? Operations.passed("hardshrink lambda", y, x, lambda) : y;
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

  /** The first half along a dimension times the sigmoid of the second. */
  public static Tensor glu(Tensor x, int dim) {
    Tensor y = Activations.glu(x, dim);
    return Operations.watched() ? Operations.passed("glu dim", y, x, dim) : y;
  }

  /** exp(x) / sum(exp(x)) along a dimension. */
  public static Tensor softmax(Tensor x, int dim) {
    return x.softmax(dim);
  }

  /** exp(-x) / sum(exp(-x)) along a dimension. */
  public static Tensor softmin(Tensor x, int dim) {
    Tensor y = x.neg().softmax(dim);
    return Operations.watched() ? Operations.passed("softmin dim", y, x, dim) : y;
  }

  /** x - log(sum(exp(x))) along a dimension. */
  public static Tensor logSoftmax(Tensor x, int dim) {
    return x.logSoftmax(dim);
  }

  // ---- losses -------------------------------------------------------------------------------

  /** The mean of (x - t)<sup>2</sup>. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /** (x - t)<sup>2</sup>. */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    Tensor y = Losses.mse(input, target, reduction);
    return Operations.watched()
        ? Operations.passed("mseLoss reduction", y, input, target, reduction)
        : y;
  }

  /** The mean of |x - t|. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /** |x - t|. */
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    Tensor y = Losses.l1(input, target, reduction);
    return Operations.watched()
        ? Operations.passed("l1Loss reduction", y, input, target, reduction)
        : y;
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, Reduction, double)} with the mean and beta 1. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, Reduction.MEAN, 1);
  }

  /**
   * 0.5 d<sup>2</sup> / beta where |d| &lt; beta, |d| - 0.5 beta elsewhere, d = x - t.
   *
   * @param beta 0 (which is {@link #l1Loss}) or more
   */
  public static Tensor smoothL1Loss(Tensor input, Tensor target, Reduction reduction, double beta) {
    Tensor y = Losses.smoothL1(input, target, reduction, beta);
    return Operations.watched()
        ? Operations.passed("smoothL1Loss reduction beta", y, input, target, reduction, beta)
        : y;
  }

  /** {@link #huberLoss(Tensor, Tensor, Reduction, double)} with the mean and delta 1. */
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, Reduction.MEAN, 1);
  }

  /**
   * 0.5 d<sup>2</sup> where |d| &lt;= delta, delta (|d| - 0.5 delta) elsewhere, d = x - t.
   *
   * @param delta greater than 0
   */
  public static Tensor huberLoss(Tensor input, Tensor target, Reduction reduction, double delta) {
    Tensor y = Losses.huber(input, target, reduction, delta);
    return Operations.watched()
        ? Operations.passed("huberLoss reduction delta", y, input, target, reduction, delta)
        : y;
  }

  /** The mean cross entropy between scores and the right classes. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, null, -100, Reduction.MEAN, 0);
  }

  /**
   * The cross entropy between scores and the right classes: -log(softmax(x)[t]).
   *
   * @param input scores [C], [N, C] or [N, C, d...], before any softmax
   * @param target class indices, INT64 or INT32, in the input's shape without C; or probabilities
   *     of the classes in the input's shape
   * @param weight a weight for each class [C], or null; the mean is then the weighted one
   * @param ignoreIndex a class index of samples that do not count; PyTorch's default: -100
   * @param reduction NONE, MEAN or SUM
   * @param labelSmoothing from 0 to 1, the part of a sample's probability that is spread evenly
   *     over all classes
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      int ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    Tensor y =
        ClassLosses.crossEntropy(input, target, weight, ignoreIndex, reduction, labelSmoothing);
    return Operations.watched()
        ? Operations.passed(
            "crossEntropy ignoreIndex reduction labelSmoothing",
            y,
            input,
            target,
            weight,
            ignoreIndex,
            reduction,
            labelSmoothing)
        : y;
  }

  /**
   * {@link #crossEntropy} of {@link #linear}: the last layer and its loss in one.
   *
   * @param input [in] or [N, in]
   * @param linearWeight [C, in] or [C, d..., in]
   * @param target as for crossEntropy with scores [C], [N, C] or [N, C, d...]
   * @param linearBias [C] or [C, d...], or null
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor linearCrossEntropy(
      Tensor input,
      Tensor linearWeight,
      Tensor target,
      @Nullable Tensor linearBias,
      @Nullable Tensor weight,
      int ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    Tensor y =
        ClassLosses.linearCrossEntropy(
            input,
            linearWeight,
            target,
            linearBias,
            weight,
            ignoreIndex,
            reduction,
            labelSmoothing);
    return Operations.watched()
        ? Operations.passed(
            "linearCrossEntropy ignoreIndex reduction labelSmoothing",
            y,
            input,
            linearWeight,
            target,
            linearBias,
            weight,
            ignoreIndex,
            reduction,
            labelSmoothing)
        : y;
  }

  /** The mean of -x[t]. */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, null, -100, Reduction.MEAN);
  }

  /**
   * The negative log-likelihood of the right classes: -x[t].
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d...]
   * @param target class indices, INT64 or INT32, in the input's shape without C
   * @param weight a weight for each class [C], or null; the mean is then the weighted one
   * @param ignoreIndex a class index of samples that do not count; PyTorch's default: -100
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor nllLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, int ignoreIndex, Reduction reduction) {
    Tensor y = ClassLosses.nll(input, target, weight, ignoreIndex, reduction);
    return Operations.watched()
        ? Operations.passed(
            "nllLoss ignoreIndex reduction", y, input, target, weight, ignoreIndex, reduction)
        : y;
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, Tensor, Reduction)} with the mean, no weight. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, null, Reduction.MEAN);
  }

  /**
   * -w (t log(x) + (1 - t) log(1 - x)), the logarithms at least -100.
   *
   * @param input probabilities
   * @param target probabilities in the same shape
   * @param weight broadcast to the shape, or null
   * @throws IllegalArgumentException if an element of the input is not between 0 and 1
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    Tensor y = Losses.binaryCrossEntropy(input, target, weight, reduction);
    return Operations.watched()
        ? Operations.passed("binaryCrossEntropy reduction", y, input, target, weight, reduction)
        : y;
  }

  /** The mean of the next, without weights. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, null, null, Reduction.MEAN);
  }

  /**
   * -w (p t log(s) + (1 - t) log(1 - s)) with s = sigmoid(x), exact for large x.
   *
   * @param target probabilities in the input's shape
   * @param weight w, broadcast to the shape, or null
   * @param posWeight p, broadcast to the shape, or null
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Tensor posWeight,
      Reduction reduction) {
    Tensor y = Losses.binaryCrossEntropyWithLogits(input, target, weight, posWeight, reduction);
    return Operations.watched()
        ? Operations.passed(
            "binaryCrossEntropyWithLogits reduction",
            y,
            input,
            target,
            weight,
            posWeight,
            reduction)
        : y;
  }

  /** The mean over all elements of t (log(t) - x). */
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, Reduction.MEAN, false);
  }

  /**
   * The Kullback-Leibler divergence t (log(t) - x).
   *
   * @param input logarithms of probabilities
   * @param target probabilities, or their logarithms where logTarget
   * @param reduction BATCHMEAN is the mathematical definition
   */
  public static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    Tensor y = Losses.klDiv(input, target, reduction, logTarget);
    return Operations.watched()
        ? Operations.passed("klDiv reduction logTarget", y, input, target, reduction, logTarget)
        : y;
  }

  /**
   * exp(x) - t x, or without logInput x - t log(x + eps): the loss of a Poisson distribution.
   *
   * @param logInput whether the input is the logarithm of the rate
   * @param full whether Stirling's approximation of log(t!) is added where t &gt; 1
   * @param eps keeps the logarithm finite; PyTorch's default: 1e-8
   */
  public static Tensor poissonNllLoss(
      Tensor input,
      Tensor target,
      boolean logInput,
      boolean full,
      double eps,
      Reduction reduction) {
    Tensor y = Losses.poissonNll(input, target, logInput, full, eps, reduction);
    return Operations.watched()
        ? Operations.passed(
            "poissonNllLoss logInput full eps reduction",
            y,
            input,
            target,
            logInput,
            full,
            eps,
            reduction)
        : y;
  }

  /**
   * 0.5 (log(v) + (x - t)<sup>2</sup> / v), v = max(var, eps): the loss of a normal distribution.
   *
   * @param var variances in the input's shape, or one for each row
   * @param full whether 0.5 log(2 pi) is added
   * @param eps PyTorch's default: 1e-6
   */
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, boolean full, double eps, Reduction reduction) {
    Tensor y = Losses.gaussianNll(input, target, var, full, eps, reduction);
    return Operations.watched()
        ? Operations.passed(
            "gaussianNllLoss full eps reduction", y, input, target, var, full, eps, reduction)
        : y;
  }

  /** x where t is 1, max(0, margin - x) where t is -1. */
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, double margin, Reduction reduction) {
    Tensor y = Losses.hingeEmbedding(input, target, margin, reduction);
    return Operations.watched()
        ? Operations.passed(
            "hingeEmbeddingLoss margin reduction", y, input, target, margin, reduction)
        : y;
  }

  /** log(1 + exp(-t x)), t 1 or -1. */
  public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    Tensor y = Losses.softMargin(input, target, reduction);
    return Operations.watched()
        ? Operations.passed("softMarginLoss reduction", y, input, target, reduction)
        : y;
  }

  /** max(0, -t (a - b) + margin), t 1 or -1. */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    Tensor y = Losses.marginRanking(input1, input2, target, margin, reduction);
    return Operations.watched()
        ? Operations.passed(
            "marginRankingLoss margin reduction", y, input1, input2, target, margin, reduction)
        : y;
  }

  /** 1 - cos(a, b) where t is 1, max(0, cos(a, b) - margin) where t is -1. */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    Tensor y = Losses.cosineEmbedding(input1, input2, target, margin, reduction);
    return Operations.watched()
        ? Operations.passed(
            "cosineEmbeddingLoss margin reduction", y, input1, input2, target, margin, reduction)
        : y;
  }

  /**
   * max(0, d(anchor, positive) - d(anchor, negative) + margin), with the distance d of {@link
   * #pairwiseDistance}.
   *
   * @param margin PyTorch's default: 1
   * @param p the norm; PyTorch's default: 2
   * @param eps PyTorch's default: 1e-6
   * @param swap whether d(positive, negative) is taken where it is the smaller
   */
  public static Tensor tripletMarginLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      double margin,
      double p,
      double eps,
      boolean swap,
      Reduction reduction) {
    Tensor y = Losses.tripletMargin(anchor, positive, negative, margin, p, eps, swap, reduction);
    return Operations.watched()
        ? Operations.passed(
            "tripletMarginLoss margin p eps swap reduction",
            y,
            anchor,
            positive,
            negative,
            margin,
            p,
            eps,
            swap,
            reduction)
        : y;
  }

  /**
   * {@link #tripletMarginLoss} with any distance.
   *
   * @param distance of two tensors, never negative
   */
  public static Tensor tripletMarginWithDistanceLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      BinaryOperator<Tensor> distance,
      double margin,
      boolean swap,
      Reduction reduction) {
    Tensor y =
        Losses.tripletMarginWithDistance(
            anchor, positive, negative, distance, margin, swap, reduction);
    return Operations.watched()
        ? Operations.passed(
            "tripletMarginWithDistanceLoss margin swap reduction",
            y,
            anchor,
            positive,
            negative,
            margin,
            swap,
            reduction)
        : y;
  }

  /**
   * The mean over the classes i other than t of max(0, margin - x[t] + x[i])<sup>p</sup>.
   *
   * @param input [C] or [N, C]
   * @param target class indices [] or [N]
   * @param p 1 or 2
   * @param weight a weight for each class [C], or null
   */
  public static Tensor multiMarginLoss(
      Tensor input,
      Tensor target,
      int p,
      double margin,
      @Nullable Tensor weight,
      Reduction reduction) {
    Tensor y = ClassLosses.multiMargin(input, target, p, margin, weight, reduction);
    return Operations.watched()
        ? Operations.passed(
            "multiMarginLoss p margin reduction", y, input, target, weight, p, margin, reduction)
        : y;
  }

  /**
   * The sum over the right classes t and the others i of max(0, 1 - x[t] + x[i]) / C.
   *
   * @param input [C] or [N, C]
   * @param target in the same shape: the right classes of each sample, then -1
   */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    Tensor y = ClassLosses.multilabelMargin(input, target, reduction);
    return Operations.watched()
        ? Operations.passed("multilabelMarginLoss reduction", y, input, target, reduction)
        : y;
  }

  /** The mean over the classes of {@link #binaryCrossEntropyWithLogits}. */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    Tensor y = ClassLosses.multilabelSoftMargin(input, target, weight, reduction);
    return Operations.watched()
        ? Operations.passed(
            "multilabelSoftMarginLoss reduction", y, input, target, weight, reduction)
        : y;
  }

  // ---- distances ----------------------------------------------------------------------------

  /**
   * The p-norm of a - b + eps along the last dimension.
   *
   * @param p PyTorch's default: 2
   * @param eps PyTorch's default: 1e-6
   * @param keepdim whether the dimension stays with size 1
   */
  public static Tensor pairwiseDistance(Tensor a, Tensor b, double p, double eps, boolean keepdim) {
    Tensor y = Losses.pairwiseDistance(a, b, p, eps, keepdim);
    return Operations.watched()
        ? Operations.passed("pairwiseDistance p eps keepdim", y, a, b, p, eps, keepdim)
        : y;
  }

  /**
   * The cosine of the angle between a and b: a b / (max(|a|, eps) max(|b|, eps)).
   *
   * @param dim the dimension of the vectors; PyTorch's default: 1
   * @param eps PyTorch's default: 1e-8
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
    Tensor y = Losses.cosineSimilarity(a, b, dim, eps);
    return Operations.watched()
        ? Operations.passed("cosineSimilarity dim eps", y, a, b, dim, eps)
        : y;
  }

  // ---- images -------------------------------------------------------------------------------

  /** Options of {@link #interpolate}: either size or scaleFactor has to be set. */
  public static final class InterpolateOptions {
    int @Nullable [] size;
    double @Nullable [] scaleFactor;
    String mode = "nearest";
    @Nullable Boolean alignCorners;
    boolean recomputeScaleFactor;

    private InterpolateOptions() {}

    private Tensor passed(Tensor y, Tensor x) {
      return Operations.passed(
          "interpolate size scaleFactor mode alignCorners recomputeScaleFactor",
          y,
          x,
          size,
          scaleFactor,
          mode,
          alignCorners,
          recomputeScaleFactor);
    }

    /** The size of the output, one for all spatial dimensions or one for each. */
    public InterpolateOptions size(int... values) {
      size = values.clone();
      return this;
    }

    /** The size of the output by that of the input, rounded down. */
    public InterpolateOptions scaleFactor(double... values) {
      scaleFactor = values.clone();
      return this;
    }

    /**
     * {@code nearest}, {@code nearest-exact}, {@code area}, and {@code linear}, {@code bilinear},
     * {@code bicubic} or {@code trilinear} by the number of spatial dimensions. Default: nearest.
     */
    public InterpolateOptions mode(String value) {
      mode = value;
      return this;
    }

    /** Whether the corners' centres stay where they are, for the linear and cubic modes. */
    public InterpolateOptions alignCorners(boolean on) {
      alignCorners = on;
      return this;
    }

    /** Whether the factor is computed anew from the sizes. Default: false. */
    public InterpolateOptions recomputeScaleFactor(boolean on) {
      recomputeScaleFactor = on;
      return this;
    }
  }

  /**
   * The input at another size.
   *
   * <pre>{@code
   * Tensor y = Functional.interpolate(image, o -> o.scaleFactor(2).mode("bilinear"));
   * }</pre>
   *
   * @param x [batch, channels, *] with 1 to 3 spatial dimensions
   */
  public static Tensor interpolate(Tensor x, Consumer<InterpolateOptions> options) {
    InterpolateOptions o = new InterpolateOptions();
    options.accept(o);
    Tensor y = Resampling.interpolate(x, o);
    return Operations.watched() ? o.passed(y, x) : y;
  }

  /** [*, C r r, H, W] to [*, C, H r, W r], r the factor. */
  public static Tensor pixelShuffle(Tensor x, int upscaleFactor) {
    Tensor y = Resampling.pixelShuffle(x, upscaleFactor);
    return Operations.watched()
        ? Operations.passed("pixelShuffle upscaleFactor", y, x, upscaleFactor)
        : y;
  }

  /** [*, C, H r, W r] to [*, C r r, H, W], r the factor. */
  public static Tensor pixelUnshuffle(Tensor x, int downscaleFactor) {
    Tensor y = Resampling.pixelUnshuffle(x, downscaleFactor);
    return Operations.watched()
        ? Operations.passed("pixelUnshuffle downscaleFactor", y, x, downscaleFactor)
        : y;
  }

  /** The channels of all groups taken in turn. */
  public static Tensor channelShuffle(Tensor x, int groups) {
    Tensor y = Resampling.channelShuffle(x, groups);
    return Operations.watched() ? Operations.passed("channelShuffle groups", y, x, groups) : y;
  }

  /**
   * The patches that a convolution looks at, as columns.
   *
   * @param x [N, C, H, W] or [C, H, W]
   * @return [N, C times the patch's area, number of patches]
   */
  public static Tensor unfold(
      Tensor x, int[] kernelSize, int[] dilation, int[] padding, int[] stride) {
    Tensor y = Resampling.unfold(x, kernelSize, dilation, padding, stride);
    return Operations.watched()
        ? Operations.passed(
            "unfold kernelSize dilation padding stride",
            y,
            x,
            kernelSize,
            dilation,
            padding,
            stride)
        : y;
  }

  /**
   * The sum of overlapping patches, the reverse of {@link #unfold}.
   *
   * @param x [N, C times the patch's area, number of patches]
   * @return [N, C, H, W] with the outputSize H and W
   */
  public static Tensor fold(
      Tensor x, int[] outputSize, int[] kernelSize, int[] dilation, int[] padding, int[] stride) {
    Tensor y = Resampling.fold(x, outputSize, kernelSize, dilation, padding, stride);
    return Operations.watched()
        ? Operations.passed(
            "fold outputSize kernelSize dilation padding stride",
            y,
            x,
            outputSize,
            kernelSize,
            dilation,
            padding,
            stride)
        : y;
  }

  /**
   * x / (k + alpha mean of squares)^beta, the mean over size neighbouring channels.
   *
   * @param x [N, C, *]
   */
  public static Tensor localResponseNorm(Tensor x, int size, double alpha, double beta, double k) {
    Tensor y = Resampling.localResponseNorm(x, size, alpha, beta, k);
    return Operations.watched()
        ? Operations.passed("localResponseNorm size alpha beta k", y, x, size, alpha, beta, k)
        : y;
  }

  /** x / max(norm of order p, eps) along a dimension. */
  public static Tensor normalize(Tensor x, double p, int dim, double eps) {
    Tensor y = Resampling.normalize(x, p, dim, eps);
    return Operations.watched() ? Operations.passed("normalize p dim eps", y, x, p, dim, eps) : y;
  }

  /** x / max(its length, 1e-12) along dimension 1. */
  public static Tensor normalize(Tensor x) {
    return normalize(x, 2, 1, 1e-12);
  }

  /** The distances of order p of all pairs of rows of a matrix, each pair once. */
  public static Tensor pdist(Tensor x, double p) {
    Tensor y = Resampling.pdist(x, p);
    return Operations.watched() ? Operations.passed("pdist p", y, x, p) : y;
  }

  // ---- attention ----------------------------------------------------------------------------

  /**
   * softmax(Q K<sup>T</sup> scale + mask) V. Vaswani et al., "Attention Is All You Need", 2017.
   *
   * @param query [..., L, n]
   * @param key [..., S, n]
   * @param value [..., S, m]
   * @param mask what broadcasts to [..., L, S]: BOOL, true where a query sees a key, or what is
   *     added to the scores; null for none. A query that sees no key gives zeros.
   * @param dropoutP the dropout of the weights; 0 for none
   * @param causal each query sees the keys up to its own place only; excludes a mask, unless all
   *     operands are [batch, heads, steps, n] without dropout, where both apply, as in PyTorch
   * @param scale null for 1 / sqrt(n)
   * @return [..., L, m]
   */
  public static Tensor scaledDotProductAttention(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor mask,
      double dropoutP,
      boolean causal,
      @Nullable Double scale) {
    Tensor y = Attention.attention(query, key, value, mask, dropoutP, causal, scale);
    return Operations.watched()
        ? Operations.passed(
            "scaledDotProductAttention dropoutP causal scale",
            y,
            query,
            key,
            value,
            mask,
            dropoutP,
            causal,
            scale)
        : y;
  }

  /** As above without mask, dropout and causality, with the default scale. */
  public static Tensor scaledDotProductAttention(Tensor query, Tensor key, Tensor value) {
    return scaledDotProductAttention(query, key, value, null, 0, false, null);
  }
}
