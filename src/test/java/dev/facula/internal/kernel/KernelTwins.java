package dev.facula.internal.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Writes the kernels on {@code double} arrays from those on {@code float} arrays by substitution of
 * words. Where the two must differ (coefficients of approximations, exponents) the constants live
 * in a class of each type that is written by hand, see {@link #BY_HAND}.
 *
 * <p>Run {@value #COMMAND} in the root of the project after a change of a float kernel.
 */
final class KernelTwins {
  static final String COMMAND = "java src/test/java/dev/facula/internal/kernel/KernelTwins.java";

  /** Float classes without a twin, or with one that is written by hand. */
  private static final Set<String> BY_HAND =
      Set.of(
          "FloatConvolutionBatch.java",
          "FloatConvolutionFew.java",
          "FloatConvolutionTaps.java",
          "FloatMath.java",
          "FloatWindowProduct.java",
          "SimdFloatFunctions.java",
          "SimdFloatLineTiles.java",
          "SimdFloatMasks.java",
          "SimdFloatOptimizer.java",
          "SimdFloatPooling.java",
          "SimdFloatSoftmax.java",
          "SimdFloatWindowTiles.java",
          "SimdFloatWindows.java");

  private static final Path SOURCES = Path.of("src/main/java/dev/facula/internal/kernel");
  private static final Pattern LITERAL =
      Pattern.compile("\\b(\\d+)(\\.\\d+(?:[eE]-?\\d+)?|[eE]-?\\d+)?f\\b");

  private static final Pattern IMPORT = Pattern.compile("import [\\w.]+\\.(\\w+);\n");

  private KernelTwins() {}

  public static void main(String[] args) throws IOException {
    for (var twin : expected().entrySet()) {
      Path file = twin.getKey();
      if (!Files.exists(file) || !sameCode(Files.readString(file), twin.getValue())) {
        Files.writeString(file, twin.getValue());
      }
    }
  }

  /** The text of every twin by the name of its file. */
  static Map<Path, String> expected() throws IOException {
    var twins = new TreeMap<Path, String>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.contains("Float") && !BY_HAND.contains(name)) {
          Path twin = file.resolveSibling(name.replace("Float", "Double"));
          twins.put(twin, twin(Files.readString(file)));
        }
      }
    }
    return twins;
  }

  static String twin(String source) {
    return withoutUnusedImports(translated(source));
  }

  /** Imports for what is float only. */
  private static String withoutUnusedImports(String source) {
    return IMPORT
        .matcher(source)
        .replaceAll(
            m -> {
              boolean used = source.matches("(?s).*[^.\\w]" + m.group(1) + "\\b(?!;).*");
              return used ? m.group() : "";
            });
  }

  private static String translated(String source) {
    return LITERAL
        .matcher(source)
        .replaceAll(m -> m.group(1) + (m.group(2) == null ? ".0" : m.group(2)))
        .replaceAll("(?s)\n +// float only:.*?// end of float only\n", "\n")
        .replaceAll("\\(float\\) (?=\\w+\\.)", "") // the result of a method is a double already
        .replace("float", "double")
        .replace("Float", "Double")
        .replace("IntVector", "LongVector");
  }

  /** Whether two sources differ at most in where the formatter breaks lines. */
  static boolean sameCode(String a, String b) {
    return squeeze(a).equals(squeeze(b));
  }

  private static String squeeze(String source) {
    return source.replaceAll("(?m)^\\s*\\*(?!/)", "").replaceAll("\\s+", "");
  }
}
