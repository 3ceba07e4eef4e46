package dev.facula.data;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Sample i is row i of each tensor.
 *
 * <pre>{@code
 * var dataset = new TensorDataset(inputs, labels);
 * }</pre>
 */
public final class TensorDataset implements Dataset {
  private final List<Tensor> tensors;

  /**
   * @param tensors one or more tensors with the same size of the first dimension
   * @throws ShapeException if their numbers of rows differ
   */
  public TensorDataset(Tensor... tensors) {
    if (tensors.length == 0) {
      throw new IllegalArgumentException("TensorDataset: needs at least one tensor");
    }
    for (Tensor t : tensors) {
      Objects.requireNonNull(t, "tensors");
    }
    for (Tensor t : tensors) {
      if (t.dim() == 0 || t.size(0) != tensors[0].size(0)) {
        throw new ShapeException(
            "TensorDataset: sizes of the first dimension differ: "
                + Arrays.stream(tensors).map(x -> Arrays.toString(x.shape())).toList());
      }
    }
    this.tensors = List.of(tensors);
  }

  /** The tensors. */
  public List<Tensor> tensors() {
    return tensors;
  }

  @Override
  public int size() {
    return tensors.get(0).size(0);
  }

  @Override
  public Tensor[] get(int index) {
    return tensors.stream().map(t -> t.select(0, index)).toArray(Tensor[]::new);
  }

  @Override
  public Batch getBatch(int... indices) {
    Tensor rows = Tensor.of(indices, indices.length);
    return new Batch(tensors.stream().map(t -> t.indexSelect(0, rows)).toArray(Tensor[]::new));
  }
}
