"""From one part to 300,000: synthetic catalogs made and run as a user would, a process a size and number of workers.

    python -m benchmarks.scale [--parts 1,1000,10000,300000] [--workers 1,2]

`simnet new --catalog`, then `simnet run --engine compiled`: reading the tables, five measured years after one of
warm-up, full tallies by point and month, the audit, figures and report. Lines are those measured; those of the warm-up
are simulated too and not counted. `read_s` is what reading alone takes, CPU seconds of a process of its own, start
included; `lines_per_cpu_second` has everything in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.processes import SIMNET, used
from benchmarks.timing import report


def numbers(text: str) -> list[int]:
    """`1000,10000` as numbers."""
    return [int(each) for each in text.replace("_", "").split(",")]


def read(file: str) -> dict[str, float]:
    """About how many stocking points a scenario has, and what reading it takes."""
    import simnet as sn
    from simnet.network.slices import Slicer

    scenario = sn.load(file).scenario
    return {"read_s": time.process_time(), "points": round(Slicer(scenario, None).size.points)}


def measure(parts: int, workers: list[int], folder: Path) -> Iterator[dict[str, Any]]:
    """A catalog run by so many workers, one after the other."""
    used([*SIMNET, "new", str(folder / "net"), "--catalog", str(parts)])
    file = str(folder / "net" / "net.yaml")
    found = json.loads(used([sys.executable, "-m", "benchmarks.scale", "--read", file]).out)
    for count in workers:
        run = [*SIMNET, "run", file, "--engine", "compiled", "--workers", str(count), "--again", "--json", "--quiet"]
        took = used([*run, "--out", str(folder / "runs")])
        lines = round(json.loads(took.out)["designs"]["net"]["demand.lines"]["mean"])
        yield {
            "parts": parts,
            "points": int(found["points"]),
            "lines": lines,
            "workers": count,
            "wall_s": round(took.wall, 1),
            "cpu_s": round(took.cpu, 1),
            "read_s": round(found["read_s"], 1),
            "lines_per_cpu_second": round(lines / took.cpu),
            "peak_mb": round(took.peak_mb),
        }


def main() -> None:
    """Measure each size and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--parts", type=numbers, default=[1, 1000, 10_000, 300_000])
    parser.add_argument("--workers", type=numbers, default=[1, 2])
    parser.add_argument("--read", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.read:
        print(json.dumps(read(asked.read)))
        return
    rows: list[dict[str, Any]] = []
    for parts in [asked.parts[0], *asked.parts]:  # the first twice: it compiles, loads and warms up
        with tempfile.TemporaryDirectory() as folder:
            rows += measure(parts, asked.workers, Path(folder))
    report("scale", engine="compiled", rows=rows[len(asked.workers) :])


if __name__ == "__main__":
    main()
