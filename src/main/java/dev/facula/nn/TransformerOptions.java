package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** The options of the layers of a transformer. */
public final class TransformerOptions {
  private static final UnaryOperator<Tensor> RELU = Tensor::relu_; // over a linear layer's result

  int dimFeedforward = 2048;
  double dropout = 0.1;
  UnaryOperator<Tensor> activation = RELU;
  double layerNormEps = 1e-5;
  boolean batchFirst;
  boolean normFirst;
  boolean bias = true;

  TransformerOptions() {}

  /** The number of features between the two linear layers. Default: 2048. */
  public TransformerOptions dimFeedforward(int size) {
    dimFeedforward = size;
    return this;
  }

  /** The probability of dropout, in training. Default: 0.1. */
  public TransformerOptions dropout(double p) {
    dropout = p;
    return this;
  }

  /** What stands between the two linear layers. Default: {@link Functional#relu}. */
  public TransformerOptions activation(UnaryOperator<Tensor> function) {
    activation = function;
    return this;
  }

  /** The eps of the layer norms. Default: 1e-5. */
  public TransformerOptions layerNormEps(double eps) {
    layerNormEps = eps;
    return this;
  }

  /** The same by PyTorch's name: {@code "relu"} or {@code "gelu"}. */
  public TransformerOptions activation(String name) {
    return switch (Objects.requireNonNull(name, "activation")) {
      case "relu" -> activation(RELU);
      case "gelu" -> activation(x -> Functional.gelu(x));
      default ->
          throw new IllegalArgumentException(
              "Transformer: activation must be \"relu\", \"gelu\" or a function, was \""
                  + name
                  + "\"");
    };
  }

  /** [batch, steps, features] instead of [steps, batch, features]. Default: false. */
  public TransformerOptions batchFirst(boolean on) {
    batchFirst = on;
    return this;
  }

  /** Normalises before attention and linear layers, and not after them. Default: false. */
  public TransformerOptions normFirst(boolean on) {
    normFirst = on;
    return this;
  }

  /** Whether linear layers and norms have biases. Default: true. */
  public TransformerOptions bias(boolean on) {
    bias = on;
    return this;
  }

  MultiheadAttention attention(int dModel, int heads) {
    return new MultiheadAttention(
        dModel, heads, o -> o.dropout(dropout).batchFirst(batchFirst).bias(bias));
  }

  LayerNorm norm(int dModel) {
    return new LayerNorm(new int[] {dModel}, o -> o.eps(layerNormEps).bias(bias));
  }

  /** The sum of a layer's input and of what became of it, which is released if unseen. */
  static Tensor sum(Tensor input, Tensor change, boolean unseen) {
    Tensor sum = input.add(change);
    if (unseen) {
      change.release();
    }
    return sum;
  }

  /** The two linear layers, each with its dropout. */
  @SuppressWarnings("ReferenceEquality")
  Tensor network(
      Tensor x, Module linear1, Module dropout1, Module linear2, Module dropout2, boolean unseen) {
    Tensor first = linear1.call(x);
    boolean usual = activation == RELU;
    Tensor hidden =
        usual && !Layer.unseen(linear1, Linear.class) ? first.relu() : activation.apply(first);
    Objects.requireNonNull(hidden, "the activation's result");
    Tensor kept = dropout1.call(hidden);
    Tensor y = linear2.call(kept);
    if (usual && unseen) { // another activation may show them to somebody
      hidden.release();
      kept.release();
    }
    return dropout2.call(y);
  }
}
