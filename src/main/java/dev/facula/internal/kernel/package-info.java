/**
 * Loops over plain arrays: the arithmetic of the library. Nothing here knows a tensor.
 *
 * <p>Each family has an interface that is generic in the array, {@code MatmulKernels<A>} and the
 * like. Its implementation for {@code float[]} is written by hand, plain Java in this package and
 * vectors in {@code simd}; that for {@code double[]} is generated from it at build time, see {@code
 * src/generator}. {@link dev.facula.internal.kernel.Backend} chooses between plain and vector
 * kernels.
 *
 * <h2>Words</h2>
 *
 * <dl>
 *   <dt>GEMM
 *   <dd>the general matrix product C = A B + C, with m rows, n columns and k steps of the sum
 *   <dt>micro-kernel, tile
 *   <dd>the innermost loop over k that keeps MR x NR elements of C in registers
 *   <dt>panel
 *   <dd>MR rows of A, packed so that the elements of a step are contiguous
 *   <dt>strip
 *   <dd>NR columns of B (two vectors), packed in the same way
 *   <dt>packing
 *   <dd>the copy into panels or strips; what is packed is read from first to last
 *   <dt>blocking
 *   <dd>the order of the loops around the micro-kernel that keeps panels in level 2 and strips in
 *       level 1 of the cache
 *   <dt>chain
 *   <dd>the additions that follow one another in one element of a sum; long ones lose accuracy, so
 *       that sums are cut into chains whose results are added
 *   <dt>lane
 *   <dd>an element of a vector register
 *   <dt>row
 *   <dd>the elements of an operand along the dimension of an operation, contiguous
 *   <dt>plane
 *   <dd>the pixels of one channel of an image
 *   <dt>tap
 *   <dd>an element of the kernel of a convolution; its product with the image is the image shifted
 *   <dt>im2col, patch
 *   <dd>the elements that one output pixel reads, gathered to a column of a matrix
 *   <dt>phase
 *   <dd>the pixels of an image whose coordinates leave the same remainders modulo the stride
 *   <dt>grain
 *   <dd>the work that is worth a task of {@link dev.facula.internal.parallel.Parallel#parallelFor}
 *   <dt>scratch
 *   <dd>buffers of a thread that live as long as it, {@code FloatScratch}
 *   <dt>warm-up
 *   <dd>plain Java runs until the JIT has compiled the vector loop, {@code simd.WarmUp}
 * </dl>
 *
 * <h2>Literature</h2>
 *
 * <ul>
 *   <li>K. Goto and R. van de Geijn, Anatomy of High-Performance Matrix Multiplication, ACM TOMS 34
 *       (2008): panels, strips and blocking
 *   <li>F. Van Zee and R. van de Geijn, BLIS: A Framework for Rapidly Instantiating BLAS
 *       Functionality, ACM TOMS 41 (2015): the loops around the micro-kernel
 *   <li>K. Chellapilla, S. Puri and P. Simard, High Performance Convolutional Neural Networks for
 *       Document Processing (2006): im2col
 *   <li>M. Cho and D. Brand, MEC: Memory-efficient Convolution for Deep Neural Network, ICML
 *       (2017): rows of patches that are shared
 *   <li>J. Zhang, F. Franchetti and T. M. Low, High Performance Zero-Memory Overhead Direct
 *       Convolutions, ICML (2018): images read in place
 *   <li>T. Dao et al., FlashAttention, NeurIPS (2022): attention without its scores in memory
 *   <li>W. Cody and W. Waite, Software Manual for the Elementary Functions (1980): reduction of the
 *       argument
 *   <li>N. Higham, The Accuracy of Floating Point Summation, SIAM J. Sci. Comput. 14 (1993): sums
 *       in blocks and by pairs
 * </ul>
 */
package dev.facula.internal.kernel;
