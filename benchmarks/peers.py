"""simnet beside other simulators on the reference workload, in turn: the ratio of CPU time and the error of each.

    python -m benchmarks.peers --python .venv-peers/bin/python [--rounds 3] [--peers FOLDER]

The peers' scripts stand beside the checkout; they want an environment of their own (see their README). Each prints
its demand lines and CPU seconds, imports excluded.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
from collections.abc import Callable
from pathlib import Path

from benchmarks.speed import PEERS, ours
from benchmarks.timing import in_turn, ratios, report
from benchmarks.workload import EXACT, LEVELS

SCRIPTS = {
    "hand-written SimPy": "bench_simpy_plain.py",
    "SupplyNetPy": "bench_supplynetpy.py",
    "cimba": "bench_cimba.py",
    "stockpyl": "bench_stockpyl.py",
}


def peer(python: str, folder: Path, script: str, errors: list[float]) -> Callable[[], float]:
    """Demand lines a CPU second of one peer; its fill is noted against the exact one."""

    def work() -> float:
        command = [python, script, "--parts", "1", "--years", "10"]
        done = subprocess.run(command, cwd=folder, check=True, capture_output=True, text=True)
        found = json.loads(done.stdout.strip().splitlines()[-1])
        errors.append(abs(found["fill_rate"] - EXACT[LEVELS]))
        return float(found["demand_lines"] / found["cpu_s"])

    return work


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--python", required=True, help="the interpreter of the peers' environment")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, default=PEERS)
    parser.add_argument("--only", nargs="*", default=[*SCRIPTS])
    asked = parser.parse_args()
    errors: dict[str, list[float]] = {name: [] for name in asked.only}
    works = {name: peer(asked.python, asked.peers, SCRIPTS[name], errors[name]) for name in asked.only}
    works |= {"SimPy clock": ours("simpy", 1), "compiled clock": ours("compiled", 100)}
    works["compiled clock"]()
    found = in_turn(works, asked.rounds)
    report(
        "peers",
        workload="W, ten years; peers and SimPy clock 1 part, compiled clock 100 parts",
        lines_per_cpu_second={name: round(statistics.median(values)) for name, values in found.items()},
        compiled_clock_over={
            name: round(1 / ratio, 1) for name, ratio in ratios(found, "compiled clock").items()
        },
        error_of_fill={name: round(statistics.median(values), 5) for name, values in errors.items()},
    )


if __name__ == "__main__":
    main()
