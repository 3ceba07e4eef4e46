package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adadelta: v = rho v + (1 - rho) g g, d = sqrt(u + eps) / sqrt(v + eps) g, u = rho u + (1 - rho) d
 * d, p = p - lr d.
 *
 * <p>Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012.
 */
public final class Adadelta extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("Adadelta");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How slowly the mean squares follow, from 0 to 1. Default: 0.9.
     *
     * @return this
     */
    public Options rho(double value) {
      require(value >= 0 && value <= 1, "rho value", value, "from 0 to 1");
      return set("rho", value);
    }

    /**
     * Added to the denominator. Default: 1e-6.
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
  }

  /** With a learning rate of 1.0. */
  public Adadelta(List<Tensor> params) {
    this(params, 1.0);
  }

  /** With default options. */
  public Adadelta(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1.0
   * @param options rho, eps, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adadelta(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options().lr(lr).rho(0.9).eps(1e-6).weightDecay(0).maximize(false).with(options));
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
    double rho = group.number("rho");
    double eps = group.number("eps");
    elementwise(
        t -> {
          Tensor d = direction(group, t[0], t[1]);
          Tensor square = averageSquares(t[2], d, rho);
          Tensor delta = t[3].add(eps).sqrt_().div_(square.add(eps).sqrt_()).mul_(d);
          averageSquares(t[3], delta, rho);
          t[0].sub_(delta.mul(group.lr()));
        },
        p,
        g,
        zeros(state, "square_avg", p),
        zeros(state, "acc_delta", p));
  }
}
