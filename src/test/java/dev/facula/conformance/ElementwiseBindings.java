package dev.facula.conformance;

import dev.facula.DType;
import dev.facula.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;

/** Operations that work element by element, one and two operands. */
final class ElementwiseBindings {
  private final Bindings bindings;

  private ElementwiseBindings(Bindings bindings) {
    this.bindings = bindings;
  }

  static void addTo(Bindings bindings) {
    ElementwiseBindings table = new ElementwiseBindings(bindings);
    table.unary();
    table.tests();
    table.arithmetic();
    table.binary();
    table.comparisons();
    table.bits();
    table.ternary();
    table.conversions();
  }

  private void unary(String name, UnaryOperator<Tensor> op) {
    bindings.bind(name, a -> op.apply(a.tensor(0, "input")));
  }

  private void binary(String name, BinaryOperator<Tensor> op) {
    bindings.bind(name, a -> op.apply(a.tensor(0, "input"), a.tensor(1, "other")));
  }

  private void unary() {
    unary("abs", Tensor::abs);
    unary("acos", Tensor::acos);
    unary("acosh", Tensor::acosh);
    unary("asin", Tensor::asin);
    unary("asinh", Tensor::asinh);
    unary("atan", Tensor::atan);
    unary("atanh", Tensor::atanh);
    unary("ceil", Tensor::ceil);
    unary("clone", Tensor::clone);
    unary("cos", Tensor::cos);
    unary("cosh", Tensor::cosh);
    unary("deg2rad", Tensor::deg2rad);
    unary("erf", Tensor::erf);
    unary("erfc", Tensor::erfc);
    unary("erfinv", Tensor::erfinv);
    unary("exp", Tensor::exp);
    unary("exp2", Tensor::exp2);
    unary("expm1", Tensor::expm1);
    unary("floor", Tensor::floor);
    unary("frac", Tensor::frac);
    unary("log", Tensor::log);
    unary("log10", Tensor::log10);
    unary("log1p", Tensor::log1p);
    unary("log2", Tensor::log2);
    unary("neg", Tensor::neg);
    unary("positive", Tensor::positive);
    unary("rad2deg", Tensor::rad2deg);
    unary("reciprocal", Tensor::reciprocal);
    unary("rsqrt", Tensor::rsqrt);
    unary("sgn", Tensor::sgn);
    unary("sigmoid", Tensor::sigmoid);
    unary("sign", Tensor::sign);
    unary("sin", Tensor::sin);
    unary("sinc", Tensor::sinc);
    unary("sinh", Tensor::sinh);
    unary("sqrt", Tensor::sqrt);
    unary("square", Tensor::square);
    unary("tan", Tensor::tan);
    unary("tanh", Tensor::tanh);
    unary("trunc", Tensor::trunc);
    bindings.bind(
        "logit",
        a ->
            a.has(1, "eps")
                ? a.tensor(0, "input").logit(a.real(1, "eps"))
                : a.tensor(0, "input").logit());
    bindings.bind("round", a -> a.tensor(0, "input").round(a.integer(1, "decimals", 0)));
    bindings.bind("nan_to_num", a -> a.tensor(0, "input").nanToNum());
  }

  private void tests() {
    unary("isfinite", Tensor::isfinite);
    unary("isinf", Tensor::isinf);
    unary("isnan", Tensor::isnan);
    unary("isneginf", Tensor::isneginf);
    unary("isposinf", Tensor::isposinf);
    unary("signbit", Tensor::signbit);
    unary("logical_not", Tensor::logicalNot);
    bindings.bind(
        "isclose",
        a ->
            a.tensor(0, "input")
                .isclose(
                    a.tensor(1, "other"),
                    a.real(2, "rtol", 1e-5),
                    a.real(3, "atol", 1e-8),
                    a.flag(4, "equal_nan", false)));
    bindings.bind(
        "allclose",
        a ->
            a.tensor(0, "input")
                .allclose(
                    a.tensor(1, "other"),
                    a.real(2, "rtol", 1e-5),
                    a.real(3, "atol", 1e-8),
                    a.flag(4, "equal_nan", false)));
    bindings.bind("equal", a -> a.tensor(0, "input").equal(a.tensor(1, "other")));
  }

  private void arithmetic() {
    bindings.bind(
        "add",
        a ->
            a.has(2, "alpha")
                ? a.tensor(0, "input").add(a.tensor(1, "other"), a.number(2, "alpha"))
                : a.tensor(0, "input").add(a.tensor(1, "other")));
    bindings.bind(
        "sub",
        a ->
            a.has(2, "alpha")
                ? a.tensor(0, "input").sub(a.tensor(1, "other"), a.number(2, "alpha"))
                : a.tensor(0, "input").sub(a.tensor(1, "other")));
    bindings.bind(
        "rsub", a -> a.tensor(0, "input").rsub(a.tensor(1, "other"), a.number(2, "alpha", 1L)));
    binary("mul", Tensor::mul);
    binary("true_divide", Tensor::div);
    bindings.bind(
        "div",
        a ->
            a.has(2, "rounding_mode")
                ? a.tensor(0, "input").div(a.tensor(1, "other"), a.string(2, "rounding_mode", ""))
                : a.tensor(0, "input").div(a.tensor(1, "other")));
    binary("floor_divide", Tensor::floorDivide);
    binary("fmod", Tensor::fmod);
    binary("remainder", Tensor::remainder);
    binary("pow", Tensor::pow);
    binary("float_power", Tensor::floatPower);
  }

