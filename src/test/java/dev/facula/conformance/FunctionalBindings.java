package dev.facula.conformance;

import dev.facula.AvgPoolOptions;
import dev.facula.ConvolutionOptions;
import dev.facula.Functional;
import dev.facula.InterpolateOptions;
import dev.facula.MaxPoolOptions;
import dev.facula.PadMode;
import dev.facula.Tensor;
import dev.facula.TransposedConvolutionOptions;
import dev.facula.UnpoolOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What torch.nn.functional holds, except for the losses. */
final class FunctionalBindings {
  private static final String F = "nn.functional.";

  private FunctionalBindings() {}

  static void addTo(Bindings b) {
    activations(b);
    softmaxes(b);
    layers(b);
    convolutions(b);
    transposed(b);
    maxPools(b);
    averagePools(b);
    adaptivePools(b);
    norms(b);
    pads(b);
    images(b);
    attention(b);
  }

  private static Tensor x(Arguments a) {
    return a.tensor(0, "input");
  }

  private static void activation(Bindings b, String name, UnaryOperator<Tensor> f) {
    b.bind(F + name, a -> f.apply(x(a)));
  }

  private static void activations(Bindings b) {
    activation(b, "relu", Functional::relu);
    activation(b, "relu6", Functional::relu6);
    activation(b, "selu", Functional::selu);
    activation(b, "silu", Functional::silu);
    activation(b, "mish", Functional::mish);
    activation(b, "logsigmoid", Functional::logsigmoid);
    activation(b, "hardsigmoid", Functional::hardsigmoid);
    activation(b, "hardswish", Functional::hardswish);
    activation(b, "tanhshrink", Functional::tanhshrink);
    activation(b, "softsign", Functional::softsign);
    b.bind(F + "leaky_relu", a -> Functional.leakyRelu(x(a), a.real(1, "negative_slope", 0.01)));
    b.bind(F + "elu", a -> Functional.elu(x(a), a.real(1, "alpha", 1)));
    b.bind(F + "celu", a -> Functional.celu(x(a), a.real(1, "alpha", 1)));
    b.bind(F + "gelu", a -> Functional.gelu(x(a), a.string(1, "approximate", "none")));
    b.bind(F + "prelu", a -> Functional.prelu(x(a), a.tensor(1, "weight")));
    b.bind(
        F + "softplus",
        a -> Functional.softplus(x(a), a.real(1, "beta", 1), a.real(2, "threshold", 20)));
    b.bind(
        F + "hardtanh",
        a -> Functional.hardtanh(x(a), a.number(1, "min_val", -1.0), a.number(2, "max_val", 1.0)));
    b.bind(F + "softshrink", a -> Functional.softshrink(x(a), a.real(1, "lambd", 0.5)));
    b.bind(F + "hardshrink", a -> Functional.hardshrink(x(a), a.real(1, "lambd", 0.5)));
    b.bind(
        F + "threshold",
        a -> Functional.threshold(x(a), a.number(1, "threshold"), a.number(2, "value")));
    b.bind(F + "glu", a -> Functional.glu(x(a), a.integer(1, "dim", -1)));
  }

  private static void softmaxes(Bindings b) {
    b.sums(F + "softmin", a -> Functional.softmin(typed(a), a.integer(1, "dim")));
    b.sums("softmax", a -> Functional.softmax(typed(a), a.integer(1, "dim")));
    b.sums("log_softmax", a -> Functional.logSoftmax(typed(a), a.integer(1, "dim")));
  }

  /** The input in the type that the call asks for. */
  private static Tensor typed(Arguments a) {
    var dtype = a.dtype(-1, "dtype");
    return dtype == null ? x(a) : x(a).to(dtype);
  }

  private static void layers(Bindings b) {
    b.sums(
        F + "linear",
        a -> Functional.linear(x(a), a.tensor(1, "weight"), a.optionalTensor(2, "bias")));
    b.sums(
        F + "bilinear",
        a ->
            Functional.bilinear(
                a.tensor(0, "input1"),
                a.tensor(1, "input2"),
                a.tensor(2, "weight"),
                a.optionalTensor(3, "bias")));
    b.sums(
        F + "embedding",
        a ->
            Functional.embedding(
                a.tensor(1, "weight"),
                x(a),
                o ->
                    o.paddingIdx(
                            a.has(-1, "padding_idx")
                                ? (Integer) a.integer(-1, "padding_idx")
                                : null)
                        .maxNorm(a.optionalReal(-1, "max_norm"))
                        .normType(a.real(-1, "norm_type", 2))
                        .scaleGradByFreq(a.flag(-1, "scale_grad_by_freq", false))));
  }

