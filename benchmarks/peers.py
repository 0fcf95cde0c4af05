"""simnet beside other simulators on the reference workload, in turn: ratios of CPU time, and each one's error.

    python -m benchmarks.peers [--env FOLDER] [--rounds 5] [--peers FOLDER]

The peers' scripts stand beside the checkout; their libraries go into an environment of their own, made by pip on the
first use (`--env`, by default in the folder for temporary files). A round runs each simulator once at both sets of
levels, ten years under a seed of the round: one part, and 100 under the compiled clock, for which one is too little to
be timed. CPU seconds leave imports and compiling out. `standard_error` is that of the mean fill over the rounds.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import subprocess
import sys
import tempfile
import venv
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.speed import PEERS
from benchmarks.timing import cpu_seconds, report
from benchmarks.workload import EXACT, LEVELS, study
from simnet.engine.replicate import replicate

Levels = tuple[int, ...]
Simulator = Callable[[Levels, int], tuple[float, float]]
"""Levels and seed to CPU seconds a demand line, and fill."""

LIBRARIES = {"simpy": "4.1.2", "SupplyNetPy": "0.5.1", "cimba": "0.9.5", "stockpyl": "1.0.2"}
SCRIPTS = {
    "SimPy by hand": "bench_simpy_plain.py",
    "SupplyNetPy 0.5.1": "bench_supplynetpy.py",
    "cimba 0.9.5": "bench_cimba.py",
    "stockpyl 1.0.2": "bench_stockpyl.py",
}
BY_HAND, COMPILED = "SimPy by hand", "simnet, compiled clock"


def environment(folder: Path) -> Path:
    """The interpreter of the peers' environment, which is made where it is not there yet."""
    python, made = folder / "bin" / "python", folder / "peers.json"
    wanted = json.dumps(LIBRARIES)
    if not (made.exists() and made.read_text() == wanted):
        print(f"installing {', '.join(LIBRARIES)} in {folder}", file=sys.stderr)
        venv.create(folder, with_pip=True)
        pinned = [f"{name}=={version}" for name, version in LIBRARIES.items()]
        command = [str(python), "-m", "pip", "install", "--quiet", *pinned, "pyyaml"]
        if subprocess.run(command, stdout=sys.stderr).returncode:
            sys.exit(f"the peers could not be installed in {folder}: see above; --env FOLDER names another")
        made.write_text(wanted)
    return python


def peer(python: Path, folder: Path, script: str) -> Simulator:
    """One of the others, a process a run."""

    def run(levels: Levels, seed: int) -> tuple[float, float]:
        asked = ["--levels", ",".join(map(str, levels)), "--seed", str(seed), "--parts", "1", "--years", "10"]
        done = subprocess.run([str(python), script, *asked], cwd=folder, capture_output=True, text=True)
        if done.returncode:
            sys.exit(f"{script} failed:\n{done.stderr}")
        found = json.loads(done.stdout.strip().splitlines()[-1])
        return found["cpu_s"] / found["demand_lines"], found["fill_rate"]

    return run


def ours(engine: str, parts: int) -> Simulator:
    """One of the two clocks: tape, full tallies and audit."""
    networks: dict[Levels, Any] = {levels: study(parts=parts, levels=levels).network() for levels in EXACT}
    replicate(networks[LEVELS], engine=engine)  # compile, load, warm up

    def run(levels: Levels, seed: int) -> tuple[float, float]:
        network = networks[levels]
        seconds, runs = cpu_seconds(lambda: replicate(network, engine=engine, seed=seed))
        flow = runs[0].tally.flow.reshape(-1, len(network.order_classes))[:, 1:]
        lines = int(flow["lines"].sum())
        return seconds / lines, int(flow["filled_lines"].sum()) / lines

    return run


def fill(levels: Levels, found: Sequence[float]) -> dict[str, Any]:
    """The mean over the rounds, its standard error, and how far it is from the exact answer."""
    name = f"fill at {'/'.join(map(str, levels))}"
    mean = statistics.fmean(found)
    error = statistics.stdev(found) / math.sqrt(len(found)) if len(found) > 1 else None
    return {
        name: round(mean, 4),
        f"standard error at {'/'.join(map(str, levels))}": None if error is None else round(error, 4),
        f"off the exact {EXACT[levels]:.4f}": round(mean - EXACT[levels], 4),
    }


def rows(
    times: Mapping[str, list[float]], fills: Mapping[tuple[str, Levels], list[float]]
) -> list[dict[str, Any]]:  # fmt: skip
    """A row a simulator, the fastest first; ratios are medians of those within a round."""

    def over(name: str, other: str) -> float:
        return statistics.median(b / a for a, b in zip(times[name], times[other], strict=True))

    return [
        {
            "simulator": name,
            "lines_per_cpu_second": round(1 / statistics.median(times[name])),
            "times SimPy by hand": round(over(name, BY_HAND), 3),
            "compiled clock is faster by": round(over(COMPILED, name), 1),
            **{key: value for levels in EXACT for key, value in fill(levels, fills[name, levels]).items()},
        }
        for name in sorted(times, key=lambda each: statistics.median(times[each]))
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--env", type=Path, default=Path(tempfile.gettempdir()) / "simnet-peers")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--peers", type=Path, default=PEERS)
    asked = parser.parse_args()
    lacking = [script for script in SCRIPTS.values() if not (asked.peers / script).is_file()]
    if lacking:
        sys.exit(f"{asked.peers} lacks {', '.join(lacking)}: --peers FOLDER names where the peers' scripts are")
    python = environment(asked.env.absolute())
    simulators = {name: peer(python, asked.peers, script) for name, script in SCRIPTS.items()}
    simulators |= {"simnet, SimPy clock": ours("simpy", 1), COMPILED: ours("compiled", 100)}
    times: dict[str, list[float]] = defaultdict(list)
    fills: dict[tuple[str, Levels], list[float]] = defaultdict(list)
    for seed in range(1, asked.rounds + 1):
        for name, run in simulators.items():
            print(f"round {seed} of {asked.rounds}: {name}", file=sys.stderr)
            for levels in EXACT:
                seconds, found = run(levels, seed)
                fills[name, levels].append(found)
                if levels == LEVELS:
                    times[name].append(seconds)
    report("peers", workload="W, ten years", rounds=asked.rounds, rows=rows(times, fills))


if __name__ == "__main__":
    main()
