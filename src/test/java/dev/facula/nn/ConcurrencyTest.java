package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** A net in evaluation mode is shared by all threads of a server. */
class ConcurrencyTest {
  private static final int THREADS = 64;
  private static final int ROUNDS = 20;

  @Test
  void manyThreadsEvaluateOneNetAsOneThreadDoes() throws Exception {
    Facula.manualSeed(1);
    Module net =
        new Sequential(new Linear(20, 300), new ReLU(), new Linear(300, 300), new Linear(300, 7));
    net.eval();
    var inputs = new ArrayList<Tensor>();
    var expected = new ArrayList<float[]>();
    try (var guard = Facula.noGrad()) {
      for (int i = 0; i < THREADS; i++) {
        // Sizes differ, so that scratch memory made for one call would not do for the next.
        Tensor x = Tensor.randn(new Generator(i), 1 + i, 20);
        inputs.add(x);
        expected.add(net.forward(x).toFloatArray());
      }
    }
    var start = new CountDownLatch(1);
    var pool = Executors.newFixedThreadPool(THREADS);
    try {
      var results = new ArrayList<Future<?>>();
      for (int i = 0; i < THREADS; i++) {
        int own = i;
        results.add(
            pool.submit(
                () -> {
                  start.await();
                  try (var guard = Facula.noGrad()) {
                    for (int round = 0; round < ROUNDS; round++) {
                      int k = (own + round) % THREADS;
                      Tensor y = net.forward(inputs.get(k));
                      assertFalse(y.requiresGrad());
                      assertArrayEquals(expected.get(k), y.toFloatArray());
                    }
                  }
                  return null;
                }));
      }
      start.countDown();
      for (Future<?> result : results) {
        result.get();
      }
    } finally {
      pool.shutdown();
    }
  }

  @Test
  void threadsTrainNetsOfTheirOwnAsOneThreadDoes() throws Exception {
    float[] expected = trained();
    var pool = Executors.newFixedThreadPool(8);
    try {
      var results = new ArrayList<Future<float[]>>();
      for (int i = 0; i < 8; i++) {
        results.add(pool.submit(ConcurrencyTest::trained));
      }
      for (Future<float[]> result : results) {
        assertArrayEquals(expected, result.get());
      }
    } finally {
      pool.shutdown();
    }
  }

  /** The first weight after some steps on a loss that is a mean of squares. */
  private static float[] trained() {
    var generator = new Generator(3);
    Tensor x = Tensor.randn(generator, 40, 20);
    Tensor w1 = Tensor.randn(generator, 20, 200).mul(0.1).requiresGrad_(true);
    Tensor w2 = Tensor.randn(generator, 200, 5).mul(0.1).requiresGrad_(true);
    for (int step = 0; step < 30; step++) {
      Tensor loss = x.matmul(w1).tanh().matmul(w2).square().mean();
      loss.backward();
      try (var guard = Facula.noGrad()) {
        for (Tensor w : new Tensor[] {w1, w2}) {
          w.sub_(w.grad().mul(0.1));
          w.setGrad(null);
        }
      }
    }
    return w1.toFloatArray();
  }
}
