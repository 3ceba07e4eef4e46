package dev.facula.nn;

import dev.facula.DTypeException;
import dev.facula.Functional;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Checks of constructor arguments, and the spelling of options in {@code toString}. */
final class Check {
  private Check() {}

  /** Options as a user sets them. */
  static <O> O with(O options, Consumer<? super O> setter) {
    Objects.requireNonNull(setter, "options").accept(options);
    return options;
  }

  static int atLeast(String layer, String name, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "%s: %s must be at least %s, was %s".formatted(layer, name, least, value));
    }
    return value;
  }

  /** One of a few names. */
  static String oneOf(String layer, String name, String value, String... valid) {
    if (value == null || !Arrays.asList(valid).contains(value)) {
      throw new IllegalArgumentException(
          "%s: %s must be one of \"%s\", was \"%s\""
              .formatted(layer, name, String.join("\", \"", valid), value));
    }
    return value;
  }

  /** A weight that another module may have too. */
  static Tensor matrix(String layer, Tensor weight) {
    if (weight.dim() != 2) {
      throw new ShapeException(
          layer + ": expects a weight of 2 dimensions, got " + Arrays.toString(weight.shape()));
    }
    return weight;
  }

  /** A size that is a product of others. */
  static int product(String layer, String name, long a, int b) {
    long product = a * b;
    if (product > Integer.MAX_VALUE) {
      throw new ShapeException(
          "%s: %s would be %s, more than 2^31 - 1".formatted(layer, name, product));
    }
    return (int) product;
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
    if (Double.isNaN(x)) {
      return "nan";
    }
    double a = Math.abs(x);
    if (x != 0 && (a < 1e-4 || a >= 1e16) && !Double.isInfinite(x)) {
      String[] parts = Double.toString(x).split("E");
      String mantissa =
          parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
      int exponent = Integer.parseInt(parts[1]);
      return "%se%s%s%s"
          .formatted(
              mantissa,
              exponent < 0 ? "-" : "+",
              Math.abs(exponent) < 10 ? "0" : "",
              Math.abs(exponent));
    }
    if (Double.isInfinite(x)) {
      return x > 0 ? "inf" : "-inf";
    }
    String plain = new BigDecimal(Double.toString(x)).toPlainString();
    return plain.contains(".") ? plain : plain + ".0";
  }

  /** A number that may have been given as an integer: 2, 0.5. */
  static String number(double x) {
    return x == Math.rint(x) && Math.abs(x) < 1e15 ? Long.toString((long) x) : python(x);
  }

  /** Sizes before and after each dimension, from one for all or a pair for each. */
  static int[] border(String layer, int[] given, int rank) {
    if (Objects.requireNonNull(given, "padding").length != 1 && given.length != 2 * rank) {
      throw new IllegalArgumentException(
          "%s: padding has %s sizes, expected 1 or %s: %s"
              .formatted(layer, given.length, 2 * rank, Arrays.toString(given)));
    }
    int[] result = new int[2 * rank];
    for (int i = 0; i < result.length; i++) {
      result[i] = given[given.length == 1 ? 0 : i];
    }
    return result;
  }

  /** Sizes as Python spells a tuple: (3,), (3, 5). */
  static String tuple(int... sizes) {
    StringBuilder text = new StringBuilder("(");
    for (int i = 0; i < sizes.length; i++) {
      text.append(i == 0 ? "" : ", ").append(sizes[i]);
    }
    return text.append(sizes.length == 1 ? ",)" : ")").toString();
  }

  /** One value for each dimension, from one for all or one for each. */
  static int[] sizes(String layer, String name, int[] given, int rank, int least) {
    if (Objects.requireNonNull(given, name).length != 1 && given.length != rank) {
      throw new IllegalArgumentException(
          "%s: %s has %s values, expected 1 or %s: %s"
              .formatted(layer, name, given.length, rank, Arrays.toString(given)));
    }
    int[] result = new int[rank];
    for (int i = 0; i < rank; i++) {
      result[i] = given[given.length == 1 ? 0 : i];
      if (result[i] < least) {
        throw new IllegalArgumentException(
            "%s: %s must be at least %s, was %s"
                .formatted(layer, name, least, Arrays.toString(given)));
      }
    }
    return result;
  }

  static int groups(String layer, int groups, int inChannels, int outChannels) {
    if (groups < 1 || inChannels % groups != 0 || outChannels % groups != 0) {
      throw new IllegalArgumentException(
          "%s: groups must divide both inChannels %s and outChannels %s, was %s"
              .formatted(layer, inChannels, outChannels, groups));
    }
    return groups;
  }

  /** A layer in short: Conv2d(3 -> 6, kernel 5). */
  static String summary(Module layer, int in, int out, int[] kernel) {
    boolean square = Arrays.stream(kernel).distinct().count() == 1;
    String size =
        square
            ? Integer.toString(kernel[0])
            : Arrays.stream(kernel).mapToObj(Integer::toString).collect(Collectors.joining(" x "));
    return layer.name() + "(" + in + " -> " + out + ", kernel " + size + ")";
  }

  /** Refuses inputs of another type than the weights. */
  static void type(Module layer, int in, int out, Tensor input, Tensor weight) {
    if (input.dtype() != weight.dtype()) {
      throw new DTypeException(
          "%s(%s -> %s): the input is %s, the weights are %s; convert one with to()"
              .formatted(layer.name(), in, out, input.dtype(), weight.dtype()));
    }
  }

  /** Refuses inputs that are not [N, channels, *] or [channels, *] with {@code rank} more. */
  static void channels(String summary, Tensor input, int rank, int channels) {
    int d = input.dim();
    if (d != rank + 1 && d != rank + 2) {
      throw new ShapeException(
          "%s: expected %s dimensions, or %s without a batch, got %s"
              .formatted(summary, rank + 2, rank + 1, Arrays.toString(input.shape())));
    }
    int own = input.size(d - rank - 1);
    if (own != channels) {
      throw new ShapeException(
          "%s: expected %s channels, got %s in %s"
              .formatted(summary, channels, own, Arrays.toString(input.shape())));
    }
  }

  /** Output sizes of adaptive pooling, of which some keep the input's. */
  static String outputSize(int[] sizes) {
    return given(sizes).replace(Integer.toString(Functional.KEEP), "None");
  }

  /** Sizes as they were given: one number, or a tuple. */
  static String given(int[] sizes) {
    return sizes.length == 1 ? Integer.toString(sizes[0]) : tuple(sizes);
  }
}
