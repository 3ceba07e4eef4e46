package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import dev.facula.internal.fused.Fused;
import dev.facula.internal.fused.RecurrentSteps;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the recurrent layers share: weights under PyTorch's names, stacking, directions, dropout
 * between the layers. A subclass adds what happens in one direction of one layer.
 */
public abstract class RecurrentLayer extends Layer {
  static final RecurrentSteps<Tensor> STEPS = Fused.of(Tensor.class).recurrent();

  final int inputSize;
  final int hiddenSize;

  /** The size of an output of one direction: hiddenSize, unless the outputs are projected. */
  final int outputSize;

  final boolean bias;
  private final int numLayers;
  private final boolean batchFirst;
  private final double dropout;
  private final boolean bidirectional;
  private final List<Weights> weights = new ArrayList<>();

  /** The parameters of one direction of one layer. */
  record Weights(
      Slot input,
      Slot state,
      @Nullable Slot inputBias,
      @Nullable Slot stateBias,
      @Nullable Slot projection) {}

  /** All outputs of a layer, and the last states in the order that {@link #states} has. */
  record Pass(Tensor output, List<Tensor> last) {}

  RecurrentLayer(
      int inputSize, int hiddenSize, int gates, int projSize, RecurrentOptions<?> options) {
    this.inputSize = Check.atLeast(name(), "inputSize", inputSize, 1);
    this.hiddenSize = Check.atLeast(name(), "hiddenSize", hiddenSize, 1);
    this.outputSize = projSize > 0 ? projSize : hiddenSize;
    this.numLayers = Check.atLeast(name(), "numLayers", options.numLayers, 1);
    this.bias = options.bias;
    this.batchFirst = options.batchFirst;
    this.dropout = Check.probability(name(), options.dropout);
    this.bidirectional = options.bidirectional;
    for (int layer = 0; layer < numLayers; layer++) {
      int in =
          layer == 0
              ? inputSize
              : Check.product(name(), "the size of both directions", directions(), outputSize);
      for (int direction = 0; direction < directions(); direction++) {
        String suffix = "_l" + layer + (direction == 1 ? "_reverse" : "");
        int rows = Check.product(name(), "the size of all gates", gates, hiddenSize);
        weights.add(
            new Weights(
                slot("weight_ih" + suffix, Tensor.zeros(rows, in)),
                slot("weight_hh" + suffix, Tensor.zeros(rows, outputSize)),
                bias ? slot("bias_ih" + suffix, Tensor.zeros(rows)) : null,
                bias ? slot("bias_hh" + suffix, Tensor.zeros(rows)) : null,
                projSize > 0
                    ? slot("weight_hr" + suffix, Tensor.zeros(projSize, hiddenSize))
                    : null));
      }
    }
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

  /** How many layers are stacked. */
  public final int numLayers() {
    return numLayers;
  }

  /** Whether biases are added; they are {@code getParameter("bias_ih_l0")} and the like. */
  public final boolean bias() {
    return bias;
  }

  /** Whether the batch comes first. */
  public final boolean batchFirst() {
    return batchFirst;
  }

  /** The dropout after each layer but the last. */
  public final double dropout() {
    return dropout;
  }

  /** Whether a second direction goes through the sequence from its end. */
  public final boolean bidirectional() {
    return bidirectional;
  }

  /** The parameters of each direction of each layer, in PyTorch's order. */
  public final List<List<Tensor>> allWeights() {
    List<List<Tensor>> all = new ArrayList<>();
    for (Weights w : weights) {
      List<Tensor> own = new ArrayList<>();
      for (Slot s : new Slot[] {w.input, w.state, w.inputBias, w.stateBias, w.projection}) {
        if (s != null) {
          own.add(s.get());
        }
      }
      all.add(own);
    }
    return all;
  }

  private int directions() {
    return bidirectional ? 2 : 1;
  }

  /** The sizes of the states of one direction of one layer: h, and for an LSTM c. */
  abstract int[] stateSizes();

  /**
   * Goes through a sequence.
   *
   * @param x [steps, batch, features]
   * @param states the first states, [batch, size] each
   */
  abstract Pass pass(Tensor x, Weights w, List<Tensor> states);

  /**
   * All layers.
   *
   * @param given the first states, [layers times directions, batch, size] each; none for zeros
   * @return the output, followed by the last states
   */
  final List<Tensor> run(Tensor input, List<Tensor> given) {
    boolean batched = input.dim() == 3;
    if (!batched && input.dim() != 2 || input.size(-1) != inputSize) {
      throw new ShapeException(
          "%s(%s -> %s): expected an input of %s%s], or [steps, %s], got %s"
              .formatted(
                  name(),
                  inputSize,
                  hiddenSize,
                  batchFirst ? "[batch, steps, " : "[steps, batch, ",
                  inputSize,
                  inputSize,
                  Arrays.toString(input.shape())));
    }
    Check.type(this, inputSize, hiddenSize, input, weights.get(0).input.get());
    Tensor x = batched ? batchFirst ? input.transpose(0, 1) : input : input.unsqueeze(1);
    if (x.size(0) == 0) {
      throw new ShapeException(
          name() + ": a sequence needs at least one step, got " + Arrays.toString(input.shape()));
    }
    List<Tensor> first = states(x, given, batched);
    List<List<Tensor>> last = new ArrayList<>();
    x = layers(x, first, last, this::pass);
    List<Tensor> result = new ArrayList<>();
    result.add(batched ? batchFirst ? x.transpose(0, 1) : x : x.squeeze(1));
    for (Tensor stacked : stacked(last)) {
      result.add(batched ? stacked : stacked.squeeze(1));
    }
    return result;
  }

  /** One direction of one layer; backwards from the last step to the first. */
  private interface Direction {
    Pass pass(Tensor x, Weights w, List<Tensor> states, boolean backwards);
  }

  private Pass pass(Tensor x, Weights w, List<Tensor> states, boolean backwards) {
    Pass done = pass(backwards ? x.flip(0) : x, w, states);
    return backwards ? new Pass(done.output.flip(0), done.last) : done;
  }

  /** The output of the last layer; the last states of each direction of each are added to last. */
  private Tensor layers(
      Tensor input, List<Tensor> first, List<List<Tensor>> last, Direction direction) {
    Tensor x = input;
    for (int layer = 0; layer < numLayers; layer++) {
      List<Tensor> outputs = new ArrayList<>();
      for (int d = 0; d < directions(); d++) {
        int at = layer * directions() + d;
        List<Tensor> own = new ArrayList<>();
        first.forEach(s -> own.add(s.select(0, at)));
        Pass done = direction.pass(x, weights.get(at), own, d == 1);
        outputs.add(done.output);
        last.add(done.last);
      }
      x = outputs.size() == 1 ? outputs.get(0) : Tensor.cat(outputs, x.dim() - 1);
      if (dropout > 0 && isTraining() && layer < numLayers - 1) {
        x = Functional.dropout(x, dropout, true);
      }
    }
    return x;
  }

  /** The states of each kind, [layers times directions, batch, size]. */
  private List<Tensor> stacked(List<List<Tensor>> last) {
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < stateSizes().length; i++) {
      List<Tensor> all = new ArrayList<>();
      for (List<Tensor> states : last) {
        all.add(states.get(i));
      }
      result.add(Tensor.stack(all, 0));
      if (i > 0) { // those of h lie in the output
        all.forEach(Tensor::release);
      }
    }
    return result;
  }

