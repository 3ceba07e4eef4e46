package dev.facula;

/** Options of the transforms of {@link Fft}. */
public final class FftOptions {
  int n = -1;
  String norm = "backward";

  FftOptions() {}

  /**
   * The length of the transform: the input is cut, or zeros are added. Default: its own length; for
   * {@link Fft#irfft} twice its length, less 2.
   */
  public FftOptions n(int value) {
    n = Options.require(value >= 1, "fft", "n", "at least 1", value);
    return this;
  }

  /**
   * Which direction divides by n: {@code "backward"} (default), {@code "forward"}, or {@code
   * "ortho"} for both by its square root.
   */
  public FftOptions norm(String value) {
    norm = Options.oneOf("fft", "norm", value, "backward", "forward", "ortho");
    return this;
  }
}
