package dev.facula.internal.kernel;

/** The kernels in use. */
public final class Kernels {
  /** Kernels on {@code float} arrays. */
  public static final FloatKernels F32 = new ScalarFloatKernels();

  /** Kernels on {@code double} arrays. */
  public static final DoubleKernels F64 = new ScalarDoubleKernels();

  private Kernels() {}
}
