package dev.facula.nn;

import dev.facula.PatchOptions;
import java.util.function.Consumer;

/** What {@link Unfold} and {@link Fold} have in common: how the patches lie. */
public abstract class PatchLayer extends Layer {
  final int[] kernelSize;
  final PatchOptions options = new PatchOptions();

  PatchLayer(int[] kernelSize, Consumer<PatchOptions> setter) {
    Check.with(options, setter);
    Check.sizes(name(), "kernelSize", kernelSize, 2, 1);
    Check.sizes(name(), "dilation", options.dilation(), 2, 1);
    Check.sizes(name(), "padding", options.padding(), 2, 0);
    Check.sizes(name(), "stride", options.stride(), 2, 1);
    this.kernelSize = kernelSize.clone();
  }

  /** The size of a patch in each dimension. */
  public final int[] kernelSize() {
    return Check.sizes(name(), "kernelSize", kernelSize, 2, 1);
  }

  /** The distance of a patch's points in each dimension. */
  public final int[] dilation() {
    return Check.sizes(name(), "dilation", options.dilation(), 2, 1);
  }

  /** What is added on both sides of each dimension. */
  public final int[] padding() {
    return Check.sizes(name(), "padding", options.padding(), 2, 0);
  }

  /** The distance of the patches in each dimension. */
  public final int[] stride() {
    return Check.sizes(name(), "stride", options.stride(), 2, 1);
  }

  @Override
  protected String extraRepr() {
    return "kernel_size=%s, dilation=%s, padding=%s, stride=%s"
        .formatted(
            Check.given(kernelSize),
            Check.given(options.dilation()),
            Check.given(options.padding()),
            Check.given(options.stride()));
  }
}
