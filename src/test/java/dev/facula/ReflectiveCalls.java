package dev.facula;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Calls every public operation of {@link Tensor} and {@link Functional} by reflection, each of its
 * signatures, with arguments drawn from pools by their types until a call succeeds.
 */
final class ReflectiveCalls {
  /** What returns a tensor and is no operation: constants, accessors, and the graph's business. */
  private static final Set<String> OTHERS =
      Set.of(
          "of",
          "empty",
          "grad",
          "requiresGrad_",
          "setData",
          "retainGrad",
          "registerHook",
          "registerPostAccumulateGradHook",
          "scalar");

  /** Other names of operations, which are told of under the first. */
  static final Set<String> OTHER_NAMES =
      Set.of(
          ("T absolute arccos arccosh arcsin arcsinh arctan arctan2 arctanh clip clip_ concat"
                  + " concatenate divide fix greater greaterEqual less lessEqual moveaxis multiply"
                  + " negative newEmpty newFull newOnes newTensor newZeros notEqual subtract"
                  + " swapaxes swapdims trueDivide typeAs")
              .split(" "));

  private ReflectiveCalls() {}

  /** A call that went well. */
  record Done(
      Method method,
      @Nullable Tensor target,
      @Nullable Object[] arguments,
      Object result,
      List<OperationCall> calls,
      List<Choice> choices) {

    /** The tensors among target and arguments, in order; null for those left out. */
    List<@Nullable Tensor> operands() {
      List<@Nullable Tensor> result = new ArrayList<>();
      if (target != null) {
        result.add(target);
      }
      Class<?>[] types = method.getParameterTypes();
      for (int i = 0; i < types.length; i++) {
        Object a = arguments[i];
        if (types[i] == Tensor.class || a instanceof Tensor) {
          result.add((Tensor) a);
        } else if (a instanceof List<?> list) {
          list.forEach(t -> result.add((Tensor) t));
        } else if (a instanceof Object[] values) {
          for (Object v : values) {
            if (types[i] == Tensor[].class || v instanceof Tensor) {
              result.add((Tensor) v);
            }
          }
        }
      }
      return result;
    }

    /** The other arguments, but for generators and functions, and null. */
    List<Object> options() {
      List<Object> result = new ArrayList<>();
      Class<?>[] types = method.getParameterTypes();
      for (int i = 0; i < types.length; i++) {
        Object a = arguments[i];
        boolean tensors = a instanceof Tensor || a instanceof List || a instanceof Tensor[];
        boolean function = types[i].isInterface() || types[i] == Generator.class;
        if (a != null && !tensors && !function && !isOptions(types[i])) {
          result.add(a);
        }
      }
      return result;
    }

    /** What was chosen of an object of options, by name. */
    Map<String, Object> chosen() {
      return choices.isEmpty() ? Map.of() : choices.get(0).values;
    }

    /** Whether the call gave back what it got, without a change. */
    @SuppressWarnings("ReferenceEquality")
    boolean same() {
      List<@Nullable Tensor> operands = operands();
      return !method.getName().endsWith("_")
          && results().stream().allMatch(y -> operands.stream().anyMatch(x -> x == y));
    }

    List<Tensor> results() {
      List<Tensor> found = new ArrayList<>();
      flatten(result, found);
      return found;
    }
  }

  private static boolean isOptions(Class<?> type) {
    return type.getSimpleName().endsWith("Options");
  }

  /** Some values of an object of options. */
  static final class Choice implements Consumer<Object> {
    private final List<Method> setters = new ArrayList<>();
    private final Map<String, Object> values = new LinkedHashMap<>();

    Choice(Class<?> type, Random random) {
      for (Method m : setters(type)) {
        Object value = random.nextInt(3) == 0 ? value(m.getParameterTypes()[0], random) : null;
        if (value != null && !values.containsKey(m.getName())) {
          setters.add(m);
          values.put(m.getName(), value);
        }
      }
    }

    /** The methods that set an option. */
    static List<Method> setters(Class<?> type) {
      return Arrays.stream(type.getMethods())
          .filter(m -> m.getParameterCount() == 1 && !m.isBridge())
          .filter(m -> !m.getName().startsWith("with"))
          .filter(m -> m.getReturnType() != Object.class)
          .filter(m -> m.getReturnType().isAssignableFrom(type))
          .sorted((a, b) -> a.toString().compareTo(b.toString()))
          .toList();
    }

