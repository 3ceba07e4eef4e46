"""Records how PyTorch prints tensors: writes strings.txt for TensorFormatTest.

Each case is a line "# name", followed by what str(tensor) gives.
"""

import sys

import torch


def cases():
    yield "matrix", torch.tensor([[1.0, 2.0], [3.0, 4.0]])
    yield "scalar", torch.tensor(2.5)
    yield "scalar_long", torch.tensor(7)
    yield "bools", torch.tensor([True, False, True])
    yield "longs", torch.tensor([[1, -20], [300, 4]])
    yield "doubles", torch.tensor([0.1, 0.25, -3.0], dtype=torch.float64)
    yield "ints", torch.tensor([1, 2], dtype=torch.int32)
    yield "bytes", torch.tensor([1, 200], dtype=torch.uint8)
    yield "empty", torch.zeros(0)
    yield "empty_matrix", torch.zeros(0, 3)
    yield "empty_long", torch.zeros(0, dtype=torch.int64)
    yield "empty_bool_matrix", torch.zeros(2, 0, dtype=torch.bool)
    yield "nan_inf", torch.tensor([float("nan"), float("inf"), -float("inf"), 1.5])
    yield "only_nan", torch.tensor([float("nan"), 0.0])
    yield "whole_inf", torch.tensor([1.0, float("inf"), 100.0])
    yield "scientific", torch.tensor([1e-5, 1.0, 1000.0])
    yield "scientific_whole", torch.tensor([1.0, 1e9])
    yield "small", torch.tensor([1e-5, 2e-5])
    yield "negative_zero", torch.tensor([-0.0, 0.00012, -0.00002 - 0.0001])
    yield "halves", torch.tensor([0.00125, 0.00375, 2.5])
    yield "cube", torch.arange(24.0).reshape(2, 3, 4)
    yield "wide", torch.arange(40.0) / 7
    yield "long_row", torch.arange(30)
    yield "summary", torch.arange(2000.0)
    yield "summary_matrix", torch.arange(10000).reshape(100, 100)
    yield "summary_narrow", (torch.arange(3000.0) / 3).reshape(1500, 2)
    yield "leaf", torch.ones(2, requires_grad=True)
    yield "leaf_matrix", torch.ones(2, 2, requires_grad=True)
    yield "product", torch.ones(2, requires_grad=True) * 3
    yield "sum", torch.ones(2, requires_grad=True).sum()
    yield "double_leaf", torch.ones(8, dtype=torch.float64, requires_grad=True) / 3
    yield "ones_of_one", torch.ones(1, 1, 1)
    yield "big_long", torch.tensor([2**40, -1])


with open(sys.argv[1], "w") as f:
    for name, x in cases():
        f.write("# " + name + "\n" + str(x) + "\n")
