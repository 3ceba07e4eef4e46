package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.data.BatchSampler;
import dev.facula.data.ConcatDataset;
import dev.facula.data.DataLoader;
import dev.facula.data.Dataset;
import dev.facula.data.SequentialSampler;
import dev.facula.data.TensorDataset;
import dev.facula.internal.array.Layout;
import dev.facula.internal.array.Shapes;
import dev.facula.nn.Conv2d;
import dev.facula.nn.ConvTranspose1d;
import dev.facula.nn.GRU;
import dev.facula.nn.LSTM;
import dev.facula.nn.LSTMCell;
import dev.facula.nn.Linear;
import dev.facula.nn.MaxUnpool1d;
import dev.facula.nn.MultiheadAttention;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** Sizes that no int holds are refused with their number, and those that fit are computed. */
class SizesTest {
  private static final int BIG = 1 << 16;
  private static final int MAX = Integer.MAX_VALUE;

  /** Beyond 2^31 or 2^32 elements or more, many of which an int calls 0 or few. */
  @TestFactory
  Stream<DynamicTest> sizesThatWrapAreRefused() {
    Tensor many = Tensor.ones(DType.UINT8, BIG);
    Tensor image = Tensor.ones(1, 1, 3, 3);
    Tensor one = Tensor.ones(1, 1, 1, 1);
    return Stream.of(
        refused("zeros", "2^31", () -> Tensor.zeros(BIG, BIG)),
        refused("zeros of 2^64", "2^31", () -> Tensor.zeros(BIG, BIG, BIG, BIG)),
        refused("zeros of 2^71", "2^31", () -> Tensor.zeros(BIG, BIG, BIG, 1 << 23)),
        refused("view of 2^64", "elements", () -> Tensor.zeros(0).view(BIG, BIG, BIG, BIG)),
        refused("view of 2^32", "4294967296", () -> Tensor.zeros(0).view(BIG, BIG)),
        refused("expand", "2^31", () -> Tensor.zeros(1).expand(BIG, BIG)),
        refused("asStrided", "2^31", () -> many.asStrided(new int[] {BIG, BIG}, new int[2], 0)),
        refused("asStrided", "reach", () -> many.asStrided(new int[] {3}, new int[] {MAX}, 0)),
        refused("unflatten", "4294967296", () -> many.unflatten(0, BIG, BIG)),
        refused("repeatInterleave", "4294967296", () -> many.repeatInterleave(BIG, 0)),
        refused("repeatInterleave of 2^31 - 2^16", "2^31", () -> many.repeatInterleave(32767, 0)),
        refused(
            "repeatInterleave",
            "2^63",
            () -> Tensor.ones(3).repeatInterleave(Tensor.full(DType.INT64, 1L << 62, 3), 0)),
        refused("repeat", "4294967296", () -> many.repeat(BIG)),
        refused("repeat", "2^31", () -> many.repeat(BIG, 1)),
        refused("tile", "4294967296", () -> many.tile(BIG)),
        refused("kron", "4294967296", () -> many.kron(many)),
        refused("outer", "2^31", () -> many.outer(many)),
        refused("add", "2^31", () -> many.add(many.unsqueeze(1))),
        refused("eq", "2^31", () -> many.eq(many.unsqueeze(1))),
        refused("cdist", "2^31", () -> Tensor.cdist(column(), column(), 1)),
        refused("eye", "2^31", () -> Tensor.eye(BIG)),
        refused("triuIndices", "2^31", () -> Tensor.triuIndices(BIG, BIG, 0)),
        refused("diag", "2^31", () -> many.diagEmbed(0, -2, -1)),
        refused("diagEmbed", "2147483650", () -> Tensor.ones(3).diagEmbed(MAX, -2, -1)),
        refused("meshgrid", "2^31", () -> Tensor.meshgrid("ij", many, many)),
        refused("cartesianProd", "2^31", () -> Tensor.cartesianProd(many, many)),
        refused("combinations", "2147450880", () -> many.combinations(2, false)),
        refused("combinations", "2^63", () -> many.combinations(40, true)),
        refused("cat", "4294967294", () -> cat(MAX, MAX)),
        refused("stack", "2^31", () -> Tensor.stack(List.of(huge(), huge()), 0)),
        refused("bincount", "4611686018427387905", () -> ofLong(1L << 62).bincount(null, 0)),
        refused("bincount", "2^63", () -> ofLong(Long.MAX_VALUE).bincount(null, 0)),
        refused("bincount", "2^31", () -> ofLong(1).bincount(null, MAX)),
        refused("oneHot", "4294967297", () -> ofLong(1L << 32).oneHot(-1)),
        refused("oneHot", "2^63", () -> ofLong(Long.MAX_VALUE).oneHot(-1)),
        refused("oneHot", "2^31", () -> many.to(DType.INT64).oneHot(BIG)),
        refused("pad", "2147483650", () -> Functional.pad(Tensor.ones(3), MAX, 0)),
        refused("pad twice", "4294967297", () -> Functional.pad(Tensor.ones(3), MAX, MAX)),
        refused("pixelShuffle", "4294967296", () -> Functional.pixelShuffle(image, BIG)),
        refused(
            "pixelShuffle",
            "more than",
            () -> Functional.pixelShuffle(Tensor.ones(0, 1, MAX, MAX).expand(0, 4, MAX, MAX), 2)),
        refused(
            "pixelUnshuffle",
            "4294967296",
            () -> Functional.pixelUnshuffle(Tensor.zeros(1, 1, 0, 0), BIG)),
        refused(
            "unfold",
            "4294967297",
            () ->
                Functional.unfold(image, i(1), o -> o.dilation(i(1)).padding(i(MAX)).stride(i(1)))),
        refused(
            "fold",
            "4294967297",
            () ->
                Functional.fold(
                    Tensor.ones(1, 1, 1),
                    i(3),
                    i(1),
                    o -> o.dilation(i(1)).padding(i(MAX)).stride(i(1)))),
        refused(
            "interpolate",
            "2^63",
            () -> Functional.interpolate(image, o -> o.scaleFactor(Double.POSITIVE_INFINITY))),
        refused(
            "interpolate",
            "30000000000",
            () -> Functional.interpolate(image, o -> o.scaleFactor(1e10))),
        refused("interpolate", "2^31", () -> Functional.interpolate(image, o -> o.size(BIG))),
        refused(
            "conv2d",
            "4294967297",
            () ->
                Functional.conv2d(
                    image, one, null, o -> o.stride(i(1)).padding(i(MAX)).dilation(i(1)))),
        refused(
            "conv2d",
            "extends over 4294967295",
            () ->
                Functional.conv2d(
                    image,
                    Tensor.ones(1, 1, 3, 3),
                    null,
                    o -> o.stride(i(1)).padding(i(0)).dilation(i(MAX)))),
        refused(
            "conv2d",
            "2^31",
            () ->
                Functional.conv2d(
                    image, one, null, o -> o.stride(i(1)).padding(i(BIG)).dilation(i(1)))),
        refused(
            "convTranspose2d",
            "4294967295",
            () ->
                Functional.convTranspose2d(
                    image,
                    one,
                    null,
                    o -> o.stride(i(MAX)).padding(i(0)).outputPadding(i(0)).dilation(i(1)))),
        refused(
            "maxPool2d",
            "2147483651",
            () ->
                Functional.maxPool2d(
                    image, i(MAX), o -> o.stride(i(1)).padding(i(MAX / 2 + 1)).dilation(i(2)))),
        refused(
            "adaptiveAvgPool1d", "2^31", () -> Functional.adaptiveAvgPool1d(image.squeeze(0), MAX)),
        refused(
            "adaptiveMaxPool1d",
            "2^31",
            () -> Functional.adaptiveMaxPool1dWithIndices(Tensor.ones(0, 1, 3), MAX)),
        refused("Linear", "2^31", () -> new Linear(BIG, BIG)),
        refused("LSTM", "2400000000", () -> new LSTM(4, 600_000_000)),
        refused("LSTM", "4294967296", () -> new LSTM(4, 1 << 30)),
        refused("LSTMCell", "4294967296", () -> new LSTMCell(4, 1 << 30)),
        refused("GRU", "3221225472", () -> new GRU(4, 1 << 30)),
        refused("MultiheadAttention", "4294967298", () -> new MultiheadAttention(1431655766, 1)),
        refused("Conv2d", "2^31", () -> new Conv2d(BIG, BIG, 1)),
        refused(
            "MaxUnpool1d",
            "4294967294",
            () -> {
              Tensor x = Tensor.ones(1, 1, 2);
              new MaxUnpool1d(new int[] {MAX}, o -> {}).forward(x, x.to(DType.INT64));
            }),
        refused(
            "ConvTranspose1d",
            "4294967295",
            () ->
                new ConvTranspose1d(1, 1, 1, o -> o.stride(MAX))
                    .forward(Tensor.ones(1, 1, 3), new int[] {1})),
        refused("arange", "elements", () -> Tensor.arange(0, 1L << 32, 1)),
        refused("linspace", "2^31", () -> Tensor.linspace(0, 1, MAX)),
        refused("randperm", "2^31", () -> Tensor.randperm(MAX)),
        refused("multinomial", "2^31", () -> Tensor.ones(BIG, 2).multinomial(BIG, true)));
  }

