package dev.facula.internal.kernel;

/**
 * Sums of many rows: blocks of {@link #ROWS} are added up one row after another, and the sums of
 * blocks pairwise, so that errors grow with the logarithm of the number of rows. The sums that wait
 * for their partner are on a stack, as many as a binary counter of the blocks has ones.
 *
 * <pre>{@code
 * float[][] stack = FloatCascade.stack(rows, n);
 * int depth = 0;
 * for (int r = 0, block = 1; r < rows; r += FloatCascade.ROWS, block++) {
 *   // the sum of the rows from r on to stack[depth]
 *   depth = FloatCascade.fold(stack, n, depth + 1, block);
 * }
 * float[] sum = FloatCascade.total(stack, n, depth);
 * }</pre>
 */
public final class FloatCascade {
  /** Rows that are added up one after another. */
  public static final int ROWS = 128;

  /** Elements of a row at most; of longer rows a piece is summed at a time. */
  public static final int COLUMNS = 1024;

  private FloatCascade() {}

  /** The stack of this thread, of which a kernel may have one at a time. */
  public static float[][] stack(int rows, int n) {
    int blocks = (rows + ROWS - 1) / ROWS;
    int depth = 33 - Integer.numberOfLeadingZeros(blocks);
    return FloatScratch.get().rowsOf(FloatScratch.CASCADE, depth, n);
  }

  /**
   * Adds up what has a partner once the sum of a block has been put on the stack.
   *
   * @param depth the sums on the stack
   * @param block the number of the block, from 1 on
   * @return the sums that remain
   */
  public static int fold(float[][] stack, int n, int depth, int block) {
    int left = depth;
    for (int b = block; (b & 1) == 0; b >>= 1) {
      left--;
      add(stack[left - 1], stack[left], n);
    }
    return left;
  }

  /** The sum of all that is on the stack, 0 if there is nothing: its lowest row. */
  public static float[] total(float[][] stack, int n, int depth) {
    if (depth == 0) {
      FloatBinary.fill(0f, stack[0], 0, n);
    }
    for (int d = depth - 1; d > 0; d--) {
      add(stack[d - 1], stack[d], n);
    }
    return stack[0];
  }

  private static void add(float[] y, float[] x, int n) {
    for (int i = 0; i < n; i++) {
      y[i] += x[i];
    }
  }
}
