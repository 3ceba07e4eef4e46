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
 */
public final class LocalResponseNorm extends Layer {
  private final int size;
  private final LocalResponseNormOptions options = new LocalResponseNormOptions();

  /** With the default options. */
  public LocalResponseNorm(int size) {
    this(size, o -> {});
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

  @Override
  Tensor compute(Tensor input) {
    return Functional.localResponseNorm(input, size, options);
  }

  @Override
  protected String extraRepr() {
    return size
        + ", alpha="
        + Check.python(options.alpha())
        + ", beta="
        + Check.python(options.beta())
        + ", k="
        + Check.python(options.k());
  }
}
