package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Initial values of parameters: each method overwrites a tensor, outside of the graph, and returns
 * it. The random ones draw PyTorch's numbers for the same seed.
 *
 * <p>The fan of a weight [out, in, *] is in times the size of the kernel (fan in), or out times the
 * size of the kernel (fan out).
 *
 * <pre>{@code
 * Linear layer = new Linear(784, 64);
 * Init.kaimingNormal_(layer.weight(), o -> o.mode("fan_out").nonlinearity("relu"));
 * }</pre>
 */
public final class Init {
  private static final String[] NONLINEARITIES = {
    "linear",
    "conv1d",
    "conv2d",
    "conv3d",
    "conv_transpose1d",
    "conv_transpose2d",
    "conv_transpose3d",
    "sigmoid",
    "tanh",
    "relu",
    "leaky_relu",
    "selu"
  };

  private Init() {}

  /** Options of {@link #normal_(Tensor, Consumer)}. */
  public static final class NormalOptions {
    private double mean;
    private double std = 1;
    private Generator generator = Facula.defaultGenerator();

    private NormalOptions() {}

    /** The mean. Default: 0. */
    public NormalOptions mean(double value) {
      mean = value;
      return this;
    }

    /** The standard deviation. Default: 1. */
    public NormalOptions std(double value) {
      std = value;
      return this;
    }

    /** Where the numbers come from. Default: {@link Facula#defaultGenerator}. */
    public NormalOptions generator(Generator source) {
      generator = source;
      return this;
    }
  }

  /** Options of {@link #truncNormal_(Tensor, Consumer)}. */
  public static final class TruncNormalOptions {
    private double mean;
    private double std = 1;
    private double a = -2;
    private double b = 2;
    private Generator generator = Facula.defaultGenerator();

    private TruncNormalOptions() {}

    /** The mean. Default: 0. */
    public TruncNormalOptions mean(double value) {
      mean = value;
      return this;
    }

    /** The standard deviation before values are drawn again. Default: 1. */
    public TruncNormalOptions std(double value) {
      std = value;
      return this;
    }

    /** The least value. Default: -2. */
    public TruncNormalOptions a(double value) {
      a = value;
      return this;
    }

    /** The largest value. Default: 2. */
    public TruncNormalOptions b(double value) {
      b = value;
      return this;
    }

    /** Where the numbers come from. Default: {@link Facula#defaultGenerator}. */
    public TruncNormalOptions generator(Generator source) {
      generator = source;
      return this;
    }
  }

  /** Options of Kaiming initialisation. */
  public static final class KaimingOptions {
    private double a;
    private String mode = "fan_in";
    private String nonlinearity = "leaky_relu";
    private Generator generator = Facula.defaultGenerator();

    private KaimingOptions() {}

    /** The negative slope, used by {@code "leaky_relu"} alone. Default: 0. */
    public KaimingOptions a(double slope) {
      a = slope;
      return this;
    }

    /**
     * {@code "fan_in"} keeps the size of values in the forward pass, {@code "fan_out"} that of
     * gradients in the backward pass. Default: fan_in.
     */
    public KaimingOptions mode(String name) {
      mode = name;
      return this;
    }

    /** What follows the layer, as for {@link #calculateGain}. Default: leaky_relu. */
    public KaimingOptions nonlinearity(String name) {
      nonlinearity = name;
      return this;
    }

    /** Where the numbers come from. Default: {@link Facula#defaultGenerator}. */
    public KaimingOptions generator(Generator source) {
      generator = source;
      return this;
    }
  }

  /** The gain that keeps values in scale behind a nonlinearity; for leaky_relu slope 0.01. */
  public static double calculateGain(String nonlinearity) {
    return calculateGain(nonlinearity, 0.01);
  }

