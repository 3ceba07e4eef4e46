package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Forward;
import dev.facula.Tensor;
import dev.facula.internal.fused.Fused;
import dev.facula.io.Safetensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
 * <p>{@code java.lang} has a {@code Module}, too, which a file sees without an import: beside
 * {@code import dev.facula.nn.*;} it needs {@code import dev.facula.nn.Module;}, else the compiler
 * calls the name ambiguous.
 *
 * <p>What is held in a field and was not registered would stay untrained and unsaved. All methods
 * that go through the parameters therefore look at the fields and report it by name. A field that
 * is meant not to be a part of the module is declared {@code transient}. In a named Java module
 * reflection may look only where {@code module-info.java} says {@code opens my.app.nets to
 * dev.facula;}; one line of the log tells where it does not.
 *
 * <p>Modules whose {@code forward} takes other arguments overload it. In evaluation mode a module
 * may be used by many threads at once.
 *
 * <p><b>Hooks.</b> {@link #call(Tensor)} is {@code forward} with the hooks that were registered
 * around it. The {@code forward} of the layers in this library runs their hooks too. That of a
 * class of your own is plain Java and knows nothing of hooks: use {@code call} where it runs parts
 * that others may have put there.
 *
 * <p><b>Change from outside.</b> {@link #replace} exchanges parts, {@link #setParameter} ties
 * parameters, {@link Parametrize} computes them from others, {@link Utils#functionalCall} runs with
 * others for one call. A change that {@code forward} would not notice is an error: for a part in a
 * final field, and for a parameter in a final field that is no {@link Slot}.
 */
public abstract class Module implements Forward, Cloneable {
  private Map<String, Slot> parameters = new LinkedHashMap<>();
  private Map<String, Slot> buffers = new LinkedHashMap<>();
  private Set<String> transientBuffers = new HashSet<>();
  private Map<String, Module> parts = new LinkedHashMap<>();
  private boolean training = true;
  private @Nullable Hooks hooks; // null without any

  /** A module without parts. */
  protected Module() {}

  /**
   * Computes the output.
   *
   * @param input the input
   * @throws UnsupportedOperationException if the module has no forward of one tensor
   */
  @Override
  public Tensor forward(Tensor input) {
    throw new UnsupportedOperationException(
        name() + " has no forward(Tensor): override it, or call the forward that it has");
  }

  // ---- calls with hooks ---------------------------------------------------------------------

  /** A forward of three arguments. */
  @FunctionalInterface
  public interface Forward3<A, B, C, R> {
    /** The result of a forward. */
    R apply(A first, B second, C third);
  }

  /**
   * Runs the forward pre-hooks, {@link #forward(Tensor)} and the forward hooks.
   *
   * <pre>{@code
   * Tensor scores = net.call(images);
   * }</pre>
   */
  public Tensor call(Tensor input) {
    Hooks h = hooks;
    return h == null ? forward(input) : h.run(this, in -> forward(Hooks.at(in, 0)), input);
  }

  /** The same for a forward of one argument of any type: {@code m.call(m::forward, x)}. */
  public final <A, R> R call(Function<? super A, ? extends R> forward, A input) {
    Hooks h = hooks;
    return h == null
        ? forward.apply(input)
        : h.run(this, in -> forward.apply(Hooks.at(in, 0)), input);
  }

  /** The same for a forward of two arguments: {@code m.call(m::forward, x, y)}. */
  public final <A, B, R> R call(
      BiFunction<? super A, ? super B, ? extends R> forward, A first, @Nullable B second) {
    Hooks h = hooks;
    return h == null
        ? forward.apply(first, second)
        : h.run(this, in -> forward.apply(Hooks.at(in, 0), Hooks.at(in, 1)), first, second);
  }

  /** The same for a forward of three arguments: {@code m.call(m::forward, x, y, z)}. */
  @SuppressWarnings("NullAway") // a forward that has optional arguments takes null for them
  public final <A, B, C, R> R call(
      Forward3<? super A, ? super B, ? super C, ? extends R> forward,
      A first,
      @Nullable B second,
      @Nullable C third) {
    Hooks h = hooks;
    return h == null
        ? forward.apply(first, second, third)
        : h.run(
            this,
            in -> forward.apply(Hooks.at(in, 0), Hooks.at(in, 1), Hooks.at(in, 2)),
            first,
            second,
            third);
  }

  /**
   * Whether hooks are to be run before a forward goes on: for a class whose plain {@code forward}
   * is to run its hooks. The second time, within {@code call}, this says no.
   *
   * <pre>{@code
   * final class Twice extends Module {
   *   @Override
   *   public Tensor forward(Tensor x) {
   *     return hooked() ? call(x) : x.mul(2);
   *   }
   *
   *   @Override
   *   protected boolean forwardRunsHooks() {
   *     return true;
   *   }
   * }
   * }</pre>
   */
  protected final boolean hooked() {
    Hooks h = hooks;
    return h != null && !h.entered();
  }

  /** Whether a plain forward of this class runs the hooks. Default: false. */
  protected boolean forwardRunsHooks() {
    return false;
  }

  /** Whether nobody is shown the inputs and outputs of this module itself. */
  final boolean unhooked() {
    return hooks == null;
  }

  /**
   * Registers a hook that sees the inputs of each call before {@code forward}, and may replace
   * them. Hooks run in the order in which they were registered.
   *
   * <pre>{@code
   * var handle = net.registerForwardPreHook((m, inputs) -> List.of(((Tensor) inputs.get(0)).div(255)));
   * Tensor y = net.call(x);
   * handle.remove();
   * }</pre>
   */
  public final Hooks.Handle registerForwardPreHook(Hooks.ForwardPre hook) {
    return add(Hooks::forwardPre, hook);
  }

  /**
   * Registers a hook that sees inputs and output of each call, and may replace the output.
   *
   * <pre>{@code
   * List<Tensor> features = new ArrayList<>();
   * net.getSubmodule("encoder.layers.3")
   *     .registerForwardHook(
   *         (m, inputs, output) -> {
   *           features.add((Tensor) output);
   *           return null; // no change
   *         });
   * }</pre>
   */
  public final Hooks.Handle registerForwardHook(Hooks.Forward hook) {
    return add(Hooks::forward, hook);
  }

  /**
   * Registers a hook that sees the gradients of inputs and outputs of each call in the backward
   * pass, and may replace those of the inputs. Inputs and outputs that are no tensors, or want no
   * gradient, have null in their place; if none of the inputs wants one, the hook is called as soon
   * as the gradients of the outputs are there.
   */
  public final Hooks.Handle registerFullBackwardHook(Hooks.Backward hook) {
    return add(Hooks::backward, hook);
  }

  /**
   * Registers a hook that sees the gradients of the outputs of each call before they go back
   * through the module, and may replace them.
   */
  public final Hooks.Handle registerFullBackwardPreHook(Hooks.BackwardPre hook) {
    return add(Hooks::backwardPre, hook);
  }

  private synchronized <H> Hooks.Handle add(Function<Hooks, List<H>> kind, H hook) {
    if (!forwardRunsHooks()) {
      Hooks.warnOnce(getClass());
    }
    Hooks h = hooks == null ? new Hooks() : hooks;
    hooks = h;
    Hooks.Entry<H> entry = h.add(kind, hook);
    return () -> remove(entry);
  }

  private synchronized void remove(Hooks.Entry<?> entry) {
    entry.remove();
    Hooks h = hooks;
    if (h != null && h.isEmpty()) {
      hooks = null;
    }
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
    Objects.requireNonNull(module, "module");
    requireNoCycle(name, module);
    parts.put(name, module);
    return module;
  }

  private void requireNoCycle(String name, Module module) {
    if (module == this) {
      throw new IllegalArgumentException(name() + ": cannot register itself as " + name);
    }
    if (module.holds(this)) {
      throw new IllegalArgumentException(
          "%s: cannot register as %s a %s that contains it".formatted(name(), name, module.name()));
    }
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
    parameters.put(name, new Slot(trainable(name, tensor), false));
    return tensor;
  }

  /**
   * Makes a tensor a parameter that can be exchanged, tied and parametrized: forward asks the slot
   * for it.
   *
   * @param name not empty, without dots, not taken
   * @param tensor a leaf of floating-point type
   */
  protected final Slot slot(String name, Tensor tensor) {
    checkName(name);
    Slot slot = new Slot(trainable(name, tensor), true);
    parameters.put(name, slot);
    return slot;
  }

  private Tensor trainable(String name, Tensor tensor) {
    if (!Objects.requireNonNull(tensor, name).isLeaf()) {
      throw new IllegalArgumentException(
          ("%s: parameter %s is the result of a recorded operation; only a leaf can be"
                  + " trained: compute it under Facula.noGrad(), or detach() it")
              .formatted(name(), name));
    }
    return tensor.requiresGrad_(true);
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
    putBuffer(name, new Slot(Fused.of(Tensor.class).memory().lasting(tensor), false), persistent);
    return tensor;
  }

  /**
   * Makes a tensor a buffer that can be exchanged: forward asks the slot for it.
   *
   * @param name not empty, without dots, not taken
   * @param persistent whether it is a part of {@link #stateDict()}
   */
  protected final Slot bufferSlot(String name, Tensor tensor, boolean persistent) {
    checkName(name);
    Slot slot = new Slot(Fused.of(Tensor.class).memory().lasting(tensor), true);
    putBuffer(name, slot, persistent);
    return slot;
  }

  private void putBuffer(String name, Slot slot, boolean persistent) {
    buffers.put(name, slot);
    if (!persistent) {
      transientBuffers.add(name);
    }
  }

  private void checkName(String name) {
    if (Objects.requireNonNull(name, "name").isEmpty() || name.indexOf('.') >= 0) {
      throw new IllegalArgumentException(
          name() + ": a name must not be empty or contain a dot, was \"" + name + "\"");
    }
    if (parameters.containsKey(name) || buffers.containsKey(name) || parts.containsKey(name)) {
      throw new IllegalArgumentException(name() + ": \"" + name + "\" is registered already");
    }
  }

  /** The own parts, for containers that change them. */
  final Map<String, Module> parts() {
    return parts;
  }

  /** The own parameters. */
  final Map<String, Slot> parameterSlots() {
    return parameters;
  }

  /** The own buffers. */
  final Map<String, Slot> bufferSlots() {
    return buffers;
  }

  /** Whether a buffer is saved. */
  final boolean persistent(String name) {
    return !transientBuffers.contains(name);
  }

  /** Takes a parameter or buffer out, which a parametrization has from now on. */
  final void takeOut(String name) {
    parameters.remove(name);
    buffers.remove(name);
    transientBuffers.remove(name);
  }

  /** Takes it back. */
  final void restore(String name, Slot slot, boolean buffer, boolean persistent) {
    if (buffer) {
      putBuffer(name, slot, persistent);
    } else {
      parameters.put(name, slot);
    }
  }

  /** Whether this very module, or a part of it, holds that object. */
  final boolean holds(Object part) {
    for (Map<String, Slot> own : List.of(parameters, buffers)) {
      for (Slot slot : own.values()) {
        if (slot.own() == part) {
          return true;
        }
      }
    }
    for (Module m : parts.values()) {
      if (m == part || m.holds(part)) {
        return true;
      }
    }
    return false;
  }

  // ---- change from outside ------------------------------------------------------------------

  /**
   * The part of this name, as {@code encoder.layers.0}; "" is this module.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final Module getSubmodule(String path) {
    Module m = this;
    for (String name : path.isEmpty() ? new String[0] : path.split("\\.", -1)) {
      Module part = m.parts.get(name);
      if (part == null) {
        throw new IllegalArgumentException(
            "%s: no module %s: %s has %s".formatted(name(), path, m.name(), m.parts.keySet()));
      }
      m = part;
    }
    return m;
  }

  /**
   * The parameter of this name, as {@code encoder.layers.0.weight}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final Tensor getParameter(String path) {
    return Place.of(this, "parameter", path).slot().own();
  }

  /**
   * The buffer of this name, as {@code norm.running_mean}.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final Tensor getBuffer(String path) {
    return Place.of(this, "buffer", path).slot().own();
  }

  /**
   * Makes another tensor the parameter of this name. If it is a parameter elsewhere, the two are
   * tied from now on: they are one for {@link #parameters()} and optimizers, their gradients add
   * up, and {@link #stateDict()} has it under both names.
   *
   * <pre>{@code
   * layer.setParameter("weight", embedding.weight());
   * }</pre>
   *
   * <p>Of a parameter with a {@link Parametrize parametrization} the originals are set.
   *
   * @param tensor a leaf of floating-point type; requires a gradient from now on, unless it is a
   *     parameter of this module already
   * @throws IllegalStateException if the module would go on with the old one: if it holds it in a
   *     final field, and no {@link Slot}
   */
  public final void setParameter(String path, Tensor tensor) {
    int dot = path.lastIndexOf('.');
    Module owner = getSubmodule(path.substring(0, Math.max(dot, 0)));
    ParametrizationList parametrized = Parametrize.list(owner, path.substring(dot + 1));
    if (parametrized != null) {
      parametrized.set(tensor);
      return;
    }
    Place place = Place.of(this, "parameter", path);
    boolean known = parameters().stream().anyMatch(p -> p == tensor);
    boolean wanted = tensor.requiresGrad();
    trainable(path, tensor).requiresGrad_(!known || wanted);
    place.put("setParameter", tensor);
  }

  /**
   * Puts another module in the place of a part, so that forward uses it.
   *
   * <pre>{@code
   * net.replace("head", new Linear(512, 3));
   * }</pre>
   *
   * @param path the name of the part, as {@code encoder.layers.0}
   * @return the module that was there
   * @throws IllegalArgumentException if there is no such part
   * @throws IllegalStateException if the module would go on with the old one: if it holds it in a
   *     final field
   */
  public final Module replace(String path, Module module) {
    int dot = path.lastIndexOf('.');
    Module owner = getSubmodule(path.substring(0, Math.max(dot, 0)));
    if (path.isEmpty()) {
      throw new IllegalArgumentException(name() + ".replace: a module cannot replace itself");
    }
    return owner.exchange(path.substring(dot + 1), module);
  }

  /** Exchanges an own part. */
  final Module exchange(String name, Module module) {
    Module old = getSubmodule(name);
    requireNoCycle(name, module);
    boolean several = parts.values().stream().filter(m -> m == old).count() > 1;
    String op = name() + ".replace";
    String remedy =
        "the old module: declare the field without final, or hold the part in a Sequential,"
            + " ModuleList or ModuleDict";
    Fields.exchange(op, this, old, module, several ? name : null, remedy);
    parts.put(name, module);
    return old;
  }

  /**
   * A copy with parameters and buffers of its own of equal values, as Python's {@code
   * copy.deepcopy} makes it: what is tied is tied in the copy, and modes, parametrizations and
   * hooks are the same.
   *
   * <pre>{@code
   * Sequential target = Module.deepCopy(net);
   * }</pre>
   *
   * <p>Tensors, modules, arrays, collections and records in fields are copied, everything else is
   * shared.
   *
   * @throws IllegalStateException if a field may not be read or written, or holds something that
   *     leads to parts of the module and cannot be copied, as a lambda that uses them
   */
  @SuppressWarnings("unchecked")
  public static <M extends Module> M deepCopy(M module) {
    return (M) DeepCopy.of(module);
  }

  /** As {@link #deepCopy}. */
  @Override
  protected Module clone() {
    return deepCopy(this);
  }

  /** The same fields in a new object. */
  final Module shallow() {
    try {
      return (Module) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** Gives a module that shares these with another copies of its own. */
  final void copyParts(DeepCopy copy) {
    parameters = copied(parameters, copy::slot);
    buffers = copied(buffers, copy::slot);
    transientBuffers = new HashSet<>(transientBuffers);
    parts = copied(parts, copy::module);
    hooks = hooks == null ? null : hooks.copy();
  }

  private static <T> Map<String, T> copied(Map<String, T> map, Function<T, T> copy) {
    Map<String, T> result = new LinkedHashMap<>();
    map.forEach((name, part) -> result.put(name, copy.apply(part)));
    return result;
  }

  // ---- going through the parts --------------------------------------------------------------

  /**
   * All parameters with their names; one that is used in several places is listed at the first.
   *
   * @throws IllegalStateException if a field holds a module or a parameter that is not registered
   */
  public final Map<String, Tensor> namedParameters() {
    return namedParameters(true);
  }

  /** The same; with recurse false only the parameters of this module itself. */
  public final Map<String, Tensor> namedParameters(boolean recurse) {
    checkFields();
    return ModuleTree.tensors(this, recurse, Module::parameterSlots);
  }

  /** All parameters, for an optimizer; each once. */
  public final List<Tensor> parameters() {
    return parameters(true);
  }

  /** The same; with recurse false only the parameters of this module itself. */
  public final List<Tensor> parameters(boolean recurse) {
    return new ArrayList<>(namedParameters(recurse).values());
  }

  /**
   * How many numbers are trained: the sizes of all parameters together, each counted once.
   *
   * <pre>{@code
   * long n = new Linear(784, 10).parameterCount(); // 7850
   * }</pre>
   */
  public final long parameterCount() {
    return parameters().stream().mapToLong(Tensor::numel).sum();
  }

  /** All buffers with their names, those that are not saved among them; each once. */
  public final Map<String, Tensor> namedBuffers() {
    return ModuleTree.tensors(this, true, Module::bufferSlots);
  }

  /** All buffers, those that are not saved among them; each once. */
  public final List<Tensor> buffers() {
    return new ArrayList<>(namedBuffers().values());
  }

  /** This module under the name "", and all parts of it, each once, under their names. */
  public final Map<String, Module> namedModules() {
    return ModuleTree.modules(this);
  }

  /** This module and all parts of it, each once, before its own parts. */
  public final List<Module> modules() {
    return new ArrayList<>(namedModules().values());
  }

  /** The parts of this module itself, not theirs, under their names; each once. */
  public final Map<String, Module> namedChildren() {
    return ModuleTree.children(this);
  }

  /** The parts of this module itself, not theirs; each once. */
  public final List<Module> children() {
    return new ArrayList<>(namedChildren().values());
  }

  /**
   * Calls a function with all parts, each after its own parts, and with this module.
   *
   * @return this
   */
  public final Module apply(Consumer<? super Module> function) {
    parts.values().forEach(m -> m.apply(function));
    function.accept(this);
    return this;
  }

  private void checkFields() {
    ModuleTree.walk(this, (path, m) -> Registration.check(m));
  }

  // ---- modes --------------------------------------------------------------------------------

  /** Turns training mode on, for this module and its parts: dropout drops, statistics run. */
  public final Module train() {
    return train(true);
  }

  /** Turns training mode on or off, for this module and its parts. */
  public final Module train(boolean mode) {
    checkFields();
    ModuleTree.walk(this, (path, m) -> m.training = mode);
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

  /** Says that all parameters want a gradient. */
  public final Module requiresGrad_() {
    return requiresGrad_(true);
  }

  /** Says for all parameters whether they want a gradient. */
  public final Module requiresGrad_(boolean wanted) {
    parameters().forEach(p -> p.requiresGrad_(wanted));
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
    Map<String, Tensor> result = ModuleTree.state(this);
    result.replaceAll((name, t) -> t.detach());
    return result;
  }

  /**
   * Saves the parameters and buffers as a safetensors file, which PyTorch reads, too. A file of
   * that name is replaced in one step.
   *
   * <pre>{@code
   * net.save(Path.of("net.safetensors"));
   * net.load(Path.of("net.safetensors")); // into a net that was built in the same way
   * }</pre>
   *
   * @throws IOException if it cannot be written; a file that was there stays
   */
  public void save(Path path) throws IOException {
    Safetensors.save(stateDict(), path);
  }

  /**
   * Loads parameters and buffers from a safetensors file, as {@link #loadStateDict(Map)} with the
   * names in it.
   *
   * @throws IOException if the file cannot be read, or is none
   * @throws IllegalArgumentException if a name or a shape differs; nothing was loaded then
   */
  public void load(Path path) throws IOException {
    loadStateDict(Safetensors.load(path));
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
    return StateLoading.load(name(), ModuleTree.state(this), state, strict);
  }

  // ---- printing -----------------------------------------------------------------------------

  /** The name of the class as {@link #toString()} shows it. */
  protected String name() {
    Class<?> named = getClass();
    while (named.getSimpleName().isEmpty()) { // anonymous
      named = named.getSuperclass();
    }
    return named.getSimpleName();
  }

  /** What {@link #toString()} shows in the parentheses of a module: its options. */
  protected String extraRepr() {
    return "";
  }

  /** The tree of modules, as PyTorch prints it. */
  @Override
  public String toString() {
    return Printing.tree(this, extraRepr());
  }
}
