package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Gradients of recorded operations. */
public final class Autograd {
  private Autograd() {}

  /** Options of a backward pass. */
  public static final class Options {
    private boolean retainGraph;
    private boolean retainGraphSet;
    private boolean createGraph;
    private boolean allowUnused;

    Options() {}

    static Options of(Consumer<Options> setter) {
      Options options = new Options();
      Objects.requireNonNull(setter, "options").accept(options);
      return options;
    }

    /**
     * Keeps the graph, so that it can be gone through again. Default: what createGraph is.
     *
     * @return this
     */
    public Options retainGraph(boolean on) {
      retainGraph = on;
      retainGraphSet = true;
      return this;
    }

    /**
     * Records the backward pass itself, for second and higher derivatives. A gradient that turns
     * out to be constant, as those of functions made of linear pieces, may be differentiated
     * further, too: by the inputs it was taken by its derivatives are zeros. Default: false.
     *
     * @return this
     */
    public Options createGraph(boolean on) {
      createGraph = on;
      return this;
    }

    /**
     * Lets {@link Autograd#grad} return null for an input that the outputs do not depend on, where
     * it is an error otherwise. Default: false.
     *
     * @return this
     */
    public Options allowUnused(boolean on) {
      allowUnused = on;
      return this;
    }

    private boolean retain() {
      return retainGraphSet ? retainGraph : createGraph;
    }
  }

  /** Adds the gradients of outputs of one element to the {@link Tensor#grad()} of all leaves. */
  public static void backward(List<Tensor> outputs) {
    backward(outputs, null, new Options());
  }

  /**
   * The same for outputs of any shape.
   *
   * @param gradients one for each output; null for outputs of one element
   */
  public static void backward(List<Tensor> outputs, List<? extends @Nullable Tensor> gradients) {
    backward(outputs, gradients, new Options());
  }

  /**
   * Adds the gradients of the outputs to the {@link Tensor#grad()} of all leaves.
   *
   * @param gradients one for each output; null for outputs of one element
   */
  static void backward(
      List<Tensor> outputs, @Nullable List<? extends @Nullable Tensor> gradients, Options options) {
    List<Tensor> seeds = seeds("backward", outputs, gradients);
    Graph.backward(outputs, seeds, options.retain(), options.createGraph, null);
  }

