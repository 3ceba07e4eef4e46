package dev.facula.internal.fused;

import org.jspecify.annotations.Nullable;

/**
 * What lasts, and what is used again.
 *
 * @param <T> the tensor
 */
public interface TensorMemory<T> {

  /**
   * The gradient of a parameter, or null, for a caller that does not keep it: unlike {@code grad()}
   * this leaves its memory to the gradient of the next step. After {@code zeroGrad} it is an error
   * to read it.
   */
  @Nullable T gradient(T parameter);

  /** Leaves the gradient of a parameter its memory, if that tensor has the same. */
  void keep(T parameter, T tensor);

  /**
   * Steps that are not recorded, and whose results last beyond the end of {@code Facula.tidy}, as
   * the state of an optimizer has to.
   */
  void lasting(Runnable steps);

  /**
   * A tensor whose memory lasts beyond the end of {@code Facula.tidy}, if it was made within, as a
   * buffer of a module has to.
   *
   * @return the tensor
   */
  T lasting(T tensor);
}
