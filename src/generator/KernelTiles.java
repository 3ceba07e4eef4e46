import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Writes the register tiles of matrix products and convolutions, the micro-kernels of BLIS (Van Zee
 * and van de Geijn, 2015): MR rows of A times one or more vectors of columns of B, summed over k in
 * registers.
 *
 * <p>Every tile is long and flat for a reason: a vector that is passed on, put into a field or an
 * array, or caught by a lambda is an object on the heap, and the tile twenty times slower. Where
 * rows of C begin is computed before the loop over k: behind it, C2 finds a schedule that spills.
 * The loop is not unrolled, nor is there one around it: either costs C2 a fifth, on JDK 17
 * everything.
 *
 * <p>Usage, in the folder of the project: {@code java src/generator/KernelTiles.java OUTPUT}.
 * Nothing is written if the output was made by the same program.
 */
final class KernelTiles {
  private static final Path PROGRAM = Path.of("src/generator/KernelTiles.java");
  private static final String PACKAGE = "dev.facula.internal.kernel.simd";

  /** The rows of tiles whose operands are packed, and of those that read rows of B anywhere. */
  private static final List<Integer> STRIP_ROWS = List.of(14, 8, 6, 4, 2, 1);

  private static final List<Integer> ROW_ROWS = List.of(8, 6, 4, 2, 1);

  /** The rows of tiles whose elements of A are anywhere, for two vectors and for one. */
  private static final List<Integer> WINDOW_ROWS_2 = List.of(10, 8, 5, 3, 1);

  private static final List<Integer> WINDOW_ROWS_1 = List.of(3, 1);

  /** The windows of five rows for one vector. */
  private static final List<Integer> WINDOWS = List.of(5, 2, 1);

  /** The rows of tiles of lines, of four vectors each. */
  private static final List<Integer> LINE_ROWS = List.of(6, 4, 3, 1);

  private static final String STRIPS_COMMENT =
      """
      /**
       * Tiles of the matrix product: C = Z + A B for up to 14 rows and one or two vectors of columns; see
       * {@link dev.facula.internal.kernel.$TProduct#multiplyStrips}. A tile stays in registers for the
       * whole of k; each step loads a row of B, and adds it once for each row of A, times one element.
       *
       * <p>Both operands are packed, so that every distance is a constant: element (i, p) of A is {@code
       * a[ao + p * MR + i]}, row p of B begins at {@code b[bo + p * 2 * L]}. The JIT then checks the
       * bounds once before the loop and addresses memory without arithmetic. On a core with two units for
       * vectors of 512 bits this is what a tile needs: 195 GFLOP/s of 200, where strides in variables
       * allow 100. With one unit (Zen 4) both forms reach its 115.
       *
       * <p>MR: 14 x 2 accumulators, 2 vectors of B and the element of A fill 31 of the 32 registers of
       * AVX-512 and NEON; 8 x 2 still hides the latency of the units (4 steps, two units) and is the best
       * of the lower ones, since C2 of JDK 17 schedules 10 and 12 rows badly (130 and 150 against 175 and
       * 185 GFLOP/s). 6 x 2 is the largest that fits where there are 16 registers.
       */
      """;

  private static final String ROWS_COMMENT =
      """
      /**
       * Tiles like {@link Simd$TTiles} whose rows of B are anywhere: row p begins at {@code b[bo + rows[ro
       * + p]]}. A convolution multiplies the shifted images in place; that costs a tenth of the speed,
       * less than to copy them for a few rows of weights.
       */
      """;

  private static final String WINDOWS_COMMENT =
      """
      /**
       * Tiles like {@link Simd$TTiles} for {@link dev.facula.internal.kernel.$TWindowProduct}: the table
       * of places is on the side of the elements that are broadcast, the rows of B are adjacent. With one
       * vector of columns each fused multiply-add needs a broadcast of its own, of which a Zen 4 does
       * three in the time of four fused multiply-adds, unless several steps of k share them. Two halves of
       * a vector would be faster as well, but a second length of vectors in a program keeps C2 from
       * knowing the type of any.
       */
      """;

  private static final String LINES_COMMENT =
      """
      /**
       * Tiles of convolutions with few channels: up to 6 rows of weights and four vectors of pixels, which
       * are anywhere in lines of an image; step p of k reads them shifted by {@code rows[ro + p]}. The
       * packed weights are those of {@link Simd$TTiles}; row i begins with {@code start[so + i]}.
       *
       * <p>A shifted vector crosses from one cache line into the next and costs two accesses, so few rows
       * and two vectors keep the load units busier than the multipliers, and too few chains of additions
       * run at a time. 24 accumulators, 4 vectors and an element fill 29 registers.
       */
      """;

