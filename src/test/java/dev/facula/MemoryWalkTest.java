package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Operations that walk through memory in an order of their own, against plain loops. */
final class MemoryWalkTest {
  private static final int[] SHAPE = {37, 60, 70};

  private static double[] values(Tensor x) {
    return x.toDoubleArray();
  }

  private static Tensor numbers(DType type) {
    Tensor x = Tensor.arange(37.0 * 60 * 70).remainder(97);
    return x.to(type).reshape(SHAPE);
  }

  /** Where an element of a tensor of that shape lies, once its coordinate along dim is another. */
  private static int moved(int i, int dim, int from, int to) {
    int inner = 1;
    for (int d = dim + 1; d < 3; d++) {
      inner *= SHAPE[d];
    }
    return i + (to - from) * inner;
  }

  private static int coordinate(int i, int dim) {
    return dim == 0 ? i / 4200 : dim == 1 ? i / 70 % 60 : i % 70;
  }

  @ParameterizedTest
  @EnumSource(DType.class)
  void gatherAndIndexSelectFindEachElement(DType type) {
    Tensor x = numbers(type);
    double[] a = values(x);
    for (int dim = 0; dim < 3; dim++) {
      int n = SHAPE[dim];
      Tensor back = Tensor.arange(n - 1, -1, -1);
      Tensor index =
          back.reshape(dim == 0 ? new int[] {n, 1, 1} : dim == 1 ? new int[] {n, 1} : new int[] {n})
              .expand(SHAPE);
      double[] expected = new double[a.length];
      for (int i = 0; i < a.length; i++) {
        int c = coordinate(i, dim);
        expected[i] = a[moved(i, dim, c, n - 1 - c)];
      }
      assertArrayEquals(expected, values(x.gather(dim, index)));
      assertArrayEquals(expected, values(x.gather(dim, index.sub(n).to(DType.INT32))));
      assertArrayEquals(expected, values(x.indexSelect(dim, back)));
      assertArrayEquals(expected, values(x.flip(dim)));
      assertArrayEquals(expected, values(x.indexCopy(dim, back, x)));
      assertArrayEquals(expected, values(x.scatter(dim, index, x)));
      Tensor zeros = Tensor.zeros(type, SHAPE);
      assertArrayEquals(expected, values(zeros.indexAdd(dim, back, x)));
      assertArrayEquals(expected, values(zeros.scatterAdd(dim, index, x)));
    }
  }

  @Test
  void anIndexThatChangesBeforeTheDerivativeIsAnError() {
    Tensor x = Tensor.of(new float[] {1, 2, 3}).requiresGrad_(true);
    Tensor index = Tensor.of(new long[] {2, 2, -3});
    Tensor y = x.gather(0, index);
    Tensor z = x.scatterAdd(0, index, x);
    index.zero_();
    for (Tensor output : List.of(y, z)) {
      String message =
          assertThrows(AutogradException.class, () -> output.sum().backward()).getMessage();
      assertTrue(message.contains("changed in place"), message);
    }
  }

  @Test
  void anIndexOutOfRangeIsFoundInAnyBlock() {
    Tensor index = Tensor.zeros(DType.INT64, 1, 3000);
    index.get(0, 2500).fill_(4);
    ShapeException e =
        assertThrows(ShapeException.class, () -> Tensor.zeros(1, 4).gather(1, index));
    assertEquals("gather: index 4 is out of range for a dimension of size 4", e.getMessage());
  }

  @Test
  void sumsOfPermutedTensorsAreThoseOfTheirCopies() {
    Tensor x = numbers(DType.FLOAT32);
    int[][] orders = {{2, 0, 1}, {0, 2, 1}, {2, 1, 0}, {1, 0, 2}};
    int[][] dims = {{0}, {1}, {2}, {0, 1}, {0, 2}, {1, 2}, {0, 1, 2}};
    for (int[] order : orders) {
      Tensor moved = x.permute(order);
      for (int[] over : dims) {
        for (boolean keep : new boolean[] {false, true}) {
          Tensor sum = moved.contiguous().sum(over, keep);
          assertArrayEquals(sum.shape(), moved.sum(over, keep).shape());
          assertArrayEquals(values(sum), values(moved.sum(over, keep)), 0.5);
          assertArrayEquals(
              values(moved.contiguous().amax(over, keep)), values(moved.amax(over, keep)));
          Tensor set = moved.gt(40);
          assertArrayEquals(
              values(moved.gt(40).to(DType.INT64).sum(over, keep)), values(set.sum(over, keep)));
          assertArrayEquals(
              values(set.to(DType.INT64).amin(over, keep)),
              values(set.all(over, keep).to(DType.INT64)));
        }
      }
    }
  }

  @Test
  void trianglesOfViewsKeepTheirPart() {
    Tensor x = numbers(DType.INT64).transpose(1, 2);
    double[] a = values(x);
    for (int diagonal : new int[] {-100, -3, 0, 5, 100, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
      double[] lower = a.clone();
      double[] upper = a.clone();
      for (int i = 0; i < a.length; i++) {
        long distance = (long) i % 60 - i / 60 % 70;
        lower[i] = distance <= diagonal ? a[i] : 0;
        upper[i] = distance >= diagonal ? a[i] : 0;
      }
      assertArrayEquals(lower, values(x.tril(diagonal)));
      assertArrayEquals(upper, values(x.triu(diagonal)));
    }
  }

  @Test
  void softmaxSideBySideIsThatOfRows() {
    for (DType type : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      Tensor x = numbers(type).mul(0.1).detach();
      for (boolean log : new boolean[] {false, true}) {
        Tensor a = x.clone().requiresGrad_(true);
        Tensor b = x.transpose(1, 2).contiguous().requiresGrad_(true);
        Tensor y = log ? a.logSoftmax(1) : a.softmax(1);
        Tensor z = (log ? b.logSoftmax(2) : b.softmax(2)).transpose(1, 2);
        assertArrayEquals(values(z), values(y), 1e-5);
        y.backward(x);
        z.backward(x);
        assertArrayEquals(values(b.grad().transpose(1, 2)), values(a.grad()), 1e-3);
      }
    }
  }

  @Test
  void lanesThatThreadsShareAreThoseOfOne() {
    Tensor x = Tensor.randn(new Generator(4), 400, 300).mul(3).round().add(0);
    int before = Facula.getNumThreads();
    try {
      Facula.setNumThreads(1);
      List<Tensor> one = lanes(x);
      Facula.setNumThreads(4);
      List<Tensor> four = lanes(x);
      for (int i = 0; i < one.size(); i++) {
        assertArrayEquals(one.get(i).toDoubleArray(), four.get(i).toDoubleArray());
      }
      double[] sorted = x.select(0, 399).toDoubleArray();
      Arrays.sort(sorted);
      assertArrayEquals(sorted, four.get(0).select(0, 399).toDoubleArray());
    } finally {
      Facula.setNumThreads(before);
    }
  }

  private static List<Tensor> lanes(Tensor x) {
    return List.of(
        x.sort(1, false, true).values(),
        x.sort(0, true, true).indices(),
        x.topk(7, 1).values(),
        x.kthvalue(20, 1, false).values(),
        x.median(0, false).values(),
        x.mode(1, false).values(),
        x.cummax(1).indices());
  }
}
