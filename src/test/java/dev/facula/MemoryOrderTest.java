package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * The strides of results of permuted operands are those of PyTorch; recorded by {@code
 * memory_order.py} among the scripts of the tests.
 */
final class MemoryOrderTest {
  private final Map<String, UnaryOperator<Tensor>> calls = new HashMap<>();

  private static Tensor random(int... shape) {
    return Tensor.rand(new Generator(7), shape);
  }

  private static Map<String, Tensor> layouts() {
    Map<String, Tensor> x = new LinkedHashMap<>();
    x.put("t2", random(4, 3).t());
    x.put("batchFirst", random(5, 2, 4).transpose(0, 1));
    x.put("last2", random(2, 3, 4).transpose(1, 2));
    x.put("cl", random(2, 4, 6, 3).permute(0, 3, 1, 2));
    x.put("heads", random(2, 4, 3, 6).transpose(1, 2));
    x.put("gap", random(2, 8, 3, 6).transpose(1, 2).slice(2, 0, 8, 2));
    x.put("expanded", random(3, 1, 4, 2).expand(3, 6, 4, 2));
    x.put("reversed", random(6, 4, 3, 2).permute(3, 2, 1, 0));
    x.put("cl3", random(2, 4, 4, 6, 3).permute(0, 4, 1, 2, 3));
    return x;
  }

  private static Tensor longs(Tensor x) {
    return x.mul(3).to(DType.INT64);
  }

  private static Tensor zeros(Tensor x) {
    return Tensor.zeros(DType.INT64, x.shape());
  }

  private static int[] twice(int rank) {
    int[] repeats = new int[rank];
    Arrays.fill(repeats, 1);
    repeats[0] = 2;
    return repeats;
  }

  private static Tensor image(Tensor x, int out) {
    return Tensor.ones(out, x.size(1), 3, 3);
  }

  private static final int[] TWO = {2};
  private static final int[] ONE = {1};
  private static final int[] ZERO = {0};

  private void elementwise() {
    calls.put("exp", Tensor::exp);
    calls.put("relu", Tensor::relu);
    calls.put("mulNumber", x -> x.mul(2));
    calls.put("rsubNumber", x -> Tensor.scalar(1).sub(x));
    calls.put("powNumber", x -> x.pow(2.5));
    calls.put("sqrt", Tensor::sqrt);
    calls.put("sin", Tensor::sin);
    calls.put("gelu", Functional::gelu);
    calls.put("silu", Functional::silu);
    calls.put("softplus", Functional::softplus);
    calls.put("elu", Functional::elu);
    calls.put("leakyRelu", Functional::leakyRelu);
    calls.put("hardtanh", x -> Functional.hardtanh(x, -1, 1));
    calls.put("selu", Functional::selu);
    calls.put("mish", Functional::mish);
    calls.put("logsigmoid", Functional::logsigmoid);
    calls.put("hardswish", Functional::hardswish);
    calls.put("tanhshrink", Functional::tanhshrink);
    calls.put("softsign", Functional::softsign);
    calls.put("hardshrink", x -> Functional.hardshrink(x, 0.5));
    calls.put("threshold", x -> Functional.threshold(x, 0.5, 0.1));
    calls.put("clamp", x -> x.clamp(0.2, 0.7));
    calls.put("gtNumber", x -> x.gt(0.5));
    calls.put("isnan", Tensor::isnan);
    calls.put("logicalNot", Tensor::logicalNot);
    calls.put("nanToNum", Tensor::nanToNum);
    calls.put("clone", Tensor::clone);
    calls.put("contiguous", Tensor::contiguous);
    calls.put("toDouble", x -> x.to(DType.FLOAT64));
    calls.put("toLong", x -> x.to(DType.INT64));
    calls.put("zerosLike", Tensor::zerosLike);
    calls.put("onesLike", Tensor::onesLike);
    calls.put("fullLike", x -> Tensor.fullLike(x, 3));
    calls.put("emptyLike", Tensor::emptyLike);
    calls.put("randLike", Tensor::randLike);
    calls.put("randnLike", Tensor::randnLike);
    calls.put("bernoulli", Tensor::bernoulli);
    calls.put("dropout", x -> Functional.dropout(x, 0.5, true));
    calls.put("alphaDropout", x -> Functional.alphaDropout(x, 0.5, true, new Generator(1)));
    calls.put("maskedFill", x -> x.maskedFill(x.gt(0.5), 0));
    calls.put("where", x -> Tensor.where(x.gt(0.5), x, Tensor.scalar(0)));
    calls.put("lerpNumber", x -> x.lerp(x.add(1), 0.3));
    calls.put("addcmul", x -> x.addcmul(x, x, 2));
    calls.put("addcdiv", x -> x.addcdiv(x, x.add(1), 2));
    calls.put("sub", x -> x.sub(x.flip(0)));
    calls.put("add0dim", x -> Tensor.ones().add(x));
    calls.put("addT", x -> x.add(x.contiguous()));
    calls.put("contiguousFirst", x -> x.contiguous().add(x));
    calls.put("rowAdd", x -> x.add(Tensor.ones(x.size(-1))));
    calls.put("colAdd", x -> Tensor.ones(x.size(-2), 1).add(x));
    calls.put("lt", x -> x.contiguous().lt(x));
    calls.put("mulInPlace", x -> x.clone().mul_(2));
    calls.put("floorDivide", x -> x.floorDivide(0.3));
    calls.put("atan2", x -> x.atan2(x.add(1)));
    calls.put("maximum", x -> x.maximum(x.contiguous()));
    calls.put("xlogy", x -> x.xlogy(x));
    calls.put("logaddexp", x -> x.contiguous().logaddexp(x));
    calls.put("heaviside", x -> x.heaviside(x));
    calls.put("prelu", x -> Functional.prelu(x, Tensor.ones(1)));
    calls.put("preluChannels", x -> Functional.prelu(x, Tensor.ones(x.size(1))));
    calls.put("glu", x -> Functional.glu(x, 1));
  }

