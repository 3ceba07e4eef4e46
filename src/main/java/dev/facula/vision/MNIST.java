package dev.facula.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Handwritten digits, 28 x 28 in shades of grey: 60,000 for training, 10,000 for tests (LeCun,
 * Bottou, Bengio, Haffner, "Gradient-based learning applied to document recognition", 1998).
 *
 * <pre>{@code
 * var train =
 *     new MNIST(
 *         Path.of("data"),
 *         o -> o.download(true).transform(new Compose(new ToTensor(), new Normalize(0.5, 0.5))));
 * }</pre>
 *
 * <p>The files are looked for in {@code MNIST/raw} below the root, where torchvision has them too,
 * and in the root itself, as published (.gz) or unpacked.
 */
public final class MNIST extends ImageDataset {
  private static final List<String> CLASSES =
      List.of(
          "0 - zero",
          "1 - one",
          "2 - two",
          "3 - three",
          "4 - four",
          "5 - five",
          "6 - six",
          "7 - seven",
          "8 - eight",
          "9 - nine");

  private static final PublishedFiles FILES =
      new PublishedFiles(
          "MNIST",
          "MNIST/raw",
          List.of(
              "https://ossci-datasets.s3.amazonaws.com/mnist/",
              "https://storage.googleapis.com/cvdf-datasets/mnist/",
              "http://yann.lecun.com/exdb/mnist/"),
          Map.of(
              "train-images-idx3-ubyte.gz", "f68b3c2dcbeaaa9fbdd348bbdeb94873",
              "train-labels-idx1-ubyte.gz", "d53e105ee54ea40749a09fcbcd1e9432",
              "t10k-images-idx3-ubyte.gz", "9fb629c4189551a2d022fa330f9573f3",
              "t10k-labels-idx1-ubyte.gz", "ec29112dd5afa0611ce80d1b7f02629c"));

  /** The training images. */
  public MNIST(Path root) throws IOException {
    this(root, o -> {});
  }

  /**
   * @param root the folder for data sets
   * @param options train, download, transform, mirrors, progress
   * @throws java.nio.file.NoSuchFileException if files are missing; the message says which
   * @throws dev.facula.FileFormatException if a file is damaged
   * @throws IOException if a file cannot be read or downloaded
   */
  public MNIST(Path root, Consumer<Options> options) throws IOException {
    this(IdxImages.load(FILES, root, options));
  }

  private MNIST(IdxImages data) {
    super(data.images(), data.labels(), CLASSES, data.transform());
  }
}
