package dev.facula;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Options of {@link Fft#stft} and {@link Fft#istft}. */
public final class StftOptions {
  int hopLength;
  int winLength;
  @Nullable Tensor window;
  boolean center = true;
  PadMode padMode = PadMode.REFLECT;
  boolean normalized;
  boolean onesided = true;
  int length = -1;

  StftOptions() {}

  /** Samples from frame to frame. Default: a quarter of nFft. */
  public StftOptions hopLength(int value) {
    hopLength = Options.require(value >= 1, "stft", "hopLength", "at least 1", value);
    return this;
  }

  /** Samples of a frame that the window shows; zeros lie around it. Default: nFft. */
  public StftOptions winLength(int value) {
    winLength = Options.require(value >= 1, "stft", "winLength", "at least 1", value);
    return this;
  }

  /** The window, of winLength elements, as {@link Windows} has it. Default: ones. */
  public StftOptions window(@Nullable Tensor value) {
    window = value;
    return this;
  }

  /** Whether frame t is around sample t times hopLength rather than from it on. Default: true. */
  public StftOptions center(boolean on) {
    center = on;
    return this;
  }

  /** How the signal is continued where center is on. Default: REFLECT. */
  public StftOptions padMode(PadMode value) {
    padMode = Objects.requireNonNull(value, "padMode");
    return this;
  }

  /** Whether all is divided by the square root of nFft. Default: false. */
  public StftOptions normalized(boolean on) {
    normalized = on;
    return this;
  }

  /** Whether only the frequencies up to nFft / 2 are there. Default: true. */
  public StftOptions onesided(boolean on) {
    onesided = on;
    return this;
  }

  /** Samples that {@link Fft#istft} gives. Default: what the frames cover. */
  public StftOptions length(int value) {
    length = Options.require(value >= 0, "istft", "length", "at least 0", value);
    return this;
  }
}
