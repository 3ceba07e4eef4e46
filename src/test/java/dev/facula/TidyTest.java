package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.BatchNorm2d;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Dropout;
import dev.facula.nn.GRU;
import dev.facula.nn.GroupNorm;
import dev.facula.nn.LSTM;
import dev.facula.nn.LayerNorm;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxPool2d;
import dev.facula.nn.Module;
import dev.facula.nn.RNN;
import dev.facula.nn.TransformerEncoderLayer;
import dev.facula.optim.Adam;
import dev.facula.optim.SGD;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What is made within {@link Facula#tidy} goes round, and nothing else changes. */
final class TidyTest {
  /** Layers whose derivatives keep what nobody else has, on tensors large enough to go round. */
  private static final class Net extends Module {
    private final Conv2d conv = register("conv", new Conv2d(3, 8, 3, o -> o.padding(1)));
    private final BatchNorm2d batch = register("batch", new BatchNorm2d(8));
    private final MaxPool2d pool = register("pool", new MaxPool2d(2));
    private final GroupNorm group = register("group", new GroupNorm(2, 8));
    private final LSTM lstm = register("lstm", new LSTM(256, 64));
    private final GRU gru = register("gru", new GRU(64, 64));
    private final RNN rnn = register("rnn", new RNN(64, 64));
    private final TransformerEncoderLayer encoder =
        register("encoder", new TransformerEncoderLayer(64, 4, o -> o.dimFeedforward(128)));
    private final LayerNorm layer = register("layer", new LayerNorm(512));
    private final Dropout dropout = register("dropout", new Dropout(0.3));
    private final Linear out = register("out", new Linear(512, 10));

    @Override
    public Tensor forward(Tensor x) {
      x = pool.forward(batch.forward(conv.forward(x)).relu());
      Tensor steps = group.forward(x).reshape(8, 16, 256);
      steps = rnn.forward(gru.forward(lstm.forward(steps)));
      x = layer.forward(encoder.forward(steps).transpose(0, 1).reshape(16, 512));
      return out.forward(dropout.forward(x));
    }
  }

  /** The losses of some steps, and the parameters and buffers after them. */
  private static List<double[]> training(boolean tidy) {
    Facula.manualSeed(0);
    Net net = new Net();
    SGD optimizer = new SGD(net.parameters(), 0.1, o -> o.momentum(0.9));
    CrossEntropyLoss criterion = new CrossEntropyLoss();
    Tensor x = Tensor.randn(16, 3, 32, 32);
    Tensor labels = Tensor.randint(0, 10, 16);
    List<double[]> result = new ArrayList<>();
    for (int step = 0; step < 4; step++) {
      optimizer.zeroGrad();
      Supplier<Tensor> forward = () -> criterion.forward(net.forward(x.mul(2)), labels);
      Tensor loss = tidy ? Facula.tidy(forward) : forward.get();
      loss.backward();
      optimizer.step();
      result.add(loss.toDoubleArray());
    }
    net.stateDict().values().forEach(t -> result.add(t.toDoubleArray()));
    return result;
  }

  @Test
  void aTrainingHasTheSameBits() {
    List<double[]> expected = training(false);
    List<double[]> actual = training(true);
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertArrayEquals(expected.get(i), actual.get(i), "value " + i);
    }
  }

  @Test
  void derivativesOfADerivativeHaveWhatTheyNeed() {
    Tensor x = Tensor.randn(64, 128).requiresGrad(true);
    Supplier<Tensor> slope =
        () -> {
          Tensor y = x.tanh().mul(x.sigmoid()).sum();
          return Autograd.grad(List.of(y), List.of(x), null, o -> o.createGraph(true)).get(0);
        };
    List<double[]> values = new ArrayList<>();
    for (Tensor g : List.of(slope.get(), Facula.tidy(slope))) {
      Tensor other = Tensor.full(DType.FLOAT32, Double.NaN, 64, 128); // might take its memory
      g.square().sum().backward();
      values.add(x.gradient().toDoubleArray());
      x.setGrad(null);
      assertTrue(other.isnan().all().item() == 1);
    }
    assertArrayEquals(values.get(0), values.get(1));
  }

  @Test
  void whatWasMadeBeforeOrReturnedStays() {
    Tensor before = Tensor.ones(8192);
    List<Tensor> within = new ArrayList<>();
    Tensor result =
        Facula.tidy(
            () -> {
              within.add(before.add(1));
              return Facula.tidy(() -> before.add(2).view(64, 128)).t();
            });
    Tensor next = before.mul(5);
    assertEquals(3 * 8192, result.sum().item());
    assertEquals(8192, before.sum().item());
    assertEquals(5 * 8192, next.sum().item());
    String message =
        assertThrows(IllegalStateException.class, () -> within.get(0).sum()).getMessage();
    assertTrue(message.contains("tidy"), message);
  }

  @Test
  void workWithoutAResultIsRefused() {
    String message =
        assertThrows(NullPointerException.class, () -> Facula.tidy(() -> null)).getMessage();
    assertEquals("tidy: the work returned null", message);
  }

  @Test
  void theResultOfTheInnerBelongsToTheOuter() {
    List<Tensor> within = new ArrayList<>();
    Facula.tidy(
        () -> {
          within.add(Facula.tidy(() -> Tensor.ones(8192).add(1)));
          return within.get(0).sum();
        });
    assertThrows(IllegalStateException.class, () -> within.get(0).sum());
  }

  @Test
  void gradientsWithinStay() {
    Tensor w = Tensor.ones(8192).requiresGrad(true);
    for (int pass = 1; pass <= 3; pass++) {
      Facula.tidy(
          () -> {
            Tensor loss = w.square().mul(3).sum();
            loss.backward();
            return loss;
          });
      assertEquals(6.0 * pass * 8192, w.gradient().sum().item());
    }
  }

  @Test
  void gradientsThatAreSetWithinStay() {
    Tensor w = Tensor.ones(8192).requiresGrad(true);
    Tensor v = Tensor.ones(8192).requiresGrad(true);
    SGD optimizer = new SGD(List.of(v), 0.5);
    v.setGrad(Tensor.ones(8192));
    Facula.tidy(
        () -> {
          w.setGrad(Tensor.ones(8192).mul(2));
          optimizer.zeroGrad(false);
          return w.sum();
        });
    Tensor next = Facula.tidy(() -> Tensor.ones(8192).mul(7)); // might take their memory
    assertEquals(2 * 8192, w.gradient().sum().item());
    assertEquals(0, v.gradient().sum().item());
    assertEquals(7 * 8192, next.sum().item());
  }

  @Test
  void anOptimizerWithinKeepsWhatItRemembers() {
    List<float[]> results = new ArrayList<>();
    for (boolean within : new boolean[] {false, true}) {
      Tensor w = Tensor.ones(8192).requiresGrad(true);
      Adam optimizer = new Adam(List.of(w), 0.1);
      for (int i = 0; i < 3; i++) {
        optimizer.zeroGrad();
        Supplier<Tensor> step =
            () -> {
              Tensor loss = w.square().mul(3).sum();
              loss.backward();
              optimizer.step();
              return loss;
            };
        Tensor loss = within ? Facula.tidy(step) : step.get();
        assertTrue(loss.item() > 0);
      }
      results.add(w.toFloatArray());
    }
    assertArrayEquals(results.get(0), results.get(1));
  }

  @Test
  void workThatFailsIsTidiedToo() {
    List<Tensor> within = new ArrayList<>();
    assertThrows(
        ShapeException.class,
        () ->
            Facula.tidy(
                () -> {
                  within.add(Tensor.ones(8192));
                  return within.get(0).matmul(Tensor.ones(3, 3));
                }));
    assertThrows(IllegalStateException.class, () -> within.get(0).sum());
    Tensor after = Tensor.ones(8192); // nobody notes it any more
    Facula.tidy(() -> Tensor.ones(8192));
    assertEquals(8192, after.sum().item());
  }

  @Test
  void theNextPassMakesNoArrays() {
    var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    Tensor x = Tensor.ones(DType.FLOAT64, 256, 256).requiresGrad(true);
    long one = (long) Double.BYTES * x.numel();
    long least = Long.MAX_VALUE;
    for (int pass = 0; pass < 4000 && least >= one / 2; pass++) { // until it is compiled
      long before = threads.getCurrentThreadAllocatedBytes();
      Facula.tidy(() -> x.mul(2).tanh().mul(x).sum()).backward();
      x.setGrad(null);
      least = Math.min(least, threads.getCurrentThreadAllocatedBytes() - before);
    }
    assertTrue(least < one / 2, least + " bytes");
  }
}
