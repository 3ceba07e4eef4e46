package dev.facula.internal.files;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file so that whoever reads it finds the old contents or the new ones, never a part,
 * whatever happens to this program meanwhile.
 *
 * <p>The new contents go into {@code .NAME.part} beside the file, are forced to the disk, and take
 * the file's place in one step. There is one such name for each file: what a killed program left
 * there is overwritten by the next save. An exclusive lock of it, which ends with the process that
 * holds it, tells those who save the same file at the same time: the second one fails.
 */
public final class SafeFile {
  /** What is to be written. */
  @FunctionalInterface
  public interface Content {
    /** Writes all of it; need not close or flush. */
    void writeTo(OutputStream out) throws IOException;
  }

  private static final boolean WINDOWS = FileSystems.getDefault().getSeparator().equals("\\");
  private static final int MAX_LINKS = 40;

  /** File systems allow 255. */
  private static final int MAX_NAME_BYTES = 240;

  private static final int ATTEMPTS = 100;

  /** Locks of files hold between processes only; these parts are in use by threads of this one. */
  private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

  private SafeFile() {}

  /**
   * Replaces a file, or makes a new one. A symbolic link stays, the file that it leads to is
   * replaced; its permissions stay too. A device or a pipe is written to as it is.
   *
   * @throws FileSystemException if it is a directory, or if somebody else is writing it
   * @throws IOException if it cannot be written; the old file is as it was then
   */
  public static void write(Path path, Content content) throws IOException {
    BasicFileAttributes old = attributes(path);
    if (old != null && old.isDirectory()) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    if (old != null && old.isOther()) {
      try (var out =
          new BufferedOutputStream(Files.newOutputStream(path, StandardOpenOption.WRITE))) {
        content.writeTo(out);
      }
      return;
    }
    Path target = target(path);
    if (old != null && !Files.isWritable(target)) {
      // It could be replaced, where the folder is writable; but it is protected on purpose.
      throw new AccessDeniedException(path.toString(), null, "the file is write-protected");
    }
    Path part = target.resolveSibling(partName(target));
    if (!IN_USE.add(part)) {
      throw inUse(path, "another thread", part);
    }
    try {
      if (part.getFileSystem() == FileSystems.getDefault()) {
        replace(path, target, part, content);
      } else {
        replaceWithoutLock(target, part, content);
      }
    } finally {
      IN_USE.remove(part);
    }
  }

  /** Of a name that leaves no room for more, another one that is the same each time. */
  private static String partName(Path target) {
    String name = String.valueOf(target.getFileName());
    boolean isLong = name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES;
    return "." + (isLong ? Integer.toHexString(name.hashCode()) : name) + ".part";
  }

  /** Follows links, also to what does not exist yet. Each file has one name then. */
  private static Path target(Path path) throws IOException {
    Path place = path.toAbsolutePath();
    for (int links = 0; Files.isSymbolicLink(place); links++) {
      if (links == MAX_LINKS) {
        throw new FileSystemLoopException(path.toString());
      }
      place = place.resolveSibling(Files.readSymbolicLink(place));
    }
    Path folder = place.getParent();
    Path name = place.getFileName();
    if (folder == null || name == null) {
      throw new FileSystemException(path.toString(), null, "is a directory");
    }
    return folder.toRealPath().resolve(name);
  }

  private static void replace(Path path, Path target, Path part, Content content)
      throws IOException {
    // A RandomAccessFile, since an interrupt closes a FileChannel.
    RandomAccessFile file = open(path, target, part);
    try {
      keepAttributes(target, part);
      file.setLength(0);
      OutputStream out = new BufferedOutputStream(new FileOutput(file), 1 << 16);
      content.writeTo(out);
      out.flush();
      file.getFD().sync();
      if (WINDOWS) {
        file.close(); // which cannot move open files
      }
      // Under the lock: once that is gone the next one may write into the part.
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable e) {
      if (WINDOWS) {
        file.close();
      }
      delete(part, e);
      throw e;
    } finally {
      file.close();
    }
  }

