package dev.facula.internal.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The kernels in use, chosen once. The Vector API lives in an incubating module that the user adds
 * with {@code --add-modules jdk.incubator.vector}; without it, or where it would not be fast, the
 * scalar kernels run. {@code -Dfacula.kernels=scalar} or {@code simd} forces one of the two.
 */
public final class Backend {
  /** Kernels on {@code float} arrays. */
  public static final FloatingKernels<float[]> F32;

  /** Kernels on {@code double} arrays. */
  public static final FloatingKernels<double[]> F64;

  /** Kernels on {@code long} arrays. */
  public static final IntegerKernels I64 =
      new IntegerKernels(new LongElements(), new LongArithmetic(), new LongReduce());

  /** Conversions of floating-point numbers of 16 bits. */
  public static final ReducedKernels REDUCED;

  private static final String DESCRIPTION;

  private static final String PROPERTY = "facula.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final String SIMD = "dev.facula.internal.kernel.simd.";

  static {
    Choice choice = choose(System.getProperty(PROPERTY));
    F32 = choice.f32;
    F64 = choice.f64;
    REDUCED = choice.reduced;
    DESCRIPTION = choice.description;
  }

  private Backend() {}

  /** Which kernels run, why, and how to get the fast ones where they do not. */
  public static String description() {
    return DESCRIPTION;
  }

  private static Choice choose(@Nullable String wanted) {
    if (wanted != null && !wanted.equals("scalar") && !wanted.equals("simd")) {
      throw new IllegalStateException(
          "-D" + PROPERTY + "=" + wanted + ": neither \"scalar\" nor \"simd\"");
    }
    if ("scalar".equals(wanted)) {
      return Choice.scalar("asked for by -D" + PROPERTY + "=scalar");
    }
    String obstacle = obstacle();
    if (obstacle == null) {
      try {
        return Choice.simd();
      } catch (ReflectiveOperationException | LinkageError | RuntimeException e) {
        obstacle = "the vector kernels do not work on this JVM: " + e;
      }
    }
    if (wanted != null) {
      throw new IllegalStateException("-D" + PROPERTY + "=simd is impossible: " + obstacle);
    }
    LoggerFactory.getLogger("dev.facula.Facula").info("Scalar kernels in use: {}", obstacle);
    return Choice.scalar(obstacle);
  }

  /** Why the vector kernels cannot be used, or null. Does not touch a class of the module. */
  private static @Nullable String obstacle() {
    Module own = Backend.class.getModule();
    ModuleLayer layer = own.getLayer() == null ? ModuleLayer.boot() : own.getLayer();
    Optional<Module> vector = layer.findModule(MODULE);
    if (vector.isEmpty()) {
      return "the JVM was started without --add-modules "
          + MODULE
          + ", which makes Facula several times faster";
    }
    if (!Fma.FAST) {
      return "the processor has no fused multiply-add";
    }
    own.addReads(
        vector.get()); // instead of a "requires static" that all module users would inherit
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return "the optimizing compiler C2 is off (" + mode + "), without which vectors are slow";
    }
    return null;
  }

  private record Choice(
      FloatingKernels<float[]> f32,
      FloatingKernels<double[]> f64,
      ReducedKernels reduced,
      String description) {
    static Choice scalar(String why) {
      return new Choice(
          ScalarFloatKernels.create(),
          ScalarDoubleKernels.create(),
          new ReducedKernels(),
          "scalar kernels: " + why);
    }

    @SuppressWarnings("unchecked")
    static Choice simd() throws ReflectiveOperationException {
      Class<?> floats = Class.forName(SIMD + "SimdFloatKernels");
      int bits = (int) floats.getMethod("vectorBits").invoke(null);
      if (bits < 128) {
        throw new IllegalStateException("vectors have only " + bits + " bits");
      }
      Class<?> doubles = Class.forName(SIMD + "SimdDoubleKernels");
      var f32 = (FloatingKernels<float[]>) floats.getMethod("create").invoke(null);
      var f64 = (FloatingKernels<double[]>) doubles.getMethod("create").invoke(null);
      var reduced =
          (ReducedKernels)
              Class.forName(SIMD + "SimdReducedKernels").getConstructor().newInstance();
      tryOut(f32.matmul());
      return new Choice(f32, f64, reduced, "vector kernels of " + bits + " bits");
    }

    /** Multiplies once, so that a JVM on which vectors cannot work shows it here. */
    private static void tryOut(MatmulKernels<float[]> kernels) {
      int n = 5;
      float[] a = new float[n * n];
      for (int i = 0; i < n; i++) {
        a[i * n + i] = 2;
      }
      float[] c = new float[n * n];
      kernels.gemm(false, true, n, n, n, a, 0, n, a, 0, n, 0, c, 0, n);
      if (c[n + 1] != 4) {
        throw new IllegalStateException("2 x 2 = " + c[n + 1]);
      }
    }
  }
}
