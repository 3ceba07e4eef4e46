package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.TransposedConvolutionOptions;
import java.util.Arrays;
import java.util.function.Consumer;

/** What transposed convolutions of one, two and three dimensions have in common. */
public abstract class ConvTransposeLayer extends ConvolutionLayer {
  private final int[] outputPadding;
  private final TransposedConvolutionOptions options;

  ConvTransposeLayer(
      int rank,
      int inChannels,
      int outChannels,
      int[] kernelSize,
      Consumer<ConvTransposeOptions> options) {
    this(
        rank, inChannels, outChannels, kernelSize, Check.with(new ConvTransposeOptions(), options));
  }

  private ConvTransposeLayer(
      int rank, int inChannels, int outChannels, int[] kernelSize, ConvTransposeOptions o) {
    super(
        rank,
        inChannels,
        outChannels,
        kernelSize,
        o.stride,
        o.padding,
        o.dilation,
        o.groups,
        o.bias,
        true);
    outputPadding = Check.sizes(name(), "outputPadding", o.outputPadding, rank, 0);
    options = options(outputPadding);
  }

  /** What is added to one side of the output in each dimension. */
  public final int[] outputPadding() {
    return outputPadding.clone();
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
            "%s: an output of %s is not possible for %s (dimension %s lies between %s and %s)"
                .formatted(
                    summary(),
                    Arrays.toString(wanted),
                    Arrays.toString(input.shape()),
                    i,
                    least,
                    least + stride[i] - 1));
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

  @Override
  protected final String extraRepr() {
    return repr("", option("output_padding", outputPadding, 0));
  }
}
