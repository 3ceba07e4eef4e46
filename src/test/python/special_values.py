#!/usr/bin/env python3
"""Records PyTorch's values and first gradients at kinks, ties, poles and ends for SpecialValuesTest.

Usage: special_values.py ../resources/values/       (needs torch)

A line of a file is a case, of fields parted by tabs: the function by the name that the test calls it; f for float32
or d for float64; the operands; the value; the gradient of the sum of the value by each operand, "-" for one that has
none. A tensor is its shape and its elements, "2,3:1 nan -0 ..."; those of integers and booleans begin with i and b.
The operand @NAME stands for a line "@NAME elements" further up. Where PyTorch computes an element by itself in one
way and one among many in another, with vectors, or in float64 as it is not in float32, all results are there: "0|1".
"""
import gzip
import sys

import torch
import torch.nn.functional as F

nan, inf = float("nan"), float("inf")
grids = {}
lines = []


def number(v):
    return "%.17g" % v if v != v or v in (inf, -inf) or v == int(v) else repr(v)


def numbers(t):
    if not t.dtype.is_floating_point:
        return [str(int(v)) for v in t.flatten().tolist()]
    return [("%.8g" if t.dtype == torch.float32 else "%.16g") % v for v in t.detach().flatten().tolist()]


def text(t, *others):
    """The tensor, with the elements of others, too, where they are not nearly the same."""
    if t is None:
        return "-"
    t, *others = (torch.zeros(x.shape, dtype=x.dtype) if x._is_zerotensor() else x for x in (t, *others))
    kind = "i" if t.dtype == torch.int64 else "b" if t.dtype == torch.bool else ""
    values = numbers(t)
    near = 2e-6 if t.dtype == torch.float32 else 2e-14
    for other in others:
        for i, w in enumerate(numbers(other)):
            y = float(w)
            if not any(v == w or float(v) != 0 and abs(float(v) - y) <= near * abs(y) for v in values[i].split("|")):
                values[i] += "|" + w
    return kind + ",".join(map(str, t.shape)) + ":" + " ".join(values)


def run(f, inputs, differentiable=True):
    inputs = [t.clone().requires_grad_(t.dtype.is_floating_point) for t in inputs]
    y = f(*inputs)
    leaves = [t for t in inputs if t.requires_grad]
    found = [None] * len(leaves)
    if y.requires_grad and differentiable:
        found = list(torch.autograd.grad(y.sum(), leaves, allow_unused=True))
    return [y] + [found.pop(0) if t.requires_grad else None for t in inputs]


def case(name, f, *operands, types="fd"):
    """f of tensors, or element by element of grids, in both types."""
    differentiable = name not in ("floor_divide", "heaviside")  # for which PyTorch has no derivative
    for kind in types:
        dtype = torch.float32 if kind == "f" else torch.float64
        inputs, names = [], []
        for o in operands:
            grid = isinstance(o, str)
            o = o + "2" if o == "R" and kind == "d" else o
            t = torch.tensor(grids[o], dtype=dtype) if grid else torch.as_tensor(o)
            if t.dtype.is_floating_point and not grid:
                t = t.to(dtype)
            names.append("@" + o if grid else text(t))
            inputs.append(t)
        if all(isinstance(o, str) for o in operands):
            single = [run(f, [t[i:i + 1] for t in inputs], differentiable) for i in range(len(inputs[0]))]
            results = [None if r[0] is None else torch.cat(r) for r in zip(*single)]
            many = run(f, [t.repeat_interleave(64) for t in inputs], differentiable)
            more = [[m if m is None else m[::64] for m in many]]
            if kind == "f":  # float32 by way of float64 is right, too: some of PyTorch's functions are not accurate
                exact = run(f, [t.double() for t in inputs], differentiable)
                more.append([e if e is None or e.dtype != torch.float64 else e.float() for e in exact])
            cells = [text(r, *(m[i] for m in more)) for i, r in enumerate(results)]
        else:
            cells = [text(r) for r in run(f, inputs, differentiable)]
        lines.append("\t".join([name, kind, ";".join(names), cells[0], ";".join(cells[1:])]))


record_case = case


def grid(name, values):
    grids[name] = values
    lines.append("@%s\t%s" % (name, " ".join(map(number, map(float, values)))))


def T(*v):
    return torch.tensor(v, dtype=torch.float64)


