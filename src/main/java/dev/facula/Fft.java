package dev.facula;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * Fourier transforms, PyTorch's {@code torch.fft}. There are no complex numbers: the last dimension
 * of a complex tensor has size 2 and holds real and imaginary part, as PyTorch's {@code
 * view_as_real} shows them; the dimension before is transformed. All have derivatives.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(1f, 0, 0, 0);
 * Tensor spectrum = Fft.rfft(x); // [[1, 0], [1, 0], [1, 0]]
 * Tensor back = Fft.irfft(spectrum, o -> o.n(4));
 * }</pre>
 */
public final class Fft {
  private Fft() {}

  /** {@link #fft(Tensor, Consumer)} by default options. */
  public static Tensor fft(Tensor x) {
    return fft(x, o -> {});
  }

  /**
   * {@code y[k] = sum over j of x[j] exp(-2 pi i j k / n)}.
   *
   * @param x [*, n, 2]
   * @return [*, n, 2]
   * @throws ShapeException if the last dimension does not have size 2
   * @throws DTypeException for integers
   */
  public static Tensor fft(Tensor x, Consumer<FftOptions> options) {
    FftOptions o = Options.with(new FftOptions(), options);
    return complex("fft", x, o.n, -1, o.norm);
  }

  /** {@link #ifft(Tensor, Consumer)} by default options. */
  public static Tensor ifft(Tensor x) {
    return ifft(x, o -> {});
  }

  /** The inverse of {@link #fft(Tensor, Consumer)}. */
  public static Tensor ifft(Tensor x, Consumer<FftOptions> options) {
    FftOptions o = Options.with(new FftOptions(), options);
    return complex("ifft", x, o.n, 1, o.norm);
  }

  /** {@link #rfft(Tensor, Consumer)} by default options. */
  public static Tensor rfft(Tensor x) {
    return rfft(x, o -> {});
  }

  /**
   * The transform of real numbers, of which the frequencies up to n / 2 say all.
   *
   * @param x [*, n]
   * @return [*, n / 2 + 1, 2]
   */
  public static Tensor rfft(Tensor x, Consumer<FftOptions> options) {
    FftOptions o = Options.with(new FftOptions(), options);
    requireFloating("rfft", x, 1);
    Tensor pairs = complex(x);
    Tensor y = complex("rfft", pairs, o.n, -1, o.norm);
    return y.narrow(-2, 0, y.size(-2) / 2 + 1);
  }

  /** {@link #irfft(Tensor, Consumer)} by default options. */
  public static Tensor irfft(Tensor x) {
    return irfft(x, o -> {});
  }

  /**
   * The inverse of {@link #rfft(Tensor, Consumer)}; the imaginary parts of the first and, for an
   * even length, of the last frequency have no say.
   *
   * @param x [*, n / 2 + 1, 2]
   * @return [*, n]
   */
  public static Tensor irfft(Tensor x, Consumer<FftOptions> options) {
    FftOptions o = Options.with(new FftOptions(), options);
    requirePairs("irfft", x);
    int n = o.n > 0 ? o.n : 2 * (x.size(-2) - 1);
    Options.require(n >= 1, "irfft", "n", "at least 1", n);
    Tensor half = resized(x, n / 2 + 1);
    // the frequencies above n / 2 are the conjugates of those below
    Tensor above = half.narrow(-2, 1, (n - 1) / 2).flip(-2).mul(signs(x));
    Tensor all = Tensor.cat(List.of(half, above), -2);
    return complex("irfft", all, n, 1, o.norm).select(-1, 0);
  }

  /** Real numbers as complex ones. */
  private static Tensor complex(Tensor x) {
    return Tensor.stack(List.of(x, Tensor.zerosLike(x)), -1);
  }

  private static Tensor signs(Tensor x) {
    return Tensor.of(1.0, -1.0).to(x.dtype());
  }

  private static Tensor complex(String op, Tensor x, int length, int sign, String norm) {
    requirePairs(op, x);
    int n = length > 0 ? length : x.size(-2);
    Options.require(n >= 1, op, "n", "at least 1", n);
    boolean divides = norm.equals(sign > 0 ? "backward" : "forward");
    double factor = norm.equals("ortho") ? 1 / Math.sqrt(n) : divides ? 1.0 / n : 1;
    Tensor whole = resized(x, n);
    Tensor y = FourierTransform.apply(op, whole, sign, factor);
    return Operations.watched()
        ? Operations.passed(sign < 0 ? "fft norm" : "ifft norm", y, whole, norm)
        : y;
  }

  private static Tensor resized(Tensor x, int n) {
    int own = x.size(-2);
    return own >= n ? x.narrow(-2, 0, n) : Functional.pad(x, 0, 0, 0, n - own);
  }

