package dev.facula;

import java.util.Objects;

/**
 * Special functions, PyTorch's {@code torch.special}, element by element: computed in double
 * precision and rounded to the type of the operand, which integers have FLOAT32 instead of. Bessel
 * functions and polynomials have no derivatives, as in PyTorch.
 *
 * <p>Those that are methods in PyTorch, too, are methods of {@link Tensor}: lgamma, digamma,
 * polygamma, mvlgamma, igamma, igammac, i0, erf, erfc, erfinv, exp2, expm1, log1p, logit, sinc,
 * xlogy.
 *
 * <pre>{@code
 * Tensor p = Special.ndtr(Tensor.of(-1.96, 0.0, 1.96)); // [0.025, 0.5, 0.975]
 * }</pre>
 */
public final class Special {
  private Special() {}

  /** -x log(x), element by element: 0 at 0, -infinity below. */
  public static Tensor entr(Tensor x) {
    return SpecialOps.entr().apply(x);
  }

  /** e^(x²) erfc(x), which does not underflow for large x. */
  public static Tensor erfcx(Tensor x) {
    return SpecialOps.erfcx().apply(x);
  }

  /** The distribution function of the normal distribution: erfc(-x / sqrt(2)) / 2. */
  public static Tensor ndtr(Tensor x) {
    return SpecialOps.ndtr().apply(x);
  }

  /** The inverse of {@link #ndtr}; infinite at 0 and 1, NaN outside. */
  public static Tensor ndtri(Tensor x) {
    return SpecialOps.ndtri().apply(x);
  }

  /** The logarithm of {@link #ndtr}, exact far below 0, too. */
  public static Tensor logNdtr(Tensor x) {
    return SpecialOps.logNdtr().apply(x);
  }

  /** {@link Tensor#i0} times e^-|x|. */
  public static Tensor i0e(Tensor x) {
    return SpecialOps.i0e().apply(x);
  }

  /** The modified Bessel function of the first kind of order 1. */
  public static Tensor i1(Tensor x) {
    return SpecialOps.i1().apply(x);
  }

  /** {@link #i1} times e^-|x|. */
  public static Tensor i1e(Tensor x) {
    return SpecialOps.i1e().apply(x);
  }

  /**
   * a log(1 + b), with broadcasting: 0 where a is 0, whatever b but NaN.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public static Tensor xlog1py(Tensor a, Tensor b) {
    return SpecialOps.xlog1py().apply(Objects.requireNonNull(a, "a"), b);
  }

  /**
   * Hurwitz's zeta function, the sum of (q + k)^-x over k from 0, with broadcasting: infinite for x
   * = 1, NaN below. The derivative by q alone is defined.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public static Tensor zeta(Tensor x, Tensor q) {
    return SpecialOps.zeta().apply(Objects.requireNonNull(x, "x"), q);
  }

  /** The Bessel function of the first kind of order 0. */
  public static Tensor besselJ0(Tensor x) {
    return SpecialOps.fixed("besselJ0", v -> BesselFunctions.j(0, v)).apply(x);
  }

  /** The Bessel function of the first kind of order 1. */
  public static Tensor besselJ1(Tensor x) {
    return SpecialOps.fixed("besselJ1", v -> BesselFunctions.j(1, v)).apply(x);
  }

  /** The Bessel function of the second kind of order 0: -infinity at 0, NaN below. */
  public static Tensor besselY0(Tensor x) {
    return SpecialOps.fixed("besselY0", v -> BesselFunctions.y(0, v)).apply(x);
  }

  /** The Bessel function of the second kind of order 1: -infinity at 0, NaN below. */
  public static Tensor besselY1(Tensor x) {
    return SpecialOps.fixed("besselY1", v -> BesselFunctions.y(1, v)).apply(x);
  }

  /** The modified Bessel function of the first kind of order 0. */
  public static Tensor modifiedBesselI0(Tensor x) {
    return SpecialOps.fixed("modifiedBesselI0", v -> BesselFunctions.i(0, v)).apply(x);
  }

  /** The modified Bessel function of the first kind of order 1. */
  public static Tensor modifiedBesselI1(Tensor x) {
    return SpecialOps.fixed("modifiedBesselI1", v -> BesselFunctions.i(1, v)).apply(x);
  }

  /** The modified Bessel function of the second kind of order 0: infinite at 0, NaN below. */
  public static Tensor modifiedBesselK0(Tensor x) {
    return SpecialOps.fixed("modifiedBesselK0", v -> BesselFunctions.k(0, v)).apply(x);
  }

  /** The modified Bessel function of the second kind of order 1: infinite at 0, NaN below. */
  public static Tensor modifiedBesselK1(Tensor x) {
    return SpecialOps.fixed("modifiedBesselK1", v -> BesselFunctions.k(1, v)).apply(x);
  }

