package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Runs modules one after another, and neighbours as one step where nobody can tell.
 *
 * <p>A <i>producer</i> is a linear layer, a (transposed) convolution, a batch normalisation or a
 * {@link MaxPool2d}: its result is a new tensor that its own derivative does not need.
 *
 * <table>
 * <caption>What is done</caption>
 * <tr><th>modules</th><th>when</th><th>what</th><th>gain</th></tr>
 * <tr><td>producer, ReLU</td><td>always</td>
 *     <td>the ReLU overwrites the producer's result</td>
 *     <td>one tensor of that size less, in the graph too</td></tr>
 * <tr><td>producer, ReLU, MaxPool2d</td><td>no padding, no ceilMode</td>
 *     <td>the pooling first, then the ReLU in place: both are monotone</td>
 *     <td>the ReLU has kernel-size fewer elements, and the larger tensor is released</td></tr>
 * <tr><td>producer, …, producer</td><td>what lies between is ReLU in place or Flatten</td>
 *     <td>the first result is released once the second is there</td>
 *     <td>memory is reused instead of allocated, without a graph or when the graph is done</td></tr>
 * </table>
 *
 * <p>Only for classes of this package itself (a subclass may keep what it returns) and without
 * hooks (a hook may keep what it sees).
 */
final class SequentialFusion {
  private SequentialFusion() {}

  static Tensor run(Tensor input, Module[] modules) {
    Tensor x = input;
    boolean unseen = false; // whether x was made by a producer here and nobody else has it
    Module before = null;
    for (int i = 0; i < modules.length; i++) {
      Module m = Objects.requireNonNull(modules[i], "modules");
      boolean inPlace = m instanceof ReLU && m.unhooked() && produces(before);
      if (inPlace
          && i + 1 < modules.length
          && modules[i + 1] instanceof MaxPool2d p
          && p.fusible()) {
        Tensor pooled = p.forward(x);
        x.release();
        x = pooled.relu_();
        before = p;
        i++;
        continue;
      }
      Tensor y = inPlace ? x.relu_() : m.call(x);
      if (unseen && produces(m)) {
        x.release();
      }
      unseen = produces(m) || unseen && (inPlace || m instanceof Flatten && m.unhooked());
      before = m;
      x = y;
    }
    return x;
  }

  /** Whether a module is a producer whose result nobody else sees. */
  static boolean produces(@Nullable Module m) {
    return (m instanceof Linear
            || m instanceof ConvLayer
            || m instanceof ConvTransposeLayer
            || m instanceof BatchNormLayer
            || m instanceof MaxPool2d)
        && m.unhooked();
  }
}
