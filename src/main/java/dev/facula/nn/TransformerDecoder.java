package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Layers of a transformer's decoder one after another, all beginning with the same weights.
 *
 * <pre>{@code
 * var decoder = new TransformerDecoder(() -> new TransformerDecoderLayer(128, 4), 6, null);
 * Tensor y = decoder.forward(Tensor.randn(20, 16, 128), Tensor.randn(64, 16, 128));
 * }</pre>
 */
public final class TransformerDecoder extends Layer {
  private ModuleList layers;
  private @Nullable Module norm;

  /**
   * Layers.
   *
   * @param layer makes a layer
   * @param count how many there are
   * @param norm what comes after the last one, or null
   */
  public TransformerDecoder(
      Supplier<TransformerDecoderLayer> layer, int count, @Nullable Module norm) {
    layers = register("layers", ModuleList.copies(layer, count));
    this.norm = norm == null ? null : register("norm", norm);
  }

  /** The output without masks. */
  public Tensor forward(Tensor target, Tensor memory) {
    return forward(target, memory, m -> {});
  }

  /**
   * The output with masks, which are those of every layer.
   *
   * @param memory the output of an encoder
   */
  public Tensor forward(
      Tensor target, Tensor memory, Consumer<TransformerDecoderLayer.Masks> masks) {
    TransformerDecoderLayer.Masks m = new TransformerDecoderLayer.Masks();
    masks.accept(m);
    return forward(target, memory, m);
  }

  /** Refuses masks that do not fit their sequences. */
  void check(String op, Tensor target, Tensor memory, TransformerDecoderLayer.Masks masks) {
    if (layers.size() > 0 && layers.get(0) instanceof TransformerDecoderLayer first) {
      first.check(op, target, memory, masks);
    }
  }

  Tensor forward(Tensor target, Tensor memory, TransformerDecoderLayer.Masks masks) {
    if (hooked()) {
      return call((t, m) -> forward(t, m, masks), target, memory);
    }
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(memory, "memory");
    check("TransformerDecoder", target, memory, masks);
    Tensor x = target;
    for (Module layer : layers) {
      if (!(layer instanceof TransformerDecoderLayer usual)) {
        throw new IllegalStateException(
            "TransformerDecoder: a layer is a "
                + layer.name()
                + ", which has no forward of target and memory; a TransformerDecoderLayer has");
      }
      x = usual.forward(x, memory, masks);
    }
    return norm == null ? x : norm.call(x);
  }
}
