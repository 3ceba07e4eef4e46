/** The worker pool. */
package dev.facula.internal.parallel;
