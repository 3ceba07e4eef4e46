package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;

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
public final class LayerNorm extends NormLayer {
  private final int[] normalizedShape;
  private final double eps;

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

  /** Normalises the last dimension, of this size. */
  public LayerNorm(int normalizedShape) {
    this(normalizedShape, o -> {});
  }

  /** The same with an eps. */
  public LayerNorm(int normalizedShape, double eps) {
    this(normalizedShape, o -> o.eps(eps));
  }

  /** Normalises the last dimension, of this size, with options. */
  public LayerNorm(int normalizedShape, Consumer<Options> options) {
    this(new int[] {normalizedShape}, options);
  }

  /** Normalises the last dimensions, of these sizes. */
  public LayerNorm(int[] normalizedShape) {
    this(normalizedShape, o -> {});
  }

  /** The same with an eps. */
  public LayerNorm(int[] normalizedShape, double eps) {
    this(normalizedShape, o -> o.eps(eps));
  }

  /**
   * Normalises the last dimensions.
   *
   * @param normalizedShape their sizes
   * @param options eps (1e-5), elementwiseAffine (true), bias (true)
   */
  public LayerNorm(int[] normalizedShape, Consumer<Options> options) {
    this(normalizedShape, Check.with(new Options(), options));
  }

  private LayerNorm(int[] normalizedShape, Options o) {
    super(o.elementwiseAffine, o.bias, Objects.requireNonNull(normalizedShape, "normalizedShape"));
    this.normalizedShape = normalizedShape.clone();
    if (normalizedShape.length == 0) {
      throw new IllegalArgumentException("LayerNorm: normalizedShape must not be empty");
    }
    eps = o.eps;
  }

  /** The sizes of the dimensions that are normalised. */
  public int[] normalizedShape() {
    return normalizedShape.clone();
  }

  /** What is added to the variance. */
  public double eps() {
    return eps;
  }

  /** Whether there is a weight. */
  public boolean elementwiseAffine() {
    return weight != null;
  }

  @Override
  Tensor compute(Tensor input) {
    int[] shape = input.shape();
    int at = shape.length - normalizedShape.length;
    if (at < 0 || !Arrays.equals(Arrays.copyOfRange(shape, at, shape.length), normalizedShape)) {
      throw new ShapeException(
          "LayerNorm(%s): expected inputs that end in %s, got %s"
              .formatted(
                  Arrays.toString(normalizedShape),
                  Arrays.toString(normalizedShape),
                  Arrays.toString(shape)));
    }
    return Functional.layerNorm(input, normalizedShape, Slot.read(weight), Slot.read(bias), eps);
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s, bias=%s"
        .formatted(
            Check.tuple(normalizedShape),
            Check.python(eps),
            Check.python(elementwiseAffine()),
            Check.python(bias != null));
  }
}
