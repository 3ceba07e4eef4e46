package dev.facula.nn;

import java.util.function.Consumer;

/**
 * Normalises each channel of each sample: y = (x - mean) / sqrt(var + eps) * weight + bias. Ulyanov
 * et al. (2016), Instance normalization.
 *
 * <p>Input and output [N, C, L] or [C, L] with C = numFeatures. There are no parameters and no
 * running statistics unless the options ask for them.
 *
 * <pre>{@code
 * Tensor y = new InstanceNorm1d(100).forward(Tensor.randn(20, 100, 40));
 * }</pre>
 *
 * @see dev.facula.Functional#instanceNorm
 */
public final class InstanceNorm1d extends InstanceNormLayer {
  /** A layer with the default options. */
  public InstanceNorm1d(int numFeatures) {
    this(numFeatures, o -> {});
  }

  /**
   * A layer.
   *
   * @param numFeatures channels of the input
   * @param options eps, momentum, affine, bias, trackRunningStats
   */
  public InstanceNorm1d(int numFeatures, Consumer<NormOptions> options) {
    super(1, numFeatures, options);
  }
}
