package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One direction of one recurrent layer over a sequence, as one operation. The derivative is fused
 * too; where it is to be differentiated again, the steps are taken once more in tensor operations.
 */
final class Recurrent {
  private Recurrent() {}

  /** The gradients of an operation's operands from those of the gates and of the first state. */
  private interface Operands {
    @Nullable Tensor[] gradients(
        Node.Context context, Tensor dGates, Tensor dState, Tensor dCell, Tensor h);
  }

  /**
   * Long short-term memory.
   *
   * @param gates the input's share of the gates i f g o, [steps, batch, 4 n]
   * @return the output of all steps, and the last state of the cell
   */
  static List<Tensor> lstm(Tensor gates, Tensor h0, Tensor c0, Tensor w) {
    check("lstm", 4, gates, w, h0, c0);
    Tensor[] operands = {gates, h0, c0, w};
    return lstm(
        gates.detach().rowMajorCopy(),
        h0,
        c0,
        w,
        operands,
        Recurrent::lstmSteps,
        (context, dGates, dState, dCell, h) ->
            new Tensor[] {
              dGates,
              dState,
              dCell,
              context.needs(3) ? weightGradient(dGates, part(h, 0, dGates.size(0))) : null
            });
  }

  /**
   * The same with the product of the input, x of [steps, batch, m]. Its result is where the gates
   * are, so that they are in memory once, and the gradients of both weights are one product.
   */
  static List<Tensor> lstm(
      Tensor x, Tensor h0, Tensor c0, Tensor wInput, Tensor w, @Nullable Tensor bias) {
    Objects.requireNonNull(wInput, "weightInput");
    Tensor g = MatMul.linear(x.detach(), wInput.detach(), bias == null ? null : bias.detach());
    check("lstm", 4, g, w, h0, c0);
    Tensor[] operands =
        bias == null
            ? Graph.tensors(x, h0, c0, w, wInput)
            : Graph.tensors(x, h0, c0, w, wInput, bias);
    return lstm(
        g,
        h0,
        c0,
        w,
        operands,
        o -> {
          Tensor gates = MatMul.linear(o.get(0), o.get(4), o.size() > 5 ? o.get(5) : null);
          return lstmSteps(List.of(gates, o.get(1), o.get(2), o.get(3)));
        },
        (context, dGates, dState, dCell, h) -> {
          @Nullable Tensor[] gradients = new Tensor[operands.length];
          gradients[0] = context.needs(0) ? dGates.matmul(wInput.detach()) : null;
          gradients[1] = dState;
          gradients[2] = dCell;
          if (context.needs(3) || context.needs(4)) {
            Tensor both = Tensor.cat(List.of(x.detach(), part(h, 0, dGates.size(0))), 2);
            Tensor dw = weightGradient(dGates, both);
            both.storage.reuse();
            gradients[3] = dw.narrow(1, x.size(2), h.size(2));
            gradients[4] = dw.narrow(1, 0, x.size(2));
          }
          if (bias != null) {
            gradients[5] = context.needs(5) ? dGates.sum(0, 1) : null;
          }
          dGates.storage.reuse();
          return gradients;
        });
  }

