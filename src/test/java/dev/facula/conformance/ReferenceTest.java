package dev.facula.conformance;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import dev.facula.data.TensorDataset;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxPool2d;
import dev.facula.nn.Module;
import dev.facula.optim.Adam;
import dev.facula.optim.Optimizer;
import dev.facula.optim.SGD;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Trains the networks whose training in PyTorch was recorded and compares initial weights, the
 * order of the samples, the loss of each step and the final weights. The property {@code
 * facula.reference} names the folder of the records, {@code facula.data} that of the data, with
 * MNIST in its folder {@code mnist}.
 */
@EnabledIfSystemProperty(named = "facula.reference", matches = ".+")
@EnabledIfSystemProperty(named = "facula.data", matches = ".+")
final class ReferenceTest {
  private static final class Mlp extends Module {
    private final Linear fc1 = register("fc1", new Linear(784, 128));
    private final Linear fc2 = register("fc2", new Linear(128, 64));
    private final Linear fc3 = register("fc3", new Linear(64, 10));
    private final double dropout;

    Mlp(double dropout) {
      this.dropout = dropout;
    }

    @Override
    public Tensor forward(Tensor input) {
      Tensor x = fc1.forward(input.flatten(1)).relu();
      if (dropout > 0) {
        x = Functional.dropout(x, dropout, isTraining());
      }
      return fc3.forward(fc2.forward(x).relu());
    }
  }

  private static final class LeNet extends Module {
    private final Conv2d conv1 = register("conv1", new Conv2d(1, 6, 5, o -> o.padding(2)));
    private final MaxPool2d pool = register("pool", new MaxPool2d(2, 2));
    private final Conv2d conv2 = register("conv2", new Conv2d(6, 16, 5));
    private final Linear fc1 = register("fc1", new Linear(400, 120));
    private final Linear fc2 = register("fc2", new Linear(120, 84));
    private final Linear fc3 = register("fc3", new Linear(84, 10));

    @Override
    public Tensor forward(Tensor input) {
      Tensor x = pool.forward(conv1.forward(input).relu());
      x = pool.forward(conv2.forward(x).relu()).view(-1, 400);
      return fc3.forward(fc2.forward(fc1.forward(x).relu()).relu());
    }
  }

  private record Program(Supplier<Module> net, Function<List<Tensor>, Optimizer> optimizer) {}

  private static final Map<String, Program> PROGRAMS =
      Map.of(
          "mlp-sgd",
          new Program(() -> new Mlp(0), p -> new SGD(p, 0.01, o -> o.momentum(0.9))),
          "mlp-dropout-adam",
          new Program(() -> new Mlp(0.2), p -> new Adam(p, 0.001)),
          "lenet-sgd",
          new Program(LeNet::new, p -> new SGD(p, 0.01, o -> o.momentum(0.9))));

  private record Run(String name, Map<String, Object> record) {
    @Override
    public String toString() {
      return name + ", seed " + record.get("seed");
    }
  }

  static Stream<Run> runs() throws IOException {
    Stream.Builder<Run> runs = Stream.builder();
    try (Stream<Path> files = Files.list(Path.of(System.getProperty("facula.reference")))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".json")).sorted().toList()) {
        byte[] bytes = Files.readAllBytes(file);
        Json.object(Json.parse(bytes, 0, bytes.length))
            .forEach((name, record) -> runs.add(new Run(name, Json.object(record))));
      }
    }
    return runs.build();
  }

  @ParameterizedTest
  @MethodSource("runs")
  void trainsAsPyTorchDoes(Run run) throws IOException {
    Path mnist = Path.of(System.getProperty("facula.data"), "mnist");
    Tensor pixels = idx(mnist.resolve("train-images-idx3-ubyte.gz"));
    Tensor images = pixels.to(DType.FLOAT32).div(255).sub(0.5).div(0.5).unsqueeze(1);
    Tensor labels = idx(mnist.resolve("train-labels-idx1-ubyte.gz")).to(DType.INT64);
    Program program = PROGRAMS.get(run.name);
    Map<String, Object> record = run.record;
    Facula.manualSeed((Long) record.get("seed"));
    Module net = program.net.get();
    compare(net, Json.object(record, "initial"), 1e-6);
    Optimizer optimizer = program.optimizer.apply(net.parameters());
    var criterion = new CrossEntropyLoss();
    int size = Math.toIntExact((Long) record.get("batch"));
    var loader = new DataLoader(new TensorDataset(images, labels), size, o -> o.shuffle(true));
    List<Object> losses = Json.list(record, "losses");
    int step = 0;
    for (Batch batch : loader) {
      if (step == losses.size()) {
        break;
      }
      if (step == 0) {
        long[] first = batch.target().narrow(0, 0, 16).toLongArray();
        assertArrayEquals(longs(Json.list(record, "first_labels")), first, "order of the samples");
      }
      optimizer.zeroGrad();
      Tensor loss = criterion.forward(net.forward(batch.input()), batch.target());
      loss.backward();
      optimizer.step();
      double tolerance = step < 20 ? 1e-5 : 2e-2;
      assertEquals(number(losses.get(step)), loss.item(), tolerance, "loss of step " + step);
      step++;
    }
    assertEquals(losses.size(), step, "steps");
    compare(net, Json.object(record, "final"), 2e-2);
  }

  /** Compares the sum and the norm of each tensor, the sum in units of the norm. */
  private static void compare(Module net, Map<String, Object> wanted, double tolerance) {
    Map<String, Tensor> state = net.stateDict();
    assertEquals(wanted.keySet(), state.keySet(), "names");
    wanted.forEach(
        (name, value) -> {
          List<Object> recorded = Json.list(value);
          double[] values = state.get(name).toDoubleArray();
          double sum = 0;
          double squares = 0;
          for (double v : values) {
            sum += v;
            squares += v * v;
          }
          double norm = number(recorded.get(1));
          double unit = norm * Math.max(1, Math.sqrt(values.length) * tolerance * 10);
          assertEquals(norm, Math.sqrt(squares), tolerance * norm, "norm of " + name);
          assertEquals(number(recorded.get(0)), sum, tolerance * unit, "sum of " + name);
        });
  }

  private static long[] longs(List<Object> values) {
    return values.stream().mapToLong(v -> (Long) v).toArray();
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }

  /** An IDX file of bytes: magic number, sizes, data. */
  private static Tensor idx(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      byte[] all = in.readAllBytes();
      ByteBuffer header = ByteBuffer.wrap(all);
      int[] shape = new int[all[3]];
      for (int i = 0; i < shape.length; i++) {
        shape[i] = header.getInt(4 + 4 * i);
      }
      int offset = 4 + 4 * shape.length;
      assertTrue(all.length > offset, "data in " + file);
      byte[] data = new byte[all.length - offset];
      System.arraycopy(all, offset, data, 0, data.length);
      return Tensor.of(data, shape);
    }
  }
}
