package dev.facula.optim;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Momentum whose matrix is made nearly orthogonal, for the weights of hidden layers; biases,
 * embeddings and the last layer are for {@link AdamW}. A step is
 *
 * <pre>
 * B = μ B + (1 - μ) g
 * U = μ B + (1 - μ) g     without nesterov U = B
 * p = p - γ λ p
 * p = p - γ s O(U)        O: Newton-Schulz steps, in BFLOAT16; s depends on the shape
 * </pre>
 *
 * <pre>{@code
 * var optimizer = new Muon(List.of(weight), 0.02, o -> o.momentum(0.95));
 * }</pre>
 *
 * <p>Jordan et al., "Muon: An optimizer for hidden layers in neural networks", 2024; Liu et al.,
 * "Muon is Scalable for LLM Training", 2025.
 */
public final class Muon extends GroupOptimizer<Muon.Options> {

  /** Options of a parameter group. */
  public static final class Options extends DecayOptions<Options> {
    private Options() {
      super("Muon", 1e-3);
      weightDecay(0.1);
      momentum(0.95);
      nesterov(true);
      nsCoefficients(3.4445, -4.7750, 2.0315);
      eps(1e-7);
      nsSteps(5);
      adjustLrFn("original");
    }

    /**
     * How much of the mean gradient is kept, μ. Default: 0.95.
     *
     * @return this
     */
    public Options momentum(double value) {
      return notNegative("momentum", "momentum value", value);
    }

    /**
     * Nesterov momentum. Default: true.
     *
     * @return this
     */
    public Options nesterov(boolean on) {
      return set("nesterov", on);
    }

    /**
     * The coefficients of a Newton-Schulz step, X = a X + (b X Xᵀ + c (X Xᵀ)²) X. Default: 3.4445,
     * -4.775, 2.0315.
     *
     * @return this
     */
    public Options nsCoefficients(double a, double b, double c) {
      return set("ns_coefficients", List.of(a, b, c));
    }

    /**
     * What the norm that a matrix is divided by is at least. Default: 1e-7.
     *
     * @return this
     */
    public Options eps(double value) {
      return set("eps", value);
    }

    /**
     * How many Newton-Schulz steps are made, less than 100. Default: 5.
     *
     * @return this
     */
    public Options nsSteps(int value) {
      require(value < 100, "ns_steps", value, "less than 100");
      return set("ns_steps", value);
    }

    /**
     * The factor s of an A x B matrix: {@code "original"} is √max(1, A / B), {@code
     * "match_rms_adamw"} 0.2 √max(A, B). Default: "original".
     *
     * @return this
     */
    public Options adjustLrFn(String value) {
      return set(
          "adjust_lr_fn",
          Modes.require("Muon", "adjust_lr_fn", value, "original", "match_rms_adamw"));
    }
  }

  /** With the default options. */
  public Muon(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1e-3 unless the options have another. */
  public Muon(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public Muon(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params matrices
   * @param lr the learning rate, 0 or more; default 1e-3
   * @param options momentum, nesterov, nsCoefficients, eps, nsSteps, adjustLrFn, weightDecay,
   *     maximize
   * @throws IllegalArgumentException if a value is out of range, or if a parameter is no matrix
   */
  public Muon(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  void checkGroup(List<Tensor> params) {
    for (Tensor p : params) {
      if (Objects.requireNonNull(p, "params").dim() != 2) {
        throw new IllegalArgumentException(
            "Muon: parameters must be matrices, one has shape " + Arrays.toString(p.shape()));
      }
    }
  }

  @Override
  protected void update(ParamGroup group, Tensor p, Tensor gradient, Map<String, Tensor> state) {
    Tensor g = group.flag("maximize") ? gradient.neg() : gradient;
    double momentum = group.number("momentum");
    Tensor buffer = zeros(state, "momentum_buffer", p).lerp_(g, 1 - momentum);
    Tensor update = group.flag("nesterov") ? g.lerp(buffer, momentum) : buffer;
    double rows = p.size(0);
    double columns = p.size(1);
    double scale =
        group.get("adjust_lr_fn").equals("original")
            ? Math.sqrt(Math.max(1, rows / columns))
            : 0.2 * Math.sqrt(Math.max(rows, columns));
    p.mul_(1 - group.lr() * group.number("weight_decay"));
    p.add_(orthogonal(group, update).to(p.dtype()), -group.lr() * scale);
  }

  private static Tensor orthogonal(ParamGroup group, Tensor update) {
    boolean tall = update.size(0) > update.size(1);
    Tensor x = rounded(update);
    x = tall ? x.t() : x;
    Tensor norm = rounded(x.norm()).clamp(group.number("eps"), null);
    x = rounded(x.div(norm));
    double a = group.number("ns_coefficients", 0);
    double b = group.number("ns_coefficients", 1);
    double c = group.number("ns_coefficients", 2);
    for (int i = (int) group.number("ns_steps"); i > 0; i--) {
      Tensor gram = rounded(x.matmul(x.t()));
      x = rounded(rounded(gram.addmm(gram, gram, b, c)).matmul(x).add_(x.mul(a)));
    }
    return tall ? x.t() : x;
  }

  /** The numbers of BFLOAT16, in a type whose products are not rounded before they are added. */
  private static Tensor rounded(Tensor x) {
    return x.to(DType.BFLOAT16).to(DType.FLOAT32);
  }
}
