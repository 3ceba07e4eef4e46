package dev.facula.internal.fused;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one recurrent layer over a sequence, as one operation.
 *
 * @param <T> the tensor
 */
public interface RecurrentSteps<T> {

  /**
   * Long short-term memory: with the gates i, f, g, o = gates + h W<sup>T</sup>, c' = sigmoid(f) c
   * + sigmoid(i) tanh(g) and h' = sigmoid(o) tanh(c'). Hochreiter and Schmidhuber, "Long Short-Term
   * Memory", 1997.
   *
   * @param gates the input's share of the gates with all biases, [steps, batch, 4 n]
   * @param h0 the first state, [batch, n]
   * @param c0 the first state of the cell, [batch, n]
   * @param weight the recurrent weights W, [4 n, n]
   * @return the states h' of all steps, [steps, batch, n], and the last c', [batch, n]
   */
  List<T> lstm(T gates, T h0, T c0, T weight);

  /**
   * The same with the input's share of the gates, x V<sup>T</sup> + bias, computed here: less
   * memory and faster than one after the other.
   *
   * @param x the input, [steps, batch, m]
   * @param inputWeight the weights V of the input, [4 n, m]
   * @param bias the sum of all biases, [4 n], or null
   */
  List<T> lstm(T x, T h0, T c0, T inputWeight, T weight, @Nullable T bias);

  /**
   * Gated recurrent units: with s = h W<sup>T</sup> + b, r = sigmoid(gates_r + s_r), z =
   * sigmoid(gates_z + s_z), c = tanh(gates_c + r s_c) and h' = (1 - z) c + z h. Cho et al.,
   * "Learning Phrase Representations using RNN Encoder-Decoder", 2014.
   *
   * @param gates the input's share of r, z, c with its bias, [steps, batch, 3 n]
   * @param h0 the first state, [batch, n]
   * @param weight the recurrent weights W, [3 n, n]
   * @param bias the recurrent bias b, [3 n]
   * @return the states h' of all steps, [steps, batch, n]
   */
  T gru(T gates, T h0, T weight, T bias);

  /**
   * A simple recurrent layer: h' = tanh(gates + h W<sup>T</sup>).
   *
   * @param gates the input's share with all biases, [steps, batch, n]
   * @param h0 the first state, [batch, n]
   * @param weight the recurrent weights W, [n, n]
   * @param relu max(·, 0) instead of tanh
   * @return the states h' of all steps, [steps, batch, n]
   */
  T rnn(T gates, T h0, T weight, boolean relu);
}
