package dev.facula.nn;

import java.util.Collection;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * A list of modules that are parts of the module that holds the list. It has no forward: the holder
 * goes through it.
 *
 * <pre>{@code
 * final class Deep extends Module {
 *   private final ModuleList<Linear> layers = register("layers", new ModuleList<>());
 *
 *   Deep(int depth) {
 *     for (int i = 0; i < depth; i++) {
 *       layers.append(new Linear(8, 8));
 *     }
 *   }
 *
 *   @Override
 *   public Tensor forward(Tensor x) {
 *     for (Linear layer : layers) {
 *       x = layer.forward(x).tanh();
 *     }
 *     return x;
 *   }
 * }
 * }</pre>
 *
 * <p>A subclass may add a forward. A list into which {@link #replace} may put modules of other
 * classes is declared as {@code ModuleList<Module>}.
 *
 * @param <M> the class of the modules
 */
public class ModuleList<M extends Module> extends ListLayer<M, ModuleList<M>> {
  /** A list of these modules. */
  @SafeVarargs
  @SuppressWarnings("varargs")
  public ModuleList(M... modules) {
    for (M m : Objects.requireNonNull(modules, "modules")) {
      append(m);
    }
  }

  /** A list of these modules. */
  public ModuleList(Collection<? extends M> modules) {
    extend(modules);
  }

  /** A module and copies of it, which draw no random numbers. */
  static ModuleList<Module> copies(Supplier<? extends Module> maker, int count) {
    ModuleList<Module> list = new ModuleList<>();
    for (int i = 0; i < count; i++) {
      list.append(i == 0 ? Objects.requireNonNull(maker, "layer").get() : deepCopy(list.get(0)));
    }
    return list;
  }

  @Override
  final ModuleList<M> self() {
    return this;
  }

  /**
   * A list of the modules from one position to before another: Python's {@code [from:to]}.
   *
   * @param from counted from the end if negative
   * @param to counted from the end if negative; a position beyond the end means the end
   */
  public final ModuleList<M> slice(int from, int to) {
    ModuleList<M> result = new ModuleList<>();
    range(from, to).forEach(e -> result.append(cast(e.getValue())));
    return result;
  }

  /** The list as PyTorch prints it: runs of equal modules in one line. */
  @Override
  public String toString() {
    return Printing.list(this);
  }
}
