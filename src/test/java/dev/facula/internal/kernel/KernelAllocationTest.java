package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.facula.internal.parallel.Parallel;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Once compiled, a kernel leaves nothing behind for the garbage collector: a vector that is boxed,
 * or scratch memory that is made anew, shows here.
 */
class KernelAllocationTest {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** The little that a job for the worker pool takes, however much work it shares out. */
  private static final long JOB_BYTES = 300;

  private static final int N = 1003;
  private static final int ROWS = 17;
  private static final int COLUMNS = 59;

  private final float[] x = positive(1);
  private final float[] y = positive(2);
  private final float[] z = positive(3);
  private final float[] p = new float[4 * N];
  private final float[] q = new float[4 * N];
  private final float[] s = new float[4 * N];
  private final float[] t = new float[4 * N];
  private final float[] large = new float[1 << 16];
  private final byte[] bytes = new byte[N];
  private final int[] ints = new int[4 * N];
  private final long[] longs = new long[N];

  private final int threads = Parallel.threads();

  @BeforeEach
  void useOneThread() {
    Parallel.setThreads(1);
  }

  @AfterEach
  void useAllThreads() {
    Parallel.setThreads(threads);
  }

  @TestFactory
  Stream<DynamicTest> allocatesNothing() {
    return calls().entrySet().stream()
        .map(
            call ->
                DynamicTest.dynamicTest(
                    call.getKey(), () -> assertTrue(bytesPerCall(call.getValue()) <= JOB_BYTES)));
  }

  @Test
  void everyKernelIsMeasured() {
    assertEquals(
        Arrays.stream(FloatKernels.class.getMethods())
            .map(Method::getName)
            .sorted()
            .distinct()
            .collect(Collectors.joining("\n")),
        String.join("\n", calls().keySet()));
  }

  /** The least that a call allocated in a round; rounds go on while the JIT is still at work. */
  private static long bytesPerCall(Runnable call) {
    int calls = 100;
    long least = Long.MAX_VALUE;
    long thread = Thread.currentThread().getId();
    long deadline = System.nanoTime() + 20_000_000_000L;
    while (least > JOB_BYTES && System.nanoTime() < deadline) {
      long before = THREADS.getThreadAllocatedBytes(thread);
      for (int i = 0; i < calls; i++) {
        call.run();
      }
      least = Math.min(least, (THREADS.getThreadAllocatedBytes(thread) - before) / calls);
    }
    return least;
  }

