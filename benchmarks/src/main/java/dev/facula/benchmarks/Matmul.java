package dev.facula.benchmarks;

import dev.facula.Facula;
import dev.facula.Tensor;
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

/** Products of matrices as a linear layer forms them: x [m, k] with w [n, k] transposed. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Matmul {
  /** Rows of x, length of a row, rows of w. */
  @Param({
    "64x64x64",
    "128x128x128",
    "256x256x256",
    "512x512x512",
    "1024x1024x1024",
    "2048x2048x2048",
    "64x784x128",
    "100x400x120",
    "64x128x10",
    "1x784x128"
  })
  public String size;

  @Param({"1", "2"})
  public int threads;

  private Tensor x;
  private Tensor plain;
  private Tensor transposed;

  @Setup
  public void setUp() {
    Facula.setNumThreads(threads);
    String[] mkn = size.split("x");
    int m = Integer.parseInt(mkn[0]);
    int k = Integer.parseInt(mkn[1]);
    int n = Integer.parseInt(mkn[2]);
    x = Tensor.randn(m, k);
    plain = Tensor.randn(k, n);
    transposed = Tensor.randn(n, k).t();
  }

  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
  public Tensor simd() {
    return x.matmul(plain);
  }

  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
  public Tensor simdTransposed() {
    return x.matmul(transposed);
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfacula.kernels=scalar")
  public Tensor scalar() {
    return x.matmul(plain);
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfacula.kernels=scalar")
  public Tensor scalarTransposed() {
    return x.matmul(transposed);
  }
}
