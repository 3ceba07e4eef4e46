package dev.facula.optim;

import java.util.function.Consumer;

/**
 * Raises the learning rate from maxLr / divFactor to maxLr and lowers it to far below the start,
 * while the momentum goes the other way. It is stepped after every batch.
 *
 * <pre>{@code
 * var scheduler = new OneCycleLR(optimizer, 0.1, epochs * loader.size());
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

  /**
   * A schedule, at its first step.
   *
   * @param optimizer whose learning rates are changed
   * @param maxLr the highest rate
   * @param totalSteps the number of steps, 1 or more
   * @param options pctStart, annealStrategy, cycleMomentum, baseMomentum, maxMomentum, divFactor,
   *     finalDivFactor, threePhase
   * @throws IllegalArgumentException if a value is out of range
   */
  public OneCycleLR(Optimizer optimizer, double maxLr, int totalSteps, Consumer<Options> options) {
    super(optimizer);
    this.options = new Options();
    options.accept(this.options);
    if (totalSteps < 1) {
      throw invalid("totalSteps", totalSteps, "1 or more");
    }
    if (!(this.options.pctStart >= 0 && this.options.pctStart <= 1)) {
      throw invalid("pctStart", this.options.pctStart, "from 0 to 1");
    }
    this.totalSteps = totalSteps;
    if (this.options.cycleMomentum) {
      Momentum.require("OneCycleLR", optimizer);
    }
    for (ParamGroup group : optimizer.paramGroups()) {
      double start = maxLr / this.options.divFactor;
      group.set("initial_lr", start);
      group.set("max_lr", maxLr);
      group.set("min_lr", start / this.options.finalDivFactor);
    }
    start();
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
