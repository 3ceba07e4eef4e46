package dev.facula.nn;

import dev.facula.CustomFunction;
import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The backward hooks around one call of a module. An operation that does nothing stands before the
 * module and another behind it; the gradients that pass them are those that the hooks see.
 */
final class BackwardHooks {
  private final Module module;
  private final Hooks hooks;
  private int inputs;
  private int[] inputPlaces = {}; // of the tensors that want a gradient
  private @Nullable List<@Nullable Tensor> gradOutputs;

  BackwardHooks(Module module, Hooks hooks) {
    this.module = module;
    this.hooks = hooks;
  }

  /** The inputs behind the first operation. */
  List<?> inputs(List<?> given) {
    @Nullable Object[] all = given.toArray();
    inputs = all.length;
    inputPlaces = places(all);
    pass(all, inputPlaces, this::beforeInputs);
    return Collections.unmodifiableList(Arrays.asList(all));
  }

  /** The output behind the second operation: a tensor, or those in a list or record. */
  Object outputs(Object output) {
    if (output instanceof Tensor t) {
      Object[] one = {t};
      passOutputs(one);
      return one[0];
    }
    if (output instanceof List<?> list) {
      @Nullable Object[] all = list.toArray();
      return passOutputs(all) ? Collections.unmodifiableList(Arrays.asList(all)) : list;
    }
    if (output instanceof Record r) {
      @Nullable Object[] all = Fields.components(r);
      return passOutputs(all) ? Fields.record(r, all) : r;
    }
    LoggerFactory.getLogger(Module.class)
        .warn(
            "{}: backward hooks see tensors, and lists and records of them; forward returned a {}",
            module.name(),
            output.getClass().getName());
    return output;
  }

  private boolean passOutputs(@Nullable Object[] all) {
    int[] places = places(all);
    pass(all, places, g -> behindOutputs(g, places, all.length));
    return places.length > 0;
  }

  /** What an operation does to the gradients that pass it. */
  private interface Passing {
    List<? extends @Nullable Tensor> apply(List<@Nullable Tensor> gradients);
  }

  private static int[] places(@Nullable Object[] all) {
    int[] result = new int[all.length];
    int n = 0;
    for (int i = 0; i < all.length; i++) {
      if (all[i] instanceof Tensor t && t.requiresGrad() && Facula.isGradEnabled()) {
        result[n++] = i;
      }
    }
    return Arrays.copyOf(result, n);
  }

  private static void pass(@Nullable Object[] all, int[] places, Passing passing) {
    Tensor[] tensors = new Tensor[places.length];
    for (int i = 0; i < tensors.length; i++) {
      tensors[i] = (Tensor) all[places[i]];
    }
    Tensor[] passed = tensors.length == 0 ? tensors : new Watch(passing).applyAll(tensors);
    for (int i = 0; i < passed.length; i++) {
      all[places[i]] = passed[i];
    }
  }

  private List<? extends @Nullable Tensor> behindOutputs(
      List<@Nullable Tensor> gradients, int[] places, int outputs) {
    List<@Nullable Tensor> all = spread(gradients, places, outputs);
    for (Hooks.BackwardPre hook : hooks.backwardPre()) {
      all = checked("full backward pre-hook", hook.apply(module, all), all);
    }
    if (inputPlaces.length == 0) { // nothing goes on to the inputs: this is the only place
      List<@Nullable Tensor> none = Collections.nCopies(inputs, null);
      for (Hooks.Backward hook : hooks.backward()) {
        List<? extends @Nullable Tensor> other = hook.apply(module, none, all);
        if (other != null && other.stream().anyMatch(g -> g != null)) {
          throw new IllegalStateException(
              module.name()
                  + ": no input requires a gradient, but a full backward hook returned one");
        }
      }
    } else {
      gradOutputs = all;
    }
    return gathered(all, places);
  }

  private List<? extends @Nullable Tensor> beforeInputs(List<@Nullable Tensor> gradients) {
    List<@Nullable Tensor> out = gradOutputs;
    if (out == null) { // the gradient did not come through the output, as in a double backward
      return gradients;
    }
    gradOutputs = null;
    List<@Nullable Tensor> all = spread(gradients, inputPlaces, inputs);
    for (Hooks.Backward hook : hooks.backward()) {
      all = checked("full backward hook", hook.apply(module, all, out), all);
    }
    return gathered(all, inputPlaces);
  }

  private List<@Nullable Tensor> checked(
      String what,
      @Nullable List<? extends @Nullable Tensor> other,
      List<@Nullable Tensor> expected) {
    if (other == null) {
      return expected;
    }
    if (other.size() != expected.size()) {
      throw new IllegalStateException(
          "%s: a %s returned %s gradients, expected %s"
              .formatted(module.name(), what, other.size(), expected.size()));
    }
    return Collections.unmodifiableList(new ArrayList<>(other));
  }

  private static List<@Nullable Tensor> spread(
      List<@Nullable Tensor> gradients, int[] places, int n) {
    @Nullable Tensor[] all = new Tensor[n];
    for (int i = 0; i < places.length; i++) {
      all[places[i]] = gradients.get(i);
    }
    return Collections.unmodifiableList(Arrays.asList(all));
  }

  private static List<@Nullable Tensor> gathered(List<@Nullable Tensor> all, int[] places) {
    List<@Nullable Tensor> result = new ArrayList<>();
    for (int place : places) {
      result.add(all.get(place));
    }
    return result;
  }

  /** Gives the tensors on as they are, and the gradients as the hooks want them. */
  private static final class Watch extends CustomFunction {
    private final Passing passing;

    Watch(Passing passing) {
      this.passing = passing;
    }

    @Override
    protected Tensor[] forward(Context context, Tensor... inputs) {
      context.setMaterializeGrads(false);
      return inputs;
    }

    @Override
    protected @Nullable Tensor[] backward(Context context, @Nullable Tensor... gradients) {
      return passing.apply(Arrays.asList(gradients)).toArray(new Tensor[0]);
    }
  }
}
