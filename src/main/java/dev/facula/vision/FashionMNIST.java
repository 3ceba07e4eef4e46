package dev.facula.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Pictures of clothes in the format of {@link MNIST}: 28 x 28 in shades of grey, 60,000 for
 * training, 10,000 for tests (Xiao, Rasul, Vollgraf, "Fashion-MNIST: a novel image dataset for
 * benchmarking machine learning algorithms", 2017).
 *
 * <p>The files are looked for in {@code FashionMNIST/raw} below the root, where torchvision has
 * them too, and in the root itself, as published (.gz) or unpacked.
 */
public final class FashionMNIST extends ImageDataset {
  private static final List<String> CLASSES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private static final PublishedFiles FILES =
      new PublishedFiles(
          "FashionMNIST",
          "FashionMNIST/raw",
          List.of(
              "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
              "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
          Map.of(
              "train-images-idx3-ubyte.gz", "8d4fb7e6c68d591d4c3dfef9ec88bf0d",
              "train-labels-idx1-ubyte.gz", "25c81989df183df01b3e8a0aad5dffbe",
              "t10k-images-idx3-ubyte.gz", "bef4ecab320f06d8554ea6380940ec79",
              "t10k-labels-idx1-ubyte.gz", "bb300cfdad3c16e7a12a480ee83cd310"));

  /** The training images. */
  public FashionMNIST(Path root) throws IOException {
    this(root, o -> {});
  }

  /**
   * @param root the folder for data sets
   * @param options train, download, transform, mirrors, progress
   * @throws java.nio.file.NoSuchFileException if files are missing; the message says which
   * @throws dev.facula.FileFormatException if a file is damaged
   * @throws IOException if a file cannot be read or downloaded
   */
  public FashionMNIST(Path root, Consumer<Options> options) throws IOException {
    this(IdxImages.load(FILES, root, options));
  }

  private FashionMNIST(IdxImages data) {
    super(data.images(), data.labels(), CLASSES, data.transform());
  }
}
