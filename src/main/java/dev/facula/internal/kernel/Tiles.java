package dev.facula.internal.kernel;

/** The sizes that the products of a type work in, by which paths are chosen. */
public interface Tiles {
  /** Elements of a vector: the partial sums of a dot product. */
  int lanes();

  /** Columns of B that are packed next to one another and multiplied at once. */
  int strip();

  /** Columns of the strips that n columns fill. */
  default int stripColumns(int n) {
    return (n + strip() - 1) / strip() * strip();
  }

  /** Whether there are tiles for lines of an image of so many pixels. */
  default boolean hasLines(int columns) {
    return false;
  }
}
