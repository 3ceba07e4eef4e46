package dev.facula.conformance;

import dev.facula.AvgPoolOptions;
import dev.facula.FractionalMaxPoolOptions;
import dev.facula.Functional;
import dev.facula.LPPoolOptions;
import dev.facula.MaxPoolOptions;
import dev.facula.PadMode;
import dev.facula.Tensor;
import dev.facula.nn.*;
import dev.facula.nn.Module;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How the modules of PyTorch are made and called here, by PyTorch's name. */
final class ModuleBindings {
  /** A module and how it is called. */
  record Layer(Module module, Function<Arguments, @Nullable Object> call) {
    /** A module of one input. */
    Layer(Module module) {
      this(module, a -> module.forward(a.tensor(0, "input")));
    }
  }

  record Binding(Function<Arguments, Layer> make) {}

  private final Map<String, Binding> bindings = new HashMap<>();

  static ModuleBindings ofModules() {
    ModuleBindings b = new ModuleBindings();
    b.dense();
    b.convolutions();
    b.pools();
    b.norms();
    b.activations();
    b.borders();
    LossModuleBindings.addTo(b);
    SequenceModuleBindings.addTo(b);
    return b;
  }

  @Nullable Binding find(String name) {
    return bindings.get(name);
  }

  Binding require(String name) {
    Binding binding = bindings.get(name);
    if (binding == null) {
      throw new IllegalStateException("nothing is bound to " + name);
    }
    return binding;
  }

  /** A module that is called in its own way. */
  void layer(String name, Function<Arguments, Layer> make) {
    if (bindings.put("nn." + name, new Binding(make)) != null) {
      throw new IllegalStateException(name + " is bound twice");
    }
  }

  /** A module of one input. */
  void module(String name, Function<Arguments, Module> make) {
    layer(name, a -> new Layer(make.apply(a)));
  }

  private void dense() {
    module(
        "Linear",
        a ->
            new Linear(
                a.integer(0, "in_features"), a.integer(1, "out_features"), a.options(2, "bias")));
    layer(
        "Bilinear",
        a -> {
          Bilinear m =
              new Bilinear(
                  a.integer(0, "in1_features"),
                  a.integer(1, "in2_features"),
                  a.integer(2, "out_features"),
                  a.options(3, "bias"));
          return new Layer(m, c -> m.forward(c.tensor(0, "input1"), c.tensor(1, "input2")));
        });
    module(
        "Embedding",
        a ->
            new Embedding(
                a.integer(0, "num_embeddings"),
                a.integer(1, "embedding_dim"),
                a.options(2, "padding_idx", "max_norm", "norm_type", "scale_grad_by_freq")));
    module("Identity", a -> new Identity());
    module("Flatten", a -> new Flatten(a.integer(0, "start_dim", 1), a.integer(1, "end_dim", -1)));
  }

  private static Consumer<ConvOptions> conv(Arguments a) {
    Consumer<ConvOptions> options = a.options(3, "stride", "padding", "dilation", "groups", "bias");
    return options.andThen(o -> o.paddingMode(padMode(a.string(8, "padding_mode", "zeros"))));
  }

  private static PadMode padMode(String name) {
    return switch (name) {
      case "reflect" -> PadMode.REFLECT;
      case "replicate" -> PadMode.REPLICATE;
      case "circular" -> PadMode.CIRCULAR;
      default -> PadMode.CONSTANT;
    };
  }

  private interface Convolution<O> {
    Module make(int in, int out, int[] kernel, Consumer<O> options);
  }

  private void convolution(String name, Convolution<ConvOptions> make) {
    module(
        name,
        a ->
            make.make(
                a.integer(0, "in_channels"),
                a.integer(1, "out_channels"),
                a.ints(2, "kernel_size"),
                conv(a)));
  }

  private void transposed(String name, Convolution<ConvTransposeOptions> make) {
    module(
        name,
        a ->
            make.make(
                a.integer(0, "in_channels"),
                a.integer(1, "out_channels"),
                a.ints(2, "kernel_size"),
                a.options(3, "stride", "padding", "output_padding", "groups", "bias", "dilation")));
  }

  private void convolutions() {
    convolution("Conv1d", Conv1d::new);
    convolution("Conv2d", Conv2d::new);
    convolution("Conv3d", Conv3d::new);
    transposed("ConvTranspose1d", ConvTranspose1d::new);
    transposed("ConvTranspose2d", ConvTranspose2d::new);
    transposed("ConvTranspose3d", ConvTranspose3d::new);
  }

  private interface MaxPool {
    Module make(int[] kernel, Consumer<MaxPoolOptions> options);
  }

  private void maxPool(String name, MaxPool make, Function<Module, Function<Tensor, Object>> both) {
    layer(
        name,
        a -> {
          Consumer<MaxPoolOptions> first = a.options(1, "stride", "padding", "dilation");
          Consumer<MaxPoolOptions> last = a.options(5, "ceil_mode");
          Module m = make.make(a.ints(0, "kernel_size"), first.andThen(last));
          return a.flag(4, "return_indices", false)
              ? new Layer(m, c -> both.apply(m).apply(c.tensor(0, "input")))
              : new Layer(m);
        });
  }

