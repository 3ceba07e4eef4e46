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

  /** A layer with an eps. */
  public InstanceNorm1d(int numFeatures, double eps) {
    this(numFeatures, o -> o.eps(eps));
  }

  /** The same with a momentum. */
  public InstanceNorm1d(int numFeatures, double eps, double momentum) {
    this(numFeatures, o -> o.eps(eps).momentum(momentum));
  }

  /**
   * A layer.
   *
   * @param numFeatures channels of the input
   * @param options eps (1e-5), momentum (0.1), affine (false), trackRunningStats (false), bias
   *     (true)
   */
  public InstanceNorm1d(int numFeatures, Consumer<NormOptions> options) {
    super(1, numFeatures, options);
  }
}
