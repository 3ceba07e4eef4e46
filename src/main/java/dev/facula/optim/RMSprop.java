package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RMSprop: v = alpha v + (1 - alpha) g g, p = p - lr g / (sqrt(v) + eps); centered, the square of
 * the mean gradient is taken off v first, and with momentum the quotients are added up.
 *
 * <pre>{@code
 * var optimizer = new RMSprop(net.parameters(), 0.01, o -> o.momentum(0.9));
 * }</pre>
 *
 * <p>Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012; centered:
 * Graves, "Generating Sequences With Recurrent Neural Networks", 2013.
 */
public final class RMSprop extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("RMSprop");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How slowly the mean square follows. Default: 0.99.
     *
     * @return this
     */
    public Options alpha(double value) {
      return notNegative("alpha", "alpha value", value);
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
     * How much of the last step is kept. Default: 0.
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

  /** With a learning rate of 1e-2. */
  public RMSprop(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** With default options. */
  public RMSprop(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-2
   * @param options alpha, eps, weightDecay, momentum, centered, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public RMSprop(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .alpha(0.99)
            .eps(1e-8)
            .weightDecay(0)
            .momentum(0)
            .centered(false)
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
