package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.facula.loss.CrossEntropyLoss;
import dev.facula.loss.MSELoss;
import dev.facula.loss.MultiLabelSoftMarginLoss;
import dev.facula.nn.BatchNorm1d;
import dev.facula.nn.Dropout;
import dev.facula.nn.LSTM;
import dev.facula.nn.Linear;
import dev.facula.nn.Module;
import dev.facula.nn.Sequential;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What meets a Java developer first who does not know PyTorch. */
final class FirstHourTest {
  @Test
  void aBatchOfOneHasTheRankOfOthers() {
    assertArrayEquals(new int[] {1}, Tensor.of(new long[] {3}).shape());
    assertArrayEquals(new int[] {2}, Tensor.of(new long[] {3, 4}).shape());
    assertArrayEquals(new int[] {1, 2}, Tensor.of(new float[][] {{1, 2}}).shape());
    assertArrayEquals(new int[] {0}, Tensor.of(new double[0]).shape());
    assertArrayEquals(new int[] {1}, Tensor.of(new boolean[] {true}).shape());
  }

  /** Two copies of the library, each with a seed of its own, as two processes have. */
  @Test
  void everyProcessDrawsOtherNumbers() throws Exception {
    List<URL> path = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      path.add(Path.of(entry).toUri().toURL());
    }
    List<Long> seeds = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      try (var loader =
          new URLClassLoader(path.toArray(new URL[0]), ClassLoader.getPlatformClassLoader())) {
        Class<?> facula = loader.loadClass("dev.facula.Facula");
        seeds.add((Long) facula.getMethod("initialSeed").invoke(null));
      }
    }
    assertNotEquals(seeds.get(0), seeds.get(1));
    Facula.manualSeed(7);
    assertEquals(7, Facula.initialSeed());
    float[] first = Tensor.rand(3).toFloatArray();
    Facula.manualSeed(Facula.initialSeed());
    assertArrayEquals(first, Tensor.rand(3).toFloatArray());
    assertEquals(67280421310721L, new Generator().initialSeed());
  }

  @Test
  void warmingUpLeavesNoTrace() {
    Module net = new Sequential(new Linear(3, 2), new Dropout(0.5));
    Facula.manualSeed(3);
    Tensor expected = Tensor.rand(4);
    Facula.manualSeed(3);
    Facula.warmUp(net, Tensor.ones(1, 3));
    assertArrayEquals(expected.toFloatArray(), Tensor.rand(4).toFloatArray());
    AtomicInteger calls = new AtomicInteger();
    Facula.warmUp(
        x -> {
          calls.incrementAndGet();
          assertFalse(Facula.isGradEnabled());
          return x.mul(2);
        },
        Tensor.ones(2));
    assertTrue(calls.get() >= 200, calls + " calls");
    assertTrue(Facula.isGradEnabled());
  }

  @Test
  void aModuleIsSavedAndLoaded(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("net.safetensors");
    Module net = new Sequential(new Linear(3, 2), new BatchNorm1d(2));
    net.save(file);
    Module other = new Sequential(new Linear(3, 2), new BatchNorm1d(2));
    other.load(file);
    net.stateDict().forEach((name, t) -> assertTrue(t.equal(other.stateDict().get(name)), name));
    String message =
        assertThrows(IllegalArgumentException.class, () -> new Linear(3, 2).load(file))
            .getMessage();
    assertTrue(message.contains("0.weight"), message);
    assertThrows(IOException.class, () -> net.load(folder.resolve("none")));
  }

  @Test
  void tablesGoInAndOut() {
    Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
    assertArrayEquals(new float[] {3, 4}, x.toArray(float[][].class)[1]);
    assertEquals(3, x.item(1, 0));
    assertEquals(6, new Linear(2, 2).parameterCount());
    Tensor scores = Tensor.of(new float[][] {{2, 0}, {0, 2}});
    int[] labels = {0, 1};
    assertEquals(0.126928, Functional.crossEntropy(scores, Tensor.of(labels)).item(), 1e-6);
  }

  @Test
  void anonymousModulesHaveTheNameOfTheirClass() {
    Module own =
        new Module() {
          @Override
          public Tensor forward(Tensor x) {
            return x;
          }
        };
    assertTrue(own.toString().startsWith("Module"), own::toString);
    Module layer = new Sequential(new Linear(2, 3)) {};
    String message =
        assertThrows(ShapeException.class, () -> layer.forward(Tensor.ones(1, 5))).getMessage();
    assertTrue(layer.toString().startsWith("Sequential"), layer::toString);
    assertTrue(message.startsWith("Linear(2 -> 3): "), message);
  }

  @Test
  void whatIsWrongFirstIsSaidFirst() {
    String message =
        assertThrows(AutogradException.class, () -> Tensor.ones(3).backward()).getMessage();
    assertTrue(message.startsWith("backward: the tensor of shape [3] does not require a gradient"));
    message =
        assertThrows(AutogradException.class, () -> Tensor.ones(3).requiresGrad_().backward())
            .getMessage();
    assertTrue(message.contains("only for an output of one element"), message);
  }

  /** And not one that is at work in it. */
  @Test
  void messagesNameTheOperationThatWasCalled() {
    Tensor x = Tensor.ones(2, 3);
    Tensor y = Tensor.ones(4, 5);
    Map<String, Executable> calls = new LinkedHashMap<>();
    calls.put("dist", () -> x.dist(y, 2));
    calls.put("clamp", () -> x.clamp(y, y));
    calls.put("concat", () -> Tensor.concat(List.of(x, y), 0));
    calls.put("addmm", () -> x.addmm(x, y));
    calls.put("add_", () -> x.add_(y));
    calls.put("all", () -> x.all(7));
    calls.put("logsumexp", () -> x.logsumexp(7));
    calls.put("get", () -> x.get(9));
    calls.put("mseLoss", () -> new MSELoss().forward(x, y));
    calls.put("multilabelSoftMarginLoss", () -> new MultiLabelSoftMarginLoss().forward(x, y));
    calls.put("crossEntropy", () -> new CrossEntropyLoss().forward(x, Tensor.of(1, 9)));
    calls.put("LSTM(4 -> 2)", () -> new LSTM(4, 2).forward(Tensor.ones(DType.FLOAT64, 5, 4)));
    calls.forEach(
        (name, call) -> {
          String message = assertThrows(IllegalArgumentException.class, call, name).getMessage();
          assertTrue(message.startsWith(name + ": "), message);
        });
    // an exception of the user's own stays as it is
    Tensor z = Tensor.ones(2).requiresGrad_();
    z.registerHook(
        g -> {
          throw new ShapeException("mine: no");
        });
    assertEquals(
        "mine: no", assertThrows(ShapeException.class, () -> z.sum().backward()).getMessage());
  }

  /** In a named module that is not open the search for forgotten layers sees nothing. */
  @Test
  void aClosedPackageIsTold(@TempDir Path folder) throws Exception {
    Path source = Files.createDirectories(folder.resolve("src/app"));
    Files.writeString(folder.resolve("src/module-info.java"), "module my.app { exports app; }");
    Files.writeString(
        source.resolve("Net.java"),
        """
        package app;
        public final class Net extends dev.facula.nn.Module {
          private final dev.facula.nn.Linear forgotten = new dev.facula.nn.Linear(2, 2);
          @Override public dev.facula.Tensor forward(dev.facula.Tensor x) {
            return forgotten.forward(x);
          }
        }
        """);
    Path out = folder.resolve("out");
    int result =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "--add-reads",
                "my.app=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "-d",
                out.toString(),
                folder.resolve("src/module-info.java").toString(),
                source.resolve("Net.java").toString());
    assertEquals(0, result);
    Configuration configuration =
        ModuleLayer.boot()
            .configuration()
            .resolve(ModuleFinder.of(out), ModuleFinder.of(), Set.of("my.app"));
    ClassLoader parent = FirstHourTest.class.getClassLoader();
    ModuleLayer.Controller layer =
        ModuleLayer.defineModulesWithOneLoader(configuration, List.of(ModuleLayer.boot()), parent);
    layer.addReads(layer.layer().findModule("my.app").orElseThrow(), parent.getUnnamedModule());
    Class<?> type = layer.layer().findLoader("my.app").loadClass("app.Net");
    List<String> told = new ArrayList<>();
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(Module.class);
    log.start();
    logger.addAppender(log);
    try {
      for (int i = 0; i < 2; i++) {
        ((Module) type.getConstructor().newInstance()).parameters();
      }
    } finally {
      logger.detachAppender(log);
    }
    log.list.forEach(e -> told.add(e.getFormattedMessage()));
    assertEquals(
        List.of(
            "Layers and parameters that app.Net holds without having registered them are not"
                + " found: add `opens app to dev.facula;` to the module-info of my.app"),
        told);
  }
}
