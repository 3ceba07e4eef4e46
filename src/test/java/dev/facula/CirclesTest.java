package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The classes that cannot do without each other. One big circle is needed: Tensor has a method for
 * each operation, and the derivatives of operations are written in tensors' methods. The list of
 * all circles may only become shorter.
 */
class CirclesTest {
  private final Map<String, Set<String>> uses = new TreeMap<>();
  private final Map<String, Integer> number = new HashMap<>();
  private final Map<String, Integer> lowest = new HashMap<>();
  private final Deque<String> path = new ArrayDeque<>();
  private final List<String> circles = new ArrayList<>();

  @Test
  void onlyTheKnownCirclesExist() throws IOException {
    JavaClasses classes =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.facula");
    for (JavaClass c : classes) {
      Set<String> used = uses.computeIfAbsent(outer(c), name -> new TreeSet<>());
      for (Dependency d : c.getDirectDependenciesFromSelf()) {
        String other = outer(d.getTargetClass());
        if (other.startsWith("dev.facula.") && !other.equals(outer(c))) {
          used.add(other);
        }
      }
    }
    uses.keySet().forEach(this::visit);
    assertEquals(known(), circles.stream().sorted().collect(Collectors.joining("\n")));
  }

  /** Tarjan, "Depth-first search and linear graph algorithms", 1972. */
  private void visit(String c) {
    if (number.containsKey(c)) {
      return;
    }
    number.put(c, number.size());
    lowest.put(c, number.get(c));
    path.push(c);
    for (String other : uses.getOrDefault(c, Set.of())) {
      visit(other);
      if (path.contains(other)) {
        lowest.merge(c, lowest.get(other), Math::min);
      }
    }
    if (lowest.get(c).equals(number.get(c))) {
      Collection<String> circle = new TreeSet<>();
      while (path.contains(c)) {
        circle.add(path.pop().substring("dev.facula.".length()));
      }
      if (circle.size() > 1) {
        circles.add(String.join(" ", circle));
      }
    }
  }

  private static String outer(JavaClass c) {
    String name = c.isArray() ? c.getBaseComponentType().getName() : c.getName();
    return name.replaceAll("\\$.*", "");
  }

  private static String known() throws IOException {
    try (var in = CirclesTest.class.getResourceAsStream("/circles.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
    }
  }
}
