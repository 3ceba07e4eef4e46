package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;

/**
 * Selection among the keys of one row, leaving equal keys in the order in which PyTorch leaves
 * them: that of the introspective selection and sorting of the GNU C++ library (Musser,
 * "Introspective Sorting and Selection Algorithms", 1997) with their choice of pivots, and, for
 * {@link #kth}, of Hoare's selection with a median of three. None of them is stable, so that the
 * indices of equal elements follow from the steps alone.
 */
final class Selecting {
  /** Ranges up to this length are left to insertion. */
  private static final int SMALL = 16;

  private final long[] keys;
  private final int from;
  private final boolean descending;
  private final int[] order;

  private Selecting(long[] keys, int from, int n, boolean descending) {
    this.keys = keys;
    this.from = from;
    this.descending = descending;
    this.order = Shapes.range(n);
  }

  /** The indices of the k first elements; in order if sorted, or if k is far less than n. */
  static int[] top(long[] keys, int from, int n, int k, boolean descending, boolean sorted) {
    Selecting s = new Selecting(keys, from, n, descending);
    if (k == 0) {
      return new int[0];
    }
    if (k * 64L <= n) {
      s.heapSelect(0, k, n);
      s.sortHeap(0, k);
    } else {
      s.nth(0, k - 1, n);
      if (sorted) {
        s.sort(0, k - 1);
      }
    }
    return Arrays.copyOf(s.order, k);
  }

  /** All indices in order. */
  static int[] sorted(long[] keys, int from, int n) {
    Selecting s = new Selecting(keys, from, n, false);
    s.sort(0, n);
    return s.order;
  }

  /** The index of the element that is at place k when all are in order, by Hoare's selection. */
  static int kth(long[] keys, int from, int n, int k) {
    Selecting s = new Selecting(keys, from, n, false);
    s.hoare(k);
    return s.order[k];
  }

  private boolean before(int a, int b) {
    long x = keys[from + a];
    long y = keys[from + b];
    return descending ? x > y : x < y;
  }

  private void swap(int i, int j) {
    int kept = order[i];
    order[i] = order[j];
    order[j] = kept;
  }

  private void hoare(int k) {
    int left = 0;
    int right = order.length - 1;
    while (right > left) {
      if (right == left + 1) {
        if (before(order[right], order[left])) {
          swap(left, right);
        }
        return;
      }
      swap(left + (right - left) / 2, left + 1);
      sortPair(left + 1, right);
      sortPair(left, right);
      sortPair(left + 1, left);
      int i = left + 1;
      int j = right;
      int pivot = order[left];
      while (true) {
        do {
          i++;
        } while (before(order[i], pivot));
        do {
          j--;
        } while (before(pivot, order[j]));
        if (j < i) {
          break;
        }
        swap(i, j);
      }
      swap(left, j);
      if (j <= k) {
        left = i;
      }
      if (j >= k) {
        right = j - 1;
      }
    }
  }

  private void sortPair(int i, int j) {
    if (before(order[j], order[i])) {
      swap(i, j);
    }
  }

  /** Twice the number of halvings: a range that needs more is in a bad order. */
  private static int depth(int n) {
    return n < 1 ? 0 : 2 * (31 - Integer.numberOfLeadingZeros(n));
  }

  private void nth(int begin, int k, int end) {
    int first = begin;
    int last = end;
    int depth = depth(last - first);
    while (last - first > 3) {
      if (depth-- == 0) {
        heapSelect(first, k + 1, last);
        swap(first, k);
        return;
      }
      int cut = partition(first, last);
      if (cut <= k) {
        first = cut;
      } else {
        last = cut;
      }
    }
    insertionSort(first, last);
  }

  private void sort(int first, int last) {
    if (first == last) {
      return;
    }
    introsort(first, last, depth(last - first));
    if (last - first > SMALL) {
      insertionSort(first, first + SMALL);
      for (int i = first + SMALL; i < last; i++) {
        insert(i);
      }
    } else {
      insertionSort(first, last);
    }
  }

  private void introsort(int first, int end, int limit) {
    int last = end;
    int depth = limit;
    while (last - first > SMALL) {
      if (depth-- == 0) {
        heapSelect(first, last, last);
        sortHeap(first, last);
        return;
      }
      int cut = partition(first, last);
      introsort(cut, last, depth);
      last = cut;
    }
  }

  /** Splits a range by the median of its second, middle and last element. */
  private int partition(int first, int last) {
    int middle = first + (last - first) / 2;
    swap(first, median(first + 1, middle, last - 1));
    int pivot = order[first];
    int i = first + 1;
    int j = last;
    while (true) {
      while (before(order[i], pivot)) {
        i++;
      }
      j--;
      while (before(pivot, order[j])) {
        j--;
      }
      if (i >= j) {
        return i;
      }
      swap(i, j);
      i++;
    }
  }

  private int median(int a, int b, int c) {
    if (before(order[a], order[b])) {
      return before(order[b], order[c]) ? b : before(order[a], order[c]) ? c : a;
    }
    return before(order[a], order[c]) ? a : before(order[b], order[c]) ? c : b;
  }

  private void insertionSort(int first, int last) {
    for (int i = first + 1; i < last; i++) {
      if (before(order[i], order[first])) {
        int moved = order[i];
        System.arraycopy(order, first, order, first + 1, i - first);
        order[first] = moved;
      } else {
        insert(i);
      }
    }
  }

  /** Moves an element to the front until it reaches one that it need not pass. */
  private void insert(int at) {
    int moved = order[at];
    int i = at;
    while (before(moved, order[i - 1])) {
      order[i] = order[i - 1];
      i--;
    }
    order[i] = moved;
  }

  /** Makes the range up to middle a heap of the first elements of the range up to last. */
  private void heapSelect(int first, int middle, int last) {
    int n = middle - first;
    for (int parent = (n - 2) / 2; n > 1 && parent >= 0; parent--) {
      sift(first, parent, n, order[first + parent]);
    }
    long largest = keys[from + order[first]];
    for (int i = middle; i < last; i++) {
      int moved = order[i];
      long key = keys[from + moved];
      if (descending ? key > largest : key < largest) {
        order[i] = order[first];
        sift(first, 0, n, moved);
        largest = keys[from + order[first]];
      }
    }
  }

  private void sortHeap(int first, int end) {
    for (int last = end - 1; last > first; last--) {
      int moved = order[last];
      order[last] = order[first];
      sift(first, 0, last - first, moved);
    }
  }

  /** Lets a hole sink to the ground, and an element rise in it from there. */
  private void sift(int first, int top, int n, int moved) {
    int hole = top;
    int child = hole;
    while (child < (n - 1) / 2) {
      child = 2 * (child + 1);
      if (before(order[first + child], order[first + child - 1])) {
        child--;
      }
      order[first + hole] = order[first + child];
      hole = child;
    }
    if (n % 2 == 0 && child == (n - 2) / 2) {
      child = 2 * child + 1;
      order[first + hole] = order[first + child];
      hole = child;
    }
    int parent = (hole - 1) / 2;
    while (hole > top && before(order[first + parent], moved)) {
      order[first + hole] = order[first + parent];
      hole = parent;
      parent = (hole - 1) / 2;
    }
    order[first + hole] = moved;
  }
}
