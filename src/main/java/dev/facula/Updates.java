package dev.facula;

import dev.facula.internal.array.Shapes;
import dev.facula.internal.fused.UpdateSteps;
import dev.facula.internal.kernel.OptimizerKernels;
import dev.facula.internal.parallel.Parallel;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The steps of optimizers over one parameter, each in a single pass over its memory. */
final class Updates implements UpdateSteps<Tensor> {
  @Override
  public void elementwise(Consumer<Tensor[]> steps, Tensor[] tensors) {
    Blocks.inPlace(steps, tensors);
  }

  @Override
  public void sgd(
      Tensor parameter, Tensor gradient, double lr, double weightDecay, boolean maximize) {
    Tensor p = target("sgd", parameter);
    Tensor g = operand("sgd", "the gradient", gradient, parameter);
    int po = p.layout.offset;
    int go = g.layout.offset;
    var s = new OptimizerKernels.Sgd(lr, 0, 1, weightDecay, maximize ? -1 : 1, false);
    Object a = p.storage.array();
    Object b = g.storage.array();
    OptimizerKernels<Object> k = Types.floating(p.dtype()).optimizer();
    each(p, (i, end) -> k.sgd(s, a, po + i, b, go + i, null, 0, end - i));
    finish(parameter, p);
    if (Operations.watched()) {
      Operations.changed(
          "sgd lr weightDecay maximize",
          Operations.given(parameter),
          parameter,
          gradient,
          lr,
          weightDecay,
          maximize);
    }
  }

  @Override
  public void sgdMomentum(
      Tensor parameter,
      Tensor gradient,
      Tensor buffer,
      double lr,
      double momentum,
      double share,
      double weightDecay,
      boolean nesterov,
      boolean maximize) {
    Tensor p = target("sgd", parameter);
    Tensor g = operand("sgd", "the gradient", gradient, parameter);
    Tensor bufferNow = state("sgd", "the momentum buffer", buffer, parameter);
    int po = p.layout.offset;
    int go = g.layout.offset;
    int mo = bufferNow.layout.offset;
    int sign = maximize ? -1 : 1;
    var s = new OptimizerKernels.Sgd(lr, momentum, share, weightDecay, sign, nesterov);
    Object a = p.storage.array();
    Object b = g.storage.array();
    Object m = bufferNow.storage.array();
    OptimizerKernels<Object> k = Types.floating(p.dtype()).optimizer();
    each(p, (i, end) -> k.sgd(s, a, po + i, b, go + i, m, mo + i, end - i));
    finish(parameter, p);
    store(bufferNow, buffer);
    if (Operations.watched()) {
      Operations.changed(
          "sgdMomentum lr momentum share weightDecay nesterov maximize",
          Operations.given(parameter, buffer),
          parameter,
          gradient,
          buffer,
          lr,
          momentum,
          share,
          weightDecay,
          nesterov,
          maximize);
    }
  }

  @Override
  public void adam(
      Tensor parameter,
      Tensor gradient,
      Tensor mean,
      Tensor square,
      @Nullable Tensor largest,
      long step,
      double lr,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupled,
      boolean maximize) {
    Tensor p = target("adam", parameter);
    Tensor g = operand("adam", "the gradient", gradient, parameter);
    Tensor meanNow = state("adam", "the mean", mean, parameter);
    Tensor squareNow = state("adam", "the mean square", square, parameter);
    Tensor largestNow =
        largest == null ? null : state("adam", "the largest mean square", largest, parameter);
    int po = p.layout.offset;
    int go = g.layout.offset;
    int mo = meanNow.layout.offset;
    int vo = squareNow.layout.offset;
    int xo = largestNow == null ? 0 : largestNow.layout.offset;
    double stepSize = lr / (1 - Math.pow(beta1, (double) step));
    double correction = Math.sqrt(1 - Math.pow(beta2, (double) step));
    double decay = decoupled ? 0 : weightDecay;
    double keep = decoupled ? 1 - lr * weightDecay : 1;
    int sign = maximize ? -1 : 1;
    var s =
        new OptimizerKernels.Adam(
            stepSize, 1 - beta1, beta2, 1 - beta2, correction, eps, decay, keep, sign);
    Object a = p.storage.array();
    Object b = g.storage.array();
    Object m = meanNow.storage.array();
    Object v = squareNow.storage.array();
    Object x = largestNow == null ? null : largestNow.storage.array();
    OptimizerKernels<Object> k = Types.floating(p.dtype()).optimizer();
    each(p, (i, end) -> k.adam(s, a, po + i, b, go + i, m, mo + i, v, vo + i, x, xo + i, end - i));
    finish(parameter, p);
    store(meanNow, mean);
    store(squareNow, square);
    store(largestNow, largest);
    if (Operations.watched()) {
      Operations.changed(
          "adam step lr beta1 beta2 eps weightDecay decoupled maximize",
          Operations.given(parameter, mean, square, largest),
          parameter,
          gradient,
          mean,
          square,
          largest,
          step,
          lr,
          beta1,
          beta2,
          eps,
          weightDecay,
          decoupled,
          maximize);
    }
  }

