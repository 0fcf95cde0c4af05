"""Asking a question once: designs are run, audited, measured and kept under a hash of all that decides them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from contextlib import nullcontext
from dataclasses import dataclass, fields, replace
from functools import cache
from numbers import Integral
from pathlib import Path
from typing import TYPE_CHECKING, Any

from simnet.demand import DEMAND_MODELS
from simnet.engine.executors import Where
from simnet.engine.simulate import choose
from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.garbage import set_aside
from simnet.provenance import provenance, question_hash
from simnet.scenario.stocking import BUILT_IN
from simnet.study import precise, saved
from simnet.study.folder import folder_name
from simnet.study.place import at_work
from simnet.study.ready import Sliced, Whole, large, ready
from simnet.study.result import Result
from simnet.study.reused import before, design_hash
from simnet.study.seen import Seen, seen
from simnet.study.study import RUNS, Progress, Study
from simnet.study.unfinished import Unfinished
from simnet.study.work import COMPILING, Work

if TYPE_CHECKING:
    from simnet.scenario import Scenario


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


def question(asked: Mapping[str, Any]) -> Question:
    """The question of some keyword arguments; `SimnetError` for one that is none, or a count that is no number."""
    known = [each.name for each in fields(Question)]
    for name, value in asked.items():
        if name not in known:
            designs = name.startswith("design")
            remedy = 'designs are named one by one: compare("a", "b")' if designs else did_you_mean(name, known)
            raise SimnetError(
                Problem(f"there is no argument '{name}'", remedy=remedy or f"known are {', '.join(known)}")
            )
        if name in COUNTS and value is not None and not isinstance(value, Integral):
            raise SimnetError(Problem(f"{name} must be a whole number, not {value!r}", remedy=f"such as {name}=10"))
    return Question(**asked)


COUNTS = ("replications", "seed", "workers")
Asked = Sequence[tuple[Study, str]]


def answer(asked: Asked, question: Question) -> Result:
    """The result for some designs, from disk where the same question was answered before."""
    with set_aside() if large(asked[0][0].scenario) else nullcontext():
        return answered(asked, question)


def answered(asked: Asked, question: Question) -> Result:
    """The same; a large catalog has been set aside."""
    first = asked[0][0]
    replications, seed, engine = question.of(first)
    precision = precise.asked_of(question.precision, first.scenario)
    precise.check(precision, [study.design(name) for study, name in asked])
    designs = [ready(study.design(name), study.own, number) for number, (study, name) in enumerate(asked)]
    for design in designs:
        choose(engine, 0, design.network)  # a clock that cannot run it is refused, a kept answer or not
    code = hash_of(asked, replications, seed, precision)
    above = None if question.folder is None else Path(question.folder)
    folder = None if above is None else above / (question.name or folder_name(asked))
    kept = None
    if folder is not None:
        saved.check(folder)
    if folder is not None and code is not None and not question.again:
        count = None if precision else replications
        kept = saved.tallies(folder, code, designs, count, question.lines)
        wrong = saved.damage(folder, code) if kept is None else ""
        if wrong and question.say is not None:
            question.say(f"the result kept in {folder} is damaged, and is made anew: {wrong}")
    codes = [] if code is None else [design_hash(study.design(name), seed) for study, name in asked]
    reused = before(above, codes) if kept is None and not question.again else []
    store = Unfinished(above, code)
    if question.again:
        store.clear()
    names = list(question.labels) or labels(asked)
    with at_work(said_once(question), kept is None) as working:
        work = Work(names, designs, reused, store, seed, engine, working, first.scenario.run.windows)
        runs = kept or work.runs(replications, precision, first.scenario.run.most_replications)
    comparison = work.measured(runs)
    record = provenance(
        first.name, code or "", runs[0][0].engine, seed=seed, replications=len(runs[0]), designs=len(designs),
        **precise.record(precise.reached(precision, comparison, question.levels), replications),
    )  # fmt: skip
    looks = looked_at(asked, designs, runs)
    result = question.make(comparison, record, tuple(asked), runs, folder, kept is not None, seen=looks)
    if folder is not None and kept is None:
        saved.save(result, folder, code, codes, designs, store)
    store.clear()
    return result


MOST_DEMANDS = 12
"""Designs of which the demand is looked at; a sweep may have hundreds."""


def looked_at(asked: Asked, designs: Sequence[Whole | Sliced], runs: Sequence[Sequence[Any]]) -> tuple[Seen, ...]:
    """What charts draw of each design beside its sums; the demand is that of the first ones."""
    every = enumerate(zip(asked, designs, runs, strict=True))
    return tuple(
        seen(design, done, study.design(name), demand=number < MOST_DEMANDS)
        for number, ((study, name), design, done) in every
    )


def said_once(question: Question) -> Question:
    """The question, which is told the same thing once."""
    return question if question.say is None else replace(question, say=cache(question.say))


def hash_of(asked: Asked, replications: int, seed: int, precision: precise.Asked) -> str | None:
    """The hash of the question; None where code of one's own decides too, which has no hash."""
    if any(study.own or has_own_code(study.design(name)) for study, name in asked):
        return None
    written = {f"{number} {name}": study.design(name).content() for number, (study, name) in enumerate(asked)}
    exact = {"precision": {key: half.text for key, half in precision.items()}} if precision else {}
    return question_hash(written, (), replications=replications, seed=seed, **exact)


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


__all__ = ["COMPILING", "Question", "answer", "folder_name"]