  private void lanes() {
    calls.put("cumsum", x -> x.cumsum(1));
    calls.put("cumprod", x -> x.cumprod(0));
    calls.put("logcumsumexp", x -> x.logcumsumexp(1));
    calls.put("cummax", x -> x.cummax(1).values());
    calls.put("softmax", x -> x.softmax(1));
    calls.put("logSoftmax", x -> x.logSoftmax(-1));
    calls.put("sum1", x -> x.sum(1));
    calls.put("meanKeep", x -> x.mean(ZERO, true));
    calls.put("amax", x -> x.amax(ONE, false));
    calls.put("max", x -> x.max(1).values());
    calls.put("argmax", x -> x.argmax(1));
    calls.put("prod", x -> x.prod(1));
    calls.put("var", x -> x.var(1));
    calls.put("norm", x -> x.norm(2, 1));
    calls.put("logsumexp", x -> x.logsumexp(1));
    calls.put("sort", x -> x.sort(1, false).values());
    calls.put("argsort", x -> x.argsort(1, false));
    calls.put("topk", x -> x.topk(2, 1).values());
    calls.put("kthvalue", x -> x.kthvalue(2, 1, false).values());
    calls.put("median", x -> x.median(1, false).values());
    calls.put("normalize", Functional::normalize);
    calls.put("cosineSimilarity", x -> Functional.cosineSimilarity(x, x, 1, 1e-8));
    calls.put("diff", x -> x.diff(1, -1, null, null));
    calls.put("renorm", x -> x.renorm(2, 0, 0.5));
    calls.put("layerNorm", x -> Functional.layerNorm(x, new int[] {x.size(-1)}, null, null, 1e-5));
    calls.put("rmsNorm", x -> Functional.rmsNorm(x, new int[] {x.size(-1)}, null, null));
    calls.put("linear", x -> Functional.linear(x, Tensor.ones(5, x.size(-1)), Tensor.ones(5)));
    calls.put("linearNoBias", x -> Functional.linear(x, Tensor.ones(5, x.size(-1)), null));
    calls.put("matmulRight", x -> x.matmul(Tensor.ones(x.size(-1), 5)));
    calls.put("matmulLeft", x -> Tensor.ones(5, x.size(-2)).matmul(x));
    calls.put(
        "matmulBatch",
        x -> {
          int[] shape = x.shape();
          shape[shape.length - 2] = x.size(-1);
          shape[shape.length - 1] = 5;
          return x.matmul(Tensor.ones(shape));
        });
  }

