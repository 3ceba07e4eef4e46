package dev.facula;

/** Thrown when an element type does not fit the operation. */
public final class DTypeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * Names the operation and what is wrong.
   *
   * @param message operation, what is wrong, the types
   */
  public DTypeException(String message) {
    super(message);
  }
}
