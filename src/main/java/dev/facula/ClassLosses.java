package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Losses of scores for classes: [C], [N, C] or [N, C, d...], against the right class of each. */
final class ClassLosses {
  private ClassLosses() {}

  /**
   * The right classes of a batch, checked.
   *
   * @param at the class of each sample, -1 where it is ignored
   * @param outer the samples N
   * @param classes the classes C
   * @param inner the product of the dimensions after the classes
   * @param counted how many are not ignored
   */
  private record Targets(long[] at, int outer, int classes, int inner, int counted) {
    static Targets of(String op, Tensor input, Tensor target, int ignoreIndex) {
      int[] shape = input.layout.shape;
      if (shape.length == 0) {
        throw new ShapeException(op + ": the input needs a dimension of classes, has none");
      }
      int dim = shape.length == 1 ? 0 : 1;
      int[] expected = Shapes.remove(shape, dim);
      if (!Arrays.equals(expected, target.layout.shape)) {
        throw Shapes.error(
            "%s: for an input %s the target must have shape %s, was %s",
            op, shape, expected, target.layout.shape);
      }
      if (!target.dtype().isInteger()) {
        throw new DTypeException(
            op
                + ": the target must hold class indices as int64, int32 or uint8, was "
                + target.dtype());
      }
      int classes = shape[dim];
      long[] at = target.toLongArray();
      int counted = 0;
      for (int i = 0; i < at.length; i++) {
        if (at[i] == ignoreIndex) {
          at[i] = -1;
        } else if (at[i] < 0 || at[i] >= classes) {
          throw new ShapeException(
              op + ": target " + at[i] + " is out of range for " + classes + " classes");
        } else {
          counted++;
        }
      }
      int outer = dim == 0 ? 1 : shape[0];
      int inner = at.length == 0 || outer == 0 ? 1 : at.length / outer;
      return new Targets(at, outer, classes, inner, counted);
    }

    /** The place of each right class in the input; that of class 0 where it is ignored. */
    int[] positions() {
      int[] result = new int[at.length];
      for (int n = 0, i = 0; n < outer; n++) {
        for (int k = 0; k < inner && i < at.length; k++, i++) {
          result[i] = (n * classes + (int) Math.max(at[i], 0)) * inner + k;
        }
      }
      return result;
    }

    /** For each sample the weight of its class, 0 where it is ignored. */
    Tensor weights(@Nullable Tensor weight, DType dtype, int[] shape) {
      double[] byClass = weight == null ? null : weight.toDoubleArray();
      double[] result = new double[at.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = at[i] < 0 ? 0 : byClass == null ? 1 : byClass[(int) at[i]];
      }
      return Tensor.of(result, shape).to(dtype);
    }

    Tensor ignored(int[] shape) {
      boolean[] result = new boolean[at.length];
      for (int i = 0; i < result.length; i++) {
        result[i] = at[i] < 0;
      }
      return Tensor.of(result, shape);
    }
  }

  static Tensor nll(
      Tensor input, Tensor target, @Nullable Tensor weight, int ignoreIndex, Reduction reduction) {
    if (Reduced.is(input)) {
      return Reduced.apply(t -> nll(t[0], target, t[1], ignoreIndex, reduction), input, weight);
    }
    requireFloating("nllLoss", input);
    requireWeight("nllLoss", input, weight);
    return nll(input, Targets.of("nllLoss", input, target, ignoreIndex), target, weight, reduction);
  }

  private static Tensor nll(
      Tensor input, Targets targets, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    int[] shape = target.layout.shape;
    Tensor loss = Positions.take("nllLoss", input, targets.positions(), shape).neg();
    Tensor weights = null;
    if (weight != null) {
      weights = targets.weights(weight, input.dtype(), shape);
      loss = loss.mul(weights);
    }
    if (targets.counted < targets.at.length) {
      loss = Tensor.where(targets.ignored(shape), Tensor.scalar(input.dtype(), 0), loss);
    }
    if (reduction != Reduction.MEAN) {
      return reduction == Reduction.SUM ? loss.sum() : loss;
    }
    return weights == null ? loss.sum().div(targets.counted) : loss.sum().div(weights.sum());
  }

