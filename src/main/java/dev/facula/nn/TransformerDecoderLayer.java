package dev.facula.nn;

import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, attention to the output of an encoder, and a network of two
 * linear layers, each added to its input and normalised.
 *
 * <p>Input and output [steps, batch, dModel], with batchFirst [batch, steps, dModel]. Source:
 * Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * var layer = new TransformerDecoderLayer(128, 4, o -> o.batchFirst(true));
 * Tensor y = layer.forward(Tensor.randn(16, 20, 128), Tensor.randn(16, 64, 128)); // [16, 20, 128]
 * }</pre>
 */
public final class TransformerDecoderLayer extends Layer {
  private final TransformerOptions options = new TransformerOptions();
  // Not final, and for any module, for replace.
  private MultiheadAttention selfAttention;
  private MultiheadAttention memoryAttention;
  private Module linear1;
  private Module dropout;
  private Module linear2;
  private Module norm1;
  private Module norm2;
  private Module norm3;
  private Module dropout1;
  private Module dropout2;
  private Module dropout3;

  /** The masks of a call; each is null for none. */
  public static final class Masks {
    private @Nullable Tensor target;
    private @Nullable Tensor memory;
    private @Nullable Tensor targetPadding;
    private @Nullable Tensor memoryPadding;

    Masks() {}

    /**
     * [steps, steps] or [batch times heads, steps, steps]: true, or what is added, where a step
     * must not see another.
     */
    public Masks target(@Nullable Tensor mask) {
      target = mask;
      return this;
    }

    /** [steps, steps of the memory]: the same for the encoder's output. */
    public Masks memory(@Nullable Tensor mask) {
      memory = mask;
      return this;
    }

    /** [batch, steps], or [steps] without a batch: true where a step is padding. */
    public Masks targetPadding(@Nullable Tensor mask) {
      targetPadding = mask;
      return this;
    }

    /** [batch, steps of the memory]: the same for the encoder's output. */
    public Masks memoryPadding(@Nullable Tensor mask) {
      memoryPadding = mask;
      return this;
    }
  }

  /** A layer with the default options. */
  public TransformerDecoderLayer(int dModel, int numHeads) {
    this(dModel, numHeads, o -> {});
  }

  /**
   * A layer.
   *
   * @param dModel the number of features
   * @param numHeads the number of heads, which divides dModel
   * @param setter dimFeedforward, dropout, activation, layerNormEps, batchFirst, normFirst, bias
   */
  public TransformerDecoderLayer(int dModel, int numHeads, Consumer<TransformerOptions> setter) {
    setter.accept(options);
    selfAttention = register("self_attn", options.attention(dModel, numHeads));
    memoryAttention = register("multihead_attn", options.attention(dModel, numHeads));
    linear1 =
        register("linear1", new Linear(dModel, options.dimFeedforward, o -> o.bias(options.bias)));
    dropout = register("dropout", new Dropout(options.dropout));
    linear2 =
        register("linear2", new Linear(options.dimFeedforward, dModel, o -> o.bias(options.bias)));
    norm1 = register("norm1", options.norm(dModel));
    norm2 = register("norm2", options.norm(dModel));
    norm3 = register("norm3", options.norm(dModel));
    dropout1 = register("dropout1", new Dropout(options.dropout));
    dropout2 = register("dropout2", new Dropout(options.dropout));
    dropout3 = register("dropout3", new Dropout(options.dropout));
  }

  /** The output without masks. */
  public Tensor forward(Tensor target, Tensor memory) {
    return forward(target, memory, m -> {});
  }

  /**
   * The output with masks.
   *
   * @param memory the output of an encoder
   * @param masks target, memory, targetPadding, memoryPadding
   */
  public Tensor forward(Tensor target, Tensor memory, Consumer<Masks> masks) {
    Masks m = new Masks();
    masks.accept(m);
    return forward(target, memory, m);
  }

  /** Refuses masks that do not fit their sequences. */
  void check(String op, Tensor target, Tensor memory, Masks m) {
    if ((target.dim() == 2 || target.dim() == 3) && memory.dim() == target.dim()) {
      int heads = selfAttention.numHeads();
      AttentionMasks.of(op, target, target, heads, options.batchFirst)
          .attention("the mask target", m.target)
          .padding("the mask targetPadding", m.targetPadding);
      AttentionMasks.of(op, target, memory, heads, options.batchFirst)
          .attention("the mask memory", m.memory)
          .padding("the mask memoryPadding", m.memoryPadding);
    }
  }

  Tensor forward(Tensor target, Tensor memory, Masks m) {
    if (hooked()) {
      return call((x, y) -> forward(x, y, m), target, memory);
    }
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(memory, "memory");
    check("TransformerDecoderLayer", target, memory, m);
    boolean unseen = unseen();
    if (options.normFirst) {
      Tensor first = norm1.call(target);
      Tensor x = TransformerOptions.sum(target, attendSelf(first, m), unseen);
      Tensor second = norm2.call(x);
      Tensor y = TransformerOptions.sum(x, attendMemory(second, memory, m), unseen);
      Tensor third = norm3.call(y);
      Tensor z = TransformerOptions.sum(y, network(third, unseen), unseen);
      release(unseen, first, x, second, y, third);
      return z;
    }
    Tensor first = TransformerOptions.sum(target, attendSelf(target, m), unseen);
    Tensor x = norm1.call(first);
    Tensor second = TransformerOptions.sum(x, attendMemory(x, memory, m), unseen);
    Tensor y = norm2.call(second);
    Tensor third = TransformerOptions.sum(y, network(y, unseen), unseen);
    Tensor z = norm3.call(third);
    release(unseen, first, x, second, y, third);
    return z;
  }

  /** Whether the parts are those that were made here, and no hook sees what goes between them. */
  private boolean unseen() {
    return selfAttention.unseen()
        && memoryAttention.unseen()
        && TransformerOptions.unseen(linear1, Linear.class)
        && TransformerOptions.unseen(linear2, Linear.class)
        && TransformerOptions.unseen(norm1, LayerNorm.class)
        && TransformerOptions.unseen(norm2, LayerNorm.class)
        && TransformerOptions.unseen(norm3, LayerNorm.class)
        && TransformerOptions.unseen(dropout, Dropout.class)
        && TransformerOptions.unseen(dropout1, Dropout.class)
        && TransformerOptions.unseen(dropout2, Dropout.class)
        && TransformerOptions.unseen(dropout3, Dropout.class);
  }

  /** Gives back what nobody else has. */
  private static void release(boolean unseen, Tensor... tensors) {
    for (Tensor t : tensors) {
      if (unseen) {
        t.release();
      }
    }
  }

  private Tensor attendSelf(Tensor x, Masks m) {
    return dropout1.call(
        selfAttention
            .forward(
                x,
                x,
                x,
                c -> c.attnMask(m.target).keyPaddingMask(m.targetPadding).needWeights(false))
            .output());
  }

  private Tensor attendMemory(Tensor x, Tensor memory, Masks m) {
    return dropout2.call(
        memoryAttention
            .forward(
                x,
                memory,
                memory,
                c -> c.attnMask(m.memory).keyPaddingMask(m.memoryPadding).needWeights(false))
            .output());
  }

  private Tensor network(Tensor x, boolean unseen) {
    return options.network(x, linear1, dropout, linear2, dropout3, unseen);
  }
}
