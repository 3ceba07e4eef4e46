package dev.facula.io;

import dev.facula.DType;
import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/**
 * The elements of one tensor in a safetensors file, in the type of tensors that has the same
 * values.
 */
final class ElementReader {
  /** Takes the next bytes of a tensor, in little-endian order, whole elements at a time. */
  interface Sink {
    void accept(ByteBuffer bytes) throws IOException;
  }

  /** Passes the bytes of a tensor on in chunks. */
  interface Source {
    void read(SafetensorsHeader.Entry entry, Sink sink) throws IOException;
  }

  private final Path path;
  private final Source source;
  private final SafetensorsHeader.Entry entry;
  private final int count;

  /** How many elements have been read. */
  private int at;

  ElementReader(Path path, Source source, SafetensorsHeader.Entry entry) {
    this.path = path;
    this.source = source;
    this.entry = entry;
    this.count = (int) ((entry.end() - entry.begin()) / entry.type().bytes);
  }

  Tensor read(int[] shape) throws IOException {
    DType dtype = entry.type().dtype;
    return dtype != null
        ? bits(dtype).view(shape)
        : entry.type() == SafetensorsHeader.ElementType.U16
            ? Tensor.of(ints(), shape)
            : Tensor.of(longs(), shape);
  }

  /** The elements of a type whose bits tensors have. */
  private Tensor bits(DType dtype) throws IOException {
    Tensor all = Tensor.empty(dtype, count);
    source.read(
        entry,
        bytes -> {
          Tensor part = Tensor.of(bytes, dtype);
          all.narrow(0, at, part.numel()).copy_(part);
          at += part.numel();
          bytes.position(bytes.limit());
        });
    return all;
  }

  private long[] longs() throws IOException {
    long[] a = new long[count];
    if (entry.type() == SafetensorsHeader.ElementType.U32) {
      each(bytes -> a[at++] = bytes.getInt() & 0xffffffffL);
      return a;
    }
    each(
        bytes -> {
          long value = bytes.getLong();
          if (value < 0) {
            throw new FileFormatException(
                path,
                "tensor \"" + entry.name() + "\", element " + at,
                Long.toUnsignedString(value) + " is too large for int64");
          }
          a[at++] = value;
        });
    return a;
  }

  private int[] ints() throws IOException {
    int[] a = new int[count];
    each(bytes -> a[at++] = bytes.getShort() & 0xffff);
    return a;
  }

  /** Calls next, which takes one element, until the last. */
  private void each(Sink next) throws IOException {
    source.read(
        entry,
        (ByteBuffer bytes) -> {
          while (bytes.hasRemaining()) {
            next.accept(bytes);
          }
        });
  }
}
