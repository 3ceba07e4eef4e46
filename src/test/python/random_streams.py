#!/usr/bin/env python3
"""Records random draws of PyTorch for GeneratorTest.

Usage: random_streams.py > ../resources/dev/facula/random_streams.txt      (needs torch, numpy)

One line a case: draw, seed, dtype, size, arguments (comma-separated), values, three float32
uniforms drawn right after. Values are the bits in hexadecimal, or long integers in decimal; of
more than 80 values there is the CRC-32 of their little-endian bytes instead, as crc:HEX.
"""
import zlib
import torch

FLOATS = {"float32": torch.float32, "float64": torch.float64}


def encode(t):
    a = t.contiguous().numpy()
    if a.size > 80:
        return f"crc:{zlib.crc32(a.tobytes()):08x}"
    if a.dtype.kind == "f":
        bits = a.view("uint32" if a.itemsize == 4 else "uint64")
        return ",".join(f"{v:0{2 * a.itemsize}x}" for v in bits.tolist()) or "-"
    return ",".join(str(v) for v in a.tolist()) or "-"


def case(draw, seed, dtype, size, args, make):
    torch.manual_seed(seed)
    values = make()
    after = torch.rand(3)
    print(draw, seed, dtype, size, ",".join(map(str, args)) or "-", encode(values), encode(after))


seed = 100
for dtype, t in FLOATS.items():
    for n in (0, 1, 5, 40, 2000):
        for a in ((0, 1), (-0.37, 0.123), (5, 7.77)):
            seed += 1
            case("uniform", seed, dtype, n, a, lambda: torch.empty(n, dtype=t).uniform_(*a))
    for n in (0, 1, 2, 15, 16, 17, 31, 32, 40, 5000 if dtype == "float32" else 70):
        for a in ((0, 1), (2.0, 3.0), (-0.1, 0.02)):
            seed += 1
            case("normal", seed, dtype, n, a, lambda: torch.empty(n, dtype=t).normal_(*a))
    for n in (3, 20):
        seed += 1
        case("normal_strided", seed, dtype, n, (1, 2), lambda: torch.empty(n, 2, dtype=t)[:, 0].normal_(1, 2))
    for n in (0, 3, 30, 1500):
        for p in (0, 0.3, 0.9, 1):
            seed += 1
            case("bernoulli", seed, dtype, n, (p,), lambda: torch.empty(n, dtype=t).bernoulli_(p))
    seed += 1
    case("bernoulli_each", seed, dtype, 50, (), lambda: torch.bernoulli(torch.linspace(0, 1, 50, dtype=t)))
    for n in (1, 30):
        for rate in (1, 0.25):
            seed += 1
            case("exponential", seed, dtype, n, (rate,), lambda: torch.empty(n, dtype=t).exponential_(rate))

L = -(2**63)
for a in ((0, 10), (-5, 5), (0, 2**28 - 1), (0, 2**28), (-(2**40), 2**40), (L, 2**63 - 1), (7, 8)):
    for n in (1, 20, 700):
        seed += 1
        case("integers", seed, "int64", n, a, lambda: torch.empty(n, dtype=torch.int64).random_(*a))
seed += 1
case("integers", seed, "int64", 10, (L, L), lambda: torch.empty(10, dtype=torch.int64).random_(L, None))
for exponent, t in ((63, torch.int64), (31, torch.int32), (8, torch.uint8)):
    for n in (1, 9, 700):
        seed += 1
        case("power_of_two", seed, "int64", n, (exponent,), lambda: torch.empty(n, dtype=t).random_().long())
for n in (0, 1, 2, 10, 80, 10000):
    seed += 1
    case("permutation", seed, "int64", n, (), lambda: torch.randperm(n))
