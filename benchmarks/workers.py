"""One worker against two, in turn, on the reference workload: threads of the compiled clock, processes of the other.

    python -m benchmarks.workers [--rounds 21] [--parts 1000] [--simpy-parts 50]

Wall seconds of one replication; their ratio is taken within a round. `cpu_of_two` says what two workers cost in CPU
seconds against one: where it is well above 1 they stood in each other's way. Two controls run in the same rounds. `a
bare loop`, which touches no memory, is 2 times as fast with two threads where the machine has two cores to give.
`apart` is by how much two processes of one worker each, at the same time and sharing nothing but the machine, do more
than one worker alone: 2 where not only the cores but also the ways to the memory are two. `share` is `times_as_fast`
over it.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from multiprocessing import get_context
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


@dataclass
class Clock:
    """A replication of a network by one worker, by two, and by two processes of one each."""

    engine: str
    parts: int
    rounds: int = 0

    def __post_init__(self) -> None:
        self.network = study(parts=self.parts).network()
        self.pool = ProcessPoolExecutor(2, get_context("spawn"))
        self.by(2)()  # compile, load, warm up
        self.by(1)()
        self.apart()

    def by(self, workers: int) -> Callable[[], Any]:
        """A replication by so many workers; the seed is that of the round."""
        return lambda: replicate(self.network, engine=self.engine, seed=1 + self.rounds, workers=workers)

    def apart(self) -> list[float]:
        """Wall seconds of two processes that run the replication at the same time."""
        asked = [(self.engine, self.parts, 1 + self.rounds)] * 2
        return list(self.pool.map(alone, asked))

    def in_turn(self) -> dict[str, float]:
        """One worker, two, and two apart, in turn."""
        (one, cpu_of_one), (two, cpu_of_two), apart = timed(self.by(1)), timed(self.by(2)), self.apart()
        self.rounds += 1
        return {
            "wall_s_of_one": one,
            "wall_s_of_two": two,
            "times_as_fast": one / two,
            "cpu_of_two": cpu_of_two / cpu_of_one,
            "apart": (gain := sum(one / each for each in apart)),
            "share": one / two / gain,
        }


@dataclass
class Bare:
    """A loop over numbers in a register, by one thread, and by two of half the steps each."""

    steps: int

    def __post_init__(self) -> None:
        import numba

        self.loop = numba.njit(nogil=True)(mixed)
        self.loop(1)
        self.pool = ThreadPoolExecutor(2)

    def in_turn(self) -> dict[str, float]:
        """One thread, then two."""
        one, cpu_of_one = timed(lambda: self.loop(self.steps))
        two, cpu_of_two = timed(lambda: list(self.pool.map(self.loop, [self.steps // 2] * 2)))
        return {
            "wall_s_of_one": one,
            "wall_s_of_two": two,
            "times_as_fast": one / two,
            "cpu_of_two": cpu_of_two / cpu_of_one,
        }


def mixed(steps: int) -> int:
    """Numbers mixed in a register, which wrap as machine code does."""
    state = 88172645463325252
    for _ in range(steps):
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
    return state


def alone(asked: tuple[str, int, int]) -> float:
    """Wall seconds of a replication by one worker, in a process that keeps its network."""
    engine, parts, seed = asked
    network = network_of(parts)
    return timed(lambda: replicate(network, engine=engine, seed=seed, workers=1))[0]


@cache
def network_of(parts: int) -> Network:
    """The reference workload, built once a process."""
    return study(parts=parts).network()


def measure(works: Mapping[str, Clock | Bare], rounds: int) -> list[dict[str, Any]]:
    """Each once a round; medians over the rounds."""
    took: dict[str, list[dict[str, float]]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, clock in works.items():
            took[name].append(clock.in_turn())
    return [
        {
            "work": name,
            **{figure: round(statistics.median(each[figure] for each in runs), 2) for figure in runs[0]},
            "best_round": round(max(each["times_as_fast"] for each in runs), 2),
        }
        for name, runs in took.items()
    ]


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--parts", type=int, default=1000)
    parser.add_argument("--simpy-parts", type=int, default=50)
    asked = parser.parse_args()
    works: dict[str, Clock | Bare] = {
        "compiled clock": Clock("compiled", asked.parts),
        "SimPy clock": Clock("simpy", asked.simpy_parts),
        "a bare loop": Bare(2_000_000_000),
    }
    parts = f"{asked.parts:,} parts compiled, {asked.simpy_parts:,} under SimPy"
    report("workers", rounds=asked.rounds, workload=f"W, {parts}", rows=measure(works, asked.rounds))


if __name__ == "__main__":
    main()
