package dev.facula.internal.kernel;

/** The kernels for {@code long} arrays, in which integers of all types are computed. */
public record IntegerKernels(
    Elements<long[]> elements, LongArithmetic arithmetic, LongReduce reduce)
    implements Kernels<long[]> {

  @Override
  public boolean fastAnywhere() {
    return true;
  }
}
