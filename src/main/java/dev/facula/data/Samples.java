package dev.facula.data;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Samples to batches. */
final class Samples {
  private Samples() {}

  /** One by one; an exception is passed on with the number of the sample. */
  static List<Tensor[]> load(Dataset dataset, int[] indices) {
    List<Tensor[]> samples = new ArrayList<>(indices.length);
    for (int index : indices) {
      try {
        Tensor[] sample = Objects.requireNonNull(dataset.get(index), "get returned null");
        for (Tensor part : sample) {
          Objects.requireNonNull(part, "get returned a null among the tensors");
        }
        samples.add(sample);
      } catch (RuntimeException e) {
        throw new SampleException("sample " + index + " of " + name(dataset) + ": " + e, e);
      } catch (Error e) { // stays what it is
        e.addSuppressed(new SampleException("sample " + index + " of " + name(dataset), null));
        throw e;
      }
    }
    return samples;
  }

  /** An exception that tells of which sample it is. */
  static final class SampleException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    SampleException(String message, @Nullable Throwable cause) {
      super(message, cause);
    }
  }

  /** Some samples in words, not too many of them. */
  static String names(Dataset dataset, int[] indices) {
    int most = 8;
    String numbers =
        Arrays.stream(indices)
            .limit(most)
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return "samples "
        + numbers
        + (indices.length > most ? ", ... (" + indices.length + ")" : "")
        + " of "
        + name(dataset);
  }

  /** The class of a data set by a name that its author knows it by. */
  static String name(Dataset dataset) {
    Class<?> type = dataset.getClass();
    if (!type.getSimpleName().isEmpty()) {
      return type.getSimpleName();
    }
    Class<?> parent = type.getSuperclass();
    String kind = parent == Object.class ? "Dataset" : parent.getSimpleName();
    return "an anonymous " + kind + " (" + type.getName() + ")";
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
              ("batch: sample %s has %s tensors, sample %s has %s")
                  .formatted(indices[i], sample.length, indices[0], first.length));
        }
        if (!Arrays.equals(sample[part].shape(), first[part].shape())) {
          throw new ShapeException(
              ("batch: tensor %s of sample %s has shape %s, of sample %s %s; make them equal, or"
                      + " give the loader a collateFn")
                  .formatted(
                      part,
                      indices[i],
                      Arrays.toString(sample[part].shape()),
                      indices[0],
                      Arrays.toString(first[part].shape())));
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