  /** With the input's share of the gates in g, where their values will be. */
  private static List<Tensor> lstm(
      Tensor g,
      Tensor h0,
      Tensor c0,
      Tensor w,
      Tensor[] operands,
      UnaryOperator<List<Tensor>> steps,
      Operands way) {
    int length = g.size(0);
    int batch = g.size(1);
    int n = h0.size(1);
    Tensor h = Tensor.empty(g.dtype(), length + 1, batch, n);
    Tensor c = Tensor.empty(g.dtype(), length + 1, batch, n);
    Tensor t = Tensor.empty(g.dtype(), length, batch, n);
    Tensor weights = w.detach().contiguous();
    begin(h, h0);
    begin(c, c0);
    Types.floating(g.dtype())
        .recurrent()
        .lstm(
            length,
            batch,
            n,
            g.storage.array(),
            weights.storage.array(),
            weights.layout.offset,
            h.storage.array(),
            c.storage.array(),
            t.storage.array());
    Tensor output = part(h, 1, length);
    Tensor last = part(c, length, 1).view(batch, n);
    if (!Graph.wanted(operands)) {
      t.release();
    } else {
      // The derivative gives the memory of these two back itself.
      g.storage.save();
      t.storage.save();
      Graph.record(
          new Tensor[] {output, last},
          "lstm",
          operands,
          saved(operands, h, c, weights),
          (context, gs) -> {
            if (Graph.recording()) {
              return again(context, gs, operands.length, steps);
            }
            context.check();
            Tensor dh = gradient(gs[0], output);
            Tensor dCell = gradient(gs[1], last).rowMajorCopy();
            Tensor dState = Tensor.zeros(dh.dtype(), batch, n);
            // Each gate's gradient stands where its value does once nobody needs that again.
            Tensor dGates = context.last() ? g : Tensor.empty(dh.dtype(), length, batch, 4 * n);
            Types.floating(dh.dtype())
                .recurrent()
                .lstmBackward(
                    length,
                    batch,
                    n,
                    g.storage.array(),
                    weights.storage.array(),
                    weights.layout.offset,
                    c.storage.array(),
                    t.storage.array(),
                    dh.storage.array(),
                    dh.layout.offset,
                    dState.storage.array(),
                    dCell.storage.array(),
                    dGates.storage.array());
            if (dGates == g) {
              t.storage.reuse();
            }
            return way.gradients(context, dGates, dState, dCell, h);
          });
    }
    return List.of(output, last);
  }

  private static List<Tensor> lstmSteps(List<Tensor> operands) {
    Tensor h = operands.get(1);
    Tensor c = operands.get(2);
    Tensor w = operands.get(3).t();
    int n = h.size(1);
    List<Tensor> outputs = new ArrayList<>();
    for (int s = 0; s < operands.get(0).size(0); s++) {
      Tensor gates = operands.get(0).select(0, s).add(h.matmul(w));
      Tensor i = gates.narrow(1, 0, n).sigmoid();
      Tensor f = gates.narrow(1, n, n).sigmoid();
      Tensor g = gates.narrow(1, 2 * n, n).tanh();
      Tensor o = gates.narrow(1, 3 * n, n).sigmoid();
      c = f.mul(c).add(i.mul(g));
      h = o.mul(c.tanh());
      outputs.add(h);
    }
    return List.of(Tensor.stack(outputs, 0), c);
  }

  /**
   * Gated recurrent units.
   *
   * @param gates the input's share of r z c, [steps, batch, 3 n]
   * @param bias the bias of the state's share, [3 n]
   * @return the output of all steps
   */
  static Tensor gru(Tensor gates, Tensor h0, Tensor w, Tensor bias) {
    check("gru", 3, gates, w, h0);
    int steps = gates.size(0);
    int batch = gates.size(1);
    int n = h0.size(1);
    Tensor inputs = gates.detach().contiguous();
    Tensor g = Tensor.empty(inputs.dtype(), steps, batch, 3 * n);
    Tensor h = Tensor.empty(g.dtype(), steps + 1, batch, n);
    Tensor shares = Tensor.empty(g.dtype(), steps, batch, n);
    Tensor weights = w.detach().contiguous();
    Tensor offsets = bias.detach().contiguous();
    begin(h, h0);
    Types.floating(g.dtype())
        .recurrent()
        .gru(
            steps,
            batch,
            n,
            inputs.storage.array(),
            inputs.layout.offset,
            g.storage.array(),
            weights.storage.array(),
            weights.layout.offset,
            offsets.storage.array(),
            offsets.layout.offset,
            h.storage.array(),
            shares.storage.array());
    Tensor output = part(h, 1, steps);
    Tensor[] operands = {gates, h0, w, bias};
    if (!Graph.wanted(operands)) {
      return output;
    }
    return Graph.record(
        output,
        "gru",
        operands,
        saved(operands, h, g, shares, weights),
        (context, gs) -> {
          if (Graph.recording()) {
            return again(context, gs, 4, Recurrent::gruSteps);
          }
          context.check();
          Tensor dh = gradient(gs[0], output);
          Tensor dState = Tensor.zeros(dh.dtype(), batch, n);
          Tensor dGates = Tensor.empty(dh.dtype(), steps, batch, 3 * n);
          Tensor dShares = Tensor.empty(dh.dtype(), steps, batch, 3 * n);
          Types.floating(dh.dtype())
              .recurrent()
              .gruBackward(
                  steps,
                  batch,
                  n,
                  g.storage.array(),
                  weights.storage.array(),
                  weights.layout.offset,
                  h.storage.array(),
                  shares.storage.array(),
                  dh.storage.array(),
                  dh.layout.offset,
                  dState.storage.array(),
                  dGates.storage.array(),
                  dShares.storage.array());
          return new Tensor[] {
            dGates,
            dState,
            context.needs(2) ? weightGradient(dShares, part(h, 0, steps)) : null,
            context.needs(3) ? dShares.sum(0, 1) : null
          };
        });
  }

