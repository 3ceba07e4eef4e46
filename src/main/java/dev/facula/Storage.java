package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.parallel.Parallel;
import java.lang.StackWalker.StackFrame;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The array behind one or more tensors, and how often it was changed in place.
 *
 * <p>An array that nobody needs any more may go to the next results of its thread. It goes there
 * once, whatever threads do at the same time: who gives it takes it out of here in one step. And it
 * goes there only if no other thread has come here: one that did might still be at work on it, and
 * would meet another tensor's numbers. A thread that comes here leaves a mark before it looks for
 * the array, who gives the array takes it before he looks for the mark, so that one of the two sees
 * the other.
 */
final class Storage {
  private static final AtomicIntegerFieldUpdater<Storage> SAVED =
      AtomicIntegerFieldUpdater.newUpdater(Storage.class, "saved");

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

  final DType dtype;

  /** Null once it was given to others. */
  private @Nullable Object array;

  /** The thread whose next results may have the array; null if it stays out of that. */
  private final @Nullable Thread owner;

  /** Whether another thread than the owner came here. */
  private volatile boolean shared;

  /** The shape of the tensor that this was made for, or that was released; for messages. */
  private int @Nullable [] shape;

  /** Grows with each change in place, so that a saved tensor can tell that it was overwritten. */
  int version;

  /** Gradients of backward passes that lie here and have not arrived. */
  private int gradients;

  /** Whether a user, a graph, a leaf or a module may have what lies here. */
  boolean seen;

  /** Tensors that lie here and are saved for a derivative, in the graphs of any thread. */
  private volatile int saved;

  /** Whether the array may go to others as soon as no derivative needs it. */
  private volatile boolean dropped;

  /** Around an array that others may have, too. */
  Storage(DType dtype, Object array) {
    this(dtype, array, null);
  }

  private Storage(DType dtype, Object array, @Nullable Thread owner) {
    this.dtype = dtype;
    this.array = array;
    this.owner = owner;
  }

  static Storage allocate(DType dtype, int n) {
    return own(
        dtype,
        n,
        switch (dtype) {
          case FLOAT32 -> new float[n];
          case FLOAT64 -> new double[n];
          case INT64 -> new long[n];
          case INT32 -> new int[n];
          case UINT8, BOOL -> new byte[n];
        });
  }

  /** Around an array of n elements that nobody but tensors can have. */
  static Storage own(DType dtype, int n, Object array) {
    return new Storage(dtype, array, Spares.serves(dtype, n) ? Thread.currentThread() : null);
  }

  boolean released() {
    return array == null;
  }

  /** Says of what shape the tensor is that this is made for. */
  Storage of(int[] shape) {
    this.shape = shape;
    return this;
  }

  /** One more gradient on its way lies here; what others may see is counted by many threads. */
  void arrive() {
    if (seen) {
      GRADIENTS.getAndAdd(this, 1);
    } else {
      gradients++;
    }
  }

  /** A gradient that lies here has arrived; true if it was the last. */
  boolean depart() {
    int before = seen ? (int) GRADIENTS.getAndAdd(this, -1) : gradients--;
    return before == 1;
  }

  /** Whether one gradient on its way, which nobody else sees, is all that lies here. */
  boolean single() {
    return gradients == 1 && !seen;
  }

  /** A graph needs what is here. */
  void save() {
    SAVED.incrementAndGet(this);
  }

  /** One that {@link #save saved} it does not need it any more. */
  void forget() {
    if (SAVED.decrementAndGet(this) == 0 && dropped) {
      giveIfUnused();
    }
  }

  /**
   * Only graphs need what is here.
   *
   * @param of the shape of the tensor that was released
   */
  void drop(int[] of) {
    shape = of;
    drop();
  }

  /** Only graphs need what is here. */
  void drop() {
    dropped = true;
    giveIfUnused();
  }

  /** Gives the array to others at once: one thread had it, and no graph. */
  void recall() {
    Object given = claim();
    if (given != null) {
      Spares.give(dtype, given);
    }
  }

  /** Gives the array to the next results of the thread; who comes here later gets an error. */
  private void giveIfUnused() {
    if (saved == 0 && (int) GRADIENTS.getVolatile(this) == 0) {
      recall();
    }
  }

