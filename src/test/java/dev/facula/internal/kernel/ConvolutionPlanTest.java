package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The paths of the shapes that the benchmarks measure, forward / input / weight. */
class ConvolutionPlanTest {
  /** Tiles of vectors of so many elements. */
  private record Vectors(int lanes, boolean manyRegisters) implements Tiles {
    @Override
    public int strip() {
      return 2 * lanes;
    }

    @Override
    public boolean hasLines(int columns) {
      return manyRegisters && columns >= lanes;
    }
  }

  private static ConvShape shape(String text) {
    int[] n = Arrays.stream(text.split(" ")).mapToInt(Integer::parseInt).toArray();
    int stride = n[5];
    int pad = n[6];
    return new ConvShape(
        n[0], n[1], n[2], n[2], n[3], n[4], n[4], stride, stride, pad, pad, 1, 1, n[7]);
  }

  private static String paths(ConvolutionPlan plan, String shape) {
    ConvShape s = shape(shape);
    return name(plan.forward(s))
        + " "
        + name(plan.inputGradient(s))
        + " "
        + name(plan.weightGradient(s));
  }

  private static String name(ConvolutionPlan.Choice choice) {
    return choice.path() + (choice.shared() > 1 ? "/" + choice.shared() : "");
  }

  /** Batch, channels, side, channels of the result, kernel, stride, padding, groups. */
  @ParameterizedTest
  @CsvSource({
    "100 3 32 6 5 1 0 1, LINES LINES DOTS",
    "100 6 14 16 5 1 0 1, FEW FEW FEW",
    "32 64 32 64 3 1 1 1, IM2COL/3 IM2COL/3 TAPS",
    "32 128 16 128 3 1 1 1, IM2COL IM2COL TAPS",
    "32 256 8 256 3 1 1 1, BATCH BATCH TAPS",
    "32 64 32 128 3 2 1 1, IM2COL IM2COL TAPS",
    "8 64 56 64 1 1 0 1, GEMM GEMM TAPS",
    "8 64 56 64 3 1 1 64, LINES LINES DOTS",
    "1 3 32 6 5 1 0 1, LINES LINES DOTS",
    "100 1 28 32 3 1 0 1, LINES LINES DOTS",
    "32 3 224 64 7 2 3 1, LINES SHIFTS DOTS"
  })
  void withVectorsOf512Bits(String shape, String expected) {
    assertEquals(expected, paths(new ConvolutionPlan(new Vectors(16, true), 16, true), shape));
  }

  @ParameterizedTest
  @CsvSource({
    "100 3 32 6 5 1 0 1, SHIFTS SHIFTS DOTS",
    "100 6 14 16 5 1 0 1, IM2COL SHIFTS ROWS",
    "32 64 32 64 3 1 1 1, IM2COL/3 IM2COL/3 TAPS",
    "32 128 16 128 3 1 1 1, IM2COL/3 IM2COL/3 TAPS",
    "32 256 8 256 3 1 1 1, IM2COL IM2COL TAPS",
    "32 64 32 128 3 2 1 1, IM2COL IM2COL TAPS",
    "8 64 56 64 1 1 0 1, GEMM GEMM TAPS",
    "8 64 56 64 3 1 1 64, SHIFTS SHIFTS DOTS",
    "1 3 32 6 5 1 0 1, SHIFTS SHIFTS DOTS",
    "100 1 28 32 3 1 0 1, IM2COL SHIFTS DOTS",
    "32 3 224 64 7 2 3 1, IM2COL SHIFTS DOTS"
  })
  void withVectorsOf256Bits(String shape, String expected) {
    assertEquals(expected, paths(new ConvolutionPlan(new Vectors(8, false), 8, true), shape));
  }

  @ParameterizedTest
  @CsvSource({
    "100 3 32 6 5 1 0 1, SHIFTS SHIFTS ROWS",
    "100 6 14 16 5 1 0 1, SHIFTS SHIFTS ROWS",
    "32 64 32 64 3 1 1 1, SHIFTS SHIFTS ROWS",
    "32 128 16 128 3 1 1 1, SHIFTS SHIFTS ROWS",
    "32 256 8 256 3 1 1 1, IM2COL IM2COL ROWS",
    "32 64 32 128 3 2 1 1, SHIFTS SHIFTS ROWS",
    "8 64 56 64 1 1 0 1, GEMM GEMM ROWS",
    "8 64 56 64 3 1 1 64, SHIFTS SHIFTS DOTS",
    "1 3 32 6 5 1 0 1, SHIFTS SHIFTS ROWS",
    "100 1 28 32 3 1 0 1, SHIFTS SHIFTS ROWS",
    "32 3 224 64 7 2 3 1, SHIFTS SHIFTS ROWS"
  })
  void onPlainKernels(String shape, String expected) {
    assertEquals(expected, paths(new ConvolutionPlan(new ScalarFloatProduct(), 0, true), shape));
  }
}
