package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stochastic gradient descent, optionally with momentum. With the gradient g, the learning rate γ,
 * the weight decay λ, the momentum μ and the dampening τ, a step is
 *
 * <pre>
 * g = g + λ p
 * b = μ b + (1 - τ) g        b = g in the first step; without momentum g stands for b
 * p = p - γ b                or with Nesterov momentum p = p - γ (g + μ b)
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new SGD(net.parameters(), 0.1, o -> o.momentum(0.9));
 * optimizer.zeroGrad();
 * criterion.forward(net.forward(input), target).backward();
 * optimizer.step();
 * }</pre>
 *
 * <p>Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013;
 * as in PyTorch, γ stands before b and not within.
 */
public final class SGD extends GroupOptimizer<SGD.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("SGD", 1e-3);
      momentum(0);
      dampening(0);
      nesterov(false);
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
     * How much of the gradient is left out of the momentum, τ. Default: 0.
     *
     * @return this
     */
    public Options dampening(double value) {
      return set("dampening", value);
    }

    /**
     * Nesterov momentum; needs momentum and no dampening. Default: false.
     *
     * @return this
     */
    public Options nesterov(boolean on) {
      return set("nesterov", on);
    }

    @Override
    protected void check() {
      if (flag("nesterov") && (number("momentum") <= 0 || number("dampening") != 0)) {
        throw invalid(
            "Nesterov momentum requires a momentum and zero dampening, was momentum "
                + number("momentum")
                + " and dampening "
                + number("dampening"));
      }
    }
  }

  /** With the default options. */
  public SGD(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-3 unless the options have another. */
  public SGD(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate and momentum. */
  public SGD(List<Tensor> params, double lr, double momentum) {
    this(params, lr, o -> o.momentum(momentum));
  }

  /** With that learning rate. */
  public SGD(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-3
   * @param options momentum, dampening, weightDecay, nesterov, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public SGD(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    double momentum = group.number("momentum");
    double lr = group.lr();
    double decay = group.number("weight_decay");
    boolean maximize = group.flag("maximize");
    if (momentum == 0) {
      STEPS.sgd(p, g, lr, decay, maximize);
      return;
    }
    boolean first = !state.containsKey("momentum_buffer");
    Tensor buffer = zeros(state, "momentum_buffer", p);
    double share = first ? 1 : 1 - group.number("dampening");
    STEPS.sgdMomentum(p, g, buffer, lr, momentum, share, decay, group.flag("nesterov"), maximize);
  }
}
