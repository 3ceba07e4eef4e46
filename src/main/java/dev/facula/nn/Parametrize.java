package dev.facula.nn;

import dev.facula.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Parametrizations: a parameter or buffer of a module that is computed from another tensor, which
 * is trained instead. {@code torch.nn.utils.parametrize}.
 *
 * <p>A parametrization is a module whose {@code forward} makes the tensor of its original. The
 * module that has it computes with the result; what optimizers and {@link Module#stateDict()} see
 * are {@code parametrizations.weight.original} and the parameters of the parametrization, {@code
 * parametrizations.weight.0.…}. Several may be registered one after another.
 *
 * <pre>{@code
 * final class Symmetric extends Module {
 *   @Override
 *   public Tensor forward(Tensor x) {
 *     return x.triu().add(x.triu(1).t());
 *   }
 * }
 *
 * Linear layer = Parametrize.register(new Linear(3, 3), "weight", new Symmetric());
 * Tensor weight = layer.weight(); // symmetric, also after training
 * Parametrize.remove(layer, "weight", true); // stays as it is, and is trained freely
 * }</pre>
 *
 * <p>All layers of this package can have them. A module of your own reads the tensor through a
 * {@link Slot}.
 */
public final class Parametrize {
  /** The name of the part that holds the parametrizations of a module. */
  private static final String PART = "parametrizations";

  /** A parametrization that knows an original for each value, as the first one needs not. */
  public interface RightInverse {
    /**
     * An original of which forward makes the value.
     *
     * @throws UnsupportedOperationException if there is none
     */
    Tensor rightInverse(Tensor value);
  }

  /**
   * A parametrization of several originals: {@code parametrizations.weight.original0}, {@code
   * original1}, …. It is the first one of its tensor.
   */
  public interface SeveralOriginals {
    /** The tensor. */
    Tensor forward(List<Tensor> originals);

    /** Originals of which forward makes the value. */
    List<Tensor> rightInverse(Tensor value);
  }

  /** Options of a parametrization. */
  public static final class Options {
    private boolean unsafe;

    private Options() {}

    /** Whether type and shape of the tensor may change. Default: false. */
    public Options unsafe(boolean on) {
      unsafe = on;
      return this;
    }
  }

  private Parametrize() {}

  /**
   * Computes a tensor of a module from now on.
   *
   * @param name a parameter or buffer of the module itself
   * @param parametrization gets the training mode of the module
   * @return the module
   * @throws IllegalStateException if the module holds the tensor in a field, and no {@link Slot}
   */
  public static <M extends Module> M register(M module, String name, Module parametrization) {
    return register(module, name, parametrization, o -> {});
  }

  /**
   * Computes a tensor of a module from now on.
   *
   * @param options unsafe
   */
  public static <M extends Module> M register(
      M module, String name, Module parametrization, Consumer<Options> options) {
    Options o = Check.with(new Options(), options);
    parametrization.train(module.isTraining());
    ParametrizationList there = list(module, name);
    if (there != null) {
      if (!o.unsafe) {
        there.check(parametrization);
      }
      there.append(parametrization);
      return module;
    }
    Slot slot = module.parameterSlots().get(name);
    boolean buffer = slot == null;
    if (slot == null) {
      slot = module.bufferSlots().get(name);
    }
    if (slot == null) {
      throw new IllegalArgumentException(
          "Parametrize.register: " + module.name() + " has no parameter or buffer " + name);
    }
    if (!slot.asked()) {
      throw new IllegalStateException(
          ("Parametrize.register: %s holds %s as a tensor, which nothing can compute anew:"
                  + " hold a Slot, from slot(\"%s\", …)")
              .formatted(module.name(), name, name));
    }
    Tensor own = slot.own();
    Tensor before = own.detach();
    boolean persistent = module.persistent(name);
    ParametrizationList list;
    try {
      list = new ParametrizationList(slot, buffer, persistent, parametrization);
      if (!o.unsafe) {
        ParametrizationList.requireLike("forward", parametrization, before, list.get());
      }
    } catch (RuntimeException e) {
      slot.put(own);
      own.setData(before);
      throw e;
    }
    module.takeOut(name);
    ModuleDict<Module> all = all(module);
    if (all == null) {
      all = module.register(PART, new ModuleDict<>());
    }
    all.put(name, list);
    slot.parametrize(list);
    return module;
  }

  /** Whether a parameter or buffer of the module itself has a parametrization. */
  public static boolean isParametrized(Module module, String name) {
    return list(module, name) != null;
  }

  /** Whether any parameter or buffer of the module itself has a parametrization. */
  public static boolean isParametrized(Module module) {
    return all(module) != null;
  }

  /**
   * Makes a tensor that has parametrizations an ordinary one again.
   *
   * @param leaveParametrized whether it keeps its value; else it becomes the original
   * @return the module
   * @throws IllegalArgumentException if it has none, or if there is not just one original to become
   */
  public static <M extends Module> M remove(M module, String name, boolean leaveParametrized) {
    ModuleDict<Module> all = all(module);
    ParametrizationList list = list(module, name);
    if (all == null || list == null) {
      throw new IllegalArgumentException(
          "Parametrize.remove: " + module.name() + " has no parametrization of " + name);
    }
    list.remove(module, name, leaveParametrized);
    all.parts().remove(name);
    if (all.size() == 0) {
      module.parts().remove(PART);
    }
    return module;
  }

  @SuppressWarnings("unchecked")
  private static @Nullable ModuleDict<Module> all(Module module) {
    return module.parts().get(PART) instanceof ModuleDict<?> all
            && all.values().stream().allMatch(m -> m instanceof ParametrizationList)
        ? (ModuleDict<Module>) all
        : null;
  }

  /** The parametrizations of a tensor, or null. */
  static @Nullable ParametrizationList list(Module module, String name) {
    ModuleDict<Module> all = all(module);
    return all != null && all.parts().get(name) instanceof ParametrizationList list ? list : null;
  }
}
