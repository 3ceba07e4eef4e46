package dev.facula;

/** Tensors filled with random numbers, in place. */
final class RandomFill {
  private RandomFill() {}

  static Tensor uniform(Tensor x, double low, double high, Generator generator) {
    requireFloating("uniform_", x);
    if (!(low <= high)) {
      throw new IllegalArgumentException(
          "uniform_: the lower limit " + low + " is above the upper limit " + high);
    }
    Tensor y = Tensor.zerosLike(x);
    if (x.dtype() == DType.FLOAT32) {
      generator.uniform(y.storage.floats(), 0, y.numel(), low, high);
    } else {
      generator.uniform(y.storage.doubles(), 0, y.numel(), low, high);
    }
    return x.assign("uniform_", y);
  }

  static Tensor normal(Tensor x, double mean, double std, Generator generator) {
    requireFloating("normal_", x);
    if (!(std >= 0)) {
      throw new IllegalArgumentException("normal_: std must be at least 0, was " + std);
    }
    Tensor y = Tensor.zerosLike(x);
    int n = y.numel();
    boolean blocks = x.layout.contiguous;
    if (x.dtype() == DType.FLOAT32 && blocks) {
      generator.normal(y.storage.floats(), 0, n, mean, std);
    } else if (x.dtype() == DType.FLOAT32) {
      generator.normalPairs(y.storage.floats(), 0, n, mean, std);
    } else if (blocks) {
      generator.normal(y.storage.doubles(), 0, n, mean, std);
    } else {
      generator.normalPairs(y.storage.doubles(), 0, n, mean, std);
    }
    return x.assign("normal_", y);
  }

  static Tensor bernoulli(Tensor x, double p, Generator generator) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          "bernoulli_: the probability must be between 0 and 1, was " + p);
    }
    Tensor y = Tensor.zeros(DType.FLOAT32, x.layout.shape);
    generator.bernoulli(y.storage.floats(), 0, y.numel(), p);
    return x.assign("bernoulli_", y.to(x.dtype()));
  }

  private static void requireFloating(String op, Tensor x) {
    if (!x.isFloatingPoint()) {
      throw new DTypeException(op + ": needs floating-point elements, was " + x.dtype());
    }
  }
}