def write(path):
    with open(path, "wb") as out, gzip.GzipFile("", "wb", 9, out, 0) as packed:
        packed.write(("\n".join(lines) + "\n").encode())
    lines.clear()
    grids.clear()


def unary():
    sizes = [0.0, 1e-45, 1e-38, 1e-20, 1e-5, 0.25, 0.5, 1, 1.5, 2, 2.5, 3, 6, 10.25, 20, 20.5, 50, 89, 105, 800, 1e10,
             3e38, inf]
    grid("R", [nan] + [s * v for v in sizes for s in (1, -1)])
    grid("R2", [nan] + [s * v for v in (0.0, 0.5, 1, 2.5, 50, inf) for s in (1, -1)])
    names = """neg abs square sign floor ceil round trunc frac sqrt rsqrt reciprocal exp exp2 expm1 log log2 log10 log1p
        sin cos tan asin acos atan sinh cosh tanh asinh acosh atanh sinc logit erf erfc erfinv sigmoid relu sgn deg2rad
        rad2deg nan_to_num"""
    for name in names.split():
        case(name, getattr(torch, name), "R")
    for name in "relu6 selu silu mish hardsigmoid hardswish tanhshrink softsign logsigmoid gelu".split():
        # of hardsigmoid's derivative PyTorch has only 24 bits in float64, too
        case(name, getattr(F, name), "R", types="f" if name == "hardsigmoid" else "fd")
    for eps in (0.0, 1e-6, 0.25):
        case("logit %s" % number(eps), lambda x: torch.logit(x, eps), "R")
    case("gelu tanh", lambda x: F.gelu(x, approximate="tanh"), "R")
    for low, high in [(-1, 1), (0, 6), (2, 2)]:
        case("hardtanh %d %d" % (low, high), lambda x: F.hardtanh(x, low, high), "R")
    for low, high in [(-1, 1), (None, 1.5), (-2, None), (1, -1), (nan, 1), (-inf, inf)]:
        case("clamp %s %s" % tuple(map(lambda v: "-" if v is None else number(float(v)), (low, high))),
             lambda x: torch.clamp(x, low, high), "R")
    for l in (0.5, 0):
        case("hardshrink %s" % l, lambda x: F.hardshrink(x, l), "R")
        case("softshrink %s" % l, lambda x: F.softshrink(x, l), "R")
    case("threshold 1 -2", lambda x: F.threshold(x, 1, -2), "R")
    for s in (0.01, 0, -0.5, 2):
        case("leakyRelu %s" % s, lambda x: F.leaky_relu(x, s), "R")
    for a in (1, 2, 0, -0.5):
        case("elu %s" % a, lambda x: F.elu(x, a), "R")
    for a in (1, 2, -0.5):
        case("celu %s" % a, lambda x: F.celu(x, a), "R")
    for b, t in [(1, 20), (2, 20), (0.5, 3), (10, 25)]:
        case("softplus %s %s" % (b, t), lambda x: F.softplus(x, b, t), "R")
    for e in (0, 1, 2, 3, 4, -1, -2, -3, 0.5, -0.5, 1.5, -1.5, 1 / 3, nan, inf, -inf):
        case("pow %s" % number(e), lambda x: torch.pow(x, e), "R")
    for b in (0, 1, -1, 2, 0.5, -2, nan, inf):
        case("power of %s" % number(float(b)), lambda x: torch.pow(float(b), x), "R")
    for n in (-2, 2, 0, inf):
        case("xlogy of %s" % number(float(n)), lambda x: torch.xlogy(n, x), "R")
    for n in (-2, 2.5, 0, inf):
        for name in ("fmod", "remainder"):
            case("%s %s" % (name, number(float(n))), lambda x: getattr(torch, name)(x, n), "R")


