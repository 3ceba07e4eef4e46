package dev.facula.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;

@Timeout(60)
class DataLoaderTest {
  private static Dataset dataset(int size, IntFunction<Tensor[]> get) {
    return new Dataset() {
      @Override
      public int size() {
        return size;
      }

      @Override
      public Tensor[] get(int index) {
        return get.apply(index);
      }
    };
  }

  private static Dataset numbers(int size) {
    return dataset(size, i -> new Tensor[] {Tensor.scalar(i), Tensor.scalar(-i)});
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadline, "waited too long");
      Thread.sleep(5);
    }
  }

  private static long loaderThreads() {
    Thread[] threads = new Thread[Thread.activeCount() + 100];
    int n = Thread.enumerate(threads);
    return Arrays.stream(threads, 0, n)
        .filter(t -> t.getName().startsWith("facula-loader-"))
        .peek(t -> assertTrue(t.isDaemon()))
        .count();
  }

  @Test
  void makesBatchesOfEverySize() {
    for (int workers : new int[] {0, 2}) {
      DataLoader loader = new DataLoader(numbers(7), 3, o -> o.numWorkers(workers));
      assertEquals(3, loader.size());
      List<Batch> batches = new ArrayList<>();
      loader.forEach(batches::add);
      assertEquals(3, batches.size());
      assertEquals(List.of(3, 3, 1), batches.stream().map(Batch::size).toList());
      assertArrayEquals(new float[] {3, 4, 5}, batches.get(1).input().toFloatArray());
      assertArrayEquals(new float[] {-6}, batches.get(2).target().toFloatArray());
      assertEquals("Batch[[1], [1]]", batches.get(2).toString());
      DataLoader dropping =
          new DataLoader(numbers(7), 3, o -> o.numWorkers(workers).dropLast(true));
      assertEquals(2, dropping.size());
      assertEquals(2, count(dropping));
      assertEquals(0, count(new DataLoader(numbers(0), 3, o -> o.numWorkers(workers))));
      assertEquals(7, count(new DataLoader(numbers(7))));
    }
  }

  private static int count(DataLoader loader) {
    int n = 0;
    for (Batch batch : loader) {
      assertEquals(batch.input().size(0), batch.size());
      n++;
    }
    return n;
  }

  @Test
  void workersDeliverInOrder() {
    Dataset slow =
        dataset(
            60,
            i -> {
              sleep((i * 7) % 11); // later ones are often ready first
              return new Tensor[] {Tensor.scalar(i)};
            });
    float[] seen = new float[60];
    int at = 0;
    for (Batch b : new DataLoader(slow, 4, o -> o.numWorkers(5).prefetchFactor(3))) {
      for (float x : b.input().toFloatArray()) {
        seen[at++] = x;
      }
    }
    for (int i = 0; i < 60; i++) {
      assertEquals(i, seen[i]);
    }
  }

  private static void sleep(int millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** One that computes something of a sample, or collates it otherwise, and does it wrongly. */
  @Test
  void anErrorNamesTheDataSetThatHasNoName() {
    Dataset anonymous =
        new Dataset() {
          @Override
          public int size() {
            return 4;
          }

          @Override
          public Tensor[] get(int index) {
            Tensor x = Tensor.ones(3, 2);
            return new Tensor[] {index < 3 ? x : x.sum(7)};
          }
        };
    String name = "an anonymous Dataset (" + anonymous.getClass().getName() + ")";
    assertTrue(name.contains("DataLoaderTest$"), name);
    for (int workers : new int[] {0, 2}) {
      String start = workers == 0 ? "" : "DataLoader worker: ";
      var e = failure(anonymous, 4, workers, o -> {});
      assertTrue(e.getMessage().startsWith(start + "sample 3 of " + name + ": "), e.getMessage());
      assertTrue(e.getMessage().contains("ShapeException: sum: dimension 7"), e.getMessage());
      e = failure(new Subset(anonymous, 3, 0), 2, workers, o -> {});
      assertTrue(e.getMessage().startsWith(start + "sample 3 of " + name + ": "), e.getMessage());
      class Broken implements Dataset {
        @Override
        public int size() {
          return 4;
        }

        @Override
        public Tensor[] get(int index) {
          return null;
        }
      }
      e = failure(new Broken(), 2, workers, o -> {});
      assertTrue(
          e.getMessage().startsWith(start + "sample 0 of Broken: ")
              && e.getMessage().endsWith("get returned null"),
          e.getMessage());
    }
    var e =
        failure(
            numbers(20),
            10,
            1,
            o ->
                o.collateFn(
                    samples -> {
                      throw new UnsupportedOperationException("no batch");
                    }));
    String message = e.getMessage();
    assertTrue(
        message.startsWith(
            "DataLoader worker: samples 0, 1, 2, 3, 4, 5, 6, 7, ... (10) of an anonymous Dataset"
                + " ("),
        message);
    assertTrue(message.endsWith("UnsupportedOperationException: no batch"), message);
  }

  private static IllegalStateException failure(
      Dataset dataset, int batchSize, int workers, Consumer<DataLoader.Options> options) {
    var loader = new DataLoader(dataset, batchSize, options.andThen(o -> o.numWorkers(workers)));
    return assertThrows(IllegalStateException.class, () -> loader.iterator().next());
  }

  /** What is no exception stays as it is, and tells of the sample beside. */
  @Test
  void errorsPassWithTheNumberOfTheSample() {
    var broken = new AssertionError("on purpose");
    Dataset dataset =
        dataset(
            4,
            i -> {
              throw broken;
            });
    for (int workers : new int[] {0, 1}) {
      var loader = new DataLoader(dataset, 2, o -> o.numWorkers(workers));
      assertSame(broken, assertThrows(AssertionError.class, () -> loader.iterator().next()));
      assertTrue(broken.getSuppressed()[workers].getMessage().startsWith("sample 0 of an anonym"));
    }
  }

  @Test
  void anExceptionReachesTheCallerWithTheNumberOfTheSample() throws InterruptedException {
    var broken = new UnsupportedOperationException("no such picture");
    Dataset dataset =
        dataset(
            20,
            i -> {
              if (i == 13) {
                throw broken;
              }
              return new Tensor[] {Tensor.scalar(i)};
            });
    for (int workers : new int[] {0, 3}) {
      BatchIterator batches = new DataLoader(dataset, 2, o -> o.numWorkers(workers)).iterator();
      for (int i = 0; i < 6; i++) {
        assertEquals(2 * i, batches.next().input().select(0, 0).item());
      }
      var e = assertThrows(IllegalStateException.class, batches::next);
      assertTrue(e.getMessage().contains("sample 13"), e.getMessage());
      assertTrue(e.getMessage().contains("no such picture"), e.getMessage());
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      assertSame(broken, root);
      if (workers > 0) {
        assertFalse(batches.hasNext());
      }
    }
    await(() -> loaderThreads() == 0);
  }

  @Test
  void anErrorOfAWorkerIsPassedOn() {
    Dataset dataset =
        dataset(
            4,
            i -> {
              throw new StackOverflowError();
            });
    BatchIterator batches = new DataLoader(dataset, 2, o -> o.numWorkers(1)).iterator();
    assertThrows(StackOverflowError.class, batches::next);
  }

  @Test
  void workersStayAheadButNotTooFar() throws InterruptedException {
    AtomicInteger loaded = new AtomicInteger();
    Dataset dataset =
        dataset(
            1000,
            i -> {
              loaded.incrementAndGet();
              return new Tensor[] {Tensor.scalar(i)};
            });
    try (var batches =
        new DataLoader(dataset, 10, o -> o.numWorkers(2).prefetchFactor(3)).iterator()) {
      await(() -> loaded.get() == 60);
      Thread.sleep(50);
      assertEquals(60, loaded.get());
      batches.next();
      await(() -> loaded.get() == 70);
    }
  }

  @Test
  void closingEarlyStopsTheThreads() throws InterruptedException {
    try (var batches = new DataLoader(numbers(100), 2, o -> o.numWorkers(3)).iterator()) {
      batches.next();
      assertTrue(loaderThreads() > 0);
    }
    await(() -> loaderThreads() == 0);
    BatchIterator closed = new DataLoader(numbers(100), 2, o -> o.numWorkers(1)).iterator();
    closed.close();
    closed.close();
    assertThrows(NoSuchElementException.class, closed::next);
  }

  @Test
  void leavingALoopStopsTheThreadsOnceTheIteratorIsGarbage() throws InterruptedException {
    leave();
    await(
        () -> {
          System.gc();
          return loaderThreads() == 0;
        });
  }

  private static void leave() {
    for (Batch batch : new DataLoader(numbers(100), 2, o -> o.numWorkers(3))) {
      assertEquals(2, batch.size());
      break;
    }
  }

  @Test
  void anInterruptEndsTheLoop() {
    Dataset slow =
        dataset(
            2,
            i -> {
              sleep(10_000);
              return new Tensor[] {Tensor.scalar(i)};
            });
    BatchIterator batches = new DataLoader(slow, 1, o -> o.numWorkers(1)).iterator();
    Thread.currentThread().interrupt();
    assertThrows(IllegalStateException.class, batches::next);
    assertTrue(Thread.interrupted());
    assertFalse(batches.hasNext());
  }

  @Test
  void collateFnMakesTheBatch() {
    Dataset ragged = dataset(4, i -> new Tensor[] {Tensor.ones(i + 1)});
    DataLoader loader =
        new DataLoader(
            ragged,
            2,
            o ->
                o.collateFn(
                    samples -> new Batch(Tensor.cat(samples.stream().map(s -> s[0]).toList(), 0))));
    List<Integer> sizes = new ArrayList<>();
    loader.forEach(b -> sizes.add(b.input().size(0)));
    assertEquals(List.of(3, 7), sizes);
    var e = assertThrows(ShapeException.class, () -> count(new DataLoader(ragged, 2)));
    assertTrue(e.getMessage().contains("sample 1 has shape [2], of sample 0 [1]"), e.getMessage());
  }

  @Test
  void partsAndSumsOfDataSets() {
    Dataset a = numbers(5);
    Dataset b = new TensorDataset(Tensor.of(new float[] {10, 11}), Tensor.of(new float[] {20, 21}));
    ConcatDataset all = new ConcatDataset(List.of(a, new Subset(a), b));
    assertEquals(7, all.size());
    assertEquals(11, all.get(6)[0].item());
    Subset part = new Subset(all, 6, 0, 4);
    assertEquals(3, part.size());
    assertArrayEquals(new float[] {21, -4}, part.getBatch(0, 2).target().toFloatArray());
    assertEquals(4, part.get(2)[0].item());
    Subset rows = new Subset(b, 1);
    assertArrayEquals(new float[] {11, 11}, rows.getBatch(0, 0).input().toFloatArray());
    refused("no sample 3, there are 3", () -> part.get(3));
    refused("no sample -1, there are 3", () -> part.getBatch(0, -1));
    assertThrows(IllegalArgumentException.class, () -> all.get(7));
    assertThrows(IllegalArgumentException.class, () -> all.get(-1));
  }

  @Test
  void splitsCoverEverything() {
    List<Subset> parts = numbers(101).randomSplit(0.5, 0.25, 0.25);
    assertEquals(List.of(51, 25, 25), parts.stream().map(Subset::size).toList());
    int[] all = parts.stream().flatMapToInt(p -> IntStream.of(p.indices())).sorted().toArray();
    assertArrayEquals(IntStream.range(0, 101).toArray(), all);
    refused(
        "do not add up to the size of the data set (9 != 10)", () -> numbers(10).randomSplit(9));
    refused("do not add up to 1", () -> numbers(10).randomSplit(0.5, 0.4));
    refused("from 0 to 1", () -> numbers(10).randomSplit(1.5, -0.5));
    refused("must not be negative", () -> numbers(10).randomSplit(11, -1));
  }

  @Test
  void optionsAreChecked() {
    Dataset d = numbers(4);
    var order = new SequentialSampler(d);
    var batches = new BatchSampler(order, 2, false);
    refused("batchSize must be positive, was 0", () -> new DataLoader(d, 0));
    refused("numWorkers must not be negative", () -> new DataLoader(d, o -> o.numWorkers(-1)));
    refused("prefetchFactor must be positive", () -> new DataLoader(d, o -> o.prefetchFactor(0)));
    refused("sampler excludes", () -> new DataLoader(d, o -> o.shuffle(true).sampler(order)));
    refused("batchSampler excl", () -> new DataLoader(d, 2, o -> o.batchSampler(batches)));
    refused(
        "batchSampler excl", () -> new DataLoader(d, o -> o.batchSampler(batches).shuffle(true)));
    refused("data set is empty", () -> new DataLoader(numbers(0), 2, o -> o.shuffle(true)));
    refused("numSamples must be", () -> new RandomSampler(d, o -> o.numSamples(0)));
    refused("numSamples must be", () -> new WeightedRandomSampler(new double[] {1}, 0));
    refused("at least one tensor", () -> new TensorDataset());
    refused("sizes of the first", () -> new TensorDataset(Tensor.ones(2), Tensor.ones(3)));
    refused("at least one data set", () -> new ConcatDataset(List.of()));
    refused("no tensor 1", () -> new Batch(Tensor.ones(1)).target());
  }

  private static void refused(String message, Executable call) {
    var e = assertThrows(IllegalArgumentException.class, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }
}
