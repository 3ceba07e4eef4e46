package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The lines that a PyTorch user writes first, on tensors: they compile, and their types, shapes and
 * values are PyTorch's.
 */
final class OneLinersTest {
  private final Tensor x = Tensor.of(new float[][] {{3, 1, 2}, {6, 5, 4}});
  private final Tensor y = Tensor.of(new float[][] {{1, 1, 2}, {0.5f, 5, 8}});
  private final Tensor z = Tensor.of(new float[][] {{2, 4, 1}, {1, 2, 4}});
  private final Tensor v = Tensor.of(4f, 1f, 3f, 2f, 5f);
  private final Tensor w = Tensor.of(0.5, 1, 2, 4);
  private final Tensor i = Tensor.of(2, 0, 1, 2);
  private final Tensor n = Tensor.of(new long[][] {{1, 2}, {3, 4}});
  private final Tensor m = Tensor.of(new boolean[][] {{true, false, true}, {false, true, false}});
  private final Tensor h =
      Tensor.of(new float[][] {{Float.NaN, 1, 2}, {6, 5, Float.POSITIVE_INFINITY}});

  private static int[] shape(int... sizes) {
    return sizes;
  }

  private static void holds(Tensor y, DType dtype, int[] shape, double... values) {
    assertEquals(dtype, y.dtype());
    assertArrayEquals(shape, y.shape());
    double[] found = y.toDoubleArray();
    assertEquals(values.length, found.length);
    for (int k = 0; k < found.length; k++) {
      assertEquals(values[k], found[k], 2e-6 * Math.max(1, Math.abs(values[k])), y::toString);
    }
  }

  @Test
  void making() {
    holds(Tensor.zerosLike(x), DType.FLOAT32, shape(2, 3), 0, 0, 0, 0, 0, 0);
    holds(Tensor.onesLike(n), DType.INT64, shape(2, 2), 1, 1, 1, 1);
    holds(Tensor.full(new int[] {2, 3}, 7), DType.INT64, shape(2, 3), 7, 7, 7, 7, 7, 7);
    holds(Tensor.full(new int[] {2}, 0.5), DType.FLOAT32, shape(2), 0.5, 0.5);
    holds(Tensor.full(7, 2, 3), DType.INT64, shape(2, 3), 7, 7, 7, 7, 7, 7);
    holds(Tensor.fullLike(n, 3), DType.INT64, shape(2, 2), 3, 3, 3, 3);
    holds(Tensor.zerosLike(x, DType.INT64), DType.INT64, shape(2, 3), 0, 0, 0, 0, 0, 0);
    holds(Tensor.onesLike(x, DType.BOOL), DType.BOOL, shape(2, 3), 1, 1, 1, 1, 1, 1);
    holds(Tensor.fullLike(x, 3, DType.INT32), DType.INT32, shape(2, 3), 3, 3, 3, 3, 3, 3);
    holds(Tensor.arange(DType.INT64, 5), DType.INT64, shape(5), 0, 1, 2, 3, 4);
    holds(Tensor.arange(5), DType.INT64, shape(5), 0, 1, 2, 3, 4);
    holds(Tensor.arange(DType.FLOAT32, 1, 4), DType.FLOAT32, shape(3), 1, 2, 3);
    holds(Tensor.logspace(0, 2, 3), DType.FLOAT32, shape(3), 1, 10, 100);
    holds(Tensor.logspace(0, 2, 3, 2), DType.FLOAT32, shape(3), 1, 2, 4);
    holds(Tensor.eye(DType.FLOAT64, 2), DType.FLOAT64, shape(2, 2), 1, 0, 0, 1);
    holds(Tensor.trilIndices(2, 2), DType.INT64, shape(2, 3), 0, 1, 1, 0, 0, 1);
    holds(Tensor.triuIndices(2, 2), DType.INT64, shape(2, 3), 0, 0, 1, 0, 1, 1);
    holds(n.newZeros(2, 3), DType.INT64, shape(2, 3), 0, 0, 0, 0, 0, 0);
    holds(x.newZeros(1), DType.FLOAT32, shape(1), 0);
    holds(m.newOnes(2), DType.BOOL, shape(2), 1, 1);
    holds(n.newFull(new int[] {2}, 3), DType.INT64, shape(2), 3, 3);
    holds(x.newTensor(1, 2), DType.FLOAT32, shape(2), 1, 2);
    holds(n.newTensor(1.5), DType.INT64, shape(1), 1);
    holds(x.newTensor(new long[][] {{1, 2}}), DType.FLOAT32, shape(1, 2), 1, 2);
  }