  /**
   * The gain that keeps values in scale behind a nonlinearity: 1 for {@code linear}, {@code conv1d}
   * to {@code conv3d}, {@code conv_transpose1d} to {@code conv_transpose3d} and {@code sigmoid}, 5
   * / 3 for {@code tanh}, sqrt(2) for {@code relu}, sqrt(2 / (1 + slope²)) for {@code leaky_relu},
   * 3 / 4 for {@code selu}.
   *
   * @param nonlinearity linear, conv1d, conv2d, conv3d, conv_transpose1d, conv_transpose2d,
   *     conv_transpose3d or sigmoid: 1; tanh: 5 / 3; relu: sqrt(2); leaky_relu: sqrt(2 / (1 +
   *     param²)); selu: 3 / 4
   * @param param the negative slope of leaky_relu
   */
  public static double calculateGain(String nonlinearity, double param) {
    Check.oneOf("calculateGain", "nonlinearity", nonlinearity, NONLINEARITIES);
    return switch (Objects.requireNonNull(nonlinearity, "nonlinearity")) {
      case "tanh" -> 5.0 / 3;
      case "relu" -> Math.sqrt(2);
      case "leaky_relu" -> Math.sqrt(2 / (1 + param * param));
      case "selu" -> 0.75;
      default -> 1;
    };
  }

  // ---- constants ----------------------------------------------------------------------------

  /** All elements the same. */
  public static Tensor constant_(Tensor tensor, double value) {
    try (var guard = Facula.noGrad()) {
      return tensor.fill_(value);
    }
  }

  /** All ones. */
  public static Tensor ones_(Tensor tensor) {
    return constant_(tensor, 1);
  }

  /** All zeros. */
  public static Tensor zeros_(Tensor tensor) {
    return constant_(tensor, 0);
  }

  /**
   * The identity matrix: a linear layer passes on as many inputs as it can.
   *
   * @param tensor a matrix
   */
  public static Tensor eye_(Tensor tensor) {
    requireMatrix("eye_", tensor);
    try (var guard = Facula.noGrad()) {
      tensor.zero_();
      for (int i = 0; i < Math.min(tensor.size(0), tensor.size(1)); i++) {
        tensor.select(0, i).select(0, i).fill_(1);
      }
      return tensor;
    }
  }

  /** As {@link #dirac_(Tensor, int)} with one group. */
  public static Tensor dirac_(Tensor tensor) {
    return dirac_(tensor, 1);
  }

  /**
   * A one in the middle of the kernels: a convolution passes on as many channels as it can.
   *
   * @param tensor a weight of 3, 4 or 5 dimensions
   * @param groups of the convolution; each passes on its channels
   */
  public static Tensor dirac_(Tensor tensor, int groups) {
    int rank = tensor.dim();
    if (rank < 3 || rank > 5) {
      throw new ShapeException(
          "dirac_: expects 3, 4 or 5 dimensions, got " + Arrays.toString(tensor.shape()));
    }
    if (groups < 1 || tensor.size(0) % groups != 0) {
      throw new IllegalArgumentException(
          "dirac_: %s output channels do not divide into %s groups"
              .formatted(tensor.size(0), groups));
    }
    int own = tensor.size(0) / groups;
    try (var guard = Facula.noGrad()) {
      tensor.zero_();
      for (int g = 0; own > 0 && g < groups; g++) {
        for (int d = 0; d < Math.min(own, tensor.size(1)); d++) {
          Tensor kernel = tensor.select(0, g * own + d).select(0, d);
          while (kernel.dim() > 0) {
            kernel = kernel.select(0, kernel.size(0) / 2);
          }
          kernel.fill_(1);
        }
      }
      return tensor;
    }
  }

  // ---- random values ------------------------------------------------------------------------

  /** From U(0, 1). */
  public static Tensor uniform_(Tensor tensor) {
    return uniform_(tensor, 0, 1);
  }

  /** From U(low, high). */
  public static Tensor uniform_(Tensor tensor, double low, double high) {
    return uniform_(tensor, low, high, Facula.defaultGenerator());
  }

  /** From U(low, high). */
  public static Tensor uniform_(Tensor tensor, double low, double high, Generator generator) {
    try (var guard = Facula.noGrad()) {
      return tensor.uniform_(low, high, generator);
    }
  }

  /** From N(0, 1). */
  public static Tensor normal_(Tensor tensor) {
    return normal_(tensor, 0, 1);
  }

  /** From N(mean, std²). */
  public static Tensor normal_(Tensor tensor, double mean, double std) {
    return normal_(tensor, mean, std, Facula.defaultGenerator());
  }

