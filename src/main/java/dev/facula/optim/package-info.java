/** Optimizers and learning rate schedules, under the names of {@code torch.optim}. */
@NullMarked
package dev.facula.optim;

import org.jspecify.annotations.NullMarked;
