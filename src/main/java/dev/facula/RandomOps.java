package dev.facula;

import dev.facula.internal.array.Layout;
import dev.facula.internal.array.MemoryOrder;
import dev.facula.internal.array.Storage;
import java.util.Objects;

/**
 * Tensors filled from a {@link Generator}. A tensor that is not contiguous is filled in the order
 * of its memory, as PyTorch does it: dimensions with larger strides vary more slowly, whatever
 * their order.
 */
final class RandomOps {
  /** Numbers that are drawn before they are converted. */
  private static final int CHUNK = 1 << 12;

  private RandomOps() {}

  /** Fills n elements of an array from an index on. */
  private interface Fill {
    void apply(Storage storage, int offset, int n);
  }

  /** A tensor to be filled, for an operation that makes one. */
  static Tensor empty(String op, DType dtype, int[] shape) {
    Layout layout = Layout.contiguous(op, shape.clone());
    return new Tensor(Storage.uninitialized(dtype, layout.shape, layout.numel), layout);
  }

  /** Uniform numbers; errors name the operation that wants them. */
  static Tensor uniform(String op, Tensor t, double from, double to, Generator g) {
    Objects.requireNonNull(g, "generator");
    requireFloating(op, t);
    if (!(from <= to)) {
      throw new IllegalArgumentException(op + ": from " + from + " must not exceed to " + to);
    }
    return fillFloating(
        op,
        t,
        (s, o, n) -> {
          if (s.dtype == DType.FLOAT32) {
            g.uniform(s.floats(), o, n, from, to);
          } else {
            g.uniform(s.doubles(), o, n, from, to);
          }
        });
  }

  /** Normal numbers; errors name the operation that wants them. */
  static Tensor normal(String op, Tensor t, double mean, double std, Generator g) {
    Objects.requireNonNull(g, "generator");
    requireFloating(op, t);
    if (!(std >= 0)) {
      throw new IllegalArgumentException(op + ": std must be at least 0, was " + std);
    }
    boolean blocks = t.layout.contiguous;
    boolean reduced = Reduced.is(t);
    return fillFloating(
        op,
        t,
        (s, o, n) -> {
          if (s.dtype == DType.FLOAT32) {
            float[] a = s.floats();
            if (reduced && blocks && n >= 16) {
              // a block at a time: unlike float32, nothing is drawn for what the last one redraws
              for (int i = 0; i < n; i += 16) {
                g.normal(a, o + Math.min(i, n - 16), 16, mean, std);
              }
            } else if (blocks) {
              g.normal(a, o, n, mean, std);
            } else {
              g.normalPairs(a, o, n, mean, std);
            }
          } else if (blocks) {
            g.normal(s.doubles(), o, n, mean, std);
          } else {
            g.normalPairs(s.doubles(), o, n, mean, std);
          }
        });
  }

  static Tensor exponential(Tensor t, double rate, Generator g) {
    Objects.requireNonNull(g, "generator");
    requireFloating("exponential_", t);
    if (!(rate > 0)) {
      throw new IllegalArgumentException("exponential_: lambda must be positive, was " + rate);
    }
    return fillFloating(
        "exponential_",
        t,
        (s, o, n) -> {
          if (s.dtype == DType.FLOAT32) {
            g.exponential(s.floats(), o, n, rate);
          } else {
            g.exponential(s.doubles(), o, n, rate);
          }
        });
  }

  /** Integers in a range; errors name the operation that wants them. */
  static Tensor integers(String op, Tensor t, long from, long to, Generator g) {
    Objects.requireNonNull(g, "generator");
    if (from >= to) {
      String names =
          op.equals("randint") ? "low must be less than high" : "from must be less than to";
      throw new IllegalArgumentException(op + ": " + names + ", was " + from + " >= " + to);
    }
    if (t.isFloatingPoint()) {
      long low = lowestHeld(from, t.dtype());
      long high = aboveHighestHeld(to, t.dtype());
      return fill(op, t, (s, o, n) -> longs(s, o, n, (a, m) -> g.integers(a, 0, m, low, high)));
    }
    long highest = highest(t.dtype());
    long lowest = t.dtype() == DType.UINT8 || t.dtype() == DType.BOOL ? 0 : -highest - 1;
    if (from < lowest || to - 1 > highest) {
      throw new IllegalArgumentException(
          "%s: the range from %s to %s does not fit %s (%s to %s)"
              .formatted(op, from, to, t.dtype(), lowest, highest));
    }
    return fill(op, t, (s, o, n) -> longs(s, o, n, (a, m) -> g.integers(a, 0, m, from, to)));
  }

  // Beyond 2^24 (float32) or 2^53 (float64) not every integer can be held. PyTorch then moves the
  // ends of the range inwards, by one step of the type's grid, if they would be rounded outwards.

  private static long lowestHeld(long from, DType dtype) {
    long next = rounded(from + 1, dtype);
    return next < from ? next + grid(from + 1, dtype) : from;
  }

  private static long aboveHighestHeld(long to, DType dtype) {
    long last = rounded(to - 1, dtype);
    return last >= to ? last - grid(to - 1, dtype) : to;
  }

  private static long rounded(long x, DType dtype) {
    Storage one = Storage.allocate(dtype, 1);
    one.setLong(0, x);
    return one.getLong(0);
  }