  private static void requirePairs(String op, Tensor x) {
    requireFloating(op, x, 2);
    if (x.size(-1) != 2) {
      throw new ShapeException(
          op
              + ": expects pairs of real and imaginary part in the last dimension, got shape "
              + Arrays.toString(x.shape()));
    }
  }

  private static void requireFloating(String op, Tensor x, int dims) {
    Promotion.requireFloating(op, Objects.requireNonNull(x, "x"));
    if (x.dim() < dims) {
      throw new ShapeException(
          op + ": expects at least " + dims + " dimensions, got " + Arrays.toString(x.shape()));
    }
  }

  /**
   * The frequencies of the elements of {@link #fft}, in cycles per sample distance: {@code [0, 1,
   * …, (n - 1) / 2, -(n / 2), …, -1] / (n d)}.
   *
   * @param d the distance of samples
   */
  public static Tensor fftfreq(int n, double d) {
    return frequencies("fftfreq", n, d, n);
  }

  /** Those of {@link #rfft}: {@code [0, 1, …, n / 2] / (n d)}. */
  public static Tensor rfftfreq(int n, double d) {
    return frequencies("rfftfreq", n, d, n / 2 + 1);
  }

  private static Tensor frequencies(String op, int n, double d, int count) {
    Options.require(n >= 1, op, "n", "at least 1", n);
    Tensor k = Tensor.arange(0, count);
    Tensor wrapped = count == n ? k.sub(k.gt((n - 1) / 2).to(k.dtype()).mul(n)) : k;
    return wrapped.to(DType.FLOAT64).div(n * d).to(DType.FLOAT32);
  }

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

  // ---- spectrograms -------------------------------------------------------------------------

  /**
   * The short-time Fourier transform: that of frames of a signal under a window.
   *
   * <pre>{@code
   * Tensor window = Windows.hann(400, o -> o.sym(false));
   * Tensor s = Fft.stft(x, 400, o -> o.window(window).hopLength(160));
   * Tensor power = s.square().sum(-1); // [frequencies, frames]
   * }</pre>
   *
   * @param signal [samples] or [batch, samples]
   * @param nFft samples of a frame
   * @return [*, nFft / 2 + 1, frames, 2]
   */
  public static Tensor stft(Tensor signal, int nFft, Consumer<StftOptions> options) {
    StftOptions o = Options.with(new StftOptions(), options);
    requireSignal("stft", signal, 1);
    Options.require(nFft >= 1, "stft", "nFft", "at least 1", nFft);
    Tensor window = window("stft", nFft, o, signal);
    Tensor x = signal.dim() == 1 ? signal.unsqueeze(0) : signal;
    if (o.center) {
      int[] pad = {nFft / 2, nFft / 2};
      x = Functional.pad(x.unsqueeze(1), pad, o.padMode).squeeze(1);
    }
    if (x.size(1) < nFft) {
      throw new ShapeException(
          "stft: nFft " + nFft + " is more than the " + x.size(1) + " samples of the signal");
    }
    Tensor frames = x.unfold(1, nFft, hop(nFft, o)).mul(window); // [batch, frames, nFft]
    String norm = o.normalized ? "ortho" : "backward";
    Tensor y =
        o.onesided ? rfft(frames, f -> f.norm(norm)) : fft(complex(frames), f -> f.norm(norm));
    y = y.transpose(1, 2);
    return signal.dim() == 1 ? y.squeeze(0) : y;
  }

  /**
   * The signal with this short-time Fourier transform, by adding up its frames; where windows do
   * not overlap enough, an error.
   *
   * @param x [*, nFft / 2 + 1, frames, 2]
   * @return [*, samples]
   * @throws IllegalArgumentException if the windows leave a sample without weight
   */
  public static Tensor istft(Tensor x, int nFft, Consumer<StftOptions> options) {
    StftOptions o = Options.with(new StftOptions(), options);
    requirePairs("istft", x);
    requireSignal("istft", x, 3);
    Options.require(nFft >= 1, "istft", "nFft", "at least 1", nFft);
    int bins = o.onesided ? nFft / 2 + 1 : nFft;
    if (x.size(-3) != bins) {
      throw new ShapeException(
          "istft: expects " + bins + " frequencies, got shape " + Arrays.toString(x.shape()));
    }
    Tensor window = window("istft", nFft, o, x);
    Tensor spectrum = (x.dim() == 3 ? x.unsqueeze(0) : x).transpose(1, 2);
    String norm = o.normalized ? "ortho" : "backward";
    Tensor frames =
        o.onesided
            ? irfft(spectrum, f -> f.n(nFft).norm(norm))
            : ifft(spectrum, f -> f.norm(norm)).select(-1, 0);
    int count = frames.size(1);
    int hop = hop(nFft, o);
    Tensor sum = overlapped(frames.mul(window), nFft, hop);
    Tensor weight = overlapped(window.square().expand(1, count, nFft), nFft, hop);
    int start = o.center ? nFft / 2 : 0;
    int covered = sum.size(1) - 2 * start;
    int length = o.length >= 0 ? o.length : covered;
    int end = Math.min(start + length, sum.size(1));
    sum = sum.narrow(1, start, end - start);
    weight = weight.narrow(1, start, end - start);
    if (end > start && weight.detach().amin().item() < 1e-11) {
      throw new IllegalArgumentException(
          "istft: the windows leave samples without weight; use a smaller hopLength, or center");
    }
    Tensor y = sum.div(weight);
    if (length > end - start) {
      y = Functional.pad(y, 0, length - (end - start));
    }
    return x.dim() == 3 ? y.squeeze(0) : y;
  }

