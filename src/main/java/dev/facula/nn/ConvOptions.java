package dev.facula.nn;

import dev.facula.PadMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of convolutional layers. Sizes are one value for all dimensions, or one for each. */
public final class ConvOptions {
  int[] stride = {1};
  int[] padding = {0};
  @Nullable String paddingName;
  int[] dilation = {1};
  int groups = 1;
  boolean bias = true;
  PadMode paddingMode = PadMode.CONSTANT;

  ConvOptions() {}

  /** The step of the kernel. Default: 1. */
  public ConvOptions stride(int... value) {
    stride = Objects.requireNonNull(value, "stride").clone();
    return this;
  }

  /** What is added to both sides of the input. Default: 0. */
  public ConvOptions padding(int... value) {
    padding = Objects.requireNonNull(value, "padding").clone();
    paddingName = null;
    return this;
  }

  /**
   * Padding by name.
   *
   * @param value "valid" for none, or "same" for an output of the input's size
   */
  public ConvOptions padding(String value) {
    paddingName = value;
    return this;
  }

  /** The distance of the kernel's points. Default: 1. */
  public ConvOptions dilation(int... value) {
    dilation = Objects.requireNonNull(value, "dilation").clone();
    return this;
  }

  /** Blocks of channels that see only their own inputs. Default: 1. */
  public ConvOptions groups(int value) {
    groups = value;
    return this;
  }

  /** Whether a bias is added. Default: true. */
  public ConvOptions bias(boolean on) {
    bias = on;
    return this;
  }

  /** What the padding is filled with. Default: CONSTANT, zeros. */
  public ConvOptions paddingMode(PadMode mode) {
    paddingMode = Objects.requireNonNull(mode, "mode");
    return this;
  }
}
