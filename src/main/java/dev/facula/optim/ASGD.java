package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Averaged stochastic gradient descent: the mean of the parameters of all steps is kept beside
 * them, as {@code ax} in the state.
 *
 * <p>Polyak and Juditsky, "Acceleration of Stochastic Approximation by Averaging", 1992.
 */
public final class ASGD extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("ASGD");
    }

    @Override
    Options self() {
      return this;
    }

    /**
     * The decay of the parameters in each step. Default: 1e-4.
     *
     * @return this
     */
    public Options lambd(double value) {
      return set("lambd", value);
    }

    /**
     * The power of the learning rate's decline. Default: 0.75.
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

    /**
     * The factor of the parameters that is added to their gradients. Default: 0.
     *
     * @return this
     */
    public Options weightDecay(double value) {
      return notNegative("weight_decay", "weight_decay value", value);
    }
  }

  /** With a learning rate of 1e-2. */
  public ASGD(List<Tensor> params) {
    this(params, 1e-2);
  }

  /** With default options. */
  public ASGD(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-2
   * @param options lambd, alpha, t0, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public ASGD(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .lambd(1e-4)
            .alpha(0.75)
            .t0(1e6)
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
    double lr = group.lr();
    double lambd = group.number("lambd");
    double eta = step == 1 ? (float) lr : number(state, "eta");
    double mu = step == 1 ? 1 : number(state, "mu");
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

  private static double number(Map<String, Tensor> state, String name) {
    Tensor t = state.get(name);
    return t == null ? Double.NaN : t.item();
  }
}
