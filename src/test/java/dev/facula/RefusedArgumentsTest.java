package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.data.TensorDataset;
import dev.facula.loss.MSELoss;
import dev.facula.nn.Conv2d;
import dev.facula.nn.Conv3d;
import dev.facula.nn.Embedding;
import dev.facula.nn.GRU;
import dev.facula.nn.Init;
import dev.facula.nn.InstanceNorm1d;
import dev.facula.nn.LSTM;
import dev.facula.nn.LeakyReLU;
import dev.facula.nn.RNN;
import dev.facula.nn.Sequential;
import dev.facula.optim.SGD;
import dev.facula.vision.Resize;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What cannot be computed is refused by a documented exception that says so, as in PyTorch. */
class RefusedArgumentsTest {
  private static final int[] ONE = {1};
  private static final int[] NONE = {};

  private static DynamicTest refused(
      Class<? extends RuntimeException> kind, String message, Executable call) {
    return DynamicTest.dynamicTest(
        message,
        () -> {
          RuntimeException thrown = assertThrows(kind, call);
          assertEquals(kind, thrown.getClass());
          assertTrue(thrown.getMessage().contains(message), thrown.getMessage());
        });
  }

  @TestFactory
  Stream<DynamicTest> shapesAndTypes() {
    Tensor x = Tensor.ones(1, 1, 4);
    Tensor image = Tensor.ones(1, 1, 3, 3);
    Tensor index = Tensor.zeros(DType.INT64, 1, 1, 4);
    Tensor scalar = Tensor.scalar(1);
    return Stream.of(
        refused(ShapeException.class, "crossEntropy", () -> crossEntropy(scalar, scalar)),
        refused(
            ShapeException.class,
            "maxUnpool1d: index 9 is out of range",
            () -> Functional.maxUnpool1d(x, index.add(9), 2)),
        refused(
            ShapeException.class,
            "fold: expects an input",
            () ->
                Functional.fold(
                    Tensor.ones(1, 0, 4),
                    new int[] {3},
                    ONE,
                    o -> o.dilation(ONE).padding(new int[] {0}).stride(ONE))),
        refused(
            IllegalArgumentException.class,
            "fold: kernelSize has 0 values",
            () ->
                Functional.fold(
                    x,
                    new int[] {3},
                    NONE,
                    o -> o.dilation(ONE).padding(new int[] {0}).stride(ONE))),
        refused(
            IllegalArgumentException.class,
            "unfold: stride has 3 values",
            () ->
                Functional.unfold(
                    image,
                    ONE,
                    o -> o.dilation(ONE).padding(new int[] {0}).stride(new int[] {1, 1, 1}))),
        refused(
            ShapeException.class,
            "only the batch may be empty",
            () ->
                Functional.unfold(
                    Tensor.ones(1, 0, 3, 3),
                    ONE,
                    o -> o.dilation(ONE).padding(new int[] {0}).stride(ONE))),
        refused(
            ShapeException.class,
            "interpolate: input and output sizes have to be positive",
            () -> Functional.interpolate(image, o -> o.scaleFactor(Double.NaN))),
        refused(
            ShapeException.class,
            "kernel does not fit",
            () -> new Conv3d(1, 1, 3).forward(Tensor.ones(1, 1, 0, 3, 3))),
        refused(
            DTypeException.class,
            "localResponseNorm: needs",
            () ->
                Functional.localResponseNorm(
                    x.to(DType.UINT8), 2, o -> o.alpha(1e-4).beta(0.75).k(1))),
        refused(
            DTypeException.class,
            "instanceNorm: needs",
            () -> new InstanceNorm1d(1).forward(x.to(DType.UINT8))),
        refused(
            IllegalArgumentException.class,
            "multinomial: there are no categories in [3, 0]",
            () -> Tensor.zeros(3, 0).multinomial(2, true)),
        refused(
            IllegalArgumentException.class,
            "truncNormal_: std must not be 0",
            () -> Init.truncNormal_(Tensor.zeros(2), 0, 0, -1, 1)),
        refused(
            IllegalArgumentException.class,
            "too little density",
            () -> Init.truncNormal_(Tensor.zeros(2), 0.625, 1e-8, 0, 0.25)),
        refused(
            ShapeException.class,
            "Resize",
            () -> new Resize(1 << 16, 1 << 16).apply(Tensor.zeros(3, 2, 2))));
  }

  private static Tensor crossEntropy(Tensor input, Tensor target) {
    return Functional.crossEntropy(input, target);
  }

  @TestFactory
  Stream<DynamicTest> integersDividedByZero() {
    Tensor x = Tensor.arange(3);
    Tensor zero = Tensor.zeros(DType.INT64, 3);
    return Stream.of(
        refused(ArithmeticException.class, "remainder: integer", () -> x.remainder(zero)),
        refused(ArithmeticException.class, "fmod: integer", () -> x.fmod(0)),
        refused(ArithmeticException.class, "floorDivide: integer", () -> x.floorDivide(zero)),
        refused(ArithmeticException.class, "div: integer", () -> x.div(zero, "trunc")),
        refused(
            ArithmeticException.class,
            "remainder: integer",
            () -> x.to(DType.INT32).remainder_(zero.to(DType.INT32))));
  }

