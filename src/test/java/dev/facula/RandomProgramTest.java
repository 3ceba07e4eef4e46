package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.array.Storage;
import dev.facula.optim.Adam;
import dev.facula.optim.Optimizer;
import dev.facula.optim.SGD;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random programs give the same bits whether the memory of what is done with is used again or not.
 * {@code -Dfacula.programs=N} runs N of them. An array that is freed one derivative too early shows
 * within the first few.
 */
class RandomProgramTest {
  private static final int PROGRAMS = Integer.getInteger("facula.programs", 200);

  /** Side of all tensors: 4096 elements are the least that are reused. */
  private static final int N = 64;

  @AfterEach
  void reuseAgain() {
    Storage.setReuse(true);
  }

  @Test
  void reuseDoesNotShow() {
    int reads = 0;
    for (int seed = 0; seed < PROGRAMS; seed++) {
      Storage.setReuse(false);
      long[] expected = new Program(seed).run();
      Storage.setReuse(true);
      assertArrayEquals(expected, new Program(seed).run(), "program " + seed);
      reads += expected.length;
    }
    assertTrue(reads > 10 * PROGRAMS, "the programs read next to nothing: " + reads);
  }

  /** Some steps on tensors without a graph and on those of a graph over two leaves. */
  private static final class Program {
    private final Random random;
    private final List<Tensor> values = new ArrayList<>();
    private final List<Tensor> leaves;
    private final List<Long> reads = new ArrayList<>();
    private final Optimizer optimizer;

    Program(int seed) {
      random = new Random(seed);
      Facula.manualSeed(seed);
      leaves =
          List.of(
              Tensor.randn(N, N).mul(0.1).requiresGrad_(true),
              Tensor.randn(N, N).mul(0.1).requiresGrad_(true));
      values.add(Tensor.randn(N, N));
      values.add(Tensor.rand(N, N));
      optimizer =
          random.nextBoolean()
              ? new SGD(leaves, 0.01, o -> o.momentum(0.9))
              : new Adam(leaves, 0.01);
    }

    long[] run() {
      int steps = 20 + random.nextInt(40);
      for (int i = 0; i < steps; i++) {
        try {
          step(random.nextInt(12));
        } catch (IllegalStateException | IllegalArgumentException e) {
          reads.add((long) e.getMessage().length()); // a saved tensor that was changed, say
        }
      }
      values.forEach(this::read);
      leaves.forEach(this::read);
      return reads.stream().mapToLong(x -> x).toArray();
    }

    private void step(int kind) {
      switch (kind) {
        case 0, 1 -> keep(expression(value(), value(), 1 + random.nextInt(5)));
        case 2 -> inPlace(value());
        case 3 -> read(value());
        case 4 -> {
          Tensor within = value();
          keep(Facula.tidy(() -> expression(within, within, 3)));
        }
        case 5 -> {
          Tensor gone = value().mul(2);
          Tensor y = gone.tanh();
          gone.release();
          keep(y);
        }
        case 6, 7 -> pass(false);
        case 8 -> pass(true);
        case 9 -> {
          optimizer.step();
          if (random.nextBoolean()) {
            optimizer.zeroGrad();
          }
        }
        case 10 -> {
          for (Tensor leaf : leaves) {
            Tensor g = leaf.grad();
            if (g != null) {
              read(g);
              if (random.nextBoolean()) {
                keep(g); // which is the program's from now on
              }
            }
          }
        }
        default -> second();
      }
    }

    /** A backward pass, or two through one graph. */
    private void pass(boolean twice) {
      Tensor loss = loss();
      if (twice) {
        loss.backward(o -> o.retainGraph(true));
      }
      loss.backward();
      read(loss);
    }

    private Tensor loss() {
      Tensor x = leaves.get(0);
      Tensor w = leaves.get(1);
      if (random.nextInt(3) > 0) {
        Tensor constant = value().detach();
        int depth = 1 + random.nextInt(5);
        return random.nextBoolean()
            ? Facula.tidy(() -> expression(x.add(constant), w, depth).square().mean())
            : expression(x.mul(constant), w, depth).square().mean();
      }
      Tensor y = expression(x, w, 2);
      if (random.nextBoolean()) {
        y.registerHook(g -> random.nextBoolean() ? g : g.mul(0.5));
      }
      if (random.nextBoolean()) {
        y.retainGrad();
      }
      Tensor loss = y.mul(y.detach()).sum().add(expression(y, x, 2).mean());
      keep(y.detach());
      return loss;
    }

    /** A derivative of a derivative. */
    private void second() {
      Tensor x = leaves.get(0);
      Tensor y = expression(x, leaves.get(1), 2).square().sum();
      Tensor g = Autograd.grad(y, x, o -> o.createGraph(true));
      Tensor penalty = g.square().sum();
      penalty.backward();
      read(g);
    }

    private Tensor expression(Tensor a, Tensor b, int depth) {
      Tensor y = a;
      for (int i = 0; i < depth; i++) {
        y = operation(y, b);
      }
      return y;
    }

    private Tensor operation(Tensor y, Tensor b) {
      return switch (random.nextInt(16)) {
        case 0 -> y.tanh();
        case 1 -> y.sigmoid();
        case 2 -> y.relu();
        case 3 -> y.add(b);
        case 4 -> y.mul(b);
        case 5 -> y.sub(b.mul(0.5));
        case 6 -> y.matmul(b).mul(1.0 / N);
        case 7 -> y.softmax(1);
        case 8 -> y.t();
        case 9 -> y.sum(new int[] {0}, true).mul(1.0 / N).expand(N, N);
        case 10 -> Tensor.cat(List.of(y.narrow(0, 8, N - 8), b.narrow(0, 0, 8)), 0);
        case 11 -> Functional.dropout(y, 0.3);
        case 12 -> y.reshape(N * N).view(N, N);
        case 13 -> Functional.layerNorm(y, N);
        case 14 -> y.clamp(-1, 1).abs();
        default -> y.select(0, random.nextInt(N)).unsqueeze(0).add(y);
      };
    }

    private void inPlace(Tensor y) {
      switch (random.nextInt(4)) {
        case 0 -> y.mul_(0.5);
        case 1 -> y.add_(value());
        case 2 -> y.narrow(0, 0, 3).zero_();
        default -> y.clamp_(-2, 2);
      }
    }

    private Tensor value() {
      return values.get(random.nextInt(values.size()));
    }

    private void keep(Tensor y) {
      values.add(y.detach());
      if (values.size() > 8) {
        values.remove(random.nextInt(values.size()));
      }
    }

    private void read(Tensor t) {
      long bits = 7;
      for (double v : t.detach().toDoubleArray()) {
        bits = 31 * bits + Double.doubleToLongBits(v);
      }
      reads.add(bits);
    }
  }

  /** The test of the test: numbers that differ are seen. */
  @Test
  void differencesAreSeen() {
    long[] one = new Program(1).run();
    assertTrue(Arrays.equals(one, new Program(1).run()));
    assertTrue(!Arrays.equals(one, new Program(2).run()));
  }
}
