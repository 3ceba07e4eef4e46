package dev.facula.nn;

/**
 * The options that {@link RNNCell}, {@link LSTMCell} and {@link GRUCell} have in common.
 *
 * @param <O> the options of the cell
 */
public abstract class CellOptions<O extends CellOptions<O>> {
  boolean bias = true;

  CellOptions() {}

  abstract O self();

  /** Whether biases are added, of the input and of the state. Default: true. */
  public O bias(boolean on) {
    bias = on;
    return self();
  }
}
