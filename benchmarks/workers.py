"""One worker against two, in turn, on the reference workload: threads of the compiled clock, processes of the other.

    python -m benchmarks.workers [--rounds 21] [--parts 1000] [--simpy-parts 50]

Wall seconds of one replication; their ratio is taken within a round. `cpu_of_two` says what two workers cost in CPU
seconds against one: where it is well above 1 they stood in each other's way, where the ratio of wall seconds alone is
low the machine was busy with other work. `a bare loop`, which touches no memory, says what the machine itself gives two
threads in the same rounds: 2 where it has two cores to itself.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
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


def bare_loop(steps: int) -> int:
    """Numbers mixed in a register, which wrap as machine code does."""
    state = 88172645463325252
    for _ in range(steps):
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
    return state


def bare(steps: int) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """The bare loop in one thread, and half of it in each of two."""
    import numba

    loop = numba.njit(nogil=True)(bare_loop)
    loop(1)
    pool = ThreadPoolExecutor(2)
    return lambda: loop(steps), lambda: list(pool.map(loop, [steps // 2] * 2))


def clock(engine: str, network: Network) -> tuple[Callable[[], Any], Callable[[], Any]]:
    """A replication by one worker and by two; the seeds of both are the same in every round."""
    seeds = [iter(range(1, 10_000)) for _ in range(2)]

    def work(workers: int) -> Callable[[], Any]:
        return lambda: replicate(network, engine=engine, seed=next(seeds[workers - 1]), workers=workers)

    work(2)()  # compile, load, warm up
    work(1)()
    return work(1), work(2)


def measure(works: Mapping[str, tuple[Callable[[], Any], Callable[[], Any]]], rounds: int) -> list[dict[str, Any]]:
    """One worker against two, all in turn, round by round."""
    took: dict[str, list[tuple[tuple[float, float], tuple[float, float]]]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, (one, two) in works.items():
            took[name].append((timed(one), timed(two)))
    return [
        {
            "work": name,
            "wall_s_of_one": round(statistics.median(one[0] for one, _ in pairs), 2),
            "wall_s_of_two": round(statistics.median(two[0] for _, two in pairs), 2),
            "times_as_fast": round(statistics.median(one[0] / two[0] for one, two in pairs), 2),
            "best_round": round(max(one[0] / two[0] for one, two in pairs), 2),
            "cpu_of_two": round(statistics.median(two[1] / one[1] for one, two in pairs), 2),
        }
        for name, pairs in took.items()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--parts", type=int, default=1000)
    parser.add_argument("--simpy-parts", type=int, default=50)
    asked = parser.parse_args()
    compiled, simpy = study(parts=asked.parts).network(), study(parts=asked.simpy_parts).network()
    works = {
        "compiled clock": clock("compiled", compiled),
        "SimPy clock": clock("simpy", simpy),
        "a bare loop": bare(2_000_000_000),
    }
    parts = f"{asked.parts:,} parts compiled, {asked.simpy_parts:,} under SimPy"
    report("workers", rounds=asked.rounds, workload=f"W, {parts}", rows=measure(works, asked.rounds))


if __name__ == "__main__":
    main()