  private void places() {
    Tensor oneZero = Tensor.of(new long[] {1, 0});
    Tensor zero = Tensor.of(new long[] {0}, 1);
    calls.put("flip", x -> x.flip(0));
    calls.put("roll", x -> x.roll(1, 1));
    calls.put("rot90", x -> x.rot90(1, 0, 1));
    calls.put("tril", Tensor::tril);
    calls.put("cat", x -> Tensor.cat(List.of(x, x), 1));
    calls.put("catMixed", x -> Tensor.cat(List.of(x, x.contiguous()), 1));
    calls.put("stack", x -> Tensor.stack(List.of(x, x), 1));
    calls.put("indexSelect", x -> x.indexSelect(1, oneZero));
    calls.put("gather", x -> x.gather(0, zeros(x)));
    calls.put("getIndex", x -> x.get(Index.ALL, oneZero));
    calls.put("getIndex0", x -> x.get(oneZero));
    calls.put("scatterAdd", x -> x.scatterAdd(0, zeros(x), x));
    calls.put("scatter", x -> x.scatter(0, zeros(x), 0.5));
    calls.put("indexAdd", x -> x.indexAdd(0, zero, x.narrow(0, 0, 1)));
    calls.put("indexFill", x -> x.indexFill(0, zero, 1));
    calls.put("indexCopy", x -> x.indexCopy(0, zero, x.narrow(0, 0, 1)));
    calls.put("put", x -> x.put(zero, Tensor.ones(1), false));
    calls.put("take", x -> x.take(zeros(x)));
    calls.put("maskedScatter", x -> x.maskedScatter(x.gt(0.5), Tensor.ones(x.numel())));
    calls.put(
        "diagonalScatter",
        x -> x.diagonalScatter(Tensor.zeros(x.diagonal(0, 0, 1).shape()), 0, 0, 1));
    calls.put("selectScatter", x -> x.selectScatter(Tensor.zeros(x.select(0, 0).shape()), 0, 0));
    calls.put("repeat", x -> x.repeat(twice(x.dim())));
    calls.put("repeatInterleave", x -> x.repeatInterleave(2, 1));
    calls.put("reshape", x -> x.reshape(-1, x.size(-1)));
    calls.put("flatten", Tensor::flatten);
    calls.put("unfoldDim", x -> x.unfold(1, 2, 1).add(0));
    calls.put("padConstant", x -> Functional.pad(x, 1, 1));
    calls.put("padReflect", x -> Functional.pad(x, new int[] {1, 1}, PadMode.REFLECT, 0));
    calls.put("padReplicate", x -> Functional.pad(x, new int[] {1, 1}, PadMode.REPLICATE, 0));
    calls.put("padCircular", x -> Functional.pad(x, new int[] {1, 1}, PadMode.CIRCULAR, 0));
    calls.put("pad2Constant", x -> Functional.pad(x, 1, 1, 1, 1));
    calls.put("pad2Reflect", x -> Functional.pad(x, new int[] {1, 1, 1, 1}, PadMode.REFLECT, 0));
    calls.put(
        "pad2Replicate", x -> Functional.pad(x, new int[] {1, 1, 1, 1}, PadMode.REPLICATE, 0));
    calls.put("pad2Circular", x -> Functional.pad(x, new int[] {1, 1, 1, 1}, PadMode.CIRCULAR, 0));
    calls.put("oneHot", x -> longs(x).oneHot(4));
    calls.put("embedding", x -> Functional.embedding(longs(x), Tensor.ones(4, 2)));
    calls.put("nonzero", x -> x.gt(0.2).nonzero().mul(1));
  }

