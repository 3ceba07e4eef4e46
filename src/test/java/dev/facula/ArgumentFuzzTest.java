package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import dev.facula.nn.Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.RecordComponent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Calls public members with odd arguments: whatever comes, only documented exceptions leave, each
 * with a message, and a null is named.
 *
 * <p>{@code -Dfacula.fuzz.calls=100000 -Dfacula.fuzz.seed=7} makes more calls, or others; {@code
 * -Dfacula.fuzz.only=n} repeats one, {@code -Dfacula.fuzz.member=cat} restricts them to members
 * whose signature has the expression in it.
 */
class ArgumentFuzzTest {
  private static final Set<Class<? extends Throwable>> DOCUMENTED =
      Set.of(
          ShapeException.class,
          DTypeException.class,
          AutogradException.class,
          IllegalArgumentException.class,
          IllegalStateException.class,
          ArithmeticException.class,
          IndexOutOfBoundsException.class,
          UnsupportedOperationException.class,
          NoSuchElementException.class,
          UncheckedIOException.class);

  /** What touches files, the network, or the state of the whole process. */
  private static final Pattern EXCLUDED =
      Pattern.compile(
          "Facula\\.(manualSeed|setNumThreads|withGenerator|noGrad|enableGrad|setGradEnabled|listen)|Guard|GradMode"
              + "|Path|InputStream|Download|GradCheck|valueOf|\\.equals\\(");

  /** A call that takes longer does not come back, also on a busy machine. */
  private static final int SECONDS = 20;

  /** What is wrong with a call, and where in the library. */
  private record Fault(String text, String site) {}

  /** Where calls run that may not come back; the thread is then left behind. */
  private ExecutorService executor = executor();

  private int abandoned;

  static boolean excluded(Executable e) {
    return e.isSynthetic() || EXCLUDED.matcher(e.toGenericString()).find();
  }

  @Test
  void onlyDocumentedExceptionsLeaveWhateverTheArguments() throws Exception {
    long seed = Long.getLong("facula.fuzz.seed", 1);
    int calls = Integer.getInteger("facula.fuzz.calls", 4000);
    int only = Integer.getInteger("facula.fuzz.only", -1);
    ParameterNames names = new ParameterNames(Path.of("src", "main", "java"));
    List<Executable> members = members(System.getProperty("facula.fuzz.member", ""));
    Map<String, String> faults = new TreeMap<>();
    int first = Math.max(only, 0);
    for (int i = first; i < (only < 0 ? calls : only + 1) && abandoned < 4; i++) {
      Fault fault = inTime(members.get(i % members.size()), new OddArguments(i, seed, names));
      if (fault != null) {
        faults.putIfAbsent(fault.site, "call " + i + ": " + fault.text);
      }
    }
    executor.shutdownNow();
    assertEquals("", String.join("\n", faults.values()));
  }

  private static ExecutorService executor() {
    return Executors.newSingleThreadExecutor(
        r -> {
          Thread t = new Thread(r, "odd calls");
          t.setDaemon(true);
          return t;
        });
  }

