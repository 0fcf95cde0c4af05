"""Asking a question once: designs are run, audited, measured and kept under a hash of all that decides them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from simnet.demand import DEMAND_MODELS
from simnet.engine.executors import Where
from simnet.engine.replicate import expected_work, replicate
from simnet.engine.simulate import choose, no_compiler
from simnet.ledger.summing import summed
from simnet.metrics import DesignResult
from simnet.metrics import compare as measured
from simnet.network.outline import outline
from simnet.provenance import provenance, question_hash
from simnet.scenario.stocking import BUILT_IN
from simnet.study import precise, saved
from simnet.study.folder import folder_name
from simnet.study.place import at_work
from simnet.study.result import Result
from simnet.study.reused import Before, before, design_hash
from simnet.study.study import RUNS, Progress, Study

if TYPE_CHECKING:
    from simnet.engine.simulate import Run
    from simnet.metrics import Comparison
    from simnet.network.network import Network
    from simnet.scenario import Scenario

COMPILING = "compiling the rules for this machine, about half a minute, once"


@dataclass(frozen=True)
class Question:
    """What is asked of some designs."""

    replications: int | None = None
    """None: as the scenario says."""
    seed: int | None = None
    engine: str | None = None
    workers: int = 0
    """0: as many as the machine, or the cluster, has processors."""
    on: str | Executor | Where | None = None
    """Where: `dask://HOST:PORT`, `ray://auto`, an Executor of one's own; None: on this machine, as suits the clock."""
    lines: bool = False
    """Keep the ledger of every line."""
    folder: Path | str | None = RUNS
    again: bool = False
    name: str | None = None
    progress: Progress | None = None
    say: Callable[[str], None] | None = None
    """Told what takes unexpectedly long: that the rules are about to be compiled."""
    precision: Sequence[str] | None = None
    """Half widths asked of figures, such as `fill.line 0.2 pt`; None: as the scenario says."""
    levels: bool = False
    """Whether a precision is asked of every level, not of differences to the first design."""
    labels: Sequence[str] = ()
    """Names of the designs, where not their own."""
    make: Callable[..., Result] = Result

    def of(self, study: Study) -> tuple[int, int, str]:
        """Replications, seed and engine, where not asked for as the scenario says."""
        run = study.scenario.run
        return (
            run.replications if self.replications is None else self.replications,
            run.seed if self.seed is None else self.seed,
            run.engine if self.engine is None else self.engine,
        )


Asked = Sequence[tuple[Study, str]]


def answer(asked: Asked, question: Question) -> Result:
    """The result for some designs, from disk where the same question was answered before."""
    first = asked[0][0]
    replications, seed, engine = question.of(first)
    precision = precise.asked_of(question.precision, first.scenario)
    precise.check(precision, [study.design(name) for study, name in asked])
    networks = [study.network(name) for study, name in asked]
    for network in networks:
        choose(engine, 0, network)  # a clock that cannot run it is refused, a kept answer or not
    code = hash_of(asked, replications, seed, precision)
    above = None if question.folder is None else Path(question.folder)
    folder = None if above is None else above / (question.name or folder_name(asked))
    kept = None
    if folder is not None and code is not None and not question.again:
        count = None if precision else replications
        kept = saved.tallies(folder, code, len(networks), count, question.lines)
    codes = [] if code is None else [design_hash(study.design(name), files_of(study), seed) for study, name in asked]
    store = before(above, codes) if kept is None and not question.again else []
    names = list(question.labels) or labels(asked)
    with at_work(said_once(question), kept is None) as working:
        work = Work(names, networks, store, seed, engine, working, first.scenario.run.windows)
        runs = kept or work.runs(replications, precision, first.scenario.run.most_replications)
    comparison = work.measured(runs)
    record = provenance(
        first.name, code or "", runs[0][0].engine, seed=seed, replications=len(runs[0]), designs=len(networks),
        **precise.record(precise.reached(precision, comparison, question.levels), replications),
    )  # fmt: skip
    result = question.make(comparison, record, tuple(asked), runs, folder, kept is not None)
    if folder is not None and kept is None:
        saved.save(result, folder, code, codes)
    return result


