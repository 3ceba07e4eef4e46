package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Masks of scaled dot-product attention; numbers are PyTorch's. */
class AttentionMaskTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static Tensor attention(Tensor q, Tensor k, Tensor v, Tensor mask) {
    return Functional.scaledDotProductAttention(q, k, v, a -> a.attnMask(mask));
  }

  private static int[] shape(String text) {
    return text.isEmpty()
        ? new int[0]
        : Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  /** True where a query sees a key; the second sees none. */
  private static Tensor seen() {
    return Tensor.of(
        new boolean[] {true, false, true, false, false, false, true, true, true}, 3, 3);
  }

  private static Tensor additive(Tensor seen, DType type) {
    return Tensor.zeros(type, seen.shape()).maskedFill(seen.logicalNot(), -INF);
  }

  private static Tensor[] operands(DType type, int... shape) {
    Facula.manualSeed(0);
    Tensor[] operands = new Tensor[3];
    Arrays.setAll(operands, i -> Tensor.randn(type, shape).requiresGrad_(true));
    return operands;
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"FLOAT32", "FLOAT64"})
  void aRowWithoutKeysIsZeroAndHasNoGradient(DType type) {
    double[] y = {-0.775903841, 0.898233114, 0, 0, -0.897292481, 0.275014452};
    double[] dq = {0.062064390, 0.040714334, 0, 0, 0.063737425, 0.113088850};
    double[] dk = {0.045289434, -0.083147148, 0.153090577, 0.197424956, -0.198380010, -0.114277807};
    double[] dm = {0.087773863, 0, -0.087773863, 0, 0, 0, 0.065660474, -0.199629608, 0.133969134};
    for (int[] shape : new int[][] {{1, 1, 3, 2}, {1, 3, 2}, {3, 2}}) {
      for (Tensor mask :
          List.of(
              seen(),
              additive(seen(), type),
              additive(seen(), type).requiresGrad_(true),
              additive(seen(), DType.FLOAT32))) {
        Tensor[] o = operands(DType.FLOAT64, shape);
        for (int i = 0; i < 3; i++) {
          o[i] = o[i].detach().to(type).requiresGrad_(true);
        }
        Tensor result = attention(o[0], o[1], o[2], mask);
        result.sum().backward();
        assertArrayEquals(y, result.toDoubleArray(), 1e-6);
        assertArrayEquals(dq, o[0].grad().toDoubleArray(), 1e-6);
        assertArrayEquals(dk, o[1].grad().toDoubleArray(), 1e-6);
        assertFalse(o[2].grad().isnan().any().toBooleanArray()[0]);
        if (mask.requiresGrad()) {
          assertArrayEquals(dm, mask.grad().toDoubleArray(), 1e-6);
        }
      }
    }
  }

  @Test
  void aRowWithoutKeysHasDerivativesOfBothOrders() {
    Tensor[] o = operands(DType.FLOAT64, 2, 3, 2);
    GradCheck.check(t -> List.of(attention(t.get(0), t.get(1), t.get(2), seen())), List.of(o));
    GradCheck.gradgradcheck(
        t -> List.of(attention(t.get(0), t.get(1), t.get(2), seen())), List.of(o));
  }

  /** Many rows: those that see keys are as if the others were not there. */
  @ParameterizedTest
  @CsvSource({"FLOAT32,1e-5", "FLOAT64,1e-12"})
  void closedRowsChangeNothingElse(DType type, double tolerance) {
    for (double dropout : new double[] {0, 1e-30}) {
      Tensor[] o = operands(type, 2, 3, 70, 16);
      Tensor open = Tensor.arange(70).remainder(3).ne(0);
      Tensor mask = open.reshape(70, 1);
      Tensor y =
          Functional.scaledDotProductAttention(
              o[0], o[1], o[2], a -> a.attnMask(mask).dropoutP(dropout));
      y.square().sum().backward();
      Tensor[] p = operands(type, 2, 3, 70, 16);
      Tensor few = p[0].indexSelect(2, open.nonzero().squeeze(1));
      Tensor expected = Functional.scaledDotProductAttention(few, p[1], p[2]);
      expected.square().sum().backward();
      Tensor rows = open.nonzero().squeeze(1);
      assertArrayEquals(
          expected.toDoubleArray(), y.indexSelect(2, rows).toDoubleArray(), tolerance);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(
            p[i].grad().toDoubleArray(), o[i].grad().toDoubleArray(), 100 * tolerance);
      }
      Tensor closed = open.logicalNot().nonzero().squeeze(1);
      assertEquals(0, y.indexSelect(2, closed).abs().sum().item());
    }
  }

  /** In one operation and in several: a row of scores of -inf alone is closed without a mask. */
  @ParameterizedTest
  @ValueSource(ints = {3, 130})
  void scoresOfMinusInfinityCloseARow(int keys) {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor q = Tensor.ones(type, 2, 5, 4);
      q.select(1, 2).fill_(-INF);
      Tensor k = Tensor.rand(type, 2, keys, 4).add(0.1);
      Tensor v = Tensor.ones(type, 2, keys, 4);
      Tensor mask = Tensor.ones(DType.BOOL, 5, keys);
      for (Tensor y :
          List.of(Functional.scaledDotProductAttention(q, k, v), attention(q, k, v, mask))) {
        assertEquals(0, y.select(1, 2).abs().sum().item());
        assertArrayEquals(
            Tensor.ones(DType.FLOAT64, 8).toDoubleArray(),
            y.select(1, 4).reshape(8).toDoubleArray(),
            1e-6);
      }
    }
  }

  /** PyTorch makes additive masks of boolean ones: what hides a key does not hide its NaN. */
  @Test
  void nanStaysNaN() {
    Tensor[] o = operands(DType.FLOAT32, 1, 3, 2);
    Tensor mask = Tensor.zeros(3, 3);
    mask.select(0, 1).fill_(Double.NaN);
    Tensor y = attention(o[0], o[1], o[2], mask);
    assertArrayEquals(
        new boolean[] {false, true, false}, y.select(2, 0).isnan().reshape(3).toBooleanArray());
    Tensor k = o[1].detach().clone();
    k.select(1, 2).fill_(Double.NaN);
    Tensor hidden = Tensor.of(new boolean[] {true, true, false}, 1, 3);
    assertTrue(attention(o[0], k, o[2], hidden).isnan().all().toBooleanArray()[0]);
  }

  @ParameterizedTest
  @EnumSource(
      value = DType.class,
      names = {"INT64", "INT32", "UINT8", "FLOAT64"})
  void masksOfOtherTypesAreRefused(DType type) {
    Tensor[] o = operands(DType.FLOAT32, 2, 3, 5, 4);
    for (double dropout : new double[] {0, 0.5}) {
      DTypeException e =
          assertThrows(
              DTypeException.class,
              () ->
                  Functional.scaledDotProductAttention(
                      o[0],
                      o[1],
                      o[2],
                      a -> a.attnMask(Tensor.zeros(type, 5, 5)).dropoutP(dropout)));
      assertTrue(
          e.getMessage().startsWith("scaledDotProductAttention: the mask must be BOOL")
              && e.getMessage().contains("was " + type),
          e.getMessage());
    }
  }

  @Test
  void aNarrowMaskServesWideQueries() {
    Tensor[] o = operands(DType.FLOAT64, 2, 3, 4);
    Tensor mask = Tensor.randn(3, 3);
    Tensor y = attention(o[0], o[1], o[2], mask);
    assertEquals(DType.FLOAT64, y.dtype());
    assertArrayEquals(
        attention(o[0], o[1], o[2], mask.to(DType.FLOAT64)).toDoubleArray(), y.toDoubleArray());
  }

  @ParameterizedTest
  @CsvSource({
    "2 3 5 4,5 6",
    "2 3 5 4,1 6",
    "2 3 5 4,5 1",
    "2 3 5 4,3 5 6",
    "2 3 5 4,2 1 1 6",
    "2 3 5 4,2 3 5 6",
    "2 3 5 4,2 3 5 1",
    "3 5 4,6",
    "3 5 4,1",
    "3 5 4,''",
    "3 5 4,3 1 6",
    "5 4,5 6",
    "5 4,1 6",
    "2 2 3 5 4,2 1 1 6",
    "2 2 3 5 4,1 2 3 5 6"
  })
  void masksBroadcast(String queries, String masks) {
    int[] q = shape(queries);
    int[] k = q.clone();
    k[k.length - 2] = 6;
    Tensor query = Tensor.randn(q);
    Tensor key = Tensor.randn(k);
    Tensor mask = Tensor.randn(shape(masks));
    int[] scores = q.clone();
    scores[q.length - 1] = 6;
    assertArrayEquals(
        attention(query, key, key, mask.expand(scores)).toFloatArray(),
        attention(query, key, key, mask).toFloatArray());
    Tensor seen = mask.gt(0);
    assertArrayEquals(
        attention(query, key, key, seen.expand(scores)).toFloatArray(),
        attention(query, key, key, seen).toFloatArray());
  }

  @ParameterizedTest
  @CsvSource({
    "2 3 5 4,6 5",
    "2 3 5 4,30",
    "2 3 5 4,5",
    "2 3 5 4,0",
    "2 3 5 4,2 5 6",
    "2 3 5 4,1 2 3 5 6",
    "2 3 5 4,3 6 5",
    "3 5 4,2 5 6",
    "3 5 4,1 1 5 6",
    "5 4,1 5 6",
    "5 4,30",
    "2 2 3 5 4,4 1 1 5 6"
  })
  void masksOfOtherShapesAreRefused(String queries, String masks) {
    int[] q = shape(queries);
    int[] k = q.clone();
    k[k.length - 2] = 6;
    for (DType type : new DType[] {DType.FLOAT32, DType.BOOL}) {
      ShapeException e =
          assertThrows(
              ShapeException.class,
              () ->
                  attention(
                      Tensor.randn(q),
                      Tensor.randn(k),
                      Tensor.randn(k),
                      Tensor.zeros(type, shape(masks))));
      assertTrue(
          e.getMessage()
              .startsWith(
                  "scaledDotProductAttention: the mask of shape "
                      + Arrays.toString(shape(masks))
                      + " does not broadcast to the scores "),
          e.getMessage());
      assertTrue(e.getMessage().contains("[5, 6]"), e.getMessage());
    }
  }

  @Test
  void headsOfOtherNumbersAreNamed() {
    Tensor q = Tensor.randn(1, 8, 5, 4);
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () ->
                Functional.scaledDotProductAttention(
                    q, Tensor.randn(1, 2, 5, 4), Tensor.randn(1, 2, 5, 4)));
    assertEquals(
        "scaledDotProductAttention: heads differ: 8 in [1, 8, 5, 4], 2 in the key [1, 2, 5, 4];"
            + " for grouped heads (PyTorch's enable_gqa) repeat those of key and value:"
            + " key.repeatInterleave(4, -3)",
        e.getMessage());
    e =
        assertThrows(
            ShapeException.class,
            () ->
                Functional.scaledDotProductAttention(
                    q, Tensor.randn(1, 3, 5, 4), Tensor.randn(1, 3, 5, 4)));
    assertTrue(e.getMessage().endsWith("must divide the query's"), e.getMessage());
    e =
        assertThrows(
            ShapeException.class,
            () ->
                Functional.scaledDotProductAttention(
                    Tensor.randn(2, 8, 5, 4), Tensor.randn(3, 8, 5, 4), Tensor.randn(3, 8, 5, 4)));
    assertTrue(e.getMessage().contains("batches differ: 2 in"), e.getMessage());
    e =
        assertThrows(
            ShapeException.class,
            () ->
                Functional.scaledDotProductAttention(
                    Tensor.randn(1, 8, 5, 4), Tensor.randn(1, 8, 5, 4), Tensor.randn(1, 2, 5, 4)));
    assertTrue(e.getMessage().contains("value.repeatInterleave(4, -3)"), e.getMessage());
  }

  @Test
  void operandsOfOtherTypesAreRefused() {
    Tensor x = Tensor.randn(2, 3, 4);
    assertThrows(
        DTypeException.class,
        () -> Functional.scaledDotProductAttention(x, x.to(DType.FLOAT64), x));
    Tensor whole = Tensor.ones(DType.INT64, 2, 3, 4);
    assertThrows(
        DTypeException.class, () -> Functional.scaledDotProductAttention(whole, whole, whole));
  }

  /** As in PyTorch, where both apply to queries, keys and values of [batch, heads, steps, n]. */
  @Test
  void causalityWithAMask() {
    Tensor[] o = operands(DType.FLOAT32, 2, 3, 5, 4);
    Tensor mask = Tensor.randn(5, 5);
    Tensor y =
        Functional.scaledDotProductAttention(
            o[0], o[1], o[2], a -> a.attnMask(mask).isCausal(true));
    Tensor both = mask.maskedFill(Tensor.ones(DType.BOOL, 5, 5).triu(1), -INF);
    assertArrayEquals(attention(o[0], o[1], o[2], both).toFloatArray(), y.toFloatArray());
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Functional.scaledDotProductAttention(
                o[0], o[1], o[2], a -> a.attnMask(mask).dropoutP(0.1).isCausal(true)));
    Tensor[] three = operands(DType.FLOAT32, 3, 5, 4);
    assertThrows(
        IllegalArgumentException.class,
        () ->
            Functional.scaledDotProductAttention(
                three[0], three[1], three[2], a -> a.attnMask(mask).isCausal(true)));
  }

  @Test
  void noKeysGiveZeros() {
    Tensor q = Tensor.randn(1, 2, 5, 4).requiresGrad_(true);
    Tensor k = Tensor.randn(1, 2, 0, 4);
    for (Tensor mask : new Tensor[] {null, Tensor.zeros(5, 0)}) {
      Tensor y = attention(q, k, k, mask);
      assertArrayEquals(new float[40], y.toFloatArray());
      y.sum().backward();
      assertArrayEquals(new float[40], q.grad().toFloatArray());
    }
  }

  /** PyTorch computes with a NaN in a mask without a word; here a log line names the mask. */
  @Test
  void aNaNInAMaskIsNamedOnce() {
    Logger log = (Logger) LoggerFactory.getLogger(AttentionChecks.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    AttentionChecks.warned = false;
    Tensor x = Tensor.randn(2, 3, 4);
    Tensor mask = Tensor.zeros(3, 3).mul(-INF).requiresGrad_(true);
    try {
      attention(x, x, x, additive(seen(), DType.FLOAT32));
      attention(x, x, x, mask);
      attention(x, x, x, mask);
    } finally {
      log.detachAppender(lines);
    }
    assertEquals(1, lines.list.size());
    assertEquals(
        "scaledDotProductAttention: the mask holds NaN or +inf, which make rows NaN (often 0 *"
            + " -inf)",
        lines.list.get(0).getFormattedMessage());
  }
}
