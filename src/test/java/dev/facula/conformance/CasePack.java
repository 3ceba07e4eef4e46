package dev.facula.conformance;

import java.io.IOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A folder or a zip file of cases: {@code kind/subject.json} and its tensors beside it. */
final class CasePack implements AutoCloseable {
  private final @Nullable FileSystem zip;
  private final Path root;

  private CasePack(@Nullable FileSystem zip, Path root) {
    this.zip = zip;
    this.root = root;
  }

  static CasePack open(Path path) throws IOException {
    if (Files.isDirectory(path)) {
      return new CasePack(null, path);
    }
    FileSystem zip = FileSystems.newFileSystem(path);
    return new CasePack(zip, zip.getPath("/"));
  }

  /** The subjects of a kind, by name; none where the pack does not hold the kind. */
  List<String> subjects(String kind) throws IOException {
    Path folder = root.resolve(kind);
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(f -> f.getFileName().toString())
          .filter(f -> f.endsWith(".json"))
          .map(f -> f.substring(0, f.length() - ".json".length()))
          .sorted()
          .toList();
    }
  }

  List<Map<String, Object>> cases(String kind, String subject) throws IOException {
    byte[] text = Files.readAllBytes(root.resolve(kind).resolve(subject + ".json"));
    List<Map<String, Object>> cases = new ArrayList<>();
    for (Object value : Json.list(Json.parse(text, 0, text.length))) {
      cases.add(Json.object(value));
    }
    return cases;
  }

  TensorFile tensors(String kind, String subject) throws IOException {
    Path file = root.resolve(kind).resolve(subject + ".safetensors");
    return Files.exists(file) ? TensorFile.read(Files.readAllBytes(file)) : TensorFile.EMPTY;
  }

  /**
   * The seed that the pack was recorded with, from which operations that draw random numbers
   * started: the first learning rate of the schedules tells it.
   */
  long seed() throws IOException {
    if (subjects("sched").contains("schedulers")
        && cases("sched", "schedulers").get(0).get("initial_lr") instanceof Double rate) {
      return Math.round((rate - 0.1) / 0.01);
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    if (zip != null) {
      zip.close();
    }
  }
}
