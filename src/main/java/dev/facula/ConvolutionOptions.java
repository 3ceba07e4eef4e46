package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Options of {@link Functional#conv2d} and its kin. Sizes are one value for all dimensions, or one
 * for each.
 */
public final class ConvolutionOptions {
  static final ConvolutionOptions DEFAULT = new ConvolutionOptions();

  int[] stride = {1};
  int[] padding = {0};
  @Nullable String paddingName;
  int[] dilation = {1};
  int groups = 1;

  /** PyTorch's defaults. */
  public ConvolutionOptions() {}

  /** The step of the kernel. Default: 1. */
  public ConvolutionOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** Zeros on both sides of the input. Default: 0. */
  public ConvolutionOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    paddingName = null;
    return this;
  }

  /** {@code valid} for no padding, or {@code same} for an output of the input's size (stride 1). */
  public ConvolutionOptions padding(String value) {
    paddingName = Objects.requireNonNull(value, "padding");
    padding = new int[] {0};
    return this;
  }

  /** The distance of the kernel's points. Default: 1. */
  public ConvolutionOptions dilation(int... value) {
    dilation = Objects.requireNonNull(value, "dilation").clone();
    return this;
  }

  /** Blocks of channels that see only their own inputs. Default: 1. */
  public ConvolutionOptions groups(int value) {
    groups = value;
    return this;
  }
}
