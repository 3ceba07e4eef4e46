/** Loss functions as modules, under the names of {@code torch.nn}. */
@NullMarked
package dev.facula.loss;

import org.jspecify.annotations.NullMarked;
