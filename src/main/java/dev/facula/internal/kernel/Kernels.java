package dev.facula.internal.kernel;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The kernels in use, chosen once. The Vector API lives in an incubating module that the user adds
 * with {@code --add-modules jdk.incubator.vector}; without it, or where it would not be fast, the
 * scalar kernels run. {@code -Dfacula.kernels=scalar} or {@code simd} forces one of the two.
 */
public final class Kernels {
  /** Kernels on {@code float} arrays. */
  public static final FloatKernels F32;

  /** Kernels on {@code double} arrays. */
  public static final DoubleKernels F64;

  /** Whether they are vector kernels. */
  static final boolean VECTORS;

  private static final String DESCRIPTION;

  private static final String PROPERTY = "facula.kernels";
  private static final String MODULE = "jdk.incubator.vector";
  private static final String SIMD = "dev.facula.internal.kernel.simd.";

  static {
    Choice choice = choose(System.getProperty(PROPERTY));
    F32 = choice.f32;
    F64 = choice.f64;
    VECTORS = F32.getClass() != ScalarFloatKernels.class;
    DESCRIPTION = choice.description;
  }

  private Kernels() {}

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
    LoggerFactory.getLogger(Kernels.class).info("Scalar kernels in use: {}", obstacle);
    return Choice.scalar(obstacle);
  }

  /** Why the vector kernels cannot be used, or null. Does not touch a class of the module. */
  private static @Nullable String obstacle() {
    Module own = Kernels.class.getModule();
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

  private static final class Choice {
    final FloatKernels f32;
    final DoubleKernels f64;
    final String description;

    private Choice(FloatKernels f32, DoubleKernels f64, String description) {
      this.f32 = f32;
      this.f64 = f64;
      this.description = description;
    }

    static Choice scalar(String why) {
      return new Choice(
          new ScalarFloatKernels(), new ScalarDoubleKernels(), "scalar kernels: " + why);
    }

    static Choice simd() throws ReflectiveOperationException {
      Class<?> type = Class.forName(SIMD + "SimdFloatKernels");
      int bits = (int) type.getMethod("vectorBits").invoke(null);
      if (bits < 128) {
        throw new IllegalStateException("vectors have only " + bits + " bits");
      }
      FloatKernels f32 = type.asSubclass(FloatKernels.class).getConstructor().newInstance();
      DoubleKernels f64 =
          Class.forName(SIMD + "SimdDoubleKernels")
              .asSubclass(DoubleKernels.class)
              .getConstructor()
              .newInstance();
      tryOut(f32);
      return new Choice(f32, f64, "vector kernels of " + bits + " bits");
    }

    /** Multiplies once, so that a JVM on which vectors cannot work shows it here. */
    private static void tryOut(FloatKernels kernels) {
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
