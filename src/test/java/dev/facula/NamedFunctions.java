package dev.facula;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The functions of special_values.py by the names that it writes, with their arguments. */
final class NamedFunctions {
  private static final int[] LAST = {-1};

  private NamedFunctions() {}

  static Tensor apply(String call, Tensor... t) {
    String[] words = call.split(" ");
    Tensor y = unary(words, t[0]);
    y = y == null ? activation(words, t) : y;
    y = y == null ? binary(words, t) : y;
    y = y == null ? reduction(words, t) : y;
    y = y == null ? loss(words, t) : y;
    y = y == null ? classLoss(words, t) : y;
    if (y == null) {
      throw new IllegalArgumentException(call);
    }
    return y;
  }

  private static double number(String[] words, int i) {
    return SpecialValuesTest.number(words[i]);
  }

  private static @Nullable Number limit(String word) {
    return word.equals("-") ? null : SpecialValuesTest.number(word);
  }

  private static @Nullable Tensor unary(String[] words, Tensor x) {
    return switch (words[0]) {
      case "neg" -> x.neg();
      case "abs" -> x.abs();
      case "square" -> x.square();
      case "sign" -> x.sign();
      case "sgn" -> x.sgn();
      case "floor" -> x.floor();
      case "ceil" -> x.ceil();
      case "round" -> x.round();
      case "trunc" -> x.trunc();
      case "frac" -> x.frac();
      case "sqrt" -> x.sqrt();
      case "rsqrt" -> x.rsqrt();
      case "reciprocal" -> x.reciprocal();
      case "exp" -> x.exp();
      case "exp2" -> x.exp2();
      case "expm1" -> x.expm1();
      case "log" -> x.log();
      case "log2" -> x.log2();
      case "log10" -> x.log10();
      case "log1p" -> x.log1p();
      case "sin" -> x.sin();
      case "cos" -> x.cos();
      case "tan" -> x.tan();
      case "asin" -> x.asin();
      case "acos" -> x.acos();
      case "atan" -> x.atan();
      case "sinh" -> x.sinh();
      case "cosh" -> x.cosh();
      case "tanh" -> x.tanh();
      case "asinh" -> x.asinh();
      case "acosh" -> x.acosh();
      case "atanh" -> x.atanh();
      case "sinc" -> x.sinc();
      case "logit" -> words.length == 1 ? x.logit() : x.logit(number(words, 1));
      case "erf" -> x.erf();
      case "erfc" -> x.erfc();
      case "erfinv" -> x.erfinv();
      case "sigmoid" -> x.sigmoid();
      case "deg2rad" -> x.deg2rad();
      case "rad2deg" -> x.rad2deg();
      case "nan_to_num" -> x.nanToNum();
      default -> null;
    };
  }

  private static @Nullable Tensor activation(String[] words, Tensor... t) {
    Tensor x = t[0];
    return switch (words[0]) {
      case "relu" -> x.relu();
      case "relu6" -> Functional.relu6(x);
      case "selu" -> Functional.selu(x);
      case "silu" -> Functional.silu(x);
      case "mish" -> Functional.mish(x);
      case "hardsigmoid" -> Functional.hardsigmoid(x);
      case "hardswish" -> Functional.hardswish(x);
      case "tanhshrink" -> Functional.tanhshrink(x);
      case "softsign" -> Functional.softsign(x);
      case "logsigmoid" -> Functional.logsigmoid(x);
      case "gelu" -> words.length == 1 ? Functional.gelu(x) : Functional.gelu(x, words[1]);
      case "hardtanh" -> Functional.hardtanh(x, number(words, 1), number(words, 2));
      case "hardshrink" -> Functional.hardshrink(x, number(words, 1));
      case "softshrink" -> Functional.softshrink(x, number(words, 1));
      case "threshold" -> Functional.threshold(x, number(words, 1), number(words, 2));
      case "leakyRelu" -> Functional.leakyRelu(x, number(words, 1));
      case "elu" -> Functional.elu(x, number(words, 1));
      case "celu" -> Functional.celu(x, number(words, 1));
      case "softplus" -> Functional.softplus(x, number(words, 1), number(words, 2));
      case "prelu" -> Functional.prelu(x, t[1]);
      case "glu" -> Functional.glu(x, -1);
      default -> null;
    };
  }

