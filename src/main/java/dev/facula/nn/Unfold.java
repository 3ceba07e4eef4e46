package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PatchOptions;
import dev.facula.Tensor;
import java.util.function.Consumer;

/**
 * The patches that a convolution looks at, as columns.
 *
 * <p>Shape: [N, C, H, W] or [C, H, W] to [N, C times the patch's area, number of patches].
 *
 * <pre>{@code
 * Tensor y = new Unfold(3).forward(Tensor.zeros(1, 2, 5, 5)); // [1, 18, 9]
 * }</pre>
 *
 * @see Functional#unfold
 */
public final class Unfold extends PatchLayer {
  /** Square patches with the default options. */
  public Unfold(int kernelSize) {
    this(kernelSize, o -> {});
  }

  /** Square patches. */
  public Unfold(int kernelSize, Consumer<PatchOptions> options) {
    this(new int[] {kernelSize}, options);
  }

  /** Patches with the default options. */
  public Unfold(int[] kernelSize) {
    this(kernelSize, o -> {});
  }

  /**
   * Patches.
   *
   * @param kernelSize their size, one for both dimensions or one for each
   * @param options dilation (1), padding (0), stride (1)
   */
  public Unfold(int[] kernelSize, Consumer<PatchOptions> options) {
    super(kernelSize, options);
  }

  @Override
  Tensor compute(Tensor input) {
    return Functional.unfold(input, kernelSize, options);
  }
}