def said_once(question: Question) -> Question:
    """The question, which is told the same thing once."""
    return question if question.say is None else replace(question, say=cache(question.say))


@dataclass(frozen=True)
class Work:
    """Designs to be run under the same luck."""

    names: list[str]
    networks: list[Network]
    before: list[Before]
    """What was run of each before, and kept."""
    seed: int
    engine: str
    question: Question
    windows: tuple[int, ...]
    done: list[int] = field(default_factory=lambda: [0])
    """Tasks that were done so far."""

    def runs(self, fewest: int, precision: precise.Asked, most: int) -> list[list[Run]]:
        """By design and replication: as many as are asked, or as it takes for the precision."""
        found: list[list[Run]] = [[] for _ in self.networks]

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

    def run(self, wanted: range) -> list[list[Run]]:
        """Some replications of every design; those that were kept are not run again."""
        kept = [each.runs(wanted, self.question.lines) for each in self.before] or [[] for _ in self.networks]
        missing = [wanted[len(runs) :] for runs in kept]
        work = sum(map(expected_work, self.networks)) * wanted.stop
        if any(missing):
            warn(self.networks, work, self.engine, self.question)
        left = sum(map(bool, missing))
        for network, runs, rest in zip(self.networks, kept, missing, strict=True):
            if rest:
                runs += replicate(
                    network,
                    seed=self.seed,
                    replications=rest,
                    engine=self.engine,
                    lines=self.question.lines,
                    workers=self.question.workers,
                    on=self.question.on,
                    work=work,
                    progress=self.progress(left),
                )
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

    def measured(self, runs: list[list[Run]]) -> Comparison:
        """The figures of some replications of every design."""
        results = [
            DesignResult(label, outline(network), tuple(summed(run.tally, network) for run in found))
            for label, network, found in zip(self.names, self.networks, runs, strict=True)
        ]
        return measured(results, windows=self.windows)


def warn(networks: list[Network], work: float, engine: str, question: Question) -> None:
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
    if any(choose(engine, round(work), network) == "compiled" for network in networks):
        question.say(COMPILING)


def hash_of(asked: Asked, replications: int, seed: int, precision: precise.Asked) -> str | None:
    """The hash of the question; None where code of one's own decides too, which has no hash."""
    if any(study.own or has_own_code(study.design(name)) for study, name in asked):
        return None
    written = {f"{number} {name}": study.design(name).written() for number, (study, name) in enumerate(asked)}
    files = {file for study, _ in asked for file in files_of(study)}
    exact = {"precision": {key: half.text for key, half in precision.items()}} if precision else {}
    return question_hash(written, files, replications=replications, seed=seed, **exact)


def files_of(study: Study) -> set[Path]:
    """The tables of a scenario."""
    return set(study.scenario.files[1:])


def has_own_code(scenario: Scenario) -> bool:
    """Whether a policy or a demand model is one that an entry point brings."""
    stocking = scenario.stocking
    named = (stocking.tiers, stocking.classes, stocking.sites)
    layers = (stocking.default, *stocking.rules, *(each for section in named for each in section.values()))
    policies = {each.policy for each in layers if each.policy is not None}
    return not policies <= BUILT_IN.keys() or any(type(each) not in DEMAND_MODELS for each in scenario.demand)


def labels(asked: Asked) -> list[str]:
    """The names of the designs; with the scenario's name where two files have one of the same name."""
    names = [name for _, name in asked]
    return [
        name if names.count(name) == 1 else f"{study.name}.{name} {number + 1}"
        for number, (study, name) in enumerate(asked)
    ]


__all__ = ["Question", "answer", "folder_name"]
