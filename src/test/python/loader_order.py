#!/usr/bin/env python3
"""Records the order of samples of PyTorch's loaders and samplers for DataLoaderTest.

Usage: loader_order.py > ../resources/dev/facula/data/loader_order.txt      (needs torch)

One line a case: its name, the numbers of the samples, three float32 uniforms that the default
generator draws right after. The seed is the number of the line, from 1.
"""
import torch
from torch.utils.data import (
    BatchSampler, DataLoader, Dataset, RandomSampler, SequentialSampler, SubsetRandomSampler,
    TensorDataset, WeightedRandomSampler, random_split)


def data(n):
    return TensorDataset(torch.arange(n))


def order(loader, epochs=1):
    return [int(i) for _ in range(epochs) for batch in loader for i in batch[0]]


def generator():
    return torch.Generator().manual_seed(99)


class Noise(Dataset):
    """Sample i is i + a random number of the worker's generator."""

    def __len__(self):
        return 11

    def __getitem__(self, i):
        return (i + torch.rand(()),)


def noise(workers):
    loader = DataLoader(Noise(), 2, shuffle=True, num_workers=workers)
    return [float(x) for _ in range(2) for batch in loader for x in batch[0]]


def with_generator(epochs, n, **options):
    g = generator()
    seen = order(DataLoader(data(n), 4, generator=g, **options), epochs)
    return seen + torch.randint(1000, (2,), generator=g).tolist()


def split(lengths):
    return [i for part in random_split(range(10), lengths) for i in list(part.indices) + [-1]]


W = [0.1, 0.9, 0.4, 0.7, 3.0, 0.6]
CASES = {
    "sequential": lambda: order(DataLoader(data(10), 4)),
    "shuffle": lambda: order(DataLoader(data(23), 5, shuffle=True)),
    "shuffle twice": lambda: order(DataLoader(data(8), 4, shuffle=True), 2),
    "drop last": lambda: order(DataLoader(data(23), 5, shuffle=True, drop_last=True), 2),
    "generator": lambda: with_generator(3, 10, shuffle=True),
    "generator full batches": lambda: with_generator(2, 8, shuffle=True),
    "generator drop last": lambda: with_generator(2, 9, shuffle=True, drop_last=True),
    "generator sequential": lambda: with_generator(2, 9),
    "replacement": lambda: list(RandomSampler(range(50), replacement=True)),
    "replacement many": lambda: list(RandomSampler(range(7), replacement=True, num_samples=70)),
    "replacement 64": lambda: list(RandomSampler(range(7), replacement=True, num_samples=64, generator=torch.default_generator)),
    "more than there are": lambda: list(RandomSampler(range(7), num_samples=18)),
    "fewer than there are": lambda: list(RandomSampler(range(7), num_samples=3, generator=torch.default_generator)),
    "subset": lambda: list(SubsetRandomSampler([3, 1, 4, 1, 5, 9, 2, 6])),
    "subset loader": lambda: order(DataLoader(data(10), 3, sampler=SubsetRandomSampler([3, 1, 4, 5, 9, 2]))),
    "weighted": lambda: list(WeightedRandomSampler(W, 20)),
    "weighted distinct": lambda: list(WeightedRandomSampler(W, 5, replacement=False)),
    "batch sampler": lambda: order(DataLoader(data(11), batch_sampler=BatchSampler(RandomSampler(range(11)), 3, False))),
    "split": lambda: split([3, 0, 7]),
    "split fractions": lambda: split([0.33, 0.33, 0.34]),
    "noise": lambda: noise(0),
    "noise 1": lambda: noise(1),
    "noise 3": lambda: noise(3),
}
for seed, (name, make) in enumerate(CASES.items(), 1):
    torch.manual_seed(seed)
    values = make()
    after = torch.rand(3).tolist()
    print(name, ",".join(map(repr, values)), ",".join(map(repr, after)), sep=";")
