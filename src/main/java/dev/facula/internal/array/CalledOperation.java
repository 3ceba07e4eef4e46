package dev.facula.internal.array;

import java.lang.StackWalker.StackFrame;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The operation that a user called, for messages: others may be at work in it. */
public final class CalledOperation {
  private static final Pattern OPERATION = Pattern.compile("[a-z]\\w*(?=: )");

  private CalledOperation() {}

  /** The outermost method of a tensor or of Functional that is at work, or nothing. */
  static String name() {
    return StackWalker.getInstance()
        .walk(
            frames ->
                frames
                    .takeWhile(f -> f.getClassName().startsWith("dev.facula."))
                    .filter(CalledOperation::isOperation)
                    .map(StackFrame::getMethodName)
                    .reduce("", (inner, outer) -> outer));
  }

  /**
   * A message with the operation that was called in the place of an inner one. The backward pass is
   * none: there the operation whose derivative fails says more.
   */
  public static String in(String message) {
    Matcher inner = OPERATION.matcher(Objects.requireNonNull(message, "message"));
    if (!inner.lookingAt()) {
      return message;
    }
    String called = name();
    return called.isEmpty() || called.equals("backward")
        ? message
        : called + message.substring(inner.end());
  }

  private static boolean isOperation(StackFrame frame) {
    String type = frame.getClassName();
    return (type.equals("dev.facula.Tensor") || type.equals("dev.facula.Functional"))
        && !frame.getMethodName().startsWith("lambda$")
        && !frame.getMethodName().startsWith("<");
  }
}
