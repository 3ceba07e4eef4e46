package consumer;

import static dev.facula.Functional.relu;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import dev.facula.data.TensorDataset;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxPool2d;
import dev.facula.nn.Module;
import dev.facula.optim.SGD;

/** Trains a small convolutional net on random pictures that it has to learn by heart. */
public final class Program {
  private Program() {}

  static final class Net extends Module {
    private final Conv2d conv1 = register("conv1", new Conv2d(3, 6, 5));
    private final MaxPool2d pool = register("pool", new MaxPool2d(2, 2));
    private final Conv2d conv2 = register("conv2", new Conv2d(6, 16, 5));
    private final Linear fc1 = register("fc1", new Linear(16 * 5 * 5, 120));
    private final Linear fc2 = register("fc2", new Linear(120, 10));

    @Override
    public Tensor forward(Tensor x) {
      x = pool.forward(relu(conv1.forward(x)));
      x = pool.forward(relu(conv2.forward(x)));
      x = x.view(-1, 16 * 5 * 5);
      return fc2.forward(relu(fc1.forward(x)));
    }
  }

  public static void main(String[] args) throws ReflectiveOperationException {
    // for IDEs and messages
    String parameter = Tensor.class.getMethod("add", Tensor.class).getParameters()[0].getName();
    if (!parameter.equals("other")) {
      throw new AssertionError("the jar has no names of parameters: " + parameter);
    }
    if (!Facula.backend().startsWith(args[0])) {
      throw new AssertionError("wanted " + args[0] + " kernels, got " + Facula.backend());
    }
    Facula.manualSeed(0);
    Tensor images = Tensor.randn(100, 3, 32, 32);
    Tensor labels = Tensor.randint(0, 10, 100);
    var net = new Net();
    var criterion = new CrossEntropyLoss();
    var optimizer = new SGD(net.parameters(), 0.01, o -> o.momentum(0.9));
    var loader = new DataLoader(new TensorDataset(images, labels), 20, o -> o.shuffle(true));
    double value = 0;
    for (int epoch = 0; epoch < 25; epoch++) {
      for (Batch batch : loader) {
        optimizer.zeroGrad();
        Tensor loss = criterion.forward(net.forward(batch.input()), batch.target());
        loss.backward();
        optimizer.step();
        value = loss.item();
      }
    }
    net.eval();
    try (var guard = Facula.noGrad()) {
      Tensor predicted = net.forward(images).argmax(1);
      double share = predicted.eq(labels).sum().item() / 100;
      System.out.printf("%s: loss %.4f, %.0f %% right%n", Facula.backend(), value, 100 * share);
      if (share < 0.9) {
        throw new AssertionError("the net did not learn");
      }
    }
  }
}
