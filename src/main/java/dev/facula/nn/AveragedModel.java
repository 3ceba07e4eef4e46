package dev.facula.nn;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Tensor;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;

/**
 * A copy of a model whose parameters are averages of those that the model had in the course of its
 * training: equal ones, or {@linkplain #ema exponentially moving} ones.
 *
 * <pre>{@code
 * AveragedModel averaged = new AveragedModel(net, AveragedModel.ema(0.999));
 * // after each step of the optimizer
 * averaged.updateParameters(net);
 * Tensor y = averaged.forward(x);
 * }</pre>
 *
 * <p>Izmailov et al., "Averaging Weights Leads to Wider Optima and Better Generalization", 2018.
 */
public final class AveragedModel extends Module {
  private final Module module;
  private final Tensor count = buffer("n_averaged", Tensor.scalar(DType.INT64, 0), true);
  private final Average average;

  /** How an average goes on. */
  public interface Average {
    /**
     * The next average of a parameter.
     *
     * @param averaged the one so far
     * @param current what the model has now
     * @param count how many went into it
     */
    Tensor next(Tensor averaged, Tensor current, long count);
  }

  /** With equal weights for all. */
  public AveragedModel(Module model) {
    this(model, (averaged, current, n) -> averaged.add(current.sub(averaged).div(n + 1)));
  }

  /**
   * A copy of the model, which has averaged nothing yet.
   *
   * @param average how it goes on after the first one, which is copied
   */
  public AveragedModel(Module model, Average average) {
    module = register("module", Module.deepCopy(Objects.requireNonNull(model, "model")));
    this.average = Objects.requireNonNull(average, "average");
  }

  /**
   * Averages of which the share decay is kept.
   *
   * @param decay from 0 to 1
   * @throws IllegalArgumentException if it is out of range
   */
  public static Average ema(double decay) {
    if (!(decay >= 0 && decay <= 1)) {
      throw new IllegalArgumentException(
          "AveragedModel.ema: decay must be from 0 to 1, was " + decay);
    }
    return (averaged, current, n) -> averaged.lerp(current, 1 - decay);
  }

  /** The averaged copy. */
  public Module module() {
    return module;
  }

  /**
   * Takes the parameters of the model into the averages, and copies its buffers.
   *
   * @throws IllegalArgumentException if the model has other parameters or buffers than the copy
   */
  public void updateParameters(Module model) {
    List<Tensor> own = module.parameters();
    List<Tensor> buffers = module.buffers();
    if (own.size() != model.parameters().size() || buffers.size() != model.buffers().size()) {
      throw new IllegalArgumentException(
          "updateParameters: the model has %s parameters and %s buffers, the copy %s and %s"
              .formatted(
                  model.parameters().size(), model.buffers().size(), own.size(), buffers.size()));
    }
    try (var guard = Facula.noGrad()) {
      long n = count.itemLong();
      Iterator<Tensor> current = model.parameters().iterator();
      for (Tensor p : own) {
        Tensor now = current.next();
        p.copy_(n == 0 ? now : average.next(p, now, n));
      }
      Iterator<Tensor> values = model.buffers().iterator();
      buffers.forEach(b -> b.copy_(values.next()));
      count.add_(1);
    }
  }

  @Override
  public Tensor forward(Tensor input) {
    return module.call(input);
  }
}
