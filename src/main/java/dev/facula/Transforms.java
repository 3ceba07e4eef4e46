package dev.facula;

import dev.facula.internal.array.Shapes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Jacobians, Hessians and products with them: the work of {@link Autograd}'s public methods. */
final class Transforms {
  private final String op;
  private final boolean createGraph;
  private final boolean strict;

  Transforms(String op, Autograd.FunctionOptions options) {
    this.op = op;
    this.createGraph = options.createGraph;
    this.strict = options.strict;
  }

  /** For each output and each input the derivatives, in the shape of both together. */
  List<List<Tensor>> jacobian(Function<List<Tensor>, List<Tensor>> f, List<Tensor> inputs) {
    try (var guard = Facula.enableGrad()) {
      List<Tensor> xs = own(inputs);
      List<List<Tensor>> result = new ArrayList<>();
      for (Tensor y : apply(f, xs)) {
        int n = (int) y.numel();
        List<List<Tensor>> rows = new ArrayList<>();
        for (int j = 0; j < n; j++) {
          Tensor one = Tensor.zeros(y.dtype(), n);
          one.narrow(0, j, 1).fill_(1);
          rows.add(gradients(List.of(y), xs, List.of(one.view(y.shape())), createGraph));
        }
        List<Tensor> blocks = new ArrayList<>();
        for (int i = 0; i < xs.size(); i++) {
          int at = i;
          Tensor x = xs.get(i);
          int[] shape = Arrays.copyOf(y.shape(), y.dim() + x.dim());
          System.arraycopy(x.shape(), 0, shape, y.dim(), x.dim());
          blocks.add(
              n == 0
                  ? Tensor.zeros(x.dtype(), shape)
                  : given(Tensor.stack(rows.stream().map(r -> r.get(at)).toList(), 0).view(shape)));
        }
        result.add(Collections.unmodifiableList(blocks));
      }
      return Collections.unmodifiableList(result);
    }
  }

  List<List<Tensor>> hessian(Function<List<Tensor>, Tensor> f, List<Tensor> inputs) {
    Autograd.FunctionOptions recorded = new Autograd.FunctionOptions().createGraph(true);
    Transforms first = new Transforms(op, recorded.strict(strict));
    return jacobian(xs -> first.jacobian(single(f), xs).get(0), inputs);
  }

  Autograd.Products vjp(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> directions) {
    try (var guard = Facula.enableGrad()) {
      List<Tensor> xs = own(inputs);
      List<Tensor> ys = apply(f, xs);
      return products(ys, gradients(ys, xs, checked(directions, ys, "output"), createGraph));
    }
  }

  Autograd.Products jvp(
      Function<List<Tensor>, List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> directions) {
    try (var guard = Facula.enableGrad()) {
      List<Tensor> xs = own(inputs);
      List<Tensor> vs = checked(directions, xs, "input");
      List<Tensor> ys = apply(f, xs);
      // The product with a gradient is linear in it, so its derivative is the Jacobian itself.
      List<Tensor> seeds = ys.stream().map(y -> Tensor.zerosLike(y).requiresGrad_(true)).toList();
      List<Tensor> products = gradients(ys, xs, seeds, true);
      return products(ys, gradients(products, seeds, vs, createGraph));
    }
  }

  /** The Hessian is symmetric: this is the product from either side. */
  Autograd.Products vhp(
      Function<List<Tensor>, Tensor> f, List<Tensor> inputs, @Nullable List<Tensor> directions) {
    try (var guard = Facula.enableGrad()) {
      List<Tensor> xs = own(inputs);
      List<Tensor> vs = checked(directions, xs, "input");
      List<Tensor> ys = apply(single(f), xs);
      List<Tensor> first = gradients(ys, xs, List.of(Tensor.onesLike(ys.get(0))), true);
      return products(ys, gradients(first, xs, vs, createGraph));
    }
  }

