package dev.facula.nn;

import static dev.facula.nn.EveryLayer.wave;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.DType;
import dev.facula.ShapeException;
import dev.facula.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.junit.jupiter.api.Test;

/** Sequences of different lengths; the numbers are PyTorch's. */
final class RnnUtilsTest {
  /** A number in which every element has a weight of its own. */
  private static Tensor probe(Tensor t) {
    Tensor weights = Tensor.arange(DType.FLOAT64, t.numel()).mul(0.3).add(1).cos();
    return t.mul(weights.reshape(t.shape())).sum();
  }

  /** What a layer gives for packed text: the padded output, then the last states. */
  private interface Run extends BiFunction<PackedSequence, Tensor[], List<Object>> {}

  private static void agrees(
      Module layer, Run run, long[] lengths, boolean sorted, Tensor[] state, double... wanted) {
    EveryLayer.filled(layer);
    int longest = 0;
    for (long n : lengths) {
      longest = (int) Math.max(longest, n);
    }
    Tensor x = wave(0.5, lengths.length, longest, 3).requiresGrad_();
    Tensor given = Tensor.of(lengths, lengths.length);
    PackedSequence packed = RnnUtils.packPaddedSequence(x, given, true, sorted);
    List<Object> results = run.apply(packed, state);
    RnnUtils.Padded padded = RnnUtils.padPackedSequence((PackedSequence) results.get(0), true);
    assertArrayEquals(lengths, padded.lengths().toLongArray());
    List<Double> found = new ArrayList<>();
    Tensor loss = probe(padded.output());
    found.add(loss.item());
    for (Object s : results.subList(1, results.size())) {
      Tensor p = probe((Tensor) s);
      found.add(p.item());
      loss = loss.add(p);
    }
    loss.backward();
    found.add(probe(x.grad()).item());
    double sum = 0;
    for (Tensor p : layer.parameters()) {
      sum += probe(p.grad()).item();
    }
    found.add(sum);
    assertArrayEquals(wanted, found.stream().mapToDouble(d -> d).toArray(), 1e-9);
  }

  private static Run of(LSTM layer) {
    return (packed, state) -> {
      LSTM.PackedResult r =
          layer.forward(packed, state == null ? null : new LSTM.State(state[0], state[1]));
      return List.of(r.output(), r.state().h(), r.state().c());
    };
  }

  private static Run of(GRU layer) {
    return (packed, state) -> {
      GRU.PackedResult r = layer.forward(packed, state == null ? null : state[0]);
      return List.of(r.output(), r.h());
    };
  }

  @Test
  void lstmInBothDirectionsOverUnsortedText() {
    LSTM layer = new LSTM(3, 4, o -> o.bidirectional(true).numLayers(2));
    agrees(
        layer,
        of(layer),
        new long[] {5, 2, 4},
        false,
        null,
        0.103422762302,
        1.831313109427,
        4.476075516975,
        1.333483271984,
        -1.970182640676);
  }

  @Test
  void lstmWithFirstStates() {
    LSTM layer = new LSTM(3, 4, o -> o.bidirectional(true));
    agrees(
        layer,
        of(layer),
        new long[] {5, 5, 2, 1},
        true,
        new Tensor[] {wave(3, 2, 4, 4), wave(4, 2, 4, 4)},
        -0.014893458842,
        0.144575776845,
        0.107523029067,
        -0.960933674738,
        2.726668893051);
  }

  @Test
  void lstmWithProjection() {
    LSTM layer = new LSTM(3, 4, o -> o.bidirectional(true).projSize(2));
    agrees(
        layer,
        of(layer),
        new long[] {2, 4, 3},
        false,
        new Tensor[] {wave(3, 2, 3, 2), wave(4, 2, 3, 4)},
        -0.143839937784,
        0.201253545366,
        2.984599209643,
        -0.031263287572,
        -1.067068922004);
  }

