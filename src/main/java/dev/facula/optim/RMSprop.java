package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RMSprop: divides by the root of the mean of squared gradients. With the momentum μ, a step is
 *
 * <pre>
 * g = g + λ p
 * v = α v + (1 - α) g²
 * w = v                      or, centered, a = α a + (1 - α) g and w = v - a²
 * b = μ b + g / (√w + ε)     without momentum the quotient stands for b
 * p = p - γ b
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new RMSprop(net.parameters(), 0.01, o -> o.momentum(0.9));
 * }</pre>
 *
 * <p>Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; centered:
 * Graves, "Generating Sequences With Recurrent Neural Networks", 2013.
 */
public final class RMSprop extends GroupOptimizer<RMSprop.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("RMSprop", 1e-2);
      alpha(0.99);
      eps(1e-8);
      momentum(0);
      centered(false);
    }

    /**
     * How slowly the mean square follows, α. Default: 0.99.
     *
     * @return this
     */
    public Options alpha(double value) {
      return notNegative("alpha", "alpha value", value);
    }

    /**
     * Added to the denominator, ε in the formulas. Default: 1e-8.
     *
     * @return this
     */
    public Options eps(double value) {
      return notNegative("eps", "epsilon value", value);
    }

    /**
     * How much of the last step is kept, μ. Default: 0.
     *
     * @return this
     */
    public Options momentum(double value) {
      return notNegative("momentum", "momentum value", value);
    }

    /**
     * Divides by the standard deviation of the gradient. Default: false.
     *
     * @return this
     */
    public Options centered(boolean on) {
      return set("centered", on);
    }
  }

  /** With the default options. */
  public RMSprop(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-2 unless the options have another. */
  public RMSprop(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public RMSprop(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-2
   * @param options alpha, eps, weightDecay, momentum, centered, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public RMSprop(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    count(state);
    double momentum = group.number("momentum");
    STEPS.rmsprop(
        p,
        g,
        zeros(state, "square_avg", p),
        group.flag("centered") ? zeros(state, "grad_avg", p) : null,
        momentum > 0 ? zeros(state, "momentum_buffer", p) : null,
        group.lr(),
        group.number("alpha"),
        group.number("eps"),
        momentum,
        group.number("weight_decay"),
        group.flag("maximize"));
  }
}
