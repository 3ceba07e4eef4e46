package dev.facula.optim;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adafactor: the mean squares of the gradients of a matrix are kept as those of its rows and of its
 * columns, which is little memory. In step t, with β = 1 - t^decay, ρ = min(γ, 1 / √t),
 *
 * <pre>
 * α = max(ε2, rms(p)) ρ
 * p = p - γ λ p
 * R = β R + (1 - β) mean of g² over columns, C likewise over rows     V = R C / mean(R)
 * U = g / √V                    vectors and numbers keep V itself
 * p = p - α U / max(1, rms(U) / d)
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new Adafactor(net.parameters(), 1e-2, o -> o.weightDecay(0.1));
 * }</pre>
 *
 * <p>Shazeer and Stern, "Adafactor: Adaptive Learning Rates with Sublinear Memory Cost", 2018.
 */
public final class Adafactor extends GroupOptimizer<Adafactor.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("Adafactor", 1e-2);
      beta2Decay(-0.8);
      set("eps", List.of(-1.0, 1e-3));
      d(1);
    }

    /**
     * How the mean squares forget: that power of the number of the step. Default: -0.8.
     *
     * @return this
     */
    public Options beta2Decay(double value) {
      require(value <= 0, "beta2_decay", value, "0 or less");
      return set("beta2_decay", value);
    }

    /**
     * What mean squares and the scale of a parameter are at least. Default: the distance from 1 to
     * the next number of the parameter's type, and 1e-3.
     *
     * @return this
     */
    public Options eps(double eps1, double eps2) {
      require(eps1 >= 0, "epsilon1", eps1, "0 or more");
      require(eps2 >= 0, "epsilon2", eps2, "0 or more");
      return set("eps", List.of(eps1, eps2));
    }

    /**
     * The root mean square above which an update is scaled down, 1 or more. Default: 1.
     *
     * @return this
     */
    public Options d(double value) {
      require(value >= 1, "clipping threshold d", value, "1 or more");
      return set("d", value);
    }
  }

  /** With the default options. */
  public Adafactor(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-2 unless the options have another. */
  public Adafactor(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Adafactor(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-2
   * @param options beta2Decay, eps, d, weightDecay, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Adafactor(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor gradient, Map<String, Tensor> state) {
    long step = count(state);
    Tensor g = group.flag("maximize") ? gradient.neg() : gradient;
    double share = Math.pow(step, group.number("beta2_decay"));
    double eps1 = group.number("eps", 0) < 0 ? epsilon(p.dtype()) : group.number("eps", 0);
    double root = Math.sqrt(p.numel());
    double alpha = Math.max(group.number("eps", 1), p.norm().item() / root);
    alpha *= Math.min(group.lr(), 1 / Math.sqrt(step));
    if (group.number("weight_decay") != 0) {
      p.mul_(1 - group.lr() * group.number("weight_decay"));
    }
    Tensor estimate;
    if (g.dim() > 1) {
      Tensor squares = g.square();
      Tensor rows = mean(state, "row_var", squares.mean(-1, true), share);
      Tensor columns = mean(state, "col_var", squares.mean(-2, true), share);
      estimate = rows.matmul(columns).div_(rows.mean(-2, true).clamp_(eps1, null));
    } else {
      estimate = mean(state, "variance", g.square(), share);
    }
    Tensor update = estimate.clamp(eps1 * eps1, null).rsqrt_().mul_(g);
    double excess = update.norm().item() / (root * group.number("d"));
    p.add_(update, -alpha / Math.max(1, excess));
  }

  private static Tensor mean(Map<String, Tensor> state, String name, Tensor now, double share) {
    return zeros(state, name, now).lerp_(now, share);
  }

  private static double epsilon(DType type) {
    return switch (type) {
      case FLOAT64 -> 0x1p-52;
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      default -> 0x1p-23;
    };
  }
}
