package dev.facula.nn;

import dev.facula.AttentionOptions;
import dev.facula.DType;
import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Attention with several heads: softmax(Q K<sup>T</sup> / sqrt(d)) V for each head, on projections
 * of query, key and value to d = embedDim / numHeads features, and a projection of all heads'
 * results together.
 *
 * <p>Query [L, batch, embedDim], key [S, batch, kdim] and value [S, batch, vdim]; with batchFirst
 * the batch comes first; all three may lack it. Parameters: {@code in_proj_weight} [3 embedDim,
 * embedDim] (or {@code q_proj_weight}, {@code k_proj_weight}, {@code v_proj_weight} where the sizes
 * differ), {@code in_proj_bias}, {@code out_proj.weight}, {@code out_proj.bias}, and with addBiasKv
 * {@code bias_k} and {@code bias_v}. Source: Vaswani et al., "Attention Is All You Need", 2017.
 *
 * <pre>{@code
 * MultiheadAttention attention = new MultiheadAttention(128, 4, o -> o.batchFirst(true));
 * Tensor x = Tensor.randn(16, 64, 128);
 * Tensor y = attention.forward(x, x, x, c -> c.needWeights(false)).output(); // [16, 64, 128]
 * }</pre>
 */
public class MultiheadAttention extends Layer {
  private final int embedDim;
  private final int numHeads;
  private final int kdim;
  private final int vdim;
  private final double dropout;
  private final boolean batchFirst;
  private final boolean addZeroAttn;

  /** One weight of all three projections, or one of each. */
  private final Slot[] weights;

  private final @Nullable Slot bias;
  private final @Nullable Slot biasK;
  private final @Nullable Slot biasV;
  private Module outProj; // not final, for replace

  /** Options of the layer. */
  public static final class Options {
    private double dropout;
    private boolean bias = true;
    private boolean addBiasKv;
    private boolean addZeroAttn;
    private @Nullable Integer kdim;
    private @Nullable Integer vdim;
    private boolean batchFirst;

    private Options() {}

    /** The dropout of the attention weights, in training. Default: 0. */
    public Options dropout(double p) {
      dropout = p;
      return this;
    }

    /** Whether the projections have biases. Default: true. */
    public Options bias(boolean on) {
      bias = on;
      return this;
    }

    /** Adds a learned step to the keys and values. Default: false. */
    public Options addBiasKv(boolean on) {
      addBiasKv = on;
      return this;
    }

    /** Adds a step of zeros to the keys and values. Default: false. */
    public Options addZeroAttn(boolean on) {
      addZeroAttn = on;
      return this;
    }

    /** The number of features of the keys. Default: embedDim. */
    public Options kdim(int size) {
      kdim = size;
      return this;
    }

    /** The number of features of the values. Default: embedDim. */
    public Options vdim(int size) {
      vdim = size;
      return this;
    }

    /** [batch, steps, features] instead of [steps, batch, features]. Default: false. */
    public Options batchFirst(boolean on) {
      batchFirst = on;
      return this;
    }
  }

  /** Options of one call. */
  public static final class Call {
    private @Nullable Tensor keyPaddingMask;
    private @Nullable Tensor attnMask;
    private boolean needWeights = true;
    private boolean averageAttnWeights = true;
    private boolean isCausal;

    private Call() {}

    /**
     * [batch, S], or [S] without a batch: true, or what is added to the scores, where a key is
     * padding.
     */
    public Call keyPaddingMask(@Nullable Tensor mask) {
      keyPaddingMask = mask;
      return this;
    }

    /**
     * [L, S] or [batch times heads, L, S], [heads, L, S] without a batch: true where a query must
     * not see a key, or what is added to the scores.
     */
    public Call attnMask(@Nullable Tensor mask) {
      attnMask = mask;
      return this;
    }

    /** Says that attnMask, which has to be given, is the causal one. Default: false. */
    public Call isCausal(boolean on) {
      isCausal = on;
      return this;
    }

    /** Whether the attention weights are wanted; without them it is faster. Default: true. */
    public Call needWeights(boolean on) {
      needWeights = on;
      return this;
    }

    /** Whether the weights are averaged over the heads. Default: true. */
    public Call averageAttnWeights(boolean on) {
      averageAttnWeights = on;
      return this;
    }
  }

  /**
   * What a call gives.
   *
   * @param output of the query's shape
   * @param weights [batch, L, S], or [batch, heads, L, S] if not averaged; null if not wanted
   */
  public record Result(Tensor output, @Nullable Tensor weights) {}

