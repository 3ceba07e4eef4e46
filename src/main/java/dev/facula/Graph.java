package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Records operations in the forward pass, and runs the backward pass. */
final class Graph {
  private static final Tensor[] NONE = {};

  /** Whether the thread records: one flag a thread, in an array so that it can be set. */
  private static final ThreadLocal<boolean[]> RECORDING =
      ThreadLocal.withInitial(() -> new boolean[] {true});

  private Graph() {}

  static boolean recording() {
    return RECORDING.get()[0];
  }

  /** Sets the thread's mode and returns the one before. */
  static boolean setRecording(boolean on) {
    boolean[] flag = RECORDING.get();
    boolean before = flag[0];
    flag[0] = on;
    return before;
  }

  // ---- recording ----------------------------------------------------------------------------

  static boolean wanted(Tensor a) {
    return a.requiresGrad() && recording();
  }

  static boolean wanted(Tensor a, Tensor b) {
    return (a.requiresGrad() || b.requiresGrad()) && recording();
  }

  static boolean wanted(Tensor... inputs) {
    for (Tensor t : inputs) {
      if (t.requiresGrad()) {
        return recording();
      }
    }
    return false;
  }

  static Tensor[] tensors(Tensor... tensors) {
    return tensors;
  }

  static Tensor[] none() {
    return NONE;
  }

  /** Makes y the output of a node with one input: the derivative maps its gradient. */
  static Tensor record(Tensor y, String name, Tensor x, Tensor[] saved, SingleBackward backward) {
    return record(
        y,
        name,
        new Tensor[] {x},
        saved,
        (context, g) -> new Tensor[] {backward.apply(context, defined(g))});
  }

  /** Makes y the only output of a node. saved may name y itself. */
  static Tensor record(
      Tensor y, String name, Tensor[] inputs, Tensor[] saved, Node.Backward backward) {
    Node node = new Node(name, inputs, 1, backward);
    y.setMaker(node, 0);
    node.save(saved);
    return y;
  }

