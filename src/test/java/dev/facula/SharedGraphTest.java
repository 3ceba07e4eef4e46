package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.nn.Linear;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Several threads go back into the same leaves, or the same parts of a graph, at the same time. */
final class SharedGraphTest {
  private static final int THREADS = 8;

  /** Enough elements for memory that goes round. */
  private static final int LARGE = 1 << 13;

  private static ExecutorService pool;

  @BeforeAll
  static void start() {
    pool = Executors.newFixedThreadPool(THREADS);
  }

  @AfterAll
  static void stop() {
    pool.shutdownNow();
  }

  private interface Work {
    void run(int thread) throws Exception;
  }

  /** Runs the work in all threads, which begin together, and throws what one of them threw. */
  private static void together(int threads, Work work) throws Exception {
    CyclicBarrier start = new CyclicBarrier(threads);
    List<Future<?>> futures = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      int own = i;
      futures.add(
          pool.submit(
              () -> {
                start.await();
                work.run(own);
                return null;
              }));
    }
    for (Future<?> f : futures) {
      try {
        f.get(60, TimeUnit.SECONDS);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof Error error) {
          throw error;
        }
        throw (Exception) e.getCause();
      }
    }
  }

  private static double[] gradient(Tensor w) {
    return requireNonNull(w.grad()).toDoubleArray();
  }

  private static double[] all(double value, int n) {
    return Tensor.full(DType.FLOAT64, value, n).toDoubleArray();
  }

  @Test
  void noGradientIsLost() throws Exception {
    for (int n : new int[] {1, 3, LARGE}) {
      for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
        int passes = n == LARGE ? 20 : 500;
        for (int round = 0; round < 2; round++) {
          Tensor w = Tensor.ones(dtype, n).requiresGrad_(true);
          together(
              THREADS,
              t -> {
                for (int i = 0; i < passes; i++) {
                  w.mul(1).sum().backward();
                }
              });
          assertArrayEquals(all(THREADS * passes, n), gradient(w));
        }
      }
    }
  }

  @Test
  void noGradientOfASharedLayerIsLost() throws Exception {
    Linear layer = new Linear(64, 128);
    Tensor x = Tensor.ones(2, 64);
    layer.forward(x).sum().backward();
    double[] one = gradient(layer.parameters().get(0));
    layer.zeroGrad();
    together(
        THREADS,
        t -> {
          for (int i = 0; i < 40; i++) {
            layer.forward(x).sum().backward();
          }
        });
    for (int i = 0; i < one.length; i++) {
      one[i] *= THREADS * 40;
    }
    assertArrayEquals(one, gradient(layer.parameters().get(0)));
  }

  @Test
  void noGradientIsLostThatIsDifferentiatedAgain() throws Exception {
    Tensor w = Tensor.ones(3).requiresGrad_(true);
    together(
        THREADS,
        t -> {
          for (int i = 0; i < 25; i++) {
            w.square().sum().backward(o -> o.createGraph(true));
          }
        });
    assertArrayEquals(all(2 * THREADS * 25, 3), gradient(w));
  }

  /** One trunk, a head in each thread, and the trunk's graph kept for the others. */
  @Test
  void aSharedTrunkServesAllHeads() throws Exception {
    for (boolean frozen : new boolean[] {false, true}) {
      Tensor w = Tensor.full(DType.FLOAT64, 2, LARGE).requiresGrad_(!frozen);
      Tensor extra = Tensor.ones(DType.FLOAT64, LARGE).requiresGrad_(true);
      Tensor trunk = w.mul(3).mul(extra).exp().log().mul(extra.detach());
      trunk.retainGrad();
      Tensor[] heads = new Tensor[THREADS];
      for (int t = 0; t < THREADS; t++) {
        heads[t] = Tensor.full(DType.FLOAT64, t + 1, LARGE).requiresGrad_(true);
      }
      int passes = 10;
      together(
          THREADS,
          t -> {
            for (int i = 0; i < passes; i++) {
              trunk.mul(heads[t]).sum().backward(o -> o.retainGraph(true));
              Tensor other = Tensor.full(DType.FLOAT64, t, LARGE); // might take shared memory
              assertEquals((double) t * LARGE, other.sum().item());
            }
          });
      double weights = passes * THREADS * (THREADS + 1) / 2.0;
      assertArrayEquals(all(6 * weights, LARGE), gradient(extra), 1e-6);
      assertArrayEquals(all(weights, LARGE), gradient(trunk), 1e-6);
      if (!frozen) {
        assertArrayEquals(all(3 * weights, LARGE), gradient(w), 1e-6);
      }
      for (int t = 0; t < THREADS; t++) {
        assertArrayEquals(all(6 * passes, LARGE), gradient(heads[t]), 1e-9);
      }
    }
  }

  /** Who comes late to a graph that is not kept gets an error, never other numbers. */
  @Test
  void aGraphThatIsNotKeptServesOnePass() throws Exception {
    for (int round = 0; round < 40; round++) {
      Tensor w = Tensor.full(DType.FLOAT64, 2, LARGE).requiresGrad_(true);
      Tensor loss = Facula.tidy(() -> w.mul(w).mul(w).sum());
      AtomicInteger passes = new AtomicInteger();
      together(
          2,
          t -> {
            try {
              loss.backward();
              passes.incrementAndGet();
            } catch (AutogradException e) {
              assertTrue(e.getMessage().contains("freed"), e.getMessage());
            }
            Tensor other = Tensor.full(DType.FLOAT64, 7, LARGE).mul(1);
            assertEquals(7.0 * LARGE, other.sum().item());
          });
      assertEquals(1, passes.get());
      assertArrayEquals(all(12, LARGE), gradient(w));
    }
  }

  @Test
  void threadsFindOneLeafAndOneHistory() throws Exception {
    for (int round = 0; round < 60; round++) {
      Tensor w = Tensor.ones(3).requiresGrad_(true);
      Set<Object> nodes =
          Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
      together(4, t -> nodes.add(requireNonNull(w.edge())));
      assertEquals(1, nodes.size());
      Tensor base = w.mul(1);
      Tensor view = base.view(3, 1).squeeze(1);
      base.mul_(2);
      Set<Object> makers =
          Collections.synchronizedSet(Collections.newSetFromMap(new IdentityHashMap<>()));
      together(
          4,
          t -> {
            makers.add(requireNonNull(view.maker()));
            assertArrayEquals(
                new double[] {2, 2, 2},
                Autograd.grad(view.sum(), w, o -> o.retainGraph(true)).toDoubleArray());
          });
      assertEquals(1, makers.size());
    }
  }

  @Test
  void everyHookIsCalled() throws Exception {
    for (int round = 0; round < 10; round++) {
      Tensor w = Tensor.ones(3).requiresGrad_(true);
      AtomicInteger calls = new AtomicInteger();
      together(
          THREADS,
          t -> {
            for (int i = 0; i < 20; i++) {
              w.registerHook(
                  g -> {
                    calls.incrementAndGet();
                    return null;
                  });
              try (var removed = w.registerHook(g -> g.mul(1))) {
                w.mul(1).sum().backward();
              }
            }
          });
      int before = calls.get();
      w.mul(1).sum().backward();
      assertEquals(THREADS * 20, calls.get() - before);
      assertEquals(THREADS * 20 + 1, requireNonNull(w.grad()).select(0, 0).item());
    }
  }

  /**
   * Racing zeroGrad, a user's mistake, may lose gradients of that leaf; what nobody shares stays as
   * it is.
   */
  @Test
  void racingZeroGradHarmsNobodyElse() throws Exception {
    Tensor w = Tensor.ones(LARGE).requiresGrad_(true);
    together(
        THREADS,
        t -> {
          Tensor mine = Tensor.full(DType.FLOAT32, t, LARGE).requiresGrad_(true);
          for (int i = 0; i < 25; i++) {
            w.mul(1).sum().backward();
            w.setGrad(null);
            Tensor a = Tensor.full(DType.FLOAT32, 2 * t, LARGE);
            Tensor b = a.add(1);
            mine.mul(t + 1).sum().backward();
            w.setGrad(null);
            assertArrayEquals(
                Tensor.full(DType.FLOAT32, t + 1, LARGE).toFloatArray(),
                mine.peekGradient().toFloatArray());
            mine.setGrad(null);
            assertEquals(2.0 * t * LARGE, a.sum().item());
            assertEquals((2.0 * t + 1) * LARGE, b.sum().item());
            a.release();
          }
        });
    Tensor g = w.grad();
    assertTrue(g == null || g.select(0, 0).item() >= 1);
  }

  @Test
  void releasedTwiceAtOnceIsGivenOnce() throws Exception {
    for (int round = 0; round < 60; round++) {
      Tensor[] shared = {Tensor.full(DType.FLOAT32, 1, LARGE).add(1), null};
      together(
          4,
          t -> {
            shared[0].release();
            Tensor[] made = new Tensor[3];
            for (int i = 0; i < made.length; i++) {
              made[i] = Tensor.full(DType.FLOAT32, t * 3 + i, LARGE);
            }
            for (int i = 0; i < made.length; i++) {
              assertEquals((double) (t * 3 + i) * LARGE, made[i].sum().item());
            }
          });
    }
  }

  /** Who reads while another releases gets what was there, or the error; never other numbers. */
  @Test
  void aReadDuringAReleaseGivesTheOldNumbersOrAnError() throws Exception {
    AtomicReference<Tensor> current = new AtomicReference<>(Tensor.ones(LARGE).add(1));
    AtomicBoolean end = new AtomicBoolean();
    AtomicInteger reads = new AtomicInteger();
    long until = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(300);
    long last = until + TimeUnit.SECONDS.toNanos(10); // on a machine with much else to do
    together(
        4,
        t -> {
          if (t == 0) {
            List<Tensor> made = new ArrayList<>();
            for (int i = 0; System.nanoTime() < (reads.get() == 0 ? last : until); i++) {
              for (int spins = 0; spins < 200; spins++) {
                Thread.onSpinWait(); // so that others find it
              }
              if (i % 4 != 0) {
                current.get().release();
              }
              made.add(Tensor.full(DType.FLOAT32, 99, LARGE));
              if (made.size() == 8) {
                made.forEach(Tensor::release);
                made.clear();
              }
              current.set(Tensor.ones(LARGE).add(1));
            }
            end.set(true);
            return;
          }
          while (!end.get()) {
            Tensor x = current.get();
            try {
              for (float value : t == 1 ? x.toFloatArray() : x.mul(1).toFloatArray()) {
                assertEquals(2, value);
              }
              if (t == 3) {
                x.mul_(1); // a write into what is not there any more goes nowhere
              }
              reads.incrementAndGet();
            } catch (IllegalStateException e) {
              assertTrue(e.getMessage().contains("release()"), e.getMessage());
            }
          }
        });
    assertTrue(reads.get() > 0);
  }

  @Test
  void whatOneThreadAloneHadStillGoesRound() throws Exception {
    together(
        1,
        t -> {
          Tensor x = Tensor.ones(1 << 18).add(1);
          float[] memory = x.storage.floats();
          x.add(1); // in several threads, which work for this one
          x.release();
          assertTrue(memory == Tensor.zeros(1 << 18).storage.floats());
          Tensor y = Tensor.ones(1 << 18).add(1);
          float[] seen = y.storage.floats();
          Thread other = new Thread(y::sum);
          other.start();
          other.join();
          y.release();
          assertFalse(seen == Tensor.zeros(1 << 18).storage.floats());
          assertThrows(IllegalStateException.class, y::sum);
        });
  }

  @Test
  void aHookOfAnotherThreadKeepsItsGradient() throws Exception {
    Tensor w = Tensor.ones(LARGE).requiresGrad_(true);
    List<Tensor> kept = Collections.synchronizedList(new ArrayList<>());
    together(
        2,
        t -> {
          for (int i = 0; i < 100; i++) {
            if (t == 0) {
              w.mul(2).mul(3).sum().backward();
            } else {
              try (var hook =
                  w.registerHook(
                      g -> {
                        kept.add(g);
                        return null;
                      })) {
                Thread.yield();
              }
            }
          }
        });
    for (Tensor g : kept) {
      assertEquals(6, g.select(0, 0).item());
      assertEquals(6.0 * LARGE, g.sum().item());
    }
    assertNotNull(w.grad());
    assertSame(w.grad(), w.grad());
  }
}
