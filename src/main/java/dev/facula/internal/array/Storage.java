package dev.facula.internal.array;

import dev.facula.DType;
import dev.facula.internal.kernel.ReducedKernels;
import dev.facula.internal.parallel.Parallel;
import dev.facula.internal.parallel.PerThread;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.SoftReference;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The array behind one or more tensors, its owner, and how often it was changed in place. Here, and
 * nowhere else, is decided when an array goes to the pool, from which the next results of its
 * thread are made.
 *
 * <pre>
 *  state               | what it means                               | entered by, left by
 *  --------------------+---------------------------------------------+--------------------------------
 *  owned               | tensors of the thread that made it have it  | uninitialized, zeros, allocate
 *  shared              | another thread came here: never to the pool | array() on that thread
 *  saved k times       | so many derivatives read it later           | save, unsave
 *  gradient in flight  | so many gradients of a backward pass are    | sendGradient, receiveGradient
 *                      | here that no node has taken yet             |
 *  seen                | a user, a leaf or a module may have it      | field seen
 *  released            | only derivatives may still read it          | release
 *  free                | the array is in the pool; reading it here   | released, not saved and without
 *                      | is an error that says so                    | gradients in flight; or reuse
 * </pre>
 *
 * <p>An array goes to the pool once, whatever threads do at the same time: it is taken out of here
 * in one step. And it goes there only if no other thread has come here: one that did might still be
 * at work on it. A thread that comes here leaves a mark before it looks for the array; who frees
 * the array takes it before looking for the mark, so that one of the two sees the other.
 */
public final class Storage {
  private static final AtomicIntegerFieldUpdater<Storage> SAVED =
      AtomicIntegerFieldUpdater.newUpdater(Storage.class, "saved");

  /**
   * Whether memory that is reused is filled with NaN first: {@code -Dfacula.poison=true}, for
   * tests. It costs nothing otherwise.
   */
  private static final boolean POISON = Boolean.getBoolean("facula.poison");

  /** What a thread has; the JVM may take it when memory is short, or has not been used for long. */
  private static final PerThread<SoftReference<Local>> LOCAL = new PerThread<>();

  private static final class Local {
    private final ArrayPool pool = new ArrayPool();

    /** Where what the thread makes is listed, or null. */
    private @Nullable List<Storage> tracked;
  }

  private static volatile boolean reuse = true;

  /** Threads within a tidy, in which storages of all sizes are listed. */
  private static int tidying;

  private static final VarHandle ARRAY;
  private static final VarHandle GRADIENTS;

