package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.optim.Adam;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Training gives the same bits for any number of threads: masks, gradients, statistics, steps. */
final class ThreadBitsTest {
  /** All parameters and buffers after some steps on 1, 2, 3, 8 and 16 threads. */
  private static <M extends Module> void check(Supplier<M> make, Function<M, Tensor> loss) {
    int before = Facula.getNumThreads();
    float[] alone = null;
    try {
      for (int threads : new int[] {1, 2, 3, 8, 16}) {
        Facula.setNumThreads(threads);
        Facula.manualSeed(0);
        M net = make.get();
        var optimizer = new Adam(net.parameters(), 1e-3);
        for (int step = 0; step < 3; step++) {
          optimizer.zeroGrad();
          loss.apply(net).backward();
          optimizer.step();
        }
        float[] state =
            Tensor.cat(
                    net.stateDict().values().stream()
                        .map(t -> t.to(DType.FLOAT32).flatten())
                        .toList(),
                    0)
                .toFloatArray();
        alone = alone == null ? state : alone;
        assertArrayEquals(alone, state, threads + " threads");
      }
    } finally {
      Facula.setNumThreads(before);
    }
  }

  @Test
  void imagesWithTheirChannelsFirstOrLast() {
    for (boolean last : new boolean[] {false, true}) {
      check(
          () ->
              new Sequential(
                  new Conv2d(3, 16, 3, o -> o.padding(1)),
                  new BatchNorm2d(16),
                  new ReLU(),
                  new MaxPool2d(2, 2),
                  new Dropout(0.2),
                  new Conv2d(16, 40, 3, o -> o.padding(1)),
                  new GroupNorm(4, 40),
                  new AdaptiveAvgPool2d(1, 1),
                  new Flatten(),
                  new Linear(40, 10)),
          net -> {
            Tensor x = Tensor.randn(24, 32, 32, 3).permute(0, 3, 1, 2);
            Tensor labels = Tensor.arange(24).remainder(10);
            return Functional.crossEntropy(net.forward(last ? x : x.contiguous()), labels);
          });
    }
  }

  @Test
  void sequences() {
    check(
        () -> new TransformerEncoderLayer(64, 4, o -> o.batchFirst(true).dropout(0.1)),
        net -> net.forward(Tensor.randn(24, 40, 64)).square().mean());
    check(
        () -> new LSTM(48, 64, o -> o.numLayers(2).batchFirst(true).dropout(0.3)),
        net -> net.forward(Tensor.randn(32, 30, 48), null).output().square().mean());
  }
}
