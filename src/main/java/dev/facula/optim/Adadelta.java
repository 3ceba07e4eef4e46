package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adadelta: divides by the root of the mean of squared gradients, and multiplies by that of the
 * mean of squared steps. A step is
 *
 * <pre>
 * g = g + λ p
 * v = ρ v + (1 - ρ) g²
 * d = √(u + ε) / √(v + ε) g
 * u = ρ u + (1 - ρ) d²
 * p = p - γ d
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new Adadelta(net.parameters());
 * }</pre>
 *
 * <p>Zeiler, "ADADELTA: An Adaptive Learning Rate Method", 2012.
 */
public final class Adadelta extends GroupOptimizer<Adadelta.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("Adadelta", 1.0);
      rho(0.9);
      eps(1e-6);
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
     * Added to the denominator, ε in the formulas. Default: 1e-6.
     *
     * @return this
     */
    public Options eps(double value) {
      return notNegative("eps", "epsilon value", value);
    }
  }

  /** With the default options. */
  public Adadelta(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1.0 unless the options have another. */
  public Adadelta(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Adadelta(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1.0
   * @param options rho, eps, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adadelta(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
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
