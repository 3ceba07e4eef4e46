package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;

/**
 * x for x &gt; 0, else weight x, with slopes that are learned. He et al. (2015), Delving deep into
 * rectifiers.
 *
 * <p>Any shape; with several slopes dimension 1 holds as many channels. Parameter: {@code weight}
 * [numParameters].
 *
 * <pre>{@code
 * Tensor y = new PReLU().forward(Tensor.randn(2, 3)); // [2, 3]
 * }</pre>
 */
public final class PReLU extends Layer {
  private final int numParameters;
  private final double init;
  private final Slot weight;

  /** With one slope for all channels, at first 0.25. */
  public PReLU() {
    this(1, 0.25);
  }

  /** With slopes that are 0.25 at first. */
  public PReLU(int numParameters) {
    this(numParameters, 0.25);
  }

  /**
   * The activation.
   *
   * @param numParameters 1, or the number of channels; default 1
   * @param init the slopes at first; default 0.25
   */
  public PReLU(int numParameters, double init) {
    this.numParameters = Check.atLeast("PReLU", "numParameters", numParameters, 1);
    this.init = init;
    weight = slot("weight", Tensor.zeros(numParameters));
    resetParameters();
  }

  /** Sets the slopes to their first value. */
  public void resetParameters() {
    Init.constant_(weight.get(), init);
  }

  /** The slopes [numParameters]. */
  public Tensor weight() {
    return weight.get();
  }

  /** How many slopes there are. */
  public int numParameters() {
    return numParameters;
  }

  /** The slopes at first. */
  public double init() {
    return init;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.prelu(input, weight.get());
  }

  @Override
  protected String extraRepr() {
    return "num_parameters=" + numParameters;
  }
}