  @Test
  void joining() {
    holds(Tensor.cat(x, y), DType.FLOAT32, shape(4, 3), 3, 1, 2, 6, 5, 4, 1, 1, 2, 0.5, 5, 8);
    holds(
        Tensor.cat(List.of(x, y)),
        DType.FLOAT32,
        shape(4, 3),
        3,
        1,
        2,
        6,
        5,
        4,
        1,
        1,
        2,
        0.5,
        5,
        8);
    holds(
        Tensor.cat(List.of(x, y), -1),
        DType.FLOAT32,
        shape(2, 6),
        3,
        1,
        2,
        1,
        1,
        2,
        6,
        5,
        4,
        0.5,
        5,
        8);
    holds(
        Tensor.concatenate(x, y), DType.FLOAT32, shape(4, 3), 3, 1, 2, 6, 5, 4, 1, 1, 2, 0.5, 5, 8);
    holds(
        Tensor.stack(List.of(x, y)),
        DType.FLOAT32,
        shape(2, 2, 3),
        3,
        1,
        2,
        6,
        5,
        4,
        1,
        1,
        2,
        0.5,
        5,
        8);
    holds(Tensor.stack(v, v), DType.FLOAT32, shape(2, 5), 4, 1, 3, 2, 5, 4, 1, 3, 2, 5);
    holds(Tensor.stack(List.of(v, v), 1), DType.FLOAT32, shape(5, 2), 4, 4, 1, 1, 3, 3, 2, 2, 5, 5);
    holds(Tensor.hstack(x, y), DType.FLOAT32, shape(2, 6), 3, 1, 2, 1, 1, 2, 6, 5, 4, 0.5, 5, 8);
    holds(Tensor.vstack(v, v), DType.FLOAT32, shape(2, 5), 4, 1, 3, 2, 5, 4, 1, 3, 2, 5);
    holds(Tensor.dstack(v, v), DType.FLOAT32, shape(1, 5, 2), 4, 4, 1, 1, 3, 3, 2, 2, 5, 5);
    holds(Tensor.columnStack(v, v), DType.FLOAT32, shape(5, 2), 4, 4, 1, 1, 3, 3, 2, 2, 5, 5);
    holds(
        Tensor.meshgrid(w, v).get(1),
        DType.FLOAT32,
        shape(4, 5),
        4,
        1,
        3,
        2,
        5,
        4,
        1,
        3,
        2,
        5,
        4,
        1,
        3,
        2,
        5,
        4,
        1,
        3,
        2,
        5);
    holds(
        Tensor.meshgrid(List.of(w, v)).get(0),
        DType.FLOAT32,
        shape(4, 5),
        0.5,
        0.5,
        0.5,
        0.5,
        0.5,
        1,
        1,
        1,
        1,
        1,
        2,
        2,
        2,
        2,
        2,
        4,
        4,
        4,
        4,
        4);
    holds(
        Tensor.meshgrid(List.of(w, v), "xy").get(0),
        DType.FLOAT32,
        shape(5, 4),
        0.5,
        1,
        2,
        4,
        0.5,
        1,
        2,
        4,
        0.5,
        1,
        2,
        4,
        0.5,
        1,
        2,
        4,
        0.5,
        1,
        2,
        4);
    holds(
        Tensor.blockDiag(List.of(x, n)),
        DType.FLOAT32,
        shape(4, 5),
        3,
        1,
        2,
        0,
        0,
        6,
        5,
        4,
        0,
        0,
        0,
        0,
        0,
        1,
        2,
        0,
        0,
        0,
        3,
        4);
    holds(Tensor.cartesianProd(List.of(i, i)).get(1), DType.INT64, shape(2), 2, 0);
    holds(
        Tensor.broadcastTensors(List.of(x, x.get(0))).get(1),
        DType.FLOAT32,
        shape(2, 3),
        3,
        1,
        2,
        3,
        1,
        2);
    holds(Tensor.einsum("ij,kj->ik", List.of(x, y)), DType.FLOAT32, shape(2, 2), 8, 22.5, 19, 60);
  }

