"""Both clocks on the reference workload against a hand-written SimPy model, in turn.

    python -m benchmarks.speed [--rounds 15] [--parts 100] [--peers FOLDER]

Demand lines a CPU second, tape, full tallies and audit included; ratios to the hand-written model in the same round.
"""

from __future__ import annotations

import argparse
import statistics
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from benchmarks.timing import cpu_seconds, in_turn, ratios, report
from benchmarks.workload import LEVELS, study
from simnet.engine.replicate import replicate

PEERS = Path(__file__).parents[2] / "shared" / "peers"


def ours(engine: str, parts: int, **shape: Any) -> Callable[[], float]:
    """One replication by one clock; the network is built before, as the peers build theirs within."""
    network = study(parts=parts, **shape).network()
    seeds = iter(range(1, 10_000))

    def work() -> float:
        seconds, runs = cpu_seconds(lambda: replicate(network, engine=engine, seed=next(seeds)))
        flow = runs[0].tally.flow["lines"].reshape(-1, len(network.order_classes))
        return float(flow[:, 1:].sum() / seconds)

    return work


def by_hand(folder: Path) -> Callable[[], float]:
    """What an analyst would write by hand in SimPy, one part."""
    sys.path.insert(0, str(folder))
    import bench_simpy_plain

    arguments = SimpleNamespace(parts=1, days=3650, s0=LEVELS[0], s1=LEVELS[1], s2=LEVELS[2])
    seeds = iter(range(1, 10_000))

    def work() -> float:
        seconds, found = cpu_seconds(lambda: bench_simpy_plain.run_once(arguments, next(seeds)))
        return float(found["demand_lines"] / seconds)

    return work


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--parts", type=int, default=100)
    parser.add_argument("--peers", type=Path, default=PEERS)
    asked = parser.parse_args()
    works = {
        "hand-written SimPy": by_hand(asked.peers),
        "SimPy clock": ours("simpy", 1),
        "compiled clock": ours("compiled", asked.parts),
        "compiled clock, min-max": ours("compiled", asked.parts, policy="min-max"),
        "compiled clock, gamma lead times": ours("compiled", asked.parts, lead="{{mean: {}, cv: 0.5}}"),
    }
    for work in works.values():
        work()  # compile, load, warm up
    found = in_turn(works, asked.rounds)
    report(
        "speed",
        workload=f"W, {asked.parts} parts compiled, 1 part under SimPy, ten years",
        rounds=asked.rounds,
        lines_per_cpu_second={name: round(statistics.median(values)) for name, values in found.items()},
        ratio_to_hand_written_simpy=ratios(found, "hand-written SimPy"),
    )


if __name__ == "__main__":
    main()
