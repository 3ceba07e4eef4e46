package dev.facula.internal.array;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/**
 * A walk over operands that are broadcast to one shape, in the memory order of the last one, the
 * result. Neighbouring dimensions that have one stride in every operand are merged, so that runs
 * are as long as possible; a kernel gets the index of a run's first element in every operand and
 * its length.
 */
public final class Iteration {
  /** Elements that are a task: from twice as many on, several threads share a walk. */
  public static final int CHUNK = (int) (Parallel.GRAIN / Parallel.ELEMENT);

  private final int rank;
  private final int[] size;
  private final int[][] strides;
  private final int[] offsets;
  private final int numel;

  /** What is done with a run of n elements that starts at offsets[i] in operand i. */
  public interface Run {
    void at(int[] offsets, int n);
  }

  private Iteration(int rank, int[] size, int[][] strides, int[] offsets, int numel) {
    this.rank = rank;
    this.size = size;
    this.strides = strides;
    this.offsets = offsets;
    this.numel = numel;
  }

  public static Iteration over(int[] shape, Layout... operands) {
    Layout last = operands[operands.length - 1];
    return last.contiguous
        ? inOrder(shape, operands)
        : over(shape, MemoryOrder.sorted(shape, last), operands);
  }

  /** The same in row-major order, whatever the memory order is. */
  public static Iteration inOrder(int[] shape, Layout... operands) {
    return over(shape, null, operands);
  }

  /**
   * A walk.
   *
   * @param order the dimensions from the innermost on; null: from the last to the first
   */
  private static Iteration over(int[] shape, int @Nullable [] order, Layout[] operands) {
    int count = operands.length;
    int dims = shape.length;
    int[] size = new int[Math.max(dims, 1)];
    int[][] strides = new int[count][Math.max(dims, 1)];
    int[] offsets = new int[count];
    int numel = 1;
    int rank = 0;
    for (int i = 0; i < count; i++) {
      offsets[i] = operands[i].offset;
    }
    for (int k = 0; k < dims; k++) {
      int d = order == null ? k : order[dims - 1 - k];
      numel *= shape[d];
      if (shape[d] == 1) {
        continue;
      }
      boolean merges = rank > 0;
      for (int i = 0; i < count; i++) {
        int stride = stride(operands[i], d, dims);
        strides[i][rank] = stride;
        merges = merges && strides[i][rank - 1] == stride * shape[d];
      }
      if (merges) {
        size[rank - 1] *= shape[d];
        for (int i = 0; i < count; i++) {
          strides[i][rank - 1] = strides[i][rank];
        }
      } else {
        size[rank++] = shape[d];
      }
    }
    int merged = rank == 0 ? one(size, strides) : rank;
    return new Iteration(merged, size, strides, offsets, numel);
  }

  /** One element as a dimension; apart, so that the JIT still takes the method above inline. */
  private static int one(int[] size, int[][] strides) {
    size[0] = 1;
    for (int[] s : strides) {
      s[0] = 1;
    }
    return 1;
  }

  private static int stride(Layout operand, int d, int dims) {
    int own = d - (dims - operand.shape.length);
    return own < 0 || operand.shape[own] == 1 ? 0 : operand.strides[own];
  }

  /** The step of an operand from one element of a run to the next. */
  public int step(int operand) {
    return strides[operand][rank - 1];
  }

  /** The number of merged dimensions. */
  public int rank() {
    return rank;
  }

  public int size(int dim) {
    return size[dim];
  }

  public int stride(int operand, int dim) {
    return strides[operand][dim];
  }

  public int offset(int operand) {
    return offsets[operand];
  }

  /** All runs, on several threads where it pays; every element belongs to just one run. */
  public void forEach(Run run) {
    if (numel == 0) {
      return;
    }
    int inner = size[rank - 1];
    if (numel < 2 * CHUNK) {
      rows(0, numel / inner, run);
    } else if (rank == 1) {
      Parallel.parallelFor(numel, Parallel.ELEMENT, (from, to) -> part(from, to - from, run));
    } else {
      Parallel.parallelFor(
          numel / inner, Parallel.ELEMENT * inner, (from, to) -> rows(from, to, run));
    }
  }

  /** All runs in order, on the calling thread. */
  public void forEachInOrder(Run run) {
    if (numel > 0) {
      rows(0, numel / size[rank - 1], run);
    }
  }

  /** Every element, for walks over the outer dimensions of two operands. */
  public void forEachElement(Pair body) {
    int xs = step(0);
    int ys = step(1);
    forEachInOrder(
        (at, n) -> {
          for (int i = 0; i < n; i++) {
            body.at(at[0] + i * xs, at[1] + i * ys);
          }
        });
  }

  /** The places of one element in two operands. */
  public interface Pair {
    void at(int first, int second);
  }

  private void part(int from, int n, Run run) {
    int[] at = offsets.clone();
    for (int i = 0; i < at.length; i++) {
      at[i] += from * strides[i][0];
    }
    run.at(at, n);
  }

  private void rows(int from, int to, Run run) {
    int inner = rank - 1;
    int[] at = offsets.clone();
    int[] index = new int[rank];
    int rest = from;
    for (int d = inner - 1; d >= 0; d--) {
      index[d] = rest % size[d];
      rest /= size[d];
      for (int i = 0; i < at.length; i++) {
        at[i] += index[d] * strides[i][d];
      }
    }
    for (int row = from; row < to; row++) {
      run.at(at, size[inner]);
      for (int d = inner - 1; d >= 0; d--) {
        for (int i = 0; i < at.length; i++) {
          at[i] += strides[i][d];
        }
        if (++index[d] < size[d]) {
          break;
        }
        for (int i = 0; i < at.length; i++) {
          at[i] -= size[d] * strides[i][d];
        }
        index[d] = 0;
      }
    }
  }
}
