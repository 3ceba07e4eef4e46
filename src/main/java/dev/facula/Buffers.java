package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** The bytes of tensors in buffers, whose positions stay where they are. */
final class Buffers {
  private Buffers() {}

  /** The shape for so many elements. */
  static int[] shape(int[] given, int length) {
    return Objects.requireNonNull(given, "shape").length == 0 ? new int[] {length} : given;
  }

  static Tensor tensor(ByteBuffer data, DType dtype, int[] given) {
    int size = dtype.bytes();
    if (data.remaining() % size != 0) {
      throw new IllegalArgumentException(
          "Tensor.of: %s bytes are no whole number of %s elements of %s bytes"
              .formatted(data.remaining(), dtype, size));
    }
    int n = data.remaining() / size;
    ByteBuffer in = own(data, data.order());
    int[] shape = shape(given, n);
    return switch (dtype) {
      case FLOAT32 -> Tensor.of(in.asFloatBuffer(), shape);
      case FLOAT64 -> Tensor.of(in.asDoubleBuffer(), shape);
      case INT64 -> Tensor.of(in.asLongBuffer(), shape);
      case INT32 -> Tensor.of(in.asIntBuffer(), shape);
      case FLOAT16, BFLOAT16, INT16 -> {
        short[] bits = new short[n];
        in.asShortBuffer().get(bits);
        yield Tensor.wrap(dtype, bits, n, shape);
      }
      case INT8 -> {
        byte[] bits = new byte[n];
        in.get(bits);
        yield Tensor.wrap(dtype, bits, n, shape);
      }
      case UINT8 -> Tensor.of(in, shape);
      case BOOL -> Tensor.of(in, shape).to(DType.BOOL);
    };
  }

  static void copy(Tensor x, ByteBuffer buffer) {
    requireRoom(x, buffer, x.dtype().bytes());
    ByteBuffer out = own(buffer, buffer.order());
    switch (x.dtype()) {
      case FLOAT32 -> x.copyTo(out.asFloatBuffer());
      case FLOAT64 -> x.copyTo(out.asDoubleBuffer());
      case INT64 -> x.copyTo(out.asLongBuffer());
      case INT32 -> x.copyTo(out.asIntBuffer());
      case FLOAT16, BFLOAT16, INT16 -> {
        short[] bits = new short[x.numel()];
        x.copyTo(new Storage(x.dtype(), bits));
        out.asShortBuffer().put(bits);
      }
      case INT8, UINT8, BOOL -> out.put(x.toByteArray());
    }
  }

  /** A duplicate has the order of its own, big-endian, else. */
  private static ByteBuffer own(ByteBuffer buffer, ByteOrder order) {
    return buffer.duplicate().order(order);
  }

  static void requireRoom(Tensor x, Buffer buffer, int size) {
    if (buffer.isReadOnly()) {
      throw new IllegalArgumentException("copyTo: the buffer is read-only");
    }
    long needed = (long) x.numel() * size;
    if (buffer.remaining() < needed) {
      throw new IllegalArgumentException(
          "copyTo: a tensor of shape %s takes %s%s, the buffer has room for %s (%s > %s)"
              .formatted(
                  Shapes.format(x.layout.shape),
                  needed,
                  size == 1 ? " elements" : " bytes",
                  buffer.remaining(),
                  needed,
                  buffer.remaining()));
    }
  }
}
