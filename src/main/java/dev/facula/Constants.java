package dev.facula;

import org.jspecify.annotations.Nullable;

/**
 * Gradients that do not change with the operands, of functions made of linear pieces. In a graph of
 * derivatives they are functions of the operands nevertheless: further derivatives are zeros.
 */
final class Constants {
  private Constants() {}

  /** The same values as a function of the operands whose derivatives by them are zeros. */
  static Tensor of(Tensor value, Tensor... operands) {
    if (!Graph.wanted(operands)) {
      return value;
    }
    Tensor[] inputs = new Tensor[operands.length + 1];
    inputs[0] = value;
    System.arraycopy(operands, 0, inputs, 1, operands.length);
    DType[] types = new DType[inputs.length];
    int[][] shapes = new int[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      types[i] = inputs[i].dtype();
      shapes[i] = inputs[i].layout.shape;
    }
    return Graph.record(
        new Tensor(value.storage, value.layout),
        "constant",
        inputs,
        Graph.none(),
        (c, g) -> {
          Tensor[] result = zeros(c, types, shapes);
          result[0] = c.needs(0) ? Graph.defined(g) : null;
          return result;
        });
  }

  /** Makes the results of a derivative that have no graph functions of the node's operands. */
  static void connect(Node node, @Nullable Tensor[] results) {
    int n = results.length;
    Node[] next = null;
    DType[] types = new DType[n];
    int[][] shapes = new int[n][];
    for (int i = 0; i < n; i++) {
      Tensor r = results[i];
      if (r == null || node.next[i] == null || r.requiresGrad()) {
        continue;
      }
      if (next == null) {
        next = new Node[n];
        for (int k = 0; k < n; k++) {
          Tensor of = results[k];
          if (of != null) {
            next[k] = node.next[k];
            types[k] = of.dtype();
            shapes[k] = of.layout.shape;
          }
        }
      }
      Tensor y = new Tensor(r.storage, r.layout);
      y.setMaker(new Node("constant", next, node.nextIndex, (c, g) -> zeros(c, types, shapes)), 0);
      results[i] = y;
    }
  }

  private static Tensor[] zeros(Node.Context c, DType[] types, int[][] shapes) {
    Tensor[] result = new Tensor[shapes.length];
    for (int i = 0; i < result.length; i++) {
      result[i] = c.needs(i) ? Tensor.zeros(types[i], shapes[i]) : null;
    }
    return result;
  }
}
