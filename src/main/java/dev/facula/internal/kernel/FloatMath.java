package dev.facula.internal.kernel;

/** Functions of one {@code float}. */
final class FloatMath {
  private FloatMath() {}

  static float exp(float x) {
    return (float) DoubleMath.exp(x);
  }

  static float log(float x) {
    return (float) DoubleMath.log(x);
  }

  static float sin(float x) {
    return (float) DoubleMath.sin(x);
  }

  static float cos(float x) {
    return (float) DoubleMath.cos(x);
  }

  static float tanh(float x) {
    return (float) DoubleMath.tanh(x);
  }

  static float sigmoid(float x) {
    return (float) DoubleMath.sigmoid(x);
  }

  static float erf(float x) {
    return (float) DoubleMath.erf(x);
  }

  static float gelu(float x) {
    return (float) DoubleMath.gelu(x);
  }

  static float geluDerivative(float x) {
    return (float) DoubleMath.geluDerivative(x);
  }

  static float silu(float x) {
    return (float) DoubleMath.silu(x);
  }

  static float siluDerivative(float x) {
    return (float) DoubleMath.siluDerivative(x);
  }
}