  /** From N(mean, std²). */
  public static Tensor normal_(Tensor tensor, double mean, double std, Generator generator) {
    try (var guard = Facula.noGrad()) {
      return tensor.normal_(mean, std, generator);
    }
  }

  /**
   * From N(mean, std²).
   *
   * @param options mean (0), std (1), generator
   */
  public static Tensor normal_(Tensor tensor, Consumer<NormalOptions> options) {
    NormalOptions o = Check.with(new NormalOptions(), options);
    return normal_(tensor, o.mean, o.std, o.generator);
  }

  /** From N(0, 1), drawn again outside of [-2, 2]. */
  public static Tensor truncNormal_(Tensor tensor) {
    return truncNormal_(tensor, 0, 1);
  }

  /** From N(mean, std²), drawn again outside of [-2, 2]. */
  public static Tensor truncNormal_(Tensor tensor, double mean, double std) {
    return truncNormal_(tensor, mean, std, -2, 2);
  }

  /** From N(mean, std²), drawn again outside of [low, high]. */
  public static Tensor truncNormal_(
      Tensor tensor, double mean, double std, double low, double high) {
    return truncNormal_(tensor, mean, std, low, high, Facula.defaultGenerator());
  }

  /** From N(mean, std²), drawn again outside of [low, high]. */
  public static Tensor truncNormal_(
      Tensor tensor, double mean, double std, double low, double high, Generator generator) {
    try (var guard = Facula.noGrad()) {
      return TruncatedNormal.fill(tensor, mean, std, low, high, generator);
    }
  }

  /**
   * From N(mean, std²), drawn again outside of [a, b].
   *
   * <pre>{@code
   * Init.truncNormal_(layer.weight(), o -> o.std(0.02));
   * }</pre>
   *
   * @param options mean (0), std (1), a (-2), b (2), generator
   */
  public static Tensor truncNormal_(Tensor tensor, Consumer<TruncNormalOptions> options) {
    TruncNormalOptions o = Check.with(new TruncNormalOptions(), options);
    return truncNormal_(tensor, o.mean, o.std, o.a, o.b, o.generator);
  }

  /** As {@link #xavierUniform_(Tensor, double)} with gain 1. */
  public static Tensor xavierUniform_(Tensor tensor) {
    return xavierUniform_(tensor, 1);
  }

  /**
   * From U(-a, a) with a = gain sqrt(6 / (fanIn + fanOut)). Glorot and Bengio (2010), Understanding
   * the difficulty of training deep feedforward neural networks.
   */
  public static Tensor xavierUniform_(Tensor tensor, double gain) {
    return xavierUniform_(tensor, gain, Facula.defaultGenerator());
  }

  /** The same with a generator. */
  public static Tensor xavierUniform_(Tensor tensor, double gain, Generator generator) {
    double bound = Math.sqrt(3) * xavier("xavierUniform_", tensor, gain);
    return uniform_(tensor, -bound, bound, generator);
  }

  /** As {@link #xavierNormal_(Tensor, double)} with gain 1. */
  public static Tensor xavierNormal_(Tensor tensor) {
    return xavierNormal_(tensor, 1);
  }

  /** From N(0, s²) with s = gain sqrt(2 / (fanIn + fanOut)); see {@link #xavierUniform_}. */
  public static Tensor xavierNormal_(Tensor tensor, double gain) {
    return xavierNormal_(tensor, gain, Facula.defaultGenerator());
  }

  /** The same with a generator. */
  public static Tensor xavierNormal_(Tensor tensor, double gain, Generator generator) {
    return normal_(tensor, 0, xavier("xavierNormal_", tensor, gain), generator);
  }

  private static double xavier(String op, Tensor tensor, double gain) {
    double fans = fan(op, tensor, true) + (double) fan(op, tensor, false);
    return gain * Math.sqrt(2 / fans);
  }

  /** From U(-b, b), with PyTorch's defaults. */
  public static Tensor kaimingUniform_(Tensor tensor) {
    return kaimingUniform_(tensor, o -> {});
  }

  /** The same with the negative slope of a leaky ReLU. */
  public static Tensor kaimingUniform_(Tensor tensor, double a) {
    return kaimingUniform_(tensor, o -> o.a(a));
  }

