package dev.facula.examples;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.io.Safetensors;
import dev.facula.nn.Module;
import dev.facula.vision.Compose;
import dev.facula.vision.Images;
import dev.facula.vision.Normalize;
import dev.facula.vision.Resize;
import dev.facula.vision.ToTensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Classifies an image file with weights that one of the training programs has saved. */
@Command(
    name = "predict",
    mixinStandardHelpOptions = true,
    description = "Classifies images with saved weights.")
public final class Predict implements Callable<Integer> {
  private static final int SHOWN = 3;

  /** Which network the weights are of. */
  enum Model {
    mnist,
    cifar10
  }

  @Option(names = "--model", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Model model = Model.mnist;

  @Option(names = "--load", required = true, description = "file of weights (.safetensors)")
  private Path load;

  @Option(
      names = "--invert",
      description = "turn dark and light around: for dark digits on light paper")
  private boolean invert;

  @Parameters(arity = "1..*", paramLabel = "IMAGE", description = "PNG or JPEG files")
  private List<Path> images;

  /** Starts the program. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new Predict()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    boolean digits = model == Model.mnist;
    Module net = digits ? new MnistMlp.Net() : new Cifar10Net.Net();
    net.loadStateDict(Safetensors.load(load));
    net.eval();
    int size = digits ? 28 : 32;
    var transform = new Compose(new Resize(size, size), new ToTensor(), new Normalize(0.5, 0.5));
    for (Path path : images) {
      Tensor pixels = digits ? Images.readGray(path) : Images.read(path);
      Tensor image = transform.apply(pixels);
      Tensor scores;
      try (var guard = Facula.noGrad()) {
        scores = net.forward((invert ? image.neg() : image).unsqueeze(0)).softmax(1);
      }
      System.out.println(path + ": " + best(scores.toFloatArray(), digits));
    }
    return 0;
  }

  private static String best(float[] scores, boolean digits) {
    StringBuilder text = new StringBuilder();
    for (int rank = 0; rank < SHOWN; rank++) {
      int best = 0;
      for (int i = 1; i < scores.length; i++) {
        best = scores[i] > scores[best] ? i : best;
      }
      String name = digits ? Integer.toString(best) : Cifar10Net.CLASSES.get(best);
      text.append(rank == 0 ? "" : ", ")
          .append(String.format(Locale.ROOT, "%s %.1f %%", name, 100 * scores[best]));
      scores[best] = -1;
    }
    return text.toString();
  }
}
