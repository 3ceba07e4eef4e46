package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * Divides by the squares of neighbouring channels: y = x / (k + alpha mean of squares)<sup>beta
 * </sup>. Krizhevsky et al. (2012), ImageNet classification with deep convolutional neural
 * networks.
 *
 * <p>Input and output [N, C, *].
 *
 * <pre>{@code
 * Tensor y = new LocalResponseNorm(2).forward(Tensor.randn(32, 5, 24, 24)); // [32, 5, 24, 24]
 * }</pre>
 */
public final class LocalResponseNorm extends Layer {
  private final int size;
  private final Options options = new Options();

  /** Options of local response normalisation. */
  public static final class Options {
    private double alpha = 1e-4;
    private double beta = 0.75;
    private double k = 1;

    private Options() {}

    /** The weight of the squares. Default: 1e-4. */
    public Options alpha(double value) {
      alpha = value;
      return this;
    }

    /** The exponent. Default: 0.75. */
    public Options beta(double value) {
      beta = value;
      return this;
    }

    /** What is added. Default: 1. */
    public Options k(double value) {
      k = value;
      return this;
    }
  }

  /** With the default options. */
  public LocalResponseNorm(int size) {
    this(size, o -> {});
  }

  /** With PyTorch's arguments in its order. */
  public LocalResponseNorm(int size, double alpha, double beta, double k) {
    this(size, o -> o.alpha(alpha).beta(beta).k(k));
  }

  /**
   * A layer.
   *
   * @param size how many channels take part
   * @param options alpha, beta, k
   */
  public LocalResponseNorm(int size, Consumer<Options> options) {
    this.size = Check.atLeast("LocalResponseNorm", "size", size, 1);
    options.accept(this.options);
  }

  /** How many channels take part. */
  public int size() {
    return size;
  }

  /** The weight of the squares. */
  public double alpha() {
    return options.alpha;
  }

  /** The exponent. */
  public double beta() {
    return options.beta;
  }

  /** What is added. */
  public double k() {
    return options.k;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.localResponseNorm(input, size, options.alpha, options.beta, options.k);
  }

  @Override
  protected String extraRepr() {
    return "%s, alpha=%s, beta=%s, k=%s"
        .formatted(
            size, Check.python(options.alpha), Check.python(options.beta), Check.python(options.k));
  }
}
