package dev.facula;

import dev.facula.internal.array.Storage;
import dev.facula.internal.fused.TensorMemory;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What optimizers and modules say about the memory of their tensors. */
final class LastingMemory implements TensorMemory<Tensor> {
  @Override
  public @Nullable Tensor gradient(Tensor parameter) {
    return Objects.requireNonNull(parameter, "parameters").peekGradient();
  }

  @Override
  public void keep(Tensor parameter, Tensor tensor) {
    Tensor gradient = parameter.peekGradient();
    if (gradient != null && tensor.storage == gradient.storage) {
      parameter.grad(); // which is somebody's from now on
    }
  }

  @Override
  public void lasting(Runnable steps) {
    List<Storage> made = Storage.track(null);
    boolean recording = Graph.setRecording(false);
    try {
      steps.run();
    } finally {
      Graph.setRecording(recording);
      Storage.track(made);
    }
  }

  @Override
  public Tensor lasting(Tensor tensor) {
    tensor.storage.seen = true;
    return tensor;
  }
}
