package dev.facula.optim;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Moves the learning rate up and down between two bounds at a steady pace, while the momentum goes
 * the other way. It is stepped after every batch. With x rising from 0 to 1 in stepSizeUp steps and
 * falling to 0 in stepSizeDown, it is
 *
 * <pre>
 * lr = baseLr + (maxLr - baseLr) x h
 * </pre>
 *
 * with the height h of a cycle, see {@link Options#mode}.
 *
 * <pre>{@code
 * var scheduler = new CyclicLR(optimizer, 1e-4, 1e-2, o -> o.stepSizeUp(500).mode("triangular2"));
 * }</pre>
 *
 * <p>Smith, "Cyclical Learning Rates for Training Neural Networks", 2017.
 */
public final class CyclicLR extends LRScheduler {
  private final double[] maxLr;
  private final double cycle;
  private final double rising;
  private final Options options;

  /** Options of the schedule. */
  public static final class Options {
    private int stepSizeUp = 2000;
    private @Nullable Integer stepSizeDown;
    private String mode = "triangular";
    private double gamma = 1;
    private @Nullable DoubleUnaryOperator scaleFn;
    private String scaleMode = "cycle";
    private boolean cycleMomentum = true;
    private double baseMomentum = 0.8;
    private double maxMomentum = 0.9;

    private Options() {}

    /**
     * The steps in which the rate rises. Default: 2000.
     *
     * @return this
     */
    public Options stepSizeUp(int value) {
      stepSizeUp = value;
      return this;
    }

    /**
     * The steps in which the rate falls. Default: as many as those in which it rises.
     *
     * @return this
     */
    public Options stepSizeDown(int value) {
      stepSizeDown = value;
      return this;
    }

    /**
     * How the height of the cycles changes: it does not ({@code triangular}), each is half as high
     * as the one before ({@code triangular2}), or it is multiplied by gamma in each step ({@code
     * exp_range}). Default: triangular.
     *
     * @return this
     */
    public Options mode(String value) {
      mode = Modes.require("CyclicLR", "mode", value, "triangular", "triangular2", "exp_range");
      return this;
    }

    /**
     * The factor of exp_range. Default: 1.
     *
     * @return this
     */
    public Options gamma(double value) {
      gamma = value;
      return this;
    }

    /**
     * The height of the cycles by a function of one's own, in place of a mode. Default: none.
     *
     * @param value gets the number of the cycle, from 1 on, or that of the step, see scaleMode
     * @return this
     */
    public Options scaleFn(DoubleUnaryOperator value) {
      scaleFn = value;
      return this;
    }

    /**
     * What scaleFn gets: {@code cycle} or {@code iterations}. Default: cycle.
     *
     * @return this
     */
    public Options scaleMode(String value) {
      scaleMode = Modes.require("CyclicLR", "scaleMode", value, "cycle", "iterations");
      return this;
    }

    /**
     * Whether the momentum is changed too. Default: true.
     *
     * @return this
     */
    public Options cycleMomentum(boolean on) {
      cycleMomentum = on;
      return this;
    }

    /**
     * The momentum at the highest rate. Default: 0.8.
     *
     * @return this
     */
    public Options baseMomentum(double value) {
      baseMomentum = value;
      return this;
    }

    /**
     * The momentum at the lowest rate. Default: 0.9.
     *
     * @return this
     */
    public Options maxMomentum(double value) {
      maxMomentum = value;
      return this;
    }
  }

  /** With so many steps up, and so many down. */
  public CyclicLR(
      Optimizer optimizer, double baseLr, double maxLr, int stepSizeUp, int stepSizeDown) {
    this(optimizer, baseLr, maxLr, o -> o.stepSizeUp(stepSizeUp).stepSizeDown(stepSizeDown));
  }

  /** With so many steps up, and as many down. */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr, int stepSizeUp) {
    this(optimizer, baseLr, maxLr, o -> o.stepSizeUp(stepSizeUp));
  }

  /** With default options. */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr) {
    this(optimizer, baseLr, maxLr, o -> {});
  }

  /** With the same rates for all groups. */
  public CyclicLR(Optimizer optimizer, double baseLr, double maxLr, Consumer<Options> options) {
    this(optimizer, forEachGroup(optimizer, baseLr), forEachGroup(optimizer, maxLr), options);
  }

  /**
   * A schedule, at its first step.
   *
   * @param optimizer whose learning rates are changed
   * @param baseLr the lowest rate of each group
   * @param maxLr the highest rate of each group
   * @param options stepSizeUp, stepSizeDown, mode, gamma, scaleFn, scaleMode, cycleMomentum,
   *     baseMomentum, maxMomentum
   * @throws IllegalArgumentException if a value is out of range
   */
  public CyclicLR(Optimizer optimizer, double[] baseLr, double[] maxLr, Consumer<Options> options) {
    super(optimizer);
    Options o = set(new Options(), options);
    int down = o.stepSizeDown == null ? o.stepSizeUp : o.stepSizeDown;
    if (o.stepSizeUp < 1 || down < 1) {
      throw invalid("stepSizeUp and stepSizeDown", o.stepSizeUp + " and " + down, "1 or more");
    }
    this.options = o;
    this.maxLr = forEachGroup("maxLr", maxLr);
    cycle = o.stepSizeUp + (double) down;
    rising = o.stepSizeUp / cycle;
    if (o.cycleMomentum) {
      Momentum.require("CyclicLR", optimizer);
    }
    setBaseLrs(Arrays.stream(forEachGroup("baseLr", baseLr)).boxed().toList());
    start();
  }

  @Override
  protected double next(ParamGroup group, double base, int step) {
    double number = Math.floor(1 + step / cycle);
    double part = 1.0 + step / cycle - number;
    double height = part <= rising ? part / rising : (part - 1) / (rising - 1);
    double scale = height * scale(number, step);
    if (options.cycleMomentum) {
      double momentum = options.maxMomentum - (options.maxMomentum - options.baseMomentum) * scale;
      Momentum.set(group, momentum);
    }
    return base + (maxLr[index(group)] - base) * scale;
  }

  private double scale(double number, int step) {
    if (options.scaleFn != null) {
      return options.scaleFn.applyAsDouble(options.scaleMode.equals("cycle") ? number : step);
    }
    return switch (options.mode) {
      case "triangular" -> 1;
      case "triangular2" -> 1 / Math.pow(2, number - 1);
      default -> Math.pow(options.gamma, step);
    };
  }
}
