package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * NAdam, {@link Adam} with Nesterov momentum. With the momentum decay ψ, a step is
 *
 * <pre>
 * μ = β1 (1 - 0.96^(t ψ) / 2), μ' the same of t + 1, M the product of all μ so far
 * m = β1 m + (1 - β1) g
 * v = β2 v + (1 - β2) g²
 * p = p - γ (μ' m / (1 - M μ') + (1 - μ) g / (1 - M)) / (√(v / (1 - β2^t)) + ε)
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new NAdam(net.parameters(), 2e-3);
 * }</pre>
 *
 * <p>Dozat, "Incorporating Nesterov Momentum into Adam", 2016.
 */
public final class NAdam extends GroupOptimizer<NAdam.Options> {

  /** Options of a parameter group. */
  public static final class Options extends AdamOptions<Options> {
    private Options() {
      super("NAdam", 2e-3);
      momentumDecay(4e-3);
      decoupledWeightDecay(false);
    }

    /**
     * How fast the momentum warms up, ψ. Default: 4e-3.
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

  /** With the default options. */
  public NAdam(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 2e-3 unless the options have another. */
  public NAdam(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public NAdam(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 2e-3
   * @param options betas, eps, weightDecay, momentumDecay, decoupledWeightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public NAdam(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
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
    double product = number(state, "mu_product", 1) * mu;
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
