package dev.facula;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.junit.jupiter.api.Test;

/** Tensors from buffers and into them. */
final class BuffersTest {
  private static final Tensor X = Tensor.of(new float[][] {{1, 2, 3}, {4, 5.5f, -6}});

  @Test
  void readsWhatRemains() {
    FloatBuffer data = FloatBuffer.wrap(new float[] {0, 1, 2, 3, 4, 0});
    data.position(1).limit(5);
    Tensor x = Tensor.of(data, 2, 2);
    assertArrayEquals(new float[][] {{1, 2}, {3, 4}}, x.toArray(float[][].class));
    assertEquals(DType.FLOAT32, x.dtype());
    assertEquals(1, data.position());
    assertEquals(5, data.limit());
    assertArrayEquals(new int[] {4}, Tensor.of(data).shape());
    data.put(1, 9);
    assertEquals(1, x.item(0, 0));
    assertEquals(DType.FLOAT64, Tensor.of(DoubleBuffer.allocate(1)).dtype());
    assertEquals(DType.INT64, Tensor.of(LongBuffer.allocate(1)).dtype());
    assertEquals(DType.INT32, Tensor.of(IntBuffer.allocate(1)).dtype());
    assertEquals(DType.UINT8, Tensor.of(ByteBuffer.allocate(1)).dtype());
    assertThrows(ShapeException.class, () -> Tensor.of(data, 3));
  }

  @Test
  void bytesOfEachTypeComeBack() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      for (DType dtype : DType.values()) {
        Tensor x = Tensor.of(1, 0, 1, 1, 0, 1).to(dtype).view(2, 3).t();
        for (boolean direct : new boolean[] {true, false}) {
          int size = 6 * dtype.bytes() + 2;
          ByteBuffer buffer = direct ? ByteBuffer.allocateDirect(size) : ByteBuffer.allocate(size);
          buffer.order(order).position(1);
          x.copyTo(buffer);
          assertEquals(1, buffer.position());
          buffer.limit(size - 1);
          Tensor y = Tensor.of(buffer, dtype, 3, 2);
          assertEquals(dtype, y.dtype());
          assertTrue(x.equal(y), dtype + " " + order);
          assertEquals(0, buffer.get(0));
          if (dtype == DType.INT32) {
            assertEquals(1, buffer.getInt(1));
          }
        }
      }
    }
  }

  @Test
  void elementsAreConverted() {
    FloatBuffer floats = FloatBuffer.allocate(8).position(1);
    X.t().copyTo(floats);
    assertArrayEquals(new float[] {0, 1, 4, 2, 5.5f, 3, -6, 0}, floats.array());
    assertEquals(1, floats.position());
    IntBuffer ints = IntBuffer.allocate(6);
    X.copyTo(ints);
    assertArrayEquals(new int[] {1, 2, 3, 4, 5, -6}, ints.array());
    LongBuffer longs = LongBuffer.allocate(2);
    X.get(1, Index.slice(1)).copyTo(longs);
    assertArrayEquals(new long[] {5, -6}, longs.array());
    DoubleBuffer doubles = DoubleBuffer.allocate(3);
    X.get(0).expand(1, 3).copyTo(doubles);
    assertArrayEquals(new double[] {1, 2, 3}, doubles.array());
    Tensor.empty(0).copyTo(FloatBuffer.allocate(0));
  }

  @Test
  void saysWhatDoesNotFit() {
    var e = assertThrows(IllegalArgumentException.class, () -> X.copyTo(FloatBuffer.allocate(5)));
    assertTrue(e.getMessage().contains("[2, 3]") && e.getMessage().contains("6 > 5"));
    e = assertThrows(IllegalArgumentException.class, () -> X.copyTo(ByteBuffer.allocate(23)));
    assertTrue(e.getMessage().contains("24 > 23"), e.getMessage());
    assertThrows(
        IllegalArgumentException.class, () -> X.copyTo(FloatBuffer.allocate(6).asReadOnlyBuffer()));
    e =
        assertThrows(
            IllegalArgumentException.class, () -> Tensor.of(ByteBuffer.allocate(6), DType.FLOAT32));
    assertTrue(e.getMessage().contains("6 bytes"), e.getMessage());
  }
}
