package dev.facula.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/**
 * The contents of a file in the IDX format of MNIST: two zero bytes, the element type, the number
 * of dimensions, the dimensions as big-endian ints, the elements in row-major order.
 *
 * @param shape the dimensions
 * @param bytes the elements
 */
record IdxFile(int[] shape, byte[] bytes) {
  private static final int UNSIGNED_BYTE = 8;

  /**
   * Reads a file of unsigned bytes with that many dimensions.
   *
   * @param maxPacked how many elements a packed file may have: a few bytes of it could hold
   *     thousands each
   */
  static IdxFile read(Path path, int rank, int maxPacked) throws IOException {
    try (DataFile file = DataFile.open(path)) {
      int magic = file.readInt("the magic number");
      int expected = UNSIGNED_BYTE << 8 | rank;
      if (magic != expected) {
        throw file.error(
            String.format(
                Locale.ROOT,
                "magic number %08x, IDX of %d-d bytes has %08x",
                magic,
                rank,
                expected));
      }
      int[] shape = new int[rank];
      long size = 1;
      for (int d = 0; d < rank; d++) {
        shape[d] = file.readInt("the dimensions");
        // At most (2^31)^2 before the check, so the product cannot overflow.
        size *= shape[d];
        if (shape[d] < 0 || size > Integer.MAX_VALUE - 8) {
          throw file.error("dimensions " + Arrays.toString(shape) + " are too large");
        }
      }
      if (DataFile.isPacked(path) && size > maxPacked) {
        throw file.error(
            "dimensions "
                + Arrays.toString(shape)
                + " make "
                + size
                + " bytes, the published file has "
                + maxPacked
                + "; larger ones are read unpacked");
      }
      byte[] bytes = file.read((int) size, "the elements of " + Arrays.toString(shape));
      file.expectEnd();
      return new IdxFile(shape, bytes);
    }
  }
}