  private void binary() {
    binary("atan2", Tensor::atan2);
    bindings.bind(
        "copysign",
        a ->
            a.value(1, "other") instanceof Tensor other
                ? a.tensor(0, "input").copysign(other)
                : a.tensor(0, "input").copysign(a.number(1, "other")));
    binary("fmax", Tensor::fmax);
    binary("fmin", Tensor::fmin);
    binary("gcd", Tensor::gcd);
    binary("lcm", Tensor::lcm);
    binary("heaviside", Tensor::heaviside);
    binary("hypot", Tensor::hypot);
    binary("logaddexp", Tensor::logaddexp);
    binary("logaddexp2", Tensor::logaddexp2);
    binary("max.binary", Tensor::maximum);
    binary("maximum", Tensor::maximum);
    binary("min.binary", Tensor::minimum);
    binary("minimum", Tensor::minimum);
    binary("xlogy", Tensor::xlogy);
  }

  private void comparisons() {
    binary("eq", Tensor::eq);
    binary("ne", Tensor::ne);
    binary("ge", Tensor::ge);
    binary("gt", Tensor::gt);
    binary("le", Tensor::le);
    binary("lt", Tensor::lt);
    binary("logical_and", Tensor::logicalAnd);
    binary("logical_or", Tensor::logicalOr);
    binary("logical_xor", Tensor::logicalXor);
  }

  private void bits() {
    binary("bitwise_and", Tensor::bitwiseAnd);
    binary("bitwise_or", Tensor::bitwiseOr);
    binary("bitwise_xor", Tensor::bitwiseXor);
    binary("bitwise_left_shift", Tensor::bitwiseLeftShift);
    binary("bitwise_right_shift", Tensor::bitwiseRightShift);
    unary("bitwise_not", Tensor::bitwiseNot);
  }

  private void ternary() {
    bindings.bind(
        "addcmul",
        a ->
            a.tensor(0, "input")
                .addcmul(a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), a.number(3, "value", 1L)));
    bindings.bind(
        "addcdiv",
        a ->
            a.tensor(0, "input")
                .addcdiv(a.tensor(1, "tensor1"), a.tensor(2, "tensor2"), a.number(3, "value", 1L)));
    bindings.bind(
        "clamp",
        a -> a.tensor(0, "input").clamp(a.optionalTensor(1, "min"), a.optionalTensor(2, "max")));
    bindings.bind("clamp_max", a -> a.tensor(0, "input").clampMax(a.tensor(1, "max")));
    bindings.bind("clamp_min", a -> a.tensor(0, "input").clampMin(a.tensor(1, "min")));
    bindings.bind(
        "lerp",
        a ->
            a.value(2, "weight") instanceof Tensor weight
                ? a.tensor(0, "input").lerp(a.tensor(1, "end"), weight)
                : a.tensor(0, "input").lerp(a.tensor(1, "end"), a.number(2, "weight")));
    bindings.bind(
        "where",
        a -> Tensor.where(a.tensor(1, "condition"), a.tensor(0, "input"), a.tensor(2, "other")));
    bindings.bind("fill", a -> a.tensor(0, "input").fill(a.number(1, "value")));
    bindings.bind("zero_", a -> a.tensor(0, "input").clone().zero_());
  }

  private void conversions() {
    unary("bool", x -> x.to(DType.BOOL));
    unary("double", x -> x.to(DType.FLOAT64));
    unary("float", x -> x.to(DType.FLOAT32));
    unary("half", x -> x.to(DType.FLOAT16));
    unary("bfloat16", x -> x.to(DType.BFLOAT16));
    unary("short", x -> x.to(DType.INT16));
    unary("char", x -> x.to(DType.INT8));
    unary("byte", x -> x.to(DType.UINT8));
    unary("int", x -> x.to(DType.INT32));
    unary("long", x -> x.to(DType.INT64));
    unary("contiguous", Tensor::contiguous);
    bindings.bind("item", ElementwiseBindings::item);
    bindings.bind("to", ElementwiseBindings::to);
  }

  /** The element as Python has it: a boolean, an integer or a floating point number. */
  private static Object item(Arguments a) {
    Tensor x = a.tensor(0, "input");
    if (x.isFloatingPoint()) {
      return x.item();
    }
    long value = x.itemLong();
    return x.dtype() == DType.BOOL ? (Object) (value != 0) : (Object) value;
  }

  /** {@code to(device, dtype, …)}, {@code to(dtype, …)} or {@code to(other, …)}. */
  private static Tensor to(Arguments a) {
    Tensor x = a.tensor(0, "input");
    DType dtype = x.dtype();
    boolean[] flags = new boolean[2];
    int next = 0;
    for (int i = 1; i < a.size(); i++) {
      Object value = a.value(i, "");
      if (value instanceof DType d) {
        dtype = d;
      } else if (value instanceof Tensor other) {
        dtype = other.dtype();
      } else if (value instanceof Boolean flag) {
        flags[next++] = flag;
      }
    }
    boolean copy = flags[1];
    return copy && dtype == x.dtype() ? x.clone() : x.to(dtype);
  }
}
