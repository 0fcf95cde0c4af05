"""The comparison as rows of words: which KPIs are the headline, and the cells of each design."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from simnet.metrics import Comparison
from simnet.metrics.intervals import ONE_REPLICATION
from simnet.report.known import COSTS, PRICED, money_unknown, shelfless
from simnet.report.numbers import Shown, change, level

SHELF, SYSTEM = "fill.line", "fill.system.line"
OFF_SHELF = (SHELF, "fill.order")
"""What is 0 % where nobody has a shelf to fill from."""
VALUE, PIECES, MARGIN = "stock.on_hand.value", "stock.on_hand.units", "margin"
FIRST, LAST = (SHELF, "fill.facing.line", SYSTEM, "promise.line", "fill.order"), (
    "within.72h", "wait.mean", "wait.p95", "lost.share", "rush.line", "stock.on_hand.value", "turns", "cost.year",
    "margin",
)  # fmt: skip
"""What stands before the fill of warehouses, and after it."""
FLOWING = ("lost.share", "rush.line")
"""Rows of the order flow only."""
HELD = "orders.held"
SPOKEN = {"vor": "machine off road"}
"""What the trade calls an order class that is built in."""

PAIRED = "First column: level. Others: paired difference to it, under the same orders."
INTERVAL = "± is the 95 % confidence half-width"
SAME = '; "same" means not told apart from zero.'


@dataclass(frozen=True)
class Row:
    """One KPI over the designs: the first design's level, then the differences to it."""

    key: str
    title: str
    cells: tuple[Shown, ...]
    depth: int = 0
    """1 where it is a part of the row above."""


def headline(comparison: Comparison) -> list[str]:
    """The KPIs of the comparison table: service, wait, stock, money; fill of the tiers that refill others."""
    keys = [*FIRST, *refilling_fills(comparison), *LAST]
    at = keys.index(SYSTEM) + 1
    keys[at:at] = [f"{SYSTEM}.{name}" for name in urgent(comparison)]
    if SYSTEM not in comparison.kpis:
        keys = [key for key in keys if key not in FLOWING]
    told = [key for key in keys if key not in OFF_SHELF] if found_elsewhere(comparison) else keys
    if not comparison.has(COSTS):
        told.insert(told.index(VALUE), PIECES)
    if HELD in comparison.kpis:  # orders that wait explain what is missing
        told.insert(told.index("turns"), HELD)
    return [key for key in told if any_tells(comparison, key) or is_missing(comparison, key)]


def any_tells(comparison: Comparison, key: str) -> bool:
    """Whether the KPI has a value worth a row in any design."""
    return any(tells(comparison, name, key) for name in comparison.designs)


def is_missing(comparison: Comparison, key: str) -> bool:
    """Whether a row says `-` because parts lack what it takes: the value of the stock, and a margin half known."""
    costs, priced = comparison.has(COSTS), comparison.has(PRICED)
    return (key == VALUE and not costs) or (key == MARGIN and costs != priced)


def fills(comparison: Comparison) -> list[str]:
    """The fill off the shelf and in the network; where nobody has a shelf, in the network or at who refills."""
    if not found_elsewhere(comparison):
        return [SHELF, SYSTEM]
    return [SYSTEM] if any_tells(comparison, SYSTEM) else refilling_fills(comparison)


def found_elsewhere(comparison: Comparison) -> bool:
    """Whether fill off the shelf says nothing, because there is no shelf, and another fill does."""
    others = [SYSTEM, *refilling_fills(comparison)]
    return any(any_tells(comparison, key) for key in others) and shelfless(comparison)


def refilling_fills(comparison: Comparison) -> list[str]:
    """The fill of the tiers that refill others in the first design."""
    outline = comparison.results[0].outline
    feeding = refilling_tiers(outline.site_parent, outline.site_tier)
    return [f"fill.{outline.tier_names[tier]}.line" for tier in feeding]


def urgent(comparison: Comparison) -> list[str]:
    """Order classes of customers that are served before others of them."""
    found: dict[str, None] = {}
    for result in comparison.results:
        names, ranks = result.outline.order_classes[1:], result.outline.classes["rank"][1:]
        found.update(dict.fromkeys(name for name, rank in zip(names, ranks, strict=True) if rank < ranks.max()))
    return list(found)


def order_classes(comparison: Comparison) -> list[str]:
    """The order classes that customers use in any design, those served first before others; none without a flow."""
    if "missed.line" not in comparison.kpis:
        return []
    ranks: dict[str, int] = {}
    for result in comparison.results:
        known = zip(result.outline.order_classes[1:], result.outline.classes["rank"][1:], strict=True)
        for name, rank in known:
            level = comparison.level(result.name, f"demand.lines.{name}")
            if level is not None and level.mean:
                ranks.setdefault(name, int(rank))
    return sorted(ranks, key=lambda name: ranks[name])


def tiers(comparison: Comparison) -> list[str]:
    """The tiers of all designs, each after the one it follows in its own design."""
    found: list[str] = []
    for result in comparison.results:
        place = 0
        for name in result.outline.tier_names:
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
    return found.mean != 0 or not key.startswith(("cost.", "lost."))


def rows(comparison: Comparison, keys: Iterable[str] | None = None) -> list[Row]:
    """The rows of the comparison; KPIs that a design does not have are `-` there."""
    if keys is not None:
        return [Row(key, title(comparison, key), cells(comparison, key)) for key in keys]
    return [Row(key, *spoken(comparison, key)) for key in headline(comparison)]


def spoken(comparison: Comparison, key: str) -> tuple[str, tuple[Shown, ...], int]:
    """Label, cells and depth of a row of the headline, which the trade calls dealer fill, system fill and so on."""
    name = key.removeprefix(f"{SYSTEM}.")
    if name != key:
        return SPOKEN.get(name, name), cells(comparison, key), 1
    return title(comparison, key), cells(comparison, key), 0


def asking_tier(comparison: Comparison) -> str:
    """The one tier that customers ask, if there is one; empty otherwise."""
    found: set[str] = set()
    for result in comparison.results:
        outline, lines = result.outline, result.sums[0].asked.get("lines")
        if lines is not None:
            asked = np.asarray(outline.site_tier)[lines[..., 1:].any(axis=(0, 2, 3))]
            found.update(outline.tier_names[tier] for tier in np.unique(asked))
    return found.pop() if len(found) == 1 else ""


def title(comparison: Comparison, key: str) -> str:
    """The label of a KPI; fill off the shelf is called after the one tier that customers ask, if sources are asked."""
    asked = asking_tier(comparison) if key == SHELF and SYSTEM in comparison.kpis else ""
    return f"{asked} fill" if asked else comparison.kpi(key).title


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
        return [*([PAIRED] if many else []), told, *reservations(comparison)]
    return [*([PAIRED, INTERVAL + SAME] if many else [INTERVAL + "."]), *reservations(comparison)]


def reservations(comparison: Comparison) -> list[str]:
    """What the comparison cannot tell, and why."""
    return [each for each in (no_shelf(comparison), money_unknown(comparison)) if each]


def no_shelf(comparison: Comparison) -> str:
    """That nobody whom customers ask has a shelf; nothing where anybody has."""
    if not shelfless(comparison):
        return ""
    who = "Dealers have" if asking_tier(comparison) == "dealer" else "The sites that customers ask have"
    return f"{who} no stock at any time, so nothing is filled off their shelf."
