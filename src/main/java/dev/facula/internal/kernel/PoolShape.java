package dev.facula.internal.kernel;

/**
 * The numbers of a 2-d pooling over contiguous planes: input [planes, height, width], output
 * [planes, outHeight, outWidth]. The output's size is the caller's, because rounding up is an
 * option of the layer.
 */
public record PoolShape(
    int planes,
    int height,
    int width,
    int outHeight,
    int outWidth,
    int kernelH,
    int kernelW,
    int strideH,
    int strideW,
    int padH,
    int padW,
    int dilationH,
    int dilationW) {}
