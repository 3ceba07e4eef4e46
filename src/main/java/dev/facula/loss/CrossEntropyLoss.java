package dev.facula.loss;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import dev.facula.nn.Slot;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The cross entropy between scores and the right classes: -log(softmax(x)[t]).
 *
 * <p>The scores are what the last layer gives, before any softmax.
 *
 * <pre>{@code
 * var criterion = new CrossEntropyLoss(o -> o.labelSmoothing(0.1));
 * Tensor loss = criterion.forward(net.forward(images), labels);
 * }</pre>
 *
 * <p>Label smoothing: Szegedy et al., "Rethinking the Inception Architecture for Computer Vision",
 * 2016.
 */
public final class CrossEntropyLoss extends Loss {
  private final Reduction reduction;
  private final @Nullable Slot weight;
  private final int ignoreIndex;
  private final double labelSmoothing;

  /** Options of the loss. */
  public static final class Options extends LossOptions<Options> {
    private @Nullable Tensor weight;
    private int ignoreIndex = -100;
    private double labelSmoothing = 0;

    private Options() {}

    @Override
    Options self() {
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
     * The part of a sample's probability that is spread evenly over all classes, from 0 to 1.
     * Default: 0.
     *
     * @return this
     */
    public Options labelSmoothing(double value) {
      labelSmoothing = value;
      return this;
    }
  }

  /** With default options. */
  public CrossEntropyLoss() {
    this(o -> {});
  }

  /**
   * A loss.
   *
   * @param options weight, ignoreIndex, labelSmoothing, reduction
   */
  public CrossEntropyLoss(Consumer<Options> options) {
    Options o = new Options().with(options);
    reduction = o.reduction();
    weight = o.weight == null ? null : bufferSlot("weight", o.weight, true);
    ignoreIndex = o.ignoreIndex;
    labelSmoothing = o.labelSmoothing;
    if (!(labelSmoothing >= 0 && labelSmoothing <= 1)) {
      throw new IllegalArgumentException(
          "CrossEntropyLoss: labelSmoothing must be between 0 and 1, was " + labelSmoothing);
    }
  }

  /**
   * Computes the loss.
   *
   * @param input scores [C], [N, C] or [N, C, d...]
   * @param target class indices, INT64 or INT32, in the input's shape without C; or probabilities
   *     of the classes in the input's shape
   * @return without dimensions, or with reduction NONE one loss an element
   */
  public Tensor forward(Tensor input, Tensor target) {
    if (hooked()) {
      return call(this::forward, input, target);
    }
    return Functional.crossEntropy(
        input, target, Slot.read(weight), ignoreIndex, reduction, labelSmoothing);
  }
}
