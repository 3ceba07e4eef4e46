package dev.facula;

import dev.facula.internal.array.Storage;
import dev.facula.internal.kernel.Backend;
import dev.facula.internal.parallel.Parallel;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The few settings that are not a tensor's own: threads, the default generator, grad mode. */
public final class Facula {
  private Facula() {}

  /**
   * Seeds the default generator: the random numbers that follow are those of PyTorch after {@code
   * torch.manual_seed(seed)}. Without it every process draws others; {@link #initialSeed} tells
   * which seed a process has, to repeat its run.
   *
   * @param seed any number
   */
  public static void manualSeed(long seed) {
    Generator.seedDefault(seed);
  }

  /**
   * The seed of the default generator: that of {@link #manualSeed}, or what the process began with.
   */
  public static long initialSeed() {
    return Generator.defaultSeed();
  }

  /**
   * Evaluates a module on an example until the JVM has compiled what it needs: the first fifty or
   * so calls take several times as long as later ones. For services, before they take requests; the
   * module is used as it is, so put it into evaluation mode before. Records no graph, and leaves
   * the default generator's stream where it is.
   *
   * <pre>{@code
   * net.eval();
   * Facula.warmUp(net, Tensor.zeros(1, 784));
   * }</pre>
   *
   * @param module what is evaluated; any function of a tensor
   * @param exampleInput of the shape that requests have: others may take other paths
   */
  public static void warmUp(Forward module, Tensor exampleInput) {
    Objects.requireNonNull(module, "warmUp: the module is null");
    Objects.requireNonNull(exampleInput, "warmUp: the example is null");
    try (var grad = noGrad();
        var stream = withGenerator(new Generator())) {
      WarmUpCalls.until(() -> module.forward(exampleInput));
    }
  }

  /** The generator that random operations of this thread use when none is given. */
  public static Generator defaultGenerator() {
    return Generator.current();
  }

  /**
   * Lets random operations of this thread draw from another generator until the guard is closed: a
   * stream that no other thread shares.
   *
   * <pre>{@code
   * try (var guard = Facula.withGenerator(new Generator(1))) {
   *   Tensor x = Tensor.rand(2, 3); // the stream of manualSeed(1), the default one stands still
   * }
   * }</pre>
   *
   * @param generator the default generator of this thread
   */
  public static GeneratorGuard withGenerator(Generator generator) {
    Generator before = Generator.setOwn(Objects.requireNonNull(generator, "generator"));
    return () -> Generator.setOwn(before);
  }

  /** Restores the generator of before when it is closed; to be closed on the same thread. */
  public interface GeneratorGuard extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Stops recording on this thread until the guard is closed: results have no graph and need no
   * memory for one.
   *
   * <pre>{@code
   * try (var guard = Facula.noGrad()) {
   *   Tensor predicted = net.forward(images).argmax(1);
   * }
   * }</pre>
   */
  public static GradMode noGrad() {
    return new GradMode(false);
  }

  /** Records again on this thread, within {@link #noGrad()}, until the guard is closed. */
  public static GradMode enableGrad() {
    return new GradMode(true);
  }

  /** {@link #enableGrad} or {@link #noGrad}. */
  public static GradMode setGradEnabled(boolean enabled) {
    return enabled ? enableGrad() : noGrad();
  }

  /** Whether operations of this thread are recorded for gradients; true at first. */
  public static boolean isGradEnabled() {
    return Graph.recording();
  }

  /**
   * The result of some work, after which everything else that this thread made in it is {@linkplain
   * Tensor#release() released}: its memory serves later results, at once or, where a recorded
   * operation needs the values, after the backward pass. Around a forward pass, that of a training
   * step is reused, instead of new arrays for each step, which the JVM clears and no cache holds.
   *
   * <pre>{@code
   * Tensor loss = Facula.tidy(() -> criterion.forward(net.forward(x), y));
   * loss.backward();
   * }</pre>
   *
   * <p>What the work leaves elsewhere, in a field or a list, is an error to read afterwards, but
   * for gradients, leaves that require one, what an optimizer remembers, and the parameters and
   * buffers of modules, also of those that are made or converted within. Tensors from before are
   * not concerned. What is released is free only at the end, so a long loop belongs around {@code
   * tidy} rather than into it.
   *
   * @param work makes a tensor
   */
  public static Tensor tidy(Supplier<Tensor> work) {
    return Storage.tidy(
        () -> Objects.requireNonNull(work.get(), "tidy: the work returned null"), t -> t.storage);
  }

  /** How many threads an operation may use; at first as many as there are processors. */
  public static int getNumThreads() {
    return Parallel.threads();
  }

  /**
   * Sets how many threads an operation may use. Results do not depend on it, to the last bit.
   *
   * @param threads 1 or more
   * @throws IllegalArgumentException if threads is less than 1
   */
  public static void setNumThreads(int threads) {
    if (threads < 1) {
      throw new IllegalArgumentException(
          "setNumThreads: threads must be at least 1, was " + threads);
    }
    Parallel.setThreads(threads);
  }

  /** Which kernels run, why, and how to get the fast ones. */
  public static String backend() {
    return Backend.description();
  }

  /**
   * Tells a listener of every operation that this thread has done, until the guard is closed, also
   * under {@link #noGrad()} and within {@link Tensor#backward()}: what exporters, summaries and
   * profilers are made of. Several may listen at once; all are told, in the order in which they
   * came. Without any an operation does nothing for it.
   *
   * <pre>{@code
   * List<String> names = new ArrayList<>();
   * try (var listening = Facula.listen(call -> names.add(call.name()))) {
   *   net.forward(images);
   * }
   * }</pre>
   */
  public static Listening listen(OperationListener listener) {
    return new Listening(listener);
  }

  /** Ends what {@link #listen} began when it is closed; to be closed on the same thread. */
  public static final class Listening implements AutoCloseable {
    private @Nullable OperationListener listener;

    Listening(OperationListener listener) {
      this.listener = Objects.requireNonNull(listener, "listen: the listener is null");
      Operations.add(listener);
    }

    @Override
    public void close() {
      OperationListener told = listener;
      if (told != null && Operations.remove(told)) {
        listener = null;
      }
    }
  }

  /** Restores the grad mode of before when it is closed; to be closed on the same thread. */
  public static final class GradMode implements AutoCloseable {
    private final boolean before;

    GradMode(boolean recording) {
      before = Graph.setRecording(recording);
    }

    @Override
    public void close() {
      Graph.setRecording(before);
    }
  }
}
