package dev.facula.nn;

import dev.facula.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of an {@link LSTM}.
 *
 * <p>Input [batch, inputSize] or [inputSize], states [batch, hiddenSize] or [hiddenSize].
 * Parameters: {@code weight_ih} [4 hiddenSize, inputSize], {@code weight_hh} [4 hiddenSize,
 * hiddenSize], {@code bias_ih}, {@code bias_hh} [4 hiddenSize].
 *
 * <pre>{@code
 * LSTMCell cell = new LSTMCell(10, 20);
 * LSTM.State state = null;
 * for (Tensor x : Tensor.randn(6, 3, 10).unbind(0)) {
 *   state = cell.forward(x, state);
 * }
 * }</pre>
 */
public final class LSTMCell extends RecurrentCell {
  /** Options of a cell. */
  public static final class Options extends CellOptions<Options> {
    private Options() {}

    @Override
    Options self() {
      return this;
    }
  }

  /** A cell with biases. */
  public LSTMCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, o -> {});
  }

  /** A cell with biases or without. */
  public LSTMCell(int inputSize, int hiddenSize, boolean bias) {
    this(inputSize, hiddenSize, o -> o.bias(bias));
  }

  /**
   * A cell.
   *
   * @param options bias (true)
   */
  public LSTMCell(int inputSize, int hiddenSize, Consumer<Options> options) {
    super(inputSize, hiddenSize, 4, Check.with(new Options(), options));
  }

  /** The next h from a state of zeros. */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null).h();
  }

  /**
   * The next state.
   *
   * @param state the state before; null for zeros
   */
  public LSTM.State forward(Tensor input, LSTM.@Nullable State state) {
    if (hooked()) {
      return call(this::forward, input, state);
    }
    Tensor gates = gates(input, true);
    Tensor h = state(input, state == null ? null : state.h());
    Tensor c = state(input, state == null ? null : state.c());
    List<Tensor> r = STEPS.lstm(gates, h, c, weight.get());
    return new LSTM.State(like(input, r.get(0).squeeze(0)), like(input, r.get(1)));
  }
}