  @Test
  void realNumbersMayBeDividedByZero() {
    Tensor x = Tensor.arange(3);
    assertArrayEquals(
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY},
        x.div(0).toDoubleArray());
    assertTrue(Double.isNaN(x.to(DType.FLOAT32).remainder(0).select(0, 1).item()));
  }

  @Test
  void emptyOperandsGiveEmptyResults() {
    Tensor rows = new Embedding(4, 0).forward(Tensor.of(new long[] {1, 2}, 2));
    assertArrayEquals(new int[] {2, 0}, rows.shape());
    rows.sum().backward();
    assertArrayEquals(new int[] {0, 2}, Tensor.zeros(0, 3).multinomial(2, true).shape());
    assertArrayEquals(new int[] {0, 1}, Tensor.zeros(0, 3).multinomial(1, false).shape());
    assertArrayEquals(new int[] {0, 5}, Tensor.zeros(DType.INT64, 0).oneHot(5).shape());
    Tensor batch = Tensor.zeros(0, 1, 4, 4);
    assertArrayEquals(
        new int[] {0, 4, 9},
        Functional.unfold(
                batch, new int[] {2}, o -> o.dilation(ONE).padding(new int[] {0}).stride(ONE))
            .shape());
    assertArrayEquals(new int[] {2, 3}, cat(Tensor.zeros(0), Tensor.zeros(2, 3)).shape());
  }

  private static Tensor cat(Tensor... tensors) {
    return Tensor.cat(List.of(tensors), 1);
  }

  /** From PyTorch: the mean of squares of integers is cut off. */
  @Test
  void localResponseNormOfIntegers() {
    Tensor y =
        Functional.localResponseNorm(
            Tensor.arange(24).view(2, 3, 4), 2, o -> o.alpha(1e-4).beta(0.75).k(1));
    assertEquals(DType.FLOAT32, y.dtype());
    assertArrayEquals(
        new float[] {0, 1, 1.9997f, 2.9991f, 3.9976f, 4.9951f, 5.991f, 6.9848f},
        y.select(0, 0).narrow(0, 0, 2).flatten().toFloatArray(),
        1e-4f);
  }

  @Test
  void sequencesNeedSteps() {
    Tensor none = Tensor.zeros(0, 2, 4);
    for (Executable call :
        List.<Executable>of(
            () -> new LSTM(4, 3).forward(none),
            () -> new GRU(4, 3).forward(none),
            () -> new RNN(4, 3).forward(none),
            () -> new RNN(4, 3).forward(Tensor.zeros(0, 4)))) {
      String message = assertThrows(ShapeException.class, call).getMessage();
      assertTrue(message.contains("step"), message);
    }
  }

  @Test
  void optionsThatAreNoNumbersAreShown() {
    assertEquals("LeakyReLU(negative_slope=nan)", new LeakyReLU(Double.NaN).toString());
    assertTrue(new InstanceNorm1d(1, o -> o.eps(Double.NaN)).toString().contains("eps=nan"));
  }

  // ---- nulls ----------------------------------------------------------------------------------

  private static <T> @Nullable T missing() {
    return null;
  }

  private static DynamicTest named(String name, Executable call) {
    return DynamicTest.dynamicTest(
        name,
        () -> {
          String message = assertThrows(NullPointerException.class, call).getMessage();
          assertEquals(name, message);
        });
  }

  @TestFactory
  Stream<DynamicTest> nullsAreNamed() {
    Tensor x = Tensor.ones(2, 2);
    Tensor none = missing();
    Generator generator = missing();
    DType dtype = missing();
    Number number = missing();
    return Stream.of(
        named("other", () -> x.add(none)),
        named("other", () -> x.eq(none)),
        named("other", () -> x.matmul(none)),
        named("input", () -> Functional.gelu(none)),
        named("weight", () -> Functional.linear(x, none, null)),
        named("weight", () -> Functional.conv2d(x, none)),
        named("tensors", () -> Tensor.cat(Arrays.asList(x, none), 0)),
        named("tensors", () -> Tensor.stack(Arrays.asList(none, x), 0)),
        named("tensors", () -> new TensorDataset(x, none)),
        named("gradient", () -> x.backward(none)),
        named("generator", () -> x.uniform_(0, 1, generator)),
        named("dtype", () -> Tensor.zeros(dtype, 2)),
        named("exponent", () -> x.pow(number)),
        named("params", () -> new SGD(Collections.singletonList(none), 0.1)),
        named("options", () -> new MSELoss(missing())),
        named("module", () -> new Sequential().append(missing())),
        named("mode", () -> new Conv2d(1, 1, 1, o -> o.paddingMode(missing()))),
        named("c", () -> new LSTM.State(x, none)));
  }
}
