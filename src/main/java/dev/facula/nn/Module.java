package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.Updates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A layer, a model or any part of one: parameters, buffers and further modules under names, and a
 * {@code forward} that computes with them.
 *
 * <p>A subclass registers what it holds where it declares it. The names become those of {@link
 * #stateDict()}, joined by dots:
 *
 * <pre>{@code
 * final class Net extends Module {
 *   private final Linear hidden = register("hidden", new Linear(784, 64));
 *   private final Linear out = register("out", new Linear(64, 10));
 *   private final Tensor scale = parameter("scale", Tensor.ones(10));
 *
 *   @Override
 *   public Tensor forward(Tensor x) {
 *     return out.forward(Functional.relu(hidden.forward(x))).mul(scale);
 *   }
 * }
 * }</pre>
 *
 * <p>What is held in a field and was not registered would stay untrained and unsaved. All methods
 * that go through the parameters therefore look at the fields, where reflection may look, and
 * report it by name. A field that is meant not to be a part of the module is declared {@code
 * transient}.
 *
 * <p>Modules whose {@code forward} takes other arguments overload it. In evaluation mode a module
 * may be used by many threads at once.
 */
public abstract class Module {
  private final Map<String, Tensor> parameters = new LinkedHashMap<>();
  private final Map<String, Tensor> buffers = new LinkedHashMap<>();
  private final Set<String> transientBuffers = new HashSet<>();
  private final Map<String, Module> modules = new LinkedHashMap<>();
  private boolean training = true;

  /** A module without parts. */
  protected Module() {}

  /**
   * Computes the output.
   *
   * @param input the input
   * @throws UnsupportedOperationException if the module has no forward of one tensor
   */
  public Tensor forward(Tensor input) {
    throw new UnsupportedOperationException(
        name() + " has no forward(Tensor): override it, or call the forward that it has");
  }

  // ---- registration -------------------------------------------------------------------------

  /**
   * Makes a module a part of this one.
   *
   * @param name what its state is found under; not empty, without dots, not taken
   * @return the module
   */
  protected final <M extends Module> M register(String name, M module) {
    checkName(name);
    if (module == this) {
      throw new IllegalArgumentException(name() + ": cannot register itself as " + name);
    }
    modules.put(name, module);
    return module;
  }

  /**
   * Makes a tensor a parameter: it requires a gradient from now on, and optimizers train it.
   *
   * @param name not empty, without dots, not taken
   * @param tensor a leaf of floating-point type
   * @return the tensor
   */
  protected final Tensor parameter(String name, Tensor tensor) {
    checkName(name);
    if (!tensor.isLeaf()) {
      throw new IllegalArgumentException(
          name()
              + ": parameter "
              + name
              + " is the result of a recorded operation; only a leaf can"
              + " be trained: compute it under Facula.noGrad(), or detach() it");
    }
    parameters.put(name, tensor.requiresGrad(true));
    return tensor;
  }

  /**
   * Makes a tensor a buffer: a part of the state that is not trained.
   *
   * @param name not empty, without dots, not taken
   * @return the tensor
   */
  protected final Tensor buffer(String name, Tensor tensor) {
    return buffer(name, tensor, true);
  }

  /**
   * Makes a tensor a buffer.
   *
   * @param name not empty, without dots, not taken
   * @param persistent whether it is a part of {@link #stateDict()}
   * @return the tensor
   */
  protected final Tensor buffer(String name, Tensor tensor, boolean persistent) {
    checkName(name);
    buffers.put(name, Updates.lasting(tensor));
    if (!persistent) {
      transientBuffers.add(name);
    }
    return tensor;
  }

  private void checkName(String name) {
    if (name.isEmpty() || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          name() + ": a name must not be empty or contain a dot, was \"" + name + "\"");
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || modules.containsKey(name)) {
      throw new IllegalArgumentException(name() + ": \"" + name + "\" is registered already");
    }
  }

  /** The own parts, for containers that change them. */
  final Map<String, Module> modules() {
    return modules;
  }

  /** Whether this very module, or a part of it, holds that object. */
  final boolean holds(Object part) {
    for (Map<String, ?> own : List.of(parameters, buffers, modules)) {
      for (Object held : own.values()) {
        if (held == part) {
          return true;
        }
      }
    }
    for (Module m : modules.values()) {
      if (m.holds(part)) {
        return true;
      }
    }
    return false;
  }

  // ---- going through the parts --------------------------------------------------------------

  /** A visit to a module under its full name; "" is the root. */
  private interface Visitor {
    void visit(String path, Module module);
  }

  /** Visits this module and all parts of it, each before its own parts, in order. */
  private void walk(String path, Visitor visitor) {
    visitor.visit(path, this);
    modules.forEach((name, m) -> m.walk(join(path, name), visitor));
  }

  private static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  /**
   * All parameters with their names; one that is used in several places is listed at the first.
   *
   * @throws IllegalStateException if a field holds a module or a parameter that is not registered
   */
  public final Map<String, Tensor> namedParameters() {
    checkFields();
    Map<String, Tensor> result = new LinkedHashMap<>();
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    walk(
        "",
        (path, m) ->
            m.parameters.forEach(
                (name, t) -> {
                  if (seen.add(t)) {
                    result.put(join(path, name), t);
                  }
                }));
    return result;
  }

  /** All parameters, for an optimizer; each once. */
  public final List<Tensor> parameters() {
    return new ArrayList<>(namedParameters().values());
  }

  /** All buffers with their names, those that are not saved among them. */
  public final Map<String, Tensor> namedBuffers() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    walk("", (path, m) -> m.buffers.forEach((name, t) -> result.put(join(path, name), t)));
    return result;
  }

  /** This module under the name "", and all parts of it, each once, under their names. */
  public final Map<String, Module> namedModules() {
    Map<String, Module> result = new LinkedHashMap<>();
    Set<Module> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    walk(
        "",
        (path, m) -> {
          if (seen.add(m)) {
            result.put(path, m);
          }
        });
    return result;
  }

  /** The parts of this module itself, not theirs. */
  public final Map<String, Module> namedChildren() {
    return Collections.unmodifiableMap(modules);
  }

  /** The parts of this module itself, not theirs. */
  public final List<Module> children() {
    return List.copyOf(modules.values());
  }

  /**
   * Calls a function with all parts, each after its own parts, and with this module.
   *
   * @return this
   */
  public final Module apply(Consumer<? super Module> function) {
    modules.values().forEach(m -> m.apply(function));
    function.accept(this);
    return this;
  }

  private void checkFields() {
    walk("", (path, m) -> Registration.check(m));
  }

  // ---- modes --------------------------------------------------------------------------------

  /** Turns training mode on, for this module and its parts: dropout drops, statistics run. */
  public final Module train() {
    return train(true);
  }

  /** Turns training mode on or off, for this module and its parts. */
  public final Module train(boolean mode) {
    checkFields();
    walk("", (path, m) -> m.training = mode);
    return this;
  }

  /** Turns evaluation mode on, for this module and its parts. */
  public final Module eval() {
    return train(false);
  }

  /** Whether the module is in training mode, as it is at first. */
  public final boolean isTraining() {
    return training;
  }

  /** Says for all parameters whether they want a gradient. */
  public final Module requiresGrad(boolean wanted) {
    parameters().forEach(p -> p.requiresGrad(wanted));
    return this;
  }

  /** Forgets the gradients of all parameters. */
  public final void zeroGrad() {
    parameters().forEach(p -> p.setGrad(null));
  }

  /**
   * Converts all floating-point parameters and buffers, in place.
   *
   * @param dtype FLOAT32 or FLOAT64
   */
  public final Module to(DType dtype) {
    if (!dtype.isFloatingPoint()) {
      throw new IllegalArgumentException(
          name() + ".to: parameters are floating-point, cannot become " + dtype);
    }
    checkFields();
    List<Tensor> all = new ArrayList<>(parameters());
    all.addAll(namedBuffers().values());
    for (Tensor t : all) {
      if (t.isFloatingPoint()) {
        Tensor gradient = t.grad();
        t.setData(t.detach().to(dtype));
        t.setGrad(gradient == null ? null : gradient.detach().to(dtype));
      }
    }
    return this;
  }

  // ---- state --------------------------------------------------------------------------------

  /**
   * The parameters and buffers under their full names, in PyTorch's order. The tensors share their
   * memory with those of the module, and require no gradient.
   */
  public final Map<String, Tensor> stateDict() {
    checkFields();
    Map<String, Tensor> result = new LinkedHashMap<>();
    state().forEach((name, t) -> result.put(name, t.detach()));
    return result;
  }

  private Map<String, Tensor> state() {
    Map<String, Tensor> result = new LinkedHashMap<>();
    walk(
        "",
        (path, m) -> {
          m.parameters.forEach((name, t) -> result.put(join(path, name), t));
          m.buffers.forEach(
              (name, t) -> {
                if (!m.transientBuffers.contains(name)) {
                  result.put(join(path, name), t);
                }
              });
        });
    return result;
  }

  /**
   * What {@link #loadStateDict} found to differ.
   *
   * @param missing names of the module that the state lacks
   * @param unexpected names of the state that the module lacks
   */
  public record LoadResult(List<String> missing, List<String> unexpected) {}

  /**
   * Copies a state into the parameters and buffers; all names must agree.
   *
   * @throws IllegalArgumentException if anything is missing, unexpected or of another shape; the
   *     message lists all of it, and nothing was loaded
   */
  public final LoadResult loadStateDict(Map<String, Tensor> state) {
    return loadStateDict(state, true);
  }

  /**
   * Copies a state into the parameters and buffers.
   *
   * @param strict whether names that are missing or unexpected are an error
   * @return which these are
   * @throws IllegalArgumentException if a shape differs, or with strict a name; the message lists
   *     all of it, and nothing was loaded
   */
  public final LoadResult loadStateDict(Map<String, Tensor> state, boolean strict) {
    checkFields();
    Map<String, Tensor> own = state();
    List<String> missing = new ArrayList<>(own.keySet());
    missing.removeAll(state.keySet());
    List<String> unexpected = new ArrayList<>(state.keySet());
    unexpected.removeAll(own.keySet());
    List<String> shapes = new ArrayList<>();
    own.forEach(
        (name, t) -> {
          Tensor given = state.get(name);
          if (given != null && !Arrays.equals(given.shape(), t.shape())) {
            shapes.add(
                name
                    + " "
                    + Arrays.toString(given.shape())
                    + " (here "
                    + Arrays.toString(t.shape())
                    + ")");
          }
        });
    List<String> wrong = new ArrayList<>();
    if (strict && !missing.isEmpty()) {
      wrong.add("missing: " + String.join(", ", missing));
    }
    if (strict && !unexpected.isEmpty()) {
      wrong.add("unexpected: " + String.join(", ", unexpected));
    }
    if (!shapes.isEmpty()) {
      wrong.add("of another shape: " + String.join(", ", shapes));
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "loadStateDict: the state is not that of " + name() + ": " + String.join("; ", wrong));
    }
    try (var guard = Facula.noGrad()) {
      own.forEach(
          (name, t) -> {
            Tensor given = state.get(name);
            if (given != null) {
              t.copy_(given);
            }
          });
    }
    return new LoadResult(List.copyOf(missing), List.copyOf(unexpected));
  }

  // ---- printing -----------------------------------------------------------------------------

  /** The name of the class as {@link #toString()} shows it. */
  protected String name() {
    String simple = getClass().getSimpleName();
    return simple.isEmpty() ? "Module" : simple;
  }

  /** What {@link #toString()} shows in the parentheses of a module: its options. */
  protected String extraRepr() {
    return "";
  }

  /** The tree of modules, as PyTorch prints it. */
  @Override
  public String toString() {
    String extra = extraRepr();
    if (modules.isEmpty()) {
      return name() + "(" + extra + ")";
    }
    StringBuilder text = new StringBuilder(name()).append("(\n");
    if (!extra.isEmpty()) {
      text.append("  ").append(extra.replace("\n", "\n  ")).append('\n');
    }
    modules.forEach(
        (name, m) ->
            text.append("  (")
                .append(name)
                .append("): ")
                .append(m.toString().replace("\n", "\n  "))
                .append('\n'));
    return text.append(')').toString();
  }
}
