package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Holds gradients against finite differences: for every element x of an input and every element y
 * of an output, the recorded dy/dx against (y(x + eps) - y(x - eps)) / (2 eps).
 *
 * <pre>{@code
 * Tensor x = Tensor.randn(DType.FLOAT64, 3, 4).requiresGrad_(true);
 * GradCheck.check(in -> List.of(in.get(0).exp().sum(1)), List.of(x));
 * GradCheck.gradgradcheck(in -> List.of(in.get(0).exp().sum(1)), List.of(x));
 * }</pre>
 *
 * <p>The inputs must be FLOAT64, and the function smooth around them: away from the corner of a
 * relu, and from elements that tie for a maximum.
 */
public final class GradCheck {
  private GradCheck() {}

  /** Options of a check. */
  public static final class Options {
    private double eps = 1e-6;
    private double atol = 1e-5;
    private double rtol = 1e-3;

    private Options() {}

    /** The step of the finite differences. Default: 1e-6. */
    public Options eps(double step) {
      eps = positive("eps", step);
      return this;
    }

    /** The absolute difference that is allowed. Default: 1e-5. */
    public Options atol(double difference) {
      atol = positive("atol", difference);
      return this;
    }

    /** The difference that is allowed relative to the finite difference. Default: 1e-3. */
    public Options rtol(double difference) {
      rtol = positive("rtol", difference);
      return this;
    }

    private static double positive(String name, double value) {
      if (!(value >= 0)) {
        throw new IllegalArgumentException(
            "GradCheck: " + name + " must not be negative, was " + value);
      }
      return value;
    }
  }

  /**
   * Checks first derivatives with the default options.
   *
   * @param function of the inputs; called many times, it must always give the same
   * @param inputs FLOAT64; those that require a gradient are checked
   * @throws AutogradException if a gradient differs; the message says which and by how much
   */
  public static void check(Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    check(function, inputs, o -> {});
  }

  /**
   * Checks first derivatives.
   *
   * @param options eps, atol, rtol
   */
  public static void check(
      Function<List<Tensor>, List<Tensor>> function,
      List<Tensor> inputs,
      Consumer<Options> options) {
    Options o = new Options();
    options.accept(o);
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    requireInputs(inputs, wanted);
    List<Tensor> outputs = function.apply(inputs);
    for (int i = 0; i < outputs.size(); i++) {
      if (outputs.get(i).isFloatingPoint()) {
        double[][][] analytical = jacobians(outputs.get(i), wanted);
        for (int j = 0; j < wanted.size(); j++) {
          int output = i;
          double[][] numerical =
              numerical(() -> function.apply(inputs).get(output), wanted.get(j), o.eps);
          compare(i, outputs.get(i), j, wanted.get(j), analytical[j], numerical, o);
        }
      }
    }
  }

  /** Checks second derivatives with the default options. */
  public static void gradgradcheck(
      Function<List<Tensor>, List<Tensor>> function, List<Tensor> inputs) {
    gradgradcheck(function, inputs, o -> {});
  }

  /**
   * Checks second derivatives: the first ones, for fixed gradients of the outputs, are a function
   * of inputs and gradients whose derivatives are checked.
   *
   * @param options eps, atol, rtol
   */
  public static void gradgradcheck(
      Function<List<Tensor>, List<Tensor>> function,
      List<Tensor> inputs,
      Consumer<Options> options) {
    List<Tensor> outputs = differentiable(function.apply(inputs));
    Generator generator = new Generator(0);
    Tensor[] all = Arrays.copyOf(inputs.toArray(new Tensor[0]), inputs.size() + outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      Tensor g = Tensor.zeros(DType.FLOAT64, outputs.get(i).shape());
      all[inputs.size() + i] = g.normal_(0, 1, generator).requiresGrad_(true);
    }
    check(
        arguments -> {
          List<Tensor> own = arguments.subList(0, inputs.size());
          List<Tensor> results = differentiable(function.apply(own));
          List<Tensor> wanted = own.stream().filter(Tensor::requiresGrad).toList();
          List<@Nullable Tensor> gradients =
              Autograd.grad(
                  results,
                  wanted,
                  arguments.subList(inputs.size(), arguments.size()),
                  o -> o.createGraph(true).allowUnused(true));
          return defined(gradients, wanted);
        },
        List.of(all),
        options);
  }

