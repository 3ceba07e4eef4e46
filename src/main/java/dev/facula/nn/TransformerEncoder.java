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
public final class TransformerEncoder extends Module {
  private final ModuleList layers;
  private final @Nullable Module norm;

  /**
   * Layers.
   *
   * @param layer makes a layer
   * @param count how many there are
   * @param norm what comes after the last one, or null
   */
  public TransformerEncoder(
      Supplier<TransformerEncoderLayer> layer, int count, @Nullable Module norm) {
    layers = register("layers", Copies.of(layer, count));
    this.norm = norm == null ? null : register("norm", norm);
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null);
  }

  /**
   * The output with masks, which are those of every layer.
   *
   * @param mask [steps, steps] or [batch times heads, steps, steps]; null for none
   * @param keyPaddingMask [batch, steps], or [steps] without a batch; null for none
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    check("TransformerEncoder", input, "mask", mask, "keyPaddingMask", keyPaddingMask);
    Tensor x = input;
    for (Module layer : layers) {
      x = ((TransformerEncoderLayer) layer).forward(x, mask, keyPaddingMask);
    }
    return norm == null ? x : norm.forward(x);
  }

  /** Refuses masks that do not fit an input, under the names that they have for the caller. */
  void check(
      String op,
      Tensor input,
      String maskName,
      @Nullable Tensor mask,
      String paddingName,
      @Nullable Tensor padding) {
    if (layers.size() > 0) {
      ((TransformerEncoderLayer) layers.get(0))
          .check(op, input, maskName, mask, paddingName, padding);
    }
  }

  boolean batchFirst() {
    return layers.size() > 0 && ((TransformerEncoderLayer) layers.get(0)).batchFirst();
  }
}
