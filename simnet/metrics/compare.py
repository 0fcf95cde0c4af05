"""From sums to KPIs: measure one design over its replications, compare designs under the same orders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

import numpy as np

from simnet.errors import SimnetError
from simnet.ledger.sums import Sums
from simnet.metrics.intervals import Difference, Estimate, difference, estimate
from simnet.metrics.kpi import Kpi, find, kpi_of, kpis, unit_of
from simnet.metrics.metric import NEEDS
from simnet.metrics.view import View, at_tier, cells, whole
from simnet.network.outline import Outline


@dataclass(frozen=True)
class DesignResult:
    """One design, run: the outline of its network and its sums, one a replication."""

    name: str
    outline: Outline
    sums: tuple[Sums, ...]


@dataclass(frozen=True)
class Comparison:
    """Designs side by side: levels of each, and differences of all but the first to the first."""

    results: tuple[DesignResult, ...]
    kpis: dict[str, Kpi]
    """Every KPI of any design by key, in the order of METRICS."""
    levels: dict[str, dict[str, Estimate]]
    """Design name, then KPI key."""
    differences: dict[str, dict[str, Difference]]
    """Design name (not the first), then the KPI keys that both designs have."""

    @property
    def designs(self) -> tuple[str, ...]:
        """Names of the designs; the first is the reference."""
        return tuple(result.name for result in self.results)

    @property
    def replications(self) -> int:
        """Replications of the first design."""
        return len(self.results[0].sums)

    def level(self, design: str, key: str) -> Estimate | None:
        """The level of any KPI, listed or not; None where the design does not have it."""
        levels = self.levels[design]
        if key not in levels:
            result = self.results[self.designs.index(design)]
            try:
                if kpi_of(key, result.outline) is None:  # nobody is told: no search for a name near it
                    return None
                found = measure(result.sums, result.outline, [key])
            except SimnetError:
                return None
            return found[key]
        return levels[key]

    def difference(self, design: str, key: str) -> Difference | None:
        """The difference of any KPI to the first design; None where either does not have it, and for the first."""
        if key in self.differences.get(design, {}) or design == self.designs[0]:
            return self.differences.get(design, {}).get(key)
        first, other = self.level(self.designs[0], key), self.level(design, key)
        return None if first is None or other is None else difference(first, other, self.kpi(key).metric.better)

    def lacks(self, design: str, key: str) -> str:
        """What a design would need for a KPI that it does not measure, in words; nothing where it has a value."""
        found = self.level(design, key)
        if found is not None and found.mean is not None:
            return ""
        result, kpi = self.results[self.designs.index(design)], self.kpi(key)
        lacking = kpi.metric.lacks(features_of(kpi, result.outline))
        return NEEDS[lacking] if lacking else ""

    def has(self, feature: str) -> bool:
        """Whether any design has one of NEEDS."""
        return any(feature in result.outline.features for result in self.results)

    def kpi(self, key: str) -> Kpi:
        """What a key stands for, in the first design that has it."""
        if key in self.kpis:
            return self.kpis[key]
        for result in self.results[1:]:
            with suppress(SimnetError):
                return find(key, result.outline)
        return find(key, self.results[0].outline)


def features_of(kpi: Kpi, outline: Outline) -> frozenset[str]:
    """What the parts at the tier of a KPI have of NEEDS; those of the whole network where it has no tier."""
    at = None if kpi.tier is None else cells(outline, np.flatnonzero(outline.site_tier == kpi.tier))
    return outline.features_at(at)


def values(sums: Sums, outline: Outline, chosen: Iterable[Kpi]) -> dict[str, float | None]:
    """Each KPI of one replication."""
    views: dict[int | None, View] = {None: whole(sums, outline)}
    found = {}
    for kpi in chosen:
        if kpi.tier not in views and kpi.tier is not None:
            views[kpi.tier] = at_tier(views[None], kpi.tier)
        found[kpi.key] = kpi.value(views[kpi.tier])
    return found


def measure(
    sums: Sequence[Sums], outline: Outline, keys: Iterable[str] | None = None, windows: Iterable[int] = ()
) -> dict[str, Estimate]:
    """Every KPI (or those of `keys`) over the replications; `windows` in minutes add to the usual ones."""
    chosen = list(kpis(outline, windows)) if keys is None else [find(key, outline) for key in keys]
    rows = [values(each, outline, chosen) for each in sums]
    return {kpi.key: estimate([row[kpi.key] for row in rows], unit_of(kpi.metric, outline)) for kpi in chosen}


def compare(results: Sequence[DesignResult], windows: Iterable[int] = ()) -> Comparison:
    """Levels of each design and paired differences to the first one."""
    spans = tuple(windows)
    known = {kpi.key: kpi for result in results for kpi in kpis(result.outline, spans)}
    levels = {result.name: measure(result.sums, result.outline, windows=spans) for result in results}
    first = levels[results[0].name]
    differences = {
        result.name: {
            key: difference(first[key], level, known[key].metric.better)
            for key, level in levels[result.name].items()
            if key in first
        }
        for result in results[1:]
    }
    return Comparison(tuple(results), known, levels, differences)
