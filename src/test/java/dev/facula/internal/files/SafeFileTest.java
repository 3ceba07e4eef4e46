package dev.facula.internal.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Saving over files of all kinds, at the same time, and with sudden ends. */
class SafeFileTest {
  @TempDir Path folder;

  private static void write(Path path, String text) throws IOException {
    SafeFile.write(path, out -> out.write(text.getBytes(StandardCharsets.UTF_8)));
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(folder)) {
      return files.map(p -> p.getFileName().toString()).sorted().toList();
    }
  }

  private static void assumePosix(Path path) {
    assumeTrue(path.getFileSystem().supportedFileAttributeViews().contains("posix"));
  }

  @Test
  void replacesAndLeavesNothingBeside() throws IOException {
    Path file = folder.resolve("a");
    write(file, "old and longer");
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a"), names());
    byte[] large = new byte[1_000_000];
    Arrays.fill(large, (byte) 7);
    SafeFile.write(
        file,
        out -> {
          out.write(1);
          out.write(large);
        });
    assertEquals(1_000_001, Files.size(file));
  }

  @Test
  void aFailureLeavesTheOldFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a"), "old");
    for (Throwable failure : List.of(new IOException("x"), new IllegalStateException("x"))) {
      assertThrows(
          failure.getClass(),
          () ->
              SafeFile.write(
                  file,
                  out -> {
                    out.write(new byte[200_000]);
                    if (failure instanceof IOException e) {
                      throw e;
                    }
                    throw (IllegalStateException) failure;
                  }));
      assertEquals("old", Files.readString(file));
      assertEquals(List.of("a"), names());
    }
    write(file, "new");
    assertEquals("new", Files.readString(file));
  }

  @Test
  void whatAKilledSaveLeftIsOverwritten() throws IOException {
    Path file = folder.resolve("a");
    Files.writeString(folder.resolve(".a.part"), "left behind, and longer than what comes");
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a"), names());
  }

  @Test
  void longNamesLeaveNoRoomForMore() throws IOException {
    Path file = folder.resolve("a".repeat(255));
    write(file, "old");
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(1, names().size());
  }

  @Test
  void aPartThatIsNoFileIsNamed() throws IOException {
    assumePosix(folder);
    Path victim = Files.writeString(folder.resolve("victim"), "precious");
    Files.createSymbolicLink(folder.resolve(".a.part"), victim);
    var e = assertThrows(IOException.class, () -> write(folder.resolve("a"), "new"));
    assertTrue(e.getMessage().contains(".a.part"), e.getMessage());
    assertEquals("precious", Files.readString(victim));
  }

  @Test
  void symbolicLinksStay() throws IOException {
    assumePosix(folder);
    Path store = Files.createDirectory(folder.resolve("store"));
    Path file = Files.writeString(store.resolve("v1"), "old");
    Path inner = Files.createSymbolicLink(store.resolve("latest"), Path.of("v1"));
    Path link = Files.createSymbolicLink(folder.resolve("link"), inner);
    write(link, "new");
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.isSymbolicLink(inner));
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("link", "store"), names());

    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("store/v2"));
    write(dangling, "made");
    assertTrue(Files.isSymbolicLink(dangling));
    assertEquals("made", Files.readString(store.resolve("v2")));

    Path loop = Files.createSymbolicLink(folder.resolve("loop"), Path.of("loop"));
    assertThrows(IOException.class, () -> write(loop, "x"));
    assertTrue(Files.isSymbolicLink(loop));
  }

  @Test
  void twoNamesOfOneFileAreOneFile() throws IOException {
    assumePosix(folder);
    Path file = Files.writeString(folder.resolve("a"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    SafeFile.write(
        file,
        out -> {
          assertThrows(IOException.class, () -> write(link, "other"));
          out.write('n');
        });
    assertEquals("n", Files.readString(file));
  }

  @Test
  void permissionsStay() throws IOException {
    assumePosix(folder);
    Path fresh = folder.resolve("fresh");
    write(fresh, "x");
    Path usual = Files.createFile(folder.resolve("usual"));
    assertEquals(
        Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(fresh), "the umask");
    for (String permissions : List.of("rw-------", "rw-rw-rw-", "rwxr-x---", "rw-r-----")) {
      var set = PosixFilePermissions.fromString(permissions);
      Files.setPosixFilePermissions(fresh, set);
      SafeFile.write(
          fresh,
          out -> assertEquals(set, Files.getPosixFilePermissions(folder.resolve(".fresh.part"))));
      assertEquals(set, Files.getPosixFilePermissions(fresh));
    }
  }

  @Test
  void directoriesAndMissingFoldersAreRefused() throws IOException {
    Path directory = Files.createDirectory(folder.resolve("d"));
    var e = assertThrows(IOException.class, () -> write(directory, "x"));
    assertTrue(e.getMessage().contains("is a directory"), e.getMessage());
    assertThrows(IOException.class, () -> write(folder.resolve("missing/a"), "x"));
    assertThrows(IOException.class, () -> write(Path.of("/"), "x"));
    assertEquals(List.of("d"), names());
  }

  @Test
  void devicesAndPipesAreWrittenTo() throws Exception {
    Path device = Path.of("/dev/null");
    assumeTrue(Files.exists(device));
    write(device, "gone");
    assertTrue(Files.readAttributes(device, "*").get("isOther").equals(true));
    assertFalse(Files.exists(Path.of("/dev/.null.part")));

    Path pipe = folder.resolve("pipe");
    Process made = new ProcessBuilder("mkfifo", pipe.toString()).start();
    assumeTrue(made.waitFor() == 0);
    AtomicReference<String> read = new AtomicReference<>();
    Thread reader =
        new Thread(
            () -> {
              try {
                read.set(Files.readString(pipe));
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    reader.start();
    write(pipe, "through");
    reader.join(10_000);
    assertEquals("through", read.get());
    assertEquals(List.of("pipe"), names());
    assertFalse(Files.isRegularFile(pipe));
  }

  @Test
  void aSecondThreadIsTold() throws Exception {
    Path file = folder.resolve("a");
    var started = new CountDownLatch(1);
    var finish = new CountDownLatch(1);
    Thread first =
        new Thread(
            () -> {
              try {
                SafeFile.write(
                    file,
                    out -> {
                      started.countDown();
                      try {
                        finish.await();
                      } catch (InterruptedException e) {
                        throw new IOException(e);
                      }
                      out.write('1');
                    });
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    first.start();
    started.await();
    var e = assertThrows(IOException.class, () -> write(file, "2"));
    assertTrue(e.getMessage().contains("another thread is writing it"), e.getMessage());
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    write(folder.resolve("b"), "others go on");
    finish.countDown();
    first.join();
    assertEquals("1", Files.readString(file));
    write(file, "2");
    assertEquals("2", Files.readString(file));
  }

  @Test
  void racingThreadsWriteWholeFiles() throws Exception {
    Path file = folder.resolve("a");
    var barrier = new CyclicBarrier(4);
    var done = new AtomicInteger();
    List<Thread> threads =
        IntStream.range(0, 4)
            .mapToObj(
                t ->
                    new Thread(
                        () -> {
                          byte[] content = new byte[50_000];
                          Arrays.fill(content, (byte) t);
                          for (int i = 0; i < 25; i++) {
                            try {
                              barrier.await();
                              SafeFile.write(file, out -> out.write(content));
                              done.incrementAndGet();
                            } catch (IOException e) {
                              assertTrue(e.getMessage().contains("another thread"));
                            } catch (Exception e) {
                              throw new IllegalStateException(e);
                            }
                          }
                        }))
            .toList();
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertTrue(done.get() >= 25, "one of each round");
    byte[] found = Files.readAllBytes(file);
    assertEquals(50_000, found.length);
    byte[] expected = new byte[50_000];
    Arrays.fill(expected, found[0]);
    assertArrayEquals(expected, found);
    assertEquals(List.of("a"), names());
  }

  @Test
  void anInterruptedThreadSaves() throws IOException {
    Path file = folder.resolve("a");
    Thread.currentThread().interrupt();
    write(file, "saved");
    assertTrue(Thread.interrupted(), "the interrupt is still there");
    assertEquals("saved", Files.readString(file));
  }

  @Test
  void anotherProcessIsToldAndItsDeathLeavesTheOldFile() throws Exception {
    Path file = Files.writeString(folder.resolve("a"), "old");
    Process child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Saver.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try (InputStream out = child.getInputStream()) {
      assertEquals('s', out.read(), "it has begun");
      var e = assertThrows(IOException.class, () -> write(file, "new"));
      assertTrue(e.getMessage().contains("another process is writing it"), e.getMessage());
    } finally {
      child.destroyForcibly();
    }
    assertTrue(child.waitFor(30, TimeUnit.SECONDS));
    assertEquals("old", Files.readString(file));
    assertEquals(List.of(".a.part", "a"), names());
    write(file, "new");
    assertEquals("new", Files.readString(file));
    assertEquals(List.of("a"), names());
  }

  /** Begins a save that never ends. */
  static final class Saver {
    private Saver() {}

    public static void main(String[] args) throws IOException {
      SafeFile.write(
          Path.of(args[0]),
          out -> {
            out.write(new byte[300_000]);
            System.out.write('s');
            System.out.flush();
            try {
              Thread.sleep(60_000);
            } catch (InterruptedException e) {
              throw new IOException(e);
            }
          });
    }
  }

  @Test
  void filesOfOtherProvidersAreWrittenAndRead() throws IOException {
    Path zip = folder.resolve("x.zip");
    try (var files = FileSystems.newFileSystem(zip, Map.of("create", "true"))) {
      Path inside = files.getPath("/a");
      write(inside, "old");
      write(inside, "new");
      assertEquals("new", Files.readString(inside));
      try (SharedFile file = SharedFile.open(inside)) {
        byte[] bytes = new byte[3];
        assertEquals(3, file.size());
        assertEquals(2, file.read(1, bytes, 1, 2));
        assertArrayEquals(new byte[] {0, 'e', 'w'}, bytes);
      }
      assertFalse(Files.exists(files.getPath("/.a.part")));
    }
  }
}
