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

/** Reductions, softmax and normalisation of the rows of a square matrix. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Rows {
  @Param({
    "sum",
    "sumRows",
    "sumColumns",
    "max",
    "argmax",
    "cumsum",
    "softmax",
    "logSoftmax",
    "crossEntropy",
    "layerNorm",
    "batchNorm"
  })
  public String operation;

  @Param({"100", "1024"})
  public int side;

  @Param({"1", "2"})
  public int threads;

  private Supplier<Tensor> work;

  @Setup
  public void setUp() {
    Facula.setNumThreads(threads);
    Tensor x = Tensor.randn(side, side);
    Tensor target = Tensor.randint(0, side, side);
    Tensor weight = Tensor.randn(side);
    Tensor bias = Tensor.randn(side);
    int[] last = {side};
    work =
        switch (operation) {
          case "sum" -> () -> x.sum();
          case "sumRows" -> () -> x.sum(1);
          case "sumColumns" -> () -> x.sum(0);
          case "max" -> () -> x.amax(1);
          case "argmax" -> () -> x.argmax(1);
          case "cumsum" -> () -> x.cumsum(1);
          case "softmax" -> () -> x.softmax(1);
          case "logSoftmax" -> () -> x.logSoftmax(1);
          case "crossEntropy" -> () -> Functional.crossEntropy(x, target);
          case "layerNorm" -> () -> Functional.layerNorm(x, last, weight, bias, 1e-5);
          case "batchNorm" ->
              () -> Functional.batchNorm(x, null, null, weight, bias, true, 0.1, 1e-5);
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
