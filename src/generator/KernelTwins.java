import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes the kernels for arrays of other types from those for {@code float} arrays, word by word.
 *
 * <p>A class {@code Float...} or {@code SimdFloat...} gets a twin for {@code double}, unless there
 * is one that was written by hand, or it is {@link #FLOAT_ONLY}. Where the two must differ
 * (coefficients of approximations, exponents), what differs is in a class of each type that is
 * written by hand. {@code FloatElements}, which only moves numbers, gets one for each type. In code
 * every word that names the type changes; in comments only the names of classes that have a twin,
 * and {@code {@code float}}.
 *
 * <p>Usage, in the folder of the project: {@code java src/generator/KernelTwins.java OUTPUT}.
 * Nothing is written if the output was made of the same sources by the same program.
 */
final class KernelTwins {
  private static final Path PROGRAM = Path.of("src/generator/KernelTwins.java");
  private static final Path ROOT = Path.of("src/main/java");
  private static final Path SOURCES = ROOT.resolve("dev/facula/internal/kernel");

  /** Classes for paths that only float needs. */
  private static final Set<String> FLOAT_ONLY =
      Set.of(
          "FloatConvolutionBatch",
          "FloatConvolutionFew",
          "FloatConvolutionTaps",
          "FloatWindowProduct",
          "SimdFloatBinaryFunctions",
          "SimdFloatFunctions",
          "SimdFloatLineProduct",
          "SimdFloatLines",
          "SimdFloatOptimizer",
          "SimdFloatPooling",
          "SimdFloatSoftmax",
          "SimdFloatUnaryFunctions",
          "SimdFloatWindows");

  private static final String ELEMENTS = "FloatElements";

  /** A comment, a literal of characters, a number, a word, or any other character. */
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?<comment>//[^\n]*|/\\*.*?\\*/)"
              + "|\"(?:\\\\.|[^\"\\\\])*\"|'(?:\\\\.|[^'\\\\])'"
              + "|\\b(?<whole>\\d+)(?<fraction>\\.\\d+(?:[eE]-?\\d+)?|[eE]-?\\d+)?f\\b"
              + "|(?<word>[A-Za-z_]\\w*)"
              + "|.",
          Pattern.DOTALL);

  private static final Pattern IN_COMMENT = Pattern.compile("\\{@code float}|\\b\\w*Float\\w*\\b");

  /** The type in the name of a class, which is not "Floating". */
  private static final Pattern FLOAT = Pattern.compile("Float(?![a-z])");

  private final String type;
  private final String name;
  private final Set<String> twins;

  /**
   * Twins for a type.
   *
   * @param type such as {@code double}
   * @param name its name in those of classes, such as {@code Double}
   * @param twins the classes that have one
   */
  private KernelTwins(String type, String name, Set<String> twins) {
    this.type = type;
    this.name = name;
    this.twins = twins;
  }

  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[0]);
    Map<String, Path> floats = new TreeMap<>();
    try (Stream<Path> files = Files.walk(SOURCES)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString().replace(".java", "");
        if (FLOAT.matcher(name).find() && !FLOAT_ONLY.contains(name)) {
          floats.put(name, file);
        }
      }
    }
    Path stamp = output.resolve("KernelTwins.sha256");
    String hash = hash(floats.values());
    if (Files.exists(stamp) && Files.readString(stamp).equals(hash)) {
      return;
    }
    delete(output);
    for (var source : floats.entrySet()) {
      new KernelTwins("double", "Double", floats.keySet()).write(source.getValue(), output);
    }
    for (String type : List.of("long", "int", "short", "byte")) {
      String name = type.substring(0, 1).toUpperCase() + type.substring(1);
      new KernelTwins(type, name, Set.of(ELEMENTS)).write(floats.get(ELEMENTS), output);
    }
    Files.writeString(stamp, hash);
  }

  /** Deletes what was written before: a source may be gone. */
  private static void delete(Path output) throws IOException {
    Files.createDirectories(output);
    try (Stream<Path> files = Files.walk(output)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Files.delete(file);
      }
    }
  }

  /** Writes the twin of a source, unless it was written by hand. */
  private void write(Path source, Path output) throws IOException {
    String file = source.getFileName().toString().replace("Float", name);
    if (Files.exists(source.resolveSibling(file))) {
      return;
    }
    Path target = output.resolve(ROOT.relativize(source)).resolveSibling(file);
    String from = source.toString().replace('\\', '/');
    String first = "// Generated by " + PROGRAM + " from " + from + ": edit that.\n";
    Files.createDirectories(target.getParent());
    Files.writeString(target, first.replace('\\', '/') + twin(read(source)));
  }

  private String twin(String source) {
    return TOKEN.matcher(source).replaceAll(m -> Matcher.quoteReplacement(token(m)));
  }

  private String token(MatchResult token) {
    String text = token.group();
    if (token.group(1) != null) {
      return IN_COMMENT
          .matcher(text)
          .replaceAll(m -> named(m.group()) ? word(m.group()) : m.group());
    }
    if (token.group(2) != null) { // a number
      return token.group(2) + (token.group(3) == null ? ".0" : token.group(3));
    }
    return token.group(4) == null ? text : word(text);
  }

  /** Whether what a comment says is a class with a twin, or code. */
  private boolean named(String word) {
    return twins.contains(word) || word.startsWith("{");
  }

  private String word(String word) {
    return FLOAT
        .matcher(word.replace("float", type))
        .replaceAll(name)
        .replace("IntVector", "LongVector");
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file).replace("\r\n", "\n");
  }

  /** A hash of the program and of what it reads. */
  private static String hash(Iterable<Path> sources) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(read(PROGRAM).getBytes(StandardCharsets.UTF_8));
    List<Path> all = new ArrayList<>();
    sources.forEach(all::add);
    for (Path source : all) {
      digest.update((byte) 0);
      digest.update(source.toString().replace('\\', '/').getBytes(StandardCharsets.UTF_8));
      digest.update(read(source).getBytes(StandardCharsets.UTF_8));
    }
    try (Stream<Path> files = Files.walk(SOURCES)) { // what is written by hand has no twin
      String names =
          files.map(f -> f.getFileName().toString()).sorted().collect(Collectors.joining());
      digest.update(names.getBytes(StandardCharsets.UTF_8));
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
