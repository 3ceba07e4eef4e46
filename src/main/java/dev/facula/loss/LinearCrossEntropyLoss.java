package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Linear;
import dev.facula.nn.Slot;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A last layer and its loss: the {@link CrossEntropyLoss} of a {@link Linear}, which is part of
 * this module as {@code linear}.
 *
 * <pre>{@code
 * var criterion = new LinearCrossEntropyLoss(128, 10);
 * Tensor loss = criterion.forward(net.forward(images), labels);
 * }</pre>
 */
public final class LinearCrossEntropyLoss extends Loss {
  private final Reduction reduction;
  private final @Nullable Slot weight;
  private final int ignoreIndex;
  private final double labelSmoothing;
  private final int[] classes;
  private Linear linear; // not final, for replace

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private int[] outFeatures = {};
    private boolean bias;
    private @Nullable Tensor weight;
    private int ignoreIndex = -100;
    private double labelSmoothing = 0;

    private Options() {}

    @Override
    Options self() {
      return this;
    }

    /**
     * The sizes d... of scores [N, C, d...]. Default: none.
     *
     * @return this
     */
    public Options outFeatures(int... value) {
      outFeatures = value.clone();
      return this;
    }

    /**
     * Whether the layer has a bias. Default: false.
     *
     * @return this
     */
    public Options bias(boolean on) {
      bias = on;
      return this;
    }

    /**
     * A weight for each class [C]; the mean is then the weighted one. Default: none.
     *
     * @return this
     */
    public Options weight(Tensor value) {
      weight = value;
      return this;
    }

    /**
     * A class index of samples that do not count. Default: -100.
     *
     * @return this
     */
    public Options ignoreIndex(int value) {
      ignoreIndex = value;
      return this;
    }

    /**
     * The part of a sample's probability that is spread over all classes, from 0 to 1. Default: 0.
     *
     * @return this
     */
    public Options labelSmoothing(double value) {
      labelSmoothing = value;
      return this;
    }
  }

  /** With default options. */
  public LinearCrossEntropyLoss(int inFeatures, int numClasses) {
    this(inFeatures, numClasses, o -> {});
  }

  /**
   * A layer with its loss.
   *
   * @param inFeatures size of each input
   * @param numClasses the number of classes C
   * @param options outFeatures, bias, weight, ignoreIndex, labelSmoothing, reduction
   */
  public LinearCrossEntropyLoss(int inFeatures, int numClasses, Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
    ignoreIndex = o.ignoreIndex;
    labelSmoothing = o.labelSmoothing;
    classes = new int[o.outFeatures.length + 1];
    classes[0] = numClasses;
    int scores = numClasses;
    for (int i = 0; i < o.outFeatures.length; i++) {
      classes[i + 1] = o.outFeatures[i];
      scores *= o.outFeatures[i];
    }
    boolean bias = o.bias;
    linear = register("linear", new Linear(inFeatures, scores, l -> l.bias(bias)));
  }

  /**
   * Computes the loss.
   *
   * @param input [inFeatures] or [N, inFeatures]
   * @param target class indices, INT64 or INT32, [] or [N], or [N, d...]; or probabilities of the
   *     classes
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    Tensor matrix = linear.weight();
    int[] shape = Arrays.copyOf(classes, classes.length + 1);
    shape[classes.length] = matrix.size(1);
    Tensor bias = linear.bias();
    return Functional.linearCrossEntropy(
        input,
        matrix.reshape(shape),
        target,
        bias == null ? null : bias.reshape(classes),
        Slot.read(weight),
        ignoreIndex,
        reduction,
        labelSmoothing);
  }
}
