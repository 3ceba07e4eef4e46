package dev.facula;

import dev.facula.internal.array.CalledOperation;

/** Thrown when shapes, dimensions or indices do not fit the operation. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  /**
   * Names the operation and what is wrong. Within an operation of this library the message gets the
   * name of the one that was called.
   *
   * @param message operation, what is wrong, the shapes, the numbers that differ
   */
  public ShapeException(String message) {
    super(CalledOperation.in(message));
  }
}
