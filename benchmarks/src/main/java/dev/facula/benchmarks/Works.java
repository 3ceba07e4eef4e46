package dev.facula.benchmarks;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Flatten;
import dev.facula.nn.LSTM;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxPool2d;
import dev.facula.nn.Module;
import dev.facula.nn.ReLU;
import dev.facula.nn.Sequential;
import dev.facula.nn.TransformerEncoderLayer;
import dev.facula.optim.Adam;
import dev.facula.optim.Optimizer;
import dev.facula.optim.SGD;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * What is measured, under the names that side_by_side.py gives the same work in PyTorch. The
 * tensors of a work are made when it is asked for, so that the heap holds what it would hold in a
 * program of its own.
 */
final class Works {
  /** Keeps results alive, so that no work is optimised away. */
  private static volatile Object sink = new Object();

  private final Map<String, Supplier<Runnable>> works = new HashMap<>();

  /** Whether results of an inference are released at once. */
  private final boolean release;

  private Works(boolean release) {
    this.release = release;
  }

  static Map<String, Supplier<Runnable>> all(boolean release) {
    Works w = new Works(release);
    w.products();
    w.convolutions();
    w.sequences();
    w.memoryBound();
    w.training();
    return w.works;
  }

  /** Single operations, which share some of their operands. */
  static Map<String, Supplier<Runnable>> operations(boolean release) {
    Works w = new Works(release);
    Operations.add(w);
    return w.works;
  }

  void inference(String name, Tensor x, UnaryOperator<Tensor> f) {
    works.put(name, () -> () -> infer(f, x));
  }

  private void inference(
      String name, Supplier<Tensor> input, Supplier<UnaryOperator<Tensor>> function) {
    works.put(
        name,
        () -> {
          Tensor x = input.get();
          UnaryOperator<Tensor> f = function.get();
          return () -> infer(f, x);
        });
  }

  private void infer(UnaryOperator<Tensor> f, Tensor x) {
    try (var guard = Facula.noGrad()) {
      Tensor y = f.apply(x);
      sink = y;
      if (release) {
        y.release();
      }
    }
  }

  private void products() {
    for (int n : new int[] {64, 128, 256, 512, 1024, 2048}) {
      Supplier<Tensor> square = () -> Tensor.randn(n, n);
      inference("matmul-" + n, square, () -> withOther(square, Tensor::matmul));
    }
    int[][] shapes = {{64, 784, 128}, {100, 400, 120}, {64, 128, 10}, {1, 784, 128}};
    for (int[] s : shapes) {
      inference(
          "linear-" + s[0] + "x" + s[1] + "-" + s[2],
          () -> Tensor.randn(s[0], s[1]),
          () -> new Linear(s[1], s[2])::forward);
    }
  }

  private static UnaryOperator<Tensor> withOther(Supplier<Tensor> other, BinaryOperator<Tensor> f) {
    Tensor b = other.get();
    return a -> f.apply(a, b);
  }

  private void convolution(String name, Supplier<Conv2d> layer, int... shape) {
    inference(name + "-forward", () -> Tensor.randn(shape), () -> layer.get()::forward);
    works.put(
        name + "-backward",
        () -> {
          Conv2d conv = layer.get();
          Tensor input = Tensor.randn(shape).requiresGrad_(true);
          Tensor output = conv.forward(input);
          Tensor gradient = Tensor.onesLike(output).detach();
          return () -> {
            output.backward(gradient, o -> o.retainGraph(true));
            conv.zeroGrad();
            input.setGrad(null);
          };
        });
  }

  private void convolutions() {
    convolution("conv-3-6-k5", () -> new Conv2d(3, 6, 5), 100, 3, 32, 32);
    convolution("conv-6-16-k5", () -> new Conv2d(6, 16, 5), 100, 6, 14, 14);
    convolution("conv-64-64-k3", () -> new Conv2d(64, 64, 3, o -> o.padding(1)), 32, 64, 32, 32);
    convolution(
        "conv-128-128-k3", () -> new Conv2d(128, 128, 3, o -> o.padding(1)), 32, 128, 16, 16);
    convolution("conv-256-256-k3", () -> new Conv2d(256, 256, 3, o -> o.padding(1)), 32, 256, 8, 8);
    convolution(
        "conv-64-128-k3-s2",
        () -> new Conv2d(64, 128, 3, o -> o.padding(1).stride(2)),
        32,
        64,
        32,
        32);
    convolution("conv-64-64-k1", () -> new Conv2d(64, 64, 1), 8, 64, 56, 56);
  }

