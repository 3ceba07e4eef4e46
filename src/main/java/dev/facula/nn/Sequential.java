package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;

/**
 * Modules one after another: the output of each is the input of the next.
 *
 * <pre>{@code
 * var model = new Sequential(new Linear(784, 64), new ReLU(), new Linear(64, 10));
 * Tensor scores = model.forward(Tensor.zeros(32, 784));
 * }</pre>
 *
 * <p>The modules are named by their position, {@code 0.weight}, {@code 2.bias}, or by names of
 * their own:
 *
 * <pre>{@code
 * var model = new Sequential(Map.entry("hidden", new Linear(784, 64)), Map.entry("act", new ReLU()));
 * model.addModule("out", new Linear(64, 10));
 * }</pre>
 *
 * <p>Where nobody can see it, neighbours run as one step and memory is reused, with the same
 * values: {@link #run} says what, and gives it to modules of one's own. A subclass may override
 * {@link #forward}.
 */
public class Sequential extends ListLayer<Module, Sequential> {
  /** Without modules; {@link #append} adds them. */
  public Sequential() {}

  /** The modules in the order in which they run. */
  public Sequential(Module... modules) {
    for (Module m : Objects.requireNonNull(modules, "modules")) {
      append(m);
    }
  }

  /** The modules in the order in which they run. */
  public Sequential(Collection<? extends Module> modules) {
    extend(modules);
  }

  /** Modules under names of their own: {@code Map.entry("fc", new Linear(3, 4))}. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public Sequential(Map.Entry<String, ? extends Module>... modules) {
    for (Map.Entry<String, ? extends Module> e : Objects.requireNonNull(modules, "modules")) {
      Objects.requireNonNull(e, "modules");
      register(e.getKey(), e.getValue());
    }
  }

  /**
   * Modules under names of their own, in the order of the map.
   *
   * @param modules a map with an order of its own, as LinkedHashMap
   * @throws IllegalArgumentException for a map without an order, as that of Map.of, of several
   */
  public Sequential(Map<String, ? extends Module> modules) {
    if (modules.size() > 1 && ModuleDict.unordered(modules)) {
      throw new IllegalArgumentException(
          ("Sequential: a %s has no order in which the modules could run: use a"
                  + " LinkedHashMap, or Map.entry for each module")
              .formatted(modules.getClass().getName()));
    }
    modules.forEach(this::register);
  }

  @Override
  Tensor compute(Tensor input) {
    return SequentialFusion.run(input, parts().values().toArray(new Module[0]));
  }

  /**
   * Runs modules one after another as a Sequential of them would, in a module of one's own that
   * holds them in fields:
   *
   * <pre>{@code
   * public Tensor forward(Tensor x) {
   *   return Sequential.run(x, conv, new ReLU(), new MaxPool2d(2)).flatten(1);
   * }
   * }</pre>
   *
   * <p>A {@link ReLU} after a linear layer, a convolution or a batch normalisation overwrites its
   * result; one between such a layer and a {@link MaxPool2d} is computed after it, of fewer
   * elements; results between such layers are {@linkplain Tensor#release released}. Values and
   * gradients are the same. Nothing of this is done to a layer that has hooks.
   */
  public static Tensor run(Tensor input, Module... modules) {
    return SequentialFusion.run(input, modules);
  }

  @Override
  final Sequential self() {
    return this;
  }

  /**
   * Adds a module at the end under a name of its own.
   *
   * @param name not empty, without dots, not taken
   * @return this
   */
  public final Sequential addModule(String name, Module module) {
    register(name, module);
    return this;
  }

  /**
   * The modules from one position to before another, under their names: Python's {@code [from:to]}.
   *
   * @param from counted from the end if negative
   * @param to counted from the end if negative; a position beyond the end means the end
   */
  public final Sequential slice(int from, int to) {
    Sequential result = new Sequential();
    range(from, to).forEach(e -> result.register(e.getKey(), e.getValue()));
    return result;
  }
}
