package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
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
public final class RMSNorm extends Layer {
  private final int[] normalizedShape;
  private final @Nullable Double eps;
  private final @Nullable Slot weight;

  /** Options of root mean square normalisation. */
  public static final class Options {
    private @Nullable Double eps;
    private boolean elementwiseAffine = true;

    private Options() {}

    /** Added to the mean square. Default: null, the distance of 1 to the next number. */
    public Options eps(@Nullable Double value) {
      eps = value;
      return this;
    }

    /** Whether there is a weight. Default: true. */
    public Options elementwiseAffine(boolean on) {
      elementwiseAffine = on;
      return this;
    }
  }

  /** Normalises the last dimensions, of these sizes. */
  public RMSNorm(int... normalizedShape) {
    this(normalizedShape, o -> {});
  }

  /**
   * Normalises the last dimensions.
   *
   * @param normalizedShape their sizes
   * @param options eps, elementwiseAffine
   */
  public RMSNorm(int[] normalizedShape, Consumer<Options> options) {
    Options o = new Options();
    options.accept(o);
    this.normalizedShape = normalizedShape.clone();
    eps = o.eps;
    weight = o.elementwiseAffine ? slot("weight", Tensor.ones(normalizedShape)) : null;
  }

  /** The weight, or null. */
  public @Nullable Tensor weight() {
    return Slot.read(weight);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.rmsNorm(input, normalizedShape, Slot.read(weight), eps);
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(normalizedShape)
        + ", eps="
        + (eps == null ? "None" : Check.python(eps))
        + ", elementwise_affine="
        + Check.python(weight != null);
  }
}
