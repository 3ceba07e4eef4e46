package dev.facula.internal.kernel;

/**
 * The kernels that exist for numbers of all types.
 *
 * <p>Kernels are loops over arrays. Every operand is an array, the index of its first element and
 * counts; nothing here knows a tensor. Unless a comment says otherwise an output may be the same
 * run of the same array as an input. Numbers among the arguments are of type double; a kernel
 * rounds them to the type of its arrays once.
 *
 * @param <A> the type of the arrays
 */
public interface Kernels<A> {
  Elements<A> elements();

  ArithmeticKernels<A> arithmetic();

  ReduceKernels<A> reduce();

  /**
   * Whether elementwise kernels are fast wherever their operands begin. The JIT makes vectors of a
   * plain loop only where all arrays are read at one index.
   */
  boolean fastAnywhere();
}
