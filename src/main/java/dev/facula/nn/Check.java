package dev.facula.nn;

/** Checks of constructor arguments, and the spelling of options in {@code toString}. */
final class Check {
  private Check() {}

  static int atLeast(String layer, String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          layer + ": " + name + " must be at least " + least + ", was " + value);
    }
    return value;
  }

  static double probability(String layer, double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException(
          layer + ": the probability must be between 0 and 1, was " + p);
    }
    return p;
  }

  /** A flag as Python spells it. */
  static String python(boolean flag) {
    return flag ? "True" : "False";
  }

  /** A number as Python spells it: 1.0, 0.001, 1e-05. */
  static String python(double x) {
    double a = Math.abs(x);
    if (x != 0 && (a < 1e-4 || a >= 1e16) && !Double.isInfinite(x)) {
      String[] parts = Double.toString(x).split("E");
      String mantissa = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
      int exponent = Integer.parseInt(parts[1]);
      return mantissa + "e" + (exponent < 0 ? "-" : "+")
          + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? "inf" : "-inf";
    }
    String plain = new java.math.BigDecimal(Double.toString(x)).toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  /** Sizes as Python spells a tuple: (3,), (3, 5). */
  static String tuple(int... sizes) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < sizes.length; i++) {
      text.append(i == 0 ? "" : ", ").append(sizes[i]);
    }
    return text.append(sizes.length == 1 ? ",)" : ")").toString();
  }
}
