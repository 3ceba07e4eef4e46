package dev.facula.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;

import java.io.File;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Applications come and go in a server, whose threads stay. */
class UnloadingTest {
  /** Lends the API of logging, as a server does, and nothing else of the class path. */
  private static final class Server extends ClassLoader {
    Server() {
      super(ClassLoader.getPlatformClassLoader());
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      if (!name.startsWith("org.slf4j.")) {
        throw new ClassNotFoundException(name);
      }
      return UnloadingTest.class.getClassLoader().loadClass(name);
    }
  }

  private static URL[] classPath() throws Exception {
    List<URL> urls = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      urls.add(new File(entry).toURI().toURL());
    }
    return urls.toArray(new URL[0]);
  }

  private static WeakReference<ClassLoader> use(ClassLoader server, ExecutorService thread)
      throws Exception {
    URLClassLoader loader = new URLClassLoader(classPath(), server);
    Class<?> program = loader.loadClass(UnloadingProgram.class.getName());
    assertNotSame(UnloadingProgram.class, program);
    Runnable application = (Runnable) program.getConstructor().newInstance();
    Thread here = Thread.currentThread();
    ClassLoader before = here.getContextClassLoader();
    here.setContextClassLoader(loader);
    try {
      application.run();
    } finally {
      here.setContextClassLoader(before);
    }
    thread.submit(application).get();
    return new WeakReference<>(loader);
  }

  @Test
  void loadersOfTheLibraryAreUnloaded() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    ClassLoader server = new Server();
    for (int i = 0; i < 8; i++) {
      loaders.add(use(server, thread));
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    long loaded = 8;
    while (loaded > 0 && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(20);
      loaded = loaders.stream().filter(l -> l.get() != null).count();
    }
    thread.shutdown();
    assertEquals(0, loaded, "loaders of 8 that something keeps");
  }
}
