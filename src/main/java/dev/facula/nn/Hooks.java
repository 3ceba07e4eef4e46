package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Functions of others that a module runs around its {@code forward}, as {@link Module} says at the
 * methods that register them. All may be called by several threads at once where the module is.
 */
public final class Hooks {
  /** Sees the inputs of a call before {@code forward} does. */
  @FunctionalInterface
  public interface ForwardPre {
    /**
     * Called before forward.
     *
     * @param module the module that is called
     * @param inputs what it is called with, in the order of forward's parameters, without options
     * @return what forward gets instead; null for no change
     */
    @Nullable List<?> apply(Module module, List<?> inputs);
  }

  /** Sees the inputs and the output of a call. */
  @FunctionalInterface
  public interface Forward {
    /**
     * Called after forward.
     *
     * @param module the module that is called
     * @param inputs what forward was called with
     * @param output what it returned: mostly a tensor, else what forward says, as a {@link
     *     LSTM.Result}
     * @return what the caller gets instead, of the same type; null for no change
     */
    @Nullable Object apply(Module module, List<?> inputs, Object output);
  }

  /** Sees the gradients of the outputs of a call before they go back through the module. */
  @FunctionalInterface
  public interface BackwardPre {
    /**
     * Called in the backward pass.
     *
     * @param module the module that was called
     * @param gradOutputs the gradient of each output; null where there is none
     * @return what goes back instead, as many; null for no change
     */
    @Nullable List<? extends @Nullable Tensor> apply(
        Module module, List<@Nullable Tensor> gradOutputs);
  }

  /** Sees the gradients of the inputs and the outputs of a call. */
  @FunctionalInterface
  public interface Backward {
    /**
     * Called in the backward pass, when the gradients of the inputs are there.
     *
     * @param module the module that was called
     * @param gradInputs the gradient of each input; null where there is none
     * @param gradOutputs the gradient of each output; null where there is none
     * @return the gradients of the inputs instead, as many; null for no change
     */
    @Nullable List<? extends @Nullable Tensor> apply(
        Module module, List<@Nullable Tensor> gradInputs, List<@Nullable Tensor> gradOutputs);
  }

  /** Takes a hook away again. */
  @FunctionalInterface
  public interface Handle {
    /** Takes the hook away; the second time nothing happens. */
    void remove();
  }

  /** The hooks of the module whose forward this thread is about to enter past them. */
  private static final ThreadLocal<Hooks> ENTERING = new ThreadLocal<>();

  private final List<ForwardPre> forwardPre;
  private final List<Forward> forward;
  private final List<BackwardPre> backwardPre;
  private final List<Backward> backward;

  Hooks() {
    this(List.of(), List.of(), List.of(), List.of());
  }

  private Hooks(
      List<ForwardPre> forwardPre,
      List<Forward> forward,
      List<BackwardPre> backwardPre,
      List<Backward> backward) {
    this.forwardPre = new CopyOnWriteArrayList<>(forwardPre);
    this.forward = new CopyOnWriteArrayList<>(forward);
    this.backwardPre = new CopyOnWriteArrayList<>(backwardPre);
    this.backward = new CopyOnWriteArrayList<>(backward);
  }

  Hooks copy() {
    return new Hooks(forwardPre, forward, backwardPre, backward);
  }

  List<ForwardPre> forwardPre() {
    return forwardPre;
  }

  List<Forward> forward() {
    return forward;
  }

  List<BackwardPre> backwardPre() {
    return backwardPre;
  }

  List<Backward> backward() {
    return backward;
  }

  /** A hook in its list. */
  record Entry<H>(List<H> list, H hook, AtomicBoolean there) {
    void remove() {
      if (there.getAndSet(false)) {
        list.remove(hook);
      }
    }
  }

  <H> Entry<H> add(Function<Hooks, List<H>> kind, H hook) {
    List<H> list = kind.apply(this);
    list.add(hook);
    return new Entry<>(list, hook, new AtomicBoolean(true));
  }

