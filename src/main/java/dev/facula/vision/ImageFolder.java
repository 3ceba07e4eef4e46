package dev.facula.vision;

import dev.facula.DType;
import dev.facula.Tensor;
import dev.facula.data.Dataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Images in folders, one folder a class: {@code root/cat/1.png}, {@code root/dog/7.jpg}. Classes
 * are numbered by the order of their names. Files are read when a sample is asked for.
 *
 * <p>A sample is the image, UINT8 [3, height, width], or what the transform makes of it, and the
 * number of its class, INT64 without dimensions.
 *
 * <pre>{@code
 * var pets =
 *     new ImageFolder(
 *         Path.of("pets"), new Compose(new Resize(64), new CenterCrop(64), new ToTensor()));
 * var loader = new DataLoader(pets, 32, o -> o.shuffle(true).numWorkers(2));
 * }</pre>
 */
public final class ImageFolder implements Dataset {
  private static final Set<String> ENDINGS =
      Set.of("jpg", "jpeg", "png", "bmp", "gif", "tif", "tiff");

  private final Transform transform;
  private final List<String> classes = new ArrayList<>();
  private final List<Path> files = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();

  /**
   * @param root the folder with a folder for each class
   */
  public ImageFolder(Path root) throws IOException {
    this(root, image -> image);
  }

  /**
   * @param root the folder with a folder for each class
   * @param transform what is done with each image
   * @throws NoSuchFileException if there is no folder of a class, or one without an image
   * @throws IOException if a folder cannot be read
   */
  public ImageFolder(Path root, Transform transform) throws IOException {
    this.transform = transform;
    List<Path> folders;
    try (Stream<Path> entries = Files.list(root)) {
      folders =
          entries
              .filter(Files::isDirectory)
              .sorted(Comparator.comparing((Path p) -> p.getFileName().toString()))
              .toList();
    }
    if (folders.isEmpty()) {
      throw new NoSuchFileException(root.toString(), null, "ImageFolder: has no folder of a class");
    }
    for (Path folder : folders) {
      int before = files.size();
      try (Stream<Path> all = Files.walk(folder, FileVisitOption.FOLLOW_LINKS)) {
        // A folder's own files come before those of the folders in it.
        all.filter(ImageFolder::isImage)
            .sorted(
                Comparator.comparing((Path p) -> String.valueOf(p.getParent()))
                    .thenComparing(p -> p.getFileName().toString()))
            .forEach(files::add);
      }
      if (files.size() == before) {
        throw new NoSuchFileException(
            folder.toString(), null, "ImageFolder: no image (" + ENDINGS + ") of this class");
      }
      for (int i = before; i < files.size(); i++) {
        labels.add(classes.size());
      }
      classes.add(folder.getFileName().toString());
    }
  }

  private static boolean isImage(Path path) {
    String name = path.getFileName().toString().toLowerCase(Locale.ROOT);
    return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1)) && Files.isRegularFile(path);
  }

  /** The names of the classes: of their folders. */
  public List<String> classes() {
    return List.copyOf(classes);
  }

  /** The files in the order of the samples. */
  public List<Path> files() {
    return List.copyOf(files);
  }

  @Override
  public int size() {
    return files.size();
  }

  /**
   * One sample.
   *
   * @throws UncheckedIOException if the file cannot be read; the message names it
   */
  @Override
  public Tensor[] get(int index) {
    if (index < 0 || index >= files.size()) {
      throw new IllegalArgumentException(
          "ImageFolder: no image " + index + ", there are " + files.size());
    }
    try {
      Tensor image = transform.apply(Images.read(files.get(index)));
      return new Tensor[] {image, Tensor.scalar(DType.INT64, labels.get(index))};
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
