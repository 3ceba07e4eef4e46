package dev.facula.nn;

import dev.facula.DType;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Sequences of different lengths, padded and packed: PyTorch's {@code nn.utils.rnn}.
 *
 * <pre>{@code
 * LSTM lstm = new LSTM(8, 16, o -> o.bidirectional(true).batchFirst(true));
 * Tensor text = Tensor.randn(3, 5, 8); // three texts, padded to five words
 * Tensor lengths = Tensor.of(5, 2, 4);
 * PackedSequence packed = RnnUtils.packPaddedSequence(text, lengths, true, false);
 * LSTM.PackedResult result = lstm.forward(packed, null);
 * Tensor outputs = RnnUtils.padPackedSequence(result.output(), true).output(); // [3, 5, 32]
 * }</pre>
 */
public final class RnnUtils {
  private RnnUtils() {}

  /**
   * A padded batch and its lengths.
   *
   * @param output [longest, batch, *], or the batch first
   * @param lengths of each sequence, INT64
   */
  public record Padded(Tensor output, Tensor lengths) {}

  /** {@link #packPaddedSequence(Tensor, Tensor, boolean, boolean)} of sorted [steps, batch, *]. */
  public static PackedSequence packPaddedSequence(Tensor input, Tensor lengths) {
    return packPaddedSequence(input, lengths, false, true);
  }

  /** {@link #packPaddedSequence(Tensor, Tensor, boolean, boolean)} of sorted sequences. */
  public static PackedSequence packPaddedSequence(
      Tensor input, Tensor lengths, boolean batchFirst) {
    return packPaddedSequence(input, lengths, batchFirst, true);
  }

  /**
   * The steps of a padded batch without the padding.
   *
   * @param input [steps, batch, *], or with batchFirst [batch, steps, *]
   * @param lengths the steps of each sequence, [batch] integers
   * @param enforceSorted whether the lengths have to decrease, so that nothing is reordered
   */
  public static PackedSequence packPaddedSequence(
      Tensor input, Tensor lengths, boolean batchFirst, boolean enforceSorted) {
    String op = "packPaddedSequence";
    if (Objects.requireNonNull(input, "input").dim() < 2) {
      throw new ShapeException(
          op + ": expects [steps, batch, *], got " + Arrays.toString(input.shape()));
    }
    Tensor x = batchFirst ? input.transpose(0, 1) : input;
    int batch = x.size(1);
    long[] given = lengths(op, lengths, batch, x.size(0), 1);
    if (batch == 0) {
      throw new ShapeException(op + ": there is no sequence in " + Arrays.toString(input.shape()));
    }
    Tensor order = Tensor.arange(batch);
    if (!enforceSorted) {
      order = Tensor.of(given, batch).argsort(0, true, true);
    }
    long[] sorted = order.toLongArray();
    int longest = 0;
    int total = 0;
    for (int i = 0; i < batch; i++) {
      if (i > 0 && given[(int) sorted[i]] > given[(int) sorted[i - 1]]) {
        throw new IllegalArgumentException(
            op
                + ": lengths must not increase with enforceSorted, got "
                + Arrays.toString(given)
                + "; pass enforceSorted = false");
      }
      total += (int) given[i];
      longest = (int) Math.max(longest, given[i]);
    }
    int[] sizes = new int[longest];
    long[] rows = new long[total];
    int at = 0;
    for (int t = 0; t < longest; t++) {
      for (int i = 0; i < batch && given[(int) sorted[i]] > t; i++) {
        rows[at++] = (long) t * batch + sorted[i];
        sizes[t]++;
      }
    }
    Tensor data = x.flatten(0, 1).indexSelect(0, Tensor.of(rows, total));
    return enforceSorted
        ? new PackedSequence(data, sizes)
        : new PackedSequence(data, sizes, order, order.argsort());
  }

  /** {@link #padPackedSequence(PackedSequence, boolean, double, int)} with zeros. */
  public static Padded padPackedSequence(PackedSequence sequence) {
    return padPackedSequence(sequence, false);
  }

  /** {@link #padPackedSequence(PackedSequence, boolean, double, int)} with zeros. */
  public static Padded padPackedSequence(PackedSequence sequence, boolean batchFirst) {
    return padPackedSequence(sequence, batchFirst, 0, 0);
  }

  /**
   * Packed sequences as a padded batch, in the order before they were sorted.
   *
   * @param batchFirst whether the result is [batch, steps, *]
   * @param paddingValue what stands behind the end of a sequence
   * @param totalLength the steps of the result, at least those of the longest; 0 for these
   */
  public static Padded padPackedSequence(
      PackedSequence sequence, boolean batchFirst, double paddingValue, int totalLength) {
    int[] sizes = Objects.requireNonNull(sequence, "sequence").batchSizes();
    int batch = sizes[0];
    if (totalLength != 0 && totalLength < sizes.length) {
      throw new IllegalArgumentException(
          "padPackedSequence: totalLength must be at least the length of the longest sequence: %s < %s"
              .formatted(totalLength, sizes.length));
    }
    int steps = Math.max(totalLength, sizes.length);
    Tensor data = sequence.data();
    long[] rows = new long[data.size(0)];
    long[] lengths = new long[batch];
    int at = 0;
    for (int t = 0; t < sizes.length; t++) {
      for (int i = 0; i < sizes[t]; i++) {
        rows[at++] = (long) t * batch + i;
        lengths[i]++;
      }
    }
    int[] shape = data.shape();
    shape[0] = Math.multiplyExact(steps, batch);
    Tensor y =
        Tensor.full(data.dtype(), paddingValue, shape)
            .indexCopy(0, Tensor.of(rows, rows.length), data)
            .unflatten(0, steps, batch);
    Tensor counts = Tensor.of(lengths, batch);
    Tensor order = sequence.unsortedIndices();
    if (order != null) {
      y = y.indexSelect(1, order);
      counts = counts.indexSelect(0, order);
    }
    return new Padded(batchFirst ? y.transpose(0, 1) : y, counts);
  }