  private void losses() {
    calls.put(
        "mseNone", x -> Functional.mseLoss(x, x.contiguous(), o -> o.reduction(Reduction.NONE)));
    calls.put(
        "smoothL1None",
        x -> Functional.smoothL1Loss(x, x.add(1), o -> o.reduction(Reduction.NONE).beta(1)));
    calls.put(
        "huberNone",
        x -> Functional.huberLoss(x, x.add(1), o -> o.reduction(Reduction.NONE).delta(1)));
    calls.put(
        "bceNone", x -> Functional.binaryCrossEntropy(x, x, o -> o.reduction(Reduction.NONE)));
    calls.put(
        "bceLogitsNone",
        x -> Functional.binaryCrossEntropyWithLogits(x, x, o -> o.reduction(Reduction.NONE)));
    calls.put("klNone", x -> Functional.klDiv(x, x, o -> o.reduction(Reduction.NONE)));
  }

  private void images() {
    calls.put("conv2d", x -> Functional.conv2d(x, image(x, 5), Tensor.ones(5)));
    calls.put(
        "conv2dGroups",
        x ->
            Functional.conv2d(
                x,
                Tensor.ones(2 * x.size(1), 1, 1, 1),
                null,
                o -> o.stride(ONE).padding(ZERO).dilation(ONE).groups(x.size(1))));
    calls.put(
        "conv2dWeightCl",
        x ->
            Functional.conv2d(
                x.contiguous(),
                Tensor.ones(5, 3, 3, x.size(1)).permute(0, 3, 1, 2),
                Tensor.ones(5)));
    calls.put(
        "convTranspose2d", x -> Functional.convTranspose2d(x, Tensor.ones(x.size(1), 5, 3, 3)));
    calls.put("maxPool2d", x -> Functional.maxPool2d(x, 2));
    calls.put(
        "maxPool2dIndices",
        x ->
            Functional.maxPool2dWithIndices(x, TWO, o -> o.stride(TWO).padding(ZERO).dilation(ONE))
                .indices());
    calls.put("avgPool2d", x -> Functional.avgPool2d(x, 2));
    calls.put("adaptiveAvgPool2d", x -> Functional.adaptiveAvgPool2d(x, 2, 2));
    calls.put("adaptiveAvgPool2dOne", x -> Functional.adaptiveAvgPool2d(x, 1, 1));
    calls.put("adaptiveMaxPool2d", x -> Functional.adaptiveMaxPool2dWithIndices(x, 2, 2).values());
    calls.put("lpPool2d", x -> Functional.lpPool2d(x, 2, TWO, o -> o.stride(TWO)));
    calls.put("batchNorm", x -> Functional.batchNorm(x, null, null, null, null, true, 0.1, 1e-5));
    calls.put(
        "batchNormEval",
        x ->
            Functional.batchNorm(
                x, Tensor.zeros(x.size(1)), Tensor.ones(x.size(1)), null, null, false, 0.1, 1e-5));
    calls.put(
        "batchNormAffine",
        x ->
            Functional.batchNorm(
                x, null, null, Tensor.ones(x.size(1)), Tensor.ones(x.size(1)), true, 0.1, 1e-5));
    calls.put("groupNorm", x -> Functional.groupNorm(x, 1, null, null, 1e-5));
    calls.put(
        "instanceNorm", x -> Functional.instanceNorm(x, null, null, null, null, true, 0.1, 1e-5));
    calls.put(
        "localResponseNorm",
        x -> Functional.localResponseNorm(x, 2, o -> o.alpha(1e-4).beta(0.75).k(1)));
    for (String mode : List.of("nearest", "nearest-exact", "bilinear", "bicubic", "trilinear")) {
      String name = mode.equals("nearest-exact") ? "nearestExact" : mode;
      calls.put(name, x -> Functional.interpolate(x, o -> o.scaleFactor(2.0).mode(mode)));
    }
    calls.put("area", x -> Functional.interpolate(x, o -> o.size(2, 3).mode("area")));
    calls.put("sameSize", x -> Functional.interpolate(x, o -> o.size(x.size(2), x.size(3))));
    calls.put("pixelShuffle", x -> Functional.pixelShuffle(Tensor.cat(List.of(x, x, x, x), 1), 2));
    calls.put("pixelUnshuffle", x -> Functional.pixelUnshuffle(x, 2));
    calls.put("channelShuffle", x -> Functional.channelShuffle(Tensor.cat(List.of(x, x), 1), 2));
    calls.put(
        "unfold", x -> Functional.unfold(x, TWO, o -> o.dilation(ONE).padding(ZERO).stride(ONE)));
    calls.put("dropout2d", x -> Functional.dropout2d(x, 0.5, true, new Generator(1)));
    calls.put("sdpa", x -> Functional.scaledDotProductAttention(x, x, x));
    calls.put(
        "sdpaGrad",
        x -> Functional.scaledDotProductAttention(x.detach().requiresGrad_(true), x, x));
    calls.put(
        "sdpaCausal", x -> Functional.scaledDotProductAttention(x, x, x, o -> o.isCausal(true)));
    calls.put(
        "sdpaDropout", x -> Functional.scaledDotProductAttention(x, x, x, o -> o.dropoutP(0.5)));
    calls.put(
        "sdpaMask",
        x ->
            Functional.scaledDotProductAttention(
                x, x, x, o -> o.attnMask(Tensor.zeros(x.size(2), x.size(2)))));
    calls.put("conv3d", x -> Functional.conv3d(x, Tensor.ones(5, x.size(1), 3, 3, 3)));
    calls.put(
        "convTranspose3d",
        x ->
            Functional.convTranspose3d(
                x,
                Tensor.ones(x.size(1), 5, 3, 3, 3),
                null,
                o -> o.stride(ONE).padding(ZERO).outputPadding(ZERO).dilation(ONE)));
    calls.put(
        "maxPool3d",
        x -> Functional.maxPool3d(x, TWO, o -> o.stride(TWO).padding(ZERO).dilation(ONE)));
    calls.put(
        "avgPool3d",
        x -> Functional.avgPool3d(x, TWO, o -> o.stride(TWO).padding(ZERO).countIncludePad(true)));
    calls.put("adaptiveAvgPool3d", x -> Functional.adaptiveAvgPool3d(x, 2, 2, 2));
    calls.put(
        "adaptiveMaxPool3d", x -> Functional.adaptiveMaxPool3dWithIndices(x, 2, 2, 2).values());
  }

