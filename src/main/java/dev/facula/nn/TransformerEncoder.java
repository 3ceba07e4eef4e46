package dev.facula.nn;

import dev.facula.Tensor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Layers of a transformer's encoder one after another, all beginning with the same weights.
 *
 * <pre>{@code
 * var encoder = new TransformerEncoder(() -> new TransformerEncoderLayer(128, 4), 6, null);
 * Tensor y = encoder.forward(Tensor.randn(64, 16, 128)); // [64, 16, 128]
 * }</pre>
 */
public final class TransformerEncoder extends Layer {
  private ModuleList layers;
  private @Nullable Module norm;

  /**
   * Layers.
   *
   * @param layer makes a layer
   * @param count how many there are
   * @param norm what comes after the last one, or null
   */
  public TransformerEncoder(
      Supplier<TransformerEncoderLayer> layer, int count, @Nullable Module norm) {
    layers = register("layers", ModuleList.copies(layer, count));
    this.norm = norm == null ? null : register("norm", norm);
  }

  @Override
  Tensor compute(Tensor input) {
    return run(input, null, null);
  }

  /**
   * The output with masks, which are those of every layer.
   *
   * @param mask [steps, steps] or [batch times heads, steps, steps]; null for none
   * @param keyPaddingMask [batch, steps], or [steps] without a batch; null for none
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    if (hooked()) {
      return call(this::forward, input, mask, keyPaddingMask);
    }
    return run(input, mask, keyPaddingMask);
  }

  private Tensor run(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    check("TransformerEncoder", input, "mask", mask, "keyPaddingMask", keyPaddingMask);
    Tensor x = input;
    for (Module layer : layers) {
      if (layer instanceof TransformerEncoderLayer usual) {
        x = usual.forward(x, mask, keyPaddingMask);
      } else if (mask == null && keyPaddingMask == null) {
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

  /** Refuses masks that do not fit an input, under the names that they have for the caller. */
  void check(
      String op,
      Tensor input,
      String maskName,
      @Nullable Tensor mask,
      String paddingName,
      @Nullable Tensor padding) {
    if (layers.size() > 0 && layers.get(0) instanceof TransformerEncoderLayer first) {
      first.check(op, input, maskName, mask, paddingName, padding);
    }
  }

  boolean batchFirst() {
    return layers.size() > 0
        && layers.get(0) instanceof TransformerEncoderLayer first
        && first.batchFirst();
  }
}
