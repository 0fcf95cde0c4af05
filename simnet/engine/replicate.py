"""Replications of designs: the tasks of a study, done wherever is asked, and merged.

A task is a shard of parts under one replication of one design. Tallies are integers, so the merged sum does not
depend on the number of workers or the order in which they finish.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from concurrent.futures import Executor
from contextlib import closing
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np

from simnet.engine.culprit import culprit, raises
from simnet.engine.executors import Failure, Where, perform, processors, raise_failures, read_where, travels
from simnet.engine.simulate import Run, choose, simulate
from simnet.ledger.audit import audit
from simnet.ledger.ledger import Ledger
from simnet.ledger.tally import Tally
from simnet.network.network import Network
from simnet.network.shard import LINES_A_SHARD, cut, lines_of_parts, shards
from simnet.network.tape import draw

WORTH_PROCESSES = 100_000
"""Demand lines from which processes repay their start: some three seconds on the SimPy clock."""


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

    def __reduce__(self) -> tuple[type[Task], tuple[Any, ...]]:
        """A task that travels takes its own parts along, not the whole network."""
        own = cut(self.network, self.first, self.last)
        return Task, (own, self.first, self.last, self.seed, self.replication, self.engine, self.lines)

    def __str__(self) -> str:
        """Where to look, in the analyst's names."""
        names = self.network.part_names[self.first : self.last]
        parts = f"part '{names[0]}'" if len(names) == 1 else f"parts '{names[0]}' to '{names[-1]}' ({len(names)})"
        return f"{parts} of {self.network.design}, replication {self.replication}, seed {self.seed}"


class Collector:
    """The run of a whole replication, put together shard by shard in any order; memory holds it once."""

    def __init__(self, network: Network) -> None:
        self.network = network
        self.tally: Tally | None = None
        self.lines: dict[int, Ledger] = {}
        self.engine = ""
        self.shards = 0

    def add(self, first: int, run: Run) -> None:
        """Take in the shard that starts with part `first`."""
        self.shards += 1
        low = int(self.network.part_start[first])
        self.tally = run.tally.into(self.tally, low, len(self.network.points))
        self.engine = run.engine
        self.lines[first] = run.lines.at(low)

    def run(self) -> Run:
        """The whole, audited."""
        if self.tally is None:
            raise RuntimeError("no shard was run")
        audit(self.tally, self.network)
        return Run(self.tally, Ledger.joined([self.lines[first] for first in sorted(self.lines)]), self.engine)


def expected_work(network: Network) -> float:
    """Work of one replication in demand lines to be expected; opening a stocking point weighs as much as two."""
    lines = float(sum(block.moments().rate.sum() for block in network.streams)) * network.horizon
    return lines + 2 * len(network.points)


def run_task(task: Task) -> Run:
    """What a worker does; an error of several parts says which of them fails by itself."""
    try:
        return task.run()
    except (MemoryError, ImportError):
        raise
    except Exception as error:
        meet = task.network.jobs or len(task.network.joints)
        if task.last - task.first > 1 and not meet:
            found = culprit(range(task.first, task.last), partial(fails, task))
            if found is not None:
                error.add_note(f"part '{task.network.part_names[found[0]]}' fails by itself")
        raise


def fails(task: Task, parts: range) -> bool:
    """Whether a task with only these of its parts raises."""
    return raises(replace(task, first=parts.start, last=parts.stop).run)


def replicate(
    network: Network,
    *,
    seed: int = 1,
    replications: Iterable[int] = (0,),
    engine: str = "auto",
    lines: bool = False,
    workers: int = 1,
    on: str | Executor | Where | None = None,
    work: float | None = None,
    progress: Callable[[int, int], None] | None = None,
    kept: Callable[[int, Run], None] | None = None,
) -> list[Run]:
    """Run `network` once a replication and audit each result.

    `progress(done, of)` is called after each task, with the demand lines to be expected of those that are done.

    `kept(replication, run)` is told each replication when it is whole.

    `on` is where; left out, on `workers` of this machine (0: all) in the way that suits the clock. `work` is that of
    the whole study, by which the clock is chosen; that of this network where it is left out.
    """
    wanted = list(replications)
    engine = choose(engine, round(work if work is not None else expected_work(network) * len(wanted)), network)
    cuts = list(shards(network, LINES_A_SHARD[engine]))
    tasks = [Task(network, *parts, seed, number, engine, lines) for number in wanted for parts in cuts]
    whole = {number: Collector(network) for number in wanted}
    found: dict[int, Run] = {}
    if on is None:
        where = locally(engine, workers, tasks, expected_work(network) * len(wanted))
    else:
        where = read_where(on, workers)
    failures: list[Failure] = []
    lines_of, done = expected_lines(network, cuts), 0
    with closing(perform(tasks, run_task, where)) as results:
        for task, run in results:
            if isinstance(run, Failure):
                failures.append(run)
            else:
                collector = whole[task.replication]
                collector.add(task.first, run)
                if collector.shards == len(cuts):
                    found[task.replication] = whole.pop(task.replication).run()
                    if kept is not None:
                        kept(task.replication, found[task.replication])
            done += lines_of[task.first]
            if progress is not None:
                progress(done, sum(lines_of.values()) * len(wanted))
    raise_failures(failures)
    return [found[number] for number in wanted]


def expected_lines(network: Network, cuts: list[tuple[int, int]]) -> dict[int, int]:
    """Demand lines to be expected of each shard, by its first part; at least one, so that progress always moves."""
    upto = np.concatenate([[0.0], np.cumsum(lines_of_parts(network))])
    return {first: max(1, round(upto[last] - upto[first])) for first, last in cuts}


def locally(engine: str, workers: int, tasks: list[Task], work: float) -> Where:
    """Threads for the compiled clock, which releases the interpreter; processes for the other; neither where small."""
    count = min(workers or processors(), len(tasks))
    if count < 2:
        return Where()
    if engine == "compiled":
        return Where("threads", count)
    unasked = tasks[0].network.acting and not workers  # objects of one's own may hold what they saw: not moved unasked
    if work < WORTH_PROCESSES or unasked or not travels(run_task, tasks[0]):
        return Where()
    return Where("processes", count)
