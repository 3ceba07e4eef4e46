#!/usr/bin/env python3
"""Measures the same work here and in PyTorch, in turn, and prints one table.

Usage: side_by_side.py [--java JAVA] [--jar benchmarks/target/benchmarks.jar] [--threads 1,2] [--rounds 7]
                  [--millis 200] [--warm 8] [--only TEXT] [--scalar] [--markdown FILE]
                  [--options "-Xms3g -Xmx3g -XX:+AlwaysPreTouch"]

Build the jar first (mvn -q install -DskipTests && mvn -q -f benchmarks package) and install
requirements.txt. Every round asks both sides for the median time of a call; the table shows the
medians over the rounds and the median of the rounds' ratios (PyTorch's time / ours: above 1 we are
faster). Each work has a JVM of its own, as in an application: a heap that one work made large costs
the next one the first touch of its pages. Nothing else should run on the machine.
"""
import argparse, os, platform, statistics, subprocess, sys, time

import torch
from torch import nn


def works():
    w = {}

    def inference(name, x, f):
        def run():
            with torch.no_grad():
                f(x)
        w[name] = run

    for n in (64, 128, 256, 512, 1024, 2048):
        b = torch.randn(n, n)
        inference(f"matmul-{n}", torch.randn(n, n), lambda x, b=b: x @ b)
    for rows, k, out in ((64, 784, 128), (100, 400, 120), (64, 128, 10), (1, 784, 128)):
        inference(f"linear-{rows}x{k}-{out}", torch.randn(rows, k), nn.Linear(k, out))

    def convolution(name, conv, *shape):
        inference(name + "-forward", torch.randn(shape), conv)
        x = torch.randn(shape, requires_grad=True)
        y = conv(x)
        g = torch.ones_like(y)

        def backward():
            y.backward(g, retain_graph=True)
            conv.zero_grad()
            x.grad = None
        w[name + "-backward"] = backward

    convolution("conv-3-6-k5", nn.Conv2d(3, 6, 5), 100, 3, 32, 32)
    convolution("conv-6-16-k5", nn.Conv2d(6, 16, 5), 100, 6, 14, 14)
    convolution("conv-64-64-k3", nn.Conv2d(64, 64, 3, padding=1), 32, 64, 32, 32)
    convolution("conv-128-128-k3", nn.Conv2d(128, 128, 3, padding=1), 32, 128, 16, 16)
    convolution("conv-256-256-k3", nn.Conv2d(256, 256, 3, padding=1), 32, 256, 8, 8)
    convolution("conv-64-128-k3-s2", nn.Conv2d(64, 128, 3, padding=1, stride=2), 32, 64, 32, 32)
    convolution("conv-64-64-k1", nn.Conv2d(64, 64, 1), 8, 64, 56, 56)

    def forward_backward(name, module, *shape):
        x = torch.randn(shape, requires_grad=True)

        def run():
            y = module(x)
            (y[0] if isinstance(y, tuple) else y).sum().backward()
            module.zero_grad()
            x.grad = None
        w[name] = run

    forward_backward("lstm-64-128", nn.LSTM(64, 128), 50, 32, 64)
    forward_backward(
        "encoder-layer", nn.TransformerEncoderLayer(128, 4, 512, dropout=0.0, batch_first=True), 16, 64, 128)

    x, y, rows = torch.randn(1 << 20), torch.randn(1 << 20), torch.randn(1024, 1024)
    inference("add-1m", x, lambda t: t + y)
    inference("exp-1m", x, torch.exp)
    inference("sum-1m", x, torch.sum)
    inference("softmax-1m", rows, lambda t: torch.softmax(t, 1))

    def step(name, net, x, optimizer):
        labels = torch.randint(0, 10, (x.shape[0],))
        criterion = nn.CrossEntropyLoss()

        def run():
            optimizer.zero_grad()
            loss = criterion(net(x), labels)
            loss.backward()
            optimizer.step()
            loss.item()
        w[name] = run

    def mlp():
        return nn.Sequential(nn.Linear(784, 128), nn.ReLU(), nn.Linear(128, 64), nn.ReLU(), nn.Linear(64, 10))

    def cifar_net():
        return nn.Sequential(
            nn.Conv2d(3, 6, 5), nn.ReLU(), nn.MaxPool2d(2, 2), nn.Conv2d(6, 16, 5), nn.ReLU(), nn.MaxPool2d(2, 2),
            nn.Flatten(), nn.Linear(400, 120), nn.ReLU(), nn.Linear(120, 84), nn.ReLU(), nn.Linear(84, 10))

    class CifarNet(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv1, self.conv2, self.pool = nn.Conv2d(3, 6, 5), nn.Conv2d(6, 16, 5), nn.MaxPool2d(2, 2)
            self.fc1, self.fc2, self.fc3 = nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, 10)

        def forward(self, x):
            x = self.pool(torch.relu(self.conv1(x)))
            x = self.pool(torch.relu(self.conv2(x)))
            x = torch.relu(self.fc1(x.flatten(1)))
            return self.fc3(torch.relu(self.fc2(x)))

    def sgd(net):
        return torch.optim.SGD(net.parameters(), lr=0.001, momentum=0.9)

    net = mlp()
    step("step-mlp-sgd", net, torch.randn(64, 784), sgd(net))
    net = cifar_net()
    step("step-cifar-sgd", net, torch.randn(100, 3, 32, 32), sgd(net))
    net = CifarNet()
    step("step-cifar-module-sgd", net, torch.randn(100, 3, 32, 32), sgd(net))
    net = CifarNet()
    step("step-cifar-tidy-sgd", net, torch.randn(100, 3, 32, 32), sgd(net))
    net = cifar_net()
    step("step-cifar-adam", net, torch.randn(100, 3, 32, 32), torch.optim.Adam(net.parameters(), lr=0.0001))
    net = cifar_net().eval()
    inference("infer-cifar-1", torch.randn(1, 3, 32, 32), net)
    operations(inference)
    return w


