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

  /** A layer with an eps. */
  public InstanceNorm3d(int numFeatures, double eps) {
    this(numFeatures, o -> o.eps(eps));
  }

  /** The same with a momentum. */
  public InstanceNorm3d(int numFeatures, double eps, double momentum) {
    this(numFeatures, o -> o.eps(eps).momentum(momentum));
  }

  /**
   * A layer.
   *
   * @param numFeatures channels of the input
   * @param options eps (1e-5), momentum (0.1), affine (false), trackRunningStats (false), bias
   *     (true)
   */
  public InstanceNorm3d(int numFeatures, Consumer<NormOptions> options) {
    super(3, numFeatures, options);
  }
}