    @Override
    public void accept(Object options) {
      for (Method m : setters) {
        try {
          m.invoke(options, values.get(m.getName()));
        } catch (InvocationTargetException e) {
          throw new IllegalArgumentException(e.getCause());
        } catch (IllegalAccessException e) {
          throw new IllegalStateException(e);
        }
      }
    }

    /** Options with these values, or null if they are refused. */
    @Nullable Object make(Class<?> type) {
      try {
        Object options =
            type == MarginLossOptions.class
                ? new MarginLossOptions(1)
                : type.getConstructor().newInstance();
        accept(options);
        return options;
      } catch (IllegalArgumentException e) {
        return null;
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** The setters of tensors, in the order in which these are told: as the fields are. */
  static List<Method> tensorSetters(Class<?> type) {
    return Stream.of(type.getSuperclass(), type)
        .flatMap(c -> Arrays.stream(c.getDeclaredFields()))
        .filter(f -> f.getType() == Tensor.class)
        .flatMap(f -> Choice.setters(type).stream().filter(m -> m.getName().equals(f.getName())))
        .toList();
  }

  /** All public methods that give or change tensors. */
  static List<Method> methods() {
    return Stream.of(Tensor.class, Functional.class)
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isBridge() && !m.isSynthetic())
        .filter(m -> givesTensors(m.getGenericReturnType()) && !OTHERS.contains(m.getName()))
        .filter(m -> !OTHER_NAMES.contains(m.getName()) && !reorders(m))
        .filter(m -> !makesItsOperand(m))
        .sorted((a, b) -> a.toString().compareTo(b.toString()))
        .toList();
  }

  /** Whether operands or options are told in another order than these arguments have. */
  static boolean reorders(Method m) {
    return switch (m.getName()) {
      case "setAt_" -> m.isVarArgs();
      case "where" ->
          m.getParameterCount() < 3 || Arrays.asList(m.getParameterTypes()).contains(Number.class);
      case "full" -> m.getParameterTypes()[0] == int[].class;
      case "to" -> m.getParameterTypes()[0] == Tensor.class;
      default ->
          Modifier.isStatic(m.getModifiers())
              && m.getParameterCount() == 2
              && m.getParameterTypes()[0] == Number.class
              && m.getParameterTypes()[1] == Tensor.class;
    };
  }

  /** A number in the place of a tensor of variances. */
  private static boolean makesItsOperand(Method m) {
    return m.getName().equals("gaussianNllLoss") && m.getParameterTypes()[2] == double.class;
  }

  private static boolean givesTensors(Type type) {
    return type.getTypeName().contains("dev.facula.Tensor")
        || type instanceof Class<?> c && c.isRecord();
  }

  /** Some calls of a method that succeed. */
  static List<Done> some(Method method, int count, int tries) {
    List<Done> result = new ArrayList<>();
    Random random = new Random(method.toString().hashCode());
    int rows = fixed(method).size();
    int variants = takesOptions(method) ? 30 : 1;
    for (int k = 0; k < rows; k++) {
      for (int i = 0; i < variants && result.size() < (k + 1) * 3; i++) {
        Row row = fixed(method).get(k); // anew, since a call may change its operands
        choices.clear();
        @Nullable Object @Nullable [] arguments = fit(method, row.arguments(), random);
        if (arguments != null) {
          add(call(method, row.target(), arguments), result);
        }
      }
    }
    for (int i = 0; i < tries && result.size() < count; i++) {
      boolean isStatic = Modifier.isStatic(method.getModifiers());
      common = SHAPES[random.nextInt(SHAPES.length)];
      choices.clear();
      Tensor target = isStatic ? null : tensor(random);
      @Nullable Object[] arguments = new Object[method.getParameterCount()];
      for (int j = 0; j < arguments.length; j++) {
        arguments[j] = value(method.getGenericParameterTypes()[j], random);
      }
      add(call(method, target, arguments), result);
    }
    return result;
  }

  private static boolean takesOptions(Method method) {
    return Arrays.stream(method.getGenericParameterTypes())
        .anyMatch(t -> t.getTypeName().contains("Options"));
  }

  /**
   * The first of the arguments as the method takes them, options drawn; null if they do not fit.
   */
  private static @Nullable Object @Nullable [] fit(
      Method method, @Nullable Object[] given, Random random) {
    Type[] types = method.getGenericParameterTypes();
    @Nullable Object[] result = new Object[types.length];
    int next = 0;
    for (int i = 0; i < types.length; i++) {
      if (types[i].getTypeName().contains("Options")) {
        result[i] = value(types[i], random);
        continue;
      }
      if (next == given.length) {
        return null;
      }
      Object a = given[next++];
      Class<?> c = method.getParameterTypes()[i];
      if (c == int[].class && a instanceof Integer size) {
        a = new int[] {size};
      }
      boolean primitive = c.isPrimitive() && a != null;
      if (a == null ? c.isPrimitive() : !primitive && !c.isInstance(a)) {
        return null;
      }
      if (primitive && (a instanceof int[] || c == int.class && !(a instanceof Integer))) {
        return null;
      }
      result[i] = a;
    }
    return result;
  }

  private static void add(@Nullable Done done, List<Done> to) {
    if (done != null && !done.same()) {
      to.add(done);
    }
  }

  /** What was told of a call, or null if the arguments are not such as the method takes. */
  private static @Nullable Done call(
      Method method, @Nullable Tensor target, @Nullable Object[] arguments) {
    List<OperationCall> calls = new ArrayList<>();
    try (var listening = Facula.listen(calls::add)) {
      return new Done(
          method, target, arguments, method.invoke(target, arguments), calls, List.copyOf(choices));
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof Error error) {
        throw error;
      }
      return null;
    } catch (IllegalAccessException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Arguments that are too rare to be found by chance. */
  private static List<Row> fixed(Method method) {
    int rank = method.getName().chars().filter(Character::isDigit).findFirst().orElse('0') - '0';
    int n = method.getParameterCount();
    Tensor matrix = Tensor.randn(3, 5);
    Tensor index = Tensor.of(new long[] {2, 0});
    Tensor places = Tensor.of(new long[] {2, 0, 1, 1, 0, 2}, 2, 3);
    return switch (method.getName()) {
      case "addmm", "addmm_" ->
          List.of(
              on(matrix, Tensor.randn(3, 4), Tensor.randn(4, 5), 0.5, 2).first(n),
              on(Tensor.randn(2, 3), Tensor.randn(2, 4), Tensor.randn(4, 3), 1, 0.25).first(n));
      case "addmv", "addmv_" ->
          List.of(
              on(Tensor.randn(3), matrix, Tensor.randn(5), 0.5, 2).first(n),
              on(Tensor.randn(3), matrix, Tensor.randn(5), 1, 1).first(n));
      case "addr", "addr_" ->
          List.of(
              on(matrix, Tensor.randn(3), Tensor.randn(5), 0.5, 2).first(n),
              on(matrix, Tensor.randn(3), Tensor.randn(5), 1, 1).first(n));
      case "addbmm", "addbmm_" ->
          List.of(
              on(matrix, Tensor.randn(2, 3, 4), Tensor.randn(2, 4, 5), 0.5, 2).first(n),
              on(matrix, Tensor.randn(1, 3, 4), Tensor.randn(1, 4, 5), 1, 1).first(n));
      case "baddbmm", "baddbmm_" ->
          List.of(
              on(Tensor.randn(2, 3, 5), Tensor.randn(2, 3, 4), Tensor.randn(2, 4, 5), 0.5, 2)
                  .first(n),
              on(Tensor.randn(2, 3, 5), Tensor.randn(2, 3, 4), Tensor.randn(2, 4, 5), 0, 1)
                  .first(n));
      case "indexAdd", "indexAdd_" ->
          List.of(
              on(matrix, 0, index, Tensor.randn(2, 5), 0.5).first(n),
              on(matrix, -1, index, Tensor.randn(3, 2), 2).first(n));
      case "indexCopy", "indexCopy_" ->
          List.of(
              on(matrix, 0, index, Tensor.randn(2, 5)), on(matrix, 1, index, Tensor.randn(3, 2)));
      case "indexReduce", "indexReduce_" ->
          List.of(
              on(matrix, 0, index, Tensor.randn(2, 5), "amax", true).first(n),
              on(matrix, 1, index, Tensor.randn(3, 2), "mean", false).first(n));
      case "scatter", "scatter_", "scatterAdd", "scatterAdd_" ->
          method.getParameterTypes()[2] == Number.class
              ? List.of()
              : List.of(
                  on(matrix, 0, places, Tensor.randn(2, 3)),
                  on(matrix, 1, places, Tensor.randn(2, 4)));
      case "scatterReduce", "scatterReduce_" ->
          List.of(
              on(matrix, 0, places, Tensor.randn(2, 3), "prod", true).first(n),
              on(matrix, 1, places, Tensor.randn(2, 3), "mean", false).first(n));
      case "conv1d",
          "conv2d",
          "conv3d",
          "convTranspose1d",
          "convTranspose2d",
          "convTranspose3d" -> {
        Tensor x = Tensor.randn(shape(2, 4, rank, 5));
        Tensor weight = Tensor.randn(shape(4, 4, rank, 3));
        yield List.of(row(x, weight, Tensor.randn(4), 1, 1), row(x, weight, null, 2, 1));
      }
      case "maxPool1d", "maxPool2d", "maxPool3d" -> pools(rank);
      case "maxPool1dWithIndices", "maxPool2dWithIndices", "maxPool3dWithIndices" -> pools(rank);
      case "avgPool1d", "avgPool2d", "avgPool3d" -> pools(rank);
      case "lpPool1d", "lpPool2d", "lpPool3d" -> {
        Tensor x = Tensor.rand(shape(2, 3, rank, 5));
        yield List.of(row(x, 2.0, 2, 2), row(x, 1.0, 3, 1));
      }
      case "maxUnpool1d", "maxUnpool2d", "maxUnpool3d" -> {
        Tensor x = Tensor.randn(shape(2, 3, rank, 2));
        Tensor at = Tensor.arange(1 << rank).reshape(shape(1, 1, rank, 2)).expand(x.shape());
        yield List.of(row(x, at, 2, 2), row(x.detach().neg(), at, 2, 2));
      }
      case "batchNorm", "instanceNorm" -> {
        Tensor x = Tensor.randn(4, 3, 5);
        Tensor ones = Tensor.ones(3);
        Tensor zeros = Tensor.zeros(3);
        yield List.of(
            row(x, zeros, ones.clone(), ones, Tensor.randn(3), true, 0.1, 1e-5),
            row(x, zeros.clone(), ones.clone(), null, null, false, 0.1, 1e-5));
      }
      case "layerNorm" ->
          List.of(
              row(matrix, 5, Tensor.randn(5), Tensor.randn(5), 1e-5),
              row(matrix, 5, null, null, 1e-3));
      case "nativeLayerNorm" ->
          List.of(
              row(matrix, new int[] {5}, Tensor.randn(5), Tensor.randn(5), 1e-5),
              row(matrix, new int[] {5}, null, null, 1e-3));
      case "nativeGroupNorm" ->
          List.of(
              row(Tensor.randn(2, 4, 3), 2, Tensor.randn(4), Tensor.randn(4), 1e-5),
              row(Tensor.randn(2, 4, 3), 4, null, null, 1e-3));
      case "nativeBatchNorm" -> {
        Tensor x = Tensor.randn(4, 3, 5);
        Tensor ones = Tensor.ones(3);
        yield List.of(
            row(x, ones, Tensor.randn(3), Tensor.zeros(3), ones.clone(), true, 0.1, 1e-5),
            row(x, null, null, Tensor.zeros(3), ones.clone(), false, 0.1, 1e-5));
      }
      case "affineGrid" -> {
        int[] size = {2, 1, 3, 4};
        yield List.of(
            row(Tensor.randn(2, 2, 3), size, false), row(Tensor.randn(2, 2, 3), size, true));
      }
      case "gridSample" -> {
        Tensor grid = Tensor.rand(2, 3, 2, 2);
        yield List.of(row(Tensor.randn(2, 3, 4, 5), grid), row(Tensor.randn(2, 1, 3, 3), grid));
      }
      case "embeddingBag" -> {
        Tensor bags = Tensor.of(new long[] {2, 0, 1, 1, 0, 2}, 3, 2);
        yield List.of(row(bags, matrix), row(bags.t(), matrix));
      }
      case "ctcLoss" -> {
        Tensor x = Functional.logSoftmax(Tensor.randn(4, 2, 3), -1);
        Tensor lengths = Tensor.of(new long[] {4, 3});
        Tensor labels = Tensor.of(new long[] {1, 2, 2});
        yield List.of(row(x, labels, lengths, Tensor.of(new long[] {2, 1})));
      }
      case "histogram", "histogramdd" -> {
        Tensor edges = Tensor.of(-1.0f, 0, 1);
        Tensor points = Tensor.randn(6, 1);
        yield List.of(
            on(points, 3),
            on(points, new int[] {3}),
            on(points, edges),
            on(points, List.of(edges)));
      }
      case "fractionalMaxPool2d",
          "fractionalMaxPool2dWithIndices",
          "fractionalMaxPool3d",
          "fractionalMaxPool3dWithIndices" -> {
        Tensor x = Tensor.randn(shape(2, 3, rank, 5));
        yield List.of(row(x, new int[] {2}), row(x, new int[] {1}));
      }
      case "rmsNorm" -> List.of(row(matrix, 5, Tensor.randn(5), 1e-5), row(matrix, 5, null, null));
      case "fold" ->
          List.of(
              row(Tensor.randn(2, 12, 9), 4, 2),
              row(Tensor.randn(1, 8, 9), new int[] {4, 4}, 2),
              row(Tensor.randn(2, 12, 9), new int[] {4, 4}, 2));
      case "linearCrossEntropy" -> {
        Tensor classes = Tensor.of(new long[] {0, 4, 1, 2});
        yield List.of(row(Tensor.randn(4, 3), Tensor.randn(5, 3), classes));
      }
      case "bilinear" -> List.of(randn("4,2; 4,3; 5,2,3; 5"), with(randn("4,2; 4,3; 5,2,3"), null));
      case "crossEntropy", "nllLoss", "multiMarginLoss" -> {
        Tensor classes = Tensor.of(new long[] {0, 4, 1});
        yield List.of(row(matrix, classes, Tensor.rand(5)));
      }
      default -> List.of();
    };
  }

  private static List<Row> pools(int rank) {
    Tensor x = Tensor.randn(shape(2, 3, rank, 5));
    return List.of(row(x, 2, 2, 1), row(x, 3, 1, 1));
  }

  /** A call of one operation: the tensor that it is a method of, or null, and the arguments. */
  private record Row(@Nullable Tensor target, @Nullable Object... arguments) {
    /** With so many of the arguments. */
    Row first(int count) {
      return new Row(target, Arrays.copyOf(arguments, count));
    }
  }

  private static Row row(@Nullable Object... arguments) {
    return new Row(null, arguments);
  }

  /** The tensor is cloned, since methods in place change it. */
  private static Row on(Tensor target, @Nullable Object... arguments) {
    return new Row(target.clone(), arguments);
  }

  private static int[] shape(int first, int second, int rank, int size) {
    int[] result = new int[rank + 2];
    Arrays.fill(result, size);
    result[0] = first;
    result[1] = second;
    return result;
  }

  private static Row randn(String shapes) {
    return new Row(
        null,
        Arrays.stream(shapes.split("; "))
            .map(s -> Arrays.stream(s.split(",")).mapToInt(Integer::parseInt).toArray())
            .map(shape -> (Object) Tensor.randn(shape))
            .toArray());
  }

  private static Row with(Row first, @Nullable Object last) {
    @Nullable Object[] result = Arrays.copyOf(first.arguments(), first.arguments().length + 1);
    result[result.length - 1] = last;
    return new Row(null, result);
  }

  // ---- pools --------------------------------------------------------------------------------

  private static final int[][] SHAPES = {
    {}, {3}, {4}, {2, 3}, {3, 3}, {3, 2}, {2, 3, 4}, {2, 4, 4}, {2, 2, 4, 4}, {2, 2, 4, 4, 4}, {1}
  };

  /** The shape of about half of the tensors of a call. */
  private static int[] common = {};

  /** The choice of options of a call. */
  private static final List<Choice> choices = new ArrayList<>();

  private static Tensor tensor(Random random) {
    int[] shape = random.nextBoolean() ? common : SHAPES[random.nextInt(SHAPES.length)];
    Tensor x =
        switch (random.nextInt(6)) {
          case 0 -> Tensor.randint(0, 2, shape);
          case 1 -> Tensor.rand(shape).gt(0.5);
          case 2 -> Tensor.rand(shape);
          default -> Tensor.randn(shape);
        };
    return shape.length > 1 && random.nextInt(8) == 0 ? x.transpose(0, 1) : x;
  }

  private static @Nullable Object value(Type type, Random random) {
    if (type instanceof Class<?> c && c.isEnum()) {
      return c.getEnumConstants()[random.nextInt(c.getEnumConstants().length)];
    }
    if (type instanceof Class<?> c && isOptions(c)) {
      choices.add(new Choice(c, random));
      return choices.get(0).make(c);
    }
    if (type instanceof ParameterizedType p
        && p.getActualTypeArguments()[0] instanceof Class<?> c
        && isOptions(c)) {
      choices.add(new Choice(c, random));
      return choices.get(0);
    }
    return switch (type.getTypeName()) {
      case "dev.facula.Tensor" -> random.nextInt(5) == 0 ? null : tensor(random);
      case "dev.facula.Tensor[]" -> tensors(random).toArray(new Tensor[0]);
      case "java.util.List<dev.facula.Tensor>" -> tensors(random);
      case "dev.facula.Generator" -> new Generator(1);
      case "dev.facula.DType" -> pick(random, DType.FLOAT32, DType.FLOAT64, DType.INT64);
      case "int" -> pick(random, 0, 1, 2, 3, -1);
      case "long" -> pick(random, 0L, 1L, 2L, 6L);
      case "boolean" -> random.nextBoolean();
      case "double" -> pick(random, 0.0, 0.25, 0.5, 1.0, 2.0);
      case "int[]" -> ints(random);
      case "double[]" -> pick(random, new double[] {2}, new double[] {0.5});
      case "long[]" -> pick(random, new long[] {2, 3}, new long[] {6}, new long[] {2, 2});
      case "java.lang.Integer" -> pick(random, null, 0, 1);
      case "java.lang.Double" -> pick(random, null, 0.5, 1.0);
      case "java.lang.Number" -> pick(random, 1, 2, 0.5, 0, null);
      case "java.lang.Object" -> pick(random, tensor(random), 2, true);
      case "java.lang.Object[]" -> indices(random);
      case "java.lang.String" ->
          pick(
              random,
              "none",
              "tanh",
              "trunc",
              "floor",
              "ij",
              "xy",
              "valid",
              "same",
              "prod",
              "amax",
              "linear",
              "lower",
              "ij,jk->ik",
              "i->i",
              "ij->ji",
              "sum",
              "nearest",
              "bilinear",
              "area");
      default -> function(type);
    };
  }

  private static Object function(Type type) {
    if (type.getTypeName().startsWith(BinaryOperator.class.getName())) {
      BinaryOperator<Tensor> distance = (a, b) -> a.sub(b).abs().sum(-1);
      return distance;
    }
    if (type.getTypeName().startsWith(Consumer.class.getName())) {
      Consumer<Object> none = o -> {};
      return none;
    }
    throw new IllegalStateException("no pool for arguments of type " + type);
  }

  private static List<Tensor> tensors(Random random) {
    List<Tensor> result = new ArrayList<>();
    int count = 1 + random.nextInt(2);
    Tensor first = tensor(random);
    for (int i = 0; i < count; i++) {
      result.add(random.nextBoolean() ? tensor(random) : first.clone());
    }
    return result;
  }

  private static int[] ints(Random random) {
    int[] result = new int[random.nextInt(4)];
    int most = 1 + random.nextInt(3);
    for (int i = 0; i < result.length; i++) {
      result[i] = random.nextInt(most + 1) - (most == 3 ? 1 : 0);
    }
    return result;
  }

  private static @Nullable Object[] indices(Random random) {
    @Nullable Object[] result = new Object[1 + random.nextInt(2)];
    for (int i = 0; i < result.length; i++) {
      result[i] =
          pick(
              random,
              0,
              Index.ALL,
              Index.slice(0, 2),
              Tensor.of(new long[] {0, 1}),
              Index.NEW_AXIS);
    }
    return result;
  }

  @SafeVarargs
  private static <T> @Nullable T pick(Random random, @Nullable T... values) {
    return values[random.nextInt(values.length)];
  }

  static void flatten(@Nullable Object value, List<Tensor> to) {
    if (value instanceof Tensor t) {
      to.add(t);
    } else if (value instanceof Iterable<?> all) {
      all.forEach(v -> flatten(v, to));
    } else if (value instanceof Object[] all) {
      Arrays.asList(all).forEach(v -> flatten(v, to));
    } else if (value instanceof Record r) {
      for (var component : r.getClass().getRecordComponents()) {
        try {
          flatten(component.getAccessor().invoke(r), to);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }
}
