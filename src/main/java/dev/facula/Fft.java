package dev.facula;

import java.util.Objects;
import java.util.stream.IntStream;

/** What belongs to Fourier transforms, PyTorch's {@code torch.fft}. */
public final class Fft {
  private Fft() {}

  /**
   * Moves the element of frequency 0 from the front of each dimension to its middle.
   *
   * @param dims the dimensions; none for all
   */
  public static Tensor fftshift(Tensor x, int... dims) {
    return shifted(x, dims, 1);
  }

  /** Undoes {@link #fftshift}. */
  public static Tensor ifftshift(Tensor x, int... dims) {
    return shifted(x, dims, -1);
  }

  private static Tensor shifted(Tensor x, int[] dims, int sign) {
    Objects.requireNonNull(x, "x");
    int[] over =
        Objects.requireNonNull(dims, "dims").length == 0
            ? IntStream.range(0, x.dim()).toArray()
            : dims.clone();
    int[] by = new int[over.length];
    for (int i = 0; i < by.length; i++) {
      by[i] = sign * (x.size(over[i]) / 2);
    }
    return over.length == 0 ? x.clone() : x.roll(by, over);
  }
}
