package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reductions and normalizations of the elements that a mask chooses, as in PyTorch's {@code
 * torch.masked}. A mask is true where an element counts; it broadcasts to the input, and null
 * stands for one that is true everywhere.
 *
 * <pre>{@code
 * Tensor x = Tensor.of(new float[][] {{1, 2}, {3, 4}});
 * Tensor mask = Tensor.of(new boolean[] {true, false}, 2);
 * Masked.sum(x, mask); // 4
 * Masked.mean(x, mask, 1); // [1, 3]
 * }</pre>
 */
public final class Masked {
  private Masked() {}

  /** {@link #sum(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor sum(Tensor x, @Nullable Tensor mask, int... dims) {
    return sum(x, mask, o -> o.dim(dims));
  }

  /** The sum of the elements under the mask; 0 where there are none. */
  public static Tensor sum(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    Tensor y = fill("masked.sum", x, mask, 0);
    return y.to(sumType(x, o.dtype)).sum(o.dim, o.keepdim);
  }

  /** {@link #prod(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor prod(Tensor x, @Nullable Tensor mask, int... dims) {
    return prod(x, mask, o -> o.dim(dims));
  }

  /** The product of the elements under the mask; 1 where there are none. */
  public static Tensor prod(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    Tensor y = fill("masked.prod", x, mask, 1).to(sumType(x, o.dtype));
    int[] dims = Shapes.dims("masked.prod", o.dim, x.dim());
    for (int i = dims.length - 1; i >= 0 && y.dim() > 0; i--) {
      y = y.prod(dims[i], o.keepdim);
    }
    return y;
  }

  /** {@link #mean(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor mean(Tensor x, @Nullable Tensor mask, int... dims) {
    return mean(x, mask, o -> o.dim(dims));
  }

  /** The mean of the elements under the mask; NaN where there are none. */
  public static Tensor mean(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    DType type = o.dtype == null ? x.dtype() : o.dtype;
    if (!type.isFloatingPoint()) {
      throw new DTypeException(
          "masked.mean: the result must be of floating point, would be %s; name a dtype"
              .formatted(type));
    }
    Tensor total = sum(x, mask, p -> p.dim(o.dim).keepdim(o.keepdim).dtype(type));
    return total.div(count("masked.mean", x, mask, o.dim, o.keepdim));
  }

  /** {@link #amax(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor amax(Tensor x, @Nullable Tensor mask, int... dims) {
    return amax(x, mask, o -> o.dim(dims));
  }

  /**
   * The largest of the elements under the mask; the smallest value of the type where there are
   * none.
   */
  public static Tensor amax(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    return typed(fill("masked.amax", x, mask, least(x)).amax(o.dim, o.keepdim), x, o.dtype);
  }

  /** {@link #amin(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor amin(Tensor x, @Nullable Tensor mask, int... dims) {
    return amin(x, mask, o -> o.dim(dims));
  }

  /**
   * The smallest of the elements under the mask; the largest value of the type where there are
   * none.
   */
  public static Tensor amin(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    return typed(fill("masked.amin", x, mask, most(x)).amin(o.dim, o.keepdim), x, o.dtype);
  }

  /** {@link #logsumexp(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor logsumexp(Tensor x, @Nullable Tensor mask, int... dims) {
    return logsumexp(x, mask, o -> o.dim(dims));
  }

  /**
   * The logarithm of the sum of the exponentials of the elements under the mask; the smallest value
   * of the type where there are none.
   */
  public static Tensor logsumexp(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    Tensor y = fill("masked.logsumexp", x, mask, least(x)).logsumexp(o.dim, o.keepdim);
    return typed(y, x, o.dtype);
  }

  /** {@link #var(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor var(Tensor x, @Nullable Tensor mask, int... dims) {
    return var(x, mask, o -> o.dim(dims));
  }

  /**
   * The variance of the elements under the mask; NaN where there are too few. Integers give
   * FLOAT32.
   */
  public static Tensor var(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    return var("masked.var", x, mask, options(options));
  }

