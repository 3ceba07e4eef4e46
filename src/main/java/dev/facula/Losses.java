package dev.facula;

import dev.facula.BinaryOp.Formula;
import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Losses that compare tensors element by element: regression and probabilities. */
final class Losses {
  /** What keeps a divisor from 0; of float32 also for float64, as in PyTorch. */
  static final double EPSILON = 1e-12f;

  private Losses() {}

  /**
   * The losses of elements, reduced. Where only the input wants a gradient, its derivative (g,
   * input, target) stands for those of all steps.
   */
  private static Tensor reduced(
      String op,
      Tensor input,
      Tensor target,
      Reduction reduction,
      BinaryOperator<Tensor> value,
      Formula slope) {
    if (Reduced.are(input, target)) {
      return Reduced.apply(t -> reduced(op, t[0], t[1], reduction, value, slope), input, target);
    }
    requireBroadcast(op, input, target);
    boolean alike = input.layout.sameShape(target.layout) && input.dtype() == target.dtype();
    Tensor losses;
    if (alike && Graph.wanted(input) && !target.requiresGrad()) {
      losses =
          Graph.record(
              Blocks.elementwise(t -> value.apply(t[0], t[1]), input.detach(), target),
              op,
              input,
              Graph.tensors(input, target),
              (c, g) ->
                  Blocks.elementwise(
                      t -> slope.apply(t[0], t[1], t[2]), g, c.saved(0), c.saved(1)));
    } else {
      losses = Blocks.elementwise(t -> value.apply(t[0], t[1]), input, target);
    }
    return reduced(losses, reduction);
  }

  private static Tensor of(BinaryOp op, Tensor input, Tensor target, Reduction reduction) {
    requireBroadcast(op.name(), input, target);
    if (!target.isFloatingPoint()) {
      Promotion.requireFloating(op.name(), input);
    }
    return reduced(op.apply(input, target), reduction);
  }

  private static Tensor reduced(Tensor losses, Reduction reduction) {
    Tensor loss = reduction.of(losses);
    if (loss != losses) {
      losses.release();
    }
    return loss;
  }

  /** Shapes that differ and were warned of: once each, and not without end. */
  private static final Set<String> WARNED = ConcurrentHashMap.newKeySet();

  /** Warns, as PyTorch does, of a target that is broadcast, which is hardly ever meant. */
  static void warnOfBroadcast(String loss, Tensor input, Tensor target) {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(target, "target");
    if (!input.layout.sameShape(target.layout)) {
      String shapes =
          loss
              + ": using a target size "
              + Shapes.format(target.layout.shape)
              + " that is different to the input size "
              + Shapes.format(input.layout.shape);
      if (WARNED.size() < 100 && WARNED.add(shapes)) {
        LoggerFactory.getLogger("dev.facula.Functional")
            .warn(
                "{}; this will likely lead to incorrect results due to broadcasting, give both the"
                    + " same size",
                shapes);
      }
    }
  }

  static Tensor mse(Tensor input, Tensor target, Reduction reduction) {
    warnOfBroadcast("mseLoss", input, target);
    return of(BinaryOps.squaredDifference(), input, target, reduction);
  }

  static Tensor l1(Tensor input, Tensor target, Reduction reduction) {
    warnOfBroadcast("l1Loss", input, target);
    return reduced(
        "l1Loss",
        input,
        target,
        reduction,
        (x, t) -> x.sub(t).abs(),
        (g, x, t) -> g.mul(x.sub(t).sign()));
  }

  static Tensor smoothL1(Tensor input, Tensor target, Reduction reduction, double beta) {
    if (beta == 0) {
      return l1(input, target, reduction);
    }
    warnOfBroadcast("smoothL1Loss", input, target);
    return of(BinaryOps.huber("smoothL1Loss", beta, beta), input, target, reduction);
  }

