package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * {@link Adam} with a weight decay that leaves the means alone: before the step of Adam without
 * decay,
 *
 * <pre>
 * p = p - γ λ p
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new AdamW(net.parameters(), 1e-3, o -> o.weightDecay(0.1));
 * }</pre>
 *
 * <p>Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019.
 */
public final class AdamW extends GroupOptimizer<AdamW.Options> {

  /** Options of a parameter group. */
  public static final class Options extends AdamOptions<Options> {
    private Options() {
      super("AdamW", 1e-3);
      weightDecay(1e-2);
      amsgrad(false);
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

  /** With the default options. */
  public AdamW(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-3 unless the options have another. */
  public AdamW(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public AdamW(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-3
   * @param options betas, eps, weightDecay, amsgrad, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public AdamW(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    Adam.update(group, p, g, state, true);
  }
}
