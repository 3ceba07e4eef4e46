package dev.facula.nn;

import dev.facula.Tensor;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Modules one after another: the output of each is the input of the next.
 *
 * <pre>{@code
 * var model = new Sequential(new Linear(784, 64), new ReLU(), new Linear(64, 10));
 * Tensor scores = model.forward(Tensor.zeros(32, 784));
 * }</pre>
 *
 * <p>A {@link ReLU} behind a linear layer, a convolution or a batch normalisation overwrites its
 * result, which saves memory; one between such a layer and a {@link MaxPool2d} is computed after
 * it, which gives the same values and gradients from fewer elements.
 *
 * <p>The modules are named by their position: {@code 0.weight}, {@code 2.bias}.
 */
public final class Sequential extends Module {
  /** The modules in the order in which they run. */
  public Sequential(Module... modules) {
    for (Module m : modules) {
      append(m);
    }
  }

  /** Modules under names of their own, in the order of the map. */
  public Sequential(Map<String, ? extends Module> modules) {
    modules.forEach(this::register);
  }

  @Override
  public Tensor forward(Tensor input) {
    Tensor x = input;
    Module before = null;
    List<Module> all = children();
    for (int i = 0; i < all.size(); i++) {
      Module m = all.get(i);
      // Nobody else sees what the layer before has made, and no derivative needs it.
      boolean ours = m instanceof ReLU && makesTensor(before);
      if (ours && i + 1 < all.size() && all.get(i + 1) instanceof MaxPool2d p && p.unpadded()) {
        Tensor pooled = p.forward(x);
        x.release();
        x = pooled.relu_();
        i++;
      } else {
        x = ours ? x.relu_() : m.forward(x);
      }
      before = m;
    }
    return x;
  }

  /** Whether the result of a layer is a new tensor, in memory of its own. */
  private static boolean makesTensor(@Nullable Module m) {
    return m instanceof Linear
        || m instanceof ConvLayer
        || m instanceof ConvTransposeLayer
        || m instanceof BatchNormLayer;
  }

  /**
   * Adds a module at the end.
   *
   * @return this
   */
  public Sequential append(Module module) {
    register(Integer.toString(size()), module);
    return this;
  }

  /**
   * The module at a position.
   *
   * @param index counted from the back if negative
   */
  public Module get(int index) {
    return ModuleList.at(this, index);
  }

  /** How many modules there are. */
  public int size() {
    return modules().size();
  }

  /** The modules in the order in which they run. */
  public List<Module> asList() {
    return children();
  }
}
