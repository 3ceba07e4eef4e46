package dev.facula.vision;

import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The images and labels of a data set in MNIST's format. */
record IdxImages(Tensor images, Tensor labels, @Nullable Transform transform) {
  private static final int CLASSES = 10;

  static IdxImages load(PublishedFiles published, Path root, Consumer<ImageDataset.Options> options)
      throws IOException {
    ImageDataset.Options o = new ImageDataset.Options();
    options.accept(o);
    PublishedFiles files = o.files(published);
    String part = o.train ? "train" : "t10k";
    List<String> names = List.of(part + "-images-idx3-ubyte", part + "-labels-idx1-ubyte");
    if (o.download) {
      for (String name : names) {
        if (files.find(root, name) == null) {
          files.download(root.resolve(files.folder()), name + ".gz", o.progress);
        }
      }
    }
    List<Path> paths = files.findAll(root, names);
    IdxFile images = IdxFile.read(paths.get(0), 3);
    IdxFile labels = IdxFile.read(paths.get(1), 1);
    int[] shape = images.shape();
    if (labels.shape()[0] != shape[0]) {
      throw new FileFormatException(
          paths.get(1),
          "header",
          labels.shape()[0] + " labels for the " + shape[0] + " images of " + paths.get(0));
    }
    return new IdxImages(
        Tensor.of(images.bytes(), shape[0], 1, shape[1], shape[2]),
        ImageDataset.labels(paths.get(1), Tensor.of(labels.bytes(), shape[0]), CLASSES),
        o.transform);
  }
}
