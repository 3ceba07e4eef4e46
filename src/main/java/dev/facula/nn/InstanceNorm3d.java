package dev.facula.nn;

import java.util.function.Consumer;

/**
 * Normalises each channel of each sample: y = (x - mean) / sqrt(var + eps) * weight + bias. Ulyanov
 * et al. (2016), Instance normalization.
 *
 * <p>Input and output [N, C, D, H, W] or [C, D, H, W] with C = numFeatures. There are no parameters
 * and no running statistics unless the options ask for them.
 *
 * <pre>{@code
 * Tensor y = new InstanceNorm3d(100).forward(Tensor.randn(2, 100, 4, 8, 8));
 * }</pre>
 *
 * @see dev.facula.Functional#instanceNorm
 */
public final class InstanceNorm3d extends InstanceNormLayer {
  /** A layer with the default options. */
  public InstanceNorm3d(int numFeatures) {
    this(numFeatures, o -> {});
  }

  /**
   * A layer.
   *
   * @param numFeatures channels of the input
   * @param options eps, momentum, affine, bias, trackRunningStats
   */
  public InstanceNorm3d(int numFeatures, Consumer<NormOptions> options) {
    super(3, numFeatures, options);
  }
}
