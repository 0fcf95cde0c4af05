"""The KPIs of one network: METRICS with its tiers, windows of time, order classes and words filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from simnet.errors import SimnetError, did_you_mean
from simnet.metrics.backlog import BACKLOG
from simnet.metrics.cost import COST
from simnet.metrics.fill import FILL
from simnet.metrics.flow import FLOW
from simnet.metrics.jobs import JOBS
from simnet.metrics.ladder import LADDER
from simnet.metrics.metric import CHOICES, TIER, WINDOW, Metric
from simnet.metrics.missed import MISSED
from simnet.metrics.passed import PASSED
from simnet.metrics.stock import STOCK
from simnet.metrics.view import CUSTOMERS, View
from simnet.metrics.wait import WAIT, WINDOWS
from simnet.network.outline import Outline
from simnet.units import DAY, HOUR, parse_duration

FAMILIES = {
    "Fill": FILL, "Ladder": LADDER, "Wait": WAIT, "Jobs": JOBS, "Backlog": BACKLOG, "Missed lines": MISSED,
    "Stock": STOCK, "Flow": FLOW, "Lines passed on": PASSED, "Money": COST,
}  # fmt: skip
METRICS = [metric for family in FAMILIES.values() for metric in family]
"""Every KPI, once. A new one is a function and a Metric in its family's file."""


@dataclass(frozen=True)
class Kpi:
    """One metric at one place: `fill.TIER.line` at the tier `dealer` is `fill.dealer.line`."""

    key: str
    title: str
    metric: Metric
    tier: int | None = None
    window: int = 0
    """In minutes."""
    number: int = 0
    """Which word of its list, where the metric has one of CHOICES."""
    order_class: int | None = None
    """The one order class that it is about."""

    def value(self, view: View) -> float | None:
        """The KPI of the points looked at, which are this KPI's tier where it has one."""
        if not self.metric.known(view.features):
            return None
        chosen = view.order_class if self.order_class is None else self.order_class
        return self.metric.value(replace(view, window=self.window, number=self.number, order_class=chosen))


def window_name(minutes: int) -> str:
    """`24h`, `7d` or `90min`: the name of a window in a key."""
    for name, usual in WINDOWS.items():
        if usual == minutes:
            return name
    for size, letter in ((DAY, "d"), (HOUR, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{letter}"
    return f"{minutes}min"


def kpis(outline: Outline, windows: Iterable[int] = ()) -> Iterator[Kpi]:
    """Every KPI that the network has, in the order of METRICS."""
    has = outline.features
    for metric in METRICS:
        if not metric.needs or metric.needs in has:
            for kpi in places(metric, outline, windows):
                yield kpi
                if not metric.by_tier and len(outline.order_classes[CUSTOMERS]) > 1:
                    yield from by_class(kpi, outline)


def every(outline: Outline) -> Iterator[Kpi]:
    """Every KPI that may be asked, measured or not."""
    for metric in METRICS:
        for kpi in places(metric, outline):
            yield kpi
            yield from by_class(kpi, outline)


def places(metric: Metric, outline: Outline, windows: Iterable[int] = ()) -> Iterator[Kpi]:
    """A metric with its tiers, windows or words filled in. A figure of its own comes before a tier of the same name."""
    if metric.by_tier:
        own = {other.key for other in METRICS}
        for tier, name in enumerate(outline.tier_names):
            kpi = at(metric, TIER, name, tier=tier)
            if kpi.key not in own:
                yield kpi
    elif metric.by_window:
        yield from (windowed(metric, span) for span in sorted({*WINDOWS.values(), *windows}))
    elif metric.choice:
        for number, words in enumerate(CHOICES[metric.choice]):
            yield replace(at(metric, metric.choice, words.replace(" ", "-"), number=number),
                          title=metric.title.format(place=words))  # fmt: skip
    else:
        yield Kpi(metric.key, metric.title, metric)


def at(metric: Metric, place: str, name: str, **values: Any) -> Kpi:
    """A metric at one place."""
    steps = [name if step == place else step for step in metric.key.split(".")]
    return Kpi(".".join(steps), metric.title.format(place=name), metric, **values)


def windowed(metric: Metric, minutes: int) -> Kpi:
    """A metric of one window of time."""
    return at(metric, WINDOW, window_name(minutes), window=minutes)


def by_class(kpi: Kpi, outline: Outline) -> Iterator[Kpi]:
    """The same of each order class of customers, where it is known by class."""
    if kpi.metric.by_order:
        for number, name in enumerate(outline.order_classes[CUSTOMERS], start=CUSTOMERS.start):
            yield replace(kpi, key=f"{kpi.key}.{name}", title=f"{kpi.title}, {name}", order_class=number)


def find(key: str, outline: Outline) -> Kpi:
    """The KPI of a key; a window may be any span that is an edge of the histogram (`run.windows`)."""
    kpi = kpi_of(key, outline)
    if kpi is not None:
        return kpi
    hint = did_you_mean(key, by_key(outline))
    raise SimnetError(f"unknown KPI '{key}'" + (f"; {hint}" if hint else "; docs/kpis.md lists them"))


def kpi_of(key: str, outline: Outline) -> Kpi | None:
    """The KPI of a key; None where the network has none of that name."""
    if key in by_key(outline):
        return by_key(outline)[key]
    windowed = (kpi for metric in METRICS if metric.by_window for kpi in windows_of(metric, key, outline))
    return next((kpi for kpi in windowed if kpi.key == key), None)


@lru_cache(maxsize=64)
def by_key(outline: Outline) -> dict[str, Kpi]:
    """Every KPI that may be asked, by its key; the first of a name counts."""
    return {kpi.key: kpi for kpi in reversed(list(every(outline)))}


def windows_of(metric: Metric, key: str, outline: Outline) -> Iterator[Kpi]:
    """What a key with a window of its own may mean."""
    pattern, steps = metric.key.split("."), key.split(".")
    where = pattern.index(WINDOW)
    before, after = pattern[:where], pattern[where + 1 :]
    if steps[:where] != before or len(steps) <= where or steps[where + 1 :][: len(after)] != after:
        return
    kpi = windowed(metric, measured_window(steps[where], outline))
    kpi = replace(kpi, key=".".join([*before, steps[where], *after]))
    yield kpi
    yield from by_class(kpi, outline)


def measured_window(text: str, outline: Outline) -> int:
    """Minutes of a window such as `36h`, if waits were counted to tell it."""
    try:
        minutes = parse_duration(text)
    except ValueError as problem:
        raise SimnetError(f"window '{text}': {problem}") from None
    if minutes not in outline.wait_edges:
        raise SimnetError(f"window '{text}' was not counted; add it to run.windows")
    return minutes


def unit_of(metric: Metric, outline: Outline) -> str:
    """The metric's unit, with the scenario's currency for money."""
    return metric.unit.replace("money", outline.money)
