package dev.facula.nn;

import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** Runs a module with other parameters and buffers than its own: {@link Utils#functionalCall}. */
final class FunctionalCall {
  /** What the calls that are under way in this thread put in the place of a slot's tensor. */
  private static final ThreadLocal<Map<Slot, Tensor>> GIVEN = new ThreadLocal<>();

  private final Module module;
  private final Map<Slot, Tensor> given = new IdentityHashMap<>();
  private final List<Runnable> back = new ArrayList<>(); // undoes what was done

  private FunctionalCall(Module module) {
    this.module = module;
  }

  /** What a slot gives while some thread, this one or another, is in a functional call. */
  static Tensor given(Slot slot) {
    Map<Slot, Tensor> given = GIVEN.get();
    Tensor t = given == null ? null : given.get(slot);
    return t == null ? slot.base() : t;
  }

  static <R> R run(Module module, Map<String, Tensor> tensors, Supplier<R> work) {
    return new FunctionalCall(module).run(tensors, work);
  }

  private <R> R run(Map<String, Tensor> tensors, Supplier<R> work) {
    Map<String, Place> places = Place.all(module);
    Map<Place, Tensor> wanted = wanted(places, tensors);
    Map<Slot, Tensor> before = GIVEN.get();
    if (before != null) {
      given.putAll(before);
    }
    try {
      wanted.forEach(this::put);
      GIVEN.set(given);
      return work.get();
    } finally {
      if (before == null) {
        GIVEN.remove();
      } else {
        GIVEN.set(before);
      }
      back.forEach(Runnable::run);
    }
  }

  private void put(Place place, Tensor tensor) {
    Slot slot = place.slot();
    if (slot.asked()) {
      given.put(slot, tensor);
      slot.calls(1);
      back.add(() -> slot.calls(-1));
    } else {
      Tensor own = slot.own();
      place.put("functionalCall", tensor);
      back.add(() -> place.put("functionalCall", own));
    }
  }

  /** What goes where; a tensor for one of several tied places goes to all of them. */
  private Map<Place, Tensor> wanted(Map<String, Place> places, Map<String, Tensor> tensors) {
    List<String> unknown = new ArrayList<>(tensors.keySet());
    unknown.removeAll(places.keySet());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "functionalCall: %s has no parameter or buffer %s; it has %s"
              .formatted(
                  module.name(), String.join(", ", unknown), String.join(", ", places.keySet())));
    }
    Map<Tensor, String> names = new IdentityHashMap<>(); // which name gave the tensor of a tie
    Map<Tensor, Tensor> chosen = new IdentityHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (tensor == null) {
            throw new IllegalArgumentException(
                "functionalCall: the tensor for " + name + " is null");
          }
          Tensor own = place(places, name).slot().own();
          Tensor other = chosen.put(own, tensor);
          if (other != null && other != tensor) {
            throw new IllegalArgumentException(
                "functionalCall: %s and %s are one tensor in %s, but two were given"
                    .formatted(names.get(own), name, module.name()));
          }
          names.put(own, name);
        });
    Map<Place, Tensor> result = new IdentityHashMap<>();
    Set<Slot> seen = Collections.newSetFromMap(new IdentityHashMap<>()); // a shared module's
    for (Place place : places.values()) {
      Tensor t = chosen.get(place.slot().own());
      if (t != null && seen.add(place.slot())) {
        result.put(place, t);
      }
    }
    return result;
  }

  private static Place place(Map<String, Place> places, String name) {
    Place p = places.get(name);
    if (p == null) {
      throw new IllegalArgumentException(name);
    }
    return p;
  }
}