def binary():
    sizes = [0.0, 1e-30, 0.5, 1, 3, 1e30, inf]
    all = [nan] + [s * v for v in sizes for s in (1, -1)]
    grid("A", [a for a in all for b in all])
    grid("B", [b for a in all for b in all])
    names = """add sub mul div atan2 pow maximum minimum fmax fmin copysign hypot logaddexp logaddexp2 xlogy fmod
        remainder floor_divide heaviside"""
    for name in names.split():
        case(name, getattr(torch, name), "A", "B", types="f")
    few = [nan, 0.0, -0.0, 1, -1, 2.5, -inf, inf]
    grid("C", [a for a in few for b in few])
    grid("D", [b for a in few for b in few])
    for name in names.split():
        case(name, getattr(torch, name), "C", "D", types="d")
    case("prelu", F.prelu, T(nan, inf, -inf, 0.0, -0.0, 1, -1, -2.5), T(0.25))
    case("prelu", F.prelu, T(nan, inf, -inf, 0.0, -0.0, 1, -1, -2.5), T(inf))
    case("glu", lambda x: F.glu(x, -1), torch.stack([torch.tensor([grids["C"][i], grids["D"][i]]) for i in range(64)]))
    # clamp with tensors: each of the three in turn not a number, at a tie, in the wrong order
    three = [nan, -1.0, 0.0, 1.0, inf]
    x = [a for a in three for b in three for c in three]
    lo = [b for a in three for b in three for c in three]
    hi = [c for a in three for b in three for c in three]
    case("clamp tensors", torch.clamp, T(*x), T(*lo), T(*hi))
    case("clampMin", lambda x, m: torch.clamp(x, min=m), "C", "D")
    case("clampMax", lambda x, m: torch.clamp(x, max=m), "C", "D")
    for w in (0, 0.25, 0.5, 1, 2):
        case("lerp %s" % w, lambda a, b: torch.lerp(a, b, w), "C", "D", types="f")
    case("where", lambda c, a, b: torch.where(c, a, b), torch.tensor([True, False, True]), T(nan, 1, inf), T(2, nan, nan))


def reductions():
    vectors = [T(1, 3, 3, -2), T(0, 0, 0), T(nan, 1, 1), T(nan, nan, 2), T(inf, inf, 1), T(-inf, -inf), T(-inf, 2, 2),
               T(0.0, -0.0, 1), T(5), T(1, inf, -inf), T(2, 0, 3), T(0, 0, 3), T(-3, 3, 0, 1)]
    for v in vectors:
        for name in "max min amax amin median nanmedian logsumexp softmax log_softmax prod sum mean nansum nanmean".split():
            f = getattr(torch, name)
            if name in ("logsumexp", "softmax", "log_softmax"):
                case(name, lambda x: f(x, dim=0), v, types="f")
            else:
                case(name, f, v, types="f")
            if name in "max min median nanmedian".split():
                case(name + " 0", lambda x: f(x, 0)[0], v, types="f")
            if name in "amax amin prod".split():
                case(name + " 0", lambda x: f(x, 0), v, types="f")
        for name in "cummax cummin cumsum cumprod logcumsumexp".split():
            f = getattr(torch, name)
            case(name, lambda x: f(x, 0) if "sum" in name or "prod" in name else f(x, 0)[0], v, types="fd" if "prod" in name else "f")
        for p in (0, 0.5, 1, 1.5, 2, 3, inf, -inf, -1):
            case("norm %s" % number(float(p)), lambda x: torch.norm(x, p), v, types="f")
            case("norm 0 %s" % number(float(p)), lambda x: torch.norm(x, p, dim=0), v, types="f")
        for c in (0, 1) if not (v.isinf()).any() else ():
            case("std %s" % c, lambda x: torch.std(x, correction=c), v, types="f")
            case("var %s" % c, lambda x: torch.var(x, correction=c), v, types="f")
        case("normalize", lambda x: F.normalize(x, dim=0), v, types="f")
    # distances of points that coincide, or do so in some of their coordinates
    a = torch.tensor([[1, 2, 3], [0, 0, 0], [1, 2, 4], [nan, 0, 1], [inf, 1, 1.0]])
    b = torch.tensor([[1, 2, 3], [0, 0, 0.0], [1, 3, 5], [inf, 1, 1.0]])
    plain = torch.tensor([[1, 2, 3], [0, 0, 0], [1, 2, 4], [3, 0, 1], [2, 1, 1.0], [2, 2, 4]])
    others = torch.tensor([[1, 2, 3], [0, 0, 0.0], [2, 3, 4], [2, 1, 1.0]])
    for p in (0, 0.5, 1, 1.5, 2, 3, inf):
        case("cdist %s" % number(float(p)), lambda x, y: torch.cdist(x, y, p), plain, others, types="f")
        case("pdist %s" % number(float(p)), lambda x: F.pdist(x, p), plain, types="f")
        if p in (1.5, 2, 3):
            case("cdist %s" % number(float(p)), lambda x, y: torch.cdist(x, y, p), a, b, types="f")
            case("pdist %s" % number(float(p)), lambda x: F.pdist(x, p), a, types="f")
        for eps in (1e-6, 0):
            case("pairwise %s %s" % (number(float(p)), number(eps)), lambda x, y: F.pairwise_distance(x, y, p, eps), a[:4], b,
                 types="f")
    case("cosineSimilarity", lambda x, y: F.cosine_similarity(x, y, dim=1), a[:4], b, types="f")


