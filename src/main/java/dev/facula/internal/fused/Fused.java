package dev.facula.internal.fused;

import java.lang.invoke.MethodHandles;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the core does for layers and optimizers beside its public methods.
 *
 * <pre>{@code
 * private static final UpdateSteps<Tensor> STEPS = Fused.of(Tensor.class).updates();
 * }</pre>
 *
 * @param <T> the tensor
 * @param tensor the class whose static initialiser gives the rest
 * @param updates steps of optimizers
 * @param recurrent steps of recurrent layers
 * @param memory what lasts, and what is used again
 */
public record Fused<T>(
    Class<T> tensor, UpdateSteps<T> updates, RecurrentSteps<T> recurrent, TensorMemory<T> memory) {
  private static volatile @Nullable Fused<?> core;

  /** Called once, by the static initialiser of the tensor's class. */
  public static <T> void fillIn(Fused<T> steps) {
    core = Objects.requireNonNull(steps, "steps");
  }

  /** Those of a class of tensors, which is initialised first if it has to be. */
  @SuppressWarnings("unchecked") // the class is that of the steps
  public static <T> Fused<T> of(Class<T> tensor) {
    try {
      MethodHandles.lookup().ensureInitialized(tensor);
    } catch (IllegalAccessException e) {
      throw new IllegalArgumentException("fused steps: no access to " + tensor, e);
    }
    Fused<?> steps = core;
    if (steps == null || steps.tensor != tensor) {
      throw new IllegalArgumentException("fused steps: " + tensor + " has none");
    }
    return (Fused<T>) steps;
  }
}
