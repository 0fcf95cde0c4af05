"""Time and memory from 1 to 10,000 parts of the reference workload, each size in a process of its own.

python -m benchmarks.growth [--parts 1 10 100 1000 10000]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time

from benchmarks.timing import report


def measure(parts: int) -> dict[str, float]:
    """CPU seconds by step and the peak memory of this process."""
    from benchmarks.workload import study
    from simnet.engine.replicate import replicate
    from simnet.ledger.summing import summed
    from simnet.metrics import measure as kpis
    from simnet.network.outline import outline

    replicate(study(parts=1).network(), engine="compiled")  # load the rules
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    read = study(parts=parts)
    loaded = time.process_time()
    network = read.network()
    built = time.process_time()
    runs = replicate(network, engine="compiled")
    ran = time.process_time()
    fill = kpis([summed(runs[0].tally, network)], outline(network), ["fill.line"])["fill.line"].mean
    lines = int(runs[0].tally.flow["lines"].reshape(-1, len(network.order_classes))[:, 1:].sum())
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "parts": parts,
        "lines": lines,
        "read_s": round(loaded - start, 3),
        "build_s": round(built - loaded, 3),
        "run_s": round(ran - built, 3),
        "lines_per_cpu_second": round(lines / (ran - built)),
        "build_share_of_run": round((built - loaded) / (ran - built), 3),
        "memory_over_base_mb": round((peak - base) / 1024),
        "fill": round(fill or 0.0, 5),
    }


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--parts", type=int, nargs="*", default=[1, 10, 100, 1000, 10_000])
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one:
        print(json.dumps(measure(asked.one)))
        return
    command = [sys.executable, "-m", "benchmarks.growth", "--one"]
    rows = [
        json.loads(subprocess.run([*command, str(parts)], check=True, capture_output=True, text=True).stdout)
        for parts in asked.parts
    ]
    report("growth", rows=rows)


if __name__ == "__main__":
    main()