  /** The sum of frames that begin hop samples after each other. */
  private static Tensor overlapped(Tensor frames, int nFft, int hop) {
    int samples = nFft + hop * (frames.size(1) - 1);
    return Functional.fold(
            frames.transpose(1, 2),
            new int[] {1, samples},
            new int[] {1, nFft},
            o -> o.stride(1, hop))
        .reshape(frames.size(0), samples);
  }

  private static int hop(int nFft, StftOptions o) {
    return o.hopLength > 0 ? o.hopLength : Math.max(1, nFft / 4);
  }

  private static void requireSignal(String op, Tensor x, int dims) {
    requireFloating(op, x, dims);
    if (x.dim() > dims + 1) {
      throw new ShapeException(
          op
              + ": expects "
              + dims
              + " or "
              + (dims + 1)
              + " dimensions, got shape "
              + Arrays.toString(x.shape()));
    }
  }

  /** The window in the middle of nFft elements. */
  private static Tensor window(String op, int nFft, StftOptions o, Tensor like) {
    int length = o.winLength > 0 ? o.winLength : nFft;
    Tensor window = o.window == null ? Tensor.ones(like.dtype(), length) : o.window;
    if (length > nFft || window.dim() != 1 || window.size(0) != length) {
      throw new ShapeException(
          "%s: expects a window of winLength %s, at most nFft %s, got shape %s"
              .formatted(op, length, nFft, Arrays.toString(window.shape())));
    }
    int left = (nFft - length) / 2;
    return Functional.pad(window, left, nFft - length - left);
  }

  /**
   * Triangular filters whose middles lie at equal distances on the mel scale, {@code mel = 2595
   * log10(1 + f / 700)}: a spectrogram's power times these is its mel spectrogram.
   *
   * <pre>{@code
   * Tensor mel = a.transpose(0, 1).matmul(Fft.melFilterBank(201, 0, 8000, 80, 16000));
   * }</pre>
   *
   * @param nFreqs frequencies of the spectrogram, from 0 to half of the sample rate
   * @param fMin the lowest frequency, in Hz
   * @param fMax the highest, in Hz
   * @param nMels how many filters
   * @param sampleRate in Hz
   * @return [nFreqs, nMels]
   */
  public static Tensor melFilterBank(
      int nFreqs, double fMin, double fMax, int nMels, int sampleRate) {
    String op = "melFilterBank";
    Options.require(nFreqs >= 2, op, "nFreqs", "at least 2", nFreqs);
    Options.require(nMels >= 1, op, "nMels", "at least 1", nMels);
    Options.require(sampleRate >= 1, op, "sampleRate", "at least 1", sampleRate);
    Options.require(fMin >= 0 && fMin < fMax, op, "fMin", "from 0 to below fMax", fMin);
    double low = mel(fMin);
    double step = (mel(fMax) - low) / (nMels + 1);
    Tensor bank = Tensor.zeros(nFreqs, nMels);
    float[] weights = bank.storage.floats();
    for (int m = 0; m < nMels; m++) {
      double left = hertz(low + m * step);
      double middle = hertz(low + (m + 1) * step);
      double right = hertz(low + (m + 2) * step);
      for (int k = 0; k < nFreqs; k++) {
        double f = sampleRate / 2.0 * k / (nFreqs - 1);
        double slope = Math.min((f - left) / (middle - left), (right - f) / (right - middle));
        weights[k * nMels + m] = (float) Math.max(0, slope);
      }
    }
    return bank;
  }

  private static double mel(double hertz) {
    return 2595 * Math.log10(1 + hertz / 700);
  }

  private static double hertz(double mel) {
    return 700 * (Math.pow(10, mel / 2595) - 1);
  }
}
