package dev.facula.optim;

import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The quasi-Newton method L-BFGS: gradients of the last steps stand for second derivatives. For all
 * data at once rather than batches; one step calls the closure many times.
 *
 * <pre>{@code
 * var optimizer = new LBFGS(net.parameters(), 1, o -> o.lineSearchFn("strong_wolfe"));
 * optimizer.step(
 *     () -> {
 *       optimizer.zeroGrad();
 *       Tensor loss = criterion.forward(net.forward(input), target);
 *       loss.backward();
 *       return loss;
 *     });
 * }</pre>
 *
 * <p>There is one parameter group. It needs memory for {@code 2 historySize} times the parameters;
 * all is remembered as the state of the first of them.
 *
 * <p>Nocedal, "Updating quasi-Newton matrices with limited storage", 1980; the line search is that
 * of Nocedal and Wright, "Numerical Optimization", 2006, algorithms 3.5 and 3.6.
 */
public final class LBFGS extends GroupOptimizer<LBFGS.Options> {
  private static final Set<String> NUMBERS =
      Set.of("func_evals", "n_iter", "t", "H_diag", "prev_loss");

  /** Options of the parameter group. */
  public static final class Options extends GroupOptions<Options> {
    private Options() {
      super("LBFGS", 1);
      set("max_iter", 20);
      set("max_eval", 0);
      set("tolerance_grad", 1e-7);
      set("tolerance_change", 1e-9);
      set("history_size", 100);
      set("line_search_fn", "none");
    }

    /**
     * The largest number of iterations of a step. Default: 20.
     *
     * @return this
     */
    public Options maxIter(int value) {
      return set("max_iter", value);
    }

    /**
     * The number of calls of the closure after which a step ends. Default: 5/4 of maxIter.
     *
     * @return this
     */
    public Options maxEval(int value) {
      require(value > 0, "max_eval", value, "1 or more");
      return set("max_eval", value);
    }

    /**
     * A step ends when no gradient is larger. Default: 1e-7.
     *
     * @return this
     */
    public Options toleranceGrad(double value) {
      return set("tolerance_grad", value);
    }

    /**
     * A step ends when neither the loss nor a parameter changes by more. Default: 1e-9.
     *
     * @return this
     */
    public Options toleranceChange(double value) {
      return set("tolerance_change", value);
    }

    /**
     * How many changes of the gradient are remembered. Default: 100.
     *
     * @return this
     */
    public Options historySize(int value) {
      require(value > 0, "history_size", value, "1 or more");
      return set("history_size", value);
    }

    /**
     * {@code "strong_wolfe"} looks for a length of step that satisfies the strong Wolfe conditions;
     * {@code "none"} takes the learning rate for it. Default: "none".
     *
     * @return this
     */
    public Options lineSearchFn(String value) {
      return set(
          "line_search_fn",
          Modes.require("LBFGS", "line_search_fn", value, "none", "strong_wolfe"));
    }

    @Override
    protected void check() {
      if (flag("maximize")) {
        throw invalid("maximize is not supported; negate the loss");
      }
      if (number("max_eval") == 0) {
        set("max_eval", (int) number("max_iter") * 5 / 4);
      }
    }
  }

  /** With the default options. */
  public LBFGS(List<Tensor> params) {
    this(params, o -> {});
  }

  /** With a learning rate of 1 unless the options have another. */
  public LBFGS(List<Tensor> params, Consumer<? super Options> options) {
    super(params, Options::new, options);
  }

  /** With that learning rate. */
  public LBFGS(List<Tensor> params, double lr) {
    this(params, lr, o -> {});
  }

  /**
   * An optimizer of one parameter group.
   *
   * @param params what is trained, such as {@code net.parameters()}
   * @param lr the factor of each step, 0 or more; default 1
   * @param options maxIter, maxEval, toleranceGrad, toleranceChange, historySize, lineSearchFn
   * @throws IllegalArgumentException if a value is out of range
   */
  public LBFGS(List<Tensor> params, double lr, Consumer<? super Options> options) {
    super(params, Options::new, lr, options);
  }

  @Override
  void checkGroup(List<Tensor> params) {
    if (!paramGroups().isEmpty()) {
      throw new IllegalArgumentException("LBFGS: there can be only one parameter group");
    }
  }

  @Override
  boolean keepsType(String name) {
    return super.keepsType(name) || NUMBERS.contains(name);
  }

  /**
   * Not for this optimizer.
   *
   * @throws UnsupportedOperationException always
   */
  @Override
  public void step() {
    throw new UnsupportedOperationException(
        "LBFGS: step needs a closure that computes the loss anew, step(() -> ...)");
  }

