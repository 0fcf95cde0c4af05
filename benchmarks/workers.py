"""One worker against two, in turn, on the reference workload: threads of the compiled clock, processes of the other.

    python -m benchmarks.workers [--rounds 5] [--parts 1000] [--simpy-parts 20]

Wall seconds of one replication; their ratio is taken within a round. `cpu_of_two` says what two workers cost in CPU
seconds against one: where it is well above 1 they stood in each other's way, where the ratio of wall seconds alone is
low the machine was busy with other work.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable
from typing import Any

from benchmarks.timing import report
from benchmarks.workload import study
from simnet.engine.replicate import replicate
from simnet.network.network import Network


def cpu() -> float:
    """CPU seconds of this process and of those it started, so far."""
    whom = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(took.ru_utime + took.ru_stime for took in map(resource.getrusage, whom))


def timed(work: Callable[[], Any]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, before = time.perf_counter(), cpu()
    work()
    return time.perf_counter() - wall, cpu() - before


def measure(engine: str, network: Network, rounds: int) -> dict[str, Any]:
    """One worker against two, round by round."""
    replicate(network, engine=engine, workers=2)  # compile, load, warm up
    one, two = [], []
    for seed in range(1, rounds + 1):
        one.append(timed(lambda seed=seed: replicate(network, engine=engine, seed=seed)))  # type: ignore[misc]
        two.append(timed(lambda seed=seed: replicate(network, engine=engine, seed=seed, workers=2)))  # type: ignore[misc]
    pairs = list(zip(one, two, strict=True))
    return {
        "clock": engine,
        "parts": len(network.part_names),
        "wall_s_of_one": round(statistics.median(wall for wall, _ in one), 2),
        "wall_s_of_two": round(statistics.median(wall for wall, _ in two), 2),
        "times_as_fast": round(statistics.median(a[0] / b[0] for a, b in pairs), 2),
        "best_round": round(max(a[0] / b[0] for a, b in pairs), 2),
        "cpu_of_two": round(statistics.median(b[1] / a[1] for a, b in pairs), 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--parts", type=int, default=1000)
    parser.add_argument("--simpy-parts", type=int, default=20)
    asked = parser.parse_args()
    sizes = {"compiled": asked.parts, "simpy": asked.simpy_parts}
    rows = [measure(engine, study(parts=parts).network(), asked.rounds) for engine, parts in sizes.items()]
    report("workers", rounds=asked.rounds, rows=rows)


if __name__ == "__main__":
    main()
