package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PatchOptions;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The sum of overlapping patches, the reverse of {@link Unfold}.
 *
 * <p>Shape: [N, C times the patch's area, number of patches], or without N, to [N, C, *outputSize].
 *
 * <pre>{@code
 * Tensor y = new Fold(5, 3).forward(Tensor.zeros(1, 18, 9)); // [1, 2, 5, 5]
 * }</pre>
 *
 * @see Functional#fold
 */
public final class Fold extends PatchLayer {
  private final int[] outputSize;

  /** Square patches of a square image, with the default options. */
  public Fold(int outputSize, int kernelSize) {
    this(outputSize, kernelSize, o -> {});
  }

  /** Square patches of a square image. */
  public Fold(int outputSize, int kernelSize, Consumer<PatchOptions> options) {
    this(new int[] {outputSize}, new int[] {kernelSize}, options);
  }

  /** Patches with the default options. */
  public Fold(int[] outputSize, int[] kernelSize) {
    this(outputSize, kernelSize, o -> {});
  }

  /**
   * Patches.
   *
   * @param outputSize the size of the image, one for both dimensions or one for each
   * @param kernelSize the size of the patches, one for both dimensions or one for each
   * @param options dilation (1), padding (0), stride (1)
   */
  public Fold(int[] outputSize, int[] kernelSize, Consumer<PatchOptions> options) {
    super(kernelSize, options);
    Check.sizes(name(), "outputSize", outputSize, 2, 1);
    this.outputSize = outputSize.clone();
  }

  /** The size of the image in each dimension. */
  public int[] outputSize() {
    return Check.sizes(name(), "outputSize", outputSize, 2, 1);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.fold(input, outputSize, kernelSize, options);
  }

  @Override
  protected String extraRepr() {
    return "output_size=" + Check.given(outputSize) + ", " + super.extraRepr();
  }
}
