package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Shapes;
import dev.facula.internal.array.Storage;
import dev.facula.internal.fused.Fused;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * An n-dimensional array of one element type that records what is computed with it, so that
 * gradients follow by {@link #backward()}.
 *
 * <p>Operations are methods under PyTorch's names in camel case; a trailing {@code _} changes the
 * tensor in place. Operands are broadcast and promoted as in PyTorch. A tensor is a view of a
 * storage: {@link #transpose}, {@link #narrow}, {@link #view} and their like share it. Memory is
 * freed by the garbage collector.
 *
 * <pre>{@code
 * Tensor w = Tensor.randn(3, 2).requiresGrad_(true);
 * Tensor loss = Tensor.ones(5, 3).matmul(w).square().sum();
 * loss.backward();
 * Tensor gradient = w.grad();
 * }</pre>
 *
 * <p>{@code equals} compares objects, as in {@code java.lang.Object}, so that tensors can be keys:
 * tests compare with {@link #equal} or {@link #allclose}, or the arrays of {@link #toFloatArray()}.
 *
 * <p>Reading and evaluating is safe from many threads, and so are backward passes into the same
 * leaves: no gradient is lost, in whatever order they are added. Changing a tensor in place while
 * others read it is not.
 */
public final class Tensor {
  private static final VarHandle ACCUMULATOR;
  private static final VarHandle SLOT;
  private static final VarHandle HISTORY;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ACCUMULATOR = lookup.findVarHandle(Tensor.class, "accumulator", Node.Accumulate.class);
      SLOT = lookup.findVarHandle(Tensor.class, "slot", GradientSlot.class);
      HISTORY = lookup.findVarHandle(Tensor.class, "history", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
    Fused.fillIn(
        new Fused<>(Tensor.class, new Updates(), new RecurrentLayers(), new LastingMemory()));
  }

  Storage storage;
  Layout layout;

  /** Whether this stands for a plain number, which weighs less in type promotion. */
  private boolean number;

  /** Whether this is a gradient that nobody but the derivative at work will read again. */
  boolean reusable;

  /** Whether a listener may keep this, so that it is no memory for other gradients. */
  boolean exposed;

  private boolean leafRequiresGrad;
  private @Nullable Node maker;
  private int makerIndex;
  private Node.@Nullable Accumulate accumulator;
  private @Nullable GradientSlot slot;

  /** The tensor that this is a view of, how to make the view again, and from which history. */
  private @Nullable Tensor base;

  private @Nullable Replay replay;
  private int history;

  Tensor(Storage storage, Layout layout) {
    this.storage = storage;
    this.layout = layout;
  }

  // ---- making tensors -----------------------------------------------------------------------

  /** A FLOAT32 tensor with any contents. */
  public static Tensor empty(int... shape) {
    return empty(DType.FLOAT32, shape);
  }

  /**
   * A tensor whose elements have any values, for results that are written in full. Cheaper than
   * {@link #zeros}, since nothing is cleared.
   *
   * @param dtype the element type
   * @param shape the sizes, 0 or more each; none for a tensor without dimensions
   * @throws ShapeException if a size is negative or there are 2^31 elements or more
   */
  public static Tensor empty(DType dtype, int... shape) {
    Layout layout = Layout.contiguous("empty", shape);
    return new Tensor(Storage.uninitialized(dtype, layout.shape, layout.numel), layout);
  }

  /** A tensor with any contents whose elements lie so, from the beginning of a storage on. */
  static Tensor empty(DType dtype, Layout layout) {
    return new Tensor(Storage.uninitialized(dtype, layout.shape, layout.numel), layout);
  }

  static Tensor wrap(DType dtype, Object array, int length, int[] shape) {
    Layout layout = Layout.contiguous("Tensor.of", shape.clone());
    if (layout.numel != length) {
      throw Shapes.error(
          "Tensor.of: shape %s does not fit the data (%s != %s elements)",
          shape, layout.numel, length);
    }
    return new Tensor(new Storage(dtype, array), layout);
  }

  /** An empty FLOAT32 tensor of one dimension. */
  public static Tensor of() {
    return of(new float[0]);
  }

  /** A FLOAT32 tensor of one dimension of these numbers. */
  public static Tensor of(float first, float... rest) {
    float[] data = new float[rest.length + 1];
    data[0] = first;
    System.arraycopy(rest, 0, data, 1, rest.length);
    return wrap(DType.FLOAT32, data, data.length, new int[] {data.length});
  }

  /** A FLOAT32 tensor of one dimension of these numbers; an array of them makes a FLOAT64 one. */
  public static Tensor of(double first, double... rest) {
    float[] data = new float[rest.length + 1];
    data[0] = (float) first;
    for (int i = 0; i < rest.length; i++) {
      data[i + 1] = (float) rest[i];
    }
    return wrap(DType.FLOAT32, data, data.length, new int[] {data.length});
  }

  /** An INT64 tensor of one dimension of these numbers. */
  public static Tensor of(long first, long... rest) {
    long[] data = new long[rest.length + 1];
    data[0] = first;
    System.arraycopy(rest, 0, data, 1, rest.length);
    return wrap(DType.INT64, data, data.length, new int[] {data.length});
  }

  /** A BOOL tensor of one dimension of these values. */
  public static Tensor of(boolean first, boolean... rest) {
    boolean[] data = new boolean[rest.length + 1];
    data[0] = first;
    System.arraycopy(rest, 0, data, 1, rest.length);
    return of(data);
  }

  /** A FLOAT32 tensor of one dimension with a copy of the data. */
  public static Tensor of(float[] data) {
    return of(data, data.length);
  }

  /**
   * A FLOAT32 tensor with a copy of the data.
   *
   * @param data the elements in row-major order
   * @param shape the shape; without sizes, as that of a tensor without dimensions, for one element
   * @throws ShapeException if the shape has another number of elements
   */
  public static Tensor of(float[] data, int... shape) {
    return wrap(DType.FLOAT32, data.clone(), data.length, shape);
  }

  /** A FLOAT64 tensor of one dimension with a copy of the data. */
  public static Tensor of(double[] data) {
    return of(data, data.length);
  }

  /** A FLOAT64 tensor with a copy of the data; otherwise as {@link #of(float[], int...)}. */
  public static Tensor of(double[] data, int... shape) {
    return wrap(DType.FLOAT64, data.clone(), data.length, shape);
  }

  /** An INT64 tensor of one dimension with a copy of the data. */
  public static Tensor of(long[] data) {
    return of(data, data.length);
  }

  /** An INT64 tensor with a copy of the data; otherwise as {@link #of(float[], int...)}. */
  public static Tensor of(long[] data, int... shape) {
    return wrap(DType.INT64, data.clone(), data.length, shape);
  }

  /** An INT32 tensor of one dimension with a copy of the data. */
  public static Tensor of(int[] data) {
    return of(data, data.length);
  }

  /** An INT32 tensor with a copy of the data; otherwise as {@link #of(float[], int...)}. */
  public static Tensor of(int[] data, int... shape) {
    return wrap(DType.INT32, data.clone(), data.length, shape);
  }

  /** An INT16 tensor of one dimension with a copy of the data. */
  public static Tensor of(short[] data) {
    return of(data, data.length);
  }

  /** An INT16 tensor with a copy of the data; otherwise as {@link #of(float[], int...)}. */
  public static Tensor of(short[] data, int... shape) {
    return wrap(DType.INT16, data.clone(), data.length, shape);
  }

  /** A UINT8 tensor of one dimension with a copy of the data (0 to 255). */
  public static Tensor of(byte[] data) {
    return of(data, data.length);
  }

  /**
   * A UINT8 tensor with a copy of the data (0 to 255); otherwise as {@link #of(float[], int...)}.
   */
  public static Tensor of(byte[] data, int... shape) {
    return wrap(DType.UINT8, data.clone(), data.length, shape);
  }

  /** A BOOL tensor of one dimension with a copy of the data. */
  public static Tensor of(boolean[] data) {
    return of(data, data.length);
  }

  /** A BOOL tensor with a copy of the data; otherwise as {@link #of(float[], int...)}. */
  public static Tensor of(boolean[] data, int... shape) {
    byte[] bytes = new byte[data.length];
    for (int i = 0; i < data.length; i++) {
      bytes[i] = (byte) (data[i] ? 1 : 0);
    }
    return wrap(DType.BOOL, bytes, data.length, shape);
  }

  /**
   * A tensor with a copy of nested arrays, whose lengths are its shape: {@code of(new float[][]
   * {{1, 2}, {3, 4}})}. The type is that of a plain array of the same elements.
   *
   * @throws ShapeException if arrays beside each other have different lengths
   * @throws DTypeException if the elements are of another type
   */
  public static Tensor of(Object[] nested) {
    return NestedArrays.tensor(nested);
  }

  /**
   * A FLOAT32 tensor with a copy of what a buffer holds from its position to its limit, which stay
   * as they are.
   *
   * @param shape without sizes one dimension
   * @throws ShapeException if the shape has another number of elements
   */
  public static Tensor of(FloatBuffer data, int... shape) {
    float[] copy = new float[data.remaining()];
    data.duplicate().get(copy);
    return of(copy, Buffers.shape(shape, copy.length));
  }

  /** A FLOAT64 tensor; otherwise as {@link #of(FloatBuffer, int...)}. */
  public static Tensor of(DoubleBuffer data, int... shape) {
    double[] copy = new double[data.remaining()];
    data.duplicate().get(copy);
    return of(copy, Buffers.shape(shape, copy.length));
  }

  /** An INT64 tensor; otherwise as {@link #of(FloatBuffer, int...)}. */
  public static Tensor of(LongBuffer data, int... shape) {
    long[] copy = new long[data.remaining()];
    data.duplicate().get(copy);
    return of(copy, Buffers.shape(shape, copy.length));
  }

  /** An INT32 tensor; otherwise as {@link #of(FloatBuffer, int...)}. */
  public static Tensor of(IntBuffer data, int... shape) {
    int[] copy = new int[data.remaining()];
    data.duplicate().get(copy);
    return of(copy, Buffers.shape(shape, copy.length));
  }

  /** A UINT8 tensor; otherwise as {@link #of(FloatBuffer, int...)}. */
  public static Tensor of(ByteBuffer data, int... shape) {
    byte[] copy = new byte[data.remaining()];
    data.duplicate().get(copy);
    return of(copy, Buffers.shape(shape, copy.length));
  }

  /**
   * A tensor of the elements whose bytes a buffer holds, in the buffer's byte order; otherwise as
   * {@link #of(FloatBuffer, int...)}.
   *
   * @throws IllegalArgumentException if the bytes are no whole number of elements
   */
  public static Tensor of(ByteBuffer data, DType dtype, int... shape) {
    return Buffers.tensor(data, dtype, shape);
  }

  /** A FLOAT32 tensor without dimensions. */
  public static Tensor scalar(double value) {
    return scalar(DType.FLOAT32, value);
  }

  /**
   * A tensor without dimensions, shape {@code []}. For integers fractions are cut off; for BOOL
   * anything but 0 is true.
   *
   * @param dtype the element type
   * @param value the element
   */
  public static Tensor scalar(DType dtype, double value) {
    return full(dtype, value);
  }

  /** A plain number as an operand. */
  static Tensor number(Number value) {
    Objects.requireNonNull(value, "a number");
    boolean floating = value instanceof Double || value instanceof Float;
    Tensor t = empty(floating ? DType.FLOAT64 : DType.INT64, Shapes.SCALAR);
    if (floating) {
      t.storage.doubles()[0] = value.doubleValue();
    } else {
      t.storage.longs()[0] = value.longValue();
    }
    t.number = true;
    return t;
  }

  /** A FLOAT32 tensor of zeros. */
  public static Tensor zeros(int... shape) {
    return zeros(DType.FLOAT32, shape);
  }

  /**
   * A tensor of zeros.
   *
   * @param dtype the element type
   * @param shape the sizes, 0 or more each; none for a tensor without dimensions
   * @throws ShapeException if a size is negative or there are 2^31 elements or more
   */
  public static Tensor zeros(DType dtype, int... shape) {
    Layout layout = Layout.contiguous("zeros", shape.clone());
    Tensor y = new Tensor(Storage.zeros(dtype, layout.shape, layout.numel), layout);
    return Operations.watched() ? Operations.passed("zeros dtype shape", y, dtype, shape) : y;
  }

  /** A FLOAT32 tensor of ones. */
  public static Tensor ones(int... shape) {
    return ones(DType.FLOAT32, shape);
  }

  /**
   * A tensor of ones.
   *
   * @param dtype the element type
   * @param shape the sizes, 0 or more each; none for a tensor without dimensions
   * @throws ShapeException if a size is negative or there are 2^31 elements or more
   */
  public static Tensor ones(DType dtype, int... shape) {
    Tensor y = full(dtype, 1, shape);
    return Operations.watched() ? Operations.passed("ones dtype shape", y, dtype, shape) : y;
  }

  /**
   * A tensor of one value.
   *
   * @param dtype the element type
   * @param value every element; a Long or Integer is kept exactly in INT64
   * @param shape the sizes, 0 or more each; none for a tensor without dimensions
   * @throws ShapeException if a size is negative or there are 2^31 elements or more
   */
  public static Tensor full(DType dtype, Number value, int... shape) {
    Tensor y = empty(dtype, shape.clone()).fillRaw(value);
    return Operations.watched()
        ? Operations.passed("full dtype value shape", y, dtype, value, shape)
        : y;
  }

  /** A tensor of one value: FLOAT32 for a fraction, INT64 for a whole number. */
  public static Tensor full(Number value, int... shape) {
    return full(number(value).isFloatingPoint() ? DType.FLOAT32 : DType.INT64, value, shape);
  }

  /** {@link #full(Number, int...)} with the shape first, as in PyTorch. */
  public static Tensor full(int[] shape, Number value) {
    return full(value, shape);
  }

  /**
   * A tensor with any contents of the shape and type of another. Its elements lie in the order of
   * that tensor's: a transposed one gives a transposed one, as in all functions ending in Like.
   */
  public static Tensor emptyLike(Tensor x) {
    return emptyLike(x, x.dtype());
  }

  /** {@link #emptyLike(Tensor)} of another type. */
  public static Tensor emptyLike(Tensor x, DType dtype) {
    Tensor y = empty(dtype, MemoryOrder.like(x.layout));
    return Operations.watched() ? Operations.passed("emptyLike dtype", y, x, dtype) : y;
  }

  /** Zeros of the shape and type of another tensor, in the order of its memory. */
  public static Tensor zerosLike(Tensor x) {
    return zerosLike(x, x.dtype());
  }

  /** {@link #zerosLike(Tensor)} of another type. */
  public static Tensor zerosLike(Tensor x, DType dtype) {
    Layout layout = MemoryOrder.like(x.layout);
    Tensor y = new Tensor(Storage.zeros(dtype, layout.shape, layout.numel), layout);
    return Operations.watched() ? Operations.passed("zerosLike dtype", y, x, dtype) : y;
  }

  /** Ones of the shape, type and memory order of another tensor. */
  public static Tensor onesLike(Tensor x) {
    return onesLike(x, x.dtype());
  }

  /** {@link #onesLike(Tensor)} of another type. */
  public static Tensor onesLike(Tensor x, DType dtype) {
    Tensor y = fullLike(x, 1, dtype);
    return Operations.watched() ? Operations.passed("onesLike dtype", y, x, dtype) : y;
  }

  /** A tensor of one value with the shape, type and memory order of another. */
  public static Tensor fullLike(Tensor x, Number value) {
    return fullLike(x, value, x.dtype());
  }

  /** {@link #fullLike(Tensor, Number)} of another type. */
  public static Tensor fullLike(Tensor x, Number value, DType dtype) {
    Tensor y = empty(dtype, MemoryOrder.like(x.layout)).fillRaw(value);
    return Operations.watched() ? Operations.passed("fullLike value dtype", y, x, value, dtype) : y;
  }

  /** A tensor of this type with any contents. */
  public Tensor newEmpty(int... shape) {
    return empty(dtype(), shape);
  }

  /** Zeros of this type. */
  public Tensor newZeros(int... shape) {
    return zeros(dtype(), shape);
  }

  /** Ones of this type. */
  public Tensor newOnes(int... shape) {
    return ones(dtype(), shape);
  }

  /** A tensor of this type and of one value. */
  public Tensor newFull(int[] shape, Number value) {
    return full(dtype(), value, shape);
  }

  /** These numbers as a tensor of this type and of one dimension. */
  public Tensor newTensor(double... data) {
    return of(data).to(dtype());
  }

  /** {@link #newTensor(double...)} for whole numbers. */
  public Tensor newTensor(long... data) {
    return of(data).to(dtype());
  }

  /** {@link #newTensor(double...)} for an array of FLOAT32 numbers. */
  public Tensor newTensor(float[] data) {
    return of(data).to(dtype());
  }

  /** {@link #newTensor(double...)} for an array of INT32 numbers. */
  public Tensor newTensor(int[] data) {
    return of(data).to(dtype());
  }

  /** Nested arrays as a tensor of this type, as {@link #of(Object[])}. */
  public Tensor newTensor(Object[] nested) {
    return of(nested).to(dtype());
  }

  /**
   * The numbers {@code start + i * step} from start up to, but not including, end: ceil((end -
   * start) / step) of them.
   *
   * <pre>{@code
   * Tensor.arange(1, 10, 3); // [1, 4, 7]
   * }</pre>
   *
   * @param dtype the element type; fractions are cut off for integers
   * @param start the first number
   * @param end where the numbers stop
   * @param step the distance of two numbers, negative to count down
   * @throws IllegalArgumentException if step is 0, or leads away from end
   */
  public static Tensor arange(DType dtype, Number start, Number end, Number step) {
    Tensor y = Ranges.arange(dtype, start, end, step);
    return Operations.watched()
        ? Operations.passed("arange dtype start end step", y, dtype, start, end, step)
        : y;
  }

  /** The numbers start, start + 1, … before end. */
  public static Tensor arange(DType dtype, Number start, Number end) {
    return arange(dtype, start, end, 1);
  }

  /** The numbers 0, 1, ... before end. */
  public static Tensor arange(DType dtype, Number end) {
    return arange(dtype, 0, end, 1);
  }

  /** The numbers start, start + step, … before end; INT64 where all three are integers. */
  public static Tensor arange(Number start, Number end, Number step) {
    boolean floating =
        number(start).isFloatingPoint()
            || number(end).isFloatingPoint()
            || number(step).isFloatingPoint();
    return arange(floating ? DType.FLOAT32 : DType.INT64, start, end, step);
  }

  /** The numbers start, start + 1, … before end. */
  public static Tensor arange(Number start, Number end) {
    return arange(start, end, 1);
  }

  /** The numbers 0, 1, … before end. */
  public static Tensor arange(Number end) {
    return arange(0, end, 1);
  }

  /**
   * {@code steps} numbers at equal distances, start and end included: {@code start + i * (end -
   * start) / (steps - 1)}. The second half is counted from the end, so that the last number is
   * exactly end.
   *
   * @param dtype the element type
   * @param start the first number
   * @param end the last number
   * @param steps how many, 0 or more
   * @throws IllegalArgumentException if steps is negative
   */
  public static Tensor linspace(DType dtype, double start, double end, int steps) {
    Tensor y = Ranges.linspace(dtype, start, end, steps);
    return Operations.watched()
        ? Operations.passed("linspace dtype start end steps", y, dtype, start, end, steps)
        : y;
  }

  /** So many FLOAT32 numbers at equal distances, start and end included. */
  public static Tensor linspace(double start, double end, int steps) {
    return linspace(DType.FLOAT32, start, end, steps);
  }

  /** 10 to the power of each of {@link #linspace(double, double, int)}. */
  public static Tensor logspace(double start, double end, int steps) {
    return logspace(start, end, steps, 10);
  }

  /** {@link #logspace(double, double, int)} for another base. */
  public static Tensor logspace(double start, double end, int steps, double base) {
    return logspace(DType.FLOAT32, start, end, steps, base);
  }

  /** 10 to the power of each of {@link #linspace(DType, double, double, int)}. */
  public static Tensor logspace(DType dtype, double start, double end, int steps) {
    return logspace(dtype, start, end, steps, 10);
  }

  /**
   * {@code base} to the power of each number of {@link #linspace(DType, double, double, int)}:
   * {@code steps} numbers from base^start to base^end.
   *
   * @param dtype the element type
   * @param start the first exponent
   * @param end the last exponent
   * @param steps how many, 0 or more
   * @param base what is raised; default 10
   * @throws IllegalArgumentException if steps is negative
   */
  public static Tensor logspace(DType dtype, double start, double end, int steps, double base) {
    Tensor y = Ranges.logspace(dtype, start, end, steps, base);
    return Operations.watched()
        ? Operations.passed(
            "logspace dtype start end steps base", y, dtype, start, end, steps, base)
        : y;
  }

  /** A matrix [rows, columns] with ones on its diagonal and zeros elsewhere. */
  public static Tensor eye(DType dtype, int rows, int columns) {
    Tensor y = Ranges.eye(dtype, rows, columns);
    return Operations.watched()
        ? Operations.passed("eye dtype rows columns", y, dtype, rows, columns)
        : y;
  }

  /** The FLOAT32 identity matrix. */
  public static Tensor eye(int n) {
    return eye(DType.FLOAT32, n, n);
  }

  /** A FLOAT32 matrix with ones on its diagonal. */
  public static Tensor eye(int rows, int columns) {
    return eye(DType.FLOAT32, rows, columns);
  }

  /** A square matrix with ones on its diagonal. */
  public static Tensor eye(DType dtype, int n) {
    return eye(dtype, n, n);
  }

  /**
   * The row numbers and the column numbers of the lower triangle of a matrix, INT64 [2, n], row by
   * row: column - row &le; offset.
   *
   * @param rows of the matrix
   * @param columns of the matrix
   * @param offset the last diagonal that belongs to it, 0 for the main one, above 0 to the right of
   *     it
   */
  public static Tensor trilIndices(int rows, int columns, int offset) {
    Tensor y = Ranges.triangleIndices(rows, columns, offset, false);
    return Operations.watched()
        ? Operations.passed("trilIndices rows columns offset", y, rows, columns, offset)
        : y;
  }

  /** {@link #trilIndices(int, int, int)} for the main diagonal and what is below it. */
  public static Tensor trilIndices(int rows, int columns) {
    return trilIndices(rows, columns, 0);
  }

  /**
   * The row numbers and the column numbers of the upper triangle of a matrix, INT64 [2, n], row by
   * row: column - row &ge; offset.
   *
   * @param rows of the matrix
   * @param columns of the matrix
   * @param offset the first diagonal that belongs to it, 0 for the main one, above 0 to the right
   *     of it
   */
  public static Tensor triuIndices(int rows, int columns, int offset) {
    Tensor y = Ranges.triangleIndices(rows, columns, offset, true);
    return Operations.watched()
        ? Operations.passed("triuIndices rows columns offset", y, rows, columns, offset)
        : y;
  }

  /** {@link #triuIndices(int, int, int)} for the main diagonal and what is above it. */
  public static Tensor triuIndices(int rows, int columns) {
    return triuIndices(rows, columns, 0);
  }

  // ---- random numbers -----------------------------------------------------------------------

  /**
   * Uniform numbers from [0, 1), FLOAT32, from the default generator: those of PyTorch for the same
   * seed.
   */
  public static Tensor rand(int... shape) {
    return rand(DType.FLOAT32, Generator.current(), shape);
  }

  /** Uniform numbers from [0, 1), from the default generator. */
  public static Tensor rand(DType dtype, int... shape) {
    return rand(dtype, Generator.current(), shape);
  }

  /** Uniform numbers from [0, 1), FLOAT32. */
  public static Tensor rand(Generator generator, int... shape) {
    return rand(DType.FLOAT32, generator, shape);
  }

  /**
   * Uniform numbers from [0, 1).
   *
   * @param dtype FLOAT32 or FLOAT64
   * @param generator where the numbers come from
   * @param shape the shape
   * @throws DTypeException if dtype is another
   */
  public static Tensor rand(DType dtype, Generator generator, int... shape) {
    Tensor y = RandomOps.uniform("rand", RandomOps.empty("rand", dtype, shape), 0, 1, generator);
    return Operations.watched() ? Operations.passed("rand dtype shape", y, dtype, shape) : y;
  }

  /** Uniform numbers from [0, 1) in the shape and type of another tensor. */
  public static Tensor randLike(Tensor x) {
    return randLike(x, x.dtype());
  }

  /** {@link #randLike(Tensor)} of another type. */
  public static Tensor randLike(Tensor x, DType dtype) {
    Tensor y = RandomOps.uniform("randLike", RandomOps.like(x, dtype), 0, 1, Generator.current());
    return Operations.watched() ? Operations.passed("randLike dtype", y, x, dtype) : y;
  }

  /**
   * Normal numbers with mean 0 and standard deviation 1, FLOAT32, from the default generator: those
   * of PyTorch for the same seed.
   */
  public static Tensor randn(int... shape) {
    return randn(DType.FLOAT32, Generator.current(), shape);
  }

  /** Normal numbers with mean 0 and standard deviation 1, from the default generator. */
  public static Tensor randn(DType dtype, int... shape) {
    return randn(dtype, Generator.current(), shape);
  }

  /** Normal numbers with mean 0 and standard deviation 1, FLOAT32. */
  public static Tensor randn(Generator generator, int... shape) {
    return randn(DType.FLOAT32, generator, shape);
  }

  /**
   * Normal numbers with mean 0 and standard deviation 1.
   *
   * @param dtype FLOAT32 or FLOAT64
   * @param generator where the numbers come from
   * @param shape the shape
   * @throws DTypeException if dtype is another
   */
  public static Tensor randn(DType dtype, Generator generator, int... shape) {
    Tensor y = RandomOps.normal("randn", RandomOps.empty("randn", dtype, shape), 0, 1, generator);
    return Operations.watched() ? Operations.passed("randn dtype shape", y, dtype, shape) : y;
  }

  /**
   * Normal numbers with mean 0 and standard deviation 1 in the shape and type of another tensor.
   */
  public static Tensor randnLike(Tensor x) {
    return randnLike(x, x.dtype());
  }

  /** {@link #randnLike(Tensor)} of another type. */
  public static Tensor randnLike(Tensor x, DType dtype) {
    Tensor y = RandomOps.normal("randnLike", RandomOps.like(x, dtype), 0, 1, Generator.current());
    return Operations.watched() ? Operations.passed("randnLike dtype", y, x, dtype) : y;
  }

  /**
   * Integers from low (inclusive) to high (exclusive), INT64, from the default generator.
   *
   * @throws IllegalArgumentException if high is not above low
   */
  public static Tensor randint(long low, long high, int... shape) {
    return randint(DType.INT64, Generator.current(), low, high, shape);
  }

  /** INT64 numbers from 0 up to, but not including, high. */
  public static Tensor randint(long high, int[] shape) {
    return randint(0, high, shape);
  }

  /** Integers from low (inclusive) to high (exclusive), INT64. */
  public static Tensor randint(Generator generator, long low, long high, int... shape) {
    return randint(DType.INT64, generator, low, high, shape);
  }

  /** Integers from low (inclusive) to high (exclusive), from the default generator. */
  public static Tensor randint(DType dtype, long low, long high, int... shape) {
    return randint(dtype, Generator.current(), low, high, shape);
  }

  /**
   * Integers from low (inclusive) to high (exclusive). Ranges below 2^28 take one 32-bit draw an
   * element, others one of 64 bits.
   *
   * @param dtype any type
   * @param generator where the numbers come from
   * @param low the least number
   * @param high one more than the largest
   * @param shape the shape
   * @throws IllegalArgumentException if low is not less than high or the range does not fit the
   *     type
   */
  public static Tensor randint(
      DType dtype, Generator generator, long low, long high, int... shape) {
    Tensor y =
        RandomOps.integers(
            "randint", RandomOps.empty("randint", dtype, shape), low, high, generator);
    return Operations.watched()
        ? Operations.passed("randint dtype low high shape", y, dtype, low, high, shape)
        : y;
  }

  /** The numbers 0 to n - 1 in random order, INT64, from the default generator. */
  public static Tensor randperm(int n) {
    return randperm(n, Generator.current());
  }

  /**
   * The numbers 0 to n - 1 in random order, INT64 [n].
   *
   * @param n how many, 0 or more
   * @param generator where the random numbers come from
   * @throws IllegalArgumentException if n is negative
   */
  public static Tensor randperm(int n, Generator generator) {
    Tensor y = RandomOps.permutation(n, generator);
    return Operations.watched() ? Operations.passed("randperm n", y, n) : y;
  }

  /** Fills this tensor with uniform numbers from [0, 1). */
  public Tensor uniform_() {
    return uniform_(0, 1);
  }

  /** Fills this tensor with uniform numbers from [from, to). */
  public Tensor uniform_(double from, double to) {
    return uniform_(from, to, Generator.current());
  }

  /** Fills this tensor with uniform numbers from [from, to) of a generator. */
  public Tensor uniform_(double from, double to, Generator generator) {
    Tensor y = RandomOps.uniform("uniform_", this, from, to, generator);
    return Operations.watched() ? Operations.changed("uniform_ from to", y, this, from, to) : y;
  }

  /** Fills this tensor with normal numbers of mean 0 and standard deviation 1. */
  public Tensor normal_() {
    return normal_(0, 1);
  }

  /** Fills this tensor with normal numbers. */
  public Tensor normal_(double mean, double std) {
    return normal_(mean, std, Generator.current());
  }

  /** Fills this tensor with normal numbers of a generator. */
  public Tensor normal_(double mean, double std, Generator generator) {
    Tensor y = RandomOps.normal("normal_", this, mean, std, generator);
    return Operations.watched() ? Operations.changed("normal_ mean std", y, this, mean, std) : y;
  }

  /**
   * Fills this tensor with integers from 0 to the largest number up to which its type holds all
   * integers.
   */
  public Tensor random_() {
    return random_(Generator.current());
  }

  /**
   * Fills this tensor with integers from 0 to the largest number up to which its type holds all
   * integers, of a generator.
   */
  public Tensor random_(Generator generator) {
    Tensor y = RandomOps.integers(this, generator);
    return Operations.watched() ? Operations.changed("random_", y, this) : y;
  }

  /** Fills this tensor with integers from from (inclusive) to to (exclusive). */
  public Tensor random_(long from, long to) {
    return random_(from, to, Generator.current());
  }

  /** {@link #random_(long, long)} from 0 on. */
  public Tensor random_(long to) {
    return random_(0, to);
  }

  /** Fills this tensor with integers from from (inclusive) to to (exclusive) of a generator. */
  public Tensor random_(long from, long to, Generator generator) {
    Tensor y = RandomOps.integers("random_", this, from, to, generator);
    return Operations.watched() ? Operations.changed("random_ from to", y, this, from, to) : y;
  }

  /** A tensor that is 1 with the probability given by this one, else 0. */
  public Tensor bernoulli() {
    return bernoulli(Generator.current());
  }

  /**
   * 1 with a probability of p for each element, else 0, in this tensor's shape and type, whatever
   * its elements are. Not differentiable.
   *
   * @param p from 0 to 1
   * @throws IllegalArgumentException if p is not a probability
   */
  public Tensor bernoulli(double p) {
    Tensor y = emptyLike(this).bernoulli_(p);
    return Operations.watched() ? Operations.passed("bernoulli p", y, this, p) : y;
  }

  /**
   * A tensor that is 1 with the probability given by this one, else 0.
   *
   * @param generator where the numbers come from
   * @throws IllegalArgumentException if an element is not in [0, 1]
   */
  public Tensor bernoulli(Generator generator) {
    Tensor y = RandomOps.bernoulli(zeros(dtype(), layout.shape), this, generator);
    return Operations.watched() ? Operations.passed("bernoulli", y, this) : y;
  }

  /** Fills this tensor with 1 with probability p, else 0. */
  public Tensor bernoulli_(double p) {
    return bernoulli_(p, Generator.current());
  }

  /** {@link #bernoulli_(double)} for p = 0.5. */
  public Tensor bernoulli_() {
    return bernoulli_(0.5);
  }

  /** Fills this tensor with 1 with probability p, else 0, of a generator. */
  public Tensor bernoulli_(double p, Generator generator) {
    Tensor y = RandomOps.bernoulli(this, p, generator);
    return Operations.watched() ? Operations.changed("bernoulli_ p", y, this, p) : y;
  }

  /** Fills this tensor with 1 with the probability at the same place of p (broadcast), else 0. */
  public Tensor bernoulli_(Tensor p) {
    return bernoulli_(p, Generator.current());
  }

  /** {@link #bernoulli_(Tensor)} of a generator. */
  public Tensor bernoulli_(Tensor p, Generator generator) {
    Tensor y = RandomOps.bernoulli(this, p, generator);
    return Operations.watched() ? Operations.changed("bernoulli_", y, this, p) : y;
  }

  /** Fills this tensor with exponential numbers of rate 1. */
  public Tensor exponential_() {
    return exponential_(1);
  }

  /** Fills this tensor with exponential numbers; their mean is 1 / lambda. */
  public Tensor exponential_(double lambda) {
    return exponential_(lambda, Generator.current());
  }

  /** Fills this tensor with exponential numbers of a generator; their mean is 1 / lambda. */
  public Tensor exponential_(double lambda, Generator generator) {
    Tensor y = RandomOps.exponential(this, lambda, generator);
    return Operations.watched() ? Operations.changed("exponential_ lambda", y, this, lambda) : y;
  }

  /** Draws without replacement from the categories whose weights this tensor holds. */
  public Tensor multinomial(int numSamples) {
    return multinomial(numSamples, false);
  }

  /** Draws from the categories whose weights this tensor holds. */
  public Tensor multinomial(int numSamples, boolean replacement) {
    return multinomial(numSamples, replacement, Generator.current());
  }

  /**
   * Draws from the categories whose weights this tensor holds; they need not add up to 1.
   *
   * @param numSamples how many to draw of each row
   * @param replacement whether a category may come twice
   * @param generator where the numbers come from
   * @return the numbers of the categories, INT64, of shape [numSamples] or, for a matrix of
   *     weights, [rows, numSamples]
   * @throws IllegalArgumentException if a weight is negative or not finite, if all of a row are 0,
   *     or if there are fewer categories than samples without replacement
   */
  public Tensor multinomial(int numSamples, boolean replacement, Generator generator) {
    Tensor y = Multinomial.draw(this, numSamples, replacement, generator);
    return Operations.watched()
        ? Operations.passed("multinomial numSamples replacement", y, this, numSamples, replacement)
        : y;
  }

  // ---- what it is ---------------------------------------------------------------------------

  /** The sizes of the dimensions, a copy; {@code []} for a tensor without dimensions. */
  public int[] shape() {
    return layout.shape.clone();
  }

  /** {@link #shape()} by PyTorch's other name. */
  public int[] size() {
    return shape();
  }

  /**
   * The size of one dimension.
   *
   * @param dim counted from the back if negative
   */
  public int size(int dim) {
    if (layout.shape.length == 0) {
      throw new ShapeException("size: a tensor without dimensions has no dimension " + dim);
    }
    return layout.shape[Shapes.dim("size", dim, layout.shape.length)];
  }

  /** The number of dimensions; 0 for a tensor of shape {@code []}. */
  public int dim() {
    return layout.shape.length;
  }

  /** {@link #dim()} by PyTorch's other name. */
  public int ndim() {
    return dim();
  }

  /** The number of elements: the product of the sizes, 1 for a tensor without dimensions. */
  public int numel() {
    return layout.numel;
  }

  /** The element type. */
  public DType dtype() {
    return storage.dtype;
  }

  /**
   * The steps, in elements of the storage, between neighbours along each dimension; a copy. 0 for a
   * dimension that {@link #expand} has repeated.
   */
  public int[] strides() {
    return layout.strides.clone();
  }

  /** {@link #strides()} by PyTorch's name. */
  public int[] stride() {
    return strides();
  }

  /**
   * The step, in elements of the storage, between neighbours along a dimension.
   *
   * @param dim counted from the back if negative
   * @throws ShapeException if there is no such dimension
   */
  public int stride(int dim) {
    if (layout.shape.length == 0) {
      throw new ShapeException("stride: a tensor without dimensions has no dimension " + dim);
    }
    return layout.strides[Shapes.dim("stride", dim, layout.shape.length)];
  }

  /**
   * Whether the elements are contiguous in row-major order; {@link #contiguous()} makes them so.
   */
  public boolean isContiguous() {
    return layout.contiguous;
  }

  /** Whether the elements are FLOAT32 or FLOAT64. */
  public boolean isFloatingPoint() {
    return dtype().isFloatingPoint();
  }

  boolean isNumber() {
    return number;
  }

  // ---- reading ------------------------------------------------------------------------------

  /**
   * The only element, as a number.
   *
   * @throws ShapeException if there is not exactly one
   */
  public double item() {
    requireOne("item");
    return storage.getDouble(layout.offset);
  }

  /**
   * The element at an index in each dimension, counted from the back if negative.
   *
   * <pre>{@code
   * double corner = Tensor.of(new float[][] {{1, 2}, {3, 4}}).item(0, -1); // 2
   * }</pre>
   *
   * @throws ShapeException if there are not as many indices as dimensions, or one is out of range
   */
  public double item(int first, int... rest) {
    Tensor x = select(0, first);
    for (int index : Objects.requireNonNull(rest, "rest")) {
      x = x.select(0, index);
    }
    return x.item();
  }

  /**
   * The only element as an integer; fractions are cut off.
   *
   * @throws ShapeException if there is not exactly one element
   */
  public long itemLong() {
    requireOne("itemLong");
    return storage.getLong(layout.offset);
  }

  /** The only element as an integer; fractions are cut off. It has to fit into an int. */
  public int itemInt() {
    long value = itemLong();
    if (value != (int) value) {
      throw new IllegalArgumentException(
          "itemInt: " + value + " does not fit into an int; use itemLong()");
    }
    return (int) value;
  }

  /** Whether the only element is not 0. */
  public boolean itemBoolean() {
    return item() != 0;
  }

  private void requireOne(String op) {
    if (layout.numel != 1) {
      throw Shapes.error(
          "%s: a tensor of shape %s has %s elements, not one", op, layout.shape, layout.numel);
    }
  }

  /** A copy of the elements in row-major order, converted to float. */
  public float[] toFloatArray() {
    float[] result = new float[layout.numel];
    copyTo(new Storage(DType.FLOAT32, result));
    return result;
  }

  /** A copy of the elements in row-major order, converted to double. */
  public double[] toDoubleArray() {
    double[] result = new double[layout.numel];
    copyTo(new Storage(DType.FLOAT64, result));
    return result;
  }

  /** A copy of the elements in row-major order as long, fractions cut off. */
  public long[] toLongArray() {
    long[] result = new long[layout.numel];
    copyTo(new Storage(DType.INT64, result));
    return result;
  }

  /**
   * A copy of the elements in row-major order as int, fractions cut off; larger numbers keep their
   * low 32 bits.
   */
  public int[] toIntArray() {
    int[] result = new int[layout.numel];
    copyTo(new Storage(DType.INT32, result));
    return result;
  }

  /** A copy of the elements in row-major order as short, as {@link #toIntArray()} makes it. */
  public short[] toShortArray() {
    short[] result = new short[layout.numel];
    copyTo(new Storage(DType.INT16, result));
    return result;
  }

  /** A copy of the elements in row-major order, as UINT8: 255 is -1. */
  public byte[] toByteArray() {
    byte[] result = new byte[layout.numel];
    copyTo(new Storage(DType.UINT8, result));
    return result;
  }

  /** A copy of the elements in row-major order; anything but 0 is true. */
  public boolean[] toBooleanArray() {
    byte[] bytes = new byte[layout.numel];
    copyTo(new Storage(DType.BOOL, bytes));
    boolean[] result = new boolean[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      result[i] = bytes[i] != 0;
    }
    return result;
  }

  /**
   * A copy of the elements in nested arrays: {@code float[][] rows = x.toArray(float[][].class)}.
   *
   * @param type an array class with as many dimensions as this; its elements are converted to
   * @throws ShapeException if it has another number of dimensions
   */
  public <T> T toArray(Class<T> type) {
    return NestedArrays.array(this, type);
  }

  /**
   * Copies the elements in row-major order, converted, to a buffer from its position on, which
   * stays as it is.
   *
   * @throws IllegalArgumentException if the buffer has not room for all, or is read-only
   */
  public void copyTo(FloatBuffer buffer) {
    Buffers.requireRoom(this, buffer, 1);
    buffer.duplicate().put(toFloatArray());
  }

  /** {@link #copyTo(FloatBuffer)} for numbers of double precision. */
  public void copyTo(DoubleBuffer buffer) {
    Buffers.requireRoom(this, buffer, 1);
    buffer.duplicate().put(toDoubleArray());
  }

  /** {@link #copyTo(FloatBuffer)} for integers, fractions cut off. */
  public void copyTo(LongBuffer buffer) {
    Buffers.requireRoom(this, buffer, 1);
    buffer.duplicate().put(toLongArray());
  }

  /** {@link #copyTo(FloatBuffer)} for integers, fractions cut off. */
  public void copyTo(IntBuffer buffer) {
    Buffers.requireRoom(this, buffer, 1);
    buffer.duplicate().put(toIntArray());
  }

  /**
   * Copies the bytes of the elements, of this type and in the buffer's byte order; otherwise as
   * {@link #copyTo(FloatBuffer)}.
   */
  public void copyTo(ByteBuffer buffer) {
    Buffers.copy(this, buffer);
  }

  void copyTo(Storage target) {
    Copies.copy(layout, storage, Layout.contiguous("copy", layout.shape), target);
  }

  /**
   * Says that nobody will read this tensor or a view of it any more: its memory serves the next
   * results of this thread, at once or, if a recorded operation needs the values, after the
   * backward pass. Never needed, since the garbage collector frees what nobody can reach; but new
   * arrays are cleared by the JVM and far from the caches, which in loops over large results can
   * take longer than to compute them.
   *
   * <pre>{@code
   * Tensor scaled = images.div(255);
   * Tensor scores = net.forward(scaled);
   * scaled.release();
   * }</pre>
   *
   * <p>Who reads it nevertheless gets an {@link IllegalStateException} that names the operation and
   * the shape once the memory is given away. This holds for other threads too: an operation that is
   * at work there meanwhile sees the numbers of before, or the exception, and what it writes goes
   * nowhere else. Memory that other threads have come to is left to the garbage collector. {@link
   * Facula#tidy} releases all of a forward pass but its result.
   */
  public void release() {
    storage.release(layout.shape);
  }

  // ---- gradients ----------------------------------------------------------------------------

  /** Whether operations on this tensor are recorded. */
  public boolean requiresGrad() {
    return leafRequiresGrad || maker() != null;
  }

  /** Wants a gradient from now on. */
  public Tensor requiresGrad_() {
    return requiresGrad_(true);
  }

  /**
   * Says whether a leaf wants a gradient.
   *
   * @return this
   * @throws DTypeException if the elements are not floating point
   * @throws AutogradException if the tensor is the result of a recorded operation
   */
  public Tensor requiresGrad_(boolean wanted) {
    if (wanted && !isFloatingPoint()) {
      throw new DTypeException(
          "requiresGrad_: only floating-point tensors have gradients, this one is " + dtype());
    }
    if (maker() != null) {
      if (!wanted) {
        throw new AutogradException(
            "requiresGrad_: only a leaf can be switched off; use detach() for a result");
      }
      return this;
    }
    if (wanted) {
      storage.seen = true; // lasts beyond the end of tidy
    }
    leafRequiresGrad = wanted;
    return this;
  }

  /** Whether this was not made by a recorded operation. */
  public boolean isLeaf() {
    return maker() == null;
  }

  /** The gradient that backward passes have added up here, or null. */
  public @Nullable Tensor grad() {
    GradientSlot s = slot;
    return s == null ? null : s.get();
  }

  /** The gradient for a caller that does not keep it. */
  @Nullable Tensor peekGradient() {
    GradientSlot s = slot;
    return s == null ? null : s.peek();
  }

  /** A listener may keep this: its memory is not given to others, and not written over. */
  void show() {
    storage.seen = true;
    reusable = false;
    exposed = true;
  }

  /** Whether this gradient on its way is the only one in its memory, and nobody else sees that. */
  boolean isSoleGradient() {
    return storage.isSoleGradient() && layout.contiguous;
  }

  /**
   * Sets or, with null, forgets the gradient. The memory of the one before serves the next results
   * unless {@link #grad()} or a hook has given it away.
   *
   * @throws ShapeException if it has another shape than the tensor
   */
  public void setGrad(@Nullable Tensor gradient) {
    if (gradient != null && !gradient.layout.sameShape(layout)) {
      throw Shapes.error(
          "setGrad: the gradient's shape %s is not that of the tensor %s",
          gradient.layout.shape, layout.shape);
    }
    if (gradient != null || slot != null) {
      slot().set(gradient);
    }
  }

  /** Adds a gradient that arrived; a first one is taken as it is where nobody else sees it. */
  void accumulate(Tensor g, boolean copy) {
    slot().add(g, copy);
  }

  private GradientSlot slot() {
    GradientSlot s = slot;
    if (s != null) {
      return s;
    }
    GradientSlot made = new GradientSlot();
    GradientSlot before = (GradientSlot) SLOT.compareAndExchange(this, null, made);
    return before == null ? made : before;
  }

  /**
   * Computes the gradients of this tensor, which has one element, with regard to all leaves that
   * require one, and adds them to their {@link #grad()}.
   *
   * @throws AutogradException if there is no graph, if this has not just one element, or if a
   *     tensor that is needed was changed in place
   */
  public void backward() {
    Autograd.backward(List.of(this), null, new Autograd.Options());
  }

  /**
   * {@link #backward()} for a tensor of any shape.
   *
   * @param gradient the gradient of what is differentiated with regard to this tensor
   */
  public void backward(Tensor gradient) {
    List<Tensor> gradients = List.of(Objects.requireNonNull(gradient, "gradient"));
    Autograd.backward(List.of(this), gradients, new Autograd.Options());
  }

  /**
   * {@link #backward()} with options: {@code loss.backward(o -> o.retainGraph(true))}.
   *
   * @param options retainGraph, createGraph
   */
  public void backward(Consumer<Autograd.Options> options) {
    Autograd.backward(List.of(this), null, Autograd.Options.of(options));
  }

  /** {@link #backward()} for a tensor of any shape with options. */
  public void backward(Tensor gradient, Consumer<Autograd.Options> options) {
    List<Tensor> gradients = List.of(Objects.requireNonNull(gradient, "gradient"));
    Autograd.backward(List.of(this), gradients, Autograd.Options.of(options));
  }

  /**
   * This tensor's values without its history: a view of the same storage that requires no gradient.
   * Changes in place show in both.
   */
  public Tensor detach() {
    Tensor y = new Tensor(storage, layout);
    return Operations.watched() ? Operations.passed("detach", y, this) : y;
  }

  /**
   * Calls a function with each gradient of this tensor while it is computed; what it returns, if
   * not null, replaces the gradient.
   *
   * @return removes the hook when closed
   */
  public Hook registerHook(UnaryOperator<@Nullable Tensor> hook) {
    Node node = edge();
    if (node == null) {
      throw new AutogradException("registerHook: the tensor does not require a gradient");
    }
    Objects.requireNonNull(hook, "hook");
    int index = edgeIndex();
    UnaryOperator<Tensor> added = hook::apply; // one of its own, if the same is registered twice
    node.addHook(index, added);
    return () -> node.removeHook(index, added);
  }

  /**
   * Calls a function with this leaf whenever a backward pass has added to its {@link #grad()}, as
   * for a step of an optimizer that frees the gradient at once.
   *
   * @return removes the hook when closed
   */
  public Hook registerPostAccumulateGradHook(Consumer<Tensor> hook) {
    if (!(edge() instanceof Node.Accumulate node)) {
      throw new AutogradException(
          "registerPostAccumulateGradHook: the tensor is no leaf that requires a gradient");
    }
    Objects.requireNonNull(hook, "hook");
    Consumer<Tensor> added = hook::accept; // one of its own, if the same is registered twice
    node.listen(added, null);
    return () -> node.listen(null, added);
  }

  /** Removes a hook when it is closed. */
  public interface Hook extends AutoCloseable {
    @Override
    void close();
  }

  /** Keeps the gradient of this result in {@link #grad()} as if it were a leaf. */
  public Tensor retainGrad() {
    Node node = maker();
    if (node != null) {
      node.retain(makerIndex, this);
    } else if (!leafRequiresGrad) {
      throw new AutogradException("retainGrad: the tensor does not require a gradient");
    }
    return this;
  }

  /** The node that made this, brought up to date if the tensor it is a view of was changed. */
  @Nullable Node maker() {
    Tensor b = base;
    Replay again = replay;
    if (b != null && again != null && (int) HISTORY.getAcquire(this) != b.history) {
      remake(b, again);
    }
    return maker;
  }

  /** Makes the view again; the first of several threads does it for all. */
  private void remake(Tensor b, Replay again) {
    synchronized (again) {
      int now = b.history;
      if (history == now) {
        return;
      }
      boolean before = Graph.setRecording(true);
      boolean silent = Operations.watched() && Operations.silence(true);
      try {
        Tensor fresh = again.of(b);
        maker = fresh.maker;
        makerIndex = fresh.makerIndex;
      } finally {
        if (Operations.watched()) {
          Operations.silence(silent);
        }
        Graph.setRecording(before);
      }
      HISTORY.setRelease(this, now); // after the maker, which others read without the lock
    }
  }

  void setMaker(@Nullable Node node, int index) {
    maker = node;
    makerIndex = index;
  }

  /** Where the gradient of this tensor goes: to its maker, or into a leaf; null for nowhere. */
  @Nullable Node edge() {
    Node node = maker();
    if (node != null || !leafRequiresGrad) {
      return node;
    }
    Node.Accumulate leaf = accumulator;
    if (leaf != null) {
      return leaf;
    }
    Node.Accumulate made = new Node.Accumulate(this);
    Node.Accumulate first = (Node.Accumulate) ACCUMULATOR.compareAndExchange(this, null, made);
    return first == null ? made : first;
  }

  int edgeIndex() {
    return maker == null ? 0 : makerIndex;
  }

  /** The same values with the history of an earlier time. */
  Tensor madeBy(Node node, int index) {
    Tensor y = new Tensor(storage, layout);
    y.setMaker(node, index);
    return y;
  }

  /** Takes over the history of another tensor over the same values. */
  Tensor historyOf(Tensor other) {
    if (other.requiresGrad()) {
      Node made = other.edge();
      maker = made;
      makerIndex = other.edgeIndex();
    }
    return this;
  }

  // ---- change in place ----------------------------------------------------------------------

  /**
   * Overwrites this tensor with a result and takes over its history: how every operation in place
   * is made. A change of a view is a change of what it is a view of.
   */
  Tensor assign(String op, Tensor result) {
    checkInPlace(op);
    return store(op, result);
  }

  /** The same without a look at the memory: elements may share it if they get the same value. */
  private Tensor store(String op, Tensor result) {
    OperationCall call = Operations.watched() ? Operations.last(result) : null;
    if (!result.layout.sameShape(layout)) {
      throw Shapes.error(
          "%s: the result's shape %s is not that of the tensor that is changed in place %s",
          op, result.layout.shape, layout.shape);
    }
    if (result.dtype().category() > dtype().category()) {
      throw new DTypeException(
          op + ": a result of type " + result.dtype() + " cannot be stored in place in " + dtype());
    }
    boolean tracked = Graph.recording() && (requiresGrad() || result.requiresGrad());
    Tensor value = tracked ? result.to(dtype()) : result;
    Node made = tracked ? value.maker() : null;
    if (made != null) {
      made.keepCopies(storage);
    }
    Copies.copy(value.layout, value.storage, layout, storage);
    storage.version++;
    if (tracked) {
      rebase(op, value);
    }
    if (call != null) {
      Operations.inPlace(op, this, call);
    }
    return this;
  }

  /** Makes f(this, ...) the contents of this tensor, a block at a time where that can be. */
  private Tensor assign(String op, Blocks.Formula f, Tensor... operands) {
    checkInPlace(op);
    for (Tensor x : operands) {
      checkOperand(op, x);
    }
    if (MemoryOrder.overlaps(layout)) {
      return assignInTurn(op, f, operands);
    }
    if (!Blocks.overwrite(this, operands) || Operations.watched() && Operations.told()) {
      return store(op, f.of(operands));
    }
    Blocks.into(this, f, operands);
    storage.version++;
    return this;
  }

  /**
   * The same where elements overlap, as windows of {@link #unfold} do: one part after the other, so
   * that a part sees what the parts before it have left, as in PyTorch.
   */
  private Tensor assignInTurn(String op, Blocks.Formula f, Tensor... operands) {
    OperationCall call = Operations.watched() ? Operations.last(f.of(operands)) : null;
    boolean silent = Operations.watched() && Operations.silence(true);
    try {
      int d = MemoryOrder.outermost(layout);
      for (int i = 0; i < layout.shape[d]; i++) {
        Tensor[] parts = new Tensor[operands.length];
        for (int k = 0; k < parts.length; k++) {
          Tensor x = operands[k];
          parts[k] = (x == this ? x : x.expand(layout.shape)).select(d, i);
        }
        select(d, i).assign(op, f, parts);
      }
    } finally {
      if (Operations.watched()) {
        Operations.silence(silent);
      }
    }
    if (call != null) {
      Operations.inPlace(op, this, call);
    }
    return this;
  }

  /** Makes f(this) the contents of this tensor, without a copy of them where that can be. */
  private Tensor assign(String op, UnaryOp f) {
    checkInPlace(op);
    boolean recorded = Graph.wanted(this);
    if (!isFloatingPoint() || !layout.contiguous || recorded && (base != null || f.keepsInput())) {
      return MemoryOrder.overlaps(layout)
          ? assignInTurn(op, t -> f.apply(t[0]), this)
          : store(op, f.apply(this));
    }
    f.compute(this, this);
    storage.version++;
    if (recorded) {
      Graph.record(this, op, this, f.kept(this, this), f.backward());
      history++;
    }
    return Operations.watched() ? f.passed(op, this, this) : this;
  }

  /** Makes f(this, other) the contents of this tensor, without a copy of them where that can be. */
  private Tensor assign(String op, BinaryOp f, Tensor other) {
    checkInPlace(op);
    checkOperand(op, other);
    boolean inPlace =
        isFloatingPoint()
            && layout.contiguous
            && storage != other.storage
            && f.resultType(this, other) == dtype()
            && Arrays.equals(layout.shape, Shapes.broadcast(op, layout.shape, other.layout.shape));
    boolean recorded = inPlace && Graph.wanted(this, other);
    if (!inPlace || recorded && (base != null || !f.overwritesFirst(this, other))) {
      return MemoryOrder.overlaps(layout)
          ? assignInTurn(op, t -> f.apply(t[0], t[1]), this, other)
          : store(op, f.apply(this, other));
    }
    f.compute(this, other, this);
    storage.version++;
    if (recorded) {
      f.record(this, other, this);
      history++;
    }
    return Operations.watched() ? f.passed(op, this, this, other) : this;
  }

  /**
   * Refuses a change in place of a leaf that is recorded, and of elements that share memory: which
   * of them would the value be of, and whose gradient is that of the place?
   */
  void checkInPlace(String op) {
    checkRecorded(op);
    checkShared(op);
  }

  /** Refuses to write to elements that share memory. */
  void checkShared(String op) {
    if (layout.repeats()) {
      throw Shapes.error(
          "%s: several elements of the tensor of shape %s and strides %s share memory, as those of"
              + " an expanded tensor do; clone() it before",
          op, layout.shape, layout.strides);
    }
  }

  /** Refuses an operand that an operation in place would change at other places than it reads. */
  void checkOperand(String op, Tensor other) {
    if (storage == Objects.requireNonNull(other, "operand").storage
        && other != this
        && MemoryOrder.intersect(layout, other.layout)
        && !MemoryOrder.coincide(layout, other.layout)) {
      throw overlapping(op, other);
    }
  }

  /** This tensor, to be changed in place, none of whose places an operand may have. */
  private Tensor apart(String op, Tensor... operands) {
    checkInPlace(op);
    for (Tensor other : operands) {
      checkApart(op, other);
    }
    return this;
  }

  /** Refuses an operand that has any place of this tensor, which is changed in place. */
  void checkApart(String op, Tensor other) {
    if (storage == Objects.requireNonNull(other, "operand").storage
        && MemoryOrder.intersect(layout, other.layout)) {
      throw overlapping(op, other);
    }
  }

  private ShapeException overlapping(String op, Tensor other) {
    return Shapes.error(
        "%s: the operand of shape %s shares memory with the tensor of shape %s that is changed in"
            + " place; clone() the operand before",
        op, other.layout.shape, layout.shape);
  }

  /**
   * This tensor with each place of its memory once, for the operations in place that are allowed
   * where elements share memory: they write one value, wherever something says so.
   */
  Tensor once(String op) {
    checkRecorded(op);
    Tensor y = this;
    for (int d = 0; d < layout.rank(); d++) {
      if (layout.repeats(d)) {
        if (Graph.wanted(this)) {
          checkShared(op); // there is no telling which element has the gradient
        }
        y = y.narrow(d, 0, 1);
      }
    }
    return y;
  }

  /** Where a mask is true for any of the elements that share a place, in the shape of once(). */
  private Tensor folded(Tensor mask) {
    int[] dims = IntStream.range(0, dim()).filter(layout::repeats).toArray();
    return mask.expand(layout.shape).any(dims, true);
  }

  private void checkRecorded(String op) {
    if (!Graph.recording()) {
      return;
    }
    if (leafRequiresGrad && maker == null) {
      throw new AutogradException(
          op
              + ": a leaf that requires a gradient cannot be changed in place; do it under"
              + " Facula.noGrad(), or use the operation without trailing underscore");
    }
    Tensor b = base;
    if (b != null && b.leafRequiresGrad && b.maker == null) {
      throw new AutogradException(
          op
              + ": a view of a leaf that requires a gradient cannot be changed in place; do it"
              + " under Facula.noGrad()");
    }
  }

  /** Makes the history of value that of this tensor. */
  private void rebase(String op, Tensor value) {
    Tensor b = base;
    Replay again = replay;
    if (b == null || again == null) {
      Tensor made = value.maker() == null ? replacing(op, value) : value;
      setMaker(made.maker, made.makerIndex);
      history++;
      return;
    }
    Tensor[] inputs = {b, value};
    Layout own = MemoryOrder.like(b.layout); // in which the view can be made again
    Node node =
        new Node(
            op,
            inputs,
            1,
            (c, gs) -> {
              Tensor g = Graph.defined(gs);
              boolean fits = Arrays.equals(g.layout.strides, own.strides);
              Tensor whole = fits ? g : g.arranged(own);
              Tensor kept = null;
              if (c.needs(0)) {
                kept = whole.arranged(own);
                again.of(kept).zero_();
              }
              return new Tensor[] {kept, c.needs(1) ? again.of(whole) : null};
            });
    node.save();
    b.setMaker(node, 0);
    b.history++;
  }

  /** A leaf's or constant's values in place of this tensor's own, which get no gradient. */
  private Tensor replacing(String op, Tensor value) {
    return Graph.record(
        new Tensor(storage, layout),
        op,
        new Tensor[] {this, value},
        Graph.none(),
        (c, gs) -> {
          Tensor g = Graph.defined(gs);
          return new Tensor[] {c.needs(0) ? zerosLike(g) : null, c.needs(1) ? g : null};
        });
  }

  /** A view of this tensor's storage that can be made again with replay. */
  Tensor viewed(String op, Layout to, UnaryOperator<Tensor> again, Graph.SingleBackward backward) {
    Tensor y = new Tensor(storage, to);
    if (!Graph.recording()) {
      return y;
    }
    Tensor b = base;
    y.replay = new Replay(replay, again);
    if (b == null) {
      y.base = this;
      y.history = history;
    } else {
      y.base = b;
      maker();
      y.history = b.history;
    }
    return requiresGrad() ? Graph.record(y, op, this, Graph.none(), backward) : y;
  }

  /**
   * Makes this leaf stand for another tensor's values, which it then shares: how a parameter
   * changes its type or its memory without becoming another parameter.
   *
   * @return this
   * @throws AutogradException if this is the result of a recorded operation
   */
  public Tensor setData(Tensor data) {
    if (maker() != null) {
      throw new AutogradException("setData: only a leaf can change its values; use copy_");
    }
    if (leafRequiresGrad && !data.isFloatingPoint()) {
      throw new DTypeException(
          "setData: a leaf that requires a gradient cannot be " + data.dtype());
    }
    storage = data.storage;
    storage.seen = true; // lasts beyond the end of tidy, as this tensor does
    layout = data.layout;
    Tensor g = peekGradient();
    if (g != null && (g.dtype() != dtype() || !g.layout.sameShape(layout))) {
      setGrad(null);
    }
    return this;
  }

  /** How many times the storage was changed in place. */
  public int version() {
    return storage.version;
  }

  /** Fills without a look at the graph. */
  Tensor fillRaw(Number value) {
    if (layout.contiguous) {
      storage.fill(layout.offset, layout.offset + layout.numel, value);
    } else {
      Tensor one = empty(dtype(), Shapes.SCALAR).fillRaw(value);
      Copies.copy(one.layout.expand("fill", layout.shape), one.storage, layout, storage);
    }
    return this;
  }

  /** Fills this tensor with zeros. */
  public Tensor zero_() {
    Tensor y = fill("zero_", 0);
    return Operations.watched() ? Operations.changed("zero_", y, this) : y;
  }

  /** Fills this tensor with one value. */
  public Tensor fill_(Number value) {
    Tensor y = fill("fill_", value);
    return Operations.watched() ? Operations.changed("fill_ value", y, this, value) : y;
  }

  /** Fills this tensor with another one's only element. */
  public Tensor fill_(Tensor value) {
    if (value.dim() != 0) {
      throw new ShapeException(
          "fill_: the value must have no dimensions, has shape "
              + Shapes.format(value.layout.shape));
    }
    Tensor y = assign("fill_", value.to(dtype()).expand(layout.shape));
    return Operations.watched() ? Operations.changed("fill_", y, this, value) : y;
  }

  private Tensor fill(String op, Number value) {
    if (layout.repeats()) {
      once(op).fill(op, value);
      return this;
    }
    if (!layout.contiguous || Graph.wanted(this)) {
      return assign(op, full(dtype(), value).expand(layout.shape));
    }
    checkInPlace(op);
    storage.version++;
    return fillRaw(value);
  }

  /**
   * Copies another tensor's values, broadcast and converted, into this one.
   *
   * @param source any tensor whose shape broadcasts to this one's
   */
  public Tensor copy_(Tensor source) {
    checkRecorded("copy_");
    if (source == this) {
      return this;
    }
    checkShared("copy_");
    checkOperand("copy_", source);
    Tensor y = store("copy_", source.to(dtype()).expand(layout.shape));
    return Operations.watched() ? Operations.changed("copy_", y, this, source) : y;
  }

  // ---- copies and conversions ---------------------------------------------------------------

  /**
   * A copy with a storage of its own and the same memory order. The operation is recorded:
   * gradients of the copy flow back to this tensor. {@code detach().clone()} has no history.
   */
  @Override
  @SuppressWarnings("MethodDoesntCallSuperMethod")
  public Tensor clone() {
    return copied("clone", MemoryOrder.like(layout));
  }

  private Tensor copied(String op, Layout to) {
    Tensor y = new Tensor(Storage.uninitialized(dtype(), to.shape, to.span()), to);
    Copies.copy(layout, storage, to, y.storage);
    if (Graph.wanted(this)) {
      Graph.record(y, op, this, Graph.none(), (c, g) -> g);
    }
    return Operations.watched() ? Operations.passed(op, y, this) : y;
  }

  /**
   * This tensor if its elements are contiguous in row-major order, else a copy in which they are.
   */
  public Tensor contiguous() {
    return layout.contiguous ? this : rowMajorCopy();
  }

  /** A copy whose elements lie one after another in row-major order. */
  Tensor rowMajorCopy() {
    return arranged(Layout.contiguous("contiguous", layout.shape));
  }

  /** A copy whose elements lie in this order. */
  Tensor arranged(Layout to) {
    return copied("contiguous", to);
  }

  /**
   * This tensor if it has that type, else a converted copy; differentiable between floating-point
   * types. To integers fractions are cut off, to BOOL anything but 0 (NaN, too) is true.
   */
  public Tensor to(DType dtype) {
    if (dtype == dtype()) {
      return this;
    }
    Tensor y = cast(dtype);
    DType from = dtype();
    if (dtype.isFloatingPoint() && Graph.wanted(this)) {
      Graph.record(y, "to", this, Graph.none(), (c, g) -> g.to(from));
    }
    return Operations.watched() ? Operations.passed("to dtype", y, this, dtype) : y;
  }

  /** {@link #to(DType)} for the type of another tensor. */
  public Tensor to(Tensor other) {
    return to(other.dtype());
  }

  /** {@link #to(Tensor)} by PyTorch's other name. */
  public Tensor typeAs(Tensor other) {
    return to(other.dtype());
  }

  /** As {@link #to(DType)}, outside of the graph. */
  Tensor cast(DType dtype) {
    if (dtype == dtype()) {
      return this;
    }
    Tensor y = empty(dtype, MemoryOrder.like(layout));
    if (layout.numel == 1) {
      if (dtype.isFloatingPoint() || storage.dtype.isFloatingPoint()) {
        y.storage.setDouble(0, storage.getDouble(layout.offset));
      } else {
        y.storage.setLong(0, storage.getLong(layout.offset));
      }
      return y;
    }
    Copies.copy(layout, storage, y.layout, y.storage);
    return y;
  }

  // ---- arithmetic ---------------------------------------------------------------------------

  /**
   * Adds element by element: {@code y[i] = x[i] + other[i]}. Both operands are broadcast to a
   * common shape; the result has the promoted type (an INT64 and a FLOAT32 tensor give FLOAT32),
   * BOOL with BOOL is a logical or.
   *
   * <pre>{@code
   * Tensor column = Tensor.of(new float[][] {{1}, {2}});
   * Tensor row = Tensor.of(10f, 20f);
   * column.add(row); // [[11, 21], [12, 22]]
   * }</pre>
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor add(Tensor other) {
    return BinaryOps.add().apply(this, other);
  }

  /**
   * {@link #add(Tensor)} of a number, which does not change the type of a floating-point tensor; a
   * fraction makes integers FLOAT32.
   */
  public Tensor add(Number other) {
    return add(number(other));
  }

  /**
   * Adds a multiple: {@code y[i] = x[i] + alpha * other[i]}, with broadcasting.
   *
   * @param other what is added
   * @param alpha its factor; an integer if both tensors are of integers
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if alpha is a fraction and both tensors are of integers
   */
  public Tensor add(Tensor other, Number alpha) {
    Tensor y = Blocks.elementwise(t -> t[0].add(t[0].scaled("add", t[1], alpha)), this, other);
    return Operations.watched() ? Operations.passed("add alpha", y, this, other, alpha) : y;
  }

  /** {@link #add(Tensor, Number)} for a number. */
  public Tensor add(Number other, Number alpha) {
    return add(number(other), alpha);
  }

  /** {@link #add(Tensor)} in place. */
  public Tensor add_(Tensor other) {
    return assign("add_", BinaryOps.add(), other);
  }

  /** {@link #add(Number)} in place. */
  public Tensor add_(Number other) {
    return assign("add_", BinaryOps.add(), number(other));
  }

  /** This + alpha other, in place. */
  public Tensor add_(Tensor other, Number alpha) {
    return assign("add_", t -> t[0].add(t[1], alpha), this, other);
  }

  /** {@link #add_(Tensor, Number)} for a number. */
  public Tensor add_(Number other, Number alpha) {
    return add_(number(other), alpha);
  }

  /** alpha other, which changes the type of no result. */
  private Tensor scaled(String op, Tensor other, Number alpha) {
    boolean whole = alpha instanceof Long || alpha instanceof Integer;
    if (!whole && !isFloatingPoint() && !other.isFloatingPoint()) {
      throw new DTypeException(
          "%s: alpha has to be an integer for tensors of %s and %s, is %s"
              .formatted(op, dtype(), other.dtype(), alpha));
    }
    return other.dtype() == DType.BOOL && dtype() == DType.BOOL
        ? other.mul(alpha).to(DType.BOOL)
        : other.mul(alpha);
  }

  /**
   * Subtracts element by element: {@code y[i] = x[i] - other[i]}, with broadcasting and type
   * promotion as in {@link #add(Tensor)}.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException for BOOL, which has no difference: use {@link #logicalXor}
   */
  public Tensor sub(Tensor other) {
    if (dtype() == DType.BOOL || other.dtype() == DType.BOOL) {
      throw new DTypeException(
          "sub: not defined for bool tensors; use logicalXor, or logicalNot to invert a mask");
    }
    return BinaryOps.sub().apply(this, other);
  }

  /** {@link #sub(Tensor)} by PyTorch's other name. */
  public Tensor subtract(Tensor other) {
    return sub(other);
  }

  /** This - other. */
  public Tensor sub(Number other) {
    return sub(number(other));
  }

  /** {@link #sub(Number)} by PyTorch's other name. */
  public Tensor subtract(Number other) {
    return sub(other);
  }

  /**
   * Subtracts a multiple: {@code y[i] = x[i] - alpha * other[i]}, with broadcasting.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException for BOOL, or if alpha is a fraction and both tensors are of integers
   */
  public Tensor sub(Tensor other, Number alpha) {
    Tensor y = Blocks.elementwise(t -> t[0].sub(t[0].scaled("sub", t[1], alpha)), this, other);
    return Operations.watched() ? Operations.passed("sub alpha", y, this, other, alpha) : y;
  }

  /** {@link #sub(Tensor, Number)} for a number. */
  public Tensor sub(Number other, Number alpha) {
    return sub(number(other), alpha);
  }

  /** {@link #sub(Tensor)} in place. */
  public Tensor sub_(Tensor other) {
    return assign("sub_", BinaryOps.sub(), other);
  }

  /** {@link #sub(Number)} in place. */
  public Tensor sub_(Number other) {
    return assign("sub_", BinaryOps.sub(), number(other));
  }

  /** {@link #sub(Tensor, Number)} in place. */
  public Tensor sub_(Tensor other, Number alpha) {
    return assign("sub_", t -> t[0].sub(t[1], alpha), this, other);
  }

  /** {@link #sub_(Tensor, Number)} for a number. */
  public Tensor sub_(Number other, Number alpha) {
    return sub_(number(other), alpha);
  }

  /**
   * Multiplies element by element: {@code y[i] = x[i] * other[i]}, with broadcasting and type
   * promotion as in {@link #add(Tensor)}; BOOL with BOOL is a logical and. {@link #matmul} is the
   * matrix product.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor mul(Tensor other) {
    return BinaryOps.mul().apply(this, other);
  }

  /** {@link #mul(Tensor)} by PyTorch's other name. */
  public Tensor multiply(Tensor other) {
    return mul(other);
  }

  /** This times other. */
  public Tensor mul(Number other) {
    return mul(number(other));
  }

  /** {@link #mul(Tensor)} in place. */
  public Tensor mul_(Tensor other) {
    return assign("mul_", BinaryOps.mul(), other);
  }

  /** {@link #mul(Number)} in place. */
  public Tensor mul_(Number other) {
    return assign("mul_", BinaryOps.mul(), number(other));
  }

  /** {@link #mul(Number)} by PyTorch's other name. */
  public Tensor multiply(Number other) {
    return mul(other);
  }

  /**
   * Divides element by element: {@code y[i] = x[i] / other[i]}, with broadcasting. Integers give
   * FLOAT32; a division by 0 gives an infinity, or NaN for 0 / 0. {@link #div(Tensor, String)}
   * rounds and keeps integers.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor div(Tensor other) {
    return BinaryOps.div().apply(this, other);
  }

  /** {@link #div(Tensor)} by PyTorch's other name. */
  public Tensor trueDivide(Tensor other) {
    return div(other);
  }

  /** {@link #div(Tensor)} by PyTorch's other name. */
  public Tensor divide(Tensor other) {
    return div(other);
  }

  /** This divided by other; integers give FLOAT32. */
  public Tensor div(Number other) {
    return div(number(other));
  }

  /** {@link #div(Number)} by PyTorch's other name. */
  public Tensor trueDivide(Number other) {
    return div(other);
  }

  /** {@link #div(Number)} by PyTorch's other name. */
  public Tensor divide(Number other) {
    return div(other);
  }

  /**
   * Divides and rounds down: {@code y[i] = floor(x[i] / other[i])}, with broadcasting; keeps the
   * promoted type. Not differentiable.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws ArithmeticException if integers are divided by 0
   */
  public Tensor floorDivide(Tensor other) {
    return BinaryOps.floorDivide().apply(this, other);
  }

  /**
   * This divided by other, rounded down.
   *
   * @throws ArithmeticException if integers are divided by 0
   */
  public Tensor floorDivide(Number other) {
    return floorDivide(number(other));
  }

  /** {@link #floorDivide(Tensor)} in place. */
  public Tensor floorDivide_(Tensor other) {
    return assign("floorDivide_", t -> t[0].floorDivide(t[1]), this, other);
  }

  /** {@link #floorDivide(Number)} in place. */
  public Tensor floorDivide_(Number other) {
    return assign("floorDivide_", t -> t[0].floorDivide(other), this);
  }

  /**
   * The remainder with the sign of the divisor, as Python's %: {@code x - other * floor(x /
   * other)}, with broadcasting. NaN for floating-point divisors of 0.
   *
   * <pre>{@code
   * Tensor.of(-3, 3).remainder(2); // [1, 1]
   * }</pre>
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws ArithmeticException if integers are divided by 0
   */
  public Tensor remainder(Tensor other) {
    return BinaryOps.remainder().apply(this, other);
  }

  /**
   * The remainder with the sign of the divisor, as Python's %.
   *
   * @throws ArithmeticException if integers are divided by 0
   */
  public Tensor remainder(Number other) {
    return remainder(number(other));
  }

  /** The remainder of a number divided by each element, with the sign of the divisor. */
  public static Tensor remainder(Number first, Tensor other) {
    return number(first).remainder(other);
  }

  /** {@link #remainder(Tensor)} in place. */
  public Tensor remainder_(Tensor other) {
    return assign("remainder_", t -> t[0].remainder(t[1]), this, other);
  }

  /** {@link #remainder(Number)} in place. */
  public Tensor remainder_(Number other) {
    return assign("remainder_", t -> t[0].remainder(other), this);
  }

  /**
   * The remainder with the sign of the dividend, as Java's %: {@code x - other * trunc(x / other)},
   * with broadcasting.
   *
   * <pre>{@code
   * Tensor.of(-3, 3).fmod(2); // [-1, 1]
   * }</pre>
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws ArithmeticException if integers are divided by 0
   */
  public Tensor fmod(Tensor other) {
    return BinaryOps.fmod().apply(this, other);
  }

  /**
   * The remainder with the sign of the dividend, as Java's %.
   *
   * @throws ArithmeticException if integers are divided by 0
   */
  public Tensor fmod(Number other) {
    return fmod(number(other));
  }

  /** {@link #fmod(Tensor)} in place. */
  public Tensor fmod_(Tensor other) {
    return assign("fmod_", t -> t[0].fmod(t[1]), this, other);
  }

  /** {@link #fmod(Number)} in place. */
  public Tensor fmod_(Number other) {
    return assign("fmod_", t -> t[0].fmod(other), this);
  }

  /**
   * Raises element by element: {@code y[i] = x[i]^exponent[i]}, with broadcasting and type
   * promotion. NaN for a negative base and a fraction; 1 for an exponent of 0, also of NaN.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor pow(Tensor exponent) {
    return BinaryOps.pow().apply(this, exponent);
  }

  /**
   * Raises each element to a power: {@code y[i] = x[i]^exponent}. Exponents of 2, 3, 0.5, -1 and
   * the like are multiplications and roots. The derivative is exponent x^(exponent - 1).
   *
   * @throws IllegalArgumentException if integers are raised to a negative integer
   */
  public Tensor pow(Number exponent) {
    Tensor y = PowScalar.pow(this, exponent);
    return Operations.watched() ? Operations.passed("pow exponent", y, this, exponent) : y;
  }

  /** A number to the power of each element. */
  public static Tensor pow(Number base, Tensor exponent) {
    return number(base).pow(exponent);
  }

  /** {@link #pow(Tensor)} in place. */
  public Tensor pow_(Tensor other) {
    return assign("pow_", t -> t[0].pow(t[1]), this, other);
  }

  /** {@link #pow(Number)} in place. */
  public Tensor pow_(Number other) {
    return assign("pow_", t -> t[0].pow(other), this);
  }

  /**
   * The larger of the two, element by element and broadcast; NaN if either is. Equal elements share
   * the gradient.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor maximum(Tensor other) {
    return BinaryOps.maximum().apply(this, other);
  }

  /**
   * The smaller of the two, element by element and broadcast; NaN if either is. Equal elements
   * share the gradient.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor minimum(Tensor other) {
    return BinaryOps.minimum().apply(this, other);
  }

  /**
   * The angle of the point (other, this): {@code y[i] = atan(x[i] / other[i])} in the right
   * quadrant, in radians from -pi to pi. Integers give FLOAT32.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor atan2(Tensor other) {
    return BinaryOps.atan2().apply(this, other);
  }

  /** {@link #atan2(Tensor)} in place. */
  public Tensor atan2_(Tensor other) {
    return assign("atan2_", t -> t[0].atan2(t[1]), this, other);
  }

  /** {@link #atan2(Tensor)} by PyTorch's other name. */
  public Tensor arctan2(Tensor other) {
    return atan2(other);
  }

  /**
   * The larger of the two, where a NaN counts as missing: NaN only if both are. {@link #maximum}
   * gives NaN on.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor fmax(Tensor other) {
    return BinaryOps.fmax().apply(this, other);
  }

  /**
   * The smaller of the two, where a NaN counts as missing: NaN only if both are. {@link #minimum}
   * gives NaN on.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor fmin(Tensor other) {
    return BinaryOps.fmin().apply(this, other);
  }

  /**
   * The magnitude of this with the sign of other, -0 included: {@code y[i] = |x[i]| *
   * sign(other[i])}. Integers give FLOAT32.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor copysign(Tensor other) {
    return BinaryOps.copysign().apply(this, other);
  }

  /** The magnitude of this with the sign of a number. */
  public Tensor copysign(Number other) {
    return copysign(number(other));
  }

  /** {@link #copysign(Tensor)} in place. */
  public Tensor copysign_(Tensor other) {
    return assign("copysign_", t -> t[0].copysign(t[1]), this, other);
  }

  /** {@link #copysign(Number)} in place. */
  public Tensor copysign_(Number other) {
    return assign("copysign_", t -> t[0].copysign(other), this);
  }

  /**
   * The hypotenuse {@code sqrt(x[i]^2 + other[i]^2)}, without overflow in between.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor hypot(Tensor other) {
    return BinaryOps.hypot().apply(this, other);
  }

  /** {@link #hypot(Tensor)} in place. */
  public Tensor hypot_(Tensor other) {
    return assign("hypot_", t -> t[0].hypot(t[1]), this, other);
  }

  /**
   * {@code log(exp(x[i]) + exp(other[i]))}, without overflow: the sum of two probabilities that are
   * given by their logarithms.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor logaddexp(Tensor other) {
    return BinaryOps.logaddexp().apply(this, other);
  }

  /**
   * {@code log2(2^x[i] + 2^other[i])}, without overflow.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor logaddexp2(Tensor other) {
    return BinaryOps.logaddexp2().apply(this, other);
  }

  /**
   * {@code x[i] * log(other[i])}, and 0 where x is 0 unless other is NaN: a term of an entropy.
   * Integers give FLOAT32.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor xlogy(Tensor other) {
    return BinaryOps.xlogy().apply(this, other);
  }

  /** {@link #xlogy(Tensor)} for a number. */
  public Tensor xlogy(Number other) {
    return xlogy(number(other));
  }

  /** A number times the logarithm of each element. */
  public static Tensor xlogy(Number first, Tensor other) {
    return number(first).xlogy(other);
  }

  /** {@link #xlogy(Tensor)} in place. */
  public Tensor xlogy_(Tensor other) {
    return assign("xlogy_", t -> t[0].xlogy(t[1]), this, other);
  }

  /** {@link #xlogy(Number)} in place. */
  public Tensor xlogy_(Number other) {
    return xlogy_(number(other));
  }

  /**
   * The step function: 0 for x below 0, 1 above, the element of other at 0. Not differentiable.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor heaviside(Tensor other) {
    return BinaryOps.heaviside().apply(this, other);
  }

  /** {@link #heaviside(Tensor)} in place. */
  public Tensor heaviside_(Tensor other) {
    return assign("heaviside_", t -> t[0].heaviside(t[1]), this, other);
  }

  /**
   * The greatest common divisor of integers, 0 or more; gcd(0, n) is |n|.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if a tensor is of floating point
   */
  public Tensor gcd(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.gcd(), this, other, false);
  }

  /** {@link #gcd(Tensor)} in place. */
  public Tensor gcd_(Tensor other) {
    return assign("gcd_", t -> t[0].gcd(t[1]), this, other);
  }

  /**
   * The least common multiple of integers, 0 or more; lcm(0, n) is 0.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if a tensor is of floating point
   */
  public Tensor lcm(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.lcm(), this, other, false);
  }

  /** {@link #lcm(Tensor)} in place. */
  public Tensor lcm_(Tensor other) {
    return assign("lcm_", t -> t[0].lcm(t[1]), this, other);
  }

  /**
   * The bits that are set in both, for integers; a logical and for BOOL.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if a tensor is of floating point
   */
  public Tensor bitwiseAnd(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.bitwiseAnd(), this, other, true);
  }

  /** {@link #bitwiseAnd(Tensor)} for a number. */
  public Tensor bitwiseAnd(Number other) {
    return bitwiseAnd(number(other));
  }

  /** {@link #bitwiseAnd(Tensor)} of a number. */
  public static Tensor bitwiseAnd(Number first, Tensor other) {
    return number(first).bitwiseAnd(other);
  }

  /** {@link #bitwiseAnd(Tensor)} in place. */
  public Tensor bitwiseAnd_(Tensor other) {
    return assign("bitwiseAnd_", t -> t[0].bitwiseAnd(t[1]), this, other);
  }

  /** {@link #bitwiseAnd(Number)} in place. */
  public Tensor bitwiseAnd_(Number other) {
    return bitwiseAnd_(number(other));
  }

  /**
   * The bits that are set in either, for integers; a logical or for BOOL.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if a tensor is of floating point
   */
  public Tensor bitwiseOr(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.bitwiseOr(), this, other, true);
  }

  /** {@link #bitwiseOr(Tensor)} for a number. */
  public Tensor bitwiseOr(Number other) {
    return bitwiseOr(number(other));
  }

  /** {@link #bitwiseOr(Tensor)} of a number. */
  public static Tensor bitwiseOr(Number first, Tensor other) {
    return number(first).bitwiseOr(other);
  }

  /** {@link #bitwiseOr(Tensor)} in place. */
  public Tensor bitwiseOr_(Tensor other) {
    return assign("bitwiseOr_", t -> t[0].bitwiseOr(t[1]), this, other);
  }

  /** {@link #bitwiseOr(Number)} in place. */
  public Tensor bitwiseOr_(Number other) {
    return bitwiseOr_(number(other));
  }

  /**
   * The bits that are set in one of the two, for integers; a logical exclusive or for BOOL.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if a tensor is of floating point
   */
  public Tensor bitwiseXor(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.bitwiseXor(), this, other, true);
  }

  /** {@link #bitwiseXor(Tensor)} for a number. */
  public Tensor bitwiseXor(Number other) {
    return bitwiseXor(number(other));
  }

  /** {@link #bitwiseXor(Tensor)} of a number. */
  public static Tensor bitwiseXor(Number first, Tensor other) {
    return number(first).bitwiseXor(other);
  }

  /** {@link #bitwiseXor(Tensor)} in place. */
  public Tensor bitwiseXor_(Tensor other) {
    return assign("bitwiseXor_", t -> t[0].bitwiseXor(t[1]), this, other);
  }

  /** {@link #bitwiseXor(Number)} in place. */
  public Tensor bitwiseXor_(Number other) {
    return bitwiseXor_(number(other));
  }

  /** This times 2^other, for integers. */
  public Tensor bitwiseLeftShift(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.leftShift(), this, other, false);
  }

  /** {@link #bitwiseLeftShift(Tensor)} for a number. */
  public Tensor bitwiseLeftShift(Number other) {
    return bitwiseLeftShift(number(other));
  }

  /** {@link #bitwiseLeftShift(Tensor)} of a number. */
  public static Tensor bitwiseLeftShift(Number first, Tensor other) {
    return number(first).bitwiseLeftShift(other);
  }

  /** {@link #bitwiseLeftShift(Tensor)} in place. */
  public Tensor bitwiseLeftShift_(Tensor other) {
    return assign("bitwiseLeftShift_", t -> t[0].bitwiseLeftShift(t[1]), this, other);
  }

  /** {@link #bitwiseLeftShift(Number)} in place. */
  public Tensor bitwiseLeftShift_(Number other) {
    return bitwiseLeftShift_(number(other));
  }

  /** This shifted right by other bits, keeping the sign. */
  public Tensor bitwiseRightShift(Tensor other) {
    return BinaryOps.applyToIntegers(BinaryOps.rightShift(), this, other, false);
  }

  /** {@link #bitwiseRightShift(Tensor)} for a number. */
  public Tensor bitwiseRightShift(Number other) {
    return bitwiseRightShift(number(other));
  }

  /** {@link #bitwiseRightShift(Tensor)} of a number. */
  public static Tensor bitwiseRightShift(Number first, Tensor other) {
    return number(first).bitwiseRightShift(other);
  }

  /** {@link #bitwiseRightShift(Tensor)} in place. */
  public Tensor bitwiseRightShift_(Tensor other) {
    return assign("bitwiseRightShift_", t -> t[0].bitwiseRightShift(t[1]), this, other);
  }

  /** {@link #bitwiseRightShift(Number)} in place. */
  public Tensor bitwiseRightShift_(Number other) {
    return bitwiseRightShift_(number(other));
  }

  /**
   * {@code x[i]^other[i]} in FLOAT64, whatever the types are.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor floatPower(Tensor other) {
    Tensor y = to(DType.FLOAT64).pow(other.to(DType.FLOAT64));
    return Operations.watched() ? Operations.passed("floatPower", y, this, other) : y;
  }

  /** {@link #floatPower(Tensor)} for a number. */
  public Tensor floatPower(Number other) {
    return floatPower(number(other));
  }

  /** A number to the power of each element, in FLOAT64. */
  public static Tensor floatPower(Number first, Tensor other) {
    return number(first).floatPower(other);
  }

  /** {@link #floatPower(Tensor)} in place. */
  public Tensor floatPower_(Tensor other) {
    return assign("floatPower_", t -> t[0].floatPower(t[1]), this, other);
  }

  /** {@link #floatPower(Number)} in place. */
  public Tensor floatPower_(Number other) {
    return floatPower_(number(other));
  }

  /**
   * Divides and rounds, with broadcasting: {@code "trunc"} rounds towards zero, as Java's / of
   * integers, {@code "floor"} downwards, as Python's //. Keeps the promoted type; the gradient is
   * zero.
   *
   * <pre>{@code
   * Tensor.of(-7, 7).div(Tensor.of(2), "floor"); // [-4, 3]
   * }</pre>
   *
   * @param other the divisor
   * @param roundingMode "trunc", "floor", or null for {@link #div(Tensor)}
   * @throws ShapeException if the shapes do not broadcast
   * @throws ArithmeticException if integers are divided by 0
   * @throws IllegalArgumentException for another mode
   */
  public Tensor div(Tensor other, @Nullable String roundingMode) {
    if (roundingMode == null) {
      return div(other);
    }
    Tensor y =
        roundingMode("div", roundingMode).equals("trunc")
            ? BinaryOps.truncDivide().apply(this, other)
            : floorDivide(other);
    return Operations.watched()
        ? Operations.passed("div roundingMode", y, this, other, roundingMode)
        : y;
  }

  private static String roundingMode(String op, String mode) {
    return Options.oneOf(op, "roundingMode", mode, "trunc", "floor");
  }

  /** {@link #div(Tensor, String)} for a number. */
  public Tensor div(Number other, @Nullable String roundingMode) {
    return div(number(other), roundingMode);
  }

  /** {@link #div(Tensor)} in place. */
  public Tensor div_(Tensor other) {
    return assign("div_", BinaryOps.div(), other);
  }

  /** {@link #div(Number)} in place. */
  public Tensor div_(Number other) {
    return assign("div_", BinaryOps.div(), number(other));
  }

  /** {@link #div(Tensor, String)} in place. */
  public Tensor div_(Tensor other, @Nullable String roundingMode) {
    if (roundingMode != null) {
      roundingMode("div_", roundingMode);
    }
    return assign("div_", t -> t[0].div(t[1], roundingMode), this, other);
  }

  /** {@link #div(Number, String)} in place. */
  public Tensor div_(Number other, @Nullable String roundingMode) {
    return div_(number(other), roundingMode);
  }

  /**
   * {@code y[i] = other[i] - alpha * x[i]}, with broadcasting.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException for BOOL
   */
  public Tensor rsub(Tensor other, Number alpha) {
    Tensor y = other.sub(this, alpha);
    return Operations.watched() ? Operations.passed("rsub alpha", y, this, other, alpha) : y;
  }

  /** other - this. */
  public Tensor rsub(Tensor other) {
    return rsub(other, 1);
  }

  /** A number minus this. */
  public Tensor rsub(Number other) {
    return rsub(number(other), 1);
  }

  /** A number minus alpha times this. */
  public Tensor rsub(Number other, Number alpha) {
    return rsub(number(other), alpha);
  }

  /**
   * Interpolates: {@code y[i] = x[i] + weight[i] * (end[i] - x[i])}, with broadcasting. Weights
   * from 0 (this) to 1 (end); others extrapolate.
   *
   * @param end the values at weight 1
   * @param weight of the same type
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if the types differ
   */
  public Tensor lerp(Tensor end, Tensor weight) {
    Tensor y = Selection.lerp(this, end, weight);
    return Operations.watched() ? Operations.passed("lerp", y, this, end, weight) : y;
  }

  /** This + weight (end - this). */
  public Tensor lerp(Tensor end, Number weight) {
    Tensor y = Selection.lerp(this, end, weight.doubleValue()).apply(this, end);
    return Operations.watched() ? Operations.passed("lerp weight", y, this, end, weight) : y;
  }

  /** {@link #lerp(Tensor, Tensor)} in place. */
  public Tensor lerp_(Tensor end, Tensor weight) {
    return assign("lerp_", t -> t[0].lerp(t[1], t[2]), this, end, weight);
  }

  /** {@link #lerp(Tensor, Number)} in place. */
  public Tensor lerp_(Tensor end, Number weight) {
    Tensor y = assign("lerp_", Selection.lerp(this, end, weight.doubleValue()), end);
    return Operations.watched() ? Operations.changed("lerp_ weight", y, this, end, weight) : y;
  }

  /**
   * {@code y[i] = x[i] + value * a[i] * b[i]}, with broadcasting.
   *
   * @param a the first factor
   * @param b the second factor
   * @param value the factor of both; default 1
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor addcmul(Tensor a, Tensor b, Number value) {
    Objects.requireNonNull(a, "a");
    Tensor y = Blocks.elementwise(t -> t[0].add(t[1].mul(t[2]), value), this, a, b);
    return Operations.watched() ? Operations.passed("addcmul value", y, this, a, b, value) : y;
  }

  /** this + a · b. */
  public Tensor addcmul(Tensor a, Tensor b) {
    return addcmul(a, b, 1);
  }

  /** {@link #addcmul(Tensor, Tensor, Number)} in place. */
  public Tensor addcmul_(Tensor a, Tensor b, Number value) {
    return assign("addcmul_", t -> t[0].addcmul(t[1], t[2], value), this, a, b);
  }

  /** {@link #addcmul(Tensor, Tensor)} in place. */
  public Tensor addcmul_(Tensor a, Tensor b) {
    return addcmul_(a, b, 1);
  }

  /**
   * {@code y[i] = x[i] + value * a[i] / b[i]}, with broadcasting.
   *
   * @param a the dividend
   * @param b the divisor
   * @param value the factor of the quotient; default 1
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if a and b are both of integers
   */
  public Tensor addcdiv(Tensor a, Tensor b, Number value) {
    if (!a.isFloatingPoint() && !b.isFloatingPoint()) {
      throw new DTypeException(
          "addcdiv: integer division is not defined here (%s and %s); convert an operand to floating point"
              .formatted(a.dtype(), b.dtype()));
    }
    Tensor y = Blocks.elementwise(t -> t[0].add(t[1].div(t[2]), value), this, a, b);
    return Operations.watched() ? Operations.passed("addcdiv value", y, this, a, b, value) : y;
  }

  /** this + a / b. */
  public Tensor addcdiv(Tensor a, Tensor b) {
    return addcdiv(a, b, 1);
  }

  /** {@link #addcdiv(Tensor, Tensor, Number)} in place. */
  public Tensor addcdiv_(Tensor a, Tensor b, Number value) {
    return assign("addcdiv_", t -> t[0].addcdiv(t[1], t[2], value), this, a, b);
  }

  /** {@link #addcdiv(Tensor, Tensor)} in place. */
  public Tensor addcdiv_(Tensor a, Tensor b) {
    return addcdiv_(a, b, 1);
  }

  // ---- functions of one operand -------------------------------------------------------------

  /**
   * {@code -x}, element by element.
   *
   * @throws DTypeException for BOOL: use {@link #logicalNot}
   */
  public Tensor neg() {
    if (dtype() == DType.BOOL) {
      throw new DTypeException("neg: not defined for bool tensors; use logicalNot");
    }
    return UnaryOps.neg().apply(this);
  }

  /** {@link #neg()} in place. */
  public Tensor neg_() {
    return assign("neg_", t -> t[0].neg(), this);
  }

  /** {@link #neg()} by PyTorch's other name. */
  public Tensor negative() {
    return neg();
  }

  /**
   * {@code |x|}, element by element; the derivative at 0 is 0. The smallest INT64 has no magnitude
   * and stays.
   */
  public Tensor abs() {
    return UnaryOps.abs().apply(this);
  }

  /** {@link #abs()} in place. */
  public Tensor abs_() {
    return assign("abs_", UnaryOps.abs());
  }

  /** {@link #abs()} by PyTorch's other name. */
  public Tensor absolute() {
    return abs();
  }

  /** {@code x * x}, element by element. */
  public Tensor square() {
    if (dtype() != DType.BOOL) {
      return UnaryOps.square().apply(this);
    }
    Tensor y = UnaryOps.square().part().apply(to(DType.INT64));
    return Operations.watched() ? Operations.passed("square", y, this) : y;
  }

  /** {@link #square()} in place. */
  public Tensor square_() {
    return assign("square_", t -> t[0].square(), this);
  }

  /** -1, 0 or 1, element by element; NaN stays in floating point. The gradient is zero. */
  public Tensor sign() {
    return UnaryOps.sign().apply(this);
  }

  /** {@link #sign()} in place. */
  public Tensor sign_() {
    return assign("sign_", UnaryOps.sign());
  }

  /** The largest whole number that is at most x, of the same type. The gradient is zero. */
  public Tensor floor() {
    return UnaryOps.floor().apply(this);
  }

  /** {@link #floor()} in place. */
  public Tensor floor_() {
    return assign("floor_", UnaryOps.floor());
  }

  /** The smallest whole number that is at least x, of the same type. The gradient is zero. */
  public Tensor ceil() {
    return UnaryOps.ceil().apply(this);
  }

  /** {@link #ceil()} in place. */
  public Tensor ceil_() {
    return assign("ceil_", UnaryOps.ceil());
  }

  /**
   * The nearest whole number, halves to the even one: 0.5 becomes 0, 1.5 becomes 2. The gradient is
   * zero.
   */
  public Tensor round() {
    return UnaryOps.round().apply(this);
  }

  /** x without its fraction, rounded towards zero. The gradient is zero. */
  public Tensor trunc() {
    return UnaryOps.trunc().apply(this);
  }

  /** {@link #trunc()} in place. */
  public Tensor trunc_() {
    return assign("trunc_", UnaryOps.trunc());
  }

  /** {@link #trunc()} by PyTorch's other name. */
  public Tensor fix() {
    return trunc();
  }

  /** The fraction {@code x - trunc(x)}, with the sign of x. */
  public Tensor frac() {
    return UnaryOps.frac().apply(this);
  }

  /** {@link #frac()} in place. */
  public Tensor frac_() {
    return assign("frac_", UnaryOps.frac());
  }

  /**
   * The square root; NaN below 0. Integers give FLOAT32. The derivative, 1 / (2 sqrt(x)), is
   * infinite at 0.
   */
  public Tensor sqrt() {
    return UnaryOps.sqrt().apply(this);
  }

  /** {@link #sqrt()} in place. */
  public Tensor sqrt_() {
    return assign("sqrt_", UnaryOps.sqrt());
  }

  /** {@code 1 / sqrt(x)}; infinite at 0, NaN below. Integers give FLOAT32. */
  public Tensor rsqrt() {
    return UnaryOps.rsqrt().apply(this);
  }

  /** {@link #rsqrt()} in place. */
  public Tensor rsqrt_() {
    return assign("rsqrt_", UnaryOps.rsqrt());
  }

  /** {@code 1 / x}; infinite at 0. Integers give FLOAT32. */
  public Tensor reciprocal() {
    return UnaryOps.reciprocal().apply(this);
  }

  /** {@link #reciprocal()} in place. */
  public Tensor reciprocal_() {
    return assign("reciprocal_", UnaryOps.reciprocal());
  }

  /** {@code e^x}, element by element; infinite above 88.7 in FLOAT32. Integers give FLOAT32. */
  public Tensor exp() {
    return UnaryOps.exp().apply(this);
  }

  /** {@link #exp()} in place. */
  public Tensor exp_() {
    return assign("exp_", UnaryOps.exp());
  }

  /** {@code 2^x}, element by element. Integers give FLOAT32. */
  public Tensor exp2() {
    return UnaryOps.exp2().apply(this);
  }

  /** {@link #exp2()} in place. */
  public Tensor exp2_() {
    return assign("exp2_", UnaryOps.exp2());
  }

  /**
   * {@code exp(x) - 1}, exact for small x, where the difference would lose its digits. Integers
   * give FLOAT32.
   */
  public Tensor expm1() {
    return UnaryOps.expm1().apply(this);
  }

  /** {@link #expm1()} in place. */
  public Tensor expm1_() {
    return assign("expm1_", UnaryOps.expm1());
  }

  /** The natural logarithm; -infinity at 0, NaN below. Integers give FLOAT32. */
  public Tensor log() {
    return UnaryOps.log().apply(this);
  }

  /** {@link #log()} in place. */
  public Tensor log_() {
    return assign("log_", UnaryOps.log());
  }

  /** The logarithm to base 2; -infinity at 0, NaN below. Integers give FLOAT32. */
  public Tensor log2() {
    return UnaryOps.log2().apply(this);
  }

  /** {@link #log2()} in place. */
  public Tensor log2_() {
    return assign("log2_", UnaryOps.log2());
  }

  /** The logarithm to base 10; -infinity at 0, NaN below. Integers give FLOAT32. */
  public Tensor log10() {
    return UnaryOps.log10().apply(this);
  }

  /** {@link #log10()} in place. */
  public Tensor log10_() {
    return assign("log10_", UnaryOps.log10());
  }

  /** {@code log(1 + x)}, exact for small x; -infinity at -1, NaN below. Integers give FLOAT32. */
  public Tensor log1p() {
    return UnaryOps.log1p().apply(this);
  }

  /** {@link #log1p()} in place. */
  public Tensor log1p_() {
    return assign("log1p_", UnaryOps.log1p());
  }

  /** The sine of x in radians. Integers give FLOAT32. */
  public Tensor sin() {
    return UnaryOps.sin().apply(this);
  }

  /** {@link #sin()} in place. */
  public Tensor sin_() {
    return assign("sin_", UnaryOps.sin());
  }

  /** The cosine of x in radians. Integers give FLOAT32. */
  public Tensor cos() {
    return UnaryOps.cos().apply(this);
  }

  /** {@link #cos()} in place. */
  public Tensor cos_() {
    return assign("cos_", UnaryOps.cos());
  }

  /** The tangent of x in radians. Integers give FLOAT32. */
  public Tensor tan() {
    return UnaryOps.tan().apply(this);
  }

  /** {@link #tan()} in place. */
  public Tensor tan_() {
    return assign("tan_", UnaryOps.tan());
  }

  /**
   * The inverse sine in radians, from -pi/2 to pi/2; NaN outside of [-1, 1]. Integers give FLOAT32.
   */
  public Tensor asin() {
    return UnaryOps.asin().apply(this);
  }

  /** {@link #asin()} in place. */
  public Tensor asin_() {
    return assign("asin_", UnaryOps.asin());
  }

  /** {@link #asin()} by PyTorch's other name. */
  public Tensor arcsin() {
    return asin();
  }

  /** The inverse cosine in radians, from 0 to pi; NaN outside of [-1, 1]. Integers give FLOAT32. */
  public Tensor acos() {
    return UnaryOps.acos().apply(this);
  }

  /** {@link #acos()} in place. */
  public Tensor acos_() {
    return assign("acos_", UnaryOps.acos());
  }

  /** {@link #acos()} by PyTorch's other name. */
  public Tensor arccos() {
    return acos();
  }

  /** The inverse tangent in radians, from -pi/2 to pi/2. Integers give FLOAT32. */
  public Tensor atan() {
    return UnaryOps.atan().apply(this);
  }

  /** {@link #atan()} in place. */
  public Tensor atan_() {
    return assign("atan_", UnaryOps.atan());
  }

  /** {@link #atan()} by PyTorch's other name. */
  public Tensor arctan() {
    return atan();
  }

  /** The hyperbolic sine (exp(x) - exp(-x)) / 2. Integers give FLOAT32. */
  public Tensor sinh() {
    return UnaryOps.sinh().apply(this);
  }

  /** {@link #sinh()} in place. */
  public Tensor sinh_() {
    return assign("sinh_", UnaryOps.sinh());
  }

  /** The hyperbolic cosine (exp(x) + exp(-x)) / 2. Integers give FLOAT32. */
  public Tensor cosh() {
    return UnaryOps.cosh().apply(this);
  }

  /** {@link #cosh()} in place. */
  public Tensor cosh_() {
    return assign("cosh_", UnaryOps.cosh());
  }

  /**
   * The hyperbolic tangent, between -1 and 1. Integers give FLOAT32. The derivative is 1 -
   * tanh(x)^2.
   */
  public Tensor tanh() {
    return UnaryOps.tanh().apply(this);
  }

  /** {@link #tanh()} in place. */
  public Tensor tanh_() {
    return assign("tanh_", UnaryOps.tanh());
  }

  /** The inverse hyperbolic sine. Integers give FLOAT32. */
  public Tensor asinh() {
    return UnaryOps.asinh().apply(this);
  }

  /** {@link #asinh()} in place. */
  public Tensor asinh_() {
    return assign("asinh_", UnaryOps.asinh());
  }

  /** {@link #asinh()} by PyTorch's other name. */
  public Tensor arcsinh() {
    return asinh();
  }

  /** The inverse hyperbolic cosine; NaN below 1. Integers give FLOAT32. */
  public Tensor acosh() {
    return UnaryOps.acosh().apply(this);
  }

  /** {@link #acosh()} in place. */
  public Tensor acosh_() {
    return assign("acosh_", UnaryOps.acosh());
  }

  /** {@link #acosh()} by PyTorch's other name. */
  public Tensor arccosh() {
    return acosh();
  }

  /** The inverse hyperbolic tangent; infinite at -1 and 1, NaN outside. Integers give FLOAT32. */
  public Tensor atanh() {
    return UnaryOps.atanh().apply(this);
  }

  /** {@link #atanh()} in place. */
  public Tensor atanh_() {
    return assign("atanh_", UnaryOps.atanh());
  }

  /** {@link #atanh()} by PyTorch's other name. */
  public Tensor arctanh() {
    return atanh();
  }

  /**
   * The error function {@code 2 / sqrt(pi) * integral of exp(-t^2) from 0 to x}, between -1 and 1.
   * Integers give FLOAT32.
   */
  public Tensor erf() {
    return UnaryOps.erf().apply(this);
  }

  /** {@link #erf()} in place. */
  public Tensor erf_() {
    return assign("erf_", UnaryOps.erf());
  }

  /** {@code 1 - erf(x)}, exact for large x. Integers give FLOAT32. */
  public Tensor erfc() {
    return UnaryOps.erfc().apply(this);
  }

  /** {@link #erfc()} in place. */
  public Tensor erfc_() {
    return assign("erfc_", UnaryOps.erfc());
  }

  /** The inverse of {@link #erf()}; infinite at -1 and 1, NaN outside. Integers give FLOAT32. */
  public Tensor erfinv() {
    return UnaryOps.erfinv().apply(this);
  }

  /** {@link #erfinv()} in place. */
  public Tensor erfinv_() {
    return assign("erfinv_", UnaryOps.erfinv());
  }

  /**
   * {@code 1 / (1 + exp(-x))}, between 0 and 1. Integers give FLOAT32. The derivative is y (1 - y).
   */
  public Tensor sigmoid() {
    return UnaryOps.sigmoid().apply(this);
  }

  /** {@link #sigmoid()} in place. */
  public Tensor sigmoid_() {
    return assign("sigmoid_", UnaryOps.sigmoid());
  }

  /** {@code max(x, 0)}, element by element; NaN stays. The derivative is 1 above 0, else 0. */
  public Tensor relu() {
    return UnaryOps.relu().apply(this);
  }

  /** {@link #relu()} in place. */
  public Tensor relu_() {
    return assign("relu_", UnaryOps.relu());
  }

  /** This tensor; BOOL has no sign. */
  public Tensor positive() {
    if (dtype() == DType.BOOL) {
      throw new DTypeException("positive: not defined for bool tensors");
    }
    Tensor y = this;
    return Operations.watched() ? Operations.passed("positive", y, this) : y;
  }

  /** The sign; for real numbers the same as {@link #sign()}. */
  public Tensor sgn() {
    Tensor y = sign();
    return Operations.watched() ? Operations.passed("sgn", y, this) : y;
  }

  /** {@link #sgn()} in place. */
  public Tensor sgn_() {
    return assign("sgn_", t -> t[0].sgn(), this);
  }

  /**
   * The logarithm of the size of the gamma function; infinite at 0, -1, -2, …. Integers give
   * FLOAT32.
   */
  public Tensor lgamma() {
    return SpecialOps.lgamma().apply(this);
  }

  /** {@link #lgamma()} in place. */
  public Tensor lgamma_() {
    return assign("lgamma_", SpecialOps.lgamma());
  }

  /** The derivative of {@link #lgamma()}. Integers give FLOAT32. */
  public Tensor digamma() {
    return SpecialOps.digamma().apply(this);
  }

  /** {@link #digamma()} in place. */
  public Tensor digamma_() {
    return assign("digamma_", SpecialOps.digamma());
  }

  /**
   * The n-th derivative of {@link #digamma()}. Integers give FLOAT32.
   *
   * @param n from 0 on
   */
  public Tensor polygamma(int n) {
    Options.require(n >= 0, "polygamma", "n", "at least 0", n);
    Tensor y = SpecialOps.polygamma(n).part().apply(this);
    return Operations.watched() ? Operations.passed("polygamma n", y, this, n) : y;
  }

  /** {@link #polygamma(int)} in place. */
  public Tensor polygamma_(int n) {
    return assign("polygamma_", polygamma(n));
  }

  /**
   * The logarithm of the multivariate gamma function: {@code p (p - 1) / 4 log(pi)} plus the sum of
   * lgamma(x - j / 2) over j from 0 to p - 1. NaN or infinite below (p - 1) / 2.
   *
   * @param p the dimension, from 1 on
   */
  public Tensor mvlgamma(int p) {
    Options.require(p >= 1, "mvlgamma", "p", "at least 1", p);
    Tensor shifts = arange(0, p).mul(-0.5).to(Promotion.floating(dtype()));
    Tensor y =
        unsqueeze(-1).add(shifts).lgamma().sum(-1).add(p * (p - 1) / 4.0 * Math.log(Math.PI));
    return Operations.watched() ? Operations.passed("mvlgamma p", y, this, p) : y;
  }

  /** {@link #mvlgamma(int)} in place. */
  public Tensor mvlgamma_(int p) {
    return assign("mvlgamma_", mvlgamma(p));
  }

  /**
   * The regularised lower incomplete gamma function P(a, x) for a in this, with broadcasting. It
   * has a derivative by x alone. Integers give FLOAT32.
   *
   * @param other x, at least 0; NaN otherwise
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor igamma(Tensor other) {
    return SpecialOps.igamma().apply(this, other);
  }

  /** {@link #igamma(Tensor)} in place. */
  public Tensor igamma_(Tensor other) {
    return assign("igamma_", SpecialOps.igamma(), other);
  }

  /** The regularised upper incomplete gamma function: 1 - {@link #igamma(Tensor)}. */
  public Tensor igammac(Tensor other) {
    return SpecialOps.igammac().apply(this, other);
  }

  /** {@link #igammac(Tensor)} in place. */
  public Tensor igammac_(Tensor other) {
    return assign("igammac_", SpecialOps.igammac(), other);
  }

  /** The modified Bessel function of the first kind of order 0. Integers give FLOAT32. */
  public Tensor i0() {
    return SpecialOps.i0().apply(this);
  }

  /** {@link #i0()} in place. */
  public Tensor i0_() {
    return assign("i0_", SpecialOps.i0());
  }

  /**
   * The number of this type that comes next in the direction of other, with broadcasting.
   *
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException for integers
   */
  public Tensor nextafter(Tensor other) {
    Promotion.requireFloating("nextafter", this);
    return SpecialOps.nextafter().apply(this, other);
  }

  /** {@link #nextafter(Tensor)} in place. */
  public Tensor nextafter_(Tensor other) {
    return assign("nextafter_", SpecialOps.nextafter(), other);
  }

  /**
   * What {@link #frexp()} gives.
   *
   * @param mantissa from 0.5 to 1 in size, or 0, infinite or NaN
   * @param exponent INT32
   */
  public record Frexp(Tensor mantissa, Tensor exponent) {}

  /**
   * Each element as {@code mantissa * 2^exponent}.
   *
   * @throws DTypeException for integers
   */
  public Frexp frexp() {
    Frexp y = SpecialOps.frexp(this);
    return Operations.watched() ? Operations.passed("frexp", y, this) : y;
  }

  /** True everywhere: there are no complex numbers. */
  public Tensor isreal() {
    Tensor y = onesLike(this, DType.BOOL);
    return Operations.watched() ? Operations.passed("isreal", y, this) : y;
  }

  /** x times 2 to the power of other, with broadcasting. Integers give FLOAT32. */
  public Tensor ldexp(Tensor other) {
    Tensor power =
        Objects.requireNonNull(other, "other").to(Promotion.floating(other.dtype())).exp2();
    Tensor y = mul(power);
    return Operations.watched() ? Operations.passed("ldexp", y, this, other) : y;
  }

  /** {@link #ldexp(Tensor)} in place. */
  public Tensor ldexp_(Tensor other) {
    return assign("ldexp_", ldexp(other));
  }

  /** {@code sin(pi x) / (pi x)}, and 1 at 0. Integers give FLOAT32. */
  public Tensor sinc() {
    return UnaryOps.sinc().apply(this);
  }

  /** {@link #sinc()} in place. */
  public Tensor sinc_() {
    return assign("sinc_", UnaryOps.sinc());
  }

  /**
   * {@code log(x / (1 - x))}, the inverse of {@link #sigmoid()}; -infinity at 0, infinity at 1, NaN
   * outside.
   */
  public Tensor logit() {
    return UnaryOps.logit().apply(this);
  }

  /** {@code log(z / (1 - z))} with z = x limited to [eps, 1 - eps], so that 0 and 1 stay finite. */
  public Tensor logit(double eps) {
    Tensor y = UnaryOps.logit(eps).part().apply(this);
    return Operations.watched() ? Operations.passed("logit eps", y, this, eps) : y;
  }

  /** {@link #logit()} in place. */
  public Tensor logit_() {
    return assign("logit_", UnaryOps.logit());
  }

  /** {@link #logit(double)} in place. */
  public Tensor logit_(double eps) {
    Tensor y = assign("logit_", UnaryOps.logit(eps).part());
    return Operations.watched() ? Operations.changed("logit_ eps", y, this, eps) : y;
  }

  /** {@code x * pi / 180}. Integers give FLOAT32. */
  public Tensor deg2rad() {
    Tensor y = mul(Math.PI / 180);
    return Operations.watched() ? Operations.passed("deg2rad", y, this) : y;
  }

  /** {@link #deg2rad()} in place. */
  public Tensor deg2rad_() {
    return assign("deg2rad_", t -> t[0].deg2rad(), this);
  }

  /** {@code x * 180 / pi}. Integers give FLOAT32. */
  public Tensor rad2deg() {
    Tensor y = mul(180 / Math.PI);
    return Operations.watched() ? Operations.passed("rad2deg", y, this) : y;
  }

  /** {@link #rad2deg()} in place. */
  public Tensor rad2deg_() {
    return assign("rad2deg_", t -> t[0].rad2deg(), this);
  }

  /** Rounded to so many decimals, halves to even; a negative number rounds to tens and so on. */
  public Tensor round(int decimals) {
    Tensor y = decimals == 0 || !isFloatingPoint() ? round() : rounded(decimals);
    return Operations.watched() ? Operations.passed("round decimals", y, this, decimals) : y;
  }

  /** {@link #round()} in place. */
  public Tensor round_() {
    return assign("round_", UnaryOps.round());
  }

  /** {@link #round(int)} in place. */
  public Tensor round_(int decimals) {
    return assign("round_", t -> t[0].round(decimals), this);
  }

  private Tensor rounded(int decimals) {
    double power = Math.pow(10, Math.abs(decimals));
    return decimals > 0 ? mul(power).round().div(power) : div(power).round().mul(power);
  }

  /**
   * Every bit inverted, for integers; a logical not for BOOL.
   *
   * @throws DTypeException for floating point
   */
  public Tensor bitwiseNot() {
    if (isFloatingPoint()) {
      throw new DTypeException("bitwiseNot: not defined for " + dtype() + " tensors");
    }
    Tensor y = dtype() == DType.BOOL ? logicalNot() : neg().sub(1);
    return Operations.watched() ? Operations.passed("bitwiseNot", y, this) : y;
  }

  /** {@link #bitwiseNot()} in place. */
  public Tensor bitwiseNot_() {
    return assign("bitwiseNot_", t -> t[0].bitwiseNot(), this);
  }

  /** Whether each element is an infinity, of either sign; BOOL. */
  public Tensor isinf() {
    Tensor y = abs().eq(Double.POSITIVE_INFINITY);
    return Operations.watched() ? Operations.passed("isinf", y, this) : y;
  }

  /** Whether each element is positive infinity; BOOL. */
  public Tensor isposinf() {
    Tensor y = eq(Double.POSITIVE_INFINITY);
    return Operations.watched() ? Operations.passed("isposinf", y, this) : y;
  }

  /** Whether each element is negative infinity; BOOL. */
  public Tensor isneginf() {
    Tensor y = eq(Double.NEGATIVE_INFINITY);
    return Operations.watched() ? Operations.passed("isneginf", y, this) : y;
  }

  /** Whether each element is neither infinite nor NaN; BOOL, all true for integers. */
  public Tensor isfinite() {
    Tensor y = isinf().logicalOr(isnan()).logicalNot();
    return Operations.watched() ? Operations.passed("isfinite", y, this) : y;
  }

  /** Whether the sign bit of each element is set, which -0 has too; BOOL. */
  public Tensor signbit() {
    Tensor y = isFloatingPoint() ? scalar(dtype(), 1).copysign(detach()).lt(0) : lt(0);
    return Operations.watched() ? Operations.passed("signbit", y, this) : y;
  }

  /**
   * A copy with 0 for NaN, and the largest and smallest finite numbers of the type for infinities.
   */
  public Tensor nanToNum() {
    return nanToNum(null, null, null);
  }

  /** {@link #nanToNum()} with another number for NaN. */
  public Tensor nanToNum(double nan) {
    return nanToNum(nan, null, null);
  }

  /** With options: nan, posinf, neginf. */
  public Tensor nanToNum(Consumer<NanToNumOptions> options) {
    var o = Options.with(new NanToNumOptions(), options);
    return nanToNum(o.nan, o.posinf, o.neginf);
  }

  /**
   * {@link #nanToNum(Consumer)} with other numbers.
   *
   * @param nan null stands for 0
   * @param posinf null stands for the largest finite number
   * @param neginf null stands for the smallest finite number
   */
  public Tensor nanToNum(@Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf) {
    Tensor y = isFloatingPoint() ? Selection.nanToNum(this, nan, posinf, neginf) : clone();
    return Operations.watched()
        ? Operations.passed("nanToNum nan posinf neginf", y, this, nan, posinf, neginf)
        : y;
  }

  /** {@link #nanToNum()} in place. */
  public Tensor nanToNum_() {
    return assign("nanToNum_", t -> t[0].nanToNum(), this);
  }

  /** {@link #nanToNum(double)} in place. */
  public Tensor nanToNum_(double nan) {
    return nanToNum_(nan, null, null);
  }

  /** {@link #nanToNum(Consumer)} in place. */
  public Tensor nanToNum_(Consumer<NanToNumOptions> options) {
    var o = Options.with(new NanToNumOptions(), options);
    return nanToNum_(o.nan, o.posinf, o.neginf);
  }

  /** {@link #nanToNum(Double, Double, Double)} in place. */
  public Tensor nanToNum_(@Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf) {
    return assign("nanToNum_", t -> t[0].nanToNum(nan, posinf, neginf), this);
  }

  // ---- relations and logic ------------------------------------------------------------------

  /**
   * Whether the elements are equal, with broadcasting; BOOL. NaN equals nothing. Types are promoted
   * before they are compared.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor eq(Tensor other) {
    return BinaryOps.eq().apply(this, other);
  }

  /** Whether this equals other. */
  public Tensor eq(Number other) {
    return eq(number(other));
  }

  /** {@link #eq(Tensor)} in place. */
  public Tensor eq_(Tensor other) {
    return assign("eq_", t -> t[0].eq(t[1]), this, other);
  }

  /** {@link #eq(Number)} in place. */
  public Tensor eq_(Number other) {
    return assign("eq_", t -> t[0].eq(other), this);
  }

  /**
   * Whether the elements differ, with broadcasting; BOOL. NaN differs from everything.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor ne(Tensor other) {
    return BinaryOps.ne().apply(this, other);
  }

  /** {@link #ne(Tensor)} by PyTorch's other name. */
  public Tensor notEqual(Tensor other) {
    return ne(other);
  }

  /** Whether this differs from other. */
  public Tensor ne(Number other) {
    return ne(number(other));
  }

  /** {@link #ne(Tensor)} in place. */
  public Tensor ne_(Tensor other) {
    return assign("ne_", t -> t[0].ne(t[1]), this, other);
  }

  /** {@link #ne(Number)} in place. */
  public Tensor ne_(Number other) {
    return assign("ne_", t -> t[0].ne(other), this);
  }

  /** {@link #ne(Number)} by PyTorch's other name. */
  public Tensor notEqual(Number other) {
    return ne(other);
  }

  /**
   * Whether each element is less than that of other, with broadcasting; BOOL. False for NaN.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor lt(Tensor other) {
    return BinaryOps.lt().apply(this, other);
  }

  /** {@link #lt(Tensor)} by PyTorch's other name. */
  public Tensor less(Tensor other) {
    return lt(other);
  }

  /** Whether this is less than other. */
  public Tensor lt(Number other) {
    return lt(number(other));
  }

  /** {@link #lt(Tensor)} in place. */
  public Tensor lt_(Tensor other) {
    return assign("lt_", t -> t[0].lt(t[1]), this, other);
  }

  /** {@link #lt(Number)} in place. */
  public Tensor lt_(Number other) {
    return assign("lt_", t -> t[0].lt(other), this);
  }

  /** {@link #lt(Number)} by PyTorch's other name. */
  public Tensor less(Number other) {
    return lt(other);
  }

  /**
   * Whether each element is at most that of other, with broadcasting; BOOL. False for NaN.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor le(Tensor other) {
    return BinaryOps.le().apply(this, other);
  }

  /** {@link #le(Tensor)} by PyTorch's other name. */
  public Tensor lessEqual(Tensor other) {
    return le(other);
  }

  /** Whether this is at most other. */
  public Tensor le(Number other) {
    return le(number(other));
  }

  /** {@link #le(Tensor)} in place. */
  public Tensor le_(Tensor other) {
    return assign("le_", t -> t[0].le(t[1]), this, other);
  }

  /** {@link #le(Number)} in place. */
  public Tensor le_(Number other) {
    return assign("le_", t -> t[0].le(other), this);
  }

  /** {@link #le(Number)} by PyTorch's other name. */
  public Tensor lessEqual(Number other) {
    return le(other);
  }

  /**
   * Whether each element is greater than that of other, with broadcasting; BOOL. False for NaN.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor gt(Tensor other) {
    Tensor y = BinaryOps.lt().value(other, this);
    return Operations.watched() ? Operations.passed("gt", y, this, other) : y;
  }

  /** {@link #gt(Tensor)} by PyTorch's other name. */
  public Tensor greater(Tensor other) {
    return gt(other);
  }

  /** Whether this is greater than other. */
  public Tensor gt(Number other) {
    return gt(number(other));
  }

  /** {@link #gt(Tensor)} in place. */
  public Tensor gt_(Tensor other) {
    return assign("gt_", t -> t[0].gt(t[1]), this, other);
  }

  /** {@link #gt(Number)} in place. */
  public Tensor gt_(Number other) {
    return assign("gt_", t -> t[0].gt(other), this);
  }

  /** {@link #gt(Number)} by PyTorch's other name. */
  public Tensor greater(Number other) {
    return gt(other);
  }

  /**
   * Whether each element is at least that of other, with broadcasting; BOOL. False for NaN.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor ge(Tensor other) {
    Tensor y = BinaryOps.le().value(other, this);
    return Operations.watched() ? Operations.passed("ge", y, this, other) : y;
  }

  /** {@link #ge(Tensor)} by PyTorch's other name. */
  public Tensor greaterEqual(Tensor other) {
    return ge(other);
  }

  /** Whether this is at least other. */
  public Tensor ge(Number other) {
    return ge(number(other));
  }

  /** {@link #ge(Tensor)} in place. */
  public Tensor ge_(Tensor other) {
    return assign("ge_", t -> t[0].ge(t[1]), this, other);
  }

  /** {@link #ge(Number)} in place. */
  public Tensor ge_(Number other) {
    return assign("ge_", t -> t[0].ge(other), this);
  }

  /** {@link #ge(Number)} by PyTorch's other name. */
  public Tensor greaterEqual(Number other) {
    return ge(other);
  }

  /**
   * Whether both elements are not 0, with broadcasting; BOOL, of operands of any type.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor logicalAnd(Tensor other) {
    Tensor y = Masks.combine(to(DType.BOOL), other.to(DType.BOOL), false);
    return Operations.watched() ? Operations.passed("logicalAnd", y, this, other) : y;
  }

  /** {@link #logicalAnd(Tensor)} in place. */
  public Tensor logicalAnd_(Tensor other) {
    return assign("logicalAnd_", t -> t[0].logicalAnd(t[1]), this, other);
  }

  /**
   * Whether at least one of the two elements is not 0, with broadcasting; BOOL, of operands of any
   * type.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor logicalOr(Tensor other) {
    Tensor y = Masks.combine(to(DType.BOOL), other.to(DType.BOOL), true);
    return Operations.watched() ? Operations.passed("logicalOr", y, this, other) : y;
  }

  /** {@link #logicalOr(Tensor)} in place. */
  public Tensor logicalOr_(Tensor other) {
    return assign("logicalOr_", t -> t[0].logicalOr(t[1]), this, other);
  }

  /**
   * Whether exactly one of the two elements is not 0, with broadcasting; BOOL, of operands of any
   * type.
   *
   * @throws ShapeException if the shapes do not broadcast
   */
  public Tensor logicalXor(Tensor other) {
    Tensor y = to(DType.BOOL).ne(other.to(DType.BOOL));
    return Operations.watched() ? Operations.passed("logicalXor", y, this, other) : y;
  }

  /** {@link #logicalXor(Tensor)} in place. */
  public Tensor logicalXor_(Tensor other) {
    return assign("logicalXor_", t -> t[0].logicalXor(t[1]), this, other);
  }

  /** Whether each element is 0; BOOL. */
  public Tensor logicalNot() {
    Tensor y = dtype() == DType.BOOL ? Masks.not(this) : eq(0);
    return Operations.watched() ? Operations.passed("logicalNot", y, this) : y;
  }

  /** {@link #logicalNot()} in place. */
  public Tensor logicalNot_() {
    return assign("logicalNot_", t -> t[0].logicalNot(), this);
  }

  /** Whether each element is NaN; BOOL, all false for integers. */
  public Tensor isnan() {
    Tensor y = ne(this);
    return Operations.watched() ? Operations.passed("isnan", y, this) : y;
  }

  /**
   * Chooses element by element: {@code y[i] = condition[i] ? a[i] : b[i]}. All three are broadcast,
   * the types of a and b are promoted. The gradient goes to what was chosen, and is 0 for the rest,
   * even if that is infinite or NaN.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(-1f, 2f);
   * Tensor.where(x.gt(0), x, x.mul(0.1)); // [-0.1, 2]
   * }</pre>
   *
   * @param condition a BOOL tensor
   * @param a where it is true
   * @param b where it is false
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if the condition is not BOOL
   */
  public static Tensor where(Tensor condition, Tensor a, Tensor b) {
    Tensor y = Selection.where(condition, a, b);
    return Operations.watched() ? Operations.passed("where", y, condition, a, b) : y;
  }

  /** {@link #where(Tensor, Tensor, Tensor)} with a number where the condition is false. */
  public static Tensor where(Tensor condition, Tensor a, Number b) {
    return where(condition, a, like(b, a));
  }

  /** {@link #where(Tensor, Tensor, Tensor)} with a number where the condition is true. */
  public static Tensor where(Tensor condition, Number a, Tensor b) {
    return where(condition, like(a, b), b);
  }

  /** {@link #where(Tensor, Tensor, Tensor)} with two numbers. */
  public static Tensor where(Tensor condition, Number a, Number b) {
    return where(condition, like(a, number(b)), like(b, number(a)));
  }

  /** A number as an operand of the type of the result. */
  private static Tensor like(Number value, Tensor other) {
    return empty(Promotion.of(number(value), other)).fillRaw(value);
  }

  /** The places where the condition is true, as {@link #nonzeroAsTuple}. */
  public static List<Tensor> where(Tensor condition) {
    return condition.nonzeroAsTuple();
  }

  /** This tensor where the condition is true, another where it is false. */
  public Tensor where(Tensor condition, Tensor other) {
    return where(condition, this, other);
  }

  /** {@link #where(Tensor, Tensor)} with a number where the condition is false. */
  public Tensor where(Tensor condition, Number other) {
    return where(condition, this, other);
  }

  /**
   * Limits the elements: {@code y[i] = min(max(x[i], min), max)}; all become max if min is above
   * max. NaN stays. The gradient is 1 within the limits and at them, else 0.
   *
   * @param min null for no limit
   * @param max null for no limit
   * @throws IllegalArgumentException if both are null
   */
  public Tensor clamp(@Nullable Number min, @Nullable Number max) {
    Tensor y = Selection.clamp(this, min, max);
    return Operations.watched() ? Operations.passed("clamp min max", y, this, min, max) : y;
  }

  /**
   * Limits each element to the range between two others, with broadcasting: {@code y[i] =
   * min(max(x[i], min[i]), max[i])}.
   *
   * @param min null for no limit
   * @param max null for no limit
   * @throws ShapeException if the shapes do not broadcast
   * @throws IllegalArgumentException if both are null
   */
  public Tensor clamp(@Nullable Tensor min, @Nullable Tensor max) {
    Tensor y = Selection.clampTo(this, min, max);
    return Operations.watched() ? Operations.passed("clamp", y, this, min, max) : y;
  }

  /** Each element, but at least a minimum. */
  public Tensor clamp(Number min) {
    return clamp(min, null);
  }

  /** Each element, but at least that of another tensor. */
  public Tensor clamp(Tensor min) {
    return clamp(min, null);
  }

  /** {@link #clamp(Number, Number)} in place. */
  public Tensor clamp_(@Nullable Number min, @Nullable Number max) {
    if (!isFloatingPoint()) {
      return assign("clamp_", t -> t[0].clamp(min, max), this);
    }
    Tensor y = assign("clamp_", Selection.clamp(min, max));
    return Operations.watched() ? Operations.changed("clamp_ min max", y, this, min, max) : y;
  }

  /** {@link #clamp(Tensor, Tensor)} in place. */
  public Tensor clamp_(@Nullable Tensor min, @Nullable Tensor max) {
    if (min == null) {
      return max == null ? assign("clamp_", clamp(min, max)) : clampMax_(max);
    }
    if (max == null) {
      return clampMin_(min);
    }
    return assign("clamp_", t -> t[0].clamp(t[1], t[2]), this, min, max);
  }

  /** {@link #clamp(Number)} in place. */
  public Tensor clamp_(Number min) {
    return clamp_(min, null);
  }

  /** {@link #clamp(Tensor)} in place. */
  public Tensor clamp_(Tensor min) {
    return assign("clamp_", t -> t[0].clamp(t[1]), this, min);
  }

  /** {@link #clamp(Number, Number)}. */
  public Tensor clip(@Nullable Number min, @Nullable Number max) {
    return clamp(min, max);
  }

  /** {@link #clamp(Tensor, Tensor)}. */
  public Tensor clip(@Nullable Tensor min, @Nullable Tensor max) {
    return clamp(min, max);
  }

  /** {@link #clamp(Number)}. */
  public Tensor clip(Number min) {
    return clamp(min, null);
  }

  /** {@link #clamp(Tensor)}. */
  public Tensor clip(Tensor min) {
    return clamp(min);
  }

  /** {@link #clip(Number, Number)} in place. */
  public Tensor clip_(@Nullable Number min, @Nullable Number max) {
    return clamp_(min, max);
  }

  /** {@link #clip(Tensor, Tensor)} in place. */
  public Tensor clip_(@Nullable Tensor min, @Nullable Tensor max) {
    return clamp_(min, max);
  }

  /** {@link #clip(Number)} in place. */
  public Tensor clip_(Number min) {
    return clamp_(min, null);
  }

  /** {@link #clip(Tensor)} in place. */
  public Tensor clip_(Tensor min) {
    return clamp_(min);
  }

  /** The elements, at least min. */
  public Tensor clampMin(Tensor min) {
    Tensor y = Selection.clampTo(this, min, null);
    return Operations.watched() ? Operations.passed("clampMin", y, this, min) : y;
  }

  /** Each element, but at least a number. */
  public Tensor clampMin(Number min) {
    Tensor y = Selection.clamp(this, min, null);
    return Operations.watched() ? Operations.passed("clampMin min", y, this, min) : y;
  }

  /** {@link #clampMin(Tensor)} in place. */
  public Tensor clampMin_(Tensor min) {
    return assign("clampMin_", t -> t[0].clampMin(t[1]), this, min);
  }

  /** {@link #clampMin(Number)} in place. */
  public Tensor clampMin_(Number min) {
    return assign("clampMin_", t -> t[0].clampMin(min), this);
  }

  /** The elements, at most max. */
  public Tensor clampMax(Tensor max) {
    Tensor y = Selection.clampTo(this, null, max);
    return Operations.watched() ? Operations.passed("clampMax", y, this, max) : y;
  }

  /** Each element, but at most a number. */
  public Tensor clampMax(Number max) {
    Tensor y = Selection.clamp(this, null, max);
    return Operations.watched() ? Operations.passed("clampMax max", y, this, max) : y;
  }

  /** {@link #clampMax(Tensor)} in place. */
  public Tensor clampMax_(Tensor max) {
    return assign("clampMax_", t -> t[0].clampMax(t[1]), this, max);
  }

  /** {@link #clampMax(Number)} in place. */
  public Tensor clampMax_(Number max) {
    return assign("clampMax_", t -> t[0].clampMax(max), this);
  }

  /** A tensor of this shape and type with one value, part of the graph. */
  public Tensor fill(Number value) {
    Tensor y = clone().fill_(value);
    return Operations.watched() ? Operations.passed("fill value", y, this, value) : y;
  }

  /**
   * Whether elements are close: {@code |x - other| <= atol + rtol * |other|}, or equal infinities;
   * BOOL, with broadcasting.
   *
   * @param other what this is compared with
   * @param rtol the relative tolerance, default 1e-5
   * @param atol the absolute tolerance, default 1e-8
   * @param equalNan whether NaN is close to NaN, default false
   * @throws DTypeException if the types differ
   */
  public Tensor isclose(Tensor other, double rtol, double atol, boolean equalNan) {
    Tensor y = Selection.isclose("isclose", this, other, rtol, atol, equalNan);
    return Operations.watched()
        ? Operations.passed("isclose rtol atol equalNan", y, this, other, rtol, atol, equalNan)
        : y;
  }

  /**
   * {@link #isclose(Tensor, double, double, boolean)} with a relative tolerance of 1e-5 and an
   * absolute one of 1e-8; NaN is close to nothing.
   */
  public Tensor isclose(Tensor other) {
    return isclose(other, 1e-5, 1e-8, false);
  }

  /** {@link #isclose(Tensor, double, double, boolean)} with another relative tolerance. */
  public Tensor isclose(Tensor other, double rtol) {
    return isclose(other, rtol, 1e-8, false);
  }

  /** {@link #isclose(Tensor, double, double, boolean)} where NaN is close to nothing. */
  public Tensor isclose(Tensor other, double rtol, double atol) {
    return isclose(other, rtol, atol, false);
  }

  /** {@link #isclose(Tensor, double, double, boolean)} with options: rtol, atol, equalNan. */
  public Tensor isclose(Tensor other, Consumer<CloseOptions> options) {
    var o = Options.with(new CloseOptions(), options);
    return isclose(other, o.rtol, o.atol, o.equalNan);
  }

  /** Whether all elements are close, see {@link #isclose}. */
  public boolean allclose(Tensor other, double rtol, double atol, boolean equalNan) {
    Tensor close = Selection.isclose("allclose", this, other, rtol, atol, equalNan);
    return close.logicalNot().to(DType.INT64).sum().itemLong() == 0;
  }

  /**
   * {@link #allclose(Tensor, double, double, boolean)} with a relative tolerance of 1e-5 and an
   * absolute one of 1e-8; NaN is close to nothing.
   */
  public boolean allclose(Tensor other) {
    return allclose(other, 1e-5, 1e-8, false);
  }

  /** {@link #allclose(Tensor, double, double, boolean)} with another relative tolerance. */
  public boolean allclose(Tensor other, double rtol) {
    return allclose(other, rtol, 1e-8, false);
  }

  /** {@link #allclose(Tensor, double, double, boolean)} where NaN is close to nothing. */
  public boolean allclose(Tensor other, double rtol, double atol) {
    return allclose(other, rtol, atol, false);
  }

  /** {@link #allclose(Tensor, double, double, boolean)} with options: rtol, atol, equalNan. */
  public boolean allclose(Tensor other, Consumer<CloseOptions> options) {
    var o = Options.with(new CloseOptions(), options);
    return allclose(other, o.rtol, o.atol, o.equalNan);
  }

  /**
   * Whether the shapes and all elements are the same; never with NaN. Of use in tests, as {@link
   * #allclose}.
   */
  public boolean equal(Tensor other) {
    return layout.sameShape(other.layout) && ne(other).to(DType.INT64).sum().itemLong() == 0;
  }

  // ---- shape: views of the same storage -----------------------------------------------------

  /**
   * Returns the elements, in row-major order, under another shape, as a view: nothing is copied,
   * and a change in place of one shows in the other. Merging dimensions needs strides that fit, as
   * a contiguous tensor has them; {@link #reshape} copies where they do not.
   *
   * <pre>{@code
   * Tensor x = Tensor.arange(6);
   * x.view(2, 3); // [[0, 1, 2], [3, 4, 5]]
   * x.view(-1, 2).shape(); // [3, 2]
   * }</pre>
   *
   * @param shape as many elements as before; one size may be -1, which stands for what is left;
   *     none for a tensor without dimensions
   * @return a view of that shape
   * @throws ShapeException if the number of elements differs, if more than one size is -1, or if
   *     the strides do not fit, as those of most transposed tensors
   */
  public Tensor view(int... shape) {
    Tensor y = Views.view(this, shape);
    return Operations.watched() ? Operations.passed("view shape", y, this, shape) : y;
  }

  /**
   * Returns the elements, in row-major order, under another shape: a view where the strides allow
   * it, else a copy. What must share the storage takes {@link #view}.
   *
   * <pre>{@code
   * Tensor.arange(6).reshape(2, -1); // [[0, 1, 2], [3, 4, 5]]
   * }</pre>
   *
   * @param shape as many elements as before; one size may be -1, which stands for what is left;
   *     none for a tensor without dimensions
   * @return a tensor of that shape
   * @throws ShapeException if the number of elements differs, or if more than one size is -1
   */
  public Tensor reshape(int... shape) {
    Tensor y = Views.reshape(this, shape);
    return Operations.watched() ? Operations.passed("reshape shape", y, this, shape) : y;
  }

  /**
   * Merges the dimensions from startDim to endDim, both included, into one. The result is this
   * tensor itself if there is nothing to merge, a view where the strides allow it, else a copy. A
   * tensor without dimensions becomes one of shape {@code [1]}.
   *
   * <pre>{@code
   * Tensor.zeros(2, 3, 4).flatten(1, 2).shape(); // [2, 12]
   * }</pre>
   *
   * @param startDim the first dimension, counted from the back if negative; default 0
   * @param endDim the last dimension, counted from the back if negative; default -1
   * @return a tensor of {@code endDim - startDim} dimensions fewer
   * @throws ShapeException if startDim comes after endDim, or there is no such dimension
   */
  public Tensor flatten(int startDim, int endDim) {
    Tensor y = Views.flatten(this, startDim, endDim);
    return Operations.watched()
        ? Operations.passed("flatten startDim endDim", y, this, startDim, endDim)
        : y;
  }

  /** {@link #flatten(int, int)} to the last dimension. */
  public Tensor flatten(int startDim) {
    return flatten(startDim, -1);
  }

  /** {@link #flatten(int, int)} of all dimensions into one. */
  public Tensor flatten() {
    return flatten(0, -1);
  }

  /**
   * Puts the dimensions in another order, as a view: dimension i of the result is dimension {@code
   * dims[i]} of this tensor.
   *
   * <pre>{@code
   * Tensor.zeros(2, 3, 4).permute(2, 0, 1).shape(); // [4, 2, 3]
   * }</pre>
   *
   * @param dims every dimension once, counted from the back if negative
   * @return a view; it is in general not contiguous
   * @throws ShapeException if a dimension is missing, does not exist or is named twice
   */
  public Tensor permute(int... dims) {
    Tensor y = Views.permute(this, dims);
    return Operations.watched() ? Operations.passed("permute dims", y, this, dims) : y;
  }

  /**
   * Exchanges two dimensions, as a view.
   *
   * <pre>{@code
   * Tensor.zeros(2, 3, 4).transpose(0, -1).shape(); // [4, 3, 2]
   * }</pre>
   *
   * @param dim0 a dimension, counted from the back if negative
   * @param dim1 the other one, counted from the back if negative
   * @return a view; it is in general not contiguous
   * @throws ShapeException if there is no such dimension
   */
  public Tensor transpose(int dim0, int dim1) {
    Tensor y = Views.transpose(this, dim0, dim1);
    return Operations.watched() ? Operations.passed("transpose dim0 dim1", y, this, dim0, dim1) : y;
  }

  /** {@link #transpose(int, int)} by NumPy's name. */
  public Tensor swapaxes(int dim0, int dim1) {
    return transpose(dim0, dim1);
  }

  /** {@link #transpose(int, int)} by PyTorch's other name. */
  public Tensor swapdims(int dim0, int dim1) {
    return transpose(dim0, dim1);
  }

  /**
   * Transposes a matrix, as a view: {@code y[i, j] = x[j, i]}. A vector and a tensor without
   * dimensions stay as they are.
   *
   * <pre>{@code
   * Tensor.of(new float[][] {{1, 2}, {3, 4}}).t(); // [[1, 3], [2, 4]]
   * }</pre>
   *
   * @return a view of shape {@code [n, m]} for a matrix {@code [m, n]}
   * @throws ShapeException for more than two dimensions: use {@link #mT()} or {@link #transpose}
   */
  public Tensor t() {
    if (dim() > 2) {
      throw new ShapeException(
          "t: expects at most 2 dimensions, has " + dim() + "; use transpose(-2, -1)");
    }
    Tensor y = dim() < 2 ? transpose(0, 0) : transpose(0, 1);
    return Operations.watched() ? Operations.passed("t", y, this) : y;
  }

  /** {@link #t()} by PyTorch's other name. */
  public Tensor T() {
    return t();
  }

  /**
   * Inserts a dimension of size 1, as a view.
   *
   * <pre>{@code
   * Tensor x = Tensor.zeros(3);
   * x.unsqueeze(0).shape(); // [1, 3]
   * x.unsqueeze(-1).shape(); // [3, 1]
   * }</pre>
   *
   * @param dim where the new dimension is in the result, from {@code -(rank + 1)} to {@code rank}
   * @return a view of one dimension more
   * @throws ShapeException if dim is outside of that
   */
  public Tensor unsqueeze(int dim) {
    Tensor y = Views.unsqueeze(this, dim);
    return Operations.watched() ? Operations.passed("unsqueeze dim", y, this, dim) : y;
  }

  /**
   * Removes all dimensions of size 1, as a view. Where a batch may have one element, name the
   * dimensions: {@link #squeeze(int...)}.
   *
   * <pre>{@code
   * Tensor.zeros(1, 3, 1).squeeze().shape(); // [3]
   * }</pre>
   *
   * @return a view without dimensions of size 1
   */
  public Tensor squeeze() {
    Tensor y = Views.squeeze(this, Shapes.range(dim()));
    return Operations.watched() ? Operations.passed("squeeze", y, this) : y;
  }

  /**
   * Removes those of the named dimensions that have size 1, as a view; other sizes stay as they
   * are.
   *
   * <pre>{@code
   * Tensor x = Tensor.zeros(1, 3, 1);
   * x.squeeze(0).shape(); // [3, 1]
   * x.squeeze(1).shape(); // [1, 3, 1]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; an empty array removes none
   * @return a view
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor squeeze(int... dims) {
    Tensor y = Views.squeeze(this, dims.length == 0 ? dims : Shapes.dims("squeeze", dims, dim()));
    return Operations.watched() ? Operations.passed("squeeze dims", y, this, dims) : y;
  }

  /**
   * Repeats dimensions of size 1 without copying, as a view whose strides there are 0. New
   * dimensions may be added in front. The gradient is summed over what was repeated.
   *
   * <p>Several elements of the result share memory: it cannot be changed in place, {@code clone()}
   * it before.
   *
   * <pre>{@code
   * Tensor.of(1f, 2f).unsqueeze(1).expand(2, 3); // [[1, 1, 1], [2, 2, 2]]
   * }</pre>
   *
   * @param shape at least as many sizes as there are dimensions; -1 leaves the size of a dimension
   *     that is there
   * @return a view of that shape
   * @throws ShapeException if a size other than 1 would change, if there are fewer sizes than
   *     dimensions, or if a new dimension is -1
   */
  public Tensor expand(int... shape) {
    Tensor y = Views.expand(this, shape);
    return Operations.watched() ? Operations.passed("expand shape", y, this, shape) : y;
  }

  /**
   * Picks one index of a dimension, which goes away, as a view: {@code x[:, index]} for dim 1.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * x.select(1, -1); // [2, 4]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param index from {@code -size} to {@code size - 1}, counted from the back if negative
   * @return a view of one dimension less
   * @throws ShapeException if there is no such dimension, or the index is out of range
   */
  public Tensor select(int dim, int index) {
    Tensor y = Views.select(this, dim, index);
    return Operations.watched() ? Operations.passed("select dim index", y, this, dim, index) : y;
  }

  /**
   * Picks {@code length} indices of a dimension from start on, as a view. Nothing is cut off,
   * unlike in {@link #slice(int, int, int, int)}: what exceeds the dimension is an error.
   *
   * <pre>{@code
   * Tensor.arange(6).narrow(0, 2, 3); // [2, 3, 4]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param start the first index, counted from the back if negative
   * @param length how many, 0 or more
   * @return a view, whose dimension has size {@code length}
   * @throws ShapeException if the part exceeds the dimension, length is negative, or there is no
   *     such dimension
   */
  public Tensor narrow(int dim, int start, int length) {
    Tensor y = Views.narrow(this, dim, start, length);
    return Operations.watched()
        ? Operations.passed("narrow dim start length", y, this, dim, start, length)
        : y;
  }

  /**
   * Picks every step-th index of a dimension from start (inclusive) to end (exclusive), as a view:
   * Python's {@code x[start:end:step]}. As there, what exceeds the dimension is cut off, and the
   * result is empty if end does not come after start.
   *
   * <pre>{@code
   * Tensor x = Tensor.arange(6);
   * x.slice(0, 1, 6, 2); // [1, 3, 5]
   * x.slice(0, -2, 100, 1); // [4, 5]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param start the first index, counted from the back if negative
   * @param end the index after the last, counted from the back if negative
   * @param step 1 or more; default 1. {@link #flip} reverses
   * @return a view
   * @throws ShapeException if step is less than 1, or there is no such dimension
   */
  public Tensor slice(int dim, int start, int end, int step) {
    Tensor y = Views.slice(this, dim, start, end, step);
    return Operations.watched()
        ? Operations.passed("slice dim start end step", y, this, dim, start, end, step)
        : y;
  }

  /** {@link #slice(int, int, int, int)} with a step of 1. */
  public Tensor slice(int dim, int start, int end) {
    return slice(dim, start, end, 1);
  }

  /** {@link #slice(int, int, int, int)} to the end of the dimension, with a step of 1. */
  public Tensor slice(int dim, int start) {
    return slice(dim, start, Integer.MAX_VALUE, 1);
  }

  /**
   * Returns a diagonal of two dimensions as the last dimension, as a view: the elements for which
   * {@code column - row = offset}. The two dimensions go away. The result is empty if the offset
   * lies outside of the matrix.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * x.diagonal(); // [1, 4]
   * x.diagonal(1); // [2]
   * }</pre>
   *
   * @param offset 0 for the main diagonal, above 0 for those above it, below 0 for those below it;
   *     default 0
   * @param dim1 the dimension of the rows, counted from the back if negative; default 0
   * @param dim2 the dimension of the columns, counted from the back if negative; default 1
   * @return a view of one dimension less
   * @throws ShapeException if the two dimensions are the same, one does not exist, or this has
   *     fewer than two
   */
  public Tensor diagonal(int offset, int dim1, int dim2) {
    Tensor y = Views.diagonal(this, offset, dim1, dim2);
    return Operations.watched()
        ? Operations.passed("diagonal offset dim1 dim2", y, this, offset, dim1, dim2)
        : y;
  }

  /** {@link #diagonal(int, int, int)}: the main one of the first two dimensions. */
  public Tensor diagonal() {
    return diagonal(0, 0, 1);
  }

  /** {@link #diagonal(int, int, int)} of the first two dimensions. */
  public Tensor diagonal(int offset) {
    return diagonal(offset, 0, 1);
  }

  /**
   * Returns a view of the same storage with any shape and strides: element {@code [i, j, ...]} is
   * at {@code offset + i * strides[0] + j * strides[1] + ...} in the storage. Elements may overlap;
   * the gradients of those that do are added.
   *
   * <pre>{@code
   * int[] shape = {3, 2};
   * int[] strides = {1, 1};
   * Tensor.arange(4).asStrided(shape, strides, 0); // [[0, 1], [1, 2], [2, 3]]
   * }</pre>
   *
   * @param shape the sizes, 0 or more each
   * @param strides as many steps, in elements, 0 or more each
   * @param offset the place of the first element in the storage, not in this view; by default where
   *     this begins
   * @return a view of that shape
   * @throws ShapeException if the view would exceed the storage, a stride is negative, or shape and
   *     strides differ in length
   */
  public Tensor asStrided(int[] shape, int[] strides, int offset) {
    Tensor y = Views.asStrided(this, shape, strides, offset);
    return Operations.watched()
        ? Operations.passed("asStrided shape strides offset", y, this, shape, strides, offset)
        : y;
  }

  /** {@link #asStrided(int[], int[], int)} from the first element of this tensor. */
  public Tensor asStrided(int[] shape, int[] strides) {
    return asStrided(shape, strides, layout.offset);
  }

  // ---- rearranging --------------------------------------------------------------------------

  /**
   * Reverses the order of the elements along dimensions: {@code y[i] = x[n - 1 - i]}. A copy, as in
   * PyTorch and unlike NumPy's.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new int[][] {{1, 2}, {3, 4}});
   * x.flip(0); // [[3, 4], [1, 2]]
   * x.flip(0, 1); // [[4, 3], [2, 1]]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none leaves all as it is
   * @return a copy of the same shape
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor flip(int... dims) {
    Tensor y = Arrangement.flip(this, dims);
    return Operations.watched() ? Operations.passed("flip dims", y, this, dims) : y;
  }

  /**
   * Reverses the order of the columns: {@link #flip flip(1)}.
   *
   * @return a copy of the same shape
   * @throws ShapeException for fewer than two dimensions
   */
  public Tensor fliplr() {
    Tensor y = Arrangement.flipped("fliplr", this, 2, 1);
    return Operations.watched() ? Operations.passed("fliplr", y, this) : y;
  }

  /**
   * Reverses the order of the rows: {@link #flip flip(0)}.
   *
   * @return a copy of the same shape
   * @throws ShapeException for no dimensions
   */
  public Tensor flipud() {
    Tensor y = Arrangement.flipped("flipud", this, 1, 0);
    return Operations.watched() ? Operations.passed("flipud", y, this) : y;
  }

  /**
   * Shifts cyclically along several dimensions: what leaves at the end of one enters at its start,
   * {@code y[(i + shift) mod n] = x[i]}. Without dims there must be one shift, by which the
   * elements are shifted in row-major order, and the shape stays.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new int[][] {{1, 2, 3}, {4, 5, 6}});
   * x.roll(new int[] {1, 1}, 0, 1); // [[6, 4, 5], [3, 1, 2]]
   * }</pre>
   *
   * @param shifts one for each of dims; negative to shift towards the start
   * @param dims counted from the back if negative; if one is named twice, its shifts add up
   * @return a copy of the same shape
   * @throws ShapeException if there are not as many shifts as dims, or a dimension does not exist
   */
  public Tensor roll(int[] shifts, int... dims) {
    Tensor y = Arrangement.roll(this, shifts, dims);
    return Operations.watched() ? Operations.passed("roll shifts dims", y, this, shifts, dims) : y;
  }

  /**
   * Shifts cyclically along a dimension: what leaves at the end enters at the start, {@code y[(i +
   * shift) mod n] = x[i]}.
   *
   * <pre>{@code
   * Tensor.arange(4).roll(1, 0); // [3, 0, 1, 2]
   * }</pre>
   *
   * @param shift negative to shift towards the start
   * @param dim a dimension, counted from the back if negative
   * @return a copy of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public Tensor roll(int shift, int dim) {
    return roll(new int[] {shift}, dim);
  }

  /** {@link #roll(int[], int...)} of the elements in row-major order. */
  public Tensor roll(int shift) {
    return roll(new int[] {shift});
  }

  /**
   * Rotates by k times 90 degrees in the plane of two dimensions, from the first towards the
   * second: counterclockwise for the rows and columns of a matrix.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new int[][] {{1, 2}, {3, 4}});
   * x.rot90(1, 0, 1); // [[2, 4], [1, 3]]
   * x.rot90(-1, 0, 1); // [[3, 1], [4, 2]]
   * }</pre>
   *
   * @param k how often, negative for the other direction; default 1
   * @param dims two different dimensions, counted from the back if negative; default 0 and 1
   * @return a copy; the two sizes are exchanged if k is odd
   * @throws ShapeException if dims are the same, are not two, or do not exist
   */
  public Tensor rot90(int k, int... dims) {
    Tensor y = Arrangement.rot90(this, k, dims);
    return Operations.watched() ? Operations.passed("rot90 k dims", y, this, k, dims) : y;
  }

  /** {@link #rot90(int, int...)} once, in the first two dimensions. */
  public Tensor rot90() {
    return rot90(1, 0, 1);
  }

  /** {@link #rot90(int, int...)} in the first two dimensions. */
  public Tensor rot90(int k) {
    return rot90(k, 0, 1);
  }

  /**
   * Puts copies of the whole tensor next to each other, a number of them along each dimension.
   * {@link #repeatInterleave(int, int)} repeats element by element, {@link #expand} repeats without
   * copying.
   *
   * <pre>{@code
   * Tensor.of(1, 2).repeat(2, 2); // [[1, 2, 1, 2], [1, 2, 1, 2]]
   * }</pre>
   *
   * @param repeats at least as many as there are dimensions, 0 or more each; further ones stand in
   *     front and add dimensions
   * @return a copy, with sizes {@code repeats[i] * size(i)}
   * @throws ShapeException if there are fewer repeats than dimensions, or one is negative
   */
  public Tensor repeat(int... repeats) {
    Tensor y = Arrangement.repeat(this, repeats);
    return Operations.watched() ? Operations.passed("repeat repeats", y, this, repeats) : y;
  }

  /**
   * Puts copies of the tensor next to each other, as {@link #repeat} does, but fewer repeats than
   * dimensions are allowed and stand for the last dimensions.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new int[][] {{1, 2}, {3, 4}});
   * x.tile(2); // [[1, 2, 1, 2], [3, 4, 3, 4]]
   * }</pre>
   *
   * @param repeats 0 or more each
   * @return a copy
   * @throws ShapeException if one is negative
   */
  public Tensor tile(int... repeats) {
    Tensor y = Arrangement.tile(this, repeats);
    return Operations.watched() ? Operations.passed("tile repeats", y, this, repeats) : y;
  }

  /** {@link #repeatInterleave(int, int)} of the elements in row-major order, as a vector. */
  public Tensor repeatInterleave(int repeats) {
    Tensor y = Arrangement.repeatInterleave(flatten(), repeats, 0);
    return Operations.watched()
        ? Operations.passed("repeatInterleave repeats", y, this, repeats)
        : y;
  }

  /**
   * Repeats each index of a dimension, one copy after the other.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new int[][] {{1, 2}, {3, 4}});
   * x.repeatInterleave(2, 0); // [[1, 2], [1, 2], [3, 4], [3, 4]]
   * x.repeatInterleave(2); // [1, 1, 2, 2, 3, 3, 4, 4]
   * }</pre>
   *
   * @param repeats how often, 0 or more
   * @param dim a dimension, counted from the back if negative
   * @return a copy, whose dimension has size {@code repeats * size(dim)}
   * @throws ShapeException if repeats is negative, or there is no such dimension
   */
  public Tensor repeatInterleave(int repeats, int dim) {
    Tensor y = Arrangement.repeatInterleave(this, repeats, dim);
    return Operations.watched()
        ? Operations.passed("repeatInterleave repeats dim", y, this, repeats, dim)
        : y;
  }

  /**
   * Repeats each index of a dimension as often as its entry says, one copy after the other.
   *
   * <pre>{@code
   * Tensor.of(1, 2, 3).repeatInterleave(Tensor.of(1, 0, 2), 0); // [1, 3, 3]
   * }</pre>
   *
   * @param repeats integers, 0 or more each: a vector of as many as the dimension has indices, or
   *     one for all
   * @param dim a dimension, counted from the back if negative
   * @return a copy, whose size in the dimension is the sum of the repeats
   * @throws ShapeException if repeats are no integers, not as many, or negative, or there is no
   *     such dimension
   */
  public Tensor repeatInterleave(Tensor repeats, int dim) {
    Tensor y = Arrangement.repeatInterleave(this, repeats, dim);
    return Operations.watched()
        ? Operations.passed("repeatInterleave dim", y, this, repeats, dim)
        : y;
  }

  /** {@link #repeatInterleave(Tensor, int)} of the elements in row-major order, as a vector. */
  public Tensor repeatInterleave(Tensor repeats) {
    Tensor y = Arrangement.repeatInterleave(flatten(), repeats, 0);
    return Operations.watched() ? Operations.passed("repeatInterleave", y, this, repeats) : y;
  }

  /**
   * Gives a tensor without dimensions the shape {@code [1]}, as a view; others are returned as they
   * are.
   */
  public Tensor atleast1d() {
    Tensor y = Arrangement.atLeast1d(this);
    return Operations.watched() ? Operations.passed("atleast1d", y, this) : y;
  }

  /**
   * Adds dimensions of size 1 in front until there are two, as a view: a vector {@code [n]} becomes
   * {@code [1, n]}. Others are returned as they are.
   */
  public Tensor atleast2d() {
    Tensor y = Arrangement.atLeast2d(this);
    return Operations.watched() ? Operations.passed("atleast2d", y, this) : y;
  }

  /**
   * Adds dimensions of size 1 until there are three, as a view: a vector {@code [n]} becomes {@code
   * [1, n, 1]}, a matrix {@code [m, n]} becomes {@code [m, n, 1]}. Others are returned as they are.
   */
  public Tensor atleast3d() {
    Tensor y = Arrangement.atLeast3d(this);
    return Operations.watched() ? Operations.passed("atleast3d", y, this) : y;
  }

  /**
   * Moves dimensions, as a view: dimension {@code source[i]} of this is dimension {@code
   * destination[i]} of the result; the others keep their order in what is left.
   *
   * <pre>{@code
   * int[] from = {0, 1};
   * int[] to = {1, 2};
   * Tensor.zeros(2, 3, 4).movedim(from, to).shape(); // [4, 2, 3]
   * }</pre>
   *
   * @param source each at most once, counted from the back if negative
   * @param destination as many, each at most once, counted from the back if negative
   * @return a view
   * @throws ShapeException if a dimension does not exist or is named twice, or the two differ in
   *     length
   */
  public Tensor movedim(int[] source, int[] destination) {
    Tensor y = Arrangement.movedim(this, source, destination);
    return Operations.watched()
        ? Operations.passed("movedim source destination", y, this, source, destination)
        : y;
  }

  /**
   * Moves a dimension to another place, as a view; the others keep their order.
   *
   * <pre>{@code
   * Tensor.zeros(2, 3, 4).movedim(0, -1).shape(); // [3, 4, 2]
   * }</pre>
   *
   * @param source a dimension, counted from the back if negative
   * @param destination its place in the result, counted from the back if negative
   * @return a view
   * @throws ShapeException if there is no such dimension
   */
  public Tensor movedim(int source, int destination) {
    return movedim(new int[] {source}, new int[] {destination});
  }

  /** {@link #movedim(int, int)} by NumPy's name. */
  public Tensor moveaxis(int source, int destination) {
    return movedim(source, destination);
  }

  /** {@link #movedim(int[], int[])} by NumPy's name. */
  public Tensor moveaxis(int[] source, int[] destination) {
    return movedim(source, destination);
  }

  /**
   * Transposes the matrices of a batch, as a view: the last two dimensions are exchanged.
   *
   * <pre>{@code
   * Tensor.zeros(5, 2, 3).mT().shape(); // [5, 3, 2]
   * }</pre>
   *
   * @return a view
   * @throws ShapeException for fewer than two dimensions
   */
  public Tensor mT() {
    if (dim() < 2) {
      throw new ShapeException("mT: expects at least 2 dimensions, has " + dim());
    }
    Tensor y = transpose(-2, -1);
    return Operations.watched() ? Operations.passed("mT", y, this) : y;
  }

  /**
   * Returns the elements in row-major order as a vector: a view if this is contiguous, else a copy.
   */
  public Tensor ravel() {
    Tensor y = contiguous().view(-1);
    return Operations.watched() ? Operations.passed("ravel", y, this) : y;
  }

  /** {@link #view} with the shape of another tensor. */
  public Tensor viewAs(Tensor other) {
    Tensor y = view(other.layout.shape);
    return Operations.watched() ? Operations.passed("viewAs", y, this, other) : y;
  }

  /** {@link #reshape} to the shape of another tensor. */
  public Tensor reshapeAs(Tensor other) {
    Tensor y = reshape(other.layout.shape);
    return Operations.watched() ? Operations.passed("reshapeAs", y, this, other) : y;
  }

  /** {@link #expand} by NumPy's name. */
  public Tensor broadcastTo(int... shape) {
    Tensor y = expand(shape);
    return Operations.watched() ? Operations.passed("broadcastTo shape", y, this, shape) : y;
  }

  /** {@link #expand} to the shape of another tensor. */
  public Tensor expandAs(Tensor other) {
    Tensor y = expand(other.layout.shape);
    return Operations.watched() ? Operations.passed("expandAs", y, this, other) : y;
  }

  /**
   * Splits a dimension into several, as a view: the opposite of {@link #flatten(int, int)}.
   *
   * <pre>{@code
   * Tensor.zeros(2, 12).unflatten(1, 3, -1).shape(); // [2, 3, 4]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param sizes at least one; one of them may be -1, which stands for what is left
   * @return a view
   * @throws ShapeException if the product of the sizes is not the size of the dimension, there is
   *     no size, or no such dimension
   */
  public Tensor unflatten(int dim, int... sizes) {
    Tensor y = Arrangement.unflatten(this, dim, sizes);
    return Operations.watched() ? Operations.passed("unflatten dim sizes", y, this, dim, sizes) : y;
  }

  /**
   * Returns all windows of a size along a dimension, as a view: {@code y[..., w, ..., i] = x[..., w
   * * step + i, ...]}. The dimension counts the {@code (n - size) / step + 1} windows, a new last
   * dimension runs through each; elements at the end that fill no window are left out. Where
   * windows overlap, gradients are added.
   *
   * <pre>{@code
   * Tensor.arange(5).unfold(0, 3, 2); // [[0, 1, 2], [2, 3, 4]]
   * }</pre>
   *
   * @param dimension a dimension, counted from the back if negative
   * @param size elements in a window, from 0 to the size of the dimension
   * @param step from the start of one window to that of the next, 1 or more
   * @return a view of one dimension more
   * @throws ShapeException if no window fits, size is negative, step is less than 1, or there is no
   *     such dimension
   */
  public Tensor unfold(int dimension, int size, int step) {
    Tensor y = Arrangement.unfold(this, dimension, size, step);
    return Operations.watched()
        ? Operations.passed("unfold dimension size step", y, this, dimension, size, step)
        : y;
  }

  /**
   * Puts the last dimension on a diagonal of matrices that are otherwise zero, the opposite of
   * {@link #diagonal(int, int, int)}. The matrices are square, with {@code n + |offset|} rows for a
   * last dimension of size n.
   *
   * <pre>{@code
   * Tensor.of(1, 2).diagEmbed(1); // [[0, 1, 0], [0, 0, 2], [0, 0, 0]]
   * Tensor.zeros(4, 3).diagEmbed(0, 0, 2).shape(); // [3, 4, 3]
   * }</pre>
   *
   * @param offset 0 for the main diagonal, above 0 for those above it, below 0 for those below it;
   *     default 0
   * @param dim1 the rows of the matrices in the result, counted from the back if negative; default
   *     -2
   * @param dim2 the columns of the matrices in the result, counted from the back if negative;
   *     default -1
   * @return a copy of one dimension more
   * @throws ShapeException if the two dimensions are the same, one does not exist, or this has no
   *     dimensions
   */
  public Tensor diagEmbed(int offset, int dim1, int dim2) {
    Tensor y = Arrangement.diagEmbed(this, offset, dim1, dim2);
    return Operations.watched()
        ? Operations.passed("diagEmbed offset dim1 dim2", y, this, offset, dim1, dim2)
        : y;
  }

  /** {@link #diagEmbed(int, int, int)}: the main diagonal of the last two dimensions. */
  public Tensor diagEmbed() {
    return diagEmbed(0, -2, -1);
  }

  /** {@link #diagEmbed(int, int, int)} in the last two dimensions. */
  public Tensor diagEmbed(int offset) {
    return diagEmbed(offset, -2, -1);
  }

  /**
   * Puts all elements, in row-major order, on a diagonal of one square matrix that is otherwise
   * zero.
   *
   * <pre>{@code
   * Tensor.of(1, 2).diagflat(-1); // [[0, 0, 0], [1, 0, 0], [0, 2, 0]]
   * }</pre>
   *
   * @param offset 0 for the main diagonal, above 0 for those above it, below 0 for those below it;
   *     default 0
   * @return a matrix with {@code numel() + |offset|} rows
   */
  public Tensor diagflat(int offset) {
    Tensor y = Arrangement.diagEmbed(flatten(), offset, 0, 1);
    return Operations.watched() ? Operations.passed("diagflat offset", y, this, offset) : y;
  }

  /** {@link #diagflat(int)} on the main diagonal. */
  public Tensor diagflat() {
    return diagflat(0);
  }

  /**
   * Returns a copy in which {@link #diagonal(int, int, int)} is the source. Gradients flow to both;
   * what was replaced gets 0.
   *
   * <pre>{@code
   * Tensor.zeros(2, 2).diagonalScatter(Tensor.of(1f, 2f)); // [[1, 0], [0, 2]]
   * }</pre>
   *
   * @param source the elements of the diagonal, of exactly its shape; they are converted to the
   *     type of this
   * @param offset 0 for the main diagonal, above 0 for those above it, below 0 for those below it;
   *     default 0
   * @param dim1 the dimension of the rows, counted from the back if negative; default 0
   * @param dim2 the dimension of the columns, counted from the back if negative; default 1
   * @return a copy of the shape and type of this
   * @throws ShapeException if the source has another shape than the diagonal, or the dimensions are
   *     the same or do not exist
   */
  public Tensor diagonalScatter(Tensor source, int offset, int dim1, int dim2) {
    Tensor y = Arrangement.diagonalScatter(this, source, offset, dim1, dim2);
    return Operations.watched()
        ? Operations.passed("diagonalScatter offset dim1 dim2", y, this, source, offset, dim1, dim2)
        : y;
  }

  /**
   * {@link #diagonalScatter(Tensor, int, int, int)}: the main diagonal of the first two dimensions.
   */
  public Tensor diagonalScatter(Tensor source) {
    return diagonalScatter(source, 0, 0, 1);
  }

  /** {@link #diagonalScatter(Tensor, int, int, int)} in the first two dimensions. */
  public Tensor diagonalScatter(Tensor source, int offset) {
    return diagonalScatter(source, offset, 0, 1);
  }

  /**
   * Returns a copy in which {@link #select} is the source. Gradients flow to both; what was
   * replaced gets 0.
   *
   * <pre>{@code
   * Tensor.zeros(2, 2).selectScatter(Tensor.of(1f, 2f), 0, 1); // [[0, 0], [1, 2]]
   * }</pre>
   *
   * @param source of exactly the shape that {@link #select} returns; it is converted to the type of
   *     this
   * @param dim a dimension, counted from the back if negative
   * @param index counted from the back if negative
   * @return a copy of the shape and type of this
   * @throws ShapeException if the source has another shape, the index is out of range, or there is
   *     no such dimension
   */
  public Tensor selectScatter(Tensor source, int dim, int index) {
    Tensor y = Arrangement.selectScatter(this, source, dim, index);
    return Operations.watched()
        ? Operations.passed("selectScatter dim index", y, this, source, dim, index)
        : y;
  }

  /**
   * Returns a copy of the lower triangle of the last two dimensions, with zeros above a diagonal:
   * element {@code [i, j]} is kept if {@code j - i <= diagonal}.
   *
   * <pre>{@code
   * Tensor.ones(3, 3).tril(); // [[1, 0, 0], [1, 1, 0], [1, 1, 1]]
   * }</pre>
   *
   * @param diagonal the last that is kept: 0 for the main one, above 0 for those above it, below 0
   *     for those below it; default 0
   * @return a copy of the same shape
   * @throws ShapeException for fewer than two dimensions
   */
  public Tensor tril(int diagonal) {
    Tensor y = Ranges.triangle("tril", this, diagonal, false);
    return Operations.watched() ? Operations.passed("tril diagonal", y, this, diagonal) : y;
  }

  /** {@link #tril(int)} with the main diagonal. */
  public Tensor tril() {
    return tril(0);
  }

  /** {@link #tril(int)} in place. */
  public Tensor tril_(int diagonal) {
    if (layout.repeats()) {
      Tensor kept = ones(DType.BOOL, layout.shape).tril(diagonal);
      once("tril_").maskedFill_(folded(kept.logicalNot()), 0);
      return this;
    }
    return assign("tril_", tril(diagonal));
  }

  /** {@link #tril()} in place. */
  public Tensor tril_() {
    return tril_(0);
  }

  /**
   * Returns a copy of the upper triangle of the last two dimensions, with zeros below a diagonal:
   * element {@code [i, j]} is kept if {@code j - i >= diagonal}.
   *
   * <pre>{@code
   * Tensor.ones(2, 2).triu(1); // [[0, 1], [0, 0]]
   * }</pre>
   *
   * @param diagonal the first that is kept: 0 for the main one, above 0 for those above it, below 0
   *     for those below it; default 0
   * @return a copy of the same shape
   * @throws ShapeException for fewer than two dimensions
   */
  public Tensor triu(int diagonal) {
    Tensor y = Ranges.triangle("triu", this, diagonal, true);
    return Operations.watched() ? Operations.passed("triu diagonal", y, this, diagonal) : y;
  }

  /** {@link #triu(int)} with the main diagonal. */
  public Tensor triu() {
    return triu(0);
  }

  /** {@link #triu(int)} in place. */
  public Tensor triu_(int diagonal) {
    if (layout.repeats()) {
      Tensor kept = ones(DType.BOOL, layout.shape).triu(diagonal);
      once("triu_").maskedFill_(folded(kept.logicalNot()), 0);
      return this;
    }
    return assign("triu_", triu(diagonal));
  }

  /** {@link #triu()} in place. */
  public Tensor triu_() {
    return triu_(0);
  }

  /**
   * Makes a square matrix with this vector on a diagonal, as {@link #diagflat(int)}, or copies a
   * diagonal of this matrix; {@link #diagonal(int)} is a view of it.
   *
   * <pre>{@code
   * Tensor.of(1, 2).diag(); // [[1, 0], [0, 2]]
   * Tensor.of(new int[][] {{1, 2}, {3, 4}}).diag(); // [1, 4]
   * }</pre>
   *
   * @param diagonal 0 for the main one, above 0 for those above it, below 0 for those below it;
   *     default 0
   * @return a matrix for a vector, a vector for a matrix
   * @throws ShapeException for other than one or two dimensions
   */
  public Tensor diag(int diagonal) {
    if (dim() != 1 && dim() != 2) {
      throw new ShapeException("diag: expects 1 or 2 dimensions, has " + dim());
    }
    Tensor y = dim() == 1 ? diagflat(diagonal) : diagonal(diagonal, 0, 1).clone();
    return Operations.watched() ? Operations.passed("diag diagonal", y, this, diagonal) : y;
  }

  /** {@link #diag(int)} for the main diagonal. */
  public Tensor diag() {
    return diag(0);
  }

  /**
   * Sums the main diagonal of a matrix, which need not be square. Integers and BOOL are added as
   * INT64.
   *
   * @return a tensor without dimensions
   * @throws ShapeException for other than two dimensions
   */
  public Tensor trace() {
    if (dim() != 2) {
      throw new ShapeException("trace: expects a matrix, has shape " + Shapes.format(layout.shape));
    }
    if (dtype() == DType.BOOL) {
      throw new DTypeException("trace: a matrix of bool has no sum; convert it with to(INT64)");
    }
    Tensor y = diagonal(0, 0, 1).sum();
    return Operations.watched() ? Operations.passed("trace", y, this) : y;
  }

  /** {@link #fillDiagonal_(Number, boolean)} once from the corner. */
  public Tensor fillDiagonal_(Number value) {
    return fillDiagonal_(value, false);
  }

  /**
   * Sets the main diagonal of this matrix, which need not be square, to a number, in place; of more
   * dimensions, which have to be of equal size, the elements whose coordinates are equal.
   *
   * <pre>{@code
   * Tensor.zeros(3, 2).fillDiagonal_(5); // [[5, 0], [0, 5], [0, 0]]
   * }</pre>
   *
   * @param value the number
   * @param wrap whether the diagonal of a tall matrix begins anew below a row that is left out;
   *     default false
   * @return this tensor
   * @throws ShapeException for less than two dimensions, or more of different sizes
   */
  public Tensor fillDiagonal_(Number value, boolean wrap) {
    Indexing.fillDiagonal(this, value, wrap);
    Tensor y = this;
    return Operations.watched()
        ? Operations.changed("fillDiagonal_ value wrap", y, this, value, wrap)
        : y;
  }

  /**
   * Returns the Kronecker product: a block of all of other, times that element, for each element of
   * this, {@code y[i * p + k, j * q + l] = x[i, j] * other[k, l]}. Missing dimensions are added in
   * front. The type is the promoted one.
   *
   * <pre>{@code
   * Tensor a = Tensor.of(1, 2);
   * a.kron(Tensor.of(1, 10, 100)); // [1, 10, 100, 2, 20, 200]
   * }</pre>
   *
   * @param other the blocks
   * @return shape {@code [m * p, n * q]} for matrices {@code [m, n]} and {@code [p, q]}
   */
  public Tensor kron(Tensor other) {
    Tensor y = Products.kron(this, other);
    return Operations.watched() ? Operations.passed("kron", y, this, other) : y;
  }

  /**
   * Returns all choices of r elements of this vector, one a row, in the order of Python's {@code
   * itertools.combinations}. Elements are told apart by their place, not by their value.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 2, 3);
   * x.combinations(2, false); // [[1, 2], [1, 3], [2, 3]]
   * x.combinations(2, true); // [[1, 1], [1, 2], [1, 3], [2, 2], [2, 3], [3, 3]]
   * }</pre>
   *
   * @param r how many are chosen, 0 or more; default 2
   * @param withReplacement whether an element may be chosen again; default false
   * @return shape {@code [number of choices, r]}, without rows if r is greater than the number of
   *     elements; {@code [0]} for r = 0
   * @throws ShapeException if this is no vector
   * @throws IllegalArgumentException if r is negative
   */
  public Tensor combinations(int r, boolean withReplacement) {
    Tensor y = Grids.combinations(this, r, withReplacement);
    return Operations.watched()
        ? Operations.passed("combinations r withReplacement", y, this, r, withReplacement)
        : y;
  }

  /** {@link #combinations(int, boolean)} of two elements, without replacement. */
  public Tensor combinations() {
    return combinations(2, false);
  }

  /** {@link #combinations(int, boolean)} without replacement. */
  public Tensor combinations(int r) {
    return combinations(r, false);
  }

  // ---- splitting ----------------------------------------------------------------------------

  /**
   * Parts of a size along a dimension, views; the last may be smaller.
   *
   * <pre>{@code
   * Tensor.arange(5).split(2, 0); // [0, 1], [2, 3], [4]
   * }</pre>
   *
   * @param size 1 or more
   * @param dim counted from the back if negative
   */
  public List<Tensor> split(int size, int dim) {
    List<Tensor> y = Splitting.split(this, size, dim);
    return Operations.watched() ? Operations.passed("split size dim", y, this, size, dim) : y;
  }

  /** {@link #split(int, int)} along the first dimension. */
  public List<Tensor> split(int size) {
    return split(size, 0);
  }

  /**
   * Parts of given sizes along a dimension, views.
   *
   * @param sizes have the size of the dimension as their sum
   * @param dim counted from the back if negative
   * @throws ShapeException if they have not
   */
  public List<Tensor> split(int[] sizes, int dim) {
    List<Tensor> y = Splitting.split(this, sizes, dim);
    return Operations.watched() ? Operations.passed("split sizes dim", y, this, sizes, dim) : y;
  }

  /** {@link #split(int[], int)} along the first dimension. */
  public List<Tensor> split(int[] sizes) {
    return split(sizes, 0);
  }

  /**
   * At most so many parts of equal size along a dimension, views; the last may be smaller. {@link
   * #tensorSplit(int, int)} gives exactly so many.
   *
   * @param chunks 1 or more
   * @param dim counted from the back if negative
   */
  public List<Tensor> chunk(int chunks, int dim) {
    List<Tensor> y = Splitting.chunk(this, chunks, dim);
    return Operations.watched() ? Operations.passed("chunk chunks dim", y, this, chunks, dim) : y;
  }

  /** {@link #chunk(int, int)} along the first dimension. */
  public List<Tensor> chunk(int chunks) {
    return chunk(chunks, 0);
  }

  /**
   * The indices of a dimension one by one, views without that dimension.
   *
   * <pre>{@code
   * for (Tensor step : Tensor.zeros(10, 2, 3).unbind(0)) {
   *   step.shape(); // [2, 3]
   * }
   * }</pre>
   *
   * @param dim counted from the back if negative
   */
  public List<Tensor> unbind(int dim) {
    List<Tensor> y = Splitting.unbind(this, dim);
    return Operations.watched() ? Operations.passed("unbind dim", y, this, dim) : y;
  }

  /** {@link #unbind(int)} along the first dimension. */
  public List<Tensor> unbind() {
    return unbind(0);
  }

  /**
   * Exactly so many parts along a dimension, views; the first ones are larger by one where the size
   * does not divide.
   *
   * @param sections 1 or more
   * @param dim counted from the back if negative
   */
  public List<Tensor> tensorSplit(int sections, int dim) {
    List<Tensor> y = Splitting.tensorSplit(this, sections, dim);
    return Operations.watched()
        ? Operations.passed("tensorSplit sections dim", y, this, sections, dim)
        : y;
  }

  /** {@link #tensorSplit(int, int)} along the first dimension. */
  public List<Tensor> tensorSplit(int sections) {
    return tensorSplit(sections, 0);
  }

  /**
   * Parts that end before each of the indices, and the rest; views.
   *
   * @param indices counted from the back if negative
   * @param dim counted from the back if negative
   */
  public List<Tensor> tensorSplit(int[] indices, int dim) {
    List<Tensor> y = Splitting.tensorSplit(this, indices, dim);
    return Operations.watched()
        ? Operations.passed("tensorSplit indices dim", y, this, indices, dim)
        : y;
  }

  /** {@link #tensorSplit(int[], int)} along the first dimension. */
  public List<Tensor> tensorSplit(int[] indices) {
    return tensorSplit(indices, 0);
  }

  /** Equal parts along dimension 1, or 0 for a vector. */
  public List<Tensor> hsplit(int sections) {
    List<Tensor> y = Splitting.evenSplit("hsplit", this, sections, 1, dim() == 1 ? 0 : 1);
    return Operations.watched() ? Operations.passed("hsplit sections", y, this, sections) : y;
  }

  /** Parts along dimension 1, or 0 for a vector, that end before the indices. */
  public List<Tensor> hsplit(int[] indices) {
    List<Tensor> y = Splitting.splitAt("hsplit", this, indices, 1, dim() == 1 ? 0 : 1);
    return Operations.watched() ? Operations.passed("hsplit indices", y, this, indices) : y;
  }

  /** Equal parts along dimension 0. */
  public List<Tensor> vsplit(int sections) {
    List<Tensor> y = Splitting.evenSplit("vsplit", this, sections, 2, 0);
    return Operations.watched() ? Operations.passed("vsplit sections", y, this, sections) : y;
  }

  /** Parts along dimension 0 that end before the indices. */
  public List<Tensor> vsplit(int[] indices) {
    List<Tensor> y = Splitting.splitAt("vsplit", this, indices, 2, 0);
    return Operations.watched() ? Operations.passed("vsplit indices", y, this, indices) : y;
  }

  /** Equal parts along dimension 2. */
  public List<Tensor> dsplit(int sections) {
    List<Tensor> y = Splitting.evenSplit("dsplit", this, sections, 3, 2);
    return Operations.watched() ? Operations.passed("dsplit sections", y, this, sections) : y;
  }

  /** Parts along dimension 2 that end before the indices. */
  public List<Tensor> dsplit(int[] indices) {
    List<Tensor> y = Splitting.splitAt("dsplit", this, indices, 3, 2);
    return Operations.watched() ? Operations.passed("dsplit indices", y, this, indices) : y;
  }

  /**
   * Sums over the dimensions in which the shape has size 1, or which it has not: the opposite of
   * {@link #expand}, and its gradient.
   *
   * @throws ShapeException if the shape does not broadcast to that of this tensor
   */
  public Tensor sumToSize(int... shape) {
    Tensor y = Reductions.sumToSize(this, shape);
    return Operations.watched() ? Operations.passed("sumToSize shape", y, this, shape) : y;
  }

  // ---- indexing -----------------------------------------------------------------------------

  /**
   * A part of this tensor, indexed as in Python: {@code x[i, 1:3, ..., None, mask]} is {@code
   * x.get(i, Index.slice(1, 3), Index.ELLIPSIS, Index.NEW_AXIS, mask)}.
   *
   * <p>Whole numbers take one index of a dimension, slices some, {@link Index#NEW_AXIS} adds a
   * dimension; with these alone the result is a view. Index tensors (INT64 or INT32, also {@code
   * int[]} and {@code long[]}) are broadcast with each other and pick elements; a BOOL tensor, or
   * {@code boolean[]}, picks where it is true. Their common shape takes the place of the dimensions
   * that they index if these stand side by side, else it comes first.
   *
   * @throws ShapeException if there are too many indices, one is out of range, or shapes do not fit
   */
  public Tensor get(@Nullable Object... indices) {
    Tensor y = Subscript.get(this, indices);
    return Operations.watched()
        ? Operations.passed("get indices", y, this, Subscript.tensors(indices), indices)
        : y;
  }

  /**
   * Writes to a part of this tensor, in place: {@code x[1, :] = value} is {@code x.setAt_(1,
   * Index.ALL, value)}.
   *
   * @param index the first part of the index, as for {@link #get}
   * @param next the next part, or the value if nothing follows
   * @param more further parts and, last, the value: a tensor that broadcasts to what is indexed, a
   *     number or a boolean; where index tensors repeat a place the last value stays
   */
  public Tensor setAt_(@Nullable Object index, @Nullable Object next, @Nullable Object... more) {
    @Nullable Object[] all = new Object[more.length + 2];
    all[0] = index;
    all[1] = next;
    System.arraycopy(more, 0, all, 2, more.length);
    return setAt_(Arrays.copyOf(all, all.length - 1), all[all.length - 1]);
  }

  /** {@link #setAt_(Object, Object, Object...)} with the parts of the index in an array. */
  public Tensor setAt_(@Nullable Object[] indices, @Nullable Object value) {
    Subscript.set(this, indices, value);
    return Operations.watched() ? Subscript.passed(this, indices, value) : this;
  }

  /**
   * A copy in which the elements that index tensors name have become, or gained, the values.
   *
   * @param indices one for each of the first dimensions, broadcast with each other; null stands for
   *     a whole dimension
   * @param values of this tensor's type; broadcast to what is indexed
   * @param accumulate whether values are added, also where indices repeat
   */
  public Tensor indexPut(@Nullable Tensor[] indices, Tensor values, boolean accumulate) {
    Tensor y = clone().indexPut_(indices, values, accumulate);
    return Operations.watched()
        ? Operations.passed("indexPut accumulate", y, this, indices, values, accumulate)
        : y;
  }

  /** {@link #indexPut(Tensor[], Tensor, boolean)} without accumulation. */
  public Tensor indexPut(@Nullable Tensor[] indices, Tensor values) {
    return indexPut(indices, values, false);
  }

  /** {@link #indexPut} in place. */
  public Tensor indexPut_(@Nullable Tensor[] indices, Tensor values, boolean accumulate) {
    Subscript.put(this, indices, values, accumulate);
    return Operations.watched()
        ? Operations.changed("indexPut_ accumulate", this, this, indices, values, accumulate)
        : this;
  }

  /** {@link #indexPut(Tensor[], Tensor)} in place. */
  public Tensor indexPut_(@Nullable Tensor[] indices, Tensor values) {
    return indexPut_(indices, values, false);
  }

  // ---- picking and placing by index --------------------------------------------------------

  /**
   * The named indices of a dimension, in their order, a copy; the gradient of an index that is
   * named twice is a sum.
   *
   * <pre>{@code
   * Tensor.of(10, 20, 30).indexSelect(0, Tensor.of(2, 0)); // [30, 10]
   * }</pre>
   *
   * @param dim counted from the back if negative
   * @param index a vector of integers; negative ones count from the back
   * @throws ShapeException if an index is out of range, or the index is no vector
   */
  public Tensor indexSelect(int dim, Tensor index) {
    Tensor y = Indexing.indexSelect(this, dim, index);
    return Operations.watched() ? Operations.passed("indexSelect dim", y, this, index, dim) : y;
  }

  /**
   * A copy to which the slices of the source are added at the named indices of a dimension, in
   * order: {@code y[index[i]] += alpha source[i]} for dim 0.
   *
   * @param index a vector of integers, one for each slice; may repeat
   * @param source of this tensor's type, and of its shape but for dim
   * @throws ShapeException if the source has another shape, or an index is out of range
   */
  public Tensor indexAdd(int dim, Tensor index, Tensor source) {
    Tensor y = Indexing.indexAdd(this, dim, index, source, 1);
    return Operations.watched()
        ? Operations.passed("indexAdd dim", y, this, index, source, dim)
        : y;
  }

  /** As {@link #indexAdd(int, Tensor, Tensor)} with the source times alpha. */
  public Tensor indexAdd(int dim, Tensor index, Tensor source, Number alpha) {
    Tensor y = Indexing.indexAdd(this, dim, index, source, alpha);
    return Operations.watched()
        ? Operations.passed("indexAdd dim alpha", y, this, index, source, dim, alpha)
        : y;
  }

  /** {@link #indexAdd(int, Tensor, Tensor)} in place. */
  public Tensor indexAdd_(int dim, Tensor index, Tensor source) {
    return apart("indexAdd_", index, source).assign("indexAdd_", indexAdd(dim, index, source));
  }

  /** {@link #indexAdd(int, Tensor, Tensor, Number)} in place. */
  public Tensor indexAdd_(int dim, Tensor index, Tensor source, Number alpha) {
    return apart("indexAdd_", index, source)
        .assign("indexAdd_", indexAdd(dim, index, source, alpha));
  }

  /**
   * A copy in which the named indices of a dimension are the source's slices: {@code y[index[i]] =
   * source[i]} for dim 0. Of an index that is named twice the last slice stays.
   *
   * @param dim counted from the back if negative
   * @param index a vector of integers
   * @param source of this tensor's type, and its shape but for dim, which has the size of the index
   * @throws ShapeException if the source does not fit, or an index is out of range
   */
  public Tensor indexCopy(int dim, Tensor index, Tensor source) {
    Tensor y = Indexing.indexCopy(this, dim, index, source);
    return Operations.watched()
        ? Operations.passed("indexCopy dim", y, this, index, source, dim)
        : y;
  }

  /** {@link #indexCopy} in place. */
  public Tensor indexCopy_(int dim, Tensor index, Tensor source) {
    return apart("indexCopy_", index, source).assign("indexCopy_", indexCopy(dim, index, source));
  }

  /**
   * A copy in which the named indices of a dimension are filled with a number.
   *
   * @param dim counted from the back if negative
   * @param index a vector of integers
   * @param value what they become
   * @throws ShapeException if an index is out of range
   */
  public Tensor indexFill(int dim, Tensor index, Number value) {
    Tensor y = Indexing.indexFill(this, dim, index, number(value));
    return Operations.watched()
        ? Operations.passed("indexFill dim value", y, this, index, dim, value)
        : y;
  }

  /** A copy in which the named indices of a dimension are filled with a tensor's only element. */
  public Tensor indexFill(int dim, Tensor index, Tensor value) {
    Tensor y = Indexing.indexFill(this, dim, index, value);
    return Operations.watched()
        ? Operations.passed("indexFill dim", y, this, index, value, dim)
        : y;
  }

  /** {@link #indexFill(int, Tensor, Number)} in place. */
  public Tensor indexFill_(int dim, Tensor index, Number value) {
    if (layout.repeats()) {
      Tensor chosen = zeros(DType.BOOL, layout.shape).indexFill(dim, index, 1);
      once("indexFill_").maskedFill_(folded(chosen), value);
      return this;
    }
    return apart("indexFill_", index).assign("indexFill_", indexFill(dim, index, value));
  }

  /** {@link #indexFill(int, Tensor, Tensor)} in place. */
  public Tensor indexFill_(int dim, Tensor index, Tensor value) {
    if (layout.repeats()) {
      Tensor chosen = zeros(DType.BOOL, layout.shape).indexFill(dim, index, 1);
      once("indexFill_").maskedFill_(folded(chosen), value);
      return this;
    }
    return apart("indexFill_", index).assign("indexFill_", indexFill(dim, index, value));
  }

  /**
   * A copy in which the named indices of a dimension are combined with the source's slices.
   *
   * @param reduce {@code prod}, {@code mean}, {@code amax} or {@code amin}
   * @param includeSelf whether the elements that are there take part
   */
  public Tensor indexReduce(
      int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    Tensor y = Indexing.indexReduce(this, dim, index, source, reduce, includeSelf);
    return Operations.watched()
        ? Operations.passed(
            "indexReduce dim reduce includeSelf", y, this, index, source, dim, reduce, includeSelf)
        : y;
  }

  /**
   * {@link #indexReduce(int, Tensor, Tensor, String, boolean)} with what was there before among the
   * operands.
   */
  public Tensor indexReduce(int dim, Tensor index, Tensor source, String reduce) {
    return indexReduce(dim, index, source, reduce, true);
  }

  /** {@link #indexReduce} in place. */
  public Tensor indexReduce_(
      int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    return apart("indexReduce_", index, source)
        .assign("indexReduce_", indexReduce(dim, index, source, reduce, includeSelf));
  }

  /** {@link #indexReduce(int, Tensor, Tensor, String)} in place. */
  public Tensor indexReduce_(int dim, Tensor index, Tensor source, String reduce) {
    return indexReduce_(dim, index, source, reduce, true);
  }

  /**
   * One element for each index: for dim 0 {@code y[i][j] = x[index[i][j]][j]}.
   *
   * @param index INT64 or INT32, of as many dimensions as this and, but for dim, no larger
   * @return of the shape of index
   * @throws ShapeException if index does not fit, or one is out of range
   */
  public Tensor gather(int dim, Tensor index) {
    Tensor y = Gathering.gather(this, dim, index);
    return Operations.watched() ? Operations.passed("gather dim", y, this, index, dim) : y;
  }

  /** As {@link #gather}, with this tensor and the indices broadcast but for dim. */
  public Tensor takeAlongDim(Tensor indices, int dim) {
    Tensor y = Gathering.takeAlongDim(this, indices, dim);
    return Operations.watched() ? Operations.passed("takeAlongDim dim", y, this, indices, dim) : y;
  }

  /** The elements at places counted in row-major order: {@link #take} under another name. */
  public Tensor takeAlongDim(Tensor indices) {
    Tensor y = Gathering.take(this, indices.reshape(-1));
    return Operations.watched() ? Operations.passed("takeAlongDim", y, this, indices) : y;
  }

  /**
   * A copy in which, for dim 0, {@code y[index[i][j]][j] = source[i][j]}: the opposite of {@link
   * #gather}. Of several elements for one place the last stays.
   *
   * @param source of this tensor's type, in no dimension smaller than index
   */
  public Tensor scatter(int dim, Tensor index, Tensor source) {
    Tensor y = Gathering.scatter(this, dim, index, source);
    return Operations.watched() ? Operations.passed("scatter dim", y, this, index, source, dim) : y;
  }

  /** As {@link #scatter(int, Tensor, Tensor)} with the same number everywhere. */
  public Tensor scatter(int dim, Tensor index, Number value) {
    Tensor y = Gathering.scatter(this, dim, index, value);
    return Operations.watched()
        ? Operations.passed("scatter dim value", y, this, index, dim, value)
        : y;
  }

  /** {@link #scatter(int, Tensor, Tensor)} in place. */
  public Tensor scatter_(int dim, Tensor index, Tensor source) {
    return apart("scatter_", index, source).assign("scatter_", scatter(dim, index, source));
  }

  /** {@link #scatter(int, Tensor, Number)} in place. */
  public Tensor scatter_(int dim, Tensor index, Number value) {
    return apart("scatter_", index).assign("scatter_", scatter(dim, index, value));
  }

  /**
   * A copy to which elements are added: for dim 0 {@code y[index[i][j]][j] += source[i][j]}. The
   * opposite of {@link #gather}, and its gradient.
   *
   * <pre>{@code
   * Tensor.zeros(3).scatterAdd(0, Tensor.of(0, 2, 0), Tensor.of(1f, 2f, 3f)); // [4, 0, 2]
   * }</pre>
   *
   * @param dim counted from the back if negative
   * @param index INT64 or INT32, of as many dimensions as this
   * @param source of this tensor's type, at least as large as the index
   * @throws ShapeException if the shapes do not fit, or an index is out of range
   */
  public Tensor scatterAdd(int dim, Tensor index, Tensor source) {
    Tensor y = Gathering.scatterAdd(this, dim, index, source);
    return Operations.watched()
        ? Operations.passed("scatterAdd dim", y, this, index, source, dim)
        : y;
  }

  /** {@link #scatterAdd} in place. */
  public Tensor scatterAdd_(int dim, Tensor index, Tensor source) {
    return apart("scatterAdd_", index, source)
        .assign("scatterAdd_", scatterAdd(dim, index, source));
  }

  /**
   * As {@link #scatter(int, Tensor, Tensor)}, but combining with what is there.
   *
   * @param reduce {@code sum}, {@code prod}, {@code mean}, {@code amax} or {@code amin}
   * @param includeSelf whether the elements that are there take part
   */
  public Tensor scatterReduce(
      int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    Tensor y = Gathering.scatterReduce(this, dim, index, source, reduce, includeSelf);
    return Operations.watched()
        ? Operations.passed(
            "scatterReduce dim reduce includeSelf",
            y,
            this,
            index,
            source,
            dim,
            reduce,
            includeSelf)
        : y;
  }

  /**
   * {@link #scatterReduce(int, Tensor, Tensor, String, boolean)} with what was there before among
   * the operands.
   */
  public Tensor scatterReduce(int dim, Tensor index, Tensor source, String reduce) {
    return scatterReduce(dim, index, source, reduce, true);
  }

  /** {@link #scatterReduce} in place. */
  public Tensor scatterReduce_(
      int dim, Tensor index, Tensor source, String reduce, boolean includeSelf) {
    return apart("scatterReduce_", index, source)
        .assign("scatterReduce_", scatterReduce(dim, index, source, reduce, includeSelf));
  }

  /** {@link #scatterReduce(int, Tensor, Tensor, String)} in place. */
  public Tensor scatterReduce_(int dim, Tensor index, Tensor source, String reduce) {
    return scatterReduce_(dim, index, source, reduce, true);
  }

  /**
   * The elements at places counted in row-major order, under the shape of index.
   *
   * <pre>{@code
   * Tensor.of(new int[][] {{1, 2}, {3, 4}}).take(Tensor.of(0, 3)); // [1, 4]
   * }</pre>
   *
   * @param index integers; negative ones count from the back
   * @throws ShapeException if one is out of range
   */
  public Tensor take(Tensor index) {
    Tensor y = Gathering.take(this, index);
    return Operations.watched() ? Operations.passed("take", y, this, index) : y;
  }

  /**
   * A copy in which elements at places counted in row-major order have become, or gained, the
   * source's.
   *
   * @param index integers; negative ones count from the back
   * @param source of this tensor's type, as many elements as the index
   * @param accumulate whether they are added; else, of a place named twice, the last stays
   * @throws ShapeException if an index is out of range, or the numbers of elements differ
   */
  public Tensor put(Tensor index, Tensor source, boolean accumulate) {
    Tensor y = Gathering.put(this, index, source, accumulate);
    return Operations.watched()
        ? Operations.passed("put accumulate", y, this, index, source, accumulate)
        : y;
  }

  /** {@link #put(Tensor, Tensor, boolean)} without accumulation. */
  public Tensor put(Tensor index, Tensor source) {
    return put(index, source, false);
  }

  /** {@link #put} in place. */
  public Tensor put_(Tensor index, Tensor source, boolean accumulate) {
    return apart("put_", index, source).assign("put_", put(index, source, accumulate));
  }

  /** {@link #put(Tensor, Tensor)} in place. */
  public Tensor put_(Tensor index, Tensor source) {
    return put_(index, source, false);
  }

  /**
   * A copy with a number wherever the mask is true.
   *
   * @param mask BOOL, broadcast with this
   */
  public Tensor maskedFill(Tensor mask, Number value) {
    Tensor y = Masks.fill(this, mask, value);
    return Operations.watched() ? Operations.passed("maskedFill value", y, this, mask, value) : y;
  }

  /** As {@link #maskedFill(Tensor, Number)} with a tensor's only element. */
  public Tensor maskedFill(Tensor mask, Tensor value) {
    Tensor y = Masks.fill(this, mask, value);
    return Operations.watched() ? Operations.passed("maskedFill", y, this, mask, value) : y;
  }

  /** {@link #maskedFill(Tensor, Number)} in place. */
  public Tensor maskedFill_(Tensor mask, Number value) {
    if (layout.repeats()) {
      Masks.requireMask("maskedFill_", mask);
      once("maskedFill_").maskedFill_(folded(mask), value);
      return this;
    }
    checkOperand("maskedFill_", mask);
    return assign("maskedFill_", maskedFill(mask, value));
  }

  /** {@link #maskedFill(Tensor, Tensor)} in place. */
  public Tensor maskedFill_(Tensor mask, Tensor value) {
    if (layout.repeats()) {
      Masks.requireMask("maskedFill_", mask);
      once("maskedFill_").maskedFill_(folded(mask), value);
      return this;
    }
    checkOperand("maskedFill_", mask);
    return assign("maskedFill_", maskedFill(mask, value));
  }

  /**
   * The elements where the mask is true, a vector in row-major order; both are broadcast.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1f, -2f, 3f);
   * x.maskedSelect(x.gt(0)); // [1, 3]
   * }</pre>
   *
   * @param mask BOOL
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if the mask is not BOOL
   */
  public Tensor maskedSelect(Tensor mask) {
    Tensor y = Masks.select(this, mask);
    return Operations.watched() ? Operations.passed("maskedSelect", y, this, mask) : y;
  }

  /**
   * A copy in which the elements where the mask is true are the source's first ones, in row-major
   * order.
   *
   * @param mask BOOL, broadcast with this
   * @param source of this tensor's type
   * @throws ShapeException if the source has fewer elements than the mask selects
   */
  public Tensor maskedScatter(Tensor mask, Tensor source) {
    Tensor y = Masks.scatter(this, mask, source);
    return Operations.watched() ? Operations.passed("maskedScatter", y, this, mask, source) : y;
  }

  /** {@link #maskedScatter} in place. */
  public Tensor maskedScatter_(Tensor mask, Tensor source) {
    return assign("maskedScatter_", maskedScatter(mask, source));
  }

  /**
   * The indices of all elements that are not 0 (NaN is not): INT64 [n, rank], a row each, in
   * row-major order.
   *
   * <pre>{@code
   * Tensor.of(0, 5, 7).nonzero(); // [[1], [2]]
   * }</pre>
   */
  public Tensor nonzero() {
    Tensor y = Masks.nonzero(this);
    return Operations.watched() ? Operations.passed("nonzero", y, this) : y;
  }

  /**
   * The indices of all elements that are not 0: for each dimension an INT64 vector, fit for {@link
   * #get}.
   */
  public List<Tensor> nonzeroAsTuple() {
    List<Tensor> y = Masks.coordinates(dim() == 0 ? reshape(1) : this);
    return Operations.watched() ? Operations.passed("nonzeroAsTuple", y, this) : y;
  }

  /** As {@link #nonzero}. */
  public Tensor argwhere() {
    Tensor y = nonzero();
    return Operations.watched() ? Operations.passed("argwhere", y, this) : y;
  }

  /**
   * Zeros with a one at each class: {@code y[..., x[...]] = 1}.
   *
   * @param numClasses the size of the new last dimension; -1 stands for the largest class + 1
   */
  public Tensor oneHot(int numClasses) {
    Tensor y = Gathering.oneHot(this, numClasses);
    return Operations.watched() ? Operations.passed("oneHot numClasses", y, this, numClasses) : y;
  }

  // ---- reductions ---------------------------------------------------------------------------

  /**
   * Sums the elements over dimensions, which go away; over all if none is named. Integers and BOOL
   * are added as INT64. The sum of no elements is 0.
   *
   * <p>Long sums are made in blocks, in an order that does not depend on the number of threads: the
   * bits are the same for any.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * x.sum(); // 10
   * x.sum(0); // [4, 6]
   * x.sum(1, true); // [[3], [7]]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @return a tensor without the named dimensions
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor sum(int... dims) {
    return sum(dims, false);
  }

  /** {@link #sum(int[], boolean)} over one dimension. */
  public Tensor sum(int dim, boolean keepdim) {
    return sum(new int[] {dim}, keepdim);
  }

  /**
   * Sums the elements over dimensions; see {@link #sum(int...)}.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1, so that the result broadcasts with
   *     this; default false
   * @return the sums
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor sum(int[] dims, boolean keepdim) {
    Tensor y = Reductions.sum(this, dims, keepdim);
    return Operations.watched() ? Operations.passed("sum dims keepdim", y, this, dims, keepdim) : y;
  }

  /**
   * Averages the elements over dimensions, which go away; over all if none is named: {@code sum /
   * n}. NaN for no elements.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * x.mean(); // 2.5
   * x.mean(0); // [2, 3]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @return a tensor without the named dimensions
   * @throws ShapeException if a dimension does not exist or is named twice
   * @throws DTypeException for integers and BOOL: convert with {@code to(DType.FLOAT32)}
   */
  public Tensor mean(int... dims) {
    return mean(dims, false);
  }

  /** {@link #mean(int[], boolean)} over one dimension. */
  public Tensor mean(int dim, boolean keepdim) {
    return mean(new int[] {dim}, keepdim);
  }

  /**
   * Averages the elements over dimensions; see {@link #mean(int...)}.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1, so that the result broadcasts with
   *     this; default false
   * @return the means
   * @throws ShapeException if a dimension does not exist or is named twice
   * @throws DTypeException for integers and BOOL
   */
  public Tensor mean(int[] dims, boolean keepdim) {
    Tensor y = Reductions.mean(this, dims, keepdim);
    return Operations.watched()
        ? Operations.passed("mean dims keepdim", y, this, dims, keepdim)
        : y;
  }

  /**
   * Returns the largest element over dimensions; NaN if there is one. Elements that are equally
   * large share the gradient evenly, unlike in {@link #max(int, boolean)}, where the first has it
   * all.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 5}, {4, 2}});
   * x.amax(); // 5
   * x.amax(1); // [5, 4]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the largest elements, of the type of this
   * @throws ShapeException if a dimension does not exist or is named twice, or there are no
   *     elements to choose from
   */
  public Tensor amax(int[] dims, boolean keepdim) {
    Tensor y = Reductions.amax(this, dims, keepdim);
    return Operations.watched()
        ? Operations.passed("amax dims keepdim", y, this, dims, keepdim)
        : y;
  }

  /** {@link #amax(int[], boolean)} over one dimension. */
  public Tensor amax(int dim, boolean keepdim) {
    return amax(new int[] {dim}, keepdim);
  }

  /** {@link #amax(int[], boolean)} without the dimensions. */
  public Tensor amax(int... dims) {
    return amax(dims, false);
  }

  /**
   * Returns the smallest element over dimensions; NaN if there is one. Elements that are equally
   * small share the gradient evenly, unlike in {@link #min(int, boolean)}, where the first has it
   * all.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the smallest elements, of the type of this
   * @throws ShapeException if a dimension does not exist or is named twice, or there are no
   *     elements to choose from
   */
  public Tensor amin(int[] dims, boolean keepdim) {
    Tensor y = Reductions.amin(this, dims, keepdim);
    return Operations.watched()
        ? Operations.passed("amin dims keepdim", y, this, dims, keepdim)
        : y;
  }

  /** {@link #amin(int[], boolean)} over one dimension. */
  public Tensor amin(int dim, boolean keepdim) {
    return amin(new int[] {dim}, keepdim);
  }

  /** {@link #amin(int[], boolean)} without the dimensions. */
  public Tensor amin(int... dims) {
    return amin(dims, false);
  }

  /**
   * Returns the largest of all elements; NaN if there is one. Elements that are equally large share
   * the gradient evenly.
   *
   * @return a tensor without dimensions, of the type of this
   * @throws ShapeException if there are no elements
   */
  public Tensor max() {
    Tensor y = Extremes.all("max", this, true);
    return Operations.watched() ? Operations.passed("max", y, this) : y;
  }

  /**
   * Returns the smallest of all elements; NaN if there is one. Elements that are equally small
   * share the gradient evenly.
   *
   * @return a tensor without dimensions, of the type of this
   * @throws ShapeException if there are no elements
   */
  public Tensor min() {
    Tensor y = Extremes.all("min", this, false);
    return Operations.watched() ? Operations.passed("min", y, this) : y;
  }

  /** {@link #maximum} by PyTorch's other name. */
  public Tensor max(Tensor other) {
    Tensor y = maximum(other);
    return Operations.watched() ? Operations.passed("max", y, this, other) : y;
  }

  /** {@link #minimum} by PyTorch's other name. */
  public Tensor min(Tensor other) {
    Tensor y = minimum(other);
    return Operations.watched() ? Operations.passed("min", y, this, other) : y;
  }

  /** {@link #max(int, boolean)} without the dimension. */
  public ValuesIndices max(int dim) {
    return max(dim, false);
  }

  /**
   * Finds the largest element along a dimension and its index: the first of those that are equal. A
   * NaN counts as the largest of all. The gradient goes to the elements at these indices.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 5}, {4, 2}});
   * x.max(1).values(); // [5, 4]
   * x.max(1).indices(); // [1, 0]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the elements, and their INT64 indices along the dimension
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public ValuesIndices max(int dim, boolean keepdim) {
    ValuesIndices y = Extremes.max(this, dim, keepdim);
    return Operations.watched() ? Operations.passed("max dim keepdim", y, this, dim, keepdim) : y;
  }

  /** {@link #min(int, boolean)} without the dimension. */
  public ValuesIndices min(int dim) {
    return min(dim, false);
  }

  /**
   * Finds the smallest element along a dimension and its index: the first of those that are equal.
   * A NaN counts as the smallest of all. The gradient goes to the elements at these indices.
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the elements, and their INT64 indices along the dimension
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public ValuesIndices min(int dim, boolean keepdim) {
    ValuesIndices y = Extremes.min(this, dim, keepdim);
    return Operations.watched() ? Operations.passed("min dim keepdim", y, this, dim, keepdim) : y;
  }

  /**
   * Returns the smallest and the largest of all elements; both are NaN if there is one. Equal
   * elements share the gradient.
   *
   * @return the two, without dimensions
   * @throws ShapeException if there are no elements
   */
  public MinMax aminmax() {
    MinMax y =
        new MinMax(Extremes.all("aminmax", this, false), Extremes.all("aminmax", this, true));
    return Operations.watched() ? Operations.passed("aminmax", y, this) : y;
  }

  /** {@link #aminmax(int, boolean)} without the dimension. */
  public MinMax aminmax(int dim) {
    return aminmax(dim, false);
  }

  /**
   * Returns the smallest and the largest element along a dimension: {@link #amin(int, boolean)} and
   * {@link #amax(int, boolean)}.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 5}, {4, 2}});
   * x.aminmax(1).min(); // [1, 2]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the two
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public MinMax aminmax(int dim, boolean keepdim) {
    MinMax y = new MinMax(amin(new int[] {dim}, keepdim), amax(new int[] {dim}, keepdim));
    return Operations.watched()
        ? Operations.passed("aminmax dim keepdim", y, this, dim, keepdim)
        : y;
  }

  /**
   * What {@link #aminmax()} returns.
   *
   * @param min the smallest elements
   * @param max the largest elements
   */
  public record MinMax(Tensor min, Tensor max) {}

  /**
   * Returns the index of the largest of all elements in row-major order: the first of those that
   * are equal, or of those that are NaN. Not differentiable.
   *
   * @return INT64, without dimensions
   * @throws ShapeException if there are no elements
   */
  public Tensor argmax() {
    Tensor y = Extremes.arg("argmax", this, true);
    return Operations.watched() ? Operations.passed("argmax", y, this) : y;
  }

  /** {@link #argmax(int, boolean)} without the dimension. */
  public Tensor argmax(int dim) {
    return argmax(dim, false);
  }

  /**
   * Returns the index of the largest element along a dimension: the first of those that are equal.
   * A NaN counts as the largest of all. Not differentiable.
   *
   * <pre>{@code
   * Tensor scores = Tensor.of(new float[][] {{0.1f, 0.7f}, {0.9f, 0.2f}});
   * scores.argmax(1); // [1, 0]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return INT64
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public Tensor argmax(int dim, boolean keepdim) {
    Tensor y = Extremes.arg("argmax", this, dim, keepdim, true);
    return Operations.watched()
        ? Operations.passed("argmax dim keepdim", y, this, dim, keepdim)
        : y;
  }

  /**
   * Returns the index of the smallest of all elements in row-major order: the first of those that
   * are equal, or of those that are NaN. Not differentiable.
   *
   * @return INT64, without dimensions
   * @throws ShapeException if there are no elements
   */
  public Tensor argmin() {
    Tensor y = Extremes.arg("argmin", this, false);
    return Operations.watched() ? Operations.passed("argmin", y, this) : y;
  }

  /** {@link #argmin(int, boolean)} without the dimension. */
  public Tensor argmin(int dim) {
    return argmin(dim, false);
  }

  /**
   * Returns the index of the smallest element along a dimension: the first of those that are equal.
   * A NaN counts as the smallest of all. Not differentiable.
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return INT64
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public Tensor argmin(int dim, boolean keepdim) {
    Tensor y = Extremes.arg("argmin", this, dim, keepdim, false);
    return Operations.watched()
        ? Operations.passed("argmin dim keepdim", y, this, dim, keepdim)
        : y;
  }

  /** {@link #var(int[], double, boolean)} with a correction of 1: the unbiased estimate. */
  public Tensor var(int... dims) {
    return var(dims, 1, false);
  }

  /**
   * Returns the variance over dimensions, {@code sum((x - mean)^2) / max(0, n - correction)} for n
   * elements each. NaN for one element with a correction of 1, and for no elements.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1f, 2f, 3f, 4f);
   * x.var(false); // 1.25
   * x.var(true); // 1.6667
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param correction what is taken off the number of elements: 1, the default, for the unbiased
   *     estimate, 0 for the mean of the squares
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the variances
   * @throws ShapeException if a dimension does not exist or is named twice
   * @throws DTypeException for integers and BOOL: convert with {@code to(DType.FLOAT32)}
   */
  public Tensor var(int[] dims, double correction, boolean keepdim) {
    Tensor y = Moments.var("var", this, dims, correction, keepdim);
    return Operations.watched()
        ? Operations.passed("var dims correction keepdim", y, this, dims, correction, keepdim)
        : y;
  }

  /**
   * {@link #var(int[], double, boolean)} of all elements; unbiased is a correction of 1, else of 0.
   */
  public Tensor var(boolean unbiased) {
    return var(new int[0], unbiased ? 1 : 0, false);
  }

  /**
   * {@link #var(int[], double, boolean)} over one dimension; unbiased is a correction of 1, else of
   * 0.
   */
  public Tensor var(int dim, boolean unbiased) {
    return var(new int[] {dim}, unbiased ? 1 : 0, false);
  }

  /**
   * {@link #var(int[], double, boolean)} over one dimension; unbiased is a correction of 1, else of
   * 0.
   */
  public Tensor var(int dim, boolean unbiased, boolean keepdim) {
    return var(new int[] {dim}, unbiased ? 1 : 0, keepdim);
  }

  /** {@link #var(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public Tensor var(int[] dims, boolean unbiased) {
    return var(dims, unbiased ? 1 : 0, false);
  }

  /** {@link #var(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public Tensor var(int[] dims, boolean unbiased, boolean keepdim) {
    return var(dims, unbiased ? 1 : 0, keepdim);
  }

  /** {@link #var(int[], double, boolean)} over one dimension, with options: correction, keepdim. */
  public Tensor var(int dim, Consumer<VarianceOptions> options) {
    return var(new int[] {dim}, options);
  }

  /** {@link #var(int[], double, boolean)} with options: correction, keepdim. */
  public Tensor var(int[] dims, Consumer<VarianceOptions> options) {
    var o = Options.with(new VarianceOptions(), options);
    return var(dims, o.correction, o.keepdim);
  }

  /** {@link #std(int[], double, boolean)} with a correction of 1. */
  public Tensor std(int... dims) {
    return std(dims, 1, false);
  }

  /**
   * Returns the standard deviation over dimensions, {@code sqrt(sum((x - mean)^2) / max(0, n -
   * correction))} for n elements each: the square root of {@link #var(int[], double, boolean)}. The
   * gradient is 0 where all elements are equal.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 3}, {0, 4}});
   * x.std(1, false); // [1, 2]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param correction what is taken off the number of elements: 1, the default, or 0 for that of a
   *     whole population
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the standard deviations
   * @throws ShapeException if a dimension does not exist or is named twice
   * @throws DTypeException for integers and BOOL: convert with {@code to(DType.FLOAT32)}
   */
  public Tensor std(int[] dims, double correction, boolean keepdim) {
    Tensor y = Moments.std("std", this, dims, correction, keepdim);
    return Operations.watched()
        ? Operations.passed("std dims correction keepdim", y, this, dims, correction, keepdim)
        : y;
  }

  /**
   * {@link #std(int[], double, boolean)} of all elements; unbiased is a correction of 1, else of 0.
   */
  public Tensor std(boolean unbiased) {
    return std(new int[0], unbiased ? 1 : 0, false);
  }

  /**
   * {@link #std(int[], double, boolean)} over one dimension; unbiased is a correction of 1, else of
   * 0.
   */
  public Tensor std(int dim, boolean unbiased) {
    return std(new int[] {dim}, unbiased ? 1 : 0, false);
  }

  /**
   * {@link #std(int[], double, boolean)} over one dimension; unbiased is a correction of 1, else of
   * 0.
   */
  public Tensor std(int dim, boolean unbiased, boolean keepdim) {
    return std(new int[] {dim}, unbiased ? 1 : 0, keepdim);
  }

  /** {@link #std(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public Tensor std(int[] dims, boolean unbiased) {
    return std(dims, unbiased ? 1 : 0, false);
  }

  /** {@link #std(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public Tensor std(int[] dims, boolean unbiased, boolean keepdim) {
    return std(dims, unbiased ? 1 : 0, keepdim);
  }

  /** {@link #std(int[], double, boolean)} over one dimension, with options: correction, keepdim. */
  public Tensor std(int dim, Consumer<VarianceOptions> options) {
    return std(new int[] {dim}, options);
  }

  /** {@link #std(int[], double, boolean)} with options: correction, keepdim. */
  public Tensor std(int[] dims, Consumer<VarianceOptions> options) {
    var o = Options.with(new VarianceOptions(), options);
    return std(dims, o.correction, o.keepdim);
  }

  /**
   * Returns both {@link #var(int[], double, boolean)} and {@link #mean(int[], boolean)}, with their
   * errors.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param correction what is taken off the number of elements; default 1
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the variances and the means
   */
  public VarMean varMean(int[] dims, double correction, boolean keepdim) {
    VarMean y =
        new VarMean(Moments.var("varMean", this, dims, correction, keepdim), mean(dims, keepdim));
    return Operations.watched()
        ? Operations.passed("varMean dims correction keepdim", y, this, dims, correction, keepdim)
        : y;
  }

  /** {@link #varMean(int[], double, boolean)} with a correction of 1. */
  public VarMean varMean(int... dims) {
    return varMean(dims, 1, false);
  }

  /** {@link #varMean(int[], double, boolean)} of all; unbiased is a correction of 1, else of 0. */
  public VarMean varMean(boolean unbiased) {
    return varMean(new int[0], unbiased ? 1 : 0, false);
  }

  /** {@link #varMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public VarMean varMean(int dim, boolean unbiased) {
    return varMean(new int[] {dim}, unbiased ? 1 : 0, false);
  }

  /** {@link #varMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public VarMean varMean(int dim, boolean unbiased, boolean keepdim) {
    return varMean(new int[] {dim}, unbiased ? 1 : 0, keepdim);
  }

  /** {@link #varMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public VarMean varMean(int[] dims, boolean unbiased) {
    return varMean(dims, unbiased ? 1 : 0, false);
  }

  /** {@link #varMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public VarMean varMean(int[] dims, boolean unbiased, boolean keepdim) {
    return varMean(dims, unbiased ? 1 : 0, keepdim);
  }

  /**
   * {@link #varMean(int[], double, boolean)} over one dimension, with options: correction, keepdim.
   */
  public VarMean varMean(int dim, Consumer<VarianceOptions> options) {
    return varMean(new int[] {dim}, options);
  }

  /** {@link #varMean(int[], double, boolean)} with options: correction, keepdim. */
  public VarMean varMean(int[] dims, Consumer<VarianceOptions> options) {
    var o = Options.with(new VarianceOptions(), options);
    return varMean(dims, o.correction, o.keepdim);
  }

  /**
   * Returns both {@link #std(int[], double, boolean)} and {@link #mean(int[], boolean)}, with their
   * errors.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param correction what is taken off the number of elements; default 1
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the standard deviations and the means
   */
  public StdMean stdMean(int[] dims, double correction, boolean keepdim) {
    StdMean y =
        new StdMean(Moments.std("stdMean", this, dims, correction, keepdim), mean(dims, keepdim));
    return Operations.watched()
        ? Operations.passed("stdMean dims correction keepdim", y, this, dims, correction, keepdim)
        : y;
  }

  /** {@link #stdMean(int[], double, boolean)} with a correction of 1. */
  public StdMean stdMean(int... dims) {
    return stdMean(dims, 1, false);
  }

  /** {@link #stdMean(int[], double, boolean)} of all; unbiased is a correction of 1, else of 0. */
  public StdMean stdMean(boolean unbiased) {
    return stdMean(new int[0], unbiased ? 1 : 0, false);
  }

  /** {@link #stdMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public StdMean stdMean(int dim, boolean unbiased) {
    return stdMean(new int[] {dim}, unbiased ? 1 : 0, false);
  }

  /** {@link #stdMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public StdMean stdMean(int dim, boolean unbiased, boolean keepdim) {
    return stdMean(new int[] {dim}, unbiased ? 1 : 0, keepdim);
  }

  /** {@link #stdMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public StdMean stdMean(int[] dims, boolean unbiased) {
    return stdMean(dims, unbiased ? 1 : 0, false);
  }

  /** {@link #stdMean(int[], double, boolean)}; unbiased is a correction of 1, else of 0. */
  public StdMean stdMean(int[] dims, boolean unbiased, boolean keepdim) {
    return stdMean(dims, unbiased ? 1 : 0, keepdim);
  }

  /**
   * {@link #stdMean(int[], double, boolean)} over one dimension, with options: correction, keepdim.
   */
  public StdMean stdMean(int dim, Consumer<VarianceOptions> options) {
    return stdMean(new int[] {dim}, options);
  }

  /** {@link #stdMean(int[], double, boolean)} with options: correction, keepdim. */
  public StdMean stdMean(int[] dims, Consumer<VarianceOptions> options) {
    var o = Options.with(new VarianceOptions(), options);
    return stdMean(dims, o.correction, o.keepdim);
  }

  /**
   * What {@link #varMean} returns.
   *
   * @param var the variance
   * @param mean the mean
   */
  public record VarMean(Tensor var, Tensor mean) {}

  /**
   * What {@link #stdMean} returns.
   *
   * @param std the standard deviation
   * @param mean the mean
   */
  public record StdMean(Tensor std, Tensor mean) {}

  /** {@link #prod(int, boolean)} of all elements, without dimensions. */
  public Tensor prod() {
    Tensor y = Moments.prod(this);
    return Operations.watched() ? Operations.passed("prod", y, this) : y;
  }

  /** {@link #prod(int, boolean)} without the dimension. */
  public Tensor prod(int dim) {
    return prod(dim, false);
  }

  /**
   * Multiplies the elements along a dimension. Integers and BOOL are multiplied as INT64. The
   * product of no elements is 1. The gradient is exact where elements are 0.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * x.prod(1); // [2, 12]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the products
   * @throws ShapeException if there is no such dimension
   */
  public Tensor prod(int dim, boolean keepdim) {
    Tensor y = Moments.prod(this, dim, keepdim);
    return Operations.watched() ? Operations.passed("prod dim keepdim", y, this, dim, keepdim) : y;
  }

  /** {@link #all(int[], boolean)} without the dimensions. */
  public Tensor all(int... dims) {
    return all(dims, false);
  }

  /**
   * Tells whether all elements over dimensions are true, that is not 0; NaN is not 0. True for no
   * elements. Not differentiable.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 0}, {2, 3}});
   * x.all(1); // [false, true]
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return BOOL, but UINT8 for UINT8, as in PyTorch
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor all(int[] dims, boolean keepdim) {
    Tensor y = Moments.all(this, dims, keepdim);
    return Operations.watched() ? Operations.passed("all dims keepdim", y, this, dims, keepdim) : y;
  }

  /** {@link #all(int[], boolean)} over one dimension. */
  public Tensor all(int dim, boolean keepdim) {
    return all(new int[] {dim}, keepdim);
  }

  /** {@link #any(int[], boolean)} without the dimensions. */
  public Tensor any(int... dims) {
    return any(dims, false);
  }

  /**
   * Tells whether some element over dimensions is true, that is not 0; NaN is not 0. False for no
   * elements. Not differentiable.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return BOOL, but UINT8 for UINT8, as in PyTorch
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor any(int[] dims, boolean keepdim) {
    Tensor y = Moments.any(this, dims, keepdim);
    return Operations.watched() ? Operations.passed("any dims keepdim", y, this, dims, keepdim) : y;
  }

  /** {@link #any(int[], boolean)} over one dimension. */
  public Tensor any(int dim, boolean keepdim) {
    return any(new int[] {dim}, keepdim);
  }

  /** {@link #nansum(int[], boolean)} without the dimensions. */
  public Tensor nansum(int... dims) {
    return nansum(dims, false);
  }

  /**
   * Sums the elements that are not NaN over dimensions; 0 where all are. For integers and BOOL the
   * same as {@link #sum(int[], boolean)}. The gradient is 0 at NaN.
   *
   * <pre>{@code
   * Tensor.of(1f, Float.NaN, 2f).nansum(); // 3
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the sums
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor nansum(int[] dims, boolean keepdim) {
    Tensor y = Moments.nansum(this, dims, keepdim);
    return Operations.watched()
        ? Operations.passed("nansum dims keepdim", y, this, dims, keepdim)
        : y;
  }

  /** {@link #nansum(int[], boolean)} over one dimension. */
  public Tensor nansum(int dim, boolean keepdim) {
    return nansum(new int[] {dim}, keepdim);
  }

  /** {@link #nanmean(int[], boolean)} without the dimensions. */
  public Tensor nanmean(int... dims) {
    return nanmean(dims, false);
  }

  /**
   * Averages the elements that are not NaN over dimensions; NaN where all are. The gradient is 0 at
   * NaN.
   *
   * <pre>{@code
   * Tensor.of(1f, Float.NaN, 2f).nanmean(); // 1.5
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the means
   * @throws ShapeException if a dimension does not exist or is named twice
   * @throws DTypeException for integers and BOOL
   */
  public Tensor nanmean(int[] dims, boolean keepdim) {
    Tensor y = Moments.nanmean(this, dims, keepdim);
    return Operations.watched()
        ? Operations.passed("nanmean dims keepdim", y, this, dims, keepdim)
        : y;
  }

  /** {@link #nanmean(int[], boolean)} over one dimension. */
  public Tensor nanmean(int dim, boolean keepdim) {
    return nanmean(new int[] {dim}, keepdim);
  }

  /**
   * Counts the elements that are not 0 over dimensions, which go away; over all if none is named.
   * NaN is not 0. Not differentiable.
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @return INT64
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor countNonzero(int... dims) {
    Tensor y = ne(0).sum(dims, false);
    return Operations.watched() ? Operations.passed("countNonzero dims", y, this, dims) : y;
  }

  /** {@link #logsumexp(int[], boolean)} without the dimensions. */
  public Tensor logsumexp(int... dims) {
    return logsumexp(dims, false);
  }

  /**
   * Returns {@code log(sum(exp(x)))} over dimensions, without overflow: a soft form of the maximum.
   * -infinity for no elements. Integers are converted to FLOAT32. The gradient is the softmax of x.
   *
   * <pre>{@code
   * Tensor.of(1000f, 1000f).logsumexp(0); // 1000.6932
   * }</pre>
   *
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the logarithms
   * @throws ShapeException if a dimension does not exist or is named twice
   */
  public Tensor logsumexp(int[] dims, boolean keepdim) {
    Tensor y = Moments.logsumexp(this, dims, keepdim);
    return Operations.watched()
        ? Operations.passed("logsumexp dims keepdim", y, this, dims, keepdim)
        : y;
  }

  /** {@link #logsumexp(int[], boolean)} over one dimension. */
  public Tensor logsumexp(int dim, boolean keepdim) {
    return logsumexp(new int[] {dim}, keepdim);
  }

  /** {@link #norm(Number, int[], boolean)} of all elements, with p = 2: the Euclidean norm. */
  public Tensor norm() {
    return norm(2, new int[0], false);
  }

  /** {@link #norm(Number, int[], boolean)} of all elements. */
  public Tensor norm(Number p) {
    return norm(p, new int[0], false);
  }

  /** {@link #norm(Number, int[], boolean)} without the dimensions. */
  public Tensor norm(Number p, int... dims) {
    return norm(p, dims, false);
  }

  /**
   * Returns the p-norm of vectors, {@code sum(|x|^p)^(1/p)} over dimensions. For p = infinity it is
   * the largest {@code |x|}, for -infinity the smallest, for p = 0 the number of elements that are
   * not 0. It is never the norm of a matrix but that of its elements. The gradient is 0 where the
   * norm is 0; that of p = 0 does not exist.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{3, 4}, {6, 8}});
   * x.norm(2, 1); // [5, 10]
   * x.norm(Double.POSITIVE_INFINITY); // 8
   * }</pre>
   *
   * @param p the exponent; default 2
   * @param dims each at most once, counted from the back if negative; none stands for all
   * @param keepdim whether the dimensions stay, with size 1; default false
   * @return the norms
   * @throws ShapeException if a dimension does not exist or is named twice, or for no elements if p
   *     is infinite or negative
   * @throws DTypeException for integers and BOOL: convert with {@code to(DType.FLOAT32)}
   */
  public Tensor norm(Number p, int[] dims, boolean keepdim) {
    Tensor y = Norms.norm("norm", this, p.doubleValue(), dims, keepdim);
    return Operations.watched()
        ? Operations.passed("norm p dims keepdim", y, this, p, dims, keepdim)
        : y;
  }

  /** {@link #norm(Number, int[], boolean)} over one dimension. */
  public Tensor norm(Number p, int dim, boolean keepdim) {
    return norm(p, new int[] {dim}, keepdim);
  }

  // ---- along a dimension --------------------------------------------------------------------

  /**
   * Returns the running sum along a dimension: {@code y[i] = x[0] + ... + x[i]}. Integers and BOOL
   * are added as INT64.
   *
   * <pre>{@code
   * Tensor.of(1, 2, 3).cumsum(0); // [1, 3, 6]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @return the sums, of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public Tensor cumsum(int dim) {
    Tensor y = Scans.cumsum(this, dim);
    return Operations.watched() ? Operations.passed("cumsum dim", y, this, dim) : y;
  }

  /** {@link #cumsum} in place. */
  public Tensor cumsum_(int dim) {
    return assign("cumsum_", cumsum(dim));
  }

  /**
   * Returns the running product along a dimension: {@code y[i] = x[0] * ... * x[i]}. Integers and
   * BOOL are multiplied as INT64. The gradient is exact where elements are 0.
   *
   * <pre>{@code
   * Tensor.of(1, 2, 3).cumprod(0); // [1, 2, 6]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @return the products, of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public Tensor cumprod(int dim) {
    Tensor y = Scans.cumprod(this, dim);
    return Operations.watched() ? Operations.passed("cumprod dim", y, this, dim) : y;
  }

  /** {@link #cumprod} in place. */
  public Tensor cumprod_(int dim) {
    return assign("cumprod_", cumprod(dim));
  }

  /**
   * Returns {@code y[i] = log(exp(x[0]) + ... + exp(x[i]))} along a dimension, without overflow.
   *
   * @param dim a dimension, counted from the back if negative
   * @return the logarithms, of the same shape
   * @throws ShapeException if there is no such dimension
   * @throws DTypeException for integers and BOOL
   */
  public Tensor logcumsumexp(int dim) {
    Tensor y = Scans.logcumsumexp(this, dim);
    return Operations.watched() ? Operations.passed("logcumsumexp dim", y, this, dim) : y;
  }

  /**
   * Returns the largest element so far along a dimension and its index: the latest of those that
   * are equal. From the first NaN on all values are NaN. The gradient goes to the elements at these
   * indices.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 3, 2, 3);
   * x.cummax(0).values(); // [1, 3, 3, 3]
   * x.cummax(0).indices(); // [0, 1, 1, 3]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @return the elements, and their INT64 indices along the dimension, of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public ValuesIndices cummax(int dim) {
    ValuesIndices y = Extremes.cumulative("cummax", this, dim, true);
    return Operations.watched() ? Operations.passed("cummax dim", y, this, dim) : y;
  }

  /**
   * Returns the smallest element so far along a dimension and its index: the latest of those that
   * are equal. From the first NaN on all values are NaN. The gradient goes to the elements at these
   * indices.
   *
   * @param dim a dimension, counted from the back if negative
   * @return the elements, and their INT64 indices along the dimension, of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public ValuesIndices cummin(int dim) {
    ValuesIndices y = Extremes.cumulative("cummin", this, dim, false);
    return Operations.watched() ? Operations.passed("cummin dim", y, this, dim) : y;
  }

  /** {@link #sort(int, boolean)} along the last dimension, in ascending order. */
  public ValuesIndices sort() {
    return sort(-1, false);
  }

  /** {@link #sort(int, boolean)} in ascending order. */
  public ValuesIndices sort(int dim) {
    return sort(dim, false);
  }

  /** {@link #sort(int, boolean)} along the last dimension. */
  public ValuesIndices sort(boolean descending) {
    return sort(-1, descending);
  }

  /** {@link #sort(int, boolean)} with options: dim, descending, stable. */
  public ValuesIndices sort(Consumer<SortOptions> options) {
    var o = Options.with(new SortOptions(), options);
    return sort(o.dim, o.descending, o.stable);
  }

  /**
   * Sorts the elements along a dimension: {@code values[i] = x[indices[i]]}. NaN counts as the
   * greatest. Equal elements keep their order, in descending order too. The gradient goes back to
   * where the elements were.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(3, 1, 2);
   * x.sort(0, false).values(); // [1, 2, 3]
   * x.sort(0, true).indices(); // [0, 2, 1]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative; default -1
   * @param descending from the greatest to the smallest; default false
   * @return the sorted elements, and the INT64 indices where they were, both of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public ValuesIndices sort(int dim, boolean descending) {
    return sort(dim, descending, true);
  }

  /** {@link #sort(int, boolean)}, which is stable whatever is asked for. */
  public ValuesIndices sort(int dim, boolean descending, boolean stable) {
    ValuesIndices y = Sorting.sort(this, dim, descending);
    return Operations.watched()
        ? Operations.passed("sort dim descending stable", y, this, dim, descending, stable)
        : y;
  }

  /** {@link #argsort(int, boolean)} along the last dimension, in ascending order. */
  public Tensor argsort() {
    return argsort(-1, false);
  }

  /** {@link #argsort(int, boolean)} in ascending order. */
  public Tensor argsort(int dim) {
    return argsort(dim, false);
  }

  /** {@link #argsort(int, boolean)} along the last dimension. */
  public Tensor argsort(boolean descending) {
    return argsort(-1, descending);
  }

  /** {@link #argsort(int, boolean)} with options: dim, descending, stable. */
  public Tensor argsort(Consumer<SortOptions> options) {
    var o = Options.with(new SortOptions(), options);
    return argsort(o.dim, o.descending, o.stable);
  }

  /**
   * Returns the indices that sort a dimension: those of {@link #sort(int, boolean)}. Not
   * differentiable.
   *
   * <pre>{@code
   * Tensor.of(3, 1, 2).argsort(); // [1, 2, 0]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative; default -1
   * @param descending from the greatest to the smallest; default false
   * @return INT64, of the same shape
   * @throws ShapeException if there is no such dimension
   */
  public Tensor argsort(int dim, boolean descending) {
    return argsort(dim, descending, true);
  }

  /** {@link #argsort(int, boolean)}, which is stable whatever is asked for. */
  public Tensor argsort(int dim, boolean descending, boolean stable) {
    Tensor y = Sorting.argsort("argsort", this, dim, descending);
    return Operations.watched()
        ? Operations.passed("argsort dim descending stable", y, this, dim, descending, stable)
        : y;
  }

  /** {@link #topk(int, int, boolean, boolean)}: the largest along the last dimension, in order. */
  public ValuesIndices topk(int k) {
    return topk(k, -1);
  }

  /** {@link #topk(int, int, boolean, boolean)}: the largest, in order. */
  public ValuesIndices topk(int k, int dim) {
    return topk(k, dim, true, true);
  }

  /** {@link #topk(int, int, boolean, boolean)} in order. */
  public ValuesIndices topk(int k, int dim, boolean largest) {
    return topk(k, dim, largest, true);
  }

  /** {@link #topk(int, int, boolean, boolean)} with options: dim, largest, sorted. */
  public ValuesIndices topk(int k, Consumer<TopKOptions> options) {
    var o = Options.with(new TopKOptions(), options);
    return topk(k, o.dim, o.largest, o.sorted);
  }

  /**
   * Returns the k largest or smallest elements along a dimension and their indices. NaN counts as
   * the greatest. Which of equal elements are chosen is not specified. The gradient goes to the
   * elements at these indices.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(3, 1, 4, 1, 5);
   * x.topk(2).values(); // [5, 4]
   * x.topk(2).indices(); // [4, 2]
   * }</pre>
   *
   * @param k how many, from 0 to the size of the dimension
   * @param dim a dimension, counted from the back if negative; default -1
   * @param largest the largest, or else the smallest; default true
   * @param sorted whether they come in order, the extreme one first; else in any order; default
   *     true
   * @return the elements, and their INT64 indices along the dimension, which has size k
   * @throws ShapeException if k is out of range, or there is no such dimension
   */
  public ValuesIndices topk(int k, int dim, boolean largest, boolean sorted) {
    ValuesIndices y = Sorting.topk(this, k, dim, largest, sorted);
    return Operations.watched()
        ? Operations.passed("topk k dim largest sorted", y, this, k, dim, largest, sorted)
        : y;
  }

  /**
   * Finds the k-th smallest element along a dimension and its index. NaN counts as the greatest.
   * The gradient goes to the elements at these indices.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(30, 10, 20);
   * x.kthvalue(2).values(); // 20
   * x.kthvalue(2).indices(); // 2
   * }</pre>
   *
   * @param k from 1 to the size of the dimension
   * @param dim a dimension, counted from the back if negative; default -1
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the elements, and their INT64 indices along the dimension
   * @throws ShapeException if k is out of range, or there is no such dimension
   */
  public ValuesIndices kthvalue(int k, int dim, boolean keepdim) {
    ValuesIndices y = Sorting.kthvalue(this, k, dim, keepdim);
    return Operations.watched()
        ? Operations.passed("kthvalue k dim keepdim", y, this, k, dim, keepdim)
        : y;
  }

  /** {@link #kthvalue(int, int, boolean)} along the last dimension, which goes away. */
  public ValuesIndices kthvalue(int k) {
    return kthvalue(k, -1, false);
  }

  /** {@link #kthvalue(int, int, boolean)} without the dimension. */
  public ValuesIndices kthvalue(int k, int dim) {
    return kthvalue(k, dim, false);
  }

  /**
   * Returns the median of all elements: of an even number the lower of the two in the middle, where
   * {@link #quantile(double)} interpolates. NaN if there is one, and for no elements of a
   * floating-point type. Elements equal to it share the gradient evenly.
   *
   * <pre>{@code
   * Tensor.of(4, 1, 3, 2).median(); // 2
   * }</pre>
   *
   * @return a tensor without dimensions, of the type of this
   */
  public Tensor median() {
    Tensor y = Sorting.median(this, false);
    return Operations.watched() ? Operations.passed("median", y, this) : y;
  }

  /**
   * Finds the median along a dimension and its index: of an even number the lower of the two in the
   * middle, where {@link #quantile(double, int)} interpolates. NaN if there is one. The gradient
   * goes to the elements at these indices.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(4, 1, 3, 2);
   * x.median(0).values(); // 2
   * x.median(0).indices(); // 3
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the elements, and their INT64 indices along the dimension
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public ValuesIndices median(int dim, boolean keepdim) {
    ValuesIndices y = Sorting.median(this, dim, keepdim, false);
    return Operations.watched()
        ? Operations.passed("median dim keepdim", y, this, dim, keepdim)
        : y;
  }

  /** {@link #median(int, boolean)} without the dimension. */
  public ValuesIndices median(int dim) {
    return median(dim, false);
  }

  /** {@link #median()} of the elements that are not NaN; NaN if all are. */
  public Tensor nanmedian() {
    Tensor y = Sorting.median(this, true);
    return Operations.watched() ? Operations.passed("nanmedian", y, this) : y;
  }

  /**
   * Finds the median along a dimension of the elements that are not NaN, and its index; NaN if all
   * are. Else as {@link #median(int, boolean)}.
   *
   * @param dim a dimension, counted from the back if negative
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the elements, and their INT64 indices along the dimension
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public ValuesIndices nanmedian(int dim, boolean keepdim) {
    ValuesIndices y = Sorting.median(this, dim, keepdim, true);
    return Operations.watched()
        ? Operations.passed("nanmedian dim keepdim", y, this, dim, keepdim)
        : y;
  }

  /** {@link #nanmedian(int, boolean)} without the dimension. */
  public ValuesIndices nanmedian(int dim) {
    return nanmedian(dim, false);
  }

  /**
   * Finds the most frequent element along a dimension, the smallest of those that are equally
   * frequent, and the last index where it is. The gradient goes to the elements at these indices.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 3, 3, 1, 2);
   * x.mode().values(); // 1
   * x.mode().indices(); // 3
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative; default -1
   * @param keepdim whether the dimension stays, with size 1; default false
   * @return the elements, and their INT64 indices along the dimension
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public ValuesIndices mode(int dim, boolean keepdim) {
    ValuesIndices y = Sorting.mode(this, dim, keepdim);
    return Operations.watched() ? Operations.passed("mode dim keepdim", y, this, dim, keepdim) : y;
  }

  /** {@link #mode(int, boolean)} along the last dimension, which goes away. */
  public ValuesIndices mode() {
    return mode(-1, false);
  }

  /** {@link #mode(int, boolean)} without the dimension. */
  public ValuesIndices mode(int dim) {
    return mode(dim, false);
  }

  /**
   * Returns the values below which shares q of the elements lie: those at place {@code q * (n - 1)}
   * of the n sorted elements. What lies between two elements is interpolated, by default linearly,
   * as {@code a + (b - a) * fraction}. NaN where one of the elements is NaN. The gradient goes to
   * the one or two elements.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1f, 2f, 3f, 4f);
   * x.quantile(0.4); // 2.2
   * x.quantile(Tensor.of(0f, 0.5f, 1f)); // [1, 2.5, 4]
   * }</pre>
   *
   * @param q shares from 0 to 1, a vector or without dimensions, of this tensor's type; a vector
   *     adds a first dimension to the result
   * @param dim a dimension, counted from the back if negative, which goes away; null, the default,
   *     for all elements
   * @param keepdim whether what goes away stays, with size 1; default false
   * @param interpolation what lies between two elements a and b: {@code linear} (the default),
   *     {@code lower} (a), {@code higher} (b), {@code midpoint}, or {@code nearest}
   * @return the quantiles
   * @throws IllegalArgumentException if a share is not from 0 to 1, or the interpolation is another
   * @throws ShapeException if q has more than one dimension, this has no elements, or there is no
   *     such dimension
   * @throws DTypeException if this is not floating-point, or q is of another type
   */
  public Tensor quantile(Tensor q, @Nullable Integer dim, boolean keepdim, String interpolation) {
    Tensor y = Sorting.quantile(this, q, dim, keepdim, interpolation, false);
    return Operations.watched()
        ? Operations.passed(
            "quantile dim keepdim interpolation", y, this, q, dim, keepdim, interpolation)
        : y;
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} for one share. */
  public Tensor quantile(double q, @Nullable Integer dim, boolean keepdim, String interpolation) {
    Tensor y = Sorting.quantile(this, scalar(dtype(), q), dim, keepdim, interpolation, false);
    return Operations.watched()
        ? Operations.passed(
            "quantile q dim keepdim interpolation", y, this, q, dim, keepdim, interpolation)
        : y;
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} for one share, of all elements. */
  public Tensor quantile(double q) {
    return quantile(q, null, false, "linear");
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} for one share, along a dimension. */
  public Tensor quantile(double q, int dim) {
    return quantile(q, dim, false, "linear");
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} for one share, along a dimension. */
  public Tensor quantile(double q, int dim, boolean keepdim) {
    return quantile(q, dim, keepdim, "linear");
  }

  /**
   * {@link #quantile(Tensor, Integer, boolean, String)} with options: dim, keepdim, interpolation.
   */
  public Tensor quantile(double q, Consumer<QuantileOptions> options) {
    var o = Options.with(new QuantileOptions(), options);
    return quantile(q, o.dim, o.keepdim, o.interpolation);
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} of all elements, linear. */
  public Tensor quantile(Tensor q) {
    return quantile(q, null, false, "linear");
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} without the dimension, linear. */
  public Tensor quantile(Tensor q, int dim) {
    return quantile(q, dim, false, "linear");
  }

  /** {@link #quantile(Tensor, Integer, boolean, String)} with linear interpolation. */
  public Tensor quantile(Tensor q, int dim, boolean keepdim) {
    return quantile(q, dim, keepdim, "linear");
  }

  /**
   * {@link #quantile(Tensor, Integer, boolean, String)} with options: dim, keepdim, interpolation.
   */
  public Tensor quantile(Tensor q, Consumer<QuantileOptions> options) {
    var o = Options.with(new QuantileOptions(), options);
    return quantile(q, o.dim, o.keepdim, o.interpolation);
  }

  /**
   * Returns the values below which shares q of the elements lie that are not NaN; NaN where all
   * are. Else as {@link #quantile(Tensor, Integer, boolean, String)}, with its errors.
   *
   * <pre>{@code
   * Tensor.of(1f, Float.NaN, 3f).nanquantile(0.5); // 2
   * }</pre>
   *
   * @param q shares from 0 to 1, a vector or without dimensions, of this tensor's type
   * @param dim a dimension, counted from the back if negative; null, the default, for all elements
   * @param keepdim whether what goes away stays, with size 1; default false
   * @param interpolation {@code linear} (the default), {@code lower}, {@code higher}, {@code
   *     midpoint} or {@code nearest}
   * @return the quantiles
   */
  public Tensor nanquantile(
      Tensor q, @Nullable Integer dim, boolean keepdim, String interpolation) {
    Tensor y = Sorting.quantile(this, q, dim, keepdim, interpolation, true);
    return Operations.watched()
        ? Operations.passed(
            "nanquantile dim keepdim interpolation", y, this, q, dim, keepdim, interpolation)
        : y;
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} for one share. */
  public Tensor nanquantile(
      double q, @Nullable Integer dim, boolean keepdim, String interpolation) {
    Tensor y = Sorting.quantile(this, scalar(dtype(), q), dim, keepdim, interpolation, true);
    return Operations.watched()
        ? Operations.passed(
            "nanquantile q dim keepdim interpolation", y, this, q, dim, keepdim, interpolation)
        : y;
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} for one share, of all elements. */
  public Tensor nanquantile(double q) {
    return nanquantile(q, null, false, "linear");
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} for one share, along a dimension. */
  public Tensor nanquantile(double q, int dim) {
    return nanquantile(q, dim, false, "linear");
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} for one share, along a dimension. */
  public Tensor nanquantile(double q, int dim, boolean keepdim) {
    return nanquantile(q, dim, keepdim, "linear");
  }

  /**
   * {@link #nanquantile(Tensor, Integer, boolean, String)} with options: dim, keepdim,
   * interpolation.
   */
  public Tensor nanquantile(double q, Consumer<QuantileOptions> options) {
    var o = Options.with(new QuantileOptions(), options);
    return nanquantile(q, o.dim, o.keepdim, o.interpolation);
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} of all elements, linear. */
  public Tensor nanquantile(Tensor q) {
    return nanquantile(q, null, false, "linear");
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} without the dimension, linear. */
  public Tensor nanquantile(Tensor q, int dim) {
    return nanquantile(q, dim, false, "linear");
  }

  /** {@link #nanquantile(Tensor, Integer, boolean, String)} with linear interpolation. */
  public Tensor nanquantile(Tensor q, int dim, boolean keepdim) {
    return nanquantile(q, dim, keepdim, "linear");
  }

  /**
   * {@link #nanquantile(Tensor, Integer, boolean, String)} with options: dim, keepdim,
   * interpolation.
   */
  public Tensor nanquantile(Tensor q, Consumer<QuantileOptions> options) {
    var o = Options.with(new QuantileOptions(), options);
    return nanquantile(q, o.dim, o.keepdim, o.interpolation);
  }

  /**
   * Finds where values would be put into this sorted tensor so that it stays sorted: the i for
   * which {@code x[i - 1] < value <= x[i]}. The last dimension is searched; a vector for all
   * values, else each row for the values of the same row. Types are promoted to compare. NaN comes
   * after all numbers. Whether this is sorted is not checked. Not differentiable; {@link
   * #bucketize} has the two in the other order.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 3, 5);
   * x.searchsorted(Tensor.of(0, 3, 9)); // [0, 1, 3]
   * x.searchsorted(Tensor.of(0, 3, 9), o -> o.right(true)); // [0, 2, 3]
   * }</pre>
   *
   * @param values of any shape for a vector, else of the sizes of this but for the last dimension
   * @param outInt32 whether the result is INT32 instead of INT64; default false
   * @param right whether {@code x[i - 1] <= value < x[i]}, behind elements that are equal; default
   *     false
   * @param sorter the indices that sort this, as {@link #argsort()} gives them, of the shape of
   *     this; null, the default, if it is sorted
   * @return the indices, from 0 to the size of the last dimension, of the shape of the values
   * @throws ShapeException if the shapes do not fit, or this has no dimensions
   */
  public Tensor searchsorted(
      Tensor values, boolean outInt32, boolean right, @Nullable Tensor sorter) {
    Tensor y = Sorting.searchsorted(this, values, outInt32, right, sorter);
    return Operations.watched()
        ? Operations.passed("searchsorted outInt32 right", y, this, values, sorter, outInt32, right)
        : y;
  }

  /** {@link #searchsorted(Tensor, boolean, boolean, Tensor)} on the left, as INT64. */
  public Tensor searchsorted(Tensor values) {
    return searchsorted(values, false, false, null);
  }

  /**
   * {@link #searchsorted(Tensor, boolean, boolean, Tensor)} of one number, on the left, as INT64.
   */
  public Tensor searchsorted(Number value) {
    Tensor number = number(value);
    DType dtype = Promotion.of(this, number);
    Tensor y = Sorting.searchsorted(to(dtype), number.to(dtype), false, false, null);
    return Operations.watched() ? Operations.passed("searchsorted", y, this, number) : y;
  }

  /**
   * {@link #searchsorted(Tensor, boolean, boolean, Tensor)} with options: outInt32, right, sorter.
   */
  public Tensor searchsorted(Tensor values, Consumer<SearchOptions> options) {
    var o = Options.with(new SearchOptions(), options);
    return searchsorted(values, o.outInt32, o.right, o.sorter);
  }

  /**
   * Finds the bucket of each element, between sorted boundaries: the i for which {@code
   * boundaries[i - 1] < x <= boundaries[i]}, 0 up to the first boundary. NaN comes after all.
   * Whether the boundaries are sorted is not checked. Not differentiable.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 3, 5, 7, 9);
   * x.bucketize(Tensor.of(3, 6, 9)); // [0, 0, 1, 2, 2]
   * x.bucketize(Tensor.of(3, 6, 9), true); // [0, 1, 1, 2, 3]
   * }</pre>
   *
   * @param boundaries a vector in ascending order
   * @param outInt32 whether the result is INT32 instead of INT64; default false
   * @param right whether {@code boundaries[i - 1] <= x < boundaries[i]}; default false
   * @return the indices, from 0 to the number of boundaries, of the shape of this
   * @throws ShapeException if the boundaries are no vector
   */
  public Tensor bucketize(Tensor boundaries, boolean outInt32, boolean right) {
    if (boundaries.dim() != 1) {
      throw new ShapeException(
          "bucketize: the boundaries must be a vector, have shape "
              + Shapes.format(boundaries.layout.shape));
    }
    Tensor y = Sorting.searchsorted(boundaries, this, outInt32, right, null);
    return Operations.watched()
        ? Operations.passed("bucketize outInt32 right", y, this, boundaries, outInt32, right)
        : y;
  }

  /** {@link #bucketize(Tensor, boolean, boolean)} on the left, as INT64. */
  public Tensor bucketize(Tensor boundaries) {
    return bucketize(boundaries, false, false);
  }

  /** {@link #bucketize(Tensor, boolean, boolean)} as INT64. */
  public Tensor bucketize(Tensor boundaries, boolean right) {
    return bucketize(boundaries, false, right);
  }

  /** {@link #bucketize(Tensor, boolean, boolean)} with options: outInt32, right. */
  public Tensor bucketize(Tensor boundaries, Consumer<SearchOptions> options) {
    var o = Options.with(new SearchOptions(), options);
    return bucketize(boundaries, o.outInt32, o.right);
  }

  // ---- distances, counts and differences ----------------------------------------------------

  /**
   * Returns the distance to another tensor: {@code norm(x - other, p)} over all elements. The
   * operands broadcast. The gradient is 0 where the distance is 0.
   *
   * <pre>{@code
   * Tensor.of(1f, 2f).dist(Tensor.of(4f, 6f)); // 5
   * }</pre>
   *
   * @param other the other tensor
   * @param p the exponent of {@link #norm(Number, int[], boolean)}; default 2
   * @return a tensor without dimensions, of the promoted type
   * @throws ShapeException if the shapes do not broadcast
   * @throws DTypeException if neither is floating-point
   */
  public Tensor dist(Tensor other, Number p) {
    Tensor y = Norms.norm("dist", sub(other), p.doubleValue(), new int[0], false);
    return Operations.watched() ? Operations.passed("dist p", y, this, other, p) : y;
  }

  /** {@link #dist(Tensor, Number)} with p = 2. */
  public Tensor dist(Tensor other) {
    return dist(other, 2);
  }

  /**
   * Returns the distances between all pairs of points: {@code y[..., i, j] = norm(a[..., i, :] -
   * b[..., j, :], p)}. Dimensions in front of the last two broadcast. For p = 2 and more than 25
   * points the distances are computed by a matrix product, which is faster but loses digits where
   * points are close to each other, as PyTorch does. The gradient is 0 between points that are
   * equal.
   *
   * <pre>{@code
   * Tensor a = Tensor.of(new float[][] {{0, 0}});
   * Tensor b = Tensor.of(new float[][] {{3, 4}, {0, 1}});
   * Tensor.cdist(a, b); // [[5, 1]]
   * }</pre>
   *
   * @param a points, of shape {@code [..., P, M]}
   * @param b points, of shape {@code [..., R, M]}
   * @param p 0 or more, the exponent of {@link #norm(Number, int[], boolean)}; default 2
   * @return shape {@code [..., P, R]}
   * @throws ShapeException if an operand has fewer than two dimensions, the points differ in their
   *     number of coordinates, or the batches do not broadcast
   * @throws IllegalArgumentException if p is negative
   * @throws DTypeException if an operand is not floating-point
   */
  public static Tensor cdist(Tensor a, Tensor b, double p) {
    Tensor y = Distances.cdist(a, b, p);
    return Operations.watched() ? Operations.passed("cdist p", y, a, b, p) : y;
  }

  /** {@link #cdist(Tensor, Tensor, double)} with p = 2. */
  public static Tensor cdist(Tensor a, Tensor b) {
    return cdist(a, b, 2);
  }

  /**
   * Returns a copy in which each slice {@code x[..., i, ...]} of a dimension whose p-norm is larger
   * than maxnorm is scaled down to it.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{3, 4}, {0.3f, 0.4f}});
   * x.renorm(2, 0, 1); // [[0.6, 0.8], [0.3, 0.4]]
   * }</pre>
   *
   * @param p the exponent of {@link #norm(Number, int[], boolean)}, above 0
   * @param dim the dimension that counts the slices, from the back if negative
   * @param maxnorm 0 or more
   * @return a copy
   * @throws ShapeException for fewer than two dimensions, or if there is no such dimension
   * @throws IllegalArgumentException if p or maxnorm is out of range
   * @throws DTypeException for integers and BOOL
   */
  public Tensor renorm(Number p, int dim, Number maxnorm) {
    Tensor y = Distances.renorm(this, p, dim, maxnorm);
    return Operations.watched()
        ? Operations.passed("renorm p dim maxnorm", y, this, p, dim, maxnorm)
        : y;
  }

  /** {@link #renorm(Number, int, Number)} in place. */
  public Tensor renorm_(Number p, int dim, Number maxnorm) {
    return assign("renorm_", renorm(p, dim, maxnorm));
  }

  /**
   * Counts how often each number from 0 on occurs in this vector of integers, {@code y[k]} = the
   * number of i with {@code x[i] = k}, or sums the weights of these. Not differentiable.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(0, 1, 1, 3);
   * x.bincount(); // [1, 2, 0, 1]
   * x.bincount(Tensor.of(1.0, 0.5, 0.5, 2.0)); // [1, 1, 0, 2]
   * }</pre>
   *
   * @param weights of this tensor's shape; null, the default, to count
   * @param minlength the least size of the result, 0 or more; default 0
   * @return {@code [max(minlength, largest + 1)]}, INT64 without weights, FLOAT32 for weights of
   *     FLOAT32, else FLOAT64
   * @throws ShapeException if this is no vector of integers, or the weights have another shape
   * @throws IllegalArgumentException if an element or minlength is negative
   */
  public Tensor bincount(@Nullable Tensor weights, int minlength) {
    Tensor y = Counting.bincount(this, weights, minlength);
    return Operations.watched()
        ? Operations.passed("bincount minlength", y, this, weights, minlength)
        : y;
  }

  /** {@link #bincount(Tensor, int)} without weights. */
  public Tensor bincount() {
    return bincount(null, 0);
  }

  /** {@link #bincount(Tensor, int)} of any size. */
  public Tensor bincount(Tensor weights) {
    return bincount(weights, 0);
  }

  /** {@link #bincount(Tensor, int)} without weights. */
  public Tensor bincount(int minlength) {
    return bincount(null, minlength);
  }

  /**
   * Counts how many elements fall into each of a number of bins of one width between min and max.
   * Each bin contains its left edge, the last one its right edge too. Elements outside, and NaN,
   * are not counted. Not differentiable.
   *
   * <pre>{@code
   * Tensor.of(1f, 2f, 1f).histc(4, 0, 3); // [0, 2, 1, 0]
   * }</pre>
   *
   * @param bins 1 or more; default 100
   * @param min the left edge of the first bin; default 0
   * @param max the right edge of the last; default 0. Where min = max, the smallest and the largest
   *     element stand for them, and if those are equal, one below and one above
   * @return {@code [bins]}, of this tensor's type
   * @throws IllegalArgumentException if bins is less than 1, min is greater than max, or an edge is
   *     not finite
   * @throws DTypeException for integers and BOOL
   */
  public Tensor histc(int bins, Number min, Number max) {
    Tensor y = Counting.histc(this, bins, min, max);
    return Operations.watched()
        ? Operations.passed("histc bins min max", y, this, bins, min, max)
        : y;
  }

  /**
   * {@link #histc(int, Number, Number)} with 100 bins, from the smallest to the largest element.
   */
  public Tensor histc() {
    return histc(100, 0, 0);
  }

  /** {@link #histc(int, Number, Number)} from the smallest to the largest element. */
  public Tensor histc(int bins) {
    return histc(bins, 0, 0);
  }

  /**
   * Tells which elements are among the test elements. Types are promoted to compare; NaN is among
   * none. Not differentiable.
   *
   * <pre>{@code
   * Tensor.isin(Tensor.of(1, 2, 3), Tensor.of(2, 5)); // [false, true, false]
   * }</pre>
   *
   * @param elements of any shape
   * @param testElements of any shape
   * @return BOOL, of the shape of the elements
   */
  public static Tensor isin(Tensor elements, Tensor testElements) {
    Tensor y = Counting.isin(elements, testElements);
    return Operations.watched() ? Operations.passed("isin", y, elements, testElements) : y;
  }

  /** {@link #isin(Tensor, Tensor)} with one number. */
  public static Tensor isin(Tensor elements, Number testElement) {
    Tensor number = number(testElement);
    DType dtype = Promotion.of(elements, number);
    Tensor y = Counting.isin(elements.to(dtype), number.to(dtype));
    return Operations.watched() ? Operations.passed("isin", y, elements, number) : y;
  }

  /**
   * What {@link #unique} returns.
   *
   * @param values the distinct elements or slices
   * @param inverse for each of the input its index among the values; null unless asked for
   * @param counts how often each was there; null unless asked for
   */
  public record Unique(Tensor values, @Nullable Tensor inverse, @Nullable Tensor counts) {}

  /** {@link #unique(boolean, boolean, boolean, Integer)}: the distinct elements alone. */
  public Tensor unique() {
    return unique(true, false, false, null).values();
  }

  /**
   * {@link #unique(boolean, boolean, boolean, Integer)} with options: sorted, returnInverse,
   * returnCounts, dim.
   */
  public Unique unique(Consumer<UniqueOptions> options) {
    var o = Options.with(new UniqueOptions(), options);
    return unique(o.sorted, o.returnInverse, o.returnCounts, o.dim);
  }

  /**
   * Returns the distinct elements as a vector, or the distinct slices along a dimension, in
   * ascending order. Each NaN counts as another element. Not differentiable.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(3, 1, 3, 2);
   * x.unique(); // [1, 2, 3]
   * x.unique(o -> o.returnInverse(true)).inverse(); // [2, 0, 2, 1]
   * x.unique(o -> o.returnCounts(true)).counts(); // [1, 1, 2]
   * }</pre>
   *
   * @param sorted the result is sorted whatever is asked for; default true
   * @param returnInverse whether the inverse is wanted: for each element its place among the
   *     values, or for each slice; default false
   * @param returnCounts whether it is wanted how often each was there; default false
   * @param dim the dimension that counts the slices, from the back if negative; null, the default,
   *     for single elements
   * @return the values and what else was asked for, INT64
   * @throws ShapeException if there is no such dimension, or the slices have no elements
   */
  public Unique unique(
      boolean sorted, boolean returnInverse, boolean returnCounts, @Nullable Integer dim) {
    Unique y = Counting.unique("unique", this, false, returnInverse, returnCounts, dim);
    return Operations.watched()
        ? Operations.passed(
            "unique sorted returnInverse returnCounts dim",
            y,
            this,
            sorted,
            returnInverse,
            returnCounts,
            dim)
        : y;
  }

  /** {@link #uniqueConsecutive(boolean, boolean, Integer)}: the elements alone. */
  public Tensor uniqueConsecutive() {
    return uniqueConsecutive(false, false, null).values();
  }

  /**
   * {@link #uniqueConsecutive(boolean, boolean, Integer)} with options: returnInverse,
   * returnCounts, dim.
   */
  public Unique uniqueConsecutive(Consumer<UniqueOptions> options) {
    var o = Options.with(new UniqueOptions(), options);
    return uniqueConsecutive(o.returnInverse, o.returnCounts, o.dim);
  }

  /**
   * Returns the elements in row-major order as a vector, or the slices along a dimension, without
   * those that equal the one before. Each NaN counts as another element. Not differentiable.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 1, 2, 1);
   * x.uniqueConsecutive(); // [1, 2, 1]
   * x.uniqueConsecutive(true, true, null).counts(); // [2, 1, 1]
   * }</pre>
   *
   * @param returnInverse whether the inverse is wanted: for each element its place among the
   *     values, or for each slice; default false
   * @param returnCounts whether it is wanted how many in a row each stands for; default false
   * @param dim the dimension that counts the slices, from the back if negative; null, the default,
   *     for single elements
   * @return the values and what else was asked for, INT64
   * @throws ShapeException if there is no such dimension, or the slices have no elements
   */
  public Unique uniqueConsecutive(
      boolean returnInverse, boolean returnCounts, @Nullable Integer dim) {
    Unique y = Counting.unique("uniqueConsecutive", this, true, returnInverse, returnCounts, dim);
    return Operations.watched()
        ? Operations.passed(
            "uniqueConsecutive returnInverse returnCounts dim",
            y,
            this,
            returnInverse,
            returnCounts,
            dim)
        : y;
  }

  /**
   * Returns the differences between neighbours along a dimension, {@code y[i] = x[i + 1] - x[i]}, n
   * times in turn. BOOL gives {@code xor}; UINT8 wraps around.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(1, 4, 9);
   * x.diff(); // [3, 5]
   * x.diff(2); // [2]
   * x.diff(1, 0, Tensor.of(0)); // [1, 3, 5]
   * }</pre>
   *
   * @param n how often, 0 or more; default 1
   * @param dim a dimension, counted from the back if negative; default -1
   * @param prepend put before this first, of the same sizes but for the dimension; null, the
   *     default, for nothing
   * @param append put behind this first, of the same sizes but for the dimension; null, the
   *     default, for nothing
   * @return n elements fewer along the dimension, at least 0
   * @throws ShapeException if this has no dimensions, there is no such dimension, or what is put to
   *     it does not fit
   * @throws IllegalArgumentException if n is negative
   */
  public Tensor diff(int n, int dim, @Nullable Tensor prepend, @Nullable Tensor append) {
    Tensor y = Differences.diff(this, n, dim, prepend, append);
    return Operations.watched()
        ? Operations.passed("diff n dim", y, this, prepend, append, n, dim)
        : y;
  }

  /** {@link #diff(int, int, Tensor, Tensor)} once, along the last dimension. */
  public Tensor diff() {
    return diff(1, -1, null, null);
  }

  /** {@link #diff(int, int, Tensor, Tensor)} along the last dimension. */
  public Tensor diff(int n) {
    return diff(n, -1, null, null);
  }

  /** {@link #diff(int, int, Tensor, Tensor)} of this alone. */
  public Tensor diff(int n, int dim) {
    return diff(n, dim, null, null);
  }

  /** {@link #diff(int, int, Tensor, Tensor)} with elements before the first. */
  public Tensor diff(int n, int dim, Tensor prepend) {
    return diff(n, dim, prepend, null);
  }

  /** {@link #diff(int, int, Tensor, Tensor)} with options: n, dim, prepend, append. */
  public Tensor diff(Consumer<DiffOptions> options) {
    var o = Options.with(new DiffOptions(), options);
    return diff(o.n, o.dim, o.prepend, o.append);
  }

  /**
   * Integrates this tensor y along a dimension by the trapezoidal rule, at points x: the sum of
   * {@code (x[i + 1] - x[i]) * (y[i] + y[i + 1]) / 2}. 0 for fewer than two points. Integers give
   * FLOAT32.
   *
   * <pre>{@code
   * Tensor y = Tensor.of(1f, 2f, 3f);
   * y.trapezoid(Tensor.of(0f, 1f, 3f)); // 6.5
   * }</pre>
   *
   * @param x the points: a vector of as many as the dimension has indices, or a tensor of as many
   *     along the dimension, whose other sizes broadcast
   * @param dim a dimension, counted from the back if negative; default -1
   * @return a tensor of one dimension less
   * @throws ShapeException if the points do not fit, or there is no such dimension
   */
  public Tensor trapezoid(Tensor x, int dim) {
    Tensor y = Differences.trapezoid(this, x, dim);
    return Operations.watched() ? Operations.passed("trapezoid dim", y, this, x, dim) : y;
  }

  /**
   * Integrates this tensor y along a dimension by the trapezoidal rule, at points that are equally
   * far from each other: the sum of {@code dx * (y[i] + y[i + 1]) / 2}. 0 for fewer than two
   * points. Integers give FLOAT32.
   *
   * <pre>{@code
   * Tensor.of(1f, 2f, 3f).trapezoid(2, 0); // 8
   * }</pre>
   *
   * @param dx the distance of the points; default 1
   * @param dim a dimension, counted from the back if negative; default -1
   * @return a tensor of one dimension less
   * @throws ShapeException if there is no such dimension
   */
  public Tensor trapezoid(Number dx, int dim) {
    Tensor y = Differences.trapezoid(this, dx, dim);
    return Operations.watched() ? Operations.passed("trapezoid dx dim", y, this, dx, dim) : y;
  }

  /**
   * {@link #trapezoid(Number, int)} along the last dimension, with points a distance of 1 apart.
   */
  public Tensor trapezoid() {
    return trapezoid(1, -1);
  }

  /** {@link #trapezoid(Number, int)} along the last dimension. */
  public Tensor trapezoid(Number dx) {
    return trapezoid(dx, -1);
  }

  /** {@link #trapezoid(Tensor, int)} along the last dimension. */
  public Tensor trapezoid(Tensor x) {
    return trapezoid(x, -1);
  }

  /**
   * Returns the running integral of this tensor along a dimension at points x: the {@link #cumsum}
   * of what {@link #trapezoid(Tensor, int)} adds, with its errors.
   *
   * @param x the points: a vector of as many as the dimension has indices, or a tensor of as many
   *     along the dimension, whose other sizes broadcast
   * @param dim a dimension, counted from the back if negative; default -1
   * @return one element fewer along the dimension
   */
  public Tensor cumulativeTrapezoid(Tensor x, int dim) {
    Tensor y = Differences.areas("cumulativeTrapezoid", this, x, dim).cumsum(dim);
    return Operations.watched() ? Operations.passed("cumulativeTrapezoid dim", y, this, x, dim) : y;
  }

  /**
   * Returns the running integral of this tensor along a dimension, at points that are equally far
   * from each other: the {@link #cumsum} of what {@link #trapezoid(Number, int)} adds.
   *
   * <pre>{@code
   * Tensor.of(1f, 2f, 3f).cumulativeTrapezoid(); // [1.5, 4]
   * }</pre>
   *
   * @param dx the distance of the points; default 1
   * @param dim a dimension, counted from the back if negative; default -1
   * @return one element fewer along the dimension
   * @throws ShapeException if the dimension is empty or does not exist
   */
  public Tensor cumulativeTrapezoid(Number dx, int dim) {
    Tensor y = Differences.areas("cumulativeTrapezoid", this, dx, dim).cumsum(dim);
    return Operations.watched()
        ? Operations.passed("cumulativeTrapezoid dx dim", y, this, dx, dim)
        : y;
  }

  /** {@link #cumulativeTrapezoid(Number, int)} along the last dimension, with a distance of 1. */
  public Tensor cumulativeTrapezoid() {
    return cumulativeTrapezoid(1, -1);
  }

  /** {@link #cumulativeTrapezoid(Number, int)} along the last dimension. */
  public Tensor cumulativeTrapezoid(Number dx) {
    return cumulativeTrapezoid(dx, -1);
  }

  /** {@link #cumulativeTrapezoid(Tensor, int)} along the last dimension. */
  public Tensor cumulativeTrapezoid(Tensor x) {
    return cumulativeTrapezoid(x, -1);
  }

  /**
   * Turns places in row-major order in a tensor of a shape into indices, one tensor for each
   * dimension. Not differentiable.
   *
   * <pre>{@code
   * Tensor places = Tensor.of(0, 5);
   * places.unravelIndex(2, 3).get(0); // [0, 1]
   * places.unravelIndex(2, 3).get(1); // [0, 2]
   * }</pre>
   *
   * @param shape of the tensor in which the places are, 0 or more each
   * @return as many tensors as there are sizes, of the shape and type of this
   * @throws ShapeException if a size is negative
   * @throws DTypeException if this is not of integers
   */
  public List<Tensor> unravelIndex(long... shape) {
    List<Tensor> y = Indexing.unravel(this, shape);
    return Operations.watched() ? Operations.passed("unravelIndex shape", y, this, shape) : y;
  }

  // ---- products -----------------------------------------------------------------------------

  /**
   * Returns the matrix product, whose meaning depends on the dimensions of the operands:
   *
   * <ul>
   *   <li>{@code [k]} and {@code [k]}: the dot product, without dimensions;
   *   <li>{@code [m, k]} and {@code [k, n]}: the product of matrices, {@code [m, n]};
   *   <li>{@code [m, k]} and {@code [k]}: {@code [m]}, and {@code [k]} and {@code [k, n]}: {@code
   *       [n]};
   *   <li>more dimensions: batches of matrices, which broadcast: {@code [a, 1, m, k]} and {@code
   *       [b, k, n]} give {@code [a, b, m, n]}.
   * </ul>
   *
   * <p>Transposed operands are not copied. Integers are multiplied in their type.
   *
   * <pre>{@code
   * Tensor a = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * a.matmul(a); // [[7, 10], [15, 22]]
   * a.matmul(Tensor.of(1f, 1f)); // [3, 7]
   * Tensor.zeros(5, 2, 3).matmul(Tensor.zeros(3, 4)).shape(); // [5, 2, 4]
   * }</pre>
   *
   * @param other the right operand, of the type of this
   * @return the product
   * @throws ShapeException if the inner sizes differ, an operand has no dimensions, or the batches
   *     do not broadcast
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor matmul(Tensor other) {
    Tensor y = MatMul.matmul(this, other);
    return Operations.watched() ? Operations.passed("matmul", y, this, other) : y;
  }

  /**
   * Multiplies two matrices, {@code y[i, j]} = sum over l of {@code x[i, l] * other[l, j]}; {@link
   * #matmul} takes other shapes too.
   *
   * @param other a matrix {@code [k, n]}, of the type of this
   * @return {@code [m, n]} for this of {@code [m, k]}
   * @throws ShapeException if an operand is no matrix, or the inner sizes differ
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor mm(Tensor other) {
    Tensor y = MatMul.mm(this, other);
    return Operations.watched() ? Operations.passed("mm", y, this, other) : y;
  }

  /**
   * Multiplies two batches of matrices, each with each: {@code y[i] = x[i] other[i]}. Nothing
   * broadcasts, unlike in {@link #matmul}.
   *
   * <pre>{@code
   * Tensor.zeros(5, 2, 3).bmm(Tensor.zeros(5, 3, 4)).shape(); // [5, 2, 4]
   * }</pre>
   *
   * @param other of shape {@code [b, k, n]}, of the type of this
   * @return {@code [b, m, n]} for this of {@code [b, m, k]}
   * @throws ShapeException if an operand has not three dimensions, or sizes do not fit
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor bmm(Tensor other) {
    Tensor y = MatMul.bmm(this, other);
    return Operations.watched() ? Operations.passed("bmm", y, this, other) : y;
  }

  /**
   * Sums the products of the elements of two vectors.
   *
   * <pre>{@code
   * Tensor.of(1f, 2f).dot(Tensor.of(3f, 4f)); // 11
   * }</pre>
   *
   * @param other a vector of as many elements, of the type of this
   * @return a tensor without dimensions
   * @throws ShapeException if they are no vectors of one size
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor dot(Tensor other) {
    Tensor y = Products.dot("dot", this, other);
    return Operations.watched() ? Operations.passed("dot", y, this, other) : y;
  }

  /** {@link #dot}: there are no complex numbers here, which it would conjugate. */
  public Tensor vdot(Tensor other) {
    Tensor y = Products.dot("vdot", this, other);
    return Operations.watched() ? Operations.passed("vdot", y, this, other) : y;
  }

  /**
   * Multiplies this matrix with a vector: {@code y[i]} = sum over j of {@code x[i, j] * vector[j]}.
   *
   * @param vector of shape {@code [k]}, of the type of this
   * @return {@code [m]} for this of {@code [m, k]}
   * @throws ShapeException if they are no matrix and no vector, or the inner sizes differ
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor mv(Tensor vector) {
    Tensor y = Products.mv(this, vector);
    return Operations.watched() ? Operations.passed("mv", y, this, vector) : y;
  }

  /**
   * Multiplies each element of this vector with each of another: {@code y[i, j] = x[i] * other[j]}.
   * The type is the promoted one.
   *
   * <pre>{@code
   * Tensor.of(1, 2).outer(Tensor.of(10, 20, 30)); // [[10, 20, 30], [20, 40, 60]]
   * }</pre>
   *
   * @param other a vector {@code [n]}
   * @return {@code [m, n]} for this of {@code [m]}
   * @throws ShapeException if an operand is no vector
   */
  public Tensor outer(Tensor other) {
    Tensor y = Products.outer(this, other);
    return Operations.watched() ? Operations.passed("outer", y, this, other) : y;
  }

  /**
   * Sums products over the last dimension of both: {@code y[i, j]} = sum over k of {@code x[i, k] *
   * other[j, k]} for matrices. If an operand has no dimensions, it multiplies the other one.
   *
   * <pre>{@code
   * Tensor.zeros(2, 3).inner(Tensor.zeros(4, 5, 3)).shape(); // [2, 4, 5]
   * }</pre>
   *
   * @param other of the same last size and type
   * @return the dimensions of this without the last, then those of other without the last
   * @throws ShapeException if the last sizes differ
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor inner(Tensor other) {
    Tensor y = Products.inner(this, other);
    return Operations.watched() ? Operations.passed("inner", y, this, other) : y;
  }

  /**
   * Returns the cross product of vectors along a dimension of size 3. The other dimensions
   * broadcast; the type is the promoted one.
   *
   * <pre>{@code
   * Tensor.of(1f, 0f, 0f).cross(Tensor.of(0f, 1f, 0f), 0); // [0, 0, 1]
   * }</pre>
   *
   * @param other of as many dimensions
   * @param dim a dimension, counted from the back if negative
   * @return the vectors that are perpendicular to both
   * @throws ShapeException if the dimension is not of size 3 in both, the numbers of dimensions
   *     differ, or the shapes do not broadcast
   */
  public Tensor cross(Tensor other, int dim) {
    Tensor y = Products.cross("cross", this, other, dim);
    return Operations.watched() ? Operations.passed("cross dim", y, this, other, dim) : y;
  }

  /**
   * {@link #cross(Tensor, int)} along the first dimension of this that has size 3.
   *
   * @throws ShapeException if there is none
   */
  public Tensor cross(Tensor other) {
    Tensor y = Products.cross(this, other);
    return Operations.watched() ? Operations.passed("cross", y, this, other) : y;
  }

  /**
   * Sums products over the last dimensions of this and the first of other, {@code dims} of each:
   * see {@link #tensordot(Tensor, int[], int[])}. 0 gives all products, 1 for matrices their
   * product.
   *
   * <pre>{@code
   * Tensor.zeros(2, 3, 4).tensordot(Tensor.zeros(3, 4, 5), 2).shape(); // [2, 5]
   * }</pre>
   *
   * @param other of the same type
   * @param dims how many dimensions are summed, from 0 to the dimensions of both; default 2
   * @return the first dimensions of this, then the last of other
   * @throws ShapeException if there are not so many dimensions, or their sizes differ
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor tensordot(Tensor other, int dims) {
    Tensor y = Products.tensordot(this, other, dims);
    return Operations.watched() ? Operations.passed("tensordot dims", y, this, other, dims) : y;
  }

  /** {@link #tensordot(Tensor, int)} over two dimensions. */
  public Tensor tensordot(Tensor other) {
    return tensordot(other, 2);
  }

  /**
   * Sums products over pairs of dimensions, which go away: a matrix product where the inner
   * dimension may be several, anywhere. A size of 1 broadcasts with another size.
   *
   * <pre>{@code
   * Tensor x = Tensor.zeros(3, 4, 5);
   * int[] dims = {1, 0};
   * int[] dimsOfOther = {0, 1};
   * x.tensordot(Tensor.zeros(4, 3, 2), dims, dimsOfOther).shape(); // [5, 2]
   * }</pre>
   *
   * @param other of the same type
   * @param dims of this tensor, each at most once, counted from the back if negative
   * @param dimsOfOther as many, of the same sizes: the i-th belongs to {@code dims[i]}
   * @return the other dimensions of this, then those of other
   * @throws ShapeException if sizes differ, a dimension does not exist or is named twice, or there
   *     are not as many of both
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor tensordot(Tensor other, int[] dims, int[] dimsOfOther) {
    Tensor y = Products.tensordot(this, other, dims, dimsOfOther);
    return Operations.watched()
        ? Operations.passed("tensordot dims dimsOfOther", y, this, other, dims, dimsOfOther)
        : y;
  }

  /**
   * Sums products in Einstein's notation: each dimension of an operand has a letter, operands are
   * multiplied where letters are equal, and letters that the result does not have are summed over.
   * {@code ij,jk->ik} is the matrix product.
   *
   * <pre>{@code
   * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
   * Tensor.einsum("ij,jk->ik", x, x); // [[7, 10], [15, 22]]
   * Tensor.einsum("ij->j", x); // [4, 6]
   * Tensor.einsum("ii->i", x); // [1, 4]
   * Tensor.einsum("ii", x); // 5
   * }</pre>
   *
   * @param equation the letters of the operands' dimensions, separated by commas, and behind {@code
   *     ->} those of the result. Without an arrow these are, in alphabetical order, the letters
   *     that appear once. {@code ...} stands for further dimensions, which broadcast. Upper and
   *     lower case differ; spaces do not count
   * @param operands as many as the equation names, of one type
   * @return of the dimensions behind the arrow
   * @throws ShapeException if the numbers of operands or dimensions are others, sizes of one letter
   *     differ (1 broadcasts), or the result has a letter that no operand has
   * @throws IllegalArgumentException if there is something else than a letter
   * @throws DTypeException if operands of different types are multiplied
   */
  public static Tensor einsum(String equation, Tensor... operands) {
    Tensor y = Products.einsum(equation, operands);
    return Operations.watched() ? Operations.passed("einsum equation", y, operands, equation) : y;
  }

  /** {@link #einsum(String, Tensor...)} of a list. */
  public static Tensor einsum(String equation, List<Tensor> operands) {
    return einsum(equation, array(operands));
  }

  /**
   * Adds a product of matrices: {@code beta * x + alpha * (a b)}. This tensor broadcasts to the
   * shape of the product. Where beta is 0, NaN and infinity in this do not show. For integers the
   * fractions of beta and alpha are cut off.
   *
   * <pre>{@code
   * Tensor bias = Tensor.of(1f, 2f);
   * bias.addmm(Tensor.ones(2, 3), Tensor.ones(3, 2)); // [[4, 5], [4, 5]]
   * }</pre>
   *
   * @param a a matrix {@code [m, k]}
   * @param b a matrix {@code [k, n]}
   * @param beta the factor of this; default 1
   * @param alpha the factor of the product; default 1
   * @return {@code [m, n]}
   * @throws ShapeException if a and b do not fit, or this does not broadcast to {@code [m, n]}
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor addmm(Tensor a, Tensor b, Number beta, Number alpha) {
    Tensor y = Products.accumulate("addmm", this, a, b, Tensor::mm, beta, alpha);
    return Operations.watched()
        ? Operations.passed("addmm beta alpha", y, this, a, b, beta, alpha)
        : y;
  }

  /** {@link #addmm(Tensor, Tensor, Number, Number)} with beta and alpha 1. */
  public Tensor addmm(Tensor a, Tensor b) {
    return addmm(a, b, 1, 1);
  }

  /** {@link #addmm(Tensor, Tensor, Number, Number)} in place. */
  public Tensor addmm_(Tensor a, Tensor b, Number beta, Number alpha) {
    return assign("addmm_", addmm(a, b, beta, alpha));
  }

  /** {@link #addmm(Tensor, Tensor)} in place. */
  public Tensor addmm_(Tensor a, Tensor b) {
    return assign("addmm_", addmm(a, b));
  }

  /**
   * Adds a product of a matrix and a vector: {@code beta * x + alpha * (matrix vector)}. This
   * tensor broadcasts to the shape of the product. Where beta is 0, NaN and infinity in this do not
   * show.
   *
   * @param matrix of shape {@code [m, k]}
   * @param vector of shape {@code [k]}
   * @param beta the factor of this; default 1
   * @param alpha the factor of the product; default 1
   * @return {@code [m]}
   * @throws ShapeException if the operands do not fit, or this does not broadcast to {@code [m]}
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor addmv(Tensor matrix, Tensor vector, Number beta, Number alpha) {
    Tensor y =
        Products.accumulate(
            "addmv",
            this,
            Objects.requireNonNull(matrix, "matrix"),
            vector,
            Tensor::mv,
            beta,
            alpha);
    return Operations.watched()
        ? Operations.passed("addmv beta alpha", y, this, matrix, vector, beta, alpha)
        : y;
  }

  /** {@link #addmv(Tensor, Tensor, Number, Number)} with beta and alpha 1. */
  public Tensor addmv(Tensor matrix, Tensor vector) {
    return addmv(matrix, vector, 1, 1);
  }

  /** {@link #addmv(Tensor, Tensor, Number, Number)} in place. */
  public Tensor addmv_(Tensor matrix, Tensor vector, Number beta, Number alpha) {
    return assign("addmv_", addmv(matrix, vector, beta, alpha));
  }

  /** {@link #addmv(Tensor, Tensor)} in place. */
  public Tensor addmv_(Tensor matrix, Tensor vector) {
    return addmv_(matrix, vector, 1, 1);
  }

  /**
   * Adds the outer product of two vectors: {@code y[i, j] = beta * x[i, j] + alpha * a[i] * b[j]}.
   * This tensor broadcasts to the shape of the product. Where beta is 0, NaN and infinity in this
   * do not show.
   *
   * @param a a vector {@code [m]}
   * @param b a vector {@code [n]}
   * @param beta the factor of this; default 1
   * @param alpha the factor of the product; default 1
   * @return {@code [m, n]}
   * @throws ShapeException if a or b is no vector, or this does not broadcast to {@code [m, n]}
   * @throws DTypeException if this is not of the promoted type of a and b
   */
  public Tensor addr(Tensor a, Tensor b, Number beta, Number alpha) {
    Tensor y = Products.accumulate("addr", this, a, b, Tensor::outer, beta, alpha);
    return Operations.watched()
        ? Operations.passed("addr beta alpha", y, this, a, b, beta, alpha)
        : y;
  }

  /** {@link #addr(Tensor, Tensor, Number, Number)} with beta and alpha 1. */
  public Tensor addr(Tensor a, Tensor b) {
    return addr(a, b, 1, 1);
  }

  /** {@link #addr(Tensor, Tensor, Number, Number)} in place. */
  public Tensor addr_(Tensor a, Tensor b, Number beta, Number alpha) {
    checkInPlace("addr_");
    checkOperand("addr_", a);
    checkOperand("addr_", b);
    return store("addr_", addr(a, b, beta, alpha));
  }

  /** {@link #addr(Tensor, Tensor)} in place. */
  public Tensor addr_(Tensor a, Tensor b) {
    return addr_(a, b, 1, 1);
  }

  /**
   * Adds the sum of the products of two batches of matrices: {@code beta * x + alpha * sum over i
   * of (a[i] b[i])}. This tensor broadcasts to the shape of the sum. Where beta is 0, NaN and
   * infinity in this do not show.
   *
   * @param a of shape {@code [b, m, k]}
   * @param b of shape {@code [b, k, n]}
   * @param beta the factor of this; default 1
   * @param alpha the factor of the sum; default 1
   * @return {@code [m, n]}
   * @throws ShapeException if a and b do not fit, or this does not broadcast to {@code [m, n]}
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor addbmm(Tensor a, Tensor b, Number beta, Number alpha) {
    Tensor y = Products.accumulate("addbmm", this, a, b, Products::blockProduct, beta, alpha);
    return Operations.watched()
        ? Operations.passed("addbmm beta alpha", y, this, a, b, beta, alpha)
        : y;
  }

  /** {@link #addbmm(Tensor, Tensor, Number, Number)} with beta and alpha 1. */
  public Tensor addbmm(Tensor a, Tensor b) {
    return addbmm(a, b, 1, 1);
  }

  /** {@link #addbmm(Tensor, Tensor, Number, Number)} in place. */
  public Tensor addbmm_(Tensor a, Tensor b, Number beta, Number alpha) {
    return assign("addbmm_", addbmm(a, b, beta, alpha));
  }

  /** {@link #addbmm(Tensor, Tensor)} in place. */
  public Tensor addbmm_(Tensor a, Tensor b) {
    return addbmm_(a, b, 1, 1);
  }

  /**
   * Adds the products of two batches of matrices: {@code y[i] = beta * x[i] + alpha * (a[i] b[i])}.
   * This tensor broadcasts to the shape of the products. Where beta is 0, NaN and infinity in this
   * do not show.
   *
   * @param a of shape {@code [b, m, k]}
   * @param b of shape {@code [b, k, n]}
   * @param beta the factor of this; default 1
   * @param alpha the factor of the products; default 1
   * @return {@code [b, m, n]}
   * @throws ShapeException if a and b do not fit, or this does not broadcast to {@code [b, m, n]}
   * @throws DTypeException if the types differ: convert one with {@code to}
   */
  public Tensor baddbmm(Tensor a, Tensor b, Number beta, Number alpha) {
    Tensor y = Products.accumulate("baddbmm", this, a, b, Tensor::bmm, beta, alpha);
    return Operations.watched()
        ? Operations.passed("baddbmm beta alpha", y, this, a, b, beta, alpha)
        : y;
  }

  /** {@link #baddbmm(Tensor, Tensor, Number, Number)} with beta and alpha 1. */
  public Tensor baddbmm(Tensor a, Tensor b) {
    return baddbmm(a, b, 1, 1);
  }

  /** {@link #baddbmm(Tensor, Tensor, Number, Number)} in place. */
  public Tensor baddbmm_(Tensor a, Tensor b, Number beta, Number alpha) {
    return assign("baddbmm_", baddbmm(a, b, beta, alpha));
  }

  /** {@link #baddbmm(Tensor, Tensor)} in place. */
  public Tensor baddbmm_(Tensor a, Tensor b) {
    return baddbmm_(a, b, 1, 1);
  }

  // ---- normalised exponentials --------------------------------------------------------------

  /**
   * Returns {@code exp(x[i]) / sum(exp(x))} along a dimension: numbers from 0 to 1 whose sum is 1.
   * Computed without overflow. -infinity gets 0, but a row of nothing else is NaN, and so is one
   * with +infinity or NaN.
   *
   * <pre>{@code
   * Tensor.of(0f, 0f).softmax(0); // [0.5, 0.5]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @return of the same shape
   * @throws ShapeException if there is no such dimension
   * @throws DTypeException for integers and BOOL
   */
  public Tensor softmax(int dim) {
    Tensor y = Softmax.softmax(this, dim);
    return Operations.watched() ? Operations.passed("softmax dim", y, this, dim) : y;
  }

  /**
   * Returns {@code x[i] - log(sum(exp(x)))} along a dimension: the logarithm of {@link #softmax},
   * but exact where that underflows to 0. {@code Functional.nllLoss} takes it.
   *
   * <pre>{@code
   * Tensor.of(0f, 200f).logSoftmax(0); // [-200, 0]
   * }</pre>
   *
   * @param dim a dimension, counted from the back if negative
   * @return of the same shape
   * @throws ShapeException if there is no such dimension
   * @throws DTypeException for integers and BOOL
   */
  public Tensor logSoftmax(int dim) {
    Tensor y = Softmax.logSoftmax(this, dim);
    return Operations.watched() ? Operations.passed("logSoftmax dim", y, this, dim) : y;
  }

  // ---- joining ------------------------------------------------------------------------------

  private static List<Tensor> list(Tensor[] tensors) {
    return Arrays.asList(Objects.requireNonNull(tensors, "tensors"));
  }

  private static Tensor[] array(List<Tensor> tensors) {
    return Objects.requireNonNull(tensors, "tensors").toArray(new Tensor[0]);
  }

  /**
   * Puts tensors one after another along a dimension that they have. Their types are promoted. A
   * vector without elements joins anything, whatever its dimensions.
   *
   * <pre>{@code
   * Tensor a = Tensor.of(new int[][] {{1, 2}});
   * Tensor b = Tensor.of(new int[][] {{3, 4}});
   * Tensor.cat(List.of(a, b), 0); // [[1, 2], [3, 4]]
   * Tensor.cat(List.of(a, b), 1); // [[1, 2, 3, 4]]
   * }</pre>
   *
   * @param tensors at least one, of equal sizes but for the dimension
   * @param dim a dimension, counted from the back if negative; default 0
   * @return a copy, even of one tensor
   * @throws ShapeException if there is none, sizes differ, one has no dimensions (use {@link
   *     #stack}), or there is no such dimension
   */
  public static Tensor cat(List<Tensor> tensors, int dim) {
    Tensor y = Joining.cat(tensors, dim);
    return Operations.watched() ? Operations.passed("cat dim", y, tensors, dim) : y;
  }

  /** {@link #cat(List, int)} by NumPy's name. */
  public static Tensor concatenate(List<Tensor> tensors, int dim) {
    return cat(tensors, dim);
  }

  /** {@link #cat(List)} by NumPy's name. */
  public static Tensor concatenate(List<Tensor> tensors) {
    return cat(tensors, 0);
  }

  /** {@link #cat(Tensor...)} by NumPy's name. */
  public static Tensor concatenate(Tensor... tensors) {
    return cat(tensors);
  }

  /** {@link #cat(List, int)} by PyTorch's other name. */
  public static Tensor concat(List<Tensor> tensors, int dim) {
    return cat(tensors, dim);
  }

  /** {@link #cat(List)} by PyTorch's other name. */
  public static Tensor concat(List<Tensor> tensors) {
    return cat(tensors, 0);
  }

  /** {@link #cat(Tensor...)} by PyTorch's other name. */
  public static Tensor concat(Tensor... tensors) {
    return cat(tensors);
  }

  /** {@link #cat(List, int)} along the first dimension. */
  public static Tensor cat(List<Tensor> tensors) {
    return cat(tensors, 0);
  }

  /** {@link #cat(List, int)} along the first dimension. */
  public static Tensor cat(Tensor... tensors) {
    return cat(list(tensors), 0);
  }

  /**
   * Puts tensors of one shape one after another along a new dimension: n of shape {@code [a, b]}
   * give {@code [n, a, b]} for dim 0. Their types are promoted.
   *
   * <pre>{@code
   * List<Tensor> rows = List.of(Tensor.of(1, 2), Tensor.of(3, 4));
   * Tensor.stack(rows, 0); // [[1, 2], [3, 4]]
   * Tensor.stack(rows, -1); // [[1, 3], [2, 4]]
   * }</pre>
   *
   * @param tensors at least one
   * @param dim where the new dimension is in the result, counted from its back if negative; default
   *     0
   * @return a copy
   * @throws ShapeException if there is none, shapes differ, or dim is out of range
   */
  public static Tensor stack(List<Tensor> tensors, int dim) {
    Tensor y = Joining.stack(tensors, dim);
    return Operations.watched() ? Operations.passed("stack dim", y, tensors, dim) : y;
  }

  /** {@link #stack(List, int)} along a new first dimension. */
  public static Tensor stack(List<Tensor> tensors) {
    return stack(tensors, 0);
  }

  /** {@link #stack(List, int)} along a new first dimension. */
  public static Tensor stack(Tensor... tensors) {
    return stack(list(tensors), 0);
  }

  /**
   * Puts tensors side by side: {@link #cat(List, int)} along dimension 1, but of vectors along
   * dimension 0. Tensors without dimensions count as vectors of one element.
   *
   * <pre>{@code
   * Tensor.hstack(Tensor.of(1, 2), Tensor.of(3)); // [1, 2, 3]
   * }</pre>
   *
   * @param tensors at least one, of equal sizes but for the dimension
   * @return a copy
   * @throws ShapeException if there is none, or they do not fit
   */
  public static Tensor hstack(List<Tensor> tensors) {
    Tensor y = Joining.hstack(tensors);
    return Operations.watched() ? Operations.passed("hstack", y, tensors) : y;
  }

  /** {@link #hstack(List)} of tensors one by one. */
  public static Tensor hstack(Tensor... tensors) {
    return hstack(list(tensors));
  }

  /**
   * Puts tensors on top of each other: {@link #cat(List, int)} along dimension 0, where a vector
   * counts as one row.
   *
   * <pre>{@code
   * Tensor.vstack(Tensor.of(1, 2), Tensor.of(3, 4)); // [[1, 2], [3, 4]]
   * }</pre>
   *
   * @param tensors at least one, of equal sizes but for the first dimension
   * @return a copy
   * @throws ShapeException if there is none, or they do not fit
   */
  public static Tensor vstack(List<Tensor> tensors) {
    Tensor y = Joining.vstack(tensors);
    return Operations.watched() ? Operations.passed("vstack", y, tensors) : y;
  }

  /** {@link #vstack(List)} of tensors one by one. */
  public static Tensor vstack(Tensor... tensors) {
    return vstack(list(tensors));
  }

  /**
   * Puts tensors behind each other: {@link #cat(List, int)} along dimension 2, where a matrix
   * counts as {@code [m, n, 1]} and a vector as {@code [1, n, 1]}.
   *
   * <pre>{@code
   * Tensor.dstack(Tensor.of(1, 2), Tensor.of(3, 4)); // [[[1, 3], [2, 4]]]
   * }</pre>
   *
   * @param tensors at least one, of equal sizes but for dimension 2
   * @return a copy
   * @throws ShapeException if there is none, or they do not fit
   */
  public static Tensor dstack(List<Tensor> tensors) {
    Tensor y = Joining.dstack(tensors);
    return Operations.watched() ? Operations.passed("dstack", y, tensors) : y;
  }

  /** {@link #dstack(List)} of tensors one by one. */
  public static Tensor dstack(Tensor... tensors) {
    return dstack(list(tensors));
  }

  /**
   * Puts tensors side by side as columns: {@link #cat(List, int)} along dimension 1, where a vector
   * counts as one column.
   *
   * <pre>{@code
   * Tensor.columnStack(Tensor.of(1, 2), Tensor.of(3, 4)); // [[1, 3], [2, 4]]
   * }</pre>
   *
   * @param tensors at least one, of equal sizes but for dimension 1
   * @return a copy
   * @throws ShapeException if there is none, or they do not fit
   */
  public static Tensor columnStack(List<Tensor> tensors) {
    Tensor y = Joining.columnStack(tensors);
    return Operations.watched() ? Operations.passed("columnStack", y, tensors) : y;
  }

  /** {@link #columnStack(List)} of tensors one by one. */
  public static Tensor columnStack(Tensor... tensors) {
    return columnStack(list(tensors));
  }

  /**
   * Puts matrices along the diagonal of one that is otherwise zero. A vector counts as one row, a
   * tensor without dimensions as {@code [1, 1]}. Their types are promoted.
   *
   * <pre>{@code
   * Tensor row = Tensor.of(1, 2);
   * Tensor.blockDiag(row, Tensor.of(3)); // [[1, 2, 0], [0, 0, 3]]
   * }</pre>
   *
   * @param tensors of at most two dimensions; none gives shape {@code [1, 0]}
   * @return a matrix of as many rows and columns as all have together
   * @throws ShapeException if one has more than two dimensions
   */
  public static Tensor blockDiag(Tensor... tensors) {
    Tensor y = Joining.blockDiag(tensors);
    return Operations.watched() ? Operations.passed("blockDiag", y, (Object) tensors) : y;
  }

  /** {@link #blockDiag(Tensor...)} of a list. */
  public static Tensor blockDiag(List<Tensor> tensors) {
    return blockDiag(array(tensors));
  }

  /**
   * Expands tensors to their common shape, as views: see {@link #expand}.
   *
   * <pre>{@code
   * List<Tensor> all = Tensor.broadcastTensors(Tensor.zeros(3, 1), Tensor.zeros(2));
   * all.get(1).shape(); // [3, 2]
   * }</pre>
   *
   * @param tensors whose shapes broadcast
   * @return as many views, in order
   * @throws ShapeException if the shapes do not broadcast
   */
  public static List<Tensor> broadcastTensors(Tensor... tensors) {
    List<Tensor> y = Grids.broadcastTensors(tensors);
    return Operations.watched() ? Operations.passed("broadcastTensors", y, (Object) tensors) : y;
  }

  /** {@link #broadcastTensors(Tensor...)} of a list. */
  public static List<Tensor> broadcastTensors(List<Tensor> tensors) {
    return broadcastTensors(array(tensors));
  }

  /**
   * Returns the coordinates of a grid that vectors span: result i has the elements of vector i
   * along one dimension and repeats them along the others. The results are views whose elements
   * share memory: {@code clone()} them before a change in place.
   *
   * <pre>{@code
   * List<Tensor> grid = Tensor.meshgrid("ij", Tensor.of(1, 2), Tensor.of(3, 4, 5));
   * grid.get(0); // [[1, 1, 1], [2, 2, 2]]
   * grid.get(1); // [[3, 4, 5], [3, 4, 5]]
   * }</pre>
   *
   * @param indexing {@code ij}, the default: vector i runs along dimension i; {@code xy}: the first
   *     two dimensions are exchanged
   * @param tensors vectors, or tensors without dimensions, which count as one element
   * @return as many tensors, all of shape {@code [n0, n1, ...]}, or {@code [n1, n0, ...]} for
   *     {@code xy}
   * @throws ShapeException if one has more than one dimension
   * @throws IllegalArgumentException if indexing is something else
   */
  public static List<Tensor> meshgrid(String indexing, Tensor... tensors) {
    List<Tensor> y = Grids.meshgrid(indexing, tensors);
    return Operations.watched() ? Operations.passed("meshgrid indexing", y, tensors, indexing) : y;
  }

  /** {@link #meshgrid(String, Tensor...)} with {@code ij}. */
  public static List<Tensor> meshgrid(Tensor... tensors) {
    return meshgrid("ij", tensors);
  }

  /** {@link #meshgrid(String, Tensor...)} of a list, with {@code ij}. */
  public static List<Tensor> meshgrid(List<Tensor> tensors) {
    return meshgrid("ij", array(tensors));
  }

  /** {@link #meshgrid(String, Tensor...)} of a list. */
  public static List<Tensor> meshgrid(List<Tensor> tensors, String indexing) {
    return meshgrid(indexing, array(tensors));
  }

  /**
   * Returns all combinations of one element of each vector, one a row; the last vector varies
   * fastest. One vector alone is returned as it is.
   *
   * <pre>{@code
   * Tensor.cartesianProd(Tensor.of(1, 2), Tensor.of(3, 4)); // [[1, 3], [1, 4], [2, 3], [2, 4]]
   * }</pre>
   *
   * @param tensors at least one vector
   * @return {@code [product of the sizes, number of vectors]}, of the promoted type
   * @throws ShapeException if there is none, or one is no vector
   */
  public static Tensor cartesianProd(Tensor... tensors) {
    Tensor y = Grids.cartesianProd(tensors);
    return Operations.watched() ? Operations.passed("cartesianProd", y, (Object) tensors) : y;
  }

  /** {@link #cartesianProd(Tensor...)} of a list. */
  public static Tensor cartesianProd(List<Tensor> tensors) {
    return cartesianProd(array(tensors));
  }

  /** {@link #cov(Consumer)} with the default options. */
  public Tensor cov() {
    return cov(o -> {});
  }

  /**
   * The covariances of variables: rows, whose columns are the observations.
   *
   * @param options correction (1), fweights (null), aweights (null)
   * @return [rows, rows], without dimensions for one row
   */
  public Tensor cov(Consumer<CovOptions> options) {
    var o = Options.with(new CovOptions(), options);
    Tensor y = Moments.cov(this, o);
    return Operations.watched()
        ? Operations.passed("cov correction", y, this, o.fweights, o.aweights, o.correction)
        : y;
  }

  /** The correlation coefficients of variables: rows, whose columns are the observations. */
  public Tensor corrcoef() {
    Tensor y = Moments.corrcoef(this);
    return Operations.watched() ? Operations.passed("corrcoef", y, this) : y;
  }

  /** {@link #gradient(Consumer)} at distances of 1, along all dimensions. */
  public List<Tensor> gradient() {
    return gradient(o -> {});
  }

  /**
   * Estimates of the derivative along dimensions, from the differences of neighbours.
   *
   * <pre>{@code
   * Tensor.of(1f, 4, 9, 16).gradient().get(0); // [3, 4, 6, 7]
   * }</pre>
   *
   * @param options spacing (1), dim (all), edgeOrder (1)
   * @return one for each dimension
   */
  public List<Tensor> gradient(Consumer<GradientOptions> options) {
    var o = Options.with(new GradientOptions(), options);
    List<Tensor> y = FiniteDifferences.gradient(this, o);
    return Operations.watched()
        ? Operations.passed(
            "gradient spacing coordinates dim edgeOrder",
            y,
            this,
            o.uniform ? (Object) o.spacing[0] : o.spacing,
            o.coordinates,
            o.dim,
            o.edgeOrder)
        : y;
  }

  /**
   * A histogram.
   *
   * @param hist the counts
   * @param binEdges the edges of the bins, one more than there are bins
   */
  public record Histogram(Tensor hist, Tensor binEdges) {}

  /**
   * A histogram of several dimensions.
   *
   * @param hist the counts
   * @param binEdges the edges of the bins of each dimension
   */
  public record HistogramDD(Tensor hist, List<Tensor> binEdges) {}

  /** {@link #histogram(int, Consumer)} with the default options. */
  public Histogram histogram(int bins) {
    return histogram(bins, o -> {});
  }

  /**
   * Counts the elements in bins of equal width.
   *
   * @param options range (that of the elements), weight (null), density (false)
   */
  public Histogram histogram(int bins, Consumer<HistogramOptions> options) {
    var o = Options.with(new HistogramOptions(), options);
    Tensor points = reshape(numel(), 1);
    List<Tensor> edges = Histograms.edges("histogram", points, new int[] {bins}, o);
    Tensor hist = Histograms.count("histogram", points, edges, o);
    var y = new Histogram(hist, edges.get(0));
    return Operations.watched()
        ? Operations.passed(
            "histogram bins range density", y, this, o.weight, bins, o.range, o.density)
        : y;
  }

  /** {@link #histogram(int, Consumer)} in bins between increasing edges. */
  public Histogram histogram(Tensor bins, Consumer<HistogramOptions> options) {
    var o = Options.with(new HistogramOptions(), options);
    Tensor hist =
        Histograms.count(
            "histogram", reshape(numel(), 1), List.of(Objects.requireNonNull(bins, "bins")), o);
    var y = new Histogram(hist, bins);
    return Operations.watched()
        ? Operations.passed("histogram range density", y, this, bins, o.weight, o.range, o.density)
        : y;
  }

  /**
   * Counts points, which lie in the last dimension, in boxes of equal size.
   *
   * @param bins the number along each dimension
   * @param options range (that of the points), weight (null), density (false)
   */
  public HistogramDD histogramdd(int[] bins, Consumer<HistogramOptions> options) {
    var o = Options.with(new HistogramOptions(), options);
    Tensor points = Histograms.points("histogramdd", this);
    List<Tensor> edges = Histograms.edges("histogramdd", points, bins, o);
    var y = new HistogramDD(Histograms.count("histogramdd", points, edges, o), edges);
    return Operations.watched()
        ? Operations.passed(
            "histogramdd bins range density", y, this, o.weight, bins, o.range, o.density)
        : y;
  }

  /** {@link #histogramdd(int[], Consumer)} in boxes between increasing edges. */
  public HistogramDD histogramdd(List<Tensor> bins, Consumer<HistogramOptions> options) {
    var o = Options.with(new HistogramOptions(), options);
    Tensor points = Histograms.points("histogramdd", this);
    var y = new HistogramDD(Histograms.count("histogramdd", points, bins, o), bins);
    if (Operations.watched()) {
      return o.weight == null
          ? Operations.passed("histogramdd range density", y, this, bins, o.range, o.density)
          : Operations.passed(
              "histogramdd range density", y, this, bins, o.weight, o.range, o.density);
    }
    return y;
  }

  /** {@link #nonzeroStatic(int, long)} with -1 in the rows that are left. */
  public Tensor nonzeroStatic(int size) {
    return nonzeroStatic(size, -1);
  }

  /**
   * The places of the first elements that are not zero, in a fixed number of rows.
   *
   * @param size the rows of the result, [size, dimensions]
   * @param fillValue what stands in the rows that are left
   */
  public Tensor nonzeroStatic(int size, long fillValue) {
    if (size < 0) {
      throw new IllegalArgumentException("nonzeroStatic: size must not be negative, was " + size);
    }
    Tensor places = nonzero();
    int kept = Math.min(size, places.size(0));
    Tensor rest = full(DType.INT64, fillValue, size - kept, dim());
    Tensor y = cat(places.narrow(0, 0, kept), rest);
    return Operations.watched()
        ? Operations.passed("nonzeroStatic size fillValue", y, this, size, fillValue)
        : y;
  }

  /** The shape to which all the given ones broadcast. */
  public static int[] broadcastShapes(int[]... shapes) {
    int[] shape = Shapes.SCALAR;
    for (int[] s : Objects.requireNonNull(shapes, "shapes")) {
      for (int n : Objects.requireNonNull(s, "shapes")) {
        if (n < 0) {
          throw new ShapeException("broadcastShapes: sizes must not be negative, got " + n);
        }
      }
      shape = Shapes.broadcast("broadcastShapes", shape, s);
    }
    return shape.clone();
  }

  @Override
  public String toString() {
    return TensorFormat.format(this);
  }
}