  @Test
  void choosing() {
    holds(Tensor.where(m, x, 0.0), DType.FLOAT32, shape(2, 3), 3, 0, 2, 0, 5, 0);
    holds(Tensor.where(m, 1.0, y), DType.FLOAT32, shape(2, 3), 1, 1, 1, 0.5, 1, 8);
    holds(Tensor.where(m, 1, 0), DType.INT64, shape(2, 3), 1, 0, 1, 0, 1, 0);
    holds(Tensor.where(m, 1.5, 0), DType.FLOAT32, shape(2, 3), 1.5, 0, 1.5, 0, 1.5, 0);
    holds(Tensor.where(n.gt(2), n, 0.5), DType.FLOAT32, shape(2, 2), 0.5, 0.5, 3, 4);
    holds(Tensor.where(n.gt(2), n.to(DType.INT32), 7), DType.INT32, shape(2, 2), 7, 7, 3, 4);
    holds(
        Tensor.where(m, x.to(DType.FLOAT64), 0.1),
        DType.FLOAT64,
        shape(2, 3),
        3,
        0.1,
        2,
        0.1,
        5,
        0.1);
    holds(Tensor.where(m).get(1), DType.INT64, shape(3), 0, 2, 1);
    holds(x.where(m, y), DType.FLOAT32, shape(2, 3), 3, 1, 2, 0.5, 5, 8);
    holds(x.where(m, 0), DType.FLOAT32, shape(2, 3), 3, 0, 2, 0, 5, 0);
    holds(x.clampMin(2.5), DType.FLOAT32, shape(2, 3), 3, 2.5, 2.5, 6, 5, 4);
    holds(x.clampMin(0), DType.FLOAT32, shape(2, 3), 3, 1, 2, 6, 5, 4);
    holds(x.clampMax(1.5), DType.FLOAT32, shape(2, 3), 1.5, 1, 1.5, 1.5, 1.5, 1.5);
    holds(n.clampMin(2), DType.INT64, shape(2, 2), 2, 2, 3, 4);
    holds(n.clampMin(2.5), DType.FLOAT32, shape(2, 2), 2.5, 2.5, 3, 4);
    holds(x.clone().clampMin_(2.5), DType.FLOAT32, shape(2, 3), 3, 2.5, 2.5, 6, 5, 4);
    holds(n.clone().clampMax_(2), DType.INT64, shape(2, 2), 1, 2, 2, 2);
    holds(x.clip(2, 4), DType.FLOAT32, shape(2, 3), 3, 2, 2, 4, 4, 4);
    holds(x.clamp(2), DType.FLOAT32, shape(2, 3), 3, 2, 2, 6, 5, 4);
    holds(x.clip(y, null), DType.FLOAT32, shape(2, 3), 3, 1, 2, 6, 5, 8);
    holds(x.clamp(y), DType.FLOAT32, shape(2, 3), 3, 1, 2, 6, 5, 8);
    holds(x.clone().clip_(2, 4), DType.FLOAT32, shape(2, 3), 3, 2, 2, 4, 4, 4);
    holds(x.clone().clamp_(3), DType.FLOAT32, shape(2, 3), 3, 3, 3, 6, 5, 4);
    holds(x.isclose(y), DType.BOOL, shape(2, 3), 0, 1, 1, 0, 1, 0);
    holds(x.isclose(y, 0, 1.5), DType.BOOL, shape(2, 3), 0, 1, 1, 0, 1, 0);
    holds(h.isclose(h, o -> o.equalNan(true)), DType.BOOL, shape(2, 3), 1, 1, 1, 1, 1, 1);
    holds(Tensor.isin(x, 3), DType.BOOL, shape(2, 3), 1, 0, 0, 0, 0, 0);
    holds(Tensor.isin(n, 2.5), DType.BOOL, shape(2, 2), 0, 0, 0, 0);
  }

