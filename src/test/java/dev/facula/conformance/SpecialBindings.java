package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Fft;
import dev.facula.Special;
import dev.facula.Tensor;
import dev.facula.WindowOptions;
import dev.facula.Windows;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Special functions, windows, and what belongs to Fourier transforms. */
final class SpecialBindings {
  private final Bindings bindings;

  private SpecialBindings(Bindings bindings) {
    this.bindings = bindings;
  }

  static void addTo(Bindings bindings) {
    SpecialBindings table = new SpecialBindings(bindings);
    table.functions();
    table.windows();
  }

  private void unary(String name, UnaryOperator<Tensor> op) {
    bindings.bind(name, a -> op.apply(a.tensor(0, "input")));
  }

  /**
   * PyTorch's own error, against values of 30 digits, is up to 7e-7 for J and Y between 4 and 11,
   * and 3e-6 for Ai between -2.6 and -2.1; here it is below 1e-11.
   */
  private void bessel(String name, UnaryOperator<Tensor> op) {
    bindings.bind(
        name,
        a -> op.apply(a.tensor(0, "input")),
        type -> type == DType.FLOAT64 ? new Tolerance(1e-7, 4e-6) : Tolerance.of(type));
  }

  private void binary(String name, BinaryOperator<Tensor> op) {
    bindings.bind(name, a -> op.apply(a.tensor(0, "input"), a.tensor(1, "other")));
  }

  private void functions() {
    unary("special.entr", Special::entr);
    unary("special.erfcx", Special::erfcx);
    unary("special.ndtr", Special::ndtr);
    unary("special.ndtri", Special::ndtri);
    unary("special.log_ndtr", Special::logNdtr);
    unary("special.i0e", Special::i0e);
    unary("special.i1", Special::i1);
    unary("special.i1e", Special::i1e);
    bessel("special.bessel_j0", Special::besselJ0);
    bessel("special.bessel_j1", Special::besselJ1);
    bessel("special.bessel_y0", Special::besselY0);
    bessel("special.bessel_y1", Special::besselY1);
    unary("special.modified_bessel_i0", Special::modifiedBesselI0);
    unary("special.modified_bessel_i1", Special::modifiedBesselI1);
    unary("special.modified_bessel_k0", Special::modifiedBesselK0);
    unary("special.modified_bessel_k1", Special::modifiedBesselK1);
    unary("special.scaled_modified_bessel_k0", Special::scaledModifiedBesselK0);
    unary("special.scaled_modified_bessel_k1", Special::scaledModifiedBesselK1);
    unary("special.spherical_bessel_j0", Special::sphericalBesselJ0);
    bessel("special.airy_ai", Special::airyAi);
    binary("special.chebyshev_polynomial_t", Special::chebyshevPolynomialT);
    binary("special.chebyshev_polynomial_u", Special::chebyshevPolynomialU);
    binary("special.chebyshev_polynomial_v", Special::chebyshevPolynomialV);
    binary("special.chebyshev_polynomial_w", Special::chebyshevPolynomialW);
    binary("special.shifted_chebyshev_polynomial_t", Special::shiftedChebyshevPolynomialT);
    binary("special.shifted_chebyshev_polynomial_u", Special::shiftedChebyshevPolynomialU);
    binary("special.shifted_chebyshev_polynomial_v", Special::shiftedChebyshevPolynomialV);
    binary("special.shifted_chebyshev_polynomial_w", Special::shiftedChebyshevPolynomialW);
    binary("special.hermite_polynomial_h", Special::hermitePolynomialH);
    binary("special.hermite_polynomial_he", Special::hermitePolynomialHe);
    binary("special.laguerre_polynomial_l", Special::laguerrePolynomialL);
    binary("special.legendre_polynomial_p", Special::legendrePolynomialP);
    binary("special.xlog1py", Special::xlog1py);
    binary("special.zeta", Special::zeta);
    unary("lgamma", Tensor::lgamma);
    unary("digamma", Tensor::digamma);
    unary("i0", Tensor::i0);
    binary("igamma", Tensor::igamma);
    binary("igammac", Tensor::igammac);
    binary("ldexp", Tensor::ldexp);
    binary("nextafter", Tensor::nextafter);
    unary("isreal", Tensor::isreal);
    bindings.bind(
        "frexp",
        a -> {
          Tensor.Frexp y = a.tensor(0, "input").frexp();
          return List.of(y.mantissa(), y.exponent());
        });
    for (String name : List.of("polygamma", "special.polygamma")) {
      bindings.bind(name, a -> a.tensor(0, "input").polygamma(a.integer(1, "n")));
    }
    bindings.bind("mvlgamma", a -> a.tensor(0, "input").mvlgamma(a.integer(1, "p")));
    bindings.bind(
        "fft.fftshift", a -> Fft.fftshift(a.tensor(0, "input"), a.ints(1, "dim", new int[0])));
  }

  private interface Window {
    Tensor of(int m, Consumer<WindowOptions> options);
  }

  private void window(String name, Function<Arguments, Window> window) {
    bindings.bind(
        "signal.windows." + name,
        a -> {
          boolean sym = a.flag(-1, "sym", true);
          DType dtype = a.dtype(-1, "dtype");
          a.flag(-1, "requires_grad", false);
          return window
              .apply(a)
              .of(a.integer(0, "M"), o -> o.sym(sym).dtype(dtype == null ? DType.FLOAT32 : dtype));
        });
  }

  private void windows() {
    window("bartlett", a -> Windows::bartlett);
    window("blackman", a -> Windows::blackman);
    window("cosine", a -> Windows::cosine);
    window("hamming", a -> Windows::hamming);
    window("hann", a -> Windows::hann);
    window("nuttall", a -> Windows::nuttall);
    window(
        "exponential",
        a -> {
          double tau = a.real(-1, "tau", 1);
          return (m, o) -> Windows.exponential(m, tau, o);
        });
    window(
        "gaussian",
        a -> {
          double std = a.real(-1, "std", 1);
          return (m, o) -> Windows.gaussian(m, std, o);
        });
    window(
        "kaiser",
        a -> {
          double beta = a.real(-1, "beta", 12);
          return (m, o) -> Windows.kaiser(m, beta, o);
        });
    window(
        "general_hamming",
        a -> {
          double alpha = a.real(-1, "alpha", 0.54);
          return (m, o) -> Windows.generalHamming(m, alpha, o);
        });
    window(
        "general_cosine",
        a -> {
          double[] factors = a.reals(-1, "a");
          return (m, o) -> Windows.generalCosine(m, factors, o);
        });
  }
}
