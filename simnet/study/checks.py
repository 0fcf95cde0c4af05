"""Whether the figures that are named, in `expect:` and on the command line, are there, in units that fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from simnet.errors import Problem, SimnetError, did_you_mean
from simnet.units import DAY, MONEY

if TYPE_CHECKING:
    from simnet.metrics import Kpi
    from simnet.scenario import Expectation, Scenario
    from simnet.scenario.nodes import Mark

UNITS = {"share": ("share", 1.0), "d": ("time", float(DAY))}
"""Unit of a figure: the dimension of a limit on it, and the limit's unit in it."""
WORDS = {"share": "percent", "time": "time, such as 2 d", "number": "plain numbers", "money": "money"}
FITTING = {"share": "at least 95 %", "time": "at most 10 d", "number": "at least 4", "money": "at most 4 MEUR"}
"""A limit of each dimension."""
PLAIN = frozenset(("d/y", "mo", "lines", "jobs", "pieces", "pieces/y", "orders/y", "shipments/y", "kg/y", "1/y"))


@dataclass(frozen=True)
class Places:
    """What of a network the names of its figures depend on."""

    tier_names: tuple[str, ...]
    order_classes: tuple[str, ...]
    wait_edges: tuple[int, ...]


def places_of(scenario: Scenario) -> Any:
    """What the names of figures depend on, without building the network; order classes that are built in are there."""
    from simnet.network.calendar import calendar_of
    from simnet.network.waits import wait_edges
    from simnet.scenario.order_classes import ALWAYS, built_in_names

    tiers = dict.fromkeys(scenario.tier_of(site) for site in (*scenario.warehouses, *scenario.dealers))
    classes = dict.fromkeys((*ALWAYS, *scenario.order_classes, *built_in_names()))
    edges = wait_edges(calendar_of(scenario.run).horizon, scenario.run.windows)
    return Places(tuple(tiers), tuple(classes), (*map(int, edges), *scenario.run.windows))


def figure(scenario: Scenario, key: str) -> Iterator[Kpi]:
    """The figure of a key, if a design has it."""
    from simnet.metrics import find

    with suppress(SimnetError):
        yield find(key, places_of(scenario))


LEADING = (".line", ".year", ".mean")
"""Of a family of figures, the one that says most, by its last word."""


def figure_remedy(scenarios: Sequence[Scenario], key: str) -> str:
    """The figure nearest to a key that is none, or where to look."""
    from simnet.metrics.kpi import every

    if key.startswith("within."):
        return "windows that are counted: 4h, 24h, 48h, 72h, 7d, and those of run.windows"
    known = dict.fromkeys(kpi.key for scenario in scenarios for kpi in every(places_of(scenario)))
    return did_you_mean(_leading(key, known) or key, known) or "simnet explain lists them"


def _leading(family: str, known: Iterable[str]) -> str | None:
    """The leading figure of a family that is asked for by its name alone: `cost.year` of `costs`."""
    family = family.lower()
    names = {family, f"{family}s", family.removesuffix("s")}
    found = [key for key in known if "." not in family and key.partition(".")[0] in names]
    leading = (key for end in LEADING for key in found if key.count(".") == 1 and key.endswith(end))
    return next(leading, next(iter(found), None))


def check_best(keys: Sequence[str], scenarios: Sequence[Scenario]) -> None:
    """`SimnetError` for every figure that there is not, or of which neither side is better."""
    problems = []
    for key in keys:
        kpi = next((found for scenario in scenarios for found in figure(scenario, key)), None)
        if kpi is None:
            problems.append(Problem(f"there is no figure '{key[:80]}'", remedy=figure_remedy(scenarios, key)))
        elif kpi.metric.better is None:
            message = f"there is no best in '{key}': neither higher nor lower is better by itself"
            problems.append(Problem(message, remedy="docs/kpis.md says of which figures there is"))
    if problems:
        raise SimnetError(problems)


def promise_problems(scenario: Scenario) -> Iterator[Problem]:
    """Every expectation on a figure that there is not, or in a unit that does not fit it."""
    from simnet.metrics.kpi import find

    if not scenario.expect:
        return
    places = places_of(scenario)
    for each in scenario.expect:
        try:
            dimension, _ = dimension_of(find(each.kpi, places).metric.unit)
        except SimnetError as error:
            message, _, remedy = error.problems[0].message.partition("; ")
            yield Problem(message, **written(each, each.mark), remedy=remedy or None)
            continue
        if each.limit.within is None and dimension != each.limit.dimension:
            message = f"is measured in {WORDS[dimension]}, so '{each.limit.text}' is no limit on it"
            yield Problem(message, **written(each, each.limit_mark), remedy=f"such as '{FITTING[dimension]}'")


def written(each: Expectation, mark: Mark | None) -> dict[str, Any]:
    """The fields of a problem that say where an expectation is written."""
    found = {"file": each.file, "line": each.line} if mark is None else mark.source.place(mark)
    return {**found, "path": f"expect > {each.kpi}"}


def dimension_of(unit: str) -> tuple[str, float]:
    """The dimension of a limit on a figure of this unit, and the limit's unit in the figure's."""
    return UNITS.get(unit, ("number", 1.0) if unit in PLAIN else ("money", float(MONEY)))
