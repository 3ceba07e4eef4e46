package dev.facula;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation: where the gradients of its inputs go, and how they follow from the
 * gradients of its outputs. Nodes are numbered in the order of their creation, so that going
 * through them from the highest number down meets every user of a value before its maker.
 */
class Node {
  private static final AtomicLong CREATED = new AtomicLong();

  final String name;
  final long sequence;
  final @Nullable Node[] next;
  final int[] nextIndex;
  final int outputs;

  /** See {@link Links}. */
  @Nullable Node @Nullable [] links;

  private Saved @Nullable [] saved;
  private @Nullable Backward backward;
  private @Nullable List<UnaryOperator<Tensor>>[] hooks;
  private @Nullable Tensor[] retained;

  /** The derivative: gradients of the inputs, in their order, from those of the outputs. */
  interface Backward {
    @Nullable Tensor[] apply(Context context, @Nullable Tensor[] gradients);
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  Node(String name, long sequence, Tensor[] inputs, int outputs) {
    this.name = name;
    this.sequence = sequence;
    this.outputs = outputs;
    this.next = new Node[inputs.length];
    this.nextIndex = new int[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      next[i] = inputs[i].edge();
      nextIndex[i] = inputs[i].edgeIndex();
    }
    this.hooks = new List[0];
    this.retained = new Tensor[0];
  }

  Node(String name, Tensor[] inputs, int outputs, Backward backward) {
    this(name, CREATED.incrementAndGet(), inputs, outputs);
    this.backward = backward;
  }

  /** The number of the youngest node. */
  static long last() {
    return CREATED.get();
  }

  /** Keeps tensors for the derivative; an output among them already knows this as its maker. */
  void save(Tensor... tensors) {
    Saved[] all = new Saved[tensors.length];
    for (int i = 0; i < tensors.length; i++) {
      all[i] = new Saved(tensors[i]);
      tensors[i].storage.save();
    }
    saved = all;
  }

  /**
   * The gradients of the inputs. Those of the outputs have passed the hooks already.
   *
   * @param last whether the graph is not kept for another pass
   */
  @Nullable Tensor[] apply(@Nullable Tensor[] gradients, boolean last) {
    Backward f = backward;
    Saved[] s = saved;
    if (f == null || s == null) {
      throw new AutogradException(
          "backward: the graph of "
              + name
              + " was freed by an earlier backward pass; pass"
              + " retainGraph(true) to the first one to go through it twice");
    }
    return f.apply(new Context(this, s, last), gradients);
  }

  /** Forgets what the derivative needed. */
  void release() {
    backward = null;
    Saved[] all = saved;
    saved = null;
    for (int i = 0; all != null && i < all.length; i++) {
      all[i].tensor.storage.forget();
    }
  }

