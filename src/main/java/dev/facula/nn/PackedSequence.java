package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sequences of different lengths without padding: the first steps of all of them, then the second
 * steps of those that have one, and so on, longest sequence first. The recurrent layers take it,
 * and {@link RnnUtils} makes it.
 *
 * @param data the steps, [sum of all lengths, *]
 * @param batchSizes how many sequences have each step
 * @param sortedIndices which sequence of the batch stands at each place, INT64; null for the same
 *     order
 * @param unsortedIndices at which place each sequence of the batch stands, INT64; null for the same
 *     order
 */
public record PackedSequence(
    Tensor data,
    int[] batchSizes,
    @Nullable Tensor sortedIndices,
    @Nullable Tensor unsortedIndices) {
  /** Sequences, whose sizes must fit together. */
  public PackedSequence {
    Objects.requireNonNull(data, "data");
    batchSizes = Objects.requireNonNull(batchSizes, "batchSizes").clone();
    long sum = 0;
    for (int i = 0; i < batchSizes.length; i++) {
      if (batchSizes[i] < 1 || i > 0 && batchSizes[i] > batchSizes[i - 1]) {
        throw new IllegalArgumentException(
            "PackedSequence: batchSizes must be positive and not increase, got "
                + Arrays.toString(batchSizes));
      }
      sum += batchSizes[i];
    }
    if (batchSizes.length == 0 || data.dim() == 0 || data.size(0) != sum) {
      throw new IllegalArgumentException(
          "PackedSequence: data of %s does not hold the %s steps of batchSizes %s"
              .formatted(Arrays.toString(data.shape()), sum, Arrays.toString(batchSizes)));
    }
  }

  /** Sequences that are in order. */
  public PackedSequence(Tensor data, int[] batchSizes) {
    this(data, batchSizes, null, null);
  }

  @Override
  public int[] batchSizes() {
    return batchSizes.clone();
  }

  /** The same sequences with other steps. */
  PackedSequence with(Tensor other) {
    return new PackedSequence(other, batchSizes, sortedIndices, unsortedIndices);
  }
}
