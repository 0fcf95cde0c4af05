"""How long until something happens: `simnet --help`, a first run on a new machine, later runs. Processes of their own.

    python -m benchmarks.start [--rounds 5]

A run is that of one part of the reference workload, from the command to the saved report. Cold is without machine code
in the cache, as on a new machine; `loading the compiled clock` is Python, its libraries and the code from the cache.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from benchmarks.processes import SIMNET, Use, used
from benchmarks.timing import report
from benchmarks.workload import text

LOADING = "from simnet.engine.native import compiled; compiled()"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        scenario = Path(folder) / "w.yaml"
        scenario.write_text(text())
        cache = {"SIMNET_CACHE": f"{folder}/cache", "PYTHONDONTWRITEBYTECODE": ""}  # bytecode is kept, as usual
        run = [*SIMNET, "run", str(scenario), "--again", "--out", f"{folder}/runs", "--engine"]
        found: dict[str, list[Use]] = {"run, compiled clock, cold": [used([*run, "compiled"], cache)]}
        works = {
            "run, compiled clock, warm": [*run, "compiled"],
            "run, SimPy clock": [*run, "simpy"],
            "loading the compiled clock": [sys.executable, "-c", LOADING],
            "simnet --help": [*SIMNET, "--help"],
            "python -c pass": [sys.executable, "-c", "pass"],
        }
        for _ in range(rounds):
            for name, command in works.items():
                found.setdefault(name, []).append(used(command, cache))
    report(
        "start",
        rounds=rounds,
        cpu_seconds={name: round(statistics.median(each.cpu for each in uses), 3) for name, uses in found.items()},
        wall_seconds={name: round(statistics.median(each.wall for each in uses), 2) for name, uses in found.items()},
    )


if __name__ == "__main__":
    main()
