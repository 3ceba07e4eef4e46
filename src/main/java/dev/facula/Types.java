package dev.facula;

import dev.facula.internal.kernel.Backend;
import dev.facula.internal.kernel.BooleanElements;
import dev.facula.internal.kernel.ByteElements;
import dev.facula.internal.kernel.Elements;
import dev.facula.internal.kernel.FloatingKernels;
import dev.facula.internal.kernel.IntElements;
import dev.facula.internal.kernel.Kernels;
import dev.facula.internal.kernel.ShortElements;

/**
 * The one place where the element type of a tensor decides: on the kernels that its operation
 * calls. They take arrays of any type, and fail on one that is not theirs.
 */
final class Types {
  private static final FloatingKernels<Object> F32 = ofAnything(Backend.F32);
  private static final FloatingKernels<Object> F64 = ofAnything(Backend.F64);
  private static final Kernels<Object> I64 = ofAnything(Backend.I64);
  private static final Elements<Object> INTS = ofAnything(new IntElements());
  private static final Elements<Object> SHORTS = ofAnything(new ShortElements());
  private static final Elements<Object> BYTES = ofAnything(new ByteElements());
  private static final Elements<Object> BOOLEANS = ofAnything(new BooleanElements());

  private Types() {}

  /** The type in which operations on elements of a type are computed. */
  static DType computed(DType type) {
    return switch (type) {
      case FLOAT32, FLOAT64, INT64 -> type;
      case FLOAT16, BFLOAT16 -> DType.FLOAT32;
      case INT32, INT16, INT8, UINT8, BOOL -> DType.INT64;
    };
  }

  /** The kernels of FLOAT32 or FLOAT64. */
  static FloatingKernels<Object> floating(DType type) {
    return type == DType.FLOAT32 ? F32 : F64;
  }

  /** The kernels of FLOAT32, FLOAT64 or INT64, in which all other types are computed. */
  static Kernels<Object> kernels(DType type) {
    return type == DType.FLOAT32 ? F32 : type == DType.FLOAT64 ? F64 : I64;
  }

  /** What moves the elements of a type. */
  static Elements<Object> elements(DType type) {
    return switch (type) {
      case FLOAT32 -> F32.elements();
      case FLOAT64 -> F64.elements();
      case INT64 -> I64.elements();
      case INT32 -> INTS;
      case FLOAT16, BFLOAT16, INT16 -> SHORTS;
      case INT8, UINT8 -> BYTES;
      case BOOL -> BOOLEANS;
    };
  }

  @SuppressWarnings("unchecked")
  private static FloatingKernels<Object> ofAnything(FloatingKernels<?> kernels) {
    return (FloatingKernels<Object>) kernels;
  }

  @SuppressWarnings("unchecked")
  private static Kernels<Object> ofAnything(Kernels<?> kernels) {
    return (Kernels<Object>) kernels;
  }

  @SuppressWarnings("unchecked")
  private static Elements<Object> ofAnything(Elements<?> elements) {
    return (Elements<Object>) elements;
  }
}