  /**
   * Attention with the default options.
   *
   * @param embedDim the number of features
   * @param numHeads the number of heads, which divides embedDim
   */
  public MultiheadAttention(int embedDim, int numHeads) {
    this(embedDim, numHeads, o -> {});
  }

  /** Attention with a dropout of the attention weights. */
  public MultiheadAttention(int embedDim, int numHeads, double dropout) {
    this(embedDim, numHeads, o -> o.dropout(dropout));
  }

  /**
   * Attention.
   *
   * @param embedDim the number of features
   * @param numHeads the number of heads, which divides embedDim
   * @param options dropout (0), bias (true), addBiasKv (false), addZeroAttn (false), kdim
   *     (embedDim), vdim (embedDim), batchFirst (false)
   */
  public MultiheadAttention(int embedDim, int numHeads, Consumer<Options> options) {
    Options o = Check.with(new Options(), options);
    this.embedDim = Check.atLeast("MultiheadAttention", "embedDim", embedDim, 1);
    this.numHeads = Check.atLeast("MultiheadAttention", "numHeads", numHeads, 1);
    if (embedDim % numHeads != 0) {
      throw new IllegalArgumentException(
          "MultiheadAttention: numHeads must divide embedDim, were %s and %s"
              .formatted(numHeads, embedDim));
    }
    dropout = Check.probability("MultiheadAttention", o.dropout);
    batchFirst = o.batchFirst;
    addZeroAttn = o.addZeroAttn;
    kdim = o.kdim == null ? embedDim : o.kdim;
    vdim = o.vdim == null ? embedDim : o.vdim;
    int three = Check.product("MultiheadAttention", "the size of q, k and v", 3, embedDim);
    weights =
        kdim == embedDim && vdim == embedDim
            ? new Slot[] {slot("in_proj_weight", Tensor.zeros(three, embedDim))}
            : new Slot[] {
              slot("q_proj_weight", Tensor.zeros(embedDim, embedDim)),
              slot("k_proj_weight", Tensor.zeros(embedDim, kdim)),
              slot("v_proj_weight", Tensor.zeros(embedDim, vdim))
            };
    bias = o.bias ? slot("in_proj_bias", Tensor.zeros(three)) : null;
    Linear out = register("out_proj", new Linear(embedDim, embedDim, l -> l.bias(o.bias)));
    outProj = out;
    biasK = o.addBiasKv ? slot("bias_k", Tensor.zeros(1, 1, embedDim)) : null;
    biasV = o.addBiasKv ? slot("bias_v", Tensor.zeros(1, 1, embedDim)) : null;
    resetParameters();
  }

  /** The number of features. */
  public final int embedDim() {
    return embedDim;
  }

  /** The number of features of a head. */
  public final int headDim() {
    return embedDim / numHeads;
  }

  /** The number of features of the keys. */
  public final int kdim() {
    return kdim;
  }

  /** The number of features of the values. */
  public final int vdim() {
    return vdim;
  }

  /** The dropout of the attention weights. */
  public final double dropout() {
    return dropout;
  }

  /** Whether the batch comes first. */
  public final boolean batchFirst() {
    return batchFirst;
  }

  /** Whether a step of zeros is added to the keys and values. */
  public final boolean addZeroAttn() {
    return addZeroAttn;
  }

  /** The learned step of the keys, or null. */
  public final @Nullable Tensor biasK() {
    return Slot.read(biasK);
  }

  /** The learned step of the values, or null. */
  public final @Nullable Tensor biasV() {
    return Slot.read(biasV);
  }

  /** The weight of the three projections, or null where their sizes differ. */
  public final @Nullable Tensor inProjWeight() {
    return weights.length == 1 ? weights[0].get() : null;
  }

  /** The bias of the three projections, or null. */
  public final @Nullable Tensor inProjBias() {
    return Slot.read(bias);
  }

  /** The last projection, or what {@link #replace} has put there. */
  public final Module outProj() {
    return outProj;
  }

  /** The number of heads. */
  public final int numHeads() {
    return numHeads;
  }

  /** Draws the initial weights of the projections of the inputs anew (Xavier). */
  public void resetParameters() {
    for (Slot w : weights) {
      Init.xavierUniform_(w.get());
    }
    Tensor outBias = outProj instanceof Linear out ? out.bias() : null;
    if (bias != null && outBias != null) {
      Init.zeros_(bias.get());
      Init.zeros_(outBias);
    }
    if (biasK != null && biasV != null) {
      Init.xavierNormal_(biasK.get());
      Init.xavierNormal_(biasV.get());
    }
  }