  /**
   * The gradients of outputs with regard to inputs, without a change of any {@link Tensor#grad()}.
   *
   * <pre>{@code
   * Tensor x = Tensor.scalar(3).requiresGrad_(true);
   * Tensor y = x.pow(3);
   * Tensor first = Autograd.grad(y, x, o -> o.createGraph(true)); // 27
   * Tensor second = Autograd.grad(first, x);                      // 18
   * }</pre>
   *
   * @param outputs results of recorded operations
   * @param inputs leaves or results that the outputs depend on
   * @param gradOutputs the gradient with regard to each output; null stands for 1
   * @param options retainGraph, createGraph, allowUnused
   * @return a gradient for each input; null where allowUnused and there is none
   */
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<? extends @Nullable Tensor> gradOutputs,
      Consumer<Options> options) {
    Options o = Options.of(options);
    List<Tensor> seeds = seeds("grad", outputs, gradOutputs);
    @Nullable Tensor[] found = Graph.backward(outputs, seeds, o.retain(), o.createGraph, inputs);
    List<@Nullable Tensor> result = new ArrayList<>(found.length);
    for (int i = 0; i < found.length; i++) {
      if (found[i] == null && !o.allowUnused) {
        throw new AutogradException(
            ("grad: the outputs do not depend on input %s of shape %s; pass"
                    + " allowUnused(true) to get null for it")
                .formatted(i, Shapes.format(inputs.get(i).layout.shape)));
      }
      result.add(found[i]);
    }
    return Collections.unmodifiableList(result);
  }

  /** The same without options. */
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<? extends @Nullable Tensor> gradOutputs) {
    return grad(outputs, inputs, gradOutputs, o -> {});
  }

  /** The same for outputs of one element. */
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs, List<Tensor> inputs, Consumer<Options> options) {
    return grad(outputs, inputs, null, options);
  }

  /** The same for outputs of one element, without options. */
  public static List<@Nullable Tensor> grad(List<Tensor> outputs, List<Tensor> inputs) {
    return grad(outputs, inputs, null, o -> {});
  }

  /** The gradients of an output of one element with regard to inputs. */
  public static List<@Nullable Tensor> grad(Tensor output, List<Tensor> inputs) {
    return grad(output, inputs, o -> {});
  }

  /** The gradients of an output of one element with regard to inputs. */
  public static List<@Nullable Tensor> grad(
      Tensor output, List<Tensor> inputs, Consumer<Options> options) {
    return grad(List.of(Objects.requireNonNull(output, "output")), inputs, null, options);
  }

  /** The gradient of an output of one element with regard to one input. */
  public static Tensor grad(Tensor output, Tensor input) {
    return grad(output, input, null, o -> {});
  }

  /** The gradient of an output of one element with regard to one input. */
  public static Tensor grad(Tensor output, Tensor input, Consumer<Options> options) {
    return grad(output, input, null, options);
  }

  /** The gradient of an output of any shape with regard to one input. */
  public static Tensor grad(Tensor output, Tensor input, Tensor gradOutput) {
    return grad(output, input, gradOutput, o -> {});
  }

  /**
   * The gradient of an output with regard to one input.
   *
   * @param gradOutput the gradient with regard to the output; null stands for 1
   */
  public static Tensor grad(
      Tensor output, Tensor input, @Nullable Tensor gradOutput, Consumer<Options> options) {
    List<Tensor> outputs = List.of(Objects.requireNonNull(output, "output"));
    List<Tensor> inputs = List.of(Objects.requireNonNull(input, "input"));
    Tensor g = grad(outputs, inputs, Collections.singletonList(gradOutput), options).get(0);
    if (g == null) {
      throw new AutogradException("grad: the output does not depend on the input");
    }
    return g;
  }

  // ---- functions --------------------------------------------------------------------------------

  /** Options of the derivatives of functions. */
  public static final class FunctionOptions {
    boolean createGraph;
    boolean strict;

    FunctionOptions() {}

    static FunctionOptions of(Consumer<FunctionOptions> setter) {
      FunctionOptions options = new FunctionOptions();
      Objects.requireNonNull(setter, "options").accept(options);
      return options;
    }

    /**
     * Records the result, for further derivatives by inputs that require a gradient. Default:
     * false.
     *
     * @return this
     */
    public FunctionOptions createGraph(boolean on) {
      createGraph = on;
      return this;
    }

    /**
     * Refuses functions that do not depend on all inputs, where zeros result otherwise. Default:
     * false.
     *
     * @return this
     */
    public FunctionOptions strict(boolean on) {
      strict = on;
      return this;
    }
  }

  /**
   * The value of a function and a product with its derivative.
   *
   * @param output the value
   * @param product the product
   */
  public record Product(Tensor output, Tensor product) {}

  /**
   * The same of a function of several tensors.
   *
   * @param outputs the values
   * @param products one for each input, with jvp one for each output
   */
  public record Products(List<Tensor> outputs, List<Tensor> products) {
    private Product single() {
      return new Product(outputs.get(0), products.get(0));
    }
  }

  private static Function<List<Tensor>, Tensor> ofList(UnaryOperator<Tensor> f) {
    Objects.requireNonNull(f, "f");
    return xs -> f.apply(xs.get(0));
  }

  private static Function<List<Tensor>, List<Tensor>> listOfList(UnaryOperator<Tensor> f) {
    Objects.requireNonNull(f, "f");
    return xs -> List.of(Objects.requireNonNull(f.apply(xs.get(0)), "the function's result"));
  }

  private static List<Tensor> one(Tensor x) {
    return List.of(Objects.requireNonNull(x, "x"));
  }

  private static @Nullable List<Tensor> oneOrNone(@Nullable Tensor v) {
    return v == null ? null : List.of(v);
  }

  /** As the general one, without options. */
  public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor x) {
    return jacobian(f, x, o -> {});
  }

  /**
   * All derivatives of a function's elements, in the shape of the output followed by the input's.
   *
   * <pre>{@code
   * Tensor j = Autograd.jacobian(x -> Functional.softmax(x, 0), scores); // [n, n]
   * }</pre>
   *
   * @param options createGraph, strict
   */
  public static Tensor jacobian(
      UnaryOperator<Tensor> f, Tensor x, Consumer<FunctionOptions> options) {
    return jacobian(listOfList(f), one(x), options).get(0).get(0);
  }

  /** The same of a function of several tensors: for each output one for each input. */
  public static List<List<Tensor>> jacobian(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      Consumer<FunctionOptions> options) {
    return new Transforms("jacobian", FunctionOptions.of(options)).jacobian(f, inputs);
  }

  /** As the general one, without options. */
  public static Tensor hessian(UnaryOperator<Tensor> f, Tensor x) {
    return hessian(f, x, o -> {});
  }

  /**
   * All second derivatives of a function of one element, in the shape of the input twice.
   *
   * @param options createGraph, strict
   */
  public static Tensor hessian(
      UnaryOperator<Tensor> f, Tensor x, Consumer<FunctionOptions> options) {
    return hessian(ofList(f), one(x), options).get(0).get(0);
  }

  /** The same of a function of several tensors: for each input one for each input. */
  public static List<List<Tensor>> hessian(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, Consumer<FunctionOptions> options) {
    return new Transforms("hessian", FunctionOptions.of(options)).hessian(f, inputs);
  }

  /** As the general one, without options. */
  public static Product vjp(UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v) {
    return vjp(f, x, v, o -> {});
  }

  /**
   * The product of a vector with the Jacobian.
   *
   * @param v of the output's shape; null for 1, for an output of one element
   * @param options createGraph, strict
   */
  public static Product vjp(
      UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v, Consumer<FunctionOptions> options) {
    return vjp(listOfList(f), one(x), oneOrNone(v), options).single();
  }

  /** The same of a function of several tensors. */
  public static Products vjp(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      Consumer<FunctionOptions> options) {
    return new Transforms("vjp", FunctionOptions.of(options)).vjp(f, inputs, v);
  }

  /** As the general one, without options. */
  public static Product jvp(UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v) {
    return jvp(f, x, v, o -> {});
  }

  /**
   * The product of the Jacobian with a vector: how the output changes in a direction. Two backward
   * passes compute it.
   *
   * @param v of the input's shape; null for 1, for an input of one element
   * @param options createGraph, strict
   */
  public static Product jvp(
      UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v, Consumer<FunctionOptions> options) {
    return jvp(listOfList(f), one(x), oneOrNone(v), options).single();
  }

  /** The same of a function of several tensors. */
  public static Products jvp(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      Consumer<FunctionOptions> options) {
    return new Transforms("jvp", FunctionOptions.of(options)).jvp(f, inputs, v);
  }

  /** As the general one, without options. */
  public static Product vhp(UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v) {
    return vhp(f, x, v, o -> {});
  }

  /**
   * The product of a vector with the Hessian of a function of one element.
   *
   * @param v of the input's shape; null for 1, for an input of one element
   * @param options createGraph, strict
   */
  public static Product vhp(
      UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v, Consumer<FunctionOptions> options) {
    return vhp(ofList(f), one(x), oneOrNone(v), options).single();
  }

  /** The same of a function of several tensors. */
  public static Products vhp(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      Consumer<FunctionOptions> options) {
    return new Transforms("vhp", FunctionOptions.of(options)).vhp(f, inputs, v);
  }

  /**
   * The product of the Hessian with a vector, which is {@link #vhp} as the Hessian is symmetric.
   */
  public static Product hvp(UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v) {
    return hvp(f, x, v, o -> {});
  }

  /** The same with options. */
  public static Product hvp(
      UnaryOperator<Tensor> f, Tensor x, @Nullable Tensor v, Consumer<FunctionOptions> options) {
    return hvp(ofList(f), one(x), oneOrNone(v), options).single();
  }

  /** The same of a function of several tensors. */
  public static Products hvp(
      Function<List<Tensor>, Tensor> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      Consumer<FunctionOptions> options) {
    return new Transforms("hvp", FunctionOptions.of(options)).vhp(f, inputs, v);
  }

  /**
   * Calls a function without keeping what its derivative needs: the backward pass calls it again,
   * with the same random numbers. Memory for time.
   *
   * <pre>{@code
   * Tensor y = Autograd.checkpoint(layer::forward, x);
   * }</pre>
   *
   * <p>Gradients reach the input, and parameters that the function uses by {@link
   * Tensor#backward()}, not by {@link #grad}; there are no second derivatives.
   *
   * @param f does the same each time
   */
  public static Tensor checkpoint(UnaryOperator<Tensor> f, Tensor x) {
    return Checkpoint.run(ofList(f), one(x));
  }

  /** The same with several inputs. */
  public static Tensor checkpoint(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    return Checkpoint.run(f, inputs);
  }

  private static List<Tensor> seeds(
      String op, List<Tensor> outputs, @Nullable List<? extends @Nullable Tensor> gradients) {
    if (gradients != null && gradients.size() != outputs.size()) {
      throw new AutogradException(
          op + ": " + gradients.size() + " gradients for " + outputs.size() + " outputs");
    }
    List<Tensor> seeds = new ArrayList<>(outputs.size());
    for (int i = 0; i < outputs.size(); i++) {
      Tensor output = Objects.requireNonNull(outputs.get(i), "outputs");
      if (output.edge() == null) {
        throw new AutogradException(
            ("%s: the tensor of shape %s does not require a gradient and has no graph; was it"
                    + " computed under noGrad, detached, or from inputs without"
                    + " requiresGrad_(true)?")
                .formatted(op, Shapes.format(output.layout.shape)));
      }
      Tensor g = gradients == null ? null : gradients.get(i);
      if (g == null) {
        if (output.numel() != 1) {
          throw new AutogradException(
              ("%s: a gradient can be left out only for an output of one element, this one"
                      + " has shape %s; reduce it, as with sum() or mean(), or pass the gradient")
                  .formatted(op, Shapes.format(output.layout.shape)));
        }
        g = Tensor.onesLike(output);
      } else if (!g.layout.sameShape(output.layout)) {
        throw Shapes.error(
            "%s: the gradient's shape %s is not that of the output %s",
            op, g.layout.shape, output.layout.shape);
      } else {
        g = new Tensor(g.storage, g.layout).historyOf(g);
        g.storage.seen = true;
      }
      seeds.add(g);
    }
    return seeds;
  }
}
