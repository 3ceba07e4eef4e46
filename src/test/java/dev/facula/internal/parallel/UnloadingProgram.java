package dev.facula.internal.parallel;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Generator;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.BatchIterator;
import dev.facula.data.DataLoader;
import dev.facula.data.TensorDataset;
import dev.facula.io.Safetensors;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Dropout;
import dev.facula.nn.Flatten;
import dev.facula.nn.Linear;
import dev.facula.nn.Module;
import dev.facula.nn.MultiheadAttention;
import dev.facula.nn.ReLU;
import dev.facula.nn.Sequential;
import dev.facula.optim.Adam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** What an application does with the library, for {@link UnloadingTest}. */
public final class UnloadingProgram implements Runnable {
  private final Module net =
      new Sequential(
          new Conv2d(1, 4, 3),
          new ReLU(),
          new Flatten(),
          new Linear(4 * 14 * 14, 128),
          new Dropout(0.1),
          new Linear(128, 10));

  @Override
  public void run() {
    Parallel.setPatience(TimeUnit.MILLISECONDS.toNanos(50));
    Facula.setNumThreads(3);
    Adam optimizer = new Adam(net.parameters(), 1e-3);
    TensorDataset data =
        new TensorDataset(
            Tensor.randn(256, 1, 16, 16), Tensor.arange(256).remainder(10).to(DType.INT64));
    DataLoader loader = new DataLoader(data, 64, o -> o.shuffle(true).numWorkers(2));
    for (Batch batch : loader) {
      optimizer.zeroGrad();
      Tensor loss =
          Facula.tidy(() -> Functional.crossEntropy(net.forward(batch.input()), batch.target()));
      loss.backward();
      optimizer.step();
    }
    Tensor x = Tensor.randn(DType.FLOAT64, 64, 64).requiresGrad_(true);
    x.matmul(x).softmax(-1).exp().sum().backward();
    new MultiheadAttention(32, 4).forward(Tensor.randn(50, 8, 32)).sum().backward();
    Parallel.parallelFor(1 << 16, Parallel.GRAIN, (from, to) -> {});
    files();
    // what a careless application leaves: a loop, and settings of the thread
    BatchIterator left = loader.iterator();
    left.next();
    Facula.withGenerator(new Generator(1));
    Facula.noGrad();
    Tensor.randn(1000);
  }

  private void files() {
    try {
      Path folder = Files.createTempDirectory("unloading");
      Path weights = folder.resolve("net.safetensors");
      Safetensors.save(net.stateDict(), weights);
      net.loadStateDict(Safetensors.load(weights));
      Files.delete(weights);
      Files.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
