package dev.facula.internal.parallel;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import dev.facula.data.Dataset;
import dev.facula.nn.Linear;
import dev.facula.nn.Module;

/** What an application does with a library that a server shares, for {@link UnloadingTest}. */
public final class UnloadingApplication implements Runnable {
  /** A class of the application's that the library looks at. */
  private static final class Net extends Module {
    private final Linear linear = register("linear", new Linear(256, 256));

    @Override
    public Tensor forward(Tensor x) {
      return linear.forward(x).relu();
    }
  }

  @Override
  public void run() {
    Facula.setNumThreads(3);
    Net net = new Net();
    Dataset data =
        new Dataset() {
          @Override
          public int size() {
            return 256;
          }

          @Override
          public Tensor[] get(int index) {
            return new Tensor[] {Tensor.ones(256).mul(index / 256.0), Tensor.zeros(256)};
          }
        };
    for (Batch batch : new DataLoader(data, 128, o -> o.numWorkers(2))) {
      Tensor loss =
          Facula.tidy(() -> Functional.mseLoss(net.forward(batch.input()), batch.target()));
      loss.backward();
    }
    Parallel.parallelFor(1 << 16, Parallel.GRAIN, (from, to) -> net.parameters());
  }
}