  private static @Nullable Tensor binary(String[] words, Tensor... t) {
    Tensor a = t[0];
    Tensor b = t[t.length - 1];
    boolean one = t.length == 1;
    return switch (words[0]) {
      case "add" -> a.add(b);
      case "sub" -> a.sub(b);
      case "mul" -> a.mul(b);
      case "div" -> a.div(b);
      case "atan2" -> a.atan2(b);
      case "pow" -> one ? a.pow(number(words, 1)) : a.pow(b);
      case "power" -> Tensor.scalar(a.dtype(), number(words, 2)).pow(a);
      case "maximum" -> a.maximum(b);
      case "minimum" -> a.minimum(b);
      case "fmax" -> a.fmax(b);
      case "fmin" -> a.fmin(b);
      case "copysign" -> a.copysign(b);
      case "hypot" -> a.hypot(b);
      case "logaddexp" -> a.logaddexp(b);
      case "logaddexp2" -> a.logaddexp2(b);
      case "xlogy" -> one ? Tensor.scalar(a.dtype(), number(words, 2)).xlogy(a) : a.xlogy(b);
      case "fmod" -> one ? a.fmod(number(words, 1)) : a.fmod(b);
      case "remainder" -> one ? a.remainder(number(words, 1)) : a.remainder(b);
      case "floor_divide" -> a.floorDivide(b);
      case "heaviside" -> a.heaviside(b);
      case "clamp" -> one ? a.clamp(limit(words[1]), limit(words[2])) : a.clamp(t[1], b);
      case "clampMin" -> a.clampMin(b);
      case "clampMax" -> a.clampMax(b);
      case "lerp" -> a.lerp(b, number(words, 1));
      case "where" -> Tensor.where(a, t[1], b);
      default -> null;
    };
  }

  private static @Nullable Tensor reduction(String[] words, Tensor... t) {
    Tensor x = t[0];
    int[] all = {};
    boolean along = words.length > 1;
    return switch (words[0]) {
      case "max" -> along ? x.max(0).values() : x.max();
      case "min" -> along ? x.min(0).values() : x.min();
      case "amax" -> along ? x.amax(0) : x.amax();
      case "amin" -> along ? x.amin(0) : x.amin();
      case "median" -> along ? x.median(0, false).values() : x.median();
      case "nanmedian" -> along ? x.nanmedian(0, false).values() : x.nanmedian();
      case "logsumexp" -> x.logsumexp(0);
      case "softmax" -> x.softmax(0);
      case "log_softmax" -> x.logSoftmax(0);
      case "prod" -> along ? x.prod(0) : x.prod();
      case "sum" -> x.sum();
      case "mean" -> x.mean();
      case "nansum" -> x.nansum(all, false);
      case "nanmean" -> x.nanmean(all, false);
      case "cummax" -> x.cummax(0).values();
      case "cummin" -> x.cummin(0).values();
      case "cumsum" -> x.cumsum(0);
      case "cumprod" -> x.cumprod(0);
      case "logcumsumexp" -> x.logcumsumexp(0);
      case "norm" -> words.length == 2 ? x.norm(number(words, 1)) : x.norm(number(words, 2), 0);
      case "std" -> x.std(all, number(words, 1), false);
      case "var" -> x.var(all, number(words, 1), false);
      case "normalize" -> Functional.normalize(x, o -> o.p(2).dim(0).eps(1e-12));
      case "cdist" -> Tensor.cdist(x, t[1], number(words, 1));
      case "pdist" -> Functional.pdist(x, number(words, 1));
      case "pairwise" ->
          Functional.pairwiseDistance(x, t[1], o -> o.p(number(words, 1)).eps(number(words, 2)));
      case "cosineSimilarity" -> Functional.cosineSimilarity(x, t[1], 1, 1e-8);
      default -> null;
    };
  }

