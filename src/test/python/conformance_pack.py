#!/usr/bin/env python3
"""Picks a small pack of conformance cases out of a folder of them.

Usage: conformance_pack.py CASES PACK.zip

Takes one case of every subject, the largest whose tensors stay within LIMIT bytes (or the smallest
of all), with a gradient where there is one; of schedules and random draws all.
"""
import json, os, struct, sys, zipfile

LIMIT = 700
KINDS = {"ops": 1, "errors": 1, "modules": 1, "optim": 1, "sched": 100, "random": 100}


def read_tensors(path):
    """Name -> (entry, bytes) of a safetensors file."""
    if not os.path.exists(path):
        return {}
    with open(path, "rb") as f:
        data = f.read()
    start = 8 + struct.unpack("<Q", data[:8])[0]
    header = json.loads(data[8:start])
    header.pop("__metadata__", None)
    return {n: (e, data[start + e["data_offsets"][0]:start + e["data_offsets"][1]]) for n, e in header.items()}


def write_tensors(tensors):
    header, at = {}, 0
    for name, (entry, data) in tensors.items():
        header[name] = dict(dtype=entry["dtype"], shape=entry["shape"], data_offsets=[at, at + len(data)])
        at += len(data)
    text = json.dumps(header, separators=(",", ":")).encode()
    return struct.pack("<Q", len(text)) + text + b"".join(data for _, data in tensors.values())


def names(value):
    if isinstance(value, dict):
        if isinstance(value.get("tensor"), str):
            yield value["tensor"]
        for v in value.values():
            yield from names(v)
    elif isinstance(value, list):
        for v in value:
            yield from names(v)


def main(source, target):
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        def put(name, data):
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            out.writestr(info, data)

        for kind, wanted in KINDS.items():
            count = 0
            for file in sorted(os.listdir(os.path.join(source, kind))):
                if not file.endswith(".json"):
                    continue
                path = os.path.join(source, kind, file)
                with open(path) as f:
                    cases = json.load(f)
                tensors = read_tensors(path[:-5] + ".safetensors")

                def rank(case):
                    size = sum(len(tensors[n][1]) for n in names(case))
                    return (size > LIMIT, "grads" not in case, size if size > LIMIT else -size)

                picked = cases if len(cases) <= wanted else sorted(cases, key=rank)[:wanted]
                count += len(picked)
                used = sorted({n for c in picked for n in names(c)}, key=lambda n: int(n[1:]))
                put(f"{kind}/{file}", "[\n" + ",\n".join(json.dumps(c, separators=(",", ":")) for c in picked) + "\n]\n")
                if used:
                    put(f"{kind}/{file[:-5]}.safetensors", write_tensors({n: tensors[n] for n in used}))
            print(f"{kind}: {count} cases")


if __name__ == "__main__":
    main(*sys.argv[1:])
