package dev.facula;

/** Thrown when a gradient is asked for that the recorded graph cannot give. */
public final class AutogradException extends IllegalStateException {
  private static final long serialVersionUID = 1;

  /**
   * Names the operation and what is wrong.
   *
   * @param message what is wrong and what to do about it
   */
  public AutogradException(String message) {
    super(message);
  }
}
