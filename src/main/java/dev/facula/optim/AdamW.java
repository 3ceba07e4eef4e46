package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Adam} with a weight decay that leaves the means alone: p = p - lr weightDecay p before
 * each step.
 *
 * <pre>{@code
 * var optimizer = new AdamW(net.parameters(), 1e-3, o -> o.weightDecay(0.1));
 * }</pre>
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.
 */
public final class AdamW extends Optimizer {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("AdamW");
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
     * The factor, times the learning rate, by which parameters shrink. Default: 0.01.
     *
     * @return this
     */
    public Options weightDecay(double value) {
      return notNegative("weight_decay", "weight_decay value", value);
    }

    /**
     * Divides by the largest mean square so far, as in Reddi et al., "On the Convergence of Adam
     * and Beyond", 2018. Default: false.
     *
     * @return this
     */
    public Options amsgrad(boolean on) {
      return set("amsgrad", on);
    }
  }

  /** With a learning rate of 1e-3. */
  public AdamW(List<Tensor> params) {
    this(params, 1e-3);
  }

  /** With default options. */
  public AdamW(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; PyTorch's default: 1e-3
   * @param options betas, eps, weightDecay, amsgrad, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public AdamW(List<Tensor> params, double lr, Consumer<Options> options) {
    super(
        params,
        new Options()
            .lr(lr)
            .betas(0.9, 0.999)
            .eps(1e-8)
            .weightDecay(1e-2)
            .amsgrad(false)
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
    Adam.update(group, p, g, state, true);
  }
}
