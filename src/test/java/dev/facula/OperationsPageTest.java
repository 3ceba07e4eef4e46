package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The page of all operations, {@code docs/operations.md}: their types and derivatives, found by
 * trying them. With {@code -Dfacula.operations.page=true} it is written anew; the numbers of
 * recorded cases come from {@code target/conformance.tsv}, which {@code ConformanceTest} leaves.
 */
class OperationsPageTest {
  private static final Path PAGE = Path.of("docs", "operations.md");
  private static final Path REPORT = Path.of("target", "conformance.tsv");

  private static final Map<DType, String> SHORT = new EnumMap<>(DType.class);

  static {
    for (DType type : DType.values()) {
      String name = type.toString();
      SHORT.put(
          type,
          name.replace("bfloat", "bf")
              .replace("float", "f")
              .replace("uint", "u")
              .replace("int", "i"));
    }
  }

  @Test
  void saysWhatEveryOperationCan() throws IOException {
    Map<String, Integer> passed = new HashMap<>();
    boolean write = Boolean.getBoolean("facula.operations.page");
    List<String> page = Files.exists(PAGE) ? Files.readAllLines(PAGE) : List.of();
    if (write) {
      count(passed);
    } else {
      for (String line : page) {
        String[] cells = line.split("\\|");
        if (cells.length == 5 && cells[4].strip().matches("\\d+")) {
          passed.put(cells[1].strip(), Integer.parseInt(cells[4].strip()));
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add("# Operations");
    lines.add("");
    lines.add(
        "Written by `OperationsPageTest`, which tries each on small tensors. `F.` stands for");
    lines.add("`Functional`, other names are methods of `Tensor` or of the class before the dot.");
    lines.add("Derivatives: how often an operation can be differentiated; 2 stands for any order.");
    lines.add("Cases: recorded results of PyTorch's own operator database that it agrees with.");
    lines.add("");
    lines.add("| operation | types | derivatives | cases |");
    lines.add("|---|---|---|---|");
    List<Operation> rows = new ArrayList<>(OperationDatabase.rows());
    rows.removeIf(row -> row.name().startsWith("fused.")); // no public operations
    rows.sort((a, b) -> a.name().compareTo(b.name()));
    for (Operation row : rows) {
      String key = write ? pythons(row.name()) : row.name();
      lines.add(
          "| %s | %s | %s | %s |"
              .formatted(row.name(), types(row), row.derivatives(), passed.getOrDefault(key, 0)));
    }
    if (write) {
      Files.write(PAGE, lines);
    }
    assertEquals(
        String.join("\n", lines),
        String.join("\n", write ? lines : page),
        "docs/operations.md is old: run OperationsPageTest with -Dfacula.operations.page=true");
  }

  /** The cases that passed, by PyTorch's names without variants. */
  private static void count(Map<String, Integer> passed) throws IOException {
    try (Stream<String> lines = Files.lines(REPORT)) {
      lines
          .map(line -> line.split("\t"))
          .filter(c -> c[0].startsWith("ops/") && c[1].equals("PASSED"))
          .forEach(c -> passed.merge(c[0].split("/")[1], 1, Integer::sum));
    }
    for (String subject : List.copyOf(passed.keySet())) {
      int dot = subject.lastIndexOf('.');
      if (dot > 0 && !passed.containsKey(subject.substring(0, dot))) {
        passed.merge(subject.substring(0, dot), passed.get(subject), Integer::sum);
      }
    }
  }

  /** The name that PyTorch has for an operation. */
  private static String pythons(String name) {
    int dot = name.indexOf('.');
    String place = dot < 0 ? "" : name.substring(0, dot + 1).toLowerCase(Locale.ROOT);
    String own = name.substring(dot + 1).replaceAll("([a-z0-9])([A-Z])", "$1_$2");
    return place.replace("f.", "nn.functional.") + own.toLowerCase(Locale.ROOT);
  }

  /** The types for which it gives a result. */
  private static String types(Operation row) {
    List<String> types = new ArrayList<>();
    for (DType type : DType.values()) {
      Tensor[] given = row.inputs().get(0);
      Tensor[] inputs = new Tensor[given.length];
      for (int i = 0; i < inputs.length; i++) {
        boolean floating = given[i].isFloatingPoint();
        inputs[i] = floating ? given[i].abs().to(type) : given[i];
      }
      try {
        row.apply(inputs);
        types.add(SHORT.get(type));
      } catch (IllegalArgumentException | IllegalStateException | ArithmeticException refused) {
        continue;
      }
    }
    return String.join(" ", types);
  }
}