  /** The part, ours alone. */
  private static RandomAccessFile open(Path path, Path target, Path part) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        Files.createFile(part, attributesOfNew(target));
      } catch (FileAlreadyExistsException e) {
        // A killed save left it, or one is at work.
      }
      BasicFileAttributes before = partAttributes(part);
      if (before == null) {
        continue;
      }
      RandomAccessFile file = new RandomAccessFile(part.toFile(), "rw");
      boolean ours = false;
      try {
        // Whoever held the lock may have moved this file to its destination meanwhile.
        ours = lock(path, part, file) && isSame(before, partAttributes(part));
      } finally {
        if (!ours) {
          file.close();
        }
      }
      if (ours) {
        return file;
      }
    }
    throw inUse(path, "another process", part);
  }

  private static boolean lock(Path path, Path part, RandomAccessFile file) throws IOException {
    try {
      if (file.getChannel().tryLock() == null) {
        throw inUse(path, "another process", part);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(path, "another class loader", part);
    } catch (FileSystemException e) {
      throw e;
    } catch (IOException e) {
      // Some network file systems have no locks. Saving must be possible there too.
    }
    return true;
  }

  private static boolean isSame(BasicFileAttributes a, @Nullable BasicFileAttributes b) {
    return b != null && (a.fileKey() == null || a.fileKey().equals(b.fileKey()));
  }

  private static @Nullable BasicFileAttributes partAttributes(Path part) throws IOException {
    BasicFileAttributes found = attributes(part, LinkOption.NOFOLLOW_LINKS);
    if (found != null && !found.isRegularFile()) {
      throw new FileSystemException(
          part.toString(), null, "is no regular file; saving needs the name, remove it");
    }
    return found;
  }

  private static @Nullable BasicFileAttributes attributes(Path path, LinkOption... options)
      throws IOException {
    try {
      return Files.readAttributes(path, BasicFileAttributes.class, options);
    } catch (NoSuchFileException e) {
      return null;
    }
  }

  /** What replaces a file that others may not read is not to be read by them while it grows. */
  private static FileAttribute<?>[] attributesOfNew(Path target) throws IOException {
    if (Files.exists(target)
        && Files.getFileAttributeView(target, PosixFileAttributeView.class) != null) {
      return new FileAttribute<?>[] {
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
      };
    }
    return new FileAttribute<?>[0]; // as the user's umask has it
  }

  private static void keepAttributes(Path target, Path part) throws IOException {
    var old = Files.getFileAttributeView(target, PosixFileAttributeView.class);
    var now = Files.getFileAttributeView(part, PosixFileAttributeView.class);
    if (!Files.exists(target) || old == null || now == null) {
      return;
    }
    PosixFileAttributes wanted = old.readAttributes();
    PosixFileAttributes found = now.readAttributes();
    try {
      if (!wanted.group().equals(found.group())) {
        now.setGroup(wanted.group());
      }
      if (!wanted.owner().equals(found.owner())) {
        now.setOwner(wanted.owner());
      }
    } catch (IOException e) {
      // Only an administrator may give a file away: others own what they write.
    }
    now.setPermissions(wanted.permissions());
  }

  /** For file systems of other providers, in memory or in an archive. */
  private static void replaceWithoutLock(Path target, Path part, Content content)
      throws IOException {
    try {
      try (var out = new BufferedOutputStream(Files.newOutputStream(part))) {
        content.writeTo(out);
      }
      Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
    } catch (Throwable e) {
      delete(part, e);
      throw e;
    }
  }

  private static void delete(Path part, Throwable cause) {
    try {
      Files.deleteIfExists(part);
    } catch (IOException e) {
      cause.addSuppressed(e);
    }
  }

  private static FileSystemException inUse(Path path, String who, Path part) {
    return new FileSystemException(
        path.toString(), null, who + " is writing it (and holds " + part.getFileName() + ")");
  }

  private static final class FileOutput extends OutputStream {
    private final RandomAccessFile file;

    FileOutput(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public void write(int b) throws IOException {
      file.write(b);
    }

    @Override
    public void write(byte[] bytes, int from, int n) throws IOException {
      file.write(bytes, from, n);
    }
  }
}