  /** {@link #std(Tensor, Tensor, Consumer)} over dimensions; over all if none is named. */
  public static Tensor std(Tensor x, @Nullable Tensor mask, int... dims) {
    return std(x, mask, o -> o.dim(dims));
  }

  /**
   * The standard deviation of the elements under the mask; NaN where there are too few. Integers
   * give FLOAT32.
   */
  public static Tensor std(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    return var("masked.std", x, mask, options(options)).sqrt();
  }

  /** {@link #argmax(Tensor, Tensor, Consumer)} of all elements. */
  public static Tensor argmax(Tensor x, @Nullable Tensor mask) {
    return argmax(x, mask, o -> {});
  }

  /**
   * Where the largest of the elements under the mask is, along one dimension or of all. As in
   * PyTorch the places are of the type of the input, unless the options name another.
   */
  public static Tensor argmax(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    Tensor y = fill("masked.argmax", x, mask, least(x));
    if (o.dim.length > 1) {
      throw new IllegalArgumentException(
          "masked.argmax: expects at most one dimension, got " + Shapes.format(o.dim));
    }
    Tensor at = o.dim.length == 1 ? y.argmax(o.dim[0], o.keepdim) : y.argmax();
    if (o.dim.length == 0 && o.keepdim) {
      at = at.reshape(Reductions.kept("masked.argmax", x, o.dim));
    }
    return typed(at, x, o.dtype);
  }

  /** {@link #argmin(Tensor, Tensor, Consumer)} of all elements. */
  public static Tensor argmin(Tensor x, @Nullable Tensor mask) {
    return argmin(x, mask, o -> {});
  }

  /**
   * Where the smallest of the elements under the mask is, along one dimension or of all. As in
   * PyTorch the places are of the type of the input, unless the options name another.
   */
  public static Tensor argmin(Tensor x, @Nullable Tensor mask, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    Tensor y = fill("masked.argmin", x, mask, most(x));
    if (o.dim.length > 1) {
      throw new IllegalArgumentException(
          "masked.argmin: expects at most one dimension, got " + Shapes.format(o.dim));
    }
    Tensor at = o.dim.length == 1 ? y.argmin(o.dim[0], o.keepdim) : y.argmin();
    if (o.dim.length == 0 && o.keepdim) {
      at = at.reshape(Reductions.kept("masked.argmin", x, o.dim));
    }
    return typed(at, x, o.dtype);
  }

  /** {@link #norm(Tensor, Tensor, double, Consumer)} over dimensions; over all if none is named. */
  public static Tensor norm(Tensor x, @Nullable Tensor mask, double ord, int... dims) {
    return norm(x, mask, ord, o -> o.dim(dims));
  }

  /** The vector norm of an order of the elements under the mask. */
  public static Tensor norm(
      Tensor x, @Nullable Tensor mask, double ord, Consumer<MaskedOptions> options) {
    MaskedOptions o = options(options);
    Promotion.requireFloating("masked.norm", Objects.requireNonNull(x, "x"));
    boolean least = ord == Double.NEGATIVE_INFINITY;
    Tensor y = fill("masked.norm", x, mask, least ? (Number) Double.POSITIVE_INFINITY : 0);
    return typed(y, x, o.dtype).norm(ord, o.dim, o.keepdim);
  }

  /**
   * The lower median of the elements under the mask along a dimension; NaN where there are none.
   *
   * @throws IllegalArgumentException if there are none in a row of integers
   */
  public static Tensor median(Tensor x, @Nullable Tensor mask, int dim) {
    return median(x, mask, dim, false);
  }

  /** {@link #median(Tensor, Tensor, int)} that leaves the dimension with size 1. */
  public static Tensor median(Tensor x, @Nullable Tensor mask, int dim, boolean keepdim) {
    boolean floating = Objects.requireNonNull(x, "x").isFloatingPoint();
    Tensor values = floating ? x : x.to(DType.FLOAT32);
    Tensor y = fill("masked.median", values, mask, Double.NaN).nanmedian(dim, keepdim).values();
    if (!floating && y.isnan().any().itemBoolean()) {
      throw new IllegalArgumentException(
          "masked.median: a row of %s has no element under the mask, and no NaN to say so; convert"
                  .formatted(x.dtype())
              + " the input to floating point");
    }
    return y.to(x.dtype());
  }

