package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.facula.optim.CosineAnnealingLR;
import dev.facula.optim.LRScheduler;
import dev.facula.optim.LinearLR;
import dev.facula.optim.SGD;
import dev.facula.optim.SequentialLR;
import dev.facula.optim.StepLR;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * The two warnings of PyTorch: of targets that are broadcast, of schedules that begin too early.
 */
final class WarningsTest {
  private static List<String> warnings(Class<?> source, Runnable work) {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(source);
    log.start();
    logger.addAppender(log);
    try {
      work.run();
    } finally {
      logger.detachAppender(log);
    }
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  @Test
  void targetsThatAreBroadcastAreWarnedOfOnce() {
    Tensor x = Tensor.ones(17, 1);
    Tensor y = Tensor.zeros(17);
    List<String> told =
        warnings(
            Functional.class,
            () -> {
              for (int i = 0; i < 3; i++) {
                assertEquals(1, Functional.mseLoss(x, y).item());
                Functional.mseLoss(x, x);
              }
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(
        told.get(0)
            .startsWith(
                "mseLoss: using a target size [17] that is different to the input size [17, 1]"),
        told::toString);
    assertEquals(1, warnings(Functional.class, () -> Functional.l1Loss(x, y)).size());
    assertEquals(1, warnings(Functional.class, () -> Functional.smoothL1Loss(x, y)).size());
    assertEquals(1, warnings(Functional.class, () -> Functional.huberLoss(x, y)).size());
  }

  private static SGD optimizer() {
    Tensor w = Tensor.ones(2).requiresGrad_();
    w.setGrad(Tensor.ones(2));
    return new SGD(List.of(w), 0.1);
  }

  private static List<String> early(Runnable work) {
    return warnings(LRScheduler.class, work);
  }

  @Test
  void schedulesBeforeTheOptimizerAreWarnedOf() {
    SGD optimizer = optimizer();
    StepLR schedule = new StepLR(optimizer, 1);
    List<String> told =
        early(
            () -> {
              schedule.step();
              optimizer.step();
              schedule.step();
            });
    assertEquals(1, told.size(), told::toString);
    assertTrue(told.get(0).startsWith("StepLR: step() was called before"), told::toString);
    assertEquals(0.001, optimizer.paramGroups().get(0).lr(), 1e-12);
  }

  @Test
  void aStepBeforeTheScheduleWasMadeDoesNotCount() {
    SGD optimizer = optimizer();
    optimizer.step();
    StepLR schedule = new StepLR(optimizer, 1);
    assertEquals(1, early(schedule::step).size());
  }

  @Test
  void theRightOrderIsSilent() {
    SGD optimizer = optimizer();
    StepLR schedule = new StepLR(optimizer, 1);
    var parts = List.of(new LinearLR(optimizer), new CosineAnnealingLR(optimizer, 5));
    SequentialLR sequence = new SequentialLR(optimizer, parts, List.of(2));
    List<String> told =
        early(
            () -> {
              for (int i = 0; i < 4; i++) {
                optimizer.step();
                schedule.step();
                sequence.step();
              }
            });
    assertEquals(List.of(), told);
    StepLR resumed = new StepLR(optimizer(), 1);
    resumed.loadStateDict(schedule.stateDict());
    assertEquals(List.of(), early(resumed::step));
  }
}