  @Test
  void arithmetic() {
    holds(x.rsub(1), DType.FLOAT32, shape(2, 3), -2, 0, -1, -5, -4, -3);
    holds(x.rsub(y), DType.FLOAT32, shape(2, 3), -2, 0, 0, -5.5, 0, 4);
    holds(n.rsub(1), DType.INT64, shape(2, 2), 0, -1, -2, -3);
    holds(n.rsub(0.5), DType.FLOAT32, shape(2, 2), -0.5, -1.5, -2.5, -3.5);
    holds(x.rsub(1, 2), DType.FLOAT32, shape(2, 3), -5, -1, -3, -11, -9, -7);
    holds(x.addcmul(y, z), DType.FLOAT32, shape(2, 3), 5, 5, 4, 6.5, 15, 36);
    holds(x.addcdiv(y, z), DType.FLOAT32, shape(2, 3), 3.5, 1.25, 4, 6.5, 7.5, 6);
    holds(x.clone().addcmul_(y, z), DType.FLOAT32, shape(2, 3), 5, 5, 4, 6.5, 15, 36);
    holds(x.clone().addcdiv_(y, z), DType.FLOAT32, shape(2, 3), 3.5, 1.25, 4, 6.5, 7.5, 6);
    holds(x.add(1, 2), DType.FLOAT32, shape(2, 3), 5, 3, 4, 8, 7, 6);
    holds(n.sub(1, 2), DType.INT64, shape(2, 2), -1, 0, 1, 2);
    holds(x.div(2, "floor"), DType.FLOAT32, shape(2, 3), 1, 0, 1, 3, 2, 2);
    holds(n.div(2, "trunc"), DType.INT64, shape(2, 2), 0, 1, 1, 2);
    holds(n.floatPower(2), DType.FLOAT64, shape(2, 2), 1, 4, 9, 16);
    holds(n.bitwiseAnd(2), DType.INT64, shape(2, 2), 0, 2, 2, 0);
    holds(n.bitwiseXor(1), DType.INT64, shape(2, 2), 0, 3, 2, 5);
    holds(n.clone().bitwiseLeftShift_(1), DType.INT64, shape(2, 2), 2, 4, 6, 8);
    holds(m.bitwiseOr(1), DType.INT64, shape(2, 3), 1, 1, 1, 1, 1, 1);
    holds(
        x.xlogy(2),
        DType.FLOAT32,
        shape(2, 3),
        2.0794415,
        0.69314718,
        1.3862944,
        4.1588831,
        3.4657359,
        2.7725887);
    holds(Tensor.pow(2, x), DType.FLOAT32, shape(2, 3), 8, 2, 4, 64, 32, 16);
    holds(Tensor.pow(2, n), DType.INT64, shape(2, 2), 2, 4, 8, 16);
    holds(x.multiply(2), DType.FLOAT32, shape(2, 3), 6, 2, 4, 12, 10, 8);
    holds(n.divide(2), DType.FLOAT32, shape(2, 2), 0.5, 1, 1.5, 2);
    holds(x.greater(2), DType.BOOL, shape(2, 3), 1, 0, 0, 1, 1, 1);
    holds(x.lessEqual(y), DType.BOOL, shape(2, 3), 0, 1, 1, 0, 1, 1);
    holds(h.nanToNum(0.5), DType.FLOAT32, shape(2, 3), 0.5, 1, 2, 6, 5, 3.4028234663852886e38);
    holds(h.nanToNum(0.0, 9.0, -9.0), DType.FLOAT32, shape(2, 3), 0, 1, 2, 6, 5, 9);
    holds(n.get(0).addmv(n, n.get(1)), DType.INT64, shape(2), 12, 27);
    holds(x.dist(y), DType.FLOAT32, shape(), 7.0887237);
    holds(Tensor.cdist(x, y), DType.FLOAT32, shape(2, 2), 2, 7.6321688, 6.7082038, 6.8007355);
    holds(x.tensordot(y), DType.FLOAT32, shape(), 68);
    holds(v.trapezoid(), DType.FLOAT32, shape(), 10.5);
    holds(v.trapezoid(2), DType.FLOAT32, shape(), 21);
    holds(v.cumulativeTrapezoid(), DType.FLOAT32, shape(4), 2.5, 4.5, 7, 10.5);
    holds(Tensor.remainder(7, x), DType.FLOAT32, shape(2, 3), 1, 0, 1, 1, 2, 3);
    holds(
        Tensor.xlogy(2, x),
        DType.FLOAT32,
        shape(2, 3),
        2.1972246,
        0,
        1.3862944,
        3.583519,
        3.2188759,
        2.7725887);
    holds(Tensor.floatPower(2, n), DType.FLOAT64, shape(2, 2), 2, 4, 8, 16);
    holds(Tensor.bitwiseAnd(2, n), DType.INT64, shape(2, 2), 0, 2, 2, 0);
    holds(Tensor.bitwiseOr(2, n), DType.INT64, shape(2, 2), 3, 2, 3, 6);
    holds(Tensor.bitwiseXor(2, n), DType.INT64, shape(2, 2), 3, 0, 1, 6);
    holds(Tensor.bitwiseLeftShift(2, n), DType.INT64, shape(2, 2), 4, 8, 16, 32);
    holds(Tensor.bitwiseRightShift(8, n), DType.INT64, shape(2, 2), 4, 2, 1, 0);
    holds(x.clone().add_(1, 2), DType.FLOAT32, shape(2, 3), 5, 3, 4, 8, 7, 6);
    holds(x.asStrided(new int[] {2, 2}, new int[] {1, 2}), DType.FLOAT32, shape(2, 2), 3, 2, 1, 6);
    holds(x.get(1).asStrided(new int[] {2}, new int[] {1}), DType.FLOAT32, shape(2), 6, 5);
    holds(x.isclose(y, 1), DType.BOOL, shape(2, 3), 0, 1, 1, 0, 1, 1);
  }

