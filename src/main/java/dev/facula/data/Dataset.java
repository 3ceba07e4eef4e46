package dev.facula.data;

import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.List;

/**
 * Samples that are found by number. A sample is one or more tensors, usually an input and its
 * target.
 *
 * <pre>{@code
 * final class Squares implements Dataset {
 *   @Override
 *   public int size() {
 *     return 100;
 *   }
 *
 *   @Override
 *   public Tensor[] get(int index) {
 *     return new Tensor[] {Tensor.scalar(index), Tensor.scalar(index * index)};
 *   }
 * }
 * }</pre>
 *
 * <p>A {@link DataLoader} with workers calls {@link #get} from several threads.
 */
public interface Dataset {
  /** The number of samples. */
  int size();

  /**
   * One sample.
   *
   * @param index 0 to size - 1
   * @return its tensors; the same number for each sample
   */
  Tensor[] get(int index);

  /**
   * Several samples, each of their tensors stacked along a new first dimension. To be overridden
   * where that can be done faster than by {@link #get} one by one.
   *
   * @param indices the numbers of the samples
   * @throws IllegalStateException if a sample cannot be had; the message names its number
   * @throws dev.facula.ShapeException if the samples differ in shape
   */
  default Batch getBatch(int... indices) {
    return Samples.stack(Samples.load(this, indices), indices);
  }

  /**
   * Splits the samples at random, with the default generator.
   *
   * @param lengths the sizes of the parts; they add up to {@link #size()}
   */
  default List<Subset> randomSplit(int... lengths) {
    return randomSplit(Facula.defaultGenerator(), lengths);
  }

  /**
   * Splits the samples at random.
   *
   * @param generator where the order comes from
   * @param lengths the sizes of the parts; they add up to {@link #size()}
   * @return the parts, the same as in PyTorch for the same generator
   * @throws IllegalArgumentException if the lengths do not add up to the size
   */
  default List<Subset> randomSplit(Generator generator, int... lengths) {
    return RandomSplit.split(this, generator, lengths);
  }

  /**
   * Splits the samples at random, with the default generator.
   *
   * @param fractions the shares of the parts; they add up to 1
   */
  default List<Subset> randomSplit(double... fractions) {
    return randomSplit(Facula.defaultGenerator(), fractions);
  }

  /**
   * Splits the samples at random. Each part gets the integer part of its share; what is left goes
   * to the first parts, one sample each.
   *
   * @param generator where the order comes from
   * @param fractions the shares of the parts; they add up to 1
   * @return the parts, the same as in PyTorch for the same generator
   * @throws IllegalArgumentException if the fractions do not add up to 1
   */
  default List<Subset> randomSplit(Generator generator, double... fractions) {
    return RandomSplit.split(this, generator, RandomSplit.lengths(size(), fractions));
  }
}
