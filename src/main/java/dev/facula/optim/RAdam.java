package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * RAdam, {@link Adam} that leaves the division by the mean square out as long as that is uncertain.
 *
 * <p>Liu et al., "On the Variance of the Adaptive Learning Rate and Beyond", 2020.
 */
public final class RAdam extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("RAdam");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * How slowly the mean and the mean square follow the gradient. Default: 0.9, 0.999.
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

    /**
     * Decays the parameters themselves, as {@link AdamW} does. Default: false.
     *
     * @return this
     */
    public Options decoupledWeightDecay(boolean on) {
      return set("decoupled_weight_decay", on);
    }
  }

  /** With a learning rate of 1e-3. */
  public RAdam(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** With default options. */
  public RAdam(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-3
   * @param options betas, eps, weightDecay, decoupledWeightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public RAdam(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .betas(0.9, 0.999)
            .eps(1e-8)
            .weightDecay(0)
            .decoupledWeightDecay(false)
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
