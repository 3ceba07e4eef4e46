package dev.facula.conformance;

import dev.facula.Tensor;
import dev.facula.optim.ConstantLR;
import dev.facula.optim.CosineAnnealingLR;
import dev.facula.optim.CosineAnnealingWarmRestarts;
import dev.facula.optim.CyclicLR;
import dev.facula.optim.ExponentialLR;
import dev.facula.optim.LRScheduler;
import dev.facula.optim.LinearLR;
import dev.facula.optim.MultiStepLR;
import dev.facula.optim.OneCycleLR;
import dev.facula.optim.Optimizer;
import dev.facula.optim.ParamGroup;
import dev.facula.optim.PolynomialLR;
import dev.facula.optim.ReduceLROnPlateau;
import dev.facula.optim.SGD;
import dev.facula.optim.StepLR;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleConsumer;

/** Steps a schedule and compares the learning rate before the first step and after each. */
final class SchedCases implements CaseRunner {
  private interface Factory {
    LRScheduler make(Optimizer optimizer, Arguments a);
  }

  private static final String PLATEAU = "ReduceLROnPlateau";

  private static final Map<String, Factory> BINDINGS =
      Map.ofEntries(
          Map.entry(
              "StepLR", (o, a) -> new StepLR(o, a.integer(-1, "step_size"), a.otherOptions())),
          Map.entry("MultiStepLR", SchedCases::multiStep),
          Map.entry("ExponentialLR", (o, a) -> new ExponentialLR(o, a.real(-1, "gamma"))),
          Map.entry("ConstantLR", (o, a) -> new ConstantLR(o, a.otherOptions())),
          Map.entry("LinearLR", (o, a) -> new LinearLR(o, a.otherOptions())),
          Map.entry("PolynomialLR", (o, a) -> new PolynomialLR(o, a.otherOptions())),
          Map.entry(
              "CosineAnnealingLR",
              (o, a) -> new CosineAnnealingLR(o, a.integer(-1, "T_max"), a.otherOptions())),
          Map.entry("CosineAnnealingWarmRestarts", SchedCases::warmRestarts),
          Map.entry(
              "OneCycleLR",
              (o, a) ->
                  new OneCycleLR(
                      o, a.real(-1, "max_lr"), a.integer(-1, "total_steps"), a.otherOptions())),
          Map.entry(
              "CyclicLR",
              (o, a) ->
                  new CyclicLR(o, a.real(-1, "base_lr"), a.real(-1, "max_lr"), a.otherOptions())));

  private static LRScheduler multiStep(Optimizer o, Arguments a) {
    List<Integer> milestones = Arrays.stream(a.ints(-1, "milestones")).boxed().toList();
    return new MultiStepLR(o, milestones, a.otherOptions());
  }

  private static LRScheduler warmRestarts(Optimizer o, Arguments a) {
    int tMult = a.integer(-1, "T_mult", 1);
    return new CosineAnnealingWarmRestarts(
        o,
        a.integer(-1, "T_0"),
        options -> {
          options.tMult(tMult);
          a.<CosineAnnealingWarmRestarts.Options>otherOptions().accept(options);
        });
  }

  @Override
  public boolean supports(Map<String, Object> record) {
    String name = Json.string(record, "scheduler");
    return name.equals(PLATEAU) || BINDINGS.containsKey(name);
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    Values values = new Values(tensors);
    Arguments arguments = new Arguments(List.of(), values.decodeAll(Json.object(record, "kwargs")));
    Tensor parameter = Tensor.zeros(2).requiresGrad_(true);
    double momentum = number(record.get("momentum"));
    Optimizer optimizer =
        new SGD(List.of(parameter), number(record.get("initial_lr")), o -> o.momentum(momentum));
    DoubleConsumer step;
    String name = Json.string(record, "scheduler");
    if (name.equals(PLATEAU)) {
      step = new ReduceLROnPlateau(optimizer, arguments.otherOptions())::step;
    } else {
      LRScheduler scheduler = BINDINGS.get(name).make(optimizer, arguments);
      step = unused -> scheduler.step();
    }
    if (!arguments.unread().isEmpty()) {
      return Outcome.failed("the binding does not read " + arguments.unread());
    }
    ParamGroup group = optimizer.paramGroups().get(0);
    List<Object> wanted = Json.list(record, "lrs");
    List<Object> metrics = Json.list(record, "metrics");
    for (int i = 0; i < wanted.size(); i++) {
      if (i > 0) {
        optimizer.step();
        step.accept(metrics.isEmpty() ? 0 : number(metrics.get(i - 1)));
      }
      double difference = Math.abs(group.lr() - number(wanted.get(i)));
      if (!(difference <= 1e-12)) {
        return Outcome.failed("step " + i + ": " + group.lr() + ", wanted " + wanted.get(i));
      }
    }
    double end = number(record.get("momenta_end"));
    return Math.abs(group.number("momentum") - end) <= 1e-12
        ? Outcome.PASSED
        : Outcome.failed("momentum " + group.number("momentum") + ", wanted " + end);
  }

  private static double number(Object value) {
    return ((Number) value).doubleValue();
  }
}