  /** The same with a mode. */
  public static Tensor kaimingUniform_(Tensor tensor, double a, String mode) {
    return kaimingUniform_(tensor, o -> o.a(a).mode(mode));
  }

  /** The same with PyTorch's arguments in its order. */
  public static Tensor kaimingUniform_(Tensor tensor, double a, String mode, String nonlinearity) {
    return kaimingUniform_(tensor, o -> o.a(a).mode(mode).nonlinearity(nonlinearity));
  }

  /**
   * From U(-b, b) with b = gain sqrt(3 / fan). He et al. (2015), Delving deep into rectifiers.
   *
   * <pre>{@code
   * Init.kaimingUniform_(conv.weight(), o -> o.mode("fan_out").nonlinearity("relu"));
   * }</pre>
   *
   * @param options a (0), mode (fan_in), nonlinearity (leaky_relu), generator
   */
  public static Tensor kaimingUniform_(Tensor tensor, Consumer<KaimingOptions> options) {
    KaimingOptions o = Check.with(new KaimingOptions(), options);
    double bound = Math.sqrt(3) * kaiming("kaimingUniform_", tensor, o);
    return tensor.numel() == 0 ? tensor : uniform_(tensor, -bound, bound, o.generator);
  }

  /** From N(0, s²), with PyTorch's defaults. */
  public static Tensor kaimingNormal_(Tensor tensor) {
    return kaimingNormal_(tensor, o -> {});
  }

  /** The same with the negative slope of a leaky ReLU. */
  public static Tensor kaimingNormal_(Tensor tensor, double a) {
    return kaimingNormal_(tensor, o -> o.a(a));
  }

  /** The same with a mode. */
  public static Tensor kaimingNormal_(Tensor tensor, double a, String mode) {
    return kaimingNormal_(tensor, o -> o.a(a).mode(mode));
  }

  /** The same with PyTorch's arguments in its order. */
  public static Tensor kaimingNormal_(Tensor tensor, double a, String mode, String nonlinearity) {
    return kaimingNormal_(tensor, o -> o.a(a).mode(mode).nonlinearity(nonlinearity));
  }

  /**
   * From N(0, s²) with s = gain / sqrt(fan). He et al. (2015), Delving deep into rectifiers.
   *
   * <pre>{@code
   * Init.kaimingNormal_(conv.weight(), o -> o.mode("fan_out").nonlinearity("relu"));
   * }</pre>
   *
   * @param options a (0), mode (fan_in), nonlinearity (leaky_relu), generator
   */
  public static Tensor kaimingNormal_(Tensor tensor, Consumer<KaimingOptions> options) {
    KaimingOptions o = Check.with(new KaimingOptions(), options);
    double std = kaiming("kaimingNormal_", tensor, o);
    return tensor.numel() == 0 ? tensor : normal_(tensor, 0, std, o.generator);
  }

  private static double kaiming(String op, Tensor tensor, KaimingOptions o) {
    boolean in = Check.oneOf(op, "mode", o.mode, "fan_in", "fan_out").equals("fan_in");
    double gain = calculateGain(o.nonlinearity, o.a);
    return tensor.numel() == 0 ? 0 : gain / Math.sqrt(fan(op, tensor, in));
  }

  /** As {@link #orthogonal_(Tensor, double)} with gain 1. */
  public static Tensor orthogonal_(Tensor tensor) {
    return orthogonal_(tensor, 1);
  }

  /**
   * A random (semi-)orthogonal matrix times a gain: of a tensor [rows, *] the shorter side is
   * orthonormal. Saxe et al. (2013), Exact solutions to the nonlinear dynamics of learning in deep
   * linear neural networks.
   *
   * @param tensor of 2 dimensions or more; those behind the first are taken as one
   */
  public static Tensor orthogonal_(Tensor tensor, double gain) {
    return orthogonal_(tensor, gain, Facula.defaultGenerator());
  }

