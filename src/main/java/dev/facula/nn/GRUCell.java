package dev.facula.nn;

import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One step of a {@link GRU}.
 *
 * <p>Input [batch, inputSize] or [inputSize], state [batch, hiddenSize] or [hiddenSize].
 * Parameters: {@code weight_ih} [3 hiddenSize, inputSize], {@code weight_hh} [3 hiddenSize,
 * hiddenSize], {@code bias_ih}, {@code bias_hh} [3 hiddenSize].
 *
 * <pre>{@code
 * Tensor h = new GRUCell(10, 20).forward(Tensor.randn(3, 10), Tensor.zeros(3, 20)); // [3, 20]
 * }</pre>
 */
public final class GRUCell extends RecurrentCell {
  /** Options of a cell. */
  public static final class Options extends CellOptions<Options> {
    private Options() {}

    @Override
    Options self() {
      return this;
    }
  }

  /** A cell with biases. */
  public GRUCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, o -> {});
  }

  /** A cell with biases or without. */
  public GRUCell(int inputSize, int hiddenSize, boolean bias) {
    this(inputSize, hiddenSize, o -> o.bias(bias));
  }

  /**
   * A cell.
   *
   * @param options bias (true)
   */
  public GRUCell(int inputSize, int hiddenSize, Consumer<Options> options) {
    super(inputSize, hiddenSize, 3, Check.with(new Options(), options));
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
    if (hooked()) {
      return call(this::forward, input, h);
    }
    Tensor gates = gates(input, false);
    Tensor given = Slot.read(stateBias);
    Tensor bias = given == null ? Tensor.zeros(gates.dtype(), 3 * hiddenSize) : given;
    Tensor next = STEPS.gru(gates, state(input, h), weight.get(), bias);
    return like(input, next.squeeze(0));
  }
}
