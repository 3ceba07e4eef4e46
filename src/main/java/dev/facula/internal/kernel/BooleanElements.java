package dev.facula.internal.kernel;

/** Bytes that are 0 or 1, whose sum is true if one of them is. */
public final class BooleanElements extends ByteElements {
  @Override
  public void add(byte[] x, int[] at, byte[] y, int yo, int n) {
    for (int i = 0; i < n; i++) {
      x[at[i]] |= y[yo + i];
    }
  }
}
