package dev.facula.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.Tensor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The check for parts that are not registered, where fields cannot be asked for. */
class RegistrationTest {
  private static final String IMAGE = "org.graalvm.nativeimage.imagecode";

  private static final class Forgotten extends Module {
    final Linear known = register("known", new Linear(2, 2));
    final Linear forgotten = new Linear(2, 2);

    @Override
    public Tensor forward(Tensor x) {
      return forgotten.forward(known.forward(x));
    }
  }

  @Test
  void isSilentInANativeImage() {
    var net = new Forgotten();
    assertThrows(IllegalStateException.class, net::parameters);
    System.setProperty(IMAGE, "runtime");
    try {
      assertEquals(Set.of("known.weight", "known.bias"), net.namedParameters().keySet());
    } finally {
      System.clearProperty(IMAGE);
    }
    assertThrows(IllegalStateException.class, net::parameters);
  }

  @Test
  void passesAClassThatNamesAMissingType(@TempDir Path dir) throws Exception {
    Path source = dir.resolve("Broken.java");
    Files.writeString(
        source,
        """
        public class Broken extends dev.facula.nn.Module {
          Missing part;
          public Broken() { register("known", new dev.facula.nn.Linear(2, 2)); }
        }
        class Missing {}
        """);
    int failed =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-cp",
                System.getProperty("java.class.path"),
                source.toString());
    assertEquals(0, failed);
    Files.delete(dir.resolve("Missing.class"));
    try (var loader = new URLClassLoader(new URL[] {dir.toUri().toURL()})) {
      Class<?> broken = loader.loadClass("Broken");
      assertThrows(NoClassDefFoundError.class, broken::getDeclaredFields);
      var net = (Module) broken.getConstructor().newInstance();
      assertEquals(Set.of("known.weight", "known.bias"), net.stateDict().keySet());
    }
  }
}
