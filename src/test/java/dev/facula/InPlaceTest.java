package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.array.Storage;
import org.junit.jupiter.api.Test;

class InPlaceTest {
  @Test
  void aFunctionInPlaceWritesWhereItReads() {
    Tensor x = Tensor.of(new float[] {-1f, 0f, 2f}, 3);
    Tensor view = x.narrow(0, 1, 2);
    Storage before = x.storage;
    x.relu_();
    assertSame(before, x.storage);
    assertArrayEquals(new float[] {0f, 0f, 2f}, x.toFloatArray());
    assertArrayEquals(new float[] {0f, 2f}, view.toFloatArray());
  }

  @Test
  void viewsThatAreNotContiguousAreWrittenThrough() {
    Tensor x = Tensor.of(new float[] {0f, 1f, 2f, 3f}, 2, 2);
    x.t().select(0, 1).exp_();
    float[] expected = {0f, (float) Math.exp(1), 2f, (float) Math.exp(3)};
    assertArrayEquals(expected, x.toFloatArray(), 1e-5f);
  }

  @Test
  void theGradientFollows() {
    Tensor x = Tensor.of(new double[] {0.5, 2}, 2).requiresGrad_(true);
    Tensor y = x.mul(1);
    y.exp_();
    y.sum().backward();
    Tensor g = x.grad();
    assertArrayEquals(new double[] {Math.exp(0.5), Math.exp(2)}, g.toDoubleArray(), 1e-12);
  }

  @Test
  void theGraphNeedsNoSecondTensor() {
    Tensor x = Tensor.of(new double[] {-1, 0.5, 2}, 3).requiresGrad_(true);
    Tensor y = x.mul(2);
    Storage before = y.storage;
    Tensor seen = y.detach();
    y.add_(Tensor.of(new double[] {1}, 1)).mul_(3).sigmoid_();
    assertSame(before, y.storage);
    assertArrayEquals(y.toDoubleArray(), seen.toDoubleArray());
    Tensor plain = x.mul(2).add(1).mul(3).sigmoid();
    assertArrayEquals(plain.toDoubleArray(), y.toDoubleArray());
    Tensor first = Autograd.grad(y.sum(), x, o -> o.createGraph(true));
    Tensor expected = Autograd.grad(plain.sum(), x, o -> o.createGraph(true));
    assertArrayEquals(expected.toDoubleArray(), first.toDoubleArray());
    double[] second = Autograd.grad(first.sum(), x).toDoubleArray();
    assertArrayEquals(Autograd.grad(expected.sum(), x).toDoubleArray(), second, 1e-12);
  }

  @Test
  void aViewIsMadeAgainOfAGradientInAnyOrder() {
    Tensor w = Tensor.arange(6).to(DType.FLOAT64).view(2, 3).requiresGrad_(true);
    Tensor m = Tensor.arange(6).to(DType.FLOAT64).view(3, 2);
    Tensor b = w.mul(1);
    b.view(6).mul_(2);
    b.t().mul(m).sum().backward(); // the gradient of b is transposed
    double[] expected = {0, 4, 8, 2, 6, 10};
    assertArrayEquals(expected, requireNonNull(w.grad()).toDoubleArray());
    Tensor p = Tensor.arange(6).to(DType.FLOAT64).view(3, 2).t().detach().requiresGrad_(true);
    Tensor c = p.mul(1);
    c.t().view(6).mul_(3);
    c.mul(m.t().reshape(6).view(2, 3)).sum().backward(); // that of c is not
    double[] other = {0, 6, 12, 3, 9, 15};
    assertArrayEquals(other, requireNonNull(p.grad()).toDoubleArray());
    Tensor d = w.mul(1);
    d.view(6).mul_(2);
    w.setGrad(null);
    d.sum().backward(); // that of d is one number, expanded
    assertArrayEquals(new double[] {2, 2, 2, 2, 2, 2}, requireNonNull(w.grad()).toDoubleArray());
  }

  @Test
  void whatADerivativeReadsIsNotOverwritten() {
    Tensor x = Tensor.of(new double[] {-1, 2}, 2).requiresGrad_(true);
    Tensor w = Tensor.of(new double[] {3, 4}, 2).requiresGrad_(true);
    Tensor y = x.mul(1);
    y.mul_(w); // the gradient of w is the old y
    y.add_(w);
    y.sum().backward();
    assertArrayEquals(new double[] {3, 4}, requireNonNull(x.grad()).toDoubleArray());
    assertArrayEquals(new double[] {0, 3}, requireNonNull(w.grad()).toDoubleArray());
    Tensor sine = x.mul(1);
    Autograd.grad(sine.sin_().sum(), x, o -> o.createGraph(true)).sum().backward();
    double[] minusSine = {Math.sin(1) + 3, -Math.sin(2) + 4};
    assertArrayEquals(minusSine, requireNonNull(x.grad()).toDoubleArray(), 1e-12);
    Tensor z = x.exp();
    z.relu_();
    var e = assertThrows(AutogradException.class, () -> z.sum().backward());
    assertTrue(e.getMessage().contains("changed in place"), e.getMessage());
  }

