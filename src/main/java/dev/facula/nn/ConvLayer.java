package dev.facula.nn;

import dev.facula.ConvolutionOptions;
import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;

/** What convolutions of one, two and three dimensions have in common. */
public abstract class ConvLayer extends ConvolutionLayer {
  private final String paddingName; // empty for sizes
  private final PadMode paddingMode;
  private final ConvolutionOptions options;

  ConvLayer(
      int rank, int inChannels, int outChannels, int[] kernelSize, Consumer<ConvOptions> options) {
    this(rank, inChannels, outChannels, kernelSize, Check.with(new ConvOptions(), options));
  }

  private ConvLayer(int rank, int inChannels, int outChannels, int[] kernelSize, ConvOptions o) {
    super(
        rank,
        inChannels,
        outChannels,
        kernelSize,
        o.stride,
        o.paddingName == null ? o.padding : new int[] {0},
        o.dilation,
        o.groups,
        o.bias,
        false);
    paddingMode = o.paddingMode;
    paddingName = o.paddingName == null ? "" : o.paddingName;
    if (o.paddingName != null) {
      requireName(name(), paddingName);
    }
    options = new ConvolutionOptions().stride(stride).dilation(dilation).groups(groups);
    if (paddingMode == PadMode.CONSTANT && o.paddingName != null) {
      options.padding(paddingName);
    } else if (paddingMode == PadMode.CONSTANT) {
      options.padding(padding);
    }
  }

  private void requireName(String layer, String name) {
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
  }

  /** What the padding is filled with. */
  public final PadMode paddingMode() {
    return paddingMode;
  }

  @Override
  public final int[] padding() {
    int[] result = super.padding();
    for (int i = 0; i < rank && paddingName.equals("same"); i++) {
      result[i] = total(i) / 2;
    }
    return result;
  }

  /** What "same" adds to both sides of a dimension together. */
  private int total(int i) {
    return Check.product(summary(), "the padding", dilation[i], kernelSize[i] - 1);
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
    int[] before = padding();
    int[] border = new int[2 * rank];
    for (int i = 0; i < rank; i++) {
      int at = 2 * (rank - 1 - i);
      border[at] = before[i];
      border[at + 1] = paddingName.equals("same") ? total(i) - before[i] : before[i];
    }
    return border;
  }

  @Override
  protected final String extraRepr() {
    String mode = paddingMode.name().toLowerCase(Locale.ROOT);
    return repr(paddingName, "")
        + (paddingMode == PadMode.CONSTANT ? "" : ", padding_mode=" + mode);
  }
}
