package dev.facula.vision;

import dev.facula.Tensor;

/** Exchanges left and right with some probability. */
public final class RandomHorizontalFlip implements Transform {
  private final double p;

  /** With probability 0.5. */
  public RandomHorizontalFlip() {
    this(0.5);
  }

  /**
   * @param p the probability
   */
  public RandomHorizontalFlip(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("RandomHorizontalFlip: p must be from 0 to 1, was " + p);
    }
    this.p = p;
  }

  @Override
  public Tensor apply(Tensor image) {
    return Tensor.rand(1).item() < p ? image.flip(-1) : image;
  }
}