  static Tensor crossEntropy(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      int ignoreIndex,
      Reduction reduction,
      double labelSmoothing) {
    if (Reduced.is(input)) {
      return Reduced.apply(
          t -> crossEntropy(t[0], t[1], t[2], ignoreIndex, reduction, labelSmoothing),
          input,
          target,
          weight);
    }
    requireFloating("crossEntropy", input);
    requireWeight("crossEntropy", input, weight);
    if (target.isFloatingPoint()) {
      return ofProbabilities(input, target, weight, reduction, labelSmoothing);
    }
    Targets targets = Targets.of("crossEntropy", input, target, ignoreIndex);
    if (weight == null && labelSmoothing == 0 && targets.inner == 1 && targets.classes > 0) {
      return fused(input, targets, target.layout.shape, reduction);
    }
    Tensor log = input.logSoftmax(input.dim() == 1 ? 0 : 1);
    Tensor plain = nll(log, targets, target, weight, reduction);
    if (labelSmoothing == 0) {
      return plain;
    }
    Tensor smooth = smooth(log, targets, target.layout.shape, weight, reduction);
    return plain.mul(1 - labelSmoothing).add(smooth.mul(labelSmoothing / targets.classes));
  }

  static Tensor linearCrossEntropy(
      Tensor input, Tensor linearWeight, Tensor target, LinearCrossEntropyOptions o) {
    String op = "linearCrossEntropy";
    Tensor linearBias = o.linearBias;
    if (target.isFloatingPoint() && o.ignoreIndex != -100) {
      throw new IllegalArgumentException(
          op + ": ignoreIndex has no meaning where the target holds probabilities");
    }
    int[] shape = linearWeight.layout.shape;
    if (input.dim() != 1 && input.dim() != 2) {
      throw new ShapeException(
          op + ": the input must be [in] or [N, in], was " + Shapes.format(input.layout.shape));
    }
    if (shape.length < 2) {
      throw new ShapeException(
          op + ": linearWeight must be [C, in] or [C, d..., in], was " + Shapes.format(shape));
    }
    int features = shape[shape.length - 1];
    if (input.size(-1) != features) {
      throw Shapes.error(
          "%s: the features of the input %s are not those of linearWeight %s (%s != %s)",
          op, input.layout.shape, shape, input.size(-1), features);
    }
    if (shape.length > 2 && input.dim() == 1) {
      throw new ShapeException(
          op + ": linearWeight " + Shapes.format(shape) + " needs an input [N, in], was [in]");
    }
    int[] classes = Arrays.copyOf(shape, shape.length - 1);
    if (linearBias != null && !Arrays.equals(classes, linearBias.layout.shape)) {
      throw Shapes.error(
          "%s: linearBias must have shape %s, was %s", op, classes, linearBias.layout.shape);
    }
    Tensor scores =
        MatMul.linear(
            input,
            linearWeight.reshape(Shapes.numel(op, classes), features),
            linearBias == null ? null : linearBias.reshape(-1));
    if (classes.length > 1) {
      scores = scores.reshape(Shapes.concat(new int[] {input.size(0)}, classes));
    }
    return crossEntropy(scores, target, o.weight, o.ignoreIndex, o.reduction, o.labelSmoothing);
  }

  /** The loss against all classes alike, times their number. */
  private static Tensor smooth(
      Tensor log, Targets targets, int[] shape, @Nullable Tensor weight, Reduction reduction) {
    int dim = log.dim() == 1 ? 0 : 1;
    Tensor weighted = weight == null ? log : log.mul(alongClasses(weight, log));
    Tensor loss = weighted.sum(dim).neg();
    if (targets.counted < targets.at.length) {
      loss = Tensor.where(targets.ignored(shape), Tensor.scalar(log.dtype(), 0), loss);
    }
    if (reduction != Reduction.MEAN) {
      return reduction == Reduction.SUM ? loss.sum() : loss;
    }
    return weight == null
        ? loss.sum().div(targets.counted)
        : loss.sum().div(targets.weights(weight, log.dtype(), shape).sum());
  }

  private static Tensor ofProbabilities(
      Tensor input,
      Tensor target,
      @Nullable Tensor weight,
      Reduction reduction,
      double labelSmoothing) {
    if (!input.layout.sameShape(target.layout)) {
      throw Shapes.error(
          "crossEntropy: class probabilities %s must have the input's shape %s; class indices are"
              + " int64",
          target.layout.shape, input.layout.shape);
    }
    if (input.dim() == 0) {
      throw new ShapeException("crossEntropy: expects an input [*, classes], got []");
    }
    int dim = input.dim() == 1 ? 0 : 1;
    int classes = input.layout.shape[dim];
    Tensor log = input.logSoftmax(dim);
    Tensor p =
        labelSmoothing == 0 ? target : target.mul(1 - labelSmoothing).add(labelSmoothing / classes);
    Tensor product = log.mul(p);
    if (weight != null) {
      product = product.mul(alongClasses(weight, log));
    }
    if (reduction != Reduction.MEAN) {
      return (reduction == Reduction.SUM ? product.sum() : product.sum(dim)).neg();
    }
    return product.sum().neg().div(input.numel() / (double) classes);
  }

