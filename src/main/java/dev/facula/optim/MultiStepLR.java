package dev.facula.optim;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Multiplies the learning rate by gamma when the number of epochs reaches a milestone: in epoch t
 * it is
 *
 * <pre>
 * lr = base gamma^n, with n the number of milestones up to t
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new MultiStepLR(optimizer, List.of(30, 80), 0.1);
 * }</pre>
 */
public final class MultiStepLR extends LRScheduler {
  private final List<Integer> milestones;
  private final double gamma;

  /** Options of the schedule. */
  public static final class Options {
    private double gamma = 0.1;

    private Options() {}

    /**
     * The factor of a decay. Default: 0.1.
     *
     * @return this
     */
    public Options gamma(double value) {
      gamma = value;
      return this;
    }
  }

  /** With default options. */
  public MultiStepLR(Optimizer optimizer, int... milestones) {
    this(optimizer, milestones, 0.1);
  }

  /** With that factor of a decay. */
  public MultiStepLR(Optimizer optimizer, int[] milestones, double gamma) {
    this(
        optimizer,
        Arrays.stream(Objects.requireNonNull(milestones, "milestones")).boxed().toList(),
        gamma);
  }

  /** With that factor of a decay. */
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones, double gamma) {
    this(optimizer, milestones, o -> o.gamma(gamma));
  }

  /** With default options. */
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones) {
    this(optimizer, milestones, o -> {});
  }

  /**
   * A schedule, in epoch 0.
   *
   * @param optimizer whose learning rates are changed
   * @param milestones numbers of epochs; one that is named twice counts twice
   * @param options gamma
   * @throws IllegalArgumentException if a value is out of range
   */
  public MultiStepLR(Optimizer optimizer, List<Integer> milestones, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    milestones.forEach(m -> Objects.requireNonNull(m, "milestones"));
    this.milestones = List.copyOf(Objects.requireNonNull(milestones, "milestones"));
    gamma = o.gamma;
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int epoch) {
    int times = Collections.frequency(milestones, epoch);
    return times == 0 ? group.lr() : group.lr() * Math.pow(gamma, times);
  }

  @Override
  double first(ParamGroup group, double base) {
    return base * Math.pow(gamma, Collections.frequency(milestones, 0));
  }
}