  @Test
  void gru() {
    GRU two = new GRU(3, 4, o -> o.bidirectional(true).numLayers(2));
    agrees(
        two,
        of(two),
        new long[] {5, 2, 4},
        false,
        new Tensor[] {wave(3, 4, 3, 4)},
        1.183376216108,
        1.282705510318,
        1.145563848897,
        7.556008414244);
    GRU one = new GRU(3, 4);
    agrees(
        one,
        of(one),
        new long[] {3, 3},
        false,
        null,
        0.275469767069,
        -0.037383885850,
        -0.332222603129,
        -0.413451429147);
  }

  @Test
  void rnnOfRelu() {
    RNN layer = new RNN(3, 4, o -> o.bidirectional(true).nonlinearity("relu"));
    agrees(
        layer,
        (packed, state) -> {
          RNN.PackedResult r = layer.forward(packed, state[0]);
          return List.of(r.output(), r.h());
        },
        new long[] {1, 3, 3, 2},
        false,
        new Tensor[] {wave(3, 2, 4, 4)},
        -1.905324549777,
        -1.878212517082,
        -0.046488358815,
        8.016759673882);
  }

  @Test
  void packsWithoutThePadding() {
    Tensor x = Tensor.arange(8).reshape(4, 2);
    PackedSequence packed = RnnUtils.packPaddedSequence(x, Tensor.of(2L, 4), false, false);
    assertArrayEquals(new long[] {1, 0, 3, 2, 5, 7}, packed.data().toLongArray());
    assertArrayEquals(new int[] {2, 2, 1, 1}, packed.batchSizes());
    assertArrayEquals(new long[] {1, 0}, packed.sortedIndices().toLongArray());
    assertArrayEquals(new long[] {1, 0}, packed.unsortedIndices().toLongArray());
    RnnUtils.Padded longer = RnnUtils.padPackedSequence(packed, true, -1, 5);
    assertArrayEquals(new long[] {0, 2, -1, -1, -1, 1, 3, 5, 7, -1}, longer.output().toLongArray());
    List<Tensor> parts = RnnUtils.unpackSequence(packed);
    assertArrayEquals(new long[] {0, 2}, parts.get(0).toLongArray());
    assertArrayEquals(new long[] {1, 3, 5, 7}, parts.get(1).toLongArray());
    PackedSequence same = RnnUtils.packSequence(parts, false);
    assertArrayEquals(packed.data().toLongArray(), same.data().toLongArray());
    assertNull(RnnUtils.packPaddedSequence(x, Tensor.of(4L, 4)).sortedIndices());
  }

  @Test
  void padsOnEitherSide() {
    List<Tensor> parts = List.of(Tensor.ones(1), Tensor.ones(3));
    Tensor left = RnnUtils.padSequence(parts, false, 7, "left");
    assertArrayEquals(new double[] {7, 1, 7, 1, 1, 1}, left.toDoubleArray());
    Tensor right = RnnUtils.padSequence(parts, true);
    assertArrayEquals(new double[] {1, 0, 0, 1, 1, 1}, right.toDoubleArray());
  }

  @Test
  void refusesWhatDoesNotFit() {
    Tensor x = Tensor.zeros(4, 2, 3);
    for (long[] lengths : new long[][] {{2, 4}, {4, 0}, {5, 2}}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> RnnUtils.packPaddedSequence(x, Tensor.of(lengths, 2)));
    }
    assertThrows(ShapeException.class, () -> RnnUtils.packPaddedSequence(x, Tensor.of(4L)));
    PackedSequence packed = RnnUtils.packPaddedSequence(x, Tensor.of(4L, 2));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> RnnUtils.padPackedSequence(packed, false, 0, 3));
    assertTrue(e.getMessage().contains("3 < 4"), e.getMessage());
    assertThrows(
        ShapeException.class,
        () -> RnnUtils.padSequence(List.of(Tensor.zeros(2, 3), Tensor.zeros(2, 4))));
    assertThrows(IllegalArgumentException.class, () -> RnnUtils.padSequence(List.of()));
    assertThrows(ShapeException.class, () -> new LSTM(2, 4).forward(packed, null));
    assertThrows(
        IllegalArgumentException.class,
        () -> new PackedSequence(Tensor.zeros(5, 3), new int[] {2, 3}));
    assertEquals(6, packed.data().size(0));
  }
}