  private static List<Tensor> gruSteps(List<Tensor> operands) {
    Tensor h = operands.get(1);
    Tensor w = operands.get(2).t();
    int n = h.size(1);
    List<Tensor> outputs = new ArrayList<>();
    for (int s = 0; s < operands.get(0).size(0); s++) {
      Tensor x = operands.get(0).select(0, s);
      Tensor state = h.matmul(w).add(operands.get(3));
      Tensor r = x.narrow(1, 0, n).add(state.narrow(1, 0, n)).sigmoid();
      Tensor z = x.narrow(1, n, n).add(state.narrow(1, n, n)).sigmoid();
      Tensor c = x.narrow(1, 2 * n, n).add(r.mul(state.narrow(1, 2 * n, n))).tanh();
      h = c.add(z.mul(h.sub(c)));
      outputs.add(h);
    }
    return List.of(Tensor.stack(outputs, 0));
  }

  /**
   * The simple recurrent layer.
   *
   * @param gates the input's share, [steps, batch, n]
   * @param relu max(·, 0) instead of tanh
   * @return the output of all steps
   */
  static Tensor rnn(Tensor gates, Tensor h0, Tensor w, boolean relu) {
    check("rnn", 1, gates, w, h0);
    int steps = gates.size(0);
    int batch = gates.size(1);
    int n = h0.size(1);
    Tensor g = gates.detach().contiguous();
    Tensor h = Tensor.empty(g.dtype(), steps + 1, batch, n);
    Tensor weights = w.detach().contiguous();
    begin(h, h0);
    Types.floating(g.dtype())
        .recurrent()
        .rnn(
            relu,
            steps,
            batch,
            n,
            g.storage.array(),
            g.layout.offset,
            weights.storage.array(),
            weights.layout.offset,
            h.storage.array());
    Tensor output = part(h, 1, steps);
    Tensor[] operands = {gates, h0, w};
    if (!Graph.wanted(operands)) {
      return output;
    }
    return Graph.record(
        output,
        "rnn",
        operands,
        saved(operands, h, weights),
        (context, gs) -> {
          if (Graph.recording()) {
            return again(context, gs, 3, o -> rnnSteps(o, relu));
          }
          context.check();
          Tensor dh = gradient(gs[0], output);
          Tensor dState = Tensor.zeros(dh.dtype(), batch, n);
          Tensor dGates = Tensor.empty(dh.dtype(), steps, batch, n);
          Types.floating(dh.dtype())
              .recurrent()
              .rnnBackward(
                  relu,
                  steps,
                  batch,
                  n,
                  weights.storage.array(),
                  weights.layout.offset,
                  h.storage.array(),
                  dh.storage.array(),
                  dh.layout.offset,
                  dState.storage.array(),
                  dGates.storage.array());
          return new Tensor[] {
            dGates, dState, context.needs(2) ? weightGradient(dGates, part(h, 0, steps)) : null
          };
        });
  }

