package dev.facula.vision;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Photographs of a hundred kinds of things, 32 x 32 in colour: 50,000 for training, 10,000 for
 * tests (Krizhevsky, "Learning multiple layers of features from tiny images", 2009). The labels are
 * the fine ones.
 *
 * <p>The files of the binary version are looked for in {@code cifar-100-binary} below the root, and
 * in the root itself. The download is an archive of 169 MB, which stays in the root: files that are
 * missing or damaged are unpacked from it again.
 */
public final class CIFAR100 extends ImageDataset {
  private static final List<String> CLASSES =
      List.of(
          ("apple aquarium_fish baby bear beaver bed bee beetle bicycle bottle bowl boy bridge bus"
                  + " butterfly camel can castle caterpillar cattle chair chimpanzee clock cloud"
                  + " cockroach couch crab crocodile cup dinosaur dolphin elephant flatfish forest fox"
                  + " girl hamster house kangaroo keyboard lamp lawn_mower leopard lion lizard lobster"
                  + " man maple_tree motorcycle mountain mouse mushroom oak_tree orange orchid otter"
                  + " palm_tree pear pickup_truck pine_tree plain plate poppy porcupine possum rabbit"
                  + " raccoon ray road rocket rose sea seal shark shrew skunk skyscraper snail snake"
                  + " spider squirrel streetcar sunflower sweet_pepper table tank telephone television"
                  + " tiger tractor train trout tulip turtle wardrobe whale willow_tree wolf woman"
                  + " worm")
              .split(" "));

  private static final String ARCHIVE = "cifar-100-binary.tar.gz";

  private static final Cifar.Format FORMAT =
      new Cifar.Format(
          new PublishedFiles(
              "CIFAR100",
              "cifar-100-binary",
              List.of("https://www.cs.toronto.edu/~kriz/", "https://cave.cs.toronto.edu/kriz/"),
              Map.of(ARCHIVE, "03b5dce01913d631647c71ecec9e9cb8")),
          ARCHIVE,
          List.of("train.bin"),
          List.of("test.bin"),
          50_000,
          10_000,
          2,
          CLASSES.size());

  /** The training images. */
  public CIFAR100(Path root) throws IOException {
    this(root, o -> {});
  }

  /**
   * @param root the folder for data sets
   * @param options train, download, transform, mirrors, progress
   * @throws java.nio.file.NoSuchFileException if files are missing; the message says which
   * @throws dev.facula.FileFormatException if a file is damaged
   * @throws IOException if a file cannot be read or downloaded
   */
  public CIFAR100(Path root, Consumer<Options> options) throws IOException {
    this(Cifar.load(FORMAT, root, options));
  }

  private CIFAR100(Cifar data) {
    super(data.images(), data.labels(), CLASSES, data.transform());
  }
}
