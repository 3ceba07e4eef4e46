package dev.facula.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.facula.DType;
import dev.facula.Facula;
import dev.facula.Generator;
import dev.facula.Tensor;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Orders against those recorded by src/test/python/loader_order.py. */
class LoaderOrderTest {
  private static Dataset data(int n) {
    return new TensorDataset(Tensor.of(IntStream.range(0, n).toArray(), n));
  }

  /** Sample i is i + a random number of the worker's generator. */
  private static final class Noise implements Dataset {
    @Override
    public int size() {
      return 11;
    }

    @Override
    public Tensor[] get(int i) {
      return new Tensor[] {Tensor.rand().add(i)};
    }
  }

  private static List<Double> order(DataLoader loader, int epochs) {
    List<Double> seen = new ArrayList<>();
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (Batch batch : loader) {
        Arrays.stream(batch.input().toDoubleArray()).forEach(seen::add);
      }
    }
    return seen;
  }

  private static List<Double> order(Sampler<Integer> sampler) {
    List<Double> seen = new ArrayList<>();
    sampler.forEach(i -> seen.add((double) i));
    assertEquals(sampler.size(), seen.size());
    return seen;
  }

  private static List<Double> withGenerator(
      int epochs, int n, Consumer<DataLoader.Options> options) {
    Generator g = new Generator(99);
    DataLoader loader = new DataLoader(data(n), 4, options.andThen(o -> o.generator(g)));
    List<Double> seen = order(loader, epochs);
    Arrays.stream(Tensor.randint(g, 0, 1000, 2).toDoubleArray()).forEach(seen::add);
    return seen;
  }

  private static List<Double> split(List<Subset> parts) {
    List<Double> seen = new ArrayList<>();
    for (Subset part : parts) {
      Arrays.stream(part.indices()).forEach(i -> seen.add((double) i));
      seen.add(-1.0);
    }
    return seen;
  }

  private static Map<String, Supplier<List<Double>>> cases() {
    double[] w = {0.1, 0.9, 0.4, 0.7, 3.0, 0.6};
    Generator standard = Facula.defaultGenerator();
    Map<String, Supplier<List<Double>>> c = new LinkedHashMap<>();
    c.put("sequential", () -> order(new DataLoader(data(10), 4), 1));
    c.put("shuffle", () -> order(new DataLoader(data(23), 5, o -> o.shuffle(true)), 1));
    c.put("shuffle twice", () -> order(new DataLoader(data(8), 4, o -> o.shuffle(true)), 2));
    c.put(
        "drop last",
        () -> order(new DataLoader(data(23), 5, o -> o.shuffle(true).dropLast(true)), 2));
    c.put("generator", () -> withGenerator(3, 10, o -> o.shuffle(true)));
    c.put("generator full batches", () -> withGenerator(2, 8, o -> o.shuffle(true)));
    c.put("generator drop last", () -> withGenerator(2, 9, o -> o.shuffle(true).dropLast(true)));
    c.put("generator sequential", () -> withGenerator(2, 9, o -> {}));
    c.put("replacement", () -> order(new RandomSampler(data(50), o -> o.replacement(true))));
    c.put(
        "replacement many",
        () -> order(new RandomSampler(data(7), o -> o.replacement(true).numSamples(70))));
    c.put(
        "replacement 64",
        () ->
            order(
                new RandomSampler(
                    data(7), o -> o.replacement(true).numSamples(64).generator(standard))));
    c.put("more than there are", () -> order(new RandomSampler(data(7), o -> o.numSamples(18))));
    c.put(
        "fewer than there are",
        () -> order(new RandomSampler(data(7), o -> o.numSamples(3).generator(standard))));
    c.put("subset", () -> order(new SubsetRandomSampler(3, 1, 4, 1, 5, 9, 2, 6)));
    c.put(
        "subset loader",
        () ->
            order(
                new DataLoader(
                    data(10), 3, o -> o.sampler(new SubsetRandomSampler(3, 1, 4, 5, 9, 2))),
                1));
    c.put("weighted", () -> order(new WeightedRandomSampler(w, 20)));
    c.put(
        "weighted distinct",
        () -> order(new WeightedRandomSampler(w, 5, o -> o.replacement(false))));
    c.put(
        "batch sampler",
        () ->
            order(
                new DataLoader(
                    data(11),
                    o -> o.batchSampler(new BatchSampler(new RandomSampler(data(11)), 3, false))),
                1));
    c.put("split", () -> split(data(10).randomSplit(3, 0, 7)));
    c.put("split fractions", () -> split(data(10).randomSplit(0.33, 0.33, 0.34)));
    for (int workers : new int[] {0, 1, 3}) {
      c.put(
          workers == 0 ? "noise" : "noise " + workers,
          () -> order(new DataLoader(new Noise(), 2, o -> o.shuffle(true).numWorkers(workers)), 2));
    }
    return c;
  }

  private static List<String> recorded() throws IOException {
    try (var in = LoaderOrderTest.class.getResourceAsStream("loader_order.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  @Test
  void ordersAreThoseOfPyTorch() throws IOException {
    Map<String, Supplier<List<Double>>> cases = cases();
    List<String> lines = recorded();
    assertEquals(lines.stream().map(l -> l.split(";")[0]).toList(), List.copyOf(cases.keySet()));
    for (int i = 0; i < lines.size(); i++) {
      String[] f = lines.get(i).split(";");
      Facula.manualSeed(i + 1);
      double[] seen = cases.get(f[0]).get().stream().mapToDouble(x -> x).toArray();
      assertArrayEquals(numbers(f[1]), seen, f[0]);
      assertArrayEquals(numbers(f[2]), Tensor.rand(3).toDoubleArray(), f[0] + ", afterwards");
    }
  }

  private static double[] numbers(String s) {
    return Arrays.stream(s.split(",")).mapToDouble(Double::parseDouble).toArray();
  }

  @Test
  void tensorsOfEveryTypeAreBatched() {
    Tensor labels = Tensor.of(new long[] {5, 6, 7});
    Tensor flags = Tensor.of(new boolean[] {true, false, true});
    Batch batch = new TensorDataset(labels, flags).getBatch(2, 0);
    assertArrayEquals(new long[] {7, 5}, batch.input().toLongArray());
    assertEquals(DType.BOOL, batch.target().dtype());
  }
}
