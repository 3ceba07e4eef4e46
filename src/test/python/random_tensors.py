#!/usr/bin/env python3
"""Records random tensors of PyTorch for RandomTensorTest.

Usage: random_tensors.py > ../resources/dev/facula/random_tensors.txt      (needs torch)

One line a case: its name, the values in row-major order, three float32 uniforms drawn right after.
RandomTensorTest makes the tensor of the same name. The seed is the number of the line, from 1.
"""
import torch

E = torch.empty
CASES = {
    "rand": lambda: torch.rand(2, 3),
    "rand64": lambda: torch.rand(2, 3, dtype=torch.float64),
    "randn": lambda: torch.randn(3, 7),
    "randn scalar": lambda: torch.randn(()),
    "uniform transposed": lambda: E(4, 3).t().uniform_(-1, 1),
    "uniform permuted": lambda: E(4, 3, 2).permute(1, 2, 0).uniform_(-1, 1),
    "uniform sliced": lambda: E(5, 6)[1::2, ::3].uniform_(),
    "normal transposed": lambda: E(4, 5).t().normal_(1, 2),
    "normal sliced": lambda: E(9, 9)[:, 2:5].normal_(),
    "randint": lambda: torch.randint(-3, 9, (4, 4)),
    "randint uint8": lambda: torch.randint(0, 256, (9,), dtype=torch.uint8),
    "randint float": lambda: torch.randint(0, 2**30, (9,), dtype=torch.float32),
    "randint transposed": lambda: E(3, 4, dtype=torch.int32).t().random_(0, 100),
    "random float32": lambda: E(9).random_(),
    "random float64": lambda: E(9, dtype=torch.float64).random_(),
    "random int64": lambda: E(9, dtype=torch.int64).random_(),
    "random int32": lambda: E(9, dtype=torch.int32).random_(),
    "random uint8": lambda: E(9, dtype=torch.uint8).random_(),
    "random bool": lambda: E(9, dtype=torch.bool).random_(),
    "randperm": lambda: torch.randperm(12),
    "bernoulli int64": lambda: E(20, dtype=torch.int64).bernoulli_(0.4),
    "bernoulli bool": lambda: E(20, dtype=torch.bool).bernoulli_(0.4),
    "bernoulli transposed": lambda: E(4, 5).t().bernoulli_(0.5),
    "bernoulli of": lambda: torch.bernoulli(torch.linspace(0, 1, 20)),
    "bernoulli of 64": lambda: torch.bernoulli(torch.linspace(0, 1, 20, dtype=torch.float64)),
    "bernoulli broadcast": lambda: E(3, 4, dtype=torch.uint8).bernoulli_(torch.tensor([0.1, 0.5, 0.9, 0.5])),
    "bernoulli of transposed": lambda: torch.bernoulli(torch.linspace(0, 1, 20).view(4, 5).t()),
    "rand like transposed": lambda: torch.rand_like(E(4, 5).t()),
    "randn like expanded": lambda: torch.randn_like(E(5).expand(4, 5)),
    "dropout": lambda: torch.nn.functional.dropout(torch.arange(20.0), 0.3),
    "dropout transposed": lambda: torch.nn.functional.dropout(torch.arange(20.0).view(4, 5).t(), 0.3),
    "dropout sliced": lambda: torch.nn.functional.dropout(torch.arange(40.0).view(4, 10).t()[::2], 0.3),
    "exponential": lambda: E(3, 4).exponential_(2),
    "multinomial": lambda: torch.multinomial(torch.tensor([0.1, 5, 0, 2, 3]), 12, True),
    "multinomial 64": lambda: torch.multinomial(torch.tensor([0.1, 5, 0, 2, 3], dtype=torch.float64), 12, True),
    "multinomial rows": lambda: torch.multinomial(torch.linspace(0, 1, 21).view(3, 7), 5, True),
    "multinomial once": lambda: torch.multinomial(torch.linspace(0, 1, 21).view(3, 7), 1, True),
    "multinomial distinct": lambda: torch.multinomial(torch.linspace(0, 1, 21).view(3, 7), 5),
    "multinomial transposed": lambda: torch.multinomial(torch.linspace(0, 1, 21).view(3, 7).t(), 2),
    "multinomial distinct 64": lambda: torch.multinomial(torch.linspace(0, 1, 30, dtype=torch.float64), 20),
}
for seed, (name, make) in enumerate(CASES.items(), 1):
    torch.manual_seed(seed)
    values = make().flatten().tolist()
    after = torch.rand(3).tolist()
    print(name, ",".join(repr(v) for v in values), ",".join(map(repr, after)), sep=";")