  private static List<Tensor> rnnSteps(List<Tensor> operands, boolean relu) {
    Tensor h = operands.get(1);
    Tensor w = operands.get(2).t();
    List<Tensor> outputs = new ArrayList<>();
    for (int s = 0; s < operands.get(0).size(0); s++) {
      Tensor sum = operands.get(0).select(0, s).add(h.matmul(w));
      h = relu ? sum.relu() : sum.tanh();
      outputs.add(h);
    }
    return List.of(Tensor.stack(outputs, 0));
  }

  // ---- what the three share -----------------------------------------------------------------

  private static void check(String op, int gateCount, Tensor gates, Tensor w, Tensor... states) {
    Promotion.requireFloating(op, gates);
    int n = Objects.requireNonNull(w, "weight").dim() == 2 ? w.size(1) : 0;
    boolean fits =
        gates.dim() == 3
            && w.dim() == 2
            && w.size(0) == gateCount * n
            && gates.size(2) == gateCount * n;
    for (Tensor state : states) {
      Objects.requireNonNull(state, "a state");
      fits = fits && state.dim() == 2 && state.size(0) == gates.size(1) && state.size(1) == n;
      if (state.dtype() != gates.dtype() || w.dtype() != gates.dtype()) {
        throw new DTypeException(
            "%s: gates, states and weights differ in type: %s, %s, %s"
                .formatted(op, gates.dtype(), state.dtype(), w.dtype()));
      }
    }
    if (!fits) {
      throw Shapes.error(
          "%s: expects gates [steps, batch, %s n], states [batch, n], weights [%s n, n]; got %s,"
              + " %s, %s",
          op, gateCount, gateCount, gates.layout.shape, states[0].layout.shape, w.layout.shape);
    }
  }

  /** Puts an initial state in front of a sequence of states. */
  private static void begin(Tensor sequence, Tensor first) {
    Copies.copy(first.layout, first.storage, sequence.layout.slice(0, 0, 1, 1), sequence.storage);
  }

  /** Some steps of a sequence, sharing its memory, outside of the graph. */
  private static Tensor part(Tensor sequence, int from, int steps) {
    return new Tensor(sequence.storage, sequence.layout.slice(0, from, steps, 1));
  }

  private static Tensor gradient(@Nullable Tensor g, Tensor like) {
    return g == null ? Tensor.zerosLike(like) : g.detach().contiguous();
  }

  /** The gradient of the recurrent weights: one product over all steps. */
  private static Tensor weightGradient(Tensor dGates, Tensor factors) {
    return dGates.view(-1, dGates.size(2)).t().mm(factors.reshape(-1, factors.size(2)));
  }

  /** The operands and, behind them, what else the derivative reads. */
  private static Tensor[] saved(Tensor[] operands, Tensor... states) {
    Tensor[] all = Arrays.copyOf(operands, operands.length + states.length);
    System.arraycopy(states, 0, all, operands.length, states.length);
    return all;
  }

  /**
   * The derivative in tensor operations, which can be differentiated again.
   *
   * @param steps what a layer computes from its operands, in tensor operations: [outputs..., last
   *     state]
   */
  static @Nullable Tensor[] again(
      Node.Context context, @Nullable Tensor[] gs, int count, UnaryOperator<List<Tensor>> steps) {
    List<Tensor> operands = new ArrayList<>();
    List<Tensor> wanted = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      // under a name of its own, so that paths from one operand to another do not count
      Tensor saved = context.saved(i);
      Tensor operand = saved.view(saved.layout.shape);
      operands.add(operand);
      if (context.needs(i)) {
        wanted.add(operand);
      }
    }
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> gradients = new ArrayList<>();
    List<Tensor> made = steps.apply(operands);
    for (int i = 0; i < made.size(); i++) {
      Tensor g = gs[i];
      if (g != null && made.get(i).requiresGrad()) {
        outputs.add(made.get(i));
        gradients.add(g);
      }
    }
    List<@Nullable Tensor> found =
        Autograd.grad(outputs, wanted, gradients, o -> o.createGraph(true).allowUnused(true));
    @Nullable Tensor[] result = new Tensor[count];
    int next = 0;
    for (int i = 0; i < count; i++) {
      result[i] = context.needs(i) ? found.get(next++) : null;
    }
    return Arrays.copyOf(result, count);
  }
}
