package dev.facula;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Optional arguments of the methods of {@link Tensor} that have many. */
public final class TensorOptions {
  private TensorOptions() {}

  static <T> T of(T options, Consumer<? super T> setter) {
    Objects.requireNonNull(setter, "options").accept(options);
    return options;
  }

  /** Of {@link Tensor#isclose} and {@link Tensor#allclose}. */
  public static final class Close {
    double rtol = 1e-5;
    double atol = 1e-8;
    boolean equalNan;

    Close() {}

    /** The relative tolerance. Default: 1e-5. */
    public Close rtol(double rtol) {
      this.rtol = rtol;
      return this;
    }

    /** The absolute tolerance. Default: 1e-8. */
    public Close atol(double atol) {
      this.atol = atol;
      return this;
    }

    /** Whether NaN is close to NaN. Default: false. */
    public Close equalNan(boolean equalNan) {
      this.equalNan = equalNan;
      return this;
    }
  }

  /** Of {@link Tensor#quantile} and {@link Tensor#nanquantile}. */
  public static final class Quantile {
    @Nullable Integer dim;
    boolean keepdim;
    String interpolation = "linear";

    Quantile() {}

    /** Along which dimension. Default: of all elements. */
    public Quantile dim(Integer dim) {
      this.dim = dim;
      return this;
    }

    /** Leaves a dimension of size 1. Default: false. */
    public Quantile keepdim(boolean keepdim) {
      this.keepdim = keepdim;
      return this;
    }

    /** Between neighbours: linear, lower, higher, midpoint, nearest. Default: linear. */
    public Quantile interpolation(String interpolation) {
      this.interpolation = interpolation;
      return this;
    }
  }

  /** Of {@link Tensor#searchsorted} and {@link Tensor#bucketize}. */
  public static final class Search {
    boolean outInt32;
    boolean right;
    @Nullable Tensor sorter;

    Search() {}

    /** Whether the places are INT32 instead of INT64. Default: false. */
    public Search outInt32(boolean outInt32) {
      this.outInt32 = outInt32;
      return this;
    }

    /** Whether equal numbers have the place behind. Default: false. */
    public Search right(boolean right) {
      this.right = right;
      return this;
    }

    /** The same by name: "left" or "right". Default: left. */
    public Search side(String side) {
      if (!side.equals("left") && !side.equals("right")) {
        throw new IllegalArgumentException(
            "searchsorted: side must be \"left\" or \"right\", was \"" + side + "\"");
      }
      return right(side.equals("right"));
    }

    /** The order that sorts an unsorted sequence, for searchsorted. Default: it is sorted. */
    public Search sorter(Tensor sorter) {
      this.sorter = sorter;
      return this;
    }
  }

  /** Of {@link Tensor#sort} and {@link Tensor#argsort}. */
  public static final class Sort {
    int dim = -1;
    boolean descending;
    boolean stable;

    Sort() {}

    /** Along which dimension. Default: the last. */
    public Sort dim(int dim) {
      this.dim = dim;
      return this;
    }

    /** From large to small. Default: false. */
    public Sort descending(boolean descending) {
      this.descending = descending;
      return this;
    }

    /** Whether equal elements keep their order. Default: false. */
    public Sort stable(boolean stable) {
      this.stable = stable;
      return this;
    }
  }

  /** Of {@link Tensor#unique} and {@link Tensor#uniqueConsecutive}. */
  public static final class Unique {
    boolean sorted = true;
    boolean returnInverse;
    boolean returnCounts;
    @Nullable Integer dim;

    Unique() {}

    /** Whether the values are sorted, as they always are. Default: true. */
    public Unique sorted(boolean sorted) {
      this.sorted = sorted;
      return this;
    }

    /** Gives the place of each element among the values too. Default: false. */
    public Unique returnInverse(boolean returnInverse) {
      this.returnInverse = returnInverse;
      return this;
    }

    /** Gives how often each value occurs too. Default: false. */
    public Unique returnCounts(boolean returnCounts) {
      this.returnCounts = returnCounts;
      return this;
    }

    /** Slices of a dimension instead of elements. Default: elements. */
    public Unique dim(Integer dim) {
      this.dim = dim;
      return this;
    }
  }

  /** Of {@link Tensor#diff}. */
  public static final class Diff {
    int n = 1;
    int dim = -1;
    @Nullable Tensor prepend;
    @Nullable Tensor append;

    Diff() {}

    /** How many times. Default: 1. */
    public Diff n(int n) {
      this.n = n;
      return this;
    }

    /** Along which dimension. Default: the last. */
    public Diff dim(int dim) {
      this.dim = dim;
      return this;
    }

    /** What comes before the elements. Default: nothing. */
    public Diff prepend(Tensor prepend) {
      this.prepend = prepend;
      return this;
    }

    /** What comes after the elements. Default: nothing. */
    public Diff append(Tensor append) {
      this.append = append;
      return this;
    }
  }

  /** Of {@link Tensor#var}, {@link Tensor#std} and those with the mean. */
  public static final class Variance {
    double correction = 1;
    boolean keepdim;

    Variance() {}

    /** What is taken off the number of elements. Default: 1. */
    public Variance correction(double correction) {
      this.correction = correction;
      return this;
    }

    /** Leaves dimensions of size 1. Default: false. */
    public Variance keepdim(boolean keepdim) {
      this.keepdim = keepdim;
      return this;
    }
  }

  /** Of {@link Tensor#topk}. */
  public static final class TopK {
    int dim = -1;
    boolean largest = true;
    boolean sorted = true;

    TopK() {}

    /** Along which dimension. Default: the last. */
    public TopK dim(int dim) {
      this.dim = dim;
      return this;
    }

    /** The largest elements, else the smallest. Default: true. */
    public TopK largest(boolean largest) {
      this.largest = largest;
      return this;
    }

    /** In order. Default: true. */
    public TopK sorted(boolean sorted) {
      this.sorted = sorted;
      return this;
    }
  }

  /** Of {@link Tensor#nanToNum}. */
  public static final class NanToNum {
    @Nullable Double nan;
    @Nullable Double posinf;
    @Nullable Double neginf;

    NanToNum() {}

    /** What NaN becomes. Default: 0. */
    public NanToNum nan(double nan) {
      this.nan = nan;
      return this;
    }

    /** What infinity becomes. Default: the largest finite number. */
    public NanToNum posinf(double posinf) {
      this.posinf = posinf;
      return this;
    }

    /** What negative infinity becomes. Default: the smallest finite number. */
    public NanToNum neginf(double neginf) {
      this.neginf = neginf;
      return this;
    }
  }
}
