"""The KPIs of one network: METRICS with its tiers and windows of time filled in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from simnet.errors import SimnetError, did_you_mean
from simnet.metrics.cost import COST
from simnet.metrics.fill import FILL
from simnet.metrics.flow import FLOW
from simnet.metrics.metric import TIER, WINDOW, Metric
from simnet.metrics.stock import STOCK
from simnet.metrics.view import View
from simnet.metrics.wait import WAIT, WINDOWS
from simnet.network.network import Network
from simnet.units import DAY, HOUR, parse_duration

FAMILIES = {"Fill": FILL, "Wait": WAIT, "Stock": STOCK, "Flow": FLOW, "Money": COST}
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

    def value(self, view: View) -> float | None:
        """The KPI of the points looked at, which are this KPI's tier where it has one."""
        return self.metric.value(replace(view, window=self.window) if self.window else view)


def window_name(minutes: int) -> str:
    """`24h`, `7d` or `90min`: the name of a window in a key."""
    for name, usual in WINDOWS.items():
        if usual == minutes:
            return name
    for size, letter in ((DAY, "d"), (HOUR, "h")):
        if minutes % size == 0:
            return f"{minutes // size}{letter}"
    return f"{minutes}min"


def kpis(network: Network, windows: Iterable[int] = ()) -> Iterator[Kpi]:
    """Every KPI that the network has, in the order of METRICS."""
    spans = sorted({*WINDOWS.values(), *windows})
    for metric in METRICS:
        if metric.by_tier:
            for tier, name in enumerate(network.tier_names):
                key = metric.key.replace(TIER, name)
                yield Kpi(key, metric.title.format(place=name), metric, tier=tier)
        elif metric.by_window:
            yield from (windowed(metric, span) for span in spans)
        else:
            yield Kpi(metric.key, metric.title, metric)


def windowed(metric: Metric, minutes: int) -> Kpi:
    """A metric of one window of time."""
    name = window_name(minutes)
    return Kpi(metric.key.replace(WINDOW, name), metric.title.format(place=name), metric, window=minutes)


def find(key: str, network: Network) -> Kpi:
    """The KPI of a key; a window may be any span that is an edge of the histogram (`run.windows`)."""
    known = {kpi.key: kpi for kpi in kpis(network)}
    if key in known:
        return known[key]
    for metric in METRICS:
        before, found, _ = metric.key.partition(WINDOW)
        if found and key.startswith(before):
            return windowed(metric, measured_window(key[len(before) :], network))
    hint = did_you_mean(key, known)
    raise SimnetError(f"unknown KPI '{key}'" + (f"; {hint}" if hint else "; docs/kpis.md lists them"))


def measured_window(text: str, network: Network) -> int:
    """Minutes of a window such as `36h`, if waits were counted to tell it."""
    try:
        minutes = parse_duration(text)
    except ValueError as problem:
        raise SimnetError(f"window '{text}': {problem}") from None
    if minutes not in network.wait_edges:
        raise SimnetError(f"window '{text}' was not counted; add it to run.windows")
    return minutes


def unit_of(metric: Metric, network: Network) -> str:
    """The metric's unit, with the scenario's currency for money."""
    return metric.unit.replace("money", network.money)
