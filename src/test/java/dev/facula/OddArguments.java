package dev.facula;

import dev.facula.data.Dataset;
import dev.facula.data.TensorDataset;
import dev.facula.nn.Linear;
import dev.facula.nn.Module;
import dev.facula.optim.Optimizer;
import dev.facula.optim.SGD;
import java.awt.image.BufferedImage;
import java.lang.reflect.Array;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Proxy;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Arguments of every type, odd ones among plain ones, drawn from a seed. Half of the draws have a
 * theme, one size for all, so that operands fit each other and calls get past the first checks.
 */
final class OddArguments {
  private static final int[] INTS = {
    0,
    -1,
    1,
    2,
    3,
    -2,
    46341,
    65536,
    Integer.MAX_VALUE,
    Integer.MAX_VALUE - 1,
    Integer.MIN_VALUE,
    Integer.MIN_VALUE + 1
  };
  private static final long[] LONGS = {
    0, -1, 1, 2, 1L << 16, 1L << 31, 1L << 32, Long.MAX_VALUE, Long.MIN_VALUE
  };
  private static final double[] DOUBLES = {
    0,
    -0.0,
    1,
    -1,
    0.5,
    2,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    Double.MAX_VALUE,
    1e-8,
    1e10
  };
  private static final Class<?>[] CLASSES = {
    float[].class, float[][].class, int[][][].class, boolean[].class, String[].class, int.class
  };

  private static final String[] STRINGS = {
    "",
    " ",
    "a",
    "weight",
    "0",
    "a.b",
    "mean",
    "linear",
    "ij",
    "ii->i",
    "ij,jk->ik",
    "...",
    "->",
    "\u0000\ud800",
    "none"
  };
  private static final int MAX_DEPTH = 3;

  /** One of so many references is null. */
  private static final int NULLS = Integer.getInteger("facula.fuzz.nulls", 25);

  /** Numbers of objects to make, which take their time and memory if there are many. */
  private static final Set<String> COUNTS =
      Set.of("chunks", "sections", "numLayers", "numEncoderLayers", "numDecoderLayers");

  private final Random random;
  private final ParameterNames names;

  /** The names of the parameters that were given a null which they do not allow. */
  final Set<String> nulls = new HashSet<>();

  /** The call, once it is known. */
  volatile String shown = "";

  private final int theme;
  private final int rank;
  private final double oddness;
  private final DType type;

  OddArguments(int call, long seed, ParameterNames names) {
    this.random = new Random(seed * 1_000_003 + call);
    this.names = names;
    this.theme = random.nextBoolean() ? 1 + random.nextInt(4) : 0;
    this.rank = 1 + random.nextInt(4);
    this.oddness = new double[] {0, 0.1, 0.3, 0.6}[random.nextInt(4)];
    this.type = random.nextInt(4) == 0 ? pick(DType.values()) : DType.FLOAT32;
  }

  <T> T pick(T[] from) {
    return from[random.nextInt(from.length)];
  }

  private boolean odd() {
    return random.nextDouble() < oddness;
  }

  int below(int n) {
    return random.nextInt(n);
  }

  @Nullable Object[] of(Executable e, int depth) {
    Parameter[] parameters = e.getParameters();
    Type[] types = e.getGenericParameterTypes();
    List<String> called = names.of(e);
    @Nullable Object[] values = new Object[parameters.length];
    for (int i = 0; i < values.length; i++) {
      boolean nullable = parameters[i].getAnnotatedType().isAnnotationPresent(Nullable.class);
      Class<?> raw = parameters[i].getType();
      if (!raw.isPrimitive() && random.nextInt(nullable ? 2 : NULLS) == 0) {
        values[i] = null;
      } else {
        values[i] = value(types[i], depth);
      }
      boolean count = i < called.size() && COUNTS.contains(called.get(i));
      if (count && values[i] instanceof Integer n) {
        values[i] = Math.min(n, 3);
      }
      if (values[i] == null && !nullable || holdsNull(values[i])) {
        nulls.add(i < called.size() ? called.get(i) : "?" + e);
      }
    }
    return values;
  }

