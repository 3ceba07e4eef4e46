package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What a module holds by full names, in PyTorch's order: each module before its own parts. */
final class ModuleTree {
  private ModuleTree() {}

  /** Visits a module, under the name "", and all parts of it, those in several places each time. */
  static void walk(Module root, BiConsumer<String, Module> visitor) {
    walk("", root, visitor);
  }

  private static void walk(String path, Module module, BiConsumer<String, Module> visitor) {
    visitor.accept(path, module);
    module.parts().forEach((name, m) -> walk(join(path, name), m, visitor));
  }

  static String join(String path, String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private static <T> Set<T> identities() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  /** Parameters or buffers, each once; without recurse those of the module itself. */
  static Map<String, Tensor> tensors(
      Module root, boolean recurse, Function<Module, Map<String, Slot>> kind) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    Set<Tensor> seen = identities();
    BiConsumer<String, Module> collect =
        (path, m) ->
            kind.apply(m)
                .forEach(
                    (name, slot) -> {
                      if (seen.add(slot.own())) {
                        result.put(join(path, name), slot.own());
                      }
                    });
    if (recurse) {
      walk(root, collect);
    } else {
      collect.accept("", root);
    }
    return result;
  }

  /** The module and all parts of it, each once. */
  static Map<String, Module> modules(Module root) {
    Map<String, Module> result = new LinkedHashMap<>();
    Set<Module> seen = identities();
    walk(
        root,
        (path, m) -> {
          if (seen.add(m)) {
            result.put(path, m);
          }
        });
    return result;
  }

  /** The parts of the module itself, each once. */
  static Map<String, Module> children(Module module) {
    Map<String, Module> result = new LinkedHashMap<>();
    Set<Module> seen = identities();
    module
        .parts()
        .forEach(
            (name, m) -> {
              if (seen.add(m)) {
                result.put(name, m);
              }
            });
    return result;
  }

  /** The parameters and the buffers that are saved; those that are tied under each name. */
  static Map<String, Tensor> state(Module root) {
    Map<String, Tensor> result = new LinkedHashMap<>();
    walk(
        root,
        (path, m) -> {
          m.parameterSlots().forEach((name, s) -> result.put(join(path, name), s.own()));
          m.bufferSlots()
              .forEach(
                  (name, s) -> {
                    if (m.persistent(name)) {
                      result.put(join(path, name), s.own());
                    }
                  });
        });
    return result;
  }
}
