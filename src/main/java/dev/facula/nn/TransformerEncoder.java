package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Layers of a transformer's encoder one after another, all beginning with the same weights.
 *
 * <p>Shape: input and output [steps, batch, dModel], with batchFirst layers [batch, steps, dModel].
 *
 * <pre>{@code
 * var encoder = new TransformerEncoder(() -> new TransformerEncoderLayer(128, 4), 6);
 * Tensor y = encoder.forward(Tensor.randn(64, 16, 128)); // [64, 16, 128]
 * }</pre>
 *
 * <p>A subclass may override the forward of three arguments.
 */
public class TransformerEncoder extends Layer {
  private ModuleList<Module> layers;
  private @Nullable Module norm;

  /** Layers without a norm after the last one. */
  public TransformerEncoder(
      Supplier<? extends TransformerEncoderLayer> encoderLayer, int numLayers) {
    this(encoderLayer, numLayers, null);
  }

  /** Copies of a layer, without a norm after the last one. */
  public TransformerEncoder(TransformerEncoderLayer encoderLayer, int numLayers) {
    this(encoderLayer, numLayers, null);
  }

  /** Copies of a layer, which itself is no part of the encoder. */
  public TransformerEncoder(
      TransformerEncoderLayer encoderLayer, int numLayers, @Nullable Module norm) {
    this(() -> deepCopy(encoderLayer), numLayers, norm);
  }

  /**
   * Layers.
   *
   * @param encoderLayer makes the first layer; the others are copies of it
   * @param numLayers how many there are
   * @param norm what comes after the last one, or null; default null
   */
  public TransformerEncoder(
      Supplier<? extends TransformerEncoderLayer> encoderLayer,
      int numLayers,
      @Nullable Module norm) {
    layers = register("layers", ModuleList.copies(encoderLayer, numLayers));
    this.norm = norm == null ? null : register("norm", norm);
  }

  /** The layers; {@link #replace} may put other modules there. */
  public final ModuleList<Module> layers() {
    return layers;
  }

  /** How many layers there are. */
  public final int numLayers() {
    return layers.size();
  }

  /** What comes after the last layer, or null. */
  public final @Nullable Module norm() {
    return norm;
  }

  @Override
  public final Tensor call(Tensor src) {
    return forward(src); // which runs the hooks in the forward that it calls
  }

  /** The output without masks. */
  @Override
  public final Tensor forward(Tensor src) {
    return forward(src, null, null);
  }

  /** The output with a mask. */
  public final Tensor forward(Tensor src, @Nullable Tensor mask) {
    return forward(src, mask, null);
  }

  /**
   * The output with masks, which are those of every layer.
   *
   * @param mask [steps, steps] or [batch times heads, steps, steps]; null for none
   * @param srcKeyPaddingMask [batch, steps], or [steps] without a batch; null for none
   */
  public Tensor forward(Tensor src, @Nullable Tensor mask, @Nullable Tensor srcKeyPaddingMask) {
    if (hooked()) {
      return call(this::forward, src, mask, srcKeyPaddingMask);
    }
    Objects.requireNonNull(src, "src");
    check("TransformerEncoder", src, "mask", mask, srcKeyPaddingMask);
    Tensor x = src;
    for (Module layer : layers) {
      if (layer instanceof TransformerEncoderLayer usual) {
        x = usual.forward(x, mask, srcKeyPaddingMask);
      } else if (mask == null && srcKeyPaddingMask == null) {
        x = layer.call(x);
      } else {
        throw new IllegalStateException(
            "TransformerEncoder: a layer is a "
                + layer.name()
                + ", which takes no masks; only TransformerEncoderLayer does");
      }
    }
    return norm == null ? x : norm.call(x);
  }

  /** Refuses masks that do not fit an input; the name of the first is the caller's. */
  final void check(
      String op, Tensor src, String name, @Nullable Tensor mask, @Nullable Tensor padding) {
    if (layers.size() > 0 && layers.get(0) instanceof TransformerEncoderLayer first) {
      first.check(op, src, name, mask, padding);
    }
  }

  final boolean batchFirst() {
    return layers.size() > 0
        && layers.get(0) instanceof TransformerEncoderLayer first
        && first.batchFirst();
  }
}
