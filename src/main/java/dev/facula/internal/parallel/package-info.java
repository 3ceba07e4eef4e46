/** The worker pool. */
@NullMarked
package dev.facula.internal.parallel;

import org.jspecify.annotations.NullMarked;
