package dev.facula;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Computes a part of a graph a second time in the backward pass instead of keeping it. */
final class Checkpoint {
  private Checkpoint() {}

  static Tensor run(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    Objects.requireNonNull(f, "f");
    Objects.requireNonNull(inputs, "inputs").forEach(x -> Objects.requireNonNull(x, "inputs"));
    List<Tensor> xs = List.copyOf(inputs);
    boolean recording = Graph.recording();
    byte[] state = Generator.current().getState();
    Tensor y;
    try (var guard = Facula.noGrad()) {
      // A view, so that a result that is an input or kept elsewhere does not get this history.
      y = Objects.requireNonNull(f.apply(xs), "checkpoint: the function returned null").detach();
    }
    Tensor[] all = xs.toArray(Graph.none());
    // Recorded whatever the inputs: the function may have parameters that require a gradient.
    return recording && y.dtype().isFloatingPoint()
        ? Graph.record(y, "checkpoint", all, all, (c, g) -> backward(f, state, all.length, c, g))
        : y;
  }

  private static @Nullable Tensor[] backward(
      Function<List<Tensor>, Tensor> f,
      byte[] state,
      int count,
      Node.Context context,
      @Nullable Tensor[] gradients) {
    if (Graph.recording()) {
      throw new AutogradException(
          "checkpoint: createGraph(true) is not supported, call the function without checkpoint");
    }
    List<Tensor> own = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Tensor x = context.saved(i).detach();
      own.add(context.needs(i) ? x.requiresGrad_(true) : x);
    }
    Generator generator = new Generator();
    generator.setState(state);
    Generator before = Generator.setOwn(generator);
    Tensor y;
    try (var recorded = Facula.enableGrad()) {
      y = f.apply(own);
    } finally {
      Generator.setOwn(before);
    }
    if (y.requiresGrad()) {
      Autograd.backward(List.of(y), List.of(Graph.defined(gradients)));
    }
    @Nullable Tensor[] result = new Tensor[count];
    for (int i = 0; i < count; i++) {
      result[i] = context.needs(i) ? own.get(i).grad() : null;
    }
    return result;
  }
}
