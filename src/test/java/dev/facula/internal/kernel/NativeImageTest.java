package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is told to GraalVM about classes that are found by name. */
class NativeImageTest {
  private static final String FILE =
      "/META-INF/native-image/dev.facula/facula/reachability-metadata.json";

  @Test
  void theMetadataNameWhatIsLookedUp() throws Exception {
    Set<String> methods = new TreeSet<>();
    String type = "";
    try (var in = NativeImageTest.class.getResourceAsStream(FILE);
        var json = new JsonFactory().createParser(in)) {
      for (JsonToken t = json.nextToken(); t != null; t = json.nextToken()) {
        if (t == JsonToken.VALUE_STRING) {
          switch (json.currentName()) {
            case "type" -> type = json.getText();
            case "typeReached" -> assertNotNull(Class.forName(json.getText()));
            case "name" -> methods.add(type.replaceAll(".*\\.", "") + "." + json.getText());
            default -> throw new AssertionError(json.currentName());
          }
        }
      }
    }
    assertEquals(
        Set.of(
            "SimdFloatKernels.vectorBits", "SimdFloatKernels.create", "SimdDoubleKernels.create"),
        methods);
    for (String method : methods) {
      String[] parts = method.split("\\.", -1);
      // Not initialized: without the flag the class cannot be.
      String name = Backend.class.getPackageName() + ".simd." + parts[0];
      Class<?> c = Class.forName(name, false, Backend.class.getClassLoader());
      assertNotNull(c);
      if (ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()) {
        assertNotNull(c.getMethod(parts[1]));
      }
    }
  }
}
