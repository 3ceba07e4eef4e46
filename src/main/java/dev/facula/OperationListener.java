package dev.facula;

/**
 * Is told of every operation that a thread has done: see {@link Facula#listen}.
 *
 * <pre>{@code
 * try (var listening = Facula.listen(call -> names.add(call.name()))) {
 *   net.forward(x);
 * }
 * }</pre>
 */
@FunctionalInterface
public interface OperationListener {
  /**
   * Is called on the thread of the operation after it. What it computes itself is not told to
   * anyone; what it throws comes through to the caller of the operation, whose result is lost.
   *
   * @param call what was done
   */
  void done(OperationCall call);
}
