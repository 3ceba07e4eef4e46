package dev.facula.data;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Samples to batches. */
final class Samples {
  private Samples() {}

  /** One by one; an exception is passed on with the number of the sample. */
  static List<Tensor[]> load(Dataset dataset, int[] indices) {
    List<Tensor[]> samples = new ArrayList<>(indices.length);
    for (int index : indices) {
      try {
        samples.add(dataset.get(index));
      } catch (RuntimeException e) {
        throw new IllegalStateException(
            "sample " + index + " of " + dataset.getClass().getSimpleName() + ": " + e, e);
      }
    }
    return samples;
  }

  static Batch stack(List<Tensor[]> samples, int[] indices) {
    if (samples.isEmpty()) {
      throw new IllegalArgumentException("a batch needs at least one sample");
    }
    Tensor[] first = samples.get(0);
    Tensor[] stacked = new Tensor[first.length];
    for (int part = 0; part < first.length; part++) {
      List<Tensor> tensors = new ArrayList<>(samples.size());
      for (int i = 0; i < samples.size(); i++) {
        Tensor[] sample = samples.get(i);
        if (sample.length != first.length) {
          throw new ShapeException(
              "batch: sample "
                  + indices[i]
                  + " has "
                  + sample.length
                  + " tensors, sample "
                  + indices[0]
                  + " has "
                  + first.length);
        }
        if (!Arrays.equals(sample[part].shape(), first[part].shape())) {
          throw new ShapeException(
              "batch: tensor "
                  + part
                  + " of sample "
                  + indices[i]
                  + " has shape "
                  + Arrays.toString(sample[part].shape())
                  + ", of sample "
                  + indices[0]
                  + " "
                  + Arrays.toString(first[part].shape())
                  + "; make them equal, or give the loader a collateFn");
        }
        tensors.add(sample[part]);
      }
      stacked[part] = Tensor.stack(tensors, 0);
    }
    return new Batch(stacked);
  }

  static int[] toInts(Tensor t) {
    return Arrays.stream(t.toLongArray()).mapToInt(Math::toIntExact).toArray();
  }
}
