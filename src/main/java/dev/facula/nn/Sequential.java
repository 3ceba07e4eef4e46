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
 * it, which gives the same values and gradients from fewer elements. Results between such layers
 * are {@linkplain Tensor#release released} when nobody needs them any more. Nothing of this is done
 * to a layer that has hooks.
 *
 * <p>The modules are named by their position: {@code 0.weight}, {@code 2.bias}.
 */
public final class Sequential extends Layer {
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
  Tensor compute(Tensor input) {
    Tensor x = input;
    // Nobody else sees what one layer has made for the next: it may be overwritten where no
    // derivative needs it, and released.
    boolean ours = false;
    Module before = null;
    List<Module> all = children();
    for (int i = 0; i < all.size(); i++) {
      Module m = all.get(i);
      boolean inPlace = m instanceof ReLU && m.unhooked() && makesTensor(before);
      if (inPlace && i + 1 < all.size() && all.get(i + 1) instanceof MaxPool2d p && p.fusible()) {
        Tensor pooled = p.forward(x);
        x.release();
        x = pooled.relu_();
        before = p;
        i++;
        continue;
      }
      Tensor y = inPlace ? x.relu_() : m.call(x);
      if (ours && makesTensor(m)) {
        x.release();
      }
      ours = makesTensor(m) || ours && (inPlace || m instanceof Flatten && m.unhooked());
      before = m;
      x = y;
    }
    return x;
  }

  /**
   * Whether the result of a layer is a new tensor, which its derivative does not need and which no
   * hook sees.
   */
  static boolean makesTensor(@Nullable Module m) {
    return (m instanceof Linear
            || m instanceof ConvLayer
            || m instanceof ConvTransposeLayer
            || m instanceof BatchNormLayer
            || m instanceof MaxPool2d)
        && m.unhooked();
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

  /**
   * Puts another module at a position.
   *
   * @param index counted from the back if negative
   * @return the module that was there
   */
  public Module set(int index, Module module) {
    return ModuleList.set(this, index, module);
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
