package dev.facula.nn;

import java.util.Objects;

/** Options of transposed convolutions. Sizes are one value for all dimensions, or one for each. */
public final class ConvTransposeOptions {
  int[] stride = {1};
  int[] padding = {0};
  int[] outputPadding = {0};
  int[] dilation = {1};
  int groups = 1;
  boolean bias = true;

  ConvTransposeOptions() {}

  /** The distance of the copies of the kernel in the output. Default: 1. */
  public ConvTransposeOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** What is taken off both sides of the output. Default: 0. */
  public ConvTransposeOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    return this;
  }

  /** What is added at the end of the output: smaller than stride or dilation. Default: 0. */
  public ConvTransposeOptions outputPadding(int... value) {
    outputPadding = Objects.requireNonNull(value, "outputPadding").clone();
    return this;
  }

  /** The distance of the kernel's points. Default: 1. */
  public ConvTransposeOptions dilation(int... value) {
    dilation = Objects.requireNonNull(value, "dilation").clone();
    return this;
  }

  /** Blocks of channels that see only their own inputs. Default: 1. */
  public ConvTransposeOptions groups(int value) {
    groups = value;
    return this;
  }

  /** Whether a bias is added. Default: true. */
  public ConvTransposeOptions bias(boolean on) {
    bias = on;
    return this;
  }
}
