package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds toString against strings recorded from PyTorch by src/test/python/record_strings.py. */
final class TensorFormatTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;

  private static Tensor floats(double... values) {
    return Tensor.of(values).to(DType.FLOAT32);
  }

  private static Map<String, Tensor> cases() {
    Map<String, Tensor> cases = new LinkedHashMap<>();
    cases.put("matrix", Tensor.of(new float[] {1, 2, 3, 4}, 2, 2));
    cases.put("scalar", Tensor.scalar(2.5));
    cases.put("scalar_long", Tensor.scalar(DType.INT64, 7));
    cases.put("bools", Tensor.of(new boolean[] {true, false, true}));
    cases.put("longs", Tensor.of(new long[] {1, -20, 300, 4}, 2, 2));
    cases.put("doubles", Tensor.of(new double[] {0.1, 0.25, -3}));
    cases.put("ints", Tensor.of(new int[] {1, 2}));
    cases.put("bytes", Tensor.of(new byte[] {1, (byte) 200}));
    cases.put("empty", Tensor.zeros(0));
    cases.put("empty_matrix", Tensor.zeros(0, 3));
    cases.put("empty_long", Tensor.zeros(DType.INT64, 0));
    cases.put("empty_bool_matrix", Tensor.zeros(DType.BOOL, 2, 0));
    cases.put("nan_inf", floats(NAN, INF, -INF, 1.5));
    cases.put("only_nan", floats(NAN, 0));
    cases.put("whole_inf", floats(1, INF, 100));
    cases.put("scientific", floats(1e-5, 1, 1000));
    cases.put("scientific_whole", floats(1, 1e9));
    cases.put("small", floats(1e-5, 2e-5));
    cases.put("negative_zero", floats(-0.0, 0.00012, -0.00002 - 0.0001));
    cases.put("halves", floats(0.00125, 0.00375, 2.5));
    cases.put("cube", Tensor.arange(24.0).reshape(2, 3, 4));
    cases.put("wide", Tensor.arange(40.0).div(7));
    cases.put("long_row", Tensor.arange(30));
    cases.put("summary", Tensor.arange(2000.0));
    cases.put("summary_matrix", Tensor.arange(10000).reshape(100, 100));
    cases.put("summary_narrow", Tensor.arange(3000.0).div(3).reshape(1500, 2));
    cases.put("leaf", Tensor.ones(2).requiresGrad_(true));
    cases.put("leaf_matrix", Tensor.ones(2, 2).requiresGrad_(true));
    cases.put("product", Tensor.ones(2).requiresGrad_(true).mul(3));
    cases.put("sum", Tensor.ones(2).requiresGrad_(true).sum());
    cases.put("double_leaf", Tensor.ones(DType.FLOAT64, 8).requiresGrad_(true).div(3));
    cases.put("ones_of_one", Tensor.ones(1, 1, 1));
    cases.put("big_long", Tensor.of(new long[] {1L << 40, -1}));
    return cases;
  }

  private static Map<String, String> recorded() throws IOException {
    try (InputStream in = TensorFormatTest.class.getResourceAsStream("/format/strings.txt")) {
      assertNotNull(in);
      Map<String, String> result = new LinkedHashMap<>();
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      for (String part : text.split("(?m)^# ")) {
        int end = part.indexOf('\n');
        if (end > 0) {
          result.put(part.substring(0, end), part.substring(end + 1).stripTrailing());
        }
      }
      return result;
    }
  }

  @Test
  void printsAsPyTorchDoes() throws IOException {
    Map<String, Tensor> cases = cases();
    Map<String, String> recorded = recorded();
    assertEquals(recorded.keySet(), cases.keySet());
    recorded.forEach(
        (name, text) -> {
          String actual = cases.get(name).toString();
          assertEquals(text, actual, name);
        });
  }
}
