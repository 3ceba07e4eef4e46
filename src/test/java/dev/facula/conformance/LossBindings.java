package dev.facula.conformance;

import dev.facula.Functional;
import dev.facula.Reduction;
import dev.facula.Tensor;
import java.util.Locale;

/** Losses and distances. */
final class LossBindings {
  private LossBindings() {}

  static void addTo(Bindings b) {
    elementwise(b);
    classes(b);
    margins(b);
    triplets(b);
    distances(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static Tensor t(Arguments a) {
    return a.tensor(1, "target");
  }

  private static Reduction reduction(Arguments a) {
    String name = a.string(-1, "reduction", "mean");
    for (Reduction r : Reduction.values()) {
      if (r.name().toLowerCase(Locale.ROOT).equals(name)) {
        return r;
      }
    }
    throw new Arguments.InexpressibleException("no reduction " + name);
  }

  private static Tensor weight(Arguments a) {
    return a.optionalTensor(-1, "weight");
  }

  private static void elementwise(Bindings b) {
    String f = "nn.functional.";
    b.sums(f + "mse_loss", a -> Functional.mseLoss(x(a), t(a), o -> o.reduction(reduction(a))));
    b.sums(f + "l1_loss", a -> Functional.l1Loss(x(a), t(a), o -> o.reduction(reduction(a))));
    b.sums(
        f + "smooth_l1_loss",
        a ->
            Functional.smoothL1Loss(
                x(a), t(a), o -> o.reduction(reduction(a)).beta(a.real(-1, "beta", 1))));
    b.sums(
        f + "huber_loss",
        a ->
            Functional.huberLoss(
                x(a), t(a), o -> o.reduction(reduction(a)).delta(a.real(-1, "delta", 1))));
    b.sums(
        f + "binary_cross_entropy",
        a ->
            Functional.binaryCrossEntropy(
                x(a), t(a), o -> o.weight(weight(a)).reduction(reduction(a))));
    b.sums(
        f + "binary_cross_entropy_with_logits",
        a ->
            Functional.binaryCrossEntropyWithLogits(
                x(a),
                t(a),
                o ->
                    o.weight(weight(a))
                        .posWeight(a.optionalTensor(-1, "pos_weight"))
                        .reduction(reduction(a))));
    b.sums(
        f + "kl_div",
        a ->
            Functional.klDiv(
                x(a),
                t(a),
                o -> o.reduction(reduction(a)).logTarget(a.flag(-1, "log_target", false))));
    b.sums(
        f + "poisson_nll_loss",
        a ->
            Functional.poissonNllLoss(
                x(a),
                t(a),
                o ->
                    o.logInput(a.flag(-1, "log_input", true))
                        .full(a.flag(-1, "full", false))
                        .eps(a.real(-1, "eps", 1e-8))
                        .reduction(reduction(a))));
    b.sums(
        f + "gaussian_nll_loss",
        a ->
            Functional.gaussianNllLoss(
                x(a),
                t(a),
                a.tensor(2, "var"),
                o ->
                    o.full(a.flag(-1, "full", false))
                        .eps(a.real(-1, "eps", 1e-6))
                        .reduction(reduction(a))));
  }

  private static void classes(Bindings b) {
    String f = "nn.functional.";
    b.sums(
        f + "cross_entropy",
        a ->
            Functional.crossEntropy(
                x(a),
                t(a),
                o ->
                    o.weight(weight(a))
                        .ignoreIndex(a.integer(-1, "ignore_index", -100))
                        .reduction(reduction(a))
                        .labelSmoothing(a.real(-1, "label_smoothing", 0))));
    b.sums(
        f + "linear_cross_entropy",
        a ->
            Functional.linearCrossEntropy(
                x(a),
                a.tensor(1, "linear_weight"),
                a.tensor(2, "target"),
                o ->
                    o.linearBias(a.optionalTensor(-1, "linear_bias"))
                        .weight(weight(a))
                        .ignoreIndex(a.integer(-1, "ignore_index", -100))
                        .reduction(reduction(a))
                        .labelSmoothing(a.real(-1, "label_smoothing", 0))));
    b.sums(
        f + "nll_loss",
        a ->
            Functional.nllLoss(
                x(a),
                t(a),
                o ->
                    o.weight(weight(a))
                        .ignoreIndex(a.integer(-1, "ignore_index", -100))
                        .reduction(reduction(a))));
    b.sums(
        f + "multi_margin_loss",
        a ->
            Functional.multiMarginLoss(
                x(a),
                t(a),
                o ->
                    o.p(a.integer(2, "p", 1))
                        .margin(a.real(-1, "margin", 1))
                        .weight(weight(a))
                        .reduction(reduction(a))));
    b.sums(
        f + "multilabel_margin_loss",
        a -> Functional.multilabelMarginLoss(x(a), t(a), o -> o.reduction(reduction(a))));
    b.sums(
        f + "multilabel_soft_margin_loss",
        a ->
            Functional.multilabelSoftMarginLoss(
                x(a), t(a), o -> o.weight(weight(a)).reduction(reduction(a))));
  }

  private static void margins(Bindings b) {
    String f = "nn.functional.";
    b.sums(
        f + "hinge_embedding_loss",
        a ->
            Functional.hingeEmbeddingLoss(
                x(a), t(a), o -> o.margin(a.real(-1, "margin", 1)).reduction(reduction(a))));
    b.sums(
        f + "soft_margin_loss",
        a -> Functional.softMarginLoss(x(a), t(a), o -> o.reduction(reduction(a))));
    b.sums(
        f + "margin_ranking_loss",
        a ->
            Functional.marginRankingLoss(
                a.tensor(0, "input1"),
                a.tensor(1, "input2"),
                a.tensor(2, "target"),
                o -> o.margin(a.real(-1, "margin", 0)).reduction(reduction(a))));
    b.sums(
        f + "cosine_embedding_loss",
        a ->
            Functional.cosineEmbeddingLoss(
                a.tensor(0, "input1"),
                a.tensor(1, "input2"),
                a.tensor(2, "target"),
                o -> o.margin(a.real(-1, "margin", 0)).reduction(reduction(a))));
    b.sums(
        f + "triplet_margin_loss",
        a ->
            Functional.tripletMarginLoss(
                a.tensor(0, "anchor"),
                a.tensor(1, "positive"),
                a.tensor(2, "negative"),
                o ->
                    o.margin(a.real(-1, "margin", 1))
                        .p(a.real(-1, "p", 2))
                        .eps(a.real(-1, "eps", 1e-6))
                        .swap(a.flag(-1, "swap", false))
                        .reduction(reduction(a))));
  }

  private static void triplets(Bindings b) {
    b.sums(
        "nn.functional.triplet_margin_with_distance_loss",
        a ->
            Functional.tripletMarginWithDistanceLoss(
                a.tensor(0, "anchor"),
                a.tensor(1, "positive"),
                a.tensor(2, "negative"),
                o ->
                    o.distanceFunction((u, v) -> Functional.pairwiseDistance(u, v))
                        .margin(a.real(-1, "margin", 1))
                        .swap(a.flag(-1, "swap", false))
                        .reduction(reduction(a))));
  }

  private static void distances(Bindings b) {
    b.sums(
        "nn.functional.pairwise_distance",
        a ->
            Functional.pairwiseDistance(
                a.tensor(0, "x1"),
                a.tensor(1, "x2"),
                o ->
                    o.p(a.real(2, "p", 2))
                        .eps(a.real(3, "eps", 1e-6))
                        .keepdim(a.flag(4, "keepdim", false))));
    b.sums(
        "nn.functional.cosine_similarity",
        a ->
            Functional.cosineSimilarity(
                a.tensor(0, "x1"),
                a.tensor(1, "x2"),
                a.integer(2, "dim", 1),
                a.real(3, "eps", 1e-8)));
  }
}