  /**
   * All layers over packed sequences.
   *
   * @param given the first states in the order of the batch; none for zeros
   * @return the output of all steps, followed by the last states in the order of the batch
   */
  final List<Tensor> run(PackedSequence input, List<Tensor> given) {
    Tensor x = input.data();
    if (x.dim() != 2 || x.size(1) != inputSize) {
      throw new ShapeException(
          "%s(%s -> %s): expected packed steps of [%s], got data of %s"
              .formatted(name(), inputSize, hiddenSize, inputSize, Arrays.toString(x.shape())));
    }
    Check.type(this, inputSize, hiddenSize, x, weights.get(0).input.get());
    int[] sizes = input.batchSizes();
    List<Tensor> first = states(x.narrow(0, 0, sizes[0]).unsqueeze(0), given, true);
    Tensor sorted = input.sortedIndices();
    if (sorted != null && !given.isEmpty()) {
      first.replaceAll(s -> s.indexSelect(1, sorted));
    }
    List<List<Tensor>> last = new ArrayList<>();
    List<Tensor> result = new ArrayList<>();
    result.add(layers(x, first, last, (y, w, s, back) -> packed(y, sizes, w, s, back)));
    Tensor unsorted = input.unsortedIndices();
    for (Tensor s : stacked(last)) {
      result.add(unsorted == null ? s : s.indexSelect(1, unsorted));
    }
    return result;
  }