  private static List<Tensor> differentiable(List<Tensor> outputs) {
    return outputs.stream().filter(Tensor::requiresGrad).toList();
  }

  private static List<Tensor> defined(List<@Nullable Tensor> gradients, List<Tensor> like) {
    Tensor[] result = new Tensor[gradients.size()];
    for (int i = 0; i < result.length; i++) {
      Tensor g = gradients.get(i);
      result[i] = g == null ? Tensor.zerosLike(like.get(i)) : g;
    }
    return List.of(result);
  }

  private static void requireInputs(List<Tensor> inputs, List<Tensor> wanted) {
    if (wanted.isEmpty()) {
      throw new IllegalArgumentException("GradCheck: no input requires a gradient");
    }
    for (int i = 0; i < inputs.size(); i++) {
      Tensor x = inputs.get(i);
      if (x.requiresGrad() && x.dtype() != DType.FLOAT64) {
        throw new DTypeException(
            "GradCheck: input " + i + " is " + x.dtype() + "; finite differences need FLOAT64");
      }
    }
  }

  /** For every input the Jacobian, [elements of the output][elements of the input]. */
  private static double[][][] jacobians(Tensor output, List<Tensor> inputs) {
    int n = output.numel();
    double[][][] result = new double[inputs.size()][n][];
    for (int row = 0; row < n; row++) {
      double[] one = new double[n];
      one[row] = 1;
      List<@Nullable Tensor> gradients =
          output.requiresGrad()
              ? Autograd.grad(
                  List.of(output),
                  inputs,
                  List.of(Tensor.of(one, n).reshape(output.shape())),
                  o -> o.retainGraph(true).allowUnused(true))
              : Arrays.asList(new Tensor[inputs.size()]);
      List<Tensor> rows = defined(gradients, inputs);
      for (int j = 0; j < rows.size(); j++) {
        if (!rows.get(j).layout.sameShape(inputs.get(j).layout)) {
          throw new AutogradException(
              "GradCheck: the gradient of input %s has shape %s, the input %s"
                  .formatted(
                      j,
                      Shapes.format(rows.get(j).layout.shape),
                      Shapes.format(inputs.get(j).layout.shape)));
        }
        result[j][row] = rows.get(j).toDoubleArray();
      }
    }
    return result;
  }

  /** A function without arguments, around the element that is moved. */
  private interface Evaluation {
    Tensor output();
  }

  /** The Jacobian by finite differences, [elements of the output][elements of the input]. */
  private static double[][] numerical(Evaluation f, Tensor input, double eps) {
    int n = input.numel();
    double[] array = input.storage.doubles();
    int[] places = Views.places(input.layout);
    double[][] columns = new double[n][];
    for (int i = 0; i < n; i++) {
      double kept = array[places[i]];
      array[places[i]] = kept + eps;
      double[] above = f.output().toDoubleArray();
      array[places[i]] = kept - eps;
      double[] below = f.output().toDoubleArray();
      array[places[i]] = kept;
      columns[i] = new double[above.length];
      for (int row = 0; row < above.length; row++) {
        columns[i][row] = (above[row] - below[row]) / (2 * eps);
      }
    }
    return columns;
  }

  private static void compare(
      int outputIndex,
      Tensor output,
      int inputIndex,
      Tensor input,
      double[][] analytical,
      double[][] columns,
      Options o) {
    for (int row = 0; row < output.numel(); row++) {
      for (int column = 0; column < input.numel(); column++) {
        double a = analytical[row][column];
        double b = columns[column][row];
        if (!(Math.abs(a - b) <= o.atol + o.rtol * Math.abs(b))) {
          throw new AutogradException(
              String.format(
                  Locale.ROOT,
                  "GradCheck: the derivative of element %d of output %d %s by element %d of input"
                      + " %d %s is recorded as %.9g, but finite differences give %.9g",
                  row,
                  outputIndex,
                  Shapes.format(output.layout.shape),
                  column,
                  inputIndex,
                  Shapes.format(input.layout.shape),
                  a,
                  b));
        }
      }
    }
  }
}
