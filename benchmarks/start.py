"""How long until something happens: `simnet --help`, a first run on a new machine, later runs. CPU seconds, processes.

    python -m benchmarks.start [--rounds 5]
"""

from __future__ import annotations

import argparse
import os
import resource
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.timing import report
from benchmarks.workload import text


def cpu_of(command: list[str], cache: str) -> float:
    """CPU seconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "SIMNET_CACHE": cache}
    subprocess.run(command, check=True, capture_output=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        scenario = Path(folder) / "w.yaml"
        scenario.write_text(text())
        simnet = [sys.executable, "-m", "simnet"]
        run = [*simnet, "run", str(scenario), "--again", "--out", f"{folder}/runs", "--engine"]
        cold = cpu_of([*run, "compiled"], f"{folder}/cache")
        figures = {
            "simnet --help": [cpu_of([*simnet, "--help"], f"{folder}/cache") for _ in range(rounds)],
            "run, compiled clock, cold": [cold],
            "run, compiled clock, warm": [cpu_of([*run, "compiled"], f"{folder}/cache") for _ in range(rounds)],
            "run, SimPy clock": [cpu_of([*run, "simpy"], f"{folder}/cache") for _ in range(rounds)],
            "python -c pass": [cpu_of([sys.executable, "-c", "pass"], folder) for _ in range(rounds)],
        }
    report("start", cpu_seconds={name: round(statistics.median(values), 3) for name, values in figures.items()})


if __name__ == "__main__":
    main()
