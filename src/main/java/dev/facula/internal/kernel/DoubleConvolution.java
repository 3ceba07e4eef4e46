package dev.facula.internal.kernel;

import dev.facula.internal.parallel.Parallel;
import org.jspecify.annotations.Nullable;

/** 2-d convolution (cross-correlation), row by row. */
final class DoubleConvolution {
  private DoubleConvolution() {}

  static void forward(
      ConvShape s,
      double[] x,
      int xo,
      double[] w,
      int wo,
      double @Nullable [] bias,
      int biasO,
      double[] y,
      int yo) {
    int out = s.outPlane();
    Parallel.run(
        s.batch(),
        n -> {
          for (int oc = 0; oc < s.outChannels(); oc++) {
            int plane = yo + (n * s.outChannels() + oc) * out;
            DoubleBinary.fill(bias == null ? 0.0 : bias[biasO + oc], y, plane, out);
            int first = oc / s.groupOut() * s.groupIn();
            for (int ic = 0; ic < s.groupIn(); ic++) {
              int input = xo + (n * s.inChannels() + first + ic) * s.inPlane();
              taps(
                  s,
                  FORWARD,
                  x,
                  input,
                  w,
                  wo + (oc * s.groupIn() + ic) * s.kernelH() * s.kernelW(),
                  y,
                  plane);
            }
          }
        });
  }

  static void inputGradient(
      ConvShape s, double[] g, int go, double[] w, int wo, double[] dx, int dxo) {
    int out = s.outPlane();
    Parallel.run(
        s.batch(),
        n -> {
          int image = s.inChannels() * s.inPlane();
          DoubleBinary.fill(0.0, dx, dxo + n * image, image);
          for (int oc = 0; oc < s.outChannels(); oc++) {
            int plane = go + (n * s.outChannels() + oc) * out;
            int first = oc / s.groupOut() * s.groupIn();
            for (int ic = 0; ic < s.groupIn(); ic++) {
              int input = dxo + (n * s.inChannels() + first + ic) * s.inPlane();
              taps(
                  s,
                  INPUT,
                  dx,
                  input,
                  w,
                  wo + (oc * s.groupIn() + ic) * s.kernelH() * s.kernelW(),
                  g,
                  plane);
            }
          }
        });
  }

  static void weightGradient(
      ConvShape s, double[] g, int go, double[] x, int xo, double[] dw, int dwo) {
    int out = s.outPlane();
    Parallel.run(
        s.outChannels(),
        oc -> {
          DoubleBinary.fill(0.0, dw, dwo + oc * s.taps(), s.taps());
          int first = oc / s.groupOut() * s.groupIn();
          for (int n = 0; n < s.batch(); n++) {
            int plane = go + (n * s.outChannels() + oc) * out;
            for (int ic = 0; ic < s.groupIn(); ic++) {
              int input = xo + (n * s.inChannels() + first + ic) * s.inPlane();
              taps(
                  s,
                  WEIGHT,
                  x,
                  input,
                  dw,
                  dwo + (oc * s.groupIn() + ic) * s.kernelH() * s.kernelW(),
                  g,
                  plane);
            }
          }
        });
  }

  private static final int FORWARD = 0;
  private static final int INPUT = 1;
  private static final int WEIGHT = 2;

  /** One input plane with one output plane: y = x * w, or the gradient of it in x or in w. */
  private static void taps(
      ConvShape s, int what, double[] x, int xo, double[] w, int wo, double[] y, int yo) {
    for (int kh = 0; kh < s.kernelH(); kh++) {
      for (int kw = 0; kw < s.kernelW(); kw++) {
        int tap = wo + kh * s.kernelW() + kw;
        double sum = 0.0;
        for (int oh = 0; oh < s.outHeight(); oh++) {
          int h = oh * s.strideH() - s.padH() + kh * s.dilationH();
          if (h < 0 || h >= s.height()) {
            continue;
          }
          for (int ow = 0; ow < s.outWidth(); ow++) {
            int v = ow * s.strideW() - s.padW() + kw * s.dilationW();
            if (v < 0 || v >= s.width()) {
              continue;
            }
            int i = xo + h * s.width() + v;
            int o = yo + oh * s.outWidth() + ow;
            if (what == FORWARD) {
              y[o] += w[tap] * x[i];
            } else if (what == INPUT) {
              x[i] += w[tap] * y[o];
            } else {
              sum += x[i] * y[o];
            }
          }
        }
        if (what == WEIGHT) {
          w[tap] += sum;
        }
      }
    }
  }
}