  @Test
  void sorting() {
    holds(x.quantile(0.5), DType.FLOAT32, shape(), 3.5);
    holds(x.quantile(0.25, 1), DType.FLOAT32, shape(2), 1.5, 4.5);
    holds(x.quantile(0.25, 1, true), DType.FLOAT32, shape(2, 1), 1.5, 4.5);
    holds(x.quantile(Tensor.of(0.25, 0.5)), DType.FLOAT32, shape(2), 2.25, 3.5);
    holds(x.quantile(Tensor.of(0.25, 0.5), 1), DType.FLOAT32, shape(2, 2), 1.5, 4.5, 2, 5);
    holds(x.quantile(0.4, o -> o.dim(1).interpolation("lower")), DType.FLOAT32, shape(2), 1, 4);
    holds(x.to(DType.FLOAT64).quantile(0.1), DType.FLOAT64, shape(), 1.5);
    holds(h.nanquantile(0.5, 1), DType.FLOAT32, shape(2), 1.5, 6);
    holds(x.median(1).values(), DType.FLOAT32, shape(2), 2, 5);
    holds(x.median(1).indices(), DType.INT64, shape(2), 2, 1);
    holds(x.median(-2).values(), DType.FLOAT32, shape(3), 3, 1, 2);
    holds(x.median(-2).indices(), DType.INT64, shape(3), 0, 0, 0);
    holds(h.nanmedian(1).values(), DType.FLOAT32, shape(2), 1, 6);
    holds(h.nanmedian(1).indices(), DType.INT64, shape(2), 1, 0);
    holds(x.mode(1).values(), DType.FLOAT32, shape(2), 1, 4);
    holds(x.mode(1).indices(), DType.INT64, shape(2), 1, 2);
    holds(x.mode().values(), DType.FLOAT32, shape(2), 1, 4);
    holds(x.mode().indices(), DType.INT64, shape(2), 1, 2);
    holds(x.kthvalue(2).values(), DType.FLOAT32, shape(2), 2, 5);
    holds(x.kthvalue(2).indices(), DType.INT64, shape(2), 2, 1);
    holds(x.sort(-1).values(), DType.FLOAT32, shape(2, 3), 1, 2, 3, 4, 5, 6);
    holds(x.sort(-1).indices(), DType.INT64, shape(2, 3), 1, 2, 0, 2, 1, 0);
    holds(x.sort(0).values(), DType.FLOAT32, shape(2, 3), 3, 1, 2, 6, 5, 4);
    holds(x.sort(0).indices(), DType.INT64, shape(2, 3), 0, 0, 0, 1, 1, 1);
    holds(v.kthvalue(3).values(), DType.FLOAT32, shape(), 3);
    holds(x.kthvalue(2, 0).values(), DType.FLOAT32, shape(3), 6, 5, 4);
    holds(x.sort(true).indices(), DType.INT64, shape(2, 3), 0, 2, 1, 0, 1, 2);
    holds(
        x.sort(o -> o.dim(0).descending(true)).values(),
        DType.FLOAT32,
        shape(2, 3),
        6,
        5,
        4,
        3,
        1,
        2);
    holds(x.argsort(-1), DType.INT64, shape(2, 3), 1, 2, 0, 2, 1, 0);
    holds(x.argsort(0), DType.INT64, shape(2, 3), 0, 0, 0, 1, 1, 1);
    holds(x.argsort(true), DType.INT64, shape(2, 3), 0, 2, 1, 0, 1, 2);
    holds(x.topk(2, 1, false).values(), DType.FLOAT32, shape(2, 2), 1, 2, 4, 5);
    holds(v.sort().values().searchsorted(2.5), DType.INT64, shape(), 2);
    holds(Tensor.arange(5).searchsorted(2), DType.INT64, shape(), 2);
    holds(Tensor.arange(5).searchsorted(1.5), DType.INT64, shape(), 2);
    holds(Tensor.arange(5).searchsorted(i), DType.INT64, shape(4), 2, 0, 1, 2);
    holds(
        Tensor.arange(5).searchsorted(i, o -> o.right(true).outInt32(true)),
        DType.INT32,
        shape(4),
        3,
        1,
        2,
        3);
    holds(i.bucketize(Tensor.arange(5)), DType.INT64, shape(4), 2, 0, 1, 2);
    holds(i.bucketize(Tensor.arange(5), true), DType.INT64, shape(4), 3, 1, 2, 3);
    holds(i.bincount(), DType.INT64, shape(3), 1, 1, 2);
    holds(i.bincount(w), DType.FLOAT32, shape(3), 1, 2, 4.5);
    holds(i.bincount(5), DType.INT64, shape(5), 1, 1, 2, 0, 0);
    holds(x.histc(5), DType.FLOAT32, shape(5), 1, 1, 1, 1, 2);
    holds(i.unique(o -> o.returnCounts(true)).counts(), DType.INT64, shape(3), 1, 1, 2);
    holds(i.uniqueConsecutive(), DType.INT64, shape(4), 2, 0, 1, 2);
    holds(i.unique(o -> o.returnInverse(true)).inverse(), DType.INT64, shape(4), 2, 0, 1, 2);
    holds(x.diff(), DType.FLOAT32, shape(2, 2), -2, 1, -1, -1);
    holds(x.diff(2), DType.FLOAT32, shape(2, 1), 3, 0);
    holds(x.diff(1, 0), DType.FLOAT32, shape(1, 3), 3, 4, 2);
    holds(v.diff(o -> o.prepend(Tensor.of(1f))), DType.FLOAT32, shape(5), 3, -3, 2, -1, 3);
    holds(x.topk(2, o -> o.largest(false)).values(), DType.FLOAT32, shape(2, 2), 1, 2, 4, 5);
    holds(x.topk(1, o -> o.dim(0)).indices(), DType.INT64, shape(1, 3), 1, 1, 1);
    holds(h.nanToNum(o -> o.posinf(9)), DType.FLOAT32, shape(2, 3), 0, 1, 2, 6, 5, 9);
    holds(
        h.clone().nanToNum_(o -> o.nan(-1).posinf(9)),
        DType.FLOAT32,
        shape(2, 3),
        -1,
        1,
        2,
        6,
        5,
        9);
    holds(
        Tensor.arange(5).searchsorted(i, o -> o.side("right")), DType.INT64, shape(4), 3, 1, 2, 3);
  }