  @Override
  public Tensor call(Tensor input) {
    return forward(input); // which runs the hooks in the forward that it calls
  }

  /** The attention of a sequence to itself, without the weights. */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, input, input, c -> c.needWeights(false)).output();
  }

  /** The attention of queries to keys, with the weights. */
  public Result forward(Tensor query, Tensor key, Tensor value) {
    return forward(query, key, value, c -> {});
  }

  /**
   * The attention of queries to keys.
   *
   * @param call keyPaddingMask (null), needWeights (true), attnMask (null), averageAttnWeights
   *     (true), isCausal (false)
   */
  public Result forward(Tensor query, Tensor key, Tensor value, Consumer<Call> call) {
    if (hooked()) {
      return call((q, k, v) -> forward(q, k, v, call), query, key, value);
    }
    Call c = Check.with(new Call(), call);
    if (c.isCausal && c.attnMask == null) {
      throw new IllegalArgumentException(
          "MultiheadAttention: isCausal needs attnMask: give"
              + " Transformer.generateSquareSubsequentMask(steps)");
    }
    Objects.requireNonNull(query, "query");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(value, "value");
    boolean batched = query.dim() == 3;
    if (!batched && query.dim() != 2 || !belong(query, key, value)) {
      throw new ShapeException(
          ("MultiheadAttention(%s, %s heads): expected query, key and value of 3 dimensions"
                  + " %s, or of 2 without a batch, with %s, %s and %s features, one batch, and as"
                  + " many steps in key as in value; got %s, %s, %s")
              .formatted(
                  embedDim,
                  numHeads,
                  batchFirst ? "[batch, steps, features]" : "[steps, batch, features]",
                  embedDim,
                  kdim,
                  vdim,
                  Arrays.toString(query.shape()),
                  Arrays.toString(key.shape()),
                  Arrays.toString(value.shape())));
    }
    AttentionMasks masks =
        AttentionMasks.of("MultiheadAttention", query, key, numHeads, batchFirst)
            .attention("attnMask", c.attnMask)
            .padding("keyPaddingMask", c.keyPaddingMask);
    if (c.needWeights) {
      masks.exact(c.attnMask, c.keyPaddingMask);
    }
    masks.warnOfNaN("attnMask", c.attnMask);
    masks.warnOfNaN("keyPaddingMask", c.keyPaddingMask);
    Tensor[] in = project(query, key, value);
    Result r = attend(in[0], in[1], in[2], c, batched);
    return new Result(batched ? stepsFirst(r.output) : r.output.squeeze(batchDim()), r.weights);
  }

  /**
   * In PyTorch's memory order, where a step of all sequences follows the other, and in which what
   * comes after draws its dropout; nothing is drawn in evaluation without a graph.
   */
  private Tensor stepsFirst(Tensor output) {
    Tensor transposed = output.transpose(0, 1);
    boolean evaluated = !isTraining() && !output.requiresGrad();
    if (!batchFirst || evaluated || transposed.isContiguous()) {
      return output;
    }
    Tensor copy = transposed.contiguous();
    if (Layer.unseen(outProj, Linear.class)) {
      output.release();
    }
    return copy.transpose(0, 1);
  }

  /** Whether these are operands of one attention. */
  private boolean belong(Tensor query, Tensor key, Tensor value) {
    int rank = query.dim();
    boolean same = key.dim() == rank && value.dim() == rank;
    for (int d = 0; same && d < rank - 1; d++) {
      same = key.size(d) == value.size(d);
    }
    return same
        && (rank == 2 || query.size(batchDim()) == key.size(batchDim()))
        && query.size(-1) == embedDim
        && key.size(-1) == kdim
        && value.size(-1) == vdim;
  }

  private int batchDim() {
    return batchFirst ? 0 : 1;
  }

  private Tensor batched(Tensor x) {
    return x.dim() == 2 ? x.unsqueeze(batchDim()) : x;
  }

  /** The projections of query, key and value; one product where all three are the same. */
  @SuppressWarnings("ReferenceEquality")
  private Tensor[] project(Tensor q, Tensor k, Tensor v) {
    Tensor bias = Slot.read(this.bias);
    if (weights.length == 1 && q == k && k == v) {
      Tensor all = Functional.linear(batched(q), weights[0].get(), bias);
      return all.chunk(3, -1).toArray(new Tensor[0]); // in one memory
    }
    List<Tensor> w =
        weights.length == 1
            ? weights[0].get().chunk(3, 0)
            : List.of(weights[0].get(), weights[1].get(), weights[2].get());
    List<Tensor> b = bias == null ? List.of() : bias.chunk(3, 0);
    Tensor[] inputs = {batched(q), batched(k), batched(v)};
    for (int i = 0; i < 3; i++) {
      inputs[i] = Functional.linear(inputs[i], w.get(i), b.isEmpty() ? null : b.get(i));
    }
    return inputs;
  }

  private Result attend(Tensor q, Tensor keys, Tensor values, Call c, boolean batched) {
    q = heads(q);
    Tensor k = heads(keys);
    Tensor v = heads(values);
    int batch = q.size(0);
    int steps = q.size(2);
    Tensor padding = additive(c.keyPaddingMask, q.dtype());
    Tensor mask = additive(c.attnMask, q.dtype());
    if (biasK != null && biasV != null) {
      k = Tensor.cat(List.of(k, heads(biasK.get()).expand(batch, -1, -1, -1)), 2);
      v = Tensor.cat(List.of(v, heads(biasV.get()).expand(batch, -1, -1, -1)), 2);
      padding = widened(padding);
      mask = widened(mask);
    }
    if (addZeroAttn) {
      Tensor zeros = Tensor.zeros(k.dtype(), batch, numHeads, 1, embedDim / numHeads);
      k = Tensor.cat(List.of(k, zeros), 2);
      v = Tensor.cat(List.of(v, zeros), 2);
      padding = widened(padding);
      mask = widened(mask);
    }
    int length = k.size(2);
    Tensor scores = null;
    if (mask != null) {
      scores = mask.dim() == 3 ? mask.reshape(batch, numHeads, steps, length) : mask;
    }
    if (padding != null) {
      Tensor p = padding.reshape(batch, 1, 1, length);
      scores = scores == null ? p : scores.add(p);
    }
    double drop = isTraining() ? dropout : 0;
    if (!c.needWeights) {
      Tensor y =
          Functional.scaledDotProductAttention(
              q, k, v, new AttentionOptions().attnMask(scores).dropoutP(drop));
      Tensor output = joined(y);
      for (Tensor t : new Tensor[] {y, q, keys, values}) {
        if (t != y || Layer.unseen(outProj, Linear.class)) {
          t.release(); // nobody else has them
        }
      }
      return new Result(output, null);
    }
    Tensor s = q.mul(Math.sqrt((double) numHeads / embedDim)).matmul(k.transpose(-2, -1));
    Tensor w = (scores == null ? s : s.add(scores)).softmax(-1);
    w = drop > 0 ? Functional.dropout(w, drop, true) : w;
    Tensor seen = c.averageAttnWeights ? w.mean(1) : w;
    return new Result(joined(w.matmul(v)), batched ? seen : seen.squeeze(0));
  }

  /** Whether no hook sees the inputs, the output, or what is projected last. */
  boolean unseen() {
    return unhooked() && Layer.unseen(outProj, Linear.class);
  }

  /** Features of a sequence as [batch, heads, steps, features of a head]. */
  private Tensor heads(Tensor x) {
    Tensor parts = x.unflatten(-1, numHeads, embedDim / numHeads);
    return batchFirst ? parts.permute(0, 2, 1, 3) : parts.permute(1, 2, 0, 3);
  }

  private Tensor joined(Tensor y) {
    Tensor parts = batchFirst ? y.permute(0, 2, 1, 3) : y.permute(2, 0, 1, 3);
    return outProj.call(parts.flatten(-2, -1));
  }

  /** A mask as what is added to the scores. */
  private static @Nullable Tensor additive(@Nullable Tensor mask, DType dtype) {
    if (mask == null || mask.isFloatingPoint()) {
      return mask;
    }
    return Tensor.where(
        mask, Tensor.scalar(dtype, Double.NEGATIVE_INFINITY), Tensor.scalar(dtype, 0));
  }

  /** A mask with a column more, which hides nothing. */
  private static @Nullable Tensor widened(@Nullable Tensor mask) {
    if (mask == null) {
      return null;
    }
    int[] shape = mask.shape();
    shape[shape.length - 1] = 1;
    return Tensor.cat(List.of(mask, Tensor.zeros(mask.dtype(), shape)), -1);
  }
}
