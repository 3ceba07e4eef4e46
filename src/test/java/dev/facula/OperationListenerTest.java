package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.fused.RecurrentSteps;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Flatten;
import dev.facula.nn.Linear;
import dev.facula.nn.Sequential;
import dev.facula.nn.Sigmoid;
import dev.facula.optim.Adam;
import dev.facula.optim.SGD;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Every public operation passes the point where listeners stand, with all that it was given. */
final class OperationListenerTest {
  /** Gives back what it gets, so that there is nothing to tell. */
  private static boolean givesBack(Method method) {
    return method.getName().equals("positive")
        || method.getName().toLowerCase(Locale.ROOT).endsWith("alphadropout")
            && method.getParameterCount() < 3;
  }

  /** Draw random numbers, or have any contents. */
  private static final Set<String> RANDOM =
      Set.of(
          "emptyLike",
          "rand",
          "randn",
          "randint",
          "randperm",
          "randLike",
          "randnLike",
          "bernoulli",
          "multinomial",
          "dropout",
          "dropout1d",
          "dropout2d",
          "dropout3d",
          "fractionalMaxPool2d",
          "fractionalMaxPool2dWithIndices",
          "fractionalMaxPool3d",
          "fractionalMaxPool3dWithIndices",
          "gumbelSoftmax",
          "alphaDropout",
          "featureAlphaDropout",
          "scaledDotProductAttention");

  /** The calls that a piece of work makes. */
  private static List<OperationCall> calls(Runnable work) {
    List<OperationCall> calls = new ArrayList<>();
    try (var listening = Facula.listen(calls::add)) {
      work.run();
    }
    return calls;
  }

  private static List<String> names(Runnable work) {
    return calls(work).stream().map(OperationCall::name).toList();
  }

  private static OperationCall one(Runnable work) {
    List<OperationCall> calls = calls(work);
    assertEquals(1, calls.size(), () -> calls.toString());
    return calls.get(0);
  }

  // ---- all of them --------------------------------------------------------------------------

