package dev.facula.vision;

import dev.facula.DType;
import dev.facula.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The images and labels of a CIFAR data set in its binary version: records of one or two label
 * bytes and 3072 bytes of pixels, the red ones of 32 x 32 first, then green and blue. Of two labels
 * the second is the finer one, and the one that is used.
 */
record Cifar(Tensor images, Tensor labels, @Nullable Transform transform) {
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;

  /** More than the largest file has; a whole number of images of both kinds. */
  private static final int MAX_BYTES = 28 * 3073 * 3074;

  /** Which files hold what. */
  record Format(
      PublishedFiles files,
      String archive,
      List<String> train,
      List<String> test,
      int labelBytes,
      int classes) {}

  static Cifar load(Format format, Path root, Consumer<ImageDataset.Options> options)
      throws IOException {
    ImageDataset.Options o = new ImageDataset.Options();
    options.accept(o);
    PublishedFiles files = o.files(format.files);
    List<String> names = o.train ? format.train : format.test;
    if (names.stream().anyMatch(name -> files.find(root, name) == null)) {
      Path archive = root.resolve(format.archive);
      if (o.download && !Files.exists(archive)) {
        files.download(root, format.archive, o.progress);
      }
      if (Files.exists(archive)) {
        Set<String> wanted =
            Stream.concat(format.train.stream(), format.test.stream()).collect(Collectors.toSet());
        TarGz.unpack(archive, wanted, Files.createDirectories(root.resolve(files.folder())));
      }
    }
    int size = format.labelBytes + PIXELS;
    List<Path> paths = files.findAll(root, names);
    long total = 0;
    for (Path path : paths) {
      total += Math.min(DataFile.length(path), MAX_BYTES) / size;
    }
    // Filled file by file: to join the files at the end would take twice the memory.
    Tensor images = Tensor.zeros(DType.UINT8, (int) total, 3, SIDE, SIDE);
    List<Tensor> labels = new ArrayList<>();
    int at = 0;
    for (Path path : paths) {
      byte[] bytes = records(path, size);
      int n = Math.min(bytes.length / size, (int) total - at);
      Tensor records = Tensor.of(bytes, bytes.length / size, size).narrow(0, 0, n);
      images
          .narrow(0, at, n)
          .copy_(records.narrow(1, format.labelBytes, PIXELS).reshape(n, 3, SIDE, SIDE));
      labels.add(
          ImageDataset.labels(path, records.select(1, format.labelBytes - 1), format.classes));
      at += n;
    }
    return new Cifar(images.narrow(0, 0, at), Tensor.cat(labels, 0), o.transform);
  }

  private static byte[] records(Path path, int size) throws IOException {
    try (DataFile file = DataFile.open(path)) {
      byte[] bytes = file.readUpTo(MAX_BYTES);
      if (bytes.length == 0) {
        throw file.error("is empty");
      }
      if (bytes.length % size != 0) {
        throw file.error("ends within an image: " + bytes.length % size + " of " + size + " bytes");
      }
      file.expectEnd();
      return bytes;
    }
  }
}