  @Test
  void shapes() {
    holds(
        v.diag(),
        DType.FLOAT32,
        shape(5, 5),
        4,
        0,
        0,
        0,
        0,
        0,
        1,
        0,
        0,
        0,
        0,
        0,
        3,
        0,
        0,
        0,
        0,
        0,
        2,
        0,
        0,
        0,
        0,
        0,
        5);
    holds(x.diag(), DType.FLOAT32, shape(2), 3, 5);
    holds(x.diag(1), DType.FLOAT32, shape(2), 1, 4);
    holds(x.diagonal(), DType.FLOAT32, shape(2), 3, 5);
    holds(x.diagonal(1), DType.FLOAT32, shape(2), 1, 4);
    holds(n.diagEmbed(), DType.INT64, shape(2, 2, 2), 1, 0, 0, 2, 3, 0, 0, 4);
    holds(n.diagflat(), DType.INT64, shape(4, 4), 1, 0, 0, 0, 0, 2, 0, 0, 0, 0, 3, 0, 0, 0, 0, 4);
    holds(x.chunk(3).get(0), DType.FLOAT32, shape(1, 3), 3, 1, 2);
    holds(v.chunk(3).get(2), DType.FLOAT32, shape(1), 5);
    holds(v.split(4).get(1), DType.FLOAT32, shape(1), 5);
    holds(v.split(new int[] {2, 3}).get(1), DType.FLOAT32, shape(3), 3, 2, 5);
    holds(x.unbind().get(1), DType.FLOAT32, shape(3), 6, 5, 4);
    holds(v.tensorSplit(2).get(0), DType.FLOAT32, shape(3), 4, 1, 3);
    holds(v.tensorSplit(new int[] {1, 3}).get(1), DType.FLOAT32, shape(2), 1, 3);
    holds(x.rot90(), DType.FLOAT32, shape(3, 2), 2, 4, 1, 5, 3, 6);
    holds(x.rot90(2), DType.FLOAT32, shape(2, 3), 4, 5, 6, 2, 1, 3);
    holds(x.slice(1, 0, 2), DType.FLOAT32, shape(2, 2), 3, 1, 6, 5);
    holds(x.slice(-1, 1), DType.FLOAT32, shape(2, 2), 1, 2, 5, 4);
    holds(x.roll(1), DType.FLOAT32, shape(2, 3), 4, 3, 1, 2, 6, 5);
    holds(v.repeatInterleave(Tensor.of(1, 0, 2, 0, 1)), DType.FLOAT32, shape(4), 4, 3, 3, 5);
    holds(
        v.combinations(),
        DType.FLOAT32,
        shape(10, 2),
        4,
        1,
        4,
        3,
        4,
        2,
        4,
        5,
        1,
        3,
        1,
        2,
        1,
        5,
        3,
        2,
        3,
        5,
        2,
        5);
    holds(x.T(), DType.FLOAT32, shape(3, 2), 3, 6, 1, 5, 2, 4);
    holds(x.swapaxes(0, 1), DType.FLOAT32, shape(3, 2), 3, 6, 1, 5, 2, 4);
    holds(x.moveaxis(0, 1), DType.FLOAT32, shape(3, 2), 3, 6, 1, 5, 2, 4);
    holds(x.diagonalScatter(Tensor.of(9f, 8f)), DType.FLOAT32, shape(2, 3), 9, 1, 2, 6, 8, 4);
    holds(x.get(Index.slice(1)), DType.FLOAT32, shape(1, 3), 6, 5, 4);
    holds(x.get(Index.ALL, Index.slice(-2)), DType.FLOAT32, shape(2, 2), 1, 2, 5, 4);
    holds(v.put(i.narrow(0, 0, 2), Tensor.of(7f, 8f)), DType.FLOAT32, shape(5), 8, 1, 7, 2, 5);
    holds(
        v.indexPut(new Tensor[] {i.narrow(0, 0, 2)}, Tensor.of(7f, 8f)),
        DType.FLOAT32,
        shape(5),
        8,
        1,
        7,
        2,
        5);
    holds(v.scatterReduce(0, i, w, "sum"), DType.FLOAT32, shape(5), 5, 3, 7.5, 2, 5);
    holds(v.clone().indexReduce_(0, i, w, "prod"), DType.FLOAT32, shape(5), 4, 2, 6, 2, 5);
  }

