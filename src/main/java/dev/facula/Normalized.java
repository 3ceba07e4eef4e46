package dev.facula;

/**
 * What a normalisation computes.
 *
 * @param output the normalised input
 * @param mean the means
 * @param rstd 1 / sqrt(variance + eps)
 */
public record Normalized(Tensor output, Tensor mean, Tensor rstd) {}
