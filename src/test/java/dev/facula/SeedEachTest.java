package dev.facula;

import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Lets every test draw the same numbers in each run, since processes begin with other seeds. */
public final class SeedEachTest implements BeforeEachCallback {
  @Override
  public void beforeEach(ExtensionContext context) {
    Facula.manualSeed(0);
  }
}
