package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Averaged stochastic gradient descent: the mean of the parameters of all steps is kept beside
 * them, as {@code ax} in the state. A step is
 *
 * <pre>
 * g = g + weightDecay p
 * p = (1 - λ η) p - η g
 * ax = ax + μ (p - ax)
 * η = γ / (1 + λ γ t)^α, μ = 1 / max(1, t - t0)      of the next step
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new ASGD(net.parameters(), 0.01, o -> o.t0(1000));
 * }</pre>
 *
 * <p>Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
 */
public final class ASGD extends GroupOptimizer<ASGD.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("ASGD", 1e-2);
      lambd(1e-4);
      alpha(0.75);
      t0(1e6);
    }

    /**
     * The decay of the parameters in each step, λ. Default: 1e-4.
     *
     * @return this
     */
    public Options lambd(double value) {
      return set("lambd", value);
    }

    /**
     * The power of the learning rate's decline, α. Default: 0.75.
     *
     * @return this
     */
    public Options alpha(double value) {
      return set("alpha", value);
    }

    /**
     * The step at which averaging begins. Default: 1e6.
     *
     * @return this
     */
    public Options t0(double value) {
      return set("t0", value);
    }
  }

  /** With the default options. */
  public ASGD(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-2 unless the options have another. */
  public ASGD(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public ASGD(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-2
   * @param options lambd, alpha, t0, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public ASGD(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    long step = count(state);
    double lr = group.lr();
    double lambd = group.number("lambd");
    double eta = step == 1 ? (float) lr : number(state, "eta", Double.NaN);
    double mu = step == 1 ? 1 : number(state, "mu", Double.NaN);
    elementwise(
        t -> {
          Tensor d = direction(group, t[0], t[1]);
          t[0].mul_(1 - lambd * eta).sub_(d.mul(eta));
          if (mu == 1) {
            t[2].copy_(t[0]);
          } else {
            t[2].add_(t[0].sub(t[2]).mul_(mu));
          }
        },
        p,
        g,
        zeros(state, "ax", p));
    double decline = Math.pow(1 + lambd * lr * step, group.number("alpha"));
    state.put("eta", Tensor.scalar(lr / decline));
    state.put("mu", Tensor.scalar(1 / Math.max(1, step - group.number("t0"))));
  }
}
