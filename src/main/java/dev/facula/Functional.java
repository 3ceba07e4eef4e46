package dev.facula;

import org.jspecify.annotations.Nullable;

/**
 * The functions of PyTorch's {@code torch.nn.functional}: layers and losses without state.
 *
 * <pre>{@code
 * Tensor hidden = Functional.relu(Functional.linear(x, weight, bias));
 * }</pre>
 */
public final class Functional {
  private Functional() {}

  // ---- dense layers -------------------------------------------------------------------------

  /**
   * y = x W<sup>T</sup> + b.
   *
   * @param x [*, in], with any number of dimensions in front
   * @param weight [out, in], or [in] for an output without the last dimension
   * @param bias [out], or null
   * @return [*, out]
   */
  public static Tensor linear(Tensor x, Tensor weight, @Nullable Tensor bias) {
    return MatMul.linear(x, weight, bias);
  }

  // ---- activations --------------------------------------------------------------------------

  /** max(x, 0). */
  public static Tensor relu(Tensor x) {
    return x.relu();
  }

  // ---- losses -------------------------------------------------------------------------------

  /** The mean of (x - t)<sup>2</sup>. */
  public static Tensor mseLoss(Tensor input, Tensor target) {
    return mseLoss(input, target, Reduction.MEAN);
  }

  /** (x - t)<sup>2</sup>. */
  public static Tensor mseLoss(Tensor input, Tensor target, Reduction reduction) {
    return Losses.mse(input, target, reduction);
  }

  /** The mean of |x - t|. */
  public static Tensor l1Loss(Tensor input, Tensor target) {
    return l1Loss(input, target, Reduction.MEAN);
  }

  /** |x - t|. */
  public static Tensor l1Loss(Tensor input, Tensor target, Reduction reduction) {
    return Losses.l1(input, target, reduction);
  }

  /** {@link #smoothL1Loss(Tensor, Tensor, Reduction, double)} with the mean and beta 1. */
  public static Tensor smoothL1Loss(Tensor input, Tensor target) {
    return smoothL1Loss(input, target, Reduction.MEAN, 1);
  }

  /**
   * 0.5 d<sup>2</sup> / beta where |d| &lt; beta, |d| - 0.5 beta elsewhere, d = x - t.
   *
   * @param beta 0 (which is {@link #l1Loss}) or more
   */
  public static Tensor smoothL1Loss(
      Tensor input, Tensor target, Reduction reduction, double beta) {
    return Losses.smoothL1(input, target, reduction, beta);
  }

  /** {@link #huberLoss(Tensor, Tensor, Reduction, double)} with the mean and delta 1. */
  public static Tensor huberLoss(Tensor input, Tensor target) {
    return huberLoss(input, target, Reduction.MEAN, 1);
  }

  /**
   * 0.5 d<sup>2</sup> where |d| &lt;= delta, delta (|d| - 0.5 delta) elsewhere, d = x - t.
   *
   * @param delta greater than 0
   */
  public static Tensor huberLoss(
      Tensor input, Tensor target, Reduction reduction, double delta) {
    return Losses.huber(input, target, reduction, delta);
  }

  /** The mean cross entropy between scores and the right classes. */
  public static Tensor crossEntropy(Tensor input, Tensor target) {
    return crossEntropy(input, target, null, -100, Reduction.MEAN, 0);
  }

  /**
   * The cross entropy between scores and the right classes: -log(softmax(x)[t]).
   *
   * @param input scores [C], [N, C] or [N, C, d...], before any softmax
   * @param target class indices, INT64, in the input's shape without C; or probabilities of the
   *     classes in the input's shape
   * @param weight a weight for each class [C], or null; the mean is then the weighted one
   * @param ignoreIndex a class index of samples that do not count; PyTorch's default: -100
   * @param reduction NONE, MEAN or SUM
   * @param labelSmoothing from 0 to 1, the part of a sample's probability that is spread evenly
   *     over all classes
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      int ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    return ClassLosses.crossEntropy(
        input, target, weight, ignoreIndex, reduction, labelSmoothing);
  }

  /** The mean of -x[t]. */
  public static Tensor nllLoss(Tensor input, Tensor target) {
    return nllLoss(input, target, null, -100, Reduction.MEAN);
  }