  /** The running sum along a dimension, in which elements outside of the mask count as 0. */
  public static Tensor cumsum(Tensor x, @Nullable Tensor mask, int dim) {
    return cumsum(x, mask, dim, null);
  }

  /** {@link #cumsum(Tensor, Tensor, int)} in another type. */
  public static Tensor cumsum(Tensor x, @Nullable Tensor mask, int dim, @Nullable DType dtype) {
    Tensor y = fill("masked.cumsum", x, mask, 0);
    return typed(typed(y, x, dtype).cumsum(dim), x, dtype);
  }

  /** The running product along a dimension, in which elements outside of the mask count as 1. */
  public static Tensor cumprod(Tensor x, @Nullable Tensor mask, int dim) {
    return cumprod(x, mask, dim, null);
  }

  /** {@link #cumprod(Tensor, Tensor, int)} in another type. */
  public static Tensor cumprod(Tensor x, @Nullable Tensor mask, int dim, @Nullable DType dtype) {
    Tensor y = fill("masked.cumprod", x, mask, 1);
    return typed(typed(y, x, dtype).cumprod(dim), x, dtype);
  }

  /** The softmax along a dimension of the elements under the mask; the others become 0. */
  public static Tensor softmax(Tensor x, @Nullable Tensor mask, int dim) {
    return softmax(x, mask, dim, null);
  }

  /** {@link #softmax(Tensor, Tensor, int)} in another type. */
  public static Tensor softmax(Tensor x, @Nullable Tensor mask, int dim, @Nullable DType dtype) {
    return typed(fill("masked.softmax", x, mask, least(x)), x, dtype).softmax(dim);
  }

  /** The logarithm of the softmax of the elements under the mask; the others become -infinity. */
  public static Tensor logSoftmax(Tensor x, @Nullable Tensor mask, int dim) {
    return logSoftmax(x, mask, dim, null);
  }

  /** {@link #logSoftmax(Tensor, Tensor, int)} in another type. */
  public static Tensor logSoftmax(Tensor x, @Nullable Tensor mask, int dim, @Nullable DType dtype) {
    return typed(fill("masked.logSoftmax", x, mask, least(x)), x, dtype).logSoftmax(dim);
  }

  /** The softmax of the negated elements under the mask; the others become 0. */
  public static Tensor softmin(Tensor x, @Nullable Tensor mask, int dim) {
    return softmin(x, mask, dim, null);
  }

  /** {@link #softmin(Tensor, Tensor, int)} in another type. */
  public static Tensor softmin(Tensor x, @Nullable Tensor mask, int dim, @Nullable DType dtype) {
    return typed(fill("masked.softmin", x, mask, most(x)), x, dtype).neg().softmax(dim);
  }

  /** {@link #normalize(Tensor, Tensor, double, int, double)} with an eps of 1e-12. */
  public static Tensor normalize(Tensor x, @Nullable Tensor mask, double ord, int dim) {
    return normalize(x, mask, ord, dim, 1e-12);
  }

  /**
   * The elements under the mask divided by their norm along a dimension, or by eps if that is
   * larger; the others become 0.
   */
  public static Tensor normalize(Tensor x, @Nullable Tensor mask, double ord, int dim, double eps) {
    Tensor norm = norm(x, mask, ord, o -> o.dim(dim).keepdim(true));
    return fill("masked.normalize", x, mask, 0).div(norm.maximum(Tensor.scalar(norm.dtype(), eps)));
  }

  /** log(exp(x) + exp(other)), in which elements outside of their mask do not count. */
  public static Tensor logaddexp(
      Tensor x, Tensor other, @Nullable Tensor inputMask, @Nullable Tensor otherMask) {
    Tensor b = fill("masked.logaddexp", other, otherMask, least(other));
    return fill("masked.logaddexp", x, inputMask, least(x)).logaddexp(b).to(x.dtype());
  }

