package dev.facula.internal.kernel;

import dev.facula.internal.parallel.PerThread;
import org.jspecify.annotations.Nullable;

/**
 * Work arrays of one thread. They grow to what was asked for and stay, so that a kernel allocates
 * nothing once it is warm; a request beyond the cap is an array of its own that is not kept.
 */
public final class FloatScratch {
  /** Uses of an array; two that are alive at the same time need different numbers. */
  public static final int PACK_A = 0;

  public static final int PACK_B = 1;
  public static final int IMAGE = 2;
  public static final int OUTPUT = 3;
  public static final int WEIGHT = 4;
  public static final int EDGE_B = 5;
  public static final int EDGE_C = 6;
  public static final int SUMS = 7;
  public static final int LINE = 8;
  public static final int FUNCTION = 9;
  public static final int EXPONENT = 10;
  public static final int PARTIAL = 11;
  public static final int LEFT = 12;
  public static final int RIGHT = 13;
  public static final int TRANSPOSED = 14;
  public static final int PANELS = 15;
  public static final int FLAT = 16;
  public static final int BIAS = 17;
  public static final int CHAIN = 18;
  private static final int SLOTS = 19;

  /** Uses of an index array. */
  public static final int ROWS = 0;

  public static final int COLUMNS = 1;
  public static final int EDGE_ROWS = 2;
  public static final int TAPS = 3;
  public static final int PHASES = 4;
  public static final int RUNS = 5;
  public static final int JUMPS = 6;
  public static final int STEPS = 7;
  public static final int LINES = 8;
  private static final int INDEX_SLOTS = 9;

  /** Uses of arrays of rows. */
  static final int BLOCK = 0;

  static final int RESULT = 1;
  static final int CASCADE = 2;
  private static final int ROW_SLOTS = 3;

  private static final int CAP = 1 << 22;

  /**
   * Index of the first element of {@link #aligned}: elements begin 16 bytes behind the start of an
   * array, so that this one stands at a multiple of 64 bytes if the array does.
   */
  public static final int ALIGNED = 48 / Float.BYTES;

  /**
   * Length from which arrays are given regions of their own by G1, half of one. It divides the heap
   * into some 2048 regions; with more than 8 GiB of heap they would be too large to spend.
   */
  private static final int REGION =
      (1 << (Runtime.getRuntime().maxMemory() > 1L << 32 ? 21 : 20)) / Float.BYTES;

  /**
   * Elements whose alignment is worth so long an array. Every thread that computes has its own,
   * also each of an application's.
   */
  static final int WORTH = 1 << 15;

  private static final PerThread<FloatScratch> THREAD = new PerThread<>();

  private final float[][] arrays = new float[SLOTS][0];
  private final int[][] indices = new int[INDEX_SLOTS][0];

  private final float[][][] rows = new float[ROW_SLOTS][0][];

  private float[] zeros = new float[0];

  /** The job whose operand is packed here. */
  private @Nullable Object job;

  private FloatScratch() {}

  public static FloatScratch get() {
    FloatScratch scratch = THREAD.get();
    return scratch == null ? made() : scratch;
  }

  private static FloatScratch made() {
    FloatScratch scratch = new FloatScratch();
    THREAD.set(scratch);
    return scratch;
  }

  /** Whether this thread has not worked for a job so far; remembers that it does now. */
  boolean begins(Object next) {
    boolean first = job != next;
    job = next;
    return first;
  }

  /** An array of at least n elements with any contents. */
  public float[] array(int slot, int n) {
    float[] array = arrays[slot];
    if (array.length < n) {
      array = new float[n <= CAP ? Math.max(n, Math.min(2 * array.length, CAP)) : n];
      if (n <= CAP) {
        arrays[slot] = array;
      }
    }
    return array;
  }

  /**
   * An array of at least n elements from {@link #ALIGNED} on, which probably begin where a cache
   * line does: Java does not align arrays, but long ones begin a region of the heap. A vector that
   * is as long as a line and crosses into the next costs two accesses.
   */
  public float[] aligned(int slot, int n) {
    return array(slot, n < WORTH ? n + ALIGNED : Math.max(n + ALIGNED, REGION));
  }

  /**
   * At least {@code count} arrays of at least n elements each. Being whole cache lines long, header
   * and all, they probably stand to the lines alike, so that a loop that aligns one aligns them
   * all.
   */
  float[][] rowsOf(int slot, int count, int n) {
    float[][] array = rows[slot];
    if (array.length < count || array[0].length < n) {
      int width = array.length == 0 ? n : Math.max(n, array[0].length);
      int line = 64 / Float.BYTES;
      int lines = (Math.max(width, ALIGNED) - ALIGNED + line - 1) / line;
      array = new float[Math.max(count, array.length)][lines * line + ALIGNED];
      rows[slot] = array;
    }
    return array;
  }

  /** At least n zeros, not to be written to. */
  float[] zeros(int n) {
    float[] array = zeros;
    if (array.length < n) {
      array = new float[n];
      if (n <= CAP) {
        zeros = array;
      }
    }
    return array;
  }

  /** An array of at least n indices with any contents. */
  public int[] indices(int slot, int n) {
    int[] array = indices[slot];
    if (array.length < n) {
      array = new int[n <= CAP ? Math.max(n, Math.min(2 * array.length, CAP)) : n];
      if (n <= CAP) {
        indices[slot] = array;
      }
    }
    return array;
  }

  /** The indices 0, step, 2 step, ... of the rows of a matrix. */
  public int[] rows(int slot, int n, int step) {
    int[] rows = indices(slot, n);
    for (int i = 0; i < n; i++) {
      rows[i] = i * step;
    }
    return rows;
  }
}