  static Tensor huber(Tensor input, Tensor target, Reduction reduction, double delta) {
    warnOfBroadcast("huberLoss", input, target);
    return of(BinaryOps.huber("huberLoss", delta, 1), input, target, reduction);
  }

  // ---- probabilities ------------------------------------------------------------------------

  static Tensor binaryCrossEntropy(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    String op = "binaryCrossEntropy";
    requireSameShape(op, input, target);
    Promotion.requireFloating(op, input);
    if (target.dtype() != input.dtype()) {
      throw new DTypeException(
          "%s: the target is %s, the input %s; convert one, as with target.to(input.dtype())"
              .formatted(op, target.dtype(), input.dtype()));
    }
    String remedy = "; use binaryCrossEntropyWithLogits for what has not gone through a sigmoid";
    requireProbabilities(op, "input", input, remedy);
    requireProbabilities(op, "target", target, "");
    Tensor loss = entropy(input, target);
    return reduction.of(weight == null ? loss : loss.mul(weight));
  }

  private static void requireProbabilities(String op, String role, Tensor x, String remedy) {
    if (x.numel() == 0) {
      return;
    }
    double least = x.detach().amin().item();
    double most = x.detach().amax().item();
    if (!(least >= 0 && most <= 1)) {
      throw new IllegalArgumentException(
          "%s: all elements of the %s must be between 0 and 1, one is %s%s"
              .formatted(op, role, least >= 0 ? most : least, remedy));
    }
  }

