package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Normalisations that give their statistics too. */
final class NativeNorms {
  private NativeNorms() {}

  static Normalized layer(
      Tensor x, int[] shape, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    String op = "nativeLayerNorm";
    int n = Objects.requireNonNull(shape, "normalizedShape").length;
    int at = Objects.requireNonNull(x, "x").dim() - n;
    if (n == 0 || at < 0 || !Arrays.equals(shape, Arrays.copyOfRange(x.layout.shape, at, at + n))) {
      throw Shapes.error(
          "%s: normalizedShape %s must be the last dimensions of the input %s, one or more",
          op, shape, x.layout.shape);
    }
    for (Tensor t : new Tensor[] {weight, bias}) {
      if (t != null && !Arrays.equals(t.layout.shape, shape)) {
        throw Shapes.error(
            "%s: expects weight and bias of the normalizedShape %s, got %s",
            op, shape, t.layout.shape);
      }
    }
    Tensor y = Normalization.layerNorm(x, shape, weight, bias, eps);
    int[] dims = new int[n];
    Arrays.setAll(dims, i -> at + i);
    Tensor mean = x.detach().mean(dims, true);
    return new Normalized(y, mean, rstd(x.detach(), dims, eps));
  }

  private static Tensor rstd(Tensor x, int[] dims, double eps) {
    return x.var(dims, 0, true).add(eps).rsqrt();
  }

  static Normalized group(
      Tensor x, int groups, @Nullable Tensor weight, @Nullable Tensor bias, double eps) {
    String op = "nativeGroupNorm";
    if (Objects.requireNonNull(x, "x").dim() < 2 || groups < 1 || x.size(1) % groups != 0) {
      throw Shapes.error(
          "%s: expects [batch, channels, *] with channels that divide into %s groups, got %s",
          op, groups, x.layout.shape);
    }
    Normalization.requireChannels(op, "weight", weight, x, x.size(1));
    Normalization.requireChannels(op, "bias", bias, x, x.size(1));
    int n = x.size(0);
    int[] last = {2};
    int each = n == 0 ? Shapes.numel(op, Shapes.with(x.layout.shape, 0, 1)) : x.numel() / n;
    Tensor rows = x.reshape(n, groups, each / groups);
    Tensor mean = rows.mean(last, true);
    Tensor rstd = rstd(rows, last, eps);
    Tensor y = rows.sub(mean).mul(rstd).reshape(x.layout.shape);
    y = Normalization.affine(y, weight, bias);
    return new Normalized(y, mean.squeeze(2), rstd.squeeze(2));
  }

  static Normalized batch(
      Tensor x,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      @Nullable Tensor runningMean,
      @Nullable Tensor runningVar,
      boolean training,
      double momentum,
      double eps) {
    Objects.requireNonNull(x, "x");
    Tensor y =
        BatchNormalization.batchNorm(
            x, runningMean, runningVar, weight, bias, training, momentum, eps);
    if (!training || x.dim() < 2) {
      Tensor none = Tensor.empty(x.dtype(), 0);
      return new Normalized(y, none, none.clone());
    }
    int[] dims = new int[x.dim() - 1];
    Arrays.setAll(dims, i -> i == 0 ? 0 : i + 1);
    Tensor mean = x.detach().mean(dims, false);
    return new Normalized(y, mean, rstd(x.detach(), dims, eps).flatten());
  }
}
