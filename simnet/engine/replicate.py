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

from simnet.engine.simulate import Run, choose, simulate
from simnet.ledger.audit import audit
from simnet.ledger.tally import Tally, merge
from simnet.network.network import Network
from simnet.network.shard import shards
from simnet.network.tape import draw


@dataclass(frozen=True)
class Task:
    """One shard of one replication."""

    network: Network
    seed: int
    replication: int
    engine: str
    lines: bool

    def run(self) -> Run:
        """Draw the shard's tape and replay it."""
        tape = draw(self.network, self.seed, self.replication)
        return simulate(
            self.network, tape, seed=self.seed, replication=self.replication, engine=self.engine, lines=self.lines
        )


def expected_work(network: Network) -> float:
    """Work of one replication in demand lines to be expected; opening a stocking point weighs as much as two."""
    lines = float(sum(block.moments().rate.sum() for block in network.streams)) * network.horizon
    return lines + 2 * len(network.points)


def tasks_of(network: Network, seed: int, replication: int, engine: str, lines: bool) -> Iterator[Task]:
    """The shards of one replication, in the order of their parts."""
    for shard in shards(network):
        yield Task(shard, seed, replication, engine, lines)


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
    tasks = [task for number in wanted for task in tasks_of(network, seed, number, engine, lines)]
    runs = list(perform(tasks, executor_for(engine, workers, len(tasks)), progress))
    size = max(len(tasks) // max(len(wanted), 1), 1)
    return [joined(network, runs[at : at + size]) for at in range(0, len(runs), size)]


def executor_for(engine: str, workers: int, tasks: int) -> Executor | None:
    """Threads for the compiled clock, which releases the interpreter; nothing where they would not help."""
    count = min(workers or os.cpu_count() or 1, tasks)
    if engine != "compiled" or count < 2:
        return None
    from simnet.engine.compiled_clock import load

    load()  # once, before the threads
    return ThreadPoolExecutor(count)


def perform(
    tasks: list[Task], executor: Executor | None, progress: Callable[[int, int], None] | None
) -> list[Run]:
    """The runs in the order of their tasks."""
    say = progress or (lambda done, of: None)
    if executor is None:
        runs = []
        for task in tasks:
            runs.append(task.run())
            say(len(runs), len(tasks))
        return runs
    with executor:
        futures: list[Future[Run]] = [executor.submit(task.run) for task in tasks]
        for done, _ in enumerate(as_completed(futures), start=1):
            say(done, len(tasks))
    return [future.result() for future in futures]


def joined(network: Network, runs: list[Run]) -> Run:
    """The run of a whole replication from those of its shards; audited."""
    tally: Tally = runs[0].tally if len(runs) == 1 else merge([run.tally for run in runs])
    audit(tally, network)
    if len(runs) == 1:
        return runs[0]
    offset, lines = 0, []
    for run in runs:
        rows = run.lines.copy()
        for name in ("point", "dest"):
            rows[name] = np.where(rows[name] >= 0, rows[name] + offset, rows[name])
        lines.append(rows)
        offset += len(run.tally.point)
    return Run(tally, np.concatenate(lines), runs[0].engine)
