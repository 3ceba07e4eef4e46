package dev.facula;

/** Options of {@link Functional#normalize}. */
public final class NormalizeOptions {
  static final NormalizeOptions DEFAULT = new NormalizeOptions();

  double p = 2;
  int dim = 1;
  double eps = 1e-12;

  /** PyTorch's defaults. */
  public NormalizeOptions() {}

  /** The order of the norm. Default: 2. */
  public NormalizeOptions p(double value) {
    p = value;
    return this;
  }

  /** The dimension of the vectors. Default: 1. */
  public NormalizeOptions dim(int value) {
    dim = value;
    return this;
  }

  /** What a norm is at least. Default: 1e-12. */
  public NormalizeOptions eps(double value) {
    eps = value;
    return this;
  }
}
