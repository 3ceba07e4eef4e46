package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import dev.facula.optim.ASGD;
import dev.facula.optim.Adadelta;
import dev.facula.optim.Adafactor;
import dev.facula.optim.Adagrad;
import dev.facula.optim.Adam;
import dev.facula.optim.AdamW;
import dev.facula.optim.Adamax;
import dev.facula.optim.LBFGS;
import dev.facula.optim.Muon;
import dev.facula.optim.NAdam;
import dev.facula.optim.Optimizer;
import dev.facula.optim.RAdam;
import dev.facula.optim.RMSprop;
import dev.facula.optim.Rprop;
import dev.facula.optim.SGD;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Minimises the recorded function and compares losses and parameters after each step. */
final class OptimCases implements CaseRunner {
  private interface Factory {
    Optimizer make(List<Tensor> params, double lr, Arguments a);
  }

  /** An optimizer and the learning rate that PyTorch takes where none is given. */
  private record Binding(double lr, Factory factory) {}

  private static final Map<String, Binding> BINDINGS =
      Map.ofEntries(
          Map.entry(
              "Adagrad", new Binding(1e-2, (p, lr, a) -> new Adagrad(p, lr, a.otherOptions()))),
          Map.entry(
              "Adafactor", new Binding(1e-2, (p, lr, a) -> new Adafactor(p, lr, a.otherOptions()))),
          Map.entry("LBFGS", new Binding(1, (p, lr, a) -> new LBFGS(p, lr, a.otherOptions()))),
          Map.entry("Muon", new Binding(1e-3, (p, lr, a) -> new Muon(p, lr, a.otherOptions()))),
          Map.entry("Adam", new Binding(1e-3, (p, lr, a) -> new Adam(p, lr, a.otherOptions()))),
          Map.entry("AdamW", new Binding(1e-3, (p, lr, a) -> new AdamW(p, lr, a.otherOptions()))),
          Map.entry(
              "RMSprop", new Binding(1e-2, (p, lr, a) -> new RMSprop(p, lr, a.otherOptions()))),
          Map.entry("ASGD", new Binding(1e-2, (p, lr, a) -> new ASGD(p, lr, a.otherOptions()))),
          Map.entry(
              "Adadelta", new Binding(1, (p, lr, a) -> new Adadelta(p, lr, a.otherOptions()))),
          Map.entry("Adamax", new Binding(2e-3, (p, lr, a) -> new Adamax(p, lr, a.otherOptions()))),
          Map.entry("NAdam", new Binding(2e-3, (p, lr, a) -> new NAdam(p, lr, a.otherOptions()))),
          Map.entry("RAdam", new Binding(1e-3, (p, lr, a) -> new RAdam(p, lr, a.otherOptions()))),
          Map.entry("Rprop", new Binding(1e-2, (p, lr, a) -> new Rprop(p, lr, a.otherOptions()))),
          Map.entry("SGD", new Binding(1e-3, (p, lr, a) -> new SGD(p, lr, a.otherOptions()))));

  @Override
  public boolean supports(Map<String, Object> record) {
    return BINDINGS.containsKey(Json.string(record, "optimizer"));
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    Values values = new Values(tensors);
    List<Tensor> params = new ArrayList<>();
    for (Object p : values.decodeAll(Json.list(record, "params"))) {
      params.add(((Tensor) p).requiresGrad_(true));
    }
    List<Object> targets = values.decodeAll(Json.list(record, "target"));
    Arguments arguments = new Arguments(List.of(), values.decodeAll(Json.object(record, "kwargs")));
    Binding binding = BINDINGS.get(Json.string(record, "optimizer"));
    double lr = lr(arguments, binding.lr);
    Optimizer optimizer = binding.factory.make(params, lr, arguments);
    if (!arguments.unread().isEmpty()) {
      return Outcome.failed("the binding does not read " + arguments.unread());
    }
    Supplier<Tensor> closure =
        () -> {
          optimizer.zeroGrad();
          Tensor loss = Tensor.scalar(params.get(0).dtype(), 0);
          for (int i = 0; i < params.size(); i++) {
            Tensor p = params.get(i);
            loss = loss.add(p.sub((Tensor) targets.get(i)).pow(4).mean().add(p.pow(2).mean()));
          }
          loss.backward();
          return loss;
        };
    List<Object> steps = Json.list(record, "steps");
    for (int i = 0; i < steps.size(); i++) {
      Map<String, Object> step = Json.object(steps.get(i));
      Tensor loss = optimizer.step(closure);
      double wanted = ((Number) step.get("loss")).doubleValue();
      Tolerance ofLoss =
          optimizer instanceof Muon ? Tolerance.of(DType.FLOAT32) : Tolerance.ofSum(loss.dtype());
      if (!ofLoss.accepts(loss.item(), wanted)) {
        return Outcome.failed("step " + i + ": loss " + loss.item() + ", wanted " + wanted);
      }
      if (step.containsKey("params")) {
        List<Object> recorded = Json.list(step, "params");
        for (int j = 0; j < recorded.size(); j++) {
          StoredTensor after = tensors.get(Json.string(Json.object(recorded.get(j)), "tensor"));
          String difference = after.difference(params.get(j), tolerance(optimizer, after.dtype()));
          if (difference != null) {
            return Outcome.failed("step " + i + ", parameter " + j + ": " + difference);
          }
        }
      }
    }
    return Outcome.PASSED;
  }

  /**
   * In float32 the search of a quasi-Newton method ends where rounding hides the loss's changes,
   * which tells a minimum to the square root of the type's precision; the cases in float64 are
   * exact. Muon rounds to BFLOAT16: where sums in another order round to the other neighbour, an
   * element of its step differs by that much of the learning rate.
   */
  private static Tolerance tolerance(Optimizer optimizer, DType dtype) {
    if (optimizer instanceof LBFGS && dtype == DType.FLOAT32) {
      return new Tolerance(1e-4, 3e-3);
    }
    return optimizer instanceof Muon
        ? new Tolerance(1.3e-6, 0x1p-5 * optimizer.paramGroups().get(0).lr())
        : Tolerance.of(dtype);
  }

  private static double lr(Arguments arguments, double otherwise) {
    if (!arguments.has(-1, "lr")) {
      return otherwise;
    }
    Object lr = arguments.value(-1, "lr");
    return lr instanceof Tensor t ? t.item() : ((Number) lr).doubleValue();
  }
}
