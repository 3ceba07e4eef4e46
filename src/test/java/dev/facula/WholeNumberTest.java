package dev.facula;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole numbers that a double cannot hold keep all their digits in every operation with one. */
class WholeNumberTest {
  /** 2^53 + 1. */
  private static final long BIG = Math.addExact(1L << 53, 1);

  private static final Tensor X = Tensor.of(new long[] {BIG, 3}, 2);
  private static final Tensor FIRST = Tensor.of(new boolean[] {true, false}, 2);
  private static final Tensor ZERO = Tensor.of(new long[] {0}, 1);

  private record Case(Function<Tensor, Tensor> operation, long... expected) {}

  private static final Map<String, Case> CASES = new TreeMap<>();

  static {
    put("add", x -> x.add(BIG), 2 * BIG, BIG + 3);
    put("add a multiple", x -> x.add(Tensor.scalar(DType.INT64, 1), BIG), 2 * BIG, BIG + 3);
    put("sub", x -> x.sub(BIG), 0, 3 - BIG);
    put("sub a multiple", x -> x.sub(Tensor.scalar(DType.INT64, 1), BIG), 0, 3 - BIG);
    put("mul", x -> x.mul(BIG), BIG * BIG, 3 * BIG);
    put("floorDivide", x -> x.floorDivide(BIG), 1, 0);
    put("remainder", x -> x.remainder(BIG), 0, 3);
    put("fmod", x -> x.fmod(BIG), 0, 3);
    put("pow", x -> x.pow(2), BIG * BIG, 9);
    put("neg", Tensor::neg, -BIG, -3);
    put("abs", x -> x.neg().abs(), BIG, 3);
    put("square", Tensor::square, BIG * BIG, 9);
    put("sign", Tensor::sign, 1, 1);
    put("relu", Tensor::relu, BIG, 3);
    put("clamp to a minimum", x -> x.clamp(BIG, null), BIG, BIG);
    put("clamp to a maximum", x -> x.clamp(null, BIG - 2), BIG - 2, 3);
    put("fill_", x -> x.fill_(BIG), BIG, BIG);
    put("fill", x -> x.fill(BIG), BIG, BIG);
    put("full", x -> Tensor.full(DType.INT64, BIG, 2), BIG, BIG);
    put("fullLike", x -> Tensor.fullLike(x, BIG), BIG, BIG);
    put("arange", x -> Tensor.arange(DType.INT64, BIG, BIG + 2, 1), BIG, BIG + 1);
    put("scalar", x -> Tensor.zerosLike(x).add(BIG), BIG, BIG);
    put("maskedFill", x -> x.neg().maskedFill(FIRST, BIG), BIG, -3);
    put("indexFill", x -> x.neg().indexFill(0, ZERO, BIG), BIG, -3);
    put("scatter", x -> x.neg().scatter(0, ZERO, BIG), BIG, -3);
    put("addcmul", x -> x.addcmul(FIRST.to(DType.INT64), Tensor.onesLike(x), BIG), 2 * BIG, 3);
    put("eq", x -> x.eq(BIG).to(DType.INT64), 1, 0);
    put("ne", x -> x.ne(BIG - 1).to(DType.INT64), 1, 1);
    put("lt", x -> x.lt(BIG + 1).to(DType.INT64), 1, 1);
    put("le", x -> x.le(BIG - 1).to(DType.INT64), 0, 1);
    put("gt", x -> x.gt(BIG - 1).to(DType.INT64), 1, 0);
    put("ge", x -> x.ge(BIG).to(DType.INT64), 1, 0);
    put("add_", x -> x.clone().add_(BIG), 2 * BIG, BIG + 3);
    put("sub_", x -> x.clone().sub_(BIG), 0, 3 - BIG);
    put("mul_", x -> x.clone().mul_(BIG), BIG * BIG, 3 * BIG);
    put("remainder_", x -> x.clone().remainder_(BIG), 0, 3);
    put("where", x -> Tensor.where(FIRST, x, x.neg()), BIG, -3);
    put("maximum", x -> x.maximum(Tensor.scalar(DType.INT64, 0).add(BIG - 1)), BIG, BIG - 1);
    put("sum", x -> Tensor.stack(java.util.List.of(x, x), 0).sum(0), 2 * BIG, 6);
    put("amax", x -> Tensor.stack(java.util.List.of(x, x.sub(1)), 0).amax(0), BIG, 3);
    put("amin", x -> Tensor.stack(java.util.List.of(x, x.sub(1)), 0).amin(0), BIG - 1, 2);
    put("cumsum", x -> x.cumsum(0), BIG, BIG + 3);
    put("cumprod", x -> x.cumprod(0), BIG, 3 * BIG);
    put("sort", x -> x.sort(0, false).values(), 3, BIG);
    put(
        "transposed",
        x -> Tensor.stack(java.util.List.of(x, x), 0).t().contiguous().select(1, 0),
        BIG,
        3);
  }

  private static void put(String name, Function<Tensor, Tensor> operation, long... expected) {
    CASES.put(name, new Case(operation, expected));
  }

  static Stream<String> names() {
    return CASES.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void keepsItsDigits(String name) {
    Case c = CASES.get(name);
    Tensor y = c.operation.apply(X.clone());
    assertEquals(DType.INT64, y.dtype());
    assertEquals(java.util.Arrays.toString(c.expected), java.util.Arrays.toString(y.toLongArray()));
  }
}
