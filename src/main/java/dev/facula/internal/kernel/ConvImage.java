package dev.facula.internal.kernel;

/**
 * How an image is laid out for a convolution, so that a tap of the kernel is nothing but an offset.
 *
 * <p>The padded image is cut by the stride: row h of the padded image belongs to phase h mod
 * strideH and is row h / strideH of it; likewise the columns. A channel is the {@code strideH *
 * strideW} phases one after another, each of {@code rows x width}. The input that tap (kh, kw) of
 * the output (oh, ow) reads is then at offset(kh, kw) + oh * width + ow, for every stride, padding
 * and dilation. With stride 1 and no padding this is the image as it is.
 */
final class ConvImage {
  /** Rows and columns of a phase. */
  final int rows;

  final int width;

  /** Elements of one channel. */
  final int channel;

  private final ConvShape s;

  ConvImage(ConvShape s) {
    this.s = s;
    rows = (s.height() + 2 * s.padH() + s.strideH() - 1) / s.strideH();
    width = (s.width() + 2 * s.padW() + s.strideW() - 1) / s.strideW();
    channel = rows * width * s.strideH() * s.strideW();
  }

  /** Whether the input is laid out like this already. */
  boolean isInput() {
    return s.strideH() == 1 && s.strideW() == 1 && s.padH() == 0 && s.padW() == 0;
  }

  int offset(int kh, int kw) {
    int h = kh * s.dilationH();
    int w = kw * s.dilationW();
    int phase = h % s.strideH() * s.strideW() + w % s.strideW();
    return (phase * rows + h / s.strideH()) * width + w / s.strideW();
  }

  /** Offsets of the taps in the first rows of the kernel, in the order of the weights. */
  void offsets(int channels, int kernelRows, int[] offsets) {
    int k = 0;
    for (int c = 0; c < channels; c++) {
      for (int kh = 0; kh < kernelRows; kh++) {
        for (int kw = 0; kw < s.kernelW(); kw++) {
          offsets[k++] = c * channel + offset(kh, kw);
        }
      }
    }
  }
}
