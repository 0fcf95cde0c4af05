"""Whether a result keeps what its scenario promises in `expect:`."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from simnet.errors import Problem, SimnetError
from simnet.study.checks import dimension_of, written

if TYPE_CHECKING:
    from simnet.metrics import Estimate
    from simnet.scenario import Expectation
    from simnet.study.expect_baselines import Baseline, Baselines
    from simnet.study.result import Result

Word = Literal["ok", "close", "FAIL"]
UPDATE = "`simnet test --update` takes what comes out now"


@dataclass(frozen=True)
class Checked:
    """One expectation, held against the result."""

    expectation: Expectation
    found: Estimate
    holds: bool
    """Whether the mean itself is in the limit; false also where nothing was measured."""
    word: Word
    """`close` where the limit lies inside the 95 % interval: too near to tell, whichever side the mean is on."""
    low: float
    """The least that holds, in the unit of the figure; minus infinity where there is none."""
    high: float
    baseline: Baseline | None = None
    """What the limit is relative to, where it is."""

    def fails(self, strict: bool = False) -> bool:
        """Whether it counts as failed; strictly, what is too near to tell does too."""
        return self.word == "FAIL" or (strict and self.word == "close")

    @property
    def beyond(self) -> float:
        """By how much the mean misses its limit, in the unit of the figure; negative where it holds."""
        value = math.nan if self.found.mean is None else self.found.mean
        return max(self.low - value, value - self.high)


def check(result: Result, design: str | None = None) -> list[Checked]:
    """Every expectation of a design, the first one if none is named, by the baselines beside the scenario."""
    from simnet.study.expect_baselines import Baselines, path_of, read

    names = list(result.designs)
    number = names.index(design) if design is not None else 0
    study, name = result.asked[number]
    stored = read(path_of(study.path)) if study.path is not None else Baselines(Path())
    return held(result, names[number], study.design(name).expect, stored)


def held(
    result: Result, design: str, expectations: Iterable[Expectation], stored: Baselines, quick: bool = False
) -> list[Checked]:
    """Expectations of a design; `SimnetError` lists all that cannot be checked.

    `quick` says that fewer replications were run than the scenario asks for: an exact limit then holds where it lies
    inside the interval.
    """
    found, problems = list[Checked](), list[Problem]()
    again = stored.repeated_by(result)
    for each in expectations:
        try:
            level, before = measured(result, design, each), stored.of(design).get(each.kpi)
            found.append(judged(each, level, before, again, quick))
        except SimnetError as error:
            problems += error.problems
    if problems:
        raise SimnetError(problems)
    return found


def measured(result: Result, design: str, each: Expectation) -> Estimate:
    """The figure of an expectation; `SimnetError` where the design does not have it."""
    found = result.comparison.level(design, each.kpi)
    if found is None:
        remedy = "simnet explain lists the figures"
        raise SimnetError(Problem(f"there is no figure '{each.kpi}'", **written(each, each.mark), remedy=remedy))
    lacks = result.comparison.lacks(design, each.kpi)
    if lacks:
        raise SimnetError(Problem(f"'{each.kpi}' is not measured: it takes {lacks}", **written(each, each.mark)))
    return found


def judged(each: Expectation, found: Estimate, stored: Baseline | None, again: bool, quick: bool) -> Checked:
    """One expectation against its figure; `again` says that the baseline is of the same seed and replications."""
    dimension, size = dimension_of(found.unit)
    baseline = usable(each, found, stored) if each.limit.within is not None else None
    if baseline is None and dimension != each.limit.dimension:
        message = f"'{each.limit.text}' is no limit on a {dimension}"
        raise SimnetError(Problem(message, **written(each, each.limit_mark)))
    scale = size if baseline is None else 1.0
    before = None if baseline is None else baseline.value
    low, high = (end / scale for end in each.limit.ends(before))
    if found.mean is None:
        return Checked(each, found, False, "FAIL", low, high, baseline)
    holds = each.limit.holds(found.mean * scale, before)
    room = noise(found, baseline, again)
    inside = any(abs(found.mean - end) < room for end in (low, high))
    word: Word = "ok" if holds or (quick and inside and each.limit.exact) else "FAIL"
    return Checked(each, found, holds, "close" if inside and not each.limit.exact else word, low, high, baseline)


def noise(found: Estimate, baseline: Baseline | None, again: bool) -> float:
    """How far chance alone may move a figure from where it is held to, in its unit.

    The same seed and replications are the same chance: what differs from such a baseline is no noise.
    """
    own = found.half_width or 0.0
    if baseline is None:
        return own
    return 0.0 if again else math.hypot(own, baseline.half_width or 0.0)


def usable(each: Expectation, found: Estimate, stored: Baseline | None) -> Baseline:
    """The baseline, in the unit of the figure."""
    if stored is None:
        message = f"'{each.limit.text}' needs a stored baseline, and there is none"
        raise SimnetError(Problem(message, **written(each, each.limit_mark), remedy=UPDATE))
    if stored.unit != found.unit:
        message = f"the baseline is in {stored.unit}, the figure now in {found.unit}"
        raise SimnetError(Problem(message, **written(each, each.limit_mark), remedy=UPDATE))
    return stored