  /** Makes the tensors the outputs of one node; integer outputs carry no gradient. */
  static void record(
      Tensor[] outputs, String name, Tensor[] inputs, Tensor[] saved, Node.Backward backward) {
    Node node = new Node(name, inputs, outputs.length, backward);
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i].dtype().isFloatingPoint()) {
        outputs[i].setMaker(node, i);
      }
    }
    node.save(saved);
  }

  /** The derivative of an operation with one input and one output. */
  interface SingleBackward {
    @Nullable Tensor apply(Node.Context context, Tensor gradient);
  }

  /** The gradient of the only output of a node, which is defined whenever the node is reached. */
  static Tensor defined(@Nullable Tensor[] gradients) {
    Tensor g = gradients[0];
    if (g == null) {
      throw new IllegalStateException("a node was reached without a gradient");
    }
    return g;
  }

  // ---- backward -----------------------------------------------------------------------------

  /**
   * Sends gradients from the roots to the leaves. Nodes are taken off a heap in reverse order of
   * creation, without recursion, so that a graph may be of any depth.
   *
   * @param roots require a gradient
   * @param captured where gradients are wanted instead of in the leaves, or null
   * @return the gradients of what was captured
   */
  static @Nullable Tensor[] backward(
      List<Tensor> roots,
      List<Tensor> gradients,
      boolean retainGraph,
      boolean createGraph,
      @Nullable List<Tensor> captured) {
    IdentityHashMap<Node, @Nullable Tensor[]> pending = new IdentityHashMap<>();
    PriorityQueue<Node> heap = new PriorityQueue<>((a, b) -> Long.compare(b.sequence, a.sequence));
    boolean before = setRecording(createGraph);
    List<Storage> made =
        Storage.track(null); // gradients have an order of their own for their memory
    try {
      for (int i = 0; i < roots.size(); i++) {
        Tensor root = roots.get(i);
        Node node = Objects.requireNonNull(root.edge(), "a root without a graph");
        Tensor seed = gradients.get(i);
        seed.storage.sendGradient();
        deliver(pending, heap, node, root.edgeIndex(), seed, false);
      }
      Capture capture = captured == null ? null : new Capture(roots, captured);
      boolean owned = captured == null && !createGraph;
      long since = Node.last();
      while (!heap.isEmpty()) {
        Node node = heap.remove();
        @Nullable Tensor[] g = pending.remove(node);
        if (g == null) {
          continue;
        }
        for (int i = 0; i < g.length; i++) {
          g[i] = observed(node, i, g[i], owned);
        }
        if (capture != null && !capture.take(node, g)) {
          continue;
        }
        if (createGraph && node instanceof Node.Accumulate && g[0] != null) {
          g[0] = Links.to(new Node[] {node}, g[0], since);
        }
        @Nullable Tensor[] results = through(node, g, retainGraph, owned);
        for (int i = 0; i < results.length; i++) {
          Node next = node.next[i];
          Tensor result = results[i];
          if (next != null && result != null) {
            deliver(pending, heap, next, node.nextIndex[i], result, owned);
          }
        }
      }
      return capture == null ? NONE : capture.results(createGraph, since);
    } finally {
      Storage.track(made);
      setRecording(before);
    }
  }

  /** The gradients of a node's inputs; those of its outputs are done with. */
  private static @Nullable Tensor[] through(
      Node node, @Nullable Tensor[] g, boolean retainGraph, boolean owned) {
    boolean last = node.enter(retainGraph);
    boolean done = false;
    try {
      @Nullable Tensor[] results = node.apply(g, last);
      if (results.length != node.next.length) {
        throw new AutogradException(
            "%s: backward returned %s gradients for %s inputs"
                .formatted(node.name, results.length, node.next.length));
      }
      count(node, results);
      for (Tensor gradient : g) {
        if (gradient != null) {
          gradient.reusable = false;
          received(gradient, owned);
        }
      }
      done = true;
      return results;
    } finally {
      node.leave(retainGraph, last, done);
    }
  }

  private static void deliver(
      Map<Node, @Nullable Tensor[]> pending,
      PriorityQueue<Node> heap,
      Node node,
      int index,
      Tensor gradient,
      boolean owned) {
    @Nullable Tensor[] slots = pending.get(node);
    if (slots == null) {
      slots = new Tensor[node.outputs];
      pending.put(node, slots);
      heap.add(node);
    }
    Tensor first = slots[index];
    slots[index] = first == null ? gradient : sum(first, gradient, owned);
  }

  /** The sum of two gradients of one output, in the memory of the first where that is its own. */
  private static Tensor sum(Tensor first, Tensor gradient, boolean owned) {
    Tensor sum = first;
    if (owned
        && first.isSoleGradient()
        && first.dtype() == gradient.dtype()
        && first.layout.sameShape(gradient.layout)) {
      BinaryOps.add().compute(first, gradient, first);
      if (Operations.watched()) {
        Operations.changed("add_", first, first, gradient);
      }
    } else {
      sum = first.add(gradient);
      sum.storage.sendGradient();
      received(first, owned);
    }
    received(gradient, owned);
    return sum;
  }

  /** The gradient after its hooks, and whether its memory may be written to. */
  private static @Nullable Tensor observed(
      Node node, int output, @Nullable Tensor gradient, boolean owned) {
    if (gradient == null) {
      return null;
    }
    Node.Watch watch = node.watch(output);
    Tensor g = gradient;
    if (watch != null) {
      gradient.storage.seen = true;
      g = watch.observed(gradient);
      if (g != gradient) {
        g.storage.seen = true;
        g.storage.sendGradient();
        received(gradient, owned);
      }
    }
    g.reusable = owned && g.isSoleGradient();
    return g;
  }

  /** Counts the results of a node as gradients in flight. */
  private static void count(Node node, @Nullable Tensor[] results) {
    for (int i = 0; i < results.length; i++) {
      Tensor r = results[i];
      if (r != null && node.next[i] != null) {
        r.storage.seen |= node.keeps(r.storage);
        r.storage.sendGradient();
      }
    }
  }

  /** Leaves the memory of a gradient that has arrived to others, if it was the last one there. */
  private static void received(Tensor gradient, boolean owned) {
    Storage s = gradient.storage;
    if (s.receiveGradient() && owned && !s.seen) {
      s.reuse();
    }
  }

  /**
   * A tensor for the gradient of x, which is computed element by element from that of a result of
   * the same shape: over the latter where nobody needs it again.
   *
   * @param g the gradient, or a contiguous copy of it
   */
  static Tensor reuse(Tensor gradient, Tensor g, Tensor x) {
    boolean writable = gradient.reusable || g.storage != gradient.storage;
    return writable && g.dtype() == x.dtype() && g.layout.sameShape(x.layout)
        ? new Tensor(g.storage, g.layout)
        : Tensor.empty(x.dtype(), x.layout.shape);
  }

  /** Collects the gradients of chosen inputs, and says which nodes are on a path to them. */
  private static final class Capture {
    private final IdentityHashMap<Node, int[]> places = new IdentityHashMap<>();
    private final Set<Node> between;
    private final List<Tensor> captured;
    private final boolean[] linked;
    private final @Nullable Tensor[] results;

    Capture(List<Tensor> roots, List<Tensor> captured) {
      this.captured = captured;
      results = new Tensor[captured.size()];
      linked = new boolean[results.length];
      for (int i = 0; i < captured.size(); i++) {
        Node node = Objects.requireNonNull(captured.get(i), "inputs").edge();
        if (node == null) {
          throw new AutogradException(
              "grad: input %s of shape %s does not require a gradient"
                  .formatted(i, Shapes.format(captured.get(i).layout.shape)));
        }
        int[] pairs = places.getOrDefault(node, new int[0]);
        pairs = Arrays.copyOf(pairs, pairs.length + 2);
        pairs[pairs.length - 2] = captured.get(i).edgeIndex();
        pairs[pairs.length - 1] = i;
        places.put(node, pairs);
      }
      between = Collections.newSetFromMap(new IdentityHashMap<>());
      for (Tensor root : roots) {
        Node node = root.edge();
        if (node != null) {
          search(node);
        }
      }
    }

    /** Finds all nodes from which a captured place is reached; depth first, without recursion. */
    private void search(Node root) {
      Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
      Deque<Node> stack = new ArrayDeque<>();
      IdentityHashMap<Node, Integer> position = new IdentityHashMap<>();
      stack.push(root);
      seen.add(root);
      while (!stack.isEmpty()) {
        Node node = stack.peek();
        int at = position.getOrDefault(node, 0);
        if (at < node.next.length) {
          position.put(node, at + 1);
          Node next = node.next[at];
          if (next != null && seen.add(next)) {
            stack.push(next);
          }
          continue;
        }
        stack.pop();
        for (Node next : node.next) {
          if (next != null && (between.contains(next) || places.containsKey(next))) {
            between.add(node);
            break;
          }
        }
        if (node.links != null) {
          markLinks(node.links);
        }
      }
    }

    private void markLinks(@Nullable Node[] links) {
      for (Node link : links) {
        int[] pairs = places.get(link);
        for (int i = 1; pairs != null && i < pairs.length; i += 2) {
          linked[pairs[i]] = true;
        }
      }
    }

    /** What was taken, and zeros where no path leads but a link. */
    @Nullable Tensor[] results(boolean createGraph, long since) {
      for (int i = 0; i < results.length; i++) {
        Tensor result = results[i];
        if (result == null && linked[i]) {
          result = Tensor.zerosLike(captured.get(i));
        }
        results[i] = result == null || !createGraph ? result : Links.to(captured, result, since);
      }
      return results;
    }

    /** Takes what is wanted at this node; false if nothing beyond it is. */
    boolean take(Node node, @Nullable Tensor[] gradients) {
      int[] pairs = places.get(node);
      if (pairs != null) {
        for (int i = 0; i < pairs.length; i += 2) {
          Tensor g = gradients[pairs[i]];
          results[pairs[i + 1]] = g;
          if (g != null) {
            g.storage.seen = true;
          }
        }
      }
      return between.contains(node);
    }
  }
}
