package dev.facula;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.facula.internal.array.Shapes;
import dev.facula.nn.Init;
import dev.facula.optim.ASGD;
import dev.facula.optim.Adadelta;
import dev.facula.optim.Adagrad;
import dev.facula.optim.Adam;
import dev.facula.optim.AdamW;
import dev.facula.optim.Adamax;
import dev.facula.optim.NAdam;
import dev.facula.optim.Optimizer;
import dev.facula.optim.RAdam;
import dev.facula.optim.RMSprop;
import dev.facula.optim.Rprop;
import dev.facula.optim.SGD;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/**
 * Changes in place of elements that share memory, or memory with an operand: refused where PyTorch
 * refuses them, and with its values where it does not. All expected values are PyTorch's.
 */
final class SharedMemoryTest {
  /** Methods that PyTorch allows on expanded tensors, or that change no elements. */
  private static final Set<String> ALLOWED =
      Set.of(
          "zero_",
          "fill_",
          "tril_",
          "triu_",
          "indexFill_",
          "indexPut_",
          "maskedFill_",
          "setAt_",
          "requiresGrad_",
          "clip_");

  private static Tensor numbers(DType dtype, int... shape) {
    int n = Shapes.numel("numbers", shape);
    return Tensor.arange(1, n + 1).to(dtype).view(shape);
  }

  private static void refused(String op, Executable work) {
    var e = assertThrows(ShapeException.class, work, op);
    assertTrue(e.getMessage().startsWith(op + ": "), e.getMessage());
    assertTrue(e.getMessage().contains("clone()"), e.getMessage());
  }

  /** Three equal rows, of 1, 2, 3, in the memory of one. */
  private static Tensor rows(DType dtype) {
    return numbers(dtype, 3).expand(3, 3);
  }

  private static Object argument(Method m, int i, DType dtype) {
    Class<?> type = m.getParameterTypes()[i];
    boolean indexed = m.getName().matches("(index|scatter|put).*");
    if (type == Tensor.class) {
      boolean first = i == 0 || m.getParameterTypes()[i - 1] != Tensor.class;
      if (indexed && first) {
        return m.getName().startsWith("index") ? Tensor.arange(3) : Tensor.zeros(DType.INT64, 3, 3);
      }
      if (m.getName().startsWith("masked") && first) {
        return Tensor.ones(DType.BOOL, 3, 3);
      }
      if (m.getName().equals("addr_")) {
        return numbers(dtype, 3);
      }
      if (m.getName().equals("addmv_")) {
        return i == 0 ? numbers(dtype, 3, 3) : numbers(dtype, 3);
      }
      if (m.getName().equals("addbmm_") || m.getName().equals("baddbmm_")) {
        return numbers(dtype, 3, 3, 3);
      }
      return m.getName().equals("bernoulli_")
          ? Tensor.full(dtype, 0.5, 3, 3)
          : numbers(dtype, 3, 3);
    }
    if (type == int.class) {
      return m.getName().equals("mvlgamma_") ? 1 : 0;
    }
    if (type == long.class) {
      return i + 1L;
    }
    if (type == double.class || type == Double.class) {
      return i == 0 ? 0.25 : 0.75;
    }
    if (type == boolean.class) {
      return true;
    }
    if (type == String.class) {
      return m.getName().equals("div_") ? "floor" : "prod";
    }
    if (type == Generator.class) {
      return new Generator(1);
    }
    if (type == Consumer.class) {
      Consumer<Object> none = o -> {};
      return none;
    }
    assertEquals(Number.class, type, m.toString());
    return 2;
  }

