package dev.facula.internal.kernel.simd;

import dev.facula.internal.kernel.FloatBinary;
import dev.facula.internal.kernel.FloatProduct;
import dev.facula.internal.kernel.FloatRecurrent;
import dev.facula.internal.kernel.FloatUnary;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** The cells of recurrent layers, where a plain loop has too many operands to be vectorised. */
final class SimdFloatRecurrent extends FloatRecurrent {
  private static final VectorSpecies<Float> S = FloatVector.SPECIES_PREFERRED;

  SimdFloatRecurrent(FloatUnary unary, FloatBinary binary, FloatProduct product) {
    super(unary, binary, product);
  }

  @Override
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
    FloatVector one = FloatVector.broadcast(S, 1f);
    int j = 0;
    for (; j + S.length() <= n; j += S.length()) {
      FloatVector o = FloatVector.fromArray(S, gates, row + 3 * n + j);
      FloatVector tanh = FloatVector.fromArray(S, t, at + j);
      FloatVector d =
          FloatVector.fromArray(S, dh, dho + j).add(FloatVector.fromArray(S, dState, state + j));
      FloatVector dc =
          FloatVector.fromArray(S, dCell, state + j).add(d.mul(o).mul(one.sub(tanh.mul(tanh))));
      d.mul(tanh).mul(o).mul(one.sub(o)).intoArray(dGates, row + 3 * n + j);
      FloatVector i = FloatVector.fromArray(S, gates, row + j);
      FloatVector g = FloatVector.fromArray(S, gates, row + 2 * n + j);
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(dGates, row + j);
      dc.mul(i).mul(one.sub(g.mul(g))).intoArray(dGates, row + 2 * n + j);
      FloatVector f = FloatVector.fromArray(S, gates, row + n + j);
      FloatVector cell = FloatVector.fromArray(S, c, before + j);
      dc.mul(cell).mul(f).mul(one.sub(f)).intoArray(dGates, row + n + j);
      dc.mul(f).intoArray(dCell, state + j);
    }
    FloatRecurrent.lstmCellBackward(
        j, n, gates, row, c, before, t, at, dh, dho, dState, dCell, state, dGates);
  }
}
