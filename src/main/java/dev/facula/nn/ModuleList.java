package dev.facula.nn;

import java.util.Iterator;
import java.util.List;

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
 *       x = layer.forward(x).tanh();
 *     }
 *     return x;
 *   }
 * }
 * }</pre>
 */
public final class ModuleList extends Module implements Iterable<Module> {
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

  static Module at(Module list, int index) {
    List<Module> all = list.children();
    if (index < -all.size() || index >= all.size()) {
      throw new IndexOutOfBoundsException(
          list.name() + ": index " + index + " is out of range for " + all.size() + " modules");
    }
    return all.get(index < 0 ? index + all.size() : index);
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
    if (size() == 0) {
      return "ModuleList()";
    }
    StringBuilder text = new StringBuilder("ModuleList(\n");
    List<Module> all = children();
    int i = 0;
    while (i < all.size()) {
      String own = all.get(i).toString();
      int end = i + 1;
      while (end < all.size() && all.get(end).toString().equals(own)) {
        end++;
      }
      String body = own.replace("\n", "\n  ");
      if (end - i > 1) {
        text.append("  (")
            .append(i)
            .append('-')
            .append(end - 1)
            .append("): ")
            .append(end - i)
            .append(" x ");
      } else {
        text.append("  (").append(i).append("): ");
      }
      text.append(body).append('\n');
      i = end;
    }
    return text.append(')').toString();
  }
}
