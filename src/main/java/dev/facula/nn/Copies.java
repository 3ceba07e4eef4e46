package dev.facula.nn;

import dev.facula.Facula;
import dev.facula.Generator;
import java.util.function.Supplier;

/** Several modules that begin as one. */
final class Copies {
  private Copies() {}

  /**
   * A module and copies of it. The copies draw no random numbers, as PyTorch's deep copies draw
   * none.
   */
  static ModuleList of(Supplier<? extends Module> maker, int count) {
    ModuleList list = new ModuleList();
    if (count > 0) {
      Module first = maker.get();
      list.append(first);
      Generator generator = Facula.defaultGenerator();
      var state = generator.getState();
      for (int i = 1; i < count; i++) {
        Module copy = maker.get();
        copy.loadStateDict(first.stateDict());
        list.append(copy);
      }
      generator.setState(state);
    }
    return list;
  }
}
