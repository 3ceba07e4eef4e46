package dev.facula.data;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Objects;

/** Some samples of a data set. */
public final class Subset implements Dataset {
  private final Dataset dataset;
  private final int[] indices;

  /**
   * @param dataset where the samples are
   * @param indices their numbers there, in the order that they have here
   */
  public Subset(Dataset dataset, int... indices) {
    this.dataset = dataset;
    this.indices = indices.clone();
  }

  /** The data set that this is a part of. */
  public Dataset dataset() {
    return dataset;
  }

  /** The numbers of the samples in that data set. */
  public int[] indices() {
    return indices.clone();
  }

  @Override
  public int size() {
    return indices.length;
  }

  @Override
  public Tensor[] get(int index) {
    return dataset.get(original(index));
  }

  @Override
  public Batch getBatch(int... numbers) {
    return dataset.getBatch(
        Arrays.stream(Objects.requireNonNull(numbers, "indices")).map(this::original).toArray());
  }

  private int original(int index) {
    if (index < 0 || index >= indices.length) {
      throw new IllegalArgumentException(
          "Subset: no sample " + index + ", there are " + indices.length);
    }
    return indices[index];
  }
}
