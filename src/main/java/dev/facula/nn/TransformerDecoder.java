package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Layers of a transformer's decoder one after another, all beginning with the same weights.
 *
 * <p>Shape: input and output [steps, batch, dModel], memory [steps of the source, batch, dModel];
 * with batchFirst layers the batch comes first.
 *
 * <pre>{@code
 * var decoder = new TransformerDecoder(() -> new TransformerDecoderLayer(128, 4), 6);
 * Tensor y = decoder.forward(Tensor.randn(20, 16, 128), Tensor.randn(64, 16, 128));
 * }</pre>
 *
 * <p>A subclass may override the forward with {@link TransformerDecoderLayer.Masks}.
 */
public class TransformerDecoder extends Layer {
  private ModuleList<Module> layers;
  private @Nullable Module norm;

  /** Layers without a norm after the last one. */
  public TransformerDecoder(
      Supplier<? extends TransformerDecoderLayer> decoderLayer, int numLayers) {
    this(decoderLayer, numLayers, null);
  }

  /** Copies of a layer, without a norm after the last one. */
  public TransformerDecoder(TransformerDecoderLayer decoderLayer, int numLayers) {
    this(decoderLayer, numLayers, null);
  }

  /** Copies of a layer, which itself is no part of the decoder. */
  public TransformerDecoder(
      TransformerDecoderLayer decoderLayer, int numLayers, @Nullable Module norm) {
    this(() -> deepCopy(decoderLayer), numLayers, norm);
  }

  /**
   * Layers.
   *
   * @param decoderLayer makes the first layer; the others are copies of it
   * @param numLayers how many there are
   * @param norm what comes after the last one, or null; default null
   */
  public TransformerDecoder(
      Supplier<? extends TransformerDecoderLayer> decoderLayer,
      int numLayers,
      @Nullable Module norm) {
    layers = register("layers", ModuleList.copies(decoderLayer, numLayers));
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

  /** The output without masks. */
  public final Tensor forward(Tensor tgt, Tensor memory) {
    return forward(tgt, memory, new TransformerDecoderLayer.Masks());
  }

  /**
   * The output with masks, which are those of every layer.
   *
   * @param memory the output of an encoder
   * @param masks tgtMask, memoryMask, tgtKeyPaddingMask, memoryKeyPaddingMask
   */
  public final Tensor forward(
      Tensor tgt, Tensor memory, Consumer<? super TransformerDecoderLayer.Masks> masks) {
    return forward(tgt, memory, Check.with(new TransformerDecoderLayer.Masks(), masks));
  }

  /** Refuses masks that do not fit their sequences. */
  final void check(String op, Tensor tgt, Tensor memory, TransformerDecoderLayer.Masks masks) {
    if (layers.size() > 0 && layers.get(0) instanceof TransformerDecoderLayer first) {
      first.check(op, tgt, memory, masks);
    }
  }

  /** The same with masks that were made before, as a {@link Transformer} calls it. */
  protected Tensor forward(Tensor tgt, Tensor memory, TransformerDecoderLayer.Masks masks) {
    if (hooked()) {
      return call((t, m) -> forward(t, m, masks), tgt, memory);
    }
    Objects.requireNonNull(tgt, "tgt");
    Objects.requireNonNull(memory, "memory");
    check("TransformerDecoder", tgt, memory, masks);
    Tensor x = tgt;
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
