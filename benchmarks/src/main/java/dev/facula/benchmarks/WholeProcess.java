package dev.facula.benchmarks;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import dev.facula.data.TensorDataset;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.Module;
import dev.facula.optim.SGD;

/** Programs that whole_process.py runs from the start of the JVM to its end. */
public final class WholeProcess {
  private static final int IMAGES = 50_000;

  private WholeProcess() {}

  /** Runs the program that is named. */
  public static void main(String[] args) {
    Facula.manualSeed(0);
    switch (args[0]) {
      case "first-step" -> firstStep();
      case "train-cifar" -> trainCifar();
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  /** One training step of a perceptron. */
  private static void firstStep() {
    Module net = Works.mlp();
    SGD optimizer = new SGD(net.parameters(), 0.01, o -> o.momentum(0.9));
    step(net, optimizer, Tensor.rand(64, 784), Tensor.randint(0, 10, 64));
  }

  /** An epoch on images of the size and number of CIFAR-10, held as bytes. */
  private static void trainCifar() {
    Tensor images = Tensor.randint(DType.UINT8, 0, 256, IMAGES, 3, 32, 32);
    TensorDataset data = new TensorDataset(images, Tensor.randint(0, 10, IMAGES));
    Module net = Works.cifarNet();
    SGD optimizer = new SGD(net.parameters(), 0.01, o -> o.momentum(0.9));
    for (Batch batch : new DataLoader(data, 100, o -> o.shuffle(true))) {
      step(net, optimizer, batch.input().to(DType.FLOAT32).div(255), batch.target());
    }
  }

  private static void step(Module net, SGD optimizer, Tensor x, Tensor labels) {
    optimizer.zeroGrad();
    Tensor loss = new CrossEntropyLoss().forward(net.forward(x), labels);
    loss.backward();
    optimizer.step();
    if (Double.isNaN(loss.item())) {
      throw new IllegalStateException("the loss is NaN");
    }
  }
}
