package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.fused.RecurrentSteps;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operation, tried on every row of the {@link OperationDatabase}. */
final class OperationDatabaseTest {
  static List<Operation> rows() {
    return OperationDatabase.rows();
  }

  private static List<double[]> values(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::toDoubleArray).collect(Collectors.toList());
  }

  private static void assertSameBits(List<Tensor> expected, List<Tensor> actual, String what) {
    assertEquals(expected.size(), actual.size(), what);
    for (int i = 0; i < expected.size(); i++) {
      assertSame(expected.get(i).dtype(), actual.get(i).dtype(), what);
      assertArrayEquals(expected.get(i).shape(), actual.get(i).shape(), what);
      assertArrayEquals(expected.get(i).toDoubleArray(), actual.get(i).toDoubleArray(), what);
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givesTheSameForInputsThatAreNotContiguous(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      Tensor[] strided = new Tensor[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        strided[i] = strided(inputs[i]);
        assertArrayEquals(inputs[i].toDoubleArray(), strided[i].toDoubleArray());
      }
      List<Tensor> expected = row.apply(inputs);
      List<Tensor> actual = row.apply(strided);
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i).shape(), actual.get(i).shape(), row.name());
        // products take their operands as they lie, and sum in another order
        assertArrayEquals(
            expected.get(i).toDoubleArray(), actual.get(i).toDoubleArray(), 1e-13, row.name());
      }
    }
  }

  /** Every other element of a larger tensor, whose dimensions lie in reverse. */
  private static Tensor strided(Tensor x) {
    int[] shape = x.shape();
    int[] larger = new int[shape.length];
    int[] order = new int[shape.length];
    for (int i = 0; i < shape.length; i++) {
      larger[shape.length - 1 - i] = 2 * shape[i];
      order[i] = shape.length - 1 - i;
    }
    Tensor view = Tensor.full(x.dtype(), Double.NaN, larger).permute(order);
    for (int i = 0; i < shape.length; i++) {
      view = view.slice(i, 0, 2 * shape[i], 2);
    }
    return view.copy_(x);
  }

  /** What a derivative needs is saved, so that an operand may be released before the way back. */
  @ParameterizedTest
  @MethodSource("rows")
  void hasItsGradientWhenTheOperandsAreReleased(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      Tensor[] leaves = new Tensor[inputs.length];
      Tensor[] operands = new Tensor[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        boolean floating = inputs[i].isFloatingPoint();
        leaves[i] = inputs[i].detach().clone().requiresGrad_(floating);
        operands[i] = floating ? leaves[i].mul(1) : leaves[i];
      }
      List<Tensor> expected = gradients(row, leaves, leaves);
      List<Tensor> actual = gradients(row, operands, leaves);
      assertEquals(expected.size(), actual.size(), row.name());
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(
            expected.get(i).toDoubleArray(), actual.get(i).toDoubleArray(), 1e-13, row.name());
      }
    }
  }

  /** The gradients of the leaves; results, and operands that are others, are released before. */
  private static List<Tensor> gradients(Operation row, Tensor[] operands, Tensor[] leaves) {
    List<Tensor> sums = new ArrayList<>();
    List<Tensor> outputs = row.apply(operands);
    for (Tensor y : outputs) {
      if (y.requiresGrad()) {
        sums.add(y.sum());
      }
    }
    if (operands != leaves) {
      outputs.forEach(Tensor::release);
      for (int i = 0; i < operands.length; i++) {
        if (operands[i] != leaves[i]) {
          operands[i].release();
        }
      }
    }
    for (Tensor sum : sums) {
      sum.backward(Tensor.scalar(sum.dtype(), 1), o -> o.retainGraph(true));
    }
    List<Tensor> result = new ArrayList<>();
    for (Tensor leaf : leaves) {
      Tensor g = leaf.grad();
      leaf.setGrad(null);
      if (g != null) {
        result.add(g);
      }
    }
    return result;
  }

  /** The test of the next one: a derivative that reads what it has not saved is found. */
  @Test
  void findsTensorsThatAreNotSaved() {
    Tensor x = Tensor.ones(3).requiresGrad_(true);
    Tensor factor = Tensor.ones(3);
    Tensor y = x.detach().mul(factor);
    Graph.record(y, "careless", x, Graph.none(), (c, g) -> g.mul(factor));
    assertEquals(1, CapturedTensors.unsaved(List.of(y)).size());
    Tensor z = Graph.record(y.detach(), "careful", x, Graph.tensors(factor), (c, g) -> factor);
    assertEquals(Set.of(), CapturedTensors.unsaved(List.of(z)));
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasItsGradientBehindTidy(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      Tensor[] leaves = new Tensor[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        leaves[i] = inputs[i].detach().clone().requiresGrad_(inputs[i].isFloatingPoint());
      }
      assertEquals(Set.of(), CapturedTensors.unsaved(row.apply(leaves)));
      if (row.apply(leaves).stream().noneMatch(Tensor::requiresGrad)) {
        continue;
      }
      List<double[]> expected = derivatives(total(row, leaves), leaves);
      List<double[]> actual = derivatives(Facula.tidy(() -> total(row, leaves)), leaves);
      assertEquals(expected.size(), actual.size(), row.name());
      for (int i = 0; i < expected.size(); i++) {
        assertArrayEquals(expected.get(i), actual.get(i), row.name());
      }
    }
  }

  private static Tensor total(Operation row, Tensor[] leaves) {
    Tensor sum = Tensor.scalar(DType.FLOAT64, 0);
    for (Tensor y : row.apply(leaves)) {
      sum = y.requiresGrad() ? sum.add(y.sum()) : sum;
    }
    return sum;
  }

  private static List<double[]> derivatives(Tensor total, Tensor[] leaves) {
    total.backward();
    List<double[]> result = new ArrayList<>();
    for (Tensor leaf : leaves) {
      Tensor g = leaf.grad();
      leaf.setGrad(null);
      result.add(g == null ? new double[0] : g.toDoubleArray());
    }
    return result;
  }

  @ParameterizedTest
  @MethodSource("rows")
  void leavesItsInputsAlone(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      List<double[]> before = values(Arrays.asList(inputs));
      row.apply(inputs);
      for (int i = 0; i < inputs.length; i++) {
        assertArrayEquals(before.get(i), inputs[i].toDoubleArray(), row.name());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesInFloatAndDouble(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      Tensor[] narrow = new Tensor[inputs.length];
      Tensor[] wide = new Tensor[inputs.length];
      for (int i = 0; i < inputs.length; i++) {
        narrow[i] = inputs[i].to(DType.FLOAT32);
        wide[i] = narrow[i].to(DType.FLOAT64);
      }
      List<Tensor> expected = row.apply(wide);
      List<Tensor> actual = row.apply(narrow);
      for (int k = 0; k < expected.size(); k++) {
        assertArrayEquals(expected.get(k).shape(), actual.get(k).shape(), row.name());
        double[] a = expected.get(k).toDoubleArray();
        double[] b = actual.get(k).toDoubleArray();
        for (int i = 0; i < a.length; i++) {
          assertEquals(a[i], b[i], 1e-5 + 1e-4 * Math.abs(a[i]), row + " at " + i);
        }
      }
    }
  }

  /**
   * What is computed in 16 bits is what float32 gives for the same numbers, but for roundings: one
   * of the result, and for what is made of several operations one of each.
   */
  @ParameterizedTest
  @MethodSource("rows")
  void computesInTypesOfSixteenBits(Operation row) {
    for (DType type : List.of(DType.FLOAT16, DType.BFLOAT16)) {
      if (row.name().endsWith("quantile")) {
        continue; // refused, as in PyTorch
      }
      double step = type == DType.FLOAT16 ? 0x1p-10 : 0x1p-7;
      for (Tensor[] inputs : row.inputs()) {
        Tensor[] narrow = new Tensor[inputs.length];
        Tensor[] wide = new Tensor[inputs.length];
        for (int i = 0; i < inputs.length; i++) {
          boolean floating = inputs[i].isFloatingPoint();
          narrow[i] = floating ? inputs[i].to(type).requiresGrad_(true) : inputs[i];
          wide[i] = floating ? narrow[i].detach().to(DType.FLOAT32).requiresGrad_(true) : inputs[i];
        }
        List<Tensor> actual = row.apply(narrow);
        List<Tensor> expected = row.apply(wide);
        List<Tensor> sums = new ArrayList<>();
        for (int i = 0; i < expected.size(); i++) {
          Tensor y = actual.get(i);
          Tensor z = expected.get(i);
          DType wanted = z.dtype() == DType.FLOAT32 ? type : z.dtype();
          assertEquals(
              row.name().equals("bincount") ? DType.FLOAT64 : wanted, y.dtype(), row.name());
          assertArrayEquals(z.shape(), y.shape(), row.name());
          if (z.dtype() == DType.FLOAT32 && row.derivatives() > 0) {
            near(z, y, 8 * step, row.name());
            if (z.requiresGrad()) {
              Collections.addAll(sums, z.sum(), y.sum().to(DType.FLOAT32));
            }
          }
        }
        if (!sums.isEmpty()) {
          Tensor.stack(sums).sum().backward();
        }
        for (int i = 0; i < inputs.length; i++) {
          Tensor g = narrow[i].grad();
          if (g != null) {
            assertEquals(type, g.dtype(), row.name());
            near(Objects.requireNonNull(wide[i].grad()), g, 16 * step, row.name() + ", gradient");
          }
        }
      }
    }
  }

  /** Differences in relation to the largest element, since small ones are what others leave. */
  private static void near(Tensor expected, Tensor actual, double tolerance, String what) {
    double[] a = expected.toDoubleArray();
    double scale = 0;
    for (double v : a) {
      scale = Math.max(scale, Double.isInfinite(v) ? 0 : Math.abs(v));
    }
    assertArrayEquals(a, actual.toDoubleArray(), tolerance * Math.max(scale, 1e-3), what);
  }

  @ParameterizedTest
  @MethodSource("rows")
  void agreesWithJavasMathematics(Operation row) {
    DoubleUnaryOperator reference = row.reference();
    if (reference == null) {
      return;
    }
    for (Tensor[] inputs : row.inputs()) {
      Tensor y = row.apply(inputs).get(0);
      assertArrayEquals(inputs[0].shape(), y.shape(), row.name());
      double[] x = inputs[0].toDoubleArray();
      double[] actual = y.toDoubleArray();
      for (int i = 0; i < x.length; i++) {
        double expected = reference.applyAsDouble(x[i]);
        assertEquals(expected, actual[i], 1e-12 * Math.max(1, Math.abs(expected)), row.name());
      }
    }
  }

  /** The inputs as leaves, and only the results that can be differentiated. */
  private static List<Tensor> leaves(Tensor[] inputs) {
    List<Tensor> leaves = new ArrayList<>();
    for (Tensor x : inputs) {
      leaves.add(x.clone().requiresGrad_(true));
    }
    return leaves;
  }

  private static List<Tensor> differentiable(Operation row, List<Tensor> inputs) {
    return row.apply(inputs.toArray(new Tensor[0])).stream()
        .filter(Tensor::requiresGrad)
        .collect(Collectors.toList());
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasTheGradientOfFiniteDifferences(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      if (row.derivatives() > 0) {
        List<Tensor> leaves = leaves(inputs);
        GradCheck.check(in -> differentiable(row, in), leaves);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void hasTheSecondDerivativeOfFiniteDifferences(Operation row) {
    for (Tensor[] inputs : row.inputs()) {
      if (row.derivatives() > 1) {
        GradCheck.gradgradcheck(in -> differentiable(row, in), leaves(inputs));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rows")
  void givesTheSameBitsForAnyNumberOfThreads(Operation row) {
    Tensor[] first = row.inputs().get(0);
    boolean elementwise =
        row.samples().equals(OperationDatabase.ANY)
            || row.samples().equals(OperationDatabase.PAIRS);
    Tensor[] inputs = new Tensor[first.length];
    for (int i = 0; i < inputs.length; i++) {
      // as large as it takes for the work to be shared
      inputs[i] = elementwise ? first[i].repeat(100, 500) : first[i];
    }
    int before = Facula.getNumThreads();
    try {
      Facula.setNumThreads(1);
      List<Tensor> alone = row.apply(inputs);
      for (int threads : new int[] {2, 3, 8, 16}) {
        Facula.setNumThreads(threads);
        assertSameBits(alone, row.apply(inputs), row + ", " + threads + " threads");
      }
    } finally {
      Facula.setNumThreads(before);
    }
  }

  /** The operation takes whole numbers alone. */
  private static boolean isOfIntegers(String name) {
    return name.startsWith("bitwise") || name.equals("gcd") || name.equals("lcm");
  }

  /** The form in place, where there is one that takes no more than tensors. */
  @ParameterizedTest
  @MethodSource("rows")
  void doesTheSameInPlace(Operation row) throws IllegalAccessException {
    for (Tensor[] inputs : row.inputs()) {
      Class<?>[] types = new Class<?>[inputs.length - 1];
      Arrays.fill(types, Tensor.class);
      Method plain = method(row.name(), types);
      Method inPlace = method(row.name() + "_", types);
      if (plain == null || inPlace == null) {
        return;
      }
      if (isOfIntegers(row.name())) {
        Arrays.setAll(inputs, i -> inputs[i].abs().to(DType.INT64));
      }
      Object[] others = Arrays.copyOfRange(inputs, 1, inputs.length, Object[].class);
      Tensor changed = inputs[0].clone();
      Tensor expected = (Tensor) invoke(plain, changed, others);
      if (!Arrays.equals(expected.shape(), changed.shape())) {
        continue;
      }
      int version = changed.version();
      assertSame(changed, invoke(inPlace, changed, others), row.name());
      assertTrue(changed.version() > version, row.name());
      assertArrayEquals(
          expected.to(changed.dtype()).toDoubleArray(), changed.toDoubleArray(), row.name());
    }
  }

  private static Object invoke(Method method, Tensor x, Object[] arguments)
      throws IllegalAccessException {
    try {
      return method.invoke(x, arguments);
    } catch (InvocationTargetException e) {
      throw new AssertionError(method.getName(), e.getCause());
    }
  }

  private static Method method(String name, Class<?>... types) {
    return Arrays.stream(Tensor.class.getMethods())
        .filter(m -> m.getName().equals(name) && Arrays.equals(m.getParameterTypes(), types))
        .findFirst()
        .orElse(null);
  }

  // ---- errors -------------------------------------------------------------------------------

  @Test
  void saysWhichShapesDoNotFit() {
    for (Operation row : rows()) {
      if (!row.samples().equals(OperationDatabase.PAIRS)) {
        continue;
      }
      Tensor a = Tensor.ones(DType.FLOAT64, 3, 4);
      Tensor b = Tensor.ones(DType.FLOAT64, 2, 4);
      try {
        List<Tensor> result = row.apply(a, b);
        assertEquals("isin", row.name(), row + " gave " + result);
      } catch (ShapeException e) {
        assertTrue(
            e.getMessage().contains("[3, 4]") && e.getMessage().contains("[2, 4]"),
            row + ": " + e.getMessage());
      }
    }
  }

  // ---- counting -----------------------------------------------------------------------------

  /** Operations: public methods that make tensors of tensors. */
  private static Set<String> operations() {
    Set<String> names = new TreeSet<>();
    for (Method m : Tensor.class.getDeclaredMethods()) {
      boolean fromTensors =
          !Modifier.isStatic(m.getModifiers())
              || Arrays.stream(m.getParameterTypes())
                  .anyMatch(t -> t == Tensor.class || t == List.class || t == Tensor[].class);
      if (isOperation(m) && fromTensors) {
        names.add(m.getName());
      }
    }
    for (Method m : Functional.class.getDeclaredMethods()) {
      if (isOperation(m)) {
        names.add("F." + m.getName());
      }
    }
    for (Class<?> c : List.of(Special.class, Fft.class)) {
      for (Method m : c.getDeclaredMethods()) {
        if (isOperation(m) && Arrays.asList(m.getParameterTypes()).contains(Tensor.class)) {
          names.add(c.getSimpleName() + "." + m.getName());
        }
      }
    }
    for (Method m : RecurrentSteps.class.getMethods()) {
      names.add("fused." + m.getName());
    }
    return names;
  }

  private static boolean isOperation(Method m) {
    Class<?> type = m.getReturnType();
    boolean makesTensors = type == Tensor.class || type == List.class || type.isRecord();
    return Modifier.isPublic(m.getModifiers())
        && makesTensors
        && !m.getName().endsWith("_")
        && !ReflectiveCalls.OTHER_NAMES.contains(m.getName());
  }

  /** Those that need no row, or have none yet; the list may only shrink. */
  private static Set<String> withoutRow() throws IOException {
    InputStream in = OperationDatabaseTest.class.getResourceAsStream("/operations-without-row.txt");
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty() && !line.startsWith("#"))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  @Test
  void hasARowForEveryOperation() throws IOException {
    Set<String> rows = rows().stream().map(Operation::name).collect(Collectors.toSet());
    assertEquals(rows().size(), rows.size(), "an operation has two rows");
    Set<String> missing = operations();
    missing.removeAll(rows);
    assertEquals(withoutRow(), missing, "operations without a row");
    Set<String> unknown = new TreeSet<>(rows);
    unknown.removeAll(operations());
    assertEquals(Set.of(), unknown, "rows without an operation");
  }
}
