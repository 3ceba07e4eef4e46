package dev.facula.internal.kernel;

/** The kernels in plain Java. */
final class ScalarFloatKernels {
  private ScalarFloatKernels() {}

  static FloatingKernels<float[]> create() {
    FloatUnary unary = new FloatUnary();
    FloatBinary binary = new FloatBinary();
    FloatSoftmax softmax = new FloatSoftmax();
    FloatProduct product = new ScalarFloatProduct();
    return new FloatingKernels<>(
        new FloatElements(),
        false,
        unary,
        binary,
        new FloatReduce(),
        softmax,
        new FloatNorm(),
        new FloatOptimizer(),
        new FloatMatmul(product),
        new FloatConvolutions(product),
        new FloatPooling(),
        new FloatRecurrent(unary, binary, product),
        new FloatAttention(product, softmax),
        new FloatGrid());
  }
}
