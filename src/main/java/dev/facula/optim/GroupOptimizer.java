package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An optimizer whose parameter groups have options that are set by a lambda and checked. One of
 * one's own:
 *
 * <pre>{@code
 * public final class SignSGD extends GroupOptimizer<SignSGD.Options> {
 *   public static final class Options extends GroupOptions<Options> {
 *     private Options() {
 *       super("SignSGD", 1e-3);
 *       momentum(0);
 *     }
 *
 *     public Options momentum(double value) {
 *       return notNegative("momentum", "momentum value", value);
 *     }
 *   }
 *
 *   public SignSGD(List<Tensor> params, Consumer<Options> options) {
 *     super(params, Options::new, options);
 *   }
 *
 *   @Override
 *   protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
 *     Tensor mean = zeros(state, "momentum_buffer", p);
 *     elementwise(
 *         t -> {
 *           average(t[2], direction(group, t[0], t[1]), group.number("momentum"));
 *           t[0].sub_(t[2].sign().mul_(group.lr()));
 *         },
 *         p, g, mean);
 *   }
 * }
 * }</pre>
 *
 * @param <O> the options of a group
 */
public abstract class GroupOptimizer<O extends GroupOptions<O>> extends Optimizer {
  private final Supplier<O> options;

  /**
   * An optimizer of one parameter group.
   *
   * @param params leaf tensors, not none
   * @param defaults makes options with the default values
   * @param options changes them
   * @throws IllegalArgumentException if a value is out of range, if there is no parameter, or one
   *     that is no leaf
   */
  protected GroupOptimizer(List<Tensor> params, Supplier<O> defaults, Consumer<? super O> options) {
    super(params, defaults.get().with(options));
    this.options = defaults;
  }

  /** The same with a learning rate, which the options may change. */
  protected GroupOptimizer(
      List<Tensor> params, Supplier<O> defaults, double lr, Consumer<? super O> options) {
    this(
        params,
        defaults,
        o -> {
          o.lr(lr);
          Objects.requireNonNull(options, "options").accept(o);
        });
  }

  /**
   * Adds a group; options that are not set are those of the constructor.
   *
   * <pre>{@code
   * var optimizer = new SGD(net.get(0).parameters(), 1e-2, o -> o.momentum(0.9));
   * optimizer.addParamGroup(net.get(1).parameters(), o -> o.lr(1e-3));
   * }</pre>
   *
   * @param params leaf tensors that are in no group yet
   * @throws IllegalArgumentException if a value is out of range, if a parameter is no leaf, or is
   *     in a group already
   */
  public final void addParamGroup(List<Tensor> params, Consumer<? super O> options) {
    addGroup(params, this.options.get().from(defaults()).with(options));
  }
}
