package dev.facula.nn;

import dev.facula.DType;
import dev.facula.DTypeException;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Checks of the masks of attention, each by its name and the shapes that it may have.
 *
 * @param type that of the queries
 * @param batch {@link #NO_BATCH} for sequences without that dimension
 * @param queries steps of the sequence that looks
 * @param keys steps of the sequence that is looked at
 */
record AttentionMasks(String op, DType type, int batch, int heads, int queries, int keys) {
  private static final int NO_BATCH = -1;

  /** Once is enough: a mask is often the same in every step. */
  static volatile boolean warned;

  /** Those of a query and a key of 2 or 3 dimensions. */
  static AttentionMasks of(String op, Tensor query, Tensor key, int heads, boolean batchFirst) {
    boolean batched = query.dim() == 3;
    int steps = batched && batchFirst ? 1 : 0;
    return new AttentionMasks(
        op,
        query.dtype(),
        batched ? query.size(1 - steps) : NO_BATCH,
        heads,
        query.size(steps),
        key.size(steps));
  }

  /** Refuses a mask of queries and keys that PyTorch refuses. */
  AttentionMasks attention(String name, @Nullable Tensor mask) {
    if (mask == null) {
      return this;
    }
    type(name, mask);
    int[] shape = mask.shape();
    int[] one = {queries, keys};
    int[] each = {(batch == NO_BATCH ? 1 : batch) * heads, queries, keys};
    if (Arrays.equals(shape, one) || Arrays.equals(shape, each)) {
      return this;
    }
    String remedy = "";
    if (Arrays.equals(shape, new int[] {keys, queries})) {
      remedy = "; it is transposed";
    } else if (Arrays.equals(shape, new int[] {batch, queries, keys})) {
      remedy = "; for the same mask in all heads use repeatInterleave(" + heads + ", 0)";
    }
    throw new ShapeException(
        shape(name, mask)
            + Arrays.toString(one)
            + " (queries, keys) or "
            + Arrays.toString(each)
            + (batch == NO_BATCH ? " (heads" : " (batch times heads")
            + ", queries, keys)"
            + remedy);
  }

  /** Refuses a mask of padded keys that PyTorch refuses. */
  AttentionMasks padding(String name, @Nullable Tensor mask) {
    if (mask == null) {
      return this;
    }
    type(name, mask);
    int[] expected = batch == NO_BATCH ? new int[] {keys} : new int[] {batch, keys};
    if (Arrays.equals(mask.shape(), expected)) {
      return this;
    }
    throw new ShapeException(
        shape(name, mask)
            + Arrays.toString(expected)
            + (batch == NO_BATCH ? " (keys)" : " (batch, keys)")
            + (Arrays.equals(mask.shape(), new int[] {keys, batch}) ? "; it is transposed" : ""));
  }

  private String shape(String name, Tensor mask) {
    return op + ": " + name + " has shape " + Arrays.toString(mask.shape()) + ", expected ";
  }

  private void type(String name, Tensor mask) {
    if (mask.dtype() != DType.BOOL && !mask.isFloatingPoint()) {
      throw new DTypeException(
          ("%s: %s must be BOOL (true hides a key) or floating-point (what is added to the"
                  + " scores), was %s; for zeros and ones use mask.to(DType.BOOL)")
              .formatted(op, name, mask.dtype()));
    }
    if (mask.dtype() == DType.FLOAT64 && type == DType.FLOAT32) {
      throw otherType(name, mask);
    }
  }

  /**
   * Refuses masks of a narrower type than that of the queries, which only attention without weights
   * takes.
   */
  void exact(@Nullable Tensor attention, @Nullable Tensor padding) {
    if (attention != null && narrow(attention) && (padding == null || narrow(padding))) {
      throw otherType("attnMask", attention);
    }
    if (attention == null && padding != null && narrow(padding)) {
      throw otherType("keyPaddingMask", padding);
    }
  }

  private boolean narrow(Tensor mask) {
    return mask.isFloatingPoint() && mask.dtype() != type;
  }

  private DTypeException otherType(String name, Tensor mask) {
    return new DTypeException(
        "%s: %s is %s, the query %s; convert it with to(DType.%s)"
            .formatted(op, name, mask.dtype(), type, type.name()));
  }

  /** Tells of a NaN in a mask, which makes rows of the result NaN, as in PyTorch. */
  void warnOfNaN(String name, @Nullable Tensor mask) {
    if (mask != null
        && mask.isFloatingPoint()
        && !warned
        && Double.isNaN(mask.detach().sum().item())) {
      warned = true;
      LoggerFactory.getLogger(AttentionMasks.class)
          .warn("{}: {} holds NaN or +inf, which make rows NaN (often 0 * -inf)", op, name);
    }
  }
}
