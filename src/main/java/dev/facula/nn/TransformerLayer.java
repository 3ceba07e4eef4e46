package dev.facula.nn;

import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What the layers of encoder and decoder have in common: attention, linear layers, norms. */
public abstract class TransformerLayer extends Layer {
  final TransformerOptions options;
  // Not final, and for any module, for replace.
  MultiheadAttention selfAttn;
  @Nullable MultiheadAttention multiheadAttn; // to the memory, in a decoder
  private Module linear1;
  private Module dropout;
  private Module linear2;
  Module norm1;
  Module norm2;
  Module dropout1;
  Module dropout2;
  @Nullable Module norm3;
  private @Nullable Module dropout3;

  TransformerLayer(
      int dModel, int nhead, boolean decoder, Consumer<? super TransformerOptions> setter) {
    TransformerOptions o = Check.with(new TransformerOptions(), setter);
    options = o;
    selfAttn = register("self_attn", o.attention(dModel, nhead));
    multiheadAttn = decoder ? register("multihead_attn", o.attention(dModel, nhead)) : null;
    linear1 = register("linear1", new Linear(dModel, o.dimFeedforward, o.bias));
    dropout = register("dropout", new Dropout(o.dropout));
    linear2 = register("linear2", new Linear(o.dimFeedforward, dModel, o.bias));
    norm1 = register("norm1", o.norm(dModel));
    norm2 = register("norm2", o.norm(dModel));
    norm3 = decoder ? register("norm3", o.norm(dModel)) : null;
    dropout1 = register("dropout1", new Dropout(o.dropout));
    dropout2 = register("dropout2", new Dropout(o.dropout));
    dropout3 = decoder ? register("dropout3", new Dropout(o.dropout)) : null;
  }

  /** The attention of the sequence to itself. */
  public final MultiheadAttention selfAttn() {
    return selfAttn;
  }

  /** The first linear layer, or what {@link #replace} has put there. */
  public final Module linear1() {
    return linear1;
  }

  /** The second linear layer, or what {@link #replace} has put there. */
  public final Module linear2() {
    return linear2;
  }

  /** The first norm, or what {@link #replace} has put there. */
  public final Module norm1() {
    return norm1;
  }

  /** The second norm, or what {@link #replace} has put there. */
  public final Module norm2() {
    return norm2;
  }

  /** Whether norms come before attention and network. */
  public final boolean normFirst() {
    return options.normFirst;
  }

  final boolean batchFirst() {
    return options.batchFirst;
  }

  /**
   * The network of two linear layers with its dropout, PyTorch's {@code _ff_block}. A subclass may
   * override it.
   *
   * @param x the input, normalised where normFirst is set
   */
  protected Tensor ffBlock(Tensor x) {
    Module last = dropout3 == null ? dropout2 : dropout3;
    return options.network(x, linear1, dropout, linear2, last, unseen());
  }

  /** An attention with its dropout. */
  static Tensor attend(
      MultiheadAttention attention,
      Module dropout,
      Tensor x,
      Tensor memory,
      @Nullable Tensor mask,
      @Nullable Tensor padding) {
    return dropout.call(
        attention
            .forward(
                x, memory, memory, c -> c.attnMask(mask).keyPaddingMask(padding).needWeights(false))
            .output());
  }

  /** The class that is no subclass of a user's. */
  abstract Class<? extends TransformerLayer> own();

  /**
   * Whether nobody sees what goes between the parts: no subclass, no hook, and the parts are those
   * that were made here.
   */
  final boolean unseen() {
    if (getClass() != own()) {
      return false;
    }
    for (Module part : parts().values()) {
      Class<?> type = part.getClass();
      boolean made =
          type == MultiheadAttention.class
              ? ((MultiheadAttention) part).unseen()
              : (type == Linear.class || type == LayerNorm.class || type == Dropout.class)
                  && part.unhooked();
      if (!made) {
        return false;
      }
    }
    return true;
  }

  /** Releases what nobody else has. */
  static void release(boolean unseen, Tensor... tensors) {
    for (Tensor t : tensors) {
      if (unseen) {
        t.release();
      }
    }
  }
}
