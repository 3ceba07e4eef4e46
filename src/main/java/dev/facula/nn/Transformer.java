package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An encoder and a decoder of several layers each, with a norm at their ends.
 *
 * <p>Source [S, batch, dModel], target and output [T, batch, dModel]; with batchFirst the batch
 * comes first. All weights of more than one dimension are drawn by Xavier's rule. Source: Vaswani
 * et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * Transformer net = new Transformer(64, 4, 2, 2, o -> o.dimFeedforward(128).batchFirst(true));
 * Tensor y = net.forward(Tensor.randn(8, 30, 64), Tensor.randn(8, 20, 64), m -> m.causal(true));
 * }</pre>
 */
public final class Transformer extends Layer {
  private TransformerEncoder encoder;
  private TransformerDecoder decoder;

  /** The masks of a call; each is null for none. */
  public static final class Masks {
    private @Nullable Tensor source;
    private @Nullable Tensor sourcePadding;
    private boolean causal;
    private final TransformerDecoderLayer.Masks decoder = new TransformerDecoderLayer.Masks();

    private Masks() {}

    /** [S, S]: true, or what is added, where a step of the source must not see another. */
    public Masks source(@Nullable Tensor mask) {
      source = mask;
      return this;
    }

    /** [batch, S], or [S] without a batch: true where a step of the source is padding. */
    public Masks sourcePadding(@Nullable Tensor mask) {
      sourcePadding = mask;
      return this;
    }

    /** [T, T]: true, or what is added, where a step of the target must not see another. */
    public Masks target(@Nullable Tensor mask) {
      decoder.target(mask);
      return this;
    }

    /** [batch, T], or [T] without a batch: true where a step of the target is padding. */
    public Masks targetPadding(@Nullable Tensor mask) {
      decoder.targetPadding(mask);
      return this;
    }

    /** [T, S]: true, or what is added, where the target must not see a step of the memory. */
    public Masks memory(@Nullable Tensor mask) {
      decoder.memory(mask);
      return this;
    }

    /** [batch, S], or [S] without a batch: true where a step of the memory is padding. */
    public Masks memoryPadding(@Nullable Tensor mask) {
      decoder.memoryPadding(mask);
      return this;
    }

    /** Lets each step of the target see itself and those before it; replaces target. */
    public Masks causal(boolean on) {
      causal = on;
      return this;
    }
  }

  /**
   * A transformer.
   *
   * @param dModel the number of features
   * @param numHeads the number of heads, which divides dModel
   * @param encoderLayers how many layers the encoder has; PyTorch's default is 6
   * @param decoderLayers how many layers the decoder has; PyTorch's default is 6
   * @param options those of the layers
   */
  public Transformer(
      int dModel,
      int numHeads,
      int encoderLayers,
      int decoderLayers,
      Consumer<TransformerOptions> options) {
    TransformerOptions o = new TransformerOptions();
    options.accept(o);
    encoder =
        register(
            "encoder",
            new TransformerEncoder(
                () -> new TransformerEncoderLayer(dModel, numHeads, options),
                encoderLayers,
                o.norm(dModel)));
    decoder =
        register(
            "decoder",
            new TransformerDecoder(
                () -> new TransformerDecoderLayer(dModel, numHeads, options),
                decoderLayers,
                o.norm(dModel)));
    resetParameters();
  }

  /** Draws the initial weights anew. */
  public void resetParameters() {
    for (Tensor p : parameters()) {
      if (p.dim() > 1) {
        Init.xavierUniform_(p);
      }
    }
  }

  /** The output without masks. */
  public Tensor forward(Tensor source, Tensor target) {
    return forward(source, target, m -> {});
  }

  /**
   * The output with masks.
   *
   * @param masks source, sourcePadding, target, targetPadding, memory, memoryPadding, causal
   */
  public Tensor forward(Tensor source, Tensor target, Consumer<Masks> masks) {
    if (hooked()) {
      return call((s, t) -> forward(s, t, masks), source, target);
    }
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(target, "target");
    Masks m = new Masks();
    Objects.requireNonNull(masks, "masks").accept(m);
    encoder.check(
        "Transformer",
        source,
        "the mask source",
        m.source,
        "the mask sourcePadding",
        m.sourcePadding);
    decoder.check("Transformer", target, source, m.decoder); // the memory has the source's shape
    if (m.causal) {
      int steps = target.dim() == 3 && encoder.batchFirst() ? target.size(1) : target.size(0);
      m.target(causalMask(steps));
    }
    Tensor memory = encoder.forward(source, m.source, m.sourcePadding);
    return decoder.forward(target, memory, m.decoder);
  }

  /** The mask [n, n] that hides from each step those after it. */
  public static Tensor causalMask(int n) {
    return Tensor.ones(DType.BOOL, n, n).triu(1);
  }
}
