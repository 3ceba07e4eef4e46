package dev.facula.benchmarks;

import dev.facula.Facula;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Our side of a comparison with PyTorch: {@code benchmarks/pytorch/side_by_side.py} starts this
 * program and asks it, in turn with PyTorch, for one measurement after another, so that a machine
 * whose speed drifts does so for both.
 *
 * <p>Reads lines {@code NAME THREADS MILLISECONDS} and answers each with the median nanoseconds of
 * one call, or with {@code none} for work that it does not know; {@code backend} is answered with
 * the kernels in use. With the argument {@code --release} the results of forward passes are
 * released at once, as Python does it with what nobody refers to; with {@code --operations} the
 * works are those of {@link Operations}.
 */
public final class SideBySide {
  private SideBySide() {}

  /** Answers until the input ends. */
  public static void main(String[] args) throws IOException {
    boolean release = List.of(args).contains("--release");
    Map<String, Supplier<Runnable>> works =
        List.of(args).contains("--operations") ? Works.operations(release) : Works.all(release);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    String name = "";
    Runnable work = () -> {};
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.trim().split(" ", -1);
      if (words[0].equals("backend")) {
        System.out.println(Facula.backend());
        continue;
      }
      if (!works.containsKey(words[0])) {
        System.out.println("none");
        continue;
      }
      if (!name.equals(words[0])) {
        name = words[0];
        work = works.get(name).get();
      }
      Facula.setNumThreads(Integer.parseInt(words[1]));
      System.out.printf(Locale.ROOT, "%.1f%n", median(work, Long.parseLong(words[2]) * 1_000_000));
    }
  }

  /** The median time of a call; short calls are timed in groups that last some 50 microseconds. */
  private static double median(Runnable work, long nanos) {
    long begin = System.nanoTime();
    work.run();
    long once = Math.max(System.nanoTime() - begin, 1);
    int group = (int) Math.max(1, Math.min(1000, 50_000 / once));
    double[] times = new double[1024];
    int count = 0;
    long end = System.nanoTime() + nanos;
    long now = System.nanoTime();
    while (now < end) {
      for (int i = 0; i < group; i++) {
        work.run();
      }
      long after = System.nanoTime();
      if (count == times.length) {
        times = Arrays.copyOf(times, 2 * count);
      }
      times[count++] = (after - now) / (double) group;
      now = after;
    }
    Arrays.sort(times, 0, count);
    return times[count / 2];
  }
}
