package dev.facula.vision;

import dev.facula.internal.files.SharedFile;
import java.io.IOException;
import java.util.List;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * Some pieces of a file as one stream, so that a reader never sees the others. What it does not see
 * it cannot unpack, allocate or stumble over: texts, colour profiles, thumbnails.
 */
final class FileSegments extends ImageInputStreamImpl {
  /** Bytes from (inclusive) to (exclusive). */
  record Segment(long from, long to) {}

  private final SharedFile file;
  private final Segment[] segments;

  /** Where each segment begins in the stream; its length at the end. */
  private final long[] starts;

  private final byte[] buffer = new byte[1 << 14];
  private long bufferStart;
  private int buffered;

  FileSegments(SharedFile file, List<Segment> segments) {
    this.file = file;
    this.segments = segments.toArray(new Segment[0]);
    this.starts = new long[this.segments.length + 1];
    for (int i = 0; i < this.segments.length; i++) {
      starts[i + 1] = starts[i] + this.segments[i].to - this.segments[i].from;
    }
  }

  static FileSegments all(SharedFile file) throws IOException {
    return new FileSegments(file, List.of(new Segment(0, file.size())));
  }

  /** Where in the file the stream is. */
  long filePosition() {
    int at = segment(streamPos);
    return at < 0 ? 0 : segments[at].from + streamPos - starts[at];
  }

  @Override
  public long length() {
    return starts[segments.length];
  }

  @Override
  public int read() throws IOException {
    checkClosed();
    bitOffset = 0;
    int at = available();
    if (at < 0) {
      return -1;
    }
    streamPos++;
    return buffer[at] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int from, int n) throws IOException {
    checkClosed();
    bitOffset = 0;
    if (n == 0) {
      return 0;
    }
    int at = available();
    if (at < 0) {
      return -1;
    }
    int read = Math.min(n, buffered - at);
    System.arraycopy(buffer, at, bytes, from, read);
    streamPos += read;
    return read;
  }

  /** Where in the buffer the next byte is; -1 at the end of the stream. */
  private int available() throws IOException {
    long at = streamPos - bufferStart;
    if (at < 0 || at >= buffered) {
      fill();
      at = 0;
    }
    return buffered == 0 ? -1 : (int) at;
  }

  private void fill() throws IOException {
    bufferStart = streamPos;
    buffered = 0;
    int at = segment(streamPos);
    if (at >= 0 && streamPos < starts[at + 1]) {
      int n = (int) Math.min(buffer.length, starts[at + 1] - streamPos);
      buffered = Math.max(0, file.read(filePosition(), buffer, 0, n));
    }
  }

  /** The last segment that begins at or before a position; -1 if there is none at all. */
  private int segment(long position) {
    int low = 0;
    int high = segments.length - 1;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (starts[middle] <= position) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
