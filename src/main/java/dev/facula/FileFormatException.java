package dev.facula;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file is not what it should be: cut short, damaged, or of another format. The message names the
 * file, the place in it and the reason: {@code model.safetensors: tensor "fc1.weight": data_offsets
 * [0, 12] hold 12 bytes, F32 [2, 2] takes 16}.
 */
public final class FileFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  private final transient Path file;
  private final String place;
  private final String reason;

  /**
   * @param file the file
   * @param place where in it: a byte offset, a header field, the name of a tensor
   * @param reason what is wrong there
   */
  public FileFormatException(Path file, String place, String reason) {
    super(file + ": " + place + ": " + reason);
    this.file = file;
    this.place = place;
    this.reason = reason;
  }

  /** The file. */
  public Path file() {
    return file;
  }

  /** Where in the file. */
  public String place() {
    return place;
  }

  /** What is wrong there. */
  public String reason() {
    return reason;
  }
}
