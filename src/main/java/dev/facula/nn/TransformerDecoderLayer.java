package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, attention to the output of an encoder, and a network of two
 * linear layers, each added to its input and normalised.
 *
 * <p>Shape: input and output [steps, batch, dModel], with batchFirst [batch, steps, dModel], or
 * without the batch. Source: Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * var layer = new TransformerDecoderLayer(128, 4, o -> o.batchFirst(true));
 * Tensor y = layer.forward(Tensor.randn(16, 20, 128), Tensor.randn(16, 64, 128)); // [16, 20, 128]
 * }</pre>
 *
 * <p>A subclass may override {@link #saBlock}, {@link #mhaBlock} and {@link #ffBlock}, or the
 * forward with {@link Masks}.
 */
public class TransformerDecoderLayer extends TransformerLayer {
  /** The masks of a call; each is null for none. */
  public static class Masks {
    private @Nullable Tensor tgtMask;
    private @Nullable Tensor memoryMask;
    private @Nullable Tensor tgtKeyPaddingMask;
    private @Nullable Tensor memoryKeyPaddingMask;

    Masks() {}

    /**
     * [steps, steps] or [batch times heads, steps, steps]: true, or what is added, where a step
     * must not see another.
     */
    public Masks tgtMask(@Nullable Tensor mask) {
      tgtMask = mask;
      return this;
    }

    /** [steps, steps of the memory]: the same for the encoder's output. */
    public Masks memoryMask(@Nullable Tensor mask) {
      memoryMask = mask;
      return this;
    }

    /** [batch, steps], or [steps] without a batch: true where a step is padding. */
    public Masks tgtKeyPaddingMask(@Nullable Tensor mask) {
      tgtKeyPaddingMask = mask;
      return this;
    }

    /** [batch, steps of the memory]: the same for the encoder's output. */
    public Masks memoryKeyPaddingMask(@Nullable Tensor mask) {
      memoryKeyPaddingMask = mask;
      return this;
    }
  }

  /** A layer with the default options. */
  public TransformerDecoderLayer(int dModel, int nhead) {
    this(dModel, nhead, o -> {});
  }

  /** A layer with a number of features between its linear layers. */
  public TransformerDecoderLayer(int dModel, int nhead, int dimFeedforward) {
    this(dModel, nhead, o -> o.dimFeedforward(dimFeedforward));
  }

  /** The same with a probability of dropout. */
  public TransformerDecoderLayer(int dModel, int nhead, int dimFeedforward, double dropout) {
    this(dModel, nhead, o -> o.dimFeedforward(dimFeedforward).dropout(dropout));
  }

  /**
   * A layer.
   *
   * @param dModel the number of features
   * @param nhead the number of heads, which divides dModel
   * @param options dimFeedforward (2048), dropout (0.1), activation (relu), layerNormEps (1e-5),
   *     batchFirst (false), normFirst (false), bias (true)
   */
  public TransformerDecoderLayer(int dModel, int nhead, Consumer<TransformerOptions> options) {
    super(dModel, nhead, true, options);
  }

  /** The attention to the encoder's output. */
  public final MultiheadAttention multiheadAttn() {
    return Objects.requireNonNull(multiheadAttn);
  }

  /** The third norm, or what {@link #replace} has put there. */
  public final Module norm3() {
    return Objects.requireNonNull(norm3);
  }

  /** The output without masks. */
  public final Tensor forward(Tensor tgt, Tensor memory) {
    return forward(tgt, memory, new Masks());
  }

  /**
   * The output with masks.
   *
   * @param memory the output of an encoder
   * @param masks tgtMask, memoryMask, tgtKeyPaddingMask, memoryKeyPaddingMask
   */
  public final Tensor forward(Tensor tgt, Tensor memory, Consumer<? super Masks> masks) {
    return forward(tgt, memory, Check.with(new Masks(), masks));
  }

  /** Refuses masks that do not fit their sequences. */
  final void check(String op, Tensor tgt, Tensor memory, Masks m) {
    if ((tgt.dim() == 2 || tgt.dim() == 3) && memory.dim() == tgt.dim()) {
      int heads = selfAttn.numHeads();
      AttentionMasks.of(op, tgt, tgt, heads, batchFirst())
          .attention("tgtMask", m.tgtMask)
          .padding("tgtKeyPaddingMask", m.tgtKeyPaddingMask);
      AttentionMasks.of(op, tgt, memory, heads, batchFirst())
          .attention("memoryMask", m.memoryMask)
          .padding("memoryKeyPaddingMask", m.memoryKeyPaddingMask);
    }
  }

  /** The same with masks that were made before, as a {@link TransformerDecoder} calls it. */
  protected Tensor forward(Tensor tgt, Tensor memory, Masks masks) {
    if (hooked()) {
      return call((x, y) -> forward(x, y, masks), tgt, memory);
    }
    Objects.requireNonNull(tgt, "tgt");
    Objects.requireNonNull(memory, "memory");
    check("TransformerDecoderLayer", tgt, memory, masks);
    Tensor ownMask = masks.tgtMask;
    Tensor ownPadding = masks.tgtKeyPaddingMask;
    Tensor mask = masks.memoryMask;
    Tensor padding = masks.memoryKeyPaddingMask;
    Module norm3 = norm3();
    boolean unseen = unseen();
    if (normFirst()) {
      Tensor first = norm1.call(tgt);
      Tensor x = TransformerOptions.sum(tgt, saBlock(first, ownMask, ownPadding), unseen);
      Tensor second = norm2.call(x);
      Tensor y = TransformerOptions.sum(x, mhaBlock(second, memory, mask, padding), unseen);
      Tensor third = norm3.call(y);
      Tensor z = TransformerOptions.sum(y, ffBlock(third), unseen);
      release(unseen, first, x, second, y, third);
      return z;
    }
    Tensor first = TransformerOptions.sum(tgt, saBlock(tgt, ownMask, ownPadding), unseen);
    Tensor x = norm1.call(first);
    Tensor second = TransformerOptions.sum(x, mhaBlock(x, memory, mask, padding), unseen);
    Tensor y = norm2.call(second);
    Tensor third = TransformerOptions.sum(y, ffBlock(y), unseen);
    Tensor z = norm3.call(third);
    release(unseen, first, x, second, y, third);
    return z;
  }

  /**
   * The attention of the sequence to itself with its dropout, PyTorch's {@code _sa_block}. A
   * subclass may override it.
   */
  protected Tensor saBlock(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    return attend(selfAttn, dropout1, x, x, mask, padding);
  }

  /**
   * The attention to the encoder's output with its dropout, PyTorch's {@code _mha_block}. A
   * subclass may override it.
   */
  protected Tensor mhaBlock(
      Tensor x, Tensor memory, @Nullable Tensor mask, @Nullable Tensor padding) {
    return attend(multiheadAttn(), dropout2, x, memory, mask, padding);
  }

  @Override
  final Class<? extends TransformerLayer> own() {
    return TransformerDecoderLayer.class;
  }
}
