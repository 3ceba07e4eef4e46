package dev.facula.io;

import dev.facula.FileFormatException;
import dev.facula.Tensor;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** The elements of one tensor in a safetensors file, widened to a type that tensors have. */
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
    return switch (entry.type()) {
      case F32 -> Tensor.of(floats(), shape);
      case F16, BF16 -> Tensor.of(halves(), shape);
      case F64 -> Tensor.of(doubles(), shape);
      case I64, U64, U32 -> Tensor.of(longs(), shape);
      case I32, I16, U16, I8 -> Tensor.of(ints(), shape);
      case U8 -> Tensor.of(bytes(), shape);
      case BOOL -> Tensor.of(booleans(), shape);
    };
  }

  private float[] floats() throws IOException {
    float[] a = new float[count];
    source.read(
        entry,
        bytes -> {
          int n = bytes.remaining() / Float.BYTES;
          bytes.asFloatBuffer().get(a, at, n);
          at += n;
        });
    return a;
  }

  private float[] halves() throws IOException {
    float[] a = new float[count];
    boolean brain = entry.type() == SafetensorsHeader.ElementType.BF16;
    each(
        bytes -> {
          short bits = bytes.getShort();
          a[at++] = brain ? Float.intBitsToFloat(bits << 16) : float16(bits);
        });
    return a;
  }

  /** IEEE 754 binary16: one bit of sign, five of exponent (bias 15), ten of fraction. */
  static float float16(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    int sign = (bits & 0x8000) << 16;
    if (exponent == 0) { // zero and subnormal: fraction * 2^-24
      return Float.intBitsToFloat(sign | Float.floatToRawIntBits(fraction * 0x1p-24f));
    }
    int wide = exponent == 0x1f ? 0xff : exponent - 15 + 127;
    return Float.intBitsToFloat(sign | wide << 23 | fraction << 13);
  }

  private double[] doubles() throws IOException {
    double[] a = new double[count];
    source.read(
        entry,
        bytes -> {
          int n = bytes.remaining() / Double.BYTES;
          bytes.asDoubleBuffer().get(a, at, n);
          at += n;
        });
    return a;
  }

  private long[] longs() throws IOException {
    long[] a = new long[count];
    switch (entry.type()) {
      case U32 -> each(bytes -> a[at++] = bytes.getInt() & 0xffffffffL);
      case U64 ->
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
      default -> each(bytes -> a[at++] = bytes.getLong());
    }
    return a;
  }

  private int[] ints() throws IOException {
    int[] a = new int[count];
    switch (entry.type()) {
      case I8 -> each(bytes -> a[at++] = bytes.get());
      case I16 -> each(bytes -> a[at++] = bytes.getShort());
      case U16 -> each(bytes -> a[at++] = bytes.getShort() & 0xffff);
      default -> each(bytes -> a[at++] = bytes.getInt());
    }
    return a;
  }

  private byte[] bytes() throws IOException {
    byte[] a = new byte[count];
    source.read(
        entry,
        bytes -> {
          int n = bytes.remaining();
          bytes.get(a, at, n);
          at += n;
        });
    return a;
  }

  private boolean[] booleans() throws IOException {
    boolean[] a = new boolean[count];
    each(bytes -> a[at++] = bytes.get() != 0);
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
