package dev.facula.vision;

import dev.facula.FileFormatException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a data set: which there are, in which folder, and where they are published.
 *
 * @param name the name of the data set
 * @param folder where the files lie below the root, as torchvision has it
 * @param mirrors addresses to which the name of a file is appended
 * @param checksums the names of the published files with their MD5
 */
record PublishedFiles(
    String name, String folder, List<String> mirrors, Map<String, String> checksums) {
  private static final Logger LOG = LoggerFactory.getLogger(PublishedFiles.class);

  PublishedFiles withMirrors(List<String> others) {
    return new PublishedFiles(name, folder, others, checksums);
  }

  /**
   * Those that there are of a file: plain, packed, in the data set's folder, in the root itself.
   */
  List<Path> find(Path root, String file) {
    List<Path> found = new ArrayList<>();
    for (Path place : List.of(root.resolve(folder), root)) {
      for (String end : List.of("", ".gz")) {
        Path path = place.resolve(file + end);
        if (Files.isRegularFile(path)) {
          found.add(path);
        }
      }
    }
    return found;
  }

  /** Fails with all that are missing. */
  void require(Path root, List<String> files) throws NoSuchFileException {
    List<String> missing = files.stream().filter(file -> find(root, file).isEmpty()).toList();
    if (missing.isEmpty()) {
      return;
    }
    throw new NoSuchFileException(
        root.toString(),
        null,
        name
            + ": "
            + missing
            + " not found there nor in "
            + root.resolve(folder)
            + " (plain or with .gz). Allow the download with download(true), or fetch "
            + new TreeSet<>(checksums.keySet())
            + " from one of "
            + mirrors
            + " and put them into "
            + root);
  }

  /** Reads one file. */
  interface Reader<T> {
    T read(Path path) throws IOException;
  }

  /**
   * Reads the first of some files that is not damaged.
   *
   * @throws FileFormatException if all are; it says of the first what is wrong and what to do
   */
  static <T> T readFirst(List<Path> files, Reader<T> reader) throws IOException {
    FileFormatException first = null;
    for (Path path : files) {
      try {
        return reader.read(path);
      } catch (FileFormatException e) {
        LOG.warn("{}", e.getMessage());
        first = first == null ? e : first;
      }
    }
    if (first == null) {
      throw new IllegalArgumentException("no file to read");
    }
    throw withRemedy(first);
  }

  /** The same error, with what to do. */
  static FileFormatException withRemedy(FileFormatException e) {
    return new FileFormatException(
        e.file(),
        e.place(),
        e.reason() + ". Delete the file and fetch it again, or allow that with download(true)");
  }

  /** Downloads one of the published files into a folder. */
  Path download(Path into, String file, DownloadProgress progress) throws IOException {
    String md5 = checksums.get(file);
    if (md5 == null) {
      throw new IllegalArgumentException(name + " has no file " + file);
    }
    Path target = into.resolve(file);
    Download.fetch(
        target,
        md5,
        mirrors.stream().map(m -> m.endsWith("/") ? m + file : m + "/" + file).toList(),
        progress);
    return target;
  }
}
