package dev.facula;

/**
 * What operations return that pick elements along a dimension: the elements, and where they were.
 *
 * @param values the chosen elements; gradients flow through them
 * @param indices the INT64 index of each along the dimension
 */
public record ValuesIndices(Tensor values, Tensor indices) {}
