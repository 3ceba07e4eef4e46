package dev.facula.nn;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What {@link Sequential} and {@link ModuleList} have in common: modules under their positions.
 *
 * @param <M> the class of the modules
 * @param <S> the container
 */
public abstract class ListLayer<M extends Module, S extends ListLayer<M, S>> extends Layer
    implements Iterable<M> {
  ListLayer() {}

  abstract S self();

  /**
   * Adds a module at the end.
   *
   * @return this
   */
  public final S append(M module) {
    register(Integer.toString(size()), module);
    return self();
  }

  /**
   * Adds modules at the end, those of another container among others.
   *
   * @return this
   */
  public final S extend(Iterable<? extends M> modules) {
    List<M> given = new ArrayList<>(); // first: the container itself may be given
    modules.forEach(given::add);
    given.forEach(this::append);
    return self();
  }

  /**
   * Puts a module before the one at a position.
   *
   * @param index counted from the end if negative; the size for the end
   * @return this
   */
  public final S insert(int index, M module) {
    int size = size();
    int at = index == size ? size : position(index);
    append(module);
    List<Map.Entry<String, Module>> all = new ArrayList<>(parts().entrySet());
    all.add(at, all.remove(size));
    number(all);
    return self();
  }

  /** Takes the module at a position out, counted from the end if negative, and returns it. */
  public final M pop(int index) {
    List<Map.Entry<String, Module>> all = new ArrayList<>(parts().entrySet());
    Module module = all.remove(position(index)).getValue();
    number(all);
    return cast(module);
  }

  /** Names the modules by their new positions; other names stay. */
  private void number(List<Map.Entry<String, Module>> order) {
    Map<String, Module> result = new LinkedHashMap<>();
    order.forEach(
        e -> {
          boolean numbered = e.getKey().chars().allMatch(Character::isDigit);
          result.put(numbered ? Integer.toString(result.size()) : e.getKey(), e.getValue());
        });
    parts().clear();
    parts().putAll(result);
  }

  /**
   * The module at a position.
   *
   * @param index counted from the end if negative
   */
  public final M get(int index) {
    return asList().get(position(index));
  }

  /**
   * Puts another module at a position.
   *
   * @param index counted from the end if negative
   * @return the module that was there
   */
  public final M set(int index, M module) {
    return cast(exchange(List.copyOf(parts().keySet()).get(position(index)), module));
  }

  private int position(int index) {
    int size = size();
    if (index < -size || index >= size) {
      throw new IndexOutOfBoundsException(
          "%s: index %s is out of range for %s modules".formatted(name(), index, size));
    }
    return index < 0 ? index + size : index;
  }

  /**
   * The modules from one position to before another under their names: Python's {@code [from:to]}.
   * Positions are counted from the end if negative, and those beyond an end mean that end.
   */
  final List<Map.Entry<String, Module>> range(int from, int to) {
    int size = size();
    int first = Math.max(0, Math.min(from < 0 ? from + size : from, size));
    int last = Math.max(first, Math.min(to < 0 ? to + size : to, size));
    return new ArrayList<>(parts().entrySet()).subList(first, last);
  }

  /** How many modules there are. */
  public final int size() {
    return parts().size();
  }

  /** The modules in their order; one that is there twice is listed twice. */
  public final List<M> asList() {
    List<M> all = new ArrayList<>(size());
    parts().values().forEach(m -> all.add(cast(m)));
    return all;
  }

  @Override
  public final Iterator<M> iterator() {
    return asList().iterator();
  }

  @SuppressWarnings("unchecked")
  final M cast(Module module) {
    return (M) module;
  }
}
