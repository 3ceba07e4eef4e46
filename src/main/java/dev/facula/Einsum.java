package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * An equation of Einstein's summation, with a dimension for every label: those of the result in its
 * order, then those that are summed. The dimensions that an ellipsis stands for are labels too,
 * aligned at the right.
 */
final class Einsum {
  private static final String DOTS = "...";

  private final String equation;
  private final List<List<Integer>> labels = new ArrayList<>();
  private final Map<Integer, Integer> places = new LinkedHashMap<>();
  private int covered;
  private int outputs;

  /** Labels: characters; dimension i from the right of an ellipsis is -1 - i. */
  Einsum(String equation, Tensor[] operands) {
    this.equation = equation;
    String compact = equation.replace(" ", "");
    int arrow = compact.indexOf("->");
    String[] terms = (arrow < 0 ? compact : compact.substring(0, arrow)).split(",", -1);
    if (terms.length != operands.length) {
      throw Shapes.error(
          "einsum: the equation \"%s\" has %s operands, got %s",
          equation, terms.length, operands.length);
    }
    for (int i = 0; i < terms.length; i++) {
      int named = terms[i].replace(DOTS, "").length();
      if (terms[i].contains(DOTS)) {
        covered = Math.max(covered, operands[i].dim() - named);
      }
    }
    Map<Integer, Integer> counts = new TreeMap<>();
    for (int i = 0; i < terms.length; i++) {
      int named = terms[i].replace(DOTS, "").length();
      List<Integer> term = parse(terms[i], operands[i].dim() - named);
      if (term.size() != operands[i].dim()) {
        throw Shapes.error(
            "einsum: \"%s\" names %s dimensions, operand %s has shape %s",
            terms[i], term.size(), i, operands[i].layout.shape);
      }
      labels.add(term);
      term.forEach(label -> counts.merge(label, 1, Integer::sum));
    }
    place(arrow < 0 ? implicit(counts) : parse(compact.substring(arrow + 2), covered), counts);
    checkSizes(operands);
  }

  private void place(List<Integer> result, Map<Integer, Integer> counts) {
    for (int label : result) {
      if (!counts.containsKey(label) && label >= 0 || places.containsKey(label)) {
        throw Shapes.error(
            "einsum: label '%s' of the result of \"%s\" %s",
            (char) label,
            equation,
            places.containsKey(label) ? "appears twice" : "is no label of an operand");
      }
      places.put(label, places.size());
    }
    outputs = places.size();
    for (int label : counts.keySet()) {
      places.putIfAbsent(label, places.size());
    }
  }

  private List<Integer> parse(String term, int dots) {
    List<Integer> result = new ArrayList<>();
    int i = 0;
    while (i < term.length()) {
      if (term.startsWith(DOTS, i)) {
        for (int d = dots; d > 0; d--) {
          result.add(-d);
        }
        i += DOTS.length();
        continue;
      }
      char c = term.charAt(i++);
      if (!(c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z')) {
        throw new IllegalArgumentException(
            "einsum: '" + c + "' in \"" + equation + "\" is no label; labels are letters");
      }
      result.add((int) c);
    }
    return result;
  }

  /** Without an arrow: the ellipsis, then the labels that appear once, in alphabetical order. */
  private List<Integer> implicit(Map<Integer, Integer> counts) {
    List<Integer> result = new ArrayList<>();
    counts.forEach(
        (label, count) -> {
          if (label < 0 || count == 1) {
            result.add(label);
          }
        });
    return result;
  }

  private void checkSizes(Tensor[] operands) {
    int[] sizes = new int[rank()];
    Arrays.fill(sizes, 1);
    for (int i = 0; i < operands.length; i++) {
      for (int d = 0; d < operands[i].dim(); d++) {
        int at = place(labels.get(i).get(d));
        int n = operands[i].size(d);
        if (n != 1 && sizes[at] != 1 && n != sizes[at]) {
          throw Shapes.error(
              "einsum: dimension %s of operand %s does not fit the others in \"%s\" (%s != %s)",
              d, i, equation, n, sizes[at]);
        }
        sizes[at] = n == 1 ? sizes[at] : n;
      }
    }
  }

  private int place(int label) {
    Integer at = places.get(label);
    if (at == null) {
      throw new IllegalStateException("einsum: label without a place");
    }
    return at;
  }

  /** How many dimensions all labels have. */
  int rank() {
    return places.size();
  }

  /** How many of them the result has. */
  int outputs() {
    return outputs;
  }

  /** An operand with one dimension for every label, of size 1 where it does not have the label. */
  Tensor align(int operand, Tensor x) {
    List<Integer> own = new ArrayList<>(labels.get(operand));
    Tensor y = x;
    for (int i = 0; i < own.size(); i++) {
      int again = own.subList(i + 1, own.size()).indexOf(own.get(i));
      while (again >= 0) {
        int j = i + 1 + again;
        y = y.diagonal(0, i, j).movedim(-1, i);
        own.remove(j);
        again = own.subList(i + 1, own.size()).indexOf(own.get(i));
      }
    }
    int[] order = new int[own.size()];
    int[] shape = new int[rank()];
    Arrays.fill(shape, 1);
    int next = 0;
    for (Map.Entry<Integer, Integer> label : places.entrySet()) {
      int at = own.indexOf(label.getKey());
      if (at >= 0) {
        order[next++] = at;
        shape[label.getValue()] = y.size(at);
      }
    }
    return y.permute(order).reshape(shape);
  }
}
