package dev.facula.nn;

import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A list of modules that are parts of the module that holds the list. It has no forward: the holder
 * goes through it.
 *
 * <pre>{@code
 * final class Deep extends Module {
 *   private final ModuleList layers = register("layers", new ModuleList());
 *
 *   Deep(int depth) {
 *     for (int i = 0; i < depth; i++) {
 *       layers.append(new Linear(8, 8));
 *     }
 *   }
 *
 *   @Override
 *   public Tensor forward(Tensor x) {
 *     for (Module layer : layers) {
 *       x = layer.call(x).tanh();
 *     }
 *     return x;
 *   }
 * }
 * }</pre>
 */
public final class ModuleList extends Layer implements Iterable<Module> {
  /** A list of these modules. */
  public ModuleList(Module... modules) {
    for (Module m : modules) {
      append(m);
    }
  }

  /** A list of these modules. */
  public ModuleList(List<? extends Module> modules) {
    modules.forEach(this::append);
  }

  /** A module and copies of it, which draw no random numbers. */
  static ModuleList copies(Supplier<? extends Module> maker, int count) {
    ModuleList list = new ModuleList();
    for (int i = 0; i < count; i++) {
      list.append(i == 0 ? Objects.requireNonNull(maker, "layer").get() : deepCopy(list.get(0)));
    }
    return list;
  }

  /**
   * Adds a module at the end.
   *
   * @return this
   */
  public ModuleList append(Module module) {
    register(Integer.toString(size()), module);
    return this;
  }

  /**
   * The module at a position.
   *
   * @param index counted from the back if negative
   */
  public Module get(int index) {
    return at(this, index);
  }

  /**
   * Puts another module at a position.
   *
   * @param index counted from the back if negative
   * @return the module that was there
   */
  public Module set(int index, Module module) {
    return set(this, index, module);
  }

  static Module at(Module list, int index) {
    return list.children().get(position(list, index));
  }

  static Module set(Module list, int index, Module module) {
    return list.exchange(List.copyOf(list.modules().keySet()).get(position(list, index)), module);
  }

  private static int position(Module list, int index) {
    int size = list.modules().size();
    if (index < -size || index >= size) {
      throw new IndexOutOfBoundsException(
          list.name() + ": index " + index + " is out of range for " + size + " modules");
    }
    return index < 0 ? index + size : index;
  }

  /** How many modules there are. */
  public int size() {
    return modules().size();
  }

  @Override
  public Iterator<Module> iterator() {
    return children().iterator();
  }

  /** The list as PyTorch prints it: runs of equal modules in one line. */
  @Override
  public String toString() {
    return Printing.list(this);
  }
}
