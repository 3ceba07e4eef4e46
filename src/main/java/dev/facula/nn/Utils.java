package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.Updates;
import java.util.ArrayList;
import java.util.List;

/** Helpers for training loops, PyTorch's {@code torch.nn.utils}. */
public final class Utils {
  private Utils() {}

  /** As the general one with the Euclidean norm. */
  public static Tensor clipGradNorm_(List<Tensor> parameters, double maxNorm) {
    return clipGradNorm_(parameters, maxNorm, 2, false);
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
            "clipGradNorm_: the norm of order "
                + normType
                + " of the gradients is "
                + total.item());
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

  private static List<Tensor> gradients(List<Tensor> parameters) {
    List<Tensor> result = new ArrayList<>();
    for (Tensor p : parameters) {
      Tensor g = Updates.gradient(p);
      if (g != null) {
        result.add(g);
      }
    }
    return result;
  }
}
