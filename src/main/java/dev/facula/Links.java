package dev.facula;

import java.util.List;

/**
 * What gradients do not say. In a graph of derivatives a gradient may be a constant, as that of
 * relu is in each piece, and then no path leads back to the inputs. Its node names them instead, so
 * that a derivative by them is found to be zero rather than missing.
 */
final class Links {
  private Links() {}

  /**
   * The gradient with links to what it was taken by.
   *
   * @param since the number of the last node before the derivatives were recorded
   */
  static Tensor to(List<Tensor> inputs, Tensor gradient, long since) {
    Node[] edges = new Node[inputs.size()];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = inputs.get(i).edge();
    }
    return to(edges, gradient, since);
  }

  static Tensor to(Node[] edges, Tensor gradient, long since) {
    Node maker = gradient.maker();
    if (maker != null && maker.sequence > since) {
      maker.links = edges;
      return gradient;
    }
    // it has no node, or one that others have made
    Tensor y = new Tensor(gradient.storage, gradient.layout);
    Graph.record(y, "identity", gradient, Graph.none(), (c, g) -> g);
    Node node = y.maker();
    if (node != null) {
      node.links = edges;
    }
    return y;
  }
}
