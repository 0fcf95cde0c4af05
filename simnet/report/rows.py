"""The comparison as rows of words: which KPIs are the headline, and the cells of each design."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from simnet.metrics import Comparison
from simnet.metrics.intervals import ONE_REPLICATION
from simnet.report.numbers import Shown, change, level

FIRST, LAST = ("fill.line",), (
    "within.72h", "wait.mean", "wait.p95", "stock.on_hand.value", "turns", "cost.year", "margin",
)  # fmt: skip

PAIRED = "First column: level. Others: paired difference to it, under the same orders."
INTERVAL = "± is the 95 % confidence half-width"
SAME = '; "same" means not told apart from zero.'


@dataclass(frozen=True)
class Row:
    """One KPI over the designs: the first design's level, then the differences to it."""

    key: str
    title: str
    cells: tuple[Shown, ...]


def headline(comparison: Comparison) -> list[str]:
    """The KPIs of the comparison table: service, wait, stock, money; fill of the tiers that refill others."""
    network = comparison.results[0].network
    feeding = refilling_tiers(network.site_parent, network.site_tier)
    keys = [*FIRST, *(f"fill.{network.tier_names[tier]}.line" for tier in feeding), *LAST]
    return [key for key in keys if any(tells(comparison, name, key) for name in comparison.designs)]


def tiers(comparison: Comparison) -> list[str]:
    """The tiers of all designs, each after the one it follows in its own design."""
    found: list[str] = []
    for result in comparison.results:
        place = 0
        for name in result.network.tier_names:
            if name not in found:
                found.insert(place, name)
            place = found.index(name) + 1
    return found


def refilling_tiers(parent: Sequence[int] | np.ndarray, tier: Sequence[int] | np.ndarray) -> list[int]:
    """The tiers whose sites refill other sites."""
    feeding = np.unique(np.asarray(parent)[np.asarray(parent) >= 0])
    return sorted({int(np.asarray(tier)[site]) for site in feeding})


def tells(comparison: Comparison, design: str, key: str) -> bool:
    """Whether the KPI has a value there, other than costs of nothing."""
    found = comparison.levels[design].get(key)
    if found is None or found.mean is None:
        return False
    return found.mean != 0 or not key.startswith("cost.")


def rows(comparison: Comparison, keys: Iterable[str] | None = None) -> list[Row]:
    """The rows of the comparison; KPIs that a design does not have are `-` there."""
    chosen = headline(comparison) if keys is None else list(keys)
    return [Row(key, title(comparison, key), cells(comparison, key)) for key in chosen]


def title(comparison: Comparison, key: str) -> str:
    """The label of a KPI."""
    return comparison.kpi(key).title


def cells(comparison: Comparison, key: str) -> tuple[Shown, ...]:
    """The first design's level and the other designs' differences to it."""
    first, *others = comparison.designs
    reference = comparison.level(first, key)
    return (
        level(reference),
        *(change(comparison.difference(name, key), reference) for name in others),
    )


def notes(comparison: Comparison) -> list[str]:
    """What the reader of the table must know."""
    many = len(comparison.designs) > 1
    if comparison.replications < 2:
        told = ONE_REPLICATION[0].upper() + ONE_REPLICATION[1:] + "."
        return [PAIRED, told] if many else [told]
    return [PAIRED, INTERVAL + SAME] if many else [INTERVAL + "."]
