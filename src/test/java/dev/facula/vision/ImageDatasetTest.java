package dev.facula.vision;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import dev.facula.data.Batch;
import dev.facula.data.DataLoader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data sets in tiny files of the published formats. */
class ImageDatasetTest {
  @TempDir Path root;

  private static byte[] counting(int n) {
    byte[] bytes = new byte[n];
    for (int i = 0; i < n; i++) {
      bytes[i] = (byte) i;
    }
    return bytes;
  }

  private static byte[] images() {
    return DataFilesTest.idx(0x803, new int[] {3, 2, 4}, counting(24));
  }

  private static byte[] labels(int... labels) {
    byte[] bytes = new byte[labels.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) labels[i];
    }
    return DataFilesTest.idx(0x801, new int[] {labels.length}, bytes);
  }

  private void mnist(String folder, String part, byte[] images, byte[] labels) throws IOException {
    Path place = Files.createDirectories(root.resolve(folder));
    Files.write(place.resolve(part + "-images-idx3-ubyte"), images);
    Files.write(place.resolve(part + "-labels-idx1-ubyte.gz"), DataFilesTest.gzip(labels));
  }

  @Test
  void mnistIsReadFromBothPlaces() throws IOException {
    mnist("MNIST/raw", "train", images(), labels(7, 0, 9));
    mnist(".", "t10k", images(), labels(1, 2, 3));
    MNIST train = new MNIST(root);
    assertEquals(3, train.size());
    assertArrayEquals(new int[] {3, 1, 2, 4}, train.images().shape());
    assertEquals(DType.UINT8, train.images().dtype());
    assertArrayEquals(new long[] {7, 0, 9}, train.labels().toLongArray());
    assertEquals(10, train.classes().size());
    Tensor[] sample = train.get(1);
    assertArrayEquals(new long[] {8, 9, 10, 11, 12, 13, 14, 15}, sample[0].toLongArray());
    assertEquals(0, sample[1].dim());
    assertEquals(DType.INT64, sample[1].dtype());
    sample[0].zero_(); // a copy
    assertEquals(8, train.images().select(0, 1).toLongArray()[0]);

    MNIST test = new MNIST(root, o -> o.train(false).transform(new ToTensor()));
    Batch batch = new DataLoader(test, 2).iterator().next();
    assertEquals(DType.FLOAT32, batch.input().dtype());
    assertArrayEquals(new int[] {2, 1, 2, 4}, batch.input().shape());
    assertArrayEquals(new long[] {1, 2}, batch.target().toLongArray());
    assertEquals(15 / 255f, (float) batch.input().amax().item());
    Batch plain = train.getBatch(2, 0);
    assertEquals(DType.UINT8, plain.input().dtype());
    assertArrayEquals(new long[] {9, 7}, plain.target().toLongArray());
  }

  @Test
  void missingFilesAreNamedWithTheirPlace() {
    for (var load :
        List.<org.junit.jupiter.api.function.Executable>of(
            () -> new MNIST(root), () -> new FashionMNIST(root), () -> new CIFAR10(root))) {
      var e = assertThrows(NoSuchFileException.class, load);
      assertTrue(e.getMessage().contains("download(true)"), e.getMessage());
      assertTrue(e.getMessage().contains(root.toString()), e.getMessage());
    }
    var e = assertThrows(NoSuchFileException.class, () -> new MNIST(root));
    assertTrue(
        e.getMessage().contains("[train-images-idx3-ubyte, train-labels-idx1-ubyte] not found"),
        e.getMessage());
    e = assertThrows(NoSuchFileException.class, () -> new CIFAR100(root, o -> o.train(false)));
    assertTrue(e.getMessage().contains("[test.bin]"), e.getMessage());
    assertTrue(e.getMessage().contains("[cifar-100-binary.tar.gz]"), e.getMessage());
  }

  @Test
  void contradictionsAreRefused() throws IOException {
    mnist("MNIST/raw", "train", images(), labels(7, 0));
    refused("2 labels for the 3 images");
    mnist("MNIST/raw", "train", images(), labels(7, 0, 10));
    refused("label of image 2: 10, there are 10 classes");
    mnist("MNIST/raw", "train", labels(1), labels(1));
    refused("magic number 00000801");
  }

  private void refused(String message) {
    var e = assertThrows(FileFormatException.class, () -> new MNIST(root));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  private static byte[] cifar(int labelBytes, int... labels) {
    byte[] bytes = new byte[labels.length * (labelBytes + 3072)];
    for (int i = 0; i < labels.length; i++) {
      int at = i * (labelBytes + 3072);
      bytes[at + labelBytes - 1] = (byte) labels[i];
      Arrays.fill(bytes, at + labelBytes, at + labelBytes + 1024, (byte) (10 + i));
      Arrays.fill(bytes, at + labelBytes + 1024, at + labelBytes + 2048, (byte) 20);
      Arrays.fill(bytes, at + labelBytes + 2048, at + labelBytes + 3072, (byte) -1);
    }
    return bytes;
  }

  @Test
  void cifarIsRead() throws IOException {
    Path place = Files.createDirectory(root.resolve("cifar-10-batches-bin"));
    for (int i = 1; i <= 5; i++) {
      Files.write(place.resolve("data_batch_" + i + ".bin"), cifar(1, i, 9));
    }
    Files.write(place.resolve("test_batch.bin.gz"), DataFilesTest.gzip(cifar(1, 4)));
    CIFAR10 train = new CIFAR10(root);
    assertArrayEquals(new int[] {10, 3, 32, 32}, train.images().shape());
    assertArrayEquals(new long[] {1, 9, 2, 9, 3, 9, 4, 9, 5, 9}, train.labels().toLongArray());
    Tensor second = train.get(1)[0].to(DType.INT32);
    assertArrayEquals(new long[] {11, 20, 255}, second.amax(1, 2).toLongArray());
    assertArrayEquals(new long[] {11, 20, 255}, second.amin(1, 2).toLongArray());
    assertEquals(1, new CIFAR10(root, o -> o.train(false)).size());
    assertEquals("truck", train.classes().get(9));

    Files.write(root.resolve("train.bin"), cifar(2, 99, 0));
    CIFAR100 fine = new CIFAR100(root);
    assertArrayEquals(new long[] {99, 0}, fine.labels().toLongArray());
    assertEquals(100, fine.classes().stream().distinct().count());
    assertEquals("worm", fine.classes().get(99));
    assertEquals(fine.classes().stream().sorted().toList(), fine.classes());
  }

  @Test
  void cutOrWrongCifarFilesAreRefused() throws IOException {
    byte[] good = cifar(1, 3, 4);
    Path file = root.resolve("test_batch.bin");
    for (int n : new int[] {0, 1, 3072, 3074, good.length - 1}) {
      Files.write(file, Arrays.copyOf(good, n));
      var e = assertThrows(FileFormatException.class, () -> new CIFAR10(root, o -> o.train(false)));
      assertTrue(e.getMessage().contains(n == 0 ? "is empty" : "ends within"), e.getMessage());
    }
    Files.write(file, cifar(1, 3, 10));
    var e = assertThrows(FileFormatException.class, () -> new CIFAR10(root, o -> o.train(false)));
    assertTrue(e.getMessage().contains("label of image 1: 10"), e.getMessage());
  }

  @Test
  void damagedFilesAreReplacedFromTheArchive() throws IOException {
    Path folder = root.resolve("cifar-10-batches-bin");
    Path archive = root.resolve("cifar-10-binary.tar.gz");
    String[] names = {
      "c/data_batch_1.bin",
      "c/data_batch_2.bin",
      "c/data_batch_3.bin",
      "c/data_batch_4.bin",
      "c/data_batch_5.bin",
      "c/test_batch.bin"
    };
    byte[][] contents = new byte[6][];
    Arrays.fill(contents, cifar(1, 3, 4));
    Files.write(archive, DataFilesTest.gzip(DataFilesTest.tar(names, contents)));
    Path file = folder.resolve("test_batch.bin");
    byte[] wrongLabel = cifar(1, 3, 77);
    for (byte[] damaged : new byte[][] {{}, {1, 2}, wrongLabel, cifar(1, 3)}) {
      Files.createDirectories(folder);
      Files.write(file, damaged);
      CIFAR10 test = new CIFAR10(root, o -> o.train(false));
      assertArrayEquals(new long[] {3, 4}, test.labels().toLongArray());
      assertArrayEquals(contents[5], Files.readAllBytes(file));
    }
    try (var files = Files.list(folder)) {
      assertEquals(6, files.count(), "no parts");
    }
    Files.write(archive, new byte[] {1, 2, 3});
    Files.write(file, new byte[] {1});
    var e = assertThrows(FileFormatException.class, () -> new CIFAR10(root, o -> o.train(false)));
    assertEquals(archive, e.file());
    assertTrue(e.getMessage().contains("Delete the file"), e.getMessage());
    Files.delete(archive);
    e = assertThrows(FileFormatException.class, () -> new CIFAR10(root, o -> o.train(false)));
    assertEquals(file, e.file());
    assertTrue(e.getMessage().contains("Delete the file"), e.getMessage());
  }

  /** A megabyte that would become a gigabyte. */
  @Test
  void bombsAreRefused() throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      byte[] tar = DataFilesTest.tar(new String[] {"c/test_batch.bin"}, new byte[][] {{}});
      byte[] size = "11000000000".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(size, 0, tar, 124, size.length); // in octal: 1.2 GB
      gzip.write(tar, 0, 512);
      for (int i = 0; i < 40; i++) {
        gzip.write(new byte[1 << 20]);
      }
    }
    Files.write(root.resolve("cifar-10-binary.tar.gz"), out.toByteArray());
    var e = assertThrows(FileFormatException.class, () -> new CIFAR10(root, o -> o.train(false)));
    assertTrue(e.getMessage().contains("the published file 30730000"), e.getMessage());
    Files.delete(root.resolve("cifar-10-binary.tar.gz"));

    byte[] header = DataFilesTest.idx(0x803, new int[] {40, 1000, 28000}, new byte[0]);
    mnist("MNIST/raw", "train", new byte[0], labels(1));
    Files.delete(root.resolve("MNIST/raw/train-images-idx3-ubyte"));
    Files.write(root.resolve("MNIST/raw/train-images-idx3-ubyte.gz"), DataFilesTest.gzip(header));
    refused("the published file has 47040000");
  }

  @Test
  void aDamagedPlainFileGivesWayToThePackedOne() throws IOException {
    mnist("MNIST/raw", "train", Arrays.copyOf(images(), 20), labels(7, 0, 9));
    refused("Delete the file");
    Files.write(root.resolve("MNIST/raw/train-images-idx3-ubyte.gz"), DataFilesTest.gzip(images()));
    Files.write(root.resolve("MNIST/raw/train-labels-idx1-ubyte"), labels(7, 0, 99));
    assertArrayEquals(new long[] {7, 0, 9}, new MNIST(root).labels().toLongArray());
    assertEquals(3, new MNIST(root).size());
  }

  // ---- downloads ----------------------------------------------------------------------------

  private static String md5(byte[] bytes) throws Exception {
    return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
  }

  @Test
  void downloadsOnlyWhenAllowedAndOnlyWhatIsMissing() throws Exception {
    byte[] images = DataFilesTest.gzip(images());
    byte[] labels = DataFilesTest.gzip(labels(1, 2, 3));
    byte[] archive =
        DataFilesTest.gzip(
            DataFilesTest.tar(
                new String[] {"c/", "c/test.bin", "c/readme.html"},
                new byte[][] {{}, cifar(2, 5), {1}}));
    Map<String, byte[]> published =
        Map.of(
            "/train-images-idx3-ubyte.gz", images,
            "/train-labels-idx1-ubyte.gz", labels,
            "/c.tar.gz", archive);
    List<String> asked = new ArrayList<>();
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          asked.add(path);
          byte[] body = published.get(path);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
    try {
      String url = "http://127.0.0.1:" + server.getAddress().getPort();
      var files =
          new PublishedFiles(
              "Digits",
              "Digits/raw",
              List.of("http://nowhere.invalid/"),
              Map.of(
                  "train-images-idx3-ubyte.gz", md5(images),
                  "train-labels-idx1-ubyte.gz", md5(labels)));
      assertThrows(
          NoSuchFileException.class, () -> IdxImages.load(files, root, o -> o.mirrors(url)));
      assertEquals(List.of(), asked);
      List<String> heard = new ArrayList<>();
      IdxImages data =
          IdxImages.load(
              files, root, o -> o.download(true).mirrors(url).progress((f, n, t) -> heard.add(f)));
      assertEquals(3, data.labels().size(0));
      assertEquals(List.of("/train-images-idx3-ubyte.gz", "/train-labels-idx1-ubyte.gz"), asked);
      assertTrue(heard.contains("train-labels-idx1-ubyte.gz"));
      IdxImages.load(files, root, o -> o.download(true).mirrors(url));
      assertEquals(2, asked.size(), "it was there");

      var format =
          new Cifar.Format(
              new PublishedFiles("C", "c", List.of(url + "/"), Map.of("c.tar.gz", md5(archive))),
              "c.tar.gz",
              List.of("train.bin"),
              List.of("test.bin"),
              50_000,
              10_000,
              2,
              100);
      Cifar cifar = Cifar.load(format, root, o -> o.train(false).download(true));
      assertArrayEquals(new long[] {5}, cifar.labels().toLongArray());
      assertTrue(Files.exists(root.resolve("c/test.bin")));
      assertFalse(Files.exists(root.resolve("c/readme.html")));
      Files.delete(root.resolve("c/test.bin"));
      Cifar.load(format, root, o -> o.train(false)); // from the archive, which is still there
      assertEquals(3, asked.size());

      Path fresh = root.resolve("fresh");
      var e =
          assertThrows(
              IOException.class, () -> new MNIST(fresh, o -> o.download(true).mirrors(url)));
      assertTrue(e.getMessage().contains("wrong checksum"), e.getMessage());

      // What is damaged is fetched again, where that is allowed.
      asked.clear();
      Files.write(root.resolve("c/test.bin"), new byte[] {1});
      Files.write(root.resolve("c.tar.gz"), new byte[] {1});
      Path raw = root.resolve("Digits/raw/train-images-idx3-ubyte.gz");
      Files.write(raw, Arrays.copyOf(images, 20));
      cifar = Cifar.load(format, root, o -> o.train(false).download(true));
      assertArrayEquals(new long[] {5}, cifar.labels().toLongArray());
      data = IdxImages.load(files, root, o -> o.download(true).mirrors(url));
      assertEquals(3, data.images().size(0));
      assertEquals(List.of("/c.tar.gz", "/train-images-idx3-ubyte.gz"), asked);
      assertArrayEquals(images, Files.readAllBytes(raw));
    } finally {
      server.stop(0);
    }
  }

  // ---- folders of images --------------------------------------------------------------------

  @Test
  void imageFoldersAreOrdered() throws IOException {
    for (String name : new String[] {"dog/b.png", "dog/a.PNG", "dog/deep/c.png", "cat/z.bmp"}) {
      Path file = root.resolve(name);
      Files.createDirectories(file.getParent());
      Images.write(TransformTest.pattern(3, 4, 5), file);
    }
    Files.writeString(root.resolve("dog/notes.txt"), "no image");
    ImageFolder folder = new ImageFolder(root);
    assertEquals(List.of("cat", "dog"), folder.classes());
    assertEquals(
        List.of("cat/z.bmp", "dog/a.PNG", "dog/b.png", "dog/deep/c.png"),
        folder.files().stream()
            .map(p -> root.relativize(p).toString().replace('\\', '/'))
            .toList());
    assertEquals(1, folder.get(3)[1].itemLong());
    Batch batch =
        new DataLoader(new ImageFolder(root, new ToTensor()), 4, o -> o.numWorkers(2))
            .iterator()
            .next();
    assertArrayEquals(new int[] {4, 3, 4, 5}, batch.input().shape());
    assertArrayEquals(new long[] {0, 1, 1, 1}, batch.target().toLongArray());
    assertThrows(IllegalArgumentException.class, () -> folder.get(4));
    Files.createDirectory(root.resolve("empty"));
    assertThrows(NoSuchFileException.class, () -> new ImageFolder(root));
    assertThrows(NoSuchFileException.class, () -> new ImageFolder(root.resolve("empty")));
    assertThrows(NoSuchFileException.class, () -> new ImageFolder(root.resolve("none")));
  }

  @Test
  void damagedImagesAreNamed() throws IOException {
    Path file = Files.createDirectory(root.resolve("a")).resolve("x.png");
    for (String ending : new String[] {"png", "bmp", "gif", "jpg"}) {
      Path written = root.resolve("w." + ending);
      Images.write(TransformTest.pattern(3, 9, 9), written);
      byte[] good = Files.readAllBytes(written);
      for (int n = 0; n < good.length; n += ending.equals("jpg") ? 7 : 1) {
        readsOrNames(Files.write(file, Arrays.copyOf(good, n)));
      }
      for (int at = 0; at < good.length; at += ending.equals("jpg") ? 5 : 1) {
        byte[] bad = good.clone();
        bad[at] ^= 0x41;
        readsOrNames(Files.write(file, bad));
      }
    }
    byte[] huge = Files.readAllBytes(root.resolve("w.png"));
    huge[18] = 0x20; // a width of 8201, and as high
    huge[22] = 0x20;
    Files.write(file, huge);
    var large = assertThrows(FileFormatException.class, () -> Images.read(file));
    assertTrue(large.getMessage().contains("an image of 8201 x 8201 in"), large.getMessage());
    Files.writeString(file, "this is no image");
    var e = assertThrows(UncheckedIOException.class, () -> new ImageFolder(root).get(0));
    assertTrue(e.getMessage().contains(file.toString()), e.getMessage());
    assertTrue(e.getMessage().contains("no image of a known format"), e.getMessage());
  }

  private static void readsOrNames(Path file) throws IOException {
    try {
      Images.read(file);
    } catch (FileFormatException e) {
      assertTrue(e.getMessage().startsWith(file.toString()), e.getMessage());
    }
  }

  // ---- the real thing, where -Dfacula.data names a folder ------------------------------------

  @Test
  void theRealMnist() throws IOException {
    String data = System.getProperty("facula.data");
    assumeTrue(data != null, "no -Dfacula.data");
    Path place = Path.of(data);
    Path digits = Files.isDirectory(place.resolve("mnist")) ? place.resolve("mnist") : place;
    MNIST train = new MNIST(digits);
    MNIST test = new MNIST(digits, o -> o.train(false));
    assertArrayEquals(new int[] {60_000, 1, 28, 28}, train.images().shape());
    assertArrayEquals(new int[] {10_000, 1, 28, 28}, test.images().shape());
    long[] first = Arrays.copyOf(train.labels().toLongArray(), 8);
    assertArrayEquals(new long[] {5, 0, 4, 1, 9, 2, 1, 3}, first);
    assertEquals(0.1307, train.images().to(DType.FLOAT64).mean().item() / 255, 1e-4);
  }
}
