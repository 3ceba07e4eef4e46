package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An operation with a derivative of its own: for what cannot be written in tensor operations, or
 * has a better derivative than the one that follows from them.
 *
 * <p>{@link #forward} computes the outputs without being recorded and saves what the derivative
 * needs; {@link #backward} gives the gradients of the inputs. If backward is written in tensor
 * operations on what was saved, it can be differentiated again. An instance may have fields for
 * options; it serves any number of calls.
 *
 * <pre>{@code
 * final class Cube extends CustomFunction {
 *   @Override
 *   protected Tensor[] forward(Context context, Tensor... inputs) {
 *     context.saveForBackward(inputs[0]);
 *     return new Tensor[] {inputs[0].pow(3)};
 *   }
 *
 *   @Override
 *   protected Tensor[] backward(Context context, Tensor... gradients) {
 *     return new Tensor[] {gradients[0].mul(context.savedTensors()[0].square()).mul(3)};
 *   }
 * }
 *
 * Tensor y = new Cube().apply(x);
 * }</pre>
 */
public abstract class CustomFunction {
  /** For subclasses. */
  protected CustomFunction() {}

  /** What forward hands on to backward. */
  public static final class Context {
    private Tensor[] toSave = Graph.none();
    private Node.@Nullable Context recorded;
    private boolean materialize = true;
    private final boolean[] needed;

    private Context(boolean[] needed) {
      this.needed = needed;
    }

    /**
     * Saves inputs, outputs or intermediate results; a later call replaces an earlier one.
     *
     * @throws AutogradException later, in backward, if one was changed in place
     */
    public void saveForBackward(Tensor... tensors) {
      toSave = tensors.clone();
    }

    /** The tensors of {@link #saveForBackward}, in their order; in backward only. */
    public Tensor[] savedTensors() {
      Node.Context c = recorded;
      if (c == null) {
        throw new AutogradException(
            "savedTensors: tensors that were saved can be read in backward only");
      }
      Tensor[] result = new Tensor[toSave.length];
      Arrays.setAll(result, c::saved);
      return result;
    }

    /**
     * Whether backward gets zeros for the gradients of outputs to which none arrived, as it does by
     * default, and not null.
     */
    public void setMaterializeGrads(boolean zeros) {
      materialize = zeros;
    }

    /**
     * For each input whether its gradient is wanted; if not, backward may give null for it, and
     * forward need not save what only that gradient takes.
     */
    public boolean[] needsInputGrad() {
      return needed.clone();
    }

    /** Whether the gradient of one input is wanted. */
    public boolean needsInputGrad(int input) {
      return needed[Objects.checkIndex(input, needed.length)];
    }
  }

  /**
   * Computes the outputs.
   *
   * @param context saves what backward needs
   * @param inputs those of the call
   */
  protected abstract Tensor[] forward(Context context, Tensor... inputs);

  /**
   * Computes the gradients of the inputs.
   *
   * @param context has what forward saved
   * @param gradients those of the outputs; where none arrived zeros, or null after {@link
   *     Context#setMaterializeGrads setMaterializeGrads(false)}
   * @return one for each input, of its shape; null for inputs without a gradient
   */
  protected abstract @Nullable Tensor[] backward(Context context, Tensor... gradients);

  /** The only output for these inputs. */
  public final Tensor apply(Tensor... inputs) {
    Tensor[] outputs = applyAll(inputs);
    if (outputs.length != 1) {
      throw new AutogradException(
          "%s: apply is for functions of one output, this has %s; use applyAll"
              .formatted(name(), outputs.length));
    }
    return outputs[0];
  }

  /** All outputs for these inputs, for functions of several. */
  public final Tensor[] applyAll(Tensor... inputs) {
    Tensor[] given = inputs.clone();
    boolean[] needed = new boolean[given.length];
    for (int i = 0; i < needed.length; i++) {
      needed[i] = given[i].requiresGrad();
    }
    Context context = new Context(needed);
    boolean before = Graph.setRecording(false);
    Tensor[] made;
    try {
      made = forward(context, given.clone());
    } finally {
      Graph.setRecording(before);
    }
    Tensor[] outputs = new Tensor[made.length];
    for (int i = 0; i < made.length; i++) {
      outputs[i] = made[i].detach();
    }
    if (Graph.wanted(given)) {
      Form[] from = forms(given);
      Form[] to = forms(outputs);
      Graph.record(
          outputs,
          name(),
          given,
          kept(context.toSave, made, outputs),
          (c, gradients) -> derivative(context, c, from, to, gradients));
    }
    return Operations.watched() ? Operations.custom(name(), outputs, given) : outputs;
  }

  /** An output is saved as the tensor that the caller gets, which knows its history. */
  @SuppressWarnings("ReferenceEquality")
  private static Tensor[] kept(Tensor[] saved, Tensor[] made, Tensor[] outputs) {
    Tensor[] result = saved.clone();
    for (int i = 0; i < result.length; i++) {
      for (int j = 0; j < made.length; j++) {
        if (result[i] == made[j]) {
          result[i] = outputs[j];
        }
      }
    }
    return result;
  }

  /** What is known of a tensor whose memory may be released. */
  private record Form(DType dtype, Layout layout) {
    Tensor zeros() {
      Layout own = MemoryOrder.like(layout);
      return new Tensor(Storage.zeros(dtype, own.shape, own.numel), own);
    }
  }

  private static Form[] forms(Tensor[] tensors) {
    Form[] forms = new Form[tensors.length];
    for (int i = 0; i < forms.length; i++) {
      forms[i] = new Form(tensors[i].dtype(), tensors[i].layout);
    }
    return forms;
  }

  private @Nullable Tensor[] derivative(
      Context forward,
      Node.Context recorded,
      Form[] inputs,
      Form[] outputs,
      @Nullable Tensor[] gradients) {
    Context context = new Context(forward.needed);
    context.toSave = forward.toSave;
    context.recorded = recorded;
    @Nullable Tensor[] defined = new Tensor[gradients.length];
    for (int i = 0; i < defined.length; i++) {
      Tensor g = gradients[i];
      if (g != null) {
        g.storage.seen = true; // the user may keep it
      }
      defined[i] = g == null && forward.materialize ? outputs[i].zeros() : g;
    }
    @Nullable Tensor[] results = backward(context, defined);
    if (results.length != inputs.length) {
      throw new AutogradException(
          "%s: backward returned %s gradients for %s inputs"
              .formatted(name(), results.length, inputs.length));
    }
    @Nullable Tensor[] checked = new Tensor[results.length];
    for (int i = 0; i < results.length; i++) {
      Tensor r = results[i];
      if (r != null && recorded.needs(i)) {
        if (!Arrays.equals(r.layout.shape, inputs[i].layout().shape)) {
          throw Shapes.error(
              "%s: backward returned a gradient of shape %s for input %s of shape %s",
              name(), r.layout.shape, i, inputs[i].layout().shape);
        }
        r = r.to(inputs[i].dtype());
        r.storage.seen = true; // it may be a tensor that the user keeps
        checked[i] = r;
      }
    }
    return checked;
  }

  private String name() {
    String simple = getClass().getSimpleName();
    return simple.isEmpty() ? "CustomFunction" : simple;
  }
}
