package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adam: m = beta1 m + (1 - beta1) g, v = beta2 v + (1 - beta2) g g, p = p - lr m' / (sqrt(v') +
 * eps), with m' = m / (1 - beta1^t) and v' = v / (1 - beta2^t).
 *
 * <pre>{@code
 * var optimizer = new Adam(net.parameters(), 1e-3, o -> o.betas(0.9, 0.99));
 * }</pre>
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015.
 */
public final class Adam extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("Adam");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How slowly the mean and the mean square follow the gradient. Default: 0.9, 0.999.
     *
     * @return this
     */
    public Options betas(double beta1, double beta2) {
      return setBetas(beta1, beta2);
    }

    /**
     * Added to the denominator. Default: 1e-8.
     *
     * @return this
     */
    public Options eps(double value) {
      return notNegative("eps", "epsilon value", value);
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
     * Divides by the largest mean square so far, as in Reddi et al., "On the Convergence of Adam
     * and Beyond", 2018. Default: false.
     *
     * @return this
     */
    public Options amsgrad(boolean on) {
      return set("amsgrad", on);
    }

    /**
     * Decays the parameters themselves, as {@link AdamW} does. Default: false.
     *
     * @return this
     */
    public Options decoupledWeightDecay(boolean on) {
      return set("decoupled_weight_decay", on);
    }
  }

  /** With a learning rate of 1e-3. */
  public Adam(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** With default options. */
  public Adam(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-3
   * @param options betas, eps, weightDecay, amsgrad, decoupledWeightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adam(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .betas(0.9, 0.999)
            .eps(1e-8)
            .weightDecay(0)
            .amsgrad(false)
            .maximize(false)
            .decoupledWeightDecay(false)
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
    update(group, p, g, state, group.flag("decoupled_weight_decay"));
  }

  /** The step that Adam and AdamW share. */
  static void update(
      ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state, boolean decoupled) {
    long step = count(state);
    STEPS.adam(
        p,
        g,
        zeros(state, "exp_avg", p),
        zeros(state, "exp_avg_sq", p),
        group.flag("amsgrad") ? zeros(state, "max_exp_avg_sq", p) : null,
        step,
        group.lr(),
        group.number("betas", 0),
        group.number("betas", 1),
        group.number("eps"),
        group.number("weight_decay"),
        decoupled,
        group.flag("maximize"));
  }
}
