package dev.facula.nn;

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

  /** Options of a cell. */
  public static final class Options extends CellOptions<Options> {
    private String nonlinearity = "tanh";

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /** {@code "tanh"} or {@code "relu"}. Default: tanh. */
    public Options nonlinearity(String name) {
      nonlinearity = name;
      return this;
    }
  }

  /** A cell with biases and tanh. */
  public RNNCell(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, o -> {});
  }

  /** A cell with biases or without. */
  public RNNCell(int inputSize, int hiddenSize, boolean bias) {
    this(inputSize, hiddenSize, o -> o.bias(bias));
  }

  /**
   * A cell.
   *
   * @param options bias (true), nonlinearity (tanh)
   */
  public RNNCell(int inputSize, int hiddenSize, Consumer<Options> options) {
    this(inputSize, hiddenSize, Check.with(new Options(), options));
  }

  private RNNCell(int inputSize, int hiddenSize, Options o) {
    super(inputSize, hiddenSize, 1, o);
    relu = RNN.isRelu("RNNCell", o.nonlinearity);
  }

  /** {@code "tanh"} or {@code "relu"}. */
  public String nonlinearity() {
    return relu ? "relu" : "tanh";
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
    Tensor next = STEPS.rnn(gates(input, true), state(input, h), weight.get(), relu);
    return like(input, next.squeeze(0));
  }

  @Override
  protected String extraRepr() {
    return super.extraRepr() + (relu ? ", nonlinearity=relu" : "");
  }
}
