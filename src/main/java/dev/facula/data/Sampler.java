package dev.facula.data;

/**
 * An order of samples, begun anew by each iterator. A sampler that draws random numbers takes them
 * as the iterator proceeds, in PyTorch's order.
 *
 * @param <T> Integer for the number of a sample, int[] for the numbers of a batch
 */
public interface Sampler<T> extends Iterable<T> {
  /** How many elements an iterator has. */
  int size();
}
