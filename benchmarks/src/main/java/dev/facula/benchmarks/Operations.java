package dev.facula.benchmarks;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.List;

/** Single operations other than products, in the shapes that side_by_side.py gives them. */
final class Operations {
  private Operations() {}

  static void add(Works w) {
    Tensor x = Tensor.randn(1024, 1024);
    Tensor y = Tensor.randn(1024, 1024);
    Tensor half = Tensor.rand(1024, 1024);
    Tensor row = Tensor.randn(1024);
    Tensor mask = x.gt(0);
    Tensor places = Tensor.randint(0, 1024, 1024, 1024);
    Tensor classes = Tensor.randint(0, 1024, 1024);
    w.inference("op-leaky-relu", x, Functional::leakyRelu);
    w.inference("op-elu", x, Functional::elu);
    w.inference("op-gelu", x, Functional::gelu);
    w.inference("op-gelu-tanh", x, t -> Functional.gelu(t, "tanh"));
    w.inference("op-softplus", x, Functional::softplus);
    w.inference("op-mish", x, Functional::mish);
    w.inference("op-clamp", x, t -> t.clamp(-1, 1));
    w.inference("op-where", x, t -> Tensor.where(mask, t, y));
    w.inference("op-greater", x, t -> t.gt(y));
    w.inference("op-lerp", x, t -> t.lerp(y, 0.3));
    w.inference("op-add-row", x, t -> t.add(row));
    w.inference("op-layer-norm", x, t -> Functional.layerNorm(t, new int[] {1024}, row, row, 1e-5));
    w.inference("op-rms-norm", x, t -> Functional.rmsNorm(t, new int[] {1024}, row, null));
    w.inference("op-mse", x, t -> Functional.mseLoss(t, y));
    w.inference("op-smooth-l1", x, t -> Functional.smoothL1Loss(t, y));
    w.inference("op-bce-logits", x, t -> Functional.binaryCrossEntropyWithLogits(t, half));
    w.inference("op-cross-entropy", x, t -> Functional.crossEntropy(t, classes));
    w.inference("op-norm", x, Tensor::norm);
    w.inference("op-sum-0", x, t -> t.sum(0));
    w.inference("op-max-1", x, t -> t.max(1).values());
    w.inference("op-std", x, t -> t.std());
    w.inference("op-logsumexp", x, t -> t.logsumexp(1));
    w.inference("op-softmax-0", x, t -> t.softmax(0));
    w.inference("op-cumsum", x, t -> t.cumsum(1));
    w.inference("op-topk", x, t -> t.topk(10, 1).values());
    w.inference("op-gather", x, t -> t.gather(1, places));
    w.inference("op-index-select", x, t -> t.indexSelect(0, classes));
    w.inference("op-scatter-add", x, t -> t.scatterAdd(1, places, y));
    w.inference("op-transpose", x, t -> t.t().contiguous());
    w.inference("op-cat", x, t -> Tensor.cat(List.of(t, y), 1));
    w.inference("op-flip", x, t -> t.flip(1));
    w.inference("op-randn", x, t -> Tensor.randn(1024, 1024));
    images(w);
    sequences(w);
  }

  private static void images(Works w) {
    Tensor x = Tensor.randn(32, 64, 28, 28);
    Tensor scale = Tensor.randn(64);
    w.inference("op-group-norm", x, t -> Functional.groupNorm(t, 8, scale, scale, 1e-5));
    w.inference(
        "op-batch-norm",
        x,
        t -> Functional.batchNorm(t, null, null, scale, scale, true, 0.1, 1e-5));
    w.inference("op-max-pool", x, t -> Functional.maxPool2d(t, 2));
    w.inference("op-avg-pool", x, t -> Functional.avgPool2d(t, 2));
    w.inference(
        "op-bilinear", x, t -> Functional.interpolate(t, o -> o.scaleFactor(2).mode("bilinear")));
    w.inference("op-unfold", x, t -> Functional.unfold(t, 3, o -> o.padding(1)));
  }

  private static void sequences(Works w) {
    Tensor table = Tensor.randn(30000, 256);
    Tensor words = Tensor.randint(0, 30000, 32, 128);
    w.inference("op-embedding", table, t -> Functional.embedding(words, t));
    Tensor heads = Tensor.randn(8, 8, 256, 64);
    w.inference("op-attention", heads, t -> Functional.scaledDotProductAttention(t, t, t));
    w.inference(
        "op-attention-causal",
        heads,
        t -> Functional.scaledDotProductAttention(t, t, t, o -> o.isCausal(true)));
    Tensor filters = Tensor.randn(64, 64, 3);
    w.inference("op-conv1d", Tensor.randn(16, 64, 200), t -> Functional.conv1d(t, filters));
    Tensor cubes = Tensor.randn(16, 16, 3, 3, 3);
    w.inference("op-conv3d", Tensor.randn(4, 16, 16, 16, 16), t -> Functional.conv3d(t, cubes));
  }
}