def operations(inference):
    """Single operations other than products, measured with --only op-."""
    f = torch.nn.functional
    x, y, half, row = torch.randn(1024, 1024), torch.randn(1024, 1024), torch.rand(1024, 1024), torch.randn(1024)
    mask, places, classes = x > 0, torch.randint(0, 1024, (1024, 1024)), torch.randint(0, 1024, (1024,))
    for name, work in {
            "leaky-relu": f.leaky_relu, "elu": f.elu, "gelu": f.gelu,
            "gelu-tanh": lambda t: f.gelu(t, approximate="tanh"), "softplus": f.softplus, "mish": f.mish,
            "clamp": lambda t: t.clamp(-1, 1), "where": lambda t: torch.where(mask, t, y),
            "greater": lambda t: t > y, "lerp": lambda t: t.lerp(y, 0.3), "add-row": lambda t: t + row,
            "layer-norm": lambda t: f.layer_norm(t, (1024,), row, row),
            "rms-norm": lambda t: f.rms_norm(t, (1024,), row), "mse": lambda t: f.mse_loss(t, y),
            "smooth-l1": lambda t: f.smooth_l1_loss(t, y),
            "bce-logits": lambda t: f.binary_cross_entropy_with_logits(t, half),
            "cross-entropy": lambda t: f.cross_entropy(t, classes), "norm": torch.norm, "sum-0": lambda t: t.sum(0),
            "max-1": lambda t: t.max(1).values, "std": torch.std, "logsumexp": lambda t: t.logsumexp(1),
            "softmax-0": lambda t: t.softmax(0), "cumsum": lambda t: t.cumsum(1),
            "topk": lambda t: t.topk(10, 1).values, "gather": lambda t: t.gather(1, places),
            "index-select": lambda t: t.index_select(0, classes),
            "scatter-add": lambda t: t.scatter_add(1, places, y), "transpose": lambda t: t.t().contiguous(),
            "cat": lambda t: torch.cat([t, y], 1), "flip": lambda t: t.flip(1),
            "randn": lambda t: torch.randn(1024, 1024)}.items():
        inference("op-" + name, x, work)
    image, scale = torch.randn(32, 64, 28, 28), torch.randn(64)
    for name, work in {
            "group-norm": lambda t: f.group_norm(t, 8, scale, scale),
            "batch-norm": lambda t: f.batch_norm(t, None, None, scale, scale, True),
            "max-pool": lambda t: f.max_pool2d(t, 2), "avg-pool": lambda t: f.avg_pool2d(t, 2),
            "bilinear": lambda t: f.interpolate(t, scale_factor=2, mode="bilinear"),
            "unfold": lambda t: f.unfold(t, 3, 1, 1, 1)}.items():
        inference("op-" + name, image, work)
    words, filters, cubes = torch.randint(0, 30000, (32, 128)), torch.randn(64, 64, 3), torch.randn(16, 16, 3, 3, 3)
    inference("op-embedding", torch.randn(30000, 256), lambda t: f.embedding(words, t))
    heads = torch.randn(8, 8, 256, 64)
    inference("op-attention", heads, lambda t: f.scaled_dot_product_attention(t, t, t))
    inference("op-attention-causal", heads, lambda t: f.scaled_dot_product_attention(t, t, t, is_causal=True))
    inference("op-conv1d", torch.randn(16, 64, 200), lambda t: f.conv1d(t, filters))
    inference("op-conv3d", torch.randn(4, 16, 16, 16, 16), lambda t: f.conv3d(t, cubes))


