package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import dev.facula.optim.Adam;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.Test;

/** Whatever a training step makes is garbage when the step is over. */
class LeakTest {
  private static final long TOLERATED = 500_000;

  @Test
  void tenThousandStepsLeaveTheHeapFlat() throws Exception {
    Facula.manualSeed(0);
    Module net = new Sequential(new Linear(100, 50), new ReLU(), new Linear(50, 10));
    var optimizer = new Adam(net.parameters(), 1e-3);
    var generator = new Generator(1);
    long early = 0;
    for (int step = 1; step <= 10_000; step++) {
      Tensor x = Tensor.randn(generator, 32, 100);
      optimizer.zeroGrad();
      net.forward(x).square().mean().backward();
      optimizer.step();
      if (step == 1_000) {
        early = used();
      }
    }
    long late = used();
    // A leak of one of the smallest tensors a step, 10 floats and their objects, makes over 1 MB.
    assertTrue(late - early < TOLERATED, "the heap grew from " + early + " to " + late + " bytes");
  }

  @Test
  void aGraphIsFreedWithItsLastTensor() throws Exception {
    Tensor w = Tensor.ones(1000).requiresGrad_(true);
    Tensor hidden = w.mul(2).exp();
    Tensor loss = hidden.sum();
    loss.backward();
    var inner = new WeakReference<>(hidden);
    var outer = new WeakReference<>(loss);
    hidden = null;
    loss = null;
    for (int i = 0; i < 50 && (inner.get() != null || outer.get() != null); i++) {
      System.gc();
      Thread.sleep(20);
    }
    assertNull(inner.get());
    assertNull(outer.get());
  }

  @Test
  void aLongGraphNeedsNoStack() {
    Tensor w = Tensor.ones(1).requiresGrad_(true);
    Tensor y = w;
    for (int i = 0; i < 100_000; i++) {
      y = y.add(1);
    }
    y.sum().backward();
    assertTrue(w.grad().item() == 1.0);
  }

  /** Bytes in use after the garbage has gone. */
  private static long used() throws InterruptedException {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      Thread.sleep(50);
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }
}
