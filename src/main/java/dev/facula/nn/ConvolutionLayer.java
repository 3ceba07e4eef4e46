package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What convolutions and transposed convolutions have in common: sizes, weight and bias. */
public abstract class ConvolutionLayer extends Layer {
  final int rank;
  final int inChannels;
  final int outChannels;
  final int[] kernelSize;
  final int[] stride;
  final int[] padding;
  final int[] dilation;
  final int groups;
  final Slot weight;
  final @Nullable Slot bias;

  /** Sizes are one for all dimensions or one for each. */
  ConvolutionLayer(
      int rank,
      int inChannels,
      int outChannels,
      int[] kernelSize,
      int[] stride,
      int[] padding,
      int[] dilation,
      int groups,
      boolean withBias,
      boolean transposed) {
    String layer = name();
    this.rank = rank;
    this.inChannels = Check.atLeast(layer, "inChannels", inChannels, 1);
    this.outChannels = Check.atLeast(layer, "outChannels", outChannels, 1);
    this.kernelSize = Check.sizes(layer, "kernelSize", kernelSize, rank, 1);
    this.stride = Check.sizes(layer, "stride", stride, rank, 1);
    this.padding = Check.sizes(layer, "padding", padding, rank, 0);
    this.dilation = Check.sizes(layer, "dilation", dilation, rank, 1);
    this.groups = Check.groups(layer, groups, inChannels, outChannels);
    int[] shape = new int[rank + 2];
    shape[0] = transposed ? inChannels : outChannels;
    shape[1] = (transposed ? outChannels : inChannels) / groups;
    System.arraycopy(this.kernelSize, 0, shape, 2, rank);
    weight = slot("weight", Tensor.zeros(shape));
    bias = withBias ? slot("bias", Tensor.zeros(outChannels)) : null;
    resetParameters();
  }

  /** Draws the initial weights anew: U(-k, k) with k = 1 / sqrt(fan in). */
  public final void resetParameters() {
    Init.layer(weight.get(), Slot.read(bias));
  }

  /**
   * The weight [outChannels, inChannels / groups, *kernelSize], of a transposed convolution
   * [inChannels, outChannels / groups, *kernelSize].
   */
  public final Tensor weight() {
    return weight.get();
  }

  /** The bias [outChannels], or null. */
  public final @Nullable Tensor bias() {
    return Slot.read(bias);
  }

  /** Channels of the input. */
  public final int inChannels() {
    return inChannels;
  }

  /** Channels of the output. */
  public final int outChannels() {
    return outChannels;
  }

  /** The size of the kernel in each dimension. */
  public final int[] kernelSize() {
    return kernelSize.clone();
  }

  /** The step of the kernel in each dimension. */
  public final int[] stride() {
    return stride.clone();
  }

  /** What is added to both sides of the input in each dimension; with "same" in front of it. */
  public int[] padding() {
    return padding.clone();
  }

  /** The distance of the kernel's points in each dimension. */
  public final int[] dilation() {
    return dilation.clone();
  }

  /** Blocks of channels that see only their own inputs. */
  public final int groups() {
    return groups;
  }

  final String summary() {
    return Check.summary(this, inChannels, outChannels, kernelSize);
  }

  /** The options as PyTorch prints them, with further ones before the groups. */
  final String repr(String paddingName, String further) {
    StringBuilder s = new StringBuilder();
    s.append(inChannels).append(", ").append(outChannels);
    s.append(", kernel_size=").append(Check.tuple(kernelSize));
    s.append(", stride=").append(Check.tuple(stride));
    s.append(paddingName.isEmpty() ? option("padding", padding, 0) : ", padding=" + paddingName);
    s.append(option("dilation", dilation, 1)).append(further);
    s.append(groups == 1 ? "" : ", groups=" + groups).append(bias == null ? ", bias=False" : "");
    return s.toString();
  }

  static String option(String name, int[] sizes, int usual) {
    boolean plain = Arrays.stream(sizes).allMatch(v -> v == usual);
    return plain ? "" : ", " + name + "=" + Check.tuple(sizes);
  }
}
