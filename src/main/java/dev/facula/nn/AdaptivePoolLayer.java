package dev.facula.nn;

/** What poolings to an output of a fixed size have in common. */
public abstract class AdaptivePoolLayer extends Layer {
  final int rank;
  final int[] outputSize; // as given

  AdaptivePoolLayer(int rank, int... outputSize) {
    this.rank = rank;
    this.outputSize = outputSize.clone();
  }

  /** The size of the output in each dimension, or what was given if that is one for all. */
  public final int[] outputSize() {
    return outputSize.clone();
  }

  @Override
  protected final String extraRepr() {
    return "output_size=" + Check.outputSize(outputSize);
  }
}
