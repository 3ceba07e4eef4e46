package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adagrad: s = s + g g, p = p - lr / (1 + (t - 1) lrDecay) g / (sqrt(s) + eps).
 *
 * <pre>{@code
 * var optimizer = new Adagrad(net.parameters(), 0.01, o -> o.initialAccumulatorValue(0.1));
 * }</pre>
 *
 * <p>Duchi et al., "Adaptive Subgradient Methods for Online Learning and Stochastic Optimization",
 * 2011.
 */
public final class Adagrad extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("Adagrad");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How fast the learning rate falls. Default: 0.
     *
     * @return this
     */
    public Options lrDecay(double value) {
      return notNegative("lr_decay", "lr_decay value", value);
    }

    /**
     * The factor of the parameters that is added to their gradients. Default: 0.
     *
     * @return this
     */
    public Options weightDecay(double value) {
      return notNegative("weight_decay", "weight_decay value", value);
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
     * Added to the denominator. Default: 1e-10.
     *
     * @return this
     */
    public Options eps(double value) {
      return notNegative("eps", "epsilon value", value);
    }
  }

  /** With a learning rate of 1e-2. */
  public Adagrad(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** With default options. */
  public Adagrad(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-2
   * @param options lrDecay, weightDecay, initialAccumulatorValue, eps, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adagrad(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .lrDecay(0)
            .weightDecay(0)
            .initialAccumulatorValue(0)
            .eps(1e-10)
            .maximize(false)
            .with(options));
  }

  /**
   * Adds a group; options that are not set are those of the constructor.
   *
   * @param params leaf tensors that are in no group yet
   */
  public void addParamGroup(List<Tensor> params, Consumer<Options> options) {
    addGroup(params, new Options().from(defaults()).with(options));
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    long step = count(state);
    Tensor sum = state.get("sum");
    if (sum == null) {
      sum = filled(p, group.number("initial_accumulator_value"));
      state.put("sum", sum);
    }
    double lr = group.lr() / (1 + (step - 1) * group.number("lr_decay"));
    STEPS.adagrad(
        p, g, sum, lr, group.number("eps"), group.number("weight_decay"), group.flag("maximize"));
  }
}
