package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.Objects;

/**
 * The largest elements of windows at steps of two lengths, in an order that numbers from a random
 * stream choose; Graham (2014), Fractional Max-Pooling.
 */
final class FractionalPooling {
  private FractionalPooling() {}

  static ValuesIndices max(int rank, Tensor x, int[] kernel, FractionalMaxPoolOptions o) {
    String op = "fractionalMaxPool" + rank + "d";
    int dims = Objects.requireNonNull(x, "x").dim();
    Objects.requireNonNull(kernel, "kernelSize");
    int[] own = x.layout.shape;
    if (dims != rank + 1 && dims != rank + 2) {
      throw Shapes.error(
          "%s: expects an input of %s dimensions, or of %s without a batch, got %s",
          op, rank + 2, rank + 1, own);
    }
    Promotion.requireFloating(op, x);
    int[] k = Convolution.sizes(op, "kernelSize", kernel, rank, 1);
    int[] in = Arrays.copyOfRange(own, dims - rank, dims);
    int[] out = outputSize(op, in, o);
    for (int i = 0; i < rank; i++) {
      if (out[i] < 1 || out[i] + k[i] - 1L > in[i]) {
        throw Shapes.error(
            "%s: an output of %s with a kernel of %s does not fit an input of %s (%s + %s - 1 >"
                + " %s)",
            op, out, k, own, out[i], k[i], in[i]);
      }
    }
    int batch = dims == rank + 1 ? 1 : own[0];
    int channels = own[dims - rank - 1];
    Tensor samples = o.randomSamples;
    if (samples == null) {
      samples = Tensor.rand(x.dtype(), batch, channels, rank);
    } else if (samples.dim() != 3
        || samples.size(0) < batch
        || samples.size(1) != channels
        || samples.size(2) != rank) {
      throw Shapes.error(
          "%s: randomSamples must be [%s, %s, %s] for an input of %s, got %s",
          op, batch, channels, rank, own, samples.layout.shape);
    } else if (samples.dtype() != x.dtype()) {
      throw new DTypeException(
          "%s: input and randomSamples differ in type: %s and %s"
              .formatted(op, x.dtype(), samples.dtype()));
    }
    int[] shape = own.clone();
    System.arraycopy(out, 0, shape, dims - rank, rank);
    return search(op, x, k, in, out, shape, samples.narrow(0, 0, batch).toDoubleArray());
  }

  private static int[] outputSize(String op, int[] in, FractionalMaxPoolOptions o) {
    int rank = in.length;
    if ((o.outputSize == null) == (o.outputRatio == null)) {
      throw new IllegalArgumentException(op + ": needs either outputSize or outputRatio");
    }
    if (o.outputSize != null) {
      return Convolution.sizes(op, "outputSize", o.outputSize, rank, 1);
    }
    double[] ratio = Objects.requireNonNull(o.outputRatio);
    if (ratio.length != 1 && ratio.length != rank) {
      throw new IllegalArgumentException(
          "%s: outputRatio needs 1 or %s numbers, got %s".formatted(op, rank, ratio.length));
    }
    int[] out = new int[rank];
    for (int i = 0; i < rank; i++) {
      double r = ratio[ratio.length == 1 ? 0 : i];
      if (!(r > 0 && r < 1)) {
        throw new IllegalArgumentException(
            op + ": outputRatio must lie between 0 and 1, was " + Arrays.toString(ratio));
      }
      out[i] = (int) (in[i] * r);
    }
    return out;
  }

  private static ValuesIndices search(
      String op, Tensor x, int[] k, int[] in, int[] out, int[] shape, double[] samples) {
    int rank = in.length;
    boolean deep = rank == 3;
    boolean single = x.dtype() == DType.FLOAT32;
    int plane = Shapes.numel(op, in);
    int[] at = new int[Shapes.numel(op, shape)];
    long[] inPlane = new long[at.length];
    Tensor a = x.detach().contiguous();
    int next = 0;
    for (int p = 0; p < samples.length / rank; p++) {
      int[][] starts = new int[rank][];
      for (int i = 0; i < rank; i++) {
        // the numbers for a plane are those of its width and height; of a volume, front to back
        double sample = samples[p * rank + (deep ? i : 1 - i)];
        starts[i] = starts(sample, in[i], out[i], k[i], single);
      }
      for (int t : deep ? starts[0] : new int[1]) {
        for (int h : starts[rank - 2]) {
          for (int w : starts[rank - 1]) {
            int best = (t * in[rank - 2] + h) * in[rank - 1] + w;
            double most = Double.NEGATIVE_INFINITY;
            for (int d = t; d < t + (deep ? k[0] : 1); d++) {
              for (int i = h; i < h + k[rank - 2]; i++) {
                for (int j = w; j < w + k[rank - 1]; j++) {
                  int place = (d * in[rank - 2] + i) * in[rank - 1] + j;
                  double v = a.storage.getDouble(a.layout.offset + p * plane + place);
                  if (v > most || Double.isNaN(v)) {
                    most = v;
                    best = place;
                  }
                }
              }
            }
            at[next] = p * plane + best;
            inPlane[next++] = best;
          }
        }
      }
    }
    return new ValuesIndices(Positions.take(op, x, at, shape), Tensor.of(inPlane, shape));
  }

  /** Where the windows begin: rounded in the type of the input, as in PyTorch. */
  private static int[] starts(double sample, int in, int out, int kernel, boolean single) {
    int[] starts = new int[out];
    for (int i = 0; i < out - 1; i++) {
      if (single) {
        float alpha = (float) (in - kernel) / (out - 1);
        starts[i] = (int) ((i + (float) sample) * alpha) - (int) ((float) sample * alpha);
      } else {
        double alpha = (double) (in - kernel) / (out - 1);
        starts[i] = (int) ((i + sample) * alpha) - (int) (sample * alpha);
      }
    }
    starts[out - 1] = in - kernel;
    return starts;
  }
}
