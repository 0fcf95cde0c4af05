"""Half widths that were asked of figures, and what was reached.

What is asked holds for what the table shows: of designs that are compared the level of the first and the paired
differences of the others; of the points of a sweep every level.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError
from simnet.metrics import Estimate
from simnet.metrics.stopping import Wanted, add_until
from simnet.report.numbers import level
from simnet.scenario.precision import HalfWidth, parse_precision
from simnet.study.checks import WORDS, dimension_of

if TYPE_CHECKING:
    from simnet.metrics import Comparison, Difference
    from simnet.scenario import Scenario

Asked = dict[str, HalfWidth]
Counted = Callable[[int, int], "Comparison"]
"""The comparison of the replications from the first to the last (not included) alone."""


class Unmeasured(SimnetError):
    """A figure that the designs turn out not to have."""

    closing = "Nothing was kept."


@dataclass(frozen=True)
class Reached:
    """What came of one precision that was asked."""

    kpi: str
    text: str
    """What was asked, as written."""
    unit: str
    asked: float
    half_width: float | None
    """The widest of the designs; None where there is none."""
    design: str
    """Whose half width that is."""
    needed: float
    """About how many replications it takes."""
    met: bool


def asked_of(texts: Sequence[str] | None, scenario: Scenario) -> Asked:
    """What a question asks, else what the scenario asks; `SimnetError` lists all that cannot be understood."""
    if texts is None:
        return dict(scenario.run.precision)
    found: Asked = {}
    problems = []
    for text in texts:
        place: dict[str, Any] = {"file": "--precision", "snippet": text[:200], "line": 1, "column": 1}
        try:
            key, half = parse_precision(text, scenario.money)
        except ValueError as error:
            problems.append(Problem(str(error), **place, span=len(text)))
            continue
        if key in found:
            problems.append(Problem(f"'{key[:60]}' is asked twice", **place, remedy="keep one"))
        found[key] = half
    if problems:
        raise SimnetError(problems)
    return found


def check(asked: Asked, scenarios: Iterable[Scenario]) -> None:
    """`SimnetError` for every figure that no design has, or that is measured in another unit."""
    from simnet.study.checks import figure, figure_remedy

    every = list(scenarios)
    problems = []
    for key, half in asked.items():
        mark = every[0].mark("run", "precision", key) if key in every[0].run.precision else None
        place: dict[str, Any] = mark.source.place(mark) if mark else {"file": "--precision"}
        place.pop("path", None)
        kpi = next((found for scenario in every for found in figure(scenario, key)), None)
        if kpi is None:
            problems.append(Problem(f"there is no figure '{key[:80]}'", **place, remedy=figure_remedy(every, key)))
            continue
        dimension, _ = dimension_of(kpi.metric.unit)
        if half.dimension not in (dimension, *(["relative"] if dimension != "share" else [])):
            problems.append(Problem(f"'{key}' is measured in {WORDS[dimension]}, not as '{half.text}'", **place,
                                    remedy=REMEDIES[dimension]))  # fmt: skip
    if problems:
        raise SimnetError(problems)


REMEDIES = {
    "share": "write 0.2 pt for 0.2 percentage points",
    "time": "write 0.5 d, or 1 % of the level",
    "money": "write 20 kEUR, or 1 % of the level",
    "number": "write a plain number, or 1 % of the level",
}


def add_replications(asked: Asked, counted: Counted, fewest: int, most: int, levels: bool,
                     say: Callable[[str], None] | None) -> int:  # fmt: skip
    """Count replications until everything asked is reached or there are `most`; how many there are then."""
    wanted: dict[tuple[str, str], Wanted] = {}

    def add(first: int, last: int) -> None:
        comparison = counted(first, last)
        for key, half in asked.items():
            for design, found in shown(comparison, key, levels):
                if (key, design) not in wanted:
                    first_level = None if levels else wanted.get((key, comparison.designs[0]))
                    wanted[key, design] = series(half, design, found.unit, first_level)
                wanted[key, design].values += found.values
        if first == 0:
            check_measured(asked, comparison)
            foretell(list(wanted.values()), last, most, say)

    return add_until(lambda count: all(each.met(count) for each in wanted.values()), add, fewest, most)


def series(half: HalfWidth, design: str, unit: str, first: Wanted | None) -> Wanted:
    """An empty series of a figure; a relative half width is a share of the first design's level, or its own."""
    made = Wanted(design, in_unit(half, unit))
    if half.dimension == "relative":
        made.reference = (first or made).values
    return made


