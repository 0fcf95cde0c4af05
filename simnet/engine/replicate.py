"""Replications of designs: the tasks of a study, run one after the other or on threads, and merged.

A task is a shard of parts under one replication of one design. Tallies are integers, so the merged sum does not
depend on the number of workers or the order in which they finish.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass

import numpy as np

from simnet.engine.simulate import Run, choose, no_lines, simulate
from simnet.integers import Rows
from simnet.ledger.audit import audit
from simnet.ledger.tally import Tally
from simnet.network.network import Network
from simnet.network.shard import cut, shards
from simnet.network.tape import draw


@dataclass(frozen=True)
class Task:
    """One shard of one replication: the parts `first` to `last` (not included)."""

    network: Network
    first: int
    last: int
    seed: int
    replication: int
    engine: str
    lines: bool

    def run(self) -> Run:
        """Cut the shard, draw its tape and replay it."""
        shard = cut(self.network, self.first, self.last)
        tape = draw(shard, self.seed, self.replication)
        return simulate(shard, tape, seed=self.seed, replication=self.replication, engine=self.engine, lines=self.lines)


class Collector:
    """The run of a whole replication, put together shard by shard in any order; memory holds it once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.tally: Tally | None = None
        self.lines: dict[int, Rows] = {}
        self.engine = ""

    def add(self, first: int, run: Run) -> None:
        """Take in the shard that starts with part `first`."""
        low = int(self.network.part_start[first])
        self.tally = run.tally.into(self.tally, low, len(self.network.points))
        self.engine = run.engine
        if len(run.lines):
            rows = run.lines.copy()
            for name in ("point", "dest"):
                rows[name] = np.where(rows[name] >= 0, rows[name] + low, rows[name])
            self.lines[first] = rows

    def run(self) -> Run:
        """The whole, audited."""
        if self.tally is None:
            raise RuntimeError("no shard was run")
        audit(self.tally, self.network)
        rows = [self.lines[first] for first in sorted(self.lines)]
        return Run(self.tally, np.concatenate(rows) if rows else no_lines(), self.engine)


def expected_work(network: Network) -> float:
    """Work of one replication in demand lines to be expected; opening a stocking point weighs as much as two."""
    lines = float(sum(block.moments().rate.sum() for block in network.streams)) * network.horizon
    return lines + 2 * len(network.points)


def replicate(
    network: Network,
    *,
    seed: int = 1,
    replications: Iterable[int] = (0,),
    engine: str = "auto",
    lines: bool = False,
    workers: int = 1,
    work: float | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> list[Run]:
    """Run `network` once a replication and audit each result; `progress(done, of)` is called after each task.

    `work` is that of the whole study, by which the clock is chosen; that of this network where it is left out.
    """
    wanted = list(replications)
    engine = choose(engine, round(work if work is not None else expected_work(network) * len(wanted)), network)
    cuts = list(shards(network))
    tasks = [Task(network, *parts, seed, number, engine, lines) for number in wanted for parts in cuts]
    whole = {number: Collector(network) for number in wanted}
    executor = executor_for(engine, workers, len(tasks))
    for done, (task, run) in enumerate(perform(tasks, executor), start=1):
        whole[task.replication].add(task.first, run)
        if progress is not None:
            progress(done, len(tasks))
    return [whole[number].run() for number in wanted]


def executor_for(engine: str, workers: int, tasks: int) -> Executor | None:
    """Threads for the compiled clock, which releases the interpreter; nothing where they would not help."""
    count = min(workers or os.cpu_count() or 1, tasks)
    if engine != "compiled" or count < 2:
        return None
    from simnet.engine.compiled_clock import load

    load()  # once, before the threads
    return ThreadPoolExecutor(count)


def perform(tasks: list[Task], executor: Executor | None) -> Iterator[tuple[Task, Run]]:
    """Each task with its run, as they are done."""
    if executor is None:
        for task in tasks:
            yield task, task.run()
        return
    with executor:
        waiting: dict[Future[Run], Task] = {executor.submit(task.run): task for task in tasks}
        try:
            for future in as_completed(list(waiting)):
                yield waiting.pop(future), future.result()
        finally:
            executor.shutdown(wait=False, cancel_futures=True)
