package dev.facula.optim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Schedules; the expected rates are PyTorch's. */
final class LRSchedulerTest {
  private static SGD optimizer() {
    return new SGD(List.of(Tensor.zeros(2).requiresGrad_(true)), 0.1, o -> o.momentum(0.9));
  }

  private static void check(Function<Optimizer, List<LRScheduler>> schedules, double... wanted) {
    Optimizer optimizer = optimizer();
    List<LRScheduler> schedulers = schedules.apply(optimizer);
    for (int i = 0; i < wanted.length; i++) {
      assertEquals(wanted[i], optimizer.paramGroups().get(0).lr(), 1e-15, "step " + i);
      schedulers.forEach(LRScheduler::step);
    }
  }

  private static List<LRScheduler> one(LRScheduler scheduler) {
    return List.of(scheduler);
  }

  @Test
  void leadsToTheRateOfAveraging() {
    check(o -> rate(o, s -> {}, 3), 0.5, 0.3875, 0.16250000000000006, 0.05, 0.05, 0.05);
    check(o -> rate(o, s -> s.annealStrategy("linear"), 2), 0.5, 0.275, 0.05, 0.05, 0.05);
    check(o -> rate(o, s -> {}, 0), 0.05, 0.05, 0.05);
    assertThrows(IllegalArgumentException.class, () -> rate(optimizer(), s -> {}, -1));
  }

  private static List<LRScheduler> rate(
      Optimizer o, Consumer<SWALR.Options> options, int annealEpochs) {
    o.paramGroups().get(0).setLr(0.5);
    return one(new SWALR(o, 0.05, s -> options.accept(s.annealEpochs(annealEpochs))));
  }

  @Test
  void warmsUpThenAnneals() {
    check(
        o ->
            one(
                new SequentialLR(
                    o,
                    List.of(
                        new LinearLR(o, s -> s.startFactor(0.1).totalIters(4)),
                        new CosineAnnealingLR(o, 6)),
                    List.of(4))),
        0.010000000000000002,
        0.03250000000000001,
        0.055000000000000014,
        0.07750000000000003,
        0.1,
        0.09330127018922195,
        0.07500000000000001,
        0.05,
        0.025000000000000012,
        0.006698729810778065,
        0.0,
        0.006698729810778065,
        0.025);
  }

  @Test
  void runsThreeSchedulesInSequence() {
    check(
        o ->
            one(
                new SequentialLR(
                    o,
                    List.of(
                        new ConstantLR(o, s -> s.factor(0.5).totalIters(2)),
                        new ExponentialLR(o, 0.9),
                        new StepLR(o, 2, s -> s.gamma(0.1))),
                    List.of(3, 7))),
        0.05,
        0.05,
        0.1,
        0.1,
        0.09,
        0.081,
        0.0729,
        0.1,
        0.1,
        0.01,
        0.01,
        0.001,
        0.001);
  }

  @Test
  void restartsWithinASequence() {
    check(
        o ->
            one(
                new SequentialLR(
                    o,
                    List.of(
                        new ConstantLR(o, s -> s.factor(0.5).totalIters(2)),
                        new CosineAnnealingWarmRestarts(o, 3, s -> s.tMult(2))),
                    List.of(2))),
        0.05,
        0.05,
        0.1,
        0.07500000000000001,
        0.025000000000000012,
        0.1,
        0.09330127018922195,
        0.07500000000000001,
        0.05,
        0.025000000000000012,
        0.006698729810778065,
        0.1,
        0.09829629131445342);
  }

  @Test
  void appliesFunctions() {
    check(o -> one(new LambdaLR(o, e -> 1.0 / (e + 1))), 0.1, 0.05, 0.1 / 3, 0.025, 0.02);
    check(o -> one(new MultiplicativeLR(o, e -> 0.9)), 0.1, 0.09, 0.081, 0.0729, 0.06561);
  }

  @Test
  void twoSchedulesActOnOneOptimizer() {
    check(
        o ->
            List.of(new ConstantLR(o, s -> s.factor(0.5).totalIters(3)), new ExponentialLR(o, 0.9)),
        0.05,
        0.045,
        0.0405,
        0.0729,
        0.06561,
        0.059049);
  }

  @Test
  void oneCycleMovesBetaOfAdam() {
    Optimizer adam = new Adam(List.of(Tensor.zeros(2).requiresGrad_(true)), 0.1);
    var scheduler = new OneCycleLR(adam, 0.5, 6);
    ParamGroup group = adam.paramGroups().get(0);
    double[] rates = {
      0.020000000000000018,
      0.49720771772545586,
      0.4058728269748815,
      0.23131855133348753,
      0.0667387650944153,
      2e-06
    };
    double[] betas = {
      0.95, 0.8505584586887436, 0.8688255099070633, 0.9037365046793212, 0.9366525935914912, 0.95
    };
    for (int i = 0; i < rates.length; i++) {
      assertEquals(rates[i], group.lr(), 1e-15);
      assertEquals(betas[i], group.number("betas", 0), 1e-15);
      assertEquals(0.999, group.number("betas", 1));
      scheduler.step();
    }
    assertThrows(IllegalStateException.class, scheduler::step);
  }

