/** Kernels on the Vector API: the only package that names {@code jdk.incubator.vector}. */
package dev.facula.internal.kernel.simd;
