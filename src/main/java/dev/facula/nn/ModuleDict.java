package dev.facula.nn;

import java.util.Map;
import java.util.Set;

/**
 * Modules under names that are parts of the module that holds the dictionary. It has no forward.
 *
 * <pre>{@code
 * var heads = new ModuleDict(Map.of("class", new Linear(64, 10)));
 * heads.put("box", new Linear(64, 4));
 * Tensor box = heads.get("box").forward(Tensor.zeros(1, 64));
 * }</pre>
 */
public final class ModuleDict extends Layer {
  /** An empty dictionary. */
  public ModuleDict() {}

  /** A dictionary of these modules, in the order of the map. */
  public ModuleDict(Map<String, ? extends Module> modules) {
    modules.forEach(this::register);
  }

  /**
   * Adds a module.
   *
   * @param name not empty, without dots, not taken
   * @return this
   */
  public ModuleDict put(String name, Module module) {
    register(name, module);
    return this;
  }

  /**
   * Puts another module in the place of one.
   *
   * @return the module that was there
   * @throws IllegalArgumentException if there is none of that name
   */
  public Module set(String name, Module module) {
    get(name);
    return exchange(name, module);
  }

  /**
   * The module of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Module get(String name) {
    Module m = modules().get(name);
    if (m == null) {
      throw new IllegalArgumentException("ModuleDict: no module " + name + " in " + names());
    }
    return m;
  }

  /** The names in their order. */
  public Set<String> names() {
    return namedChildren().keySet();
  }

  /** How many modules there are. */
  public int size() {
    return modules().size();
  }
}
