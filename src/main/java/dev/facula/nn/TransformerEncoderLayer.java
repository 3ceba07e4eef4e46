package dev.facula.nn;

import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself and a network of two linear layers, each added to its input and
 * normalised: x = norm1(x + attention(x)), x = norm2(x + linear2(activation(linear1(x)))); with
 * normFirst the norms come before attention and network instead.
 *
 * <p>Shape: input and output [steps, batch, dModel], with batchFirst [batch, steps, dModel], or
 * without the batch. Source: Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * var layer = new TransformerEncoderLayer(128, 4, o -> o.dimFeedforward(512).batchFirst(true));
 * Tensor y = layer.forward(Tensor.randn(16, 64, 128)); // [16, 64, 128]
 * }</pre>
 *
 * <p>A subclass may override {@link #saBlock} and {@link #ffBlock}, or the forward of three
 * arguments.
 */
public class TransformerEncoderLayer extends TransformerLayer {
  /** A layer with the default options. */
  public TransformerEncoderLayer(int dModel, int nhead) {
    this(dModel, nhead, o -> {});
  }

  /** A layer with a number of features between its linear layers. */
  public TransformerEncoderLayer(int dModel, int nhead, int dimFeedforward) {
    this(dModel, nhead, o -> o.dimFeedforward(dimFeedforward));
  }

  /** The same with a probability of dropout. */
  public TransformerEncoderLayer(int dModel, int nhead, int dimFeedforward, double dropout) {
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
  public TransformerEncoderLayer(int dModel, int nhead, Consumer<TransformerOptions> options) {
    super(dModel, nhead, false, options);
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
  public final Tensor forward(Tensor src, @Nullable Tensor srcMask) {
    return forward(src, srcMask, null);
  }

  /**
   * The output with masks.
   *
   * @param srcMask [steps, steps] or [batch times heads, steps, steps]: true, or what is added to
   *     the scores, where a step must not see another; null for none
   * @param srcKeyPaddingMask [batch, steps], or [steps] without a batch: true where a step is
   *     padding; null for none
   */
  public Tensor forward(Tensor src, @Nullable Tensor srcMask, @Nullable Tensor srcKeyPaddingMask) {
    if (hooked()) {
      return call(this::forward, src, srcMask, srcKeyPaddingMask);
    }
    check("TransformerEncoderLayer", src, "srcMask", srcMask, srcKeyPaddingMask);
    boolean unseen = unseen();
    if (normFirst()) {
      Tensor normed = norm1.call(src);
      Tensor x = TransformerOptions.sum(src, saBlock(normed, srcMask, srcKeyPaddingMask), unseen);
      release(unseen, normed);
      Tensor second = norm2.call(x);
      Tensor y = TransformerOptions.sum(x, ffBlock(second), unseen);
      release(unseen, x, second);
      return y;
    }
    Tensor sum = TransformerOptions.sum(src, saBlock(src, srcMask, srcKeyPaddingMask), unseen);
    Tensor x = norm1.call(sum);
    release(unseen, sum);
    Tensor second = TransformerOptions.sum(x, ffBlock(x), unseen);
    release(unseen, x);
    Tensor y = norm2.call(second);
    release(unseen, second);
    return y;
  }

  /**
   * The attention of the sequence to itself with its dropout, PyTorch's {@code _sa_block}. A
   * subclass may override it.
   *
   * @param x the input, normalised where normFirst is set
   */
  protected Tensor saBlock(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    return attend(selfAttn, dropout1, x, x, mask, padding);
  }

  /** Refuses masks that do not fit an input; the name of the first is the caller's. */
  final void check(
      String op, Tensor src, String name, @Nullable Tensor mask, @Nullable Tensor padding) {
    if (src.dim() == 2 || src.dim() == 3) {
      AttentionMasks.of(op, src, src, selfAttn.numHeads(), batchFirst())
          .attention(name, mask)
          .padding("srcKeyPaddingMask", padding);
    }
  }

  @Override
  final Class<? extends TransformerLayer> own() {
    return TransformerEncoderLayer.class;
  }
}