  @Test
  void reductions() {
    holds(x.std(0, true), DType.FLOAT32, shape(3), 2.1213202, 2.8284271, 1.4142135);
    holds(x.std(0, false), DType.FLOAT32, shape(3), 1.5, 2, 1);
    holds(x.std(false), DType.FLOAT32, shape(), 1.7078252);
    holds(x.std(1, true, true), DType.FLOAT32, shape(2, 1), 1, 1);
    holds(x.var(-1, true), DType.FLOAT32, shape(2), 1, 1);
    holds(x.var(-1, false), DType.FLOAT32, shape(2), 0.66666669, 0.66666669);
    holds(x.var(false), DType.FLOAT32, shape(), 2.9166667);
    holds(x.var(1, false, true), DType.FLOAT32, shape(2, 1), 0.66666669, 0.66666669);
    holds(x.amax(-1, true), DType.FLOAT32, shape(2, 1), 3, 6);
    holds(x.amin(0, true), DType.FLOAT32, shape(1, 3), 3, 1, 2);
    holds(x.sum(-1, true), DType.FLOAT32, shape(2, 1), 6, 15);
    holds(x.mean(0, true), DType.FLOAT32, shape(1, 3), 4.5, 3, 3);
    holds(x.logsumexp(1, true), DType.FLOAT32, shape(2, 1), 3.4076061, 6.4076061);
    holds(x.norm(2, 1, true), DType.FLOAT32, shape(2, 1), 3.7416575, 8.7749643);
    holds(x.norm(1, 0), DType.FLOAT32, shape(3), 9, 6, 6);
    holds(
        x.var(1, o -> o.correction(0).keepdim(true)),
        DType.FLOAT32,
        shape(2, 1),
        0.66666669,
        0.66666669);
    holds(x.std(new int[] {0, 1}, true), DType.FLOAT32, shape(), 1.8708287);
    holds(m.all(1, true), DType.BOOL, shape(2, 1), 0, 0);
    holds(m.any(0, true), DType.BOOL, shape(1, 3), 1, 1, 1);
    holds(h.nansum(1), DType.FLOAT32, shape(2), 3, Double.POSITIVE_INFINITY);
    holds(h.nansum(), DType.FLOAT32, shape(), Double.POSITIVE_INFINITY);
    holds(h.nanmean(0), DType.FLOAT32, shape(3), 6, 3, Double.POSITIVE_INFINITY);
    holds(h.nanmean(0, true), DType.FLOAT32, shape(1, 3), 6, 3, Double.POSITIVE_INFINITY);
    holds(x.varMean(1).var(), DType.FLOAT32, shape(2), 1, 1);
    holds(x.stdMean(1, false).std(), DType.FLOAT32, shape(2), 0.81649661, 0.81649661);
    holds(x.varMean().mean(), DType.FLOAT32, shape(), 3.5);
    holds(x.aminmax(1).max(), DType.FLOAT32, shape(2), 3, 6);
  }

  @Test
  void countsOfParts() {
    assertEquals(3, v.chunk(3).size());
    assertEquals(2, v.split(4).size());
    assertEquals(2, x.unbind().size());
    assertEquals(2, v.tensorSplit(2).size());
    assertEquals(2, Tensor.where(m).size());
    assertEquals(2, Tensor.meshgrid(w, v).size());
  }

  @Test
  void anythingInAnEmptyTensor() {
    Tensor empty = Tensor.empty(2, 3);
    assertEquals(DType.FLOAT32, empty.dtype());
    assertArrayEquals(shape(2, 3), empty.shape());
    assertEquals(DType.INT64, Tensor.empty(DType.INT64, 2).dtype());
    assertArrayEquals(shape(4), n.newEmpty(4).shape());
    assertEquals(DType.INT64, n.newEmpty(4).dtype());
    assertArrayEquals(shape(2, 3), Tensor.randLike(m, DType.FLOAT64).shape());
    assertEquals(DType.FLOAT64, Tensor.randnLike(n, DType.FLOAT64).dtype());
  }

  @Test
  void closeness() {
    assertTrue(x.allclose(x.add(1e-6)));
    assertFalse(x.allclose(y));
    assertTrue(x.allclose(x.add(0.5), 0, 0.6));
    assertFalse(h.allclose(h));
    assertTrue(h.allclose(h, o -> o.equalNan(true)));
  }

  @Test
  void numbersOfJava() {
    assertEquals(21, x.sum().item());
    assertEquals(5, x.item(1, 1));
    assertEquals(4, x.item(-1, -1));
    assertThrows(ShapeException.class, () -> x.item(1));
    assertTrue(m.any().itemBoolean());
    assertFalse(m.all().itemBoolean());
    assertTrue(Tensor.of(0.5).itemBoolean());
    assertTrue(Tensor.of(Float.NaN).itemBoolean());
    assertEquals(21, x.sum().itemInt());
    assertEquals(-2, Tensor.of(-2.9).itemInt());
    assertThrows(IllegalArgumentException.class, () -> Tensor.of(1L << 31).itemInt());
    assertThrows(ShapeException.class, () -> x.itemInt());
    assertArrayEquals(new int[] {3, 1, 2, 6, 5, 4}, x.toIntArray());
    assertArrayEquals(new int[] {3, 6, 1, 5, 2, 4}, x.t().toIntArray());
    assertArrayEquals(new byte[] {-1, 0}, Tensor.of(new int[] {255, 0}).toByteArray());
    assertArrayEquals(new int[0], Tensor.empty(0, 3).toIntArray());
    assertArrayEquals(shape(2, 3), x.size());
    assertEquals(2, x.ndim());
    assertArrayEquals(shape(1, 3), x.t().stride());
    assertEquals(3, x.stride(-2));
  }