  /** {@link #modifiedBesselK0} times e^x. */
  public static Tensor scaledModifiedBesselK0(Tensor x) {
    return SpecialOps.fixed("scaledModifiedBesselK0", v -> BesselFunctions.scaledK(0, v)).apply(x);
  }

  /** {@link #modifiedBesselK1} times e^x. */
  public static Tensor scaledModifiedBesselK1(Tensor x) {
    return SpecialOps.fixed("scaledModifiedBesselK1", v -> BesselFunctions.scaledK(1, v)).apply(x);
  }

  /** The spherical Bessel function of the first kind of order 0: sin(x) / x, 1 at 0. */
  public static Tensor sphericalBesselJ0(Tensor x) {
    return SpecialOps.fixed("sphericalBesselJ0", BesselFunctions::sphericalJ0).apply(x);
  }

  /** Airy's function Ai. */
  public static Tensor airyAi(Tensor x) {
    return SpecialOps.fixed("airyAi", BesselFunctions::airyAi).apply(x);
  }

  /**
   * The Chebyshev polynomial of the first kind of degree n: {@code T(0) = 1, T(1) = x, T(n + 1) = 2
   * x T(n) - T(n - 1)}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor chebyshevPolynomialT(Tensor x, Tensor n) {
    return SpecialOps.fixed("chebyshevPolynomialT", Polynomials::chebyshevT)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The Chebyshev polynomial of the second kind of degree n: {@code U(1) = 2 x}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor chebyshevPolynomialU(Tensor x, Tensor n) {
    return SpecialOps.fixed("chebyshevPolynomialU", Polynomials::chebyshevU)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The Chebyshev polynomial of the third kind of degree n: {@code V(1) = 2 x - 1}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor chebyshevPolynomialV(Tensor x, Tensor n) {
    return SpecialOps.fixed("chebyshevPolynomialV", Polynomials::chebyshevV)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The Chebyshev polynomial of the fourth kind of degree n: {@code W(1) = 2 x + 1}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor chebyshevPolynomialW(Tensor x, Tensor n) {
    return SpecialOps.fixed("chebyshevPolynomialW", Polynomials::chebyshevW)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * {@link #chebyshevPolynomialT} of 2 x - 1.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor shiftedChebyshevPolynomialT(Tensor x, Tensor n) {
    return SpecialOps.fixed(
            "shiftedChebyshevPolynomialT", (v, k) -> Polynomials.chebyshevT(2 * v - 1, k))
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * {@link #chebyshevPolynomialU} of 2 x - 1.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor shiftedChebyshevPolynomialU(Tensor x, Tensor n) {
    return SpecialOps.fixed(
            "shiftedChebyshevPolynomialU", (v, k) -> Polynomials.chebyshevU(2 * v - 1, k))
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * {@link #chebyshevPolynomialV} of 2 x - 1.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor shiftedChebyshevPolynomialV(Tensor x, Tensor n) {
    return SpecialOps.fixed(
            "shiftedChebyshevPolynomialV", (v, k) -> Polynomials.chebyshevV(2 * v - 1, k))
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * {@link #chebyshevPolynomialW} of 2 x - 1.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor shiftedChebyshevPolynomialW(Tensor x, Tensor n) {
    return SpecialOps.fixed(
            "shiftedChebyshevPolynomialW", (v, k) -> Polynomials.chebyshevW(2 * v - 1, k))
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The physicist's Hermite polynomial of degree n: {@code H(1) = 2 x, H(n + 1) = 2 x H(n) - 2 n
   * H(n - 1)}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor hermitePolynomialH(Tensor x, Tensor n) {
    return SpecialOps.fixed("hermitePolynomialH", Polynomials::hermiteH)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The probabilist's Hermite polynomial of degree n: {@code He(1) = x, He(n + 1) = x He(n) - n
   * He(n - 1)}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor hermitePolynomialHe(Tensor x, Tensor n) {
    return SpecialOps.fixed("hermitePolynomialHe", Polynomials::hermiteHe)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The Laguerre polynomial of degree n: {@code L(1) = 1 - x, (n + 1) L(n + 1) = (2 n + 1 - x) L(n)
   * - n L(n - 1)}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor laguerrePolynomialL(Tensor x, Tensor n) {
    return SpecialOps.fixed("laguerrePolynomialL", Polynomials::laguerreL)
        .apply(Objects.requireNonNull(x, "x"), n);
  }

  /**
   * The Legendre polynomial of degree n: {@code P(1) = x, (n + 1) P(n + 1) = (2 n + 1) x P(n) - n
   * P(n - 1)}.
   *
   * @param n the degrees, broadcast with x; fractions are cut off, negative ones give 0
   */
  public static Tensor legendrePolynomialP(Tensor x, Tensor n) {
    return SpecialOps.fixed("legendrePolynomialP", Polynomials::legendreP)
        .apply(Objects.requireNonNull(x, "x"), n);
  }
}