  private void adaptiveMaxPool(
      String name, Function<int[], Module> make, Function<Module, Function<Tensor, Object>> both) {
    layer(
        name,
        a -> {
          Module m = make.apply(outputSize(a));
          return a.flag(1, "return_indices", false)
              ? new Layer(m, c -> both.apply(m).apply(c.tensor(0, "input")))
              : new Layer(m);
        });
  }

  private interface AvgPool {
    Module make(int[] kernel, Consumer<AvgPoolOptions> options);
  }

  private void avgPool(String name, AvgPool make) {
    module(
        name,
        a ->
            make.make(
                a.ints(0, "kernel_size"),
                a.options(
                    1, "stride", "padding", "ceil_mode", "count_include_pad", "divisor_override")));
  }

  /** Sizes in which None stands for "as it is". */
  private static int[] outputSize(Arguments a) {
    if (!(a.value(0, "output_size") instanceof Iterable<?>)) {
      return a.ints(0, "output_size");
    }
    return a.list(0, "output_size").stream()
        .mapToInt(v -> v == null ? Functional.KEEP : Math.toIntExact((Long) v))
        .toArray();
  }

  private void pools() {
    maxPool("MaxPool1d", MaxPool1d::new, m -> ((MaxPool1d) m)::forwardWithIndices);
    maxPool("MaxPool2d", MaxPool2d::new, m -> ((MaxPool2d) m)::forwardWithIndices);
    maxPool("MaxPool3d", MaxPool3d::new, m -> ((MaxPool3d) m)::forwardWithIndices);
    fractionalPool("FractionalMaxPool2d", FractionalMaxPool2d::new);
    fractionalPool("FractionalMaxPool3d", FractionalMaxPool3d::new);
    lpPool("LPPool1d", LPPool1d::new);
    lpPool("LPPool2d", LPPool2d::new);
    lpPool("LPPool3d", LPPool3d::new);
    avgPool("AvgPool1d", AvgPool1d::new);
    avgPool("AvgPool2d", AvgPool2d::new);
    avgPool("AvgPool3d", AvgPool3d::new);
    module("AdaptiveAvgPool1d", a -> new AdaptiveAvgPool1d(outputSize(a)[0]));
    module("AdaptiveAvgPool2d", a -> new AdaptiveAvgPool2d(outputSize(a)));
    module("AdaptiveAvgPool3d", a -> new AdaptiveAvgPool3d(outputSize(a)));
    adaptiveMaxPool(
        "AdaptiveMaxPool1d",
        s -> new AdaptiveMaxPool1d(s[0]),
        m -> ((AdaptiveMaxPool1d) m)::forwardWithIndices);
    adaptiveMaxPool(
        "AdaptiveMaxPool2d",
        AdaptiveMaxPool2d::new,
        m -> ((AdaptiveMaxPool2d) m)::forwardWithIndices);
    adaptiveMaxPool(
        "AdaptiveMaxPool3d",
        AdaptiveMaxPool3d::new,
        m -> ((AdaptiveMaxPool3d) m)::forwardWithIndices);
  }

  private interface FractionalPool {
    FractionalMaxPoolLayer make(int[] kernel, Consumer<FractionalMaxPoolOptions> options);
  }

  private void fractionalPool(String name, FractionalPool make) {
    layer(
        name,
        a -> {
          Tensor samples = a.optionalTensor(4, "_random_samples");
          Consumer<FractionalMaxPoolOptions> given = a.options(1, "output_size", "output_ratio");
          FractionalMaxPoolLayer m =
              make.make(a.ints(0, "kernel_size"), given.andThen(o -> o.randomSamples(samples)));
          return a.flag(3, "return_indices", false)
              ? new Layer(m, c -> m.forwardWithIndices(c.tensor(0, "input")))
              : new Layer(m);
        });
  }

  private interface LpPool {
    Module make(double p, int[] kernel, Consumer<LPPoolOptions> options);
  }

  private void lpPool(String name, LpPool make) {
    module(
        name,
        a ->
            make.make(
                a.real(0, "norm_type"),
                a.ints(1, "kernel_size"),
                a.options(2, "stride", "ceil_mode")));
  }

  private interface ChannelNorm {
    Module make(int features, Consumer<NormOptions> options);
  }

  private void channelNorm(String name, ChannelNorm make) {
    module(
        name,
        a -> {
          Consumer<NormOptions> options =
              a.options(1, "eps", "momentum", "affine", "track_running_stats");
          boolean cumulative = a.size() > 2 && a.value(2, "momentum") == null;
          Consumer<NormOptions> named = a.options(-1, "bias");
          return make.make(
              a.integer(0, "num_features"),
              options
                  .andThen(named)
                  .andThen(
                      o -> {
                        if (cumulative) {
                          o.momentum(null);
                        }
                      }));
        });
  }

