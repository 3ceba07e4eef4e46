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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    Tensor x = Tensor.randn(64, 128).requiresGrad_(true);
    Supplier<Tensor> slope =
        () -> {
          Tensor y = x.tanh().mul(x.sigmoid()).sum();
          return Autograd.grad(List.of(y), List.of(x), null, o -> o.createGraph(true)).get(0);
        };
    List<double[]> values = new ArrayList<>();
    for (Tensor g : List.of(slope.get(), Facula.tidy(slope))) {
      Tensor other = Tensor.full(DType.FLOAT32, Double.NaN, 64, 128); // might take its memory
      g.square().sum().backward();
      values.add(x.peekGradient().toDoubleArray());
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
    Tensor w = Tensor.ones(8192).requiresGrad_(true);
    for (int pass = 1; pass <= 3; pass++) {
      Facula.tidy(
          () -> {
            Tensor loss = w.square().mul(3).sum();
            loss.backward();
            return loss;
          });
      assertEquals(6.0 * pass * 8192, w.peekGradient().sum().item());
    }
  }

  @Test
  void gradientsThatAreSetWithinStay() {
    Tensor w = Tensor.ones(8192).requiresGrad_(true);
    Tensor v = Tensor.ones(8192).requiresGrad_(true);
    SGD optimizer = new SGD(List.of(v), 0.5);
    v.setGrad(Tensor.ones(8192));
    Facula.tidy(
        () -> {
          w.setGrad(Tensor.ones(8192).mul(2));
          optimizer.zeroGrad(false);
          return w.sum();
        });
    Tensor next = Facula.tidy(() -> Tensor.ones(8192).mul(7)); // might take their memory
    assertEquals(2 * 8192, w.peekGradient().sum().item());
    assertEquals(0, v.peekGradient().sum().item());
    assertEquals(7 * 8192, next.sum().item());
  }

  @Test
  void anOptimizerWithinKeepsWhatItRemembers() {
    List<float[]> results = new ArrayList<>();
    for (boolean within : new boolean[] {false, true}) {
      Tensor w = Tensor.ones(8192).requiresGrad_(true);
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
  void theLoadedStateOfAnOptimizerStays() {
    List<float[]> results = new ArrayList<>();
    for (boolean within : new boolean[] {false, true}) {
      Tensor w = Tensor.ones(8192).requiresGrad_(true);
      Adam first = new Adam(List.of(w), 0.1);
      w.square().sum().backward();
      first.step();
      Adam second = new Adam(List.of(w), 0.1);
      Supplier<Tensor> load =
          () -> {
            second.loadStateDict(first.stateDict());
            return w.sum();
          };
      Tensor sum = within ? Facula.tidy(load) : load.get();
      Tensor other = Tensor.full(DType.FLOAT32, 7, 3, 8192); // might take its memory
      second.step();
      assertTrue(sum.item() > 0 && other.mean().item() == 7);
      results.add(w.toFloatArray());
    }
    assertArrayEquals(results.get(0), results.get(1));
  }

  /** A layer that makes its parts when it sees the first input. */
  private static final class Lazy extends Module {
    private Linear made;
    private Tensor own;
    private Tensor mean;

    @Override
    public Tensor forward(Tensor x) {
      if (made == null) {
        made = register("made", new Linear(x.size(1), 128));
        own = parameter("own", Tensor.ones(128).mul(Tensor.ones(64, 128)));
        mean = buffer("mean", Tensor.full(DType.FLOAT32, 2, 64, 128).add(1));
      }
      return made.forward(x).mul(own).add(mean);
    }
  }

  @Test
  void layersThatAreMadeWithinStay() {
    List<List<double[]>> results = new ArrayList<>();
    for (boolean within : new boolean[] {false, true}) {
      Facula.manualSeed(3);
      Lazy net = new Lazy();
      Tensor x = Tensor.randn(64, 128);
      List<double[]> values = new ArrayList<>();
      for (int pass = 0; pass < 3; pass++) {
        Supplier<Tensor> forward = () -> net.forward(x.mul(2)).square().mean();
        Tensor loss = within ? Facula.tidy(forward) : forward.get();
        loss.backward();
        values.add(loss.toDoubleArray());
      }
      net.stateDict().values().forEach(t -> values.add(t.toDoubleArray()));
      net.parameters().forEach(p -> values.add(p.peekGradient().toDoubleArray()));
      results.add(values);
    }
    assertEquals(results.get(0).size(), results.get(1).size());
    for (int i = 0; i < results.get(0).size(); i++) {
      assertArrayEquals(results.get(0).get(i), results.get(1).get(i), "value " + i);
    }
  }

  @Test
  void aModuleThatIsConvertedWithinStays() {
    Linear layer = new Linear(128, 128);
    BatchNorm2d norm = new BatchNorm2d(8192);
    Tensor data = Tensor.ones(8192);
    float[] before = layer.parameters().get(0).toFloatArray();
    layer.forward(Tensor.ones(1, 128)).sum().backward();
    Facula.tidy(
        () -> {
          layer.to(DType.FLOAT64);
          norm.to(DType.FLOAT64);
          data.setData(Tensor.ones(8192).add(4));
          return Tensor.ones(8192).mul(3);
        });
    Tensor other = Tensor.full(DType.FLOAT64, 7, 2, 8192).mul(1); // might take their memory
    assertArrayEquals(before, layer.parameters().get(0).toFloatArray());
    assertEquals(128 * 128, layer.parameters().get(0).peekGradient().sum().item());
    norm.stateDict().values().forEach(t -> assertTrue(t.sum().item() >= 0));
    assertEquals(5 * 8192, data.sum().item());
    assertEquals(7.0 * 2 * 8192, other.sum().item());
  }

  @Test
  void theErrorNamesTheOperationAndTheShape() {
    List<Tensor> within = new ArrayList<>();
    Facula.tidy(
        () -> {
          within.add(Tensor.ones(64, 128).add(1));
          return within.get(0).sum();
        });
    Tensor gone = within.get(0);
    List<Runnable> reads =
        List.of(
            gone::sum,
            gone::mean,
            () -> gone.add(1),
            () -> gone.add_(1),
            () -> gone.t().matmul(gone),
            () -> Functional.gelu(gone),
            () -> new Linear(128, 4).forward(gone),
            () -> Facula.tidy(() -> gone.softmax(1)),
            gone::toFloatArray,
            () -> gone.select(0, 0).select(0, 0).item());
    List<String> names =
        List.of(
            "sum",
            "mean",
            "add",
            "add_",
            "matmul",
            "gelu",
            "linear",
            "softmax",
            "toFloatArray",
            "item");
    for (int i = 0; i < reads.size(); i++) {
      String message = assertThrows(IllegalStateException.class, reads.get(i)::run).getMessage();
      assertTrue(message.startsWith(names.get(i) + ": "), message);
      assertTrue(message.contains("[64, 128]") && message.contains("tidy"), message);
    }
    Tensor small = Tensor.ones(2, 3);
    small.t().release();
    String message = assertThrows(IllegalStateException.class, small::exp).getMessage();
    assertTrue(message.startsWith("exp: the memory of a tensor of shape [3, 2]"), message);
  }

  @Test
  void aGradientKeptBeyondZeroGradIsAnError() {
    for (int n : new int[] {3, 8192}) {
      Tensor w = Tensor.ones(n).requiresGrad_(true);
      SGD optimizer = new SGD(List.of(w), 0.1);
      List<Runnable> forgets =
          List.of(optimizer::zeroGrad, () -> optimizer.zeroGrad(false), () -> w.setGrad(null));
      for (Runnable forget : forgets) {
        w.setGrad(null);
        w.mul(2).sum().backward();
        Tensor kept = w.peekGradient();
        assertEquals(2.0 * n, kept.sum().item());
        forget.run();
        String message = assertThrows(IllegalStateException.class, kept::sum).getMessage();
        assertTrue(message.contains("zeroGrad()") && message.contains("[" + n + "]"), message);
        w.setGrad(null);
        w.mul(2).sum().backward();
        Tensor asked = w.grad(); // is the user's
        forget.run();
        w.mul(5).sum().backward();
        assertEquals(2.0 * n, asked.sum().item());
      }
    }
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
    Tensor x = Tensor.ones(DType.FLOAT64, 256, 256).requiresGrad_(true);
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

  /** Whatever their size and type, so that what a test with small tensors shows holds for large. */
  @ParameterizedTest
  @ValueSource(ints = {1, 3, 100, 4095, 4096, 10_000})
  void leftoversAreAnErrorAtEverySize(int n) {
    List<Tensor> left = new ArrayList<>();
    Tensor before = Tensor.ones(n);
    Tensor result =
        Facula.tidy(
            () -> {
              Tensor y = Tensor.ones(n).mul(2);
              left.add(y);
              left.add(y.view(1, n));
              left.add(y.gt(0));
              left.add(Tensor.zeros(DType.INT64, n).add(3));
              left.add(Tensor.ones(DType.FLOAT64, n).add(1));
              left.add(Facula.tidy(() -> y.add(before)));
              return y.add(1).view(n, 1);
            });
    for (Tensor t : left) {
      String message = assertThrows(IllegalStateException.class, t::toDoubleArray).getMessage();
      assertTrue(message.contains("tidy") && message.contains(String.valueOf(n)), message);
    }
    assertEquals(3, result.max().item());
    assertEquals(1, before.min().item());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 100, 10_000})
  void leftoversOfWorkThatFailsAreReleasedToo(int n) {
    List<Tensor> left = new ArrayList<>();
    assertThrows(
        ArithmeticException.class,
        () ->
            Facula.tidy(
                () -> {
                  left.add(Tensor.ones(n).add(1));
                  throw new ArithmeticException();
                }));
    assertThrows(IllegalStateException.class, () -> left.get(0).sum());
    Tensor next = Tensor.ones(n).add(1);
    assertEquals(2, next.max().item());
  }
}
