package dev.facula;

import static dev.facula.Functional.*;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What a PyTorch user writes first, for every function: the defaults, the short forms and the
 * options give PyTorch's type, shape and values. A line holds the sum of all elements, each times
 * the cosine of 0.9 its index, from PyTorch 2.13.
 */
final class FunctionalLinesTest {
  private final Tensor img = wave(2, 4, 6, 6);
  private final Tensor seq = wave(2, 4, 9);
  private final Tensor vol = wave(1, 4, 4, 4, 4);
  private final Tensor w1 = wave(3, 4, 3);
  private final Tensor w2 = wave(3, 4, 3, 3);
  private final Tensor w3 = wave(3, 4, 2, 2, 2);
  private final Tensor wt1 = wave(4, 3, 3);
  private final Tensor wt2 = wave(4, 3, 3, 3);
  private final Tensor wt3 = wave(4, 3, 2, 2, 2);
  private final Tensor g2 = wave(4, 2, 3, 3);
  private final Tensor w5 = wave(2, 5, 5);
  private final Tensor w55 = wave(5, 5);
  private final Tensor b3 = wave(3);
  private final Tensor c4 = wave(4);
  private final Tensor c5 = wave(5).abs();
  private final Tensor pos = wave(4).abs().add(0.5);
  private final Tensor m = wave(3, 5);
  private final Tensor n = wave(15).flip(0).reshape(3, 5);
  private final Tensor k = wave(3, 5).mul(3);
  private final Tensor p = m.sigmoid();
  private final Tensor q = n.sigmoid();
  private final Tensor v = n.abs().add(0.1);
  private final Tensor pm = Tensor.of(new float[] {1, -1, 1});
  private final Tensor pn = n.gt(0).to(DType.FLOAT32).mul(2).sub(1);
  private final Tensor cls = Tensor.of(new long[] {1, 0, 4});
  private final Tensor ids = Tensor.of(new long[] {1, 0, 5, 1}, 2, 2);
  private final Tensor lab =
      Tensor.of(new long[] {1, 3, -1, 0, 0, 0, -1, 1, 1, 1, 4, 2, 1, -1, 0}, 3, 5);
  private final Tensor table = wave(6, 3);
  private final Tensor q4 = wave(1, 2, 4, 3);
  private final Tensor k4 = q4.flip(2);
  private final Tensor v4 = q4.mul(0.5);
  private final Tensor mask = Tensor.ones(4, 4).tril().to(DType.BOOL);
  private final ValuesIndices maxed = maxPool2dWithIndices(img, 2);

  private static Tensor wave(int... shape) {
    Tensor at = Tensor.arange((int) Shapes.product(shape)).to(DType.FLOAT64);
    return at.mul(0.7).add(0.3).sin().to(DType.FLOAT32).reshape(shape);
  }

  private record Line(String wanted, double sum, Supplier<Tensor> call) {}

  private static Line line(String wanted, double sum, Supplier<Tensor> call) {
    return new Line(wanted, sum, call);
  }

