package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * NAdam, {@link Adam} with Nesterov momentum.
 *
 * <p>Dozat, "Incorporating Nesterov Momentum into Adam", 2016.
 */
public final class NAdam extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("NAdam");
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
     * How fast the momentum warms up. Default: 4e-3.
     *
     * @return this
     */
    public Options momentumDecay(double value) {
      return notNegative("momentum_decay", "momentum_decay value", value);
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

  /** With a learning rate of 2e-3. */
  public NAdam(List<Tensor> params) {
    this(params, 2e-3);
  }

  /** With default options. */
  public NAdam(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 2e-3
   * @param options betas, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public NAdam(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .betas(0.9, 0.999)
            .eps(1e-8)
            .weightDecay(0)
            .momentumDecay(4e-3)
            .decoupledWeightDecay(false)
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
    double lr = group.lr();
    double beta1 = group.number("betas", 0);
    double beta2 = group.number("betas", 1);
    double decay = group.number("momentum_decay");
    double mu = beta1 * (1 - 0.5 * Math.pow(0.96, step * decay));
    double next = beta1 * (1 - 0.5 * Math.pow(0.96, (step + 1) * decay));
    Tensor before = state.get("mu_product");
    double product = (before == null ? 1 : before.item()) * mu;
    state.put("mu_product", Tensor.scalar(product));
    double eps = group.number("eps");
    elementwise(
        t -> {
          Tensor d = decoupledDirection(group, t[0], t[1]);
          Tensor mean = average(t[2], d, beta1);
          Tensor square = averageSquares(t[3], d, beta2);
          Tensor root = square.div(1 - Math.pow(beta2, step)).sqrt_().add_(eps);
          t[0].sub_(d.div(root).mul_(lr * (1 - mu) / (1 - product)));
          t[0].sub_(mean.div(root).mul_(lr * next / (1 - product * next)));
        },
        p,
        g,
        zeros(state, "exp_avg", p),
        zeros(state, "exp_avg_sq", p));
  }
}
