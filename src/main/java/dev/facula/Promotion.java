package dev.facula;

import java.util.Objects;

/**
 * The type in which mixed operands are computed. As in PyTorch, tensors with dimensions decide
 * before tensors without, and those before plain numbers: a lower rank matters only where its
 * category is higher, so that a float32 tensor times 2.5 stays float32.
 */
final class Promotion {
  private Promotion() {}

  static DType of(Tensor a, Tensor b) {
    int ra = rank(a);
    int rb = rank(b);
    DType da = a.dtype();
    DType db = b.dtype();
    if (da == db && (ra != 0 || rb != 0)) {
      return da;
    }
    if (ra == rb) {
      return ra == 0 ? DType.promote(unwrapped(da), unwrapped(db)) : DType.promote(da, db);
    }
    return ra > rb
        ? combine(da, rb == 0 ? unwrapped(db) : db)
        : combine(db, ra == 0 ? unwrapped(da) : da);
  }

  static DType of(Tensor... tensors) {
    DType[] best = new DType[3];
    for (Tensor t : tensors) {
      int r = rank(t);
      DType own = r == 0 ? unwrapped(t.dtype()) : t.dtype();
      best[r] = best[r] == null ? own : DType.promote(best[r], own);
    }
    DType result = best[2];
    for (int r = 1; r >= 0; r--) {
      if (best[r] != null) {
        result = result == null ? best[r] : combine(result, best[r]);
      }
    }
    return result == null ? DType.FLOAT32 : result;
  }

  /** 2 for a tensor with dimensions, 1 without, 0 for a plain number. */
  private static int rank(Tensor t) {
    return Objects.requireNonNull(t, "operand").isNumber() ? 0 : t.layout.shape.length == 0 ? 1 : 2;
  }

  /** A plain floating-point number has the default type. */
  private static DType unwrapped(DType dtype) {
    return dtype == DType.FLOAT64 ? DType.FLOAT32 : dtype;
  }

  private static DType combine(DType higher, DType lower) {
    return lower.category() > higher.category() ? lower : higher;
  }

  /** The type itself where it is floating point, else float32. */
  static DType floating(DType dtype) {
    return dtype.isFloatingPoint() ? dtype : DType.FLOAT32;
  }

  /** Refuses integers, for which the operation is not defined. */
  static void requireFloating(String op, Tensor x) {
    if (!x.isFloatingPoint()) {
      throw new DTypeException(
          op + ": needs floating-point elements, was " + x.dtype() + "; convert with to(FLOAT32)");
    }
  }
}
