package dev.facula;

import java.util.Objects;

/** Options of {@link Windows}. */
public final class WindowOptions {
  DType dtype = DType.FLOAT32;
  boolean sym = true;

  WindowOptions() {}

  /** A floating-point type. Default: FLOAT32. */
  public WindowOptions dtype(DType value) {
    dtype = Objects.requireNonNull(value, "dtype");
    return this;
  }

  /**
   * Whether the window is symmetric, for filters; a periodic one, for spectra, is a symmetric one
   * with one more point, which is left out. Default: true.
   */
  public WindowOptions sym(boolean on) {
    sym = on;
    return this;
  }
}