  private static int[] i(int value) {
    return new int[] {value};
  }

  private static Tensor ofLong(long value) {
    return Tensor.of(new long[] {value}, 1);
  }

  private static Tensor column() {
    return Tensor.zeros(BIG, 1);
  }

  private static Tensor huge() {
    return Tensor.ones(DType.UINT8, 1).expand(2_000_000_000);
  }

  private static Tensor cat(int... sizes) {
    return Tensor.cat(
        Stream.of(sizes[0], sizes[1]).map(n -> Tensor.zeros(0, 1).expand(0, n)).toList(), 1);
  }

  private static DynamicTest refused(String name, String number, Executable call) {
    return DynamicTest.dynamicTest(
        name + " " + number,
        () -> {
          String message = assertThrows(ShapeException.class, call).getMessage();
          assertTrue(message.contains(number), message);
        });
  }

  // ---- what fits, though a step of it would not -----------------------------------------------

  @Test
  void tensorsWithoutElementsMayHaveAnyOtherSizes() {
    Tensor none = Tensor.zeros(0, BIG, BIG);
    assertShape(none.relu(), 0, BIG, BIG);
    assertShape(none.select(1, BIG - 1), 0, BIG);
    assertShape(none.slice(2, 1, BIG, 2), 0, BIG, BIG / 2);
    assertShape(none.unsqueeze(0).transpose(0, 3), BIG, 0, BIG, 1);
    assertShape(Tensor.cat(List.of(none, none), 2), 0, BIG, 2 * BIG);
    assertShape(none.view(BIG, 0), BIG, 0);
    assertShape(none.diagonal(3, 1, 2), 0, BIG - 3);
    assertShape(Tensor.zeros(1, 1, 0).repeat(BIG, BIG, 2), BIG, BIG, 0);
    assertShape(none.sort(0, false).values(), 0, BIG, BIG);
  }