  /** Classes that were warned about; each holds its own flag, so that none is kept from here. */
  private static final ClassValue<AtomicBoolean> WARNED =
      new ClassValue<>() {
        @Override
        protected AtomicBoolean computeValue(Class<?> type) {
          return new AtomicBoolean();
        }
      };

  static void warnOnce(Class<?> type) {
    if (!WARNED.get(type).getAndSet(true)) {
      LoggerFactory.getLogger(Module.class)
          .warn(
              "A hook was registered on {}: call(…) runs it, a plain forward(…) of this class goes"
                  + " past it",
              type.getName());
    }
  }

  boolean isEmpty() {
    return forwardPre.isEmpty() && forward.isEmpty() && backwardPre.isEmpty() && backward.isEmpty();
  }

  /** Whether {@link #run} has just called the forward that asks; it asks once. */
  boolean entered() {
    if (ENTERING.get() != this) {
      return false;
    }
    ENTERING.remove();
    return true;
  }

  /** A call with all hooks. */
  @SuppressWarnings("unchecked") // hooks return what forward does
  <R> R run(Module module, Function<List<?>, R> body, @Nullable Object... inputs) {
    List<?> in = list(inputs);
    for (ForwardPre hook : forwardPre) {
      List<?> other = hook.apply(module, in);
      in = other == null ? in : inputs(module, in, other);
    }
    BackwardHooks back =
        backward.isEmpty() && backwardPre.isEmpty() ? null : new BackwardHooks(module, this);
    if (back != null) {
      in = back.inputs(in);
    }
    Object out = enter(body, in);
    for (Forward hook : forward) {
      Object other = hook.apply(module, in, out);
      out = other == null || out == null ? out : output(module, out, other);
    }
    return (R) (back == null || out == null ? out : back.outputs(out));
  }

  private Object enter(Function<List<?>, ?> body, List<?> inputs) {
    Hooks before = ENTERING.get();
    ENTERING.set(this);
    try {
      return body.apply(inputs);
    } finally {
      if (before == null) {
        ENTERING.remove();
      } else {
        ENTERING.set(before);
      }
    }
  }

  private static List<?> inputs(Module module, List<?> before, List<?> given) {
    List<?> result = list(given.toArray());
    for (int i = 0; i < before.size(); i++) {
      Object was = before.get(i);
      Object is = at(result, i);
      boolean leftOut = is == null && !(was instanceof Tensor);
      if (was != null && !leftOut && !fits(was, is)) {
        throw new IllegalStateException(
            "%s: a forward pre-hook returned %s for input %s, which is a %s"
                .formatted(
                    module.name(),
                    is == null ? "null" : "a " + is.getClass().getSimpleName(),
                    i,
                    was.getClass().getSimpleName()));
      }
    }
    return result;
  }

  private static Object output(Module module, Object before, Object given) {
    if (!fits(before, given)) {
      throw new IllegalStateException(
          "%s: a forward hook returned a %s for an output that is a %s"
              .formatted(
                  module.name(),
                  given.getClass().getSimpleName(),
                  before.getClass().getSimpleName()));
    }
    return given;
  }

  private static boolean fits(Object before, @Nullable Object given) {
    return before.getClass().isInstance(given) || before instanceof List && given instanceof List;
  }

  /** An input, or null where fewer were given, which is for forward to say. */
  @SuppressWarnings({"unchecked", "NullAway", "TypeParameterUnusedInFormals"})
  static <T> T at(List<?> inputs, int i) {
    return (T) (i < inputs.size() ? inputs.get(i) : null);
  }

  /** The inputs without the optional ones at the end that were not given. */
  private static List<?> list(@Nullable Object[] inputs) {
    int n = inputs.length;
    while (n > 0 && inputs[n - 1] == null) {
      n--;
    }
    return Collections.unmodifiableList(Arrays.asList(Arrays.copyOf(inputs, n)));
  }
}
