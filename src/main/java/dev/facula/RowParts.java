package dev.facula;

import dev.facula.internal.parallel.Parallel;

/** Splits work on rows that do not depend on each other into tasks that are worth a thread. */
final class RowParts {
  private RowParts() {}

  /** Rows from at on, m of them. */
  interface Part {
    void of(int at, int m);
  }

  /**
   * All rows of n elements, in parts that may run at the same time.
   *
   * @param chunk the elements that a task gets at least
   */
  static void each(int rows, int n, int chunk, Part part) {
    if (rows == 0) {
      return;
    }
    int perTask = Math.max(1, chunk / Math.max(n, 1));
    if (rows < 2 * perTask) {
      part.of(0, rows);
      return;
    }
    int tasks = (rows + perTask - 1) / perTask;
    Parallel.run(tasks, i -> part.of(i * perTask, Math.min(perTask, rows - i * perTask)));
  }
}