  @Test
  void nestedArrays() {
    assertArrayEquals(new float[][] {{3, 1, 2}, {6, 5, 4}}, x.toArray(float[][].class));
    assertArrayEquals(new int[][] {{3, 6}, {1, 5}, {2, 4}}, x.t().toArray(int[][].class));
    assertArrayEquals(new long[][] {{1, 2}, {3, 4}}, n.toArray(long[][].class));
    assertArrayEquals(
        new boolean[][] {{true, false, true}, {false, true, false}}, m.toArray(boolean[][].class));
    assertArrayEquals(
        new double[][][] {{{1}, {2}}},
        n.get(Index.slice(0, 1)).unsqueeze(-1).toArray(double[][][].class));
    assertArrayEquals(new double[] {4, 1, 3, 2, 5}, v.toArray(double[].class));
    assertArrayEquals(new float[2][0], Tensor.empty(2, 0).toArray(float[][].class));
    var e = assertThrows(ShapeException.class, () -> x.toArray(float[].class));
    assertTrue(e.getMessage().contains("1 != 2"), e.getMessage());
    assertThrows(DTypeException.class, () -> x.toArray(String[][].class));
  }

  @Test
  void gradients() {
    Tensor a = Tensor.of(2f, 3f).requiresGrad_();
    assertTrue(a.requiresGrad());
    Tensor cube = a.pow(3);
    Tensor weights = Tensor.of(1f, 10f);
    holds(
        Autograd.grad(cube, a, weights, o -> o.retainGraph(true)),
        DType.FLOAT32,
        shape(2),
        12,
        270);
    holds(Autograd.grad(cube, a, weights), DType.FLOAT32, shape(2), 12, 270);
    assertThrows(AutogradException.class, () -> Autograd.grad(a.pow(2), a));
    holds(Autograd.grad(a.pow(2).sum(), a), DType.FLOAT32, shape(2), 4, 6);
    Tensor b = Tensor.of(5f, 7f).requiresGrad_();
    List<Tensor> both = Autograd.grad(a.mul(b).sum(), List.of(a, b));
    holds(both.get(0), DType.FLOAT32, shape(2), 5, 7);
    holds(both.get(1), DType.FLOAT32, shape(2), 2, 3);
    List<Tensor> weighted = Autograd.grad(List.of(a.mul(b)), List.of(a), List.of(weights));
    holds(weighted.get(0), DType.FLOAT32, shape(2), 5, 70);
    assertEquals(null, a.grad());
    Autograd.backward(List.of(a.sum(), a.mul(2)), List.of(Tensor.scalar(1), weights));
    holds(a.grad(), DType.FLOAT32, shape(2), 3, 21);
    Autograd.backward(List.of(b.sum()));
    holds(b.grad(), DType.FLOAT32, shape(2), 1, 1);
    assertSame(b, b.requiresGrad_(false));
    assertFalse(b.requiresGrad());
  }

  @Test
  void gradientsOfNumbersThatAreChosen() {
    Tensor a = x.clone().requiresGrad_();
    Tensor.where(m, a, 0.0).add(Tensor.where(m, 1.0, a).mul(3)).sum().backward();
    holds(a.grad(), DType.FLOAT32, shape(2, 3), 1, 3, 1, 3, 1, 3);
    Tensor c = x.clone().requiresGrad_();
    c.clampMin(2).add(c.clampMax(2)).sum().backward();
    holds(c.grad(), DType.FLOAT32, shape(2, 3), 1, 1, 2, 1, 1, 1);
  }

  @Test
  void switches() {
    try (var guard = Facula.setGradEnabled(false)) {
      assertFalse(Facula.isGradEnabled());
      try (var inner = Facula.setGradEnabled(true)) {
        assertTrue(Facula.isGradEnabled());
      }
    }
    int threads = Facula.getNumThreads();
    assertTrue(threads > 0);
  }

  @Test
  void randomNumbers() {
    Facula.manualSeed(3);
    Tensor a = Tensor.empty(40).bernoulli(0.3);
    Facula.manualSeed(3);
    assertTrue(a.equal(Tensor.empty(40).bernoulli_(0.3)));
    Facula.manualSeed(3);
    Tensor c = Tensor.randint(10, new int[] {5});
    Facula.manualSeed(3);
    assertTrue(c.equal(Tensor.randint(0, 10, 5)));
    Facula.manualSeed(3);
    assertTrue(Tensor.empty(DType.INT64, 5).random_(10).equal(c));
  }
}