  private Map<String, Runnable> calls() {
    FloatKernels k = Kernels.F32;
    ConvShape conv = new ConvShape(2, 3, 12, 12, 6, 3, 3, 1, 1, 1, 1, 1, 1, 1);
    PoolShape pool = new PoolShape(6, 12, 12, 6, 6, 2, 2, 2, 2, 0, 0, 1, 1);
    var calls = new TreeMap<String, Runnable>();

    Map<String, Unary> unary =
        Map.ofEntries(
            Map.entry("neg", k::neg),
            Map.entry("abs", k::abs),
            Map.entry("square", k::square),
            Map.entry("sqrt", k::sqrt),
            Map.entry("rsqrt", k::rsqrt),
            Map.entry("reciprocal", k::reciprocal),
            Map.entry("exp", k::exp),
            Map.entry("log", k::log),
            Map.entry("sin", k::sin),
            Map.entry("cos", k::cos),
            Map.entry("tanh", k::tanh),
            Map.entry("sigmoid", k::sigmoid),
            Map.entry("erf", k::erf),
            Map.entry("relu", k::relu),
            Map.entry("gelu", k::gelu),
            Map.entry("silu", k::silu));
    unary.forEach((name, f) -> calls.put(name, () -> f.apply(x, 1, p, 0, N)));
    Map<String, Binary> binary =
        Map.ofEntries(
            Map.entry("add", k::add),
            Map.entry("sub", k::sub),
            Map.entry("mul", k::mul),
            Map.entry("div", k::div),
            Map.entry("maximum", k::maximum),
            Map.entry("minimum", k::minimum),
            Map.entry("reluBackward", k::reluBackward),
            Map.entry("sigmoidBackward", k::sigmoidBackward),
            Map.entry("tanhBackward", k::tanhBackward),
            Map.entry("geluBackward", k::geluBackward),
            Map.entry("siluBackward", k::siluBackward));
    binary.forEach((name, f) -> calls.put(name, () -> f.apply(x, 0, y, 1, p, 0, N)));
    Map<String, Comparison> comparisons =
        Map.of("eq", k::eq, "ne", k::ne, "lt", k::lt, "le", k::le);
    comparisons.forEach((name, f) -> calls.put(name, () -> f.apply(x, 0, y, 1, bytes, 0, N)));
    Map<String, Rows> rows =
        Map.of(
            "sumRows", k::sumRows,
            "maxRows", k::maxRows,
            "minRows", k::minRows,
            "cumsumRows", k::cumsumRows,
            "softmaxRows", k::softmaxRows,
            "logSoftmaxRows", k::logSoftmaxRows);
    rows.forEach((name, f) -> calls.put(name, () -> f.apply(x, 0, ROWS, COLUMNS, p, 0)));

    calls.put("axpy", () -> k.axpy(0.5f, x, 0, p, 0, N));
    calls.put("fill", () -> k.fill(0.5f, p, 0, N));
    calls.put("where", () -> k.where(bytes, 0, x, 0, y, 0, p, 0, N));
    calls.put("sumColumns", () -> k.sumColumns(x, 0, 1, ROWS, COLUMNS, p, 0));
    calls.put("dot", () -> p[0] = k.dot(x, 0, y, 0, N));
    calls.put("argmaxRows", () -> k.argmaxRows(x, 0, ROWS, COLUMNS, longs, 0));
    calls.put("argminRows", () -> k.argminRows(x, 0, ROWS, COLUMNS, longs, 0));
    calls.put("varRows", () -> k.varRows(x, 0, ROWS, COLUMNS, 1, p, 0, q, 0));
    calls.put(
        "softmaxRowsBackward", () -> k.softmaxRowsBackward(x, 0, y, 0, ROWS, COLUMNS, p, 0));
    calls.put(
        "logSoftmaxRowsBackward", () -> k.logSoftmaxRowsBackward(x, 0, y, 0, ROWS, COLUMNS, p, 0));
    long[] target = new long[ROWS];
    calls.put(
        "crossEntropyRows",
        () -> k.crossEntropyRows(x, 0, ROWS, COLUMNS, target, 0, p, 0, q, 0));
    calls.put(
        "crossEntropyRowsBackward",
        () -> k.crossEntropyRowsBackward(y, 0, x, 0, ROWS, COLUMNS, target, 0, z, 0, p, 0));
    calls.put("nllRows", () -> k.nllRows(x, 0, ROWS, COLUMNS, target, 0, p, 0));
    calls.put("nllRowsBackward", () -> k.nllRowsBackward(x, 0, ROWS, COLUMNS, target, 0, p, 0));
    calls.put("transpose", () -> k.transpose(x, 0, COLUMNS, ROWS, COLUMNS, p, 0, ROWS));
    calls.put("gatherRows", () -> k.gatherRows(x, 0, COLUMNS, target, 0, ROWS, p, 0));
    calls.put("scatterAddRows", () -> k.scatterAddRows(x, 0, COLUMNS, target, 0, ROWS, p, 0));
    calls.put(
        "layerNormRows",
        () -> k.layerNormRows(x, 0, ROWS, COLUMNS, y, 0, z, 0, 1e-5f, p, 0, q, 0, s, 0));
    calls.put(
        "layerNormRowsBackward",
        () -> k.layerNormRowsBackward(x, 0, y, 0, ROWS, COLUMNS, z, 0, q, 0, s, 0, p, 0));
    calls.put(
        "layerNormRowsParameters",
        () -> k.layerNormRowsParameters(x, 0, y, 0, ROWS, COLUMNS, q, 0, s, 0, p, 0, t, 0));
    calls.put("channelStatistics", () -> k.channelStatistics(x, 0, 3, 5, 49, p, 0, q, 0));
    calls.put(
        "scaleShiftChannels", () -> k.scaleShiftChannels(x, 0, 3, 5, 49, y, 0, z, 0, p, 0));
    calls.put(
        "batchNormBackward",
        () -> k.batchNormBackward(x, 0, y, 0, 3, 5, 49, z, 0, z, 9, z, 9, p, 0, q, 0, s, 0));
    calls.put("sgd", () -> k.sgd(p, 0, x, 0, N, 0.1f, 0.1f, 1));
    calls.put(
        "sgdMomentum",
        () -> k.sgdMomentum(p, 0, x, 0, q, 0, N, 0.1f, 0.9f, 1, 0.1f, 1, true));
    calls.put(
        "adam",
        () ->
            k.adam(
                p, 0, x, 0, q, 0, s, 0, t, 0, N, 0.1f, 0.1f, 0.99f, 0.01f, 0.5f, 1e-8f, 0, 1, 1));
    calls.put(
        "rmsprop",
        () ->
            k.rmsprop(
                p, 0, x, 0, q, 0, s, 0, t, 0, N, 0.1f, 0.9f, 0.1f, 1e-8f, 0.9f, 0.1f, 1));
    calls.put("adagrad", () -> k.adagrad(p, 0, x, 0, q, 0, N, 0.1f, 1e-8f, 0.1f, 1));
    calls.put(
        "gemm",
        () ->
            k.gemm(false, true, 100, 120, 130, large, 0, 130, large, 0, 130, 0, large, 0, 120));
    calls.put(
        "gemmBatched",
        () ->
            k.gemmBatched(
                4, false, false, 7, 8, 9, x, 0, 63, 9, y, 0, 72, 8, 1, p, 0, 56, 8));
    calls.put("conv2d", () -> k.conv2d(conv, x, 0, y, 0, z, 0, p, 0));
    calls.put("conv2dInputGradient", () -> k.conv2dInputGradient(conv, t, 0, y, 0, q, 0));
    calls.put("conv2dWeightGradient", () -> k.conv2dWeightGradient(conv, t, 0, x, 0, q, 0));
    calls.put("maxPool2d", () -> k.maxPool2d(pool, x, 0, p, 0, ints, 0));
    calls.put("maxPool2dBackward", () -> k.maxPool2dBackward(pool, x, 0, ints, 0, p, 0));
    calls.put("avgPool2d", () -> k.avgPool2d(pool, true, 0, x, 0, p, 0));
    calls.put("avgPool2dBackward", () -> k.avgPool2dBackward(pool, true, 0, x, 0, p, 0));
    return calls;
  }

  private static float[] positive(int seed) {
    float[] values = new float[4 * N];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 37 + seed) % 101 / 50f + 0.01f;
    }
    return values;
  }

  private interface Unary {
    void apply(float[] x, int xo, float[] y, int yo, int n);
  }

  private interface Binary {
    void apply(float[] a, int ao, float[] b, int bo, float[] y, int yo, int n);
  }

  private interface Comparison {
    void apply(float[] a, int ao, float[] b, int bo, byte[] y, int yo, int n);
  }

  private interface Rows {
    void apply(float[] x, int xo, int rows, int n, float[] y, int yo);
  }
}