def in_unit(half: HalfWidth, unit: str) -> float:
    """The half width in a figure's unit; a relative one as the share it is."""
    return half.amount if half.dimension == "relative" else half.amount / dimension_of(unit)[1]


def shown(comparison: Comparison, key: str, levels: bool) -> list[tuple[str, Estimate | Difference]]:
    """What must be precise: the first design's level, then differences to it, or levels."""
    first, *others = comparison.designs
    found: list[tuple[str, Estimate | Difference | None]] = [(first, comparison.level(first, key))]
    found += [(name, (comparison.level if levels else comparison.difference)(name, key)) for name in others]
    return [(name, each) for name, each in found if each is not None]


def check_measured(asked: Asked, comparison: Comparison) -> None:
    """Refuse figures that the first design does not measure."""
    first = comparison.designs[0]
    lacking = {key: comparison.lacks(first, key) for key in asked}
    problems = [Problem(f"'{key}' is not measured here: it takes {why}") for key, why in lacking.items() if why]
    if problems:
        raise Unmeasured(problems)


def foretell(wanted: list[Wanted], count: int, most: int, say: Callable[[str], None] | None) -> None:
    """Say early that the cap will probably come before the precision."""
    needed = max((each.needed(count) for each in wanted), default=0.0)
    if say is not None and needed > most:
        about = "more replications than can be said" if math.isinf(needed) else f"about {round_up(needed)} replications"
        say(f"the precision asked takes {about}; at most {most} are run (run.most_replications)")


def round_up(number: float) -> str:
    """A number with two digits that count."""
    step = 10 ** max(len(str(int(number))) - 2, 0)
    return f"{-(-int(number) // step) * step:,}"


def reached(asked: Asked, comparison: Comparison, levels: bool) -> list[Reached]:
    """What came of everything that was asked."""
    return [each for key, half in asked.items() for each in one_reached(key, half, comparison, levels)]


def one_reached(key: str, half: HalfWidth, comparison: Comparison, levels: bool) -> Iterator[Reached]:
    """What came of one figure, by the design that is furthest from what was asked."""
    rows: list[Wanted] = []
    unit = ""
    for design, found in shown(comparison, key, levels):
        unit = found.unit
        rows.append(series(half, design, unit, None if levels or not rows else rows[0]))
        rows[-1].values += found.values
    if rows:
        count = comparison.replications
        worst = max(rows, key=lambda row: row.needed(count))
        met = all(row.met(count) for row in rows)
        yield Reached(key, half.text, unit, worst.asked(count), worst.half(count), worst.name, worst.needed(count), met)


def record(found: Sequence[Reached], fewest: int) -> dict[str, Any]:
    """What a result keeps of it, as plain data; nothing where nothing was asked."""
    rows = {each.kpi: asdict(each) for each in found}
    for row in rows.values():
        row["needed"] = None if math.isinf(row["needed"]) else math.ceil(row["needed"])
    return {"fewest": fewest, "precision": rows} if rows else {}


def unreached(provenance: Mapping[str, Any]) -> list[str]:
    """The honest message for every precision that was not reached."""
    rows = provenance.get("precision", {})
    return [told(row, provenance["replications"]) for row in rows.values() if not row["met"]]


def told(row: Mapping[str, Any], replications: int) -> str:
    """What was reached instead, and about how many replications would do."""
    half = "no half width"
    if row["half_width"] is not None:
        shown = level(Estimate(row["half_width"], None, row["unit"], ())).value
        half = f"±{shown.replace(' %', ' pt')}"
    more = "" if row["needed"] is None else f"; about {round_up(row['needed'])} would do"
    return (
        f"{row['kpi']} is not as precise as asked: {half} of {row['design']} after {replications} replications, asked "
        f"{row['text']}{more} (run.most_replications is the cap)"
    )
