package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;

/**
 * Recurrent layers over a whole sequence: the share of the input in the gates was computed for all
 * steps in one product before, so that each step adds one small product with the state and applies
 * the gates. Sequences are [steps, batch, ·]; states h and c have one step more in front, the
 * initial state. The gradients of the recurrent weights are left to one product over all steps.
 */
public class FloatRecurrent implements RecurrentKernels<float[]> {
  /** Sequences of a batch that a task takes at least, so that its products can use tiles. */
  private static final int HEIGHT = 8;

  private final FloatUnary unary;
  private final FloatBinary binary;
  private final FloatProduct product;

  /** Layers of these elementwise functions and products. */
  public FloatRecurrent(FloatUnary unary, FloatBinary binary, FloatProduct product) {
    this.unary = unary;
    this.binary = binary;
    this.product = product;
  }

  /**
   * The sequences of a batch know nothing of one another: a task takes some of them through all
   * steps. Into how many tasks they are cut does not show in the result.
   *
   * @param work multiplications of one sequence
   */
  private static void rows(int batch, long work, Parallel.Range body) {
    Parallel.parallelFor(batch, Math.min(work, Parallel.GRAIN / HEIGHT), body);
  }

  /** A product with the same matrix in every step, [k, n]: packed once, and read by all tasks. */
  private static final class Matrix {
    private final FloatProduct product;
    private final int k;
    private final int n;
    private final float[] strips;

    private Matrix(FloatProduct product, boolean transposed, int k, int n, float[] w, int wo) {
      this.product = product;
      this.k = k;
      this.n = n;
      strips = FloatScratch.get().aligned(FloatScratch.TRANSPOSED, k * product.stripColumns(n));
      product.packB(transposed, k, n, w, wo, transposed ? k : n, strips, FloatScratch.ALIGNED);
    }

    /** The transposed recurrent weights, [m, n]. */
    static Matrix transposed(FloatProduct product, float[] w, int wo, int m, int n) {
      return new Matrix(product, true, n, m, w, wo);
    }

    /** The recurrent weights. */
    static Matrix of(FloatProduct product, float[] w, int wo, int m, int n) {
      return new Matrix(product, false, m, n, w, wo);
    }

    /** c += a times this, for m rows. */
    void add(int m, float[] a, int ao, float[] c, int co) {
      multiply(m, a, ao, c, co, n, c, co);
    }

    /** c = a times this, for m rows. */
    void set(int m, float[] a, int ao, float[] c, int co) {
      multiply(m, a, ao, FloatScratch.get().zeros(n), 0, 0, c, co);
    }

    private void multiply(int m, float[] a, int ao, float[] z, int zo, int ldz, float[] c, int co) {
      float[] panels = FloatScratch.get().array(FloatScratch.PACK_A, m * k);
      product.packA(m, k, a, ao, k, 1, panels, 0);
      int at = FloatScratch.ALIGNED;
      product.multiplyStrips(m, n, k, panels, 0, k, 0, strips, at, z, zo, ldz, c, co, n);
    }
  }

  @Override
  public void lstm(
      int steps,
      int batch,
      int n,
      float[] gates,
      float[] w,
      int wo,
      float[] h,
      float[] c,
      float[] t) {
    int step = batch * n;
    Matrix weights = Matrix.transposed(product, w, wo, 4 * n, n);
    rows(
        batch,
        4L * n * n * steps,
        (from, to) -> {
          for (int s = 0; s < steps; s++) {
            int first = s * batch + from;
            int go = first * 4 * n;
            weights.add(to - from, h, first * n, gates, go);
            for (int b = first; b < s * batch + to; b++) {
              int row = b * 4 * n;
              int before = b * n;
              int after = before + step;
              unary.sigmoid(gates, row, gates, row, 2 * n);
              unary.tanh(gates, row + 2 * n, gates, row + 2 * n, n);
              unary.sigmoid(gates, row + 3 * n, gates, row + 3 * n, n);
              cell(gates, row, n, c, before, after);
              unary.tanh(c, after, t, before, n);
              binary.mul(gates, row + 3 * n, t, before, h, after, n);
            }
          }
        });
  }

