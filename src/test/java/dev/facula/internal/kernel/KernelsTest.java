package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The choice of the kernels, each case in a JVM of its own. */
class KernelsTest {
  private static final String FLAG = "--add-modules=jdk.incubator.vector";

  /** The build runs all tests twice; here it is made sure that the two runs differ. */
  @Test
  void thisRunUsesTheKernelsItWasStartedFor() {
    String wanted = System.getProperty("facula.kernels");
    assumeTrue(wanted != null, "only the build says which kernels it wants");
    boolean simd = wanted.equals("simd");
    assertEquals(simd, Backend.F32.reduce().getClass().getSimpleName().startsWith("Simd"));
    assertEquals(simd, Backend.F64.reduce().getClass().getSimpleName().startsWith("Simd"));
    assertTrue(
        Backend.description().startsWith(simd ? "vector kernels" : "scalar kernels"),
        Backend.description());
  }

  @Test
  void withoutTheModuleScalarKernelsRunAndSayHowToGetTheFastOnes() throws Exception {
    String output = probe();
    assertTrue(output.contains("FloatReduce DoubleReduce"), output);
    assertTrue(output.contains("--add-modules jdk.incubator.vector"), output);
  }

  @Test
  void withTheModuleVectorKernelsRun() throws Exception {
    String output = probe(FLAG);
    assertTrue(output.contains("SimdFloatReduce SimdDoubleReduce"), output);
  }

  @Test
  void scalarKernelsCanBeForced() throws Exception {
    String output = probe(FLAG, "-Dfacula.kernels=scalar");
    assertTrue(output.contains("FloatReduce DoubleReduce"), output);
  }

  @Test
  void withoutTheOptimizingCompilerScalarKernelsRun() throws Exception {
    String output = probe(FLAG, "-Xint");
    assertTrue(output.contains("FloatReduce DoubleReduce"), output);
    assertTrue(output.contains("C2 is off"), output);
  }

  @Test
  void forcedAndImpossibleIsAnErrorThatSaysWhy() throws Exception {
    String output = probe("-Dfacula.kernels=simd");
    assertTrue(output.contains("-Dfacula.kernels=simd is impossible"), output);
    assertTrue(output.contains("--add-modules jdk.incubator.vector"), output);
    output = probe("-Dfacula.kernels=fast");
    assertTrue(output.contains("-Dfacula.kernels=fast: neither \"scalar\" nor \"simd\""), output);
  }

  /** What {@link Probe} prints in a new JVM with these options. */
  private static String probe(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Probe.class.getName()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  static final class Probe {
    private Probe() {}

    public static void main(String[] args) {
      System.out.println(
          Backend.F32.reduce().getClass().getSimpleName()
              + " "
              + Backend.F64.reduce().getClass().getSimpleName());
      System.out.println(Backend.description());
    }
  }
}
