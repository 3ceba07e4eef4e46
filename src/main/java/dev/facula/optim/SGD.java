package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Stochastic gradient descent, optionally with momentum: b = momentum b + (1 - dampening) g, p = p
 * - lr b, or with Nesterov momentum p = p - lr (g + momentum b). In the first step b = g.
 *
 * <pre>{@code
 * var optimizer = new SGD(net.parameters(), 0.01, o -> o.momentum(0.9));
 * }</pre>
 *
 * <p>Nesterov momentum: Sutskever et al., "On the importance of initialization and momentum in deep
 * learning", 2013.
 */
public final class SGD extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("SGD");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How much of the last step is kept. Default: 0.
     *
     * @return this
     */
    public Options momentum(double value) {
      return notNegative("momentum", "momentum value", value);
    }

    /**
     * How much of the gradient is left out of the momentum. Default: 0.
     *
     * @return this
     */
    public Options dampening(double value) {
      return set("dampening", value);
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
     * Nesterov momentum; needs momentum and no dampening. Default: false.
     *
     * @return this
     */
    public Options nesterov(boolean on) {
      return set("nesterov", on);
    }

    @Override
    void check() {
      if (flag("nesterov") && (number("momentum") <= 0 || number("dampening") != 0)) {
        throw invalid(
            "Nesterov momentum requires a momentum and zero dampening, was momentum "
                + number("momentum")
                + " and dampening "
                + number("dampening"));
      }
    }
  }

  /** With a learning rate of 1e-3. */
  public SGD(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** With default options. */
  public SGD(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-3
   * @param options momentum, dampening, weightDecay, nesterov, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public SGD(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .momentum(0)
            .dampening(0)
            .weightDecay(0)
            .nesterov(false)
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