  @Test
  void stridesAreThoseOfPyTorch() throws IOException {
    elementwise();
    lanes();
    places();
    losses();
    images();
    Map<String, Tensor> inputs = layouts();
    Set<String> unused = new TreeSet<>(calls.keySet());
    List<String> wrong = new ArrayList<>();
    for (String line : table()) {
      String[] field = line.split("\t", -1);
      UnaryOperator<Tensor> call = calls.get(field[0]);
      if (call == null) {
        wrong.add(field[0] + ": no call");
        continue;
      }
      unused.remove(field[0]);
      Tensor y = call.apply(inputs.get(field[1]));
      String[] strides = new String[y.dim()];
      for (int d = 0; d < strides.length; d++) {
        strides[d] = y.size(d) == 1 ? "-" : Integer.toString(y.strides()[d]);
      }
      String shape = Arrays.toString(y.shape()).replaceAll("[\\[\\] ]", "");
      if (!shape.equals(field[2]) && !field[0].equals("nonzero")) {
        wrong.add(field[0] + " of " + field[1] + ": shape " + shape + ", wanted " + field[2]);
      } else if (!String.join(",", strides).equals(field[3]) && !field[0].equals("nonzero")) {
        wrong.add(
            field[0]
                + " of "
                + field[1]
                + ": strides "
                + String.join(",", strides)
                + ", wanted "
                + field[3]);
      }
    }
    assertTrue(wrong.isEmpty(), wrong.size() + " wrong:\n" + String.join("\n", wrong));
    assertEquals(Set.of(), unused);
  }

  private static List<String> table() throws IOException {
    try (InputStream in = MemoryOrderTest.class.getResourceAsStream("/memory-order/strides.tsv")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    }
  }

  @Test
  void copiesHaveTheElements() {
    for (Tensor x : layouts().values()) {
      float[] wanted = x.toFloatArray();
      assertArrayEquals(wanted, x.clone().toFloatArray());
      assertArrayEquals(wanted, x.to(DType.FLOAT64).to(DType.FLOAT32).toFloatArray());
      assertArrayEquals(wanted, x.add(0).toFloatArray());
      assertArrayEquals(wanted, Tensor.where(x.ge(0), x, x.contiguous()).toFloatArray());
    }
  }
}
