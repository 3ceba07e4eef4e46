package dev.facula.conformance;

import dev.facula.Autograd;
import dev.facula.Functional;
import dev.facula.Tensor;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Compares Jacobians, Hessians and products with them, of small functions. */
final class FuncCases implements CaseRunner {
  private static final Map<String, UnaryOperator<Tensor>> FUNCTIONS =
      Map.of(
          "sum_sin_cubed", x -> x.sin().pow(3).sum(),
          "outer_tanh", x -> x.outer(x).tanh().sum(),
          "softmax_weighted",
              x ->
                  Functional.softmax(x, 0).mul(Tensor.arange(1, x.numel() + 1).to(x.dtype())).sum(),
          "cumprod_exp", x -> x.cumprod(0).exp().sum(),
          "softmax", x -> Functional.softmax(x, 0),
          "square_flip", x -> x.mul(x.flip(0)),
          "matmul_self", x -> x.view(1, -1).mul(x.view(-1, 1)).matmul(x));

  @Override
  public boolean supports(Map<String, Object> record) {
    return FUNCTIONS.containsKey(Json.string(record, "function"));
  }

  @Override
  public Outcome run(Map<String, Object> record, TensorFile tensors) {
    Values values = new Values(tensors);
    UnaryOperator<Tensor> f = FUNCTIONS.get(Json.string(record, "function"));
    Tensor x = (Tensor) values.decode(record.get("x"));
    Tensor v = (Tensor) values.decode(record.get("v"));
    for (String name : record.keySet()) {
      Tensor actual =
          switch (name) {
            case "value" -> f.apply(x);
            case "jacobian" -> Autograd.jacobian(f, x);
            case "hessian" -> Autograd.hessian(f, x);
            case "vjp" -> Autograd.vjp(f, x, v).product();
            case "jvp" -> Autograd.jvp(f, x, v).product();
            case "vhp" -> Autograd.vhp(f, x, v).product();
            case "hvp" -> Autograd.hvp(f, x, v).product();
            default -> null;
          };
      if (actual == null) {
        continue;
      }
      StoredTensor wanted = tensors.get(Json.string(Json.object(record.get(name)), "tensor"));
      String difference = wanted.difference(actual, Tolerance.of(wanted.dtype()));
      if (difference != null) {
        return Outcome.failed(name + ": " + difference);
      }
    }
    return Outcome.PASSED;
  }
}