  private void forwardBackward(String name, Supplier<Module> layer, int... shape) {
    works.put(
        name,
        () -> {
          Module module = layer.get();
          Tensor x = Tensor.randn(shape).requiresGrad_(true);
          return () -> {
            module.forward(x).sum().backward();
            module.zeroGrad();
            x.setGrad(null);
          };
        });
  }

  private void sequences() {
    forwardBackward("lstm-64-128", () -> new LSTM(64, 128), 50, 32, 64);
    forwardBackward(
        "encoder-layer",
        () ->
            new TransformerEncoderLayer(
                128, 4, o -> o.dimFeedforward(512).dropout(0).batchFirst(true)),
        16,
        64,
        128);
  }

  private void memoryBound() {
    Supplier<Tensor> x = () -> Tensor.randn(1 << 20);
    inference("add-1m", x, () -> withOther(x, Tensor::add));
    inference("exp-1m", x, () -> Tensor::exp);
    inference("sum-1m", x, () -> Tensor::sum);
    inference("softmax-1m", () -> Tensor.randn(1024, 1024), () -> t -> t.softmax(1));
  }

  private void step(
      String name,
      Supplier<Module> model,
      Supplier<Tensor> images,
      Function<Module, Optimizer> optimizerOf) {
    step(name, model, images, optimizerOf, Supplier::get);
  }

  /** How the forward pass is made: as it is, or tidied. */
  private void step(
      String name,
      Supplier<Module> model,
      Supplier<Tensor> images,
      Function<Module, Optimizer> optimizerOf,
      Function<Supplier<Tensor>, Tensor> pass) {
    works.put(
        name,
        () -> {
          Module net = model.get();
          Tensor x = images.get();
          Tensor labels = Tensor.randint(0, 10, x.size(0)).to(DType.INT64);
          Optimizer optimizer = optimizerOf.apply(net);
          CrossEntropyLoss criterion = new CrossEntropyLoss();
          return () -> {
            optimizer.zeroGrad();
            Tensor loss = pass.apply(() -> criterion.forward(net.forward(x), labels));
            loss.backward();
            optimizer.step();
            sink = loss.item();
          };
        });
  }

  static Module mlp() {
    return new Sequential(
        new Linear(784, 128), new ReLU(), new Linear(128, 64), new ReLU(), new Linear(64, 10));
  }

  static Module cifarNet() {
    return new Sequential(
        new Conv2d(3, 6, 5),
        new ReLU(),
        new MaxPool2d(2, 2),
        new Conv2d(6, 16, 5),
        new ReLU(),
        new MaxPool2d(2, 2),
        new Flatten(),
        new Linear(400, 120),
        new ReLU(),
        new Linear(120, 84),
        new ReLU(),
        new Linear(84, 10));
  }

  private void training() {
    Function<Module, Optimizer> sgd = n -> new SGD(n.parameters(), 0.001, o -> o.momentum(0.9));
    Function<Module, Optimizer> adam = n -> new Adam(n.parameters(), 0.0001);
    Supplier<Tensor> images = () -> Tensor.randn(100, 3, 32, 32);
    step("step-mlp-sgd", Works::mlp, () -> Tensor.randn(64, 784), sgd);
    step("step-cifar-sgd", Works::cifarNet, images, sgd);
    step("step-cifar-module-sgd", CifarNet::new, images, sgd);
    step("step-cifar-tidy-sgd", CifarNet::new, images, sgd, Facula::tidy);
    step("step-cifar-adam", Works::cifarNet, images, adam);
    inference("infer-cifar-1", () -> Tensor.randn(1, 3, 32, 32), () -> cifarNet().eval()::forward);
  }

  /** The same net as a module whose functions make new tensors. */
  private static final class CifarNet extends Module {
    private final Conv2d conv1 = register("conv1", new Conv2d(3, 6, 5));
    private final Conv2d conv2 = register("conv2", new Conv2d(6, 16, 5));
    private final MaxPool2d pool = register("pool", new MaxPool2d(2, 2));
    private final Linear fc1 = register("fc1", new Linear(400, 120));
    private final Linear fc2 = register("fc2", new Linear(120, 84));
    private final Linear fc3 = register("fc3", new Linear(84, 10));

    @Override
    public Tensor forward(Tensor x) {
      x = pool.forward(conv1.forward(x).relu());
      x = pool.forward(conv2.forward(x).relu());
      x = fc1.forward(x.flatten(1)).relu();
      return fc3.forward(fc2.forward(x).relu());
    }
  }
}
