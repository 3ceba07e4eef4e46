package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Objects;
import java.util.function.BinaryOperator;

/** Losses that ask for a distance between right and wrong: a margin. */
final class MarginLosses {
  private MarginLosses() {}

  static Tensor hingeEmbedding(Tensor input, Tensor target, double margin, Reduction reduction) {
    Losses.requireBroadcast("hingeEmbeddingLoss", input, target);
    Tensor zero = Tensor.zerosLike(input);
    Tensor far = input.neg().add(margin).clamp(0, null);
    Tensor dissimilar = Tensor.where(target.ne(1), far, zero);
    Tensor similar = Tensor.where(target.ne(-1), input, zero);
    return reduction.of(dissimilar.add(similar));
  }

  static Tensor softMargin(Tensor input, Tensor target, Reduction reduction) {
    Losses.requireBroadcast("softMarginLoss", input, target);
    return reduction.of(target.neg().mul(input).exp().log1p());
  }

  static Tensor marginRanking(
      Tensor a, Tensor b, Tensor target, double margin, Reduction reduction) {
    Objects.requireNonNull(a, "input1");
    Objects.requireNonNull(b, "input2");
    if (a.dim() != b.dim() || a.dim() != target.dim()) {
      throw Shapes.error(
          "marginRankingLoss: the inputs and the target must have the same number of dimensions:"
              + " %s, %s, %s",
          a.layout.shape, b.layout.shape, target.layout.shape);
    }
    Losses.requireBroadcast("marginRankingLoss", target, a, b);
    Tensor loss = target.neg().mul(a.sub(b)).add(margin).clamp(0, null);
    return reduction.of(loss);
  }

  static Tensor cosineEmbedding(
      Tensor a, Tensor b, Tensor target, double margin, Reduction reduction) {
    Objects.requireNonNull(a, "input1");
    Objects.requireNonNull(b, "input2");
    int rank = target.dim() == 0 ? 1 : 2;
    if (target.dim() > 1 || a.dim() != rank || b.dim() != rank) {
      throw Shapes.error(
          "cosineEmbeddingLoss: needs inputs [N, D] with a target [N], or [D] with []: %s, %s, %s",
          a.layout.shape, b.layout.shape, target.layout.shape);
    }
    Losses.requireBroadcast("cosineEmbeddingLoss", a, b);
    int dim = rank - 1;
    Tensor product = a.mul(b).sum(dim);
    Tensor lengths =
        a.square().sum(dim).add(Losses.EPSILON).mul(b.square().sum(dim).add(Losses.EPSILON)).sqrt();
    Tensor cos = product.div(lengths);
    Tensor zero = Tensor.zerosLike(cos);
    Tensor similar = Tensor.where(target.eq(1), cos.neg().add(1), zero);
    Tensor dissimilar = Tensor.where(target.eq(-1), cos.sub(margin).clamp(0, null), zero);
    return reduction.of(similar.add(dissimilar));
  }

  static Tensor tripletMargin(
      Tensor anchor, Tensor positive, Tensor negative, TripletMarginLossOptions o) {
    requireTriplet("tripletMarginLoss", anchor, positive, negative);
    return triplet(
        anchor,
        positive,
        negative,
        (a, b) -> Distances.pairwiseDistance(a, b, o.p, o.eps, false),
        o.margin,
        o.swap,
        o.reduction);
  }

  static Tensor tripletMarginWithDistance(
      Tensor anchor, Tensor positive, Tensor negative, TripletMarginWithDistanceLossOptions o) {
    requireTriplet("tripletMarginWithDistanceLoss", anchor, positive, negative);
    BinaryOperator<Tensor> distance =
        o.distanceFunction == null
            ? (a, b) -> Distances.pairwiseDistance(a, b, 2, 1e-6, false)
            : o.distanceFunction;
    return triplet(anchor, positive, negative, distance, o.margin, o.swap, o.reduction);
  }

  private static Tensor triplet(
      Tensor anchor,
      Tensor positive,
      Tensor negative,
      BinaryOperator<Tensor> distance,
      double margin,
      boolean swap,
      Reduction reduction) {
    Tensor near = distance.apply(anchor, positive);
    Tensor far = distance.apply(anchor, negative);
    if (swap) {
      far = far.minimum(distance.apply(positive, negative));
    }
    return reduction.of(near.add(margin).sub(far).clamp(0, null));
  }

  private static void requireTriplet(String op, Tensor anchor, Tensor positive, Tensor negative) {
    if (anchor.dim() != positive.dim() || anchor.dim() != negative.dim()) {
      throw Shapes.error(
          "%s: anchor, positive and negative must have the same number of dimensions: %s, %s, %s",
          op, anchor.dim(), positive.dim(), negative.dim());
    }
    Losses.requireBroadcast(op, anchor, positive, negative);
  }
}