  private static void cell(float[] gates, int row, int n, float[] c, int before, int after) {
    for (int j = 0; j < n; j++) {
      c[after + j] = gates[row + n + j] * c[before + j] + gates[row + j] * gates[row + 2 * n + j];
    }
  }

  @Override
  public void lstmBackward(
      int steps,
      int batch,
      int n,
      float[] gates,
      float[] w,
      int wo,
      float[] c,
      float[] t,
      float[] dh,
      int dho,
      float[] dState,
      float[] dCell,
      float[] dGates) {
    Matrix weights = Matrix.of(product, w, wo, 4 * n, n);
    rows(
        batch,
        4L * n * n * steps,
        (from, to) -> {
          for (int s = steps - 1; s >= 0; s--) {
            for (int b = from; b < to; b++) {
              int row = (s * batch + b) * 4 * n;
              int at = (s * batch + b) * n;
              lstmCellBackward(
                  n, gates, row, c, at, t, at, dh, dho + at, dState, dCell, b * n, dGates);
            }
            int go = (s * batch + from) * 4 * n;
            weights.set(to - from, dGates, go, dState, from * n);
          }
        });
  }

  /**
   * Through the n cells of a row of {@link #lstm}: from the gradient of h', {@code dh + dState},
   * and that of c' in {@code dCell}, the gradients of the gates before their functions, 4 n at
   * {@code dGates[row]} as the gates at {@code gates[row]}, and that of c, which replaces dCell.
   */
  protected void lstmCellBackward(
      int n,
      float[] gates,
      int row,
      float[] c,
      int before,
      float[] t,
      int at,
      float[] dh,
      int dho,
      float[] dState,
      float[] dCell,
      int state,
      float[] dGates) {
    lstmCellBackward(0, n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }

  /** The same from some cell on. */
  protected static void lstmCellBackward(
      int from,
      int n,
      float[] gates,
      int row,
      float[] c,
      int before,
      float[] t,
      int at,
      float[] dh,
      int dho,
      float[] dState,
      float[] dCell,
      int state,
      float[] dGates) {
    for (int j = from; j < n; j++) {
      float i = gates[row + j];
      float f = gates[row + n + j];
      float g = gates[row + 2 * n + j];
      float o = gates[row + 3 * n + j];
      float tanh = t[at + j];
      float d = dh[dho + j] + dState[state + j];
      float dc = dCell[state + j] + d * o * (1f - tanh * tanh);
      dGates[row + j] = dc * g * i * (1f - i);
      dGates[row + n + j] = dc * c[before + j] * f * (1f - f);
      dGates[row + 2 * n + j] = dc * i * (1f - g * g);
      dGates[row + 3 * n + j] = d * tanh * o * (1f - o);
      dCell[state + j] = dc * f;
    }
  }

  @Override
  public void gru(
      int steps,
      int batch,
      int n,
      float[] inputs,
      int io,
      float[] gates,
      float[] w,
      int wo,
      float[] bias,
      int biasAt,
      float[] h,
      float[] shares) {
    int step = batch * n;
    Matrix weights = Matrix.transposed(product, w, wo, 3 * n, n);
    float[] state = new float[3 * step];
    rows(
        batch,
        3L * n * n * steps,
        (from, to) -> {
          for (int s = 0; s < steps; s++) {
            for (int b = from; b < to; b++) {
              System.arraycopy(bias, biasAt, state, b * 3 * n, 3 * n);
            }
            int first = (s * batch + from) * n;
            weights.add(to - from, h, first, state, from * 3 * n);
            for (int b = from; b < to; b++) {
              int row = (s * batch + b) * 3 * n;
              int own = b * 3 * n;
              int before = s * step + b * n;
              binary.add(inputs, io + row, state, own, gates, row, 2 * n);
              unary.sigmoid(gates, row, gates, row, 2 * n);
              System.arraycopy(state, own + 2 * n, shares, before, n);
              binary.mul(gates, row, state, own + 2 * n, state, own + 2 * n, n);
              int last = row + 2 * n;
              binary.add(inputs, io + last, state, own + 2 * n, gates, last, n);
              unary.tanh(gates, row + 2 * n, gates, row + 2 * n, n);
              for (int j = 0; j < n; j++) {
                float z = gates[row + n + j];
                float c = gates[row + 2 * n + j];
                h[before + step + j] = c + z * (h[before + j] - c);
              }
            }
          }
        });
  }

  @Override
  public void gruBackward(
      int steps,
      int batch,
      int n,
      float[] gates,
      float[] w,
      int wo,
      float[] h,
      float[] shares,
      float[] dh,
      int dho,
      float[] dState,
      float[] dGates,
      float[] dShares) {
    Matrix weights = Matrix.of(product, w, wo, 3 * n, n);
    rows(
        batch,
        3L * n * n * steps,
        (from, to) -> {
          for (int s = steps - 1; s >= 0; s--) {
            for (int b = from; b < to; b++) {
              int row = (s * batch + b) * 3 * n;
              int at = (s * batch + b) * n;
              gruCellBackward(
                  n, gates, row, h, at, shares, dh, dho, dState, b * n, dGates, dShares);
            }
            int go = (s * batch + from) * 3 * n;
            weights.add(to - from, dShares, go, dState, from * n);
          }
        });
  }

  private static void gruCellBackward(
      int n,
      float[] gates,
      int row,
      float[] h,
      int at,
      float[] shares,
      float[] dh,
      int dho,
      float[] dState,
      int state,
      float[] dGates,
      float[] dShares) {
    for (int j = 0; j < n; j++) {
      float r = gates[row + j];
      float z = gates[row + n + j];
      float c = gates[row + 2 * n + j];
      float d = dh[dho + at + j] + dState[state + j];
      float dc = d * (1f - z) * (1f - c * c);
      float dr = dc * shares[at + j] * r * (1f - r);
      float dz = d * (h[at + j] - c) * z * (1f - z);
      dGates[row + j] = dr;
      dGates[row + n + j] = dz;
      dGates[row + 2 * n + j] = dc;
      dShares[row + j] = dr;
      dShares[row + n + j] = dz;
      dShares[row + 2 * n + j] = dc * r;
      dState[state + j] = d * z;
    }
  }

  @Override
  public void rnn(
      boolean relu,
      int steps,
      int batch,
      int n,
      float[] gates,
      int gatesAt,
      float[] w,
      int wo,
      float[] h) {
    int step = batch * n;
    Matrix weights = Matrix.transposed(product, w, wo, n, n);
    System.arraycopy(gates, gatesAt, h, step, steps * step);
    rows(
        batch,
        (long) n * n * steps,
        (from, to) -> {
          int size = (to - from) * n;
          for (int s = 0; s < steps; s++) {
            int before = s * step + from * n;
            int after = before + step;
            weights.add(to - from, h, before, h, after);
            if (relu) {
              unary.relu(h, after, h, after, size);
            } else {
              unary.tanh(h, after, h, after, size);
            }
          }
        });
  }

  @Override
  public void rnnBackward(
      boolean relu,
      int steps,
      int batch,
      int n,
      float[] w,
      int wo,
      float[] h,
      float[] dh,
      int dho,
      float[] dState,
      float[] dGates) {
    int step = batch * n;
    Matrix weights = Matrix.of(product, w, wo, n, n);
    rows(
        batch,
        (long) n * n * steps,
        (from, to) -> {
          int size = (to - from) * n;
          int own = from * n;
          for (int s = steps - 1; s >= 0; s--) {
            int at = s * step + own;
            binary.add(dh, dho + at, dState, own, dState, own, size);
            if (relu) {
              binary.reluBackward(dState, own, h, at + step, dGates, at, size);
            } else {
              binary.tanhBackward(dState, own, h, at + step, dGates, at, size);
            }
            weights.set(to - from, dGates, at, dState, own);
          }
        });
  }
}