  private static void check(Line... lines) {
    List<String> faults = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      Tensor y = lines[i].call.get();
      String got = y.dtype().name() + " " + Arrays.toString(y.shape()).replace(" ", "");
      double sum = 0;
      double[] values = y.toDoubleArray();
      for (int j = 0; j < values.length; j++) {
        sum += values[j] * Math.cos(0.9 * j);
      }
      if (!got.equals(lines[i].wanted)
          || !(Math.abs(sum - lines[i].sum) <= 1e-4 * Math.max(1, Math.abs(sum)))) {
        faults.add("line " + i + ": " + got + " " + sum + " instead of " + lines[i]);
      }
    }
    assertEquals(List.of(), faults);
  }

  @Test
  void denseLayersAndTables() {
    check(
        line("FLOAT32 [3]", 0.526038, () -> linear(m, c5)),
        line("FLOAT32 [3,3]", -0.704866, () -> linear(m, n)),
        line("FLOAT32 [3,3]", 0.289804, () -> linear(m, n, b3)),
        line("FLOAT32 [3,2]", -0.531182, () -> bilinear(m, n, w5)),
        line("FLOAT32 [2,2,3]", -1.76466, () -> embedding(ids, table)),
        line("FLOAT32 [2,2,3]", -1.76466, () -> embedding(ids, table, 1)),
        line(
            "FLOAT32 [2,2,3]", -0.443205, () -> embedding(ids, table.clone(), o -> o.maxNorm(0.5))),
        line(
            "FLOAT32 [2,2,3]",
            -0.231771,
            () -> embedding(ids, table.clone(), o -> o.maxNorm(0.5).normType(1))),
        line("INT64 [2,2,6]", 0.160563, () -> oneHot(ids)),
        line("INT64 [3,5]", 1.41025, () -> oneHot(cls, 5)));
  }

  @Test
  void convolutions() {
    check(
        line("FLOAT32 [2,3,7]", 0.570193, () -> conv1d(seq, w1)),
        line("FLOAT32 [2,3,7]", 0.646144, () -> conv1d(seq, w1, b3)),
        line("FLOAT32 [2,3,4]", -4.42468, () -> conv1d(seq, w1, b3, 2)),
        line("FLOAT32 [2,3,5]", 19.3293, () -> conv1d(seq, w1, b3, 2, 1)),
        line("FLOAT32 [2,3,9]", -3.71759, () -> conv1d(seq, w1, o -> o.padding(1))),
        line("FLOAT32 [2,3,9]", -6.36157, () -> conv1d(seq, w1, b3, o -> o.padding("same"))),
        line(
            "FLOAT32 [2,3,4]",
            -4.26026,
            () -> conv1d(seq, w1, null, o -> o.padding("valid").stride(2))),
        line("FLOAT32 [2,3,11]", -2.9662, () -> convTranspose1d(seq, wt1)),
        line("FLOAT32 [2,3,17]", -0.147289, () -> convTranspose1d(seq, wt1, b3, 2, 1)),
        line(
            "FLOAT32 [2,3,20]",
            -0.271366,
            () -> convTranspose1d(seq, wt1, b3, o -> o.stride(2).outputPadding(1))),
        line("FLOAT32 [2,3,4,4]", -3.62458, () -> conv2d(img, w2)),
        line("FLOAT32 [2,3,4,4]", -6.33186, () -> conv2d(img, w2, b3)),
        line("FLOAT32 [2,3,2,2]", 14.3977, () -> conv2d(img, w2, b3, 2)),
        line("FLOAT32 [2,3,3,3]", 16.9207, () -> conv2d(img, w2, b3, 2, 1)),
        line("FLOAT32 [2,3,6,6]", 11.0842, () -> conv2d(img, w2, o -> o.padding(1))),
        line("FLOAT32 [2,3,6,6]", 10.757, () -> conv2d(img, w2, b3, o -> o.padding("same"))),
        line(
            "FLOAT32 [2,3,2,2]",
            14.5621,
            () -> conv2d(img, w2, null, o -> o.padding("valid").stride(2))),
        line("FLOAT32 [2,3,8,8]", 8.57748, () -> convTranspose2d(img, wt2)),
        line("FLOAT32 [2,3,11,11]", -1.6215, () -> convTranspose2d(img, wt2, b3, 2, 1)),
        line(
            "FLOAT32 [2,3,14,14]",
            0.608242,
            () -> convTranspose2d(img, wt2, b3, o -> o.stride(2).outputPadding(1))),
        line("FLOAT32 [1,3,3,3,3]", 0.345003, () -> conv3d(vol, w3)),
        line("FLOAT32 [1,3,3,3,3]", 1.02309, () -> conv3d(vol, w3, b3)),
        line("FLOAT32 [1,3,2,2,2]", -3.42328, () -> conv3d(vol, w3, b3, 2)),
        line("FLOAT32 [1,3,3,3,3]", -0.746637, () -> conv3d(vol, w3, b3, 2, 1)),
        line("FLOAT32 [1,3,5,5,5]", 0.17692, () -> conv3d(vol, w3, o -> o.padding(1))),
        line("FLOAT32 [1,3,4,4,4]", 1.33267, () -> conv3d(vol, w3, b3, o -> o.padding("same"))),
        line(
            "FLOAT32 [1,3,2,2,2]",
            -3.96868,
            () -> conv3d(vol, w3, null, o -> o.padding("valid").stride(2))),
        line("FLOAT32 [1,3,5,5,5]", -1.34081, () -> convTranspose3d(vol, wt3)),
        line("FLOAT32 [1,3,6,6,6]", 1.3581, () -> convTranspose3d(vol, wt3, b3, 2, 1)),
        line(
            "FLOAT32 [1,3,9,9,9]",
            -18.1297,
            () -> convTranspose3d(vol, wt3, b3, o -> o.stride(2).outputPadding(1))),
        line(
            "FLOAT32 [2,3,2,2]",
            -19.2607,
            () -> conv2d(img, w2, b3, o -> o.stride(2, 1).padding(1, 0).dilation(2))),
        line("FLOAT32 [2,4,4,4]", 17.292, () -> conv2d(img, g2, o -> o.groups(2))));
  }

  @Test
  void pools() {
    check(
        line("FLOAT32 [2,4,4]", 2.23485, () -> maxPool1d(seq, 2)),
        line("FLOAT32 [2,4,4]", 1.85534, () -> maxPool1d(seq, 3, 2)),
        line("FLOAT32 [2,4,5]", 2.16627, () -> maxPool1d(seq, 3, 2, 1)),
        line(
            "FLOAT32 [2,4,5]",
            2.16627,
            () -> maxPool1d(seq, 3, o -> o.stride(2).padding(1).ceilMode(true))),
        line("FLOAT32 [2,4,4]", 2.23485, () -> maxPool1d(seq, new int[] {2})),
        line("FLOAT32 [2,4,4]", 2.02099, () -> avgPool1d(seq, 2)),
        line("FLOAT32 [2,4,4]", 1.85197, () -> avgPool1d(seq, 3, 2)),
        line("FLOAT32 [2,4,5]", 1.99503, () -> avgPool1d(seq, 3, 2, 1)),
        line(
            "FLOAT32 [2,4,5]",
            1.99503,
            () -> avgPool1d(seq, 3, o -> o.stride(2).padding(1).ceilMode(true))),
        line("FLOAT32 [2,4,4]", 2.02099, () -> avgPool1d(seq, new int[] {2})),
        line("INT64 [2,4,4]", -5.23114, () -> maxPool1dWithIndices(seq, 2).indices()),
        line("FLOAT32 [2,4,4]", 0.257771, () -> lpPool1d(seq.abs(), 2, 2)),
        line(
            "FLOAT32 [2,4,8]",
            2.14237,
            () -> lpPool1d(seq.abs(), 1.5, 2, o -> o.stride(1).ceilMode(true))),
        line("FLOAT32 [2,4,2]", 0.217765, () -> adaptiveAvgPool1d(seq, 2)),
        line("FLOAT32 [2,4,2]", 0.945861, () -> adaptiveMaxPool1d(seq, 2)),
        line("FLOAT32 [2,4,3,3]", 1.0043, () -> maxPool2d(img, 2)),
        line("FLOAT32 [2,4,2,2]", 0.400566, () -> maxPool2d(img, 3, 2)),
        line("FLOAT32 [2,4,3,3]", 1.55008, () -> maxPool2d(img, 3, 2, 1)),
        line(
            "FLOAT32 [2,4,4,4]",
            -0.667822,
            () -> maxPool2d(img, 3, o -> o.stride(2).padding(1).ceilMode(true))),
        line("FLOAT32 [2,4,3,6]", -0.228754, () -> maxPool2d(img, new int[] {2, 1})),
        line("FLOAT32 [2,4,3,3]", -0.538225, () -> avgPool2d(img, 2)),
        line("FLOAT32 [2,4,2,2]", -0.00599634, () -> avgPool2d(img, 3, 2)),
        line("FLOAT32 [2,4,3,3]", 0.0282813, () -> avgPool2d(img, 3, 2, 1)),
        line(
            "FLOAT32 [2,4,4,4]",
            -0.528499,
            () -> avgPool2d(img, 3, o -> o.stride(2).padding(1).ceilMode(true))),
        line("FLOAT32 [2,4,3,6]", -0.89765, () -> avgPool2d(img, new int[] {2, 1})),
        line("INT64 [2,4,3,3]", 28.3647, () -> maxPool2dWithIndices(img, 2).indices()),
        line("FLOAT32 [2,4,3,3]", 2.44644, () -> lpPool2d(img.abs(), 2, 2)),
        line(
            "FLOAT32 [2,4,5,5]",
            -0.0236982,
            () -> lpPool2d(img.abs(), 1.5, 2, o -> o.stride(1).ceilMode(true))),
        line("FLOAT32 [2,4,2,2]", -0.00495114, () -> adaptiveAvgPool2d(img, 2)),
        line("FLOAT32 [2,4,2,2]", 0.400449, () -> adaptiveMaxPool2d(img, 2)),
        line("FLOAT32 [1,4,2,2,2]", 0.42522, () -> maxPool3d(vol, 2)),
        line("FLOAT32 [1,4,1,1,1]", 0.48252, () -> maxPool3d(vol, 3, 2)),
        line("FLOAT32 [1,4,2,2,2]", 0.438499, () -> maxPool3d(vol, 3, 2, 1)),
        line(
            "FLOAT32 [1,4,3,3,3]",
            2.28508,
            () -> maxPool3d(vol, 3, o -> o.stride(2).padding(1).ceilMode(true))),
        line("FLOAT32 [1,4,2,4,2]", 3.12832, () -> maxPool3d(vol, new int[] {2, 1, 2})),
        line("FLOAT32 [1,4,2,2,2]", 0.134852, () -> avgPool3d(vol, 2)),
        line("FLOAT32 [1,4,1,1,1]", -0.192748, () -> avgPool3d(vol, 3, 2)),
        line("FLOAT32 [1,4,2,2,2]", 0.902672, () -> avgPool3d(vol, 3, 2, 1)),
        line(
            "FLOAT32 [1,4,3,3,3]",
            0.458839,
            () -> avgPool3d(vol, 3, o -> o.stride(2).padding(1).ceilMode(true))),
        line("FLOAT32 [1,4,2,4,2]", 1.32984, () -> avgPool3d(vol, new int[] {2, 1, 2})),
        line("INT64 [1,4,2,2,2]", 160.1, () -> maxPool3dWithIndices(vol, 2).indices()),
        line("FLOAT32 [1,4,2,2,2]", 0.840117, () -> lpPool3d(vol.abs(), 2, 2)),
        line(
            "FLOAT32 [1,4,3,3,3]",
            3.31459,
            () -> lpPool3d(vol.abs(), 1.5, 2, o -> o.stride(1).ceilMode(true))),
        line("FLOAT32 [1,4,2,2,2]", 0.134852, () -> adaptiveAvgPool3d(vol, 2)),
        line("FLOAT32 [1,4,2,2,2]", 0.42522, () -> adaptiveMaxPool3d(vol, 2)),
        line("FLOAT32 [2,4,4,4]", 1.55983, () -> maxPool2d(img, 2, o -> o.dilation(2).stride(1))),
        line(
            "FLOAT32 [2,4,2,2]",
            0.167566,
            () -> avgPool2d(img, 3, o -> o.padding(1).countIncludePad(false))),
        line("FLOAT32 [2,4,2,2]", -0.0111401, () -> avgPool2d(img, 3, o -> o.divisorOverride(4))),
        line("FLOAT32 [2,4,6,6]", 0.620809, () -> maxUnpool2d(maxed.values(), maxed.indices(), 2)),
        line(
            "FLOAT32 [2,4,7,6]",
            6.44958,
            () -> maxUnpool2d(maxed.values(), maxed.indices(), 2, o -> o.outputSize(7, 6))));
  }

  @Test
  void imagesDistancesAndAttention() {
    check(
        line("FLOAT32 [3,7]", -0.846182, () -> pad(m, 1, 1)),
        line("FLOAT32 [3,7]", 0.209646, () -> pad(m, new int[] {1, 1}, PadMode.REFLECT)),
        line(
            "FLOAT32 [3,8]",
            -0.329815,
            () -> pad(m, new int[] {2, 1}, o -> o.mode(PadMode.CIRCULAR))),
        line(
            "FLOAT32 [3,6]",
            -0.202977,
            () -> pad(m, new int[] {1, 0}, o -> o.mode(PadMode.REPLICATE))),
        line("FLOAT32 [5,7]", 6.62045, () -> pad(m, new int[] {1, 1, 0, 2}, o -> o.value(1.5))),
        line("FLOAT32 [3]", 2.16085, () -> pairwiseDistance(m, n)),
        line("FLOAT32 [3]", 4.36271, () -> pairwiseDistance(m, n, 1)),
        line("FLOAT32 [3,1]", 2.25671, () -> pairwiseDistance(m, n, o -> o.keepdim(true).eps(0.1))),
        line("FLOAT32 [3]", 0.688001, () -> cosineSimilarity(m, n)),
        line("FLOAT32 [5]", -0.499386, () -> cosineSimilarity(m, n, 0)),
        line("FLOAT32 [5]", -0.00809059, () -> cosineSimilarity(m, n, 0, 10)),
        line("FLOAT32 [3]", 2.98263, () -> pdist(m)),
        line("FLOAT32 [3]", 5.94702, () -> pdist(m, 1)),
        line("FLOAT32 [2,4,8,9]", -1.42411, () -> interpolate(img, 8, 9)),
        line("FLOAT32 [2,4,3,3]", 0.92116, () -> interpolate(img, 3)),
        line(
            "FLOAT32 [2,4,12,12]",
            -0.022084,
            () -> interpolate(img, o -> o.scaleFactor(2).mode("bilinear"))),
        line(
            "FLOAT32 [2,4,5,4]",
            7.92577,
            () -> interpolate(img, o -> o.size(5, 4).mode("bicubic").alignCorners(true))),
        line("FLOAT32 [2,4,12,12]", -0.129661, () -> upsample(img, o -> o.scaleFactor(2))),
        line("FLOAT32 [2,1,12,12]", 1.83267, () -> pixelShuffle(img, 2)),
        line("FLOAT32 [2,16,3,3]", -1.53812, () -> pixelUnshuffle(img, 2)),
        line("FLOAT32 [2,4,6,6]", 0.0318105, () -> channelShuffle(img, 2)),
        line("FLOAT32 [2,36,16]", -2.52917, () -> unfold(img, 3)),
        line("FLOAT32 [2,24,20]", 19.8802, () -> unfold(img, new int[] {2, 3})),
        line(
            "FLOAT32 [2,36,4]",
            0.260483,
            () -> unfold(img, 3, o -> o.padding(1).stride(2).dilation(2))),
        line("FLOAT32 [2,4,6,6]", 0.389011, () -> fold(unfold(img, 2), 6, 2)),
        line("FLOAT32 [2,4,6,6]", 0.389011, () -> fold(unfold(img, 2), new int[] {6, 6}, 2)),
        line(
            "FLOAT32 [2,4,6,6]",
            0.0105953,
            () ->
                fold(
                    unfold(img, 2, o -> o.stride(2)),
                    new int[] {6, 6},
                    new int[] {2, 2},
                    o -> o.stride(2))),
        line("FLOAT32 [1,2,4,3]", -0.355577, () -> scaledDotProductAttention(q4, k4, v4)),
        line("FLOAT32 [1,2,4,3]", -0.461089, () -> scaledDotProductAttention(q4, k4, v4, mask)),
        line(
            "FLOAT32 [1,2,4,3]",
            -0.461089,
            () -> scaledDotProductAttention(q4, k4, v4, o -> o.attnMask(mask))),
        line(
            "FLOAT32 [1,2,4,3]",
            -0.461089,
            () -> scaledDotProductAttention(q4, k4, v4, o -> o.isCausal(true))),
        line(
            "FLOAT32 [1,2,4,3]",
            0.040378,
            () -> scaledDotProductAttention(q4, k4, v4, o -> o.scale(2.0))));
  }

  @Test
  void normalisationAndDropout() {
    check(
        line("FLOAT32 [2,4,6,6]", -0.87279, () -> batchNorm(img, c4, pos)),
        line("FLOAT32 [2,4,6,6]", -0.36691, () -> batchNorm(img, c4, pos, pos, c4)),
        line(
            "FLOAT32 [2,4,6,6]",
            0.0129901,
            () -> batchNorm(img, null, null, o -> o.training(true).eps(0.1))),
        line(
            "FLOAT32 [2,4,6,6]",
            -0.36691,
            () -> batchNorm(img, c4, pos, o -> o.weight(pos).bias(c4))),
        line(
            "FLOAT32 [2,4,6,6]",
            0.761934,
            () -> batchNorm(img, null, null, pos, c4, o -> o.training(true))),
        line("FLOAT32 [2,4,6,6]", 0.0117849, () -> instanceNorm(img)),
        line(
            "FLOAT32 [2,4,6,6]",
            0.799048,
            () -> instanceNorm(img, o -> o.weight(pos).bias(c4).eps(0.1))),
        line(
            "FLOAT32 [2,4,6,6]",
            -0.87279,
            () ->
                instanceNorm(
                    img,
                    o -> o.runningMean(c4.clone()).runningVar(pos.clone()).useInputStats(false))),
        line("FLOAT32 [3,5]", -4.9277, () -> layerNorm(m, 5)),
        line("FLOAT32 [3,5]", -6.35741, () -> layerNorm(m, new int[] {3, 5})),
        line("FLOAT32 [3,5]", -1.77287, () -> layerNorm(m, 5, c5, c5)),
        line("FLOAT32 [3,5]", -1.33843, () -> layerNorm(m, 5, c5, c5, 0.1)),
        line("FLOAT32 [3,5]", -2.41664, () -> layerNorm(m, 5, o -> o.weight(c5).eps(0.1))),
        line("FLOAT32 [3,5]", -5.89181, () -> rmsNorm(m, 5)),
        line("FLOAT32 [3,5]", -3.94065, () -> rmsNorm(m, 5, c5)),
        line("FLOAT32 [3,5]", -5.36905, () -> rmsNorm(m, 5, o -> o.eps(0.1))),
        line("FLOAT32 [3,5]", -0.814506, () -> rmsNorm(m, new int[] {3, 5}, o -> o.weight(n))),
        line("FLOAT32 [2,4,6,6]", 0.0116924, () -> groupNorm(img, 2)),
        line("FLOAT32 [2,4,6,6]", 0.758026, () -> groupNorm(img, 2, pos, c4)),
        line("FLOAT32 [2,4,6,6]", 0.0109184, () -> groupNorm(img, 2, o -> o.eps(0.1))),
        line("FLOAT32 [2,4,6,6]", 0.0106307, () -> localResponseNorm(img, 2)),
        line(
            "FLOAT32 [2,4,6,6]",
            0.0149404,
            () -> localResponseNorm(img, 3, o -> o.alpha(0.5).beta(0.5).k(2))),
        line("FLOAT32 [3,5]", -2.6349, () -> normalize(m)),
        line("FLOAT32 [3,5]", -1.30932, () -> normalize(m, 1)),
        line("FLOAT32 [3,5]", -3.87551, () -> normalize(m, 2, 0)),
        line("FLOAT32 [3,5]", -0.412488, () -> normalize(m, o -> o.dim(0).eps(10))),
        line("FLOAT32 [3,5]", -4.12488, () -> dropout(m, 0.1, false)),
        line("FLOAT32 [3,5]", 0, () -> dropout(m, 1)),
        line("FLOAT32 [2,4,6,6]", 0, () -> dropout2d(img, 1)),
        line("FLOAT32 [2,4,9]", -1.64714, () -> dropout1d(seq, 0.5, false)),
        line("FLOAT32 [1,4,4,4,4]", 0, () -> dropout3d(vol, 1)),
        line("FLOAT32 [3,5]", -4.12488, () -> alphaDropout(m)),
        line("FLOAT32 [2,4,6,6]", 0.0105953, () -> featureAlphaDropout(img, 0.9)));
  }

  @Test
  void activations() {
    check(
        line("FLOAT32 [3,5]", -5.69378, () -> relu(k)),
        line("FLOAT32 [3,5]", -5.69378, () -> relu6(k)),
        line("FLOAT32 [3,5]", -5.76059, () -> leakyRelu(k)),
        line("FLOAT32 [3,5]", -7.02995, () -> leakyRelu(k, 0.2)),
        line("FLOAT32 [3,5]", -8.30313, () -> elu(k)),
        line("FLOAT32 [3,5]", -6.99846, () -> elu(k, 0.5)),
        line("FLOAT32 [3,5]", -8.30313, () -> celu(k)),
        line("FLOAT32 [3,5]", -9.62376, () -> celu(k, 2)),
        line("FLOAT32 [3,5]", -10.57, () -> selu(k)),
        line("FLOAT32 [3,5]", -5.88336, () -> gelu(k)),
        line("FLOAT32 [3,5]", -6.01803, () -> silu(k)),
        line("FLOAT32 [3,5]", -6.36753, () -> mish(k)),
        line("FLOAT32 [3,5]", -5.40073, () -> softplus(k)),
        line("FLOAT32 [3,5]", -5.65871, () -> softplus(k, 2)),
        line("FLOAT32 [3,5]", -5.70783, () -> softplus(k, 2, 1)),
        line("FLOAT32 [3,5]", -4.94065, () -> hardtanh(k)),
        line("FLOAT32 [3,5]", -5.92704, () -> hardtanh(k, -0.5, 2)),
        line("FLOAT32 [3,5]", -1.54518, () -> hardsigmoid(k)),
        line("FLOAT32 [3,5]", -6.13405, () -> hardswish(k)),
        line("FLOAT32 [3,5]", -9.9212, () -> softshrink(k)),
        line("FLOAT32 [3,5]", -10.8771, () -> softshrink(k, 0.3)),
        line("FLOAT32 [3,5]", -12.3109, () -> hardshrink(k)),
        line("FLOAT32 [3,5]", -12.9698, () -> hardshrink(k, 1)),
        line("FLOAT32 [3,5]", 67.8408, () -> threshold(k, 0.1, 20)),
        line("FLOAT32 [3,5]", -3.51775, () -> softsign(k)),
        line("FLOAT32 [3,5]", -7.51943, () -> tanhshrink(k)),
        line("FLOAT32 [3,5]", -6.9739, () -> logsigmoid(k)),
        line("FLOAT32 [3,5]", -1.5571, () -> sigmoid(k)),
        line("FLOAT32 [3,5]", -4.8552, () -> tanh(k)),
        line("FLOAT32 [3,5]", -0.884807, () -> softmax(k, -1)),
        line("FLOAT32 [3,5]", 2.76062, () -> softmin(k, 0)),
        line("FLOAT32 [3,5]", -11.6098, () -> logSoftmax(k, 1)),
        line("FLOAT32 [3,5]", -5.88355, () -> gelu(k, "tanh")),
        line("FLOAT64 [3,5]", -0.884807, () -> softmax(k, 1, DType.FLOAT64)),
        line("FLOAT64 [3,5]", -11.6098, () -> logSoftmax(k, 1, DType.FLOAT64)),
        line("FLOAT64 [3,5]", 1.23011, () -> softmin(k, 1, DType.FLOAT64)),
        line("FLOAT32 [2,4,6,3]", 0.654694, () -> glu(img)),
        line("FLOAT32 [2,2,6,6]", -2.15567, () -> glu(img, 1)),
        line("FLOAT32 [2,4,6,6]", -0.0273192, () -> prelu(img, c4)),
        line("FLOAT32 [3,5]", -5.69378, () -> relu_(k.clone())),
        line("FLOAT32 [3,5]", -5.76059, () -> leakyRelu_(k.clone())),
        line("FLOAT32 [3,5]", -7.02995, () -> leakyRelu_(k.clone(), 0.2)),
        line("FLOAT32 [3,5]", -8.30313, () -> elu_(k.clone())),
        line("FLOAT32 [3,5]", -6.99846, () -> elu_(k.clone(), 0.5)),
        line("FLOAT32 [3,5]", -9.62376, () -> celu_(k.clone(), 2)),
        line("FLOAT32 [3,5]", -10.57, () -> selu_(k.clone())),
        line("FLOAT32 [3,5]", -4.94065, () -> hardtanh_(k.clone())),
        line("FLOAT32 [3,5]", -6.37633, () -> hardtanh_(k.clone(), -2, 0.5)),
        line("FLOAT32 [3,5]", 3.40084, () -> threshold_(k.clone(), 0, 3)));
  }

  @Test
  void losses() {
    check(
        line("FLOAT32 []", 0.478982, () -> mseLoss(m, n)),
        line("FLOAT32 []", 7.18472, () -> mseLoss(m, n, o -> o.reduction(Reduction.SUM))),
        line("FLOAT32 [3,5]", 1.20157, () -> mseLoss(m, n, o -> o.reduction(Reduction.NONE))),
        line("FLOAT32 []", 0.628771, () -> l1Loss(m, n)),
        line("FLOAT32 []", 9.43157, () -> l1Loss(m, n, o -> o.reduction(Reduction.SUM))),
        line("FLOAT32 []", 1.19452, () -> smoothL1Loss(k, n)),
        line("FLOAT32 []", 1.42423, () -> smoothL1Loss(k, n, o -> o.beta(0.5))),
        line("FLOAT32 []", 17.9178, () -> smoothL1Loss(k, n, o -> o.reduction(Reduction.SUM))),
        line("FLOAT32 []", 1.19452, () -> huberLoss(k, n)),
        line(
            "FLOAT32 [3,5]",
            0.783284,
            () -> huberLoss(k, n, o -> o.delta(0.5).reduction(Reduction.NONE))),
        line("FLOAT32 []", 3.27029, () -> crossEntropy(k, cls)),
        line("FLOAT32 []", 1.83208, () -> crossEntropy(k, cls, c5)),
        line(
            "FLOAT32 []",
            3.3031,
            () -> crossEntropy(k, cls, o -> o.ignoreIndex(0).labelSmoothing(0.1))),
        line(
            "FLOAT32 []",
            2.15924,
            () -> crossEntropy(k, cls, o -> o.weight(c5).reduction(Reduction.SUM))),
        line("FLOAT32 [3]", 1.82843, () -> crossEntropy(k, cls, o -> o.reduction(Reduction.NONE))),
        line("FLOAT32 []", 5.61898, () -> crossEntropy(k, q, o -> o.labelSmoothing(0.2))),
        line("FLOAT32 []", 3.71086, () -> linearCrossEntropy(m, w55, cls)),
        line(
            "FLOAT32 []",
            3.88477,
            () -> linearCrossEntropy(m, w55, cls, o -> o.linearBias(c5).labelSmoothing(0.1))),
        line("FLOAT32 []", 0.131819, () -> nllLoss(m, cls)),
        line("FLOAT32 []", 0.395458, () -> nllLoss(m, cls, o -> o.reduction(Reduction.SUM))),
        line("FLOAT32 []", -0.425317, () -> nllLoss(m, cls, c5)),
        line("FLOAT32 []", 0.613488, () -> nllLoss(m, cls, o -> o.weight(c5).ignoreIndex(1))),
        line("FLOAT32 []", 0.695543, () -> binaryCrossEntropy(p, q)),
        line("FLOAT32 []", 0.475044, () -> binaryCrossEntropy(p, q, v)),
        line(
            "FLOAT32 [3,5]",
            0.399184,
            () -> binaryCrossEntropy(p, q, o -> o.weight(v).reduction(Reduction.NONE))),
        line("FLOAT32 []", 0.960902, () -> binaryCrossEntropyWithLogits(k, q)),
        line("FLOAT32 []", 0.605599, () -> binaryCrossEntropyWithLogits(k, q, v)),
        line(
            "FLOAT32 []",
            11.3351,
            () ->
                binaryCrossEntropyWithLogits(k, q, o -> o.posWeight(c5).reduction(Reduction.SUM))),
        line("FLOAT32 []", 0.0275259, () -> klDiv(p.log(), q)),
        line(
            "FLOAT32 []", 0.137629, () -> klDiv(p.log(), q, o -> o.reduction(Reduction.BATCHMEAN))),
        line(
            "FLOAT32 []",
            31.4238,
            () -> klDiv(p.log(), q, o -> o.reduction(Reduction.SUM).logTarget(true))),
        line("FLOAT32 []", 1.32064, () -> poissonNllLoss(m, v)),
        line("FLOAT32 []", 1.31342, () -> poissonNllLoss(m, v, o -> o.full(true))),
        line(
            "FLOAT32 [3,5]",
            -0.450328,
            () -> poissonNllLoss(m, v, o -> o.eps(0.1).reduction(Reduction.NONE))),
        line("FLOAT32 []", 0.8729, () -> poissonNllLoss(v, q, o -> o.logInput(false).eps(0.1))),
        line("FLOAT32 []", 0.394849, () -> gaussianNllLoss(m, n, v)),
        line("FLOAT32 []", 1.14559, () -> gaussianNllLoss(m, n, v, o -> o.full(true).eps(0.5))),
        line("FLOAT32 []", 0.132408, () -> gaussianNllLoss(m, n, 0.5)),
        line("FLOAT32 []", 0.697906, () -> hingeEmbeddingLoss(m, pn)),
        line("FLOAT32 []", 0.531239, () -> hingeEmbeddingLoss(m, pn, 0.5)),
        line(
            "FLOAT32 []",
            6.67565,
            () -> hingeEmbeddingLoss(m, pn, o -> o.margin(0.2).reduction(Reduction.SUM))),
        line("FLOAT32 []", 0.568455, () -> softMarginLoss(m, pn)),
        line("FLOAT32 []", 8.52683, () -> softMarginLoss(m, pn, o -> o.reduction(Reduction.SUM))),
        line("FLOAT32 []", 0.437318, () -> marginRankingLoss(m, n, pn)),
        line("FLOAT32 []", 0.794479, () -> marginRankingLoss(m, n, pn, 0.5)),
        line("FLOAT32 []", 0.570652, () -> marginRankingLoss(m, n, pn, o -> o.margin(0.2))),
        line("FLOAT32 []", 0.49185, () -> cosineEmbeddingLoss(m, n, pm)),
        line("FLOAT32 []", 0.458516, () -> cosineEmbeddingLoss(m, n, pm, 0.1)),
        line(
            "FLOAT32 [3]",
            0.683404,
            () -> cosineEmbeddingLoss(m, n, pm, o -> o.reduction(Reduction.NONE))),
        line("FLOAT32 []", 0, () -> tripletMarginLoss(m, n, k)),
        line("FLOAT32 []", 0.468066, () -> tripletMarginLoss(m, n, k, 2)),
        line("FLOAT32 []", 0, () -> tripletMarginLoss(m, n, k, o -> o.margin(0.5).p(1).swap(true))),
        line("FLOAT32 []", 0, () -> tripletMarginWithDistanceLoss(m, n, k)),
        line(
            "FLOAT32 []",
            0,
            () ->
                tripletMarginWithDistanceLoss(
                    m, n, k, o -> o.distanceFunction((a, b) -> a.sub(b).abs().sum(-1)).margin(2))),
        line("FLOAT32 []", 1.78036, () -> multiMarginLoss(k, cls)),
        line(
            "FLOAT32 []",
            0.506265,
            () -> multiMarginLoss(k, cls, o -> o.p(2).margin(0.5).weight(c5))),
        line("FLOAT32 []", 1.30602, () -> multilabelMarginLoss(k, lab)),
        line(
            "FLOAT32 []",
            3.91805,
            () -> multilabelMarginLoss(k, lab, o -> o.reduction(Reduction.SUM))),
        line("FLOAT32 []", 0.254079, () -> multilabelSoftMarginLoss(k, pn)),
        line("FLOAT32 []", -0.22033, () -> multilabelSoftMarginLoss(k, pn, c5)),
        line(
            "FLOAT32 [3]",
            0.203902,
            () -> multilabelSoftMarginLoss(k, pn, o -> o.reduction(Reduction.NONE))));
  }

  @Test
  void randomLines() {
    Tensor x = Tensor.ones(1000);
    for (Tensor y : List.of(dropout(x), dropout(x, 0.5), dropout(x, 0.5, true))) {
      assertEquals(500, y.eq(0).sum().itemLong(), 80);
      assertEquals(2, y.amax().item());
    }
    assertSame(x, alphaDropout(x, 0.5), "PyTorch's default is not training");
    assertNotEquals(x.sum().item(), alphaDropout(x, 0.5, true).sum().item());
    Tensor planes = dropout2d(Tensor.ones(10, 20, 2, 2)).sum(new int[] {2, 3});
    assertEquals(planes.numel(), planes.eq(0).logicalOr(planes.eq(8)).sum().itemLong());
    assertEquals(2, dropout1d(Tensor.ones(3, 4)).dim());
    assertEquals(4, dropout3d(Tensor.ones(3, 4, 2, 2)).dim());
    Facula.manualSeed(0);
    Tensor soft = gumbelSoftmax(m, 0.5);
    Facula.manualSeed(0);
    Tensor hard = gumbelSoftmax(m, o -> o.tau(0.5).hard(true));
    check(line("FLOAT32 [3,5]", -0.97483, () -> soft), line("FLOAT32 [3,5]", -1.35994, () -> hard));
    Tensor leaf = Tensor.randn(3, 5).requiresGrad_(true);
    gumbelSoftmax(leaf, 1, true).mul(k).sum().backward();
    assertNotEquals(0, leaf.grad().abs().sum().item());
  }

  @Test
  void inPlaceActivationsHaveGradients() {
    Tensor x = k.clone().requiresGrad_(true);
    elu_(leakyRelu_(x.mul(1), 0.2), 0.5).sum().backward();
    Tensor z = k.clone().requiresGrad_(true);
    elu(leakyRelu(z.mul(1), 0.2), 0.5).sum().backward();
    assertEquals(0, x.grad().sub(z.grad()).abs().amax().item());
    Tensor y = k.clone();
    assertSame(y, selu_(y));
  }

  @Test
  void wrongOptionsAreNamed() {
    refused(
        "crossEntropy: labelSmoothing must be between 0 and 1, was 2.0",
        () -> crossEntropy(k, cls, o -> o.labelSmoothing(2)));
    refused(
        "huberLoss: delta must be greater than 0, was -1.0",
        () -> huberLoss(m, n, o -> o.delta(-1)));
    refused(
        "smoothL1Loss: beta must be 0 or more, was NaN",
        () -> smoothL1Loss(m, n, o -> o.beta(Double.NaN)));
    refused(
        "gaussianNllLoss: eps must be greater than 0, was 0.0",
        () -> gaussianNllLoss(m, n, v, o -> o.eps(0)));
    refused("multiMarginLoss: p must be 1 or 2, was 3", () -> multiMarginLoss(k, cls, o -> o.p(3)));
    refused(
        "tripletMarginLoss: margin must be greater than 0, was 0.0",
        () -> tripletMarginLoss(m, n, k, 0));
    refused(
        "reduction BATCHMEAN is for klDiv only",
        () -> mseLoss(m, n, o -> o.reduction(Reduction.BATCHMEAN)));
    refused(
        "scaledDotProductAttention: dropoutP must be between 0 and 1, was 1.5",
        () -> scaledDotProductAttention(q4, k4, v4, o -> o.dropoutP(1.5)));
    refused(
        "gelu: approximate must be one of \"none\", \"tanh\", was \"erf\"", () -> gelu(m, "erf"));
    refused(
        "interpolate: mode must be one of \"nearest\", \"nearest-exact\"",
        () -> interpolate(img, o -> o.size(3).mode("bilinaer")));
    refused(
        "conv2d: padding must be one of \"same\", \"valid\", was \"full\"",
        () -> conv2d(img, w2, o -> o.padding("full")));
    refused("conv2d: stride must be at least 1, was [0]", () -> conv2d(img, w2, o -> o.stride(0)));
    refused(
        "conv2d: dilation has 3 values, expected 1 or 2: [1, 1, 1]",
        () -> conv2d(img, w2, o -> o.dilation(1, 1, 1)));
    refused(
        "avgPool2d: divisorOverride must be other than 0",
        () -> avgPool2d(img, 2, o -> o.divisorOverride(0)));
    refused(
        "maxPool2d: padding must be at most half of the kernel, was [2]",
        () -> maxPool2d(img, 2, 2, 2));
    refused(
        "maxUnpool2d: outputSize [9] is not possible for [2, 4, 3, 3]",
        () -> maxUnpool2d(maxed.values(), maxed.indices(), 2, o -> o.outputSize(9)));
    refused("dropout1d: expects an input [batch, channels, length]", () -> dropout1d(img));
    refused("dropout: the probability must be between 0 and 1, was 2.0", () -> dropout(m, 2));
    assertEquals(
        "options",
        assertThrows(
                NullPointerException.class,
                () -> pad(m, new int[] {1, 1}, (java.util.function.Consumer<PadOptions>) null))
            .getMessage());
  }

  private static void refused(String message, Runnable call) {
    Exception e = assertThrows(IllegalArgumentException.class, call::run);
    assertEquals(
        message, e.getMessage().substring(0, Math.min(message.length(), e.getMessage().length())));
  }
}
