package dev.facula.nn;

import dev.facula.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Where a module reads one of its parameters or buffers. A slot holds a tensor until something else
 * gives it: a parametrization ({@link Parametrize}), another module's tensor ({@link
 * Module#setParameter}), or a call with other parameters ({@link Utils#functionalCall}).
 *
 * <p>The layers of this package read all their parameters this way. A module of your own that
 * should take part holds a slot where it would hold a tensor, and asks it in each {@code forward}:
 *
 * <pre>{@code
 * final class Scale extends Module {
 *   private final Slot factor = slot("factor", Tensor.ones(10));
 *
 *   @Override
 *   public Tensor forward(Tensor x) {
 *     return x.mul(factor.get());
 *   }
 * }
 * }</pre>
 */
public final class Slot {
  /** Whether the module asks the slot, and does not hold the tensor in a field of its own. */
  private final boolean asked;

  private Tensor tensor;
  private @Nullable ParametrizationList parametrized;
  private int calls; // functional calls that are under way, in all threads

  /** What gives the tensor; null if that is the tensor here, as it is with nothing attached. */
  private @Nullable Supplier<Tensor> source;

  Slot(Tensor tensor, boolean asked) {
    this.tensor = tensor;
    this.asked = asked;
  }

  /** The tensor to compute with. */
  public Tensor get() {
    Supplier<Tensor> s = source;
    return s == null ? tensor : s.get();
  }

  /** What a slot gives, or null where a module has none, as without a bias. */
  public static @Nullable Tensor read(@Nullable Slot slot) {
    return slot == null ? null : slot.get();
  }

  /** The tensor here, whatever else gives one. */
  Tensor own() {
    return tensor;
  }

  boolean asked() {
    return asked;
  }

  void put(Tensor other) {
    tensor = other;
  }

  /** Lets a parametrization give the tensor, or with null no more. */
  synchronized void parametrize(@Nullable ParametrizationList list) {
    parametrized = list;
    refresh();
  }

  /** A functional call begins or, with -1, ends. Other threads find what is here without it. */
  synchronized void calls(int more) {
    calls += more;
    refresh();
  }

  private void refresh() {
    source = calls > 0 ? () -> FunctionalCall.given(this) : parametrized;
  }

  /** What is here outside of functional calls. */
  Tensor base() {
    ParametrizationList list = parametrized;
    return list == null ? tensor : list.get();
  }

  /** The same for a copy of the module. */
  Slot copy(DeepCopy copy) {
    Slot result = new Slot(copy.tensor(tensor), asked);
    if (parametrized != null) {
      result.parametrize((ParametrizationList) copy.module(parametrized));
    }
    return result;
  }
}