  @Test
  void aGradientOfAnAddedTensorReachesIt() {
    Tensor sum = Tensor.zeros(2, 3);
    Tensor x = Tensor.of(new float[] {1, 2, 3}, 3).requiresGrad_(true);
    sum.add_(x);
    assertTrue(sum.requiresGrad());
    sum.sum().backward();
    assertArrayEquals(new float[] {2, 2, 2}, requireNonNull(x.grad()).toFloatArray());
  }

  @Test
  void aSavedTensorIsFoundToHaveChanged() {
    Tensor x = Tensor.of(new double[] {0.5, 2}, 2).requiresGrad_(true);
    Tensor weight = Tensor.of(new double[] {3, 4}, 2);
    Tensor y = x.mul(weight);
    weight.sqrt_();
    var e = assertThrows(AutogradException.class, () -> y.sum().backward());
    assertTrue(e.getMessage().contains("changed in place"), e.getMessage());
  }

  @Test
  void sumsInsideAndOutsideOfWhatIsKept() {
    Tensor x = Tensor.arange(2 * 3 * 4 * 5).to(DType.FLOAT32).view(2, 3, 4, 5);
    Tensor expected = x.permute(1, 0, 2, 3).reshape(3, 40).sum(1);
    assertArrayEquals(expected.toFloatArray(), x.sum(0, 2, 3).toFloatArray());
    assertArrayEquals(new int[] {3}, x.sum(0, 2, 3).shape());
    assertArrayEquals(new int[] {1, 3, 1, 1}, x.sum(new int[] {3, 0, 2}, true).shape());
    assertEquals(7140, x.sum(0, 1, 2, 3).item());
    Tensor empty = Tensor.zeros(2, 3, 0);
    assertArrayEquals(new float[] {0f, 0f, 0f}, empty.sum(0, 2).toFloatArray());
  }

  @Test
  void releasedMemoryGoesToTheNextResultOfItsSize() {
    Tensor x = Tensor.ones(100, 100);
    Tensor y = x.add(1);
    Tensor view = y.t();
    float[] memory = y.storage.floats();
    y.release();
    y.release();
    assertEquals("tensor(released, size=(100, 100))", y.toString());
    Tensor z = x.mul(3);
    assertTrue(memory == z.storage.floats());
    for (Tensor gone : new Tensor[] {y, view}) {
      var e = assertThrows(IllegalStateException.class, gone::sum);
      assertTrue(e.getMessage().contains("release()"), e.getMessage());
    }
    assertEquals(3, z.mean().item());
    float[] mine = new float[10_000];
    Tensor wrapped = Tensor.of(mine, 100, 100);
    wrapped.release();
    Tensor sum = z.add(z);
    assertEquals(6, sum.mean().item());
    assertEquals(0, mine[0]);
  }

  @Test
  void aGraphKeepsReleasedMemoryForAsLongAsItNeedsIt() {
    Tensor x = Tensor.ones(100, 100).requiresGrad_(true);
    Tensor y = x.exp();
    float[] memory = y.storage.floats();
    Tensor loss = y.mul(y).sum();
    y.release();
    assertTrue(memory == y.storage.floats());
    loss.backward();
    assertEquals(2 * Math.exp(2), requireNonNull(x.grad()).mean().item(), 1e-4);
    var e = assertThrows(IllegalStateException.class, y::sum);
    assertTrue(e.getMessage().contains("release()"), e.getMessage());
  }

  @Test
  void aSecondGraphThatNeedsReleasedMemorySaysSo() {
    Tensor x = Tensor.ones(100, 100).requiresGrad_(true);
    Tensor y = x.mul(1);
    y.release();
    var e = assertThrows(IllegalStateException.class, () -> y.exp());
    assertTrue(e.getMessage().contains("release()"), e.getMessage());
    Tensor h = x.mul(2);
    Tensor s = h.sum();
    h.release();
    s.backward();
    assertEquals(2, requireNonNull(x.grad()).mean().item());
  }
}
