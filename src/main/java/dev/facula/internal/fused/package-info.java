/**
 * Fused steps that the layers and optimizers need and users do not: interfaces that the core fills
 * in at start, as the JDK's SharedSecrets do. They are generic in the tensor, so that this floor
 * knows nothing above it.
 */
@NullMarked
package dev.facula.internal.fused;

import org.jspecify.annotations.NullMarked;
