package dev.facula.nn;

import java.util.List;

/** Modules as PyTorch prints them. */
final class Printing {
  private Printing() {}

  /** The tree of modules below one. */
  static String tree(Module module, String extra) {
    String name = (Parametrize.isParametrized(module) ? "Parametrized" : "") + module.name();
    if (module.parts().isEmpty()) {
      return name + "(" + extra + ")";
    }
    StringBuilder text = new StringBuilder(name).append("(\n");
    if (!extra.isEmpty()) {
      text.append("  ").append(extra.replace("\n", "\n  ")).append('\n');
    }
    module
        .parts()
        .forEach(
            (part, m) ->
                text.append("  (")
                    .append(part)
                    .append("): ")
                    .append(m.toString().replace("\n", "\n  "))
                    .append('\n'));
    return text.append(')').toString();
  }

  /** A list of modules: runs of equal ones in one line. */
  static String list(Module list) {
    List<Module> all = List.copyOf(list.parts().values());
    if (all.isEmpty()) {
      return list.name() + "()";
    }
    StringBuilder text = new StringBuilder(list.name()).append("(\n");
    int i = 0;
    while (i < all.size()) {
      String own = all.get(i).toString();
      int end = i + 1;
      while (end < all.size() && all.get(end).toString().equals(own)) {
        end++;
      }
      String body = own.replace("\n", "\n  ");
      if (end - i > 1) {
        text.append("  (")
            .append(i)
            .append('-')
            .append(end - 1)
            .append("): ")
            .append(end - i)
            .append(" x ");
      } else {
        text.append("  (").append(i).append("): ");
      }
      text.append(body).append('\n');
      i = end;
    }
    return text.append(')').toString();
  }
}
