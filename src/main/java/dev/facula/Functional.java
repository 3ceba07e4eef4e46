package dev.facula;

import org.jspecify.annotations.Nullable;

/**
 * The functions of PyTorch's {@code torch.nn.functional}: layers and losses without state.
 *
 * <pre>{@code
 * Tensor hidden = Functional.relu(Functional.linear(x, weight, bias));
 * }</pre>
 */
public final class Functional {
  private Functional() {}

  // ---- dense layers -------------------------------------------------------------------------

  /**
   * y = x W<sup>T</sup> + b.
   *
   * @param x [*, in], with any number of dimensions in front
   * @param weight [out, in], or [in] for an output without the last dimension
   * @param bias [out], or null
   * @return [*, out]
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return MatMul.linear(x, weight, bias);
  }

  // ---- activations --------------------------------------------------------------------------

  /** max(x, 0). */
  public static Tensor relu(Tensor x) {
    return x.relu();
  }
}