  @Test
  void eachGroupHasItsOwnRate() {
    SGD optimizer = optimizer();
    optimizer.addParamGroup(List.of(Tensor.zeros(3).requiresGrad_(true)), o -> o.lr(1));
    var scheduler = new ExponentialLR(optimizer, 0.5);
    scheduler.step();
    assertEquals(List.of(0.05, 0.5), scheduler.getLastLr());
    optimizer.addParamGroup(List.of(Tensor.zeros(3).requiresGrad_(true)), o -> {});
    assertThrows(IllegalStateException.class, scheduler::step);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 9})
  void goesOnFromItsState(int stopAt) {
    List<Function<Optimizer, LRScheduler>> makers =
        List.of(
            o -> new StepLR(o, 3),
            o -> new MultiStepLR(o, List.of(2, 5, 5)),
            o -> new CosineAnnealingLR(o, 5),
            o -> new CosineAnnealingWarmRestarts(o, 2, s -> s.tMult(2)),
            o -> new PolynomialLR(o, s -> s.totalIters(9)),
            o -> new CyclicLR(o, 0.01, 0.1, s -> s.stepSizeUp(3)),
            o ->
                new SequentialLR(
                    o, List.of(new LinearLR(o), new ExponentialLR(o, 0.9)), List.of(6)));
    for (Function<Optimizer, LRScheduler> maker : makers) {
      Optimizer whole = optimizer();
      LRScheduler straight = maker.apply(whole);
      Optimizer first = optimizer();
      LRScheduler before = maker.apply(first);
      for (int i = 0; i < stopAt; i++) {
        straight.step();
        before.step();
      }
      Optimizer second = optimizer();
      LRScheduler after = maker.apply(second);
      second.loadStateDict(first.stateDict());
      after.loadStateDict(before.stateDict());
      List<Double> expected = new ArrayList<>();
      List<Double> actual = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        straight.step();
        after.step();
        expected.add(whole.paramGroups().get(0).lr());
        actual.add(second.paramGroups().get(0).lr());
      }
      assertEquals(expected, actual, straight.getClass().getSimpleName());
    }
  }

  @Test
  void plateauGoesOnFromItsState() {
    Optimizer optimizer = optimizer();
    var scheduler = new ReduceLROnPlateau(optimizer, o -> o.patience(1).factor(0.5));
    scheduler.step(1);
    scheduler.step(1);
    Map<String, Object> state = scheduler.stateDict();
    scheduler.step(1);
    assertEquals(0.05, optimizer.paramGroups().get(0).lr());
    Optimizer other = optimizer();
    var resumed = new ReduceLROnPlateau(other, o -> o.patience(1).factor(0.5));
    resumed.loadStateDict(state);
    resumed.step(Double.NaN);
    assertEquals(0.05, other.paramGroups().get(0).lr());
  }

  @Test
  void checksItsArguments() {
    Optimizer o = optimizer();
    Optimizer other = optimizer();
    assertMessage("stepSize must be 1 or more, was 0", () -> new StepLR(o, 0));
    assertMessage(
        "factor must be from 0 to 1, was 1.5", () -> new ConstantLR(o, s -> s.factor(1.5)));
    assertMessage(
        "startFactor must be greater than 0 and at most 1, was 0.0",
        () -> new LinearLR(o, s -> s.startFactor(0)));
    assertMessage("tMax must be 1 or more, was 0", () -> new CosineAnnealingLR(o, 0));
    assertMessage("t0 must be 1 or more, was -1", () -> new CosineAnnealingWarmRestarts(o, -1));
    assertMessage(
        "factor must be less than 1, was 1.0", () -> new ReduceLROnPlateau(o, s -> s.factor(1)));
    assertMessage("totalSteps must be 1 or more, was 0", () -> new OneCycleLR(o, 1, 0));
    assertMessage(
        "ReduceLROnPlateau: mode must be one of \"min\", \"max\", was \"best\"",
        () -> new ReduceLROnPlateau(o, s -> s.mode("best")));
    assertMessage(
        "thresholdMode must be one of \"rel\", \"abs\", was \"part\"",
        () -> new ReduceLROnPlateau(o, s -> s.thresholdMode("part")));
    assertMessage(
        "annealStrategy must be one of \"cos\", \"linear\", was \"sine\"",
        () -> new OneCycleLR(o, 1, 5, s -> s.annealStrategy("sine")));
    assertMessage(
        "mode must be one of \"triangular\", \"triangular2\", \"exp_range\", was \"flat\"",
        () -> new CyclicLR(o, 0.1, 1, s -> s.mode("flat")));
    assertMessage("1 schedules and 1 milestones", () -> sequence(o, new StepLR(o, 1)));
    assertMessage(
        "made with another optimizer", () -> sequence(o, new StepLR(other, 1), new StepLR(o, 1)));
    Optimizer plain = new Adagrad(List.of(Tensor.zeros(1).requiresGrad_(true)));
    assertMessage("needs an optimizer with momentum or betas", () -> new CyclicLR(plain, 0.1, 1));
  }

  private static void sequence(Optimizer o, LRScheduler... schedulers) {
    new SequentialLR(o, List.of(schedulers), List.of(3));
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }
}
