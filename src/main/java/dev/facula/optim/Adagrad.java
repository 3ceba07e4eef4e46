package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adagrad: divides by the root of the sum of all squared gradients. With the decay η of the
 * learning rate γ, a step is
 *
 * <pre>
 * g = g + λ p
 * s = s + g²
 * p = p - γ / (1 + (t - 1) η) g / (√s + ε)
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new Adagrad(net.parameters(), 0.01, o -> o.initialAccumulatorValue(0.1));
 * }</pre>
 *
 * <p>Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
 * 2011.
 */
public final class Adagrad extends GroupOptimizer<Adagrad.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("Adagrad", 1e-2);
      lrDecay(0);
      initialAccumulatorValue(0);
      eps(1e-10);
    }

    /**
     * How fast the learning rate falls, η. Default: 0.
     *
     * @return this
     */
    public Options lrDecay(double value) {
      return notNegative("lr_decay", "lr_decay value", value);
    }

    /**
     * What the sum of squares starts from. Default: 0.
     *
     * @return this
     */
    public Options initialAccumulatorValue(double value) {
      return notNegative("initial_accumulator_value", "initial_accumulator_value value", value);
    }

    /**
     * Added to the denominator, ε in the formulas. Default: 1e-10.
     *
     * @return this
     */
    public Options eps(double value) {
      return notNegative("eps", "epsilon value", value);
    }
  }

  /** With the default options. */
  public Adagrad(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-2 unless the options have another. */
  public Adagrad(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Adagrad(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-2
   * @param options lrDecay, weightDecay, initialAccumulatorValue, eps, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adagrad(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    long step = count(state);
    Tensor sum = filled(state, "sum", p, group.number("initial_accumulator_value"));
    double lr = group.lr() / (1 + (step - 1) * group.number("lr_decay"));
    STEPS.adagrad(
        p, g, sum, lr, group.number("eps"), group.number("weight_decay"), group.flag("maximize"));
  }
}
