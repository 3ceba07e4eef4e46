package dev.facula.internal.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class KernelTwinsTest {
  @Test
  void twinsAreUpToDate() throws IOException {
    var twins = KernelTwins.expected();
    assertFalse(twins.isEmpty(), "run in the root of the project");
    for (var twin : twins.entrySet()) {
      assertTrue(
          Files.exists(twin.getKey())
              && KernelTwins.sameCode(Files.readString(twin.getKey()), twin.getValue()),
          () -> twin.getKey() + " is out of date: run " + KernelTwins.COMMAND);
    }
  }

  @Test
  void substitution() {
    assertEquals("double x = 1.0 + 2.5e-3;", KernelTwins.twin("float x = 1f + 2.5e-3f;"));
    assertEquals("DoubleMath.exp(offset)", KernelTwins.twin("FloatMath.exp(offset)"));
  }
}
