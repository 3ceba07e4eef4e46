package dev.facula.nn;

import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A list of parameters that are parts of the module that holds the list: they are named {@code 0},
 * {@code 1}, and so on. It has no forward.
 *
 * <pre>{@code
 * var scales = new ParameterList(Tensor.ones(3), Tensor.ones(4));
 * scales.append(Tensor.ones(5));
 * }</pre>
 */
public class ParameterList extends Layer implements Iterable<Tensor> {
  /** A list of these tensors, which require a gradient from now on. */
  public ParameterList(Tensor... values) {
    this(Arrays.asList(Objects.requireNonNull(values, "values")));
  }

  /** A list of these tensors, which require a gradient from now on. */
  public ParameterList(Collection<Tensor> values) {
    values.forEach(this::append);
  }

  /**
   * Adds a parameter at the end.
   *
   * @return this
   */
  public final ParameterList append(Tensor value) {
    slot(Integer.toString(size()), value);
    return this;
  }

  /**
   * Adds parameters at the end.
   *
   * @return this
   */
  public final ParameterList extend(Iterable<Tensor> values) {
    values.forEach(this::append);
    return this;
  }

  /**
   * The parameter at a position.
   *
   * @param index counted from the end if negative
   */
  public final Tensor get(int index) {
    int size = size();
    if (index < -size || index >= size) {
      throw new IndexOutOfBoundsException(
          "%s: index %s is out of range for %s parameters".formatted(name(), index, size));
    }
    return all().get(index < 0 ? index + size : index);
  }

  /** How many parameters there are. */
  public final int size() {
    return parameterSlots().size();
  }

  @Override
  public final Iterator<Tensor> iterator() {
    return all().iterator();
  }

  private List<Tensor> all() {
    List<Tensor> all = new ArrayList<>();
    parameterSlots().values().forEach(s -> all.add(s.get()));
    return all;
  }
}