  private static boolean holdsNull(@Nullable Object value) {
    return value instanceof Object[] a && Arrays.asList(a).contains(null)
        || value instanceof List<?> list && list.stream().anyMatch(x -> x == null)
        || value instanceof Map<?, ?> map && map.values().stream().anyMatch(x -> x == null);
  }

  private static Class<?> raw(Type type) {
    if (type instanceof Class<?> c) {
      return c;
    }
    if (type instanceof ParameterizedType p) {
      return raw(p.getRawType());
    }
    if (type instanceof GenericArrayType a) {
      return raw(a.getGenericComponentType()).arrayType();
    }
    if (type instanceof TypeVariable<?> v) {
      return raw(v.getBounds()[0]);
    }
    if (type instanceof WildcardType w) {
      return raw(w.getLowerBounds().length > 0 ? w.getLowerBounds()[0] : w.getUpperBounds()[0]);
    }
    return Object.class;
  }

  @Nullable Object value(Type type, int depth) {
    Class<?> c = raw(type);
    if (c == int.class || c == Integer.class) {
      return integer();
    } else if (c == long.class || c == Long.class) {
      return odd() ? LONGS[random.nextInt(LONGS.length)] : (long) integer();
    } else if (c == double.class || c == Double.class) {
      return real();
    } else if (c == float.class) {
      return (float) real();
    } else if (c == boolean.class) {
      return random.nextBoolean();
    } else if (c == Number.class) {
      return random.nextBoolean()
          ? (Number) Double.valueOf(real())
          : odd()
              ? (Number) Long.valueOf(LONGS[random.nextInt(LONGS.length)])
              : (Number) Integer.valueOf(integer());
    } else if (c == String.class) {
      return pick(STRINGS);
    } else if (c == Object.class) {
      return value(
          new Type[] {Integer.class, Double.class, String.class, Tensor.class, List.class}
              [random.nextInt(5)],
          depth);
    } else if (c == Tensor.class) {
      return tensor();
    } else if (c == Generator.class) {
      return new Generator(random.nextInt(3));
    } else if (c.isEnum()) {
      return pick(c.getEnumConstants());
    } else if (c.isArray()) {
      return array(c.getComponentType(), depth);
    } else if (List.class.isAssignableFrom(c) || c == Collection.class || c == Iterable.class) {
      return list(type, depth);
    } else if (c == Map.class) {
      return map((ParameterizedType) type, depth);
    } else if (c == Class.class) {
      return pick(CLASSES);
    } else if (Buffer.class.isAssignableFrom(c)) {
      return buffer(c, random.nextInt(10));
    } else if (c == BufferedImage.class) {
      return new BufferedImage(1 + random.nextInt(3), 2, 1 + random.nextInt(13));
    } else if (c == Dataset.class) {
      return dataset();
    } else if (c == Module.class) {
      return new Linear(2, 2);
    } else if (c == Optimizer.class) {
      return new SGD(List.of(parameter()), 0.1);
    } else if (c.getName().endsWith("Consumer") && type instanceof ParameterizedType p) {
      Type of = p.getActualTypeArguments()[0];
      return configurator(raw(of), depth);
    } else if (c.isInterface()) {
      return function(c, type, depth);
    }
    return depth > MAX_DEPTH ? null : made(c, depth + 1);
  }

  private static Object buffer(Class<?> type, int size) {
    ByteBuffer bytes = ByteBuffer.allocate(size * 8);
    return type == ByteBuffer.class
        ? bytes
        : type == FloatBuffer.class
            ? bytes.asFloatBuffer()
            : type == DoubleBuffer.class
                ? bytes.asDoubleBuffer()
                : type == LongBuffer.class ? bytes.asLongBuffer() : bytes.asIntBuffer();
  }

  private int integer() {
    if (odd()) {
      return INTS[random.nextInt(INTS.length)];
    }
    if (theme > 0) {
      return random.nextInt(4) > 0 ? theme : 1;
    }
    return random.nextInt(4) == 0 ? -1 : random.nextInt(4);
  }

  private double real() {
    return odd() ? DOUBLES[random.nextInt(DOUBLES.length)] : random.nextInt(9) / 8.0;
  }

  private int[] ints() {
    int n = theme > 0 ? rank : random.nextInt(4);
    int[] values = new int[odd() ? random.nextInt(6) : n];
    Arrays.setAll(values, i -> integer());
    return values;
  }