  // ---- convolutions -----------------------------------------------------------------------

  private static Tensor weight(Arguments a) {
    return a.tensor(1, "weight");
  }

  private static @Nullable Tensor bias(Arguments a) {
    return a.optionalTensor(2, "bias");
  }

  private static Consumer<ConvolutionOptions> convolution(Arguments a) {
    return a.options(3, "stride", "padding", "dilation", "groups");
  }

  private static Consumer<TransposedConvolutionOptions> transposed(Arguments a) {
    return a.options(3, "stride", "padding", "output_padding", "groups", "dilation");
  }

  private static void convolutions(Bindings b) {
    b.sums(F + "conv1d", a -> Functional.conv1d(x(a), weight(a), bias(a), convolution(a)));
    b.sums(F + "conv2d", a -> Functional.conv2d(x(a), weight(a), bias(a), convolution(a)));
    b.sums(F + "conv3d", a -> Functional.conv3d(x(a), weight(a), bias(a), convolution(a)));
  }

  private static void transposed(Bindings b) {
    b.sums(
        F + "conv_transpose1d",
        a -> Functional.convTranspose1d(x(a), weight(a), bias(a), transposed(a)));
    b.sums(
        F + "conv_transpose2d",
        a -> Functional.convTranspose2d(x(a), weight(a), bias(a), transposed(a)));
    b.sums(
        F + "conv_transpose3d",
        a -> Functional.convTranspose3d(x(a), weight(a), bias(a), transposed(a)));
  }

  // ---- pooling ----------------------------------------------------------------------------

  private static int[] kernel(Arguments a) {
    return a.ints(1, "kernel_size");
  }

  private static Consumer<MaxPoolOptions> maxPool(Arguments a) {
    return a.options(2, "stride", "padding", "dilation", "ceil_mode");
  }

  private static Consumer<AvgPoolOptions> avgPool(Arguments a) {
    return a.options(2, "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override");
  }

  private static boolean withIndices(Arguments a) {
    return a.flag(6, "return_indices", false);
  }

  private static void maxPools(Bindings b) {
    b.bind(
        F + "max_pool1d",
        a ->
            withIndices(a)
                ? Functional.maxPool1dWithIndices(x(a), kernel(a), maxPool(a))
                : Functional.maxPool1d(x(a), kernel(a), maxPool(a)));
    b.bind(
        F + "max_pool2d",
        a ->
            withIndices(a)
                ? Functional.maxPool2dWithIndices(x(a), kernel(a), maxPool(a))
                : Functional.maxPool2d(x(a), kernel(a), maxPool(a)));
    b.bind(
        F + "max_pool3d",
        a ->
            withIndices(a)
                ? Functional.maxPool3dWithIndices(x(a), kernel(a), maxPool(a))
                : Functional.maxPool3d(x(a), kernel(a), maxPool(a)));
    b.bind(F + "max_unpool1d", a -> unpool(a, 1));
    b.bind(F + "max_unpool2d", a -> unpool(a, 2));
    b.bind(F + "max_unpool3d", a -> unpool(a, 3));
  }

  private static Tensor unpool(Arguments a, int rank) {
    Tensor x = x(a);
    int[] kernel = a.ints(2, "kernel_size");
    Consumer<UnpoolOptions> options =
        o -> {
          int[] size = a.ints(5, "output_size", new int[0]);
          o.stride(a.ints(3, "stride", new int[0]));
          o.padding(a.ints(4, "padding", 0));
          o.outputSize(size.length == rank + 2 ? Arrays.copyOfRange(size, 2, rank + 2) : size);
        };
    Tensor indices = a.tensor(1, "indices");
    return switch (rank) {
      case 1 -> Functional.maxUnpool1d(x, indices, kernel, options);
      case 2 -> Functional.maxUnpool2d(x, indices, kernel, options);
      default -> Functional.maxUnpool3d(x, indices, kernel, options);
    };
  }