  private static final String STRIP_CONSTANTS =
      """
        private static final VectorSpecies<$T> S = $TVector.SPECIES_PREFERRED;

        /** Elements of a vector. */
        static final int L = S.length();

        /** Vector registers: 16 for SSE and AVX2, 32 for AVX-512 and NEON. */
        static final boolean MANY_REGISTERS =
            L * $T.SIZE == 512 || System.getProperty("os.arch", "").equals("aarch64");
      """;

  private static final String CONSTANTS =
      """
        private static final VectorSpecies<$T> S = $TVector.SPECIES_PREFERRED;
        private static final int L = S.length();
      """;

  private final StringBuilder out = new StringBuilder();

  private KernelTiles() {}

  public static void main(String[] args) throws Exception {
    Path output = Path.of(args[0]);
    Path stamp = output.resolve("KernelTiles.sha256");
    byte[] program = read(PROGRAM).getBytes(StandardCharsets.UTF_8);
    String hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(program));
    if (Files.exists(stamp) && Files.readString(stamp).equals(hash)) {
      return;
    }
    Map<String, String> classes = new TreeMap<>();
    classes.put("Simd$TTiles", STRIPS_COMMENT + new KernelTiles().strips());
    classes.put("Simd$TRowTiles", ROWS_COMMENT + new KernelTiles().rows());
    classes.put("SimdFloatWindowTiles", WINDOWS_COMMENT + new KernelTiles().windows());
    classes.put("SimdFloatLineTiles", LINES_COMMENT + new KernelTiles().lines());
    Path folder = Files.createDirectories(output.resolve(PACKAGE.replace('.', '/')));
    for (var tiles : classes.entrySet()) {
      write(folder, tiles.getKey(), tiles.getValue(), "float", "Float");
      if (tiles.getKey().contains("$T")) {
        write(folder, tiles.getKey(), tiles.getValue(), "double", "Double");
      }
    }
    Files.writeString(stamp, hash);
  }

  private static void write(Path folder, String name, String text, String type, String typeName)
      throws Exception {
    String first = "// Generated by src/generator/KernelTiles.java: edit that.\n";
    String head = "package " + PACKAGE + ";\n\n";
    String imports =
        "import jdk.incubator.vector.$TVector;\nimport jdk.incubator.vector.VectorSpecies;\n\n";
    String source = (first + head + imports + text).replace("$T", typeName).replace("$t", type);
    Files.writeString(folder.resolve(name.replace("$T", typeName) + ".java"), source);
  }

  private static String read(Path file) throws Exception {
    return Files.readString(file).replace("\r\n", "\n");
  }

  // ---- the kinds of tiles -------------------------------------------------------------------

  private String strips() {
    begin("Simd$TTiles", STRIP_CONSTANTS);
    for (int vectors : List.of(2, 1)) {
      for (int mr : STRIP_ROWS) {
        method("tile" + mr + "x" + vectors, "$t[] a, int ao, $t[] b, int bo", C);
        product(mr, vectors, "int q = bo + p * 2 * L;");
      }
    }
    return end();
  }

  private String rows() {
    begin("Simd$TRowTiles", CONSTANTS);
    for (int vectors : List.of(2, 1)) {
      for (int mr : ROW_ROWS) {
        method(
            "tile" + mr + "x" + vectors, "$t[] a, int ao, $t[] b, int bo, int[] rows, int ro", C);
        product(mr, vectors, "int q = bo + rows[ro + p];");
      }
    }
    return end();
  }

  private String windows() {
    begin("SimdFloatWindowTiles", CONSTANTS);
    for (int mr : WINDOW_ROWS_2) {
      window(mr, 2);
    }
    for (int windows : WINDOWS) {
      windowsOfFive(windows);
    }
    windowsOfFiveByFive(2);
    for (int mr : WINDOW_ROWS_1) {
      window(mr, 1);
    }
    return end();
  }

  private String lines() {
    begin("SimdFloatLineTiles", CONSTANTS.lines().findFirst().orElseThrow() + "\n");
    for (int mr : LINE_ROWS) {
      line(mr);
    }
    return end();
  }

  // ---- tiles --------------------------------------------------------------------------------

  private static final String C = "$t[] z, int zo, int ldz, $t[] c, int co, int ldc";

  /** MR rows of packed A times vectors of B, a row of which begins at q. */
  private void product(int mr, int vectors, String q) {
    for (int i = 1; i < mr; i++) {
      add(4, "int r%d = %s + ldc;", i, i == 1 ? "co" : "r" + (i - 1));
    }
    loadSums(mr, vectors, "z");
    add(4, "for (int p = 0; p < k; p++) {");
    add(6, q);
    add(6, mr == 1 ? "int at = ao + p;" : "int at = ao + p * %d;", mr);
    for (int v = 0; v < vectors; v++) {
      add(6, "$TVector b%s = $TVector.fromArray(S, b, q%s);", name(v), plus(v, "L"));
    }
    multiplyAdd(mr, vectors, "at", "b");
    add(4, "}");
    for (int i = 0; i < mr; i++) {
      for (int v = 0; v < vectors; v++) {
        add(4, "c%d%s.intoArray(c, %s%s);", i, name(v), i == 0 ? "co" : "r" + i, plus(v, "L"));
      }
    }
    add(2, "}");
  }

  /** MR adjacent elements of A anywhere times vectors of adjacent rows of B. */
  private void window(int mr, int vectors) {
    String a = "$t[] a, int ao, int[] offsets, int oo, $t[] b, int bo";
    method("tile" + mr + "x" + vectors, a, C);
    loadSums(mr, vectors, "r");
    add(4, "for (int p = 0; p < k; p++) {");
    add(6, "int q = ao + offsets[oo + p];");
    String row = vectors == 1 ? "bo + p * L" : "bo + p * 2 * L";
    for (int v = 0; v < vectors; v++) {
      add(6, "$TVector b%s = $TVector.fromArray(S, b, %s%s);", name(v), row, plus(v, "L"));
    }
    multiplyAdd(mr, vectors, "q", "b");
    add(4, "}");
    storeSums(IntStream.range(0, mr).mapToObj(i -> "c" + i).toList(), vectors);
  }

  /** Windows of five elements of A each, which begin at a0, a1, ..., times one vector. */
  private void windowsOfFive(int windows) {
    List<String> sums = beginWindows("tile" + 5 * windows + "x1", windows);
    add(4, "for (int p = 0; p < k; p++) {");
    add(6, "int offset = offsets[oo + p];");
    add(6, "$TVector x = $TVector.fromArray(S, b, bo + p * L);");
    for (int w = 0; w < windows; w++) {
      add(6, "int q%d = a%d + offset;", w, w);
      for (int i = 0; i < 5; i++) {
        String at = "q" + w + plus(i, "1");
        add(6, "s%d%d = $TVector.broadcast(S, a[%s]).fma(x, s%d%d);", w, i, at, w, i);
      }
    }
    add(4, "}");
    storeSums(sums, 0);
  }

  /** The same for steps of k that are runs of five. */
  private void windowsOfFiveByFive(int windows) {
    out.append(
        """

          /**
           * The same for steps of k that are runs of five neighbours: nine elements of a window serve 25
           * multiplications, so that the multipliers are busier than the load units. C2 of JDK 17 does not
           * compile more multiplications than these in one loop.
           */
        """
            .stripTrailing());
    List<String> sums = beginWindows("tile" + 5 * windows + "x1x5", windows);
    add(4, "for (int p = 0; p < k; p += 5) {");
    add(6, "int offset = offsets[oo + p];");
    add(6, "int q = bo + p * L;");
    for (int v = 0; v < 5; v++) {
      add(6, "$TVector x%d = $TVector.fromArray(S, b, q%s);", v, plus(v, "L"));
    }
    for (int w = 0; w < windows; w++) {
      add(6, "int q%d = a%d + offset;", w, w);
    }
    for (int e = 0; e < 9; e++) {
      for (int w = 0; w < windows; w++) {
        add(6, "$TVector v%d%d = $TVector.broadcast(S, a[q%d%s]);", w, e, w, plus(e, "1"));
        for (int i = Math.max(0, e - 4); i <= Math.min(4, e); i++) {
          add(6, "s%d%d = v%d%d.fma(x%d, s%d%d);", w, i, w, e, e - i, w, i);
        }
      }
    }
    add(4, "}");
    storeSums(sums, 0);
  }

  private List<String> beginWindows(String name, int windows) {
    StringBuilder a = new StringBuilder("$t[] a");
    for (int w = 0; w < windows; w++) {
      a.append(", int a").append(w);
    }
    method(name, a + ", int[] offsets, int oo, $t[] b, int bo", C);
    List<String> sums = IntStream.range(0, 5 * windows).mapToObj(i -> "s" + i / 5 + i % 5).toList();
    for (int i = 0; i < sums.size(); i++) {
      if (i > 0) {
        add(4, "int r%d = %s + ldz;", i, i == 1 ? "zo" : "r" + (i - 1));
      }
      add(4, "$TVector %s = $TVector.fromArray(S, z, %s);", sums.get(i), i == 0 ? "zo" : "r" + i);
    }
    return sums;
  }

  /** MR rows of packed A times four vectors of pixels. */
  private void line(int mr) {
    String b = "$t[] a, int ao, $t[] b, int bx, int by, int bz, int bw, int[] rows, int ro";
    method("tile" + mr, b, "$t[] start, int so, $t[] c, int cx, int cy, int cz, int cw, int ldc");
    for (int i = 0; i < mr; i++) {
      add(4, "$TVector c%dx = $TVector.broadcast(S, start[so%s]);", i, plus(i, "1"));
      for (int v = 1; v < 4; v++) {
        add(4, "$TVector c%d%s = c%dx;", i, name(v), i);
      }
    }
    add(4, "for (int p = 0; p < k; p++) {");
    add(6, "int q = rows[ro + p];");
    add(6, mr == 1 ? "int at = ao + p;" : "int at = ao + p * %d;", mr);
    for (int v = 0; v < 4; v++) {
      add(6, "$TVector %s = $TVector.fromArray(S, b, b%s + q);", name(v), name(v));
    }
    multiplyAdd(mr, 4, "at", "");
    add(4, "}");
    for (int i = 0; i < mr; i++) {
      for (int v = 0; v < 4; v++) {
        add(4, "c%d%s.intoArray(c, c%s%s);", i, name(v), name(v), plus(i, "ldc"));
      }
    }
    add(2, "}");
  }

  // ---- what they share ----------------------------------------------------------------------

  /** The accumulators, from the rows of Z. */
  private void loadSums(int mr, int vectors, String row) {
    for (int i = 0; i < mr; i++) {
      if (i > 0) {
        add(4, "int %s%d = %s + ldz;", row, i, i == 1 ? "zo" : row + (i - 1));
      }
      for (int v = 0; v < vectors; v++) {
        String from = (i == 0 ? "zo" : row + i) + plus(v, "L");
        add(4, "$TVector c%d%s = $TVector.fromArray(S, z, %s);", i, name(v), from);
      }
    }
  }

  /** One step of k: MR elements of A from a[at] on times the vectors of B. */
  private void multiplyAdd(int mr, int vectors, String at, String b) {
    for (int i = 0; i < mr; i++) {
      add(6, "$TVector a%d = $TVector.broadcast(S, a[%s%s]);", i, at, plus(i, "1"));
      for (int v = 0; v < vectors; v++) {
        String sum = "c" + i + name(v);
        add(6, "%s = a%d.fma(%s%s, %s);", sum, i, b, name(v), sum);
      }
    }
  }

  /** The accumulators, into the rows of C; of no named vectors there is one. */
  private void storeSums(List<String> sums, int vectors) {
    for (int i = 0; i < sums.size(); i++) {
      for (int v = 0; v < Math.max(vectors, 1); v++) {
        String vector = vectors == 0 ? "" : name(v);
        add(4, "%s%s.intoArray(c, co%s%s);", sums.get(i), vector, plus(i, "ldc"), plus(v, "L"));
      }
    }
    add(2, "}");
  }

  private static String name(int vector) {
    return List.of("x", "y", "z", "w").get(vector);
  }

  /** " + n unit" as it is written by hand. */
  private static String plus(int n, String unit) {
    if (n == 0) {
      return "";
    }
    return unit.equals("1") ? " + " + n : n == 1 ? " + " + unit : " + " + n + " * " + unit;
  }

  private void begin(String name, String constants) {
    out.append("final class ").append(name).append(" {\n").append(constants.indent(0));
    out.append("\n  private ").append(name).append("() {}\n");
  }

  private void method(String name, String operands, String result) {
    out.append("\n  static void ").append(name).append("(\n      int k,\n      ");
    out.append((operands + ", " + result).replace(", ", ",\n      ")).append(") {\n");
  }

  private void add(int indent, String format, Object... arguments) {
    out.append(" ".repeat(indent)).append(String.format(format, arguments)).append('\n');
  }

  private String end() {
    return out.append("}\n").toString();
  }
}
