package dev.facula.nn;

import dev.facula.Tensor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself and a network of two linear layers, each added to its input and
 * normalised: x = norm1(x + attention(x)), x = norm2(x + linear2(activation(linear1(x)))); with
 * normFirst the norms come before attention and network instead.
 *
 * <p>Input and output [steps, batch, dModel], with batchFirst [batch, steps, dModel]. Source:
 * Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * var layer = new TransformerEncoderLayer(128, 4, o -> o.dimFeedforward(512).batchFirst(true));
 * Tensor y = layer.forward(Tensor.randn(16, 64, 128)); // [16, 64, 128]
 * }</pre>
 */
public final class TransformerEncoderLayer extends Layer {
  private final TransformerOptions options = new TransformerOptions();
  // Not final, and for any module, for replace.
  private MultiheadAttention attention;
  private Module linear1;
  private Module dropout;
  private Module linear2;
  private Module norm1;
  private Module norm2;
  private Module dropout1;
  private Module dropout2;

  /** A layer with the default options. */
  public TransformerEncoderLayer(int dModel, int numHeads) {
    this(dModel, numHeads, o -> {});
  }

  /**
   * A layer.
   *
   * @param dModel the number of features
   * @param numHeads the number of heads, which divides dModel
   * @param setter dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias
   */
  public TransformerEncoderLayer(int dModel, int numHeads, Consumer<TransformerOptions> setter) {
    setter.accept(options);
    attention = register("self_attn", options.attention(dModel, numHeads));
    linear1 =
        register("linear1", new Linear(dModel, options.dimFeedforward, o -> o.bias(options.bias)));
    dropout = register("dropout", new Dropout(options.dropout));
    linear2 =
        register("linear2", new Linear(options.dimFeedforward, dModel, o -> o.bias(options.bias)));
    norm1 = register("norm1", options.norm(dModel));
    norm2 = register("norm2", options.norm(dModel));
    dropout1 = register("dropout1", new Dropout(options.dropout));
    dropout2 = register("dropout2", new Dropout(options.dropout));
  }

  @Override
  Tensor compute(Tensor input) {
    return run(input, null, null);
  }

  /**
   * The output with masks.
   *
   * @param mask [steps, steps] or [batch times heads, steps, steps]: true, or what is added to the
   *     scores, where a step must not see another; null for none
   * @param keyPaddingMask [batch, steps], or [steps] without a batch: true where a step is padding;
   *     null for none
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    if (hooked()) {
      return call(this::forward, input, mask, keyPaddingMask);
    }
    return run(input, mask, keyPaddingMask);
  }

  private Tensor run(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    check("TransformerEncoderLayer", input, "mask", mask, "keyPaddingMask", keyPaddingMask);
    boolean unseen = unseen();
    if (options.normFirst) {
      Tensor normed = norm1.call(input);
      Tensor x = TransformerOptions.sum(input, attend(normed, mask, keyPaddingMask), unseen);
      release(normed, unseen);
      Tensor second = norm2.call(x);
      Tensor y = TransformerOptions.sum(x, network(second, unseen), unseen);
      release(x, unseen);
      release(second, unseen);
      return y;
    }
    Tensor sum = TransformerOptions.sum(input, attend(input, mask, keyPaddingMask), unseen);
    Tensor x = norm1.call(sum);
    release(sum, unseen);
    Tensor second = TransformerOptions.sum(x, network(x, unseen), unseen);
    release(x, unseen);
    Tensor y = norm2.call(second);
    release(second, unseen);
    return y;
  }

  /** Refuses masks that do not fit an input, under the names that they have for the caller. */
  void check(
      String op,
      Tensor input,
      String maskName,
      @Nullable Tensor mask,
      String paddingName,
      @Nullable Tensor padding) {
    if (input.dim() == 2 || input.dim() == 3) {
      AttentionMasks.of(op, input, input, attention.numHeads(), options.batchFirst)
          .attention(maskName, mask)
          .padding(paddingName, padding);
    }
  }

  /** Whether the parts are those that were made here, and no hook sees what goes between them. */
  private boolean unseen() {
    return attention.unseen()
        && TransformerOptions.unseen(linear1, Linear.class)
        && TransformerOptions.unseen(linear2, Linear.class)
        && TransformerOptions.unseen(norm1, LayerNorm.class)
        && TransformerOptions.unseen(norm2, LayerNorm.class)
        && TransformerOptions.unseen(dropout, Dropout.class)
        && TransformerOptions.unseen(dropout1, Dropout.class)
        && TransformerOptions.unseen(dropout2, Dropout.class);
  }

  /** Gives back what nobody else has. */
  private static void release(Tensor t, boolean unseen) {
    if (unseen) {
      t.release();
    }
  }

  boolean batchFirst() {
    return options.batchFirst;
  }

  private Tensor attend(Tensor x, @Nullable Tensor mask, @Nullable Tensor padding) {
    return dropout1.call(
        attention
            .forward(x, x, x, c -> c.attnMask(mask).keyPaddingMask(padding).needWeights(false))
            .output());
  }

  private Tensor network(Tensor x, boolean unseen) {
    return options.network(x, linear1, dropout, linear2, dropout2, unseen);
  }
}
