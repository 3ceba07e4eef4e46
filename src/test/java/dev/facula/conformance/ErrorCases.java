package dev.facula.conformance;

import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes an erroneous call, which has to throw a documented exception that says what is wrong. */
final class ErrorCases implements CaseRunner {
  /** Operations that are another one with its arguments changed, which then speaks. */
  private static final Map<String, String> CALLED =
      Map.of("view_as", "view", "reshape_as", "reshape", "aminmax", "amin");

  private final Bindings bindings;

  ErrorCases(Bindings bindings) {
    this.bindings = bindings;
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    return bindings.find(Json.string(record, "op"), Json.string(record, "variant")) != null;
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    String op = Json.string(record, "op");
    Bindings.Binding binding = bindings.require(op, Json.string(record, "variant"));
    Values values = new Values(tensors);
    Arguments arguments =
        new Arguments(
            values.decodeAll(Json.list(record, "args")),
            values.decodeAll(Json.object(record, "kwargs")));
    String wanted = "(PyTorch: " + Json.string(Json.object(record, "error"), "message") + ")";
    Object output;
    try {
      output = binding.call().apply(arguments);
    } catch (Arguments.InexpressibleException e) {
      return new Outcome(Outcome.Status.INEXPRESSIBLE, String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      String flaw = flaw(op, e);
      return flaw == null ? Outcome.PASSED : Outcome.failed(flaw + " " + wanted);
    }
    if (!arguments.unread().isEmpty()) {
      return new Outcome(Outcome.Status.INEXPRESSIBLE, "no place for " + arguments.unread());
    }
    return Outcome.failed("no exception but " + describe(output) + " " + wanted);
  }

  /** What is wrong with the exception itself, or null. */
  private static @Nullable String flaw(String op, RuntimeException e) {
    Class<?> type = e.getClass();
    boolean documented =
        (e instanceof IllegalArgumentException || e instanceof IllegalStateException)
            && (type.getPackageName().equals(Tensor.class.getPackageName())
                || type == IllegalArgumentException.class
                || type == IllegalStateException.class);
    if (!documented) {
      return "undocumented " + type.getSimpleName() + ": " + e.getMessage();
    }
    String message = String.valueOf(e.getMessage());
    String last = op.substring(op.lastIndexOf('.') + 1);
    String name = CALLED.getOrDefault(last, last);
    boolean named = plain(message).contains(plain(name)) && message.length() > name.length() + 8;
    return named ? null : "the message does not name " + name + ": " + message;
  }

  private static String plain(String text) {
    return text.replace("_", "").toLowerCase(Locale.ROOT);
  }

  private static String describe(@Nullable Object output) {
    return output instanceof Tensor t
        ? "a tensor of shape " + Arrays.toString(t.shape())
        : String.valueOf(output);
  }
}
