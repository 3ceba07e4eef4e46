package dev.facula;

/** Thrown when shapes, dimensions or indices do not fit the operation. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * Names the operation and what is wrong.
   *
   * @param message operation, what is wrong, the shapes, the numbers that differ
   */
  public ShapeException(String message) {
    super(message);
  }
}