  private void norms() {
    channelNorm("BatchNorm1d", BatchNorm1d::new);
    channelNorm("BatchNorm2d", BatchNorm2d::new);
    channelNorm("BatchNorm3d", BatchNorm3d::new);
    channelNorm("InstanceNorm1d", InstanceNorm1d::new);
    channelNorm("InstanceNorm2d", InstanceNorm2d::new);
    channelNorm("InstanceNorm3d", InstanceNorm3d::new);
    module(
        "LocalResponseNorm",
        a -> new LocalResponseNorm(a.integer(0, "size"), a.options(1, "alpha", "beta", "k")));
    module(
        "LayerNorm",
        a ->
            new LayerNorm(
                a.ints(0, "normalized_shape"), a.options(1, "eps", "elementwise_affine", "bias")));
    module(
        "RMSNorm",
        a -> new RMSNorm(a.ints(0, "normalized_shape"), a.options(1, "eps", "elementwise_affine")));
    module(
        "GroupNorm",
        a ->
            new GroupNorm(
                a.integer(0, "num_groups"),
                a.integer(1, "num_channels"),
                a.options(2, "eps", "affine", "bias")));
  }

  /** An activation, whose option inplace is not a matter of values. */
  private void activation(String name, int position, Function<Arguments, Module> make) {
    module(
        name,
        a -> {
          a.flag(position, "inplace", false);
          return make.apply(a);
        });
  }

  private void activations() {
    activation("ReLU", 0, a -> new ReLU());
    activation("ReLU6", 0, a -> new ReLU6());
    activation("SiLU", 0, a -> new SiLU());
    activation("Mish", 0, a -> new Mish());
    activation("SELU", 0, a -> new SELU());
    activation("Hardsigmoid", 0, a -> new Hardsigmoid());
    activation("Hardswish", 0, a -> new Hardswish());
    activation("LeakyReLU", 1, a -> new LeakyReLU(a.real(0, "negative_slope", 0.01)));
    activation("ELU", 1, a -> new ELU(a.real(0, "alpha", 1)));
    activation("CELU", 1, a -> new CELU(a.real(0, "alpha", 1)));
    activation("Hardtanh", 2, a -> new Hardtanh(a.real(0, "min_val", -1), a.real(1, "max_val", 1)));
    activation("Threshold", 2, a -> new Threshold(a.real(0, "threshold"), a.real(1, "value")));
    activation("Dropout", 1, a -> new Dropout(a.real(0, "p", 0.5)));
    module("GELU", a -> new GELU(a.string(0, "approximate", "none")));
    module("Sigmoid", a -> new Sigmoid());
    module("Tanh", a -> new Tanh());
    module("LogSigmoid", a -> new LogSigmoid());
    module("Softsign", a -> new Softsign());
    module("Tanhshrink", a -> new Tanhshrink());
    module("Softplus", a -> new Softplus(a.real(0, "beta", 1), a.real(1, "threshold", 20)));
    module("Softshrink", a -> new Softshrink(a.real(0, "lambd", 0.5)));
    module("Hardshrink", a -> new Hardshrink(a.real(0, "lambd", 0.5)));
    module("GLU", a -> new GLU(a.integer(0, "dim", -1)));
    module("Softmax", a -> new Softmax(a.integer(0, "dim")));
    module("Softmin", a -> new Softmin(a.integer(0, "dim")));
    module("LogSoftmax", a -> new LogSoftmax(a.integer(0, "dim")));
    module("Softmax2d", a -> new Softmax2d());
    module("PReLU", a -> new PReLU(a.integer(0, "num_parameters", 1), a.real(1, "init", 0.25)));
  }

  private void border(String name, Function<int[], Module> make) {
    module(name, a -> make.apply(a.ints(0, "padding")));
  }

  private void borders() {
    border("ZeroPad1d", ZeroPad1d::new);
    border("ZeroPad2d", ZeroPad2d::new);
    border("ZeroPad3d", ZeroPad3d::new);
    border("ReflectionPad1d", ReflectionPad1d::new);
    border("ReflectionPad2d", ReflectionPad2d::new);
    border("ReflectionPad3d", ReflectionPad3d::new);
    border("ReplicationPad1d", ReplicationPad1d::new);
    border("ReplicationPad2d", ReplicationPad2d::new);
    border("ReplicationPad3d", ReplicationPad3d::new);
    border("CircularPad1d", CircularPad1d::new);
    border("CircularPad2d", CircularPad2d::new);
    border("CircularPad3d", CircularPad3d::new);
    module("ConstantPad1d", a -> new ConstantPad1d(a.ints(0, "padding"), a.real(1, "value")));
    module("ConstantPad2d", a -> new ConstantPad2d(a.ints(0, "padding"), a.real(1, "value")));
    module("ConstantPad3d", a -> new ConstantPad3d(a.ints(0, "padding"), a.real(1, "value")));
  }
}
