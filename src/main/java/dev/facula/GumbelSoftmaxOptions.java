package dev.facula;

/** Options of {@link Functional#gumbelSoftmax}. */
public final class GumbelSoftmaxOptions {
  static final GumbelSoftmaxOptions DEFAULT = new GumbelSoftmaxOptions();

  double tau = 1;
  boolean hard;
  int dim = -1;

  /** PyTorch's defaults. */
  public GumbelSoftmaxOptions() {}

  /** The temperature. Default: 1. */
  public GumbelSoftmaxOptions tau(double value) {
    tau = value;
    return this;
  }

  /** Whether the result is one-hot, with the gradient of the soft one. Default: false. */
  public GumbelSoftmaxOptions hard(boolean value) {
    hard = value;
    return this;
  }

  /** The dimension of the classes. Default: -1. */
  public GumbelSoftmaxOptions dim(int value) {
    dim = value;
    return this;
  }
}