  /** {@link #packSequence(List, boolean)} of sequences of decreasing length. */
  public static PackedSequence packSequence(List<Tensor> sequences) {
    return packSequence(sequences, true);
  }

  /** Sequences [length, *] as one; see {@link #packPaddedSequence(Tensor, Tensor)}. */
  public static PackedSequence packSequence(List<Tensor> sequences, boolean enforceSorted) {
    Tensor padded = padSequence(sequences);
    long[] lengths = sequences.stream().mapToLong(s -> s.size(0)).toArray();
    return packPaddedSequence(padded, Tensor.of(lengths, lengths.length), false, enforceSorted);
  }

  /** The sequences of a pack, in the order before they were sorted. */
  public static List<Tensor> unpackSequence(PackedSequence sequence) {
    Padded padded = padPackedSequence(sequence, true);
    return unpadSequence(padded.output, padded.lengths, true);
  }

  /** {@link #padSequence(List, boolean, double, String)} with zeros at the end. */
  public static Tensor padSequence(List<Tensor> sequences) {
    return padSequence(sequences, false);
  }

  /** {@link #padSequence(List, boolean, double, String)} with zeros at the end. */
  public static Tensor padSequence(List<Tensor> sequences, boolean batchFirst) {
    return padSequence(sequences, batchFirst, 0, "right");
  }

  /**
   * Sequences side by side, brought to the length of the longest.
   *
   * @param sequences [length, *] each, alike but for the length
   * @param batchFirst whether the result is [batch, longest, *] and not [longest, batch, *]
   * @param paddingValue what the shorter ones are filled with
   * @param paddingSide on the {@code "right"}, behind them, or on the {@code "left"}
   */
  public static Tensor padSequence(
      List<Tensor> sequences, boolean batchFirst, double paddingValue, String paddingSide) {
    String op = "padSequence";
    Check.oneOf(op, "paddingSide", paddingSide, "right", "left");
    if (Objects.requireNonNull(sequences, "sequences").isEmpty()) {
      throw new IllegalArgumentException(op + ": expects at least one sequence");
    }
    int longest = 0;
    for (Tensor s : sequences) {
      if (Objects.requireNonNull(s, "sequences").dim() == 0) {
        throw new ShapeException(op + ": a sequence needs a dimension for its steps");
      }
      longest = Math.max(longest, s.size(0));
    }
    List<Tensor> all = new ArrayList<>();
    int[] first = sequences.get(0).shape();
    for (Tensor s : sequences) {
      int[] shape = s.shape();
      int[] own = shape.clone();
      own[0] = first[0];
      if (!Arrays.equals(own, first)) {
        throw new ShapeException(
            "%s: sequences may differ in their first dimension only: %s and %s"
                .formatted(op, Arrays.toString(first), Arrays.toString(shape)));
      }
      shape[0] = longest - shape[0];
      Tensor border = Tensor.full(s.dtype(), paddingValue, shape);
      all.add(paddingSide.equals("left") ? Tensor.cat(border, s) : Tensor.cat(s, border));
    }
    return Tensor.stack(all, batchFirst ? 0 : 1);
  }

  /**
   * The sequences of a padded batch.
   *
   * @param padded [longest, batch, *], or with batchFirst [batch, longest, *]
   * @param lengths the steps of each, [batch] integers
   */
  public static List<Tensor> unpadSequence(Tensor padded, Tensor lengths, boolean batchFirst) {
    String op = "unpadSequence";
    if (Objects.requireNonNull(padded, "padded").dim() < 2) {
      throw new ShapeException(
          op + ": expects [steps, batch, *], got " + Arrays.toString(padded.shape()));
    }
    Tensor x = batchFirst ? padded : padded.transpose(0, 1);
    long[] given = lengths(op, lengths, x.size(0), x.size(1), 0);
    List<Tensor> all = new ArrayList<>();
    for (int i = 0; i < given.length; i++) {
      all.add(x.select(0, i).narrow(0, 0, (int) given[i]));
    }
    return all;
  }

  private static long[] lengths(String op, Tensor lengths, int batch, int steps, int least) {
    DType type = Objects.requireNonNull(lengths, "lengths").dtype();
    if (lengths.dim() != 1 || lengths.size(0) != batch || lengths.isFloatingPoint()) {
      throw new ShapeException(
          "%s: expects an integer length for each of the %s sequences, got %s of %s"
              .formatted(op, batch, Arrays.toString(lengths.shape()), type));
    }
    long[] given = lengths.toLongArray();
    for (long n : given) {
      if (n < least || n > steps) {
        throw new IllegalArgumentException(
            "%s: lengths must lie between %s and the %s steps of the batch, got %s"
                .formatted(op, least, steps, Arrays.toString(given)));
      }
    }
    return given;
  }
}
