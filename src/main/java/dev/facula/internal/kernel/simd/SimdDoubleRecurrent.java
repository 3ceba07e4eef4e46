package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.DoubleRecurrent;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/** The cells of recurrent layers, where a plain loop has too many operands to be vectorised. */
final class SimdDoubleRecurrent {
  private static final VectorSpecies<Double> S = DoubleVector.SPECIES_PREFERRED;

  private SimdDoubleRecurrent() {}

  static void lstmCellBackward(
      int n,
      double[] gates,
      int row,
      double[] c,
      int before,
      double[] t,
      int at,
      double[] dh,
      int dho,
      double[] dState,
      double[] dCell,
      int state,
      double[] dGates) {
    DoubleVector one = DoubleVector.broadcast(S, 1.0);
    int j = 0;
    for (; j + S.length() <= n; j += S.length()) {
      DoubleVector o = DoubleVector.fromArray(S, gates, row + 3 * n + j);
      DoubleVector tanh = DoubleVector.fromArray(S, t, at + j);
      DoubleVector d =
          DoubleVector.fromArray(S, dh, dho + j).add(DoubleVector.fromArray(S, dState, state + j));
      DoubleVector dc =
          DoubleVector.fromArray(S, dCell, state + j).add(d.mul(o).mul(one.sub(tanh.mul(tanh))));
      d.mul(tanh).mul(o).mul(one.sub(o)).intoArray(dGates, row + 3 * n + j);
      DoubleVector i = DoubleVector.fromArray(S, gates, row + j);
      DoubleVector g = DoubleVector.fromArray(S, gates, row + 2 * n + j);
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(dGates, row + j);
      dc.mul(i).mul(one.sub(g.mul(g))).intoArray(dGates, row + 2 * n + j);
      DoubleVector f = DoubleVector.fromArray(S, gates, row + n + j);
      DoubleVector cell = DoubleVector.fromArray(S, c, before + j);
      dc.mul(cell).mul(f).mul(one.sub(f)).intoArray(dGates, row + n + j);
      dc.mul(f).intoArray(dCell, state + j);
    }
    DoubleRecurrent.lstmCellBackward(
        j, n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }
}
