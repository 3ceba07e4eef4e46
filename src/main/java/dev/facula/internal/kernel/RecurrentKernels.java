package dev.facula.internal.kernel;

/**
 * Recurrent layers over a whole sequence. Sequences are [steps, batch, ·]; states h and c have one
 * step more in front, the initial state. The gradients of the recurrent weights are left to one
 * product over all steps.
 *
 * @param <A> the type of the arrays
 */
public interface RecurrentKernels<A> {
  /**
   * Long short-term memory: i, f, o = sigmoid, g = tanh of the gates; c' = f c + i g; h' = o
   * tanh(c').
   *
   * @param gates the input's share of the gates, [steps, batch, 4 n]; out: the values of i f g o
   * @param w the recurrent weights [4 n, n]
   * @param h [steps + 1, batch, n], the first step filled in
   * @param c as h
   * @param t tanh(c'), [steps, batch, n]
   */
  void lstm(int steps, int batch, int n, A gates, A w, int wo, A h, A c, A t);

  /**
   * The backward pass of {@link #lstm}.
   *
   * @param dh the gradient of h' of all steps, [steps, batch, n]; not changed
   * @param dState on entry zeros or the gradient of the last h, on return that of the first
   * @param dCell on entry the gradient of the last c, on return that of the first
   * @param dGates out: the gradient of the gates before their functions; may be gates
   */
  void lstmBackward(
      int steps,
      int batch,
      int n,
      A gates,
      A w,
      int wo,
      A c,
      A t,
      A dh,
      int dho,
      A dState,
      A dCell,
      A dGates);

  /**
   * Gated recurrent units: r, z = sigmoid(x + s), c = tanh(x + r s), h' = (1 - z) c + z h, with x
   * the input's and s the state's share of a gate.
   *
   * @param inputs the input's share of the gates, [steps, batch, 3 n]
   * @param gates out: the values of r z c, [steps, batch, 3 n]
   * @param w the recurrent weights [3 n, n]
   * @param bias the recurrent bias [3 n]; it belongs to the state's share
   * @param h [steps + 1, batch, n], the first step filled in
   * @param shares out: the state's share of c, [steps, batch, n]
   */
  void gru(
      int steps,
      int batch,
      int n,
      A inputs,
      int io,
      A gates,
      A w,
      int wo,
      A bias,
      int biasAt,
      A h,
      A shares);

  /**
   * The backward pass of {@link #gru}.
   *
   * @param dState on entry zeros or the gradient of the last h, on return that of the first
   * @param dGates out: the gradient of the input's shares
   * @param dShares out: the gradient of the state's shares, as dGates
   */
  void gruBackward(
      int steps,
      int batch,
      int n,
      A gates,
      A w,
      int wo,
      A h,
      A shares,
      A dh,
      int dho,
      A dState,
      A dGates,
      A dShares);

  /**
   * The simple recurrent layer: h' = tanh(x + h W<sup>T</sup>), or max(·, 0).
   *
   * @param gates [steps, batch, n], the input's share
   * @param h [steps + 1, batch, n], the first step filled in
   */
  void rnn(boolean relu, int steps, int batch, int n, A gates, int gatesAt, A w, int wo, A h);

  /**
   * The backward pass of {@link #rnn}.
   *
   * @param dState on entry zeros or the gradient of the last h, on return that of the first
   * @param dGates out: the gradient of the input's shares
   */
  void rnnBackward(
      boolean relu,
      int steps,
      int batch,
      int n,
      A w,
      int wo,
      A h,
      A dh,
      int dho,
      A dState,
      A dGates);
}
