/** Kernels on the Vector API: the only package that names {@code jdk.incubator.vector}. */
@NullMarked
package dev.facula.internal.kernel.simd;

import org.jspecify.annotations.NullMarked;
