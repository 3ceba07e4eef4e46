package dev.facula.nn;

import dev.facula.ConvolutionOptions;
import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What convolutions of one, two and three dimensions have in common. */
abstract class ConvLayer extends Layer {
  private final int rank;
  private final int inChannels;
  private final int outChannels;
  private final int[] kernelSize;
  private final int[] stride;
  private final int[] padding;
  private final @Nullable String paddingName;
  private final int[] dilation;
  private final int groups;
  private final PadMode paddingMode;
  private final ConvolutionOptions options;
  private final Slot weight;
  private final @Nullable Slot bias;

  ConvLayer(
      int rank, int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    ConvOptions o = new ConvOptions();
    options.accept(o);
    String layer = name();
    this.rank = rank;
    this.inChannels = Check.atLeast(layer, "inChannels", inChannels, 1);
    this.outChannels = Check.atLeast(layer, "outChannels", outChannels, 1);
    this.kernelSize = Check.sizes(layer, "kernelSize", kernelSize, rank, 1);
    stride = Check.sizes(layer, "stride", o.stride, rank, 1);
    dilation = Check.sizes(layer, "dilation", o.dilation, rank, 1);
    groups = Check.groups(layer, o.groups, inChannels, outChannels);
    paddingMode = o.paddingMode;
    paddingName = o.paddingName;
    padding =
        paddingName == null
            ? Check.sizes(layer, "padding", o.padding, rank, 0)
            : named(layer, paddingName);
    this.options = new ConvolutionOptions().stride(stride).dilation(dilation).groups(groups);
    if (paddingMode == PadMode.CONSTANT && paddingName != null) {
      this.options.padding(paddingName);
    } else if (paddingMode == PadMode.CONSTANT) {
      this.options.padding(padding);
    }
    int[] shape = new int[rank + 2];
    shape[0] = outChannels;
    shape[1] = inChannels / groups;
    System.arraycopy(this.kernelSize, 0, shape, 2, rank);
    weight = slot("weight", Tensor.zeros(shape));
    bias = o.bias ? slot("bias", Tensor.zeros(outChannels)) : null;
    resetParameters();
  }

  private int[] named(String layer, String name) {
    if (!name.equals("same") && !name.equals("valid")) {
      throw new IllegalArgumentException(
          layer + ": padding must be \"same\", \"valid\" or sizes, was \"" + name + "\"");
    }
    for (int s : stride) {
      if (name.equals("same") && s != 1) {
        throw new IllegalArgumentException(
            layer + ": padding \"same\" needs a stride of 1, was " + Arrays.toString(stride));
      }
    }
    return new int[rank];
  }

  /** Draws the initial weights anew: U(-k, k) with k = 1 / sqrt(fan in). */
  public final void resetParameters() {
    Init.layer(weight.get(), Slot.read(bias));
  }

  /** The weight [outChannels, inChannels / groups, *kernelSize]. */
  public final Tensor weight() {
    return weight.get();
  }

  /** The bias [outChannels], or null. */
  public final @Nullable Tensor bias() {
    return Slot.read(bias);
  }

  @Override
  final Tensor compute(Tensor input) {
    Check.channels(summary(), input, rank, inChannels);
    Tensor x =
        paddingMode == PadMode.CONSTANT ? input : Functional.pad(input, border(), paddingMode);
    Tensor w = weight.get();
    Tensor b = Slot.read(bias);
    return switch (rank) {
      case 1 -> Functional.conv1d(x, w, b, options);
      case 2 -> Functional.conv2d(x, w, b, options);
      default -> Functional.conv3d(x, w, b, options);
    };
  }

  /** The padding as pairs from the last dimension on. */
  private int[] border() {
    int[] border = new int[2 * rank];
    for (int i = 0; i < rank; i++) {
      int at = 2 * (rank - 1 - i);
      if (paddingName != null && paddingName.equals("same")) {
        int total = Check.product(summary(), "the padding", dilation[i], kernelSize[i] - 1);
        border[at] = total / 2;
        border[at + 1] = total - total / 2;
      } else {
        border[at] = padding[i];
        border[at + 1] = padding[i];
      }
    }
    return border;
  }

  private String summary() {
    return Check.summary(this, inChannels, outChannels, kernelSize);
  }

  @Override
  protected final String extraRepr() {
    StringBuilder s = new StringBuilder();
    s.append(inChannels)
        .append(", ")
        .append(outChannels)
        .append(", kernel_size=")
        .append(Check.tuple(kernelSize))
        .append(", stride=")
        .append(Check.tuple(stride));
    if (paddingName != null) {
      s.append(", padding=").append(paddingName);
    } else if (Arrays.stream(padding).anyMatch(p -> p != 0)) {
      s.append(", padding=").append(Check.tuple(padding));
    }
    if (Arrays.stream(dilation).anyMatch(d -> d != 1)) {
      s.append(", dilation=").append(Check.tuple(dilation));
    }
    if (groups != 1) {
      s.append(", groups=").append(groups);
    }
    if (bias == null) {
      s.append(", bias=False");
    }
    if (paddingMode != PadMode.CONSTANT) {
      s.append(", padding_mode=").append(paddingMode.name().toLowerCase(Locale.ROOT));
    }
    return s.toString();
  }
}