  static {
    try {
      MethodHandles.Lookup lookup = MethodHandles.lookup();
      ARRAY = lookup.findVarHandle(Storage.class, "array", Object.class);
      GRADIENTS = lookup.findVarHandle(Storage.class, "gradients", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  public final DType dtype;

  /** Null once it is free. */
  private @Nullable Object array;

  /** The thread whose pool the array may go to; null if it goes to none. */
  private final @Nullable Thread owner;

  /** Whether another thread than the owner came here. */
  private volatile boolean shared;

  /** The shape of the tensor that this was made for, or that was released; for messages. */
  private int @Nullable [] shape;

  /** Grows with each change in place, so that a saved tensor can tell that it was overwritten. */
  public int version;

  /** Gradients in flight. */
  private int gradients;

  /** Whether a user, a leaf or a module may have it. */
  public boolean seen;

  /** Derivatives that read it later, in the graphs of any thread. */
  private volatile int saved;

  /** Whether only derivatives may still read it. */
  private volatile boolean released;

  /** Around an array that others may have, too: it is never reused. */
  public Storage(DType dtype, Object array) {
    this(dtype, array, null);
  }

  private Storage(DType dtype, Object array, @Nullable Thread owner) {
    this.dtype = dtype;
    this.array = array;
    this.owner = owner;
  }

  public static Storage allocate(DType dtype, int n) {
    Object array =
        switch (dtype) {
          case FLOAT32 -> new float[n];
          case FLOAT64 -> new double[n];
          case INT64 -> new long[n];
          case INT32 -> new int[n];
          case FLOAT16, BFLOAT16, INT16 -> new short[n];
          case INT8, UINT8, BOOL -> new byte[n];
        };
    return new Storage(dtype, array, ArrayPool.serves(dtype, n) ? Thread.currentThread() : null);
  }

  /** For the n elements of a shape, with any contents. */
  public static Storage uninitialized(DType dtype, int[] shape, int n) {
    return take(dtype, shape, n, false);
  }

  /** For the n elements of a shape, all of them zero. */
  public static Storage zeros(DType dtype, int[] shape, int n) {
    return take(dtype, shape, n, true);
  }

  private static Storage take(DType dtype, int[] shape, int n, boolean zeros) {
    Objects.requireNonNull(dtype, "dtype");
    boolean pooled = ArrayPool.serves(dtype, n);
    Local local = pooled || tidying != 0 ? found() : null;
    Object array = local == null || !pooled ? null : local.pool.take(dtype, n);
    Storage storage =
        array == null ? allocate(dtype, n) : new Storage(dtype, array, Thread.currentThread());
    if (POISON && !zeros) {
      poison(storage.array());
    } else if (array != null && zeros) {
      storage.fill(0, n, 0);
    }
    if (local != null && local.tracked != null) {
      storage.shape = shape;
      local.tracked.add(storage);
    }
    return storage;
  }

  /** Makes what an operation forgets to write show in its result. */
  private static void poison(Object array) {
    if (array instanceof float[] a) {
      Arrays.fill(a, Float.NaN);
    } else if (array instanceof double[] a) {
      Arrays.fill(a, Double.NaN);
    }
  }

  private static @Nullable Local found() {
    SoftReference<Local> held = LOCAL.get();
    return held == null ? null : held.get();
  }

  private static Local local() {
    Local local = found();
    if (local == null) {
      local = new Local();
      LOCAL.set(new SoftReference<>(local));
    }
    return local;
  }

  /** Counts the threads within a tidy; each sees at least its own changes. */
  private static synchronized void tidying(int change) {
    tidying += change;
  }

  /** Whether arrays are ever free; tests compare programs with and without. */
  public static void setReuse(boolean on) {
    reuse = on;
  }

  /**
   * Lists from now on which storages the thread makes.
   *
   * @param list where; null: nowhere
   * @return where they were listed before
   */
  public static @Nullable List<Storage> track(@Nullable List<Storage> list) {
    Local local = local();
    List<Storage> before = local.tracked;
    local.tracked = list;
    return before;
  }

  /**
   * The result of some work whose other storages are released at the end, of any size.
   *
   * @param storage that of the result, which stays
   */
  public static <T> T tidy(Supplier<T> work, Function<T, Storage> storage) {
    List<Storage> made = new ArrayList<>();
    List<Storage> before = track(made);
    tidying(1);
    Storage kept = null;
    try {
      T result = work.get();
      kept = storage.apply(result);
      return result;
    } finally {
      tidying(-1);
      track(before);
      for (Storage s : made) {
        if (s == kept) {
          if (before != null) {
            before.add(s);
          }
        } else if (!s.seen) { // otherwise a leaf may have its gradient here
          s.release();
        }
      }
    }
  }

  /** Whether it is free. */
  public boolean isReleased() {
    return array == null;
  }

  /** One more gradient in flight; what others may see is counted by many threads. */
  public void sendGradient() {
    if (seen) {
      GRADIENTS.getAndAdd(this, 1);
    } else {
      gradients++;
    }
  }

  /** A gradient was taken by its node; true if it was the last in flight. */
  public boolean receiveGradient() {
    int before = seen ? (int) GRADIENTS.getAndAdd(this, -1) : gradients--;
    return before == 1;
  }

  /** Whether one gradient in flight, which nobody else sees, is all that is here. */
  public boolean isSoleGradient() {
    return gradients == 1 && !seen;
  }

  /** A derivative reads it later. */
  public void save() {
    SAVED.incrementAndGet(this);
  }

  /** A derivative that {@link #save saved} it is done. */
  public void unsave() {
    if (SAVED.decrementAndGet(this) == 0 && released) {
      freeIfUnused();
    }
  }

  /**
   * Only derivatives may still read it.
   *
   * @param shape of the tensor that was released
   */
  public void release(int[] shape) {
    this.shape = shape;
    release();
  }

  /** Only derivatives may still read it. */
  public void release() {
    released = true;
    freeIfUnused();
  }

  /** Frees the array at once: no derivative has it. */
  public void reuse() {
    if (!reuse) {
      return;
    }
    Object free = detachArray();
    if (free == null) {
      return;
    }
    if (POISON) {
      poison(free);
    }
    if (ArrayPool.serves(dtype, Array.getLength(free))) {
      local().pool.give(free);
    }
  }

  private void freeIfUnused() {
    if (saved == 0 && (int) GRADIENTS.getVolatile(this) == 0) {
      reuse();
    }
  }

  /** Takes the array out of here; null if it is out already, or another thread may have it. */
  private @Nullable Object detachArray() {
    Object free = ARRAY.getAndSet(this, null);
    return owner == Thread.currentThread() && !shared ? free : null;
  }

  /** The array, of whatever type. */
  public Object array() {
    Object a = owner == null || owner == Thread.currentThread() ? array : arrayOnOtherThread(owner);
    if (a == null) {
      throw released();
    }
    return a;
  }

  /** The array for a thread that did not make it. */
  private @Nullable Object arrayOnOtherThread(Thread owner) {
    if (!shared && !Parallel.worksFor(owner)) {
      shared = true;
    }
    return ARRAY.getVolatile(this);
  }

  private IllegalStateException released() {
    String operation = CalledOperation.name();
    return new IllegalStateException(
        ("%sthe memory of a tensor%s was given to others, by release(), at the end of"
                + " Facula.tidy(), which keeps its result alone, or, that of a gradient, by"
                + " zeroGrad(); read or clone() it before")
            .formatted(
                operation.isEmpty() ? "" : operation + ": ",
                shape == null ? "" : " of shape " + Shapes.format(shape)));
  }

  public int length() {
    return Array.getLength(array());
  }

  public float[] floats() {
    return (float[]) array();
  }

  public double[] doubles() {
    return (double[]) array();
  }

  public long[] longs() {
    return (long[]) array();
  }

  public int[] ints() {
    return (int[]) array();
  }

  public short[] shorts() {
    return (short[]) array();
  }

  public byte[] bytes() {
    return (byte[]) array();
  }

  /** Makes the elements from .. to - 1 one number. */
  public void fill(int from, int to, Number value) {
    switch (dtype) {
      case FLOAT32 -> Arrays.fill(floats(), from, to, value.floatValue());
      case FLOAT64 -> Arrays.fill(doubles(), from, to, value.doubleValue());
      case INT64 -> Arrays.fill(longs(), from, to, value.longValue());
      case INT32 -> Arrays.fill(ints(), from, to, value.intValue());
      case FLOAT16, BFLOAT16 -> Arrays.fill(shorts(), from, to, reduced(value.floatValue()));
      case INT16 -> Arrays.fill(shorts(), from, to, value.shortValue());
      case INT8, UINT8 -> Arrays.fill(bytes(), from, to, (byte) value.intValue());
      case BOOL -> Arrays.fill(bytes(), from, to, (byte) (value.doubleValue() != 0 ? 1 : 0));
    }
  }

  public double getDouble(int i) {
    return switch (dtype) {
      case FLOAT32 -> floats()[i];
      case FLOAT64 -> doubles()[i];
      case FLOAT16, BFLOAT16 -> widened(shorts()[i]);
      default -> getLong(i);
    };
  }

  /** The element as an integer; fractions are cut off, as a cast does it. */
  public long getLong(int i) {
    return switch (dtype) {
      case FLOAT32 -> (long) floats()[i];
      case FLOAT64 -> (long) doubles()[i];
      case FLOAT16, BFLOAT16 -> (long) widened(shorts()[i]);
      case INT64 -> longs()[i];
      case INT32 -> ints()[i];
      case INT16 -> shorts()[i];
      case UINT8 -> bytes()[i] & 0xff;
      case INT8, BOOL -> bytes()[i];
    };
  }

  public void setDouble(int i, double value) {
    switch (dtype) {
      case FLOAT32 -> floats()[i] = (float) value;
      case FLOAT64 -> doubles()[i] = value;
      case FLOAT16, BFLOAT16 -> shorts()[i] = reduced((float) value);
      case BOOL -> bytes()[i] = (byte) (value != 0 ? 1 : 0);
      default -> setLong(i, (long) value);
    }
  }

  public void setLong(int i, long value) {
    switch (dtype) {
      case FLOAT32 -> floats()[i] = value;
      case FLOAT64 -> doubles()[i] = value;
      case FLOAT16, BFLOAT16 -> shorts()[i] = reduced(value);
      case INT64 -> longs()[i] = value;
      case INT32 -> ints()[i] = (int) value;
      case INT16 -> shorts()[i] = (short) value;
      case INT8, UINT8 -> bytes()[i] = (byte) value;
      case BOOL -> bytes()[i] = (byte) (value != 0 ? 1 : 0);
    }
  }

  private float widened(short bits) {
    return dtype == DType.BFLOAT16
        ? ReducedKernels.fromBfloat16(bits)
        : ReducedKernels.fromFloat16(bits);
  }

  private short reduced(float value) {
    return dtype == DType.BFLOAT16
        ? ReducedKernels.toBfloat16(value)
        : ReducedKernels.toFloat16(value);
  }
}
