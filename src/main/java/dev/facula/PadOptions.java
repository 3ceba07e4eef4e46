package dev.facula;

import java.util.Objects;

/** Options of {@link Functional#pad}. */
public final class PadOptions {
  PadMode mode = PadMode.CONSTANT;
  Number value = 0;

  /** PyTorch's defaults. */
  public PadOptions() {}

  /** What the border is filled with. Default: CONSTANT. */
  public PadOptions mode(PadMode value) {
    mode = Objects.requireNonNull(value, "mode");
    return this;
  }

  /** The value of CONSTANT. Default: 0. */
  public PadOptions value(Number value) {
    this.value = Objects.requireNonNull(value, "value");
    return this;
  }
}
