package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Dropout goes through the elements in the order of memory. The first results and the sums of
 * absolute values of batch-first layers in training are those of PyTorch 2.13 from seed 0.
 */
final class DropoutOrderTest {
  private static void check(double[] first, double sum, Supplier<Tensor> work) {
    Facula.manualSeed(0);
    Tensor y = work.get();
    double[] actual = y.toDoubleArray();
    double total = 0;
    for (double v : actual) {
      total += Math.abs(v);
    }
    double[] head = java.util.Arrays.copyOf(actual, first.length);
    assertArrayEquals(first, head, 2e-6);
    assertEquals(sum, total, 1e-5);
  }

  @Test
  void encoderLayer() {
    check(
        new double[] {-0.115743, -0.076546, -0.438584, -1.894447},
        38.1098682683878,
        () -> {
          var layer = new TransformerEncoderLayer(8, 2, o -> o.batchFirst(true).dropout(0.1));
          return layer.forward(Tensor.randn(2, 3, 8));
        });
    check(
        new double[] {1.027269, 0.43948, -0.520909, -1.288154},
        38.810136791318655,
        () -> {
          var layer =
              new TransformerEncoderLayer(
                  8, 2, o -> o.dimFeedforward(16).batchFirst(true).dropout(0.1).normFirst(true));
          return layer.forward(Tensor.randn(2, 3, 8));
        });
  }

  @Test
  void decoderLayer() {
    check(
        new double[] {-0.835142, 0.954723, -0.544841, -0.355883},
        41.65566821896937,
        () -> {
          var layer =
              new TransformerDecoderLayer(
                  8, 2, o -> o.dimFeedforward(16).batchFirst(true).dropout(0.1));
          Tensor x = Tensor.randn(2, 3, 8);
          return layer.forward(x, Tensor.randn(2, 4, 8));
        });
  }

  @Test
  void transformer() {
    check(
        new double[] {0.286003, -0.281063, 0.168685, -1.460694},
        54.025878112763166,
        () -> {
          var net =
              new Transformer(8, 2, 2, 2, o -> o.dimFeedforward(16).batchFirst(true).dropout(0.1));
          Tensor x = Tensor.randn(2, 3, 8);
          return net.forward(x, Tensor.randn(2, 4, 8));
        });
  }

  @Test
  void attention() {
    check(
        new double[] {0, -0.292281, 0, -0.080524},
        11.309734832495451,
        () -> {
          var layer = new MultiheadAttention(8, 2, o -> o.dropout(0.3).batchFirst(true));
          Tensor x = Tensor.randn(2, 5, 8);
          return Functional.dropout(layer.forward(x, x, x).output(), 0.5, true);
        });
  }

  @Test
  void recurrentLayers() {
    check(
        new double[] {-0.242631, 0, 0, 0},
        4.608463250100613,
        () -> {
          var layer = new LSTM(4, 3, o -> o.numLayers(2).batchFirst(true).dropout(0.5));
          Tensor y = layer.forward(Tensor.randn(2, 5, 4), null).output();
          return Functional.dropout(y, 0.5, true);
        });
    check(
        new double[] {0, 0, 0, -0.331127},
        13.350036337971687,
        () -> {
          var layer =
              new GRU(4, 3, o -> o.numLayers(2).batchFirst(true).dropout(0.5).bidirectional(true));
          Tensor y = layer.forward(Tensor.randn(2, 5, 4), null).output();
          return Functional.dropout(y, 0.5, true);
        });
  }
}
