"""Compares two results of JMH (written by -rf json) and marks what moved beyond its error.

    python benchmarks/compare.py before.json after.json
"""

import json
import sys


def read(path):
    """Score, error and unit by the benchmark's name and parameters."""
    results = {}
    with open(path, encoding="utf-8") as file:
        for run in json.load(file):
            params = ",".join(f"{k}={v}" for k, v in sorted(run.get("params", {}).items()))
            name = run["benchmark"].rsplit(".", 2)
            key = ".".join(name[-2:]) + (f"({params})" if params else "")
            metric = run["primaryMetric"]
            faster_is_less = run["mode"] not in ("thrpt",)
            results[key] = (
                float(metric["score"]),
                float(metric["scoreError"]),  # NaN with a single iteration
                metric["scoreUnit"],
                faster_is_less,
            )
    return results


def main(before_path, after_path):
    before, after = read(before_path), read(after_path)
    width = max((len(key) for key in before | after), default=0)
    slower = 0
    for key in sorted(before | after):
        if key not in before or key not in after:
            print(f"{key:{width}}  only {'after' if key in after else 'before'}")
            continue
        old, old_error, unit, faster_is_less = before[key]
        new, new_error, _, _ = after[key]
        speed = old / new if faster_is_less else new / old
        # Intervals that overlap, and errors that are not known, prove nothing.
        moved = abs(new - old) > old_error + new_error
        mark = "" if not moved else "  FASTER" if speed > 1 else "  SLOWER"
        slower += mark == "  SLOWER"
        print(
            f"{key:{width}}  {old:12.3f} ± {old_error:<10.3f} {new:12.3f} ± {new_error:<10.3f}"
            f" {unit}  x{speed:.2f}{mark}"
        )
    return 1 if slower else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
