package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Masked reductions, grids, bags, histograms and random windows; the numbers are PyTorch's. */
final class SampledTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static void values(Tensor found, double... wanted) {
    assertArrayEquals(wanted, found.toDoubleArray(), 2e-5);
  }

  private static void refuses(Class<? extends RuntimeException> type, String part, Runnable work) {
    RuntimeException e = assertThrows(type, work::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void reducesUnderAMask() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Tensor mask = Tensor.of(new boolean[] {true, false, true, false, false, false}, 2, 3);
    values(Masked.sum(x, mask, 1), 4, 0);
    values(Masked.sum(x, mask), 4);
    values(Masked.prod(x, mask, o -> o.dim(1).keepdim(true)), 3, 1);
    values(Masked.mean(x, mask, 1), 2, NAN);
    values(Masked.amax(x, mask, 1), 3, -INF);
    values(Masked.amin(x, mask, 1), 1, INF);
    values(Masked.argmin(x, mask, o -> o.dim(1)), 0, 0);
    values(Masked.median(x, mask, 1), 1, NAN);
    values(Masked.std(x, mask, 1), 1.4142136, NAN);
    values(Masked.softmax(x, mask, 1), 0.119203, 0, 0.880797, NAN, NAN, NAN);
    values(Masked.normalize(x, mask, 2, 1), 0.3162278, 0, 0.9486833, 0, 0, 0);
    values(Masked.cumsum(x, mask, 1), 1, 1, 4, 0, 0, 0);
    values(Masked.logsumexp(x, mask, 1), 3.126928, -INF);
    values(Masked.norm(x, mask, 2, 1), 3.1622777, 0);
    values(Masked.sum(x.t(), mask.t(), 0), 4, 0);
    values(Masked.sum(x, Tensor.of(true, false, false)), 5);
    Tensor bytes = x.to(DType.INT8);
    values(Masked.amax(bytes, mask, 1), 3, -128);
    assertEquals(DType.INT64, Masked.sum(bytes, mask).dtype());
    assertEquals(DType.FLOAT64, Masked.sum(bytes, mask, o -> o.dtype(DType.FLOAT64)).dtype());
    refuses(ShapeException.class, "masked.sum", () -> Masked.sum(x, Tensor.of(true, false)));
    refuses(DTypeException.class, "masked.mean", () -> Masked.mean(bytes, mask));
    refuses(DTypeException.class, "masked.amax", () -> Masked.amax(mask, mask));
    refuses(IllegalArgumentException.class, "masked.median", () -> Masked.median(bytes, mask, 1));
  }

  @Test
  void samplesAtTheEdges() {
    Tensor image = Tensor.arange(12).to(DType.FLOAT32).reshape(1, 1, 3, 4);
    Tensor grid = Tensor.of(new float[] {-0.7f, 0.4f, 0.3f, -1.2f, 1.4f, 0.9f}, 1, 1, 3, 2);
    double[][] wanted = {
      {6.5, 0.42, 0},
      {6.05, 1.56, 4.24},
      {6.5, 2.1, 11},
      {6.05, 1.95, 10.6},
      {6.5, 2.1, 10.7},
      {6.05, 2.75, 10},
      {8, 0, 0},
      {4, 2, 0},
      {8, 2, 11},
      {4, 2, 11},
      {8, 2, 11},
      {4, 2, 10},
      {8.14508, 0.28404, -0.85789},
      {7.61596, 1.20519, 4.48687},
      {6.81125, 2.04675, 11.44363},
      {6.34428, 1.54463, 10.771},
      {6.81125, 1.66275, 11.45076},
      {6.53019, 2.15263, 10.51}
    };
    int next = 0;
    for (String mode : List.of("bilinear", "nearest", "bicubic")) {
      for (String padding : List.of("zeros", "border", "reflection")) {
        for (boolean aligned : new boolean[] {false, true}) {
          Consumer<GridSampleOptions> options =
              o -> o.mode(mode).paddingMode(padding).alignCorners(aligned);
          double[] row = wanted[next++];
          values(Functional.gridSample(image, grid, options), row);
          Tensor strided = image.transpose(2, 3).contiguous().transpose(2, 3);
          values(Functional.gridSample(strided, grid.expand(1, 1, 3, 2), options), row);
        }
      }
    }
    Tensor volume = Tensor.arange(8).to(DType.FLOAT64).reshape(1, 1, 2, 2, 2);
    Tensor places = Tensor.of(new double[] {0.2, -0.3, 0.6, -1.5, 0.1, 0.9}, 1, 1, 1, 2, 3);
    values(Functional.gridSample(volume, places), 4.59, 0);
    values(Functional.gridSample(volume, places, o -> o.paddingMode("border")), 5.1, 5.2);
    Tensor wild = Tensor.of(new float[] {Float.NaN, 0, 1e30f, 0, -1e30f, 0.3f}, 1, 1, 3, 2);
    values(Functional.gridSample(image, wild).narrow(3, 1, 2), 0, 0);
    assertEquals(
        0, Functional.gridSample(Tensor.zeros(0, 2, 3, 3), Tensor.zeros(0, 1, 1, 2)).numel());
    refuses(
        ShapeException.class,
        "(2 != 1)",
        () -> Functional.gridSample(Tensor.zeros(2, 1, 3, 3), grid));
    refuses(
        ShapeException.class,
        "(2 != 3)",
        () -> Functional.gridSample(volume, Tensor.zeros(DType.FLOAT64, 1, 1, 1, 1, 2)));
    refuses(
        DTypeException.class,
        "gridSample",
        () -> Functional.gridSample(image, grid.to(DType.FLOAT64)));
    refuses(
        IllegalArgumentException.class,
        "bicubic",
        () -> Functional.gridSample(volume, places, o -> o.mode("bicubic")));
    Tensor leaf = image.to(DType.FLOAT64).requiresGrad_();
    Tensor slope =
        Autograd.grad(
                List.of(Functional.gridSample(leaf.square(), grid.to(DType.FLOAT64)).sum()),
                List.of(leaf),
                o -> o.createGraph(true))
            .get(0);
    refuses(AutogradException.class, "gridSample", () -> slope.sum().backward());
  }

  @Test
  void gridsOfAffineMaps() {
    Tensor theta = Tensor.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3);
    values(Functional.affineGrid(theta, 1, 1, 2, 2), 1.5, 1.5, 2.5, 5.5, 3.5, 6.5, 4.5, 10.5);
    refuses(ShapeException.class, "affineGrid", () -> Functional.affineGrid(theta, 2, 1, 2, 2));
    refuses(ShapeException.class, "affineGrid", () -> Functional.affineGrid(theta, 1, 1, 0, 2));
    refuses(ShapeException.class, "affineGrid", () -> Functional.affineGrid(theta, 1, 1, 2));
  }

  @Test
  void bagsOfRows() {
    Tensor table = Tensor.arange(8).to(DType.FLOAT32).reshape(4, 2);
    Tensor index = Tensor.of(1L, 3, 0, 2);
    Tensor offsets = Tensor.of(0L, 2, 2);
    double[][] wanted = {
      {8, 10, 0, 0, 4, 6}, {2, 3, 0, 0, 4, 6},
      {4, 5, 0, 0, 2, 3}, {2, 3, 0, 0, 2, 3},
      {6, 7, 0, 0, 4, 5}, {2, 3, 0, 0, 4, 5}
    };
    int next = 0;
    for (String mode : List.of("sum", "mean", "max")) {
      for (Integer padding : new Integer[] {null, 3}) {
        values(
            Functional.embeddingBag(
                index, table, o -> o.offsets(offsets).mode(mode).paddingIdx(padding)),
            wanted[next++]);
      }
    }
    Tensor weights = Tensor.of(1f, 2, 3, 4);
    values(
        Functional.embeddingBag(
            index,
            table,
            o ->
                o.offsets(Tensor.of(0L, 1, 4))
                    .mode("sum")
                    .includeLastOffset(true)
                    .perSampleWeights(weights)),
        2,
        3,
        28,
        37);
    refuses(
        IllegalArgumentException.class,
        "needs offsets",
        () -> Functional.embeddingBag(index, table, o -> {}));
    refuses(
        IllegalArgumentException.class,
        "begin with 0",
        () -> Functional.embeddingBag(index, table, o -> o.offsets(Tensor.of(1L, 2))));
    refuses(
        IllegalArgumentException.class,
        "mode sum",
        () ->
            Functional.embeddingBag(
                index.view(2, 2), table, o -> o.perSampleWeights(weights.view(2, 2))));
    refuses(
        ShapeException.class,
        "leave them out",
        () -> Functional.embeddingBag(index.view(2, 2), table, o -> o.offsets(offsets)));
    refuses(
        ShapeException.class,
        "table of 4 rows",
        () -> Functional.embeddingBag(Tensor.of(9L).view(1, 1), table, o -> {}));
  }

  @Test
  void covariances() {
    Tensor x = Tensor.of(new float[] {1, 2, 4, 3, 1, 0}, 2, 3);
    values(x.cov(), 2.3333333, -2.1666667, -2.1666667, 2.3333333);
    values(x.corrcoef(), 1, -0.9285713, -0.9285713, 1);
    values(
        x.cov(o -> o.correction(0).fweights(Tensor.of(1L, 2, 1)).aweights(Tensor.of(0.5f, 1, 2))),
        1.2839506,
        -0.9382716,
        -0.9382716,
        0.8395062);
    refuses(ShapeException.class, "cov", () -> Tensor.zeros(2, 2, 2).cov());
    refuses(DTypeException.class, "aweights", () -> x.cov(o -> o.aweights(Tensor.of(1L, 2, 1))));
  }

  @Test
  void gradients() {
    Tensor x = Tensor.of(1f, 4, 9, 16);
    Tensor at = Tensor.of(0f, 1, 3, 4);
    values(x.gradient().get(0), 3, 4, 6, 7);
    values(x.gradient(o -> o.spacing(2)).get(0), 1.5, 2, 3, 3.5);
    values(x.gradient(o -> o.edgeOrder(2)).get(0), 2, 4, 6, 8);
    values(x.gradient(o -> o.coordinates(at)).get(0), 3, 2.833333, 5.5, 7);
    values(x.gradient(o -> o.coordinates(at).edgeOrder(2)).get(0), 3.166667, 2.833333, 5.5, 8.5);
    assertEquals(2, Tensor.zeros(3, 4).gradient().size());
    refuses(ShapeException.class, "edgeOrder + 1", () -> Tensor.zeros(1).gradient());
  }

  @Test
  void histograms() {
    Tensor x = Tensor.of(1f, 2, 1);
    Tensor weight = Tensor.of(1f, 2, 4);
    values(x.histogram(4, o -> o.range(0, 3).weight(weight)).hist(), 0, 5, 2, 0);
    values(x.histogram(4, o -> o.range(0, 3)).binEdges(), 0, 0.75, 1.5, 2.25, 3);
    values(x.histogram(Tensor.of(0f, 1, 2), o -> o.density(true)).hist(), 0, 1);
    Tensor points = Tensor.of(new float[] {0, 1, 1, 0, 2, 0, 2, 2}, 4, 2);
    values(points.histogramdd(new int[] {3, 3}, o -> {}).hist(), 0, 1, 0, 1, 0, 0, 1, 0, 1);
    refuses(IllegalArgumentException.class, "histogram", () -> x.histogram(0));
    refuses(
        IllegalArgumentException.class,
        "(3 != 2)".substring(1, 7),
        () -> points.histogramdd(new int[] {3, 3, 3}, o -> {}));
  }

  @Test
  void placesInAFixedNumberOfRows() {
    Tensor x = Tensor.of(0L, 1, 1);
    values(x.nonzeroStatic(3, -7), 1, 2, -7);
    values(x.nonzeroStatic(1), 1);
    assertArrayEquals(
        new int[] {4, 2, 3}, Tensor.broadcastShapes(new int[] {2, 1}, new int[] {4, 1, 3}));
    refuses(IllegalArgumentException.class, "nonzeroStatic", () -> x.nonzeroStatic(-1));
  }

  @Test
  void windowsAtRandomSteps() {
    Tensor x = Tensor.arange(25).to(DType.FLOAT32).reshape(1, 1, 5, 5);
    Tensor samples = Tensor.of(new float[] {0.3f, 0.8f}, 1, 1, 2);
    ValuesIndices y =
        Functional.fractionalMaxPool2dWithIndices(
            x, new int[] {2}, o -> o.outputSize(3, 2).randomSamples(samples));
    values(y.values(), 6, 9, 11, 14, 21, 24);
    values(y.indices(), 6, 9, 11, 14, 21, 24);
    Facula.manualSeed(3);
    values(Functional.fractionalMaxPool2d(x, new int[] {2}, o -> o.outputRatio(0.5)), 6, 9, 21, 24);
    assertEquals(0.2858, Tensor.rand(1).item(), 1e-4);
    refuses(
        IllegalArgumentException.class,
        "either outputSize",
        () -> Functional.fractionalMaxPool2d(x, new int[] {2}, o -> {}));
    refuses(
        ShapeException.class,
        "(5 + 2 - 1 > 5)",
        () -> Functional.fractionalMaxPool2d(x, new int[] {2}, o -> o.outputSize(5)));
  }

  @Test
  void diagonalsOfAnyNumberOfDimensions() {
    values(Tensor.zeros(3, 3, 3).fillDiagonal_(1).flatten().nonzero().flatten(), 0, 13, 26);
    values(Tensor.zeros(5, 2).fillDiagonal_(1, true).flatten().nonzero().flatten(), 0, 3, 6, 9);
    refuses(ShapeException.class, "(2 != 3)", () -> Tensor.zeros(2, 3, 3).fillDiagonal_(1));
    refuses(ShapeException.class, "fillDiagonal_", () -> Tensor.zeros(3).fillDiagonal_(1));
  }

  @Test
  void refusesWhatPyTorchRefuses() {
    Tensor flags = Tensor.ones(DType.BOOL, 2, 2);
    Tensor x = Tensor.zeros(2, 2);
    Tensor y = x.to(DType.FLOAT64);
    refuses(DTypeException.class, "matmul", () -> flags.matmul(flags));
    refuses(DTypeException.class, "mm", () -> flags.mm(flags));
    refuses(DTypeException.class, "trace", flags::trace);
    refuses(DTypeException.class, "cdist", () -> Tensor.cdist(x, y));
    refuses(
        DTypeException.class, "meshgrid", () -> Tensor.meshgrid(x.select(0, 0), y.select(0, 0)));
    refuses(IllegalArgumentException.class, "meshgrid", () -> Tensor.meshgrid(List.of()));
    refuses(IllegalArgumentException.class, "cartesianProd", () -> Tensor.cartesianProd());
    refuses(DTypeException.class, "bincount", () -> Tensor.zeros(2).bincount());
    refuses(
        DTypeException.class,
        "repeatInterleave",
        () -> Tensor.zeros(2).repeatInterleave(Tensor.ones(2), 0));
    refuses(ShapeException.class, "any number", () -> Tensor.zeros(2, 0).reshape(-1, 0));
    refuses(ShapeException.class, "new one", () -> Tensor.zeros(3).expand(-1, 3));
    values(Tensor.of(-1L).unravelIndex(2, 3).get(0), 1);
    values(Tensor.of(6L).unravelIndex(2, 3).get(1), 0);
    assertArrayEquals(new int[] {2, 0}, Tensor.zeros(2, 0).cumulativeTrapezoid().shape());
    assertArrayEquals(new int[] {0}, Tensor.zeros(0).cumulativeTrapezoid().shape());
  }
}
