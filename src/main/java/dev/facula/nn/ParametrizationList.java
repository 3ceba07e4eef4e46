package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;

/**
 * The parametrizations of one parameter or buffer, one after another, and the originals that they
 * start from: the module {@code parametrizations.NAME} of {@link Parametrize}.
 */
final class ParametrizationList extends Layer implements Supplier<Tensor> {
  private final Slot slot; // that of the module, taken out of it
  private final boolean buffer;
  private final boolean persistent;
  private final List<Slot> originals = new ArrayList<>();
  private final boolean single;

  /**
   * Takes a tensor over.
   *
   * @param slot what the module reads
   * @param persistent whether a buffer is saved
   */
  ParametrizationList(Slot slot, boolean buffer, boolean persistent, Module first) {
    this.slot = slot;
    this.buffer = buffer;
    this.persistent = persistent;
    Tensor own = slot.own();
    single = !(first instanceof Parametrize.SeveralOriginals);
    if (first instanceof Parametrize.SeveralOriginals several) {
      List<Tensor> given = withoutGraph(() -> several.rightInverse(own));
      for (int i = 0; i < given.size(); i++) {
        Tensor t = given.get(i).detach();
        originals.add(registered("original" + i, t, t.isFloatingPoint() && own.requiresGrad()));
      }
      slot.put(originals.get(0).own()); // nobody needs the old one
    } else {
      Tensor given = withoutGraph(() -> inverse(first, own));
      if (given.dtype() != own.dtype()) {
        throw new IllegalArgumentException(
            "Parametrize: rightInverse of %s gives %s for %s"
                .formatted(first.name(), given.dtype(), own.dtype()));
      }
      originals.add(registered("original", own, own.requiresGrad()));
      if (given != own) {
        own.setData(given.detach()); // the same tensor, so that optimizers know it
      }
    }
    append(first);
  }

  private Slot registered(String name, Tensor tensor, boolean trained) {
    if (buffer || !tensor.isFloatingPoint()) {
      return bufferSlot(name, tensor, persistent);
    }
    Slot s = slot(name, tensor);
    tensor.requiresGrad_(trained);
    return s;
  }

  private static <T> T withoutGraph(Supplier<T> work) {
    try (var guard = Facula.noGrad()) {
      return work.get();
    }
  }

  /** The original of a value; the value itself where a parametrization knows none. */
  private static Tensor inverse(Module m, Tensor value) {
    if (m instanceof Parametrize.RightInverse r) {
      try {
        return r.rightInverse(value);
      } catch (UnsupportedOperationException e) {
        return value; // as PyTorch takes it
      }
    }
    return value;
  }

  void append(Module parametrization) {
    register(Integer.toString(parts().size()), parametrization);
  }

  /** The tensor that the parametrizations make of the originals. */
  @Override
  public Tensor get() {
    Tensor x = null;
    for (Module m : parts().values()) {
      x = x == null ? first(m) : m.call(x);
    }
    return x == null ? slot.own() : x;
  }

  private Tensor first(Module m) {
    if (single) {
      return m.call(originals.get(0).get());
    }
    if (m instanceof Parametrize.SeveralOriginals several) {
      return several.forward(originals.stream().map(Slot::get).toList());
    }
    throw new IllegalStateException(
        ("parametrizations: the first one of %s originals must be a"
                + " Parametrize.SeveralOriginals, is a %s")
            .formatted(originals.size(), m.name()));
  }

  /** Sets the originals so that the parametrizations give a value. */
  void set(Tensor value) {
    List<Module> all = List.copyOf(parts().values());
    List<Tensor> result = new ArrayList<>();
    try (var guard = Facula.noGrad()) {
      Tensor x = value;
      for (int i = all.size() - 1; i >= 0; i--) {
        if (i == 0 && all.get(0) instanceof Parametrize.SeveralOriginals several) {
          result.addAll(several.rightInverse(x));
        } else if (all.get(i) instanceof Parametrize.RightInverse r) {
          x = r.rightInverse(x);
        } else {
          throw new IllegalStateException(
              "setParameter: the tensor is parametrized, and its parametrization "
                  + all.get(i).name()
                  + " is no Parametrize.RightInverse, which would say what original gives a value");
        }
      }
      if (single) {
        result.add(x);
      }
    }
    if (result.size() != originals.size()) {
      throw new IllegalStateException(
          "setParameter: rightInverse gives %s originals, there are %s"
              .formatted(result.size(), originals.size()));
    }
    for (int i = 0; i < result.size(); i++) {
      Tensor original = originals.get(i).own();
      if (result.get(i).dtype() != original.dtype()) {
        throw new IllegalArgumentException(
            "setParameter: rightInverse gives %s for an original of %s"
                .formatted(result.get(i).dtype(), original.dtype()));
      }
      original.setData(result.get(i).detach());
    }
  }

  /** Gives the tensor back to the module. */
  void remove(Module owner, String name, boolean leaveParametrized) {
    if (!single && !leaveParametrized) {
      throw new IllegalArgumentException(
          ("Parametrize.remove: %s.%s is made of several originals, so that none can be"
                  + " left: leaveParametrized must be true")
              .formatted(owner.name(), name));
    }
    if (leaveParametrized) {
      boolean trained = originals.stream().anyMatch(s -> s.own().requiresGrad());
      Tensor value = withoutGraph(this::get);
      if (single) {
        slot.own().setData(value.detach());
      } else {
        slot.put(value.detach().requiresGrad_(trained));
      }
    }
    slot.parametrize(null);
    owner.restore(name, slot, buffer, persistent);
  }

  /** Checks that a further parametrization keeps type and shape. */
  void check(Module added) {
    Tensor before = get();
    Tensor after = added.call(before);
    requireLike("forward", added, before, after);
    if (added instanceof Parametrize.RightInverse) {
      requireLike("rightInverse", added, before, inverse(added, after));
    }
  }

  static void requireLike(String what, Module m, Tensor before, Tensor after) {
    if (before.dtype() != after.dtype() || !Arrays.equals(before.shape(), after.shape())) {
      throw new IllegalArgumentException(
          ("Parametrize.register: %s of %s makes %s %s of %s %s; type and shape must stay,"
                  + " unless the option unsafe is set")
              .formatted(
                  what,
                  m.name(),
                  after.dtype(),
                  Arrays.toString(after.shape()),
                  before.dtype(),
                  Arrays.toString(before.shape())));
    }
  }

  @Override
  public String toString() {
    return Printing.list(this);
  }
}
