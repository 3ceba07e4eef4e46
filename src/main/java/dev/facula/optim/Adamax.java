package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adamax, {@link Adam} with the largest gradient instead of the mean square: m = beta1 m + (1 -
 * beta1) g, u = max(beta2 u, |g| + eps), p = p - lr / (1 - beta1^t) m / u.
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, section 7.
 */
public final class Adamax extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("Adamax");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How slowly the mean and the maximum follow the gradient. Default: 0.9, 0.999.
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
  }

  /** With a learning rate of 2e-3. */
  public Adamax(List<Tensor> params) {
    this(params, 2e-3);
  }

  /** With default options. */
  public Adamax(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 2e-3
   * @param options betas, eps, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adamax(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .betas(0.9, 0.999)
            .eps(1e-8)
            .weightDecay(0)
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
    double beta1 = group.number("betas", 0);
    double beta2 = group.number("betas", 1);
    double eps = group.number("eps");
    double lr = group.lr() / (1 - Math.pow(beta1, step));
    elementwise(
        t -> {
          Tensor d = direction(group, t[0], t[1]);
          Tensor mean = average(t[2], d, beta1);
          Tensor largest = t[3].copy_(t[3].mul(beta2).maximum(d.abs().add_(eps)));
          t[0].sub_(mean.div(largest).mul_(lr));
        },
        p,
        g,
        zeros(state, "exp_avg", p),
        zeros(state, "exp_inf", p));
  }
}
