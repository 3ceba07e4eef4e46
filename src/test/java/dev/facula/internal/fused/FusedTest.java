package dev.facula.internal.fused;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.Tensor;
import dev.facula.optim.Optimizer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class FusedTest {
  @Test
  void theTensorFillsThemInBeforeAnyoneReads() {
    Fused<Tensor> steps = Fused.of(Tensor.class);
    assertSame(steps, Fused.of(Tensor.class));
    Tensor p = Tensor.ones(3);
    steps.updates().sgd(p, Tensor.ones(3), 0.25, 0, false);
    assertEquals(0.75 * 3, p.sum().item());
    assertThrows(IllegalArgumentException.class, () -> Fused.of(String.class));
  }

  @Test
  void eachClassLoaderHasItsOwnWhoeverReadsFirst() throws Exception {
    int readers = 4;
    ExecutorService threads = Executors.newFixedThreadPool(readers);
    try {
      for (int i = 0; i < 5; i++) {
        Loader loader = new Loader();
        Class<?> tensor = loader.loadClass(Tensor.class.getName()); // not initialised yet
        Class<?> fused = loader.loadClass(Fused.class.getName());
        Class<?> optimizer = loader.loadClass(Optimizer.class.getName());
        CountDownLatch start = new CountDownLatch(readers);
        List<Future<Object>> found = new ArrayList<>();
        for (int r = 0; r < readers; r++) {
          boolean byOptimizer = r == 0;
          found.add(
              threads.submit(
                  () -> {
                    start.countDown();
                    start.await();
                    if (byOptimizer) {
                      Class.forName(optimizer.getName(), true, loader);
                    }
                    return fused.getMethod("of", Class.class).invoke(null, tensor);
                  }));
        }
        for (Future<Object> f : found) {
          assertSame(found.get(0).get(), f.get());
          assertNotSame(Fused.of(Tensor.class), f.get());
        }
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void thePackageIsNotExported() throws Exception {
    try (InputStream in = Fused.class.getResourceAsStream("/module-info.class")) {
      if (in != null) { // an IDE may compile without it
        assertFalse(
            java.lang.module.ModuleDescriptor.read(in).exports().stream()
                .anyMatch(e -> e.source().contains("internal")));
      }
    }
  }

  /** Loads the library's classes anew. */
  private static final class Loader extends ClassLoader {
    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith("dev.facula.")) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> known = findLoadedClass(name);
        if (known != null) {
          return known;
        }
        String file = '/' + name.replace('.', '/') + ".class";
        try (InputStream in = Tensor.class.getResourceAsStream(file)) {
          byte[] bytes = in.readAllBytes();
          return defineClass(name, bytes, 0, bytes.length);
        } catch (java.io.IOException | NullPointerException e) {
          throw new ClassNotFoundException(name, e);
        }
      }
    }
  }
}
