package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Long short-term memory: for each step of a sequence, with x the input and h, c the state,
 *
 * <pre>
 * i = sigmoid(W_ii x + b_ii + W_hi h + b_hi)
 * f = sigmoid(W_if x + b_if + W_hf h + b_hf)
 * g = tanh(W_ig x + b_ig + W_hg h + b_hg)
 * o = sigmoid(W_io x + b_io + W_ho h + b_ho)
 * c' = f c + i g
 * h' = o tanh(c')
 * </pre>
 *
 * <p>Input [steps, batch, inputSize], output [steps, batch, directions times hiddenSize]; without
 * the batch both have two dimensions. Parameters for each layer k: {@code weight_ih_lk} [4
 * hiddenSize, inputSize], {@code weight_hh_lk} [4 hiddenSize, hiddenSize], {@code bias_ih_lk},
 * {@code bias_hh_lk}, with the suffix {@code _reverse} for the second direction. Source: Hochreiter
 * and Schmidhuber, "Long Short-Term Memory", 1997; projections: Sak et al., 2014.
 *
 * <pre>{@code
 * LSTM lstm = new LSTM(64, 128, o -> o.numLayers(2).batchFirst(true));
 * LSTM.Result result = lstm.forward(Tensor.randn(8, 50, 64), null);
 * Tensor outputs = result.output();   // [8, 50, 128]
 * Tensor last = result.state().h();   // [2, 8, 128]
 * }</pre>
 */
public final class LSTM extends RecurrentLayer {
  private final int projSize;

  /** Options of an LSTM. */
  public static final class Options extends RecurrentOptions<Options> {
    private int projSize;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /** Projects each h to this size, less than hiddenSize. Default: 0, no projection. */
    public Options projSize(int size) {
      projSize = size;
      return this;
    }
  }

  /**
   * The state after a step.
   *
   * @param h [layers times directions, batch, hiddenSize]
   * @param c as h
   */
  public record State(Tensor h, Tensor c) {
    /** A state of both. */
    public State {
      Objects.requireNonNull(h, "h");
      Objects.requireNonNull(c, "c");
    }
  }

  /**
   * What a sequence gives.
   *
   * @param output h of the last layer after each step
   * @param state the state after the last step
   */
  public record Result(Tensor output, State state) {}

  /**
   * What packed sequences give.
   *
   * @param output h of the last layer after each step
   * @param state the state after the last step of each sequence
   */
  public record PackedResult(PackedSequence output, State state) {}

  /** One layer with the default options. */
  public LSTM(int inputSize, int hiddenSize) {
    this(inputSize, hiddenSize, o -> {});
  }

  /** Stacked layers with the default options. */
  public LSTM(int inputSize, int hiddenSize, int numLayers) {
    this(inputSize, hiddenSize, o -> o.numLayers(numLayers));
  }

  /** Stacked layers, with options. */
  public LSTM(int inputSize, int hiddenSize, int numLayers, Consumer<Options> options) {
    this(inputSize, hiddenSize, o -> options.accept(o.numLayers(numLayers)));
  }

  /**
   * One or more layers.
   *
   * @param inputSize the number of features of a step
   * @param hiddenSize the number of features of the state
   * @param options numLayers (1), bias (true), batchFirst (false), dropout (0), bidirectional
   *     (false), projSize (0)
   */
  public LSTM(int inputSize, int hiddenSize, Consumer<Options> options) {
    this(inputSize, hiddenSize, Check.with(new Options(), options));
  }

  private LSTM(int inputSize, int hiddenSize, Options o) {
    super(inputSize, hiddenSize, 4, projection(hiddenSize, o), o);
    projSize = o.projSize;
  }

  private static int projection(int hiddenSize, Options o) {
    if (o.projSize < 0 || o.projSize > 0 && o.projSize >= hiddenSize) {
      throw new IllegalArgumentException(
          "LSTM: projSize must be from 0 to hiddenSize - 1 = %s, was %s"
              .formatted(hiddenSize - 1, o.projSize));
    }
    return o.projSize;
  }

  /** The outputs of all steps from a state of zeros. */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null).output();
  }

  /**
   * The outputs of all steps, and the last state.
   *
   * @param state the first state; null for zeros
   */
  public Result forward(Tensor input, @Nullable State state) {
    if (hooked()) {
      return call(this::forward, input, state);
    }
    List<Tensor> r = run(input, state == null ? List.of() : List.of(state.h, state.c));
    return new Result(r.get(0), new State(r.get(1), r.get(2)));
  }

  /**
   * The outputs of all steps of sequences of different lengths, and their last states.
   *
   * @param state the first state; null for zeros
   */
  public PackedResult forward(PackedSequence input, @Nullable State state) {
    if (hooked()) {
      return call(this::forward, input, state);
    }
    List<Tensor> r = run(input, state == null ? List.of() : List.of(state.h, state.c));
    return new PackedResult(input.with(r.get(0)), new State(r.get(1), r.get(2)));
  }

  /** The size that each h is projected to; 0 for no projection. */
  public int projSize() {
    return projSize;
  }

  @Override
  int[] stateSizes() {
    return new int[] {outputSize, hiddenSize};
  }

  @Override
  Pass pass(Tensor x, Weights w, List<Tensor> states) {
    Tensor bias = sum(w.inputBias(), w.stateBias());
    Slot projection = w.projection();
    if (projSize > 0 && projection != null) {
      Tensor gates = share(x, w.input().get(), bias);
      return projected(gates, w.state().get(), projection.get(), states);
    }
    List<Tensor> r =
        STEPS.lstm(x, states.get(0), states.get(1), w.input().get(), w.state().get(), bias);
    return new Pass(r.get(0), List.of(r.get(0).select(0, -1), r.get(1)));
  }

  /** With a projection the state of a step is another product away: step by step. */
  private static Pass projected(
      Tensor gates, Tensor weight, Tensor projection, List<Tensor> states) {
    Tensor h = states.get(0);
    Tensor c = states.get(1);
    List<Tensor> outputs = new ArrayList<>();
    for (Tensor share : gates.unbind(0)) {
      List<Tensor> g = share.add(Functional.linear(h, weight, null)).chunk(4, 1);
      c = g.get(1).sigmoid().mul(c).add(g.get(0).sigmoid().mul(g.get(2).tanh()));
      h = Functional.linear(g.get(3).sigmoid().mul(c.tanh()), projection, null);
      outputs.add(h);
    }
    return new Pass(Tensor.stack(outputs, 0), List.of(h, c));
  }
}