  private static Tensor alongClasses(Tensor weight, Tensor like) {
    int[] shape = new int[like.dim()];
    Arrays.fill(shape, 1);
    shape[like.dim() == 1 ? 0 : 1] = weight.numel();
    return weight.reshape(shape);
  }

  /**
   * logSoftmax, picking and reducing in one pass over the rows, and (softmax - onehot) g in one on
   * the backward pass. The rows' log-sum-exp is kept, so that softmax is not stored.
   */
  private static Tensor fused(Tensor input, Targets targets, int[] shape, Reduction reduction) {
    Tensor x = input.layout.contiguous ? input : input.contiguous();
    int rows = targets.at.length;
    int n = targets.classes;
    Tensor losses = Tensor.empty(x.dtype(), rows);
    Tensor lse = Tensor.empty(x.dtype(), rows);
    int from = x.layout.offset;
    Object p = x.storage.array();
    Object q = losses.storage.array();
    Object s = lse.storage.array();
    Parallel.parallelFor(
        rows,
        Parallel.FUNCTION * n,
        (at, end) ->
            Types.floating(x.dtype())
                .softmax()
                .crossEntropyRows(p, from + at * n, end - at, n, targets.at, at, q, at, s, at));
    int divisor = reduction == Reduction.MEAN ? targets.counted : 1;
    Tensor y =
        reduction == Reduction.MEAN
            ? losses.sum().div(divisor)
            : reduction == Reduction.SUM ? losses.sum() : losses.reshape(shape).detach();
    if (!Graph.wanted(x)) {
      return y;
    }
    return Graph.record(
        y,
        "crossEntropy",
        x,
        Graph.tensors(x, lse),
        (c, g) -> {
          Tensor share = (divisor == 1 ? g : g.div(divisor)).expand(shape);
          Tensor saved = c.saved(0);
          return Graph.wanted(share, saved)
              ? gradient(share, saved, targets, shape)
              : gradient(share.contiguous(), saved, lse, targets);
        });
  }

  /** The gradient in one kernel. */
  private static Tensor gradient(Tensor g, Tensor x, Tensor lse, Targets targets) {
    Tensor dx = Tensor.empty(x.dtype(), x.layout.shape);
    int rows = targets.at.length;
    int n = targets.classes;
    int go = g.layout.offset;
    int from = x.layout.offset;
    Object d = g.storage.array();
    Object p = x.storage.array();
    Object s = lse.storage.array();
    Object q = dx.storage.array();
    Parallel.parallelFor(
        rows,
        Parallel.FUNCTION * n,
        (at, end) ->
            Types.floating(x.dtype())
                .softmax()
                .crossEntropyRowsBackward(
                    d, go + at, p, from + at * n, end - at, n, targets.at, at, s, at, q, at * n));
    return dx;
  }

  /** The same in operations that can be differentiated again. */
  private static Tensor gradient(Tensor g, Tensor x, Targets targets, int[] shape) {
    int dim = x.dim() - 1;
    Tensor counted = g.mul(targets.weights(null, x.dtype(), shape));
    Tensor soft = x.softmax(dim).mul(counted.unsqueeze(dim));
    return Positions.add("crossEntropy", soft, targets.positions(), counted.neg());
  }

  // ---- margins ------------------------------------------------------------------------------

  static Tensor multiMargin(Tensor input, Tensor target, MultiMarginLossOptions o) {
    if (input.dim() == 0) {
      return multiMargin(input.reshape(1), target, o);
    }
    if (input.dim() == 1 && target.dim() == 1) {
      return multiMargin(input.unsqueeze(0), target, o);
    }
    requireMatrix("multiMarginLoss", input);
    requireWeight("multiMarginLoss", input, o.weight);
    Targets targets = Targets.of("multiMarginLoss", input, target, Integer.MIN_VALUE);
    int[] shape = target.layout.shape;
    int[] at = targets.positions();
    Tensor right = Positions.take("multiMarginLoss", input, at, shape);
    Tensor gap = positive(input.sub(right.unsqueeze(-1)).add(o.margin));
    Tensor loss = o.p == 1 ? gap : gap.square();
    if (o.weight != null) {
      loss = loss.mul(targets.weights(o.weight, input.dtype(), shape).unsqueeze(-1));
    }
    Tensor others = Positions.put("multiMarginLoss", loss, at, Tensor.zeros(input.dtype(), shape));
    return o.reduction.of(others.sum(-1).div(targets.classes));
  }

