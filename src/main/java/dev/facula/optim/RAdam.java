package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RAdam, {@link Adam} that leaves the division by the mean square out as long as that is uncertain.
 * A step is
 *
 * <pre>
 * m = β1 m + (1 - β1) g
 * v = β2 v + (1 - β2) g²
 * ρ∞ = 2 / (1 - β2) - 1
 * ρ = ρ∞ - 2 t β2^t / (1 - β2^t)
 * p = p - γ m / (1 - β1^t) r √(1 - β2^t) / (√v + ε)     where ρ &gt; 5, with
 *     r = √((ρ - 4) (ρ - 2) ρ∞ / ((ρ∞ - 4) (ρ∞ - 2) ρ))
 * p = p - γ m / (1 - β1^t)                              otherwise
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new RAdam(net.parameters(), 1e-3);
 * }</pre>
 *
 * <p>Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020.
 */
public final class RAdam extends GroupOptimizer<RAdam.Options> {

  /** Options of a parameter group. */
  public static final class Options extends AdamOptions<Options> {
    private Options() {
      super("RAdam", 1e-3);
      decoupledWeightDecay(false);
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
  public RAdam(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-3 unless the options have another. */
  public RAdam(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public RAdam(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-3
   * @param options betas, eps, weightDecay, decoupledWeightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public RAdam(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    long step = count(state);
    double beta1 = group.number("betas", 0);
    double beta2 = group.number("betas", 1);
    double correction = 1 - Math.pow(beta2, step);
    double longest = 2 / (1 - beta2) - 1;
    double length = longest - 2 * step * Math.pow(beta2, step) / correction;
    double certainty =
        (length - 4) * (length - 2) * longest / ((longest - 4) * (longest - 2) * length);
    double eps = group.number("eps");
    elementwise(
        t -> {
          Tensor d = decoupledDirection(group, t[0], t[1]);
          Tensor mean = average(t[2], d, beta1);
          Tensor square = averageSquares(t[3], d, beta2);
          Tensor change = mean.div(1 - Math.pow(beta1, step)).mul_(group.lr());
          if (length > 5) {
            change.div_(square.sqrt().add_(eps)).mul_(Math.sqrt(correction) * Math.sqrt(certainty));
          }
          t[0].sub_(change);
        },
        p,
        g,
        zeros(state, "exp_avg", p),
        zeros(state, "exp_avg_sq", p));
  }
}
