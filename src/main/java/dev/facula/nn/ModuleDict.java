package dev.facula.nn;

import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * Modules under names that are parts of the module that holds the dictionary. It has no forward. To
 * go through it is to go through its names, as in Python.
 *
 * <pre>{@code
 * var heads = new ModuleDict<Linear>(Map.of("class", new Linear(64, 10)));
 * heads.put("box", new Linear(64, 4));
 * Tensor box = heads.get("box").forward(Tensor.zeros(1, 64));
 * }</pre>
 *
 * <p>A subclass may add a forward.
 *
 * @param <M> the class of the modules
 */
public class ModuleDict<M extends Module> extends Layer implements Iterable<String> {
  /** An empty dictionary. */
  public ModuleDict() {}

  /**
   * A dictionary of these modules.
   *
   * @param modules in the order of the map; in that of their names if it has none, as that of
   *     Map.of, so that parameters have the same order in each run
   */
  public ModuleDict(Map<String, ? extends M> modules) {
    update(modules);
  }

  /** Whether the order of a map may be another one in the next run. */
  static boolean unordered(Map<String, ?> map) {
    Objects.requireNonNull(map, "modules");
    return map.getClass() == HashMap.class || map.getClass() == Map.of().getClass();
  }

  /**
   * Adds a module, or puts it in the place of the one of that name.
   *
   * @param name not empty, without dots
   * @return this
   */
  public final ModuleDict<M> put(String name, M module) {
    if (containsKey(name)) {
      exchange(name, module);
    } else {
      register(name, module);
    }
    return this;
  }

  /**
   * Puts another module in the place of one.
   *
   * @return the module that was there
   * @throws IllegalArgumentException if there is none of that name
   */
  public final M set(String name, M module) {
    get(name);
    return cast(exchange(name, module));
  }

  /** Puts all modules of a map, in its order, or in that of the names if it has none. */
  public final void update(Map<String, ? extends M> modules) {
    (unordered(modules) ? new TreeMap<>(modules) : modules).forEach(this::put);
  }

  /**
   * The module of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public final M get(String name) {
    Module m = parts().get(name);
    if (m == null) {
      throw new IllegalArgumentException("%s: no module %s in %s".formatted(name(), name, keys()));
    }
    return cast(m);
  }

  /**
   * Takes a module out and returns it.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public final M pop(String name) {
    M module = get(name);
    parts().remove(name);
    return module;
  }

  /** Takes all modules out. */
  public final void clear() {
    parts().clear();
  }

  /** Whether there is a module of that name. */
  public final boolean containsKey(String name) {
    return parts().containsKey(name);
  }

  /** The names in their order. */
  public final Set<String> keys() {
    return Collections.unmodifiableSet(parts().keySet());
  }

  /** The modules in their order. */
  public final Collection<M> values() {
    return items().values();
  }

  /** The modules under their names, in their order. */
  public final Map<String, M> items() {
    Map<String, M> result = new LinkedHashMap<>();
    parts().forEach((name, m) -> result.put(name, cast(m)));
    return result;
  }

  /** How many modules there are. */
  public final int size() {
    return parts().size();
  }

  @Override
  public final Iterator<String> iterator() {
    return List.copyOf(parts().keySet()).iterator();
  }

  @SuppressWarnings("unchecked")
  private M cast(Module module) {
    return (M) module;
  }
}
