package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adam: steps along the mean of the gradients, divided by the root of the mean of their squares.
 * With the gradient g, the learning rate γ, the weight decay λ and the number t of the step, from 1
 * on, it is
 *
 * <pre>
 * g = g + λ p
 * m = β1 m + (1 - β1) g
 * v = β2 v + (1 - β2) g²
 * p = p - γ m / (1 - β1^t) / (√(v / (1 - β2^t)) + ε)
 * </pre>
 *
 * <p>With {@code amsgrad}, the largest v so far stands for v.
 *
 * <pre>{@code
 * var optimizer = new Adam(net.parameters(), 1e-3, o -> o.betas(0.9, 0.99));
 * }</pre>
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015.
 */
public final class Adam extends GroupOptimizer<Adam.Options> {

  /** Options of a parameter group. */
  public static final class Options extends AdamOptions<Options> {
    private Options() {
      super("Adam", 1e-3);
      amsgrad(false);
      decoupledWeightDecay(false);
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

  /** With the default options. */
  public Adam(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-3 unless the options have another. */
  public Adam(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Adam(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-3
   * @param options betas, eps, weightDecay, amsgrad, decoupledWeightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adam(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
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