  private static Reduction reductionOf(String[] words) {
    return Reduction.valueOf(words[words.length - 1].toUpperCase(Locale.ROOT));
  }

  private static @Nullable Tensor loss(String[] words, Tensor... t) {
    Reduction red = reductionOf(words);
    Tensor x = t[0];
    Tensor y = t[t.length > 1 ? 1 : 0];
    Tensor z = t.length > 2 ? t[2].detach() : null;
    return switch (words[0]) {
      case "mse" -> Functional.mseLoss(x, y, o -> o.reduction(red));
      case "l1" -> Functional.l1Loss(x, y, o -> o.reduction(red));
      case "smoothL1" ->
          Functional.smoothL1Loss(x, y, o -> o.reduction(red).beta(number(words, 1)));
      case "huber" -> Functional.huberLoss(x, y, o -> o.reduction(red).delta(number(words, 1)));
      case "softMargin" -> Functional.softMarginLoss(x, y, o -> o.reduction(red));
      case "hingeEmbedding" ->
          Functional.hingeEmbeddingLoss(x, y, o -> o.margin(number(words, 1)).reduction(red));
      case "marginRanking" ->
          Functional.marginRankingLoss(x, y, t[2], o -> o.margin(number(words, 1)).reduction(red));
      case "bce" -> Functional.binaryCrossEntropy(x, y, o -> o.weight(z).reduction(red));
      case "bceLogits" ->
          Functional.binaryCrossEntropyWithLogits(x, y, o -> o.posWeight(z).reduction(red));
      case "kl" -> Functional.klDiv(x, y, o -> o.reduction(red).logTarget(words[1].equals("1")));
      case "poisson" ->
          Functional.poissonNllLoss(
              x,
              y,
              o ->
                  o.logInput(words[1].equals("1"))
                      .full(words[2].equals("1"))
                      .eps(1e-8)
                      .reduction(red));
      case "gaussian" -> Functional.gaussianNllLoss(x, y, t[2], o -> o.eps(1e-6).reduction(red));
      case "triplet" ->
          Functional.tripletMarginLoss(
              x,
              y,
              t[2],
              o ->
                  o.margin(number(words, 3))
                      .p(number(words, 1))
                      .eps(0)
                      .swap(words[2].equals("1"))
                      .reduction(red));
      case "cosineEmbedding" ->
          Functional.cosineEmbeddingLoss(
              x, y, t[2], o -> o.margin(number(words, 1)).reduction(red));
      default -> null;
    };
  }

  private static @Nullable Tensor classLoss(String[] words, Tensor... t) {
    Reduction red = reductionOf(words);
    Tensor x = t[0];
    Tensor y = t[t.length > 1 ? 1 : 0];
    Tensor weight = t.length > 2 ? t[2].detach() : null;
    double smoothing = words.length > 2 && words[words.length - 2].equals("smooth") ? 0.2 : 0;
    return switch (words[0]) {
      case "multilabelSoftMargin" ->
          Functional.multilabelSoftMarginLoss(x, y, o -> o.reduction(red));
      case "multiMargin" ->
          Functional.multiMarginLoss(
              x, y, o -> o.p((int) number(words, 1)).margin(number(words, 2)).reduction(red));
      case "multilabelMargin" -> Functional.multilabelMarginLoss(x, y, o -> o.reduction(red));
      case "nll" -> Functional.nllLoss(x, y, o -> o.weight(weight).reduction(red));
      case "crossEntropy" ->
          Functional.crossEntropy(
              x, y, o -> o.weight(weight).reduction(red).labelSmoothing(smoothing));
      default -> null;
    };
  }
}