  /** The same with a generator. */
  public static Tensor orthogonal_(Tensor tensor, double gain, Generator generator) {
    if (tensor.dim() < 2) {
      throw new ShapeException(
          "orthogonal_: expects at least 2 dimensions, got " + Arrays.toString(tensor.shape()));
    }
    if (tensor.numel() == 0) {
      return tensor;
    }
    int rows = tensor.size(0);
    int columns = tensor.numel() / rows;
    try (var guard = Facula.noGrad()) {
      Tensor drawn = Tensor.zeros(tensor.dtype(), rows, columns).normal_(0, 1, generator);
      Tensor vectors = rows < columns ? drawn : drawn.t();
      double[] q = vectors.toDoubleArray();
      orthonormalise(q, vectors.size(0), vectors.size(1));
      Tensor result = Tensor.of(q, vectors.shape());
      return tensor
          .copy_((rows < columns ? result : result.t()).reshape(tensor.shape()))
          .mul_(gain);
    }
  }

  /**
   * Makes rows orthonormal, each against those before it, by the Gram-Schmidt process. Going over
   * each twice makes it exact to rounding (Giraud et al., 2005). It gives the factor Q of the QR
   * decomposition with a positive diagonal of R.
   */
  private static void orthonormalise(double[] a, int rows, int n) {
    for (int i = 0; i < rows; i++) {
      for (int pass = 0; pass < 2; pass++) {
        for (int j = 0; j < i; j++) {
          double dot = dot(a, i * n, j * n, n);
          for (int k = 0; k < n; k++) {
            a[i * n + k] -= dot * a[j * n + k];
          }
        }
      }
      double norm = Math.sqrt(dot(a, i * n, i * n, n));
      for (int k = 0; norm > 0 && k < n; k++) {
        a[i * n + k] /= norm;
      }
    }
  }

  private static double dot(double[] a, int i, int j, int n) {
    double sum = 0;
    for (int k = 0; k < n; k++) {
      sum += a[i + k] * a[j + k];
    }
    return sum;
  }

  /** As {@link #sparse_(Tensor, double, double)} with standard deviation 0.01. */
  public static Tensor sparse_(Tensor tensor, double sparsity) {
    return sparse_(tensor, sparsity, 0.01);
  }

  /**
   * From N(0, std²), with a share of each column set to zero. Martens (2010), Deep learning via
   * Hessian-free optimization.
   *
   * @param tensor a matrix
   * @param sparsity the share, from 0 to 1
   */
  public static Tensor sparse_(Tensor tensor, double sparsity, double std) {
    requireMatrix("sparse_", tensor);
    Check.probability("sparse_", sparsity);
    int rows = tensor.size(0);
    int zeros = (int) Math.ceil(sparsity * rows);
    try (var guard = Facula.noGrad()) {
      tensor.normal_(0, std, Facula.defaultGenerator());
      for (int column = 0; column < tensor.size(1); column++) {
        long[] order = Tensor.randperm(rows).toLongArray();
        for (int i = 0; i < zeros; i++) {
          tensor.select(1, column).select(0, (int) order[i]).fill_(0);
        }
      }
      return tensor;
    }
  }

  // ---- helpers ------------------------------------------------------------------------------

  /**
   * The initial values of dense and convolutional layers: weight and bias from U(-k, k) with k = 1
   * / sqrt(fanIn), the weight as the Kaiming initialisation with slope sqrt(5), which is the same.
   */
  static void layer(Tensor weight, @Nullable Tensor bias) {
    kaimingUniform_(weight, o -> o.a(Math.sqrt(5)));
    layerBias(weight, bias);
  }

  /** The bias alone, where the weight is another layer's. */
  static void layerBias(Tensor weight, @Nullable Tensor bias) {
    if (bias != null) {
      int fan = fan("bias", weight, true);
      double bound = fan > 0 ? 1 / Math.sqrt(fan) : 0;
      uniform_(bias, -bound, bound);
    }
  }

  static int fan(String op, Tensor weight, boolean in) {
    if (Objects.requireNonNull(weight, "tensor").dim() < 2) {
      throw new ShapeException(
          op + ": a fan needs at least 2 dimensions, got " + Arrays.toString(weight.shape()));
    }
    int fan = weight.size(in ? 1 : 0);
    for (int d = 2; d < weight.dim(); d++) {
      fan *= weight.size(d);
    }
    return fan;
  }

  private static void requireMatrix(String op, Tensor tensor) {
    if (tensor.dim() != 2) {
      throw new ShapeException(op + ": expects a matrix, got " + Arrays.toString(tensor.shape()));
    }
  }
}
