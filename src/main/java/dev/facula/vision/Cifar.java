package dev.facula.vision;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The images and labels of a CIFAR data set in its binary version: records of one or two label
 * bytes and 3072 bytes of pixels, the red ones of 32 x 32 first, then green and blue. Of two labels
 * the second is the finer one, and the one that is used.
 */
record Cifar(Tensor images, Tensor labels, @Nullable Transform transform) {
  private static final int SIDE = 32;
  private static final int PIXELS = 3 * SIDE * SIDE;

  /**
   * Which files hold what.
   *
   * @param trainImages how many images each training file has, at most
   * @param testImages how many each test file has
   */
  record Format(
      PublishedFiles files,
      String archive,
      List<String> train,
      List<String> test,
      int trainImages,
      int testImages,
      int labelBytes,
      int classes) {
    int imageBytes() {
      return labelBytes + PIXELS;
    }

    int maxBytes(String name) {
      return (test.contains(name) ? testImages : trainImages) * imageBytes();
    }
  }

  static Cifar load(Format format, Path root, Consumer<ImageDataset.Options> options)
      throws IOException {
    ImageDataset.Options o = new ImageDataset.Options();
    options.accept(o);
    List<String> names = o.train ? format.train : format.test;
    List<Path> paths = provide(format, o.files(format.files), root, names, o);
    int size = format.imageBytes();
    long total = 0;
    for (int i = 0; i < paths.size(); i++) {
      total += DataFile.length(paths.get(i), format.maxBytes(names.get(i))) / size;
    }
    // Filled file by file: to join the files at the end would take twice the memory.
    Tensor images = Tensor.zeros(DType.UINT8, (int) total, 3, SIDE, SIDE);
    List<Tensor> labels = new ArrayList<>();
    int at = 0;
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      byte[] bytes = records(path, size, format.maxBytes(names.get(i)));
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

  /**
   * A good file for each name. Where one is missing or damaged, the archive is unpacked, which is
   * downloaded if that is allowed. One thread at a time: the next one finds what this one fetches.
   */
  private static synchronized List<Path> provide(
      Format format,
      PublishedFiles files,
      Path root,
      List<String> names,
      ImageDataset.Options options)
      throws IOException {
    Path archive = root.resolve(format.archive);
    boolean old = Files.exists(archive);
    if ((old || options.download) && !isComplete(format, files, root, names, old)) {
      if (!old) {
        files.download(root, format.archive, options.progress);
      }
      try {
        unpack(format, files, root, archive);
      } catch (FileFormatException e) {
        if (!old || !options.download) {
          throw PublishedFiles.withRemedy(e);
        }
        files.download(root, format.archive, options.progress);
        unpack(format, files, root, archive);
      }
    }
    files.require(root, names);
    List<Path> paths = new ArrayList<>();
    for (String name : names) {
      paths.add(
          PublishedFiles.readFirst(files.find(root, name), path -> checked(path, format, name)));
    }
    return paths;
  }

  /**
   * Whether a good file is there for each name. Fewer images than were published are believed if
   * there is no archive to ask.
   */
  private static boolean isComplete(
      Format format, PublishedFiles files, Path root, List<String> names, boolean archive)
      throws IOException {
    for (String name : names) {
      List<Path> found = files.find(root, name);
      if (found.isEmpty()) {
        return false;
      }
      try {
        Path path = PublishedFiles.readFirst(found, p -> checked(p, format, name));
        int most = format.maxBytes(name);
        if (archive && DataFile.length(path, most) < most) {
          return false;
        }
      } catch (FileFormatException damaged) {
        return false;
      }
    }
    return true;
  }

  private static void unpack(Format format, PublishedFiles files, Path root, Path archive)
      throws IOException {
    Map<String, Long> wanted = new HashMap<>();
    for (List<String> names : List.of(format.train, format.test)) {
      for (String name : names) {
        wanted.put(name, (long) format.maxBytes(name));
      }
    }
    TarGz.unpack(archive, wanted, Files.createDirectories(root.resolve(files.folder())));
  }

  /** The path, of a file with whole images of the classes that there are. */
  private static Path checked(Path path, Format format, String name) throws IOException {
    byte[] bytes = records(path, format.imageBytes(), format.maxBytes(name));
    Tensor records = Tensor.of(bytes, bytes.length / format.imageBytes(), format.imageBytes());
    ImageDataset.labels(path, records.select(1, format.labelBytes - 1), format.classes);
    return path;
  }

  private static byte[] records(Path path, int size, int most) throws IOException {
    try (DataFile file = DataFile.open(path)) {
      byte[] bytes = file.readUpTo(most);
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
