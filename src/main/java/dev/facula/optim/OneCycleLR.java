package dev.facula.optim;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Raises the learning rate from maxLr / divFactor to maxLr and lowers it to far below the start,
 * while the momentum goes the other way. It is stepped after every batch. Between two rates a and
 * b, at the part x of the way, it is
 *
 * <pre>
 * lr = b + (a - b) (1 + cos(π x)) / 2     or a + (b - a) x with a linear annealStrategy
 * </pre>
 *
 * <p>It rises in the first pctStart totalSteps steps.
 *
 * <pre>{@code
 * var scheduler = new OneCycleLR(optimizer, 0.1, o -> o.epochs(10).stepsPerEpoch(loader.size()));
 * }</pre>
 *
 * <p>Smith and Topin, "Super-Convergence: Very Fast Training of Neural Networks Using Large
 * Learning Rates", 2019.
 */
public final class OneCycleLR extends LRScheduler {
  private final int totalSteps;
  private final Options options;

  /** Options of the schedule. */
  public static final class Options {
    private @Nullable Integer totalSteps;
    private @Nullable Integer epochs;
    private @Nullable Integer stepsPerEpoch;
    private double pctStart = 0.3;
    private String annealStrategy = "cos";
    private boolean cycleMomentum = true;
    private double baseMomentum = 0.85;
    private double maxMomentum = 0.95;
    private double divFactor = 25;
    private double finalDivFactor = 1e4;
    private boolean threePhase;

    private Options() {}

    /**
     * The number of steps. Default: epochs times stepsPerEpoch.
     *
     * @return this
     */
    public Options totalSteps(int value) {
      totalSteps = value;
      return this;
    }

    /**
     * The number of epochs, which with stepsPerEpoch gives totalSteps.
     *
     * @return this
     */
    public Options epochs(int value) {
      epochs = value;
      return this;
    }

    /**
     * The steps of an epoch, such as the number of batches.
     *
     * @return this
     */
    public Options stepsPerEpoch(int value) {
      stepsPerEpoch = value;
      return this;
    }

    /**
     * The part of the steps in which the rate rises, from 0 to 1. Default: 0.3.
     *
     * @return this
     */
    public Options pctStart(double value) {
      pctStart = value;
      return this;
    }

    /**
     * The curve between two rates: {@code cos}, half a cosine, or {@code linear}. Default: cos.
     *
     * @return this
     */
    public Options annealStrategy(String value) {
      annealStrategy = Modes.require("OneCycleLR", "annealStrategy", value, "cos", "linear");
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
     * The momentum at the highest rate. Default: 0.85.
     *
     * @return this
     */
    public Options baseMomentum(double value) {
      baseMomentum = value;
      return this;
    }

    /**
     * The momentum at the start. Default: 0.95.
     *
     * @return this
     */
    public Options maxMomentum(double value) {
      maxMomentum = value;
      return this;
    }

    /**
     * The highest rate divided by that at the start. Default: 25.
     *
     * @return this
     */
    public Options divFactor(double value) {
      divFactor = value;
      return this;
    }

    /**
     * The rate at the start divided by that at the end. Default: 1e4.
     *
     * @return this
     */
    public Options finalDivFactor(double value) {
      finalDivFactor = value;
      return this;
    }

    /**
     * Goes down to the start as it came up, and only then to the end. Default: false.
     *
     * @return this
     */
    public Options threePhase(boolean on) {
      threePhase = on;
      return this;
    }
  }

  /** With default options. */
  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps) {
    this(optimizer, maxLr, totalSteps, o -> {});
  }

  /** With so many steps. */
  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps, Consumer<Options> options) {
    this(
        optimizer,
        maxLr,
        o -> Objects.requireNonNull(options, "options").accept(o.totalSteps(totalSteps)));
  }

  /** With the same highest rate for all groups; the options have the number of steps. */
  public OneCycleLR(Optimizer optimizer, double maxLr, Consumer<Options> options) {
    this(optimizer, forEachGroup(optimizer, maxLr), options);
  }

  /**
   * A schedule, at its first step.
   *
   * @param optimizer whose learning rates are changed
   * @param maxLr the highest rate of each group
   * @param options totalSteps, or epochs and stepsPerEpoch; pctStart, annealStrategy,
   *     cycleMomentum, baseMomentum, maxMomentum, divFactor, finalDivFactor, threePhase
   * @throws IllegalArgumentException if a value is out of range, or the number of steps is missing
   */
  public OneCycleLR(Optimizer optimizer, double[] maxLr, Consumer<Options> options) {
    super(optimizer);
    this.options = set(new Options(), options);
    totalSteps = totalSteps(this.options);
    if (!(this.options.pctStart >= 0 && this.options.pctStart <= 1)) {
      throw invalid("pctStart", this.options.pctStart, "from 0 to 1");
    }
    if (this.options.cycleMomentum) {
      Momentum.require("OneCycleLR", optimizer);
    }
    double[] highest = forEachGroup("maxLr", maxLr);
    for (ParamGroup group : optimizer.paramGroups()) {
      double high = highest[index(group)];
      double start = high / this.options.divFactor;
      group.set("initial_lr", start);
      group.set("max_lr", high);
      group.set("min_lr", start / this.options.finalDivFactor);
    }
    start();
  }

  private int totalSteps(Options o) {
    if (o.totalSteps != null) {
      return positive("totalSteps", o.totalSteps);
    }
    if (o.epochs == null || o.stepsPerEpoch == null) {
      throw new IllegalArgumentException(
          ("OneCycleLR: needs totalSteps, or epochs and stepsPerEpoch; epochs was %s,"
                  + " stepsPerEpoch %s")
              .formatted(o.epochs, o.stepsPerEpoch));
    }
    return Math.multiplyExact(
        positive("epochs", o.epochs), positive("stepsPerEpoch", o.stepsPerEpoch));
  }

  private int positive(String what, int value) {
    if (value < 1) {
      throw invalid(what, value, "1 or more");
    }
    return value;
  }

  @Override
  protected double next(ParamGroup group, double base, int step) {
    if (step > totalSteps) {
      throw new IllegalStateException(
          "OneCycleLR: step " + step + " of a schedule of " + totalSteps + " steps");
    }
    double low = group.number("initial_lr");
    double high = group.number("max_lr");
    double end = group.number("min_lr");
    double slow = options.maxMomentum;
    double fast = options.baseMomentum;
    double first = options.pctStart * totalSteps - 1;
    double second = 2 * options.pctStart * totalSteps - 2;
    double last = totalSteps - 1;
    if (step <= first) {
      return phase(group, step / first, low, high, slow, fast);
    }
    if (!options.threePhase) {
      return phase(group, (step - first) / (last - first), high, end, fast, slow);
    }
    if (step <= second) {
      return phase(group, (step - first) / (second - first), high, low, fast, slow);
    }
    return phase(group, (step - second) / (last - second), low, end, slow, slow);
  }

  private double phase(
      ParamGroup group, double part, double from, double to, double momentum, double toMomentum) {
    if (options.cycleMomentum) {
      Momentum.set(group, between(momentum, toMomentum, part));
    }
    return between(from, to, part);
  }

  private double between(double from, double to, double part) {
    return options.annealStrategy.equals("cos")
        ? to + (from - to) / 2 * (Math.cos(Math.PI * part) + 1)
        : (to - from) * part + from;
  }
}