  /** Not called: a step changes all parameters together. */
  @Override
  protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
    step();
  }

  /**
   * Moves the parameters by up to {@code maxIter} iterations.
   *
   * @param closure clears the gradients, computes the loss, calls backward on it and returns it; it
   *     is recorded, also where the caller is under {@code noGrad}
   * @return the loss at the start
   */
  @Override
  public Tensor step(Supplier<Tensor> closure) {
    Objects.requireNonNull(closure, "closure");
    return hooked(
        () -> {
          try (var guard = Facula.noGrad()) {
            return new Run(closure).step();
          }
        });
  }

  /** One step: the memory of the state, and where the search stands. */
  private final class Run implements LineSearch.Objective {
    private final Supplier<Tensor> closure;
    private final ParamGroup group = paramGroups().get(0);
    private final List<Tensor> params = group.params();
    private final Map<String, Tensor> state = ownState(params.get(0));
    private final List<Tensor> dirs = new ArrayList<>();
    private final List<Tensor> steps = new ArrayList<>();
    private double iterations = number(state, "n_iter", 0);
    private double evaluations = number(state, "func_evals", 0);
    private double scale = number(state, "H_diag", 1);
    private double length = number(state, "t", 0);
    private double previousLoss = number(state, "prev_loss", 0);
    private double loss;
    private List<Tensor> start = List.of();

    Run(Supplier<Tensor> closure) {
      this.closure = closure;
      for (int i = 0; state.containsKey("old_dirs." + i); i++) {
        dirs.add(Objects.requireNonNull(state.get("old_dirs." + i)));
        steps.add(Objects.requireNonNull(state.get("old_stps." + i)));
      }
    }

    Tensor step() {
      Tensor first = evaluate();
      Tensor gradient = gradient();
      evaluations++;
      Tensor direction = state.get("d");
      Tensor previous = state.get("prev_flat_grad");
      double flat = group.number("tolerance_grad");
      double small = group.number("tolerance_change");
      int most = (int) group.number("max_iter");
      int mostCalls = (int) group.number("max_eval");
      boolean searching = group.get("line_search_fn").equals("strong_wolfe");
      if (largest(gradient) <= flat) {
        state.put("func_evals", Tensor.scalar(evaluations));
        state.put("n_iter", Tensor.scalar(iterations));
        return first;
      }
      int calls = 1;
      for (int i = 1; i <= most; i++) {
        iterations++;
        direction =
            direction == null || previous == null
                ? gradient.neg()
                : direction(gradient, gradient.sub(previous), direction.mul(length));
        previous = gradient;
        previousLoss = loss;
        length = iterations == 1 ? Math.min(1, 1 / gradient.abs().sum().item()) : 1;
        length *= group.lr();
        double slope = gradient.dot(direction).item();
        if (slope > -small) {
          break;
        }
        int spent = 0;
        if (searching) {
          start = params.stream().map(Tensor::clone).toList();
          LineSearch search = new LineSearch(this, direction, loss, gradient, slope, small);
          spent = search.run(length, mostCalls - calls);
          loss = search.loss();
          gradient = search.gradient();
          length = search.length();
          move(length, direction);
        } else {
          move(length, direction);
          if (i != most) {
            evaluate();
            gradient = gradient();
            spent = 1;
          }
        }
        calls += spent;
        evaluations += spent;
        if (calls >= mostCalls
            || largest(gradient) <= flat
            || largest(direction.mul(length)) <= small
            || Math.abs(loss - previousLoss) < small) {
          break;
        }
      }
      remember(direction, previous);
      return first;
    }

    /** The approximate inverse Hessian times the gradient, with the last change in its memory. */
    private Tensor direction(Tensor gradient, Tensor change, Tensor step) {
      double curvature = change.dot(step).item();
      if (curvature > 1e-10) {
        if (dirs.size() == (int) group.number("history_size")) {
          dirs.remove(0);
          steps.remove(0);
        }
        dirs.add(change);
        steps.add(step);
        scale = curvature / change.dot(change).item();
      }
      int n = dirs.size();
      double[] shares = new double[n];
      double[] inverse = new double[n];
      Tensor q = gradient.neg();
      for (int i = n - 1; i >= 0; i--) {
        inverse[i] = 1 / dirs.get(i).dot(steps.get(i)).item();
        shares[i] = steps.get(i).dot(q).item() * inverse[i];
        q.add_(dirs.get(i), -shares[i]);
      }
      q.mul_(scale);
      for (int i = 0; i < n; i++) {
        double back = dirs.get(i).dot(q).item() * inverse[i];
        q.add_(steps.get(i), shares[i] - back);
      }
      return q;
    }

    private void remember(@Nullable Tensor direction, @Nullable Tensor previous) {
      state.clear();
      state.put("func_evals", Tensor.scalar(evaluations));
      state.put("n_iter", Tensor.scalar(iterations));
      state.put("t", Tensor.scalar(length));
      state.put("H_diag", Tensor.scalar(scale));
      state.put("prev_loss", Tensor.scalar(previousLoss));
      if (direction != null && previous != null) {
        state.put("d", direction);
        state.put("prev_flat_grad", previous);
      }
      for (int i = 0; i < dirs.size(); i++) {
        state.put("old_dirs." + i, dirs.get(i));
        state.put("old_stps." + i, steps.get(i));
      }
      state.values().forEach(MEMORY::lasting);
    }

    private Tensor evaluate() {
      try (var guard = Facula.enableGrad()) {
        Tensor value = Objects.requireNonNull(closure.get(), "step: the closure returned null");
        loss = value.item();
        return value;
      }
    }

    @Override
    public double loss(double length, Tensor direction) {
      move(length, direction);
      evaluate();
      for (int i = 0; i < params.size(); i++) {
        params.get(i).copy_(start.get(i));
      }
      return loss;
    }

    @Override
    public Tensor gradient() {
      List<Tensor> parts = new ArrayList<>(params.size());
      for (Tensor p : params) {
        Tensor g = MEMORY.gradient(p);
        parts.add((g == null ? Tensor.zerosLike(p) : g).reshape(-1));
      }
      return Tensor.cat(parts, 0);
    }

    private void move(double length, Tensor direction) {
      int at = 0;
      for (Tensor p : params) {
        int n = (int) p.numel();
        p.add_(direction.narrow(0, at, n).view(p.shape()), length);
        at += n;
      }
    }

    private double largest(Tensor x) {
      return x.abs().max().item();
    }
  }
}
