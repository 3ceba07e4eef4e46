package dev.facula.nn;

import java.util.function.Consumer;

/**
 * Normalises each channel of each sample: y = (x - mean) / sqrt(var + eps) * weight + bias. Ulyanov
 * et al. (2016), Instance normalization.
 *
 * <p>Input and output [N, C, H, W] or [C, H, W] with C = numFeatures. There are no parameters and
 * no running statistics unless the options ask for them.
 *
 * <pre>{@code
 * Tensor y = new InstanceNorm2d(100).forward(Tensor.randn(20, 100, 35, 45));
 * }</pre>
 *
 * @see dev.facula.Functional#instanceNorm
 */
public final class InstanceNorm2d extends InstanceNormLayer {
  /** A layer with the default options. */
  public InstanceNorm2d(int numFeatures) {
    this(numFeatures, o -> {});
  }

  /** A layer with an eps. */
  public InstanceNorm2d(int numFeatures, double eps) {
    this(numFeatures, o -> o.eps(eps));
  }

  /** The same with a momentum. */
  public InstanceNorm2d(int numFeatures, double eps, double momentum) {
    this(numFeatures, o -> o.eps(eps).momentum(momentum));
  }

  /**
   * A layer.
   *
   * @param numFeatures channels of the input
   * @param options eps (1e-5), momentum (0.1), affine (false), trackRunningStats (false), bias
   *     (true)
   */
  public InstanceNorm2d(int numFeatures, Consumer<NormOptions> options) {
    super(2, numFeatures, options);
  }
}
