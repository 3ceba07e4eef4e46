package dev.facula.optim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Tensor;
import dev.facula.nn.Linear;
import dev.facula.nn.Sequential;
import dev.facula.nn.Utils;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** What a PyTorch user writes first: that it compiles, and does what it does there. */
class OptimizerLinesTest {

  /** Three steps of a function of three numbers. */
  private static void train(Function<List<Tensor>, Optimizer> line, double... wanted) {
    Tensor p = Tensor.of(new double[] {1, -2, 3}, 3).requiresGrad_(true);
    Optimizer optimizer = line.apply(List.of(p));
    for (int i = 0; i < 3; i++) {
      optimizer.zeroGrad();
      p.pow(4).div(4).add(p.square()).sum().backward();
      optimizer.step();
    }
    assertArrayEquals(wanted, p.toDoubleArray(), 1e-9);
  }

  private static SGD sgd() {
    return new SGD(List.of(Tensor.zeros(2).requiresGrad_(true)), 0.1, o -> o.momentum(0.9));
  }

  /** The learning rates of six epochs. */
  private static void rates(Function<Optimizer, LRScheduler> line, double... wanted) {
    Optimizer optimizer = sgd();
    LRScheduler scheduler = line.apply(optimizer);
    double[] rates = new double[wanted.length];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = optimizer.paramGroups().get(0).lr();
      assertEquals(List.of(rates[i]), scheduler.getLastLr());
      optimizer.step();
      scheduler.step();
    }
    assertArrayEquals(wanted, rates, 1e-15);
  }

  private static void plateaus(Function<Optimizer, ReduceLROnPlateau> line, double... wanted) {
    Optimizer optimizer = sgd();
    ReduceLROnPlateau scheduler = line.apply(optimizer);
    double[] losses = {1.0, 0.8, 0.9, 0.85, 0.8, 0.81};
    double[] rates = new double[losses.length];
    for (int i = 0; i < losses.length; i++) {
      scheduler.step(Tensor.scalar(losses[i]));
      rates[i] = optimizer.paramGroups().get(0).lr();
      assertEquals(List.of(rates[i]), scheduler.getLastLr());
    }
    assertArrayEquals(wanted, rates, 1e-15);
  }

  @Test
  void gradientDescent() {
    train(p -> new SGD(p), 0.9910447909146084, -1.9644974033050562, 2.9037959536579865);
    train(p -> new SGD(p, 0.1), 0.40603172904069995, -0.45062716129279995, -0.1885037330883001);
    train(p -> new SGD(p, 0.1, 0.9), -0.19698183026930005, 1.5431884521472004, -1.8831332026982988);
    train(
        p -> new SGD(p, o -> o.momentum(0.9)),
        0.9832416482521934,
        -1.9334752666839854,
        2.819337624487263);
    train(
        p -> new SGD(p, 0.1, o -> o.momentum(0.9)),
        -0.19698183026930005,
        1.5431884521472004,
        -1.8831332026982988);
    train(
        p -> new SGD(p, 0.1, o -> o.momentum(0.9).nesterov(true)),
        -0.28953410802325896,
        1.2527946026236791,
        0.7670684338995599);
    train(
        p -> new SGD(p, 1e-2, o -> o.momentum(0.9).dampening(0.1).weightDecay(5e-4)),
        0.8464351616866724,
        -1.4240738921224037,
        1.560175098086334);
    train(p -> new SGD(p, 1, o -> o.maximize(true)), 439204.0, -21624372014.0, 102266868132036.0);
  }

  @Test
  void adamAndItsKin() {
    train(p -> new Adam(p), 0.9970001605267635, -1.9970001120821754, 2.997000084305163);
    train(p -> new Adam(p, 3e-4), 0.9991000143654208, -1.999100010046835, 2.9991000075642313);
    train(
        p -> new Adam(p, o -> o.weightDecay(0.1)),
        0.9970001584393702,
        -1.9970001110259645,
        2.9970000838315762);
    train(
        p -> new Adam(p, o -> o.lr(0.01).amsgrad(true)),
        0.9700172600736028,
        -1.9700117970791178,
        2.9700087661376897);
    train(
        p -> new Adam(p, 0.002, o -> o.betas(0.5, 0.999)),
        0.9940039742673756,
        -1.9940027793491102,
        2.994002092541734);
    train(
        p -> new Adam(p, 0.01, o -> o.eps(1e-3).maximize(true)),
        1.0300046704593846,
        -2.0300080066328743,
        3.0300071173123726);
    train(
        p -> new Adam(p, 0.01, o -> o.weightDecay(0.1).decoupledWeightDecay(true)),
        0.9670521111358399,
        -1.9640502930577552,
        2.9610505217027723);
    train(p -> new AdamW(p), 0.9969701924442964, -1.9969401449362636, 2.996910117745143);
    train(p -> new AdamW(p, 5e-5), 0.9998485004783553, -1.9998470003608502, 2.999845500293471);
    train(
        p -> new AdamW(p, o -> o.weightDecay(0.1)),
        0.9967005067032055,
        -1.996400494634301,
        2.9961004997217024);
    train(
        p -> new AdamW(p, 0.01, o -> o.betas(0.9, 0.95).weightDecay(0.1)),
        0.967043638174866,
        -1.9640438289221898,
        2.9610452476318985);
    train(
        p -> new AdamW(p, 0.01, o -> o.amsgrad(true)),
        0.9697204750698692,
        -1.969415105548812,
        2.9691121300094507);
    train(p -> new NAdam(p), 0.9948613239491525, -1.9948595131521143, 2.994858471425526);
    train(p -> new NAdam(p, 0.01), 0.9744279416561025, -1.9743822969510183, 2.974356122328867);
    train(
        p -> new NAdam(p, o -> o.momentumDecay(0.01)),
        0.9948616481386738,
        -1.9948598379656552,
        2.99485879659825);
    train(
        p -> new NAdam(p, 0.01, o -> o.weightDecay(0.1).decoupledWeightDecay(true)),
        0.9714759951805834,
        -1.9684397889827234,
        2.965419533400865);
    train(p -> new RAdam(p), 0.9910238690350874, -1.9642657441163063, 2.9024999176598416);
    train(
        p -> new RAdam(p, 0.01, o -> o.betas(0.9, 0.99)),
        0.9123193253709125,
        -1.6645175952086728,
        2.1381269133987173);
    train(
        p -> new RAdam(p, o -> o.decoupledWeightDecay(true).weightDecay(0.5)),
        0.9895330763480253,
        -1.9613071259331998,
        2.8981183384468587);
    train(p -> new Adamax(p), 0.9940046321194613, -1.9940014447065701, 2.9939996080567512);
    train(p -> new Adamax(p, 0.01), 0.9702336854321933, -1.9701551380912412, 2.9701097340145957);
    train(
        p -> new Adamax(p, o -> o.weightDecay(0.1).eps(1e-4)),
        0.9940046882830914,
        -1.9940014240804442,
        2.9939995946776126);
  }

  @Test
  void othersThatAdapt() {
    train(p -> new Adagrad(p), 0.9772924155097369, -1.977251176215015, 2.9772275105105326);
    train(p -> new Adagrad(p, 0.1), 0.7857281769978256, -1.7813553893984595, 2.7789100592924676);
    train(
        p -> new Adagrad(p, o -> o.lrDecay(0.1)),
        0.9788757186158907,
        -1.9788410284345321,
        2.9788211221345775);
    train(
        p -> new Adagrad(p, 0.1, o -> o.initialAccumulatorValue(0.1).weightDecay(0.01)),
        0.7865144494689208,
        -1.7813975040634324,
        2.77891267386873);
    train(p -> new Adadelta(p), 0.990320023330969, -1.9903117520261804, 2.9903069968758142);
    train(p -> new Adadelta(p, 0.5), 0.9951531255007212, -1.9951510583939662, 2.995149870135634);
    train(
        p -> new Adadelta(p, o -> o.rho(0.95).eps(1e-5)),
        0.9576472361632633,
        -1.9574796677938757,
        2.9573837677916353);
    train(p -> new ASGD(p), 0.9142961387947858, -1.6844156925806373, 2.2348999574459336);
    train(
        p -> new ASGD(p, 0.1, o -> o.lambd(1e-3).alpha(0.5).t0(1)),
        0.4059003633857306,
        -0.45044914123043067,
        -0.18864543164147562);
    train(p -> new RMSprop(p), 0.7852535535617051, -1.7808801854251284, 2.778435675387025);
    train(p -> new RMSprop(p, 1e-3), 0.9772454965664118, -1.9772043104005905, 2.9771806764626563);
    train(
        p -> new RMSprop(p, o -> o.momentum(0.9)),
        0.562225517008517,
        -1.5541618874254448,
        2.5496981195075183);
    train(
        p -> new RMSprop(p, 1e-3, o -> o.alpha(0.9).centered(true)),
        0.9918842777947431,
        -1.9918793145853668,
        2.9918764613548423);
    train(p -> new Rprop(p), 0.9636, -1.9636, 2.9636);
    train(p -> new Rprop(p, 0.1), 0.636, -1.636, 2.6359999999999997);
    train(
        p -> new Rprop(p, o -> o.etas(0.4, 1.5).stepSizes(1e-3, 1)),
        0.9525,
        -1.9525000000000001,
        2.9525);
  }

  @Test
  void schedules() {
    rates(
        opt -> new StepLR(opt, 2),
        0.1,
        0.1,
        0.010000000000000002,
        0.010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002);
    rates(opt -> new StepLR(opt, 2, 0.5), 0.1, 0.1, 0.05, 0.05, 0.025, 0.025);
    rates(opt -> new StepLR(opt, 2, o -> o.gamma(0.5)), 0.1, 0.1, 0.05, 0.05, 0.025, 0.025);
    rates(
        opt -> new MultiStepLR(opt, 1, 3),
        0.1,
        0.010000000000000002,
        0.010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002);
    rates(
        opt -> new MultiStepLR(opt, List.of(1, 3)),
        0.1,
        0.010000000000000002,
        0.010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002);
    rates(opt -> new MultiStepLR(opt, List.of(1, 3), 0.5), 0.1, 0.05, 0.05, 0.025, 0.025, 0.025);
    rates(opt -> new MultiStepLR(opt, new int[] {1, 3}, 0.5), 0.1, 0.05, 0.05, 0.025, 0.025, 0.025);
    rates(
        opt -> new MultiStepLR(opt, List.of(1, 1, 4), o -> o.gamma(0.5)),
        0.1,
        0.025,
        0.025,
        0.025,
        0.0125,
        0.0125);
    rates(
        opt -> new ExponentialLR(opt, 0.9),
        0.1,
        0.09000000000000001,
        0.08100000000000002,
        0.07290000000000002,
        0.06561000000000002,
        0.05904900000000002);
    rates(
        opt -> new LambdaLR(opt, epoch -> 1.0 / (epoch + 1)),
        0.1,
        0.05,
        0.03333333333333333,
        0.025,
        0.020000000000000004,
        0.016666666666666666);
    rates(
        opt -> new LambdaLR(opt, List.of(epoch -> Math.pow(0.5, epoch))),
        0.1,
        0.05,
        0.025,
        0.0125,
        0.00625,
        0.003125);
    rates(
        opt -> new LambdaLR(opt, epoch -> Math.min(1, (epoch + 1) / 4.0)),
        0.025,
        0.05,
        0.07500000000000001,
        0.1,
        0.1,
        0.1);
    rates(
        opt -> new MultiplicativeLR(opt, epoch -> 0.95),
        0.1,
        0.095,
        0.09025,
        0.0857375,
        0.08145062499999998,
        0.07737809374999999);
    rates(
        opt -> new MultiplicativeLR(opt, List.of(epoch -> 1.0 / epoch)),
        0.1,
        0.1,
        0.05,
        0.016666666666666666,
        0.004166666666666667,
        0.0008333333333333334);
    rates(
        opt -> new ConstantLR(opt),
        0.03333333333333333,
        0.03333333333333333,
        0.03333333333333333,
        0.03333333333333333,
        0.03333333333333333,
        0.1);
    rates(opt -> new ConstantLR(opt, 0.5), 0.05, 0.05, 0.05, 0.05, 0.05, 0.1);
    rates(opt -> new ConstantLR(opt, 0.5, 2), 0.05, 0.05, 0.1, 0.1, 0.1, 0.1);
    rates(
        opt -> new ConstantLR(opt, o -> o.totalIters(3)),
        0.03333333333333333,
        0.03333333333333333,
        0.03333333333333333,
        0.1,
        0.1,
        0.1);
    rates(
        opt -> new LinearLR(opt),
        0.03333333333333333,
        0.04666666666666667,
        0.060000000000000005,
        0.07333333333333335,
        0.08666666666666668,
        0.1);
    rates(
        opt -> new LinearLR(opt, 0.1),
        0.010000000000000002,
        0.028000000000000004,
        0.046000000000000006,
        0.064,
        0.082,
        0.1);
    rates(
        opt -> new LinearLR(opt, 0.1, 0.5),
        0.010000000000000002,
        0.018000000000000006,
        0.02600000000000001,
        0.03400000000000001,
        0.042000000000000016,
        0.05000000000000002);
    rates(opt -> new LinearLR(opt, 0.1, 1, 3), 0.010000000000000002, 0.04, 0.07, 0.1, 0.1, 0.1);
    rates(
        opt -> new LinearLR(opt, o -> o.startFactor(1).endFactor(0).totalIters(4)),
        0.1,
        0.07500000000000001,
        0.05000000000000001,
        0.025000000000000005,
        0.0,
        0.0);
    rates(
        opt -> new PolynomialLR(opt),
        0.1,
        0.08000000000000002,
        0.060000000000000005,
        0.04000000000000001,
        0.02,
        0.0);
    rates(opt -> new PolynomialLR(opt, 4), 0.1, 0.07500000000000001, 0.05, 0.025, 0.0, 0.0);
    rates(
        opt -> new PolynomialLR(opt, 4, 2),
        0.1,
        0.05625,
        0.024999999999999998,
        0.0062499999999999995,
        0.0,
        0.0);
    rates(
        opt -> new PolynomialLR(opt, o -> o.power(0.9)),
        0.1,
        0.08180521460508584,
        0.06314458674893553,
        0.043838329055408694,
        0.023492378861760376,
        0.0);
    rates(
        opt -> new CosineAnnealingLR(opt, 4),
        0.1,
        0.08535533905932738,
        0.05,
        0.014644660940672627,
        0.0,
        0.014644660940672622);
    rates(
        opt -> new CosineAnnealingLR(opt, 4, 0.01),
        0.1,
        0.08681980515339464,
        0.05500000000000001,
        0.023180194846605363,
        0.01,
        0.023180194846605363);
    rates(
        opt -> new CosineAnnealingLR(opt, 50, o -> o.etaMin(1e-5)),
        0.1,
        0.09990134628777145,
        0.09960577449221733,
        0.0991144511001808,
        0.0984293151406259,
        0.0975530705321762);
    rates(opt -> new CosineAnnealingWarmRestarts(opt, 2), 0.1, 0.05, 0.1, 0.05, 0.1, 0.05);
    rates(
        opt -> new CosineAnnealingWarmRestarts(opt, 2, 2),
        0.1,
        0.05,
        0.1,
        0.08535533905932738,
        0.05,
        0.014644660940672627);
    rates(
        opt -> new CosineAnnealingWarmRestarts(opt, 2, 2, 0.01),
        0.1,
        0.05500000000000001,
        0.1,
        0.08681980515339464,
        0.05500000000000001,
        0.023180194846605363);
    rates(
        opt -> new CyclicLR(opt, 0.01, 0.1),
        0.01,
        0.010045000000000016,
        0.01008999999999999,
        0.010135000000000005,
        0.01017999999999998,
        0.010224999999999996);
    rates(
        opt -> new CyclicLR(opt, 0.01, 0.1, 2),
        0.01,
        0.05500000000000001,
        0.1,
        0.05500000000000001,
        0.01,
        0.05500000000000001);
    rates(
        opt -> new CyclicLR(opt, 0.01, 0.1, o -> o.stepSizeUp(1).mode("triangular2")),
        0.01,
        0.1,
        0.01,
        0.05500000000000001,
        0.01,
        0.0325);
    rates(
        opt ->
            new CyclicLR(
                opt,
                new double[] {0.01},
                new double[] {0.1},
                o -> o.stepSizeUp(2).mode("exp_range").gamma(0.9)),
        0.01,
        0.05050000000000001,
        0.0829,
        0.04280500000000001,
        0.01,
        0.03657205000000001);
    rates(opt -> new CyclicLR(opt, 0.01, 0.1, 1, 3), 0.01, 0.1, 0.07, 0.04, 0.01, 0.1);
    rates(
        opt -> new CyclicLR(opt, 0.01, 0.1, o -> o.stepSizeUp(1).scaleFn(x -> 1 / (5 * x))),
        0.01,
        0.028000000000000004,
        0.01,
        0.019000000000000003,
        0.01,
        0.016);
    rates(
        opt ->
            new CyclicLR(
                opt,
                0.01,
                0.1,
                o -> o.stepSizeUp(1).scaleFn(x -> Math.pow(0.5, x)).scaleMode("iterations")),
        0.01,
        0.05500000000000001,
        0.01,
        0.02125,
        0.01,
        0.012812500000000001);
    rates(
        opt -> new OneCycleLR(opt, 0.1, 1000),
        0.0040000000000000036,
        0.00400264950421679,
        0.004010597724372428,
        0.004023843783015152,
        0.004042386217832955,
        0.004066222981815026);
    rates(
        opt -> new OneCycleLR(opt, 0.1, 8, o -> o.pctStart(0.5)),
        0.0040000000000000036,
        0.027999999999999997,
        0.076,
        0.1,
        0.08535539763797113,
        0.0500002);
    rates(
        opt -> new OneCycleLR(opt, 0.1, o -> o.totalSteps(8).annealStrategy("linear")),
        0.004,
        0.07257142857142858,
        0.08928575714285715,
        0.0714286857142857,
        0.05357161428571428,
        0.03571454285714286);
    rates(
        opt -> new OneCycleLR(opt, 0.1, o -> o.epochs(2).stepsPerEpoch(4)),
        0.0040000000000000036,
        0.08192751048921922,
        0.09719417773875232,
        0.0811745653949763,
        0.05559840141227016,
        0.028306099820869922);
    rates(
        opt -> new OneCycleLR(opt, new double[] {0.2}, o -> o.totalSteps(8).threePhase(true)),
        0.008000000000000007,
        0.16385502097843843,
        0.12536200965980618,
        0.007955327772570023,
        0.00649410981151419,
        0.0037015095176917375);
    rates(
        opt ->
            new SequentialLR(
                opt, List.of(new ConstantLR(opt, 0.1, 2), new ExponentialLR(opt, 0.9)), List.of(2)),
        0.010000000000000002,
        0.010000000000000002,
        0.1,
        0.09000000000000001,
        0.08100000000000002,
        0.07290000000000002);
    rates(
        opt ->
            new ChainedScheduler(List.of(new ConstantLR(opt, 0.1, 2), new ExponentialLR(opt, 0.9))),
        0.010000000000000002,
        0.009000000000000003,
        0.08100000000000003,
        0.07290000000000003,
        0.06561000000000003,
        0.059049000000000025);
  }

  @Test
  void plateaus() {
    plateaus(opt -> new ReduceLROnPlateau(opt), 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    plateaus(opt -> new ReduceLROnPlateau(opt, "min"), 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    plateaus(opt -> new ReduceLROnPlateau(opt, "min", 0.5), 0.1, 0.1, 0.1, 0.1, 0.1, 0.1);
    plateaus(opt -> new ReduceLROnPlateau(opt, "min", 0.5, 1), 0.1, 0.1, 0.1, 0.05, 0.05, 0.025);
    plateaus(
        opt -> new ReduceLROnPlateau(opt, "max", o -> o.patience(1)),
        0.1,
        0.1,
        0.010000000000000002,
        0.010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002);
    plateaus(
        opt -> new ReduceLROnPlateau(opt, o -> o.patience(0).minLr(0.02)),
        0.1,
        0.1,
        0.02,
        0.02,
        0.02,
        0.02);
    plateaus(
        opt ->
            new ReduceLROnPlateau(opt, o -> o.patience(0).minLr(new double[] {0.03}).factor(0.7)),
        0.1,
        0.1,
        0.06999999999999999,
        0.048999999999999995,
        0.0343,
        0.03);
    plateaus(
        opt ->
            new ReduceLROnPlateau(
                opt, o -> o.patience(0).threshold(0.3).thresholdMode("abs").cooldown(1)),
        0.1,
        0.010000000000000002,
        0.010000000000000002,
        0.0010000000000000002,
        0.0010000000000000002,
        0.00010000000000000003);
  }

  @Test
  void groups() {
    Sequential net = new Sequential(new Linear(3, 2), new Linear(2, 1));
    var optimizer = new SGD(net.get(0).parameters(), 1e-2, o -> o.momentum(0.9));
    optimizer.addParamGroup(net.get(1).parameters(), o -> o.lr(1e-3));
    Tensor extra = Tensor.ones(2).requiresGrad_(true);
    optimizer.addParamGroup(List.of(extra));
    List<ParamGroup> groups = optimizer.paramGroups();
    assertEquals(List.of(1e-2, 1e-3, 1e-2), groups.stream().map(ParamGroup::lr).toList());
    assertEquals(0.9, groups.get(1).number("momentum"));
    for (ParamGroup group : groups) {
      group.set("lr", 0.5);
    }
    groups.get(2).setLr(0.25);
    extra.setGrad(Tensor.ones(2));
    optimizer.step();
    assertEquals(0.75 * 2, extra.sum().item());
    assertEquals(2, optimizer.state(extra).get("momentum_buffer").sum().item());
    assertTrue(optimizer.state(net.get(0).parameters().get(0)).isEmpty());

    var scheduler = new LambdaLR(optimizer, List.of(e -> 1, e -> 0.5, e -> 0.1));
    assertEquals(List.of(0.5, 0.25, 0.025), scheduler.getLastLr());
    var cycle =
        new OneCycleLR(optimizer, new double[] {1, 2, 3}, o -> o.epochs(3).stepsPerEpoch(5));
    for (int i = 0; i < 3; i++) {
      assertEquals((i + 1) / 25.0, cycle.getLastLr().get(i), 1e-15);
    }
  }

  @Test
  void clippedGradients() {
    Tensor a = Tensor.ones(2).requiresGrad_(true);
    Tensor b = Tensor.ones(3).requiresGrad_(true);
    a.setGrad(Tensor.of(new float[] {3, -4}, 2));
    b.setGrad(Tensor.of(new float[] {0, 12, 0}, 3));
    assertEquals(13, Utils.clipGradNorm_(List.of(a, b), 1.0).item(), 1e-6);
    assertArrayEquals(new float[] {3 / 13f, -4 / 13f}, a.grad().toFloatArray(), 1e-6f);
    assertEquals(
        12 / 13.0, Utils.clipGradNorm_(List.of(a, b), 10.0, Double.POSITIVE_INFINITY).item(), 1e-6);
    Utils.clipGradValue_(List.of(a, b), 0.5);
    assertArrayEquals(new float[] {3 / 13f, -4 / 13f}, a.grad().toFloatArray(), 1e-6f);
    assertArrayEquals(new float[] {0, 0.5f, 0}, b.grad().toFloatArray());
    assertEquals(0.5, Utils.clipGradNorm_(b, 0.25).item(), 1e-6);
    Utils.clipGradValue_(b, 0.125);
    assertArrayEquals(new float[] {0, 0.125f, 0}, b.grad().toFloatArray());
  }

  @Test
  void errorsNameTheRemedy() {
    List<Tensor> p = List.of(Tensor.zeros(2).requiresGrad_(true));
    SGD two = new SGD(p, 0.1);
    two.addParamGroup(List.of(Tensor.zeros(1).requiresGrad_(true)));
    assertMessage("invalid learning rate: -1.0", () -> new Adam(p, o -> o.lr(-1)));
    assertMessage("invalid learning rate: NaN", () -> new AdamW(p, Double.NaN, o -> o.lr(1)));
    assertMessage("needs totalSteps, or epochs", () -> new OneCycleLR(two, 0.1, o -> o.epochs(3)));
    assertMessage("totalSteps must be 1 or more, was 0", () -> new OneCycleLR(two, 0.1, 0));
    assertMessage(
        "the number of maxLr must be that of groups, 2, was 1",
        () -> new OneCycleLR(two, new double[] {0.1}, o -> o.totalSteps(5)));
    assertMessage(
        "the number of factors must be that of groups, 2, was 1",
        () -> new LambdaLR(two, List.of(e -> 1)));
    assertMessage(
        "minLr must have one value for each group, had 1 for 2",
        () -> new ReduceLROnPlateau(two, o -> o.minLr(new double[] {0.1})));
    assertMessage("mode must be one of \"min\", \"max\"", () -> new ReduceLROnPlateau(two, "mni"));
    assertMessage("needs one schedule or more", () -> new ChainedScheduler(List.of()));
    assertMessage(
        "was made with another optimizer",
        () -> new ChainedScheduler(List.of(new StepLR(two, 3), new StepLR(sgd(), 3))));
    assertEquals(
        "options",
        assertThrows(NullPointerException.class, () -> new Adam(p, 0.1, null)).getMessage());
    assertEquals(
        "optimizer",
        assertThrows(NullPointerException.class, () -> new StepLR(null, 3)).getMessage());
  }

  private static void assertMessage(String part, Runnable call) {
    String message = assertThrows(IllegalArgumentException.class, call::run).getMessage();
    assertTrue(message.contains(part), message);
  }

  /** As PyTorch prints it. */
  @Test
  void text() {
    String text = new Adam(List.of(Tensor.zeros(1).requiresGrad_(true))).toString();
    assertEquals(
        """
        Adam (
        Parameter Group 0
            amsgrad: false
            betas: [0.9, 0.999]
            decoupled_weight_decay: false
            eps: 1.0E-8
            lr: 0.001
            maximize: false
            weight_decay: 0.0
        )\
        """,
        text);
  }

  @Test
  void chainsGoOnFromTheirState() {
    SGD first = sgd();
    var chain =
        new ChainedScheduler(List.of(new ConstantLR(first, 0.1, 3), new StepLR(first, 2, 0.5)));
    for (int i = 0; i < 2; i++) {
      chain.step();
    }
    SGD second = sgd();
    var other =
        new ChainedScheduler(List.of(new ConstantLR(second, 0.1, 3), new StepLR(second, 2, 0.5)));
    second.loadStateDict(first.stateDict());
    other.loadStateDict(chain.stateDict());
    for (int i = 0; i < 4; i++) {
      chain.step();
      other.step();
      assertEquals(chain.getLastLr(), other.getLastLr());
      assertEquals(first.paramGroups().get(0).lr(), second.paramGroups().get(0).lr());
    }
  }
}
