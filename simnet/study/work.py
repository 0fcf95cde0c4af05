"""The work of a question: designs run under the same luck, what was run before taken from disk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from simnet.engine.simulate import choose, no_compiler
from simnet.metrics import DesignResult
from simnet.metrics import compare as measured
from simnet.study import precise
from simnet.study.ready import Kept, Order, Sliced, Whole
from simnet.study.reused import Before
from simnet.study.unfinished import Unfinished

if TYPE_CHECKING:
    from simnet.metrics import Comparison
    from simnet.study.runs import Question
    from simnet.study.study import Progress

COMPILING = "compiling the rules for this machine, half a minute to a minute, once"


@dataclass(frozen=True)
class Work:
    """Designs to be run under the same luck."""

    names: list[str]
    designs: list[Whole | Sliced]
    before: list[Before]
    """What was run of each before, and kept."""
    store: Unfinished
    seed: int
    engine: str
    question: Question
    windows: tuple[int, ...]
    done: list[int] = field(default_factory=lambda: [0])
    """Demand lines of the tasks that were done so far."""

    def runs(self, fewest: int, precision: precise.Asked, most: int) -> list[list[Kept]]:
        """By design and replication: as many as are asked, or as it takes for the precision."""
        found: list[list[Kept]] = [[] for _ in self.designs]

        def add(first: int, last: int) -> Comparison:
            new = self.run(range(first, last))
            for design, runs in zip(found, new, strict=True):
                design += runs
            return self.measured(new)

        if precision:
            precise.add_replications(precision, add, fewest, most, self.question.levels, self.question.say)
        else:
            found = self.run(range(fewest))
        return found

    def run(self, wanted: range) -> list[list[Kept]]:
        """Some replications of every design; those that were kept are not run again."""
        before = self.before or [Before()] * len(self.designs)
        kept: list[list[Any]] = [
            each.runs(wanted, self.question.lines, design.unpacked)
            for design, each in zip(self.designs, before, strict=True)
        ]
        missing = [wanted[len(runs) :] for runs in kept]
        work = sum(design.work for design in self.designs) * wanted.stop
        if any(missing):
            warn(self.designs, work, self.engine, self.question)
        left = sum(map(bool, missing))
        asked = self.question
        order = Order(self.seed, self.engine, asked.workers, asked.on, asked.lines, self.store, work)
        for design, runs, rest in zip(self.designs, kept, missing, strict=True):
            if rest:
                runs += design.replicate(rest, order, self.progress(left))
                left -= 1
        return kept

    def progress(self, designs: int) -> Progress:
        """Progress of a design, with those of the batch that come after it, on top of what was done before."""
        start = self.done[0]

        def say(finished: int, of: int) -> None:
            self.done[0] = start + finished
            if self.question.progress is not None:
                self.question.progress(self.done[0], start + of * designs)

        return say

    def measured(self, runs: list[list[Kept]]) -> Comparison:
        """The figures of some replications of every design."""
        results = [
            DesignResult(name, design.outline(found), tuple(design.sums(run) for run in found))
            for name, design, found in zip(self.names, self.designs, runs, strict=True)
        ]
        return measured(results, windows=self.windows)


def warn(designs: list[Whole | Sliced], work: float, engine: str, question: Question) -> None:
    """Say what takes long: the first use of the compiled clock on a machine (it compiles, once), or its lack."""
    if question.say is None or engine == "simpy":
        return
    lacking = no_compiler()
    if lacking:
        question.say(f"{lacking[0]}: the readable SimPy clock runs this; {lacking[1]} for the fast one")
        return
    from simnet.engine.compiled_clock import is_warm

    if is_warm():
        return
    if any(choose(engine, round(work), design.network) == "compiled" for design in designs):
        question.say(COMPILING)