  private static MaskedOptions options(Consumer<MaskedOptions> options) {
    return Options.with(new MaskedOptions(), options);
  }

  /** The variance with the mean and the number of the elements under the mask. */
  private static Tensor var(String op, Tensor x, @Nullable Tensor mask, MaskedOptions o) {
    boolean floating = Objects.requireNonNull(x, "x").isFloatingPoint();
    DType type = o.dtype != null ? o.dtype : floating ? x.dtype() : DType.FLOAT32;
    DType computed = type.isFloatingPoint() ? type : DType.FLOAT32;
    Tensor count = count(op, x, mask, o.dim, true);
    Tensor mean = sum(x, mask, p -> p.dim(o.dim).keepdim(true).dtype(type)).div(count);
    Tensor squares = x.sub(mean).square();
    Tensor total = sum(squares, mask, p -> p.dim(o.dim).keepdim(o.keepdim).dtype(computed));
    Tensor n = count.reshape(total.layout.shape).to(computed);
    return total.div(o.correction == 0 ? n : n.sub(o.correction).clamp(0, null)).to(type);
  }

  /** How many elements under the mask each result is of. */
  private static Tensor count(
      String op, Tensor x, @Nullable Tensor mask, int[] dims, boolean keepdim) {
    Tensor under = mask == null ? Tensor.scalar(DType.BOOL, 1) : mask;
    return broadcast(op, under, x).sum(dims, keepdim);
  }

  private static Tensor broadcast(String op, Tensor mask, Tensor x) {
    int[] shape = mask.layout.shape;
    int[] own = Objects.requireNonNull(x, "x").layout.shape;
    if (shape.length > own.length || !fits(shape, own)) {
      throw Shapes.error("%s: a mask of %s does not broadcast to an input of %s", op, shape, own);
    }
    return mask.to(DType.BOOL).expand(own);
  }

  private static boolean fits(int[] shape, int[] own) {
    for (int i = 1; i <= shape.length; i++) {
      int size = shape[shape.length - i];
      if (size != 1 && size != own[own.length - i]) {
        return false;
      }
    }
    return true;
  }

  /** The input with a number that changes nothing for the elements outside of the mask. */
  private static Tensor fill(String op, Tensor x, @Nullable Tensor mask, @Nullable Number value) {
    Objects.requireNonNull(x, "x");
    if (mask == null) {
      return x;
    }
    if (value == null) {
      throw new DTypeException(
          op + ": " + x.dtype() + " has no smallest number; convert the input");
    }
    return x.maskedFill(broadcast(op, mask, x).logicalNot(), value);
  }

  /** The smallest number of a type. */
  private static @Nullable Number least(Tensor x) {
    return switch (Objects.requireNonNull(x, "x").dtype()) {
      case BOOL -> null;
      case UINT8 -> 0L;
      case INT8 -> (long) Byte.MIN_VALUE;
      case INT16 -> (long) Short.MIN_VALUE;
      case INT32 -> (long) Integer.MIN_VALUE;
      case INT64 -> Long.MIN_VALUE;
      default -> Double.NEGATIVE_INFINITY;
    };
  }

  /** The largest number of a type. */
  private static @Nullable Number most(Tensor x) {
    return switch (Objects.requireNonNull(x, "x").dtype()) {
      case BOOL -> null;
      case UINT8 -> 255L;
      case INT8 -> (long) Byte.MAX_VALUE;
      case INT16 -> (long) Short.MAX_VALUE;
      case INT32 -> (long) Integer.MAX_VALUE;
      case INT64 -> Long.MAX_VALUE;
      default -> Double.POSITIVE_INFINITY;
    };
  }

  private static DType sumType(Tensor x, @Nullable DType dtype) {
    return dtype != null ? dtype : x.isFloatingPoint() ? x.dtype() : DType.INT64;
  }

  private static Tensor typed(Tensor y, Tensor x, @Nullable DType dtype) {
    return y.to(dtype == null ? x.dtype() : dtype);
  }
}