  /**
   * A direction over packed steps: those with equally many sequences go through {@link #pass} at a
   * time. Forwards the sequences at the end of the batch stop first, backwards they join last.
   */
  private Pass packed(Tensor x, int[] sizes, Weights w, List<Tensor> first, boolean backwards) {
    List<int[]> runs = new ArrayList<>(); // first row, steps, sequences
    int row = 0;
    for (int t = 0; t < sizes.length; t++) {
      if (t == 0 || sizes[t] != sizes[t - 1]) {
        runs.add(new int[] {row, 0, sizes[t]});
      }
      runs.get(runs.size() - 1)[1]++;
      row += sizes[t];
    }
    if (backwards) {
      Collections.reverse(runs);
    }
    List<Tensor> outputs = new ArrayList<>();
    List<List<Tensor>> ended = new ArrayList<>();
    List<Tensor> states = List.of();
    int count = backwards ? 0 : sizes[0];
    for (int[] run : runs) {
      int n = run[2];
      List<Tensor> own = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        if (states.isEmpty()) {
          own.add(first.get(i).narrow(0, 0, n));
        } else if (backwards) {
          Tensor joining = first.get(i).narrow(0, count, n - count);
          own.add(Tensor.cat(List.of(states.get(i), joining), 0));
        } else {
          own.add(states.get(i).narrow(0, 0, n));
        }
      }
      if (n < count) {
        ended.add(tail(states, n, count - n));
      }
      Tensor steps = x.narrow(0, run[0], run[1] * n).unflatten(0, run[1], n);
      Pass done = pass(steps, w, own, backwards);
      outputs.add(done.output.flatten(0, 1));
      states = done.last;
      count = n;
    }
    ended.add(states);
    Collections.reverse(ended);
    if (backwards) {
      Collections.reverse(outputs);
    }
    List<Tensor> last = new ArrayList<>();
    for (int i = 0; i < first.size(); i++) {
      List<Tensor> parts = new ArrayList<>();
      for (List<Tensor> s : ended) {
        parts.add(s.get(i));
      }
      last.add(parts.size() == 1 ? parts.get(0) : Tensor.cat(parts, 0));
    }
    return new Pass(outputs.size() == 1 ? outputs.get(0) : Tensor.cat(outputs, 0), last);
  }

  private static List<Tensor> tail(List<Tensor> states, int from, int n) {
    List<Tensor> result = new ArrayList<>();
    states.forEach(s -> result.add(s.narrow(0, from, n)));
    return result;
  }

  private List<Tensor> states(Tensor x, List<Tensor> given, boolean batched) {
    int[] sizes = stateSizes();
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < sizes.length; i++) {
      int[] expected = {numLayers * directions(), x.size(1), sizes[i]};
      if (given.isEmpty()) {
        result.add(Tensor.zeros(x.dtype(), expected));
        continue;
      }
      Tensor state = batched ? given.get(i) : given.get(i).unsqueeze(1);
      if (!Arrays.equals(state.shape(), expected)) {
        throw new ShapeException(
            "%s(%s -> %s): expected %s%s, got %s"
                .formatted(
                    name(),
                    inputSize,
                    hiddenSize,
                    i == 0 ? "a first state h of " : "a first state c of ",
                    Arrays.toString(expected),
                    Arrays.toString(given.get(i).shape())));
      }
      result.add(state);
    }
    return result;
  }

  /** The input's share of the gates, for all steps in one product. */
  static Tensor share(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return Functional.linear(x, weight, bias);
  }

  /** The two biases as one, where they only ever appear as a sum. */
  static @Nullable Tensor sum(@Nullable Slot a, @Nullable Slot b) {
    return a == null || b == null ? null : a.get().add(b.get());
  }

  @Override
  protected String extraRepr() {
    StringBuilder text = new StringBuilder();
    text.append(inputSize).append(", ").append(hiddenSize);
    if (outputSize != hiddenSize) {
      text.append(", proj_size=").append(outputSize);
    }
    if (numLayers != 1) {
      text.append(", num_layers=").append(numLayers);
    }
    if (!bias) {
      text.append(", bias=False");
    }
    if (batchFirst) {
      text.append(", batch_first=True");
    }
    if (dropout != 0) {
      text.append(", dropout=").append(Check.python(dropout));
    }
    if (bidirectional) {
      text.append(", bidirectional=True");
    }
    return text.toString();
  }
}