  private Autograd.Products products(List<Tensor> ys, List<Tensor> products) {
    return new Autograd.Products(
        ys.stream().map(this::given).toList(), products.stream().map(this::given).toList());
  }

  /** Inputs of which the function may be differentiated without a trace in the caller's. */
  private List<Tensor> own(List<Tensor> inputs) {
    List<Tensor> xs = new ArrayList<>(inputs.size());
    for (Tensor x : inputs) {
      Objects.requireNonNull(x, "inputs");
      xs.add(createGraph && x.requiresGrad() ? x.view(x.shape()) : x.detach().requiresGrad_(true));
    }
    return xs;
  }

  private Tensor given(Tensor result) {
    return createGraph ? result : result.detach();
  }

  private List<Tensor> apply(Function<List<Tensor>, List<Tensor>> f, List<Tensor> xs) {
    List<Tensor> ys = Objects.requireNonNull(f, "f").apply(Collections.unmodifiableList(xs));
    for (int i = 0; i < Objects.requireNonNull(ys, op + ": the function's result").size(); i++) {
      Tensor y = Objects.requireNonNull(ys.get(i), "the function's result");
      if (strict && !y.requiresGrad()) {
        throw new AutogradException(
            "%s: output %s of the function is independent of the inputs".formatted(op, i));
      }
    }
    return ys;
  }

  private Function<List<Tensor>, List<Tensor>> single(Function<List<Tensor>, Tensor> f) {
    Objects.requireNonNull(f, "f");
    return xs -> {
      Tensor y = Objects.requireNonNull(f.apply(xs), op + ": the function's result");
      if (y.numel() != 1) {
        throw Shapes.error("%s: the function must return one element, not %s", op, y.layout.shape);
      }
      return List.of(y.reshape());
    };
  }

  /** Gradients, zeros where an input has none. */
  private List<Tensor> gradients(
      List<Tensor> ys, List<Tensor> xs, List<Tensor> seeds, boolean recorded) {
    List<Tensor> roots = new ArrayList<>();
    List<Tensor> rootSeeds = new ArrayList<>();
    for (int i = 0; i < ys.size(); i++) {
      if (ys.get(i).requiresGrad()) {
        roots.add(ys.get(i));
        rootSeeds.add(seeds.get(i));
      }
    }
    List<@Nullable Tensor> found =
        roots.isEmpty()
            ? Collections.nCopies(xs.size(), null)
            : Autograd.grad(
                roots,
                xs,
                rootSeeds,
                o -> o.retainGraph(true).createGraph(recorded).allowUnused(true));
    List<Tensor> result = new ArrayList<>();
    for (int i = 0; i < xs.size(); i++) {
      Tensor g = found.get(i);
      if (g == null && strict) {
        throw new AutogradException(
            "%s: the function is independent of input %s, which strict(true) refuses"
                .formatted(op, i));
      }
      result.add(g == null ? Tensor.zerosLike(xs.get(i)) : g);
    }
    return result;
  }

  private List<Tensor> checked(@Nullable List<Tensor> vs, List<Tensor> like, String what) {
    if (vs == null) {
      if (like.size() != 1 || like.get(0).numel() != 1) {
        throw new IllegalArgumentException(
            "%s: v can be left out only for one %s of one element".formatted(op, what));
      }
      return List.of(Tensor.onesLike(like.get(0)));
    }
    if (vs.size() != like.size()) {
      throw new IllegalArgumentException(
          "%s: v has %s tensors for %s %ss".formatted(op, vs.size(), like.size(), what));
    }
    for (int i = 0; i < vs.size(); i++) {
      if (!Objects.requireNonNull(vs.get(i), "v").layout.sameShape(like.get(i).layout)) {
        throw Shapes.error(
            "%s: v has shape %s, the " + what + " %s",
            op,
            vs.get(i).layout.shape,
            like.get(i).layout.shape);
      }
    }
    return vs;
  }
}
