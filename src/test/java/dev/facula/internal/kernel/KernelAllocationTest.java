package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A kernel call allocates nothing once it is compiled: in particular no vector is boxed, which
 * would cost a hundred times what the kernel does.
 */
class KernelAllocationTest {
  private static final int N = 1024;
  private static final int CALLS = 200;

  private final float[] a = FloatKernelsSource.random(N, 1);
  private final float[] b = FloatKernelsSource.random(N, 2);
  private final float[] y = new float[N];
  private final float[] s = new float[N];
  private final float[] t = new float[N];
  private final long[] target = new long[N];

  private Map<String, Runnable> calls(FloatingKernels<float[]> k) {
    var calls = new LinkedHashMap<String, Runnable>();
    calls.put("add", () -> k.binary().add(a, 0, b, 0, y, 0, N));
    calls.put("exp", () -> k.unary().exp(a, 0, y, 0, N));
    calls.put("log", () -> k.unary().log(a, 0, y, 0, N));
    calls.put("sin", () -> k.unary().sin(a, 0, y, 0, N));
    calls.put("cos", () -> k.unary().cos(a, 0, y, 0, N));
    calls.put("tanh", () -> k.unary().tanh(a, 0, y, 0, N));
    calls.put("sigmoid", () -> k.unary().sigmoid(a, 0, y, 0, N));
    calls.put("erf", () -> k.unary().erf(a, 0, y, 0, N));
    calls.put("gelu", () -> k.unary().gelu(a, 0, y, 0, N));
    calls.put("silu", () -> k.unary().silu(a, 0, y, 0, N));
    calls.put("logSigmoid", () -> k.unary().logSigmoid(a, 0, y, 0, N));
    calls.put("reluBackward", () -> k.binary().reluBackward(a, 0, b, 0, y, 0, N));
    calls.put("geluBackward", () -> k.binary().geluBackward(a, 0, b, 0, y, 0, N));
    calls.put("siluBackward", () -> k.binary().siluBackward(a, 0, b, 0, y, 0, N));
    calls.put("sumRows", () -> k.reduce().sumRows(a, 0, 8, N / 8, y, 0));
    calls.put("sumColumns", () -> k.reduce().sumColumns(a, 0, 1, 8, N / 8, y, 0));
    calls.put("maxRows", () -> k.reduce().maxRows(a, 0, 8, N / 8, y, 0));
    calls.put("dot", () -> y[0] = (float) k.matmul().dot(a, 0, b, 0, N));
    calls.put("softmaxRows", () -> k.softmax().softmaxRows(a, 0, 8, N / 8, y, 0));
    calls.put("logSoftmaxRows", () -> k.softmax().logSoftmaxRows(a, 0, 8, N / 8, y, 0));
    calls.put(
        "softmaxRowsBackward", () -> k.softmax().softmaxRowsBackward(a, 0, b, 0, 8, N / 8, y, 0));
    calls.put(
        "logSoftmaxRowsBackward",
        () -> k.softmax().logSoftmaxRowsBackward(a, 0, b, 0, 8, N / 8, y, 0));
    calls.put(
        "crossEntropy", () -> k.softmax().crossEntropyRows(a, 0, 8, N / 8, target, 0, s, 0, t, 0));
    calls.put(
        "layerNorm",
        () -> k.norm().layerNormRows(a, 0, 8, N / 8, b, 0, b, 0, 1e-5f, y, 0, s, 0, t, 0));
    calls.put(
        "layerNormBackward",
        () -> k.norm().layerNormRowsBackward(a, 0, b, 0, 8, N / 8, b, 0, s, 0, t, 0, y, 0));
    calls.put(
        "channelStatistics", () -> k.norm().channelStatistics(a, 0, 2, 4, N / 8, 0, 4, s, 0, t, 0));
    OptimizerKernels.Adam step = new OptimizerKernels.Adam(0, 0, 0, 0, 1, 1, 0, 1, 1);
    calls.put("adam", () -> k.optimizer().adam(step, y, 0, a, 0, s, 0, t, 0, null, 0, N));
    return calls;
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void allocatesNothing(FloatingKernels<float[]> k) {
    calls(k)
        .forEach(
            (name, call) ->
                assertTrue(Allocation.settles(call, CALLS, CALLS, 2000), name + " allocates"));
  }
}
