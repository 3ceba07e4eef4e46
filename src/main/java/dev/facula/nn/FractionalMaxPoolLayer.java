package dev.facula.nn;

import dev.facula.FractionalMaxPoolOptions;
import dev.facula.Functional;
import dev.facula.Tensor;
import dev.facula.ValuesIndices;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What fractional max pooling over two and three dimensions has in common. */
public abstract class FractionalMaxPoolLayer extends Layer {
  private final int rank;
  private final int[] kernelSize;
  private final @Nullable Slot samples;
  private final Consumer<FractionalMaxPoolOptions> options;

  FractionalMaxPoolLayer(int rank, int[] kernelSize, Consumer<FractionalMaxPoolOptions> options) {
    FractionalMaxPoolOptions o = Check.with(new FractionalMaxPoolOptions(), options);
    if ((o.outputSize() == null) == (o.outputRatio() == null)) {
      throw new IllegalArgumentException(name() + ": needs either outputSize or outputRatio");
    }
    double[] ratios = o.outputRatio();
    for (double ratio : ratios == null ? new double[0] : ratios) {
      if (!(ratio > 0 && ratio < 1)) {
        throw new IllegalArgumentException(
            name() + ": outputRatio must lie between 0 and 1, was " + ratio);
      }
    }
    this.rank = rank;
    this.kernelSize = Check.sizes(name(), "kernelSize", kernelSize, rank, 1);
    Tensor given = o.randomSamples();
    samples = given == null ? null : bufferSlot("_random_samples", given, true);
    this.options = options.andThen(p -> p.randomSamples(Slot.read(samples)));
  }

  /** The size of the windows in each dimension. */
  public final int[] kernelSize() {
    return kernelSize.clone();
  }

  @Override
  final Tensor compute(Tensor x) {
    return pool(x).values();
  }

  /** The largest elements, and where in its channel of the input, flattened, each was found. */
  public final ValuesIndices forwardWithIndices(Tensor x) {
    return hooked() ? call(this::forwardWithIndices, x) : pool(x);
  }

  private ValuesIndices pool(Tensor x) {
    return rank == 2
        ? Functional.fractionalMaxPool2dWithIndices(x, kernelSize, options)
        : Functional.fractionalMaxPool3dWithIndices(x, kernelSize, options);
  }

  @Override
  protected final String extraRepr() {
    return "kernel_size=" + Check.tuple(kernelSize);
  }
}
