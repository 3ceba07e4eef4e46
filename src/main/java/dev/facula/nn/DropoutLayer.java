package dev.facula.nn;

/** What the kinds of dropout have in common: a probability. */
public abstract class DropoutLayer extends Activation {
  private final double p;

  DropoutLayer(double p, boolean inplace) {
    super(inplace);
    this.p = Check.probability(name(), p);
  }

  /** The probability of a zero. */
  public final double p() {
    return p;
  }

  @Override
  protected final String extraRepr() {
    return "p=" + Check.number(p) + ", inplace=" + Check.python(inplace());
  }
}
