/** Files that are replaced in one step, and read by several threads. */
@org.jspecify.annotations.NullMarked
package dev.facula.internal.files;
