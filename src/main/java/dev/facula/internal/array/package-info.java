/**
 * The ground floor: shapes, strides and the order of memory, walks over strided operands, streams
 * of random bits. Nothing here knows a tensor.
 */
package dev.facula.internal.array;
