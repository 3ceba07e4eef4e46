package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Copies a state into the tensors of a module: all of it, or nothing where something is wrong. */
final class StateLoading {
  private StateLoading() {}

  static Module.LoadResult load(
      String module, Map<String, Tensor> own, Map<String, Tensor> state, boolean strict) {
    List<String> missing = new ArrayList<>(own.keySet());
    missing.removeAll(state.keySet());
    List<String> unexpected = new ArrayList<>(state.keySet());
    unexpected.removeAll(own.keySet());
    List<String> shapes = new ArrayList<>();
    own.forEach(
        (name, t) -> {
          Tensor given = state.get(name);
          if (given != null && !Arrays.equals(given.shape(), t.shape())) {
            shapes.add(
                name
                    + " "
                    + Arrays.toString(given.shape())
                    + " (here "
                    + Arrays.toString(t.shape())
                    + ")");
          }
        });
    List<String> wrong = new ArrayList<>();
    if (strict && !missing.isEmpty()) {
      wrong.add("missing: " + String.join(", ", missing));
    }
    if (strict && !unexpected.isEmpty()) {
      wrong.add("unexpected: " + String.join(", ", unexpected));
    }
    if (!shapes.isEmpty()) {
      wrong.add("of another shape: " + String.join(", ", shapes));
    }
    if (!wrong.isEmpty()) {
      throw new IllegalArgumentException(
          "loadStateDict: the state is not that of " + module + ": " + String.join("; ", wrong));
    }
    try (var guard = Facula.noGrad()) {
      own.forEach(
          (name, t) -> {
            Tensor given = state.get(name);
            if (given != null) {
              t.copy_(given);
            }
          });
    }
    return new Module.LoadResult(List.copyOf(missing), List.copyOf(unexpected));
  }
}
