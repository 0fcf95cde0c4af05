"""What `simnet test` and the pytest plugin do with one scenario: run it, hold it to what it promises."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from simnet.errors import Problem, SimnetError
from simnet.study import expect_baselines as baselines
from simnet.study.checks import written
from simnet.study.expect import UPDATE, Checked, held
from simnet.study.folder import folder_name
from simnet.study.runs import Question, answer

if TYPE_CHECKING:
    from simnet.scenario import Expectation
    from simnet.study.expect_baselines import Baselines
    from simnet.study.result import Result
    from simnet.study.study import Study

Expected = dict[str, list["Expectation"]]
"""By design."""
QUICKEST, SHARE = 3, 4
"""`--quick` runs a quarter of the replications, three at least: with fewer there is hardly an interval."""


@dataclass(frozen=True)
class Manner:
    """How scenarios are tested."""

    question: Question = Question()
    quick: bool = False
    strict: bool = False
    update: bool = False
    chosen: Callable[[str], bool] = lambda name: True


@dataclass(frozen=True)
class Held:
    """What came of one scenario."""

    path: Path
    checked: Mapping[str, list[Checked]]
    """By design."""
    replications: int
    asked: int
    """Replications that the scenario asks for."""
    seconds: float
    cached: bool
    first: str
    """The design that is the file itself."""
    folder: Path | None = None
    told: list[str] = field(default_factory=list)
    """What to know besides: baselines that changed, or that nothing is held to."""


def expected(study: Study) -> Expected:
    """What each design is held to: the file itself to all that it expects, a design to what it says itself."""
    found = {name: list(study.design(name).expect) for name in study.designs}
    return {name: expectations for name, expectations in found.items() if expectations}


def selected(study: Study, path: Path, chosen: Callable[[str], bool]) -> Expected:
    """The expectations that `-k` chooses: by file, design, figure and limit."""
    found = {
        design: [each for each in every if chosen(f"{path.as_posix()} {design} {each.kpi} {each.limit.text}")]
        for design, every in expected(study).items()
    }
    return {design: every for design, every in found.items() if every}


def hold(study: Study, path: Path, wanted: Expected, how: Manner) -> Held:
    """Run the designs that are held to something, and check; `SimnetError` lists all that cannot be checked."""
    start = time.perf_counter()
    before = replaceable(baselines.path_of(path), how.update)
    if not how.update:
        check_baselines(wanted, before)
    result, count = run(study, list(wanted), how)
    after = baselines.taken(before, result, wanted) if how.update else before
    problems, checked = list[Problem](), dict[str, list[Checked]]()
    for design, every in wanted.items():
        try:
            checked[design] = held(result, design, every, after, len(result.runs[0]) < count)
        except SimnetError as error:
            problems += error.problems
    if problems:
        raise SimnetError(problems)
    told = [*remembered(study, before, after, how), *strange(result, after, checked)]
    seconds = time.perf_counter() - start
    return Held(path, checked, result.comparison.replications, count, seconds, result.cached, study.designs[0],
                result.folder, told)  # fmt: skip



def replaceable(path: Path, update: bool) -> Baselines:
    """The baselines as they are; where they are taken anew, damaged ones are none."""
    try:
        return baselines.read(path)
    except SimnetError:
        if update:
            return baselines.Baselines(path)
        raise


def check_baselines(wanted: Expected, found: Baselines) -> None:
    """Refuse before the work what could not be checked after it."""
    problems = []
    for design, every in wanted.items():
        for each in every:
            if each.limit.within is not None and each.kpi not in found.of(design):
                message = f"there is no baseline of it in {found.path.as_posix()}"
                problems.append(Problem(message, **written(each, each.limit_mark), remedy=UPDATE))
    if problems:
        raise SimnetError(problems)


def run(study: Study, designs: list[str], how: Manner) -> tuple[Result, int]:
    """The result, and how many replications the scenario asks for; quick ones are kept apart from whole ones."""
    asked = [(study, design) for design in designs]
    whole = study.scenario.run.replications
    count = min(whole, max(QUICKEST, -(-whole // SHARE))) if how.quick else whole
    if count == whole:
        return answer(asked, how.question), whole
    name = f"{folder_name(asked)}.quick"
    return answer(asked, replace(how.question, replications=count, name=name, precision=())), whole


def remembered(study: Study, before: Baselines, after: Baselines, how: Manner) -> list[str]:
    """Store the baselines if asked; what to know of them."""
    every = {design: [each.kpi for each in found if each.limit.within is not None]
             for design, found in expected(study).items()}  # fmt: skip
    if how.update:
        changed = baselines.store(before, baselines.without(after, after.idle(every)))
        return [f"baseline {line}" for line in changed]
    return [f"baseline of {kpi} ({design}): nothing is held to it any more; --update takes it out"
            for design, kpi in before.idle(every)]  # fmt: skip


def strange(result: Result, stored: Baselines, checked: Mapping[str, list[Checked]]) -> list[str]:
    """That the baselines are of another seed, which is a difference by chance alone."""
    seeds = stored.facts.get("seed"), result.provenance.get("seed")
    used = any(each.baseline is not None for found in checked.values() for each in found)
    if not used or seeds[0] == seeds[1]:
        return []
    return [f"the baselines are of seed {seeds[0]}, this run is of seed {seeds[1]}"]
