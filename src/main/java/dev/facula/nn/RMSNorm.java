package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Divides by the root mean square of the last dimensions: y = x / sqrt(mean(x²) + eps) * weight.
 * Zhang and Sennrich (2019), Root mean square layer normalization.
 *
 * <p>Input and output [*, normalizedShape]. Parameter: {@code weight} (ones).
 *
 * <pre>{@code
 * Tensor y = new RMSNorm(10).forward(Tensor.zeros(20, 5, 10));
 * }</pre>
 */
public final class RMSNorm extends NormLayer {
  private final int[] normalizedShape;
  private final @Nullable Double eps;

  /** Options of root mean square normalisation. */
  public static final class Options {
    private @Nullable Double eps;
    private boolean elementwiseAffine = true;

    private Options() {}

    /** Added to the mean square. Default: null, the distance of 1 to the next number. */
    public Options eps(@Nullable Number value) {
      eps = value == null ? null : value.doubleValue();
      return this;
    }

    /** Whether there is a weight. Default: true. */
    public Options elementwiseAffine(boolean on) {
      elementwiseAffine = on;
      return this;
    }
  }

  /** Normalises the last dimension, of this size. */
  public RMSNorm(int normalizedShape) {
    this(normalizedShape, o -> {});
  }

  /** The same with an eps. */
  public RMSNorm(int normalizedShape, double eps) {
    this(normalizedShape, o -> o.eps(eps));
  }

  /** Normalises the last dimension, of this size, with options. */
  public RMSNorm(int normalizedShape, Consumer<Options> options) {
    this(new int[] {normalizedShape}, options);
  }

  /** Normalises the last dimensions, of these sizes. */
  public RMSNorm(int[] normalizedShape) {
    this(normalizedShape, o -> {});
  }

  /** The same with an eps. */
  public RMSNorm(int[] normalizedShape, double eps) {
    this(normalizedShape, o -> o.eps(eps));
  }

  /**
   * Normalises the last dimensions.
   *
   * @param normalizedShape their sizes
   * @param options eps (null), elementwiseAffine (true)
   */
  public RMSNorm(int[] normalizedShape, Consumer<Options> options) {
    this(normalizedShape, Check.with(new Options(), options));
  }

  private RMSNorm(int[] normalizedShape, Options o) {
    super(o.elementwiseAffine, false, Objects.requireNonNull(normalizedShape, "normalizedShape"));
    this.normalizedShape = normalizedShape.clone();
    eps = o.eps;
  }

  /** The sizes of the dimensions that are normalised. */
  public int[] normalizedShape() {
    return normalizedShape.clone();
  }

  /** What is added to the mean square, or null for the distance of 1 to the next number. */
  public @Nullable Double eps() {
    return eps;
  }

  /** Whether there is a weight. */
  public boolean elementwiseAffine() {
    return weight != null;
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.rmsNorm(input, normalizedShape, Slot.read(weight), eps);
  }

  @Override
  protected String extraRepr() {
    return "%s, eps=%s, elementwise_affine=%s"
        .formatted(
            Check.tuple(normalizedShape),
            eps == null ? "None" : Check.python(eps),
            Check.python(weight != null));
  }
}
