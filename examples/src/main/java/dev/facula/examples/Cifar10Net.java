package dev.facula.examples;

import static dev.facula.Functional.relu;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.data.Dataset;
import dev.facula.data.TensorDataset;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxPool2d;
import dev.facula.nn.Module;
import dev.facula.vision.CIFAR10;
import dev.facula.vision.Compose;
import dev.facula.vision.Normalize;
import dev.facula.vision.ToTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A small convolutional network learns to tell photographs of ten kinds of things apart. */
@Command(
    name = "cifar10",
    mixinStandardHelpOptions = true,
    description = "Trains a convolutional network on CIFAR-10, or on synthetic digits in colour.")
public final class Cifar10Net implements Callable<Integer> {
  static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  @Mixin private TrainingOptions options;

  /** The network. */
  static final class Net extends Module {
    private final Conv2d conv1 = register("conv1", new Conv2d(3, 6, 5));
    private final MaxPool2d pool = register("pool", new MaxPool2d(2, 2));
    private final Conv2d conv2 = register("conv2", new Conv2d(6, 16, 5));
    private final Linear fc1 = register("fc1", new Linear(16 * 5 * 5, 120));
    private final Linear fc2 = register("fc2", new Linear(120, 84));
    private final Linear fc3 = register("fc3", new Linear(84, 10));

    @Override
    public Tensor forward(Tensor x) {
      x = pool.forward(relu(conv1.forward(x)));
      x = pool.forward(relu(conv2.forward(x)));
      x = x.view(-1, 16 * 5 * 5);
      x = relu(fc1.forward(x));
      x = relu(fc2.forward(x));
      return fc3.forward(x);
    }
  }

  /** Starts the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Cifar10Net()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    Dataset train;
    Dataset test;
    if (options.data == null) {
      options.defaults(2, 100, 0.01, "cifar10");
      System.out.println(
          "Data: synthetic digits in colour, drawn by this program"
              + " (--data FOLDER for CIFAR-10 itself)");
      train = coloured(SyntheticDigits.draw(12_000, 1));
      test = coloured(SyntheticDigits.draw(2_000, 2));
    } else {
      options.defaults(10, 100, 0.001, "cifar10");
      System.out.println("Data: CIFAR-10 in " + options.data);
      train = cifar10(options.data, true);
      test = cifar10(options.data, false);
    }
    Facula.manualSeed(options.seed);
    List<String> classes =
        options.data == null ? List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9") : CLASSES;
    new Training(new Net(), train, test, classes, options).run();
    return 0;
  }

  private Dataset cifar10(Path folder, boolean train) throws IOException {
    var transform = new Compose(new ToTensor(), new Normalize(0.5, 0.5));
    return new CIFAR10(folder, o -> o.train(train).download(options.download).transform(transform));
  }

  /** The digits with a margin, 32 x 32, in shades that differ from sample to sample. */
  private static Dataset coloured(TensorDataset digits) {
    Tensor grey = digits.tensors().get(0);
    int n = digits.size();
    Tensor images = Tensor.full(grey.dtype(), -1, n, 3, 32, 32);
    images.narrow(2, 2, 28).narrow(3, 2, 28).copy_(grey.expand(n, 3, 28, 28));
    float[] shades = new float[3 * n];
    for (int i = 0; i < shades.length; i++) {
      shades[i] = 0.4f + 0.6f * ((i * 37) % 101) / 100f;
    }
    return new TensorDataset(images.mul(Tensor.of(shades, n, 3, 1, 1)), digits.tensors().get(1));
  }
}