  @Test
  void strideAndDilationOfOneStepMayBeAny() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3).requiresGrad_(true);
    Tensor w = Tensor.full(DType.FLOAT32, 2, 1, 1, 1, 1);
    Tensor y = Functional.conv2d(x, w, null, o -> o.stride(i(MAX)).padding(i(0)).dilation(i(MAX)));
    assertArrayEquals(new float[] {2}, y.toFloatArray());
    y.sum().backward();
    assertArrayEquals(new float[] {2, 0, 0, 0, 0, 0, 0, 0, 0}, x.grad().toFloatArray());
    Tensor single = Tensor.ones(1, 1, 1, 1);
    Tensor t =
        Functional.convTranspose2d(
            single,
            w,
            null,
            o -> o.stride(i(MAX)).padding(i(0)).outputPadding(i(0)).dilation(i(MAX)));
    assertArrayEquals(new float[] {2}, t.toFloatArray());
    assertArrayEquals(
        new float[] {1},
        Functional.maxPool2d(x, i(1), o -> o.stride(i(MAX)).padding(i(0)).dilation(i(MAX)))
            .toFloatArray());
    assertArrayEquals(
        new float[] {5},
        Functional.avgPool2d(x, i(3), o -> o.stride(i(MAX)).padding(i(0)).countIncludePad(true))
            .toFloatArray());
    assertShape(x.slice(2, 0, 3, MAX), 1, 1, 1, 3);
  }

  @Test
  void aWindowBeyondTheInputSeesAllOfIt() {
    Tensor x = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9}, 1, 1, 3, 3);
    assertEquals(
        9,
        Functional.maxPool2d(
                x, i(MAX), o -> o.stride(i(MAX)).padding(i(0)).dilation(i(1)).ceilMode(true))
            .item());
    assertEquals(
        5,
        Functional.avgPool2d(
                x, i(MAX), o -> o.stride(i(MAX)).padding(i(0)).ceilMode(true).countIncludePad(true))
            .item());
    Tensor ones = Tensor.ones(1, 1, 4);
    assertEquals(
        46340.9492,
        Functional.lpPool1d(ones, 2, i(MAX), o -> o.stride(i(MAX)).ceilMode(true)).item(),
        0.01);
  }

  @Test
  void diagonalsAndTrianglesFarOutsideAreEmpty() {
    Tensor x = Tensor.ones(3, 3);
    assertShape(x.diagonal(MAX, 0, 1), 0);
    assertShape(x.diagonal(Integer.MIN_VALUE, 0, 1), 0);
    assertEquals(0, x.triu(MAX).sum().item());
    assertEquals(9, x.tril(MAX).sum().item());
    assertEquals(9, x.triu(Integer.MIN_VALUE).sum().item());
  }

  @Test
  void splittingTakesAnyNumberOfParts() {
    assertEquals(3, Tensor.zeros(3).chunk(MAX, 0).size());
    assertEquals(1, Tensor.zeros(3).split(MAX, 0).size());
    assertShape(Tensor.arange(10).unfold(0, 3, MAX), 1, 3);
    // 10^6 windows of 10^5 elements are a view, which needs no list of its places
    assertThrows(ShapeException.class, () -> Tensor.zeros(1_100_000).unfold(0, 100_000, 1));
    assertShape(Tensor.zeros(100_000).unfold(0, 90_000, 1).narrow(0, 0, 2), 2, 90_000);
  }

  @Test
  void combinationsComeInOrder() {
    Tensor x = Tensor.arange(4);
    assertArrayEquals(
        new long[] {0, 1, 2, 0, 1, 3, 0, 2, 3, 1, 2, 3}, x.combinations(3, false).toLongArray());
    assertArrayEquals(
        new long[] {0, 0, 0, 1, 0, 2, 1, 1, 1, 2, 2, 2},
        Tensor.arange(3).combinations(2, true).toLongArray());
    assertShape(x.combinations(5, false), 0, 5);
    assertShape(Tensor.arange(0).combinations(2, true), 0, 2);
    assertShape(Tensor.arange(20_000).combinations(20_000, false), 1, 20_000);
    assertShape(Tensor.arange(1).combinations(20_000, true), 1, 20_000);
  }

  /** Steps of loops and grids of chunks are added to indices. */
  @Test
  void noIndexOfTheLargestTensorWraps() {
    assertEquals((1L << 31) - (1 << 20), Shapes.MAX_NUMEL);
    Layout layout = Layout.contiguous("test", Shapes.MAX_NUMEL);
    assertEquals(Shapes.MAX_NUMEL, layout.numel);
    assertTrue(layout.slice(0, Shapes.MAX_NUMEL - 2, 2, 1).offset > 0);
    assertThrows(ShapeException.class, () -> Layout.contiguous("test", Shapes.MAX_NUMEL + 1));
  }

  // ---- data -----------------------------------------------------------------------------------

  @Test
  void manyWorkersTimesManyBatchesAheadStillLoadAll() {
    Dataset data = new TensorDataset(Tensor.arange(10));
    var loader = new DataLoader(data, 3, o -> o.numWorkers(BIG).prefetchFactor(BIG));
    int batches = 0;
    long sum = 0;
    try (var it = loader.iterator()) {
      while (it.hasNext()) {
        sum += it.next().input().sum().itemLong();
        batches++;
      }
    }
    assertEquals(4, batches);
    assertEquals(45, sum);
    try (var it = new DataLoader(data, 3, o -> o.numWorkers(MAX).prefetchFactor(2)).iterator()) {
      assertEquals(3, it.next().input().size(0));
    }
  }

  @Test
  void aBatchMayBeLargerThanAllThereIs() {
    var sampler =
        new BatchSampler(new SequentialSampler(new TensorDataset(Tensor.zeros(3000))), MAX, false);
    assertEquals(3000, sampler.iterator().next().length);
    assertEquals(1, sampler.size());
  }

  @Test
  void tooManySamplesAreCounted() {
    Dataset large =
        new Dataset() {
          @Override
          public Tensor[] get(int index) {
            return new Tensor[] {Tensor.scalar(index)};
          }

          @Override
          public int size() {
            return MAX;
          }
        };
    var both = new ConcatDataset(List.of(large, large));
    String message = assertThrows(IllegalStateException.class, both::size).getMessage();
    assertTrue(message.contains("4294967294"), message);
  }

  private static void assertShape(Tensor x, int... shape) {
    assertArrayEquals(shape, x.shape());
  }
}