  /** What is above 0, 0 else and where it is not a number. */
  private static Tensor positive(Tensor gap) {
    return Tensor.where(gap.gt(0), gap, Tensor.scalar(gap.dtype(), 0));
  }

  static Tensor multilabelMargin(Tensor input, Tensor target, Reduction reduction) {
    if (input.dim() == 0) {
      return multilabelMargin(input.reshape(1), target.reshape(1), reduction);
    }
    requireMatrix("multilabelMarginLoss", input);
    Losses.requireSameShape("multilabelMarginLoss", input, target);
    if (target.dtype() != DType.INT64 && target.dtype() != DType.INT32) {
      throw new DTypeException(
          "multilabelMarginLoss: the target must be int64 or int32, was " + target.dtype());
    }
    int classes = input.size(-1);
    int rows = classes == 0 ? 0 : input.numel() / classes;
    long[] labels = target.toLongArray();
    IntList right = new IntList();
    IntList wrong = new IntList();
    IntList row = new IntList();
    for (int r = 0; r < rows; r++) {
      boolean[] named = new boolean[classes];
      int count = 0;
      for (; count < classes && labels[r * classes + count] >= 0; count++) {
        long label = labels[r * classes + count];
        if (label >= classes) {
          throw Shapes.error(
              "multilabelMarginLoss: target %s is out of range for %s classes", label, classes);
        }
        named[(int) label] = true;
      }
      for (int i = 0; i < count; i++) {
        for (int k = 0; k < classes; k++) {
          if (!named[k]) {
            right.add(r * classes + (int) labels[r * classes + i]);
            wrong.add(r * classes + k);
            row.add(r);
          }
        }
      }
    }
    String op = "multilabelMarginLoss";
    Tensor gap =
        Positions.take(op, input, wrong.toArray(), wrong.size)
            .sub(Positions.take(op, input, right.toArray(), right.size))
            .add(1);
    Tensor sums =
        Positions.add(op, Tensor.zeros(input.dtype(), rows), row.toArray(), positive(gap));
    Tensor loss = sums.div(classes);
    return reduction.of(input.dim() == 1 ? loss.reshape() : loss);
  }

  /** Integers, as many as come. */
  private static final class IntList {
    private int[] items = new int[16];
    private int size;

    void add(int item) {
      if (size == items.length) {
        items = Arrays.copyOf(items, 2 * size);
      }
      items[size++] = item;
    }

    int[] toArray() {
      return Arrays.copyOf(items, size);
    }
  }

  static Tensor multilabelSoftMargin(
      Tensor input, Tensor target, @Nullable Tensor weight, Reduction reduction) {
    if (input.dim() == 0) {
      throw new ShapeException("multilabelSoftMarginLoss: the input has no dimension of classes");
    }
    Tensor yes = UnaryOps.logSigmoid().apply(input);
    Tensor no = UnaryOps.logSigmoid().apply(input.neg());
    Tensor loss = target.mul(yes).add(target.neg().add(1).mul(no)).neg();
    Tensor weighted = weight == null ? loss : loss.mul(weight);
    return reduction.of(weighted.sum(-1).div(input.size(-1)));
  }

  // ---- checks -------------------------------------------------------------------------------

  private static void requireFloating(String op, Tensor input) {
    if (!input.isFloatingPoint()) {
      throw new DTypeException(op + ": the input must be floating point, was " + input.dtype());
    }
  }

  private static void requireMatrix(String op, Tensor input) {
    requireFloating(op, input);
    if (input.dim() != 1 && input.dim() != 2) {
      throw new ShapeException(
          op + ": the input must be [C] or [N, C], was " + Shapes.format(input.layout.shape));
    }
  }

  private static void requireWeight(String op, Tensor input, @Nullable Tensor weight) {
    if (weight == null || input.dim() == 0) {
      return;
    }
    int classes = input.layout.shape[input.dim() == 1 ? 0 : 1];
    if (weight.dim() != 1 || weight.numel() != classes) {
      throw Shapes.error(
          "%s: the weight must have one element a class, [%s], was %s",
          op, classes, weight.layout.shape);
    }
  }
}
