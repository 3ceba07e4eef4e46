package dev.facula.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.OperationCall;
import dev.facula.Tensor;
import dev.facula.nn.Module;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What listeners are told of the recorded operations, without gradients, leads from every result
 * back to the arguments: through the last call that each tensor came from.
 */
final class ListenedCasesTest {
  @Test
  void everyResultComesFromTheArguments() throws IOException, URISyntaxException {
    Bindings bindings = Bindings.ofOperations();
    List<String> faults = new ArrayList<>();
    int followed = 0;
    try (CasePack pack = CasePack.open(pack())) {
      for (String subject : pack.subjects("ops")) {
        TensorFile tensors = pack.tensors("ops", subject);
        for (Map<String, Object> record : pack.cases("ops", subject)) {
          Bindings.Binding binding =
              bindings.find(Json.string(record, "op"), Json.string(record, "variant"));
          if (binding != null) {
            followed += follow(record, binding, tensors, faults);
          }
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(followed > 100, "cases were followed");
  }

  @Test
  void everyResultOfALayerComesFromItsInputsAndParameters() throws IOException, URISyntaxException {
    ModuleBindings bindings = ModuleBindings.ofModules();
    List<String> faults = new ArrayList<>();
    int followed = 0;
    try (CasePack pack = CasePack.open(pack())) {
      for (String subject : pack.subjects("modules")) {
        TensorFile tensors = pack.tensors("modules", subject);
        for (Map<String, Object> record : pack.cases("modules", subject)) {
          ModuleBindings.Binding binding = bindings.find(Json.string(record, "module"));
          if (binding != null) {
            follow(record, binding, tensors, faults);
            followed++;
          }
        }
      }
    }
    assertEquals(List.of(), faults);
    assertTrue(followed > 50, "cases were followed");
  }

  private static void follow(
      Map<String, Object> record,
      ModuleBindings.Binding binding,
      TensorFile tensors,
      List<String> faults) {
    Values values = new Values(tensors);
    ModuleBindings.Layer layer =
        binding
            .make()
            .apply(
                new Arguments(
                    values.decodeAll(Json.list(record, "constructor_args")),
                    values.decodeAll(Json.object(record, "constructor_kwargs"))));
    Module module = layer.module();
    module.to((DType) values.decode(Map.of("dtype", Json.string(record, "dtype"))));
    module.train(Boolean.TRUE.equals(record.get("training")));
    List<@Nullable Object> positional = values.decodeAll(Json.list(record, "args"));
    Map<String, @Nullable Object> named = values.decodeAll(Json.object(record, "kwargs"));
    Set<Tensor> given = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(positional, given);
    collect(named, given);
    collect(module.namedParameters(), given);
    collect(module.namedBuffers(), given);
    List<OperationCall> calls = new ArrayList<>();
    Set<Tensor> results = Collections.newSetFromMap(new IdentityHashMap<>());
    try (var guard = Facula.noGrad();
        var listening = Facula.listen(calls::add)) {
      collect(layer.call().apply(new Arguments(positional, named)), results);
    }
    for (Tensor y : results) {
      String fault = origin(y, calls.size(), calls, given);
      if (fault != null) {
        faults.add(Json.string(record, "case") + ": " + fault);
      }
    }
  }

  private static int follow(
      Map<String, Object> record,
      Bindings.Binding binding,
      TensorFile tensors,
      List<String> faults) {
    Values values = new Values(tensors);
    List<@Nullable Object> positional = values.decodeAll(Json.list(record, "args"));
    Map<String, @Nullable Object> named = values.decodeAll(Json.object(record, "kwargs"));
    Set<Tensor> given = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(positional, given);
    collect(named.values(), given);
    List<OperationCall> calls = new ArrayList<>();
    Object output;
    Facula.manualSeed(42);
    try (var guard = Facula.noGrad();
        var listening = Facula.listen(calls::add)) {
      output = binding.call().apply(new Arguments(positional, named));
    } catch (Arguments.InexpressibleException e) {
      return 0;
    }
    Set<Tensor> results = Collections.newSetFromMap(new IdentityHashMap<>());
    collect(output, results);
    for (Tensor y : results) {
      String fault = origin(y, calls.size(), calls, given);
      if (fault != null) {
        faults.add(Json.string(record, "case") + ": " + fault);
      }
    }
    return 1;
  }

  /** Where a tensor does not come from the arguments: a message, or null. */
  private static @Nullable String origin(
      Tensor t, int before, List<OperationCall> calls, Set<Tensor> given) {
    for (int i = before - 1; i >= 0; i--) {
      OperationCall call = calls.get(i);
      if (call.outputs().contains(t)) {
        for (Tensor x : call.inputs()) {
          String fault = x == null ? null : origin(x, i, calls, given);
          if (fault != null) {
            return fault;
          }
        }
        return null;
      }
    }
    return given.contains(t)
        ? null
        : "nothing that was told made a tensor of " + Arrays.toString(t.shape()) + " in " + calls;
  }

  private static void collect(@Nullable Object value, Set<Tensor> to) {
    if (value instanceof Tensor t) {
      to.add(t);
    } else if (value instanceof Iterable<?> all) {
      all.forEach(v -> collect(v, to));
    } else if (value instanceof Map<?, ?> map) {
      collect(map.values(), to);
    } else if (value instanceof Object[] all) {
      collect(Arrays.asList(all), to);
    } else if (value instanceof Record r) {
      for (var component : r.getClass().getRecordComponents()) {
        try {
          collect(component.getAccessor().invoke(r), to);
        } catch (ReflectiveOperationException e) {
          throw new IllegalStateException(e);
        }
      }
    }
  }

  private static Path pack() throws URISyntaxException {
    String named = System.getProperty("facula.conformance", "");
    URL url = ListenedCasesTest.class.getResource("/conformance/pack.zip");
    return named.isEmpty() ? Path.of(Objects.requireNonNull(url).toURI()) : Path.of(named);
  }
}
