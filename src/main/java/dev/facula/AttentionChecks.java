package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import org.slf4j.LoggerFactory;

/** What scaled dot-product attention takes; errors name the operand or the mask that is wrong. */
final class AttentionChecks {
  private static final String OP = "scaledDotProductAttention";

  /** Once is enough: a mask is often the same in every step. */
  static volatile boolean warned;

  private AttentionChecks() {}

  /** Refuses queries, keys and values that do not belong together. */
  static void operands(Tensor query, Tensor key, Tensor value) {
    if (query.dim() < 2 || key.dim() < 2 || value.dim() < 2) {
      throw new ShapeException(
          OP
              + ": query, key and value need at least 2 dimensions, got shapes "
              + shapes(query, key, value));
    }
    if (!query.isFloatingPoint()
        || query.dtype() != key.dtype()
        || query.dtype() != value.dtype()) {
      throw new DTypeException(
          "%s: query, key and value must have one floating-point type, were %s, %s, %s"
              .formatted(OP, query.dtype(), key.dtype(), value.dtype()));
    }
    if (query.size(-1) != key.size(-1) || key.size(-2) != value.size(-2)) {
      throw Shapes.error(
          "%s: the last dimensions of query and key must be equal, and so must be the lengths of"
              + " key and value; got shapes %s",
          OP, shapes(query, key, value));
    }
    heads(query, key, "key");
    heads(query, value, "value");
    heads(key, value, "value");
  }

  /** Refuses heads and batches that do not broadcast; says what to do with groups of heads. */
  private static void heads(Tensor a, Tensor b, String name) {
    int rank = Math.min(a.dim(), b.dim());
    for (int i = 3; i <= rank; i++) {
      int x = a.size(-i);
      int y = b.size(-i);
      if (x == y || x == 1 || y == 1) {
        continue;
      }
      String sizes =
          OP
              + ": "
              + (i == 3 ? "heads" : "batches")
              + " differ: "
              + x
              + " in "
              + Shapes.format(a.layout.shape)
              + ", "
              + y
              + " in the "
              + name
              + " "
              + Shapes.format(b.layout.shape);
      if (i == 3 && x % y == 0) {
        int group = x / y;
        sizes +=
            "; for grouped heads (PyTorch's enable_gqa) repeat those of key and value: "
                + name
                + ".repeatInterleave("
                + group
                + ", -3)";
      } else if (i == 3) {
        sizes += "; for grouped heads those of key and value must divide the query's";
      }
      throw new ShapeException(sizes);
    }
  }

  /** Refuses masks of a type or shape that PyTorch refuses. */
  static void mask(
      Tensor query, Tensor key, Tensor value, Tensor mask, boolean causal, double dropout) {
    DType type = mask.dtype();
    if (type != DType.BOOL && type != DType.FLOAT32 && type != query.dtype()) {
      throw new DTypeException(
          ("%s: the mask must be BOOL (true where a query sees a key), or FLOAT32 or of"
                  + " the query's type (what is added to the scores); was %s, the query %s;"
                  + " convert it with mask.to(DType.BOOL) or mask.to(DType.%s)")
              .formatted(OP, type, query.dtype(), query.dtype().name()));
    }
    int[] scores = scores(query, key);
    int[] m = mask.layout.shape;
    boolean fits = m.length <= scores.length;
    for (int i = 1; fits && i <= m.length; i++) {
      fits = m[m.length - i] == 1 || m[m.length - i] == scores[scores.length - i];
    }
    if (!fits) {
      throw Shapes.error(
          "%s: the mask of shape %s does not broadcast to the scores %s of query %s and key %s;"
              + " allowed are [%s, %s], the shape of the scores, and 1 in place of any size",
          OP, m, scores, query.layout.shape, key.layout.shape, query.size(-2), key.size(-2));
    }
    if (causal && (dropout != 0 || !bothApply(query, key, value, mask))) {
      throw new IllegalArgumentException(
          OP + ": give either a mask or causal, not both; the mask may hide later keys itself");
    }
    if (mask.isFloatingPoint() && Double.isNaN(mask.detach().sum().item()) && !warned) {
      warned = true;
      LoggerFactory.getLogger(AttentionChecks.class)
          .warn("{}: the mask holds NaN or +inf, which make rows NaN (often 0 * -inf)", OP);
    }
  }

  /** [..., queries, keys]. */
  private static int[] scores(Tensor query, Tensor key) {
    int[] q = query.layout.shape;
    int[] k = key.layout.shape.clone();
    k[k.length - 2] = 1;
    k[k.length - 1] = key.size(-2);
    int[] batch = q.clone();
    batch[q.length - 1] = 1;
    return Shapes.broadcast(OP, batch, k);
  }

  /** Where PyTorch takes a mask and causality together. */
  private static boolean bothApply(Tensor query, Tensor key, Tensor value, Tensor mask) {
    int[] q = query.layout.shape;
    int[] k = key.layout.shape;
    return q.length == 4
        && (mask.dim() == 2 || mask.dim() == 4)
        && !mask.requiresGrad()
        && Arrays.equals(k, value.layout.shape)
        && Arrays.equals(q, 0, 2, k, 0, 2);
  }

  private static String shapes(Tensor query, Tensor key, Tensor value) {
    return Shapes.format(query.layout.shape)
        + ", "
        + Shapes.format(key.layout.shape)
        + ", "
        + Shapes.format(value.layout.shape);
  }
}
