package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bilinear layer of two inputs: y<sub>k</sub> = x1<sup>T</sup> A<sub>k</sub> x2 + b<sub>k</sub>.
 *
 * <p>Inputs [*, in1Features] and [*, in2Features], output [*, outFeatures]. Parameters: {@code
 * weight} [outFeatures, in1Features, in2Features] and {@code bias} [outFeatures], drawn from U(-k,
 * k) with k = 1 / sqrt(in1Features).
 *
 * <pre>{@code
 * Tensor y = new Bilinear(20, 30, 40).forward(Tensor.zeros(8, 20), Tensor.zeros(8, 30)); // [8, 40]
 * }</pre>
 */
public final class Bilinear extends Layer {
  private final int in1Features;
  private final int in2Features;
  private final int outFeatures;
  private final Slot weight;
  private final @Nullable Slot bias;

  /** Options of a bilinear layer. */
  public static final class Options {
    private boolean bias = true;

    private Options() {}

    /** Whether a bias is added. Default: true. */
    public Options bias(boolean on) {
      bias = on;
      return this;
    }
  }

  /** A layer with a bias. */
  public Bilinear(int in1Features, int in2Features, int outFeatures) {
    this(in1Features, in2Features, outFeatures, o -> {});
  }

  /** A layer with a bias or without. */
  public Bilinear(int in1Features, int in2Features, int outFeatures, boolean bias) {
    this(in1Features, in2Features, outFeatures, o -> o.bias(bias));
  }

  /**
   * A layer.
   *
   * @param in1Features size of the first input
   * @param in2Features size of the second input
   * @param outFeatures size of the output
   * @param options bias (true)
   */
  public Bilinear(int in1Features, int in2Features, int outFeatures, Consumer<Options> options) {
    Options o = Check.with(new Options(), options);
    this.in1Features = Check.atLeast("Bilinear", "in1Features", in1Features, 1);
    this.in2Features = Check.atLeast("Bilinear", "in2Features", in2Features, 1);
    this.outFeatures = Check.atLeast("Bilinear", "outFeatures", outFeatures, 1);
    weight = slot("weight", Tensor.zeros(outFeatures, in1Features, in2Features));
    bias = o.bias ? slot("bias", Tensor.zeros(outFeatures)) : null;
    resetParameters();
  }

  /** Draws the initial weights anew. */
  public void resetParameters() {
    double bound = 1 / Math.sqrt(in1Features);
    Init.uniform_(weight.get(), -bound, bound);
    if (bias != null) {
      Init.uniform_(bias.get(), -bound, bound);
    }
  }

  /** The weight [outFeatures, in1Features, in2Features]. */
  public Tensor weight() {
    return weight.get();
  }

  /** The bias [outFeatures], or null. */
  public @Nullable Tensor bias() {
    return Slot.read(bias);
  }

  /** The size of the first input. */
  public int in1Features() {
    return in1Features;
  }

  /** The size of the second input. */
  public int in2Features() {
    return in2Features;
  }

  /** The size of the output. */
  public int outFeatures() {
    return outFeatures;
  }

  /**
   * The form of two inputs.
   *
   * @param input1 [*, in1Features]
   * @param input2 [*, in2Features]
   */
  public Tensor forward(Tensor input1, Tensor input2) {
    if (hooked()) {
      return call(this::forward, input1, input2);
    }
    if (input1.dim() == 0
        || input2.dim() == 0
        || input1.size(-1) != in1Features
        || input2.size(-1) != in2Features) {
      throw new ShapeException(
          "Bilinear(%s x %s -> %s): expected [*, %s] and [*, %s], got %s and %s"
              .formatted(
                  in1Features,
                  in2Features,
                  outFeatures,
                  in1Features,
                  in2Features,
                  Arrays.toString(input1.shape()),
                  Arrays.toString(input2.shape())));
    }
    return Functional.bilinear(input1, input2, weight.get(), Slot.read(bias));
  }

  @Override
  protected String extraRepr() {
    return "in1_features=%s, in2_features=%s, out_features=%s, bias=%s"
        .formatted(in1Features, in2Features, outFeatures, Check.python(bias != null));
  }
}
