package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adamax, {@link Adam} with the largest gradient instead of the mean square. A step is
 *
 * <pre>
 * m = β1 m + (1 - β1) g
 * u = max(β2 u, |g| + ε)
 * p = p - γ m / (1 - β1^t) / u
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new Adamax(net.parameters(), 2e-3);
 * }</pre>
 *
 * <p>Kingma and Ba, "Adam: A Method for Stochastic Optimization", 2015, section 7.
 */
public final class Adamax extends GroupOptimizer<Adamax.Options> {

  /** Options of a parameter group. */
  public static final class Options extends AdamOptions<Options> {
    private Options() {
      super("Adamax", 2e-3);
    }
  }

  /** With the default options. */
  public Adamax(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 2e-3 unless the options have another. */
  public Adamax(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Adamax(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 2e-3
   * @param options betas, eps, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adamax(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
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
