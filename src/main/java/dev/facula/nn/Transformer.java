package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An encoder and a decoder of several layers each, with a norm at their ends.
 *
 * <p>Shape: source [S, batch, dModel], target and output [T, batch, dModel]; with batchFirst the
 * batch comes first. All weights of more than one dimension are drawn by Xavier's rule. Source:
 * Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * Transformer net = new Transformer(64, 4, 2, 2, o -> o.dimFeedforward(128).batchFirst(true));
 * Tensor y = net.forward(Tensor.randn(8, 30, 64), Tensor.randn(8, 20, 64), m -> m.tgtIsCausal(true));
 * }</pre>
 *
 * <p>A subclass may override the forward with masks.
 */
public class Transformer extends Layer {
  private TransformerEncoder encoder;
  private TransformerDecoder decoder;

  /** The masks of a call; each is null for none. */
  public static final class Masks {
    private @Nullable Tensor srcMask;
    private @Nullable Tensor srcKeyPaddingMask;
    private boolean tgtIsCausal;
    private final TransformerDecoderLayer.Masks decoder = new TransformerDecoderLayer.Masks();

    private Masks() {}

    /** [S, S]: true, or what is added, where a step of the source must not see another. */
    public Masks srcMask(@Nullable Tensor mask) {
      srcMask = mask;
      return this;
    }

    /** [batch, S], or [S] without a batch: true where a step of the source is padding. */
    public Masks srcKeyPaddingMask(@Nullable Tensor mask) {
      srcKeyPaddingMask = mask;
      return this;
    }

    /** [T, T]: true, or what is added, where a step of the target must not see another. */
    public Masks tgtMask(@Nullable Tensor mask) {
      decoder.tgtMask(mask);
      return this;
    }

    /** [batch, T], or [T] without a batch: true where a step of the target is padding. */
    public Masks tgtKeyPaddingMask(@Nullable Tensor mask) {
      decoder.tgtKeyPaddingMask(mask);
      return this;
    }

    /** [T, S]: true, or what is added, where the target must not see a step of the memory. */
    public Masks memoryMask(@Nullable Tensor mask) {
      decoder.memoryMask(mask);
      return this;
    }

    /** [batch, S], or [S] without a batch: true where a step of the memory is padding. */
    public Masks memoryKeyPaddingMask(@Nullable Tensor mask) {
      decoder.memoryKeyPaddingMask(mask);
      return this;
    }

    /** Lets each step of the target see itself and those before it; replaces tgtMask. */
    public Masks tgtIsCausal(boolean on) {
      tgtIsCausal = on;
      return this;
    }
  }

  /** PyTorch's default: 512 features, 8 heads, 6 layers each. */
  public Transformer() {
    this(512, 8);
  }

  /** Six layers each, with the default options. */
  public Transformer(int dModel, int nhead) {
    this(dModel, nhead, o -> {});
  }

  /** Six layers each. */
  public Transformer(int dModel, int nhead, Consumer<TransformerOptions> options) {
    this(dModel, nhead, 6, 6, options);
  }

  /** A transformer with the default options. */
  public Transformer(int dModel, int nhead, int numEncoderLayers, int numDecoderLayers) {
    this(dModel, nhead, numEncoderLayers, numDecoderLayers, o -> {});
  }

  /**
   * A transformer.
   *
   * @param dModel the number of features; default 512
   * @param nhead the number of heads, which divides dModel; default 8
   * @param numEncoderLayers how many layers the encoder has; default 6
   * @param numDecoderLayers how many layers the decoder has; default 6
   * @param options those of the layers: dimFeedforward (2048), dropout (0.1), activation (relu),
   *     layerNormEps (1e-5), batchFirst (false), normFirst (false), bias (true)
   */
  public Transformer(
      int dModel,
      int nhead,
      int numEncoderLayers,
      int numDecoderLayers,
      Consumer<TransformerOptions> options) {
    TransformerOptions o = Check.with(new TransformerOptions(), options);
    encoder =
        register(
            "encoder",
            new TransformerEncoder(
                () -> new TransformerEncoderLayer(dModel, nhead, options),
                numEncoderLayers,
                o.norm(dModel)));
    decoder =
        register(
            "decoder",
            new TransformerDecoder(
                () -> new TransformerDecoderLayer(dModel, nhead, options),
                numDecoderLayers,
                o.norm(dModel)));
    draw();
  }

  /** An encoder and a decoder of one's own: PyTorch's customEncoder and customDecoder. */
  public Transformer(TransformerEncoder customEncoder, TransformerDecoder customDecoder) {
    encoder = register("encoder", customEncoder);
    decoder = register("decoder", customDecoder);
    draw();
  }

  private void draw() {
    for (Tensor p : parameters()) {
      if (p.dim() > 1) {
        Init.xavierUniform_(p);
      }
    }
  }

  /** Draws the initial weights anew. */
  public void resetParameters() {
    draw();
  }

  /** The encoder. */
  public final TransformerEncoder encoder() {
    return encoder;
  }

  /** The decoder. */
  public final TransformerDecoder decoder() {
    return decoder;
  }

  /** Whether the batch comes first, as the layers of the encoder say. */
  public final boolean batchFirst() {
    return encoder.batchFirst();
  }

  /** The output without masks. */
  public final Tensor forward(Tensor src, Tensor tgt) {
    return forward(src, tgt, m -> {});
  }

  /**
   * The output with masks.
   *
   * @param masks srcMask, tgtMask, memoryMask, srcKeyPaddingMask, tgtKeyPaddingMask,
   *     memoryKeyPaddingMask, tgtIsCausal
   */
  public Tensor forward(Tensor src, Tensor tgt, Consumer<Masks> masks) {
    if (hooked()) {
      return call((s, t) -> forward(s, t, masks), src, tgt);
    }
    Objects.requireNonNull(src, "src");
    Objects.requireNonNull(tgt, "tgt");
    Masks m = Check.with(new Masks(), masks);
    encoder.check("Transformer", src, "srcMask", m.srcMask, m.srcKeyPaddingMask);
    decoder.check("Transformer", tgt, src, m.decoder); // the memory has the source's shape
    if (m.tgtIsCausal) {
      int steps = tgt.dim() == 3 && encoder.batchFirst() ? tgt.size(1) : tgt.size(0);
      m.tgtMask(Tensor.ones(DType.BOOL, steps, steps).triu(1));
    }
    Tensor memory = encoder.forward(src, m.srcMask, m.srcKeyPaddingMask);
    return decoder.forward(tgt, memory, m.decoder);
  }

  /**
   * The mask [size, size] that hides from each step those after it: -infinity above the diagonal,
   * zeros elsewhere.
   */
  public static Tensor generateSquareSubsequentMask(int size) {
    return Tensor.full(DType.FLOAT32, Double.NEGATIVE_INFINITY, size, size).triu(1);
  }
}
