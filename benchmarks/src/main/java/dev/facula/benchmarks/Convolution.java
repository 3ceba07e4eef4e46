package dev.facula.benchmarks;

import dev.facula.Facula;
import dev.facula.Tensor;
import dev.facula.nn.Conv2d;
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

/** A layer of convolution, and the layer with its gradients in input, weight and bias. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class Convolution {
  /** Images, input channels, their side, output channels, kernel, stride, padding, groups. */
  @Param({
    "100 3 32 6 5 1 0 1",
    "100 6 14 16 5 1 0 1",
    "32 64 32 64 3 1 1 1",
    "32 128 16 128 3 1 1 1",
    "32 256 8 256 3 1 1 1",
    "32 64 32 128 3 2 1 1",
    "8 64 56 64 1 1 0 1",
    "8 64 56 64 3 1 1 64",
    "1 3 32 6 5 1 0 1"
  })
  public String shape;

  @Param({"1", "2"})
  public int threads;

  private Conv2d layer;
  private Tensor x;
  private Tensor gradient;

  @Setup
  public void setUp() {
    Facula.setNumThreads(threads);
    String[] s = shape.split(" ");
    int side = Integer.parseInt(s[2]);
    layer =
        new Conv2d(
            Integer.parseInt(s[1]),
            Integer.parseInt(s[3]),
            Integer.parseInt(s[4]),
            o ->
                o.stride(Integer.parseInt(s[5]))
                    .padding(Integer.parseInt(s[6]))
                    .groups(Integer.parseInt(s[7])));
    x = Tensor.randn(Integer.parseInt(s[0]), Integer.parseInt(s[1]), side, side);
    gradient = Tensor.randn(layer.forward(x).shape());
  }

  private Tensor infer() {
    try (var guard = Facula.noGrad()) {
      return layer.forward(x);
    }
  }

  private Tensor train() {
    layer.zeroGrad();
    Tensor input = x.detach().requiresGrad_(true);
    layer.forward(input).backward(gradient);
    return input.grad();
  }

  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
  public Tensor forwardSimd() {
    return infer();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfacula.kernels=scalar")
  public Tensor forwardScalar() {
    return infer();
  }

  @Benchmark
  @Fork(
      value = 1,
      jvmArgsAppend = {"--add-modules", "jdk.incubator.vector"})
  public Tensor backwardSimd() {
    return train();
  }

  @Benchmark
  @Fork(value = 1, jvmArgsAppend = "-Dfacula.kernels=scalar")
  public Tensor backwardScalar() {
    return train();
  }
}
