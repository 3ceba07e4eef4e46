package dev.facula.nn;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LayersTest {
  /** ReLU overwrites what the layer before it made, but nothing that someone else may see. */
  @Test
  void aSequenceComputesWhatItsModulesDo() {
    Sequential net =
        new Sequential(
            new Flatten(0, 0),
            new ReLU(),
            new Conv2d(2, 3, 3),
            new ReLU(),
            new BatchNorm2d(3),
            new ReLU(),
            new ConvTranspose2d(3, 2, 2),
            new ReLU(),
            new Flatten(),
            new Linear(18, 4),
            new ReLU(),
            new Dropout(0),
            new ReLU());
    assertComputesWhatItsModulesDo(net, Tensor.randn(5, 2, 4, 4));
  }

  /** A ReLU before a pooling is computed behind it, unless a window may lie in the padding. */
  @Test
  void aSequenceWithPoolingComputesWhatItsModulesDo() {
    Sequential net =
        new Sequential(
            new Conv2d(1, 2, 3),
            new ReLU(),
            new MaxPool2d(2),
            new Conv2d(2, 2, 3, o -> o.padding(1)),
            new ReLU(),
            new MaxPool2d(3, o -> o.padding(1).dilation(3)),
            new Flatten(),
            new Linear(18, 4),
            new ReLU());
    for (int pass = 0; pass < 3; pass++) {
      assertComputesWhatItsModulesDo(net, Tensor.randn(5, 1, 26, 26));
      net.zeroGrad();
    }
  }

  private static void assertComputesWhatItsModulesDo(Sequential net, Tensor x) {
    Tensor before = x.clone();
    Tensor together = net.forward(x);
    assertArrayEquals(before.toFloatArray(), x.toFloatArray());
    together.square().sum().backward();
    Map<String, Tensor> parameters = net.namedParameters();
    Map<String, float[]> gradients = new HashMap<>();
    parameters.forEach((name, p) -> gradients.put(name, requireNonNull(p.grad()).toFloatArray()));
    net.zeroGrad();
    Tensor single = x;
    for (Module m : net.asList()) {
      single = m.forward(single);
    }
    assertArrayEquals(single.toFloatArray(), together.toFloatArray());
    single.square().sum().backward();
    parameters.forEach(
        (name, p) ->
            assertArrayEquals(requireNonNull(p.grad()).toFloatArray(), gradients.get(name), name));
  }

  @Test
  void printsItsOptionsAsPyTorch() {
    Map<String, Module> expected =
        Map.ofEntries(
            Map.entry(
                "Bilinear(in1_features=2, in2_features=3, out_features=4, bias=True)",
                new Bilinear(2, 3, 4)),
            Map.entry("Conv1d(2, 4, kernel_size=(3,), stride=(1,))", new Conv1d(2, 4, 3)),
            Map.entry(
                "Conv2d(2, 4, kernel_size=(3, 1), stride=(1, 1), padding=same, groups=2,"
                    + " bias=False, padding_mode=reflect)",
                new Conv2d(
                    2,
                    4,
                    new int[] {3, 1},
                    o -> o.padding("same").groups(2).bias(false).paddingMode(PadMode.REFLECT))),
            Map.entry(
                "Conv2d(2, 4, kernel_size=(3, 3), stride=(2, 2), padding=(1, 1), dilation=(2, 2))",
                new Conv2d(2, 4, 3, o -> o.stride(2).padding(1).dilation(2))),
            Map.entry(
                "ConvTranspose2d(2, 4, kernel_size=(3, 3), stride=(2, 2), output_padding=(1, 1))",
                new ConvTranspose2d(2, 4, 3, o -> o.stride(2).outputPadding(1))),
            Map.entry(
                "MaxPool1d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
                new MaxPool1d(2)),
            Map.entry(
                "MaxPool2d(kernel_size=(2, 3), stride=(1, 1), padding=0, dilation=1,"
                    + " ceil_mode=False)",
                new MaxPool2d(new int[] {2, 3}, o -> o.stride(1, 1))),
            Map.entry("AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))", new AvgPool1d(2)),
            Map.entry("AvgPool2d(kernel_size=2, stride=2, padding=0)", new AvgPool2d(2)),
            Map.entry(
                "AdaptiveAvgPool2d(output_size=(2, None))",
                new AdaptiveAvgPool2d(2, Functional.KEEP)),
            Map.entry(
                "BatchNorm1d(3, eps=1e-05, momentum=0.1, affine=True, bias=True,"
                    + " track_running_stats=True)",
                new BatchNorm1d(3)),
            Map.entry(
                "BatchNorm2d(3, eps=1e-05, momentum=None, affine=True, bias=False,"
                    + " track_running_stats=True)",
                new BatchNorm2d(3, o -> o.momentum(null).bias(false))),
            Map.entry(
                "InstanceNorm2d(3, eps=1e-05, momentum=0.1, affine=False, bias=False,"
                    + " track_running_stats=False)",
                new InstanceNorm2d(3)),
            Map.entry(
                "LayerNorm((5, 2), eps=1e-05, elementwise_affine=True, bias=False)",
                new LayerNorm(new int[] {5, 2}, o -> o.bias(false))),
            Map.entry("GroupNorm(2, 4, eps=1e-05, affine=True, bias=True)", new GroupNorm(2, 4)),
            Map.entry("RMSNorm((4,), eps=None, elementwise_affine=True)", new RMSNorm(4)),
            Map.entry("Dropout(p=0.5, inplace=False)", new Dropout()),
            Map.entry(
                "Embedding(3, 4, padding_idx=2, max_norm=1.0, scale_grad_by_freq=True)",
                new Embedding(3, 4, o -> o.paddingIdx(-1).maxNorm(1.0).scaleGradByFreq(true))),
            Map.entry("Flatten(start_dim=1, end_dim=-1)", new Flatten()),
            Map.entry("Unflatten(dim=1, unflattened_size=(2, 3))", new Unflatten(1, 2, 3)),
            Map.entry("LeakyReLU(negative_slope=0.01)", new LeakyReLU()),
            Map.entry("GELU(approximate='none')", new GELU()),
            Map.entry("Softplus(beta=1.0, threshold=20.0)", new Softplus()),
            Map.entry("Softmax(dim=1)", new Softmax(1)),
            Map.entry("Threshold(threshold=1, value=2)", new Threshold(1, 2)),
            Map.entry("PReLU(num_parameters=1)", new PReLU()),
            Map.entry("ConstantPad2d(padding=(1, 1, 1, 1), value=2.5)", new ConstantPad2d(1, 2.5)),
            Map.entry("ReflectionPad1d((2, 2))", new ReflectionPad1d(2)));
    expected.forEach((text, module) -> assertEquals(text, module.toString()));
  }

  private static void message(String expected, Executable call) {
    assertEquals(expected, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  @Test
  void inputsThatDoNotFitAreReportedByTheLayer() {
    message(
        "Linear(784 -> 10): expected 784 features in the last dimension, got 28 in [32, 28]",
        () -> new Linear(784, 10).forward(Tensor.zeros(32, 28)));
    message(
        "Conv2d(3 -> 6, kernel 5): expected 3 channels, got 4 in [2, 4, 8, 8]",
        () -> new Conv2d(3, 6, 5).forward(Tensor.zeros(2, 4, 8, 8)));
    message(
        "Conv1d(3 -> 6, kernel 5): expected 3 dimensions, or 2 without a batch, got [5]",
        () -> new Conv1d(3, 6, 5).forward(Tensor.zeros(5)));
    message(
        "ConvTranspose2d(3 -> 6, kernel 2 x 3): expected 3 channels, got 2 in [1, 2, 4, 4]",
        () ->
            new ConvTranspose2d(3, 6, new int[] {2, 3}, o -> {}).forward(Tensor.zeros(1, 2, 4, 4)));
    message(
        "BatchNorm2d(3): expected 4 dimensions, got [2, 3]",
        () -> new BatchNorm2d(3).forward(Tensor.zeros(2, 3)));
    message(
        "BatchNorm1d(3): expected 3 channels, got 4 in [2, 4]",
        () -> new BatchNorm1d(3).forward(Tensor.zeros(2, 4)));
    message(
        "LayerNorm([5]): expected inputs that end in [5], got [2, 4]",
        () -> new LayerNorm(5).forward(Tensor.zeros(2, 4)));
    message(
        "batchNorm: expected more than 1 value per channel when training, got input [1, 3]",
        () -> new BatchNorm1d(3).forward(Tensor.zeros(1, 3)));
    message(
        "embedding: index 4 is out of range for a table of 4 rows",
        () -> new Embedding(4, 2).forward(Tensor.of(new long[] {0, 4})));
    assertThrows(ShapeException.class, () -> new Conv2d(1, 1, 5).forward(Tensor.zeros(1, 1, 4, 4)));
  }

  @Test
  void optionsAreChecked() {
    message(
        "Conv2d: groups must divide both inChannels 3 and outChannels 6, was 2",
        () -> new Conv2d(3, 6, 5, o -> o.groups(2)));
    message(
        "Conv2d: stride must be at least 1, was [0]", () -> new Conv2d(3, 6, 5, o -> o.stride(0)));
    message(
        "Conv2d: stride has 3 values, expected 1 or 2: [1, 1, 1]",
        () -> new Conv2d(3, 6, 5, o -> o.stride(1, 1, 1)));
    message(
        "Conv2d: padding must be \"same\", \"valid\" or sizes, was \"full\"",
        () -> new Conv2d(3, 6, 5, o -> o.padding("full")));
    message("Dropout: the probability must be between 0 and 1, was 1.5", () -> new Dropout(1.5));
    message("GroupNorm: numGroups must divide numChannels 4, was 3", () -> new GroupNorm(3, 4));
    message(
        "Embedding: paddingIdx must lie within the table of 3 rows, was 3",
        () -> new Embedding(3, 2, o -> o.paddingIdx(3)));
    message("Linear: inFeatures must be at least 0, was -1", () -> new Linear(-1, 2));
    message("CELU: alpha must not be 0", () -> new CELU(0));
    message(
        "GELU: approximate must be one of \"none\", \"tanh\", was \"erf\"", () -> new GELU("erf"));
  }

  @Test
  void unflattenIsTheInverseOfFlatten() {
    Tensor x = Tensor.arange(24).view(2, 3, 4);
    Tensor flat = new Flatten().forward(x);
    assertArrayEquals(new int[] {2, 12}, flat.shape());
    Tensor back = new Unflatten(1, 3, 4).forward(flat);
    assertArrayEquals(x.toLongArray(), back.toLongArray());
    assertArrayEquals(new int[] {2, 3, 4}, new Unflatten(-1, -1, 4).forward(flat).shape());
    Tensor same = Tensor.ones(2);
    assertSame(same, new Identity().forward(same));
  }

  @Test
  void dropoutDropsInTrainingOnly() {
    Facula.manualSeed(1);
    Tensor x = Tensor.ones(1000).requiresGrad_(true);
    Dropout layer = new Dropout(0.25);
    Tensor y = layer.forward(x);
    y.sum().backward();
    float[] values = y.toFloatArray();
    assertArrayEquals(values, x.grad().toFloatArray());
    int zeros = 0;
    for (float v : values) {
      zeros += v == 0 ? 1 : 0;
      assertEquals(v == 0 ? 0 : 1 / 0.75f, v);
    }
    assertEquals(250, zeros, 50);
    layer.eval();
    assertSame(x, layer.forward(x));
    assertEquals(0, new Dropout(1).forward(x).sum().item());
    Tensor channels = new Dropout2d(0.5).forward(Tensor.ones(4, 8, 3, 3));
    for (double sum : channels.sum(2, 3).toDoubleArray()) {
      assertEquals(sum == 0 ? 0 : 18, sum);
    }
  }

  @Test
  void embeddingsKeepTheirPromises() {
    Facula.manualSeed(2);
    Embedding padded = new Embedding(4, 3, o -> o.paddingIdx(1).scaleGradByFreq(true));
    assertArrayEquals(new float[3], padded.weight().select(0, 1).toFloatArray());
    padded.forward(Tensor.of(new long[] {0, 1, 0, 3}, 2, 2)).sum().backward();
    assertArrayEquals(
        new float[] {1, 1, 1, 0, 0, 0, 0, 0, 0, 1, 1, 1}, padded.weight().grad().toFloatArray());
    Embedding limited = new Embedding(4, 3, o -> o.maxNorm(0.5));
    limited.weight().detach().fill_(1);
    Tensor row = limited.forward(Tensor.of(new long[] {2})).detach();
    assertEquals(0.5, Math.sqrt(row.square().sum().item()), 1e-6);
    assertArrayEquals(new float[] {1, 1, 1}, limited.weight().select(0, 0).toFloatArray());
    Tensor places = Tensor.of(new long[] {0, 2, 2, 1});
    Gradients.check(
        in -> Functional.embedding(places, in.get(0)).square(), Gradients.random(1, 3, 2));
    Embedding frozen = Embedding.fromPretrained(Tensor.ones(2, 5), true, o -> {});
    assertEquals(false, frozen.forward(Tensor.of(new int[] {1})).requiresGrad());
  }

  @Test
  void linearTakesAnyNumberOfDimensions() {
    Linear layer = new Linear(3, 2);
    layer.to(DType.FLOAT64);
    Tensor x = Gradients.random(1, 2, 4, 3);
    Tensor y = layer.forward(x);
    assertArrayEquals(new int[] {2, 4, 2}, y.shape());
    Tensor row = layer.forward(x.select(0, 1).select(0, 3));
    assertArrayEquals(y.select(0, 1).select(0, 3).toDoubleArray(), row.toDoubleArray(), 1e-12);
    assertArrayEquals(new int[] {0, 2}, layer.forward(Tensor.zeros(DType.FLOAT64, 0, 3)).shape());
    Gradients.check(
        in -> Functional.linear(in.get(0), in.get(1), in.get(2)).square(),
        x,
        layer.weight(),
        layer.bias());
    Gradients.check(
        in -> Functional.linear(in.get(0).transpose(0, 1), in.get(1).t(), null),
        Gradients.random(3, 3, 4),
        Gradients.random(4, 3, 2));
    Gradients.check(
        in -> Functional.bilinear(in.get(0), in.get(1), in.get(2), null),
        Gradients.random(5, 2, 3),
        Gradients.random(6, 2, 4),
        Gradients.random(7, 2, 3, 4));
  }
}
