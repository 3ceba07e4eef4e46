package dev.facula.nn;

import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the layers that give their input another size have in common. */
public abstract class UpsampleLayer extends Layer {
  private final UpsampleOptions o;

  UpsampleLayer(UpsampleOptions defaults, Consumer<UpsampleOptions> options) {
    o = Check.with(defaults, options);
    if ((o.size == null) == (o.scaleFactor == null)) {
      throw new IllegalArgumentException(
          name()
              + ": either size or scaleFactor has to be set, not "
              + (o.size == null ? "none" : "both"));
    }
  }

  /** The size of the output, or null where a factor is given. */
  public final int @Nullable [] size() {
    int[] size = o.size;
    return size == null ? null : size.clone();
  }

  /** The size of the output by that of the input, or null where the size is given. */
  public final double @Nullable [] scaleFactor() {
    double[] factor = o.scaleFactor;
    return factor == null ? null : factor.clone();
  }

  /** How elements between those of the input are computed. */
  public final String mode() {
    return o.mode;
  }

  /** Whether the corners' centres stay where they are; null if it was not said. */
  public final @Nullable Boolean alignCorners() {
    return o.alignCorners;
  }

  /** Whether the factor is computed anew from the sizes. */
  public final boolean recomputeScaleFactor() {
    return o.recomputeScaleFactor;
  }

  @Override
  final Tensor compute(Tensor input) {
    return Functional.interpolate(
        input,
        f -> {
          int[] size = o.size;
          double[] factor = o.scaleFactor;
          if (size != null) {
            f.size(size);
          }
          if (factor != null) {
            f.scaleFactor(factor);
          }
          if (o.alignCorners != null) {
            f.alignCorners(o.alignCorners);
          }
          f.mode(o.mode).recomputeScaleFactor(o.recomputeScaleFactor);
        });
  }

  @Override
  protected final String extraRepr() {
    double[] factor = o.scaleFactor;
    int[] size = o.size;
    String how = size == null ? "" : "size=" + Check.given(size);
    if (factor != null) {
      String all = Arrays.stream(factor).mapToObj(Check::python).collect(Collectors.joining(", "));
      how = "scale_factor=" + (factor.length == 1 ? all : "(" + all + ")");
    }
    return how + ", mode='" + o.mode + "'";
  }
}
