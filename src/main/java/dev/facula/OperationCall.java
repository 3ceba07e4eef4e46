package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A call of an operation, as an {@link OperationListener} sees it when the operation is done.
 *
 * <p>Every method of {@link Tensor} and {@link Functional} that computes, changes, draws, arranges
 * or views a tensor is an operation, whether gradients are recorded or not and for all types; so
 * are a {@link CustomFunction}, the steps of optimizers, and the formulas of the backward pass, of
 * which a few have names of their own, such as {@code tanhBackward}. Tensors made of Java arrays
 * are no results of operations: they are constants. A call that returns its own input, such as
 * {@code contiguous()} of a contiguous tensor or dropout in evaluation, does nothing and is not
 * told. Where a method calls another one of its name with more options, as {@code flatten()} does,
 * that one is told.
 *
 * <p>What an operation calls itself is not told, unless that makes it up: see {@link #composed()}.
 * It then comes before the whole, so that who goes from results back to their operands, always to
 * the last call that a tensor came from, reaches the whole operation.
 *
 * <p>The tensors are those of the operation, not copies, so that they tell by identity what came
 * from where; listeners must not change them. One that a listener keeps stays as it is, unless an
 * operation in place is told of it or it is released by name: its memory is not used again.
 */
public final class OperationCall {
  private final String name;
  private final Map<String, @Nullable Object> attributes;
  private final List<@Nullable Tensor> inputs;
  private final List<Tensor> outputs;
  private final boolean composed;

  OperationCall(
      String name,
      Map<String, @Nullable Object> attributes,
      List<@Nullable Tensor> inputs,
      List<Tensor> outputs,
      boolean composed) {
    this.name = name;
    this.attributes = Collections.unmodifiableMap(attributes);
    this.inputs = Collections.unmodifiableList(inputs);
    this.outputs = Collections.unmodifiableList(outputs);
    this.composed = composed;
  }

  /**
   * The name of the method, such as {@code conv2d}, {@code add} or {@code add_}; that of the class
   * of a {@link CustomFunction}.
   */
  public String name() {
    return name;
  }

  /**
   * The options of the call in their order, by the names of the parameters: {@code stride}, {@code
   * keepdim} and so on. The values are numbers, booleans, strings, {@link DType}s, {@code int[]},
   * {@code long[]}, {@code double[]}, or a list of {@link Index}, numbers and tensors for
   * subscripts; other constants, such as a {@link Reduction}, are their names in lower case. A
   * plain number in the place of an operand is the option {@code other}. An option that was null is
   * there; generators of random numbers and functions are not. Arrays are copies.
   */
  public Map<String, @Nullable Object> attributes() {
    return attributes;
  }

  /**
   * The operands in the order of the parameters, first the tensor whose method it is; null for one
   * that was left out, such as a bias.
   */
  public List<@Nullable Tensor> inputs() {
    return inputs;
  }

  /**
   * The results; of an operation in place the changed tensor, which is an input, too. Statistics
   * that batch normalisation updates in training are inputs only.
   */
  public List<Tensor> outputs() {
    return outputs;
  }

  /**
   * Whether this only calls other public operations, which were told before: following operands
   * back from the outputs through those leads to the inputs, numbers and tensors made by operations
   * such as {@code zeros}. Who does not know {@code tensordot} finds permutations and a product.
   */
  public boolean composed() {
    return composed;
  }

  /** For people: the name, the shapes and the options. */
  @Override
  public String toString() {
    return name
        + inputs.stream().map(OperationCall::describe).collect(Collectors.joining(", ", "(", ")"))
        + attributes.entrySet().stream()
            .map(e -> e.getKey() + "=" + describe(e.getValue()))
            .collect(Collectors.joining(", ", "{", "}"))
        + outputs.stream()
            .map(OperationCall::describe)
            .collect(Collectors.joining(", ", " -> ", ""));
  }

  private static String describe(@Nullable Object value) {
    if (value instanceof Tensor t) {
      return t.dtype() + Shapes.format(t.layout.shape);
    } else if (value instanceof int[] a) {
      return Arrays.toString(a);
    } else if (value instanceof long[] a) {
      return Arrays.toString(a);
    } else if (value instanceof double[] a) {
      return Arrays.toString(a);
    } else if (value instanceof List<?> list) {
      return list.stream().map(OperationCall::describe).collect(Collectors.joining(", ", "[", "]"));
    }
    return String.valueOf(value);
  }
}
