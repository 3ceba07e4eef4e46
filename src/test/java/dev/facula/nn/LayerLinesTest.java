package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.PadMode;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The lines that a PyTorch user writes first with layers: shape, type and value of each, with the
 * numbers of PyTorch 2.13 for the seed 0, and what layers say of themselves.
 */
class LayerLinesTest {
  /**
   * A line and what it gives.
   *
   * @param first the first element
   * @param sum the sum of all elements times cos(0.3 i)
   */
  private record Line(Supplier<Tensor> code, double first, double sum, int... shape) {}

  /** Values without pattern: sin(0.7 i + 1) / 2. */
  private static Tensor wave(int... shape) {
    return EveryLayer.wave(1, shape).to(DType.FLOAT32);
  }

  private static List<Line> lines() {
    return List.of(
        new Line(
            () -> new RMSNorm(8, o -> o.eps(1e-6)).forward(wave(2, 8)), 1.134678, 1.251177, 2, 8),
        new Line(
            () -> new MaxPool2d(3, 2, 1).forward(wave(2, 3, 6, 6)),
            0.4958324,
            -0.2772986,
            2,
            3,
            3,
            3),
        new Line(
            () -> new Conv2d(3, 8, new int[] {3, 1}).forward(wave(2, 3, 6, 6)),
            -0.1159634,
            -1.95768,
            2,
            8,
            4,
            6),
        new Line(
            () -> new Transformer(8, 2, 2, 2).encoder().eval().forward(wave(5, 2, 8)),
            0.9659522,
            1.65383,
            5,
            2,
            8),
        new Line(
            () ->
                new TransformerEncoder(() -> new TransformerEncoderLayer(8, 2), 2)
                    .eval()
                    .forward(wave(5, 2, 8)),
            1.121505,
            2.376166,
            5,
            2,
            8),
        new Line(() -> Init.kaimingNormal_(Tensor.zeros(6, 5)), -0.7120436, -3.780444, 6, 5),
        new Line(
            () -> Init.truncNormal_(Tensor.zeros(6, 5), 0, 0.02), -0.0225168, -0.1195481, 6, 5),
        new Line(() -> new Linear(4, 3).forward(wave(2, 4)), -0.4928905, -1.375422, 2, 3),
        new Line(() -> new Linear(4, 3, false).forward(wave(2, 4)), -0.0152163, 0.02021301, 2, 3),
        new Line(
            () -> new Bilinear(4, 3, 2).forward(wave(2, 4), wave(2, 3)),
            -0.1266026,
            -0.1944154,
            2,
            2),
        new Line(
            () -> new Bilinear(4, 3, 2, false).forward(wave(2, 4), wave(2, 3)),
            -0.0460109,
            -0.1307401,
            2,
            2),
        new Line(
            () -> new Embedding(10, 3, 1).forward(Tensor.of(new long[] {1, 2, 9}, 3)),
            0.0,
            -2.913632,
            3,
            3),
        new Line(
            () -> Embedding.fromPretrained(wave(4, 3)).forward(Tensor.of(new long[] {3, 0}, 2)),
            0.4252183,
            1.636482,
            2,
            3),
        new Line(
            () -> new Conv1d(3, 4, 3, 2, 1).forward(wave(2, 3, 8)),
            -0.2895504,
            -0.9992559,
            2,
            4,
            4),
        new Line(
            () -> new Conv2d(3, 8, 3, 1, 1).forward(wave(2, 3, 6, 6)),
            -0.3434878,
            -3.336209,
            2,
            8,
            6,
            6),
        new Line(
            () -> new Conv2d(3, 8, 3, 1, 1, o -> o.bias(false)).forward(wave(2, 3, 6, 6)),
            -0.1929523,
            -2.38183,
            2,
            8,
            6,
            6),
        new Line(
            () -> new Conv2d(3, 6, 3, o -> o.padding("same").groups(3)).forward(wave(2, 3, 6, 6)),
            0.1025827,
            -2.671126,
            2,
            6,
            6,
            6),
        new Line(
            () ->
                new Conv2d(3, 4, new int[] {3, 5}, new int[] {2, 1}, new int[] {4, 2})
                    .forward(wave(2, 3, 6, 6)),
            0.01599607,
            -8.99759,
            2,
            4,
            6,
            6),
        new Line(
            () -> new Conv3d(2, 3, new int[] {3, 1, 2}).forward(wave(1, 2, 4, 4, 4)),
            0.07076953,
            -0.4189129,
            1,
            3,
            2,
            4,
            3),
        new Line(
            () -> new ConvTranspose2d(3, 4, 3, 2, 1, 1).forward(wave(2, 3, 6, 6)),
            -0.01732155,
            0.1843782,
            2,
            4,
            12,
            12),
        new Line(
            () -> new ConvTranspose2d(3, 4, 4, 1, 0, o -> o.bias(false)).forward(wave(2, 3, 6, 6)),
            0.009841852,
            0.1813892,
            2,
            4,
            9,
            9),
        new Line(
            () -> new ConvTranspose1d(3, 4, 3).forward(wave(2, 3, 8)),
            -0.2040458,
            -4.119514,
            2,
            4,
            10),
        new Line(() -> new MaxPool1d(3, 2).forward(wave(2, 3, 8)), 0.4958324, -0.8016776, 2, 3, 3),
        new Line(
            () -> new MaxPool2d(3, 2, o -> o.ceilMode(true)).forward(wave(2, 3, 6, 6)),
            0.4958324,
            -0.1061127,
            2,
            3,
            3,
            3),
        new Line(
            () -> new MaxPool2d(new int[] {3, 2}, new int[] {2, 1}).forward(wave(2, 3, 6, 6)),
            0.4958324,
            -1.081914,
            2,
            3,
            2,
            5),
        new Line(
            () -> new AvgPool2d(3, 2, 1).forward(wave(2, 3, 6, 6)),
            0.03198914,
            0.1573693,
            2,
            3,
            3,
            3),
        new Line(
            () -> new AvgPool1d(new int[] {2}).forward(wave(2, 3, 8)),
            0.458284,
            0.5407795,
            2,
            3,
            4),
        new Line(
            () -> new AvgPool3d(2, 1).forward(wave(1, 2, 4, 4, 4)),
            0.05445275,
            0.001969105,
            1,
            2,
            3,
            3,
            3),
        new Line(
            () -> new AdaptiveAvgPool2d(2, 3).forward(wave(2, 3, 6, 6)),
            -0.002040893,
            -0.005540531,
            2,
            3,
            2,
            3),
        new Line(
            () -> new AdaptiveMaxPool1d(3).forward(wave(2, 3, 8)), 0.4958324, -0.3343512, 2, 3, 3),
        new Line(
            () -> new LPPool2d(2, 3, 2).forward(wave(2, 3, 6, 6)), 1.062852, 2.99282, 2, 3, 2, 2),
        new Line(
            () -> new BatchNorm2d(3, 1e-3, 0.01).forward(wave(2, 3, 6, 6)),
            1.182598,
            1.296855,
            2,
            3,
            6,
            6),
        new Line(
            () -> new BatchNorm1d(3).eval().forward(wave(2, 3, 8)), 0.4207334, 0.4608475, 2, 3, 8),
        new Line(
            () -> new InstanceNorm1d(3, 0.1).forward(wave(2, 3, 8)), 0.902034, 1.169037, 2, 3, 8),
        new Line(
            () -> new GroupNorm(3, 3, 1e-2).forward(wave(2, 3, 6, 6)),
            1.143069,
            1.253217,
            2,
            3,
            6,
            6),
        new Line(() -> new LayerNorm(8, 1e-3).forward(wave(2, 3, 8)), 1.181848, 1.525782, 2, 3, 8),
        new Line(
            () -> new LayerNorm(new int[] {3, 8}).forward(wave(2, 3, 8)),
            1.114617,
            1.013442,
            2,
            3,
            8),
        new Line(
            () -> new RMSNorm(new int[] {3, 8}).forward(wave(2, 3, 8)),
            1.165778,
            1.260644,
            2,
            3,
            8),
        new Line(
            () -> new LocalResponseNorm(2, 0.1, 0.5, 2).forward(wave(2, 3, 8)),
            0.2968488,
            0.3257691,
            2,
            3,
            8),
        new Line(() -> new ReLU().forward(wave(2, 4)), 0.4207355, 1.186088, 2, 4),
        new Line(() -> new ReLU(true).forward(wave(2, 4)), 0.4207355, 1.186088, 2, 4),
        new Line(() -> new LeakyReLU(0.2).forward(wave(2, 4)), 0.4207355, 1.195949, 2, 4),
        new Line(() -> new LeakyReLU(0.2, true).forward(wave(2, 4)), 0.4207355, 1.195949, 2, 4),
        new Line(() -> new ELU(0.5).forward(wave(2, 4)), 0.4207355, 1.208265, 2, 4),
        new Line(() -> new CELU(0.5).forward(wave(2, 4)), 0.4207355, 1.226492, 2, 4),
        new Line(() -> new SELU().forward(wave(2, 4)), 0.4420672, 1.324205, 2, 4),
        new Line(() -> new GELU("tanh").forward(wave(2, 4)), 0.2789494, 0.8088987, 2, 4),
        new Line(() -> new SiLU(true).forward(wave(2, 4)), 0.2539808, 0.7394859, 2, 4),
        new Line(() -> new Mish().forward(wave(2, 4)), 0.3064974, 0.8917094, 2, 4),
        new Line(() -> new Softplus(2).forward(wave(2, 4)), 0.5999488, 1.813153, 2, 4),
        new Line(() -> new Softshrink(0.1).forward(wave(2, 4)), 0.3207355, 0.9145085, 2, 4),
        new Line(() -> new Hardshrink(0.1).forward(wave(2, 4)), 0.4207355, 1.222471, 2, 4),
        new Line(() -> new Hardtanh(-0.2, 0.3).forward(wave(2, 4)), 0.3, 0.9003217, 2, 4),
        new Line(() -> new Threshold(0.1, 20).forward(wave(2, 4)), 0.4207355, 7.626299, 2, 4),
        new Line(() -> new PReLU(4).forward(wave(2, 4)), 0.4207355, 1.198414, 2, 4),
        new Line(() -> new GLU().forward(wave(2, 4)), 0.2455578, 0.2483019, 2, 2),
        new Line(() -> new Softmax(1).forward(wave(2, 4)), 0.2725766, 0.7837071, 2, 4),
        new Line(() -> new Softmin(-1).forward(wave(2, 4)), 0.2219291, 0.7617303, 2, 4),
        new Line(() -> new LogSoftmax(0).forward(wave(2, 4)), -0.394417, -1.209275, 2, 4),
        new Line(() -> new Dropout().forward(wave(2, 4)), 0.0, 0.9469568, 2, 4),
        new Line(() -> new Dropout(0.3, true).forward(wave(2, 4)), 0.0, 0.5180324, 2, 4),
        new Line(() -> new AlphaDropout(0.3).forward(wave(2, 4)), -1.059548, -2.286243, 2, 4),
        new Line(() -> new Dropout2d(0.3).forward(wave(2, 3, 6, 6)), 0.0, -0.4900511, 2, 3, 6, 6),
        new Line(() -> new Flatten().forward(wave(2, 3, 8)), 0.4207355, 0.4608498, 2, 24),
        new Line(() -> new Flatten(0).forward(wave(2, 3, 8)), 0.4207355, 0.4608498, 48),
        new Line(() -> new Unflatten(1, 3, 8).forward(wave(2, 24)), 0.4207355, 0.4608498, 2, 3, 8),
        new Line(
            () -> new PixelShuffle(2).forward(wave(1, 4, 2, 3)), 0.4207355, -1.055983, 1, 1, 4, 6),
        new Line(
            () -> new ReflectionPad2d(1, 2, 0, 1).forward(wave(2, 3, 6, 6)),
            0.4958324,
            28.94068,
            2,
            3,
            7,
            9),
        new Line(() -> new ZeroPad1d(2).forward(wave(2, 3, 8)), 0.0, -0.1633666, 2, 3, 12),
        new Line(() -> new ConstantPad1d(1, 3.5).forward(wave(2, 3, 8)), 3.5, 0.6708371, 2, 3, 10),
        new Line(
            () -> new Upsample(o -> o.scaleFactor(2)).forward(wave(2, 3, 6, 6)),
            0.4207355,
            -0.5411481,
            2,
            3,
            12,
            12),
        new Line(
            () -> new Upsample(o -> o.size(4, 9).mode("bilinear")).forward(wave(2, 3, 6, 6)),
            0.2051198,
            -0.6315563,
            2,
            3,
            4,
            9),
        new Line(
            () -> new UpsamplingBilinear2d(o -> o.scaleFactor(1.5)).forward(wave(2, 3, 6, 6)),
            0.4207355,
            -1.710508,
            2,
            3,
            9,
            9),
        new Line(
            () -> new UpsamplingNearest2d(8).forward(wave(2, 3, 6, 6)),
            0.4207355,
            1.773724,
            2,
            3,
            8,
            8),
        new Line(
            () -> new Unfold(3, o -> o.padding(1).stride(2)).forward(wave(2, 3, 6, 6)),
            0.0,
            0.7018979,
            2,
            27,
            9),
        new Line(
            () -> new Fold(new int[] {4, 5}, new int[] {2, 2}).forward(wave(1, 12, 12)),
            0.4207355,
            -0.3889829,
            1,
            3,
            4,
            5),
        new Line(
            () -> new CosineSimilarity().forward(wave(2, 4), wave(2, 4).add(1)),
            0.9287203,
            0.09168667,
            2),
        new Line(
            () -> new PairwiseDistance(1).forward(wave(2, 4), wave(2, 4).add(1)),
            3.999996,
            7.821338,
            2),
        new Line(() -> new LSTM(8, 3, 2).forward(wave(5, 2, 8)), 0.114037, 0.0586519, 5, 2, 3),
        new Line(
            () -> new LSTM(8, 3, 2, o -> o.bidirectional(true)).forward(wave(5, 2, 8)),
            0.06173192,
            0.3132452,
            5,
            2,
            6),
        new Line(() -> new GRU(8, 3, 2).forward(wave(5, 2, 8)), -0.1613431, -0.2637094, 5, 2, 3),
        new Line(() -> new RNN(8, 3, 2).forward(wave(5, 2, 8)), -0.2069862, -0.4409473, 5, 2, 3),
        new Line(() -> new GRUCell(4, 3, false).forward(wave(2, 4)), 0.09672247, -0.1522485, 2, 3),
        new Line(() -> new LSTMCell(4, 3).forward(wave(2, 4)), 0.04118278, -0.02815348, 2, 3),
        new Line(
            () -> new MultiheadAttention(8, 2, o -> o.batchFirst(true)).forward(wave(5, 2, 8)),
            0.02148813,
            0.1857393,
            5,
            2,
            8),
        new Line(
            () ->
                new MultiheadAttention(8, 2)
                    .forward(
                        wave(5, 2, 8),
                        wave(5, 2, 8),
                        wave(5, 2, 8),
                        c -> c.attnMask(Transformer.generateSquareSubsequentMask(5)).isCausal(true))
                    .output(),
            0.04046302,
            -0.1092926,
            5,
            2,
            8),
        new Line(
            () -> new TransformerEncoderLayer(8, 2, 16).eval().forward(wave(5, 2, 8)),
            1.57233,
            1.630764,
            5,
            2,
            8),
        new Line(
            () -> new TransformerEncoderLayer(8, 2, 16, 0.3).forward(wave(5, 2, 8)),
            1.79943,
            -1.643667,
            5,
            2,
            8),
        new Line(
            () ->
                new TransformerEncoderLayer(
                        8,
                        2,
                        o -> o.dimFeedforward(16).dropout(0).activation("gelu").normFirst(true))
                    .forward(wave(5, 2, 8)),
            0.6479936,
            -0.4501718,
            5,
            2,
            8),
        new Line(
            () ->
                new TransformerEncoderLayer(8, 2, 16, 0)
                    .forward(wave(5, 2, 8), Transformer.generateSquareSubsequentMask(5)),
            1.67736,
            1.244648,
            5,
            2,
            8),
        new Line(
            () -> new TransformerDecoderLayer(8, 2, 16, 0).forward(wave(5, 2, 8), wave(3, 2, 8)),
            1.181565,
            1.558273,
            5,
            2,
            8),
        new Line(
            () ->
                new TransformerEncoder(
                        new TransformerEncoderLayer(8, 2, 16, 0), 2, new LayerNorm(8))
                    .forward(wave(5, 2, 8)),
            1.739695,
            1.31992,
            5,
            2,
            8),
        new Line(
            () ->
                new TransformerDecoder(new TransformerDecoderLayer(8, 2, 16, 0), 2)
                    .forward(wave(5, 2, 8), wave(5, 2, 8)),
            1.124597,
            1.462357,
            5,
            2,
            8),
        new Line(
            () ->
                new Transformer(8, 2, o -> o.dimFeedforward(16).dropout(0))
                    .forward(wave(5, 2, 8), wave(5, 2, 8)),
            0.2941696,
            0.6080604,
            5,
            2,
            8),
        new Line(
            () ->
                new Transformer(8, 2, 1, 1, o -> o.dimFeedforward(16).dropout(0))
                    .forward(
                        wave(5, 2, 8),
                        wave(5, 2, 8),
                        m -> m.tgtMask(Transformer.generateSquareSubsequentMask(5))),
            1.59739,
            1.578994,
            5,
            2,
            8),
        new Line(
            () ->
                new Transformer(8, 2, 1, 1, o -> o.dimFeedforward(16).dropout(0))
                    .forward(wave(5, 2, 8), wave(5, 2, 8), m -> m.tgtIsCausal(true)),
            1.59739,
            1.578994,
            5,
            2,
            8),
        new Line(
            () ->
                new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2)).forward(wave(2, 4)),
            0.4794247,
            0.6877401,
            2,
            2),
        new Line(
            () ->
                new Sequential(
                        new Conv2d(3, 4, 3),
                        new ReLU(),
                        new MaxPool2d(2),
                        new Flatten(),
                        new Linear(16, 2))
                    .forward(wave(2, 3, 6, 6)),
            -0.5685725,
            -0.6664879,
            2,
            2),
        new Line(
            () ->
                new Sequential(Map.entry("fc", new Linear(4, 3)), Map.entry("act", new Tanh()))
                    .forward(wave(2, 4)),
            -0.4565076,
            -1.307653,
            2,
            3),
        new Line(
            () ->
                new Sequential(new Linear(4, 3), new ReLU(), new Linear(3, 2))
                    .slice(0, 1)
                    .forward(wave(2, 4)),
            -0.4928905,
            -1.375422,
            2,
            3),
        new Line(() -> Init.uniform_(Tensor.zeros(6, 5), -0.1, 0.1), -0.000748682, 0.2494487, 6, 5),
        new Line(() -> Init.normal_(Tensor.zeros(6, 5), 0, 0.02), -0.0225168, -0.1195481, 6, 5),
        new Line(
            () -> Init.normal_(Tensor.zeros(6, 5), o -> o.std(0.02)), -0.0225168, -0.1195481, 6, 5),
        new Line(
            () -> Init.xavierUniform_(Tensor.zeros(6, 5), Init.calculateGain("relu")),
            -0.007819728,
            2.605407,
            6,
            5),
        new Line(() -> Init.xavierNormal_(Tensor.zeros(6, 5)), -0.4800597, -2.548775, 6, 5),
        new Line(
            () -> Init.kaimingUniform_(Tensor.zeros(6, 5), Math.sqrt(5)),
            -0.003348208,
            1.115569,
            6,
            5),
        new Line(
            () -> Init.kaimingUniform_(Tensor.zeros(6, 5), 0.2, "fan_out"),
            -0.007341431,
            2.446046,
            6,
            5),
        new Line(
            () -> Init.kaimingNormal_(Tensor.zeros(6, 5), 0, "fan_out", "relu"),
            -0.6500039,
            -3.451058,
            6,
            5),
        new Line(
            () ->
                Init.kaimingNormal_(
                    Tensor.zeros(6, 5), o -> o.mode("fan_out").nonlinearity("relu")),
            -0.6500039,
            -3.451058,
            6,
            5),
        new Line(() -> Init.truncNormal_(Tensor.zeros(6, 5)), -1.12584, -3.04623, 6, 5),
        new Line(
            () -> Init.truncNormal_(Tensor.zeros(6, 5), o -> o.std(0.02).b(0.03)),
            -0.0225168,
            -0.08433282,
            6,
            5),
        new Line(() -> Init.orthogonal_(Tensor.zeros(6, 5), 2), -1.36966, -6.467836, 6, 5),
        new Line(() -> Init.sparse_(Tensor.zeros(6, 5), 0.3), 0.0, -0.02863185, 6, 5),
        new Line(() -> Init.eye_(Tensor.zeros(6, 5)), 1.0, 1.119084, 6, 5),
        new Line(() -> Init.constant_(Tensor.zeros(6, 5), 0.5), 0.5, 1.159487, 6, 5));
  }

  @Test
  void linesGiveWhatPyTorchGives() {
    List<String> wrong = new ArrayList<>();
    List<Line> lines = lines();
    for (int n = 0; n < lines.size(); n++) {
      Line line = lines.get(n);
      Facula.manualSeed(0);
      Tensor y = line.code.get().detach();
      double[] got = y.toDoubleArray();
      double sum = 0;
      double size = 1;
      for (int i = 0; i < got.length; i++) {
        sum += got[i] * Math.cos(0.3 * i);
        size += Math.abs(got[i]);
      }
      String at = "line " + n + ": ";
      assertArrayEquals(line.shape, y.shape(), at + "shape");
      assertEquals(DType.FLOAT32, y.dtype(), at + "type");
      if (Math.abs(got[0] - line.first) > 2e-6 * (1 + Math.abs(line.first))
          || Math.abs(sum - line.sum) > 2e-6 * size) {
        wrong.add(at + got[0] + " and " + sum + ", expected " + line.first + " and " + line.sum);
      }
    }
    assertEquals(List.of(), wrong);
  }

  /** What is given and what PyTorch's attribute says. */
  private static void says(Object expected, Object actual) {
    if (expected instanceof int[] sizes) {
      assertArrayEquals(sizes, (int[]) actual);
    } else {
      assertEquals(expected, actual);
    }
  }

  private static int[] sizes(int... values) {
    return values;
  }

  @Test
  void layersSayWhatTheyWereBuiltWith() {
    Linear linear = new Linear(3, 4);
    says(3, linear.inFeatures());
    says(4, linear.outFeatures());
    says(sizes(4, 3), linear.weight().shape());
    assertNull(new Linear(3, 4, false).bias());
    Bilinear bilinear = new Bilinear(3, 4, 5);
    says(
        List.of(3, 4, 5),
        List.of(bilinear.in1Features(), bilinear.in2Features(), bilinear.outFeatures()));
    Embedding table = new Embedding(10, 3, -1);
    says(
        List.of(10, 3, 9),
        List.of(table.numEmbeddings(), table.embeddingDim(), table.paddingIdx()));
    assertNull(table.maxNorm());
    says(2.0, table.normType());
    assertFalse(table.scaleGradByFreq());
    Conv2d conv = new Conv2d(4, 8, 3, 2, 1, o -> o.dilation(1, 2).groups(2).bias(false));
    says(List.of(4, 8, 2), List.of(conv.inChannels(), conv.outChannels(), conv.groups()));
    says(sizes(3, 3), conv.kernelSize());
    says(sizes(2, 2), conv.stride());
    says(sizes(1, 1), conv.padding());
    says(sizes(1, 2), conv.dilation());
    says(PadMode.CONSTANT, conv.paddingMode());
    says(sizes(8, 2, 3, 3), conv.weight().shape());
    assertNull(conv.bias());
    says(sizes(1, 1), new Conv2d(4, 8, new int[] {3, 4}, o -> o.padding("same")).padding());
    says(sizes(0), new Conv1d(4, 8, 3, o -> o.padding("valid")).padding());
    ConvTranspose2d back = new ConvTranspose2d(3, 8, 3, 2, 1, 1);
    says(sizes(1, 1), back.outputPadding());
    says(sizes(3, 8, 3, 3), back.weight().shape());
    MaxPool2d pool = new MaxPool2d(new int[] {3, 2}, o -> o.padding(1).ceilMode(true));
    says(sizes(3, 2), pool.kernelSize());
    says(sizes(3, 2), pool.stride());
    says(sizes(1, 1), pool.padding());
    says(sizes(1, 1), pool.dilation());
    assertTrue(pool.ceilMode());
    AvgPool3d mean = new AvgPool3d(2, 1, o -> o.divisorOverride(3));
    says(sizes(2, 2, 2), mean.kernelSize());
    says(sizes(1, 1, 1), mean.stride());
    says(3, mean.divisorOverride());
    assertTrue(mean.countIncludePad());
    says(sizes(7, 5), new AdaptiveAvgPool2d(7, 5).outputSize());
    LPPool1d norm = new LPPool1d(2, 3);
    says(2.0, norm.normType());
    says(sizes(3), norm.stride());
    says(sizes(2, 2), new MaxUnpool2d(2).stride());
    BatchNorm2d batch = new BatchNorm2d(8, 1e-3, 0.01);
    says(List.of(8, 1e-3, 0.01), List.of(batch.numFeatures(), batch.eps(), batch.momentum()));
    assertTrue(batch.affine() && batch.trackRunningStats());
    says(0L, batch.numBatchesTracked().itemLong());
    InstanceNorm1d instance = new InstanceNorm1d(8);
    assertFalse(instance.affine() || instance.trackRunningStats());
    assertNull(instance.runningMean());
    GroupNorm group = new GroupNorm(2, 8);
    says(List.of(2, 8, 1e-5), List.of(group.numGroups(), group.numChannels(), group.eps()));
    says(sizes(8), new LayerNorm(8, 1e-6).normalizedShape());
    says(1e-6, new LayerNorm(8, 1e-6).eps());
    assertFalse(new LayerNorm(8, o -> o.elementwiseAffine(false)).elementwiseAffine());
    assertNull(new RMSNorm(8).eps());
    assertNull(new RMSNorm(8).bias());
    says(
        List.of(5, 1e-4, 0.75, 1.0),
        List.of(
            new LocalResponseNorm(5).size(),
            new LocalResponseNorm(5).alpha(),
            new LocalResponseNorm(5).beta(),
            new LocalResponseNorm(5).k()));
    says(0.1, new Dropout(0.1).p());
    assertTrue(new Dropout(0.1, true).inplace() && new ReLU(true).inplace());
    says(0.2, new LeakyReLU(0.2).negativeSlope());
    says(1.0, new ELU().alpha());
    says(List.of(-1.0, 1.0), List.of(new Hardtanh().minVal(), new Hardtanh().maxVal()));
    says(List.of(1.0, 20.0), List.of(new Softplus().beta(), new Softplus().threshold()));
    says(0.5, new Softshrink().lambd());
    says("none", new GELU().approximate());
    says(-1, new GLU().dim());
    says(1, new Softmax(1).dim());
    says(List.of(1, -1), List.of(new Flatten().startDim(), new Flatten().endDim()));
    says(sizes(2, 5), new Unflatten(1, 2, 5).unflattenedSize());
    says(2, new PixelShuffle(2).upscaleFactor());
    says(sizes(1, 1, 1, 1), new ZeroPad2d(1).padding());
    says(3.5, new ConstantPad1d(1, 3.5).value());
    Upsample up = new Upsample(o -> o.scaleFactor(2).mode("bilinear"));
    says("bilinear", up.mode());
    assertNull(up.size());
    assertArrayEquals(new double[] {2}, up.scaleFactor());
    says(true, new UpsamplingBilinear2d(4).alignCorners());
    says("Upsample(scale_factor=2.0, mode='bilinear')", up.toString());
    says("Unfold(kernel_size=3, dilation=1, padding=0, stride=1)", new Unfold(3).toString());
    says("LeakyReLU(negative_slope=0.2, inplace=True)", new LeakyReLU(0.2, true).toString());
    says("ReLU(inplace=True)", new ReLU(true).toString());
    says("Dropout(p=0.5, inplace=True)", new Dropout(0.5, true).toString());
  }

  @Test
  void sequencesSayWhatTheyWereBuiltWith() {
    LSTM lstm = new LSTM(3, 4, 2, o -> o.batchFirst(true).projSize(2).dropout(0.1));
    says(
        List.of(3, 4, 2, 2),
        List.of(lstm.inputSize(), lstm.hiddenSize(), lstm.numLayers(), lstm.projSize()));
    says(List.of(true, true, false), List.of(lstm.bias(), lstm.batchFirst(), lstm.bidirectional()));
    says(0.1, lstm.dropout());
    says(2, lstm.allWeights().size());
    assertSame(lstm.getParameter("weight_hr_l1"), lstm.allWeights().get(1).get(4));
    says("relu", new RNN(3, 4, o -> o.nonlinearity("relu")).nonlinearity());
    RNNCell cell = new RNNCell(3, 4, false);
    says(sizes(4, 3), cell.weightIh().shape());
    says(sizes(4, 4), cell.weightHh().shape());
    assertNull(cell.biasIh());
    assertFalse(cell.bias());
    MultiheadAttention attention = new MultiheadAttention(8, 2, 0.1);
    says(
        List.of(8, 2, 4, 8, 8),
        List.of(
            attention.embedDim(),
            attention.numHeads(),
            attention.headDim(),
            attention.kdim(),
            attention.vdim()));
    says(0.1, attention.dropout());
    says(sizes(24, 8), attention.inProjWeight().shape());
    assertFalse(attention.batchFirst());
    Transformer net = new Transformer(8, 2, 1, 3);
    says(3, net.decoder().numLayers());
    says(1, net.encoder().layers().size());
    assertSame(net.getSubmodule("encoder.norm"), net.encoder().norm());
    assertFalse(net.batchFirst());
    TransformerDecoderLayer layer = new TransformerDecoderLayer(8, 2);
    assertSame(layer.getSubmodule("multihead_attn"), layer.multiheadAttn());
    assertSame(layer.getSubmodule("norm3"), layer.norm3());
    assertSame(layer.getSubmodule("linear2"), layer.linear2());
    IllegalArgumentException causal =
        assertThrows(
            IllegalArgumentException.class,
            () -> attention.forward(wave(3, 8), wave(3, 8), wave(3, 8), c -> c.isCausal(true)));
    assertTrue(causal.getMessage().contains("isCausal needs attnMask"));
  }

  @Test
  void wrongNamesListTheValidOnes() {
    for (Runnable r :
        List.<Runnable>of(
            () -> Init.kaimingNormal_(wave(2, 3), 0, "in"),
            () -> Init.calculateGain("elu"),
            () -> new TransformerEncoderLayer(8, 2, o -> o.activation("silu")),
            () -> new Conv2d(3, 4, 3, o -> o.padding("full")),
            () -> new Upsample(o -> o.mode("nearest")),
            () -> new RNN(3, 4, o -> o.nonlinearity("sigmoid")))) {
      String message = assertThrows(IllegalArgumentException.class, r::run).getMessage();
      assertTrue(message.matches(".*(fan_out|leaky_relu|gelu|valid|scaleFactor|relu).*"), message);
    }
  }
}
