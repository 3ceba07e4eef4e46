package dev.facula;

import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;

/**
 * Window functions, PyTorch's {@code torch.signal.windows}: m weights, the largest about 1, all
 * FLOAT32 and symmetric unless the options say otherwise.
 *
 * <pre>{@code
 * Tensor w = Windows.hann(5); // [0, 0.5, 1, 0.5, 0]
 * Tensor spectral = Windows.hann(4, o -> o.sym(false)); // [0, 0.5, 1, 0.5]
 * }</pre>
 */
public final class Windows {
  private Windows() {}

  /** {@link #bartlett(int, Consumer)} by default options. */
  public static Tensor bartlett(int m) {
    return bartlett(m, o -> {});
  }

  /** A triangle: {@code 1 - |2 n / (m - 1) - 1|}. */
  public static Tensor bartlett(int m, Consumer<WindowOptions> options) {
    return window("bartlett", m, options, -1, length -> 2 / (length - 1), k -> 1 - Math.abs(k));
  }

  /** {@link #blackman(int, Consumer)} by default options. */
  public static Tensor blackman(int m) {
    return blackman(m, o -> {});
  }

  /** {@code 0.42 - 0.5 cos(t) + 0.08 cos(2 t)}, {@code t = 2 pi n / (m - 1)}. */
  public static Tensor blackman(int m, Consumer<WindowOptions> options) {
    return cosines("blackman", m, new double[] {0.42, 0.5, 0.08}, options);
  }

  /** {@link #cosine(int, Consumer)} by default options. */
  public static Tensor cosine(int m) {
    return cosine(m, o -> {});
  }

  /** {@code sin(pi (n + 0.5) / m)}. */
  public static Tensor cosine(int m, Consumer<WindowOptions> options) {
    return window("cosine", m, options, 0.5, Double.NaN, length -> Math.PI / length, Math::sin);
  }

  /**
   * {@code exp(-|n - center| / tau)}, the center in the middle.
   *
   * @param tau over how many points it falls to 1 / e; greater than 0
   */
  public static Tensor exponential(int m, double tau, Consumer<WindowOptions> options) {
    Options.positive("exponential", "tau", tau);
    return window(
        "exponential", m, options, Double.NaN, length -> 1 / tau, k -> Math.exp(-Math.abs(k)));
  }

  /**
   * {@code exp(-((n - (m - 1) / 2) / std)² / 2)}.
   *
   * @param std the standard deviation in points; greater than 0
   */
  public static Tensor gaussian(int m, double std, Consumer<WindowOptions> options) {
    Options.positive("gaussian", "std", std);
    return window(
        "gaussian",
        m,
        options,
        Double.NaN,
        length -> 1 / (std * Math.sqrt(2)),
        k -> Math.exp(-k * k));
  }

  /**
   * The sum of {@code (-1)^i a[i] cos(i t)}, {@code t = 2 pi n / (m - 1)}.
   *
   * @param a at least one factor
   */
  public static Tensor generalCosine(int m, double[] a, Consumer<WindowOptions> options) {
    if (Objects.requireNonNull(a, "a").length == 0) {
      throw new IllegalArgumentException("generalCosine: a must have at least one factor");
    }
    return cosines("generalCosine", m, a.clone(), options);
  }

  /** {@code alpha - (1 - alpha) cos(t)}, {@code t = 2 pi n / (m - 1)}. */
  public static Tensor generalHamming(int m, double alpha, Consumer<WindowOptions> options) {
    return cosines("generalHamming", m, new double[] {alpha, 1 - alpha}, options);
  }

  /** {@link #hamming(int, Consumer)} by default options. */
  public static Tensor hamming(int m) {
    return hamming(m, o -> {});
  }

  /** {@link #generalHamming} with alpha 0.54. */
  public static Tensor hamming(int m, Consumer<WindowOptions> options) {
    return cosines("hamming", m, new double[] {0.54, 0.46}, options);
  }

  /** {@link #hann(int, Consumer)} by default options. */
  public static Tensor hann(int m) {
    return hann(m, o -> {});
  }

  /** {@code (1 - cos(2 pi n / (m - 1))) / 2}. */
  public static Tensor hann(int m, Consumer<WindowOptions> options) {
    return cosines("hann", m, new double[] {0.5, 0.5}, options);
  }

  /**
   * {@code I0(beta sqrt(1 - ((n - h) / h)²)) / I0(beta)}, {@code h = (m - 1) / 2}.
   *
   * @param beta how narrow it is; at least 0
   */
  public static Tensor kaiser(int m, double beta, Consumer<WindowOptions> options) {
    Options.require(beta >= 0, "kaiser", "beta", "at least 0", beta);
    double middle = BesselFunctions.scaledI(0, beta);
    return window(
        "kaiser",
        m,
        options,
        -1,
        length -> 2 / (length - 1),
        k -> {
          double x = beta * Math.sqrt(Math.max(0, 1 - k * k));
          return BesselFunctions.scaledI(0, x) * Math.exp(x - beta) / middle;
        });
  }

  /** {@link #nuttall(int, Consumer)} by default options. */
  public static Tensor nuttall(int m) {
    return nuttall(m, o -> {});
  }

  /** {@link #generalCosine} with Nuttall's four factors. */
  public static Tensor nuttall(int m, Consumer<WindowOptions> options) {
    return cosines(
        "nuttall", m, new double[] {0.3635819, 0.4891775, 0.1365995, 0.0106411}, options);
  }

  private static Tensor cosines(String op, int m, double[] a, Consumer<WindowOptions> options) {
    return window(
        op,
        m,
        options,
        0,
        length -> 2 * Math.PI / (length - 1),
        t -> {
          double sum = 0;
          for (int i = 0; i < a.length; i++) {
            sum += (i % 2 == 0 ? a[i] : -a[i]) * Math.cos(i * t);
          }
          return sum;
        });
  }

  private static Tensor window(
      String op,
      int m,
      Consumer<WindowOptions> options,
      double start,
      DoubleUnaryOperator step,
      DoubleUnaryOperator f) {
    return window(op, m, options, Double.NaN, start, step, f);
  }

  /**
   * f at m points.
   *
   * @param shift where the first point lies, in steps
   * @param start where it lies, if shift is NaN; NaN too: as far before 0 as the last one behind
   * @param step between points, by the length of the symmetric window
   */
  private static Tensor window(
      String op,
      int m,
      Consumer<WindowOptions> options,
      double shift,
      double start,
      DoubleUnaryOperator step,
      DoubleUnaryOperator f) {
    WindowOptions o = Options.with(new WindowOptions(), options);
    Options.require(m >= 0, op, "m", "at least 0", m);
    if (!o.dtype.isFloatingPoint()) {
      throw new DTypeException(op + ": a window is floating point, not " + o.dtype);
    }
    double length = o.sym || m == 1 ? m : m + 1;
    double d = m == 1 ? 0 : step.applyAsDouble(length);
    double first = shift == shift ? shift * d : start == start ? start : -(length - 1) / 2 * d;
    Tensor window = Tensor.empty(DType.FLOAT64, m);
    double[] weights = window.storage.doubles();
    for (int n = 0; n < m; n++) {
      weights[n] = m == 1 ? 1 : f.applyAsDouble(first + n * d);
    }
    return window.to(o.dtype);
  }
}
