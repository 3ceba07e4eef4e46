package dev.facula.vision;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

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
  PublishedFiles withMirrors(List<String> others) {
    return new PublishedFiles(name, folder, others, checksums);
  }

  /** The file, plain or packed, in the data set's folder or in the root itself; null if none. */
  @Nullable Path find(Path root, String file) {
    for (Path place : List.of(root.resolve(folder), root)) {
      for (String end : List.of("", ".gz")) {
        Path path = place.resolve(file + end);
        if (Files.isRegularFile(path)) {
          return path;
        }
      }
    }
    return null;
  }

  /** All of the files, in that order. */
  List<Path> findAll(Path root, List<String> files) throws NoSuchFileException {
    List<Path> found = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String file : files) {
      Path path = find(root, file);
      if (path == null) {
        missing.add(file);
      } else {
        found.add(path);
      }
    }
    if (missing.isEmpty()) {
      return found;
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
