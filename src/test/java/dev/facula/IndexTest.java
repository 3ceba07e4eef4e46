package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Indexing as in Python, with the values that PyTorch gives. */
final class IndexTest {
  private final Tensor x = Tensor.arange(24.0).reshape(2, 3, 4);
  private final Tensor i = Tensor.of(new long[] {1, 0});
  private final Tensor j = Tensor.of(new long[] {0, 2}, 2, 1);

  private static void assertTensor(int[] shape, double[] values, Tensor actual) {
    assertArrayEquals(shape, actual.shape());
    assertArrayEquals(values, actual.toDoubleArray());
  }

  @Test
  void numbersSlicesAndNewAxesAreViews() {
    Tensor part = x.get(1, Index.slice(0, null, 2), Index.NEW_AXIS, Index.slice(1, -1));
    assertTensor(new int[] {2, 1, 2}, new double[] {13, 14, 21, 22}, part);
    assertArrayEquals(
        new int[] {2, 3, 1, 2}, x.get(Index.ELLIPSIS, null, Index.slice(1, 4, 2)).shape());
    part.fill_(-1);
    assertEquals(-1, x.get(1, 0, 1).item());
  }

  @Test
  void indexTensorsSideBySideStayInPlace() {
    Tensor y = x.get(Index.ALL, j, i);
    assertTensor(new int[] {2, 2, 2}, new double[] {1, 0, 9, 8, 13, 12, 21, 20}, y);
  }

  @Test
  void indexTensorsApartComeFirst() {
    Tensor y = x.get(i, Index.ALL, i);
    assertTensor(new int[] {2, 3}, new double[] {13, 17, 21, 0, 4, 8}, y);
  }

  @Test
  void aNumberIsTakenBeforeIndexTensors() {
    assertTensor(new int[] {3, 2}, new double[] {1, 0, 5, 4, 9, 8}, x.get(0, Index.ALL, i));
  }

  @Test
  void masksPickWhatIsTrue() {
    Tensor y = x.get(Index.ALL, x.get(0).gt(5));
    assertTensor(new int[] {2, 6}, new double[] {6, 7, 8, 9, 10, 11, 18, 19, 20, 21, 22, 23}, y);
    assertArrayEquals(new int[] {1, 2, 3, 4}, x.get(true).shape());
    assertArrayEquals(new int[] {0, 2, 3, 4}, x.get(Tensor.scalar(DType.BOOL, 0)).shape());
  }

  @Test
  void assignmentBroadcasts() {
    Tensor y = x.clone().setAt_(Index.ALL, i, Tensor.of(new float[] {1, 2, 3, 4}));
    assertTensor(
        new int[] {2, 3, 4},
        new double[] {1, 2, 3, 4, 1, 2, 3, 4, 8, 9, 10, 11, 1, 2, 3, 4, 1, 2, 3, 4, 20, 21, 22, 23},
        y);
    Tensor masked = x.clone();
    masked.setAt_(masked.gt(20), -1);
    assertArrayEquals(new double[] {20, -1, -1, -1}, masked.get(1, 2).toDoubleArray());
  }

  @Test
  void gradientsGoThroughAssignment() {
    Tensor w = Tensor.ones(3).requiresGrad_(true);
    Tensor z = Tensor.zeros(3, 3);
    z.setAt_(1, w.mul(2));
    z.setAt_(Index.ALL, Tensor.of(new long[] {0, 1}), w.reshape(3, 1).mul(3));
    z.sum().backward();
    assertTensor(new int[] {3, 3}, new double[] {3, 3, 0, 3, 3, 2, 3, 3, 0}, z);
    assertArrayEquals(new double[] {6, 6, 8}, w.grad().toDoubleArray());
  }

  @Test
  void accumulatesWhereIndicesRepeat() {
    Tensor y =
        Tensor.zeros(3)
            .indexPut_(
                new Tensor[] {Tensor.of(new long[] {1, 1, -1})},
                Tensor.of(new float[] {1, 2, 4}),
                true);
    assertArrayEquals(new double[] {0, 3, 4}, y.toDoubleArray());
  }

  @Test
  void saysWhatIsWrong() {
    assertMessage("[2, 3, 4]", () -> x.get(0, 0, 0, 0));
    assertMessage("index 5 is out of range", () -> x.get(Index.ALL, 5));
    assertMessage("index 9 is out of range", () -> x.get(Tensor.of(new long[] {9, 0})));
    assertMessage("(2 != 3)", () -> x.get(Index.ALL, new boolean[] {true, false}));
    assertMessage("do not broadcast", () -> x.setAt_(0, Tensor.ones(5)));
    assertMessage("only one ellipsis", () -> x.get(Index.ELLIPSIS, Index.ELLIPSIS));
    assertMessage("must be of integers or bool", () -> x.get(Tensor.ones(2)));
    assertMessage("at least 1", () -> Index.slice(null, null, -1));
  }

  private static void assertMessage(String part, Runnable call) {
    RuntimeException e = assertThrows(IllegalArgumentException.class, call::run);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  /** However the only dimension of a number is named, all places in it are the same. */
  @Test
  void manyElementsAreAddedToANumber() {
    int n = 4_000_000;
    Tensor index = Tensor.zeros(DType.INT64, n);
    for (int dim : new int[] {0, -1}) {
      Tensor sum =
          Tensor.scalar(DType.FLOAT64, 1).scatterAdd(dim, index, Tensor.ones(DType.FLOAT64, n));
      assertEquals(n + 1, sum.item());
    }
  }

  /** Rows that have no place in common are shared among threads; the index has fewer than x. */
  @Test
  void placesInLargeTensorsAreThoseOfALoop() {
    int rows = 300;
    int n = 400;
    Tensor x = Tensor.randn(DType.FLOAT64, rows + 3, n);
    Tensor index = Tensor.randint(0, n, rows, n);
    Tensor source = Tensor.randn(DType.FLOAT64, rows, n);
    double[] elements = x.toDoubleArray();
    double[] taken = new double[rows * n];
    double[] added = x.toDoubleArray();
    double[] put = x.toDoubleArray();
    double[] gradient = new double[(rows + 3) * n];
    long[] at = index.toLongArray();
    double[] values = source.toDoubleArray();
    for (int i = 0; i < at.length; i++) {
      int place = i / n * n + (int) at[i];
      taken[i] = elements[place];
      added[place] += values[i];
      put[place] = values[i];
      gradient[place] += values[i];
    }
    assertArrayEquals(added, x.scatterAdd(1, index, source).toDoubleArray());
    assertArrayEquals(put, x.scatter(1, index, source).toDoubleArray());
    Tensor leaf = x.detach().clone().requiresGrad_(true);
    Tensor y = leaf.gather(1, index);
    assertArrayEquals(taken, y.toDoubleArray());
    y.backward(source);
    assertArrayEquals(gradient, leaf.peekGradient().toDoubleArray());
    Tensor columns = Tensor.randint(0, n, 500);
    Tensor wide = Tensor.randn(DType.FLOAT64, rows + 3, 500);
    Tensor expected = x.t().contiguous().indexAdd(0, columns, wide.t().contiguous()).t();
    assertArrayEquals(expected.toDoubleArray(), x.indexAdd(1, columns, wide).toDoubleArray());
  }
}