  private @Nullable Fault inTime(Executable e, OddArguments odd) throws Exception {
    AtomicReference<Thread> running = new AtomicReference<>();
    var task =
        executor.submit(
            () -> {
              running.set(Thread.currentThread());
              try (var guard = Facula.withGenerator(new Generator(1))) {
                return fault(e, odd);
              }
            });
    try {
      return task.get(SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      abandoned++;
      executor = executor();
      Thread t = running.get();
      String at = t == null ? "nowhere" : site(t.getStackTrace());
      return new Fault(e.getName() + " " + odd.shown + ": does not come back, at " + at, at);
    }
  }

  /** The innermost place in the library. */
  private static String site(StackTraceElement[] trace) {
    return Stream.of(trace)
        .filter(s -> s.getClassName().startsWith("dev.facula"))
        .findFirst()
        .map(StackTraceElement::toString)
        .orElse("nowhere");
  }

  private static List<Executable> members(String filter) throws Exception {
    Path root = Path.of(Tensor.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    List<String> classes;
    try (Stream<Path> files = Files.walk(root)) {
      classes =
          files
              .map(p -> root.relativize(p).toString().replace(java.io.File.separatorChar, '.'))
              .filter(n -> n.endsWith(".class") && !n.contains("internal"))
              .filter(n -> !n.endsWith("-info.class"))
              .map(n -> n.substring(0, n.length() - ".class".length()))
              .sorted()
              .toList();
    }
    List<Executable> members = new ArrayList<>();
    for (String name : classes) {
      Class<?> c = Class.forName(name, false, Tensor.class.getClassLoader());
      if (!visible(c)) {
        continue;
      }
      if (!Modifier.isAbstract(c.getModifiers())) {
        members.addAll(List.of(c.getConstructors()));
      }
      for (Method m : c.getDeclaredMethods()) {
        if (Modifier.isPublic(m.getModifiers())) {
          members.add(m);
        }
      }
    }
    Pattern wanted = Pattern.compile(filter);
    return members.stream()
        .filter(e -> !excluded(e) && wanted.matcher(e.toGenericString()).find())
        .sorted(Comparator.comparing(Executable::toGenericString))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  private static boolean visible(Class<?> c) {
    for (Class<?> k = c; k != null; k = k.getEnclosingClass()) {
      if (!Modifier.isPublic(k.getModifiers())) {
        return false;
      }
    }
    return true;
  }

  /** What is wrong with how a member takes the arguments, or null. */
  private static @Nullable Fault fault(Executable e, OddArguments odd) {
    Object receiver = null;
    boolean bound = e instanceof Method && !Modifier.isStatic(e.getModifiers());
    if (bound) {
      try {
        receiver = receiver(e.getDeclaringClass(), odd);
      } catch (OutOfMemoryError large) {
        return null;
      }
      if (receiver == null) {
        return null;
      }
    }
    @Nullable Object[] arguments = odd.of(e, 0);
    odd.shown =
        (bound ? show(receiver) : e.getDeclaringClass().getSimpleName())
            + (e instanceof Constructor ? ".new(" : "." + e.getName() + "(")
            + show(arguments)
            + ")";
    String stage = "";
    try {
      Object result = OddArguments.invoke(e, receiver, arguments);
      stage = " and what follows";
      follow(result, odd, 0);
      assertNotNull(String.valueOf(receiver));
      return null;
    } catch (Throwable thrown) {
      String at = site(thrown.getStackTrace());
      return documented(thrown, odd.nulls)
          ? null
          : new Fault(odd.shown + stage + ": " + thrown + " at " + at, thrown.getClass() + at);
    }
  }

  private static @Nullable Object receiver(Class<?> c, OddArguments odd) {
    if (c == Tensor.class) {
      return odd.tensor();
    }
    if (c.isInterface() || Modifier.isAbstract(c.getModifiers())) {
      return c == Module.class || c.getName().matches(".*(Dataset|Optimizer)")
          ? odd.value(c, 1)
          : null;
    }
    return odd.made(c, 1);
  }

  private static boolean documented(Throwable thrown, Set<String> nulls) {
    StackTraceElement[] trace = thrown.getStackTrace();
    String message = thrown.getMessage();
    if (thrown instanceof NullPointerException) {
      // where one came often the JVM throws one without a message and a trace
      return trace.length == 0 && !nulls.isEmpty() || named(message, nulls);
    }
    if (thrown instanceof OutOfMemoryError) {
      // a tensor of a valid size for which there is no memory
      return trace.length == 0 || trace[0].getClassName().endsWith(".Storage");
    }
    if (thrown instanceof IOException) {
      return true;
    }
    boolean ours = trace.length == 0 || trace[0].getClassName().startsWith("dev.facula");
    boolean list = thrown.getClass() == IndexOutOfBoundsException.class;
    return DOCUMENTED.contains(thrown.getClass())
        && message != null
        && !message.isEmpty()
        && (ours || list);
  }

  /**
   * Whether a message is ours, or one of the JVM that names one of the nulls as the user knows it.
   */
  private static boolean named(@Nullable String message, Set<String> nulls) {
    if (message == null || !message.startsWith("Cannot ")) {
      return message != null;
    }
    return nulls.stream()
        .map(n -> n.equals("input") ? "(input|x)" : n)
        .anyMatch(n -> message.matches("(?s).*\\b" + n + "\\b.*"));
  }

  /** Does with a result what one does with it. */
  private static void follow(@Nullable Object result, OddArguments odd, int depth) {
    if (depth > 2) {
      return;
    }
    if (result instanceof Tensor t) {
      assertNotNull(t.toString());
      if (t.isFloatingPoint() && t.requiresGrad()) {
        t.sum().backward();
      }
    } else if (result instanceof Module m) {
      assertNotNull(m.toString());
      m.stateDict();
      try {
        follow(m.forward(odd.tensor()), odd, depth + 1);
      } catch (UnsupportedOperationException several) {
        m.parameters();
      }
    } else if (result instanceof dev.facula.data.BatchIterator it) {
      try (it) {
        for (int i = 0; i < 3 && it.hasNext(); i++) {
          it.next();
        }
      }
    } else if (result instanceof Iterable<?> all) {
      follow(all.iterator(), odd, depth + 1);
    } else if (result instanceof Iterator<?> it) {
      for (int i = 0; i < 3 && it.hasNext(); i++) {
        follow(it.next(), odd, depth + 1);
      }
    } else if (result instanceof Record r) {
      assertNotNull(r.toString());
      for (RecordComponent c : r.getClass().getRecordComponents()) {
        follow(OddArguments.invoke(c.getAccessor(), r), odd, depth + 1);
      }
    } else if (result instanceof dev.facula.optim.Optimizer o) {
      assertNotNull(o.toString());
      o.step();
    } else if (result instanceof dev.facula.optim.LRScheduler s) {
      s.step();
      s.step();
    } else {
      assertNotNull(String.valueOf(result));
    }
  }

  static String show(@Nullable Object value) {
    if (value instanceof Tensor t) {
      return t.dtype()
          + Arrays.toString(t.shape())
          + (t.isContiguous() ? "" : "~")
          + (t.requiresGrad() ? "'" : "");
    } else if (value instanceof Object[] a) {
      return Stream.of(a).map(ArgumentFuzzTest::show).collect(Collectors.joining(", "));
    } else if (value instanceof int[] a) {
      return Arrays.toString(a);
    } else if (value instanceof double[] a) {
      return Arrays.toString(a);
    } else if (value instanceof List<?> list) {
      return list.stream().map(ArgumentFuzzTest::show).toList().toString();
    } else if (value instanceof Module m) {
      return m.getClass().getSimpleName();
    }
    try {
      return String.valueOf(value);
    } catch (RuntimeException faulty) {
      return value.getClass().getSimpleName();
    }
  }
}
