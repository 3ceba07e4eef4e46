package dev.facula.data;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** The samples of several data sets, one data set after another. */
public final class ConcatDataset implements Dataset {
  private final List<Dataset> datasets;

  /**
   * @param datasets one or more data sets
   */
  public ConcatDataset(Dataset... datasets) {
    this(Arrays.asList(Objects.requireNonNull(datasets, "datasets")));
  }

  /**
   * @param datasets one or more data sets
   */
  public ConcatDataset(List<? extends Dataset> datasets) {
    if (datasets.isEmpty()) {
      throw new IllegalArgumentException("ConcatDataset: needs at least one data set");
    }
    datasets.forEach(d -> Objects.requireNonNull(d, "datasets"));
    this.datasets = List.copyOf(datasets);
  }

  /** The data sets. */
  public List<Dataset> datasets() {
    return datasets;
  }

  @Override
  public int size() {
    long size = datasets.stream().mapToLong(Dataset::size).sum();
    if (size > Integer.MAX_VALUE) {
      throw new IllegalStateException(
          "ConcatDataset: " + size + " samples are more than can be counted (2^31 - 1)");
    }
    return (int) size;
  }

  @Override
  public Tensor[] get(int index) {
    int local = index;
    for (Dataset dataset : datasets) {
      if (local >= 0 && local < dataset.size()) {
        return dataset.get(local);
      }
      local -= dataset.size();
    }
    throw new IllegalArgumentException(
        "ConcatDataset: no sample " + index + ", there are " + size());
  }
}
