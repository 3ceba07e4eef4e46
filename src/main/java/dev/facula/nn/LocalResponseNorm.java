package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.LocalResponseNormOptions;
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
  private final LocalResponseNormOptions options = new LocalResponseNormOptions();

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
  public LocalResponseNorm(int size, Consumer<LocalResponseNormOptions> options) {
    this.size = Check.atLeast("LocalResponseNorm", "size", size, 1);
    options.accept(this.options);
  }

  /** How many channels take part. */
  public int size() {
    return size;
  }

  /** The weight of the squares. */
  public double alpha() {
    return options.alpha();
  }

  /** The exponent. */
  public double beta() {
    return options.beta();
  }

  /** What is added. */
  public double k() {
    return options.k();
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.localResponseNorm(input, size, options);
  }

  @Override
  protected String extraRepr() {
    return "%s, alpha=%s, beta=%s, k=%s"
        .formatted(
            size,
            Check.python(options.alpha()),
            Check.python(options.beta()),
            Check.python(options.k()));
  }
}
