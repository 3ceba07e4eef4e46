package dev.facula.data;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Several samples at once: their inputs as one tensor, their targets as another, and so on. */
public final class Batch {
  private final List<Tensor> tensors;

  /**
   * @param tensors input, target, and whatever else a sample has; each with one row a sample
   */
  public Batch(Tensor... tensors) {
    for (Tensor t : Objects.requireNonNull(tensors, "tensors")) {
      Objects.requireNonNull(t, "tensors");
    }
    this.tensors = List.of(tensors);
  }

  /** The first tensor. */
  public Tensor input() {
    return get(0);
  }

  /** The second tensor. */
  public Tensor target() {
    return get(1);
  }

  /**
   * One of the tensors.
   *
   * @param i 0 for the input, 1 for the target, more where samples have more
   * @throws IllegalArgumentException if the samples have no such tensor
   */
  public Tensor get(int i) {
    if (i < 0 || i >= tensors.size()) {
      throw new IllegalArgumentException(
          "Batch: no tensor " + i + ", each sample has " + tensors.size());
    }
    return tensors.get(i);
  }

  /** The number of samples. */
  public int size() {
    return tensors.isEmpty() ? 0 : tensors.get(0).size(0);
  }

  /** All tensors. */
  public List<Tensor> tensors() {
    return tensors;
  }

  /** The shapes of the tensors. */
  @Override
  public String toString() {
    return "Batch" + tensors.stream().map(t -> Arrays.toString(t.shape())).toList();
  }
}
