package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.LinearCrossEntropyOptions;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Linear;
import dev.facula.nn.Slot;
import java.util.Arrays;
import java.util.Objects;
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
  private final Options options = new Options();
  private final @Nullable Slot weight;
  private final int[] classes;
  private Linear linear; // not final, for replace

  /** Options of the loss. */
  public static final class Options {
    private final LinearCrossEntropyOptions loss = new LinearCrossEntropyOptions();
    private int[] outFeatures = {};
    private boolean bias;

    private Options() {}

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
    public Options weight(@Nullable Tensor value) {
      loss.weight(value);
      return this;
    }

    /**
     * A class index of samples that do not count. Default: -100.
     *
     * @return this
     */
    public Options ignoreIndex(int value) {
      loss.ignoreIndex(value);
      return this;
    }

    /**
     * The part of a sample's probability that is spread over all classes, from 0 to 1. Default: 0.
     *
     * @return this
     */
    public Options labelSmoothing(double value) {
      loss.labelSmoothing(value);
      return this;
    }

    /**
     * Whether the losses are averaged, added up or left as they are. Default: MEAN.
     *
     * @return this
     */
    public Options reduction(Reduction value) {
      loss.reduction(value);
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
    Options o = this.options;
    Objects.requireNonNull(options, "options").accept(o);
    Tensor w = o.loss.weight();
    weight = w == null ? null : bufferSlot("weight", w, true);
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
    LinearCrossEntropyOptions o = options.loss.withWeight(Slot.read(weight));
    return Functional.linearCrossEntropy(
        input,
        matrix.reshape(shape),
        target,
        bias == null ? o : o.withLinearBias(bias.reshape(classes)));
  }
}
