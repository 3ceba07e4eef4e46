package dev.facula.nn;

/**
 * The options that {@link RNN}, {@link LSTM} and {@link GRU} have in common.
 *
 * @param <O> the options of the layer
 */
public abstract class RecurrentOptions<O extends RecurrentOptions<O>> {
  int numLayers = 1;
  boolean bias = true;
  boolean batchFirst;
  double dropout;
  boolean bidirectional;

  RecurrentOptions() {}

  abstract O self();

  /** How many layers are stacked, each on the output of the one before. Default: 1. */
  public O numLayers(int count) {
    numLayers = count;
    return self();
  }

  /** Whether biases are added, of the input and of the state. Default: true. */
  public O bias(boolean on) {
    bias = on;
    return self();
  }

  /** [batch, steps, features] instead of [steps, batch, features]. Default: false. */
  public O batchFirst(boolean on) {
    batchFirst = on;
    return self();
  }

  /** The dropout after each layer but the last, in training. Default: 0. */
  public O dropout(double p) {
    dropout = p;
    return self();
  }

  /** Whether a second direction goes through the sequence from its end. Default: false. */
  public O bidirectional(boolean on) {
    bidirectional = on;
    return self();
  }
}
