package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of an {@link RNN}.
 *
 * <p>Input [batch, inputSize] or [inputSize], state [batch, hiddenSize] or [hiddenSize].
 * Parameters: {@code weight_ih} [hiddenSize, inputSize], {@code weight_hh} [hiddenSize,
 * hiddenSize], {@code bias_ih}, {@code bias_hh} [hiddenSize].
 *
 * <pre>{@code
 * Tensor h = new RNNCell(10, 20).forward(Tensor.randn(3, 10), Tensor.zeros(3, 20)); // [3, 20]
 * }</pre>
 */
public final class RNNCell extends RecurrentCell {
  private final boolean relu;

  /** A cell with biases and tanh. */
  public RNNCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, "tanh", o -> {});
  }

  /**
   * A cell.
   *
   * @param nonlinearity tanh or relu
   * @param options bias
   */
  public RNNCell(
      int inputSize, int hiddenSize, String nonlinearity, Consumer<Options> options) {
    super(inputSize, hiddenSize, 1, options);
    relu = RNN.isRelu("RNNCell", nonlinearity);
  }

  /** The next state from a state of zeros. */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null);
  }

  /**
   * The next state.
   *
   * @param h the state before; null for zeros
   */
  public Tensor forward(Tensor input, @Nullable Tensor h) {
    Tensor next = Functional.rnn(gates(input, true), state(input, h), weight, relu);
    return like(input, next.squeeze(0));
  }

  @Override
  protected String extraRepr() {
    return super.extraRepr() + (relu ? ", nonlinearity=relu" : "");
  }
}
