package dev.facula.data;

import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/** Cuts a random permutation of a data set into parts. */
final class RandomSplit {
  private RandomSplit() {}

  static List<Subset> split(Dataset dataset, Generator generator, int[] lengths) {
    long sum = 0;
    for (int length : Objects.requireNonNull(lengths, "lengths")) {
      if (length < 0) {
        throw new IllegalArgumentException(
            "randomSplit: a length must not be negative: " + Arrays.toString(lengths));
      }
      sum += length;
    }
    if (sum != dataset.size()) {
      throw new IllegalArgumentException(
          "randomSplit: the lengths %s do not add up to the size of the data set (%s != %s)"
              .formatted(Arrays.toString(lengths), sum, dataset.size()));
    }
    int[] order = Samples.toInts(Tensor.randperm(dataset.size(), generator));
    List<Subset> parts = new ArrayList<>();
    int from = 0;
    for (int length : lengths) {
      parts.add(new Subset(dataset, Arrays.copyOfRange(order, from, from + length)));
      from += length;
    }
    return parts;
  }

  static int[] lengths(int size, double[] fractions) {
    double sum = 0;
    for (double f : Objects.requireNonNull(fractions, "fractions")) {
      if (!(f >= 0 && f <= 1)) {
        throw new IllegalArgumentException(
            "randomSplit: a fraction must be from 0 to 1: " + Arrays.toString(fractions));
      }
      sum += f;
    }
    if (Math.abs(sum - 1) > 1e-9) {
      throw new IllegalArgumentException(
          "randomSplit: the fractions %s do not add up to 1 but to %s"
              .formatted(Arrays.toString(fractions), sum));
    }
    int[] lengths = Arrays.stream(fractions).mapToInt(f -> (int) Math.floor(size * f)).toArray();
    int rest = size - Arrays.stream(lengths).sum();
    for (int i = 0; i < rest; i++) {
      lengths[i % lengths.length]++;
    }
    return lengths;
  }
}
