package dev.facula.optim;

import dev.facula.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Multiplies the learning rate by a factor when a measured value has not improved for more than
 * patience epochs:
 *
 * <pre>
 * lr = max(lr factor, minLr)
 * </pre>
 *
 * <pre>{@code
 * var scheduler = new ReduceLROnPlateau(optimizer, "min", o -> o.patience(5));
 * scheduler.step(loss.item()); // the validation loss after each epoch
 * }</pre>
 */
public final class ReduceLROnPlateau {
  private final Optimizer optimizer;
  private final Options options;
  private double best;
  private int badEpochs;
  private int cooldownLeft;
  private int epoch;
  private List<Double> lastLr;

  /** Options of the schedule. */
  public static final class Options {
    private String mode = "min";
    private double factor = 0.1;
    private int patience = 10;
    private double threshold = 1e-4;
    private String thresholdMode = "rel";
    private int cooldown = 0;
    private double minLr = 0;
    private double @Nullable [] minLrs;
    private double eps = 1e-8;

    private Options() {}

    /**
     * {@code min} if smaller values are better, {@code max} if larger ones are. Default: min.
     *
     * @return this
     */
    public Options mode(String value) {
      mode = Modes.require("ReduceLROnPlateau", "mode", value, "min", "max");
      return this;
    }

    /**
     * The factor of a reduction, less than 1. Default: 0.1.
     *
     * @return this
     */
    public Options factor(double value) {
      factor = value;
      return this;
    }

    /**
     * The epochs without improvement that are put up with. Default: 10.
     *
     * @return this
     */
    public Options patience(int value) {
      patience = value;
      return this;
    }

    /**
     * By how much a value must beat the best one to be an improvement. Default: 1e-4.
     *
     * @return this
     */
    public Options threshold(double value) {
      threshold = value;
      return this;
    }

    /**
     * Whether the threshold is a part of the best value ({@code rel}) or a difference ({@code
     * abs}). Default: rel.
     *
     * @return this
     */
    public Options thresholdMode(String value) {
      thresholdMode = Modes.require("ReduceLROnPlateau", "thresholdMode", value, "rel", "abs");
      return this;
    }

    /**
     * The epochs after a reduction in which none are counted. Default: 0.
     *
     * @return this
     */
    public Options cooldown(int value) {
      cooldown = value;
      return this;
    }

    /**
     * The smallest learning rate. Default: 0.
     *
     * @return this
     */
    public Options minLr(double value) {
      minLr = value;
      minLrs = null;
      return this;
    }

    /**
     * The smallest learning rate of each group.
     *
     * @return this
     */
    public Options minLr(double[] values) {
      minLrs = Objects.requireNonNull(values, "minLrs").clone();
      return this;
    }

    /**
     * A reduction by less than this is left out. Default: 1e-8.
     *
     * @return this
     */
    public Options eps(double value) {
      eps = value;
      return this;
    }
  }

  /** With "min" if smaller values are better, "max" if larger ones are. */
  public ReduceLROnPlateau(Optimizer optimizer, String mode) {
    this(optimizer, o -> o.mode(mode));
  }

  /** With the mode and the factor of a reduction. */
  public ReduceLROnPlateau(Optimizer optimizer, String mode, double factor) {
    this(optimizer, o -> o.mode(mode).factor(factor));
  }

  /** With the mode, the factor of a reduction, and the epochs that are waited for. */
  public ReduceLROnPlateau(Optimizer optimizer, String mode, double factor, int patience) {
    this(optimizer, o -> o.mode(mode).factor(factor).patience(patience));
  }

  /** With the mode and other options. */
  public ReduceLROnPlateau(Optimizer optimizer, String mode, Consumer<Options> options) {
    this(optimizer, o -> Objects.requireNonNull(options, "options").accept(o.mode(mode)));
  }

  /** With default options. */
  public ReduceLROnPlateau(Optimizer optimizer) {
    this(optimizer, o -> {});
  }

  /**
   * A schedule.
   *
   * @param optimizer whose learning rates are changed
   * @param options mode, factor, patience, threshold, thresholdMode, cooldown, minLr, eps
   * @throws IllegalArgumentException if the factor is not less than 1
   */
  public ReduceLROnPlateau(Optimizer optimizer, Consumer<Options> options) {
    this.optimizer = Objects.requireNonNull(optimizer, "optimizer");
    this.options = LRScheduler.set(new Options(), options);
    if (!(this.options.factor < 1)) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau: factor must be less than 1, was " + this.options.factor);
    }
    requireMinLrs();
    lastLr = LRScheduler.rates(optimizer, "lr");
    best = this.options.mode.equals("min") ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  /**
   * Ends an epoch.
   *
   * @param metric the measured value
   */
  public void step(double metric) {
    epoch++;
    if (improves(metric)) {
      best = metric;
      badEpochs = 0;
    } else {
      badEpochs++;
    }
    if (cooldownLeft > 0) {
      cooldownLeft--;
      badEpochs = 0;
    }
    if (badEpochs > options.patience) {
      reduce();
      cooldownLeft = options.cooldown;
      badEpochs = 0;
    }
    lastLr = LRScheduler.rates(optimizer, "lr");
  }

  /** The same with a tensor of one element, such as a loss. */
  public void step(Tensor metric) {
    step(metric.item());
  }

  /** The learning rates of the groups after the last epoch. */
  public List<Double> getLastLr() {
    return lastLr;
  }

  private boolean improves(double value) {
    boolean relative = options.thresholdMode.equals("rel");
    double t = options.threshold;
    return options.mode.equals("min")
        ? value < (relative ? best * (1 - t) : best - t)
        : value > (relative ? best * (1 + t) : best + t);
  }

  private void requireMinLrs() {
    int groups = optimizer.paramGroups().size();
    if (options.minLrs != null && options.minLrs.length != groups) {
      throw new IllegalArgumentException(
          "ReduceLROnPlateau: minLr must have one value for each group, had %s for %s"
              .formatted(options.minLrs.length, groups));
    }
  }

  private void reduce() {
    requireMinLrs();
    List<ParamGroup> groups = optimizer.paramGroups();
    for (int i = 0; i < groups.size(); i++) {
      ParamGroup group = groups.get(i);
      double least = options.minLrs == null ? options.minLr : options.minLrs[i];
      double lr = Math.max(group.lr() * options.factor, least);
      if (group.lr() - lr > options.eps) {
        group.setLr(lr);
      }
    }
  }

  /** What changes while the schedule runs; the hyper-parameters are those of the constructor. */
  public Map<String, Object> stateDict() {
    Map<String, Object> state = new LinkedHashMap<>();
    state.put("best", best);
    state.put("num_bad_epochs", badEpochs);
    state.put("cooldown_counter", cooldownLeft);
    state.put("last_epoch", epoch);
    return state;
  }

  /** Goes on where {@link #stateDict} of a schedule with the same hyper-parameters was taken. */
  public void loadStateDict(Map<String, Object> state) {
    best = LRScheduler.number(state, "best");
    badEpochs = LRScheduler.whole(state, "num_bad_epochs");
    cooldownLeft = LRScheduler.whole(state, "cooldown_counter");
    epoch = LRScheduler.whole(state, "last_epoch");
  }
}
