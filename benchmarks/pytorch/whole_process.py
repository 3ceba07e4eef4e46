#!/usr/bin/env python3
"""Time and memory of whole processes, here and in PyTorch: start-up and a training.

Usage: whole_process.py [--java JAVA] [--jar benchmarks/target/benchmarks.jar] [--rounds 5]
                  [--options "-XX:+UseSerialGC -Xmn64m"]

first-step   from the start of the process to its end after one training step of a perceptron
train-cifar  an epoch on 50 000 random images of 32 x 32, held in memory as bytes
The table shows the medians of the wall time and of the largest resident memory.
"""
import argparse, os, statistics, subprocess, sys, time


def child(name):
    import torch
    from torch import nn

    torch.manual_seed(0)

    def step(net, optimizer, x, labels):
        optimizer.zero_grad()
        loss = nn.CrossEntropyLoss()(net(x), labels)
        loss.backward()
        optimizer.step()
        assert loss.item() == loss.item()

    def sgd(net):
        return torch.optim.SGD(net.parameters(), 0.01, momentum=0.9)

    if name == "first-step":
        net = nn.Sequential(
            nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))
        step(net, sgd(net), torch.rand(64, 784), torch.randint(0, 10, (64,)))
    else:
        images = torch.randint(0, 256, (50000, 3, 32, 32), dtype=torch.uint8)
        labels = torch.randint(0, 10, (50000,))
        net = nn.Sequential(
            nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Conv2d(6, 16, 5), nn.ReLU(),
            nn.MaxPool2d(2, 2), nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84),
            nn.ReLU(), nn.Linear(84, 10))
        optimizer = sgd(net)
        for rows in torch.randperm(50000).split(100):
            step(net, optimizer, images[rows].float() / 255, labels[rows])


def measure(command):
    """Seconds and MiB of a process."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    if status != 0:
        sys.exit(f"failed: {' '.join(command)}")
    return time.perf_counter() - start, usage.ru_maxrss / 1024


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--java", default="java")
    p.add_argument("--jar", default=os.path.join(os.path.dirname(__file__), "..", "target", "benchmarks.jar"))
    p.add_argument("--rounds", type=int, default=5)
    p.add_argument("--options", default="", help="of the JVM")
    p.add_argument("--child", help=argparse.SUPPRESS)
    a = p.parse_args()
    if a.child:
        child(a.child)
        return
    ours = [a.java, *a.options.split(), "--add-modules", "jdk.incubator.vector", "-cp", a.jar,
            "dev.facula.benchmarks.WholeProcess"]
    theirs = [sys.executable, __file__, "--child"]
    print("| work | Facula | PyTorch | ratio |\n|---|---|---|---|", flush=True)
    for name in ("first-step", "train-cifar"):
        rounds = [(measure(ours + [name]), measure(theirs + [name])) for _ in range(a.rounds)]
        for i, unit in enumerate(("s", "MiB")):
            mine, other = (statistics.median(r[side][i] for r in rounds) for side in (0, 1))
            print(f"| {name} | {mine:.3g} {unit} | {other:.3g} {unit} | {other / mine:.2f} |", flush=True)


if __name__ == "__main__":
    main()
