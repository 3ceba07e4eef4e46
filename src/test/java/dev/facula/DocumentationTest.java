package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;

/**
 * Whatever a user can call says what it does. (The javadoc tool checks that what is said is well
 * formed; it cannot ask for a sentence without also asking for every tag.)
 */
class DocumentationTest {
  private static final Path SOURCES = Path.of("src/main/java/dev/facula");

  @Test
  void everyPackageIsDescribed() throws IOException {
    var missing = new ArrayList<Path>();
    try (Stream<Path> folders = Files.walk(SOURCES)) {
      for (Path folder : (Iterable<Path>) folders.filter(Files::isDirectory)::iterator) {
        if (!sources(folder, 1).isEmpty() && !Files.exists(folder.resolve("package-info.java"))) {
          missing.add(folder);
        }
      }
    }
    assertEquals(List.of(), missing, "packages without package-info.java");
  }

  @Test
  void everythingPublicIsDescribed() throws IOException {
    List<Path> files =
        sources(SOURCES, Integer.MAX_VALUE).stream()
            .filter(file -> !file.startsWith(SOURCES.resolve("internal")))
            .toList();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      var task =
          (JavacTask)
              compiler.getTask(
                  null, manager, null, null, null, manager.getJavaFileObjectsFromPaths(files));
      var finder = new Finder(DocTrees.instance(task));
      for (CompilationUnitTree unit : task.parse()) {
        finder.scan(unit, null);
      }
      assertTrue(finder.described > 100, "sources were found");
      assertEquals("", String.join("\n", finder.bare), "public and without a comment");
    }
  }

  private static List<Path> sources(Path folder, int depth) throws IOException {
    try (Stream<Path> files = Files.walk(folder, depth)) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  /** Collects what is public or protected, in types that are, and has no comment. */
  private static final class Finder extends TreePathScanner<Void, Void> {
    final DocTrees docs;
    final List<String> bare = new ArrayList<>();
    int described;

    Finder(DocTrees docs) {
      this.docs = docs;
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!visible(type.getModifiers())) {
        return null;
      }
      check(type.getSimpleName().toString());
      return super.visitClass(type, null);
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      boolean inherits =
          method.getModifiers().getAnnotations().stream()
              .anyMatch(a -> a.getAnnotationType().toString().equals("Override"));
      if (visible(method.getModifiers()) && !inherits) {
        check(method.getName().toString());
      }
      return null;
    }

    @Override
    public Void visitVariable(VariableTree field, Void unused) {
      if (visible(field.getModifiers())) {
        check(field.getName().toString());
      }
      return null;
    }

    private boolean visible(ModifiersTree modifiers) {
      Set<Modifier> flags = modifiers.getFlags();
      return flags.contains(Modifier.PUBLIC)
          || flags.contains(Modifier.PROTECTED)
          || (owner() != null && owner().getKind() == Tree.Kind.INTERFACE);
    }

    /** The type around the current element, or null at the top. */
    private ClassTree owner() {
      TreePath parent = getCurrentPath().getParentPath();
      return parent.getLeaf() instanceof ClassTree type ? type : null;
    }

    private void check(String name) {
      String comment = docs.getDocComment(getCurrentPath());
      if (comment == null || comment.isBlank()) {
        CompilationUnitTree unit = getCurrentPath().getCompilationUnit();
        long at = docs.getSourcePositions().getStartPosition(unit, getCurrentPath().getLeaf());
        String file = Path.of(unit.getSourceFile().getName()).getFileName().toString();
        bare.add(file + ":" + unit.getLineMap().getLineNumber(at) + " " + name);
      } else {
        described++;
      }
    }
  }
}
