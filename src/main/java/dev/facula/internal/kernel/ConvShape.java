package dev.facula.internal.kernel;

/**
 * The numbers of a 2-d convolution over contiguous arrays: input [batch, inChannels, height,
 * width], weight [outChannels, inChannels / groups, kernelH, kernelW], output [batch, outChannels,
 * outHeight, outWidth]. The caller has checked that they fit together.
 */
public record ConvShape(
    int batch,
    int inChannels,
    int height,
    int width,
    int outChannels,
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int padH,
    int padW,
    int dilationH,
    int dilationW,
    int groups) {

  public int outHeight() {
    return (height + 2 * padH - dilationH * (kernelH - 1) - 1) / strideH + 1;
  }

  public int outWidth() {
    return (width + 2 * padW - dilationW * (kernelW - 1) - 1) / strideW + 1;
  }

  /** Input channels of one group. */
  int groupIn() {
    return inChannels / groups;
  }

  /** Output channels of one group. */
  int groupOut() {
    return outChannels / groups;
  }

  /** Weights of one output channel. */
  int taps() {
    return groupIn() * kernelH * kernelW;
  }

  int inPlane() {
    return height * width;
  }

  int outPlane() {
    return outHeight() * outWidth();
  }

  /** Multiplications of one pass. */
  long work() {
    return (long) batch * outChannels * outPlane() * taps();
  }
}
