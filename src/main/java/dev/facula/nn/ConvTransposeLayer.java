package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.TransposedConvolutionOptions;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What transposed convolutions of one, two and three dimensions have in common. */
abstract class ConvTransposeLayer extends Layer {
  private final int rank;
  private final int inChannels;
  private final int outChannels;
  private final int[] kernelSize;
  private final int[] stride;
  private final int[] padding;
  private final int[] outputPadding;
  private final TransposedConvolutionOptions options;
  private final int[] dilation;
  private final int groups;
  private final Slot weight;
  private final @Nullable Slot bias;

  ConvTransposeLayer(
      int rank,
      int inChannels,
      int outChannels,
      int[] kernelSize,
      Consumer<ConvTransposeOptions> options) {
    ConvTransposeOptions o = new ConvTransposeOptions();
    options.accept(o);
    String layer = name();
    this.rank = rank;
    this.inChannels = Check.atLeast(layer, "inChannels", inChannels, 1);
    this.outChannels = Check.atLeast(layer, "outChannels", outChannels, 1);
    this.kernelSize = Check.sizes(layer, "kernelSize", kernelSize, rank, 1);
    stride = Check.sizes(layer, "stride", o.stride, rank, 1);
    padding = Check.sizes(layer, "padding", o.padding, rank, 0);
    outputPadding = Check.sizes(layer, "outputPadding", o.outputPadding, rank, 0);
    dilation = Check.sizes(layer, "dilation", o.dilation, rank, 1);
    groups = Check.groups(layer, o.groups, inChannels, outChannels);
    this.options = options(outputPadding);
    int[] shape = new int[rank + 2];
    shape[0] = inChannels;
    shape[1] = outChannels / groups;
    System.arraycopy(this.kernelSize, 0, shape, 2, rank);
    weight = slot("weight", Tensor.zeros(shape));
    bias = o.bias ? slot("bias", Tensor.zeros(outChannels)) : null;
    resetParameters();
  }

  /** Draws the initial weights anew. */
  public final void resetParameters() {
    Init.layer(weight.get(), Slot.read(bias));
  }

  /** The weight [inChannels, outChannels / groups, *kernelSize]. */
  public final Tensor weight() {
    return weight.get();
  }

  /** The bias [outChannels], or null. */
  public final @Nullable Tensor bias() {
    return Slot.read(bias);
  }

  @Override
  final Tensor compute(Tensor input) {
    return transposed(input, options);
  }

  /**
   * With an output of a given size, which says how much output padding there is.
   *
   * @param outputSize one value for each dimension that is convolved
   */
  public final Tensor forward(Tensor input, int... outputSize) {
    if (hooked()) {
      return call(this::forward, input, outputSize);
    }
    Check.channels(summary(), input, rank, inChannels);
    int[] wanted = Check.sizes(name(), "outputSize", outputSize, rank, 1);
    int[] extra = new int[rank];
    for (int i = 0; i < rank; i++) {
      long least =
          (input.size(input.dim() - rank + i) - 1L) * stride[i]
              - 2L * padding[i]
              + (long) dilation[i] * (kernelSize[i] - 1)
              + 1;
      if (wanted[i] < least || wanted[i] - least >= stride[i]) {
        throw new ShapeException(
            summary()
                + ": an output of "
                + Arrays.toString(wanted)
                + " is not possible for "
                + Arrays.toString(input.shape())
                + " (dimension "
                + i
                + " lies between "
                + least
                + " and "
                + (least + stride[i] - 1)
                + ")");
      }
      extra[i] = (int) (wanted[i] - least);
    }
    return transposed(input, options(extra));
  }

  private Tensor transposed(Tensor x, TransposedConvolutionOptions o) {
    Check.channels(summary(), x, rank, inChannels);
    Tensor w = weight.get();
    Tensor b = Slot.read(bias);
    return switch (rank) {
      case 1 -> Functional.convTranspose1d(x, w, b, o);
      case 2 -> Functional.convTranspose2d(x, w, b, o);
      default -> Functional.convTranspose3d(x, w, b, o);
    };
  }

  private TransposedConvolutionOptions options(int[] extra) {
    return new TransposedConvolutionOptions()
        .stride(stride)
        .padding(padding)
        .outputPadding(extra)
        .groups(groups)
        .dilation(dilation);
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
    append(s, ", padding=", padding, 0);
    append(s, ", dilation=", dilation, 1);
    append(s, ", output_padding=", outputPadding, 0);
    if (groups != 1) {
      s.append(", groups=").append(groups);
    }
    if (bias == null) {
      s.append(", bias=False");
    }
    return s.toString();
  }

  private static void append(StringBuilder s, String name, int[] sizes, int usual) {
    if (Arrays.stream(sizes).anyMatch(v -> v != usual)) {
      s.append(name).append(Check.tuple(sizes));
    }
  }
}