def median_nanos(work, millis):
    begin = time.perf_counter_ns()
    work()
    group = max(1, min(1000, 50_000 // max(time.perf_counter_ns() - begin, 1)))
    times, now = [], time.perf_counter_ns()
    end = now + millis * 1_000_000
    while now < end:
        for _ in range(group):
            work()
        after = time.perf_counter_ns()
        times.append((after - now) / group)
        now = after
    return statistics.median(times)


class Ours:
    """The Java side, which answers one measurement after another until it is closed."""

    def __init__(self, a, operations):
        flags = a.options.split()
        flags += ["-Dfacula.kernels=scalar"] if a.scalar else ["--add-modules", "jdk.incubator.vector"]
        self.process = subprocess.Popen(
            [a.java, *flags, "-cp", a.jar, "dev.facula.benchmarks.SideBySide",
             *(["--release"] if a.release else []), *(["--operations"] if operations else [])],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.communicate()

    def ask(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        return self.process.stdout.readline().strip()

    def median_nanos(self, name, threads, millis):
        answer = self.ask(f"{name} {threads} {millis}")
        return None if answer in ("none", "") else float(answer)


def readable(nanos):
    for unit, size in (("ms", 1e6), ("µs", 1e3)):
        if nanos >= size:
            return f"{nanos / size:.3g} {unit}"
    return f"{nanos:.0f} ns"


def processor():
    try:
        with open("/proc/cpuinfo") as f:
            return next(line.split(":", 1)[1].strip() for line in f if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor() or platform.machine()


def compare(name, threads, ours, work, a):
    if ours.median_nanos(name, threads, 1000 * a.warm) is None:
        return f"| {name} | {threads} | not there | | |"
    median_nanos(work, 500)
    rounds = [(ours.median_nanos(name, threads, a.millis), median_nanos(work, a.millis)) for _ in range(a.rounds)]
    mine, other = (statistics.median(r[i] for r in rounds) for i in (0, 1))
    ratio = statistics.median(r[1] / r[0] for r in rounds)
    return f"| {name} | {threads} | {readable(mine)} | {readable(other)} | {ratio:.2f} |"


def main():
    p = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    p.add_argument("--java", default="java")
    p.add_argument("--jar", default=os.path.join(os.path.dirname(__file__), "..", "target", "benchmarks.jar"))
    p.add_argument("--options", default="", help="of the JVM")
    p.add_argument("--threads", default="1,2")
    p.add_argument("--rounds", type=int, default=7)
    p.add_argument("--millis", type=int, default=200)
    p.add_argument("--warm", type=int, default=8, help="seconds for the JVM to compile a work before it is measured")
    p.add_argument("--only", default="")
    p.add_argument("--scalar", action="store_true", help="measure the kernels that run without the Vector API")
    p.add_argument("--release", action="store_true", help="give the memory of each result of a forward pass to the next")
    p.add_argument("--markdown", help="also write the table to this file")
    a = p.parse_args()

    operations = a.only.startswith("op-")
    version = subprocess.run([a.java, "-version"], capture_output=True, text=True).stderr.splitlines()[0]
    with Ours(a, operations) as ours:
        backend = ours.ask("backend")
    lines = [f"{processor()}, {os.cpu_count()} processors; {version}; PyTorch {torch.__version__}; {backend}.", "",
             "| work | threads | Facula | PyTorch | ratio |", "|---|---|---|---|---|"]
    print("\n".join(lines), flush=True)
    for name, work in works().items():
        if a.only not in name or name.startswith("op-") != operations:
            continue
        for threads in (int(t) for t in a.threads.split(",")):
            torch.set_num_threads(threads)
            with Ours(a, operations) as ours:
                lines.append(compare(name, threads, ours, work, a))
            print(lines[-1], flush=True)
    if a.markdown:
        with open(a.markdown, "w") as f:
            f.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    sys.exit(main())
