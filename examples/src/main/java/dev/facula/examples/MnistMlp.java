package dev.facula.examples;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.data.Dataset;
import dev.facula.nn.Linear;
import dev.facula.nn.Module;
import dev.facula.vision.Compose;
import dev.facula.vision.MNIST;
import dev.facula.vision.Normalize;
import dev.facula.vision.ToTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** A perceptron with two hidden layers learns to read digits. */
@Command(
    name = "mnist",
    mixinStandardHelpOptions = true,
    description = "Trains a multilayer perceptron on MNIST, or on synthetic digits.")
public final class MnistMlp implements Callable<Integer> {
  @Mixin private TrainingOptions options;

  /** The network. */
  static final class Net extends Module {
    private final Linear fc1 = register("fc1", new Linear(28 * 28, 128));
    private final Linear fc2 = register("fc2", new Linear(128, 64));
    private final Linear fc3 = register("fc3", new Linear(64, 10));

    @Override
    public Tensor forward(Tensor x) {
      x = x.flatten(1);
      x = fc1.forward(x).relu();
      x = fc2.forward(x).relu();
      return fc3.forward(x);
    }
  }

  /** Starts the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new MnistMlp()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    options.defaults(5, 64, 0.01, "mnist");
    Dataset train;
    Dataset test;
    if (options.data == null) {
      System.out.println(
          "Data: synthetic digits, drawn by this program (--data FOLDER for MNIST itself)");
      train = SyntheticDigits.draw(12_000, 1);
      test = SyntheticDigits.draw(2_000, 2);
    } else {
      System.out.println("Data: MNIST in " + options.data);
      train = mnist(options.data, true);
      test = mnist(options.data, false);
    }
    Facula.manualSeed(options.seed);
    List<String> classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
    new Training(new Net(), train, test, classes, options).run();
    return 0;
  }

  private Dataset mnist(Path folder, boolean train) throws IOException {
    var transform = new Compose(new ToTensor(), new Normalize(0.5, 0.5));
    return new MNIST(folder, o -> o.train(train).download(options.download).transform(transform));
  }
}
