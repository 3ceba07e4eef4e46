package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Which of several equal elements is chosen, against recorded choices. */
class SelectingTest {
  private static final Pattern BAR = Pattern.compile("\\|");
  private static final Pattern SPACE = Pattern.compile(" ");

  static Stream<String> recorded() {
    var stream = Objects.requireNonNull(SelectingTest.class.getResourceAsStream("selections.txt"));
    try (var lines = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      List<String> all = lines.lines().filter(l -> !l.startsWith("#")).toList();
      return all.stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long[] numbers(String text) {
    return SPACE.splitAsStream(text).mapToLong(Long::parseLong).toArray();
  }

  @ParameterizedTest
  @MethodSource("recorded")
  void choosesAsPyTorchDoes(String line) {
    List<String> parts = BAR.splitAsStream(line).toList();
    List<String> head = SPACE.splitAsStream(parts.get(0)).toList();
    int k = Integer.parseInt(head.get(1));
    Tensor x = Tensor.of(numbers(parts.get(1)));
    ValuesIndices chosen =
        switch (head.get(0)) {
          case "topk" -> x.topk(k, 0, head.get(2).equals("1"), true);
          case "kth" -> x.kthvalue(k, 0, false);
          case "median" -> x.median(0, false);
          case "mode" -> x.mode(0, false);
          default -> throw new IllegalArgumentException(line);
        };
    assertArrayEquals(numbers(parts.get(2)), chosen.indices().toLongArray());
    assertArrayEquals(x.take(chosen.indices()).toLongArray(), chosen.values().toLongArray());
  }

  /** Orders that make quicksort quadratic end in the heap, and must come out right all the same. */
  @Test
  void badOrdersAreSortedToo() {
    int n = 3000;
    long[] keys = new long[n];
    for (int i = 0; i < n; i++) {
      keys[i] = i % 2 == 0 ? i : n - i;
    }
    for (long[] order : List.of(keys, new long[n], killer(n))) {
      long[] expected = order.clone();
      Arrays.sort(expected);
      long[] actual =
          Arrays.stream(Selecting.top(order, 0, n, n, false, true))
              .mapToLong(i -> order[i])
              .toArray();
      assertArrayEquals(expected, actual);
    }
  }

  /** A permutation on which a median of three picks the worst pivots (Musser, 1997). */
  private static long[] killer(int n) {
    long[] a = new long[n];
    int k = n / 2;
    for (int i = 1; i <= k; i++) {
      a[i - 1] = i % 2 == 1 ? i : k + i - 1;
      a[k + i - 1] = 2L * i;
    }
    return a;
  }
}