  @Override
  public void rmsprop(
      Tensor parameter,
      Tensor gradient,
      Tensor square,
      @Nullable Tensor mean,
      @Nullable Tensor buffer,
      double lr,
      double alpha,
      double eps,
      double momentum,
      double weightDecay,
      boolean maximize) {
    Tensor p = target("rmsprop", parameter);
    Tensor g = operand("rmsprop", "the gradient", gradient, parameter);
    Tensor squareNow = state("rmsprop", "the mean square", square, parameter);
    Tensor meanNow = mean == null ? null : state("rmsprop", "the mean", mean, parameter);
    Tensor bufferNow =
        buffer == null ? null : state("rmsprop", "the momentum buffer", buffer, parameter);
    int po = p.layout.offset;
    int go = g.layout.offset;
    int so = squareNow.layout.offset;
    int mo = meanNow == null ? 0 : meanNow.layout.offset;
    int bo = bufferNow == null ? 0 : bufferNow.layout.offset;
    int sign = maximize ? -1 : 1;
    var s = new OptimizerKernels.Rmsprop(lr, alpha, 1 - alpha, eps, momentum, weightDecay, sign);
    Object a = p.storage.array();
    Object b = g.storage.array();
    Object v = squareNow.storage.array();
    Object m = meanNow == null ? null : meanNow.storage.array();
    Object u = bufferNow == null ? null : bufferNow.storage.array();
    OptimizerKernels<Object> k = Types.floating(p.dtype()).optimizer();
    each(
        p,
        (i, end) -> k.rmsprop(s, a, po + i, b, go + i, v, so + i, m, mo + i, u, bo + i, end - i));
    finish(parameter, p);
    store(squareNow, square);
    store(meanNow, mean);
    store(bufferNow, buffer);
    if (Operations.watched()) {
      Operations.changed(
          "rmsprop lr alpha eps momentum weightDecay maximize",
          Operations.given(parameter, square, mean, buffer),
          parameter,
          gradient,
          square,
          mean,
          buffer,
          lr,
          alpha,
          eps,
          momentum,
          weightDecay,
          maximize);
    }
  }

  @Override
  public void adagrad(
      Tensor parameter,
      Tensor gradient,
      Tensor sum,
      double lr,
      double eps,
      double weightDecay,
      boolean maximize) {
    Tensor p = target("adagrad", parameter);
    Tensor g = operand("adagrad", "the gradient", gradient, parameter);
    Tensor sumNow = state("adagrad", "the sum of squares", sum, parameter);
    int po = p.layout.offset;
    int go = g.layout.offset;
    int so = sumNow.layout.offset;
    var s = new OptimizerKernels.Adagrad(lr, eps, weightDecay, maximize ? -1 : 1);
    Object a = p.storage.array();
    Object b = g.storage.array();
    Object v = sumNow.storage.array();
    OptimizerKernels<Object> k = Types.floating(p.dtype()).optimizer();
    each(p, (i, end) -> k.adagrad(s, a, po + i, b, go + i, v, so + i, end - i));
    finish(parameter, p);
    store(sumNow, sum);
    if (Operations.watched()) {
      Operations.changed(
          "adagrad lr eps weightDecay maximize",
          Operations.given(parameter, sum),
          parameter,
          gradient,
          sum,
          lr,
          eps,
          weightDecay,
          maximize);
    }
  }

  /** The parameter, or a copy whose elements are contiguous, and FLOAT32 instead of 16 bits. */
  private static Tensor target(String op, Tensor parameter) {
    if (!parameter.isFloatingPoint()) {
      throw new DTypeException(
          op + ": the parameter must be floating point, was " + parameter.dtype());
    }
    parameter.checkShared(op);
    Tensor wide = parameter.cast(Types.computed(parameter.dtype()));
    return wide.layout.contiguous ? wide : wide.detach().rowMajorCopy();
  }

  /** Stores the copy, if one was needed, and counts the change. */
  private static void finish(Tensor parameter, Tensor target) {
    store(target, parameter);
    parameter.storage.version++;
  }

  /** Stores the copy, if one was needed. */
  private static void store(@Nullable Tensor copy, @Nullable Tensor t) {
    if (copy != null && t != null && copy != t) {
      Copies.copy(copy.layout, copy.storage, t.layout, t.storage);
    }
  }

  private static Tensor operand(String op, String what, Tensor t, Tensor parameter) {
    requireShape(op, what, t, parameter);
    Tensor same = t.cast(Types.computed(parameter.dtype()));
    return same.layout.contiguous ? same : same.detach().contiguous();
  }

  /** The state, or a copy in FLOAT32 instead of 16 bits. */
  private static Tensor state(String op, String what, Tensor t, Tensor parameter) {
    requireShape(op, what, t, parameter);
    if (t.dtype() != parameter.dtype()) {
      throw new DTypeException(
          op + ": " + what + " has type " + t.dtype() + ", the parameter " + parameter.dtype());
    }
    if (!t.layout.contiguous) {
      throw new ShapeException(op + ": " + what + " must be contiguous");
    }
    return t.cast(Types.computed(t.dtype()));
  }

  private static void requireShape(String op, String what, Tensor t, Tensor parameter) {
    if (!Objects.requireNonNull(t, what).layout.sameShape(parameter.layout)) {
      throw Shapes.error(
          "%s: %s has shape %s, the parameter %s",
          op, what, t.layout.shape, parameter.layout.shape);
    }
  }

  /** All elements, in parts that may run at the same time. */
  private static void each(Tensor p, Parallel.Range part) {
    Parallel.parallelFor(p.layout.numel, 2 * Parallel.ELEMENT, part);
  }
}
