package dev.facula.nn;

import dev.facula.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One of the parameters and buffers of a module.
 *
 * @param owner the module, a part of another perhaps, that registered it
 * @param name what it registered it as
 * @param slot where it reads it
 */
record Place(Module owner, String name, Slot slot) {
  /**
   * The parameter or buffer of this name.
   *
   * @param kind "parameter" or "buffer"
   * @throws IllegalArgumentException if there is none
   */
  static Place of(Module root, String kind, String path) {
    int dot = path.lastIndexOf('.');
    Module owner = root.getSubmodule(path.substring(0, Math.max(dot, 0)));
    String name = path.substring(dot + 1);
    Map<String, Slot> all = kind.equals("buffer") ? owner.bufferSlots() : owner.parameterSlots();
    Slot slot = all.get(name);
    if (slot == null) {
      throw new IllegalArgumentException(
          "%s: no %s %s: %s has %s".formatted(root.name(), kind, path, owner.name(), all.keySet()));
    }
    return new Place(owner, name, slot);
  }

  /** All parameters and buffers by their full names; those that are tied under each of them. */
  static Map<String, Place> all(Module module) {
    Map<String, Place> result = new LinkedHashMap<>();
    ModuleTree.walk(
        Objects.requireNonNull(module, "module"),
        (path, m) -> {
          m.parameterSlots()
              .forEach((name, s) -> result.put(ModuleTree.join(path, name), new Place(m, name, s)));
          m.bufferSlots()
              .forEach((name, s) -> result.put(ModuleTree.join(path, name), new Place(m, name, s)));
        });
    return result;
  }

  /**
   * Puts another tensor here, so that forward computes with it.
   *
   * @throws IllegalStateException if forward would not
   */
  void put(String op, Tensor other) {
    if (!slot.asked() && slot.own() != other) {
      String remedy =
          "the old tensor: hold a Slot there, from slot(\""
              + name
              + "\", …), or declare the field without final";
      int places = Fields.exchange(op, owner, slot.own(), other, only(), remedy);
      if (places == 0) {
        throw new IllegalStateException(
            "%s: no field of %s holds %s; it might use %s"
                .formatted(op, owner.name(), name, remedy));
      }
    }
    slot.put(other);
  }

  /** The field to look at where the owner has the same tensor under several names. */
  @SuppressWarnings("ReferenceEquality")
  private @Nullable String only() {
    long names =
        owner.parameterSlots().values().stream().filter(s -> s.own() == slot.own()).count();
    return names > 1 ? name : null;
  }
}