  private static void averagePools(Bindings b) {
    b.sums(F + "avg_pool1d", a -> Functional.avgPool1d(x(a), kernel(a), avgPool(a)));
    b.sums(F + "avg_pool2d", a -> Functional.avgPool2d(x(a), kernel(a), avgPool(a)));
    b.sums(F + "avg_pool3d", a -> Functional.avgPool3d(x(a), kernel(a), avgPool(a)));
  }

  private static void adaptivePools(Bindings b) {
    b.sums(F + "adaptive_avg_pool1d", a -> Functional.adaptiveAvgPool1d(x(a), output(a, 1)[0]));
    b.sums(F + "adaptive_avg_pool2d", a -> Functional.adaptiveAvgPool2d(x(a), output(a, 2)));
    b.sums(F + "adaptive_avg_pool3d", a -> Functional.adaptiveAvgPool3d(x(a), output(a, 3)));
    b.bind(
        F + "adaptive_max_pool1d",
        a ->
            a.flag(2, "return_indices", false)
                ? Functional.adaptiveMaxPool1dWithIndices(x(a), output(a, 1)[0])
                : Functional.adaptiveMaxPool1d(x(a), output(a, 1)[0]));
    b.bind(
        F + "adaptive_max_pool2d",
        a ->
            a.flag(2, "return_indices", false)
                ? Functional.adaptiveMaxPool2dWithIndices(x(a), output(a, 2))
                : Functional.adaptiveMaxPool2d(x(a), output(a, 2)));
    b.bind(
        F + "adaptive_max_pool3d",
        a ->
            a.flag(2, "return_indices", false)
                ? Functional.adaptiveMaxPool3dWithIndices(x(a), output(a, 3))
                : Functional.adaptiveMaxPool3d(x(a), output(a, 3)));
  }

  /** None stands for the size of the input. */
  static int[] output(Arguments a, int rank) {
    if (a.value(1, "output_size") instanceof List<?> sizes && rank == 1 && sizes.size() != 1) {
      throw new Arguments.InexpressibleException("one size is an int");
    }
    if (!(a.value(1, "output_size") instanceof List)) {
      return a.ints(1, "output_size");
    }
    Tensor x = x(a);
    List<@Nullable Object> sizes = new ArrayList<>(a.list(1, "output_size"));
    int[] result = new int[sizes.size()];
    for (int i = 0; i < result.length; i++) {
      Object size = sizes.get(i);
      result[i] = size == null ? x.size(x.dim() - rank + i) : Math.toIntExact((Long) size);
    }
    return result;
  }

  // ---- normalisation ----------------------------------------------------------------------

  private static void norms(Bindings b) {
    b.sums(
        F + "batch_norm",
        a ->
            Functional.batchNorm(
                x(a),
                a.optionalTensor(1, "running_mean"),
                a.optionalTensor(2, "running_var"),
                a.optionalTensor(3, "weight"),
                a.optionalTensor(4, "bias"),
                a.flag(5, "training", false),
                a.real(6, "momentum", 0.1),
                a.real(7, "eps", 1e-5)));
    b.sums(
        F + "layer_norm",
        a ->
            Functional.layerNorm(
                x(a),
                a.ints(1, "normalized_shape"),
                a.optionalTensor(2, "weight"),
                a.optionalTensor(3, "bias"),
                a.real(4, "eps", 1e-5)));
    b.sums(
        F + "rms_norm",
        a ->
            Functional.rmsNorm(
                x(a),
                a.ints(1, "normalized_shape"),
                a.optionalTensor(2, "weight"),
                a.optionalReal(3, "eps")));
    b.sums(
        F + "group_norm",
        a ->
            Functional.groupNorm(
                x(a),
                a.integer(1, "num_groups"),
                a.optionalTensor(2, "weight"),
                a.optionalTensor(3, "bias"),
                a.real(4, "eps", 1e-5)));
    b.sums(
        F + "instance_norm",
        a ->
            Functional.instanceNorm(
                x(a),
                a.optionalTensor(1, "running_mean"),
                a.optionalTensor(2, "running_var"),
                a.optionalTensor(3, "weight"),
                a.optionalTensor(4, "bias"),
                a.flag(5, "use_input_stats", true),
                a.real(6, "momentum", 0.1),
                a.real(7, "eps", 1e-5)));
    b.sums(
        F + "local_response_norm",
        a ->
            Functional.localResponseNorm(
                x(a),
                a.integer(1, "size"),
                o ->
                    o.alpha(a.real(2, "alpha", 1e-4))
                        .beta(a.real(3, "beta", 0.75))
                        .k(a.real(4, "k", 1))));
    b.sums(
        F + "normalize",
        a ->
            Functional.normalize(
                x(a),
                o ->
                    o.p(a.real(1, "p", 2))
                        .dim(a.integer(2, "dim", 1))
                        .eps(a.real(3, "eps", 1e-12))));
  }

