package dev.facula;

import java.util.Objects;

/**
 * Options of {@link Functional#convTranspose2d} and its kin. Sizes are one value for all
 * dimensions, or one for each.
 */
public final class TransposedConvolutionOptions {
  static final TransposedConvolutionOptions DEFAULT = new TransposedConvolutionOptions();

  int[] stride = {1};
  int[] padding = {0};
  int[] outputPadding = {0};
  int groups = 1;
  int[] dilation = {1};

  /** PyTorch's defaults. */
  public TransposedConvolutionOptions() {}

  /** The distance of the copies of the kernel in the output. Default: 1. */
  public TransposedConvolutionOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** What is taken off both sides of the output. Default: 0. */
  public TransposedConvolutionOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }

  /** What is added at the end of the output: smaller than stride or dilation. Default: 0. */
  public TransposedConvolutionOptions outputPadding(int... value) {
    outputPadding = Objects.requireNonNull(value, "outputPadding").clone();
    return this;
  }

  /** Blocks of channels that see only their own inputs. Default: 1. */
  public TransposedConvolutionOptions groups(int value) {
    groups = value;
    return this;
  }

  /** The distance of the kernel's points. Default: 1. */
  public TransposedConvolutionOptions dilation(int... value) {
    dilation = Objects.requireNonNull(value, "dilation").clone();
    return this;
  }
}
