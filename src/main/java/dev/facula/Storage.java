package dev.facula;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/** The array behind one or more tensors, and how often it was changed in place. */
final class Storage {
  private static final AtomicIntegerFieldUpdater<Storage> SAVED =
      AtomicIntegerFieldUpdater.newUpdater(Storage.class, "saved");

  final DType dtype;

  /** Null once it was given to others. */
  private @Nullable Object array;

  /** Whether nobody but tensors can have the array. */
  private final boolean own;

  /** Grows with each change in place, so that a saved tensor can tell that it was overwritten. */
  int version;

  /** Gradients of a backward pass that lie here and have not arrived. */
  int gradients;

  /** Whether a user, a graph or a leaf may have a gradient that lies here. */
  boolean seen;

  /** Tensors that lie here and are saved for a derivative, in the graphs of any thread. */
  private volatile int saved;

  /** Whether the array may go to others as soon as no derivative needs it. */
  private volatile boolean dropped;

  /** Around an array that others may have, too. */
  Storage(DType dtype, Object array) {
    this(dtype, array, false);
  }

  private Storage(DType dtype, Object array, boolean own) {
    this.dtype = dtype;
    this.array = array;
    this.own = own;
  }

  static Storage allocate(DType dtype, int n) {
    return own(
        dtype,
        switch (dtype) {
          case FLOAT32 -> new float[n];
          case FLOAT64 -> new double[n];
          case INT64 -> new long[n];
          case INT32 -> new int[n];
          case UINT8, BOOL -> new byte[n];
        });
  }

  /** The n elements from some place on, in an array that the JVM need not clear before. */
  Storage copy(int from, int n) {
    int to = from + n;
    return own(
        dtype,
        switch (dtype) {
          case FLOAT32 -> Arrays.copyOfRange(floats(), from, to);
          case FLOAT64 -> Arrays.copyOfRange(doubles(), from, to);
          case INT64 -> Arrays.copyOfRange(longs(), from, to);
          case INT32 -> Arrays.copyOfRange(ints(), from, to);
          case UINT8, BOOL -> Arrays.copyOfRange(bytes(), from, to);
        });
  }

  private static Storage own(DType dtype, Object array) {
    return new Storage(dtype, array, true);
  }

  boolean released() {
    return array == null;
  }

  /** The same array for another purpose. */
  Storage renewed() {
    return own(dtype, array());
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

  /** Only graphs need what is here. */
  void drop() {
    dropped = true;
    giveIfUnused();
  }

  /** Gives the array, if it is still here, to others at once: one thread had it, and no graph. */
  void recall() {
    Object given = array;
    array = null;
    if (given != null) {
      Spares.give(own(dtype, given));
    }
  }

  /** Gives the array to the next results of the thread; who comes here later gets an error. */
  private synchronized void giveIfUnused() {
    Object given = array;
    if (saved == 0 && gradients == 0 && given != null) {
      array = null;
      if (own) {
        Spares.give(own(dtype, given));
      }
    }
  }

  /** The array, of whatever type. */
  Object array() {
    Object a = array;
    if (a == null) {
      throw new IllegalStateException(
          "the memory of this tensor was given to others, by release() or at the end of"
              + " Facula.tidy(), which keeps its result alone; read or clone() it before");
    }
    return a;
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
