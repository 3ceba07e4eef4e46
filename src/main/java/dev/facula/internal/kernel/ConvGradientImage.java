package dev.facula.internal.kernel;

/**
 * How the output gradients of an image are laid out for the input gradient. Phase (ph, pw) of the
 * input, see {@link ConvImage}, is a convolution of them with the taps of this phase, mirrored; the
 * planes have the rows and columns that some phase reads.
 */
final class ConvGradientImage {
  /** Distance of the first and the last tap of a phase. */
  final int shiftsH;

  final int shiftsW;

  /** Rows and columns of padding of a phase, on top and left. */
  final int top;

  final int left;

  /** Rows and columns that a tap reads. */
  final int rows;

  final int columns;

  /** Elements of a row, and of a plane. */
  final int width;

  final int channel;

  final int phases;

  private final ConvShape s;

  ConvGradientImage(ConvShape s) {
    this.s = s;
    shiftsH = (s.kernelH() - 1) * s.dilationH() / s.strideH();
    shiftsW = (s.kernelW() - 1) * s.dilationW() / s.strideW();
    top = s.padH() / s.strideH();
    left = s.padW() / s.strideW();
    rows = (s.height() - 1 + s.padH()) / s.strideH() + 1 - top;
    columns = (s.width() - 1 + s.padW()) / s.strideW() + 1 - left;
    width = columns + shiftsW;
    channel = (rows + shiftsH) * width;
    phases = s.strideH() * s.strideW();
  }

  /** Whether the output gradients are laid out like this already. */
  boolean isGradient() {
    return shiftsH + shiftsW + top + left == 0 && rows == s.outHeight() && columns == s.outWidth();
  }

  /** Whether the one phase is the input. */
  boolean isWhole() {
    return phases == 1 && rows == s.height() && columns == s.width();
  }
}