  @Test
  void everySignatureIsTold() {
    List<String> faults = new ArrayList<>();
    for (Method method : ReflectiveCalls.methods()) {
      List<ReflectiveCalls.Done> calls = ReflectiveCalls.some(method, 2, 10_000);
      if (calls.isEmpty() && !givesBack(method)) {
        faults.add(method + ": no arguments were found; give it some in ReflectiveCalls");
      }
      for (ReflectiveCalls.Done done : calls) {
        String fault = fault(done);
        fault = fault == null ? again(done) : fault;
        if (fault == null && told(done).composed()) {
          fault = parts(done);
        }
        if (fault != null) {
          faults.add(fault);
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void everyRowOfTheDatabaseIsToldUnderItsName() {
    Set<String> names = new HashSet<>();
    for (Method method : ReflectiveCalls.methods()) {
      names.add(method.getName());
    }
    for (Class<?> c : List.of(RecurrentSteps.class, Special.class, Fft.class)) {
      for (Method method : c.getMethods()) {
        names.add(method.getName());
      }
    }
    List<String> faults = new ArrayList<>();
    for (Operation row : OperationDatabase.rows()) {
      for (Tensor[] inputs : row.inputs()) {
        List<Tensor> results = new ArrayList<>();
        List<OperationCall> calls = calls(() -> results.addAll(row.apply(inputs)));
        for (OperationCall call : calls) {
          if (!names.contains(call.name())) {
            faults.add(row + ": no public method is called " + call.name());
          }
        }
        for (Tensor y : results) {
          if (calls.stream().noneMatch(c -> c.outputs().contains(y))
              && !Arrays.asList(inputs).contains(y)) {
            faults.add(row + ": nothing made a result, of " + calls);
          }
        }
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void withoutListenersOneFieldIsRead() throws IOException {
    Pattern call = Pattern.compile("Operations\\s*\\.(passed|changed|custom)\\(");
    Pattern method =
        Pattern.compile("Tensor passed\\([^)]*\\) \\{[^}]*(if \\(part\\) \\{[^}]*\\}[^}]*)?$");
    List<String> faults = new ArrayList<>();
    int found = 0;
    try (Stream<Path> files = Files.list(Path.of("src/main/java/dev/facula"))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String source = Files.readString(file);
        Matcher m = call.matcher(source);
        while (!file.endsWith("Operations.java") && m.find()) {
          String before = source.substring(Math.max(0, m.start() - 300), m.start());
          String statement = before.substring(before.lastIndexOf(';') + 1);
          found++;
          if (!statement.contains("Operations.watched()") && !method.matcher(before).find()) {
            faults.add(file + ": " + source.substring(m.start(), m.start() + 60));
          }
        }
      }
    }
    assertEquals(List.of(), faults, "not behind Operations.watched()");
    assertTrue(found > 300, "calls were found");
  }

  // ---- what is told -------------------------------------------------------------------------

  @Test
  void optionsOfStructuredOperations() {
    Tensor x = Tensor.randn(2, 4, 9, 9);
    Tensor w = Tensor.randn(6, 2, 3, 3);
    OperationCall conv =
        one(
            () ->
                Functional.conv2d(
                    x,
                    w,
                    null,
                    o ->
                        o.stride(new int[] {2, 1})
                            .padding(new int[] {1})
                            .dilation(new int[] {1})
                            .groups(2)));
    assertEquals("conv2d", conv.name());
    assertEquals(Arrays.asList(x, w, null), conv.inputs());
    assertEquals(
        List.of("stride", "padding", "dilation", "groups"),
        List.copyOf(conv.attributes().keySet()));
    assertArrayEquals(new int[] {2, 1}, (int[]) conv.attributes().get("stride"));
    assertEquals(2, conv.attributes().get("groups"));
    assertEquals(
        "same",
        one(() ->
                Functional.conv2d(
                    x,
                    w,
                    null,
                    o -> o.stride(new int[] {1}).padding("same").dilation(new int[] {1}).groups(2)))
            .attributes()
            .get("padding"));

    OperationCall resized =
        one(() -> Functional.interpolate(x, o -> o.scaleFactor(2).mode("bilinear")));
    assertEquals("interpolate", resized.name());
    assertEquals("bilinear", resized.attributes().get("mode"));
    assertArrayEquals(new double[] {2}, (double[]) resized.attributes().get("scaleFactor"));
    assertNull(resized.attributes().get("size"));

    OperationCall padded = one(() -> Functional.pad(x, new int[] {1, 2, 0, 1}, PadMode.REFLECT, 0));
    assertEquals("reflect", padded.attributes().get("mode"));
    assertArrayEquals(new int[] {1, 2, 0, 1}, (int[]) padded.attributes().get("pad"));

    Tensor scores = Tensor.randn(3, 5);
    OperationCall loss =
        one(
            () ->
                Functional.crossEntropy(
                    scores,
                    Tensor.of(new long[] {1, 0, 4}),
                    o -> o.reduction(Reduction.SUM).labelSmoothing(0.1)));
    assertEquals("sum", loss.attributes().get("reduction"));
    assertEquals(0.1, loss.attributes().get("labelSmoothing"));

    Tensor q = Tensor.randn(2, 3, 4);
    OperationCall attention = one(() -> Functional.scaledDotProductAttention(q, q, q));
    assertEquals("scaledDotProductAttention", attention.name());
    assertEquals(false, attention.attributes().get("isCausal"));
    assertEquals(Arrays.asList(q, q, q, null), attention.inputs());

    Tensor steps = Tensor.randn(5, 2, 4);
    Tensor state = Tensor.randn(2, 3);
    Tensor inputWeight = Tensor.randn(12, 4);
    Tensor weight = Tensor.randn(12, 3);
    OperationCall lstm =
        one(() -> new RecurrentLayers().lstm(steps, state, state, inputWeight, weight, null));
    assertEquals(2, lstm.outputs().size());
    assertEquals(Arrays.asList(steps, state, state, inputWeight, weight, null), lstm.inputs());
  }

  @Test
  void optionsAreCopies() {
    Tensor x = Tensor.randn(2, 3);
    int[] dims = {1};
    OperationCall call = one(() -> x.sum(dims, true));
    dims[0] = 0;
    assertArrayEquals(new int[] {1}, (int[]) call.attributes().get("dims"));
    assertThrows(UnsupportedOperationException.class, () -> call.attributes().clear());
    assertThrows(UnsupportedOperationException.class, () -> call.inputs().clear());
    assertThrows(UnsupportedOperationException.class, () -> call.outputs().clear());
    assertEquals("sum(float32[2, 3]){dims=[1], keepdim=true} -> float32[2, 1]", call.toString());
  }

  @Test
  void numbersAreOptions() {
    Tensor x = Tensor.randn(2, 3);
    OperationCall product = one(() -> x.mul(2.5));
    assertEquals(List.of(x), product.inputs());
    assertEquals(2.5, product.attributes().get("other"));
    assertEquals(3L, one(() -> x.add_(3)).attributes().get("other"));
    assertEquals(3L, one(() -> x.gt(3)).attributes().get("other"));
    assertEquals(2, one(() -> x.pow(2)).attributes().get("exponent"));
    assertEquals(0.5, one(() -> x.clamp(0.5, null)).attributes().get("min"));
  }

  @Test
  void integersRelationsAndConstantsAreTold() {
    Tensor a = Tensor.of(new long[] {1, 2, 3});
    Tensor b = Tensor.of(new long[] {3, 2, 1});
    assertEquals(
        List.of("add", "eq", "logicalNot", "bitwiseAnd", "arange", "zeros", "randperm", "argmax"),
        names(
            () -> {
              a.add(b);
              a.eq(b).logicalNot();
              a.bitwiseAnd(b);
              Tensor.arange(4);
              Tensor.zeros(2);
              Tensor.randperm(3);
              a.argmax(0);
            }));
    assertEquals(List.of(), names(() -> Tensor.of(new float[] {1, 2})));
  }

  @Test
  void gradientsMakeNoDifference() {
    Tensor x = Tensor.randn(2, 3).requiresGrad_(true);
    Runnable work =
        () -> {
          Tensor y = x.mul(2).softmax(1).sum();
          y.add_(1);
        };
    List<String> recorded = names(work);
    List<String> plain =
        names(
            () -> {
              try (var guard = Facula.noGrad()) {
                work.run();
              }
            });
    assertEquals(List.of("mul", "softmax", "sum", "add_"), recorded);
    assertEquals(recorded, plain);
  }

  @Test
  void changesInPlaceHaveTheirOperandsAndChangeTheFirst() {
    for (int[] shape : new int[][] {{3, 4}, {100, 200}}) {
      Tensor x = Tensor.rand(shape);
      Tensor y = Tensor.rand(shape);
      for (Tensor t : List.of(x, x.t(), x.clone().requiresGrad_(true).mul(1))) {
        Tensor other = t.layout.sameShape(y.layout) ? y : y.t();
        OperationCall scaled = one(() -> t.add_(other, 0.5));
        assertEquals("add_", scaled.name());
        assertSame(t, scaled.outputs().get(0));
        assertEquals(List.of(t, other), scaled.inputs());
        assertEquals(0.5, scaled.attributes().get("alpha"));
        assertEquals(List.of("neg_"), names(() -> t.neg_()));
        assertEquals(List.of("clamp_"), names(() -> t.clamp_(0, 1)));
        assertEquals(List.of("exp_"), names(() -> t.exp_()));
        assertEquals(List.of("zero_"), names(() -> t.zero_()));
        assertEquals(List.of("copy_"), names(() -> t.copy_(other)));
        assertEquals(List.of("cumsum_"), names(() -> t.cumsum_(0)));
        assertEquals(List.of("uniform_"), names(() -> t.detach().uniform_()).subList(1, 2));
      }
    }
  }

  @Test
  void viewsAndSubscriptsAreTold() {
    Tensor x = Tensor.randn(3, 4);
    Tensor rows = Tensor.of(new long[] {2, 0});
    assertEquals(
        List.of("transpose", "narrow", "expand", "view", "get", "setAt_", "select", "split"),
        names(
                () -> {
                  x.transpose(0, 1).narrow(0, 1, 2);
                  x.narrow(0, 0, 1).expand(5, 4);
                  x.view(12);
                  x.get(rows, Index.ALL);
                  x.setAt_(rows, 1);
                  x.select(0, 1);
                  x.split(2, 1);
                })
            .stream()
            .distinct()
            .toList());
    OperationCall part = one(() -> x.get(rows, Index.slice(1, 3)));
    assertEquals(List.of(x, rows), part.inputs());
    assertSame(rows, ((List<?>) part.attributes().get("indices")).get(0));
    OperationCall written = one(() -> x.setAt_(rows, 1, true));
    assertEquals(List.of(x, rows), written.inputs());
    assertEquals(List.of("indices", "value"), List.copyOf(written.attributes().keySet()));
  }

  @Test
  void whatGivesBackItsInputIsNotTold() {
    Tensor x = Tensor.randn(2, 3);
    assertEquals(
        List.of(),
        names(
            () -> {
              assertSame(x, x.contiguous());
              assertSame(x, x.to(DType.FLOAT32));
              assertSame(x, x.positive());
              assertSame(x, Functional.dropout(x, 0.5, false));
            }));
    assertEquals(List.of("dropout"), names(() -> Functional.dropout(x, 0.5, true)));
  }

  @Test
  void stepsOfAnOperationAreToldOnlyWhereTheyMakeItUp() {
    Tensor x = Tensor.rand(2, 3);
    assertEquals(
        List.of("layerNorm"),
        names(() -> Functional.layerNorm(x, new int[] {3}, null, null, 1e-5)));
    List<OperationCall> composed = calls(() -> x.tensordot(Tensor.rand(3, 2), 1));
    assertTrue(composed.size() > 1);
    OperationCall last = composed.get(composed.size() - 1);
    assertEquals("tensordot", last.name());
    assertTrue(last.composed());
    assertFalse(one(() -> x.exp()).composed());
    Tensor large = Tensor.rand(100, 100);
    assertEquals(List.of("add"), names(() -> large.add(large, 2)));
    assertEquals(List.of(), names(() -> assertFalse(large.toString().isEmpty())));
    assertEquals(List.of(), names(() -> assertTrue(large.equal(large))));
  }

  @Test
  void layersTellOfTheirOperations() {
    Sequential net =
        new Sequential(new Conv2d(1, 2, 3), new Sigmoid(), new Flatten(), new Linear(72, 5));
    Tensor x = Tensor.randn(4, 1, 8, 8);
    List<OperationCall> calls = calls(() -> net.forward(x));
    assertEquals(
        List.of("conv2d", "sigmoid", "view", "reshape", "flatten", "linear"),
        calls.stream().map(OperationCall::name).toList());
    assertEquals(
        List.of("reshape", "flatten"),
        calls.stream().filter(OperationCall::composed).map(OperationCall::name).toList());
    assertSame(x, calls.get(0).inputs().get(0));
    assertSame(calls.get(0).outputs().get(0), calls.get(1).inputs().get(0));
    assertSame(calls.get(4).outputs().get(0), calls.get(5).inputs().get(0));
  }

  @Test
  void formulasOfTheBackwardPassAndStepsOfOptimizersAreTold() {
    Tensor w = Tensor.randn(3, 2).requiresGrad_(true);
    Tensor loss = w.tanh().square().sum();
    List<OperationCall> back = calls(() -> loss.backward());
    assertTrue(back.stream().anyMatch(c -> c.name().equals("mul")), back::toString);
    OperationCall sgd = one(() -> new SGD(List.of(w), 0.1).step());
    assertEquals("sgd", sgd.name());
    assertSame(w, sgd.outputs().get(0));
    assertEquals(0.1, sgd.attributes().get("lr"));
    List<OperationCall> adam = calls(() -> new Adam(List.of(w), 0.1).step());
    OperationCall step = adam.get(adam.size() - 1);
    assertEquals("adam", step.name());
    assertEquals(3, step.outputs().size());
    Tensor large = Tensor.randn(100, 100);
    assertEquals(
        List.of("mul_", "add_"),
        names(
                () ->
                    new Updates()
                        .elementwise(
                            t -> t[0].mul_(2).add_(t[1]),
                            new Tensor[] {large, Tensor.ones(1).expand(100, 100)}))
            .stream()
            .filter(n -> n.endsWith("_"))
            .toList());
  }

  @Test
  void functionsOfTheUserAreTold() {
    class Twice extends CustomFunction {
      @Override
      protected Tensor[] forward(Context context, Tensor... inputs) {
        return new Tensor[] {inputs[0].mul(2)};
      }

      @Override
      protected @Nullable Tensor[] backward(Context context, Tensor... gradients) {
        return new Tensor[] {gradients[0].mul(2)};
      }
    }
    Tensor x = Tensor.randn(3);
    List<OperationCall> calls = calls(() -> new Twice().apply(x));
    assertEquals(
        List.of("mul", "detach", "Twice"), calls.stream().map(OperationCall::name).toList());
    assertTrue(calls.get(2).composed());
  }

  @Test
  void whatWasSeenIsNotGivenToOthers() {
    List<Tensor> seen = new ArrayList<>();
    List<float[]> values = new ArrayList<>();
    Tensor w = Tensor.randn(64, 128).requiresGrad_(true);
    try (var listening =
        Facula.listen(
            c -> {
              if (!c.name().endsWith("_")) {
                seen.add(c.outputs().get(0));
                values.add(c.outputs().get(0).toFloatArray());
              }
            })) {
      for (int i = 0; i < 3; i++) {
        Facula.tidy(() -> w.tanh().mul(w).exp().square().mean()).backward();
        w.setGrad(null);
      }
    }
    for (int i = 0; i < 3; i++) {
      Facula.tidy(() -> w.tanh().mul(w).exp().square().mean()).backward();
      w.setGrad(null);
    }
    for (int i = 0; i < seen.size(); i++) {
      assertArrayEquals(values.get(i), seen.get(i).toFloatArray());
    }
  }

  // ---- listening ----------------------------------------------------------------------------

  @Test
  void onlyUntilItIsClosed() {
    List<OperationCall> calls = new ArrayList<>();
    Tensor x = Tensor.randn(3);
    Facula.Listening listening = Facula.listen(calls::add);
    x.exp();
    listening.close();
    x.sin();
    listening.close();
    x.cos();
    assertEquals(List.of("exp"), calls.stream().map(OperationCall::name).toList());
    assertThrows(NullPointerException.class, () -> Facula.listen(null));
  }

  @Test
  void allListenersOfAThreadAreTold() {
    List<String> told = new ArrayList<>();
    Tensor x = Tensor.randn(3);
    OperationListener twice = c -> told.add("again " + c.name());
    try (var outer = Facula.listen(c -> told.add("outer " + c.name()))) {
      Facula.Listening first = Facula.listen(twice);
      Facula.Listening second = Facula.listen(twice);
      x.exp();
      first.close();
      first.close();
      x.sin();
      second.close();
      x.cos();
    }
    x.tan();
    assertEquals(
        List.of("outer exp", "again exp", "again exp", "outer sin", "again sin", "outer cos"),
        told);
  }

  @Test
  void otherThreadsAreNotSeen() throws InterruptedException {
    List<String> told = new ArrayList<>();
    Tensor x = Tensor.randn(3);
    try (var listening = Facula.listen(c -> told.add(c.name()))) {
      Thread other =
          new Thread(
              () -> {
                x.exp();
                x.clone().neg_();
                x.add(x, 2);
                listening.close(); // of another thread: without effect
              });
      other.start();
      other.join();
      x.sin();
    }
    assertEquals(List.of("sin"), told);
    assertFalse(Operations.watched());
  }

  @Test
  void whatAListenerComputesIsNotTold() {
    List<String> told = new ArrayList<>();
    Tensor x = Tensor.randn(3);
    try (var listening =
        Facula.listen(
            c -> {
              told.add(c.name());
              c.outputs().get(0).isnan().any();
              told.addAll(names(() -> c.outputs().get(0).exp()));
            })) {
      x.sin();
      x.neg_();
    }
    assertEquals(List.of("sin", "neg_"), told);
  }

  @Test
  void whatAListenerThrowsReachesTheCaller() {
    Tensor x = Tensor.ones(3);
    List<String> told = new ArrayList<>();
    try (var outer = Facula.listen(c -> told.add(c.name()))) {
      try (var inner =
          Facula.listen(
              c -> {
                throw new IllegalStateException("not " + c.name());
              })) {
        var e = assertThrows(IllegalStateException.class, () -> x.sin());
        assertEquals("not sin", e.getMessage());
        assertThrows(IllegalStateException.class, () -> x.add_(1));
        assertThrows(IllegalStateException.class, () -> x.add(x, 2));
      }
      assertArrayEquals(new float[] {2, 2, 2}, x.toFloatArray());
      x.cos();
    }
    assertEquals(List.of("sin", "add_", "add", "cos"), told);
    assertFalse(Operations.watched());
    assertTrue(Facula.isGradEnabled());
  }

  @Test
  void aListenerMayEndItself() {
    List<String> told = new ArrayList<>();
    Facula.Listening[] own = new Facula.Listening[1];
    Tensor x = Tensor.ones(3);
    own[0] =
        Facula.listen(
            c -> {
              told.add(c.name());
              own[0].close();
              Facula.listen(other -> told.add("never " + other.name())).close();
              x.tan();
            });
    x.sin();
    x.cos();
    assertEquals(List.of("sin"), told);
  }

  // ---- what was told of a call --------------------------------------------------------------

  /** What is wrong with what was told of a call, or null. */
  static @Nullable String fault(ReflectiveCalls.Done done) {
    String fault = untold(done);
    return fault == null
        ? null
        : done.method() + " of " + Arrays.deepToString(done.arguments()) + ": " + fault;
  }

  private static @Nullable String untold(ReflectiveCalls.Done done) {
    String name = done.method().getName();
    if (done.calls().stream().noneMatch(c -> c.name().equals(name))) {
      return "not told, but " + done.calls();
    }
    OperationCall told = told(done);
    if (!same(told.outputs(), done.results())) {
      return "not its results in " + told;
    }
    int direct = done.operands().size();
    List<? extends @Nullable Tensor> inputs = told.inputs();
    List<? extends @Nullable Tensor> more =
        direct < inputs.size() ? inputs.subList(direct, inputs.size()) : List.of();
    for (Map.Entry<String, Object> e : done.chosen().entrySet()) {
      boolean tensor = e.getValue() instanceof Tensor;
      if (tensor && inputs.stream().noneMatch(t -> t == e.getValue())) {
        return "not the operand " + e.getKey() + " in " + told;
      } else if (!tensor
          && !(e.getValue() instanceof BinaryOperator)
          && !equal(e.getValue(), told.attributes().get(e.getKey()))) {
        return "not the option " + e + " in " + told;
      }
    }
    boolean taken = done.chosen().values().stream().anyMatch(v -> v instanceof Tensor);
    if (taken) {
      inputs = more.isEmpty() ? done.operands() : inputs.subList(0, direct);
    }
    if (!same(inputs, done.operands())) {
      return "not its operands in " + told;
    }
    Iterator<@Nullable Object> values = told.attributes().values().iterator();
    for (Object option : done.options()) {
      boolean found = false;
      while (!found && values.hasNext()) {
        found = equal(option, values.next());
      }
      if (!found) {
        return "not its option " + option + " in " + told;
      }
    }
    return null;
  }

  /** The last call that was told under the name of the method. */
  private static OperationCall told(ReflectiveCalls.Done done) {
    return done.calls().stream()
        .filter(c -> c.name().equals(done.method().getName()))
        .reduce((a, b) -> b)
        .orElseThrow();
  }

  /** Whether the results are others when what was told is run again: a message, or null. */
  static @Nullable String again(ReflectiveCalls.Done done) {
    OperationCall told = told(done);
    if (done.method().getName().endsWith("_")
        || RANDOM.contains(told.name())
        || told.name().equals("tripletMarginWithDistanceLoss")
        || told.attributes().get("maxNorm") != null) {
      return null;
    }
    try {
      return compare(told, OperationReplay.run(told, told.inputs()), told.outputs());
    } catch (IllegalStateException e) {
      return e.getMessage() + " " + e.getCause();
    }
  }

  /** Whether the parts of a call, run again, give other results: a message, or null. */
  static @Nullable String parts(ReflectiveCalls.Done done) {
    OperationCall told = told(done);
    List<OperationCall> parts = done.calls().subList(0, done.calls().indexOf(told));
    if (parts.isEmpty() || told.name().endsWith("_")) {
      return "no parts";
    }
    try {
      Walk walk = new Walk(parts, told.inputs());
      List<Tensor> results = new ArrayList<>();
      for (Tensor t : told.outputs()) {
        results.add(walk.value(t, parts.size()));
      }
      return compare(told, results, told.outputs());
    } catch (IllegalStateException e) {
      return e.getMessage() + " " + e.getCause();
    }
  }

  /** Computes results by going back from them to the last call that each tensor came from. */
  private record Walk(
      List<OperationCall> calls,
      List<@Nullable Tensor> operands,
      Map<OperationCall, List<Tensor>> done) {

    Walk(List<OperationCall> calls, List<@Nullable Tensor> operands) {
      this(calls, operands, new IdentityHashMap<>());
    }

    /** What the tensor held before that call. */
    Tensor value(Tensor t, int before) {
      for (int i = before - 1; i >= 0; i--) {
        OperationCall call = calls.get(i);
        int at = call.outputs().indexOf(t);
        if (at >= 0) {
          return results(call, i).get(at);
        }
      }
      if (!operands.contains(t) && !t.isNumber()) {
        throw new IllegalStateException("where does a tensor come from of " + calls);
      }
      return t;
    }

    private List<Tensor> results(OperationCall call, int index) {
      List<Tensor> known = done.get(call);
      if (known == null) {
        boolean inPlace = call.name().endsWith("_");
        List<@Nullable Tensor> inputs = new ArrayList<>();
        for (Tensor t : call.inputs()) {
          inputs.add(t == null ? null : value(t, index));
        }
        if (inPlace) {
          inputs.set(0, inputs.get(0).clone());
        }
        known = OperationReplay.run(call, inputs);
        done.put(call, known);
      }
      return known;
    }
  }

  private static @Nullable String compare(
      OperationCall told, List<Tensor> now, List<Tensor> before) {
    boolean same = now.size() == before.size();
    for (int i = 0; same && i < now.size(); i++) {
      same = OperationReplay.same(now.get(i), before.get(i));
    }
    return same
        ? null
        : "another result of "
            + told
            + ": "
            + now.toString().replaceAll("\\s+", " ")
            + " instead of "
            + before;
  }

  /** The same tensors; none at the end of what was told stands for what was left out. */
  private static boolean same(
      List<? extends @Nullable Tensor> told, List<? extends @Nullable Tensor> given) {
    for (int i = 0; i < Math.max(told.size(), given.size()); i++) {
      Tensor a = i < told.size() ? told.get(i) : null;
      Tensor b = i < given.size() ? given.get(i) : null;
      if (a != b) {
        return false;
      }
    }
    return true;
  }

  private static boolean equal(Object option, @Nullable Object told) {
    if (option instanceof Number a && told instanceof Number b) {
      return a.doubleValue() == b.doubleValue();
    } else if (option instanceof Boolean unbiased && told instanceof Double correction) {
      return correction == (unbiased ? 1 : 0);
    } else if (option instanceof Enum<?> e && !(option instanceof DType)) {
      return e.name().toLowerCase(Locale.ROOT).equals(told);
    } else if (option instanceof Integer i && told instanceof int[] a) {
      return Arrays.equals(a, new int[] {i});
    } else if (option instanceof Object[] a) {
      return told instanceof List<?> b && Arrays.asList(a).equals(b);
    }
    return Arrays.deepEquals(new Object[] {option}, new Object[] {told});
  }
}
