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
  private static final int SIDE = 28;
  private static final int TRAIN = 60_000;
  private static final int TEST = 10_000;

  static IdxImages load(PublishedFiles published, Path root, Consumer<ImageDataset.Options> options)
      throws IOException {
    ImageDataset.Options o = new ImageDataset.Options();
    options.accept(o);
    PublishedFiles files = o.files(published);
    String part = o.train ? "train" : "t10k";
    List<String> names = List.of(part + "-images-idx3-ubyte", part + "-labels-idx1-ubyte");
    if (!o.download) {
      files.require(root, names);
    }
    int most = o.train ? TRAIN : TEST;
    Loaded images =
        load(
            files,
            root,
            names.get(0),
            path -> {
              IdxFile file = IdxFile.read(path, 3, most * SIDE * SIDE);
              int[] shape = file.shape();
              return new Loaded(path, Tensor.of(file.bytes(), shape[0], 1, shape[1], shape[2]));
            },
            o);
    Loaded labels =
        load(
            files,
            root,
            names.get(1),
            path -> {
              IdxFile file = IdxFile.read(path, 1, most);
              Tensor bytes = Tensor.of(file.bytes(), file.shape());
              return new Loaded(path, ImageDataset.labels(path, bytes, CLASSES));
            },
            o);
    int count = images.tensor.size(0);
    if (labels.tensor.size(0) != count) {
      throw new FileFormatException(
          labels.path,
          "header",
          labels.tensor.size(0)
              + " labels for the "
              + count
              + " images of "
              + images.path
              + ". One of the two is damaged or of another data set: delete it");
    }
    return new IdxImages(images.tensor, labels.tensor, o.transform);
  }

  /** The contents of a file, and which one it was. */
  private record Loaded(Path path, Tensor tensor) {}

  private static Loaded load(
      PublishedFiles files,
      Path root,
      String name,
      PublishedFiles.Reader<Loaded> reader,
      ImageDataset.Options options)
      throws IOException {
    // One thread at a time: the next one finds what this one fetches.
    synchronized (IdxImages.class) {
      List<Path> found = files.find(root, name);
      FileFormatException damaged = null;
      if (!found.isEmpty()) {
        try {
          return PublishedFiles.readFirst(found, reader);
        } catch (FileFormatException e) {
          damaged = e;
        }
        if (!options.download) {
          throw damaged;
        }
      }
      try {
        Path folder = root.resolve(files.folder());
        return reader.read(files.download(folder, name + ".gz", options.progress));
      } catch (IOException e) {
        if (damaged != null) {
          e.addSuppressed(damaged);
        }
        throw e;
      }
    }
  }
}
