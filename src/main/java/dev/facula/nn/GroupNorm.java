package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;

/**
 * Normalises groups of channels of each sample, then scales and shifts by channel. Wu and He
 * (2018), Group normalization.
 *
 * <p>Input and output [N, numChannels, *]. Parameters: {@code weight} (ones) and {@code bias}
 * (zeros), [numChannels].
 *
 * <pre>{@code
 * Tensor y = new GroupNorm(3, 6).forward(Tensor.zeros(20, 6, 10, 10));
 * }</pre>
 *
 * @see dev.facula.Functional#groupNorm
 */
public final class GroupNorm extends NormLayer {
  private final int numGroups;
  private final int numChannels;
  private final double eps;

  /** Options of group normalisation. */
  public static final class Options {
    private double eps = 1e-5;
    private boolean affine = true;
    private boolean bias = true;

    private Options() {}

    /** Added to the variance. Default: 1e-5. */
    public Options eps(double value) {
      eps = value;
      return this;
    }

    /** Whether there are weight and bias. Default: true. */
    public Options affine(boolean on) {
      affine = on;
      return this;
    }

    /** Whether there is a bias where there is a weight. Default: true. */
    public Options bias(boolean on) {
      bias = on;
      return this;
    }
  }

  /** Group normalisation with the default options. */
  public GroupNorm(int numGroups, int numChannels) {
    this(numGroups, numChannels, o -> {});
  }

  /** Group normalisation with an eps. */
  public GroupNorm(int numGroups, int numChannels, double eps) {
    this(numGroups, numChannels, o -> o.eps(eps));
  }

  /**
   * Group normalisation.
   *
   * @param numGroups a divisor of numChannels
   * @param numChannels channels of the input
   * @param options eps (1e-5), affine (true), bias (true)
   */
  public GroupNorm(int numGroups, int numChannels, Consumer<Options> options) {
    this(numGroups, numChannels, Check.with(new Options(), options));
  }

  private GroupNorm(int numGroups, int numChannels, Options o) {
    super(o.affine, o.bias, numChannels);
    this.numGroups = Check.atLeast("GroupNorm", "numGroups", numGroups, 1);
    this.numChannels = numChannels;
    if (numChannels % numGroups != 0) {
      throw new IllegalArgumentException(
          "GroupNorm: numGroups must divide numChannels " + numChannels + ", was " + numGroups);
    }
    eps = o.eps;
  }

  /** How many groups there are. */
  public int numGroups() {
    return numGroups;
  }

  /** The number of channels. */
  public int numChannels() {
    return numChannels;
  }

  /** What is added to the variance. */
  public double eps() {
    return eps;
  }

  /** Whether there is a weight. */
  public boolean affine() {
    return weight != null;
  }

  @Override
  Tensor compute(Tensor input) {
    if (input.dim() < 2 || input.size(1) != numChannels) {
      throw new ShapeException(
          "GroupNorm(%s, %s): expected [N, %s, *], got %s"
              .formatted(numGroups, numChannels, numChannels, Arrays.toString(input.shape())));
    }
    return Functional.groupNorm(input, numGroups, Slot.read(weight), Slot.read(bias), eps);
  }

  @Override
  protected String extraRepr() {
    return "%s, %s, eps=%s, affine=%s, bias=%s"
        .formatted(
            numGroups,
            numChannels,
            Check.python(eps),
            Check.python(affine()),
            Check.python(bias != null));
  }
}
