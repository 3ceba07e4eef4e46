package dev.facula.benchmarks;

import dev.facula.Facula;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Operations on each element, from the cost of a call (16 elements) to that of memory (a million).
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Elementwise {
  @Param({
    "add",
    "addRow",
    "addInPlace",
    "mulNumber",
    "relu",
    "exp",
    "log",
    "tanh",
    "sigmoid",
    "gelu",
    "silu",
    "sin",
    "where",
    "greater",
    "clamp",
    "transpose"
  })
  public String operation;

  /** Side of a square matrix. */
  @Param({"4", "100", "1024"})
  public int side;

  @Param({"1", "2"})
  public int threads;

  private Supplier<Tensor> work;

  @Setup
  public void setUp() {
    Facula.setNumThreads(threads);
    Tensor x = Tensor.rand(side, side).add(0.5);
    Tensor y = Tensor.randn(side, side);
    Tensor row = Tensor.randn(side);
    Tensor mask = y.gt(0);
    Tensor sum = Tensor.zeros(side, side);
    work =
        switch (operation) {
          case "add" -> () -> x.add(y);
          case "addRow" -> () -> x.add(row);
          case "addInPlace" -> () -> sum.add_(y);
          case "mulNumber" -> () -> x.mul(3);
          case "relu" -> () -> y.relu();
          case "exp" -> () -> y.exp();
          case "log" -> () -> x.log();
          case "tanh" -> () -> y.tanh();
          case "sigmoid" -> () -> y.sigmoid();
          case "gelu" -> () -> Functional.gelu(y);
          case "silu" -> () -> Functional.silu(y);
          case "sin" -> () -> y.sin();
          case "where" -> () -> Tensor.where(mask, x, y);
          case "greater" -> () -> x.gt(y);
          case "clamp" -> () -> y.clamp(-0.5, 0.5);
          case "transpose" -> () -> x.t().contiguous();
          default -> throw new IllegalArgumentException(operation);
        };
  }

  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
  public Tensor simd() {
    return work.get();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfacula.kernels=scalar")
  public Tensor scalar() {
    return work.get();
  }
}
