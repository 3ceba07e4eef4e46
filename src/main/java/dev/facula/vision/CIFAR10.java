package dev.facula.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Photographs of ten kinds of things, 32 x 32 in colour: 50,000 for training, 10,000 for tests
 * (Krizhevsky, "Learning multiple layers of features from tiny images", 2009).
 *
 * <p>The files of the binary version are looked for in {@code cifar-10-batches-bin} below the root,
 * and in the root itself. The download is an archive of 170 MB, which stays in the root: files that
 * are missing or damaged are unpacked from it again.
 */
public final class CIFAR10 extends ImageDataset {
  private static final List<String> CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final String ARCHIVE = "cifar-10-binary.tar.gz";

  private static final Cifar.Format FORMAT =
      new Cifar.Format(
          new PublishedFiles(
              "CIFAR10",
              "cifar-10-batches-bin",
              List.of("https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"),
              Map.of(ARCHIVE, "c32a1d4ab5d03f1284b67883e8d87530")),
          ARCHIVE,
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          List.of("test_batch.bin"),
          10_000,
          10_000,
          1,
          CLASSES.size());

  /** The training images. */
  public CIFAR10(Path root) throws IOException {
    this(root, o -> {});
  }

  /**
   * @param root the folder for data sets
   * @param options train, download, transform, mirrors, progress
   * @throws java.nio.file.NoSuchFileException if files are missing; the message says which
   * @throws dev.facula.FileFormatException if a file is damaged
   * @throws IOException if a file cannot be read or downloaded
   */
  public CIFAR10(Path root, Consumer<Options> options) throws IOException {
    this(Cifar.load(FORMAT, root, options));
  }

  private CIFAR10(Cifar data) {
    super(data.images(), data.labels(), CLASSES, data.transform());
  }
}