  /** -(t log(x) + (1 - t) log(1 - x)), logarithms at least -100 as PyTorch has them. */
  private static Tensor entropy(Tensor x, Tensor t) {
    Tensor y =
        Blocks.elementwise(
            e -> {
              Tensor log = e[0].log().clamp(-100, null);
              Tensor logOfRest = e[0].neg().log1p().clamp(-100, null);
              return e[1].sub(1).mul(logOfRest).sub(e[1].mul(log));
            },
            x.detach(),
            t.detach());
    if (!Graph.wanted(x, t)) {
      return y;
    }
    return Graph.record(
        y,
        "binaryCrossEntropy",
        Graph.tensors(x, t),
        Graph.tensors(x, t),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          Tensor p = c.saved(0);
          return new Tensor[] {
            c.needs(0)
                ? Blocks.elementwise(
                    e ->
                        e[0].mul(e[1].sub(e[2]))
                            .div(e[1].neg().add(1).mul(e[1]).clamp(EPSILON, null)),
                    g,
                    p,
                    c.saved(1))
                : null,
            c.needs(1) ? g.mul(p.neg().add(1).log().sub(p.log())) : null
          };
        });
  }

  static Tensor binaryCrossEntropyWithLogits(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      @Nullable Tensor posWeight,
      Reduction reduction) {
    requireSameShape("binaryCrossEntropyWithLogits", input, target);
    Promotion.requireFloating("binaryCrossEntropyWithLogits", input);
    requireFloatingTarget("binaryCrossEntropyWithLogits", target);
    if (weight == null && posWeight == null) {
      return reduced(
          "binaryCrossEntropyWithLogits",
          input,
          target,
          reduction,
          (x, t) -> t.neg().add_(1).mul(x).sub(UnaryOps.logSigmoid().apply(x)),
          (g, x, t) -> g.mul(x.sigmoid().sub(t)));
    }
    Tensor log = UnaryOps.logSigmoid().apply(input);
    Tensor weighted = posWeight == null ? log : log.mul(posWeight.sub(1).mul(target).add(1));
    Tensor loss = target.neg().add(1).mul(input).sub(weighted);
    return reduction.of(weight == null ? loss : loss.mul(weight));
  }

  static Tensor klDiv(Tensor input, Tensor target, Reduction reduction, boolean logTarget) {
    Promotion.requireFloating("klDiv", input);
    requireFloatingTarget("klDiv", target);
    boolean batchMean = reduction == Reduction.BATCHMEAN;
    Tensor loss =
        reduced(
            "klDiv",
            input,
            target,
            batchMean ? Reduction.SUM : reduction,
            (x, t) -> logTarget ? t.exp().mul(t.sub(x)) : timesLog(t).sub(t.mul(x)),
            (g, x, t) -> g.mul(logTarget ? t.exp() : t).neg());
    return batchMean && input.dim() > 0 ? loss.div(input.size(0)) : loss;
  }

  /** t log(t), 0 at 0, where it has no derivative. */
  private static Tensor timesLog(Tensor t) {
    return Tensor.where(t.eq(0), Tensor.zerosLike(t), t.mul(t.log()));
  }

  static Tensor poissonNll(Tensor input, Tensor target, PoissonNllLossOptions o) {
    requireBroadcast("poissonNllLoss", input, target);
    Tensor loss =
        o.logInput
            ? input.exp().sub(target.mul(input))
            : input.sub(target.mul(input.add(o.eps).log()));
    if (o.full) {
      Tensor t = target;
      Tensor stirling = t.mul(t.log()).sub(t).add(t.mul(2 * Math.PI).log().mul(0.5));
      loss = loss.add(stirling.maskedFill(t.le(1), 0));
    }
    return o.reduction.of(loss);
  }

  static Tensor gaussianNll(Tensor input, Tensor target, Tensor var, GaussianNllLossOptions o) {
    double least = var.numel() == 0 ? 0 : var.detach().amin().item();
    if (least < 0) {
      throw new IllegalArgumentException(
          "gaussianNllLoss: no element of var may be negative, one is " + least);
    }
    Tensor variance = spread(input, var).clone();
    boolean recording = Graph.setRecording(false);
    try {
      variance.copy_(variance.clamp(o.eps, null));
    } finally {
      Graph.setRecording(recording);
    }
    Tensor loss =
        variance
            .log()
            .add(Distances.difference("gaussianNllLoss", input, target).square().div(variance))
            .mul(0.5);
    if (o.full) {
      loss = loss.add(0.5 * Math.log(2 * Math.PI));
    }
    return o.reduction.of(loss);
  }

  /** The variances in a shape that broadcasts to the input's: equal, or one for each row. */
  private static Tensor spread(Tensor input, Tensor var) {
    int[] shape = input.layout.shape;
    int[] own = var.layout.shape;
    if (Arrays.equals(shape, own)) {
      return var;
    }
    if (shape.length > 0 && Arrays.equals(Arrays.copyOf(shape, shape.length - 1), own)) {
      return var.unsqueeze(-1);
    }
    int differing = 0;
    boolean fits = shape.length == own.length;
    for (int i = 0; fits && i < shape.length; i++) {
      if (shape[i] != own[i]) {
        differing++;
        fits = own[i] == 1;
      }
    }
    if (!fits || differing != 1) {
      throw Shapes.error(
          "gaussianNllLoss: var %s must have the input's shape %s, or lack or have 1 as its last"
              + " size",
          own, shape);
    }
    return var;
  }

  static void requireBroadcast(String op, Tensor first, Tensor... others) {
    int[] shape = Objects.requireNonNull(first, "input").layout.shape;
    for (Tensor other : others) {
      shape = Shapes.broadcast(op, shape, Objects.requireNonNull(other, "target").layout.shape);
    }
  }

  private static void requireFloatingTarget(String op, Tensor target) {
    if (!target.isFloatingPoint()) {
      throw new DTypeException(
          "%s: the target must be floating point, was %s; convert with to()"
              .formatted(op, target.dtype()));
    }
  }

  static void requireSameShape(String op, Tensor input, Tensor target) {
    if (!input.layout.sameShape(target.layout)) {
      throw Shapes.error(
          "%s: the target's shape %s is not that of the input %s",
          op, target.layout.shape, input.layout.shape);
    }
  }
}
