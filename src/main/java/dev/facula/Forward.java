package dev.facula;

/** What makes a tensor of a tensor: a module, or a function that is written as a lambda. */
@FunctionalInterface
public interface Forward {
  /** The output for an input. */
  Tensor forward(Tensor input);
}
