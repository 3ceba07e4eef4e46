/**
 * Layers and the containers that hold them: everything extends {@link dev.facula.nn.Module}. Layers
 * hold parameters and options; the mathematics is in {@link dev.facula.Functional}.
 */
@NullMarked
package dev.facula.nn;

import org.jspecify.annotations.NullMarked;
