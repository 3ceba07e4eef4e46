package dev.facula;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The point that every public operation passes when it is done, for {@link OperationListener}s.
 *
 * <pre>{@code
 * return Operations.watched() ? Operations.passed("softmax dim", y, x, dim) : y;
 * }</pre>
 *
 * <p>Without a listener in the process that costs the read of a static field. The rows of {@link
 * UnaryOps} and {@link BinaryOps} and operations in place pass it in their mechanism, all others in
 * the public method, where name and options are known.
 */
final class Operations {
  /**
   * How many listeners there are. Written under a lock; a thread that listens has written it itself
   * and reads no older value, and to others it does not matter, so that it need not be volatile.
   */
  private static int listeners;

  private static final ThreadLocal<@Nullable Operations> THREAD = new ThreadLocal<>();

  private final List<OperationListener> here = new ArrayList<>();
  private boolean silent;

  /** The last call, which a change in place made of its result is told by. */
  private @Nullable OperationCall last;

  private Operations() {}

  /** Whether anyone listens, maybe on another thread. */
  static boolean watched() {
    return listeners != 0;
  }

  /** Tells the thread's listeners from now on of its operations. */
  static void add(OperationListener listener) {
    Operations own = THREAD.get();
    if (own == null) {
      own = new Operations();
      THREAD.set(own);
    }
    own.here.add(listener);
    count(1);
  }

  /** Ends what {@link #add} began; false on another thread. */
  static boolean remove(OperationListener listener) {
    Operations own = THREAD.get();
    if (own == null || !own.forget(listener)) {
      return false;
    }
    own.leave();
    count(-1);
    return true;
  }

  /** The thread keeps nothing once its last listener is gone, and is not at work. */
  private void leave() {
    if (here.isEmpty() && !silent) {
      THREAD.remove();
    }
  }

  /** The innermost of equal ones goes. */
  @SuppressWarnings("ReferenceEquality")
  private boolean forget(OperationListener listener) {
    for (int i = here.size() - 1; i >= 0; i--) {
      if (here.get(i) == listener) {
        here.remove(i);
        return true;
      }
    }
    return false;
  }

  private static synchronized void count(int change) {
    listeners += change;
  }

  /** Whether the operations of this thread are told to anyone. */
  static boolean told() {
    Operations own = THREAD.get();
    return own != null && !own.silent;
  }

  /**
   * Says whether this thread's operations are told to nobody: steps within an operation that are
   * none of their own, such as those on parts of a tensor.
   *
   * @return what held before
   */
  static boolean silence(boolean on) {
    Operations own = THREAD.get();
    if (own == null) {
      return false;
    }
    boolean before = own.silent;
    own.silent = on;
    return before;
  }

  /**
   * Tells the listeners of an operation. To be called only if {@link #watched()}.
   *
   * @param signature the name of the operation, and those of its options
   * @param result a tensor, or an array, a list or a record of tensors
   * @param call the operands, tensors or arrays or lists of them, null for one that was left out;
   *     then the value of each option
   * @return result
   */
  static <T> T passed(String signature, T result, @Nullable Object... call) {
    return tell(signature, result, false, call);
  }

  /** The same for a function of the user, which calls public operations only. */
  static Tensor[] custom(String name, Tensor[] outputs, Tensor[] inputs) {
    Operations own = THREAD.get();
    if (own != null && !own.silent) {
      own.tell(new OperationCall(name, Map.of(), List.of(inputs), List.of(outputs), true));
    }
    return outputs;
  }

  /** The same for one that changes operands, which are its results, in place. */
  static <T> T changed(String signature, T result, @Nullable Object... call) {
    return tell(signature, result, true, call);
  }

  private static <T> T tell(String signature, T result, boolean inPlace, @Nullable Object... call) {
    Operations own = THREAD.get();
    if (own == null || own.silent) {
      return result;
    }
    String[] names = signature.split(" ");
    int operands = call.length - (names.length - 1);
    List<@Nullable Tensor> inputs = new ArrayList<>();
    Map<String, @Nullable Object> attributes = new LinkedHashMap<>();
    for (int i = 0; i < operands; i++) {
      operand(call[i], inputs, attributes);
    }
    for (int i = 1; i < names.length; i++) {
      attributes.put(names[i], value(call[operands + i - 1]));
    }
    List<Tensor> outputs = new ArrayList<>();
    output(result, outputs);
    if (inPlace || !among(inputs, outputs)) {
      own.tell(new OperationCall(names[0], attributes, inputs, outputs, Steps.composed(names[0])));
    }
    return result;
  }