  /** Every method in place, found by its name, so that no later one is left out. */
  @Test
  void noMethodWritesToExpandedElements() throws ReflectiveOperationException {
    Set<String> seen = new TreeSet<>();
    for (Method m : Tensor.class.getMethods()) {
      if (!m.getName().endsWith("_") || Modifier.isStatic(m.getModifiers())) {
        continue;
      }
      if (ALLOWED.contains(m.getName()) || m.getName().equals("fillDiagonal_")) {
        continue;
      }
      boolean whole = m.getName().matches("bitwise.*|gcd_|lcm_");
      boolean batches = m.getName().equals("baddbmm_");
      DType dtype = whole ? DType.INT64 : DType.FLOAT64;
      List<UnaryOperator<Tensor>> spreads =
          List.of(
              t -> t.expand(3, 3),
              t -> t.view(3, 1).expand(3, 3),
              t -> t.select(0, 0).expand(3, 3),
              t -> t.expand(2, 3, 3).select(0, 1).t());
      for (var spread : spreads) {
        Tensor memory = numbers(dtype, 3);
        Tensor rows = spread.apply(memory);
        Tensor x =
            batches
                ? rows.unsqueeze(0).expand(3, 3, 3)
                : m.getName().equals("addmv_") ? rows.select(0, 0).select(0, 0).expand(3) : rows;
        Object[] arguments = new Object[m.getParameterCount()];
        for (int i = 0; i < arguments.length; i++) {
          arguments[i] = argument(m, i, dtype);
        }
        refused(
            m.getName(),
            () -> {
              try {
                m.invoke(x, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
        assertArrayEquals(new double[] {1, 2, 3}, memory.toDoubleArray(), m.toString());
        assertEquals(0, memory.version(), m.toString());
      }
      seen.add(m.getName());
    }
    assertTrue(seen.size() > 100, seen.toString());
  }

  @Test
  void elementsOfAnyTypeAndShapeAreRefused() {
    for (DType dtype : DType.values()) {
      refused("copy_", () -> Tensor.zeros(dtype, 1).expand(4).copy_(Tensor.ones(4)));
      refused("eq_", () -> Tensor.zeros(dtype, 2, 1).expand(2, 4).eq_(Tensor.ones(4)));
    }
    refused("indexAdd_", () -> zerosOf(4).indexAdd_(0, Tensor.arange(4), Tensor.ones(4)));
    refused("indexAdd_", () -> zerosOf(4).indexAdd_(0, Tensor.of(new int[] {9}), Tensor.ones(1)));
    refused("add_", () -> zerosOf(4).add_(Tensor.ones(3)));
    refused("copy_", () -> zerosOf(4).copy_(Tensor.scalar(1)));
    refused("fill_", () -> zerosOf(4).fill_(Tensor.scalar(1)));
    refused("add_", () -> Tensor.scalar(1).expand(2).add_(1));
    refused("add_", () -> Tensor.zeros(3).asStrided(new int[] {2, 2}, new int[] {0, 1}, 0).add_(1));
    refused("add_", () -> Tensor.meshgrid("ij", Tensor.ones(3), Tensor.ones(2)).get(0).add_(1));
    refused("setAt_", () -> rows(DType.FLOAT32).setAt_(Index.ALL, Index.slice(0, 2), 5));
    refused("uniform_", () -> Init.xavierUniform_(rows(DType.FLOAT32)));
    refused(
        "add_",
        () -> {
          Tensor x = Tensor.ones(3).requiresGrad_(true);
          Autograd.grad(x.sum(), x).add_(1);
        });
  }

  private static Tensor zerosOf(int n) {
    return Tensor.zeros(1).expand(n);
  }

  @Test
  void aDimensionOfOneOrNoneSharesNothing() {
    for (int[] shape : new int[][] {{1}, {1, 3}, {3, 0}, {0, 3}}) {
      Tensor base = Tensor.zeros(shape[shape.length - 1] == 3 ? 3 : 1).narrow(0, 0, Math.min(1, 1));
      Tensor x =
          shape[shape.length - 1] == 3
              ? Tensor.zeros(1, 3).narrow(0, 0, shape.length == 1 ? 1 : shape[0]).expand(shape)
              : shape.length == 1 ? base.expand(1) : Tensor.zeros(1, 0).expand(shape);
      assertEquals(x.numel(), x.add_(1).sum().item());
      assertEquals(2 * x.numel(), x.copy_(Tensor.full(DType.FLOAT32, 2, shape)).sum().item());
      x.uniform_();
    }
    assertEquals(0, Tensor.zeros(1, 3).asStrided(new int[] {0, 3}, new int[2], 0).add_(1).numel());
  }

  private static void holds(double[] memory, Consumer<Tensor> work) {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT32}) {
      Tensor base = numbers(dtype, 3);
      Tensor rows = base.expand(2, 3);
      work.accept(rows);
      assertArrayEquals(memory, base.toDoubleArray(), dtype.toString());
      assertArrayEquals(memory, rows.select(0, 1).toDoubleArray());
      assertTrue(base.version() > 0);
    }
  }

  @Test
  void whatIsAllowedWritesToTheOnePlace() {
    Tensor index = Tensor.of(new long[] {0, 1}, 2);
    Tensor first = Tensor.zeros(DType.INT64, 1);
    Function<Tensor, Tensor> b = x -> Tensor.arange(10, 16).view(2, 3).to(x.dtype());
    holds(new double[] {0, 0, 0}, x -> assertSame(x, x.zero_()));
    holds(new double[] {7, 7, 7}, x -> assertSame(x, x.fill_(7)));
    holds(new double[] {1, 0, 0}, x -> assertSame(x, x.tril_()));
    holds(new double[] {1, 2, 0}, x -> x.tril_(1));
    holds(new double[] {0, 2, 3}, Tensor::triu_);
    holds(new double[] {0, 0, 3}, x -> x.triu_(1));
    holds(new double[] {7, 7, 3}, x -> x.fillDiagonal_(7));
    holds(new double[] {5, 5, 5}, x -> assertSame(x, x.indexFill_(0, index, 5)));
    holds(new double[] {5, 5, 5}, x -> x.indexFill_(0, first, 5));
    holds(new double[] {5, 2, 3}, x -> x.indexFill_(1, first, Tensor.scalar(5).to(x.dtype())));
    Tensor mask = Tensor.of(new boolean[] {true, false, false, false, true, false}, 2, 3);
    holds(new double[] {5, 5, 3}, x -> assertSame(x, x.maskedFill_(mask, 5)));
    holds(new double[] {5, 5, 3}, x -> x.maskedFill_(mask, Tensor.scalar(5).to(x.dtype())));
    holds(new double[] {5, 2, 3}, x -> x.maskedFill_(mask.select(0, 0), 5));
    holds(new double[] {5, 5, 5}, x -> assertSame(x, x.setAt_(0, 5)));
    holds(new double[] {10, 11, 12}, x -> x.setAt_(0, b.apply(x).select(0, 0)));
    holds(new double[] {5, 5, 5}, x -> x.setAt_(index, 5));
    holds(new double[] {13, 14, 15}, x -> x.setAt_(index, b.apply(x)));
    holds(new double[] {5, 5, 3}, x -> x.setAt_(mask, 5));
    holds(new double[] {5, 2, 3}, x -> x.setAt_(first, first, 5));
    holds(new double[] {5, 2, 3}, x -> x.setAt_(0, first, 5));
    Tensor[] one = {index};
    holds(new double[] {13, 14, 15}, x -> assertSame(x, x.indexPut_(one, b.apply(x), false)));
    holds(new double[] {24, 27, 30}, x -> x.indexPut_(one, b.apply(x), true));
    Tensor[] second = {null, Tensor.of(new long[] {2, 0}, 2)};
    holds(
        new double[] {29, 2, 29},
        x -> x.indexPut_(second, Tensor.arange(12, 16).view(2, 2).to(x.dtype()), true));
    Tensor base = Tensor.ones(3);
    Tensor rows = base.expand(2, 3);
    assertSame(rows, rows.copy_(rows));
    Init.constant_(rows, 4);
    assertArrayEquals(new float[] {4, 4, 4}, base.toFloatArray());
  }

  @Test
  void wrongArgumentsOfWhatIsAllowedAreRefused() {
    Tensor rows = rows(DType.FLOAT32);
    Tensor far = Tensor.of(new long[] {3}, 1);
    assertThrows(ShapeException.class, () -> rows.indexFill_(0, far, 1));
    assertThrows(ShapeException.class, () -> rows.maskedFill_(Tensor.ones(DType.BOOL, 2, 3), 1));
    assertThrows(DTypeException.class, () -> rows.maskedFill_(Tensor.ones(3, 3), 1));
    assertThrows(ShapeException.class, () -> rows.setAt_(far, 1));
    Tensor leaf = Tensor.ones(1).requiresGrad_(true);
    for (Consumer<Tensor> work :
        List.<Consumer<Tensor>>of(Tensor::zero_, x -> x.add_(1), x -> x.setAt_(0, 1))) {
      var e = assertThrows(AutogradException.class, () -> work.accept(leaf.expand(4)));
      assertTrue(e.getMessage().contains("leaf"), e.getMessage());
    }
    try (var guard = Facula.noGrad()) {
      refused("add_", () -> leaf.expand(4).add_(1));
      leaf.expand(4).fill_(3);
    }
    assertEquals(3, leaf.item());
  }

  @Test
  void aGradientNeverDependsOnWhichElementItBelongsTo() {
    Tensor w = Tensor.of(new float[] {1, 2}, 2).requiresGrad_(true);
    Tensor weights = numbers(DType.FLOAT32, 3, 2);
    Tensor mask = Tensor.of(new boolean[] {true, false, false, false, false, true}, 3, 2);
    refused("mul_", () -> w.mul(1).expand(3, 2).mul_(2));
    refused("zero_", () -> w.mul(1).expand(3, 2).zero_());
    refused("fill_", () -> w.mul(1).expand(3, 2).fill_(1));
    refused("maskedFill_", () -> w.mul(1).expand(3, 2).maskedFill_(mask, 1));
    refused("indexFill_", () -> w.mul(1).expand(3, 2).indexFill_(0, Tensor.arange(2), 1));
    refused("tril_", () -> w.mul(1).expand(3, 2).tril_());
    refused("setAt_", () -> w.mul(1).expand(3, 2).setAt_(Tensor.arange(2), 1));
    Tensor b = w.mul(1);
    Tensor rows = b.expand(3, 2);
    rows.select(0, 0).mul_(3);
    assertArrayEquals(new float[] {3, 6, 3, 6, 3, 6}, rows.toFloatArray());
    rows.mul(weights).sum().backward();
    assertArrayEquals(new float[] {27, 36}, requireNonNull(w.grad()).toFloatArray());
    Tensor v = Tensor.scalar(5).requiresGrad_(true);
    Tensor of = w.mul(1).expand(3, 2);
    of.setAt_(0, v);
    w.setGrad(null);
    of.mul(weights).sum().backward();
    assertArrayEquals(new float[] {0, 0}, requireNonNull(w.grad()).toFloatArray());
    assertEquals(21, requireNonNull(v.grad()).item());
  }

  @Test
  void aValueHasItsGradientFromThePlacesItWentTo() {
    Tensor weights = numbers(DType.FLOAT32, 3, 2);
    Tensor mask = Tensor.of(new boolean[] {true, false, false, false, false, true}, 3, 2);
    Tensor[] first = {Tensor.zeros(DType.INT64, 1)};
    List<Consumer<Tensor[]>> works =
        List.of(
            t -> t[0].maskedFill_(mask, t[1]),
            t -> t[0].indexPut_(first, t[1], false),
            t -> t[0].setAt_(0, t[1]));
    for (var work : works) {
      Tensor base = Tensor.zeros(2);
      Tensor rows = base.expand(3, 2);
      Tensor v = Tensor.scalar(5).requiresGrad_(true);
      work.accept(new Tensor[] {rows, v});
      assertArrayEquals(new float[] {5, 5}, base.toFloatArray());
      rows.mul(weights).sum().backward();
      assertEquals(21, requireNonNull(v.grad()).item());
    }
  }

  /** A destination, an operand and whether they overlap in part, or have the same places. */
  private enum Pair {
    SELF((s) -> s, s -> s),
    ALIAS(s -> s, s -> s.view(4, 4)),
    TRANSPOSED(s -> s, Tensor::t),
    ROWS(s -> s.narrow(0, 1, 3), s -> s.narrow(0, 0, 3)),
    ROW(s -> s, s -> s.select(0, 0)),
    ELEMENT(s -> s, s -> s.select(0, 1).select(0, 2)),
    DISJOINT(s -> s.narrow(0, 0, 2), s -> s.narrow(0, 2, 2)),
    COLUMNS(s -> s.slice(1, 0, 4, 2), s -> s.slice(1, 1, 4, 2)),
    EXPANDED(s -> s.narrow(0, 1, 3), s -> s.narrow(0, 0, 1).expand(3, 4));

    final UnaryOperator<Tensor> destination;
    final UnaryOperator<Tensor> operand;

    Pair(UnaryOperator<Tensor> destination, UnaryOperator<Tensor> operand) {
      this.destination = destination;
      this.operand = operand;
    }
  }

  private record Case(String op, BiConsumer<Tensor, Tensor> work) {}

  private static void meet(Set<Pair> refused, Set<Pair> left, Case c, DType dtype) {
    for (Pair pair : Pair.values()) {
      if (left.contains(pair)) {
        continue;
      }
      Tensor s = numbers(dtype, 4, 4);
      Tensor d = pair.destination.apply(s);
      Tensor o = pair.operand.apply(s);
      String what = c.op + " " + pair + " " + dtype;
      if (refused.contains(pair)) {
        refused(c.op, () -> c.work.accept(d, o));
        assertArrayEquals(numbers(dtype, 4, 4).toDoubleArray(), s.toDoubleArray(), what);
      } else {
        Tensor other = numbers(dtype, 4, 4);
        c.work.accept(pair.destination.apply(other), o.clone());
        c.work.accept(d, o);
        assertArrayEquals(other.toDoubleArray(), s.toDoubleArray(), what);
      }
    }
  }

  @Test
  void operandsThatShareSomePlacesAreRefused() {
    Set<Pair> partly = Set.of(Pair.TRANSPOSED, Pair.ROWS, Pair.ROW, Pair.ELEMENT);
    List<Case> cases =
        List.of(
            new Case("copy_", Tensor::copy_),
            new Case("add_", Tensor::add_),
            new Case("sub_", (d, o) -> d.sub_(o, 2)),
            new Case("mul_", Tensor::mul_),
            new Case("div_", (d, o) -> d.div_(o, "trunc")),
            new Case("remainder_", Tensor::remainder_),
            new Case("eq_", Tensor::eq_),
            new Case("logicalXor_", Tensor::logicalXor_),
            new Case("clamp_", (d, o) -> d.clamp_(o, null)),
            new Case("clamp_", (d, o) -> d.clamp_(Tensor.zerosLike(d), o)));
    for (Case c : cases) {
      meet(partly, Set.of(), c, DType.FLOAT32);
      meet(partly, Set.of(), c, DType.INT64);
    }
    meet(partly, Set.of(), new Case("atan2_", Tensor::atan2_), DType.FLOAT64);
    meet(partly, Set.of(), new Case("lerp_", (d, o) -> d.lerp_(o, 0.5)), DType.FLOAT64);
    meet(partly, Set.of(), new Case("lerp_", (d, o) -> d.lerp_(d, o)), DType.FLOAT64);
    Case addcmul = new Case("addcmul_", (d, o) -> d.addcmul_(Tensor.onesLike(d), o, 2));
    meet(partly, Set.of(), addcmul, DType.FLOAT32);
    // What is assigned to an index is broadcast before it is copied.
    Case set = new Case("setAt_", (d, o) -> d.setAt_(Index.ALL, o));
    meet(Set.of(Pair.TRANSPOSED, Pair.ROWS), Set.of(), set, DType.FLOAT32);
    Tensor x = numbers(DType.FLOAT32, 2);
    x.fill_(x.select(0, 1));
    assertArrayEquals(new float[] {2, 2}, x.toFloatArray());
  }

  @Test
  void indexedOperandsThatShareAnyPlaceAreRefused() {
    Set<Pair> any = Set.of(Pair.SELF, Pair.ALIAS, Pair.TRANSPOSED, Pair.ROWS);
    Set<Pair> left = Set.of(Pair.ROW, Pair.ELEMENT); // wrong shapes for most
    Function<Tensor, Tensor> rows = d -> Tensor.arange(d.size(0));
    Function<Tensor, Tensor> zeros = o -> Tensor.zeros(DType.INT64, o.shape());
    List<Case> cases =
        List.of(
            new Case("indexAdd_", (d, o) -> d.indexAdd_(0, rows.apply(d), o)),
            new Case("indexCopy_", (d, o) -> d.indexCopy_(0, rows.apply(d), o)),
            new Case("indexReduce_", (d, o) -> d.indexReduce_(0, rows.apply(d), o, "prod", true)),
            new Case("scatter_", (d, o) -> d.scatter_(0, zeros.apply(o), o)),
            new Case("scatterAdd_", (d, o) -> d.scatterAdd_(0, zeros.apply(o), o)),
            new Case(
                "scatterReduce_", (d, o) -> d.scatterReduce_(0, zeros.apply(o), o, "sum", true)),
            new Case("put_", (d, o) -> d.put_(Tensor.arange(o.numel()).view(o.shape()), o, false)),
            new Case("indexPut_", (d, o) -> d.indexPut_(new Tensor[] {rows.apply(d)}, o, true)),
            new Case("setAt_", (d, o) -> d.setAt_(rows.apply(d), o)));
    for (Case c : cases) {
      meet(any, left, c, DType.FLOAT32);
      meet(any, left, c, DType.INT64);
    }
    List<Case> indices =
        List.of(
            new Case("scatter_", (x, i) -> x.scatter_(0, i, 3)),
            new Case("indexFill_", (x, i) -> x.indexFill_(0, i, 7)),
            new Case("indexAdd_", (x, i) -> x.indexAdd_(0, i, Tensor.ones(DType.INT64, 3))),
            new Case("put_", (x, i) -> x.put_(i, Tensor.ones(DType.INT64, 3), true)),
            new Case("setAt_", (x, i) -> x.setAt_(i, 7)));
    for (Case c : indices) {
      Tensor x = Tensor.of(new long[] {1, 0, 2}, 3);
      refused(c.op, () -> c.work.accept(x, x));
      refused(c.op, () -> c.work.accept(x, x.narrow(0, 0, 3)));
    }
    Tensor mask = Tensor.of(new boolean[] {true, false, true}, 3);
    refused("maskedFill_", () -> mask.narrow(0, 1, 2).maskedFill_(mask.narrow(0, 0, 2), 0));
    mask.maskedFill_(mask, 0);
    assertArrayEquals(new boolean[3], mask.toBooleanArray());
  }

  /** Windows that overlap: the later see what the earlier have left. */
  @Test
  void windowsAreChangedOneAfterTheOther() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64}) {
      Tensor x = Tensor.arange(5).to(dtype);
      Tensor windows = x.unfold(0, 3, 1);
      windows.add_(1);
      assertArrayEquals(new double[] {1, 3, 5, 5, 5}, x.toDoubleArray());
      Tensor y = Tensor.arange(5).to(dtype);
      Tensor factors = numbers(dtype, 3, 3);
      y.unfold(0, 3, 1).mul_(factors);
      assertArrayEquals(new double[] {0, 8, 210, 144, 36}, y.toDoubleArray());
      Tensor z = Tensor.arange(5).to(dtype).asStrided(new int[] {2, 3}, new int[] {2, 1}, 0);
      z.add_(1);
      assertArrayEquals(new double[] {1, 2, 4, 4, 4, 5}, z.toDoubleArray());
      z.copy_(Tensor.arange(6).view(2, 3));
      assertArrayEquals(new double[] {0, 1, 3, 3, 4, 5}, z.toDoubleArray());
    }
    Tensor x = Tensor.arange(4).to(DType.FLOAT64);
    x.unfold(0, 2, 1).exp_();
    double e1 = Math.exp(1);
    assertArrayEquals(
        new double[] {1, Math.exp(e1), Math.exp(Math.exp(2)), Math.exp(3)},
        x.toDoubleArray(),
        1e-9);
  }

  @Test
  void noOptimizerWritesToSharedElements() {
    List<Function<List<Tensor>, Optimizer>> makers =
        List.of(
            p -> new SGD(p, 1),
            p -> new SGD(p, 1, o -> o.momentum(0.9)),
            p -> new Adam(p, 1),
            p -> new AdamW(p, 1),
            p -> new RMSprop(p, 1),
            p -> new Adagrad(p, 1),
            p -> new Adadelta(p, 1),
            p -> new NAdam(p, 1),
            p -> new RAdam(p, 1),
            p -> new Adamax(p, 1),
            p -> new ASGD(p, 1),
            p -> new Rprop(p, 1));
    for (var maker : makers) {
      Tensor memory = Tensor.zeros(1);
      Tensor w = memory.expand(4).detach().requiresGrad_(true);
      w.mul(numbers(DType.FLOAT32, 4)).sum().backward();
      Optimizer optimizer = maker.apply(List.of(w));
      var e = assertThrows(ShapeException.class, optimizer::step, optimizer.toString());
      assertTrue(e.getMessage().contains("clone()"), e.getMessage());
      assertEquals(0, memory.item(), optimizer.toString());
    }
  }

  @Test
  void aGradientIsNotAddedToSharedElements() {
    Tensor w = Tensor.zeros(4).requiresGrad_(true);
    Tensor memory = Tensor.ones(1);
    w.setGrad(memory.expand(4));
    var e = assertThrows(ShapeException.class, () -> w.mul(2).sum().backward());
    assertTrue(e.getMessage().contains("clone()"), e.getMessage());
    assertEquals(1, memory.item());
    w.mul(2).sum().backward(o -> o.createGraph(true));
    assertArrayEquals(new float[] {3, 3, 3, 3}, requireNonNull(w.grad()).toFloatArray());
    assertEquals(1, memory.item());
    List<Tensor> seeds = new ArrayList<>(List.of(Tensor.ones(1).expand(4)));
    Tensor v = Tensor.zeros(4).requiresGrad_(true);
    for (int pass = 1; pass <= 3; pass++) {
      v.mul(2).add(v).backward(seeds.get(0));
      assertArrayEquals(
          new double[] {3.0 * pass, 3.0 * pass, 3.0 * pass, 3.0 * pass},
          requireNonNull(v.grad()).toDoubleArray());
    }
    assertArrayEquals(new float[] {1, 1, 1, 1}, seeds.get(0).toFloatArray());
  }
}
