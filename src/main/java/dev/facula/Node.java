package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation: where the gradients of its inputs go, and how they follow from the
 * gradients of its outputs. Nodes are numbered in the order of their creation, so that going
 * through them from the highest number down reaches every user of a value before its maker.
 */
class Node {
  private static final AtomicLong CREATED = new AtomicLong();
  private static final AtomicIntegerFieldUpdater<Node> PASSES =
      AtomicIntegerFieldUpdater.newUpdater(Node.class, "passes");
  private static final int FREED = Integer.MIN_VALUE;

  final String name;
  final long sequence;
  final @Nullable Node[] next;
  final int[] nextIndex;
  final int outputs;

  /** See {@link Links}. */
  @Nullable Node @Nullable [] links;

  private Saved @Nullable [] saved;
  private @Nullable Backward backward;

  /** Who sees the gradients of the outputs; replaced, never changed, since passes may be here. */
  private volatile @Nullable Watch @Nullable [] watches;

  /** The passes that are at this node, plus FREED if none may come any more. */
  private volatile int passes;

  /** The derivative: gradients of the inputs, in their order, from those of the outputs. */
  interface Backward {
    @Nullable Tensor[] apply(Context context, @Nullable Tensor[] gradients);
  }

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
   * A pass comes to this node. Others may be here at the same time if they keep the graph.
   *
   * @return whether it is the last one, and the only one here, so that it may overwrite what is
   *     saved
   */
  boolean enter(boolean retainGraph) {
    while (true) {
      int p = passes;
      if (p < 0) {
        throw freed();
      }
      if (PASSES.compareAndSet(this, p, retainGraph ? p + 1 : p + 1 + FREED)) {
        return !retainGraph && p == 0;
      }
    }
  }

  /**
   * A pass goes on from here.
   *
   * @param last what {@link #enter} gave
   * @param done whether the pass did not fail here; if it did, another may try again
   */
  void leave(boolean retainGraph, boolean last, boolean done) {
    if (last && done) {
      unsave(); // nobody is here, and nobody comes any more
      return;
    }
    boolean again = !retainGraph && !done && backward != null;
    int left = PASSES.updateAndGet(this, p -> (again ? p & ~FREED : p) - 1);
    if (left == FREED) {
      unsave();
    }
  }

  /**
   * The gradients of the inputs. Those of the outputs have passed the hooks already.
   *
   * @param last whether no other pass is here, and none comes any more
   */
  @Nullable Tensor[] apply(@Nullable Tensor[] gradients, boolean last) {
    Backward f = backward;
    Saved[] s = saved;
    if (f == null || s == null) {
      throw freed();
    }
    return f.apply(new Context(this, s, last), gradients);
  }

  private AutogradException freed() {
    return new AutogradException(
        ("backward: the graph of %s was freed by an earlier backward pass; pass"
                + " retainGraph(true) to the first one to go through it twice")
            .formatted(name));
  }

  /** Forgets what the derivative needed. */
  private void unsave() {
    backward = null;
    Saved[] all = saved;
    saved = null;
    for (int i = 0; all != null && i < all.length; i++) {
      all[i].tensor.storage.unsave();
    }
  }

  boolean needs(int input) {
    return next[input] != null;
  }

  void addHook(int output, UnaryOperator<Tensor> hook) {
    watch(output, w -> w.with(hook));
  }

  void removeHook(int output, UnaryOperator<Tensor> hook) {
    watch(output, w -> w.without(hook));
  }

  /** Asks for the gradient of an output to be kept in the tensor's grad. */
  void retain(int output, Tensor tensor) {
    watch(output, w -> new Watch(w.hooks, tensor));
  }

  private synchronized void watch(int output, UnaryOperator<Watch> change) {
    @Nullable Watch[] before = watches;
    @Nullable Watch[] after = before == null ? new Watch[outputs] : before.clone();
    Watch old = after[output];
    Watch changed = change.apply(old == null ? new Watch(List.of(), null) : old);
    after[output] = changed.hooks.isEmpty() && changed.keeper == null ? null : changed;
    watches = after;
  }

  /** Who sees the gradient of an output, or null. */
  @Nullable Watch watch(int output) {
    @Nullable Watch[] all = watches;
    return all == null ? null : all[output];
  }

  /** Whether a tensor that is kept for the derivative uses this storage. */
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
        storage.unsave();
      }
    }
  }

  /** Those who see the gradient of an output: hooks in their order, and a tensor that keeps it. */
  record Watch(List<UnaryOperator<Tensor>> hooks, @Nullable Tensor keeper) {
    Watch with(UnaryOperator<Tensor> hook) {
      List<UnaryOperator<Tensor>> more = new ArrayList<>(hooks);
      more.add(hook);
      return new Watch(List.copyOf(more), keeper);
    }

    Watch without(UnaryOperator<Tensor> hook) {
      List<UnaryOperator<Tensor>> less = new ArrayList<>(hooks);
      less.remove(hook);
      return new Watch(List.copyOf(less), keeper);
    }

    /** The gradient after the hooks. */
    Tensor observed(Tensor gradient) {
      Tensor result = gradient;
      for (UnaryOperator<Tensor> hook : hooks) {
        Tensor replaced = hook.apply(result);
        result = replaced == null ? result : replaced;
      }
      if (keeper != null) {
        keeper.accumulate(result, true);
      }
      return result;
    }
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
      if (tensor.storage.isReleased()) {
        throw new AutogradException(
            "%s: a tensor of shape %s that is needed for the gradient was released"
                .formatted(op, Shapes.format(tensor.layout.shape)));
      }
      if (tensor.storage.version != version) {
        throw new AutogradException(
            ("%s: a tensor of shape %s that is needed for the gradient was changed in"
                    + " place (version %s, expected %s); use the operation without trailing"
                    + " underscore, or clone() first")
                .formatted(
                    op, Shapes.format(tensor.layout.shape), tensor.storage.version, version));
      }
      return maker == null || tensor.maker() == maker ? tensor : tensor.madeBy(maker, index);
    }
  }

  /** Where gradients end: adds what arrives to the leaf's grad. */
  static final class Accumulate extends Node {
    private final Tensor leaf;

    /** Who is told when the leaf's grad is complete; replaced, never changed. */
    private volatile List<Consumer<Tensor>> listeners = List.of();

    Accumulate(Tensor leaf) {
      super("accumulate", -1, new Tensor[0], 1);
      this.leaf = leaf;
    }

    @Override
    @Nullable Tensor[] apply(@Nullable Tensor[] gradients, boolean last) {
      Tensor g = gradients[0];
      if (g != null) {
        leaf.accumulate(g, false);
        for (Consumer<Tensor> listener : listeners) {
          listener.accept(leaf);
        }
      }
      return new Tensor[0];
    }

    /** Adds a listener, and removes another or the same. */
    synchronized void listen(@Nullable Consumer<Tensor> added, @Nullable Consumer<Tensor> removed) {
      List<Consumer<Tensor>> after = new ArrayList<>(listeners);
      if (added != null) {
        after.add(added);
      }
      after.remove(removed);
      listeners = List.copyOf(after);
    }

    @Override
    boolean enter(boolean retainGraph) {
      return false;
    }

    @Override
    void leave(boolean retainGraph, boolean last, boolean done) {
      // a leaf's node serves every pass
    }
  }
}
