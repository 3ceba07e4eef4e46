package dev.facula.vision;

/** The rows of an image, one by one. */
@FunctionalInterface
interface ImageRows {
  /**
   * Reads a row.
   *
   * @param y which one
   * @param rgb where it goes: the red values, then green and blue
   */
  void read(int y, byte[] rgb);
}
