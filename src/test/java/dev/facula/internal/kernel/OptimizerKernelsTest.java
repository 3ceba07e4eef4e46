package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.facula.internal.kernel.OptimizerKernels.Adagrad;
import dev.facula.internal.kernel.OptimizerKernels.Adam;
import dev.facula.internal.kernel.OptimizerKernels.Rmsprop;
import dev.facula.internal.kernel.OptimizerKernels.Sgd;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Two steps of each optimizer against its formulas in double, one element at a time. */
class OptimizerKernelsTest {
  private static final int N = 71;
  private static final int O = 3;
  private static final double DECAY = 0.01;
  private static final double LR = 0.1;

  private final float[] p = FloatKernelsSource.random(N + 2 * O, 1);
  private final float[] g = FloatKernelsSource.random(N + 2 * O, 2);
  private final float[] a = new float[N + 2 * O];
  private final float[] b = new float[N + 2 * O];
  private final float[] c = new float[N + 2 * O];
  private final float[] before = p.clone();

  private void check(float[] want) {
    for (int i = 0; i < p.length; i++) {
      if (i < O || i >= O + N) {
        assertEquals(before[i], p[i], "beyond the parameter");
      } else {
        assertEquals(want[i], p[i], 1e-6 * (1 + Math.abs(want[i])), "element " + i);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void sgd(FloatingKernels<float[]> k) {
    k.optimizer().sgd(new Sgd(LR, 0, 1, DECAY, -1, false), p, O, g, O, null, 0, N);
    float[] want = before.clone();
    for (int i = O; i < O + N; i++) {
      want[i] -= (float) (LR * (-g[i] + DECAY * before[i]));
    }
    check(want);
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void sgdMomentum(FloatingKernels<float[]> k) {
    float[] want = before.clone();
    float[] buffer = new float[N + 2 * O];
    for (int t = 0; t < 2; t++) {
      boolean nesterov = t == 1;
      float share = t == 0 ? 1f : 0.5f;
      k.optimizer().sgd(new Sgd(LR, 0.9, share, DECAY, 1, nesterov), p, O, g, O, a, O, N);
      for (int i = O; i < O + N; i++) {
        double d = g[i] + DECAY * want[i];
        double m = 0.9 * buffer[i] + share * d;
        buffer[i] = (float) m;
        want[i] -= (float) (LR * (nesterov ? d + 0.9 * m : m));
      }
      check(want);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void adam(FloatingKernels<float[]> k) {
    float[] want = before.clone();
    double[] m = new double[N + 2 * O];
    double[] v = new double[N + 2 * O];
    double[] top = new double[N + 2 * O];
    for (int t = 1; t <= 3; t++) {
      boolean amsgrad = t > 1;
      double step = LR / (1 - Math.pow(0.9, t));
      double correction = Math.sqrt(1 - Math.pow(0.999, t));
      double decay = t == 3 ? 0 : DECAY;
      double keeping = t == 3 ? 1 - LR * DECAY : 1;
      var s = new Adam(step, 0.1, 0.999, 0.001, correction, 1e-8, decay, keeping, 1);
      k.optimizer().adam(s, p, O, g, O, a, O, b, O, amsgrad ? c : null, O, N);
      for (int i = O; i < O + N; i++) {
        double d = g[i] + (t == 3 ? 0 : DECAY * want[i]);
        m[i] += 0.1 * (d - m[i]);
        v[i] = 0.999 * v[i] + 0.001 * d * d;
        double second = v[i];
        if (amsgrad) {
          top[i] = Math.max(top[i], v[i]);
          second = top[i];
        }
        double keep = t == 3 ? 1 - LR * DECAY : 1;
        want[i] = (float) (want[i] * keep - step * m[i] / (Math.sqrt(second) / correction + 1e-8));
      }
      check(want);
      for (int i = 0; i < g.length; i++) {
        g[i] *= -0.4f;
      }
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void rmsprop(FloatingKernels<float[]> k) {
    float[] want = before.clone();
    double[] square = new double[N + 2 * O];
    double[] mean = new double[N + 2 * O];
    double[] buffer = new double[N + 2 * O];
    for (int t = 0; t < 3; t++) {
      boolean centred = t == 1;
      boolean momentum = t == 2;
      k.optimizer()
          .rmsprop(
              new Rmsprop(LR, 0.9, 0.1, 1e-6, 0.8, DECAY, 1),
              p,
              O,
              g,
              O,
              a,
              O,
              centred ? b : null,
              O,
              momentum ? c : null,
              O,
              N);
      for (int i = O; i < O + N; i++) {
        double d = g[i] + DECAY * want[i];
        square[i] = 0.9 * square[i] + 0.1 * d * d;
        double s = square[i];
        if (centred) {
          mean[i] += 0.1 * (d - mean[i]);
          s -= mean[i] * mean[i];
        }
        double q = d / (Math.sqrt(s) + 1e-6);
        if (momentum) {
          buffer[i] = 0.8 * buffer[i] + q;
          q = buffer[i];
        }
        want[i] -= (float) (LR * q);
      }
      check(want);
    }
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void adagrad(FloatingKernels<float[]> k) {
    float[] want = before.clone();
    double[] sum = new double[N + 2 * O];
    for (int t = 0; t < 2; t++) {
      k.optimizer().adagrad(new Adagrad(LR, 1e-10, DECAY, 1), p, O, g, O, a, O, N);
      for (int i = O; i < O + N; i++) {
        double d = g[i] + DECAY * want[i];
        sum[i] += d * d;
        want[i] -= (float) (LR * d / (Math.sqrt(sum[i]) + 1e-10));
      }
      check(want);
    }
  }
}