  private static void attention(Bindings b) {
    b.sums(
        F + "scaled_dot_product_attention",
        a ->
            Functional.scaledDotProductAttention(
                a.tensor(0, "query"),
                a.tensor(1, "key"),
                a.tensor(2, "value"),
                o ->
                    o.attnMask(a.optionalTensor(3, "attn_mask"))
                        .dropoutP(a.real(4, "dropout_p", 0))
                        .isCausal(a.flag(5, "is_causal", false))
                        .scale(a.optionalReal(6, "scale"))));
  }

  private static void pads(Bindings b) {
    b.bind(
        F + "pad", a -> Functional.pad(x(a), a.ints(1, "pad"), mode(a), a.number(3, "value", 0L)));
    b.bind(
        "constant_pad_nd",
        a -> Functional.pad(x(a), a.ints(1, "pad"), PadMode.CONSTANT, a.number(2, "value", 0L)));
  }

  private static PadMode mode(Arguments a) {
    String name = a.string(2, "mode", "constant");
    for (PadMode mode : PadMode.values()) {
      if (mode.name().toLowerCase(Locale.ROOT).equals(name)) {
        return mode;
      }
    }
    throw new Arguments.InexpressibleException("no padding mode " + name);
  }

  private static void images(Bindings b) {
    b.bind(F + "pixel_shuffle", a -> Functional.pixelShuffle(x(a), a.integer(1, "upscale_factor")));
    b.bind(
        F + "pixel_unshuffle",
        a -> Functional.pixelUnshuffle(x(a), a.integer(1, "downscale_factor")));
    b.bind(F + "channel_shuffle", a -> Functional.channelShuffle(x(a), a.integer(1, "groups")));
    b.bind(
        F + "unfold",
        a ->
            Functional.unfold(
                x(a),
                a.ints(1, "kernel_size"),
                o ->
                    o.dilation(a.ints(2, "dilation", 1))
                        .padding(a.ints(3, "padding", 0))
                        .stride(a.ints(4, "stride", 1))));
    b.sums(F + "pdist", a -> Functional.pdist(x(a), a.real(1, "p", 2)));
    b.sums(F + "interpolate", FunctionalBindings::interpolate);
    b.sums(
        F + "upsample_bilinear",
        a ->
            Functional.interpolate(
                x(a), resizing(a).andThen(o -> o.mode("bilinear").alignCorners(true))));
    b.sums(F + "upsample_nearest", a -> Functional.interpolate(x(a), resizing(a)));
  }

  private static Consumer<InterpolateOptions> resizing(Arguments a) {
    return o -> {
      if (a.has(1, "size")) {
        o.size(a.ints(1, "size"));
      }
      Object factor = a.value(2, "scale_factor");
      if (factor != null) {
        o.scaleFactor(
            factor instanceof List
                ? a.reals(2, "scale_factor")
                : new double[] {a.real(2, "scale_factor")});
      }
    };
  }

  private static Tensor interpolate(Arguments a) {
    Consumer<InterpolateOptions> options =
        resizing(a)
            .andThen(
                o -> {
                  o.mode(a.string(3, "mode", "nearest"));
                  if (a.has(4, "align_corners")) {
                    o.alignCorners(a.flag(4, "align_corners", false));
                  }
                  o.recomputeScaleFactor(a.flag(5, "recompute_scale_factor", false));
                });
    return Functional.interpolate(x(a), options);
  }
}
