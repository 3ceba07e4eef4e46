package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Normalises the last dimensions of each sample: y = (x - mean) / sqrt(var + eps) * weight + bias.
 * Ba et al. (2016), Layer normalization.
 *
 * <p>Input and output [*, normalizedShape]. Parameters: {@code weight} (ones) and {@code bias}
 * (zeros) of the normalised shape.
 *
 * <pre>{@code
 * Tensor y = new LayerNorm(10).forward(Tensor.zeros(20, 5, 10));
 * }</pre>
 *
 * @see dev.facula.Functional#layerNorm
 */
public final class LayerNorm extends Layer {
  private final int[] normalizedShape;
  private final double eps;
  private final boolean affine;
  private final @Nullable Slot weight;
  private final @Nullable Slot bias;

  /** Options of layer normalisation. */
  public static final class Options {
    private double eps = 1e-5;
    private boolean elementwiseAffine = true;
    private boolean bias = true;

    private Options() {}

    /** Added to the variance. Default: 1e-5. */
    public Options eps(double value) {
      eps = value;
      return this;
    }

    /** Whether there are weight and bias. Default: true. */
    public Options elementwiseAffine(boolean on) {
      elementwiseAffine = on;
      return this;
    }

    /** Whether there is a bias where there is a weight. Default: true. */
    public Options bias(boolean on) {
      bias = on;
      return this;
    }
  }

  /** Normalises the last dimensions, of these sizes. */
  public LayerNorm(int... normalizedShape) {
    this(normalizedShape, o -> {});
  }

  /** Normalises the last dimension, of this size. */
  public LayerNorm(int normalizedShape, Consumer<Options> options) {
    this(new int[] {normalizedShape}, options);
  }

  /**
   * Normalises the last dimensions.
   *
   * @param normalizedShape their sizes
   * @param options eps, elementwiseAffine, bias
   */
  public LayerNorm(int[] normalizedShape, Consumer<Options> options) {
    Options o = new Options();
    options.accept(o);
    this.normalizedShape = normalizedShape.clone();
    if (normalizedShape.length == 0) {
      throw new IllegalArgumentException("LayerNorm: normalizedShape must not be empty");
    }
    eps = o.eps;
    affine = o.elementwiseAffine;
    weight = affine ? slot("weight", Tensor.ones(normalizedShape)) : null;
    bias = affine && o.bias ? slot("bias", Tensor.zeros(normalizedShape)) : null;
  }

  /** Sets weight and bias to 1 and 0. */
  public void resetParameters() {
    if (weight != null) {
      Init.ones_(weight.get());
    }
    if (bias != null) {
      Init.zeros_(bias.get());
    }
  }

  /** The weight, or null. */
  public @Nullable Tensor weight() {
    return Slot.read(weight);
  }

  /** The bias, or null. */
  public @Nullable Tensor bias() {
    return Slot.read(bias);
  }

  @Override
  Tensor compute(Tensor input) {
    int[] shape = input.shape();
    int at = shape.length - normalizedShape.length;
    if (at < 0 || !Arrays.equals(Arrays.copyOfRange(shape, at, shape.length), normalizedShape)) {
      throw new ShapeException(
          "LayerNorm("
              + Arrays.toString(normalizedShape)
              + "): expected inputs that end in "
              + Arrays.toString(normalizedShape)
              + ", got "
              + Arrays.toString(shape));
    }
    return Functional.layerNorm(input, normalizedShape, Slot.read(weight), Slot.read(bias), eps);
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(normalizedShape)
        + ", eps="
        + Check.python(eps)
        + ", elementwise_affine="
        + Check.python(affine)
        + ", bias="
        + Check.python(bias != null);
  }
}
