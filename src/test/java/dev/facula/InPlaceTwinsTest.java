package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Every operation in place on a result that is part of a graph: values and gradients of its twin.
 */
class InPlaceTwinsTest {
  private static final float[] VALUES = {0.21f, 0.45f, 0.7f, 0.88f};

  private static @Nullable Object argument(Method method, int i) {
    Class<?> type = method.getParameterTypes()[i];
    if (type == Number.class) {
      return i == 0 ? 2 : 0.4;
    }
    return type == Tensor.class
        ? Tensor.of(new float[] {0.3f, 0.6f, 0.9f, 0.2f}, 2, 2)
        : type == double.class
            ? (Object) 0.3
            : type == int.class ? (Object) (i == 1 ? 1 : 0) : null;
  }

  /** The values and the gradient of the sum of their squares; null where there is none. */
  private static float @Nullable [][] run(Method method, Object[] arguments) {
    Tensor leaf = Tensor.of(VALUES, 2, 2).requiresGrad_(true);
    Tensor x = leaf.mul(1);
    try {
      Tensor y = (Tensor) method.invoke(x, arguments);
      if (!y.requiresGrad()) {
        return null;
      }
      y.square().sum().backward();
      return new float[][] {y.toFloatArray(), requireNonNull(leaf.grad()).toFloatArray()};
    } catch (AutogradException e) {
      return null; // no derivative by one of the operands
    } catch (ReflectiveOperationException e) {
      Throwable cause = e.getCause();
      return cause instanceof DTypeException || cause instanceof ShapeException
          ? null // not for these arguments
          : new float[][] {{}, {}};
    }
  }

  @Test
  void areAllAlike() {
    List<String> wrong = new ArrayList<>();
    int count = 0;
    for (Method method : Tensor.class.getMethods()) {
      String name = method.getName();
      if (!name.endsWith("_") || Modifier.isStatic(method.getModifiers())) {
        continue;
      }
      Object[] arguments = new Object[method.getParameterCount()];
      Arrays.setAll(arguments, i -> argument(method, i));
      float[][] expected;
      try {
        String plain = name.substring(0, name.length() - 1);
        Method twin = Tensor.class.getMethod(plain, method.getParameterTypes());
        if (Arrays.asList(arguments).contains(null) || twin.getReturnType() != Tensor.class) {
          continue;
        }
        expected = run(twin, arguments);
      } catch (NoSuchMethodException e) {
        continue;
      }
      if (expected != null) {
        count++;
        if (!Arrays.deepEquals(expected, run(method, arguments))) {
          wrong.add(method.toString());
        }
      }
    }
    assertTrue(wrong.isEmpty(), String.join("\n", wrong));
    assertTrue(count > 70, count + " operations");
  }

  @Test
  void logitWithinLimits() {
    Tensor x = Tensor.of(new float[] {-0.5f, 0.1f, 0.5f, 0.75f, 2}, 5).requiresGrad_(true);
    Tensor y = x.mul(1).logit_(0.2);
    y.sum().backward();
    float ends = 1.3862944f;
    assertArrayEquals(new float[] {-ends, -ends, 0, 1.0986123f, ends}, y.toFloatArray(), 1e-6f);
    float[] gradient = requireNonNull(x.grad()).toFloatArray();
    assertArrayEquals(new float[] {0, 0, 4, 5.3333333f, 0}, gradient, 1e-6f);
  }

  @Test
  void renorm() {
    Tensor x = Tensor.of(new float[] {3, 4, 0.3f, 0.4f, 0, 0, 1, -2}, 4, 2).requiresGrad_(true);
    Tensor weight = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 4, 2);
    Tensor y = x.mul(1).renorm_(2, 0, 1);
    float[] values = {0.6f, 0.8f, 0.3f, 0.4f, 0, 0, 0.4472136f, -0.8944272f};
    assertArrayEquals(values, y.toFloatArray(), 1e-6f);
    y.mul(weight).sum().backward();
    float[] gradient = {-0.064f, 0.048f, 3, 4, 5, 6, 3.9354796f, 1.9677398f};
    assertArrayEquals(gradient, requireNonNull(x.grad()).toFloatArray(), 1e-6f);
  }
}