  private Object array(Class<?> component, int depth) {
    if (component == int.class) {
      return ints();
    }
    int n = random.nextInt(4);
    Object array = Array.newInstance(component, n);
    for (int i = 0; i < n; i++) {
      boolean none = !component.isPrimitive() && random.nextInt(NULLS) == 0;
      if (component == byte.class) {
        Array.setByte(array, i, (byte) integer());
      } else if (component == short.class) {
        Array.setShort(array, i, (short) integer());
      } else if (!none) {
        Array.set(array, i, value(component, depth));
      }
    }
    return array;
  }

  private List<@Nullable Object> list(Type type, int depth) {
    Type of = type instanceof ParameterizedType p ? p.getActualTypeArguments()[0] : Integer.class;
    List<@Nullable Object> list = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      list.add(random.nextInt(NULLS) == 0 ? null : value(of, depth));
    }
    return list;
  }

  private Map<String, @Nullable Object> map(ParameterizedType type, int depth) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      Type of = type.getActualTypeArguments()[1];
      map.put(pick(STRINGS), random.nextInt(NULLS) == 0 ? null : value(of, depth));
    }
    return map;
  }

  private Dataset dataset() {
    int n = random.nextInt(5);
    return new TensorDataset(Tensor.rand(n, 2), Tensor.zeros(n));
  }

  private static Tensor parameter() {
    Tensor p = Tensor.ones(2, 2).requiresGrad_(true);
    p.square().sum().backward();
    return p;
  }

  /** Of any type, contents and memory order. */
  Tensor tensor() {
    DType dtype = odd() ? pick(DType.values()) : type;
    int dims = theme > 0 && random.nextInt(4) > 0 ? rank : random.nextInt(5);
    int[] shape = new int[dims];
    for (int i = 0; i < dims; i++) {
      shape[i] = theme > 0 && random.nextInt(8) > 0 ? theme : random.nextInt(8) % 5;
    }
    Tensor t =
        switch (random.nextInt(8)) {
          case 0 -> Tensor.ones(dtype, shape);
          case 1 -> Tensor.zeros(dtype, shape);
          default -> Tensor.rand(new Generator(random.nextInt()), shape).mul(4).sub(1).to(dtype);
        };
    if (dtype == DType.UINT8) {
      t = t.clamp(0, 3);
    } else if (random.nextInt(3) == 0 && !dtype.isFloatingPoint()) {
      t = t.abs();
    }
    if (odd() && t.numel() > 0) {
      Number strange =
          dtype.isFloatingPoint()
              ? (Number) Double.valueOf(real())
              : dtype == DType.INT64
                  ? (Number) Long.valueOf(LONGS[random.nextInt(LONGS.length)])
                  : dtype == DType.INT32 ? INTS[random.nextInt(INTS.length)] : 1;
      t.flatten().select(0, random.nextInt(t.numel())).fill_(strange);
    }
    switch (random.nextInt(8)) {
      case 0 -> t = dims > 1 ? t.transpose(0, dims - 1) : t;
      case 1 -> t = dims > 0 && t.size(0) == 1 ? t.expand(expanded(shape)) : t;
      case 2 -> t = dims > 0 ? t.flip(0) : t;
      case 3 -> t = t.unsqueeze(0).squeeze(0);
      default -> {}
    }
    return random.nextInt(3) == 0 && dtype.isFloatingPoint() ? t.requiresGrad_(true) : t;
  }

  private int[] expanded(int[] shape) {
    int[] to = shape.clone();
    to[0] = Math.max(theme, 2);
    return to;
  }

  /** Something that sets no, one or several options. */
  private Object configurator(Class<?> options, int depth) {
    List<Method> setters =
        Stream.of(options.getMethods())
            .filter(m -> m.getDeclaringClass() != Object.class && !ArgumentFuzzTest.excluded(m))
            .filter(m -> m.getParameterCount() > 0 && !Modifier.isStatic(m.getModifiers()))
            .sorted(Comparator.comparing(Method::toString))
            .toList();
    int n = options == Tensor[].class || setters.isEmpty() ? 0 : random.nextInt(4);
    List<Method> chosen = new ArrayList<>();
    List<@Nullable Object[]> values = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Method m = setters.get(random.nextInt(setters.size()));
      chosen.add(m);
      values.add(of(m, depth + 1));
    }
    return new Configurator(chosen, values);
  }

  /** Calls setters with values that are known beforehand, so that it can be shown. */
  record Configurator(List<Method> setters, List<@Nullable Object[]> values)
      implements Consumer<Object> {
    @Override
    public void accept(Object options) {
      for (int i = 0; i < setters.size(); i++) {
        invoke(setters.get(i), options, values.get(i));
      }
    }

    @Override
    public String toString() {
      StringBuilder text = new StringBuilder("o -> o");
      for (int i = 0; i < setters.size(); i++) {
        text.append('.').append(setters.get(i).getName());
        text.append('(').append(ArgumentFuzzTest.show(values.get(i))).append(')');
      }
      return text.toString();
    }
  }

  /** Calls a method and throws what it throws. */
  static @Nullable Object invoke(
      Executable e, @Nullable Object receiver, @Nullable Object... arguments) {
    try {
      e.setAccessible(true);
      return e instanceof Constructor<?> c
          ? c.newInstance(arguments)
          : ((Method) e).invoke(receiver, arguments);
    } catch (InvocationTargetException thrown) {
      throw OddArguments.<RuntimeException>sneaky(thrown.getCause());
    } catch (ReflectiveOperationException impossible) {
      throw new AssertionError(impossible);
    }
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> T sneaky(Throwable t) throws T {
    throw (T) t;
  }

  /** A function that returns something of its type, or its first argument where that fits. */
  private Object function(Class<?> c, Type type, int depth) {
    Method single =
        Stream.of(c.getMethods())
            .filter(m -> Modifier.isAbstract(m.getModifiers()))
            .sorted(Comparator.comparing(Method::toString))
            .findFirst()
            .orElseThrow();
    Type result = single.getGenericReturnType();
    if (type instanceof ParameterizedType p && !(result instanceof Class<?>)) {
      Type[] of = p.getActualTypeArguments();
      result = of[of.length - 1];
    }
    boolean same = random.nextInt(4) > 0;
    boolean empty = raw(result) == void.class;
    Object value = empty ? null : depth > MAX_DEPTH ? null : value(result, depth + 1);
    Class<?> wanted = raw(result);
    return Proxy.newProxyInstance(
        c.getClassLoader(),
        new Class<?>[] {c},
        (proxy, method, args) -> {
          if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, args);
          }
          if (method.getName().equals("toString")) {
            return c.getSimpleName();
          }
          if (method.getName().equals("hashCode")) {
            return 1;
          }
          if (method.getName().equals("equals")) {
            return proxy == args[0];
          }
          Class<?> own = method.getReturnType();
          if (own == void.class) {
            return null;
          }
          if (method.getName().equals(single.getName())) {
            return same && args != null && wanted.isInstance(args[0]) ? args[0] : value;
          }
          return own == int.class ? (Object) 2 : own == boolean.class ? (Object) false : null;
        });
  }

  /** An object by one of its public constructors or factories, or null if none will do. */
  @Nullable Object made(Class<?> c, int depth) {
    if (Modifier.isAbstract(c.getModifiers())) {
      return null;
    }
    List<Executable> ways = new ArrayList<>(List.of(c.getConstructors()));
    for (Method m : c.getMethods()) {
      if (Modifier.isStatic(m.getModifiers())
          && m.getReturnType() == c
          && !ArgumentFuzzTest.excluded(m)) {
        ways.add(m);
      }
    }
    ways.removeIf(ArgumentFuzzTest::excluded);
    ways.sort(Comparator.comparing(Executable::toGenericString));
    for (int attempt = 0; attempt < 8 && !ways.isEmpty(); attempt++) {
      Set<String> before = new HashSet<>(nulls);
      try {
        Executable e = ways.get(random.nextInt(ways.size()));
        Object made = invoke(e, null, of(e, depth));
        if (c.isInstance(made)) {
          return made;
        }
      } catch (RuntimeException refused) {
        nulls.retainAll(before);
      }
    }
    return null;
  }
}
