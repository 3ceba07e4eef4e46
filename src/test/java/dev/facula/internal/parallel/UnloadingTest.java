package dev.facula.internal.parallel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import java.security.CodeSource;
import java.security.ProtectionDomain;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    long loaded = loadedAfterAWhile(loaders);
    thread.shutdown();
    assertEquals(0, loaded, "loaders of 8 that something keeps");
  }

  /** Defines one application itself, and has the rest from the server. */
  private static final class Application extends ClassLoader {
    private static final String NAME = UnloadingApplication.class.getName();

    Application() {
      super(UnloadingTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(NAME)) {
        return super.loadClass(name, resolve);
      }
      Class<?> known = findLoadedClass(name);
      if (known != null) {
        return known;
      }
      String file = name.replace('.', '/') + ".class";
      try (InputStream in = getParent().getResourceAsStream(file)) {
        byte[] code = in.readAllBytes();
        // a domain as class loaders of servers have it: it leads to the loader
        var domain =
            new ProtectionDomain(new CodeSource(null, (Certificate[]) null), null, this, null);
        return defineClass(name, code, 0, code.length, domain);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  private static WeakReference<ClassLoader> useShared() throws Exception {
    ClassLoader loader = new Application();
    Class<?> program = loader.loadClass(UnloadingApplication.class.getName());
    assertSame(loader, program.getClassLoader());
    Thread thread = new Thread((Runnable) program.getConstructor().newInstance());
    thread.setContextClassLoader(loader);
    thread.start();
    thread.join();
    return new WeakReference<>(loader);
  }

  @Test
  void applicationsOnASharedLibraryAreUnloaded() throws Exception {
    int threads = Parallel.threads();
    try {
      // the application is the first to need workers, which then stay
      Parallel.setPatience(1);
      Parallel.setThreads(8);
      Parallel.run(8, i -> LockSupport.parkNanos(1_000_000));
      while (Thread.getAllStackTraces().keySet().stream()
          .anyMatch(t -> t.getName().startsWith("facula-worker-"))) {
        Thread.sleep(1);
      }
      Parallel.setPatience(TimeUnit.MINUTES.toNanos(5));
      List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        loaders.add(useShared());
      }
      assertEquals(0, loadedAfterAWhile(loaders), "loaders of 3 that something keeps");
    } finally {
      Parallel.setPatience(1);
      Parallel.run(8, i -> LockSupport.parkNanos(1_000_000)); // wakes those that wait
      Parallel.setPatience(TimeUnit.SECONDS.toNanos(3));
      Parallel.setThreads(threads);
    }
  }

  private static long loadedAfterAWhile(List<WeakReference<ClassLoader>> loaders)
      throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    long loaded = loaders.size();
    while (loaded > 0 && System.nanoTime() < end) {
      System.gc();
      Thread.sleep(20);
      loaded = loaders.stream().filter(l -> l.get() != null).count();
    }
    return loaded;
  }
}
