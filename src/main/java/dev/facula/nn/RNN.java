package dev.facula.nn;

import dev.facula.Tensor;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The simple recurrent layer of Elman: for each step of a sequence, with x the input and h the
 * state, h' = tanh(W_ih x + b_ih + W_hh h + b_hh), or max(·, 0) of it.
 *
 * <p>Input [steps, batch, inputSize], output [steps, batch, directions times hiddenSize]; without
 * the batch both have two dimensions. Parameters as those of {@link LSTM}, with hiddenSize rows.
 *
 * <pre>{@code
 * Tensor outputs = new RNN(64, 128).forward(Tensor.randn(50, 8, 64)); // [50, 8, 128]
 * }</pre>
 */
public final class RNN extends RecurrentLayer {
  private final boolean relu;

  /** Options of a simple recurrent layer. */
  public static final class Options extends RecurrentOptions<Options> {
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
  public RNN(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, o -> {});
  }

  /** Stacked layers with the default options. */
  public RNN(int inputSize, int hiddenSize, int numLayers) {
    this(inputSize, hiddenSize, o -> o.numLayers(numLayers));
  }

  /** Stacked layers, with options. */
  public RNN(int inputSize, int hiddenSize, int numLayers, Consumer<Options> options) {
    this(inputSize, hiddenSize, o -> options.accept(o.numLayers(numLayers)));
  }

  /**
   * One or more layers.
   *
   * @param inputSize the number of features of a step
   * @param hiddenSize the number of features of the state
   * @param options numLayers (1), nonlinearity (tanh), bias (true), batchFirst (false), dropout
   *     (0), bidirectional (false)
   */
  public RNN(int inputSize, int hiddenSize, Consumer<Options> options) {
    this(inputSize, hiddenSize, Check.with(new Options(), options));
  }

  private RNN(int inputSize, int hiddenSize, Options o) {
    super(inputSize, hiddenSize, 1, 0, o);
    relu = isRelu("RNN", o.nonlinearity);
  }

  /** Whether a nonlinearity is relu and not tanh. */
  static boolean isRelu(String layer, String nonlinearity) {
    return Check.oneOf(layer, "nonlinearity", nonlinearity, "tanh", "relu").equals("relu");
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

  /** {@code "tanh"} or {@code "relu"}. */
  public String nonlinearity() {
    return relu ? "relu" : "tanh";
  }

  @Override
  int[] stateSizes() {
    return new int[] {hiddenSize};
  }

  @Override
  Pass pass(Tensor x, Weights w, List<Tensor> states) {
    Tensor gates = share(x, w.input().get(), sum(w.inputBias(), w.stateBias()));
    Tensor output = STEPS.rnn(gates, states.get(0), w.state().get(), relu);
    return new Pass(output, List.of(output.select(0, -1)));
  }

  @Override
  protected String extraRepr() {
    return super.extraRepr() + (relu ? ", nonlinearity=relu" : "");
  }
}