  /** Takes the array out of here; null if others have it, or may be at work on it. */
  private @Nullable Object claim() {
    Object given = ARRAY.getAndSet(this, null);
    return owner == Thread.currentThread() && !shared ? given : null;
  }

  /** The array, of whatever type. */
  Object array() {
    Object a = owner == null || owner == Thread.currentThread() ? array : arrayElsewhere(owner);
    if (a == null) {
      throw gone();
    }
    return a;
  }

  /** The array for a thread that did not make it. */
  private @Nullable Object arrayElsewhere(Thread owner) {
    if (!shared && !Parallel.worksFor(owner)) {
      shared = true;
    }
    return ARRAY.getVolatile(this);
  }

  private IllegalStateException gone() {
    return new IllegalStateException(
        operation()
            + "the memory of a tensor"
            + (shape == null ? "" : " of shape " + Shapes.format(shape))
            + " was given to others, by release(), at the end of Facula.tidy(), which keeps its"
            + " result alone, or, that of a gradient, by zeroGrad(); read or clone() it before");
  }

  /** The outermost operation that is at work, with a colon. */
  private static String operation() {
    String method =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .takeWhile(f -> f.getClassName().startsWith("dev.facula."))
                        .filter(Storage::isOperation)
                        .map(StackFrame::getMethodName)
                        .reduce("", (inner, outer) -> outer));
    return method.isEmpty() ? "" : method + ": ";
  }

  private static boolean isOperation(StackFrame frame) {
    String name = frame.getClassName();
    return (name.equals("dev.facula.Tensor") || name.equals("dev.facula.Functional"))
        && !frame.getMethodName().startsWith("lambda$");
  }

  int length() {
    return java.lang.reflect.Array.getLength(array());
  }

  float[] floats() {
    return (float[]) array();
  }

  double[] doubles() {
    return (double[]) array();
  }

  long[] longs() {
    return (long[]) array();
  }

  int[] ints() {
    return (int[]) array();
  }

  byte[] bytes() {
    return (byte[]) array();
  }

  /** Makes the elements from .. to - 1 one number. */
  void fill(int from, int to, Number value) {
    switch (dtype) {
      case FLOAT32 -> Arrays.fill(floats(), from, to, value.floatValue());
      case FLOAT64 -> Arrays.fill(doubles(), from, to, value.doubleValue());
      case INT64 -> Arrays.fill(longs(), from, to, value.longValue());
      case INT32 -> Arrays.fill(ints(), from, to, value.intValue());
      case UINT8 -> Arrays.fill(bytes(), from, to, (byte) value.intValue());
      case BOOL -> Arrays.fill(bytes(), from, to, (byte) (value.doubleValue() != 0 ? 1 : 0));
    }
  }

  double getDouble(int i) {
    return switch (dtype) {
      case FLOAT32 -> floats()[i];
      case FLOAT64 -> doubles()[i];
      default -> getLong(i);
    };
  }

  /** The element as an integer; fractions are cut off, as a cast does it. */
  long getLong(int i) {
    return switch (dtype) {
      case FLOAT32 -> (long) floats()[i];
      case FLOAT64 -> (long) doubles()[i];
      case INT64 -> longs()[i];
      case INT32 -> ints()[i];
      case UINT8 -> bytes()[i] & 0xff;
      case BOOL -> bytes()[i];
    };
  }

  void setDouble(int i, double value) {
    switch (dtype) {
      case FLOAT32 -> floats()[i] = (float) value;
      case FLOAT64 -> doubles()[i] = value;
      case BOOL -> bytes()[i] = (byte) (value != 0 ? 1 : 0);
      default -> setLong(i, (long) value);
    }
  }

  void setLong(int i, long value) {
    switch (dtype) {
      case FLOAT32 -> floats()[i] = value;
      case FLOAT64 -> doubles()[i] = value;
      case INT64 -> longs()[i] = value;
      case INT32 -> ints()[i] = (int) value;
      case UINT8 -> bytes()[i] = (byte) value;
      case BOOL -> bytes()[i] = (byte) (value != 0 ? 1 : 0);
    }
  }
}
