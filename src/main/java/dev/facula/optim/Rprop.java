package dev.facula.optim;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Resilient backpropagation: each parameter has a step size of its own, which grows while the sign
 * of the gradient stays and shrinks when it turns. For gradients of all data at once. A step is
 *
 * <pre>
 * s = min(s η+, most)                where g and the gradient of the step before have one sign
 * s = max(s η-, least) and g = 0     where they have not
 * p = p - s sign(g)
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new Rprop(net.parameters(), 0.01, o -> o.etas(0.5, 1.2));
 * }</pre>
 *
 * <p>Riedmiller and Braun, "A direct adaptive method for faster backpropagation learning", 1993.
 */
public final class Rprop extends GroupOptimizer<Rprop.Options> {

  /** Options of a parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("Rprop", 1e-2);
      etas(0.5, 1.2);
      stepSizes(1e-6, 50);
    }

    /**
     * The factors by which a step shrinks and grows, below and above 1. Default: 0.5, 1.2.
     *
     * @return this
     */
    public Options etas(double minus, double plus) {
      require(
          minus > 0 && minus < 1 && plus > 1,
          "eta values",
          minus + ", " + plus,
          "below and above 1");
      return set("etas", List.of(minus, plus));
    }

    /**
     * The smallest and the largest step. Default: 1e-6, 50.
     *
     * @return this
     */
    public Options stepSizes(double min, double max) {
      return set("step_sizes", List.of(min, max));
    }
  }

  /** With the default options. */
  public Rprop(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-2 unless the options have another. */
  public Rprop(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Rprop(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the learning rate, 0 or more; default 1e-2
   * @param options etas, stepSizes, maximize
   * @throws IllegalArgumentException if a value is out of range
   */
  public Rprop(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    count(state);
    double shrink = group.number("etas", 0);
    double grow = group.number("etas", 1);
    double least = group.number("step_sizes", 0);
    double most = group.number("step_sizes", 1);
    elementwise(
        t -> {
          Tensor d = group.flag("maximize") ? t[1].neg() : t[1];
          Tensor product = d.mul(t[2]);
          Tensor transposed = product.lt(0);
          Tensor factor =
              Tensor.where(
                  product.gt(0),
                  Tensor.scalar(p.dtype(), grow),
                  Tensor.where(
                      transposed, Tensor.scalar(p.dtype(), shrink), Tensor.scalar(p.dtype(), 1)));
          t[3].copy_(t[3].mul(factor).clamp(least, most));
          Tensor kept = t[2].copy_(Tensor.where(transposed, Tensor.scalar(p.dtype(), 0), d));
          t[0].sub_(kept.sign().mul_(t[3]));
        },
        p,
        g,
        zeros(state, "prev", p),
        filled(state, "step_size", p, group.lr()));
  }
}
