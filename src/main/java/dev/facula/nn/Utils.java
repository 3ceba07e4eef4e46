package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.internal.fused.Fused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Helpers for training loops, PyTorch's {@code torch.nn.utils}. */
public final class Utils {
  private Utils() {}

  /** As the general one with the Euclidean norm. */
  public static Tensor clipGradNorm_(List<Tensor> parameters, double maxNorm) {
    return clipGradNorm_(parameters, maxNorm, 2, false);
  }

  /** As the general one with a norm of another order. */
  public static Tensor clipGradNorm_(List<Tensor> parameters, double maxNorm, double normType) {
    return clipGradNorm_(parameters, maxNorm, normType, false);
  }

  /** As the general one with the Euclidean norm of one gradient. */
  public static Tensor clipGradNorm_(Tensor parameter, double maxNorm) {
    return clipGradNorm_(List.of(Objects.requireNonNull(parameter, "parameter")), maxNorm);
  }

  /**
   * Scales the gradients of all parameters by one factor, in place, so that the norm of all of them
   * taken together is at most maxNorm.
   *
   * <pre>{@code
   * loss.backward();
   * Utils.clipGradNorm_(net.parameters(), 1.0);
   * optimizer.step();
   * }</pre>
   *
   * @param parameters those without a gradient are left out
   * @param maxNorm the largest norm that is left
   * @param normType the p of the norm; infinity for the largest element; default 2
   * @param errorIfNonfinite whether a norm that is infinite or not a number is an error; default
   *     false
   * @return the norm before
   * @throws ArithmeticException if errorIfNonfinite and the norm is not finite
   */
  public static Tensor clipGradNorm_(
      List<Tensor> parameters, double maxNorm, double normType, boolean errorIfNonfinite) {
    List<Tensor> gradients = gradients(parameters);
    if (gradients.isEmpty()) {
      return Tensor.scalar(0);
    }
    try (var guard = Facula.noGrad()) {
      List<Tensor> norms = new ArrayList<>(gradients.size());
      for (Tensor g : gradients) {
        norms.add(g.norm(normType).to(gradients.get(0).dtype()));
      }
      Tensor total = Tensor.stack(norms, 0).norm(normType);
      if (errorIfNonfinite && !Double.isFinite(total.item())) {
        throw new ArithmeticException(
            "clipGradNorm_: the norm of order %s of the gradients is %s"
                .formatted(normType, total.item()));
      }
      Tensor factor = total.add(1e-6).reciprocal().mul(maxNorm).clamp(null, 1.0);
      for (Tensor g : gradients) {
        g.mul_(factor.to(g.dtype()));
      }
      return total;
    }
  }

  /**
   * Limits each element of the gradients to the range from -clipValue to clipValue, in place.
   *
   * @param parameters those without a gradient are left out
   */
  public static void clipGradValue_(List<Tensor> parameters, double clipValue) {
    try (var guard = Facula.noGrad()) {
      for (Tensor g : gradients(parameters)) {
        g.clamp_(-clipValue, clipValue);
      }
    }
  }

  /** The same with one parameter. */
  public static void clipGradValue_(Tensor parameter, double clipValue) {
    clipGradValue_(List.of(Objects.requireNonNull(parameter, "parameter")), clipValue);
  }

  private static List<Tensor> gradients(List<Tensor> parameters) {
    List<Tensor> result = new ArrayList<>();
    for (Tensor p : parameters) {
      Tensor g = Fused.of(Tensor.class).memory().gradient(p);
      if (g != null) {
        result.add(g);
      }
    }
    return result;
  }

  // ---- parameters as a vector -------------------------------------------------------------------

  /** All elements of the parameters, one after another, in a vector; recorded. */
  public static Tensor parametersToVector(List<Tensor> parameters) {
    List<Tensor> parts = new ArrayList<>();
    for (Tensor p : Objects.requireNonNull(parameters, "parameters")) {
      parts.add(Objects.requireNonNull(p, "parameters").reshape(-1));
    }
    return Tensor.cat(parts, 0);
  }

  /**
   * Gives the parameters the elements of a vector, as {@link #parametersToVector} made it.
   *
   * @throws ShapeException if it is no vector of as many elements as the parameters have
   */
  public static void vectorToParameters(Tensor vector, List<Tensor> parameters) {
    long total = 0;
    for (Tensor p : Objects.requireNonNull(parameters, "parameters")) {
      total += Objects.requireNonNull(p, "parameters").numel();
    }
    if (vector.dim() != 1 || vector.numel() != total) {
      throw new ShapeException(
          "vectorToParameters: the vector has shape %s, the parameters have %s elements"
              .formatted(Arrays.toString(vector.shape()), total));
    }
    try (var guard = Facula.noGrad()) {
      int at = 0;
      for (Tensor p : parameters) {
        p.copy_(vector.narrow(0, at, (int) p.numel()).view(p.shape()));
        at += (int) p.numel();
      }
    }
  }

  // ---- calls with other parameters ------------------------------------------------------------

  /**
   * Calls a module with other parameters and buffers than its own, which stay as they are: {@code
   * torch.func.functional_call}. Gradients flow to the given tensors, which may be results of
   * recorded operations.
   *
   * <pre>{@code
   * Map<String, Tensor> moved = new HashMap<>();
   * net.namedParameters().forEach((name, p) -> moved.put(name, p.mul(0.9)));
   * Tensor y = Utils.functionalCall(net, moved, x);
   * }</pre>
   *
   * @param tensors under the names that {@link Module#namedParameters()} and {@link
   *     Module#namedBuffers()} have; those that are not given stay. One for a tied parameter holds
   *     for all of its names.
   * @throws IllegalArgumentException if a name is not known, or if two tensors are given for one
   *     that is tied
   * @throws IllegalStateException if forward would not compute with a given tensor, since the
   *     module holds its own in a final field, and no {@link Slot}
   */
  public static Tensor functionalCall(Module module, Map<String, Tensor> tensors, Tensor input) {
    return functionalCall(module, tensors, m -> m.call(input));
  }

  /**
   * The same for a forward of other arguments or results: {@code functionalCall(lstm, tensors, m ->
   * m.forward(x, state))}.
   *
   * <p>Other threads may use the module meanwhile and find its own tensors, unless it holds them in
   * fields that are no slots: these are exchanged for the time of the call.
   *
   * @param work what is done with the module, in this thread
   */
  public static <M extends Module, R> R functionalCall(
      M module, Map<String, Tensor> tensors, Function<? super M, ? extends R> work) {
    return FunctionalCall.run(module, tensors, () -> work.apply(module));
  }
}
