package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The documents tell the truth: their Java compiles, their links lead somewhere, and they name the
 * version that is built. Programs stand as they are; the other pieces of a section are the
 * statements of one method, in a file that imports all packages.
 */
class SnippetsTest {
  private static final Pattern FENCE =
      Pattern.compile("(?m)^```(\\w*)\\n(.*?)^```$", Pattern.DOTALL);
  private static final Pattern EXAMPLE =
      Pattern.compile("<pre>\\{@code\\n(.*?)\\n *\\* ?}</pre>", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)]+)\\)");
  private static final Pattern ARTIFACT =
      Pattern.compile(
          "dev\\.facula:[\\w-]+:([\\w.-]+)"
              + "|<groupId>dev\\.facula</groupId>\\s*<artifactId>[\\w-]+</artifactId>\\s*"
              + "<version>([^<]+)</version>");
  private static final String IMPORTS =
      Stream.of("", ".data", ".io", ".loss", ".nn", ".optim", ".vision")
              .map(p -> "import dev.facula" + p + ".*;\n")
              .collect(Collectors.joining())
          + "import dev.facula.nn.Module;\nimport java.nio.file.*;\nimport java.util.*;\n"
          + "import java.util.function.*;\n";

  private static List<Path> documents() throws IOException {
    List<Path> result = new ArrayList<>();
    for (String folder : List.of(".", "docs")) {
      try (Stream<Path> files = Files.list(Path.of(folder))) {
        files.filter(f -> f.toString().endsWith(".md")).sorted().forEach(result::add);
      }
    }
    return result;
  }

  @Test
  void theJavaOfTheDocumentsCompiles(@TempDir Path out) throws IOException {
    Map<String, String> units = new LinkedHashMap<>();
    for (Path file : documents()) {
      if (!file.endsWith("CONTRIBUTING.md")) { // of the inside of the library
        int section = 0;
        for (String text : Files.readString(file).split("(?m)^(?=#+ )", -1)) {
          collect(file + "-" + section++, text, units);
        }
      }
    }
    assertTrue(units.size() >= 4, "snippets were found: " + units.keySet());
    assertCompile(units, out);
  }

  /**
   * The examples in the javadoc of public classes; what they do not declare is in {@link Given}.
   */
  @Test
  void theExamplesOfTheJavadocCompile(@TempDir Path out) throws IOException {
    Map<String, String> units = new LinkedHashMap<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
        String text = Files.readString(file);
        boolean known = Pattern.compile("(?m)^public ").matcher(text).find();
        Matcher m = EXAMPLE.matcher(text);
        while (m.find() && known && !file.toString().contains("internal")) {
          String example = m.group(1).replaceAll("(?m)^ *\\* ?", "").strip();
          units.put(file + "-" + units.size(), example(example, units.size()));
        }
      }
    }
    assertTrue(units.size() > 150, "examples were found: " + units.size());
    assertCompile(units, out);
  }

  private static String example(String example, int number) {
    String text = example.replaceAll("(?m)^public (final )?class", "final class");
    String body =
        text.startsWith("public ") || text.startsWith("protected ")
            ? text
            : "void run() throws Exception {\n" + text + (text.contains(";") ? "" : ";") + "\n}";
    return "package p"
        + number
        + ";\n"
        + IMPORTS
        + "class Snippet extends dev.facula.Given {\n"
        + body
        + "\n}";
  }

  private static void assertCompile(Map<String, String> units, Path out) {
    var errors = new DiagnosticCollector<JavaFileObject>();
    List<JavaFileObject> sources = new ArrayList<>();
    units.forEach((name, text) -> sources.add(new Source(name, text)));
    ToolProvider.getSystemJavaCompiler()
        .getTask(
            null,
            null,
            errors,
            List.of("-proc:none", "-Xlint:none", "-implicit:none", "-d", out.toString()),
            null,
            sources)
        .call();
    assertEquals(
        "",
        errors.getDiagnostics().stream()
            .filter(d -> d.getKind() == javax.tools.Diagnostic.Kind.ERROR)
            .map(d -> d.getSource().getName() + ": " + d.getMessage(Locale.ROOT))
            .collect(Collectors.joining("\n")));
  }

  private static void collect(String name, String section, Map<String, String> units) {
    var statements = new StringBuilder();
    Matcher m = FENCE.matcher(section);
    while (m.find()) {
      if (m.group(1).equals("java") && m.group(2).startsWith("import ")) {
        units.put(name + "-program", "package p" + units.size() + ";\n" + m.group(2));
      } else if (m.group(1).equals("java")) {
        statements.append(m.group(2));
      }
    }
    if (!statements.isEmpty()) {
      units.put(
          name,
          "package p"
              + units.size()
              + ";\n"
              + IMPORTS
              + "class Snippet { void run() throws Exception {\n"
              + statements
              + "}}");
    }
  }

  @Test
  void linksLeadSomewhere() throws IOException {
    List<String> dead = new ArrayList<>();
    for (Path file : documents()) {
      Matcher m = LINK.matcher(FENCE.matcher(Files.readString(file)).replaceAll(""));
      while (m.find()) {
        String[] parts = m.group(1).split("#", 2);
        Path target = parts[0].isEmpty() ? file : file.resolveSibling(parts[0]);
        if (!parts[0].contains(":")
            && (!Files.exists(target)
                || parts.length > 1 && !anchors(Files.readString(target)).contains(parts[1]))) {
          dead.add(file + " -> " + m.group(1));
        }
      }
    }
    assertEquals(List.of(), dead);
  }

  /** Headings as GitHub turns them into anchors. */
  private static List<String> anchors(String text) {
    return text.lines()
        .filter(l -> l.startsWith("#"))
        .map(l -> l.replaceFirst("#+ ", "").toLowerCase(Locale.ROOT))
        .map(l -> l.replaceAll("[^\\w -]", "").replace(' ', '-'))
        .toList();
  }

  @Test
  void coordinatesNameTheVersionThatIsBuilt() throws IOException {
    Matcher own =
        Pattern.compile("<artifactId>facula-build</artifactId>\\s*<version>([^<]+)<")
            .matcher(Files.readString(Path.of("build/pom.xml")));
    assertTrue(own.find());
    int found = 0;
    for (Path file : documents()) {
      Matcher m = ARTIFACT.matcher(Files.readString(file));
      while (m.find()) {
        found++;
        assertEquals(own.group(1), m.group(1) == null ? m.group(2) : m.group(1), file.toString());
      }
    }
    assertTrue(found >= 5, "coordinates were found");
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name + Kind.SOURCE.extension), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }

    @Override
    public boolean isNameCompatible(String simpleName, Kind kind) {
      return true;
    }
  }
}
