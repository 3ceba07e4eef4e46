package dev.facula.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs recorded cases: those of the pack in the test resources, or of the folder or zip file that
 * the property {@code facula.conformance} names. Prints one line a kind, writes {@code
 * target/conformance.tsv}, and fails on any failed case. Subjects without a binding have to stand
 * in the list {@code unsupported.txt}, and those with one must not: the list may only shrink.
 */
final class ConformanceTest {
  private static final Path REPORT = Path.of("target", "conformance.tsv");
  private static final int SHOWN = 20;

  private static @Nullable CasePack pack;
  private static Set<String> listed = Set.of();
  private static final List<String> report = new ArrayList<>();

  @BeforeAll
  static void open() throws IOException, URISyntaxException {
    String named = System.getProperty("facula.conformance", "");
    pack = CasePack.open(named.isEmpty() ? resource("pack.zip") : Path.of(named));
    listed =
        Files.readAllLines(resource("unsupported.txt")).stream()
            .map(String::strip)
            .filter(line -> !line.isEmpty() && !line.startsWith("#"))
            .collect(Collectors.toCollection(TreeSet::new));
  }

  @AfterAll
  static void close() throws IOException {
    Files.createDirectories(REPORT.getParent());
    Files.write(REPORT, report, StandardCharsets.UTF_8);
    if (pack != null) {
      pack.close();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"ops", "errors", "modules", "optim", "sched", "random", "lowp", "func"})
  void agreesWithPyTorch(String kind) throws IOException {
    CasePack cases = pack();
    CaseRunner runner = runner(kind, cases.seed());
    Map<Outcome.Status, Integer> counts = new EnumMap<>(Outcome.Status.class);
    Set<String> failures = new LinkedHashSet<>();
    Set<String> unsupported = new TreeSet<>();
    List<String> settled = new ArrayList<>();
    int total = 0;
    for (String subject : cases.subjects(kind)) {
      TensorFile tensors = cases.tensors(kind, subject);
      for (Map<String, Object> record : cases.cases(kind, subject)) {
        boolean supported = runner.supports(record);
        Outcome outcome =
            supported
                ? run(runner, record, tensors)
                : new Outcome(Outcome.Status.UNSUPPORTED, "no binding");
        String name = kind + " " + name(kind, subject, record);
        if (supported && listed.contains(name)) {
          failures.add(name + " is supported: take it off the list of unsupported subjects");
        } else if (!supported) {
          unsupported.add(name);
        }
        total++;
        counts.merge(outcome.status(), 1, Integer::sum);
        String line =
            Json.string(record, "case")
                + "\t"
                + outcome.status()
                + "\t"
                + outcome.detail().replaceAll("\\s+", " ");
        report.add(kind + "/" + line);
        if (outcome.status() == Outcome.Status.FAILED) {
          failures.add(line);
        } else if (outcome.isSettled()) {
          settled.add(Json.string(record, "case"));
        }
      }
    }
    summarise(kind, counts, total, unsupported, failures);
    if (!settled.isEmpty()) {
      System.out.println("  of these settled in float64: " + String.join(", ", settled));
    }
    if (!failures.isEmpty()) {
      fail(
          failures.size()
              + " failures, of which the first:\n"
              + failures.stream().limit(SHOWN).collect(Collectors.joining("\n")));
    }
  }

  /** What a view of its operand gives depends on how that lies in memory. */
  private static final Set<String> BY_ORDER =
      Set.of("view", "view_as", "as_strided", "as_strided.partial_views");

  /** The same values and gradients of operands whose first dimension lies innermost. */
  @ParameterizedTest
  @ValueSource(strings = {"ops", "modules"})
  void agreesInAnotherMemoryOrder(String kind) throws IOException {
    CasePack cases = pack();
    CaseRunner runner =
        kind.equals("ops")
            ? new OpCases(Bindings.ofOperations(), true)
            : new ModuleCases(cases.seed(), true);
    List<String> failures = new ArrayList<>();
    int passed = 0;
    for (String subject : cases.subjects(kind)) {
      TensorFile tensors = cases.tensors(kind, subject);
      for (Map<String, Object> record : cases.cases(kind, subject)) {
        if (!runner.supports(record) || BY_ORDER.contains(subject)) {
          continue;
        }
        Outcome outcome = run(runner, record, tensors);
        if (outcome.status() == Outcome.Status.FAILED) {
          failures.add(Json.string(record, "case") + ": " + outcome.detail());
        } else {
          passed++;
        }
      }
    }
    System.out.printf(Locale.ROOT, "conformance %s in another order: %d passed%n", kind, passed);
    assertTrue(passed > 0);
    assertEquals(List.of(), failures);
  }

  private static void summarise(
      String kind,
      Map<Outcome.Status, Integer> counts,
      int total,
      Set<String> unsupported,
      Set<String> failures) {
    int inexpressible = counts.getOrDefault(Outcome.Status.INEXPRESSIBLE, 0);
    PrintStream out = System.out;
    out.printf(
        Locale.ROOT,
        "conformance %s: %d passed, %d failed, %d unsupported%s of %d%n",
        kind,
        counts.getOrDefault(Outcome.Status.PASSED, 0),
        counts.getOrDefault(Outcome.Status.FAILED, 0),
        counts.getOrDefault(Outcome.Status.UNSUPPORTED, 0),
        inexpressible > 0 ? ", " + inexpressible + " inexpressible" : "",
        total);
    for (String subject : unsupported) {
      if (!listed.contains(subject)) {
        failures.add(subject + " has no binding and is not listed as unsupported");
      }
    }
    if (!unsupported.isEmpty()) {
      out.println("  unsupported: " + String.join(", ", unsupported));
    }
  }

  private static Outcome run(CaseRunner runner, Map<String, Object> record, TensorFile tensors) {
    try {
      return runner.run(record, tensors);
    } catch (RuntimeException | StackOverflowError | AssertionError e) {
      StackTraceElement[] trace = e.getStackTrace();
      return Outcome.failed(e + (trace.length > 0 ? " at " + trace[0] : ""));
    }
  }

  /** What the list of unsupported subjects calls the subject of a case. */
  private static String name(String kind, String subject, Map<String, Object> record) {
    return switch (kind) {
      case "sched" -> Json.string(record, "scheduler");
      case "random" -> record.containsKey("chain") ? "chain" : Json.string(record, "draw");
      default -> subject;
    };
  }

  private static CaseRunner runner(String kind, long seed) {
    return switch (kind) {
      case "ops", "lowp" -> new OpCases(Bindings.ofOperations(), false);
      case "errors" -> new ErrorCases(Bindings.ofOperations());
      case "modules" -> new ModuleCases(seed, false);
      case "optim" -> new OptimCases();
      case "sched" -> new SchedCases();
      case "random" -> new RandomCases();
      case "func" -> new FuncCases();
      default -> throw new IllegalArgumentException("kind " + kind);
    };
  }

  private static CasePack pack() {
    if (pack == null) {
      throw new IllegalStateException("the pack is not open");
    }
    return pack;
  }

  private static Path resource(String name) throws URISyntaxException, IOException {
    URL url = ConformanceTest.class.getResource("/conformance/" + name);
    if (url == null) {
      throw new UncheckedIOException(new IOException("no test resource conformance/" + name));
    }
    return Path.of(url.toURI());
  }
}
