#!/usr/bin/env python3
"""Writes values of functions, exact to the last bit of float64, for AccuracyTest.

Usage: exact_values.py | gzip -9n > ../resources/values/exact.tsv.gz       (needs mpmath)

A line for each function, by the name that SpecialValuesTest calls it: pairs "argument:value", or "a,b:value" of
functions of two numbers.
"""
import mpmath as mp

mp.mp.dps = 60
mp.mp.prec = 2200  # 1 - erf(27), sin(1e300), exp(-700) + 1 need their digits
pi = mp.pi


def sigmoid(x):
    return 1 / (1 + mp.exp(-x))


def erfinv(y):
    x = mp.erfinv(mp.mpf(float(y))) if abs(y) < 0.999999999 else mp.sign(y) * mp.sqrt(-mp.log(1 - abs(y)))
    for _ in range(14):  # Newton
        x -= (mp.erf(x) - y) / (2 / mp.sqrt(pi) * mp.exp(-x * x))
    return x


def phi(x):
    return mp.erfc(-x / mp.sqrt(2)) / 2


def softplus(x):
    return mp.log1p(mp.exp(x))


selu_alpha, selu_scale = mp.mpf(1.6732632423543772848170429916717), mp.mpf(1.0507009873554804934193349852946)
R = [5e-324, 1e-310, 1e-300, 1e-100, 1e-30, 1e-17, 1e-10, 1e-8, 1e-5, 1e-3, 0.01, 0.1, 0.3, 0.45, 0.6, 0.75, 0.9, 1, 1.1,
     1.25, 1.5, 1.9, 2, 2.1, 2.5, 3, 3.5, 4, 5, 6, 8, 10, 13, 17, 19.5, 20, 21, 25, 30, 36, 37, 38, 40, 50, 100, 300, 700,
     709, 745, 1e3, 1e5, 1e8, 1e10, 1e16, 1e22, 1e30, 1e100, 1e154, 1e160, 1e300, 1.7e308]
both = sorted({s * v for v in R for s in (1, -1)})
positive = sorted(R)
near = [v for v in R if v < 1]
unit = sorted({s * v for v in near + [0.99, 0.999, 1 - 1e-6, 1 - 1e-10, 1 - 2.0**-53] for s in (1, -1)})
above = [1, 1 + 2.0**-52, 1 + 1e-10, 1 + 1e-5, 1.001, 1.01] + [v for v in R if v > 1]
log1p_args = [-1 + 2.0**-53, -1 + 1e-10, -0.999, -0.9, -0.5, -0.3, -0.1] + sorted({s * v for v in R if v < 0.05 for s in (1, -1)}) + [
    v for v in R if v >= 0.05]
logs = sorted(set(positive + [1 - 2.0**-53, 1 + 2.0**-52, 0.99, 1.01, 0.999999, 1.000001, 8, 1000, 2.0**-1074, 2.0**1000]))
angles = sorted({s * v for v in R + [float(k * mp.pi / 2) for k in (1, 2, 3, 4, 5, 11, 355)] for s in (1, -1)})
logits = [5e-324, 1e-300, 1e-30, 1e-10, 1e-3, 0.1, 0.25, 0.3, 0.49, 0.51, 0.75, 0.9, 0.999, 1 - 1e-10, 1 - 2.0**-53]

unary = {
    "exp": (mp.exp, both), "exp2": (lambda x: mp.mpf(2)**x, both), "expm1": (mp.expm1, both), "log": (mp.log, logs),
    "log2": (lambda x: mp.log(x) / mp.log(2), logs), "log10": (lambda x: mp.log(x) / mp.log(10), logs),
    "log1p": (mp.log1p, log1p_args), "sin": (mp.sin, angles), "cos": (mp.cos, angles), "tan": (mp.tan, angles),
    "asin": (mp.asin, unit + [1.0, -1.0]), "acos": (mp.acos, unit + [1.0, -1.0]), "atan": (mp.atan, both),
    "sinh": (mp.sinh, both), "cosh": (mp.cosh, both), "tanh": (mp.tanh, both), "asinh": (mp.asinh, both),
    "acosh": (mp.acosh, above), "atanh": (mp.atanh, unit), "erf": (mp.erf, both), "erfc": (mp.erfc, both),
    "erfinv": (erfinv, unit), "sigmoid": (sigmoid, both), "logit": (lambda x: mp.log(x / (1 - x)), logits),
    "logsigmoid": (lambda x: -softplus(-x), both), "softplus 1 20": (softplus, both), "silu": (lambda x: x * sigmoid(x), both),
    "mish": (lambda x: x * mp.tanh(softplus(x)), both), "gelu": (lambda x: x * phi(x), both),
    "gelu tanh": (lambda x: x / 2 * (1 + mp.tanh(mp.sqrt(2 / pi) * (x + mp.mpf(0.044715) * x**3))), both),
    "elu 1": (lambda x: x if x > 0 else mp.expm1(x), both), "celu 2": (lambda x: x if x > 0 else 2 * mp.expm1(x / 2), both),
    "selu": (lambda x: selu_scale * (x if x > 0 else selu_alpha * mp.expm1(x)), both), "softsign": (lambda x: x / (1 + abs(x)), both),
    "tanhshrink": (lambda x: x - mp.tanh(x), both), "rsqrt": (lambda x: 1 / mp.sqrt(x), positive),
    "sinc": (lambda x: mp.sin(pi * x) / (pi * x), [v for v in R if v < 1 or v == 1.5 or v == 2.5]),
}
few = [5e-324, 1e-300, 1e-160, 1e-20, 1e-3, 0.3, 0.999, 1, 1.5, 3, 50, 1e5, 1e155, 1.7e308]
signed = [s * v for v in few for s in (1, -1)]


def logaddexp(a, b):
    return max(a, b) + mp.log1p(mp.exp(-abs(a - b)))


binary = {
    "pow": (lambda a, b: a**b, [(a, b) for a in few for b in (-2.5, -1, 0.1, 1 / 3, 1.7, 3, 40, 1e-10, 500)]),
    "atan2": (mp.atan2, [(a, b) for a in few + [-0.3, -1e5] for b in signed[::3]]),
    "hypot": (mp.hypot, [(a, b) for a in few for b in signed[::3]]),
    "logaddexp": (logaddexp, [(a, b) for a in signed[::2] for b in signed[::3]] + [(-1, -1), (-0.7, -0.68), (-700, -701)]),
    "xlogy": (lambda a, b: a * mp.log(b), [(a, b) for a in (1e-300, -2, 3e5) for b in few]),
}


def rounded(v):
    return float(mp.mpf(v))


def line(name, f, arguments):
    cells = []
    for x in arguments:
        many = x if isinstance(x, tuple) else (x,)
        exact = tuple(mp.mpf(float(v)) for v in many)
        try:
            y = f(*exact)
        except OverflowError:
            continue
        try:
            value = rounded(y)
        except OverflowError:
            value = float("inf") if y > 0 else float("-inf")
        cells.append(",".join(map(repr, map(float, many))) + ":" + repr(value))
    print(name + "\t" + " ".join(cells))


for name, (f, arguments) in {**unary, **binary}.items():
    line(name, f, arguments)
