package dev.facula;

import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Operations on FLOAT16 and BFLOAT16: in FLOAT32, their results rounded once. Each operation that
 * has kernels asks at its entrance:
 *
 * <pre>{@code
 * if (Reduced.is(x)) {
 *   return Reduced.apply(x, t -> softmax(t, dim));
 * }
 * }</pre>
 */
final class Reduced {
  private Reduced() {}

  static boolean is(Tensor x) {
    return x.dtype().isReducedFloatingPoint();
  }

  /** Whether the operands, of which some may be null, are of one such type. */
  static boolean are(Tensor x, @Nullable Tensor... others) {
    if (!is(x)) {
      return false;
    }
    for (Tensor t : others) {
      if (t != null && t.dtype() != x.dtype()) {
        return false;
      }
    }
    return true;
  }

  static Tensor apply(Tensor x, UnaryOperator<Tensor> op) {
    boolean before = Operations.silence(true);
    try {
      return op.apply(x.to(DType.FLOAT32)).to(x.dtype());
    } finally {
      Operations.silence(before);
    }
  }

  /** For several operands, of which some may be null; the first has the type of the result. */
  static Tensor apply(Function<Tensor[], Tensor> op, @Nullable Tensor... operands) {
    boolean before = Operations.silence(true);
    try {
      return op.apply(widened(operands)).to(operands[0].dtype());
    } finally {
      Operations.silence(before);
    }
  }

  /** For several results; those of other types are computed as they are. */
  static List<Tensor> all(Function<Tensor[], List<Tensor>> op, @Nullable Tensor... operands) {
    DType type = operands[0].dtype();
    if (!type.isReducedFloatingPoint()) {
      return op.apply(operands);
    }
    boolean before = Operations.silence(true);
    try {
      return op.apply(widened(operands)).stream().map(t -> t.to(type)).toList();
    } finally {
      Operations.silence(before);
    }
  }

  private static @Nullable Tensor[] widened(@Nullable Tensor[] operands) {
    @Nullable Tensor[] wide = new Tensor[operands.length];
    for (int i = 0; i < wide.length; i++) {
      Tensor t = operands[i];
      wide[i] = t != null && is(t) ? t.to(DType.FLOAT32) : t;
    }
    return wide;
  }
}
