package dev.facula.optim;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.internal.fused.Fused;
import dev.facula.internal.fused.TensorMemory;
import dev.facula.internal.fused.UpdateSteps;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Updates parameters by their gradients.
 *
 * <pre>{@code
 * Optimizer optimizer = new SGD(net.parameters(), 0.01, o -> o.momentum(0.9));
 * for (Batch batch : loader) {
 *   optimizer.zeroGrad();
 *   Tensor loss = criterion.forward(net.forward(batch.input()), batch.target());
 *   loss.backward();
 *   optimizer.step();
 * }
 * }</pre>
 *
 * <p>Parameters come in groups, each with options of its own; see {@link #paramGroups}.
 *
 * <p>An optimizer of one's own implements {@link #update} and keeps what it has to remember in the
 * map it is given; all else, with state and groups, is done here. {@link GroupOptimizer} adds
 * options that are set by a lambda.
 *
 * <pre>{@code
 * final class Lion extends Optimizer {
 *   Lion(List<Tensor> params, double lr) {
 *     super(params, Map.of("lr", lr, "betas", List.of(0.9, 0.99), "weight_decay", 0.0));
 *   }
 *
 *   @Override
 *   protected void update(ParamGroup group, Tensor p, Tensor g, Map<String, Tensor> state) {
 *     double beta1 = group.number("betas", 0);
 *     elementwise(
 *         t -> {
 *           t[0].mul_(1 - group.lr() * group.number("weight_decay"));
 *           t[0].sub_(t[2].mul(beta1).add_(t[1].mul(1 - beta1)).sign().mul_(group.lr()));
 *           average(t[2], t[1], group.number("betas", 1));
 *         },
 *         p, g, zeros(state, "exp_avg", p));
 *   }
 * }
 * }</pre>
 */
public abstract class Optimizer {
  static final UpdateSteps<Tensor> STEPS = Fused.of(Tensor.class).updates();
  static final TensorMemory<Tensor> MEMORY = Fused.of(Tensor.class).memory();

  private final Map<String, Object> defaults;
  private final List<ParamGroup> groups = new ArrayList<>();
  private final IdentityHashMap<Tensor, Map<String, Tensor>> states = new IdentityHashMap<>();

  /** Whether there is a schedule, and whether a step was taken since: schedules look at it. */
  boolean scheduled;

  boolean stepped;

  private final List<Consumer<Optimizer>> preHooks = new ArrayList<>();
  private final List<Consumer<Optimizer>> postHooks = new ArrayList<>();
  private boolean inHooked;

  /**
   * An optimizer with one group.
   *
   * @param params leaf tensors, not none
   * @param options by name, the defaults of later groups too
   * @throws IllegalArgumentException if there is no parameter, or one that is no leaf
   */
  protected Optimizer(List<Tensor> params, Map<String, Object> options) {
    if (params.isEmpty()) {
      throw new IllegalArgumentException(
          name() + ": the list of parameters is empty; does the module register its layers?");
    }
    defaults = Map.copyOf(options);
    addGroup(params, options);
  }

  /**
   * Changes one parameter in place. Called without recording.
   *
   * @param group the options
   * @param parameter what is changed
   * @param gradient its gradient, not to be changed. It may go into the state; whoever keeps it
   *     elsewhere keeps a clone, for after {@link #zeroGrad()} its memory serves the next ones and
   *     to read it is an error.
   * @param state what is remembered of this parameter from step to step, empty at first; it is part
   *     of {@link #stateDict}
   */
  protected abstract void update(
      ParamGroup group, Tensor parameter, Tensor gradient, Map<String, Tensor> state);

  /** The options of the constructor, which later groups start from. */
  protected final Map<String, Object> defaults() {
    return defaults;
  }

  /**
   * Adds a group with the options of the constructor.
   *
   * @param params leaf tensors that are in no group yet
   * @throws IllegalArgumentException if a parameter is no leaf, or is in a group already
   */
  public final void addParamGroup(List<Tensor> params) {
    addGroup(params, defaults);
  }

  /**
   * Adds a group.
   *
   * @param options by name; those that are missing are those of the constructor
   * @throws IllegalArgumentException if a parameter is no leaf, or is in a group already
   */
  protected final void addGroup(List<Tensor> params, Map<String, Object> options) {
    checkGroup(params);
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    for (ParamGroup group : groups) {
      seen.addAll(group.params());
    }
    for (int i = 0; i < params.size(); i++) {
      Tensor p = Objects.requireNonNull(params.get(i), "params");
      if (!p.isLeaf()) {
        throw new IllegalArgumentException(
            name() + ": parameter " + i + " is the result of an operation, not a leaf");
      }
      if (!seen.add(p)) {
        throw new IllegalArgumentException(
            name() + ": parameter " + i + " of the group appears twice in the optimizer");
      }
    }
    Map<String, Object> all = new LinkedHashMap<>(defaults);
    all.putAll(options);
    groups.add(new ParamGroup(params, all));
  }

  /** Refuses parameters that this optimizer cannot have; called by the constructor. */
  void checkGroup(List<Tensor> params) {}

  /** What is remembered of a parameter, by PyTorch's names; nothing before its first step. */
  public final Map<String, Tensor> state(Tensor parameter) {
    Map<String, Tensor> own = states.get(parameter);
    return own == null ? Map.of() : Collections.unmodifiableMap(own);
  }

  /** The groups, whose options may be changed between steps. */
  public final List<ParamGroup> paramGroups() {
    return Collections.unmodifiableList(groups);
  }

  /** Forgets the gradients of all parameters. */
  public void zeroGrad() {
    zeroGrad(true);
  }

  /**
   * Forgets the gradients of all parameters, or fills them with zeros. A gradient that {@link
   * Tensor#grad()} has returned stays as it is; the memory of others may serve the next ones.
   *
   * @param setToNone whether they are forgotten: a parameter without a gradient is not updated
   */
  public void zeroGrad(boolean setToNone) {
    for (ParamGroup group : groups) {
      for (Tensor p : group.params()) {
        if (setToNone) {
          p.setGrad(null);
        } else if (MEMORY.gradient(p) != null) {
          p.setGrad(Tensor.zerosLike(p));
        }
      }
    }
  }

  /** Updates all parameters that have a gradient. */
  public void step() {
    if (!inHooked && !(preHooks.isEmpty() && postHooks.isEmpty())) {
      hooked(
          () -> {
            step();
            return this;
          });
      return;
    }
    stepped = scheduled;
    MEMORY.lasting(
        () -> {
          for (ParamGroup group : groups) {
            for (Tensor p : group.params()) {
              Tensor g = MEMORY.gradient(p);
              if (g != null) {
                update(group, p, g, ownState(p));
              }
            }
          }
        });
  }

  /**
   * Computes the loss and its gradients, then updates the parameters.
   *
   * @param closure clears the gradients, computes the loss, calls backward on it and returns it
   * @return the loss
   */
  public Tensor step(Supplier<Tensor> closure) {
    Objects.requireNonNull(closure, "closure");
    return hooked(
        () -> {
          Tensor loss;
          try (var guard = Facula.enableGrad()) {
            loss = closure.get();
          }
          step();
          return loss;
        });
  }

  /**
   * Calls a function before each step, and before the closure of one that has it.
   *
   * @param hook gets the optimizer
   * @return removes the hook when closed
   */
  public Tensor.Hook registerStepPreHook(Consumer<Optimizer> hook) {
    return added(preHooks, hook);
  }

  /** The same after each step. */
  public Tensor.Hook registerStepPostHook(Consumer<Optimizer> hook) {
    return added(postHooks, hook);
  }

  private static Tensor.Hook added(List<Consumer<Optimizer>> hooks, Consumer<Optimizer> hook) {
    Objects.requireNonNull(hook, "hook");
    Consumer<Optimizer> own = hook::accept; // one of its own, if the same is registered twice
    hooks.add(own);
    return () -> hooks.remove(own);
  }

  /** A step between its hooks; {@link #step()} within calls them no second time. */
  final <R> R hooked(Supplier<R> step) {
    stepped = scheduled;
    inHooked = true;
    try {
      List.copyOf(preHooks).forEach(h -> h.accept(this));
      R result = step.get();
      List.copyOf(postHooks).forEach(h -> h.accept(this));
      return result;
    } finally {
      inHooked = false;
    }
  }

  /** What is remembered of a parameter, to be changed. */
  final Map<String, Tensor> ownState(Tensor parameter) {
    return states.computeIfAbsent(parameter, q -> new ParameterState(MEMORY, q));
  }

  /** Whether a tensor of the state is a number that does not take the parameter's type. */
  boolean keepsType(String name) {
    return name.equals("step");
  }

  /**
   * What the optimizer remembers, in PyTorch's structure: {@code state} maps the number of a
   * parameter to its tensors by name, {@code param_groups} lists the options of each group with the
   * numbers of its {@code params}. The tensors are the optimizer's own, not copies.
   */
  public Map<String, Object> stateDict() {
    Map<Integer, Map<String, Tensor>> state = new LinkedHashMap<>();
    List<Map<String, Object>> packed = new ArrayList<>();
    int next = 0;
    for (ParamGroup group : groups) {
      List<Integer> numbers = new ArrayList<>();
      for (Tensor p : group.params()) {
        Map<String, Tensor> own = states.get(p);
        if (own != null && !own.isEmpty()) {
          state.put(next, new LinkedHashMap<>(own));
        }
        numbers.add(next++);
      }
      Map<String, Object> options = new LinkedHashMap<>(group.options());
      options.put("params", numbers);
      packed.add(options);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("state", state);
    result.put("param_groups", packed);
    return result;
  }

  /**
   * Takes over what {@link #stateDict} of an optimizer over the same parameters gave. Tensors are
   * copied and converted to the type of their parameter.
   *
   * @throws IllegalArgumentException if the groups differ in number or size; nothing is loaded then
   */
  public void loadStateDict(Map<String, Object> stateDict) {
    List<Map<?, ?>> saved = new ArrayList<>();
    if (stateDict.get("param_groups") instanceof List<?> list) {
      for (Object o : list) {
        if (o instanceof Map<?, ?> m) {
          saved.add(m);
        }
      }
    }
    if (saved.size() != groups.size()) {
      throw new IllegalArgumentException(
          "%s: the state has %s parameter groups, the optimizer %s"
              .formatted(name(), saved.size(), groups.size()));
    }
    Map<Object, Tensor> byNumber = new LinkedHashMap<>();
    for (int i = 0; i < saved.size(); i++) {
      List<?> numbers = saved.get(i).get("params") instanceof List<?> l ? l : List.of();
      List<Tensor> params = groups.get(i).params();
      if (numbers.size() != params.size()) {
        throw new IllegalArgumentException(
            "%s: group %s of the state has %s parameters, that of the optimizer %s"
                .formatted(name(), i, numbers.size(), params.size()));
      }
      for (int j = 0; j < params.size(); j++) {
        byNumber.put(numbers.get(j), params.get(j));
      }
    }
    states.clear();
    if (stateDict.get("state") instanceof Map<?, ?> state) {
      MEMORY.lasting(() -> state.forEach((number, own) -> loadState(byNumber.get(number), own)));
    }
    for (int i = 0; i < saved.size(); i++) {
      ParamGroup group = groups.get(i);
      saved
          .get(i)
          .forEach(
              (option, value) -> {
                if (!option.equals("params")) {
                  group.set((String) option, value);
                }
              });
    }
  }

  private void loadState(@Nullable Tensor parameter, Object saved) {
    if (parameter == null || !(saved instanceof Map<?, ?> tensors)) {
      return;
    }
    Map<String, Tensor> own = new ParameterState(MEMORY, parameter);
    tensors.forEach(
        (name, value) -> {
          if (name instanceof String s && value instanceof Tensor t) {
            own.put(s, (keepsType(s) ? t : t.to(parameter.dtype())).detach().contiguous().clone());
          }
        });
    states.put(parameter, own);
  }

  /**
   * Steps in tensor operations that change the tensors in place, each element by the same elements
   * of the others, one block of a few thousand elements after another: intermediate results stay in
   * the caches and cost no memory. The class comment has an example.
   *
   * @param steps gets the tensors, or the same part of each; called by several threads at the same
   *     time, so that it changes nothing else
   * @param tensors of one shape; they are taken whole where one of them is not contiguous
   */
  protected static void elementwise(Consumer<Tensor[]> steps, Tensor... tensors) {
    STEPS.elementwise(steps, tensors);
  }

  /** Counts a step of a parameter, as {@code step} in its state, and returns it, from 1 on. */
  protected static long count(Map<String, Tensor> state) {
    long step = (long) number(state, "step", 0) + 1;
    state.put("step", Tensor.scalar((double) step));
    return step;
  }

  /** A number in the state of a parameter, or another if there is none yet. */
  protected static double number(Map<String, Tensor> state, String name, double otherwise) {
    Tensor t = state.get(name);
    return t == null ? otherwise : t.item();
  }

  /** The tensor of that name in the state, zeros of the parameter's shape at first. */
  protected static Tensor zeros(Map<String, Tensor> state, String name, Tensor parameter) {
    return filled(state, name, parameter, 0);
  }

  /** The same with another number at first. */
  protected static Tensor filled(
      Map<String, Tensor> state, String name, Tensor parameter, double value) {
    Tensor t = state.get(name);
    if (t == null) {
      t = Tensor.full(parameter.dtype(), value, parameter.shape()); // row-major, for the kernels
      state.put(name, t);
    }
    return t;
  }

  /**
   * The gradient, negated if the group has {@code maximize}, plus {@code weight_decay} times the
   * parameter, where the group has that.
   */
  protected static Tensor direction(ParamGroup group, Tensor parameter, Tensor gradient) {
    Tensor d = group.has("maximize") && group.flag("maximize") ? gradient.neg() : gradient;
    double decay = group.has("weight_decay") ? group.number("weight_decay") : 0;
    return decay == 0 ? d : d.add(parameter.mul(decay));
  }

  /** The same; a decoupled decay shrinks the parameter at once instead. */
  static Tensor decoupledDirection(ParamGroup group, Tensor parameter, Tensor gradient) {
    if (!group.flag("decoupled_weight_decay")) {
      return direction(group, parameter, gradient);
    }
    parameter.mul_(1 - group.lr() * group.number("weight_decay"));
    return group.flag("maximize") ? gradient.neg() : gradient;
  }

  /** Moves a running mean on in place, mean += (1 - beta) (values - mean), and returns it. */
  protected static Tensor average(Tensor mean, Tensor values, double beta) {
    return mean.add_(values.sub(mean).mul_(1 - beta));
  }

  /** Moves a running mean of squares on in place and returns it. */
  protected static Tensor averageSquares(Tensor mean, Tensor values, double beta) {
    return mean.mul_(beta).add_(values.square().mul(1 - beta));
  }

  private String name() {
    return getClass().getSimpleName();
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(name()).append(" (");
    for (int i = 0; i < groups.size(); i++) {
      text.append("\nParameter Group ").append(i);
      new TreeMap<>(groups.get(i).options())
          .forEach(
              (option, value) -> text.append("\n    ").append(option).append(": ").append(value));
    }
    return text.append("\n)").toString();
  }
}