  /** Bits up to which a floating-point type holds all integers. */
  private static int digits(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> 53;
      case FLOAT16 -> 11;
      case BFLOAT16 -> 8;
      default -> 24;
    };
  }

  private static long grid(long x, DType dtype) {
    int digits = digits(dtype);
    return 1L << Math.max(64 - Long.numberOfLeadingZeros(Math.abs(x)) - digits, 0);
  }

  /** Integers from 0 to the largest up to which the type holds all. */
  static Tensor integers(Tensor t, Generator g) {
    Objects.requireNonNull(g, "generator");
    return fill(
        "random_",
        t,
        (s, o, n) ->
            longs(
                s,
                o,
                n,
                (a, m) -> {
                  switch (s.dtype) {
                    case INT64 -> g.powerOfTwo(a, 0, m, 63);
                    case INT32 -> g.powerOfTwo(a, 0, m, 31);
                    case INT16 -> g.powerOfTwo(a, 0, m, 15);
                    case INT8 -> g.powerOfTwo(a, 0, m, 7);
                    case UINT8 -> g.powerOfTwo(a, 0, m, 8);
                    case BOOL -> g.powerOfTwo(a, 0, m, 1);
                    default -> g.integers(a, 0, m, 0, (1L << digits(s.dtype)) + 1);
                  }
                }));
  }

  private static long highest(DType dtype) {
    return switch (dtype) {
      case BOOL -> 1;
      case UINT8 -> 255;
      case INT8 -> Byte.MAX_VALUE;
      case INT16 -> Short.MAX_VALUE;
      case INT32 -> Integer.MAX_VALUE;
      default -> Long.MAX_VALUE;
    };
  }

  /** Draws the next numbers of a stream into the first n elements. */
  private interface Draw {
    void into(long[] a, int n);
  }

  /** Fills any storage by way of some longs at a time. */
  private static void longs(Storage s, int offset, int n, Draw draw) {
    long[] a = new long[Math.min(n, CHUNK)];
    for (int from = 0; from < n; from += CHUNK) {
      int m = Math.min(CHUNK, n - from);
      draw.into(a, m);
      for (int i = 0; i < m; i++) {
        s.setLong(offset + from + i, a[i]);
      }
    }
  }

  static Tensor bernoulli(Tensor t, double p, Generator g) {
    Objects.requireNonNull(g, "generator");
    requireProbability(p);
    return fill(
        "bernoulli_",
        t,
        (s, o, n) -> {
          switch (s.dtype) {
            case FLOAT32 -> g.bernoulli(s.floats(), o, n, p);
            case FLOAT64 -> g.bernoulli(s.doubles(), o, n, p);
            default -> {
              double[] a = new double[Math.min(n, CHUNK)];
              for (int from = 0; from < n; from += CHUNK) {
                int m = Math.min(CHUNK, n - from);
                g.bernoulli(a, 0, m, p);
                for (int i = 0; i < m; i++) {
                  s.setDouble(o + from + i, a[i]);
                }
              }
            }
          }
        });
  }

  static Tensor bernoulli(Tensor t, Tensor probability, Generator g) {
    Objects.requireNonNull(g, "generator");
    requireFloating("bernoulli", probability);
    t.checkInPlace("bernoulli_");
    t.checkOperand("bernoulli_", probability);
    // The probabilities in the order of the memory of t, from which the draws are in order too.
    Tensor p = like(t, Types.computed(probability.dtype())).copy_(probability.detach());
    Storage s = p.storage;
    int n = t.layout.numel;
    for (int i = 0; i < n; i++) {
      requireProbability(s.getDouble(i));
    }
    if (p.dtype() == DType.FLOAT32) {
      g.bernoulli(s.floats(), 0, n, s.floats(), 0);
    } else {
      g.bernoulli(s.doubles(), 0, n, s.doubles(), 0);
    }
    return t.assign("bernoulli_", p.cast(t.dtype()));
  }

  static Tensor permutation(int n, Generator g) {
    Objects.requireNonNull(g, "generator");
    if (n < 0) {
      throw new IllegalArgumentException("randperm: n must not be negative, was " + n);
    }
    Tensor t = Tensor.empty(DType.INT64, n);
    g.permutation(t.storage.longs(), 0, n);
    return t;
  }

  // ---- in place -----------------------------------------------------------------------------

  private static Tensor fill(String op, Tensor t, Fill fill) {
    t.checkInPlace(op);
    if (t.layout.contiguous && !t.requiresGrad()) {
      fill.apply(t.storage, t.layout.offset, t.layout.numel);
      t.storage.version++;
      return t;
    }
    Tensor dense = like(t, t.dtype());
    fill.apply(dense.storage, 0, t.layout.numel);
    return t.assign(op, dense);
  }

  /** Draws for FLOAT16 and BFLOAT16 are those for FLOAT32, rounded. */
  private static Tensor fillFloating(String op, Tensor t, Fill fill) {
    if (!Reduced.is(t)) {
      return fill(op, t, fill);
    }
    t.checkInPlace(op);
    Tensor wide = like(t, DType.FLOAT32);
    fill.apply(wide.storage, 0, t.layout.numel);
    return t.assign(op, wide.cast(t.dtype()));
  }

  /**
   * A tensor of the shape of another, dense, and in the order of its memory: what is drawn for a
   * transposed tensor is the transpose of what is drawn for the tensor itself.
   */
  static Tensor like(Tensor x, DType dtype) {
    return Tensor.empty(dtype, MemoryOrder.like(x.layout));
  }

  private static void requireFloating(String op, Tensor t) {
    if (!Objects.requireNonNull(t, op).isFloatingPoint()) {
      throw new DTypeException(op + ": needs a floating-point tensor, was " + t.dtype());
    }
  }

  private static void requireProbability(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new IllegalArgumentException("bernoulli: a probability must be from 0 to 1, was " + p);
    }
  }
}