  /**
   * The negative log-likelihood of the right classes: -x[t].
   *
   * @param input logarithms of probabilities [C], [N, C] or [N, C, d...]
   * @param target class indices, INT64, in the input's shape without C
   * @param weight a weight for each class [C], or null; the mean is then the weighted one
   * @param ignoreIndex a class index of samples that do not count; PyTorch's default: -100
   * @throws ShapeException if the shapes do not fit or a class index is out of range
   */
  public static Tensor nllLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, int ignoreIndex, Reduction reduction) {
    return ClassLosses.nll(input, target, weight, ignoreIndex, reduction);
  }

  /** {@link #binaryCrossEntropy(Tensor, Tensor, Tensor, Reduction)} with the mean, no weight. */
  public static Tensor binaryCrossEntropy(Tensor input, Tensor target) {
    return binaryCrossEntropy(input, target, null, Reduction.MEAN);
  }

  /**
   * -w (t log(x) + (1 - t) log(1 - x)), the logarithms at least -100.
   *
   * @param input probabilities
   * @param target probabilities in the same shape
   * @param weight broadcast to the shape, or null
   * @throws IllegalArgumentException if an element of the input is not between 0 and 1
   */
  public static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    return Losses.binaryCrossEntropy(input, target, weight, reduction);
  }

  /** The mean of the next, without weights. */
  public static Tensor binaryCrossEntropyWithLogits(Tensor input, Tensor target) {
    return binaryCrossEntropyWithLogits(input, target, null, null, Reduction.MEAN);
  }

  /**
   * -w (p t log(s) + (1 - t) log(1 - s)) with s = sigmoid(x), exact for large x.
   *
   * @param target probabilities in the input's shape
   * @param weight w, broadcast to the shape, or null
   * @param posWeight p, broadcast to the shape, or null
   */
  public static Tensor binaryCrossEntropyWithLogits(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Tensor posWeight,
      Reduction reduction) {
    return Losses.binaryCrossEntropyWithLogits(input, target, weight, posWeight, reduction);
  }

  /** The mean over all elements of t (log(t) - x). */
  public static Tensor klDiv(Tensor input, Tensor target) {
    return klDiv(input, target, Reduction.MEAN, false);
  }

  /**
   * The Kullback-Leibler divergence t (log(t) - x).
   *
   * @param input logarithms of probabilities
   * @param target probabilities, or their logarithms where logTarget
   * @param reduction BATCHMEAN is the mathematical definition
   */
  public static Tensor klDiv(
      Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    return Losses.klDiv(input, target, reduction, logTarget);
  }

  /**
   * exp(x) - t x, or without logInput x - t log(x + eps): the loss of a Poisson distribution.
   *
   * @param logInput whether the input is the logarithm of the rate
   * @param full whether Stirling's approximation of log(t!) is added where t &gt; 1
   * @param eps keeps the logarithm finite; PyTorch's default: 1e-8
   */
  public static Tensor poissonNllLoss(
      Tensor input,
      Tensor target,
      boolean logInput,
      boolean full,
      double eps,
      Reduction reduction) {
    return Losses.poissonNll(input, target, logInput, full, eps, reduction);
  }

  /**
   * 0.5 (log(v) + (x - t)<sup>2</sup> / v), v = max(var, eps): the loss of a normal distribution.
   *
   * @param var variances in the input's shape, or one for each row
   * @param full whether 0.5 log(2 pi) is added
   * @param eps PyTorch's default: 1e-6
   */
  public static Tensor gaussianNllLoss(
      Tensor input, Tensor target, Tensor var, boolean full, double eps, Reduction reduction) {
    return Losses.gaussianNll(input, target, var, full, eps, reduction);
  }

  /** x where t is 1, max(0, margin - x) where t is -1. */
  public static Tensor hingeEmbeddingLoss(
      Tensor input, Tensor target, double margin, Reduction reduction) {
    return Losses.hingeEmbedding(input, target, margin, reduction);
  }

  /** log(1 + exp(-t x)), t 1 or -1. */
  public static Tensor softMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    return Losses.softMargin(input, target, reduction);
  }

  /** max(0, -t (a - b) + margin), t 1 or -1. */
  public static Tensor marginRankingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    return Losses.marginRanking(input1, input2, target, margin, reduction);
  }

  /** 1 - cos(a, b) where t is 1, max(0, cos(a, b) - margin) where t is -1. */
  public static Tensor cosineEmbeddingLoss(
      Tensor input1, Tensor input2, Tensor target, double margin, Reduction reduction) {
    return Losses.cosineEmbedding(input1, input2, target, margin, reduction);
  }

  /**
   * max(0, d(anchor, positive) - d(anchor, negative) + margin), with the distance d of {@link
   * #pairwiseDistance}.
   *
   * @param margin PyTorch's default: 1
   * @param p the norm; PyTorch's default: 2
   * @param eps PyTorch's default: 1e-6
   * @param swap whether d(positive, negative) is taken where it is the smaller
   */
  public static Tensor tripletMarginLoss(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      double margin,
      double p,
      double eps,
      boolean swap,
      Reduction reduction) {
    return Losses.tripletMargin(anchor, positive, negative, margin, p, eps, swap, reduction);
  }

  /**
   * The mean over the classes i other than t of max(0, margin - x[t] + x[i])<sup>p</sup>.
   *
   * @param input [C] or [N, C]
   * @param target class indices [] or [N]
   * @param p 1 or 2
   * @param weight a weight for each class [C], or null
   */
  public static Tensor multiMarginLoss(
      Tensor input,
      Tensor target,
      int p,
      double margin,
      @Nullable Tensor weight,
      Reduction reduction) {
    return ClassLosses.multiMargin(input, target, p, margin, weight, reduction);
  }

  /**
   * The sum over the right classes t and the others i of max(0, 1 - x[t] + x[i]) / C.
   *
   * @param input [C] or [N, C]
   * @param target in the same shape: the right classes of each sample, then -1
   */
  public static Tensor multilabelMarginLoss(Tensor input, Tensor target, Reduction reduction) {
    return ClassLosses.multilabelMargin(input, target, reduction);
  }

  /** The mean over the classes of {@link #binaryCrossEntropyWithLogits}. */
  public static Tensor multilabelSoftMarginLoss(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    return ClassLosses.multilabelSoftMargin(input, target, weight, reduction);
  }

  // ---- distances ----------------------------------------------------------------------------

  /**
   * The p-norm of a - b + eps along the last dimension.
   *
   * @param p PyTorch's default: 2
   * @param eps PyTorch's default: 1e-6
   * @param keepdim whether the dimension stays with size 1
   */
  public static Tensor pairwiseDistance(
      Tensor a, Tensor b, double p, double eps, boolean keepdim) {
    return Losses.pairwiseDistance(a, b, p, eps, keepdim);
  }

  /**
   * The cosine of the angle between a and b: a b / (max(|a|, eps) max(|b|, eps)).
   *
   * @param dim the dimension of the vectors; PyTorch's default: 1
   * @param eps PyTorch's default: 1e-8
   */
  public static Tensor cosineSimilarity(Tensor a, Tensor b, int dim, double eps) {
    return Losses.cosineSimilarity(a, b, dim, eps);
  }
}
