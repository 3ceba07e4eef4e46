package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fourier transforms; the recorded numbers are those of torch 2.13 for the same signal. */
class FftTest {
  private static final double NEAR = 1e-12;

  private static Tensor signal() {
    return Tensor.arange(40).to(DType.FLOAT64).pow(1.5).div(7).sin();
  }

  private static Tensor pairs(int n, int seed) {
    return Tensor.randn(DType.FLOAT64, new Generator(seed), 3, n, 2);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5, 8, 12, 17, 64, 100, 127})
  void agreesWithTheSum(int n) {
    Tensor x = pairs(n, n);
    Tensor y = Fft.fft(x);
    double[] a = x.select(0, 1).reshape(-1).toDoubleArray();
    for (int k = 0; k < n; k++) {
      double re = 0;
      double im = 0;
      for (int j = 0; j < n; j++) {
        double angle = -2 * Math.PI * j * k / n;
        re += a[2 * j] * Math.cos(angle) - a[2 * j + 1] * Math.sin(angle);
        im += a[2 * j] * Math.sin(angle) + a[2 * j + 1] * Math.cos(angle);
      }
      assertEquals(re, y.get(1, k, 0).item(), 1e-11);
      assertEquals(im, y.get(1, k, 1).item(), 1e-11);
    }
    assertArrayEquals(x.toArray(double[][][].class)[2][0], back(y, "backward"), NEAR);
    assertArrayEquals(
        x.toArray(double[][][].class)[2][0], back(Fft.fft(x, o -> o.norm("ortho")), "ortho"), NEAR);
    assertArrayEquals(
        x.toArray(double[][][].class)[2][0],
        back(Fft.fft(x, o -> o.norm("forward")), "forward"),
        NEAR);
  }

  private static double[] back(Tensor y, String norm) {
    return Fft.ifft(y, o -> o.norm(norm)).toArray(double[][][].class)[2][0];
  }

  @Test
  void agreesWithPyTorch() {
    Tensor x = signal();
    Tensor z = Tensor.stack(List.of(x.narrow(0, 0, 10), x.narrow(0, 10, 10)), -1);
    near(Fft.fft(z).select(0, 3), -0.1300625919807249, -0.4774494885930224);
    near(
        Fft.ifft(z, o -> o.n(12).norm("ortho")).select(0, 5),
        0.027057593007640077,
        0.035531667766889555);
    near(Fft.rfft(x.narrow(0, 0, 7)).select(0, 2), -0.48994966227443915, 0.25701328294079584);
    Tensor half = Tensor.stack(List.of(x.narrow(0, 0, 4), x.narrow(0, 4, 4)), -1);
    near(
        Fft.irfft(half, o -> o.n(7)).narrow(0, 0, 3),
        0.3461478339584584,
        -0.6964385655755556,
        -0.054975802211241855);
    assertArrayEquals(
        new double[] {0, 0.4, 0.8, -0.8, -0.4}, Fft.fftfreq(5, 0.5).toDoubleArray(), 1e-7);
    assertArrayEquals(new double[] {0, 0.25, -0.5, -0.25}, Fft.fftfreq(4, 1).toDoubleArray(), 1e-7);
    assertArrayEquals(new double[] {0, 0.2, 0.4}, Fft.rfftfreq(5, 1).toDoubleArray(), 1e-7);
  }

  @Test
  void spectrogramsAreThoseOfPyTorch() {
    Tensor x = signal();
    Tensor w = Windows.hann(8, o -> o.sym(false).dtype(DType.FLOAT64));
    Tensor s = Fft.stft(x, 8, o -> o.hopLength(3).window(w));
    assertArrayEquals(new int[] {5, 14, 2}, s.shape());
    near(s.get(1, 2), -1.7518602948073698, -0.9544215812560292);
    assertEquals(94.22283870887345, s.square().sum().item(), 1e-10);
    Tensor v = Windows.hann(6, o -> o.sym(false).dtype(DType.FLOAT64));
    Tensor all =
        Fft.stft(
            x,
            8,
            o ->
                o.hopLength(2)
                    .winLength(6)
                    .window(v)
                    .center(false)
                    .normalized(true)
                    .onesided(false));
    assertArrayEquals(new int[] {8, 17, 2}, all.shape());
    near(all.get(6, 3), -0.3089701921584384, -0.05881714709166557);
    assertEquals(19.686773587092553, all.square().sum().item(), 1e-10);
    Tensor back = Fft.istft(s, 8, o -> o.hopLength(3).window(w).length(40));
    assertArrayEquals(x.toDoubleArray(), back.toDoubleArray(), NEAR);
    assertEquals(39, Fft.istft(s, 8, o -> o.hopLength(3).window(w)).size(0));
    Tensor batch = Tensor.stack(x, x.neg());
    assertArrayEquals(new int[] {2, 5, 14, 2}, Fft.stft(batch, 8, o -> o.hopLength(3)).shape());
    assertThrows(
        IllegalArgumentException.class,
        () -> Fft.istft(s, 8, o -> o.hopLength(3).window(w.mul(0))));
    assertThrows(ShapeException.class, () -> Fft.stft(x, 8, o -> o.winLength(9)));
    assertThrows(ShapeException.class, () -> Fft.stft(x, 64, o -> o.center(false)));
  }

  @Test
  void melFiltersAreThoseOfTorchaudio() {
    Tensor bank = Fft.melFilterBank(65, 0, 4000, 10, 8000);
    assertArrayEquals(
        new double[] {0, 0.8775867819786072, 0.12241324037313461, 0},
        bank.select(0, 5).narrow(0, 0, 4).toDoubleArray(),
        1e-5);
    assertEquals(56.938594818115234, bank.sum().item(), 1e-3);
    assertThrows(IllegalArgumentException.class, () -> Fft.melFilterBank(65, 4000, 4000, 10, 8000));
  }

  @Test
  void derivativesAreThoseOfFiniteDifferences() {
    Tensor x = pairs(6, 1).requiresGrad_(true);
    GradCheck.check(t -> List.of(Fft.fft(t.get(0))), List.of(x));
    GradCheck.gradgradcheck(t -> List.of(Fft.ifft(t.get(0)).square()), List.of(x));
    Tensor real = Tensor.randn(DType.FLOAT64, new Generator(2), 2, 7).requiresGrad_(true);
    GradCheck.check(t -> List.of(Fft.rfft(t.get(0), o -> o.norm("ortho"))), List.of(real));
    GradCheck.check(t -> List.of(Fft.irfft(t.get(0), o -> o.n(9))), List.of(x));
    Tensor signal = Tensor.randn(DType.FLOAT64, new Generator(3), 12).requiresGrad_(true);
    GradCheck.check(t -> List.of(Fft.stft(t.get(0), 4, o -> o.hopLength(2))), List.of(signal));
  }

  @Test
  void whatIsNoPairIsRefused() {
    assertThrows(ShapeException.class, () -> Fft.fft(Tensor.ones(4, 3)));
    assertThrows(ShapeException.class, () -> Fft.fft(Tensor.ones(2)));
    assertThrows(DTypeException.class, () -> Fft.rfft(Tensor.arange(4)));
    assertThrows(IllegalArgumentException.class, () -> Fft.fft(Tensor.ones(0, 2)));
    assertEquals(0, Fft.fft(Tensor.ones(0, 4, 2)).numel());
  }

  private static void near(Tensor actual, double... wanted) {
    assertArrayEquals(wanted, actual.toDoubleArray(), NEAR);
  }

  @Test
  void frequenciesMoveToTheMiddleAndBack() {
    Tensor x = Tensor.arange(5);
    assertArrayEquals(new long[] {3, 4, 0, 1, 2}, Fft.fftshift(x).toLongArray());
    assertArrayEquals(new long[] {2, 3, 4, 0, 1}, Fft.ifftshift(x).toLongArray());
    Tensor m = Tensor.arange(6).reshape(2, 3);
    assertArrayEquals(new long[] {5, 3, 4, 2, 0, 1}, Fft.fftshift(m).toLongArray());
    assertArrayEquals(new long[] {2, 0, 1, 5, 3, 4}, Fft.fftshift(m, 1).toLongArray());
  }
}