  boolean needs(int input) {
    return next[input] != null;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  UnaryOperator<Tensor> addHook(int output, UnaryOperator<Tensor> hook) {
    if (hooks.length == 0) {
      hooks = new List[outputs];
    }
    List<UnaryOperator<Tensor>> list = hooks[output];
    if (list == null) {
      hooks[output] = list = new ArrayList<>();
    }
    list.add(hook);
    return hook;
  }

  void removeHook(int output, UnaryOperator<Tensor> hook) {
    List<UnaryOperator<Tensor>> list = hooks.length == 0 ? null : hooks[output];
    if (list != null) {
      list.remove(hook);
    }
  }

  /** Whether hooks see the gradient of an output. */
  boolean watched(int output) {
    List<UnaryOperator<Tensor>> list = hooks.length == 0 ? null : hooks[output];
    return list != null && !list.isEmpty();
  }

  /** Whether a tensor that is kept for the derivative lies in this memory. */
  boolean keeps(Storage storage) {
    if (saved != null) {
      for (Saved s : saved) {
        if (s.tensor.storage == storage) {
          return true;
        }
      }
    }
    return false;
  }

  /** Copies what is kept for the derivative out of memory that is about to be overwritten. */
  void keepCopies(Storage storage) {
    for (int i = 0; saved != null && i < saved.length; i++) {
      Saved s = saved[i];
      if (s.tensor.storage == storage && s.version == storage.version) {
        Tensor copy = s.tensor.detach().clone();
        copy.setMaker(s.maker, s.index);
        copy.storage.save();
        saved[i] = new Saved(copy);
        storage.forget();
      }
    }
  }

  /** Asks for the gradient of an output to be kept in the tensor's grad. */
  void retain(int output, Tensor tensor) {
    if (retained.length == 0) {
      retained = new Tensor[outputs];
    }
    retained[output] = tensor;
  }

  /** The gradient of an output after its hooks. */
  Tensor observed(int output, Tensor gradient) {
    Tensor result = gradient;
    List<UnaryOperator<Tensor>> list = hooks.length == 0 ? null : hooks[output];
    if (list != null) {
      for (UnaryOperator<Tensor> hook : List.copyOf(list)) {
        Tensor replaced = hook.apply(result);
        result = replaced == null ? result : replaced;
      }
    }
    Tensor keeper = retained.length == 0 ? null : retained[output];
    if (keeper != null) {
      keeper.accumulate(result, true);
    }
    return result;
  }

  /** What a derivative may ask for. */
  static final class Context {
    private final Node node;
    private final Saved[] saved;
    private final boolean last;

    Context(Node node, Saved[] saved, boolean last) {
      this.node = node;
      this.saved = saved;
      this.last = last;
    }

    /**
     * Whether this derivative is not taken again, so that it may overwrite what only it knows. If
     * so there is no second time even if the derivative fails halfway.
     */
    boolean last() {
      if (last) {
        node.backward = null;
      }
      return last;
    }

    /** Whether the gradient of an input is wanted at all. */
    boolean needs(int input) {
      return node.needs(input);
    }

    /** A tensor that was saved when the operation ran, checked to be unchanged. */
    Tensor saved(int i) {
      return saved[i].get(node.name);
    }

    /** Checks all that was saved, for a derivative that reads the values past the tensors. */
    void check() {
      for (int i = 0; i < saved.length; i++) {
        saved(i);
      }
    }
  }

  /** A tensor kept for the derivative, as it was at that time. */
  static final class Saved {
    private final Tensor tensor;
    private final int version;
    private final @Nullable Node maker;
    private final int index;

    Saved(Tensor tensor) {
      this.tensor = tensor;
      this.version = tensor.storage.version;
      this.maker = tensor.requiresGrad() ? tensor.maker() : null;
      this.index = tensor.edgeIndex();
    }

    Tensor get(String op) {
      if (tensor.storage.released()) {
        throw new AutogradException(
            op
                + ": a tensor of shape "
                + Shapes.format(tensor.layout.shape)
                + " that is needed for the gradient was released");
      }
      if (tensor.storage.version != version) {
        throw new AutogradException(
            op
                + ": a tensor of shape "
                + Shapes.format(tensor.layout.shape)
                + " that is needed for the gradient was changed in place (version "
                + tensor.storage.version
                + ", expected "
                + version
                + "); use the operation without trailing underscore, or clone() first");
      }
      return maker == null || tensor.maker() == maker ? tensor : tensor.madeBy(maker, index);
    }
  }

  /** Where gradients end: adds what arrives to the leaf's grad. */
  static final class Accumulate extends Node {
    private final Tensor leaf;

    Accumulate(Tensor leaf) {
      super("accumulate", -1, new Tensor[0], 1);
      this.leaf = leaf;
    }

    @Override
    @Nullable Tensor[] apply(@Nullable Tensor[] gradients, boolean last) {
      Tensor g = gradients[0];
      if (g != null) {
        leaf.accumulate(g, false);
      }
      return new Tensor[0];
    }

    @Override
    void release() {
      // a leaf's node serves every pass
    }
  }
}
