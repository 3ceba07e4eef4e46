package dev.facula;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Prints tensors as PyTorch does: one width for all elements, four digits, whole numbers without
 * them, exponents where the elements differ by more than 1000 times, and of more than 1000 elements
 * the first and last three along each dimension.
 */
final class TensorFormat {
  private static final int LINE = 80;
  private static final int THRESHOLD = 1000;
  private static final int EDGE = 3;
  private static final int DIGITS = 4;
  private static final String PREFIX = "tensor(";

  private final Tensor x;
  private final boolean summarised;
  private boolean whole = true;
  private boolean scientific;
  private int width = 1;

  private TensorFormat(Tensor x) {
    this.x = x;
    this.summarised = x.numel() > THRESHOLD;
    Tensor seen = summarised ? edges(x, 0) : x;
    if (x.isFloatingPoint()) {
      measure(seen.toDoubleArray());
    } else {
      for (long v : seen.toLongArray()) {
        width = Math.max(width, text(v).length());
      }
    }
  }

  static String format(Tensor tensor) {
    Tensor x = tensor.detach();
    List<String> suffixes = new ArrayList<>();
    String body;
    if (x.storage.isReleased()) { // a debugger may ask
      body = "released";
      suffixes.add("size=" + tuple(x.layout.shape));
    } else if (x.numel() == 0) {
      body = "[]";
      if (x.dim() != 1) {
        suffixes.add("size=" + tuple(x.layout.shape));
      }
      if (x.dtype() != DType.FLOAT32) {
        suffixes.add("dtype=torch." + x.dtype());
      }
    } else {
      TensorFormat f = new TensorFormat(x);
      body = f.block(x, PREFIX.length());
      if (!Set.of(DType.FLOAT32, DType.INT64, DType.BOOL).contains(x.dtype())) {
        suffixes.add("dtype=torch." + x.dtype());
      }
    }
    Node maker = tensor.maker();
    if (maker != null) {
      suffixes.add("grad_fn=<" + backwardName(maker.name) + ">");
    } else if (tensor.requiresGrad()) {
      suffixes.add("requires_grad=True");
    }
    return withSuffixes(PREFIX + body, suffixes);
  }

  private static String backwardName(String op) {
    String name = op.endsWith("_") ? op.substring(0, op.length() - 1) : op;
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Backward0";
  }

  private static String tuple(int[] shape) {
    StringBuilder s = new StringBuilder("(");
    for (int i = 0; i < shape.length; i++) {
      s.append(i == 0 ? "" : ", ").append(shape[i]);
    }
    return s.append(shape.length == 1 ? ",)" : ")").toString();
  }

  private static String withSuffixes(String text, List<String> suffixes) {
    StringBuilder result = new StringBuilder(text);
    int length = text.length() - text.lastIndexOf('\n') + 1;
    for (String suffix : suffixes) {
      if (length + suffix.length() + 2 > LINE) {
        result.append(",\n").append(" ".repeat(PREFIX.length())).append(suffix);
        length = PREFIX.length() + suffix.length();
      } else {
        result.append(", ").append(suffix);
        length += suffix.length() + 2;
      }
    }
    return result.append(')').toString();
  }

  /** The elements that are shown of a tensor with too many. */
  private static Tensor edges(Tensor x, int dim) {
    if (dim == x.dim()) {
      return x;
    }
    int n = x.size(dim);
    Tensor kept =
        n > 2 * EDGE
            ? Tensor.cat(List.of(x.narrow(dim, 0, EDGE), x.narrow(dim, n - EDGE, EDGE)), dim)
            : x;
    return edges(kept, dim + 1);
  }

  /** Decides on the form of the numbers, and on their width. */
  private void measure(double[] values) {
    double least = Double.POSITIVE_INFINITY;
    double most = 0;
    for (double v : values) {
      if (v != 0 && Double.isFinite(v)) {
        least = Math.min(least, Math.abs(v));
        most = Math.max(most, Math.abs(v));
        whole &= v == Math.rint(v);
      }
    }
    if (most == 0) {
      return;
    }
    scientific = most / least > 1000 || most > 1e8 || !whole && least < 1e-4;
    for (double v : values) {
      if (v != 0 && Double.isFinite(v)) {
        width = Math.max(width, text(v).length());
      }
    }
  }

  private String text(double v) {
    if (Double.isNaN(v)) {
      return "nan";
    }
    if (Double.isInfinite(v)) {
      return v > 0 ? "inf" : "-inf";
    }
    String sign = v < 0 || v == 0 && 1 / v < 0 ? "-" : "";
    BigDecimal exact = new BigDecimal(Math.abs(v));
    if (scientific) {
      return sign + exponential(exact);
    }
    return whole
        ? sign + exact.toPlainString() + "."
        : sign + exact.setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static String exponential(BigDecimal v) {
    if (v.signum() == 0) {
      return "0.0000e+00";
    }
    BigDecimal rounded = v.round(new MathContext(DIGITS + 1, RoundingMode.HALF_EVEN));
    int exponent = rounded.precision() - rounded.scale() - 1;
    String digits =
        rounded.movePointLeft(exponent).setScale(DIGITS, RoundingMode.HALF_EVEN).toPlainString();
    return String.format(
        Locale.ROOT, "%se%s%02d", digits, exponent < 0 ? "-" : "+", Math.abs(exponent));
  }

  private String text(long v) {
    if (x.dtype() == DType.BOOL) {
      return v != 0 ? "True" : "False";
    }
    return Long.toString(v);
  }

  private String element(Tensor one) {
    String s = x.isFloatingPoint() ? text(one.item()) : text(one.itemLong());
    return " ".repeat(Math.max(0, width - s.length())) + s;
  }

  private String block(Tensor t, int indent) {
    if (t.dim() == 0) {
      return element(t);
    }
    int n = t.size(0);
    boolean cut = summarised && n > 2 * EDGE;
    List<String> parts = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      if (cut && i == EDGE) {
        parts.add(t.dim() == 1 ? " ..." : "...");
        i = n - EDGE;
      }
      parts.add(block(t.select(0, i), indent + 1));
    }
    String margin = " ".repeat(indent + 1);
    if (t.dim() > 1) {
      return "[" + String.join("," + "\n".repeat(t.dim() - 1) + margin, parts) + "]";
    }
    int perLine = Math.max(1, (LINE - indent) / (width + 2));
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < parts.size(); i += perLine) {
      lines.add(String.join(", ", parts.subList(i, Math.min(parts.size(), i + perLine))));
    }
    return "[" + String.join(",\n" + margin, lines) + "]";
  }
}
