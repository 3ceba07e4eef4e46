package dev.facula;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.lang.reflect.Executable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;

/** The names that the sources give to parameters; class files need not hold them. */
final class ParameterNames {
  private final Map<String, List<String>> names = new HashMap<>();

  ParameterNames(Path sources) throws IOException {
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files =
          all.filter(p -> p.toString().endsWith(".java"))
              .filter(p -> !p.toString().contains("internal"))
              .toList();
    }
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (var manager = compiler.getStandardFileManager(null, Locale.ROOT, null)) {
      JavacTask task =
          (JavacTask)
              compiler.getTask(
                  null, manager, d -> {}, null, null, manager.getJavaFileObjectsFromPaths(files));
      for (Tree unit : task.parse()) {
        new Reader().scan(unit, null);
      }
    }
  }

  List<String> of(Executable e) {
    String types =
        Stream.of(e.getParameterTypes()).map(Class::getSimpleName).collect(Collectors.joining(","));
    String name = e instanceof java.lang.reflect.Constructor ? "<init>" : e.getName();
    String member = e.getDeclaringClass().getSimpleName() + "." + name;
    List<String> own = names.get(member + "(" + types + ")");
    // types that are parameters are spelled otherwise
    return own != null ? own : names.getOrDefault(member + e.getParameterCount(), List.of());
  }

  private final class Reader extends TreeScanner<Void, Void> {
    private final List<String> classes = new ArrayList<>();

    @Override
    public Void visitClass(ClassTree tree, Void none) {
      classes.add(tree.getSimpleName().toString());
      if (tree.getKind() == Tree.Kind.RECORD) {
        List<VariableTree> fields = new ArrayList<>();
        for (Tree member : tree.getMembers()) {
          if (member instanceof VariableTree field && !field.toString().contains("static ")) {
            fields.add(field);
          }
        }
        put("<init>", fields);
      }
      super.visitClass(tree, null);
      classes.remove(classes.size() - 1);
      return null;
    }

    @Override
    public Void visitMethod(MethodTree tree, Void none) {
      put(tree.getName().toString(), tree.getParameters());
      return super.visitMethod(tree, null);
    }

    private void put(String name, List<? extends VariableTree> parameters) {
      String types =
          parameters.stream().map(p -> simple(p.getType())).collect(Collectors.joining(","));
      String member = classes.get(classes.size() - 1) + "." + name;
      List<String> called = parameters.stream().map(p -> p.getName().toString()).toList();
      names.put(member + "(" + types + ")", called);
      names.put(member + parameters.size(), called);
    }

    /** A type's last name, without annotations, arguments and what it is nested in. */
    private static String simple(Tree type) {
      String text = type.toString().replaceAll("@\\w+(\\.\\w+)*\\s*", "").replaceAll("<.*>", "");
      return text.substring(text.lastIndexOf('.', text.length() - 4) + 1)
          .replace("...", "[]")
          .replace(" ", "");
    }
  }
}
