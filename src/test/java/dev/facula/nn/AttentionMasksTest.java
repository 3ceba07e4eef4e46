package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.facula.DType;
import dev.facula.DTypeException;
import dev.facula.Facula;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The masks of layers with attention; numbers, and what is an error, are PyTorch's. */
class AttentionMasksTest {
  /** Batch, steps of the target, steps of the source, features, heads. */
  private static final int N = 3;

  private static final int L = 4;
  private static final int S = 5;
  private static final int E = 8;
  private static final int H = 2;

  private static int[] shape(String text) {
    return Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
  }

  private static Tensor input(boolean batchFirst, int steps) {
    return batchFirst ? Tensor.randn(N, steps, E) : Tensor.randn(steps, N, E);
  }

  private static void refuses(
      Class<? extends IllegalArgumentException> kind, String start, Executable call) {
    IllegalArgumentException e = assertThrows(kind, call);
    assertTrue(e.getMessage().startsWith(start), e.getMessage());
  }

  private static long nans(Tensor x) {
    return x.isnan().to(DType.INT64).sum().itemLong();
  }

  @ParameterizedTest
  @CsvSource({
    // mask, without weights: output, sample 0, |dx|, |dw|; with: NaN in x.grad, in the weights
    "padding,FLOAT32,-2.1951074,-2.1951074,3.0363691,29.4661036,12,9",
    "padding,FLOAT64,-2.1951074,-2.1951074,3.0363691,29.4661036,12,9",
    "additive,FLOAT32,-2.1951074,-2.1951074,3.0363691,29.4661036,12,9",
    "additive,FLOAT64,-2.1951074,-2.1951074,3.0363691,29.4661036,12,9",
    "attention,FLOAT32,-1.1956620,-1.1051641,3.9846184,11.3568784,24,6",
    "attention,FLOAT64,-1.1956620,-1.1051641,3.9846184,11.3568784,24,6",
    "both,FLOAT32,-0.9710738,-0.9710738,1.9052021,16.7792838,24,12",
    "both,FLOAT64,-0.9710738,-0.9710738,1.9052021,16.7792838,24,12"
  })
  void aQueryWithoutKeys(
      String masks, DType type, double y, double first, double dx, double dw, int dxNaN, int wNaN) {
    Facula.manualSeed(0);
    MultiheadAttention m = new MultiheadAttention(4, 2, o -> o.batchFirst(true));
    m.to(type);
    Tensor x = Tensor.randn(2, 3, 4).to(type).requiresGrad_(true);
    Tensor padding = Tensor.of(new boolean[] {false, false, true, true, true, true}, 2, 3);
    Tensor additive = Tensor.zeros(type, 2, 3).maskedFill(padding, Double.NEGATIVE_INFINITY);
    Tensor attention =
        Tensor.of(new boolean[] {false, true, true, true, true, true, false, false, false}, 3, 3);
    Consumer<MultiheadAttention.Call> call =
        switch (masks) {
          case "padding" -> c -> c.keyPaddingMask(padding);
          case "additive" -> c -> c.keyPaddingMask(additive);
          case "attention" -> c -> c.attnMask(attention);
          default -> c -> c.keyPaddingMask(padding).attnMask(attention);
        };
    Tensor weight = m.parameters().get(0);
    Tensor output = m.forward(x, x, x, call.andThen(c -> c.needWeights(false))).output();
    output.sum().backward();
    assertEquals(y, output.sum().item(), 1e-5);
    assertEquals(first, output.select(0, 0).sum().item(), 1e-5);
    assertEquals(dx, x.grad().abs().sum().item(), 1e-5);
    assertEquals(dw, weight.grad().abs().sum().item(), 1e-4);
    m.zeroGrad();
    x.setGrad(null);
    MultiheadAttention.Result r = m.forward(x, x, x, call);
    r.output().sum().backward();
    assertEquals(wNaN, nans(r.weights()));
    assertEquals(dxNaN, nans(x.grad()));
    assertEquals(48, nans(weight.grad()));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shapesOfKeyPaddingMask(boolean batchFirst) {
    MultiheadAttention m = new MultiheadAttention(E, H, o -> o.batchFirst(batchFirst));
    Tensor q = input(batchFirst, L);
    Tensor k = input(batchFirst, S);
    for (DType type : List.of(DType.BOOL, DType.FLOAT32)) {
      for (boolean weights : new boolean[] {true, false}) {
        m.forward(q, k, k, c -> c.keyPaddingMask(Tensor.zeros(type, N, S)).needWeights(weights));
        for (String s : List.of("5 3", "15", "5", "1 5", "3 1", "3 1 1 5", "1 3 5", "0 5", "3 4")) {
          refuses(
              ShapeException.class,
              "MultiheadAttention: keyPaddingMask has shape "
                  + Arrays.toString(shape(s))
                  + ", expected [3, 5] (batch, keys)",
              () ->
                  m.forward(
                      q,
                      k,
                      k,
                      c -> c.keyPaddingMask(Tensor.zeros(type, shape(s))).needWeights(weights)));
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shapesOfAttnMask(boolean batchFirst) {
    MultiheadAttention m = new MultiheadAttention(E, H, o -> o.batchFirst(batchFirst));
    Tensor q = input(batchFirst, L);
    Tensor k = input(batchFirst, S);
    for (boolean weights : new boolean[] {true, false}) {
      Tensor one = Tensor.randn(L, S);
      Tensor y = m.forward(q, k, k, c -> c.attnMask(one).needWeights(weights)).output();
      Tensor each = one.expand(N * H, L, S);
      assertArrayEquals(
          y.toFloatArray(),
          m.forward(q, k, k, c -> c.attnMask(each).needWeights(weights)).output().toFloatArray());
      for (String s :
          List.of(
              "5 4", "20", "5", "1 5", "4 1", "1 4 5", "3 4 5", "2 4 5", "3 2 4 5", "6 5 4",
              "6 1 5", "1 1 4 5")) {
        refuses(
            ShapeException.class,
            "MultiheadAttention: attnMask has shape "
                + Arrays.toString(shape(s))
                + ", expected [4, 5] (queries, keys) or [6, 4, 5] (batch times heads, queries,"
                + " keys)",
            () -> m.forward(q, k, k, c -> c.attnMask(Tensor.zeros(shape(s))).needWeights(weights)));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shapesWithoutABatch(boolean batchFirst) {
    MultiheadAttention m = new MultiheadAttention(E, H, o -> o.batchFirst(batchFirst));
    Tensor q = Tensor.randn(L, E);
    Tensor k = Tensor.randn(S, E);
    m.forward(
        q,
        k,
        k,
        c -> c.keyPaddingMask(Tensor.zeros(DType.BOOL, S)).attnMask(Tensor.zeros(H, L, S)));
    m.forward(q, k, k, c -> c.attnMask(Tensor.zeros(L, S)).needWeights(false));
    for (String s : List.of("1 5", "5 1", "1", "4")) {
      refuses(
          ShapeException.class,
          "MultiheadAttention: keyPaddingMask has shape "
              + Arrays.toString(shape(s))
              + ", expected [5] (keys)",
          () -> m.forward(q, k, k, c -> c.keyPaddingMask(Tensor.zeros(DType.BOOL, shape(s)))));
    }
    for (String s : List.of("5 4", "1 4 5", "5", "1 2 4 5", "2 5 4")) {
      refuses(
          ShapeException.class,
          "MultiheadAttention: attnMask has shape "
              + Arrays.toString(shape(s))
              + ", expected [4, 5] (queries, keys) or [2, 4, 5] (heads, queries, keys)",
          () -> m.forward(q, k, k, c -> c.attnMask(Tensor.zeros(DType.BOOL, shape(s)))));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"INT64", "INT32", "UINT8"})
  void integersAreNoMask(DType type) {
    MultiheadAttention m = new MultiheadAttention(E, H);
    Tensor q = input(false, L);
    Tensor k = input(false, S);
    for (boolean weights : new boolean[] {true, false}) {
      refuses(
          DTypeException.class,
          "MultiheadAttention: attnMask must be BOOL",
          () -> m.forward(q, k, k, c -> c.attnMask(Tensor.zeros(type, L, S)).needWeights(weights)));
      refuses(
          DTypeException.class,
          "MultiheadAttention: keyPaddingMask must be BOOL",
          () ->
              m.forward(
                  q, k, k, c -> c.keyPaddingMask(Tensor.zeros(type, N, S)).needWeights(weights)));
    }
  }

  /** Which floating-point masks go together with which layer. */
  @ParameterizedTest
  @CsvSource({
    // layer, attnMask, keyPaddingMask, with weights, without
    "FLOAT32,FLOAT64,,false,false",
    "FLOAT32,,FLOAT64,false,false",
    "FLOAT32,BOOL,FLOAT64,false,false",
    "FLOAT32,FLOAT64,BOOL,false,false",
    "FLOAT32,FLOAT32,FLOAT64,false,false",
    "FLOAT32,FLOAT32,BOOL,true,true",
    "FLOAT64,FLOAT32,,false,true",
    "FLOAT64,,FLOAT32,false,true",
    "FLOAT64,BOOL,FLOAT32,true,true",
    "FLOAT64,FLOAT32,BOOL,true,true",
    "FLOAT64,FLOAT32,FLOAT64,true,true",
    "FLOAT64,FLOAT32,FLOAT32,false,true",
    "FLOAT64,FLOAT64,FLOAT32,true,true"
  })
  void floatingPointTypesOfMasks(
      DType type, DType attention, DType padding, boolean weights, boolean without) {
    MultiheadAttention m = new MultiheadAttention(E, H);
    m.to(type);
    Tensor q = input(false, L).to(type);
    Tensor k = input(false, S).to(type);
    Tensor mask = attention == null ? null : Tensor.zeros(attention, L, S);
    Tensor keys = padding == null ? null : Tensor.zeros(padding, N, S);
    for (boolean wanted : new boolean[] {true, false}) {
      Executable call =
          () ->
              assertEquals(
                  type,
                  m.forward(q, k, k, c -> c.attnMask(mask).keyPaddingMask(keys).needWeights(wanted))
                      .output()
                      .dtype());
      if (wanted ? weights : without) {
        assertDoesNotThrow(call);
      } else {
        DTypeException e = assertThrows(DTypeException.class, call);
        assertTrue(
            e.getMessage().contains("convert it with to(DType." + type.name()), e.getMessage());
      }
    }
  }

  @Test
  void operandsThatDoNotBelongTogether() {
    MultiheadAttention m = new MultiheadAttention(E, H, o -> o.batchFirst(true));
    Tensor q = input(true, L);
    Tensor k = input(true, S);
    for (Tensor[] o :
        new Tensor[][] {
          {q, Tensor.randn(N + 1, S, E), Tensor.randn(N + 1, S, E)},
          {q, Tensor.randn(1, S, E), Tensor.randn(1, S, E)},
          {q, k, k.narrow(1, 0, S - 1)},
          {q, k.narrow(2, 0, 5), k.narrow(2, 0, 5)},
          {q, Tensor.randn(S, E), Tensor.randn(S, E)},
          {Tensor.randn(E), k, k}
        }) {
      refuses(
          ShapeException.class,
          "MultiheadAttention(8, 2 heads): expected query, key and value",
          () -> m.forward(o[0], o[1], o[2]));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void encodersNameTheirMasks(boolean batchFirst) {
    TransformerEncoderLayer layer =
        new TransformerEncoderLayer(E, H, o -> o.dimFeedforward(4).batchFirst(batchFirst));
    TransformerEncoder encoder =
        new TransformerEncoder(
            () ->
                new TransformerEncoderLayer(E, H, o -> o.dimFeedforward(4).batchFirst(batchFirst)),
            2,
            null);
    Tensor x = input(batchFirst, S);
    Tensor wrong = Tensor.zeros(DType.BOOL, S, N);
    Tensor right = Tensor.zeros(DType.BOOL, N, S);
    layer.forward(x, Tensor.zeros(N * H, S, S), right);
    encoder.forward(x, Tensor.zeros(S, S), right);
    String padding =
        "srcKeyPaddingMask has shape [5, 3], expected [3, 5] (batch, keys); it is transp";
    refuses(
        ShapeException.class,
        "TransformerEncoderLayer: " + padding,
        () -> layer.forward(x, null, wrong));
    refuses(
        ShapeException.class,
        "TransformerEncoder: " + padding,
        () -> encoder.forward(x, null, wrong));
    String mask = "mask has shape [3, 5, 5], expected [5, 5] (queries, keys) or [6, 5, 5]";
    refuses(
        ShapeException.class,
        "TransformerEncoderLayer: srcM" + mask.substring(1),
        () -> layer.forward(x, Tensor.zeros(N, S, S), null));
    refuses(
        ShapeException.class,
        "TransformerEncoder: " + mask,
        () -> encoder.forward(x, Tensor.zeros(N, S, S), null));
    refuses(
        DTypeException.class,
        "TransformerEncoderLayer: srcMask must be BOOL",
        () -> layer.forward(x, Tensor.zeros(DType.INT64, S, S), null));
    refuses(
        DTypeException.class,
        "TransformerEncoder: srcKeyPaddingMask must be BOOL",
        () -> encoder.forward(x, null, Tensor.zeros(DType.INT64, N, S)));
    refuses(
        ShapeException.class,
        "TransformerEncoderLayer: srcKeyPaddingMask has shape [1, 5], expected [5] (keys)",
        () -> layer.forward(Tensor.randn(S, E), null, Tensor.zeros(DType.BOOL, 1, S)));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void decodersNameTheirMasks(boolean batchFirst) {
    Consumer<TransformerOptions> options = o -> o.dimFeedforward(4).batchFirst(batchFirst);
    TransformerDecoderLayer layer = new TransformerDecoderLayer(E, H, options);
    TransformerDecoder decoder =
        new TransformerDecoder(() -> new TransformerDecoderLayer(E, H, options), 2, null);
    Tensor x = input(batchFirst, L);
    Tensor memory = input(batchFirst, S);
    Consumer<TransformerDecoderLayer.Masks> right =
        m ->
            m.tgtMask(Tensor.zeros(L, L))
                .memoryMask(Tensor.zeros(N * H, L, S))
                .tgtKeyPaddingMask(Tensor.zeros(DType.BOOL, N, L))
                .memoryKeyPaddingMask(Tensor.zeros(DType.BOOL, N, S));
    layer.forward(x, memory, right);
    decoder.forward(x, memory, right);
    List<Consumer<TransformerDecoderLayer.Masks>> wrong =
        List.of(
            m -> m.tgtMask(Tensor.zeros(L, S)),
            m -> m.memoryMask(Tensor.zeros(S, L)),
            m -> m.tgtKeyPaddingMask(Tensor.zeros(DType.BOOL, L, N)),
            m -> m.memoryKeyPaddingMask(Tensor.zeros(DType.BOOL, N, L)));
    List<String> errors =
        List.of(
            "tgtMask has shape [4, 5], expected [4, 4] (queries, keys) or [6, 4, 4]",
            "memoryMask has shape [5, 4], expected [4, 5] (queries, keys) or [6, 4, 5]",
            "tgtKeyPaddingMask has shape [4, 3], expected [3, 4] (batch, keys)",
            "memoryKeyPaddingMask has shape [3, 4], expected [3, 5] (batch, keys)");
    for (int i = 0; i < 4; i++) {
      Consumer<TransformerDecoderLayer.Masks> masks = right.andThen(wrong.get(i));
      refuses(
          ShapeException.class,
          "TransformerDecoderLayer: " + errors.get(i),
          () -> layer.forward(x, memory, masks));
      refuses(
          ShapeException.class,
          "TransformerDecoder: " + errors.get(i),
          () -> decoder.forward(x, memory, masks));
    }
    refuses(
        DTypeException.class,
        "TransformerDecoderLayer: memoryMask must be BOOL",
        () -> layer.forward(x, memory, m -> m.memoryMask(Tensor.zeros(DType.INT64, L, S))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void transformersNameTheirMasks(boolean batchFirst) {
    Transformer net = new Transformer(E, H, 1, 1, o -> o.dimFeedforward(4).batchFirst(batchFirst));
    Tensor source = input(batchFirst, S);
    Tensor target = input(batchFirst, L);
    Consumer<Transformer.Masks> right =
        m ->
            m.srcMask(Tensor.zeros(S, S))
                .srcKeyPaddingMask(Tensor.zeros(DType.BOOL, N, S))
                .tgtMask(Tensor.zeros(L, L))
                .memoryMask(Tensor.zeros(L, S))
                .tgtKeyPaddingMask(Tensor.zeros(DType.BOOL, N, L))
                .memoryKeyPaddingMask(Tensor.zeros(DType.BOOL, N, S));
    net.forward(source, target, right);
    List<Consumer<Transformer.Masks>> wrong =
        List.of(
            m -> m.srcMask(Tensor.zeros(N, S, S)),
            m -> m.srcKeyPaddingMask(Tensor.zeros(DType.BOOL, S, N)),
            m -> m.tgtMask(Tensor.zeros(L)),
            m -> m.memoryMask(Tensor.zeros(S, L)),
            m -> m.tgtKeyPaddingMask(Tensor.zeros(DType.BOOL, L)),
            m -> m.memoryKeyPaddingMask(Tensor.zeros(DType.BOOL, 1, S)),
            m -> m.tgtMask(Tensor.zeros(S, S)).tgtIsCausal(true));
    List<String> names =
        List.of(
            "srcMask has shape [3, 5, 5]",
            "srcKeyPaddingMask has shape [5, 3]",
            "tgtMask has shape [4]",
            "memoryMask has shape [5, 4]",
            "tgtKeyPaddingMask has shape [4]",
            "memoryKeyPaddingMask has shape [1, 5]",
            "tgtMask has shape [5, 5]");
    for (int i = 0; i < names.size(); i++) {
      Consumer<Transformer.Masks> masks = right.andThen(wrong.get(i));
      refuses(
          ShapeException.class,
          "Transformer: " + names.get(i),
          () -> net.forward(source, target, masks));
    }
    refuses(
        DTypeException.class,
        "Transformer: srcKeyPaddingMask must be BOOL",
        () ->
            net.forward(source, target, m -> m.srcKeyPaddingMask(Tensor.zeros(DType.INT64, N, S))));
  }

  /** PyTorch computes with a NaN in a mask without a word; here a log line names the mask. */
  @ParameterizedTest
  @ValueSource(strings = {"attnMask", "keyPaddingMask"})
  void aNaNInAMaskIsNamedOnce(String name) {
    MultiheadAttention m = new MultiheadAttention(E, H);
    Tensor q = input(false, L);
    Tensor k = input(false, S);
    boolean attention = name.equals("attnMask");
    Tensor mask =
        attention
            ? Tensor.zeros(L, S).mul(Double.NEGATIVE_INFINITY) // 0 * -inf
            : Tensor.zeros(N, S).mul(Double.NEGATIVE_INFINITY);
    Logger log = (Logger) LoggerFactory.getLogger(AttentionMasks.class);
    ListAppender<ILoggingEvent> lines = new ListAppender<>();
    lines.start();
    log.addAppender(lines);
    AttentionMasks.warned = false;
    try {
      for (int round = 0; round < 2; round++) {
        for (boolean weights : new boolean[] {true, false}) {
          Tensor y =
              m.forward(
                      q,
                      k,
                      k,
                      c ->
                          (attention ? c.attnMask(mask) : c.keyPaddingMask(mask))
                              .needWeights(weights))
                  .output();
          assertEquals(y.numel(), nans(y));
        }
      }
      m.forward(q, k, k, c -> c.attnMask(Tensor.zeros(L, S).sub(Double.POSITIVE_INFINITY)));
    } finally {
      log.detachAppender(lines);
    }
    assertEquals(1, lines.list.size());
    assertEquals(
        "MultiheadAttention: " + name + " holds NaN or +inf, which make rows NaN (often 0 * -inf)",
        lines.list.get(0).getFormattedMessage());
  }
}