  /** Those that are there, as a result. */
  static List<Tensor> given(@Nullable Tensor... tensors) {
    List<Tensor> result = new ArrayList<>();
    for (Tensor t : tensors) {
      if (t != null) {
        result.add(t);
      }
    }
    return result;
  }

  /** The call that a tensor came from just now, or null. */
  static @Nullable OperationCall last(Tensor result) {
    Operations own = THREAD.get();
    OperationCall call = own == null || own.silent ? null : own.last;
    return call != null && among(Collections.singletonList(result), call.outputs()) ? call : null;
  }

  /** Tells of the same call in place, if the call is that of the operation without underscore. */
  static void inPlace(String name, Tensor changed, OperationCall call) {
    Operations own = THREAD.get();
    if (own != null && name.equals(call.name() + "_")) {
      own.tell(new OperationCall(name, call.attributes(), call.inputs(), List.of(changed), false));
    }
  }

  private void tell(OperationCall call) {
    last = call;
    if (Steps.within(call.name())) {
      return;
    }
    for (Tensor t : call.outputs()) {
      t.show();
    }
    for (Tensor t : call.inputs()) {
      if (t != null) {
        t.show();
      }
    }
    silent = true;
    try {
      for (OperationListener listener : List.copyOf(here)) {
        listener.done(call);
      }
    } finally {
      silent = false;
      leave();
    }
  }

  /** A number is no operand for listeners, unless it is the first one. */
  private static void operand(
      @Nullable Object value,
      List<@Nullable Tensor> inputs,
      Map<String, @Nullable Object> attributes) {
    if (value instanceof Tensor t && t.isNumber() && !inputs.isEmpty()) {
      attributes.put("other", number(t));
    } else if (value == null || value instanceof Tensor) {
      inputs.add((Tensor) value);
    } else if (value instanceof List<?> list) {
      list.forEach(v -> inputs.add((Tensor) v));
    } else {
      for (Tensor t : (Tensor[]) value) {
        inputs.add(t);
      }
    }
  }

  private static Number number(Tensor t) {
    return t.isFloatingPoint() ? (Number) t.item() : (Number) t.itemLong();
  }

  /** What a listener may keep of an option. */
  private static @Nullable Object value(@Nullable Object option) {
    if (option instanceof int[] a) {
      return a.clone();
    } else if (option instanceof long[] a) {
      return a.clone();
    } else if (option instanceof double[] a) {
      return a.clone();
    } else if (option instanceof DType) {
      return option;
    } else if (option instanceof Enum<?> constant) {
      return constant.name().toLowerCase(Locale.ROOT);
    } else if (option instanceof Object[] list) {
      List<@Nullable Object> values = new ArrayList<>();
      for (Object v : list) {
        values.add(value(v));
      }
      return Collections.unmodifiableList(values);
    }
    return option;
  }

  private static void output(Object result, List<Tensor> to) {
    if (result instanceof Tensor t) {
      to.add(t);
    } else if (result instanceof Record r) {
      for (RecordComponent c : r.getClass().getRecordComponents()) {
        try {
          Object part = c.getAccessor().invoke(r);
          if (part != null) {
            output(part, to);
          }
        } catch (ReflectiveOperationException e) {
          throw new AssertionError(e); // records of results are public
        }
      }
    } else if (result instanceof Tensor[] tensors) {
      Collections.addAll(to, tensors);
    } else {
      ((List<?>) result).forEach(v -> to.add((Tensor) v));
    }
  }

  /** Whether all results are operands. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean among(List<@Nullable Tensor> inputs, List<Tensor> outputs) {
    for (Tensor y : outputs) {
      boolean found = false;
      for (Tensor x : inputs) {
        found |= x == y;
      }
      if (!found) {
        return false;
      }
    }
    return true;
  }
}
