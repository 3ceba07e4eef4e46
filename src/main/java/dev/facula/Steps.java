package dev.facula;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which operations are steps of others, found by who called: only asked while somebody listens, so
 * that an operation needs to say only that it is done.
 */
final class Steps {
  /**
   * Operations whose steps are told, since they are public operations on operands, constants and
   * each other's results alone. A step that writes through a view is none of these.
   */
  private static final Set<String> COMPOSED =
      Set.of(
          "addbmm",
          "addmm",
          "addmv",
          "addr",
          "all",
          "any",
          "argwhere",
          "atleast1d",
          "atleast2d",
          "atleast3d",
          "baddbmm",
          "bitwiseNot",
          "blockDiag",
          "broadcastTensors",
          "broadcastTo",
          "cartesianProd",
          "channelShuffle",
          "chunk",
          "columnStack",
          "cosineEmbeddingLoss",
          "cosineSimilarity",
          "countNonzero",
          "cross",
          "cumulativeTrapezoid",
          "deg2rad",
          "diag",
          "diff",
          "dot",
          "dsplit",
          "dstack",
          "einsum",
          "expandAs",
          "fill",
          "flatten",
          "floatPower",
          "gaussianNllLoss",
          "hingeEmbeddingLoss",
          "hsplit",
          "hstack",
          "indexPut",
          "inner",
          "isclose",
          "isfinite",
          "isinf",
          "isnan",
          "isneginf",
          "isposinf",
          "kron",
          "logicalXor",
          "mT",
          "marginRankingLoss",
          "maskedFill",
          "meshgrid",
          "movedim",
          "mv",
          "nanmean",
          "nansum",
          "normalize",
          "ones",
          "onesLike",
          "outer",
          "pairwiseDistance",
          "pixelShuffle",
          "pixelUnshuffle",
          "poissonNllLoss",
          "prelu",
          "rad2deg",
          "ravel",
          "repeat",
          "reshape",
          "reshapeAs",
          "roll",
          "rsub",
          "scalar",
          "sgn",
          "signbit",
          "softMarginLoss",
          "softmin",
          "softsign",
          "split",
          "sumToSize",
          "t",
          "tanhshrink",
          "tensorSplit",
          "tensordot",
          "tile",
          "trace",
          "trapezoid",
          "tripletMarginLoss",
          "tripletMarginWithDistanceLoss",
          "unbind",
          "unflatten",
          "vdot",
          "viewAs",
          "vsplit",
          "vstack");

  private static final StackWalker CALLERS =
      StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

  /** The classes whose public methods are operations. */
  private static final Set<String> OPERATIONS =
      Stream.of("Tensor", "Functional", "Updates", "RecurrentLayers")
          .map(name -> Steps.class.getPackageName() + "." + name)
          .collect(Collectors.toUnmodifiableSet());

  /** Their public methods; that backward is called does not make its formulas steps of it. */
  private static final ClassValue<Set<String>> PUBLIC =
      new ClassValue<>() {
        @Override
        protected Set<String> computeValue(Class<?> c) {
          return Arrays.stream(c.getMethods())
              .map(Method::getName)
              .filter(name -> !name.equals("backward") && !name.equals("elementwise"))
              .collect(Collectors.toUnmodifiableSet());
        }
      };

  private Steps() {}

  static boolean composed(String name) {
    return COMPOSED.contains(name);
  }

  /** Whether the operation that is just done was called by one whose steps are not told. */
  static boolean within(String name) {
    return CALLERS.walk(frames -> within(name, frames.iterator()));
  }

  private static boolean within(String name, Iterator<StackWalker.StackFrame> frames) {
    while (frames.hasNext()) {
      StackWalker.StackFrame frame = frames.next();
      Class<?> c = frame.getDeclaringClass();
      String method = frame.getMethodName();
      if (OPERATIONS.contains(c.getName())) {
        if (PUBLIC.get(c).contains(method) && !method.equals(name) && !composed(method)) {
          return true;
        }
      } else if (c.getPackage() != Steps.class.getPackage()
          && !c.getName().startsWith("java.")
          && !c.getName().startsWith("dev.facula.internal.")) {
        return false; // a caller from outside
      }
    }
    return false;
  }
}
