package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AttentionTest {
  private final int threads = Facula.getNumThreads();

  @AfterEach
  void threads() {
    Facula.setNumThreads(threads);
  }

  private static Tensor attention(Tensor q, Tensor k, Tensor v, boolean causal) {
    return Functional.scaledDotProductAttention(q, k, v, o -> o.isCausal(causal));
  }

  /** The same with the weights in memory. */
  private static Tensor formula(Tensor q, Tensor k, Tensor v, boolean causal) {
    Tensor scores = q.mul(1 / Math.sqrt(q.size(-1))).matmul(k.transpose(-2, -1));
    if (causal) {
      Tensor seen = Tensor.ones(scores.size(-2), scores.size(-1)).tril().to(DType.BOOL);
      scores = scores.maskedFill(seen.logicalNot(), Double.NEGATIVE_INFINITY);
    }
    return scores.softmax(-1).matmul(v);
  }

  private static Tensor[] operands(int queries, int keys, int n, int m) {
    Facula.manualSeed(1);
    return new Tensor[] {
      Tensor.randn(DType.FLOAT64, 2, 3, queries, n).requiresGrad_(true),
      Tensor.randn(DType.FLOAT64, 2, 3, keys, n).requiresGrad_(true),
      Tensor.randn(DType.FLOAT64, 2, 3, keys, m).requiresGrad_(true)
    };
  }

  /** Sizes around the blocks of queries, and keys that are no whole strip. */
  @ParameterizedTest
  @CsvSource({"1,1,1,1", "5,7,4,3", "56,56,8,8", "57,33,5,16", "240,70,16,17", "150,210,16,40"})
  void valuesAndGradientsAreThoseOfTheFormula(int queries, int keys, int n, int m) {
    for (boolean causal : new boolean[] {false, true}) {
      Tensor[] mine = operands(queries, keys, n, m);
      Tensor[] other = operands(queries, keys, n, m);
      Tensor y = attention(mine[0], mine[1], mine[2], causal);
      Tensor expected = formula(other[0], other[1], other[2], causal);
      assertArrayEquals(expected.toDoubleArray(), y.toDoubleArray(), 1e-12);
      Tensor g = Tensor.randn(DType.FLOAT64, y.shape());
      y.backward(g);
      expected.backward(g);
      for (int i = 0; i < 3; i++) {
        assertArrayEquals(
            other[i].grad().toDoubleArray(), mine[i].grad().toDoubleArray(), 1e-11, "operand " + i);
      }
    }
  }

  @Test
  void derivativesOfBothOrdersAgreeWithDifferences() {
    Tensor[] o = operands(3, 4, 2, 2);
    GradCheck.check(t -> List.of(attention(t.get(0), t.get(1), t.get(2), true)), List.of(o));
    GradCheck.gradgradcheck(
        t -> List.of(attention(t.get(0), t.get(1), t.get(2), false)), List.of(o));
  }

  @Test
  void theSameBitsForAnyNumberOfThreads() {
    Facula.manualSeed(2);
    Tensor q = Tensor.randn(4, 300, 32).requiresGrad_(true);
    Tensor k = Tensor.randn(4, 200, 32);
    Tensor v = Tensor.randn(4, 200, 24);
    Facula.setNumThreads(1);
    Tensor one = attention(q, k, v, false);
    one.sum().backward();
    Tensor gradient = q.grad();
    q.setGrad(null);
    Facula.setNumThreads(4);
    Tensor four = attention(q, k, v, false);
    four.sum().backward();
    assertArrayEquals(one.toFloatArray(), four.toFloatArray());
    assertArrayEquals(gradient.toFloatArray(), q.grad().toFloatArray());
  }
}
