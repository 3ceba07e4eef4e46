package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A fully connected layer: y = x W<sup>T</sup> + b.
 *
 * <p>Input [*, inFeatures], output [*, outFeatures], with any number of dimensions in front.
 * Parameters: {@code weight} [outFeatures, inFeatures] and {@code bias} [outFeatures], drawn from
 * U(-k, k) with k = 1 / sqrt(inFeatures).
 *
 * <pre>{@code
 * Tensor y = new Linear(20, 30).forward(Tensor.zeros(128, 20)); // [128, 30]
 * }</pre>
 */
public final class Linear extends Layer {
  private final int inFeatures;
  private final int outFeatures;
  private final Slot weight;
  private final @Nullable Slot bias;

  /** Options of a linear layer. */
  public static final class Options {
    private boolean bias = true;

    private Options() {}

    /** Whether a bias is added. Default: true. */
    public Options bias(boolean on) {
      bias = on;
      return this;
    }
  }

  /**
   * A layer with a bias.
   *
   * @param inFeatures size of each input
   * @param outFeatures size of each output
   */
  public Linear(int inFeatures, int outFeatures) {
    this(inFeatures, outFeatures, o -> {});
  }

  /** A layer with a bias or without. */
  public Linear(int inFeatures, int outFeatures, boolean bias) {
    this(inFeatures, outFeatures, o -> o.bias(bias));
  }

  /**
   * A layer.
   *
   * @param inFeatures size of each input
   * @param outFeatures size of each output
   * @param options bias (true)
   */
  public Linear(int inFeatures, int outFeatures, Consumer<Options> options) {
    this(inFeatures, outFeatures, null, options);
  }

  /** A layer with a bias whose weight is another module's too. */
  public Linear(Tensor weight) {
    this(weight, o -> {});
  }

  /**
   * A layer whose weight is another module's too: the two are tied, and trained as one.
   *
   * <pre>{@code
   * Linear head = new Linear(embedding.weight(), o -> o.bias(false));
   * }</pre>
   *
   * @param weight [outFeatures, inFeatures]; requires a gradient from now on
   * @param options bias (true)
   */
  public Linear(Tensor weight, Consumer<Options> options) {
    this(Check.matrix("Linear", weight).size(1), weight.size(0), weight, options);
  }

  private Linear(
      int inFeatures, int outFeatures, @Nullable Tensor tied, Consumer<Options> options) {
    Options o = Check.with(new Options(), options);
    this.inFeatures = Check.atLeast("Linear", "inFeatures", inFeatures, 0);
    this.outFeatures = Check.atLeast("Linear", "outFeatures", outFeatures, 0);
    weight = slot("weight", tied == null ? Tensor.zeros(outFeatures, inFeatures) : tied);
    bias = o.bias ? slot("bias", Tensor.zeros(outFeatures)) : null;
    if (tied == null) {
      resetParameters();
    } else {
      Init.layerBias(tied, Slot.read(bias));
    }
  }

  /** Draws the initial weights anew. */
  public void resetParameters() {
    Init.layer(weight.get(), Slot.read(bias));
  }

  /** The weight [outFeatures, inFeatures]. */
  public Tensor weight() {
    return weight.get();
  }

  /** The bias [outFeatures], or null. */
  public @Nullable Tensor bias() {
    return Slot.read(bias);
  }

  /** The size of each input. */
  public int inFeatures() {
    return inFeatures;
  }

  /** The size of each output. */
  public int outFeatures() {
    return outFeatures;
  }

  @Override
  Tensor compute(Tensor input) {
    if (input.dim() == 0 || input.size(-1) != inFeatures) {
      throw new ShapeException(
          "Linear(%s -> %s): expected %s features in the last dimension, got %s"
              .formatted(
                  inFeatures,
                  outFeatures,
                  inFeatures,
                  input.dim() == 0
                      ? "a tensor without dimensions"
                      : input.size(-1) + " in " + Arrays.toString(input.shape())));
    }
    return Functional.linear(input, weight.get(), Slot.read(bias));
  }

  @Override
  protected String extraRepr() {
    return "in_features=%s, out_features=%s, bias=%s"
        .formatted(inFeatures, outFeatures, Check.python(bias != null));
  }
}
