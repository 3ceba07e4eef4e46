package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.internal.fused.Fused;
import dev.facula.internal.fused.RecurrentSteps;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What the cells, one step of a recurrent layer each, share: weights, checks, batches of one. */
public abstract class RecurrentCell extends Layer {
  static final RecurrentSteps<Tensor> STEPS = Fused.of(Tensor.class).recurrent();

  final int inputSize;
  final int hiddenSize;
  final Slot weight;
  final @Nullable Slot stateBias;
  private final Slot inputWeight;
  private final @Nullable Slot inputBias;

  RecurrentCell(int inputSize, int hiddenSize, int gates, CellOptions<?> o) {
    this.inputSize = Check.atLeast(name(), "inputSize", inputSize, 1);
    this.hiddenSize = Check.atLeast(name(), "hiddenSize", hiddenSize, 1);
    int rows = Check.product(name(), "the size of all gates", gates, hiddenSize);
    inputWeight = slot("weight_ih", Tensor.zeros(rows, inputSize));
    weight = slot("weight_hh", Tensor.zeros(rows, hiddenSize));
    inputBias = o.bias ? slot("bias_ih", Tensor.zeros(rows)) : null;
    stateBias = o.bias ? slot("bias_hh", Tensor.zeros(rows)) : null;
    resetParameters();
  }

  @Override
  public final Tensor call(Tensor input) {
    return forward(input); // which runs the hooks in the forward that it calls
  }

  /** Draws the initial weights anew, from U(-k, k) with k = 1 / sqrt(hiddenSize). */
  public final void resetParameters() {
    double k = 1 / Math.sqrt(hiddenSize);
    parameters().forEach(p -> Init.uniform_(p, -k, k));
  }

  /** The number of features of a step. */
  public final int inputSize() {
    return inputSize;
  }

  /** The number of features of the state. */
  public final int hiddenSize() {
    return hiddenSize;
  }

  /** Whether biases are added. */
  public final boolean bias() {
    return stateBias != null;
  }

  /** The weight of the input, [gates times hiddenSize, inputSize]. */
  public final Tensor weightIh() {
    return inputWeight.get();
  }

  /** The weight of the state, [gates times hiddenSize, hiddenSize]. */
  public final Tensor weightHh() {
    return weight.get();
  }

  /** The bias of the input, or null. */
  public final @Nullable Tensor biasIh() {
    return Slot.read(inputBias);
  }

  /** The bias of the state, or null. */
  public final @Nullable Tensor biasHh() {
    return Slot.read(stateBias);
  }

  /** The input's share of the gates as a sequence of one step; withState adds both biases. */
  final Tensor gates(Tensor input, boolean withState) {
    if (input.dim() < 1 || input.dim() > 2 || input.size(-1) != inputSize) {
      throw new ShapeException(
          "%s(%s -> %s): expected an input of [batch, %s] or [%s], got %s"
              .formatted(
                  name(),
                  inputSize,
                  hiddenSize,
                  inputSize,
                  inputSize,
                  Arrays.toString(input.shape())));
    }
    Tensor weight = inputWeight.get();
    Check.type(this, inputSize, hiddenSize, input, weight);
    Tensor x = input.dim() == 1 ? input.unsqueeze(0) : input;
    Tensor bias = withState ? RecurrentLayer.sum(inputBias, stateBias) : Slot.read(inputBias);
    return Functional.linear(x, weight, bias).unsqueeze(0);
  }

  /** A state as [batch, hiddenSize]; zeros if none is given. */
  final Tensor state(Tensor input, @Nullable Tensor given) {
    int batch = input.dim() == 1 ? 1 : input.size(0);
    if (given == null) {
      return Tensor.zeros(input.dtype(), batch, hiddenSize);
    }
    Tensor state = given.dim() == 1 ? given.unsqueeze(0) : given;
    if (given.dim() != input.dim() || state.size(0) != batch || state.size(1) != hiddenSize) {
      throw new ShapeException(
          "%s(%s -> %s): expected a state of [%s, %s], got %s"
              .formatted(
                  name(),
                  inputSize,
                  hiddenSize,
                  batch,
                  hiddenSize,
                  Arrays.toString(given.shape())));
    }
    return state;
  }

  /** A result without the batch where the input had none. */
  static Tensor like(Tensor input, Tensor result) {
    return input.dim() == 1 ? result.squeeze(0) : result;
  }

  @Override
  protected String extraRepr() {
    return inputSize + ", " + hiddenSize + (stateBias == null ? ", bias=False" : "");
  }
}
