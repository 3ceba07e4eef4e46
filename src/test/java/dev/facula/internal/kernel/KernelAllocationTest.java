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

  private Map<String, Runnable> calls(FloatKernels k) {
    var calls = new LinkedHashMap<String, Runnable>();
    calls.put("add", () -> k.add(a, 0, b, 0, y, 0, N));
    calls.put("exp", () -> k.exp(a, 0, y, 0, N));
    calls.put("log", () -> k.log(a, 0, y, 0, N));
    calls.put("sin", () -> k.sin(a, 0, y, 0, N));
    calls.put("cos", () -> k.cos(a, 0, y, 0, N));
    calls.put("tanh", () -> k.tanh(a, 0, y, 0, N));
    calls.put("sigmoid", () -> k.sigmoid(a, 0, y, 0, N));
    calls.put("erf", () -> k.erf(a, 0, y, 0, N));
    calls.put("gelu", () -> k.gelu(a, 0, y, 0, N));
    calls.put("silu", () -> k.silu(a, 0, y, 0, N));
    calls.put("logSigmoid", () -> k.logSigmoid(a, 0, y, 0, N));
    calls.put("reluBackward", () -> k.reluBackward(a, 0, b, 0, y, 0, N));
    calls.put("geluBackward", () -> k.geluBackward(a, 0, b, 0, y, 0, N));
    calls.put("siluBackward", () -> k.siluBackward(a, 0, b, 0, y, 0, N));
    calls.put("sumRows", () -> k.sumRows(a, 0, 8, N / 8, y, 0));
    calls.put("sumColumns", () -> k.sumColumns(a, 0, 1, 8, N / 8, y, 0));
    calls.put("maxRows", () -> k.maxRows(a, 0, 8, N / 8, y, 0));
    calls.put("dot", () -> y[0] = k.dot(a, 0, b, 0, N));
    calls.put("softmaxRows", () -> k.softmaxRows(a, 0, 8, N / 8, y, 0));
    calls.put("logSoftmaxRows", () -> k.logSoftmaxRows(a, 0, 8, N / 8, y, 0));
    calls.put("softmaxRowsBackward", () -> k.softmaxRowsBackward(a, 0, b, 0, 8, N / 8, y, 0));
    calls.put("logSoftmaxRowsBackward", () -> k.logSoftmaxRowsBackward(a, 0, b, 0, 8, N / 8, y, 0));
    calls.put("crossEntropy", () -> k.crossEntropyRows(a, 0, 8, N / 8, target, 0, s, 0, t, 0));
    calls.put(
        "layerNorm", () -> k.layerNormRows(a, 0, 8, N / 8, b, 0, b, 0, 1e-5f, y, 0, s, 0, t, 0));
    calls.put(
        "layerNormBackward",
        () -> k.layerNormRowsBackward(a, 0, b, 0, 8, N / 8, b, 0, s, 0, t, 0, y, 0));
    calls.put("channelStatistics", () -> k.channelStatistics(a, 0, 2, 4, N / 8, 0, 4, s, 0, t, 0));
    calls.put("adam", () -> k.adam(y, 0, a, 0, s, 0, t, 0, null, 0, N, 0, 0, 0, 0, 1, 1, 0, 1, 1));
    return calls;
  }

  @ParameterizedTest
  @MethodSource("dev.facula.internal.kernel.FloatKernelsSource#all")
  void allocatesNothing(FloatKernels k) {
    calls(k)
        .forEach(
            (name, call) ->
                assertTrue(Allocation.settles(call, CALLS, CALLS, 2000), name + " allocates"));
  }
}
