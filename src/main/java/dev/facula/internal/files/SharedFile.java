package dev.facula.internal.files;

import java.io.Closeable;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/**
 * An open file that several threads read, each where it likes. An interrupt of one of them would
 * close a {@link java.nio.channels.FileChannel} for all; it does nothing here.
 */
public abstract class SharedFile implements Closeable {
  private SharedFile() {}

  /**
   * Opens a file for reading.
   *
   * @throws FileSystemException if it is a directory, a pipe or a device
   */
  public static SharedFile open(Path path) throws IOException {
    BasicFileAttributes found = Files.readAttributes(path, BasicFileAttributes.class);
    if (!found.isRegularFile()) {
      throw new FileSystemException(
          path.toString(), null, found.isDirectory() ? "is a directory" : "is no regular file");
    }
    return path.getFileSystem() == FileSystems.getDefault()
        ? new OfDisk(new RandomAccessFile(path.toFile(), "r"))
        : new OfProvider(Files.newByteChannel(path));
  }

  /** How many bytes it has. */
  public abstract long size() throws IOException;

  /**
   * Reads bytes from a position on.
   *
   * @return how many; -1 at the end of the file
   */
  public abstract int read(long position, byte[] bytes, int from, int n) throws IOException;

  private static final class OfDisk extends SharedFile {
    private final RandomAccessFile file;

    OfDisk(RandomAccessFile file) {
      this.file = file;
    }

    @Override
    public long size() throws IOException {
      return file.length();
    }

    @Override
    public synchronized int read(long position, byte[] bytes, int from, int n) throws IOException {
      file.seek(position);
      return file.read(bytes, from, n);
    }

    @Override
    public void close() throws IOException {
      file.close();
    }
  }

  /** Of a file system in memory or in an archive. */
  private static final class OfProvider extends SharedFile {
    private final SeekableByteChannel channel;

    OfProvider(SeekableByteChannel channel) {
      this.channel = channel;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public synchronized int read(long position, byte[] bytes, int from, int n) throws IOException {
      channel.position(position);
      return channel.read(ByteBuffer.wrap(bytes, from, n));
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
