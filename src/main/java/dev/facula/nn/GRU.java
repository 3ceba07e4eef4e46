package dev.facula.nn;

import dev.facula.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Gated recurrent units: for each step of a sequence, with x the input and h the state,
 *
 * <pre>
 * r = sigmoid(W_ir x + b_ir + W_hr h + b_hr)
 * z = sigmoid(W_iz x + b_iz + W_hz h + b_hz)
 * n = tanh(W_in x + b_in + r (W_hn h + b_hn))
 * h' = (1 - z) n + z h
 * </pre>
 *
 * <p>Input [steps, batch, inputSize], output [steps, batch, directions times hiddenSize]; without
 * the batch both have two dimensions. Parameters as those of {@link LSTM}, with 3 hiddenSize rows.
 * Source: Cho et al., "Learning Phrase Representations using RNN Encoder-Decoder", 2014.
 *
 * <pre>{@code
 * Tensor outputs = new GRU(64, 128).forward(Tensor.randn(50, 8, 64)); // [50, 8, 128]
 * }</pre>
 */
public final class GRU extends RecurrentLayer {
  /** Options of a GRU. */
  public static final class Options extends RecurrentOptions<Options> {
    private Options() {}

    @Override
    Options self() {
      return this;
    }
  }

  /**
   * What a sequence gives.
   *
   * @param output the state of the last layer after each step
   * @param h the state of all layers after the last step, [layers times directions, batch, size]
   */
  public record Result(Tensor output, Tensor h) {}

  /**
   * What packed sequences give.
   *
   * @param output the state of the last layer after each step
   * @param h the state of all layers after the last step of each sequence
   */
  public record PackedResult(PackedSequence output, Tensor h) {}

  /** One layer with the default options. */
  public GRU(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, o -> {});
  }

  /** Stacked layers with the default options. */
  public GRU(int inputSize, int hiddenSize, int numLayers) {
    this(inputSize, hiddenSize, o -> o.numLayers(numLayers));
  }

  /** Stacked layers, with options. */
  public GRU(int inputSize, int hiddenSize, int numLayers, Consumer<Options> options) {
    this(inputSize, hiddenSize, o -> options.accept(o.numLayers(numLayers)));
  }

  /**
   * One or more layers.
   *
   * @param inputSize the number of features of a step
   * @param hiddenSize the number of features of the state
   * @param options numLayers (1), bias (true), batchFirst (false), dropout (0), bidirectional
   *     (false)
   */
  public GRU(int inputSize, int hiddenSize, Consumer<Options> options) {
    super(inputSize, hiddenSize, 3, 0, Check.with(new Options(), options));
  }

  /** The outputs of all steps from a state of zeros. */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null).output();
  }

  /**
   * The outputs of all steps, and the last state.
   *
   * @param h0 the first state; null for zeros
   */
  public Result forward(Tensor input, @Nullable Tensor h0) {
    if (hooked()) {
      return call(this::forward, input, h0);
    }
    List<Tensor> r = run(input, h0 == null ? List.of() : List.of(h0));
    return new Result(r.get(0), r.get(1));
  }

  /**
   * The outputs of all steps of sequences of different lengths, and their last states.
   *
   * @param h0 the first state; null for zeros
   */
  public PackedResult forward(PackedSequence input, @Nullable Tensor h0) {
    if (hooked()) {
      return call(this::forward, input, h0);
    }
    List<Tensor> r = run(input, h0 == null ? List.of() : List.of(h0));
    return new PackedResult(input.with(r.get(0)), r.get(1));
  }

  @Override
  int[] stateSizes() {
    return new int[] {hiddenSize};
  }

  @Override
  Pass pass(Tensor x, Weights w, List<Tensor> states) {
    Tensor gates = share(x, w.input().get(), Slot.read(w.inputBias()));
    Tensor given = Slot.read(w.stateBias());
    Tensor bias = given == null ? Tensor.zeros(gates.dtype(), 3 * hiddenSize) : given;
    Tensor output = STEPS.gru(gates, states.get(0), w.state().get(), bias);
    return new Pass(output, List.of(output.select(0, -1)));
  }
}
