package dev.facula.nn;

import java.util.function.Consumer;

/**
 * Normalises each channel over the batch: y = (x - mean) / sqrt(var + eps) * weight + bias. Ioffe
 * and Szegedy (2015), Batch normalization.
 *
 * <p>In training mode mean and variance are those of the batch, and running ones follow them; in
 * evaluation mode the running ones are used. Input and output [N, C] or [N, C, L] with C =
 * numFeatures. Parameters: {@code weight} (ones) and {@code bias} (zeros). Buffers: {@code
 * running_mean}, {@code running_var}, {@code num_batches_tracked}.
 *
 * <pre>{@code
 * var layer = new BatchNorm1d(100, o -> o.momentum(0.05));
 * Tensor y = layer.forward(Tensor.randn(20, 100));
 * }</pre>
 *
 * @see dev.facula.Functional#batchNorm
 */
public final class BatchNorm1d extends BatchNormLayer {
  /** A layer with the default options. */
  public BatchNorm1d(int numFeatures) {
    this(numFeatures, o -> {});
  }

  /** A layer with an eps. */
  public BatchNorm1d(int numFeatures, double eps) {
    this(numFeatures, o -> o.eps(eps));
  }

  /** The same with a momentum. */
  public BatchNorm1d(int numFeatures, double eps, double momentum) {
    this(numFeatures, o -> o.eps(eps).momentum(momentum));
  }

  /**
   * A layer.
   *
   * @param numFeatures channels of the input
   * @param options eps (1e-5), momentum (0.1), affine (true), trackRunningStats (true), bias (true)
   */
  public BatchNorm1d(int numFeatures, Consumer<NormOptions> options) {
    super(2, 3, numFeatures, options);
  }
}
