package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Slopes at random; numbers are those of torch 2.13 after manual_seed(0). */
class RReLUTest {
  private static Tensor input(DType type) {
    return Tensor.linspace(type, -2, 2, 8);
  }

  @Test
  void drawsAreThoseOfPyTorch() {
    Facula.manualSeed(0);
    Tensor y = Functional.rrelu(input(DType.FLOAT32), 1.0 / 8, 1.0 / 3, true);
    double[] wanted = {
      -0.6541887521743774, -0.3892321288585663, -0.18917551636695862, -0.09052067250013351
    };
    assertArrayEquals(wanted, y.narrow(0, 0, 4).toDoubleArray(), 1e-7);
    assertEquals(0.455627977848053, Tensor.rand(1).item(), 1e-7);
    Facula.manualSeed(0);
    Tensor x = input(DType.FLOAT64).requiresGrad_(true);
    Tensor z = new RReLU(0.1, 0.9).forward(x);
    assertEquals(-1.752084802890485, z.get(0).item(), 1e-7);
    z.sum().backward();
    assertEquals(1.752084802890485 / 2, Objects.requireNonNull(x.grad()).get(0).item(), 1e-7);
    assertEquals(1, Objects.requireNonNull(x.grad()).get(7).item());
  }

  @Test
  void evaluationTakesTheMean() {
    RReLU layer = new RReLU();
    layer.eval();
    assertEquals(-0.4583333432674408, layer.forward(input(DType.FLOAT32)).get(0).item(), 1e-7);
    assertEquals("RReLU(lower=0.1, upper=0.9)", new RReLU(0.1, 0.9).toString());
    assertThrows(IllegalArgumentException.class, () -> new RReLU(0.5, 0.1));
  }
}
