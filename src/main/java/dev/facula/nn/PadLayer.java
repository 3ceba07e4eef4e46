package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.PadMode;
import dev.facula.Tensor;

/** What layers that put a border around their input have in common. */
public abstract class PadLayer extends Layer {
  final double value;
  private final PadMode mode;
  private final int[] padding;

  PadLayer(int rank, PadMode mode, double value, int... padding) {
    this.padding = Check.border(name(), padding, rank);
    this.mode = mode;
    this.value = value;
  }

  @Override
  final Tensor compute(Tensor input) {
    return Functional.pad(input, padding, mode, value);
  }

  /** The sizes before and after, from the last dimension on. */
  public final int[] padding() {
    return padding.clone();
  }

  @Override
  protected String extraRepr() {
    return Check.tuple(padding);
  }
}
