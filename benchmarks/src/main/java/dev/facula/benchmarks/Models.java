package dev.facula.benchmarks;

import dev.facula.Facula;
import java.util.concurrent.TimeUnit;
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

/** Training steps, layers forward and backward, and inference on one image. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class Models {
  /** Names of {@link Works}. */
  @Param({
    "step-mlp-sgd",
    "step-cifar-sgd",
    "step-cifar-adam",
    "infer-cifar-1",
    "lstm-64-128",
    "encoder-layer"
  })
  public String work;

  @Param({"1", "2"})
  public int threads;

  private Runnable run;

  @Setup
  public void setUp() {
    Facula.setNumThreads(threads);
    run = Works.all(false).get(work).get();
  }

  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
  public void simd() {
    run.run();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfacula.kernels=scalar")
  public void scalar() {
    run.run();
  }
}
