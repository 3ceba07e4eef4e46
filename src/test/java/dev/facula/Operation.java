package dev.facula;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of the {@link OperationDatabase}: an operation, the inputs it is tried with, and what the
 * generic tests may ask of it.
 *
 * @param name as in Tensor; of Functional with a leading {@code F.}
 * @param call from the inputs to a tensor, or a list or record of them
 * @param samples shapes of the inputs: samples apart by |, inputs by ;, sizes by commas
 * @param low the least input
 * @param high the greatest input
 * @param derivatives how many times the operation is differentiable: 0, 1 or 2
 * @param reference the function of one element in Java's mathematics, or null
 */
record Operation(
    String name,
    Function<Tensor[], Object> call,
    String samples,
    double low,
    double high,
    int derivatives,
    @Nullable DoubleUnaryOperator reference) {

  static Operation of(String name, String samples, Function<Tensor[], Object> call) {
    return new Operation(name, call, samples, -2, 2, 2, null);
  }

  Operation between(double from, double to) {
    return new Operation(name, call, samples, from, to, derivatives, reference);
  }

  Operation derivatives(int times) {
    return new Operation(name, call, samples, low, high, times, reference);
  }

  Operation like(DoubleUnaryOperator function) {
    return new Operation(name, call, samples, low, high, derivatives, function);
  }

  /** The inputs of each sample: FLOAT64, the same at every call. */
  List<Tensor[]> inputs() {
    List<Tensor[]> result = new ArrayList<>();
    Generator generator = new Generator(name.hashCode());
    for (String sample : samples.split("\\|", -1)) {
      String[] shapes = sample.split(";", -1);
      Tensor[] inputs = new Tensor[shapes.length];
      for (int i = 0; i < shapes.length; i++) {
        int[] shape =
            shapes[i].isEmpty()
                ? new int[0]
                : Arrays.stream(shapes[i].split(",")).mapToInt(Integer::parseInt).toArray();
        inputs[i] = Tensor.zeros(DType.FLOAT64, shape).uniform_(low, high, generator);
      }
      result.add(inputs);
    }
    return result;
  }

  /** What the call returns, as a list of tensors. */
  List<Tensor> apply(Tensor... inputs) {
    List<Tensor> result = new ArrayList<>();
    flatten(call.apply(inputs), result);
    return result;
  }

  private static void flatten(Object value, List<Tensor> to) {
    if (value instanceof Tensor t) {
      to.add(t);
    } else if (value instanceof Iterable<?> all) {
      all.forEach(v -> flatten(v, to));
    } else if (value instanceof Record) {
      for (RecordComponent c : value.getClass().getRecordComponents()) {
        try {
          flatten(c.getAccessor().invoke(value), to);
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e);
        }
      }
    } else {
      throw new IllegalArgumentException("not a result of an operation: " + value);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