def losses():
    def case(name, f, *operands):
        record_case(name, f, *operands, types="fd" if name.endswith("none") else "f")

    x = T(nan, 0.0, -0.0, 1, -1, 2, -2, 3, 200, -200, inf, -inf, 1, 1, 0, inf, 0.5, 1.5)
    y = T(1, 0.0, 0.0, 1, 1, 1, -1, 1, 1, 1, 1, -1, nan, inf, -inf, inf, 1, 1)
    signs = T(1, 1, -1, 1, 1, -1, -1, 1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1)
    for red in ("none", "mean", "sum"):
        part = x[1:9] if red != "none" else x
        other = y[1:9] if red != "none" else y
        sign = signs[1:9] if red != "none" else signs
        sfx = " " + red
        case("mse" + sfx, lambda a, b: F.mse_loss(a, b, reduction=red), part, other)
        case("l1" + sfx, lambda a, b: F.l1_loss(a, b, reduction=red), part, other)
        for beta in (0, 1, 0.5):
            case("smoothL1 %s" % beta + sfx, lambda a, b: F.smooth_l1_loss(a, b, reduction=red, beta=beta), part, other)
        for delta in (1, 0.5):
            case("huber %s" % delta + sfx, lambda a, b: F.huber_loss(a, b, reduction=red, delta=delta), part, other)
        case("softMargin" + sfx, lambda a, t: F.soft_margin_loss(a, t.detach(), reduction=red), part, sign)
        for m in (1, 0, 2):
            case("hingeEmbedding %s" % m + sfx, lambda a, t: F.hinge_embedding_loss(a, t, m, reduction=red), part, sign)
            case("marginRanking %s" % m + sfx, lambda a, b, t: F.margin_ranking_loss(a, b, t, m, reduction=red), part, other, sign)
        p = T(0, 1, 0.5, 1e-30, 0, 1, 0.25, 0, 1)
        t = T(0, 1, 0.5, 1, 1, 0, 0, 0.5, 0.5)
        case("bce" + sfx, lambda a, b: F.binary_cross_entropy(a, b, reduction=red), p, t)
        case("bce weight" + sfx, lambda a, b, w: F.binary_cross_entropy(a, b, w.detach(), reduction=red), p, t,
             T(1, 0, 2, 1, 1, 1, 0, 3, 1))
        case("bceLogits" + sfx, lambda a, b: F.binary_cross_entropy_with_logits(a, b, reduction=red), part, other)
        case("bceLogits posWeight" + sfx,
             lambda a, b, w: F.binary_cross_entropy_with_logits(a, b, pos_weight=w.detach(), reduction=red), part, other.clamp(-1, 1), T(3))
        for log in (False, True):
            case("kl %d" % log + sfx, lambda a, b: F.kl_div(a, b, reduction=red, log_target=log),
                 T(-1, 0, -inf, -2, -inf, nan, -3, -0.5), T(0, 0.5, 0, 1, 1, 0, -0.0, -1) if red == "none" else T(0, 0.5, 0, 1, 1, 0, 0, 2))
        pin, pt = T(-1, 0, 2, 0.5, 90, -inf, 1, 0), T(0, 1, 2, 0.5, 1, 0, 3, 0)
        for log in (True, False):
            for full in (False, True):
                q = pin if log else pin.abs()
                case("poisson %d %d" % (log, full) + sfx,
                     lambda a, b: F.poisson_nll_loss(a, b, log_input=log, full=full, reduction=red), q, pt)
        case("gaussian" + sfx, lambda a, b, v: F.gaussian_nll_loss(a, b, v, reduction=red),
             T(1, 0, 2, nan, inf, 3), T(1, 1, 0, 1, 1, 3), T(1, 0, 1e-8, 1, 1, 1e-6))
        case("multilabelSoftMargin" + sfx, lambda a, b: F.multilabel_soft_margin_loss(a, b, reduction=red),
             torch.tensor([[0, 200, -200], [inf, 1, 2], [-inf, 1, 0.5]]), torch.tensor([[1, 0, 1], [1, 0, 1], [0, 1, 0.0]]))
        for p_ in (1, 2):
            for m in (1, 0.5):
                case("multiMargin %d %s" % (p_, m) + sfx, lambda a, t: F.multi_margin_loss(a, t, p=p_, margin=m, reduction=red),
                     torch.tensor([[0, 1, 0.5], [1, 1, 1], [2, 0.5, 1], [-0.5, 0, 0.5], [nan, 1, 2], [inf, 0, 1]]),
                     torch.tensor([0, 1, 0, 2, 1, 0]))
        case("multilabelMargin" + sfx, lambda a, t: F.multilabel_margin_loss(a, t, reduction=red),
             torch.tensor([[0, 1, 0.5], [1, 1, 1], [2, 1, 1], [nan, 1, 2], [0.1, 0.2, inf]]),
             torch.tensor([[0, 1, -1], [1, -1, 0], [0, -1, -1], [1, -1, -1], [2, -1, 0]]))
        a = torch.tensor([[1, 2.0], [0, 0], [3, 3], [1, 1], [1, 0]])
        b = torch.tensor([[1, 2.0], [0, 0], [3, 3], [2, 1], [0, 0]])
        c = torch.tensor([[1, 2.0], [1, 0], [3, 4], [2, 1], [0, 1]])
        for p_ in (1, 2):
            for swap in (False, True):
                for m in (1, 2):
                    case("triplet %d %d %d" % (p_, swap, m) + sfx,
                         lambda x, y, z: F.triplet_margin_loss(x, y, z, margin=m, p=p_, eps=0, swap=swap, reduction=red), a, b, c)
        for m in (0, 0.5, 1):
            case("cosineEmbedding %s" % m + sfx, lambda x, y, t: F.cosine_embedding_loss(x, y, t, margin=m, reduction=red),
                 a, b, torch.tensor([1, -1, -1, -1, 1]))
        logits = torch.tensor([[0, -inf, 1], [inf, 0, 1], [-inf, -inf, -inf], [300, 0, -300], [1, 1, 1], [nan, 0, 0], [-inf, 0, 0]])
        t = torch.tensor([0, 1, 2, 2, 1, 0, 0])
        ignored = torch.full((7,), -100)
        some = torch.tensor([0, -100, -100, 2, -100, -100, 2])
        w = T(0, 1, 2)
        for classes, tag in [(t, "plain"), (ignored, "ignored"), (some, "some")]:
            case("nll" + sfx, lambda a, t: F.nll_loss(a, t, reduction=red), logits, classes)
            case("crossEntropy" + sfx, lambda a, t: F.cross_entropy(a, t, reduction=red), logits, classes)
            case("crossEntropy smooth" + sfx, lambda a, t: F.cross_entropy(a, t, reduction=red, label_smoothing=0.2), logits, classes)
            case("nll weight" + sfx, lambda a, t, w: F.nll_loss(a, t, w.detach(), reduction=red), logits, classes, w)
            case("crossEntropy weight" + sfx, lambda a, t, w: F.cross_entropy(a, t, w.detach(), reduction=red), logits, classes, w)
            case("crossEntropy weight smooth" + sfx,
                 lambda a, t, w: F.cross_entropy(a, t, w.detach(), reduction=red, label_smoothing=0.2), logits, classes, w)
        case("nll weight" + sfx, lambda a, t, w: F.nll_loss(a, t, w.detach(), reduction=red), logits, t * 0, T(0, 0, 0))
        case("crossEntropy" + sfx, lambda a, t: F.cross_entropy(a, t, reduction=red), logits,
             torch.tensor([[0, 0, 1.0], [1, 0, 0], [0, 0.5, 0.5], [0.5, 0.5, 0], [0, 0, 0], [1, 0, 0], [0, 0.5, 0.5]]).double())


folder = sys.argv[1] + "/"
for record in (unary, binary, reductions, losses):
    record()
    write(folder + record.__name__ + ".tsv.gz")
