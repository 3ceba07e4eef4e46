package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A recorded tensor: contiguous values, in {@code values} where its type is floating point and in
 * {@code integers} otherwise.
 */
record StoredTensor(String type, int[] shape, double[] values, long[] integers) {

  DType dtype() {
    return switch (type) {
      case "F32" -> DType.FLOAT32;
      case "F64" -> DType.FLOAT64;
      case "F16" -> DType.FLOAT16;
      case "BF16" -> DType.BFLOAT16;
      case "I16" -> DType.INT16;
      case "I8" -> DType.INT8;
      case "I64" -> DType.INT64;
      case "I32" -> DType.INT32;
      case "U8" -> DType.UINT8;
      case "BOOL" -> DType.BOOL;
      default -> throw new IllegalArgumentException("dtype " + type);
    };
  }

  /** The same in float64 if this is floating point. */
  StoredTensor widened() {
    return dtype().isFloatingPoint() ? new StoredTensor("F64", shape, values, integers) : this;
  }

  Tensor toTensor() {
    return dtype().isFloatingPoint() ? tensor(values, shape) : tensor(integers, shape);
  }

  /** Strides with which the first dimension lies innermost. */
  int[] columnMajor() {
    int[] strides = new int[shape.length];
    int step = 1;
    for (int d = 0; d < shape.length; d++) {
      strides[d] = step;
      step *= Math.max(shape[d], 1);
    }
    return strides;
  }

  /** The tensor laid out with these strides over a storage that is just large enough. */
  Tensor toTensor(int[] strides) {
    int[] offsets = offsets(strides);
    int size = Arrays.stream(offsets).max().orElse(-1) + 1;
    Tensor storage;
    if (dtype().isFloatingPoint()) {
      double[] laidOut = new double[size];
      for (int i = 0; i < offsets.length; i++) {
        laidOut[offsets[i]] = values[i];
      }
      storage = tensor(laidOut, size);
    } else {
      long[] laidOut = new long[size];
      for (int i = 0; i < offsets.length; i++) {
        laidOut[offsets[i]] = integers[i];
      }
      storage = tensor(laidOut, size);
    }
    return storage.asStrided(shape, strides, 0);
  }

  private Tensor tensor(double[] data, int... dims) {
    return Tensor.of(data, dims).to(dtype());
  }

  private Tensor tensor(long[] data, int... dims) {
    return Tensor.of(data, dims).to(dtype());
  }

  private int[] offsets(int[] strides) {
    int[] offsets = new int[values.length];
    int[] index = new int[shape.length];
    for (int i = 0; i < offsets.length; i++) {
      for (int d = 0; d < index.length; d++) {
        offsets[i] += index[d] * strides[d];
      }
      for (int d = index.length - 1; d >= 0 && ++index[d] == shape[d]; d--) {
        index[d] = 0;
      }
    }
    return offsets;
  }

  /**
   * How the tensor differs from this one, or null where it agrees as PyTorch's {@code assert_close}
   * has it: type and shape exactly, NaN equal to NaN.
   */
  @Nullable String difference(Tensor actual, Tolerance tolerance) {
    return difference(actual, tolerance, null);
  }

  /** As above; exact is the same computed in float64, see {@link Tolerance#settles}. */
  @Nullable String difference(Tensor actual, Tolerance tolerance, @Nullable Tensor exact) {
    if (actual.dtype() != dtype()) {
      return "dtype " + actual.dtype() + ", wanted " + dtype();
    }
    if (!Arrays.equals(actual.shape(), shape)) {
      return "shape " + Arrays.toString(actual.shape()) + ", wanted " + Arrays.toString(shape);
    }
    if (!dtype().isFloatingPoint()) {
      return difference(actual.toLongArray());
    }
    boolean usable =
        exact != null && exact.dtype() == DType.FLOAT64 && Arrays.equals(exact.shape(), shape);
    return difference(actual.toDoubleArray(), tolerance, usable ? exact.toDoubleArray() : values);
  }

  private @Nullable String difference(double[] actual, Tolerance tolerance, double[] exact) {
    int wrong = 0;
    int worst = 0;
    double worstBy = -1;
    for (int i = 0; i < values.length; i++) {
      if (!tolerance.accepts(actual[i], values[i])
          && !tolerance.settles(actual[i], values[i], exact[i])) {
        wrong++;
        double by = Math.abs(actual[i] - values[i]);
        if (!(by <= worstBy)) {
          worst = i;
          worstBy = by;
        }
      }
    }
    return wrong == 0 ? null : difference(wrong, worst, actual[worst], values[worst]);
  }

  private @Nullable String difference(long[] actual) {
    int wrong = 0;
    int first = 0;
    for (int i = actual.length - 1; i >= 0; i--) {
      if (actual[i] != integers[i]) {
        wrong++;
        first = i;
      }
    }
    return wrong == 0 ? null : difference(wrong, first, actual[first], integers[first]);
  }

  private String difference(int wrong, int at, Number actual, Number wanted) {
    return wrong
        + " of "
        + values.length
        + " elements of "
        + Arrays.toString(shape)
        + " differ, at flat index "
        + at
        + ": "
        + actual
        + ", wanted "
        + wanted;
  }
}
